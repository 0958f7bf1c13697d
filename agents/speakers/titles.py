"""Whom a title or a word for a body takes up that comes without a name: "الوزير", "الحركة", "الأخير", "الرجل"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from agents.language.names import ARTICLE, words_of
from agents.language.punctuation import STOPS
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.incumbents import Incumbents
from agents.speakers.main_clauses import MainClauses
from agents.speakers.noun_phrases import Phrase, is_accusative, noun_phrase, phrase_at
from agents.speakers.page import Page
from agents.speakers.people import is_stranger, person_of
from agents.speakers.short_names import ShortNames
from agents.speakers.sides import Sides
from agents.speakers.voices import Voice, Voices

_REACH: Final = 150  # tokens between a title and who was named with it
_TWO: Final = 2
_TWO_REACH: Final = 80  # tokens between "الأول" and "الثاني"


class Titles:
    """Those of one article."""

    def __init__(
        self, page: Page, earlier: EarlierSpeakers, sides: Sides, incumbents: Incumbents, short_names: ShortNames
    ) -> None:
        self.page, self.earlier, self.sides = page, earlier, sides
        self.incumbents, self.short_names = incumbents, short_names
        self.clauses = MainClauses(page)

    def taken_up(self, phrase: Phrase) -> Voices:
        """Whoever was introduced with that title or has it; a stranger where nobody is."""
        earlier = self.earlier
        if phrase.head in self.page.tables.both_sides and len(earlier.last()) != _TWO:
            pair = self.sides.two(phrase.begin, phrase.end)
            if pair:
                return pair
        body = self.short_names.body(phrase.begin)
        if body is not None and earlier.is_one_person():
            # "الحركة", where a person of it has spoken
            return (Voice(body.target, phrase.text, self.page.party(body), heads=phrase.heads),)
        same = self._guest(phrase) or self._man(phrase) or self.of_sentence_before(phrase)
        same = same or earlier.with_title(phrase.head) or self._in_article(phrase)
        same = same or (self._introduced(phrase) if body is None else ()) or self._source(phrase) or earlier.last()
        only = self.incumbents.only_one(phrase) if not same and phrase.end == phrase.begin + 1 else ""
        party = self.page.lexicon.party_of(only)
        if only and party in map(self.page.party, self.page.mentions(0, len(self.page.article))):
            return (Voice(only, phrase.text, party, heads=phrase.heads),)
        return same or self.latter(phrase) or (Voice(None, phrase.text, None),)

    def _source(self, phrase: Phrase) -> Voices:
        """ "قال دبلوماسي غربي …. وقال بايدن …. وأضاف المصدر نفسه": the last who spoke without a name."""
        if phrase.head.removeprefix(ARTICLE) not in self.page.tables.sources:
            return ()
        return self.earlier.without_name(self.page.tables.of_offices)

    def _guest(self, phrase: Phrase) -> Voices:
        """ "وصل فلان إلى طهران حيث قابل فلانا. وقال الضيف": the person who is the subject of the sentence before."""
        page, end = self.page, phrase.begin
        if phrase.head not in page.tables.guests:
            return ()
        while end > 0 and page.text(end) not in STOPS and page.article[end].kind != "break":
            end -= 1
        start = end
        while start > 0 and page.text(start - 1) not in STOPS and page.article[start - 1].kind != "break":
            start -= 1
        subject = self.clauses.subject(start, end)
        named = page.mention_at.get(subject) if subject is not None else None
        return (page.voice(named),) if named is not None and page.is_person(named) else ()

    def _man(self, phrase: Phrase) -> Voices:
        """ "أما فلان فرفع السقف. فالرجل يرى أن": the only person of the sentence before, where nobody speaks in it."""
        page = self.page
        if phrase.head not in page.tables.the_man:
            return ()
        end = page.sentence_start(phrase.begin)
        start = page.sentence_start(end - 1)
        named = {m.target: m for m in page.mentions(start, end) if page.is_person(m)}
        if self.earlier.any_cue >= start or len(named) != 1:
            return ()
        return tuple(map(page.voice, named.values()))

    def of_sentence_before(self, phrase: Phrase) -> Voices:
        """ "تلقى الوزير فلان اتصالا من الوزير فلان. وأكد الوزير": who has that title and is the subject of the sentence
        before, where nobody speaks in it."""
        page, (start, end) = self.page, self.page.sentence_before(phrase.begin)
        subject = self.clauses.subject(start, end) if self.earlier.any_cue < start < end else None
        named = phrase_at(page, *noun_phrase(page, subject, end)) if subject is not None else None
        person = person_of(page, named) if named is not None else None
        if person is None or phrase.mentions:
            return ()
        roles = page.lexicon.actors[person.target].roles.get("ar", ())
        forms = {phrase.head, phrase.head.removeprefix(ARTICLE)}
        return (page.voice(person),) if any(not forms.isdisjoint(words_of(role)) for role in roles) else ()

    def _in_article(self, phrase: Phrase) -> Voices:
        """Whoever of the watchlist has that title and was named last."""
        page, forms = self.page, {phrase.head, phrase.head.removeprefix(ARTICLE)}
        if forms.isdisjoint(page.titled) or phrase.head in page.pack.clause_words.institutions:
            return ()
        for mention in filter(page.is_person, page.mentions_before(phrase.begin, _REACH)):
            roles = page.lexicon.actors[mention.target].roles.get("ar", ())
            if any(not forms.isdisjoint(words_of(role)) for role in roles):
                return (page.voice(mention),)
        return ()

    def _introduced(self, phrase: Phrase) -> Voices:
        """ "أعلن ذلك مسؤول في الحلف. وأوضح المسؤول", "ألغت هيئة عقدا. وعزت الهيئة": who was told of without words."""
        page, bare = self.page, phrase.head.removeprefix(ARTICLE)
        for at in range(phrase.begin - 1, max(-1, phrase.begin - _REACH), -1):
            if page.head(at) != bare or bare == phrase.head or page.form(at).startswith(ARTICLE):
                continue
            closed = (i for i in range(at, phrase.begin) if page.text(i) in STOPS or is_accusative(page, i))
            end = next(closed, phrase.begin)
            named = phrase_at(page, *noun_phrase(page, at, end))
            if named is None or named.end - named.begin < _TWO:
                continue
            within = filter(None, map(self.short_names.body, range(named.begin + 1, named.end)))
            body = next(within, None) if not named.mentions else None
            if body is not None:
                return (Voice(body.target, named.text, page.party(body), heads=named.heads),)
            if not named.mentions or bare in page.pack.clause_words.institutions:
                body = page.mention_at.get(at)
                party = page.party(named.mentions[0]) if named.mentions else None
                return (page.voice(body),) if body is not None else (Voice(None, named.text, party, heads=named.heads),)
            return self.sides.named(named, named.heads)
        return ()

    def latter(self, phrase: Phrase) -> Voices:
        """ "الأخير": the person who was named last; "الثاني": the last one before "الأول"."""
        page, bare = self.page, phrase.head
        first = phrase.begin
        if bare in page.tables.second_of_two:
            before = range(phrase.begin - 1, max(-1, phrase.begin - _TWO_REACH), -1)
            first = next((at for at in before if page.form(at) in page.tables.first_of_two), first)
            if two := self._two_strangers(phrase.begin) or self._two_of_sentence(first):
                return two[1]
        person = page.person_before(first)
        return (self.page.voice(person),) if person is not None else ()

    def _two_strangers(self, before: int) -> tuple[Voices, Voices] | None:
        """The only two who have spoken or are introduced, neither on the watchlist: guests of a programme."""
        spoke = {voices[0].name: voices for voices in reversed(self.earlier.history) if len(voices) == 1}
        first_last = list(dict.fromkeys(voices[0].name for voices in self.earlier.history if len(voices) == 1))
        found = [spoke[name] for name in first_last] if len(spoke) == _TWO else list(self._strangers(before))
        if len(found) != _TWO or any(voices[0].actor_id is not None for voices in found):
            return None
        return found[0], found[1]

    def _two_of_sentence(self, before: int) -> tuple[Voices, Voices] | None:
        """ "تلقى فلان اتصالا من السفير فلان، شدد خلاله الأول": one of the watchlist, then a stranger; in that sentence
        or the last one that names somebody."""
        page, start = self.page, before
        while start > 0 and not (page.opens_sentence(start) and any(map(page.is_person, page.mentions(start, before)))):
            start -= 1
        known = {mention.target: mention for mention in page.mentions(start, before) if page.is_person(mention)}
        if len(known) != 1:
            return None
        (one,) = known.values()
        others = [voices for voices in self._strangers(before) if voices[0].name in page.words(one.end, before)]
        return ((page.voice(one),), others[0]) if len(others) == 1 else None

    def _strangers(self, before: int) -> Iterator[Voices]:
        """Those with a title and a name who are introduced before that token."""
        page = self.page
        titles = page.titled | page.tables.honorifics
        heads = [at for at in range(max(0, before - _REACH), before) if page.head(at) in titles]
        for at, following in pairwise([*heads, before]):
            stops = (i for i in range(at, following) if page.text(i) in STOPS or page.article[i].kind == "break")
            phrase = phrase_at(page, *noun_phrase(page, at, next(stops, following)))
            if phrase is not None and is_stranger(page, phrase, before_noun=False):
                yield (Voice(None, phrase.text, None, heads=phrase.heads),)

    def first_of_two(self, phrase: Phrase) -> Voices | None:
        """ "الأول": of the two persons who were named last, the first."""
        if two := self._two_strangers(phrase.begin) or self._two_of_sentence(phrase.begin):
            return two[0]
        named = filter(self.page.is_person, self.page.mentions_before(phrase.begin, _REACH))
        last = next(named, None)
        first = next((one for one in named if last is not None and one.target != last.target), None)
        return (self.page.voice(first),) if first is not None else None
