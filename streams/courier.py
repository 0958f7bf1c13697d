"""Carrying alerts to endpoints outside (webhooks, Alertmanager): each endpoint once, in order, at its own pace.

Every endpoint is a consumer group of its own over `alerts`, so none can hold up another, several workers share the
work, and what an endpoint has not had yet waits in Kafka, through restarts and for as long as the topic is kept: no
offset is committed beyond an alert that still waits. What an endpoint has had, and what somebody is about to send, is
written into a ledger (`delivered`), so that neither a rebalance nor a restart sends anything twice. One gap is left: a
worker that dies, or is cut off from the store, after the endpoint has answered and before the ledger has it, leaves an
alert that another one sends again, under the same delivery id, by which a receiver recognises it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from math import inf
from typing import Any, Final, Protocol, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from schemas import Alert
from streams.delivered import Claim, Ledger
from streams.delivery import Delivery, Endpoint, GoneError, RefusedError, UnreachableError
from streams.records import CORROBORATIONS, UNDELIVERED, UnreadableError, decode, identify
from streams.settings import Settings
from streams.topics import kafka_options, stop_consumer
from streams.waiting import ROOM, Patience, Queue, Waiting

log = logging.getLogger(__name__)
BACKLOG: Final = 3600.0  # seconds of alerts that an endpoint gets which has never been there before
LOOK: Final = 1.0  # seconds between looks for new alerts, at most


class Tally(Protocol):
    """What is counted of deliveries, by endpoint."""

    def delivered(self, endpoint: str, result: str, number: int = 1) -> None:
        """Alerts that it has got ("delivered") or will never get ("undelivered")."""

    def delivery_failed(self, endpoint: str, number: int = 1) -> None:
        """Tries that it did not take."""

    def delivery_waits(self, endpoint: str, seconds: float) -> None:
        """The age of the oldest alert that waits for it, 0 where none does."""


class Uncounted:
    """A tally that counts nothing."""

    def delivered(self, endpoint: str, result: str, number: int = 1) -> None:
        pass

    def delivery_failed(self, endpoint: str, number: int = 1) -> None:
        pass

    def delivery_waits(self, endpoint: str, seconds: float) -> None:
        pass


class Courier:
    """Carries all alerts to one endpoint, from where its consumer group stands, until it is cancelled."""

    def __init__(
        self,
        endpoint: Endpoint,
        settings: Settings,
        ledger: Ledger,
        tally: Tally,
        patience: Patience | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._ledger = ledger
        self._tally = tally
        self._patience = patience or Patience()
        self._queue = Queue(self._patience)
        self._gone: str | None = None  # why the endpoint is not asked any more
        self._assignments = 0
        self._committed: dict[TopicPartition, int] = {}
        self._begins: dict[TopicPartition, float] = {}  # what was sent before is not for this endpoint
        self._begun: set[TopicPartition] = set()  # where something may be committed

    async def run(self) -> None:
        """Work until cancelled; a broker that is away is waited for."""
        while True:
            try:
                self.revoked()
                async with _Lines(self._settings, self._endpoint, self.revoked) as lines:
                    while True:
                        await self._round(lines)
            except (KafkaError, OSError) as error:
                log.warning("delivery to %s waits for the broker: %s", self._endpoint.name, error)
            except Exception:  # whatever is wrong with one endpoint, the others and the worker go on
                log.exception("delivery to %s begins again where it was", self._endpoint.name)
            await asyncio.sleep(2.0)

    def revoked(self) -> None:
        """Nothing in hand is ours any more: it is read again by whoever gets the partitions."""
        self._assignments += 1
        self._queue.clear()
        self._committed.clear()

    async def _round(self, lines: _Lines) -> None:
        """Take up what is new, send one alert, commit."""
        pause = min(LOOK, self._queue.pause(time.monotonic()))
        if self._queue.is_full:
            await asyncio.sleep(pause)
        else:
            await self._read(lines.consumer, pause)
        waiting = self._queue.next(time.monotonic())
        if waiting is not None:
            await _whole(self._carry(waiting, lines.producer), self._endpoint.timeout + self._patience.margin / 2)
        await self._commit(lines.consumer)
        oldest = self._queue.oldest
        self._tally.delivery_waits(self._endpoint.name, 0.0 if oldest is None else max(0.0, time.time() - oldest))

    async def _read(self, consumer: AIOKafkaConsumer, pause: float) -> None:
        batches: Mapping[TopicPartition, list[ConsumerRecord]] = await consumer.getmany(
            timeout_ms=int(pause * 1000), max_records=ROOM
        )
        assignment = self._assignments
        for partition in batches.keys() - self._begins.keys():
            is_new = await consumer.committed(partition) is None
            self._begins[partition] = time.time() - BACKLOG if is_new else -inf
        if assignment != self._assignments:
            return
        for partition, records in batches.items():
            for record in records:
                self._queue.read(partition, record.offset, self._delivery(record, self._begins[partition]))
            last = records[-1]
            if last.timestamp / 1000 >= self._begins[partition] or last.offset + 1 == consumer.highwater(partition):
                self._begun.add(partition)

    def _delivery(self, record: ConsumerRecord, begins: float) -> Delivery | None:
        """What is to be delivered of a record, if anything."""
        if record.timestamp / 1000 < begins:
            return None
        topic = record.topic.removeprefix(self._settings.prefix)
        try:
            alert = decode(topic, record.value)
        except UnreadableError as error:
            log.warning("an alert that cannot be read, at %s[%d]@%d: %s", topic, record.partition, record.offset, error)
            return None
        if not isinstance(alert, Alert) or not self._endpoint.filter.matches(alert):
            return None
        return Delivery(identify(alert), alert, record.value, record.timestamp / 1000, record.headers)

    async def _carry(self, waiting: Waiting, producer: AIOKafkaProducer) -> None:
        """Send one alert, unless it was sent before or somebody else is about to."""
        endpoint, delivery_id = self._endpoint.name, waiting.delivery.delivery_id
        assignment = self._assignments
        match await self._ledger.claim(endpoint, delivery_id, self._endpoint.timeout + self._patience.margin):
            case Claim.DONE:
                return self._queue.done(waiting)
            case Claim.HELD:
                return self._queue.held(waiting, time.monotonic())
        is_done = False
        try:
            if assignment == self._assignments:
                is_done = await self._send(waiting, producer)
        finally:
            await (self._ledger.mark if is_done else self._ledger.release)(endpoint, delivery_id)
        return None

    async def _send(self, waiting: Waiting, producer: AIOKafkaProducer) -> bool:
        """Whether the alert is done with: the endpoint has it, or it was given up."""
        refused, asked_for, reason = False, 0.0, ""
        try:
            if self._gone is None:
                await self._endpoint.send(waiting.delivery)
                self._queue.taken(waiting)
                self._tally.delivered(self._endpoint.name, "delivered")
                return True
        except GoneError as error:
            self._gone = f"gone: {error}"
            log.error("%s wants nothing any more, and is not asked again: %s", self._endpoint.name, error)
        except RefusedError as error:
            refused, reason = True, f"refused: {error}"
        except UnreachableError as error:
            asked_for, reason = error.retry_after or 0.0, f"unreachable: {error}"
        except Exception as error:  # ours to mend; until then the other alerts go on
            log.exception("%s cannot be sent %s", self._endpoint.name, waiting.delivery.delivery_id)
            reason = f"failed: {type(error).__name__}"
        if self._gone is None:
            log.warning("%s does not take %s: %s", self._endpoint.name, waiting.delivery.delivery_id, reason)
            self._tally.delivery_failed(self._endpoint.name)
            age = time.time() - waiting.delivery.sent_at
            if not self._queue.failed(waiting, time.monotonic(), age=age, refused=refused, asked_for=asked_for):
                return False
        await self._give_up(waiting.delivery, self._gone or reason, producer)
        self._queue.done(waiting)
        return True

    async def _give_up(self, delivery: Delivery, reason: str, producer: AIOKafkaProducer) -> None:
        log.error("%s never got %s: %s", self._endpoint.name, delivery.delivery_id, reason)
        await producer.send_and_wait(
            self._settings.topic(UNDELIVERED),
            delivery.value,
            key=delivery.alert.key.encode(),
            headers=[
                *delivery.headers,
                ("rasid-endpoint", self._endpoint.name.encode()),
                ("rasid-error", reason[:500].encode()),
            ],
        )
        self._tally.delivered(self._endpoint.name, "undelivered")

    async def _commit(self, consumer: AIOKafkaConsumer) -> None:
        """Commit up to the first alert that waits: what comes after it is known to the ledger."""
        offsets = {}
        for partition in consumer.assignment():
            mark = self._queue.mark(partition)
            if mark is None and consumer.highwater(partition) == 0:
                mark = 0  # an endpoint that is there before the first alert has been there before
            elif partition not in self._begun:
                continue
            if mark is not None and mark != self._committed.get(partition):
                offsets[partition] = mark
        if offsets:
            try:
                await consumer.commit(offsets)
                self._committed.update(offsets)
            except (CommitFailedError, IllegalStateError):
                log.info("%s: another worker has taken over", self._endpoint.name)


async def _whole(work: Coroutine[Any, Any, None], longest: float) -> None:
    """Let a piece of work end, though we are cancelled meanwhile, for at most so many seconds."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        loop = asyncio.get_running_loop()
        latest = loop.time() + longest
        while not task.done() and loop.time() < latest:
            with suppress(asyncio.CancelledError):  # it is repeated, see `end_tasks`
                await asyncio.wait({task}, timeout=latest - loop.time())
        if not task.done():
            task.cancel()
        elif not task.cancelled():
            task.exception()  # looked at, so that nobody is told of it later
        raise


class _Lines:
    """The consumer and the producer of one courier."""

    def __init__(self, settings: Settings, endpoint: Endpoint, revoked: Callable[[], None]) -> None:
        topics = ["alerts", CORROBORATIONS] if endpoint.filter.corroborations else ["alerts"]
        timing, options = settings.timing, kafka_options(settings)
        self.consumer = AIOKafkaConsumer(
            group_id=f"{settings.group}.deliver.{endpoint.name}",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            session_timeout_ms=int(timing.session * 1000),
            heartbeat_interval_ms=int(timing.heartbeat * 1000),
            max_poll_interval_ms=86_400_000,  # the store may be away for long
            **options,
        )
        self.consumer.subscribe(list(map(settings.topic, topics)), listener=_Listener(revoked))
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
        await stop_consumer(self.consumer)
        await self.producer.stop()


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    def __init__(self, revoked: Callable[[], None]) -> None:
        self._revoked = revoked

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        self._revoked()

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Nothing: they are read from where their group stands."""
