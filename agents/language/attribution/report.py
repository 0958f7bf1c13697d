"""A report: a reporting verb, or "بحسب" and its like, with the tokens of its subject and of what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from agents.language.sentences import Sentence
from agents.language.verbs import Aspect, ReportingVerb, VerbForm

ContentForm = Literal["that", "quote", "noun", "before", "answer"]

ACCORDING: Final = ReportingVerb(id="according_to", kind="say", that=True)
ANSWER: Final = ReportingVerb(id="answer", kind="say", that=True)
LABEL: Final = ReportingVerb(id="colon", kind="say", that=True)
LISTED: Final = ReportingVerb(id="listed", kind="say", that=True)
DELIVERED: Final = ReportingVerb(id="delivered", kind="say", that=True)
GOES_ON: Final = ReportingVerb(id="goes_on", kind="say", that=True)


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a sentence; all numbers are token positions, ranges half-open."""

    sentence: int
    cue: tuple[int, int]
    verb: ReportingVerb
    shape: VerbForm | None  # None for "بحسب" and its like
    after: tuple[int, int]  # where the subject stands if it follows the verb
    before: tuple[int, int]  # where it stands if it precedes
    content: tuple[int, int]
    form: ContentForm
    quoted: bool = False
    parent: int | None = None  # the report that this one stands in, as an index into the sentence's reports
    coordinated: bool = False  # the second half of "أن … وأن …": speaker as in the report before
    joined: bool = False  # و or ف is glued on: a continuation

    @property
    def aspect(self) -> Aspect | None:
        return self.shape.aspect if self.shape is not None else None

    @property
    def leads(self) -> bool:
        """Whether what is said stands in the lines below."""
        return self.content[0] == self.content[1]

    @property
    def subject_limit(self) -> int:
        """Where its subject ends at the latest: before what is said, where that does not stand before it."""
        return self.content[0] if self.content[0] >= self.cue[1] else self.after[1]

    @property
    def finite(self) -> bool:
        """Whether its verb is one of a main clause."""
        return self.shape is not None and self.shape.finite


def answer(sentence: Sentence, label: tuple[int, int], number: int) -> Report:
    """A sentence of an interview: all of it is said, by whom the label names or whoever is asked."""
    start, end = sentence.start, sentence.end
    return Report(number, (start, start + 1), ANSWER, None, label, (start, start), (start, end), "answer")


def goes_on(sentence: Sentence, number: int) -> Report:
    """A sentence that is nothing but quoted words, or an entry of a list: whoever spoke last goes on."""
    start, end = sentence.start, sentence.end
    nowhere = (start, start)
    return Report(number, (start, start + 1), GOES_ON, None, nowhere, nowhere, (start, end), "quote", quoted=True)
