"""Whom the clause before a conclusion names: "… فقال إن", "… لكنه أضاف أن", "حين لاحظ أن"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import SO
from agents.language.punctuation import COMMAS
from agents.speakers.clauses_before import ClausesBefore
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.nearby import Nearby
from agents.speakers.noun_phrases import is_name_and_title, noun_phrase
from agents.speakers.page import Page
from agents.speakers.phrases import PhraseReader
from agents.speakers.questions import Questions
from agents.speakers.voices import Voice, Voices

_OPENING: Final = 4  # tokens of a sentence in which it is told whom somebody turned to
_TURN_REACH: Final = 20  # tokens
_ANSWER_REACH: Final = 4  # tokens of a sentence among which its verb stands


class Conclusions(Nearby):
    """Speakers of what follows from a clause, or turns against it."""

    def __init__(self, page: Page, earlier: EarlierSpeakers, phrases: PhraseReader) -> None:
        super().__init__(page, earlier, phrases)
        self.questions = Questions(page, earlier, phrases)
        self.clauses_before = ClausesBefore(page, earlier, phrases)

    def before_conclusion(self, report: Report, sentence_start: int) -> Voices:
        """ "… فقال إن", "حين لاحظ أن": the last person of the clause before, who has not spoken in the sentence."""
        cue = report.cue[0]
        tables, before = self.page.tables, self.page.form(cue - 1)
        when = before in tables.when or (before in tables.behind_when and self.page.form(cue - 2) in tables.when)
        follows = self.page.form(cue).startswith(SO) or before in tables.then
        spoke = self.earlier.spoke_since(sentence_start) or self.earlier.relay_cue >= sentence_start
        if when and self.page.form(cue - 2) in tables.before_that and spoke:
            return ()  # "قال فلان إن …، قبل أن يضيف أن"
        if when:
            return self._presented_first(sentence_start, cue) or self.last_person(cue, sentence_start)
        if before in tables.until:
            return self._who_had_barely(sentence_start, cue)
        adversative = self.page.is_adversative(cue - 1)
        if self.earlier.spoke_since(sentence_start):
            turned = self._turned_behind_comma(report) if self.page.form(cue).startswith(SO) else ()
            return turned or (self.last_person(cue, self._aside(cue)) if adversative else ())
        if not (follows or adversative) or self.questions.is_asked_about(sentence_start, cue):
            return ()  # among them "وسئل عن دعوة فلان، فأجاب"
        return (
            self.questions.asked_first(sentence_start, cue)
            or self._reached(report, sentence_start)
            or (self._subject_title(report, sentence_start) if adversative else ())
            or self._who_answers(report, sentence_start)
            or self._subject_person(report, sentence_start)
            or (self.clauses_before.of_clause_before(report, sentence_start) if follows else ())
            or self.last_person(cue, sentence_start)
        )

    def _presented_first(self, sentence_start: int, cue: int) -> Voices:
        """ "وأثار فلان، محامي الرئيس، عاصفة حين قال": somebody on no watchlist, behind the first word."""
        begin, end = noun_phrase(self.page, sentence_start + 1, cue)
        known = is_name_and_title(self.page, begin, end)
        return (Voice(None, self.page.words(begin, end), None),) if known else ()

    def _turned_behind_comma(self, report: Report) -> Voices:
        """ "شدد فلان على كذا، في حين اختار فلان نبرة أهدأ فدعا إلى": the subject of the clause that turns to him."""
        page, cue = self.page, report.cue[0]
        for comma in range(cue - 1, max(self.earlier.any_cue, cue - _TURN_REACH), -1):
            if page.text(comma) in COMMAS:
                at = comma + 1 + (page.form(comma + 2) in page.tables.meanwhile)
                turns = page.form(at) in page.tables.turns_to | page.tables.meanwhile
                subject = self.clauses_before.subject_after(at) if turns else None
                begin, end = noun_phrase(page, subject, cue) if subject is not None else (cue, cue)
                return self.phrases.read(begin, end, report, known=True) if begin < end else ()
        return ()

    def _who_had_barely(self, sentence_start: int, cue: int) -> Voices:
        """ "لم يكد فلان يودع ضيفه حتى كتب أن", "ما إن وصل فلان حتى أعلن أن": whom that clause names first."""
        page, tables = self.page, self.page.tables
        for at in range(cue - 2, sentence_start - 1, -1):
            if page.form(at) in tables.barely or (
                page.form(at) in tables.no_sooner and page.form(at - 1) in tables.what
            ):
                person = next((m for m in page.mentions(at, cue) if page.is_person(m) and not m.governed), None)
                return (page.voice(person),) if person is not None else self.first_named(at + 1, cue)
        return ()

    def _reached(self, report: Report, sentence_start: int) -> Voices:
        """ "تواصلت الصحيفة مع مصدر في الخارجية فأكد أن", "حملنا السؤال إلى مصدر فنفى": whom somebody turned to."""
        page, cue = self.page, report.cue[0]
        opening = range(sentence_start, min(cue, sentence_start + _OPENING))
        ours = any(page.unjoined(page.form(at)) in page.tables.of_us for at in opening)
        reached = page.tables.reached | page.tables.put_to if ours else page.tables.reached
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue), -1):
            if page.form(at - 1) in reached and page.form(at) in page.pack.unnamed:
                begin, end = noun_phrase(page, at, cue)
                there = end + 2 if page.form(end) in page.tables.of_place else end  # "مصدر أميركي في جدة"
                return self.phrases.read(begin, end, report, known=True) if there >= cue - 1 else ()
        return ()

    def _subject_person(self, report: Report, sentence_start: int) -> Voices:
        """ "خفف فلان من وقع كلام فلان، فأكد أن": whose deed it was, but for an answer, which is the other one's."""
        if report.verb.id in self.page.tables.answers:
            return ()
        doer = self.clauses.doer(sentence_start, report)
        return (self.page.voice(doer),) if doer is not None and self.page.is_person(doer) else ()

    def _who_answers(self, report: Report, sentence_start: int) -> Voices:
        """ "ردت الوزارة على كلام فلان، فقالت": the subject of a verb of answering, where the verb agrees with it."""
        page, cue = self.page, report.cue[0]
        if report.shape is None or report.verb.id in page.tables.answers:
            return ()
        for at in range(sentence_start, min(cue, sentence_start + _ANSWER_REACH)):
            form = page.form(at)
            known = (shape for bare in (form, page.unjoined(form)) for shape in page.pack.verb_forms.get(bare, ()))
            verbs = [one for one in known if one.verb.id in page.tables.answers and one.finite]
            if any(one.feminine is report.shape.feminine for one in verbs) and at not in page.mention_at:
                begin, end = noun_phrase(page, at + 1, cue)
                on = page.form(end) in page.pack.clause_words.told_in  # "على كلام فلان"
                return self.phrases.read(begin, end, report, known=True) if on and begin < end else ()
        return ()

    def _subject_title(self, report: Report, sentence_start: int) -> Voices:
        """ "ورفض المسؤول التعليق على كلام فلان، لكنه قال": whoever is meant by the subject of the clause before."""
        page, cue = self.page, report.cue[0]
        subject = self.clauses.subject(sentence_start, cue)
        if subject is None or page.form(subject) not in page.pack.continuing_titles:
            return ()
        return self.phrases.read(*noun_phrase(page, subject, cue), report, known=True)

    def _aside(self, cue: int) -> int:
        """Where the reporter speaks again after a report: "وهو ما أقر به فلان، لكنه"; the verb where he does not."""
        asides = (at for at in range(cue - 1, self.earlier.last_cue, -1) if self.page.form(at) in self.page.tables.what)
        return next((at for at in asides if self.page.form(at - 1) in self.page.tables.which), cue)
