"""Who answers: whoever was asked, in the same sentence or the one before."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import ACCUSATIVE, CONJUNCTIONS, HIS
from agents.language.punctuation import COMMAS, QUESTION, STOPS
from agents.language.verbs import PERSONS
from agents.speakers.nearby import Nearby
from agents.speakers.noun_phrases import is_name_and_title, noun_phrase, phrase_at
from agents.speakers.voices import Voice, Voices

_ASKED_FIRST: Final = 4  # tokens of a sentence among which a verb of asking opens it
_ANSWERS_AT_ONCE: Final = 2  # tokens of a sentence before the verb of an answer
_LONGEST_QUESTION: Final = 40  # tokens
_TOLD_ME: Final = 24  # tokens from a name to "قال لي"
_ASKED_BEFORE: Final = 8  # tokens between a verb of asking and the answer


class Questions(Nearby):
    """Speakers who were asked."""

    def asked(self, report: Report, sentence_start: int) -> Voices:
        """ "سئل لافروف … فأجاب": who was asked answers."""
        cue, verbs, us = report.cue[0], self.page.tables.asked, self.page.tables.asked_by_us
        for at in range(sentence_start, cue):
            form = self.page.form(at)
            if self.page.light(at) in us:  # and not "سالت"
                asked = self.first_named(at + 1, cue) or self._first_unnamed(at + 1, cue)
                return asked or self.earlier.before(sentence_start)
            if form in self.page.tables.asked_him_by_us:
                met = self._met_before(at)
                return met or self.earlier.before(sentence_start) or self.last_person(sentence_start, 0)
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue, cue - _ASKED_BEFORE), -1):
            if self.page.form(at) in verbs:
                here = self.first_named(at + 1, cue) if self.names_somebody(at + 1) else ()
                return here or self.last_person(at, sentence_start)  # "وحين سئل فلان عن كذا أجاب", "فلان سئل فأجاب"
        for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST)):
            if self._is_asked(self.page.form(at)):
                about = self.is_asked_about(sentence_start, cue)
                return () if about else self.first_named(at + 1, cue)
        asked = self._asked_before(sentence_start) if cue - sentence_start <= _ANSWERS_AT_ONCE else ()
        return asked or self._talked_to(cue)

    def _talked_to(self, cue: int) -> Voices:
        """ "التقيت فلانا عند الباب. قلت: هل تحضرون؟ قال: …": who was named last before the reporter spoke."""
        page, words = self.page, self.page.pack.clause_words
        spoken = words.i_said | page.tables.asked_him_by_us
        mine = (at for at in range(cue - 1, max(-1, cue - _LONGEST_QUESTION), -1) if page.form(at) in spoken)
        said = next(mine, None)
        return self._met_before(said) if said is not None else ()

    def _met_before(self, position: int) -> Voices:
        """Who was named last before that token, in a sentence in which nobody spoke."""
        page = self.page
        person = page.person_before(position)
        start = page.sentence_start(person.start) if person is not None else 0
        return (page.voice(person),) if person is not None and self.earlier.any_cue < start else ()

    def asked_first(self, sentence_start: int, cue: int) -> Voices:
        """ "وسئل فلان، الناطق باسم الأمم المتحدة، عن مصيرها، فأجاب": somebody on no watchlist."""
        for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST)):
            reporters = self.page.pack.clause_words.reporters
            if self.page.unjoined(self.page.form(at)) in self.page.tables.asks and not reporters.isdisjoint(
                (self.page.form(at + 1), self.page.form(at + 2))
            ):
                return self.first_named(at + 2, cue)  # "وسأل أحد المراسلين فلانا هل يثق به، فأجاب"
            if self._is_asked(self.page.form(at)):
                if self.names_somebody(at + 1):
                    return self.first_named(at + 1, cue)
                begin, end = noun_phrase(self.page, at + 1, cue)
                if is_name_and_title(self.page, begin, end):
                    phrase = phrase_at(self.page, begin, end)
                    return self.named(phrase) if phrase is not None and phrase.mentions else ()
        return ()

    def _is_asked(self, form: str) -> bool:
        """ "سئل", "وسئل", "نسأله", and not "رسالة"."""
        verbs = self.page.tables.asked
        return form in verbs or (form[:1] in (*CONJUNCTIONS, *PERSONS) and form[1:] in verbs)

    def is_asked_about(self, sentence_start: int, cue: int) -> bool:
        """ "وعندما سئل عما إذا كانت باريس ستحضر، أجاب", "سألته صحفية": whoever spoke before was asked."""
        tables, form = self.page.tables, self.page.form
        for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST)):
            asked = self._is_asked(form(at))
            if form(at + 1) in tables.asked_about and (asked or form(at) in tables.asked_by_noun):
                return True
            if self.page.unjoined(form(at)) in tables.asked and form(at).endswith(HIS):
                return True
        return False

    def asks_itself(self, sentence_start: int, cue: int) -> bool:
        """ "وعما إذا كانت موسكو ستحضر أجاب", "وحين سئلت عن موقف فلان ردت": whom a question names does not answer it."""
        page, tables = self.page, self.page.tables
        if any(page.text(at) in COMMAS for at in range(sentence_start, cue - 1)):
            return False
        opening = page.unjoined(page.form(sentence_start))
        led = opening in tables.asks_about or (
            opening in tables.about and page.form(sentence_start + 1) in tables.whether
        )
        return led or self.is_asked_about(sentence_start, cue)

    def told_me(self, report: Report, sentence_start: int) -> Voices:
        """ "التقيت فلانا. قال لي إن": whoever was named last, where the verb names nobody."""
        page, cue = self.page, report.cue[0]
        if not report.finite or page.form(cue + 1) not in page.tables.to_me:
            return ()
        person = next(filter(page.is_person, page.mentions_before(cue, _TOLD_ME)), None)
        return (page.voice(person),) if person is not None else ()

    def _first_unnamed(self, begin: int, end: int) -> Voices:
        """ "سألت بالأمس مسؤولا في شركة كبرى فقال"."""
        for at in range(begin, end):
            if self.page.form(at).endswith(ACCUSATIVE) and self.page.head(at) in self.page.tables.officials:
                phrase = phrase_at(self.page, *noun_phrase(self.page, at, end))
                return (Voice(None, phrase.text, None, heads=phrase.heads),) if phrase is not None else ()
        return ()

    def _asked_before(self, sentence_start: int) -> Voices:
        """ "سألنا لافروف: هل …؟ فأجاب": whom the sentence before asks."""
        page, end = self.page, sentence_start - 1
        if page.text(end) not in QUESTION:
            return ()
        for at in range(end - 1, max(-1, end - _LONGEST_QUESTION), -1):
            if page.article[at].kind == "break" or page.text(at) in STOPS:
                break
            ours = page.light(at) in page.tables.asked_by_us
            if ours or self._is_asked(page.form(at)):
                return self.first_named(at + 1, end)
        return ()
