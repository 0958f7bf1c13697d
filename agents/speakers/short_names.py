"""Whom part of a name takes up: "البنك" for "البنك الدولي", "وانغ" for "وانغ يي", "وزير خارجيتها" for a side's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from agents.language.names import ARTICLE, HER, HIS, OWNERS, TIED, TO, G, Mention, with_g, without_clitics, words_of
from agents.speakers.addressees import gender
from agents.speakers.page import Page
from schemas import ActorKind

_BODIES: Final = (ActorKind.ORGANISATION, ActorKind.OFFICE, ActorKind.ARMED_GROUP, ActorKind.BLOC)
_SIDES: Final = (*_BODIES, ActorKind.STATE)
_REACH: Final = 150  # tokens between a name and the part of it
_PEER_REACH: Final = 3  # tokens from "نظيره" to the name
_OWNER_REACH: Final = 40  # tokens between a side and a title that is its own
_SHORTEST: Final = 3  # letters of a part of a name, of a noun without its owner


class ShortNames:
    def __init__(self, page: Page, letterhead: tuple[str, str] | None = None) -> None:
        self.page = page
        self.letterhead = letterhead[0] if letterhead is not None else None
        self._letterhead_noun = letterhead[1] if letterhead is not None else ""

    def body(self, position: int) -> Mention | None:
        """The body that was named last with that noun, without its article, as the first word of its name."""
        if self.page.form(position + 1) in self.page.lexicon.of_others:
            return None  # "الاتحاد الدولي": another one
        nouns = {bare.removeprefix(ARTICLE) for bare in without_clitics(self.page.form(position)) if _is_definite(bare)}
        bodies = chain(self._bodies_before(position), self._of_persons_before(position))
        return next((body for body in bodies if self._begins_with(body, nouns)), None)

    def last_body(self, position: int) -> Mention | None:
        """The body that was named last: "مصدر فيها"."""
        return next(self._bodies_before(position), None)

    def office(self, position: int) -> str | None:
        """ "الوزارة": the one that was named last, in its own name or in that of its minister."""
        body, page = self.body(position), self.page
        if self.letterhead is not None and self.ministry(position) == self.letterhead:
            return self.letterhead
        if body is None or page.kind(body) is not ActorKind.OFFICE:
            return self.ministry(position)
        last = next((m for m in page.mentions_before(position, _REACH) if m is body or self._ministry_of(m)), body)
        return body.target if last is body or self.ministry(position) is None else self._ministry_of(last)

    def ministry(self, position: int) -> str | None:
        """ "الوزارة": of the minister who was named last, by his office."""
        page = self.page
        noun = page.form(position).removeprefix(TO + TO).removeprefix(ARTICLE)
        if noun not in page.tables.ministries:
            return None
        if noun == self._letterhead_noun:
            return self.letterhead
        persons = sorted(filter(page.is_person, page.mentions_before(position, _REACH)), key=self._is_peer)
        return next(filter(None, map(self._ministry_of, persons)), None)

    def _is_peer(self, person: Mention) -> bool:
        """ "اتصالا بنظيره السوري فلان": with whom the minister spoke whom the text is about."""
        near = range(max(0, person.start - _PEER_REACH), person.start)
        return any(bare in self.page.tables.peers for at in near for bare in without_clitics(self.page.form(at)))

    def ministry_of(self, person: str, noun: str) -> str | None:
        """ "وزارته": that of whoever spoke, by his office."""
        return self._ministry_held_by(person) if noun in self.page.tables.ministries else None

    def _ministry_of(self, person: Mention) -> str | None:
        return self._ministry_held_by(person.target)

    def _ministry_held_by(self, person: str) -> str | None:
        page = self.page
        actor = page.lexicon.actors.get(person)
        if actor is None:
            return None
        held = {word.removeprefix(ARTICLE) for role in actor.roles.get("ar", ()) for word in words_of(role)}
        party, best = page.lexicon.party_of(actor.id), ("", 0)
        for office_id, office in page.lexicon.actors.items():
            if office.kind is ActorKind.OFFICE and page.lexicon.party_of(office_id) == party:
                names = [[word.removeprefix(ARTICLE) for word in words_of(name)] for name in office.names.get("ar", ())]
                begun = [name for name in names if len(name) > 1 and name[0] in page.tables.ministries]
                shared = max((len(held.intersection(name)) for name in begun if name[1] in held), default=0)
                best = (office_id, shared) if shared > best[1] else best  # "الرئاسة الروسية" shares no more than a side
        return best[0] or None

    def person(self, position: int, shortest: int = _SHORTEST) -> Mention | None:
        """Who was named before with that word as a part of the name."""
        form = self.page.form(position)
        if len(form) < shortest or form.startswith(ARTICLE):
            return None
        for mention in self.page.mentions_before(position, _REACH):
            named = map(_in_one_spelling, self._words_of(mention))
            if self.page.is_person(mention) and mention.via == "name" and _in_one_spelling(form) in named:
                return mention
        return None

    def _words_of(self, mention: Mention) -> list[str]:
        """ "ووانغ يي": its words without what is glued on to the first."""
        first, *rest = (self.page.form(at) for at in range(mention.start, mention.end))
        return [first.removeprefix(mention.clitics), *rest]

    def holder(self, begin: int, end: int) -> Mention | None:
        """Who was named before and has an office that begins with those definite words: "المدير العام"."""
        words = [self.page.form(at) for at in range(begin, end)]
        if not any(map(_is_definite, words)) and not any(word.startswith(ARTICLE) for word in words[1:]):
            return None  # as a rule; but "وزير الري"
        said = [word.removeprefix(ARTICLE) for word in words]
        for mention in self.page.mentions_before(begin, _REACH):
            actor = self.page.lexicon.actors.get(mention.target)
            if actor is None or not self.page.is_person(mention):
                continue
            offices = ([word.removeprefix(ARTICLE) for word in words_of(role)] for role in actor.roles.get("ar", ()))
            if any(office[: len(said)] == said for office in offices):
                return mention
        return None

    def owner(self, position: int, owned: str) -> Mention | None:
        """The side that a word with a pronoun belongs to, the last one named that the pronoun may mean."""
        feminine = owned.endswith(HER)
        sides = [
            mention
            for mention in self.page.mentions_before(position, _OWNER_REACH)
            if self.page.kind(mention) in _SIDES and mention.via == "name"
            if gender(self.page, mention) in (None, feminine)
        ]
        # "لم ترق التصريحات لموسكو، إذ اعتبرت المتحدثة باسم خارجيتها": where no other is named
        return next((side for side in sides if not side.governed), next(iter(sides), None))

    def _begins_with(self, body: Mention, nouns: set[str]) -> bool:
        actor = self.page.lexicon.actors.get(body.target)
        names = actor.names.get("ar", ()) if actor is not None else ()
        return any(words_of(name)[0].removeprefix(ARTICLE) in nouns for name in names if len(words_of(name)) > 1)

    def _of_persons_before(self, position: int) -> Iterator[Mention]:
        """ "الأمين العام لحلف شمال الأطلسي فلان": the bodies of which persons are, as if they were named."""
        page = self.page
        for person in filter(page.is_person, page.mentions_before(position, _REACH)):
            if page.lexicon.kind_of(page.party(person)) in _BODIES:
                yield replace(person, target=page.party(person), via="name")

    def _bodies_before(self, position: int) -> Iterator[Mention]:
        named = self.page.mentions_before(position, _REACH)
        return (mention for mention in named if mention.via == "name" and self.page.kind(mention) in _BODIES)


def _in_one_spelling(word: str) -> str:
    """ "مايغا" and "مايجا" are one name."""
    return with_g(word, G[0])


def _is_definite(form: str) -> bool:
    return form.startswith(ARTICLE) and len(form) > len(ARTICLE) + _SHORTEST - 1


def without_owner(form: str) -> str | None:
    """ "خارجيتها" → "خارجيه", "ممثلهم" → "ممثل"; None where the word has no owner."""
    for owner in OWNERS:
        stem = form.removesuffix(owner)
        if stem != form and len(stem) >= _SHORTEST:
            return stem[:-1] + HIS if stem.endswith(TIED) else stem
    return None
