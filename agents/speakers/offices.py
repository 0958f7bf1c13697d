"""Offices and officials whose side the words around them tell: "وزارة خارجيتها", "وفي مقديشو، قال مصدر عسكري"."""

from __future__ import annotations

from typing import Final

from agents.language.names import AND, ARTICLE, Mention, words_of
from agents.language.punctuation import COMMAS, STOPS
from agents.speakers.addressees import gender
from agents.speakers.main_clauses import MainClauses
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_LONGEST_TOWN: Final = 3  # words
_SCENE: Final = 3  # tokens between "ومن" and the town: "العاصمة الصومالية"
_REACH: Final = 300  # tokens
_SIDES: Final = (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.BLOC, ActorKind.ARMED_GROUP)


class Offices:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.clauses = MainClauses(page)

    # -- by a pronoun -------------------------------------------------------------------------------------------
    def owner(self, position: int, *, feminine: bool) -> Mention | None:
        """The side that is the subject of the main clause, where a pronoun may mean it."""
        page, start = self.page, position
        while start > 0 and page.text(start - 1) not in STOPS and page.article[start - 1].kind != "break":
            start -= 1
        subject = self.clauses.subject(start, position)
        mention = page.mention_at.get(subject if subject is not None else start)
        if mention is None or page.kind(mention) not in _SIDES or mention.via == "adjective":
            return None
        return mention if gender(page, mention) in (None, feminine) else None

    # -- by a town ----------------------------------------------------------------------------------------------
    def town_before(self, position: int) -> str | None:
        """The side in whose capital somebody speaks: "وفي مقديشو، قال"."""
        page, end = self.page, position
        while end > 0 and page.text(end - 1) in COMMAS:
            end -= 1
        for begin in range(end - 1, max(-1, end - _LONGEST_TOWN - 1), -1):
            party = self.party_of_town(begin, end)
            if party is not None and self._is_led(begin):
                return party
        return None

    def party_of_town(self, begin: int, end: int) -> str | None:
        """The side on the watchlist whose capital is named there."""
        party = self.page.lexicon.towns.get(tuple(self.page.form(at) for at in range(begin, end)))
        return party if party in self.page.lexicon.actors else None

    def _is_led(self, begin: int) -> bool:
        """Whether "في" or "من" leads to the town, at once or before "العاصمة الصومالية"."""
        page = self.page
        for at in range(begin - 1, max(-1, begin - 1 - _SCENE), -1):
            if page.form(at) in page.tables.of_place:
                return True
            if not page.form(at).startswith(ARTICLE):
                return False
        return False

    # -- by a title ---------------------------------------------------------------------------------------------
    def titled(self, title: str, party: str, position: int) -> str | None:
        """Who of that side has just that title and was named last."""
        actors, bare = self.page.lexicon.actors, title.removeprefix(ARTICLE)
        holders = {
            actor.id
            for actor in actors.values()
            if actor.kind is ActorKind.PERSON
            and self.page.lexicon.party_of(actor.id) == party
            and any(words_of(role)[0] == bare for role in actor.roles.get("ar", ()))
        }
        for mention in self.page.mentions_before(position, _REACH):
            if mention.target in holders:
                return mention.target
        return None

    def holder_near(self, title: str, adjective: Mention) -> str | None:
        """ "الرئيسان الروسي والأوكراني": whose office those words are, else who has that title and was named last."""
        party = self.page.party(adjective)
        holder = self.holder((title, self.page.form(adjective.start).removeprefix(AND)), party)
        return holder or self.titled(title, party, adjective.start)

    def holder(self, office: tuple[str, ...], party: str) -> str | None:
        """Who of a side has an office that the watchlist tells in these words."""
        for actor in self.page.lexicon.actors.values():
            if self.page.lexicon.party_of(actor.id) == party and office in map(words_of, actor.roles.get("ar", ())):
                return actor.id
        return None

    def of_person(self, person: str, noun: str) -> str | None:
        """ "مكتبه": the office on the watchlist that has that noun and a part of his name or role in its own."""
        actors, party = self.page.lexicon.actors, self.page.lexicon.party_of(person)
        known = actors.get(person)
        own = {*known.names.get("ar", ()), *known.roles.get("ar", ())} if known is not None else set()
        words = {word.removeprefix(ARTICLE) for name in own for word in words_of(name)}
        for actor in actors.values():
            if actor.kind is ActorKind.OFFICE and self.page.lexicon.party_of(actor.id) == party:
                for name in map(words_of, actor.names.get("ar", ())):
                    if name[0] == noun and not words.isdisjoint(word.removeprefix(ARTICLE) for word in name[1:]):
                        return actor.id
        return None

    def official(self, party: str, name: str, heads: frozenset[str]) -> Voices:
        """The unnamed official of a side."""
        return (Voice(self.page.lexicon.unnamed_of.get(party, party), name, party, heads=heads),)
