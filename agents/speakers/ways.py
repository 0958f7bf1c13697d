"""What every way to find the speaker of a report is tried with."""

from __future__ import annotations

from collections.abc import Callable

from agents.language.attribution import Report
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.main_clauses import MainClauses
from agents.speakers.page import Page
from agents.speakers.phrases import PhraseReader
from agents.speakers.voices import Voices

Way = Callable[[Report, int], Voices]  # a report, and where its sentence starts


class Ways:
    """Ways of one kind; each is a method that is a `Way`."""

    def __init__(self, page: Page, earlier: EarlierSpeakers, phrases: PhraseReader) -> None:
        self.page, self.earlier, self.phrases = page, earlier, phrases
        self.clauses = MainClauses(page)
