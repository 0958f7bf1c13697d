"""Carrying alerts to endpoints outside (webhooks, Alertmanager): each endpoint once, in order, at its own pace.

Every endpoint is a consumer group of its own over `alerts`, so none can hold up another, several workers share the
work, and what an endpoint has not had yet waits in Kafka, through restarts and for as long as the topic is kept. What
it has had is written into a ledger beside the group's offsets, so that a rebalance or restart sends nothing twice. One
gap is left: a crash after the endpoint has answered and before the ledger has it sends that one alert again, under the
same delivery id, by which a receiver recognises it.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, Self, cast

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from pydantic import BaseModel, ConfigDict
from redis.asyncio import Redis

from schemas import Alert, AlertKind, Severity
from streams.records import CORROBORATIONS, UNDELIVERED, UnreadableError, decode, identify
from streams.settings import Settings
from streams.stores import is_store_down
from streams.topics import kafka_options

log = logging.getLogger(__name__)
REFUSALS: Final = 3  # an endpoint that says that an alert is wrong is not asked for a day
FIRST_PAUSE: Final = 1.0  # seconds; doubled at each try
LONGEST_PAUSE: Final = 300.0
GIVE_UP: Final = 24 * 3600.0  # seconds after the alert was sent
BACKLOG: Final = 3600.0  # seconds of alerts that an endpoint gets which has never been there before
REMEMBERED: Final = 14 * 24 * 3600  # seconds that the ledger remembers a delivery
SEVERITIES: Final = tuple(Severity)


class Filter(BaseModel):
    """Which alerts a subscriber wants. Empty: all. Corroborations of earlier alerts only where they are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: frozenset[AlertKind] = frozenset()
    talks: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    min_severity: Severity = Severity.INFO
    corroborations: bool = False

    def matches(self, alert: Alert) -> bool:
        return (
            (self.corroborations or alert.revision == 0)
            and (not self.kinds or alert.kind in self.kinds)
            and (not self.talks or not self.talks.isdisjoint(alert.talks))
            and (not self.parties or not self.parties.isdisjoint(alert.parties))
            and SEVERITIES.index(alert.severity) >= SEVERITIES.index(self.min_severity)
        )


class UnreachableError(Exception):
    """The endpoint is not there, or asks for time; `retry_after` is in seconds where it says how much."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(Exception):
    """The endpoint says that this alert is wrong; another try is unlikely to help."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way; `sent_at` (seconds since the epoch) is when the broker took it."""

    delivery_id: str
    alert: Alert
    value: bytes
    sent_at: float


class Endpoint(Protocol):
    """Somebody outside who gets alerts."""

    @property
    def name(self) -> str:
        """Unique and stable: the consumer group and the ledger are named after it."""

    @property
    def filter(self) -> Filter: ...

    async def send(self, delivery: Delivery) -> None:
        """Return when the endpoint has it; raise UnreachableError or RefusedError."""


class Ledger(Protocol):
    """What each endpoint has had."""

    async def has(self, endpoint: str, delivery_id: str) -> bool: ...

    async def mark(self, endpoint: str, delivery_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RedisLedger:
    """The ledger in Redis. Waits while the store is away, for nobody may be woken twice."""

    redis: Redis
    prefix: str
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def has(self, endpoint: str, delivery_id: str) -> bool:
        return bool(await self._patiently(lambda: self.redis.exists(self._key(endpoint, delivery_id))))

    async def mark(self, endpoint: str, delivery_id: str) -> None:
        await self._patiently(lambda: self.redis.set(self._key(endpoint, delivery_id), 1, ex=REMEMBERED))

    def _key(self, endpoint: str, delivery_id: str) -> str:
        return f"{self.prefix}:delivered:{endpoint}:{delivery_id}"

    async def _patiently(self, command: Callable[[], Any]) -> object:
        while True:
            try:
                return await cast(Awaitable[object], command())
            except Exception as error:
                if not is_store_down(error):
                    raise
                log.warning("the store is away, delivery waits: %s", error)
                await self.pause(1.0)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long an endpoint is tried; `pause` and `now` (seconds) are arguments for tests."""

    give_up: float = GIVE_UP
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = time.time

    def wait(self, attempt: int, retry_after: float | None) -> float:
        """Seconds until the next try: doubled each time, somewhat at random, never less than was asked for."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempt - 1, 16))
        return max(pause * random.uniform(0.75, 1.25), min(retry_after or 0.0, LONGEST_PAUSE))  # noqa: S311


async def carry(delivery: Delivery, endpoint: Endpoint, ledger: Ledger, patience: Patience) -> str | None:
    """Bring one alert to one endpoint. Returns None when it has it, else why it was given up."""
    if await ledger.has(endpoint.name, delivery.delivery_id):
        return None
    attempt = refused = 0
    while True:
        attempt += 1
        try:
            await endpoint.send(delivery)
        except RefusedError as error:
            refused += 1
            if refused >= REFUSALS:
                return f"refused: {error}"
            await patience.pause(patience.wait(attempt, None))
        except UnreachableError as error:
            if patience.now() - delivery.sent_at > patience.give_up:
                return f"unreachable: {error}"
            log.warning("%s does not take %s, try %d: %s", endpoint.name, delivery.delivery_id, attempt, error)
            await patience.pause(patience.wait(attempt, error.retry_after))
        else:
            await ledger.mark(endpoint.name, delivery.delivery_id)
            return None


class Courier:
    """Carries all alerts to one endpoint, from where its consumer group stands, until it is cancelled."""

    def __init__(
        self,
        endpoint: Endpoint,
        settings: Settings,
        ledger: Ledger,
        patience: Patience | None = None,
        count: Callable[[str, str, int], None] = lambda endpoint, result, number: None,
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._ledger = ledger
        self._patience = patience or Patience()
        self._count = count
        self._new: dict[TopicPartition, bool] = {}

    async def run(self) -> None:
        """Work until cancelled; a broker that is away is waited for."""
        while True:
            try:
                async with _Lines(self._settings, self._endpoint) as lines:
                    while True:
                        await self._round(lines)
            except (KafkaError, OSError) as error:
                log.warning("delivery to %s waits for the broker: %s", self._endpoint.name, error)
            except Exception:  # whatever is wrong with one endpoint, the others and the worker go on
                log.exception("delivery to %s begins again where it was", self._endpoint.name)
            await self._patience.pause(2.0)

    async def _round(self, lines: _Lines) -> None:
        batches: Mapping[TopicPartition, list[ConsumerRecord]] = await lines.consumer.getmany(
            timeout_ms=1000, max_records=100
        )
        for partition, records in batches.items():
            for record in records:
                if not await self._is_too_old(partition, record, lines.consumer):
                    await self._take(record, lines.producer)
            try:
                await lines.consumer.commit({partition: records[-1].offset + 1})
            except (CommitFailedError, IllegalStateError):
                log.info("%s: another worker has taken over %s", self._endpoint.name, partition)

    async def _take(self, record: ConsumerRecord, producer: AIOKafkaProducer) -> None:
        topic = record.topic.removeprefix(self._settings.prefix)
        try:
            alert = decode(topic, record.value)
        except UnreadableError as error:
            log.warning("an alert that cannot be read, at %s[%d]@%d: %s", topic, record.partition, record.offset, error)
            return
        if not isinstance(alert, Alert) or not self._endpoint.filter.matches(alert):
            return
        delivery = Delivery(identify(alert), alert, record.value, record.timestamp / 1000)
        failure = await carry(delivery, self._endpoint, self._ledger, self._patience)
        self._count(self._endpoint.name, "undelivered" if failure else "delivered", 1)
        if failure is not None:
            log.error("%s never got %s: %s", self._endpoint.name, delivery.delivery_id, failure)
            await producer.send_and_wait(
                self._settings.topic(UNDELIVERED),
                record.value,
                key=record.key,
                headers=[
                    *record.headers,
                    ("rasid-endpoint", self._endpoint.name.encode()),
                    ("rasid-error", failure[:500].encode()),
                ],
            )
            await self._ledger.mark(self._endpoint.name, delivery.delivery_id)

    async def _is_too_old(self, partition: TopicPartition, record: ConsumerRecord, consumer: AIOKafkaConsumer) -> bool:
        """Whether a group that has never been there before would be flooded with what was long ago."""
        if partition not in self._new:
            self._new[partition] = await consumer.committed(partition) is None
        return self._new[partition] and record.timestamp / 1000 < self._patience.now() - BACKLOG


class _Lines:
    """The consumer and the producer of one courier."""

    def __init__(self, settings: Settings, endpoint: Endpoint) -> None:
        topics = ["alerts", CORROBORATIONS] if endpoint.filter.corroborations else ["alerts"]
        timing, options = settings.timing, kafka_options(settings)
        self.consumer = AIOKafkaConsumer(
            *map(settings.topic, topics),
            group_id=f"{settings.group}.deliver.{endpoint.name}",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            session_timeout_ms=int(timing.session * 1000),
            heartbeat_interval_ms=int(timing.heartbeat * 1000),
            max_poll_interval_ms=86_400_000,  # an endpoint may be away for long; see Patience
            **options,
        )
        self.producer = AIOKafkaProducer(acks="all", **options)

    async def __aenter__(self) -> Self:
        try:
            await self.producer.start()
            await self.consumer.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.consumer.stop()
        await self.producer.stop()
