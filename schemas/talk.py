"""Talks: the ledger's current reading of scheduled talks, with every claim that led to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from schemas.record import Record, Span


class TalkStatus(StrEnum):
    """schema.org's event states (EventScheduled, EventRescheduled, ...) and `held`."""

    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Agreement(StrEnum):
    """How a claim stands to the current reading."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPATIBLE = "incompatible"


class ClaimStance(StrEnum):
    """How a claim stands to what was told before of the same talk, where it says so itself."""

    CORRECTS = "corrects"  # the outlet had it wrong
    CONFIRMS = "confirms"  # the plan holds: "in its time", "as scheduled"
    DENIES = "denies"  # a change that was told is not so


class Claim(BaseModel):
    """What one passage says of a talk."""

    model_config = ConfigDict(frozen=True)

    claim_id: str
    talk_id: str
    article_id: str
    source: str = ""
    url: str | None = None
    origin: str = ""  # the story (cluster of copies) that it comes from
    said_at: datetime | None = None
    speaker: str | None = None
    starts: date | None = None
    ends: date | None = None
    venue: str | None = None
    level: str | None = None
    delegation: tuple[str, ...] = ()
    status: TalkStatus | None = None
    stance: ClaimStance | None = None
    evidence: Span
    context_before: str = ""  # the text around the evidence, see `surroundings`
    context_after: str = ""


class Discrepancy(BaseModel):
    """Two claims that do not say the same, and how far apart they are."""

    model_config = ConfigDict(frozen=True)

    field: str  # "dates" or "venue"
    agreement: Agreement
    claims: tuple[str, str]
    note: str


class TalkChange(BaseModel):
    """What this record changes against the one before it."""

    model_config = ConfigDict(frozen=True)

    field: str  # "dates", "venue", "status", "contested"
    before: str | None
    after: str | None


class Talk(Record):
    """The current reading of one talk. The last record of a talk counts."""

    talk_id: str
    title: dict[str, str] = {}
    status: TalkStatus = TalkStatus.SCHEDULED
    starts: date | None = None
    ends: date | None = None
    venue: str | None = None
    parties: tuple[str, ...] = ()
    contested: bool = False
    claims: tuple[Claim, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    changes: tuple[TalkChange, ...] = ()
    article_id: str | None = None  # the article that led to this record
    event_time: datetime | None = None
    appended_at: float | None = None

    @property
    def key(self) -> str:
        return self.talk_id
