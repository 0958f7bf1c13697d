"""What an endpoint has not got yet: which alert it is sent next and when, and how far may be committed. Pure.

Alerts go out in the order in which they were sent. While an endpoint takes none, it is asked less and less often. One
alert that it never takes, though it takes others, waits by itself and holds up nobody: who fails three times in a row
is tried with another alert, and that tells an endpoint that is away from an alert that it cannot take.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import inf
from typing import Final

from streams.delivery import Delivery

REFUSALS: Final = 3  # an endpoint that says that an alert is wrong is not asked for a day
SUSPECT: Final = 3  # failures in a row after which it may be the alert and not the endpoint
ROOM: Final = 500  # alerts in hand; the others wait at the broker

Partition = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long an endpoint is tried, in seconds."""

    first_pause: float = 1.0  # doubled at each try
    longest_pause: float = 300.0
    give_up: float = 24 * 3600.0  # after the alert was sent
    margin: float = 20.0  # beyond an endpoint's own timeout, until somebody who sends is taken for dead

    def pause(self, failures: int) -> float:
        """Seconds until the next try after so many failures: doubled each time, somewhat at random."""
        pause = min(self.longest_pause, self.first_pause * 2.0 ** min(failures - 1, 16))
        return pause * random.uniform(0.75, 1.25)  # noqa: S311


@dataclass(slots=True, eq=False)
class Waiting:
    """One alert that the endpoint has not got yet, and how it fared. Times are in seconds, of a steady clock."""

    delivery: Delivery
    partition: Partition
    offset: int
    failures: int = 0
    refusals: int = 0
    tried_at: float = -inf
    due: float = -inf  # not before
    others_taken: int = 0  # how many alerts the endpoint had taken when this one first failed

    @property
    def place(self) -> tuple[float, Partition, int]:
        """Its place in the order."""
        return self.delivery.sent_at, self.partition, self.offset


class Queue:
    """The alerts in hand for one endpoint. Every `now` is in seconds, of a steady clock."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._waiting: list[Waiting] = []
        self._read: dict[Partition, int] = {}
        self._taken = 0
        self._last: Waiting | None = None  # that failed, while the endpoint seems to be away
        self._failures = 0  # in a row
        self._failed_at = -inf
        self._open_at = -inf  # when the endpoint is asked again
        self._asked_until = -inf  # until when it wants to be left alone

    def read(self, partition: Partition, offset: int, delivery: Delivery | None) -> None:
        """Take up the next record of a partition; no delivery where it is not for this endpoint."""
        self._read[partition] = offset + 1
        if delivery is not None:
            self._waiting.append(Waiting(delivery, partition, offset))

    def clear(self) -> None:
        """The partitions are no longer ours. That the endpoint is away is still known."""
        self._waiting.clear()
        self._read.clear()
        self._last = None

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= ROOM

    @property
    def oldest(self) -> float | None:
        """When the oldest alert was sent that waits, in seconds since the epoch."""
        return min((waiting.delivery.sent_at for waiting in self._waiting), default=None)

    def mark(self, partition: Partition) -> int | None:
        """The offset to commit: all before it is done with. None where nothing was read."""
        open_ = (waiting.offset for waiting in self._waiting if waiting.partition == partition)
        return min(open_, default=self._read.get(partition))

    def next(self, now: float) -> Waiting | None:
        """What to send now."""
        ready = [waiting for waiting in self._waiting if self._opens(waiting) <= now]
        if not ready:
            return None
        if not self._failures:
            return min(ready, key=lambda waiting: waiting.place)
        if self._failures < SUSPECT and self._last in ready:
            return self._last
        return min(ready, key=lambda waiting: (waiting.tried_at, waiting.place))

    def pause(self, now: float) -> float:
        """Seconds until `next` may have something."""
        return max(0.0, min(map(self._opens, self._waiting), default=inf) - now)

    def done(self, waiting: Waiting) -> None:
        """The endpoint had it before, or will never get it."""
        if waiting in self._waiting:
            self._waiting.remove(waiting)

    def taken(self, waiting: Waiting) -> None:
        """The endpoint has taken it."""
        self.done(waiting)
        self._taken += 1
        self._failures = 0

    def held(self, waiting: Waiting, now: float) -> None:
        """Somebody else is sending it."""
        waiting.due = now + self._patience.first_pause

    def failed(
        self, waiting: Waiting, now: float, *, age: float, refused: bool = False, asked_for: float = 0.0
    ) -> bool:
        """The endpoint did not take an alert of so many seconds, and may have asked for some. True: give it up."""
        is_probe = not waiting.failures and self._failures >= SUSPECT
        asked_until = now + min(asked_for, self._patience.longest_pause)
        if not waiting.failures:
            waiting.others_taken = self._taken
        waiting.failures += 1
        waiting.refusals += refused
        waiting.tried_at = now
        if waiting.refusals >= REFUSALS:
            self._failures = 0  # it answers
            return True
        if self._taken > waiting.others_taken:  # it takes others
            waiting.due = max(now + self._patience.pause(waiting.failures), asked_until)
        else:
            self._last, self._failed_at, self._asked_until = waiting, now, asked_until
            if not is_probe:
                self._failures += 1
                self._open_at = now + self._patience.pause(self._failures)
        return not refused and age > self._patience.give_up

    def _opens(self, waiting: Waiting) -> float:
        """When it may be sent. One that was never tried is a probe, and need not wait for the next round."""
        opens = max(waiting.due, self._asked_until)
        if not self._failures:
            return opens
        is_probe = not waiting.failures and self._failures >= SUSPECT
        probed = self._failed_at + self._patience.first_pause if is_probe else inf
        return max(opens, min(self._open_at, probed))
