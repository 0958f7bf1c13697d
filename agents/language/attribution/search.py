"""The search for what one verb reports: where it looks, and whether what the verb needs stands there."""

from __future__ import annotations

from typing import Final

from agents.language.attribution.line import Line, Reading
from agents.language.names import AND, without_clitics
from agents.language.punctuation import COMMAS

_FARTHEST: Final = 45  # tokens between a verb and what it reports; the longest in the seeds is 31
_LONGEST_REPLY: Final = 36  # tokens of "، ردا على ما صرح به فلان من أن …،"
PAST_MARKER: Final = 3  # tokens after the marker of a noun in which what the verb needs may stand
BESIDE: Final = 3  # tokens after a verb in which only و and ف open another report
LONGEST_PARENTHESIS: Final = 14


class Search:
    """What one verb may report, up to the end of its sentence."""

    def __init__(self, line: Line, position: int, reading: Reading) -> None:
        self.line, self.position, self.reading = line, position, reading
        self.shape, self.verb = reading.shape, reading.shape.verb
        self.limit = min(line.end, position + _FARTHEST)
        self.body = position + 1  # where a body on no watchlist ends that is the subject

    def _past_reply(self, comma: int) -> int:
        """ "نفى الوزير، ردا على ما قاله فلان من أن …، أن": behind a parenthesis on what is answered, before أن."""
        line = self.line
        if not self.verb.that or line.form(comma + 1) not in line.words.in_reply:
            return comma
        ends = range(comma + 2, min(line.end, comma + _LONGEST_REPLY))
        return next((at + 1 for at in ends if line.text(at) in COMMAS and line.is_that(at + 1, self.verb)), comma)

    def _needs_met(self, at: int) -> bool:
        """Whether what the verb needs stands between it and `at`."""
        last = self.position + PAST_MARKER if self.verb.source else at  # "جاء الرد من فلان"
        return (
            not self.verb.needs
            or self._has_text_before()
            or any(
                form in self.verb.needs
                for between in range(self.position + 1, min(last, at, self.line.end - 1) + 1)
                for form in without_clitics(self.line.form(between))
            )
        )

    def _has_text_before(self) -> bool:
        """ "وفي بيان تلاه فلان على الصحفيين، ورد أن": the text opens the clause, and its verb comes behind a comma."""
        line = self.line
        if not self.verb.text_speaks or line.text(self.position - 1) not in COMMAS or self.reading.joined:
            return False
        first = line.start + (line.form(line.start) in line.words.openers)
        return line.form(first).removeprefix(AND) in line.words.told_in and line.form(first + 1) in self.verb.needs
