"""Alerts: what is worth waking somebody for, once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from schemas.record import Record, Span
from schemas.signal import EventType


class AlertKind(StrEnum):
    NEW_STATEMENT = "new_statement"
    ESCALATION = "escalation"
    SURGE = "surge"
    TALK_CHANGED = "talk_changed"
    TALK_DISPUTED = "talk_disputed"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Silence(StrEnum):
    """Why nobody was woken."""

    ABOUT_NO_TALK = "about_no_talk"
    REPEAT = "repeat"
    CORROBORATION = "corroboration"
    DENIED = "denied"
    BACKGROUND = "background"
    DEESCALATION = "deescalation"
    MILD = "mild"
    UNKNOWN_ACTORS = "unknown_actors"
    UNSURE = "unsure"
    NO_CHANGE = "no_change"
    USUAL_RANGE = "usual_range"
    EXACT_DUPLICATE = "exact_duplicate"
    NOTHING_FRESH = "nothing_fresh"


class Evidence(BaseModel):
    """Words of an article that show what is claimed, with the text around them."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    source: str = ""
    url: str | None = None
    span: Span
    before: str = ""
    after: str = ""


class Alert(Record):
    """One alert. A later record with the same id and a higher `revision` is corroboration and wakes nobody."""

    alert_id: str
    revision: int = 0
    kind: AlertKind
    severity: Severity
    reason: str
    summary: dict[str, str]  # one sentence that explains it, by language: "en" and "ar"
    article_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    origins: int = 1
    event_time: datetime | None = None
    talks: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()  # escalation: the parties that act or threaten
    recipients: tuple[str, ...] = ()  # escalation: the parties acted upon or threatened
    event_type: EventType | None = None  # escalation: PLOVER's type
    threatened: EventType | None = None  # escalation: the type of the act that is threatened
    mode: str | None = None  # escalation: PLOVER's mode
    record_ids: tuple[str, ...] = ()  # the statement, signal or talk records behind it
    appended_at: float | None = None

    @property
    def key(self) -> str:
        return self.alert_id
