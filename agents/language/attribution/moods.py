"""How somebody speaks, and what he says: "كان الوزير أكثر تشاؤما: المحادثات …", "بدا فلان متفائلا: …"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution.complements import LEAST_QUOTE
from agents.language.attribution.labels import end_of_name, label_report, names_speaker, says_something
from agents.language.attribution.line import Line
from agents.language.attribution.report import Report
from agents.language.names import AND, ARTICLE, SO
from agents.language.punctuation import COLONS, STOPS
from agents.language.text import OPENING

_LONGEST: Final = 30  # tokens before the colon
_FIRST: Final = 10  # tokens before the verb
_BEHIND: Final = 6  # tokens from how he speaks to the colon


def mood(line: Line, start: int) -> Report | None:
    """Whoever is told to be frank or gloomy says what stands behind the colon; `start`: where the sentence begins."""
    colon = next((at for at in range(start, min(start + _LONGEST, line.end - 1)) if line.text(at) in COLONS), None)
    if colon is None or not _opens_clause(line, colon + 1):
        return None
    end = line.quote_at.get(colon + 1, line.end - 1) + 1
    quoted = colon + 1 in line.quote_at and line.count_words(colon + 1, end) >= LEAST_QUOTE
    end = end if quoted else line.end
    if not quoted and not says_something(line, colon + 1, end):
        return None
    verb = next((at for at in range(start, min(start + _FIRST, colon)) if _seems(line, at)), None)
    if verb is None or any(line.text(at) in STOPS or line.is_any_that(at) for at in range(start, colon)):
        return None
    how = next((at for at in range(max(verb + 1, colon - _BEHIND), colon) if _is_mood(line, at)), None)
    if how is None or (line.form(verb - 1) in line.words.negations and line.form(how) not in line.words.more):
        return None
    speaker = _subject(line, start, verb, how)
    return label_report(line, speaker, colon, end, quoted=quoted) if speaker is not None else None


def _bare(line: Line, at: int) -> str:
    form = line.form(at)
    return form if form in line.words.seems else form.removeprefix(AND).removeprefix(SO)


def _seems(line: Line, at: int) -> bool:
    return _bare(line, at) in line.words.seems


def _is_mood(line: Line, at: int) -> bool:
    """ "متفائلا", "أكثر تشاؤما"."""
    words = line.words
    more = line.form(at) in words.more and line.form(at + 1) in words.frankness
    return more or line.form(at) in words.frank


def _opens_clause(line: Line, at: int) -> bool:
    """No deed: "كان متفائلا: ابتسم للمصورين"."""
    words, form = line.words, line.form(at)
    named = at in line.mention_at or form.startswith(ARTICLE) or line.text(at) in OPENING
    return named or form in words.opens_said


def _subject(line: Line, start: int, verb: int, how: int) -> tuple[int, int] | None:
    """Who is behind the verb, else who is before it; nobody where "he" goes on."""
    words = line.words
    begin = verb + 1 + (line.form(verb + 1) in words.replies)
    if begin == how:
        first = start + (line.form(start) in words.as_for)
        if first == verb:
            return (start, start)
        return (first, verb) if names_speaker(line, first, verb, quoted=False, told_to=False) else None
    end = end_of_name(line, begin, how)
    return (begin, end) if names_speaker(line, begin, end, quoted=False, told_to=False) else None
