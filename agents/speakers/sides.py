"""Whom a phrase stands for that names sides and no person: a state, its ministry, its official, two sides at once."""

from __future__ import annotations

from collections import Counter
from typing import Final

from agents.language.names import AND, ARTICLE, Mention, without_clitics, words_of
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.noun_phrases import Phrase, is_among_officials
from agents.speakers.offices import Offices
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_JOINED_REACH: Final = 150  # tokens between two sides that are named together and "الجانبان"
_TWO: Final = 2
_NO_SIDES: Final = (ActorKind.MEDIA, ActorKind.UNNAMED)


class Sides:
    """Those of one article."""

    def __init__(self, page: Page, earlier: EarlierSpeakers) -> None:
        self.page, self.earlier = page, earlier
        self.offices_of = Offices(page)

    def named(self, phrase: Phrase, heads: frozenset[str]) -> Voices:
        """Whom a phrase stands for that names a side and no person."""
        first = phrase.mentions[0]
        party = self.page.party(first)
        if phrase.head in self.page.tables.ministries and first.start > phrase.begin:
            office = self.offices(phrase.begin, first.start).get(party, party)
            return (Voice(office, phrase.text, party, heads=heads),)
        if (
            phrase.head in self.page.pack.continuing_titles
            and first.start == phrase.begin + 1
            and first.via == "adjective"
        ):
            same = self.earlier.person_of(party)  # "الوزير الروسي": who spoke for Russia before
            titled = self.offices_of.titled(phrase.head, party, phrase.begin)
            if titled is not None and not (same and (same[0].actor_id == titled or self._fits(same[0], phrase.head))):
                return (Voice(titled, phrase.text, party, heads=heads),)
            if not same and first.target not in self.page.lexicon.actors and self.earlier.history:
                before = self.earlier.with_title(phrase.head) or self.earlier.last()
                told = phrase.head in self.page.tables.first_diplomats  # whatever he speaks for: "الدبلوماسي الإيطالي"
                same = before if told or all(voice.party in (None, party) for voice in before) else ()
            if same:
                return same
        named_for = self.page.tables.in_name_of
        spoken_for = next(
            (at + 1 for at in range(phrase.begin, first.start) if self.page.form(at) in named_for), first.start
        )
        if spoken_for < first.start:  # "متحدث باسم الخارجية الفرنسية"
            body = self.offices(spoken_for, first.start).get(party)
            if body is not None:
                return (Voice(body, phrase.text, party, heads=heads),)
        if self._is_official(phrase, first):
            whose = self.page.kind(first)  # "مستشار بوتين", but "متحدث باسم بوتين" speaks for him
            of_person = whose is ActorKind.PERSON and named_for.isdisjoint(phrase.heads)
            unnamed = whose in (ActorKind.STATE, ActorKind.OFFICE) or of_person or first.via == "adjective"
            actor = self.page.lexicon.unnamed_of.get(party, party) if unnamed else first.target
            return (Voice(actor, phrase.text, party, heads=heads),)
        voices = {first.target: Voice(first.target, phrase.text, party, heads=heads)}
        for mention in phrase.mentions[1:]:
            if not mention.clitics.startswith(AND):
                break
            if mention.via != "adjective" and mention.target not in voices:
                voices[mention.target] = Voice(mention.target, phrase.text, self.page.party(mention), heads=heads)
        return tuple(voices.values())

    def _fits(self, voice: Voice, title: str) -> bool:
        """Whether a speaker on no watchlist was introduced with that title."""
        return voice.actor_id is None and title.removeprefix(ARTICLE) in {h.removeprefix(ARTICLE) for h in voice.heads}

    def offices(self, begin: int, end: int) -> dict[str, str]:
        """Of each side, the office whose name has those words ("الخارجية")."""
        page = self.page
        return self.offices_called(
            {page.head(at).removeprefix(ARTICLE) for at in range(begin, end) if page.is_word(at)}
        )

    def offices_called(self, said: set[str]) -> dict[str, str]:
        """The same for words without their article."""
        return offices_called(self.page, said)

    def _is_official(self, phrase: Phrase, first: Mention) -> bool:
        """ "مسؤول أمريكي": the side's unnamed official; "متحدث باسم الكرملين" speaks for that office."""
        tables = self.page.tables
        official = phrase.head in tables.officials or is_among_officials(self.page, phrase)
        if not official or phrase.head in tables.sides or first.start == phrase.begin:
            return False
        kind = self.page.kind(first)
        if kind is ActorKind.OFFICE:
            return phrase.head in tables.of_offices
        return kind is not ActorKind.UNNAMED

    def two(self, begin: int, end: int) -> Voices:
        """ "الجانبان", "بيان مشترك للوفدين": the two sides that the article has named most often so far."""
        page = self.page
        if not any(
            bare in page.tables.both_sides for at in range(begin, end) for bare in without_clitics(page.form(at))
        ):
            return ()
        joined = self._joined_before(begin)
        if joined:
            return joined
        return self.most(begin, page.words(begin, end))

    def most(self, position: int, name: str = "") -> Voices:
        """The two sides that were named most often before that token."""
        page = self.page
        before = Counter(
            page.party(mention) for mention in page.mentions(0, position) if page.kind(mention) not in _NO_SIDES
        )
        named = [party for party, _ in before.most_common(_TWO)]
        return tuple(Voice(party, name, party, plural=True) for party in named) if len(named) == _TWO else ()

    def _joined_before(self, position: int) -> Voices:
        """The last two sides that were named together: "وفد من مالي وبوركينا فاسو", "التقى لافروف وكوليبا"."""
        page = self.page
        for at in range(position - 1, max(0, position - _JOINED_REACH), -1):
            other = page.mention_at.get(at)
            one = page.mention_at.get(other.start - 1) if other is not None and other.start == at else None
            if other is None or one is None or not is_added(other) or one.via == "adjective":
                continue
            if page.party(one) != page.party(other) and page.kind(one) is page.kind(other):
                return tuple(
                    Voice(page.party(m), page.words(m.start, m.end), page.party(m), plural=True) for m in (one, other)
                )
        return ()


def offices_called(page: Page, said: set[str]) -> dict[str, str]:
    """Of each side, the office whose name has those words, without their article."""
    lexicon = page.lexicon
    offices: dict[str, str] = {}
    for actor_id, actor in lexicon.actors.items():
        if actor.kind is ActorKind.OFFICE:
            words = {form.removeprefix(ARTICLE) for name in actor.names.get("ar", ()) for form in words_of(name)}
            if said <= words:
                offices.setdefault(lexicon.party_of(actor_id), actor_id)
    return offices


def is_added(mention: Mention) -> bool:
    """Whether another name is joined by و: "لافروف وبلينكن"."""
    return mention.clitics.startswith(AND) and mention.via != "adjective"
