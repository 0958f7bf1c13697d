"""What is read: clauses, and the acts that they tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas import Direction, EventType, Modality

HOSTILE: Final = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"])
COOPERATIVE: Final = frozenset(["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"])


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of an article that may tell of an act: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    kind: str | None = None  # the speech act that governs it (`reporting.yaml`); None where the article itself tells
    speakers: tuple[str, ...] = ()  # sides whose words these are
    addressees: tuple[str, ...] = ()  # sides that the words are told to be for
    reach: tuple[int, int] | None = None  # the whole report, with its verb
    judges: bool = False  # the verb passes a judgement: describe, consider
    verb: str | None = None  # the row of `reporting.yaml` whose verb governs it
    voices: tuple[str, ...] = ()  # actors whose words these are, where they are of the watchlist
    carried: tuple[str, ...] = ()  # the subject of the verb before, with which it goes on


@dataclass(frozen=True, slots=True)
class Act:
    """An act; ranges are token positions, sides are ids of parties of the watchlist."""

    event_type: EventType
    mode: str | None
    direction: Direction
    modality: Modality
    auxiliary: tuple[str, ...]
    surface_type: EventType | None
    intensity: float
    context: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: int
    end: int
    row: str  # the row of `acts.yaml`, or the speech act, that told it
