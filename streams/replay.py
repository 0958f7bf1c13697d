"""Sending a feed, paced by its own times and by how far the pipeline has come.

By default an article is sent when the one before has gone through every stage: what a stage then knows does not
depend on who was faster, so two replays of one feed give the same records.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from schemas import Record
from streams.feeds import Entry
from streams.journeys import RAW, Journey, Journeys, Stages
from streams.reader import Reader, ReaderError
from streams.records import TYPES, UnreadableError, decode, identify
from streams.settings import Settings
from streams.topics import LARGEST, kafka_options

WATCHED: Final = tuple(topic for topic in TYPES if topic != RAW)
AWAITED: Final = frozenset({"articles.accepted", "signals", "statements", "talks", "alerts", "quarantine"})
STEP: Final = 0.1  # seconds that one look at the topics takes at most


class ReplayError(Exception):
    """The feed did not go through; the message says where it stands."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: `speed` times as fast as the feed's own times, or as fast as it goes (None)."""

    speed: float | None = None
    in_flight: int = 1  # articles under way at once; 1 makes the replay deterministic
    patience: float = 120.0  # seconds without any news from the pipeline after which it is given up


@dataclass(frozen=True, slots=True)
class Arrived:
    """One article that has gone through every stage, in the feed's order, and what came of it."""

    entry: Entry
    journey: Journey
    seconds: float  # from sending until the last stage had decided


@dataclass(slots=True)
class Replay:
    """A replay against running brokers. `alive` raises when it is not worth waiting any longer."""

    settings: Settings
    readers: Mapping[str, Stages]
    pace: Pace = field(default_factory=Pace)
    alive: Callable[[], None] = lambda: None
    _reader: Reader = field(init=False)
    _producer: AIOKafkaProducer = field(init=False)
    _journeys: Journeys = field(init=False)
    _window: deque[tuple[Entry, Journey, float, asyncio.Future[Any]]] = field(init=False, default_factory=deque)
    _last_news: float = field(init=False, default=0.0)

    async def run(self, entries: Iterable[Entry]) -> AsyncIterator[Arrived]:
        """Send the feed; gives each article when it is through. Raises ReplayError and FeedError."""
        self._journeys = Journeys(self.readers, AWAITED)
        self._producer = AIOKafkaProducer(
            **kafka_options(self.settings), acks="all", max_request_size=LARGEST, linger_ms=0, request_timeout_ms=30_000
        )
        try:
            async with Reader(self.settings, WATCHED, self.settings.startup_wait) as self._reader:
                await self._reader.go_to_end()
                await self._producer.start()
                async for arrived in self._run(entries):
                    yield arrived
        except ReaderError as error:
            raise ReplayError(str(error)) from None
        except KafkaError as error:
            raise ReplayError(f"the broker at {self.settings.brokers}: {type(error).__name__}: {error}") from error
        finally:
            await self._producer.stop()

    async def _run(self, entries: Iterable[Entry]) -> AsyncIterator[Arrived]:
        clock = _Clock(self.pace.speed)
        for entry in entries:
            while (seconds := clock.seconds_until(entry.time)) > 0:
                await self._look(min(STEP, seconds))
                for arrived in self._arrivals():
                    yield arrived
            while len(self._window) >= self.pace.in_flight or self._journeys.under_way(entry.article_id):
                await self._look(STEP)
                for arrived in self._arrivals():
                    yield arrived
            await self._send(entry)
        while self._window:
            await self._look(STEP)
            for arrived in self._arrivals():
                yield arrived

    async def _send(self, entry: Entry) -> None:
        journey = self._journeys.begin(entry.place, entry.article_id)
        key = None if entry.article_id is None else entry.article_id.encode()
        confirmed = await self._producer.send(self.settings.topic(RAW), entry.value, key=key)
        self._window.append((entry, journey, time.monotonic(), confirmed))
        self._last_news = time.monotonic()

    def _arrivals(self) -> Iterable[Arrived]:
        for _, journey, _, confirmed in self._window:
            if journey.place is None and confirmed.done():
                place = confirmed.result()
                self._journeys.placed(journey, (place.partition, place.offset))
        while self._window and self._journeys.complete(self._window[0][1]):
            entry, journey, sent, _ = self._window.popleft()
            yield Arrived(entry, journey, time.monotonic() - sent)

    async def _look(self, seconds: float) -> None:
        found = await self._reader.read(seconds)
        if (task := asyncio.current_task()) is not None and task.cancelling():
            raise asyncio.CancelledError  # a Ctrl-C of which the broker's client has told nobody: see tasks.py
        for topic, message in found:
            self._read(topic, message.value)
        if found or not self._window:
            self._last_news = time.monotonic()
            return
        self.alive()
        if time.monotonic() - self._last_news > self.pace.patience:
            raise ReplayError(self._stuck())

    def _read(self, topic: str, value: bytes | None) -> None:
        try:
            record: Record = decode(topic, value)
        except UnreadableError:
            return  # somebody else's: what our stages send can be read
        self._journeys.read(topic, identify(record), record)

    def _stuck(self) -> str:
        entry, journey, _, _ = self._window[0]
        missing = ", ".join(self._journeys.missing(journey)[:3])
        return (
            f"{entry.place}: no stage has answered for {self.pace.patience:.0f} s; missing: {missing}. "
            f"Does a worker read {self.settings.topic(RAW)} at {self.settings.brokers}?"
        )


class _Clock:
    """When each article is due: as far apart as in the feed, divided by the speed."""

    def __init__(self, speed: float | None) -> None:
        self._speed = speed
        self._due = 0.0
        self._previous: datetime | None = None

    def seconds_until(self, event: datetime | None) -> float:
        """How long until the article of that time is due; the same article may be asked for again."""
        now = time.monotonic()
        if self._speed is None or event is None:
            return 0.0
        if self._previous is None:
            self._previous, self._due = event, now
        if event > self._previous:
            self._due += (event - self._previous).total_seconds() / self._speed
            self._previous = event
        return self._due - now
