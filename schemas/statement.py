"""Statements: who said what, about which talks, and whether it is new."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from schemas.record import Record, Span


class Novelty(StrEnum):
    NEW = "new"
    REPEAT = "repeat"
    UPDATE = "update"
    CONTRADICTION = "contradiction"


class Speaker(BaseModel):
    """A speaker as the text names them; `actor_id` where the watchlist knows them."""

    model_config = ConfigDict(frozen=True)

    actor_id: str | None = None
    name: str


class Statement(Record):
    """One thing that one speaker is reported to have said."""

    statement_id: str
    article_id: str
    source: str = ""
    url: str | None = None
    origin: str = ""  # the independent text that it comes from: copies and shared passages have that of the first
    event_time: datetime | None = None
    appended_at: float | None = None
    party: str | None = None  # the side on whose behalf it is said
    speakers: tuple[Speaker, ...]
    chain: tuple[Speaker, ...] = ()  # who tells it, outermost first: "Ushakov said that Putin told Biden"
    verb: Span | None = None  # the reporting verb
    quoted: bool = False
    denies: bool = False  # the content is what the speaker denies
    content: Span
    context_before: str = ""  # the text around the content, see `surroundings`
    context_after: str = ""
    talks: tuple[str, ...] = ()
    talks_reason: str | None = None  # why these talks: name, parties, place, date, passage
    novelty: Novelty = Novelty.NEW
    repeats: str | None = None  # the earlier statement that this one repeats, updates or contradicts
    changed: tuple[str, ...] = ()  # the facts that differ from it, as "date: 12 January, was 10 January"
    similarity: float = 0.0
    origins: int = 1  # independent texts that have carried the statement so far
    earlier: tuple[str, ...] = ()  # of a repeat: the first articles that carried it before, one of each origin

    @property
    def key(self) -> str:
        return self.party or self.article_id
