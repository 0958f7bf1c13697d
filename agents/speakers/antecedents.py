"""Whom a relative clause is about: "مريم الصادق، التي رأت أن"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import ARTICLE
from agents.language.punctuation import COMMAS
from agents.speakers.noun_phrases import is_name_and_title, is_name_word, noun_phrase
from agents.speakers.page import PAUSES
from agents.speakers.voices import SpeakerTables, Voice, Voices
from agents.speakers.ways import Ways

_LEAST_NAME: Final = 2  # words
_LONGEST_NAME: Final = 4  # words
_LONGEST_REMARK: Final = 4  # tokens of "وهو الدبلوماسي المخضرم"
_LONGEST_TITLE: Final = 10  # tokens


class Antecedents(Ways):
    """Whoever stands before the relative pronoun."""

    def antecedent(self, report: Report, sentence_start: int) -> Voices:
        """ "مريم الصادق، التي رأت أن": whoever stands before the relative pronoun."""
        tables, at = self.page.tables, report.cue[0] - 2
        while at > 0 and self.page.form(at + 1) in tables.around_subject - tables.relatives:
            at -= 1  # "الذي كان قد أعلن"
        relative = self.page.form(at + 1)
        if at < 1 or relative not in tables.relatives or _is_of_another(relative, report, tables):
            return ()
        while at > 0 and self.page.text(at) in PAUSES:
            at -= 1
        at = self._past_remark(at)
        titled = self._titled_before(report, at + 1, sentence_start)
        if titled:
            return titled
        mention = self.page.mention_at.get(at)
        if mention is None:
            return self._stranger_before(at + 1)
        return (self.page.voice(mention),) if mention.via != "adjective" else ()

    def _past_remark(self, at: int) -> int:
        """ "يقوده فلان، وهو الدبلوماسي الذي حذر من أن": where the name before the remark ends."""
        page = self.page
        for which in range(at - 1, max(0, at - _LONGEST_REMARK), -1):
            if page.form(which) in page.tables.which and page.form(which + 1).startswith(ARTICLE):
                return which - 1 - (page.text(which - 1) in PAUSES)
            if not page.form(which).startswith(ARTICLE):
                break
        return at

    def _stranger_before(self, end: int) -> Voices:
        """ "تعليق المعارض فلان الفلاني الذي كتب أن": a name on no watchlist that ends there, behind a definite noun."""
        page, begin = self.page, end
        while end - begin < _LONGEST_NAME and begin - 1 not in page.mention_at and is_name_word(page, begin - 1):
            begin -= 1
        described = page.mention_at.get(begin - 1)
        closed = page.form(begin - 1).startswith(ARTICLE) or (described is not None and described.via != "name")
        titled = page.form(begin - 2).startswith(ARTICLE) or page.form(begin - 2) in page.titled
        if end - begin < _LEAST_NAME or not closed or titled:
            return ()  # not "الناطق العسكري فلان الذي"
        return (Voice(None, page.words(begin - 1, end), None),)

    def _titled_before(self, report: Report, end: int, sentence_start: int) -> Voices:
        """ "أتى الرد من مسؤول روسي رفيع الذي قال إن": the longest phrase with a title that ends there."""
        page, longest = self.page, None
        for begin in range(end - 1, max(sentence_start, end - _LONGEST_TITLE) - 1, -1):
            mention = page.mention_at.get(begin)
            if (mention is not None and page.is_person(mention)) or page.text(begin) in COMMAS:
                break
            titled = page.head(begin) in page.tables.officials and page.form(begin - 1) not in page.tables.titles
            if titled and noun_phrase(page, begin, end)[1] >= end:
                longest = begin
        if longest is None:
            return ()
        named = longest - 1 - _LEAST_NAME  # "فيونا هيل، المسؤولة السابقة في …، التي"
        start = named if named >= sentence_start and is_name_and_title(page, named, end) else longest
        return self.phrases.read(start, end, report, known=True)


def _is_of_another(relative: str, report: Report, tables: SpeakerTables) -> bool:
    """ "المسلحون الذين قال إنهم": the pronoun in what is said is whom the clause is about."""
    shape = report.shape
    if shape is None or shape.number != "singular" or shape.feminine is None:
        return False
    if shape.feminine and shape.aspect == "present":
        return False  # "الذي تسلم": written alike
    return relative in (tables.not_of_her if shape.feminine else tables.not_of_him)
