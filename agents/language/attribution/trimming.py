"""What does not belong to the words of a report that it stands beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from agents.language.attribution.line import Line
from agents.language.attribution.report import Report
from agents.language.names import ARTICLE
from agents.language.punctuation import COLONS, COMMAS, DASHES, STOPS
from agents.language.text import CLOSING

_LONGEST_CREDIT: Final = 8  # tokens
_CLOSING: Final = frozenset(CLOSING)
_TRAILING: Final = COMMAS | STOPS | DASHES | COLONS | {"("}


def trimmed(line: Line, report: Report) -> Report:
    """The report without what trails behind its words: marks, a medium that has told it, a word left over."""
    begin, end = report.content
    while begin < end and line.text(begin) in _CLOSING:  # of a name before: وصف «الدعم السريع» بأنها …
        begin += 1
    end = _before_credit(line, begin, end)
    while end > begin and line.text(end - 1) in _TRAILING:
        end -= 1
    if end > begin and line.form(end - 1) in line.words.left_over:
        end -= 1
    return report if (begin, end) == report.content else replace(report, content=(begin, end))


def _before_credit(line: Line, begin: int, end: int) -> int:
    """Before "(رويترز)", "- وكالة الأنباء الجزائرية": which medium has told it."""
    closed = line.text(end - 1) == ")"
    opens = ("(",) if closed else DASHES
    first = max(begin + 1, end - _LONGEST_CREDIT)
    opening = next((at for at in range(end - 2, first - 1, -1) if line.text(at) in opens), end)
    if opening == end:
        return end  # as a rule
    forms = [line.form(at) for at in range(opening + 1, end - closed)]
    media = line.words.heard_by | line.words.agencies
    named = [form in media or form.removeprefix(ARTICLE) in media for form in forms]
    spelled = closed and all(len(form) <= 1 for form in forms)  # "(أ ف ب)"
    return opening if spelled or (any(named) if closed else named[:1] == [True]) else end
