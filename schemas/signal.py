"""Signals: acts and threats between actors, in PLOVER's terms (openeventdata/PLOVER, CC BY-SA 4.0)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from schemas.record import Record, Span


class EventType(StrEnum):
    """PLOVER's sixteen event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Direction(StrEnum):
    ESCALATION = "escalation"
    DEESCALATION = "deescalation"


class Modality(StrEnum):
    """How the text puts the act: said to be so, would be if, wanted, denied, or told as history."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    DEMANDED = "demanded"
    DENIED = "denied"
    BACKGROUND = "background"


class Signal(Record):
    """One act or threat: who does, threatens, demands, refuses or offers what to whom, and the words that show it."""

    signal_id: str
    article_id: str
    source: str = ""
    url: str | None = None
    event_time: datetime | None = None
    appended_at: float | None = None
    event_type: EventType
    mode: str | None = None  # PLOVER's mode of the type, as "troops" of MOBILIZE
    direction: Direction
    modality: Modality
    auxiliary: tuple[str, ...] = ()  # PLOVER's auxiliary modes: historical, future, hypothetical, negation
    surface_type: EventType | None = None  # the type of the words themselves, before tense and negation are counted
    intensity: float  # PLOVER's scale, -10 (conflict) to +10 (cooperation); 0 where denied
    context: tuple[str, ...] = ()  # PLOVER's contexts, as "military", "diplomatic"
    actors: tuple[str, ...] = ()  # ids of actors of the watchlist that act: parties, or bodies that belong to one
    recipients: tuple[str, ...] = ()  # ids of such actors that are acted upon
    noticed: bool = False  # no rule tells the act: it is what the words of the clause speak for together
    statement_speaker: str | None = None  # the id of who says so, where somebody is said to
    evidence: Span
    context_before: str = ""  # the text around the evidence, see `surroundings`
    context_after: str = ""

    @property
    def key(self) -> str:
        return self.article_id
