"""The subject of the sentence's main clause, with which its verb goes on, and who is said to say something."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from agents.language.attribution import Report
from agents.language.names import AND, Mention
from agents.language.punctuation import COMMAS
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.nearby import Nearby
from agents.speakers.noun_phrases import is_presented_name, noun_phrase
from agents.speakers.page import Page
from agents.speakers.phrases import PhraseReader
from agents.speakers.questions import Questions
from agents.speakers.voices import Voices

_OPENING: Final = 3  # tokens of a sentence among which its subject begins
_TURN_REACH: Final = 20  # tokens


class Openings(Nearby):
    """Speakers with whom a sentence opens."""

    def __init__(self, page: Page, earlier: EarlierSpeakers, phrases: PhraseReader) -> None:
        super().__init__(page, earlier, phrases)
        self.questions = Questions(page, earlier, phrases)

    def opening(self, report: Report, sentence_start: int) -> Voices:
        """The subject of the main clause, where the verb goes on with it: "انسحبت الحركة من المحادثات، وقالت إن"."""
        cue = report.cue[0]
        about = self.questions.asks_itself(sentence_start, cue) or self.questions.is_asked_about(sentence_start, cue)
        if about or self.earlier.spoke_since(sentence_start):
            comma = next((at for at in range(sentence_start, cue) if self.page.text(at) in COMMAS), cue)
            spoke = self.earlier.spoke_since(sentence_start)
            return self.last_person(cue, comma) if not spoke else ()  # "وحين سئلت عن الموعد، ضحكت فلانة وقالت"
        if report.shape is not None and report.shape.number == "dual":
            pair = self._pair(sentence_start, cue)  # "التقى لافروف وكوليبا، وقالا إن"
            if pair:
                return pair
        at = None if report.joined else self._opens_with_somebody(sentence_start, cue)
        if at is not None:
            stranger = self.stranger_at(at, cue, report) if self.page.head(at) != self.page.form(at) else ()
            return self.opened_by(at, cue) or stranger
        first = self.page.mention_at.get(sentence_start)
        goes_on = report.joined and first is not None and not first.clitics
        if goes_on and first is not None and (report.aspect == "present" or self._acted(first, report)):
            return self.opened_by(sentence_start, cue)  # "لافروف يغادر جنيف، ويقول إن"
        sentence_start = self.clauses.reaction(sentence_start, report)
        turned_to = self._turned_to(sentence_start, report)
        subject = self.clauses.subject(sentence_start, cue) if turned_to is None else turned_to
        asks = subject is not None and self.page.form(subject) in self.page.pack.clause_words.reporters
        other = turned_to is None and subject is not None and report.joined and not self.clauses.agrees(subject, report)
        if subject is None or asks or other:
            return ()  # "وعندما ألح عليها صحفي بالسؤال، ردت بأن"
        opened = self.opened_by(subject, cue) if not is_presented_name(self.page, subject, cue) else ()
        return opened or self.stranger_at(subject, cue, report)

    def _acted(self, first: Mention, report: Report) -> bool:
        """ "لافروف بدوره وصل من موسكو، وقال إن": a person with whom the sentence opens, and a comma before the verb."""
        page, cue = self.page, report.cue[0]
        return report.finite and page.is_person(first) and first.via != "adjective" and page.text(cue - 1) in COMMAS

    def man_who(self, report: Report, start: int) -> Voices:
        """ "فالرجل الذي كان يستقبل وفدا خاطب جيرانه"."""
        page = self.page
        led = page.unjoined(page.form(start)) in page.tables.the_man and page.form(start + 1) in page.tables.relatives
        return self.phrases.read(start, start + 1, report, known=True) if led else ()

    def _turned_to(self, sentence_start: int, report: Report) -> int | None:
        """ "إلا أن القيادة سارعت إلى النفي، وقالت": who stands behind the particle, and then a verb that agrees."""
        page, at = self.page, sentence_start
        while page.form(at) in page.tables.around_subject:
            at += 1
        if not report.joined or at == sentence_start or not self.names_somebody(at):
            return None
        stop = noun_phrase(page, at, report.cue[0])[1]
        named = page.mentions(at, stop)
        verb = named[-1].end if named else stop
        agrees = page.is_word(verb) and self.clauses.agrees(verb + 1, report)
        return at if agrees and verb + 1 < report.cue[0] and page.form(verb) not in page.pack.after_subject else None

    def _opens_with_somebody(self, sentence_start: int, cue: int) -> int | None:
        """Where somebody stands among the first words of a sentence, and no adverbial before."""
        page, tables = self.page, self.page.tables
        for at in range(sentence_start, min(sentence_start + _OPENING, cue)):
            mention = page.mention_at.get(at)
            # "وعن فاغنر نفى": what he speaks about
            led = at > sentence_start and page.unjoined(page.form(at - 1)) in tables.adverbial
            named = mention is not None and mention.start == at and not (mention.governed or led)
            named = named and mention is not None and mention.via != "adjective"
            titled = page.form(at) in tables.officials or (at == sentence_start and page.head(at) in tables.officials)
            if named or titled:
                return at
            if page.unjoined(page.form(at)) in tables.adverbial:
                return None
        return None

    def _pair(self, begin: int, end: int) -> Voices:
        """Two who are joined by و."""
        for one, other in pairwise(self.page.mentions(begin, end)):
            joined = other.start == one.end and other.clitics.startswith(AND) and not other.governed
            if joined and self.page.kind(one) is self.page.kind(other) and "adjective" not in (one.via, other.via):
                return self.page.voice(one), self.page.voice(other)
        return ()

    def person_before(self, report: Report, sentence_start: int) -> Voices:
        """ "دفع الرئيس … إلى القول إن": the last person before the verbal noun, since the report before it."""
        again = self.page.form(report.cue[0] - 1) in self.page.tables.saying_again  # "استقبل فلان ضيفه، مجددا القول إن"
        voices = self.opening(report, sentence_start) if again else ()
        voices = voices or self._official_before(report, sentence_start)
        return voices or self.last_person(report.cue[0], sentence_start)

    def _official_before(self, report: Report, sentence_start: int) -> Voices:
        """ "رد على ذلك مصدر روسي بالقول إن": an official who is named first."""
        page, cue = self.page, report.cue[0]
        beside = page.mention_at.get(cue - 2)  # "سارع الكرملين إلى نفي أن"
        if beside is not None and beside.end == cue - 1 and beside.via == "name" and not beside.governed:
            verb = page.form(cue - 1) in page.pack.clause_words.towards and beside.start > sentence_start
            return (page.voice(beside),) if verb and not page.is_person(beside) else ()
        hastening = self._hastening(report, sentence_start)
        if hastening:
            return hastening
        for at in range(max(sentence_start, self.earlier.last_cue + 1), cue):
            mention = page.mention_at.get(at)
            if mention is not None and page.is_person(mention):
                return ()
            apposed = page.text(at - 1) in COMMAS or page.form(at - 1) in page.tables.adverbial
            if page.form(at) in page.pack.unnamed and not apposed:
                return self.phrases.read(*noun_phrase(page, at, cue), report, known=True)
        return ()

    def _hastening(self, report: Report, sentence_start: int) -> Voices:
        """ "سارع مسؤول، رفض كشف اسمه، إلى التوضيح أن", "وعاد فلان، في رسالة، إلى القول إن": behind the verb."""
        page, cue = self.page, report.cue[0]
        if page.form(cue - 1) not in page.pack.clause_words.towards:
            return ()
        for verb in range(cue - 2, max(sentence_start, cue - _TURN_REACH) - 1, -1):
            known = page.unjoined(page.form(verb)) in page.pack.clause_words.hastens
            if known and verb not in page.mention_at:
                return self.phrases.read(*noun_phrase(page, verb + 1, cue - 1), report, known=True)
        return ()
