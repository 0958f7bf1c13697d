"""Offices and titles with a pronoun: "وزير خارجيتها", "وزارة خارجيتها", "متحدث باسم حكومتها"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from agents.language.names import ARTICLE, HER, OWNERS, Mention
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
        owner = self._owner(phrase, page.form(owned)) if owned is not None else None
        if owned is None or owner is None:
            return None
        party = page.party(owner)
        body = self._body(phrase, owned, party)
        if body is not None:
            return (Voice(body, phrase.text, party, heads=phrase.heads),)
        office = (without_owner(page.form(at)) or page.form(at) for at in range(phrase.begin, owned + 1))
        return (Voice(self.incumbents.of_side(party, office), phrase.text, party, heads=phrase.heads),)

    def _owner(self, phrase: Phrase, owned: str) -> Mention | None:
        """ "أنهت تركيا …، إذ أعلنت وزارة خارجيتها": the subject of the main clause, else who was named last."""
        named = not self.page.tables.in_name_of.isdisjoint(phrase.heads)
        office = phrase.head in self.page.pack.clause_words.institutions or named
        subject = self.offices.owner(phrase.begin, feminine=owned.endswith(HER)) if office else None
        return subject or self.short_names.owner(phrase.begin, owned)

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
        if stem is None or phrase.mentions or page.form(at).startswith(ARTICLE):
            return False
        if page.form(at) in page.pack.own_side and not within:
            return False
        if not page.light(at).endswith(OWNERS):
            return False  # "رئيس حركة": folded, a feminine ending is written as an owner
        titles = page.tables.titles
        if not within:
            return stem in titles
        behind = page.form(at - 1) in page.tables.in_name_of or page.form(at - 1) in page.pack.clause_words.institutions
        return (phrase.head in titles and at == phrase.begin + 1) or (behind and at == phrase.end - 1)
