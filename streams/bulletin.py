"""The last alerts in the order in which they came, for any number of followers.

There is one list and no queue for each follower: a follower only remembers its place, so a thousand of them cost
nothing, and one that stalls holds up nobody. A place is told as a cursor: the next offset of each partition, good on
every worker. Where a follower has stayed behind so far that what it misses is no longer here, it is told so.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

from schemas import Alert
from schemas.packed import pack, unpack_alert
from streams.delivery import Filter
from streams.settings import MEGABYTE

CAPACITY: Final = 10_000  # weeks of alerts
BYTES: Final = 10 * MEGABYTE  # and what they may take: one that is told again and again is heavier each time
_SLACK: Final = 1.1  # by how much both are passed before any are forgotten
_CURSOR: Final = re.compile(r"(?P<epoch>[0-9a-f]{0,16})~(?P<places>(?:[a-z]+[0-9]{1,5}\.[0-9]{1,18}(?:-(?!$)|$))*)")
_PLACE: Final = re.compile(r"([a-z]+[0-9]+)\.([0-9]+)")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has read: the next offset of each source ("a0" is partition 0 of the alerts)."""

    epoch: str = ""  # of a broker that forgets everything when it stops; empty on a cluster
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor of a text, None where it is none."""
        match = _CURSOR.fullmatch(text[:4096])
        if match is None:
            return None
        return cls(match["epoch"], {source: int(offset) for source, offset in _PLACE.findall(match["places"])})

    def __str__(self) -> str:
        return f"{self.epoch}~" + "-".join(f"{source}.{offset}" for source, offset in sorted(self.places.items()))


@dataclass(frozen=True, slots=True)
class Entry:
    """One alert, or one revision of it; `cursor` is the place after it."""

    source: str
    offset: int
    packed: bytes
    cursor: str

    @property
    def alert(self) -> Alert:
        return unpack_alert(self.packed)


@dataclass(frozen=True, slots=True)
class Gap:
    """What comes now does not follow on what the follower has had last."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing for the follower for a while, who is at `cursor` all the same: what it does not want has gone by."""

    cursor: str


class Bulletin:
    """The list. Used within one event loop."""

    def __init__(self, epoch: str = "", capacity: int = CAPACITY, most_bytes: int = BYTES) -> None:
        self._epoch = epoch
        self._capacity = capacity
        self._most_bytes = most_bytes
        self._entries: list[Entry] = []
        self._bytes = 0
        self._first = 0  # the number of the first entry that is still here
        self._places: dict[str, int] = {}
        self._forgotten: dict[str, int] = {}  # by source: what is before this offset is not here
        self._news = asyncio.Event()

    @property
    def cursor(self) -> Cursor:
        """The place after the last entry."""
        return Cursor(self._epoch, dict(self._places))

    def begin(self, source: str, offset: int) -> None:
        """A source is read from this offset on; what stands before it is not here."""
        self._places[source] = self._forgotten[source] = offset

    def add(self, source: str, offset: int, alert: Alert) -> None:
        """Append one alert; one that is here already is passed over."""
        if offset < self._places.get(source, 0):
            return
        self._places[source] = offset + 1
        entry = Entry(source, offset, pack(alert), str(self.cursor))
        self._entries.append(entry)
        self._bytes += len(entry.packed)
        if len(self._entries) > _SLACK * self._capacity or self._bytes > _SLACK * self._most_bytes:
            self._forget()
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _forget(self) -> None:
        """Forget the oldest entries, some at once, until what is left is small enough; the newest stays."""
        count = max(0, len(self._entries) - self._capacity)
        left = self._bytes - sum(len(entry.packed) for entry in self._entries[:count])
        while left > self._most_bytes and count < len(self._entries) - 1:
            left -= len(self._entries[count].packed)
            count += 1
        for entry in self._entries[:count]:
            self._forgotten[entry.source] = entry.offset + 1
        self._entries = self._entries[count:]
        self._first, self._bytes = self._first + count, left

    async def follow(
        self, after: Cursor, accepts: Filter, heartbeat: float = float("inf")
    ) -> AsyncIterator[Entry | Gap | Quiet]:
        """What has come after a cursor, then what comes as it comes, and a sign every `heartbeat` seconds without any.

        Never ends.
        """
        places = after.places if after.epoch == self._epoch else {}
        number = self._first
        if any(places.get(source, 0) < offset for source, offset in self._forgotten.items()):
            yield Gap()
        time = asyncio.get_running_loop().time
        told = time()
        while True:
            news = self._news
            while number < self._first + len(self._entries):
                if number < self._first:
                    number = self._first
                    yield Gap()
                entry = self._entries[number - self._first]
                number += 1
                if entry.offset >= places.get(entry.source, 0) and accepts.matches(entry.alert):
                    yield entry
                    told = time()
            if time() - told >= heartbeat:
                yield Quiet(str(self._after(places)))
                told = time()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(told + heartbeat):
                    await news.wait()

    def _after(self, places: Mapping[str, int]) -> Cursor:
        """The place of one who came with `places` and has seen all: another worker may have read on before us."""
        sources = {**places, **self._places}
        return Cursor(self._epoch, {source: max(sources[source], places.get(source, 0)) for source in sources})
