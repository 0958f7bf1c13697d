"""Whom an interview is with: whom the labels of the answers name or the headline quotes, else who speaks most in its
introduction, else the person whom that names most."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from agents.language.interviews import Answers
from agents.language.names import ARTICLE, Mention, words_of
from agents.language.text import CLOSING
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.headlines import Headline
from agents.speakers.noun_phrases import is_name_word, noun_phrase, phrase_at
from agents.speakers.page import Page
from agents.speakers.people import is_stranger
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_LONGEST_NAME: Final = 3  # words before or behind one of a name
_LEAST_NAME: Final = 2  # words
_INITIAL: Final = 1  # letters
_PRESENTED: Final = 16  # tokens from the word for a meeting to the name of the guest
_LONGEST_ENDING: Final = 60  # tokens behind the last answer
_INTRODUCED: Final = 6  # words from whose official somebody is to his name
_LEAST_UNNAMED: Final = 2  # words of "مسؤول أميركي"
_SIDES: Final = (ActorKind.STATE, ActorKind.OFFICE, ActorKind.BLOC, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION)


class Guests:
    """Who answers in an interview."""

    def __init__(self, page: Page, earlier: EarlierSpeakers, interview: Answers, title: str) -> None:
        self.page, self.earlier, self.start = page, earlier, interview.start
        ending = min(interview.end + _LONGEST_ENDING, len(page.article))
        # where somebody may be introduced: before the questions, behind the answers, in what is asked first
        self.parts = range(self.start), range(interview.end, ending), range(self.start, interview.answered)
        self.headline = Headline(page, title, [*self.parts[0], *self.parts[1]] or self.parts[2])
        self.several = len({page.words(*label) for label in interview.labels}) > 1
        self.guest = self._guest(interview.labels)
        self._answering: dict[tuple[int, int], Voices] = {}  # by labels: one opens many sentences

    def answering(self, label: tuple[int, int]) -> Voices:
        """Whom the label of an answer names; whoever the interview is with where it names nobody."""
        if label not in self._answering:
            voices = self._labelled(label) or self._introduced(label) or self._unnamed(label)
            voices = voices or self.guest or self._by_title(label)
            self._answering[label] = tuple(replace(one, party=one.party or self._side(one)) for one in voices)
        return self._answering[label]

    def _side(self, voice: Voice) -> str | None:
        """Whose official a guest on no watchlist is: "سفير بكين لدى القاهرة فلان", or so in the headline."""
        if voice.actor_id is not None:
            return voice.party
        page, officials = self.page, self.page.tables.officials
        last = words_of(voice.name)[-1:]
        behind = {at for at in range(self.start) if (page.form(at),) == last}
        for at in range(self.start):
            mention = page.mention_at.get(at + 1)
            if mention is None or page.head(at).removeprefix(ARTICLE) not in officials or page.is_person(mention):
                continue
            if not behind.isdisjoint(range(mention.end, mention.end + _INTRODUCED)):
                return page.party(mention)
        words = self.headline.words
        for mention in page.lexicon.actor_names.find(words):
            title = words[mention.start - 1].form.removeprefix(ARTICLE) if mention.start == 1 else ""
            if title in officials and not page.is_person(mention):
                return page.party(mention)
        return None

    def _labelled(self, label: tuple[int, int]) -> Voices:
        person = next((one for one in self.page.mentions(*label) if self.page.is_person(one)), None)
        person = person or self._of_initials(label)
        return (self.page.voice(person),) if person is not None else ()

    def _unnamed(self, label: tuple[int, int]) -> Voices:
        """ "مسؤول كبير في الإدارة:": an official without a name, of the side that the label or the page names first."""
        page, words = self.page, self.page.words(*label)
        if page.form(label[0]) not in page.tables.of_offices or label[1] - label[0] < _LEAST_UNNAMED:
            return ()
        named = (*page.mentions(*label), *page.mentions(0, self.start))
        party = next((page.party(one) for one in named if page.kind(one) in _SIDES), None)
        return (Voice(page.lexicon.unnamed_of.get(party, party) if party else None, words, party),)

    def _of_initials(self, label: tuple[int, int]) -> Mention | None:
        """ "ن.ب": the person of the introduction whose names begin so."""
        letters = [self.page.form(at) for at in range(*label) if self.page.is_word(at)]
        if not letters or any(len(letter) > _INITIAL for letter in letters):
            return None
        for person in self._persons(range(self.start)):
            names = [self.page.form(at)[:_INITIAL] for at in range(person.start, person.end)]
            if names == letters:
                return person
        return None

    def _persons(self, part: range) -> list[Mention]:
        mentions = self.page.mentions(part.start, part.stop)
        return [one for one in mentions if self.page.is_person(one) and not self._is_anothers(one)]

    def _is_anothers(self, mention: Mention) -> bool:
        """ "الدكتور عباس شرف": whether a surname of the watchlist is somebody else's first name."""
        page, at = self.page, mention.start
        titled = page.titled | page.tables.honorifics
        alone = mention.end - at == 1 and mention.end not in page.mention_at
        return alone and page.form(at - 1) in titled and is_name_word(page, mention.end)

    def _guest(self, labels: tuple[tuple[int, int], ...]) -> Voices:
        named = self._persons(range(self.start))
        labelled = next(filter(None, map(self._labelled, labels)), ())
        alone = len({mention.target for mention in named}) == 1
        headed = labelled or self.headline.speaker() or self.headline.introduced_too() or self.headline.asked()
        if headed:
            return headed
        stranger = () if alone else self.headline.stranger()
        introduced = next(filter(None, map(self._introduced, labels)), ())
        if introduced or stranger:
            in_full = () if self.headline.has_name() else self._presented() or self._met()
            return introduced or self._of_same_title() or in_full or stranger
        if not alone and (presented := self._presented()):
            return presented
        history = [voices for voices in self.earlier.history if len(voices) == 1]
        spoke = Counter(voices[0].actor_id or voices[0].name for voices in history)
        for guest, _ in spoke.most_common(1):
            return next(voices for voices in history if guest in (voices[0].actor_id, voices[0].name))
        for target, _ in Counter(mention.target for mention in named).most_common(1):
            return (self.page.voice(next(mention for mention in named if mention.target == target)),)
        return self.headline.only_person() or self._presented() or self._elsewhere() or self.headline.official()

    def _elsewhere(self) -> Voices:
        """ "الضيف: فلان، المندوب الدائم", "[الصورة: الدكتور فلان]": the person named, else a stranger with a title."""
        for part in self.parts:
            if persons := self._persons(part):
                return (self.page.voice(persons[0]),)
            for at in part:
                titles = self.page.titled | self.page.tables.honorifics
                if titles.isdisjoint((self.page.head(at), self.page.form(at))):
                    continue
                phrase = phrase_at(self.page, *noun_phrase(self.page, at, part.stop))
                if phrase is not None and is_stranger(self.page, phrase, before_noun=False):
                    return (Voice(None, phrase.text, None, heads=phrase.heads),)
        return ()

    def _by_title(self, label: tuple[int, int]) -> Voices:
        """ "المتحدث: …": by nothing but his title, where nobody is introduced."""
        return (Voice(None, self.page.words(*label), None),) if label[0] < label[1] else ()

    # -- in the introduction ----------------------------------------------------------------------------------------
    def _introduced(self, label: tuple[int, int]) -> Voices:
        """ "السفير فلان:", by the whole name of the introduction."""
        page, name = self.page, label[1] - 1
        if page.form(label[0]) in page.pack.clause_words.guests:
            return self._from(label)
        own = [at for at in range(*label) if page.is_word(at) and page.form(at) not in page.titled]
        if len(own) > 1 and all(len(page.form(at)) == _INITIAL for at in own):
            return self._spelled(own)
        if not own or not (self.several or is_name_word(page, own[0])):
            return ()
        places = [at for at in range(self.start) if page.form(at) == page.form(name)]
        person = next((page.mention_at[at] for at in places if at in page.mention_at), None)
        if person is not None and page.is_person(person):
            return (page.voice(person),)
        if not places or len(own) > 1:
            return (Voice(None, page.words(*label), None),)
        title, whole = page.words(label[0], name), page.words(*self._whole_name(places[0]))
        return (Voice(None, f"{title} {whole}".strip(), None),)

    def _forms(self, part: tuple[int, int]) -> list[str]:
        return [self.page.form(at) for at in range(*part)]

    def _from(self, label: tuple[int, int]) -> Voices:
        """ "ضيف الرباط:", by who is introduced behind the place: "من الرباط الكاتب فلان"."""
        page, place = self.page, self._forms(label)[1:]
        told_from = page.pack.clause_words.told_from
        for part in self.parts if place else ():
            for at in part:
                if self._forms((at, at + len(place))) != place or page.unjoined(page.form(at - 1)) not in told_from:
                    continue
                begin = at + len(place)
                end = next((i for i in range(begin, part.stop) if not page.is_word(i)), part.stop)
                phrase = phrase_at(page, *noun_phrase(page, begin, end))
                if phrase is not None and is_stranger(page, phrase, before_noun=False):
                    return (Voice(None, phrase.text, None, heads=phrase.heads),)
        return ()

    def _spelled(self, letters: list[int]) -> Voices:
        """ "س. ر.": the stranger of the introduction whose names begin so."""
        page, count = self.page, len(letters)
        initials = [page.form(at) for at in letters]
        for part in self.parts:
            for at in part:
                names = [page.form(i).removeprefix(ARTICLE)[:_INITIAL] for i in range(at, at + count)]
                if names == initials and is_name_word(page, at):
                    return (Voice(None, page.words(at, at + count), None),)
        return (Voice(None, page.words(letters[0], letters[-1] + 1), None),)

    def _presented(self) -> Voices:
        """ "تحدثت الصحيفة هاتفيا إلى فلان", "حاورنا الباحث فلان": a stranger behind a word for the meeting."""
        page = self.page
        for at in range(self.start):
            if page.form(at) not in page.pack.clause_words.interviewing:
                continue
            for name in range(at + 1, min(at + _PRESENTED, self.start - 1)):
                if page.article[name].kind == "break":
                    break
                if self._begins_name(name):
                    return (Voice(None, page.words(*self._name_from(name)), None),)
        return ()

    def _met(self) -> Voices:
        """ "يرأس فلان لجنة الأمن. التقيناه في مكتبه": the stranger whom a pronoun of the meeting means."""
        page, words = self.page, self.page.pack.clause_words
        if words.met_him.isdisjoint(page.form(at) for at in range(self.start)):
            return ()
        for at in range(1, self.start - 1):
            if (page.opens_sentence(at - 1) or page.form(at - 1) in page.titled) and is_name_word(page, at):
                begin, end = self._name_from(at)
                if end - begin >= _LEAST_NAME:
                    return (Voice(None, page.words(begin, end), None),)
        return ()

    def _begins_name(self, at: int) -> bool:
        """Whether two names follow a preposition, a title or a definite adjective."""
        page = self.page
        words, before = page.pack.clause_words, page.form(at - 1)
        first, last = self._name_from(at)
        if last - first < _LEAST_NAME:
            return False
        if before in words.interview_with | words.guest_behind:  # where no verb can stand: "إلى أليكسي موروزوف"
            bare = not any(page.light(i).startswith(ARTICLE) for i in range(first, last))  # أليكسي
            return is_name_word(page, at) or (bare and page.form(at) not in page.titled | page.tables.epithets)
        country = page.mention_at.get(at - 1)
        if country is not None and page.head(country.start - 1) in page.tables.titles:
            return not page.form(at).startswith(ARTICLE)  # "سفير كوريا الجنوبية بارك جونغ هون", whatever verb a name is
        known = before.startswith(ARTICLE) or before in page.titled or at - 1 in page.mention_at
        return (known or page.text(at - 1) in CLOSING) and is_name_word(page, at)

    def _name_from(self, at: int) -> tuple[int, int]:
        """The words from there on that no mark, adverb, preposition or name of the watchlist ends, a few at most."""
        page = self.page
        _, end = noun_phrase(page, at, min(at + _LONGEST_NAME, self.start))
        known = (i for i in range(at, end) if i in page.mention_at or not page.is_word(i))
        return at, next(known, end)

    def _whole_name(self, at: int) -> tuple[int, int]:
        """The name of which that word is the last, else the first."""
        page, first, last = self.page, at, at
        while at - first < _LONGEST_NAME and first - 1 not in page.mention_at and is_name_word(page, first - 1):
            if page.unjoined(page.form(first - 1)).startswith(ARTICLE):
                break  # "والباحثة ليلى مزيان"
            first -= 1
        while first == at and last - at < _LONGEST_NAME and is_name_word(page, last + 1):
            last += 1
        return first, last + 1

    def _of_same_title(self) -> Voices:
        """ "سفير بكين لـ«الجريدة»": the stranger with a name whom the introduction gives that title."""
        page = self.page
        title = self.headline.words[0].form.removeprefix(ARTICLE)
        if title not in page.tables.titles:
            return ()
        for at in range(self.start):
            if page.head(at).removeprefix(ARTICLE) == title:
                phrase = phrase_at(page, *noun_phrase(page, at, self.start))
                if phrase is not None and is_stranger(page, phrase, before_noun=False):
                    return (Voice(None, phrase.text, None, heads=phrase.heads),)
        return ()
