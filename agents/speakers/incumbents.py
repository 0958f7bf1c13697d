"""Who holds an office that is named without its holder: "رئيس الدبلوماسية الجزائرية", "سيد قصر …", "نظيره المغربي"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from agents.language.names import ARTICLE, HIS, TO, Mention, nisba_forms, words_of
from agents.speakers.noun_phrases import Phrase
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices
from schemas import Actor, ActorKind

_REACH: Final = 300  # tokens between somebody and the words that take him up
_BODIES: Final = (ActorKind.OFFICE, ActorKind.STATE, ActorKind.ORGANISATION)
_CABINET: Final = "cabinet"  # whatever it is called

Office = frozenset[str]  # words of an office, without article, gender and country


class Incumbents:
    def __init__(self, page: Page) -> None:
        self.page = page

    def holder(self, phrase: Phrase) -> Voices:
        """Of the side that the phrase names; of whoever was named last where a nickname tells no side."""
        page = self.page
        side = next((page.party(mention) for mention in phrase.mentions if not page.is_person(mention)), None)
        wanted, nickname = self._wanted(phrase, side)
        if not wanted or (side is None and not nickname):
            return ()
        named = [person for person in self._named_before(phrase.begin) if side in (None, self._party(person))]
        holders = [person for person in named if self._holds(person, wanted, nickname=nickname)]
        if not holders and side is not None and (nickname or len(wanted) > 1):
            holders = [person for person in self._persons_of(side) if self._holds(person, wanted, nickname=nickname)]
            holders = holders if len(holders) == 1 else []
        return (Voice(holders[0], phrase.text, self._party(holders[0]), heads=phrase.heads),) if holders else ()

    def only_one(self, phrase: Phrase) -> str:
        """ "المبعوث": the one person of the watchlist whose office begins with that word; empty where several do."""
        actors = self.page.lexicon.actors.values()
        heads = {phrase.head, phrase.head.removeprefix(ARTICLE)}
        persons = [
            actor.id
            for actor in actors
            if actor.kind is ActorKind.PERSON and any(words_of(role)[0] in heads for role in actor.roles.get("ar", ()))
        ]
        return persons[0] if len(persons) == 1 else ""

    def spokesman(self, title: str, body: Mention) -> str:
        """ "الناطق باسمها": the one person of the watchlist who has that title for that body; empty where none is."""
        lexicon, named = self.page.lexicon, set(self._office(words_of(self._name_of(body))))
        holders = [
            actor.id
            for actor in lexicon.actors.values()
            if actor.kind is ActorKind.PERSON and lexicon.party_of(actor.id) == self.page.party(body)
            for role in actor.roles.get("ar", ())
            if title.startswith(ARTICLE) and words_of(role)[0] == title and named <= self._office(words_of(role))
        ]
        return holders[0] if len(set(holders)) == 1 else ""

    def _name_of(self, body: Mention) -> str:
        return self.page.words(body.start, body.end)[len(body.clitics) :]

    def of_side(self, party: str, office: Iterable[str]) -> str:
        """Who of a side has that office; its unnamed official where nobody of the watchlist has."""
        wanted = self._office(office)
        holders = [person for person in self._persons_of(party) if self._holds(person, wanted, nickname=False)]
        return holders[0] if len(holders) == 1 else self.page.lexicon.unnamed_of.get(party, party)

    def counterpart(self, phrase: Phrase, last: Voices) -> Voices:
        """ "نظيره المغربي", "ضيفه": the other one of two, seen from whoever spoke or was named last."""
        page, named = self.page, list(self._named_before(phrase.begin))
        one = last[0].actor_id if last else next(iter(named), None)
        side = next((page.party(mention) for mention in phrase.mentions), None)
        own, actor = self._party(one), page.lexicon.actors.get(one or "")
        if side not in (None, own) and actor is not None and actor.kind in _BODIES and phrase.head in page.tables.peers:
            return (Voice(self._body_like(actor, side), phrase.text, side, heads=phrase.heads),)
        others = [person for person in named if self._party(person) != own and side in (None, self._party(person))]
        if phrase.head in page.tables.peers and one in page.lexicon.actors:
            offices = set(self._offices(one or ""))
            known = self._persons_of(side) if side is not None else ()
            peers = [p for p in (*others, *known) if not offices.isdisjoint(self._offices(p))]
            others = peers or ([] if side is not None else others)
        return (Voice(others[0], phrase.text, self._party(others[0]), heads=phrase.heads),) if others else ()

    def _body_like(self, body: Actor, side: str) -> str:
        """ "وزارة الدفاع الأرمينية … نظيرتها في باكو": the office of that side with the same name, or the side."""
        wanted = set(self._offices_called(body))
        actors = self.page.lexicon.actors.values()
        offices = [actor for actor in actors if actor.kind is ActorKind.OFFICE and self._party(actor.id) == side]
        return next((actor.id for actor in offices if not wanted.isdisjoint(self._offices_called(actor))), side)

    # -- offices ------------------------------------------------------------------------------------------------
    def _wanted(self, phrase: Phrase, side: str | None) -> tuple[Office, bool]:
        """The office that a phrase means, and whether by a nickname."""
        page, tables = self.page, self.page.tables
        # "متحدث باسم مجلس الأمن القومي": one of several
        several = page.form(phrase.begin + 1) in tables.in_name_of and not phrase.head.startswith(ARTICLE)
        if several or not (page.pack.same | tables.former).isdisjoint(phrase.heads):
            return frozenset(), False
        if self._is_ruler(phrase):
            return tables.rulers, True
        if phrase.head in tables.first_diplomats and not tables.first.isdisjoint(phrase.heads):
            senior = self._office(tables.senior_diplomat)
            known = any(self._holds(person, senior, nickname=False) for person in self._persons_of(side or ""))
            return senior if known else self._office(tables.foreign_minister), False
        led = not tables.of_place.isdisjoint(phrase.heads)  # "مسؤولة في الخارجية"
        if phrase.head in tables.heads and not led and not tables.diplomacy.isdisjoint(phrase.heads):
            return self._office(tables.foreign_minister), False
        named = {at for mention in phrase.mentions for at in range(mention.start, mention.end)}
        described = [m for m in phrase.mentions if m.via == "adjective" and not page.form(m.start).startswith(ARTICLE)]
        titled = not page.titled.isdisjoint((phrase.head, phrase.head.removeprefix(ARTICLE)))
        if not titled or len(described) == len(phrase.mentions) or phrase.end - 1 not in named:
            return frozenset(), False  # "وزير جزائري": one of several
        return self._office(page.form(at) for at in range(phrase.begin, phrase.end) if at not in named), False

    def _is_ruler(self, phrase: Phrase) -> bool:
        """ "ساكن قصر …", "رجل الجزائر القوي", "رأس الدولة", "الزعيم الكوري"."""
        page, tables, second = self.page, self.page.tables, phrase.begin + 1
        first = phrase.mentions[0] if phrase.mentions else None
        if phrase.head in tables.tenants:
            return page.form(second) in tables.palaces or second in page.mention_at
        if phrase.head in tables.strongmen and not tables.strong.isdisjoint(phrase.heads):
            return True
        if phrase.head in tables.heads and page.form(second) in tables.state:
            return phrase.end <= second + 2
        alone = first is not None and (first.start, first.end) == (second, phrase.end)
        definite = page.form(second).startswith(ARTICLE)
        return alone and definite and phrase.head.removeprefix(ARTICLE) in tables.rulers

    def _holds(self, person: str, wanted: Office, *, nickname: bool) -> bool:
        if nickname:
            return any(set() < office - {_CABINET} <= wanted for office in self._offices(person))
        return any(wanted == office or (len(wanted) == 1 and wanted < office) for office in self._offices(person))

    def _offices(self, person: str) -> Iterator[Office]:
        actor = self.page.lexicon.actors[person]
        return self._without_side(actor, actor.roles.get("ar", ()))

    def _offices_called(self, body: Actor) -> Iterator[Office]:
        return self._without_side(body, body.names.get("ar", ()))

    def _without_side(self, actor: Actor, names: Sequence[str]) -> Iterator[Office]:
        side = self.page.lexicon.actors.get(self._party(actor.id) or "")
        of_side = {word for name in side.names.get("ar", ()) for word in words_of(name)} if side is not None else set()
        if side is not None:
            of_side |= {word for text in side.adjective.get("ar", ()) for form in nisba_forms(text) for word in form}
        for name in names:
            yield self._office(word for word in words_of(name) if of_side.isdisjoint((word, word.removeprefix(TO))))

    def _office(self, words: Iterable[str]) -> Office:
        tables = self.page.tables
        bare = (word if word in tables.cabinet else word.removeprefix(ARTICLE) for word in words)
        kept = (word for word in bare if word not in tables.office_fillers)
        return frozenset(_CABINET if word in tables.cabinet else word.removesuffix(HIS) for word in kept)

    # -- persons ------------------------------------------------------------------------------------------------
    def _named_before(self, position: int) -> Iterator[str]:
        """The persons of the watchlist who were named before, the last one first."""
        seen = set()
        for mention in self.page.mentions_before(position, _REACH):
            if mention.target not in seen and self.page.is_person(mention):
                seen.add(mention.target)
                yield mention.target

    def _persons_of(self, side: str) -> Sequence[str]:
        actors = self.page.lexicon.actors.values()
        return [actor.id for actor in actors if actor.kind is ActorKind.PERSON and (actor.party or actor.id) == side]

    def _party(self, person: str | None) -> str | None:
        return self.page.lexicon.party_of(person) if person is not None else None
