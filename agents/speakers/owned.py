"""Offices and titles with a pronoun: "وزير خارجيتها", "وزارة خارجيتها", "متحدث باسم حكومتها"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from agents.language.names import ARTICLE, HER, HIS, OWNERS
from agents.speakers.incumbents import Incumbents
from agents.speakers.noun_phrases import Phrase
from agents.speakers.offices import Offices
from agents.speakers.page import Page
from agents.speakers.short_names import ShortNames, without_owner
from agents.speakers.sides import Sides
from agents.speakers.voices import Voice, Voices

_REACH: Final = 4  # tokens of "متحدث باسم وزارة خارجيتها"


@dataclass(frozen=True, slots=True)
class OwnedOffices:
    page: Page
    offices: Offices
    sides: Sides
    incumbents: Incumbents
    short_names: ShortNames

    def voices(self, phrase: Phrase) -> Voices | None:
        """Who has that office of the side that the pronoun means, that office itself, or the side's official."""
        page = self.page
        opening = range(phrase.begin, min(phrase.end, phrase.begin + _REACH))
        owned = next((at for at in opening if self._is_owned(phrase, at)), None)
        party = self._owner(phrase, page.form(owned)) if owned is not None else None
        if owned is None or party is None:
            return None
        body = self._body(phrase, owned, party)
        if body is not None:
            return (Voice(body, phrase.text, party, heads=phrase.heads),)
        office = (without_owner(page.form(at)) or page.form(at) for at in range(phrase.begin, owned + 1))
        return (Voice(self.incumbents.of_side(party, office), phrase.text, party, heads=phrase.heads),)

    def _owner(self, phrase: Phrase, owned: str) -> str | None:
        """ "أنهت تركيا …، إذ أعلنت وزارة خارجيتها": the side of the subject of the main clause, else of who spoke or
        was named last."""
        named = not self.page.tables.in_name_of.isdisjoint(phrase.heads)
        office = phrase.head in self.page.pack.clause_words.institutions or named
        subject = self.offices.owner(phrase.begin, feminine=owned.endswith(HER)) if office else None
        if subject is None and (spoke := self._speaker(phrase, feminine=owned.endswith(HER))) is not None:
            return spoke
        owner = subject or self.short_names.owner(phrase.begin, owned)
        return self.page.party(owner) if owner is not None else None

    def _speaker(self, phrase: Phrase, *, feminine: bool) -> str | None:
        """ "كتب إردوغان أن …. وقال وزير خارجيته": the side of who spoke last, in this sentence or the one before."""
        earlier, page = self.sides.earlier, self.page
        last = earlier.last()
        start, _ = page.sentence_before(phrase.begin)
        if len(last) != 1 or earlier.last_cue < start or last[0].party not in page.lexicon.actors:
            return None
        if not earlier.is_one_person() and last[0].actor_id != last[0].party:
            return None
        return last[0].party if last[0].feminine is feminine else None

    def _body(self, phrase: Phrase, owned: int, party: str) -> str | None:
        """The office that "وزارة خارجيتها" names, alone or behind "باسم"; the side where none is known."""
        page = self.page
        begin = next((at + 1 for at in range(phrase.begin, owned) if page.form(at) in page.tables.in_name_of), None)
        if begin is None and phrase.head not in page.pack.clause_words.institutions:
            return None
        words = {page.form(at).removeprefix(ARTICLE) for at in range(begin or phrase.begin, owned)}
        said = words | {without_owner(page.form(owned)) or ""}
        return self.sides.offices_called(said).get(party, party if begin is None else None)

    def _is_owned(self, phrase: Phrase, at: int) -> bool:
        """Whether a title has an owner there: "ممثلها", or "خارجيتها" after "وزير"."""
        page, stem = self.page, without_owner(self.page.form(at))
        within = at > phrase.begin
        beside = any(mention.start <= at + 1 for mention in phrase.mentions)  # not "سفيرها في القاهرة"
        if stem is None or beside or page.form(at).startswith(ARTICLE):
            return False
        if page.form(at) in page.pack.own_side and not within:
            return False
        if not page.light(at).endswith(OWNERS):
            return False  # "رئيس حركة": folded, a feminine ending is written as an owner
        titles = page.tables.titles
        if not within:
            return stem in titles
        behind = page.form(at - 1) in page.tables.in_name_of or page.form(at - 1) in page.pack.clause_words.institutions
        titled = not titles.isdisjoint((phrase.head, phrase.head.removesuffix(HIS)))  # "رئيسة وزرائها"
        return (titled and at == phrase.begin + 1) or (behind and at == phrase.end - 1)
