"""What newspapers say of themselves and whom they interview, as a review of the press tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agents.language.attribution import Report
from agents.language.names import ACCUSATIVE, ARTICLE, HER, IN, SO, TA_MARBUTA
from agents.language.text import CLOSING, OPENING
from agents.speakers.noun_phrases import noun_phrase
from agents.speakers.page import PAUSES
from agents.speakers.voices import Voice, Voices
from agents.speakers.ways import Ways

_LONGEST_NAME: Final = 4  # words
_LONGEST_DESCRIPTION: Final = 4  # tokens of "القريبة من السلطة"
_OPENING: Final = 4  # tokens of a sentence among which a topic begins
_TEXT_REACH: Final = 2  # tokens of "مقابلة مطولة"


class Papers(Ways):
    """Newspapers, by their names in quotation marks, and the guests of their interviews."""

    def of_relative(self, report: Report, sentence_start: int) -> Voices:
        """ "نختم بـ«الراصد» التي تزعم أن", "صحيفة «البروق» الصادرة في باريس، التي كتبت أن": the paper before it."""
        page, relative = self.page, report.cue[0] - 1
        if page.form(relative) not in page.tables.relatives or self._is_of_noun(report):
            return ()
        at = relative - 1
        while at > sentence_start and page.text(at) in PAUSES:
            at -= 1
        first = max(sentence_start, at - _LONGEST_DESCRIPTION)
        closing = next((i for i in range(at, first - 1, -1) if page.text(i) in CLOSING), None)
        if closing is None:
            return ()
        described = closing == at or (page.is_definite(closing + 1) and page.light(closing + 1).endswith(TA_MARBUTA))
        return self._named(closing, sentence_start) if described else ()

    def topic_before(self, report: Report, sentence_start: int) -> Voices:
        """ "أما «اليومية» فاهتمت بلقاء الرجلين. وكتبت أن": the paper with whose deed the sentence before opens."""
        page = self.page
        feminine = report.shape is not None and report.shape.feminine is True
        if not (feminine and report.joined and report.finite) or self._is_named(report.after[0]):
            return ()
        begin, end = page.sentence_before(sentence_start)
        if self.earlier.any_cue >= begin:
            return ()
        for closing in self._closings(begin, min(end, begin + _OPENING + _LONGEST_NAME)):
            name = self._named(closing, begin)
            deed = page.form(closing + 1)
            led = page.form(begin) in page.tables.as_for and deed[:1] == SO and len(deed) > len(SO)
            if name and led:
                return name
        return ()

    def guest(self, report: Report, sentence_start: int) -> Voices:
        """ "ونشرت الصحيفة مقابلة مع فلان قال فيها إن": with whom the interview is that a paper prints."""
        page, cue = self.page, report.cue[0]
        words = page.pack.clause_words
        if page.form(cue + 1) not in page.tables.within_it or report.joined:
            return ()
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue) + 1, -1):
            if page.form(at) not in words.interviewed_by:
                continue
            near = range(at - 1, at - 1 - _TEXT_REACH, -1)
            text = next((i for i in near if page.form(i).removesuffix(ACCUSATIVE) in words.told_texts), None)
            if page.form(at + 1).removeprefix(ARTICLE) in words.before_name | words.heard_by:
                return ()  # "أجرى الوزير مقابلة مع قناة قال فيها إن"
            printed = text is not None and any(self._prints(i) for i in range(sentence_start, text))
            return self.phrases.read(*noun_phrase(page, at + 1, cue), report, known=True) if printed else ()
        return ()

    def _prints(self, at: int) -> bool:
        return self.page.unjoined(self.page.form(at)) in self.page.tables.printed and at not in self.page.mention_at

    def _is_of_noun(self, report: Report) -> bool:
        """ "«الجريمة» التي قالت إنها": the pronoun in what is said is what the clause is about."""
        return report.form == "that" and self.page.light(report.content[0] - 1).endswith(HER)

    def _is_named(self, at: int) -> bool:
        """Whether a subject of its own stands behind the verb."""
        page = self.page
        return at in page.mention_at or page.head(at) in page.titled or page.is_definite(at)

    def _closings(self, begin: int, end: int) -> Iterator[int]:
        return (at for at in range(begin, end) if self.page.text(at) in CLOSING)

    def _named(self, closing: int, limit: int) -> Voices:
        """The name of a paper that is quoted there: behind a word for one, behind ب, or behind أما."""
        page = self.page
        first = max(limit, closing - _LONGEST_NAME - 1)
        opening = next((at for at in range(closing - 1, first - 1, -1) if page.text(at) in OPENING), None)
        if opening is None or not all(map(page.is_word, range(opening + 1, closing))):
            return ()
        before = page.form(opening - 1)
        paper = before.removeprefix(ARTICLE) in page.pack.clause_words.before_name
        led = paper or before == IN or before in page.tables.as_for
        return (Voice(None, page.words(opening + 1, closing), None, feminine=True),) if led else ()
