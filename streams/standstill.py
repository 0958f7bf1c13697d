"""Which part of a worker stands still, though the rest goes on.

A stage that hangs, and a partition behind a record that nobody will ever acknowledge, are both told by nothing else:
the other stages and partitions make progress.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

# Batches of a stage in which a record that waits is sure to have its turn: what is buffered before it is less.
ENOUGH: Final = 10

Place = tuple[str, int]  # a topic (its full name) and one of its partitions


@dataclass(slots=True)
class Progress:
    """How a stage goes on: written by the loop, read by the watchdog's thread."""

    stage: str
    topics: frozenset[str]  # that it reads, with their full names
    in_hand: bool = False  # whether it has taken records that it has not acknowledged
    batches: int = 0  # that it is done with
    went_on: float | None = None  # when it last did; None: it waits for others, or has nothing in hand

    def begin(self) -> None:
        """It has taken a batch."""
        self.in_hand = True
        self.go_on()

    def go_on(self) -> None:
        """It does something with what it has in hand."""
        self.went_on = time.monotonic()

    def wait(self) -> None:
        """It lets others go first, or waits for the store or the broker."""
        self.went_on = None

    def end(self) -> None:
        """It has acknowledged the batch."""
        self.batches += 1
        self.leave()

    def leave(self) -> None:
        """It has nothing in hand, whatever became of it."""
        self.in_hand = False
        self.went_on = None


@dataclass(frozen=True, slots=True)
class _Seen:
    committed: int | None
    since: float
    batches: tuple[int, ...]  # of each stage that reads the topic


class Standstill:
    """Tells what has stood still for `seconds` while something was to be done. It follows the stages of one app."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._stages: tuple[Progress, ...] = ()
        self._seen: dict[Place, _Seen] = {}
        self._earliest = float("-inf")  # nothing stands still since before

    def follow(self, stages: Iterable[Progress]) -> None:
        """Look at these from now on, and at no others."""
        self._stages, self._seen = tuple(stages), {}

    def look(self, places: Mapping[Place, tuple[int | None, int]], now: float) -> None:
        """Take in what is committed of each of our partitions, and how many records wait there.

        Whatever is not among them begins anew: what is no longer ours, and all while nothing can be committed.
        """
        seen = {}
        for place, (committed, waiting) in places.items():
            before = self._seen.get(place)
            if before is None or before.committed != committed or waiting == 0:
                before = _Seen(committed, now, tuple(stage.batches for stage in self._readers(place)))
            seen[place] = before
        self._seen = seen

    def begin_anew(self, now: float) -> None:
        """Count no time before, as when the whole process was stopped. May be called from another thread."""
        self._earliest = now

    def trouble(self, now: float) -> str | None:
        """What stands still, or None."""
        for stage in self._stages:
            went_on = stage.went_on
            if went_on is not None and self._long_ago(went_on, now):
                return f"{stage.stage} has not gone on for {self._seconds:.0f} s"
        for place, seen in self._seen.items():
            if self._long_ago(seen.since, now) and self._had_its_turn(place, seen):
                return f"nothing of {place[0]}[{place[1]}] was committed for {self._seconds:.0f} s while records wait"
        return None

    def _long_ago(self, since: float, now: float) -> bool:
        return now - max(since, self._earliest) >= self._seconds

    def _readers(self, place: Place) -> list[Progress]:
        return [stage for stage in self._stages if place[0] in stage.topics]

    def _had_its_turn(self, place: Place, seen: _Seen) -> bool:
        """Whether each reader has gone by what waits there: it has nothing in hand, or had much since."""
        return all(
            not stage.in_hand or stage.batches - before >= ENOUGH
            for stage, before in zip(self._readers(place), seen.batches, strict=True)
        )
