"""One stage as a Faust agent. Nothing else touches the stream, and nothing escapes from here.

Raw bytes in, in batches that Faust does not acknowledge by itself; every record read and decided (`streams.process`);
everything that follows sent with its key and confirmed together; then, and only then, acknowledged by hand. A store
or a broker that is not there is waited for. What is unknown ends the process, since Faust would commit the record and
go on without it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any, Final, NoReturn, Protocol, TypeVar

import faust
from aiokafka.errors import (
    InvalidProducerEpoch,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerFenced,
    RecordListTooLargeError,
    UnknownProducerId,
)
from aiokafka.structs import RecordMetadata
from faust.exceptions import ProducerSendError

from streams.health import BROKER, STORE, Health
from streams.process import BoundStage, Handled, Received, Sending, process, process_batch, reject
from streams.records import Reason
from streams.settings import Settings
from streams.standstill import Progress
from streams.stores import StoreLostError, is_store_down
from streams.tasks import was_asked_to_end
from streams.turns import Turns

log = logging.getLogger(__name__)
T = TypeVar("T")
SHORTEST: Final = 0.1  # seconds between two tries, doubled each time
LONGEST: Final = 5.0
CRASHED: Final = 70  # EX_SOFTWARE
# The broker has lost what an idempotent producer has sent before; only a new one, in a new process, can go on.
OUT_OF_ORDER: Final = (OutOfOrderSequenceNumber, UnknownProducerId, ProducerFenced, InvalidProducerEpoch)
PUBLISHER: Final = "publisher"  # as one who waits for the broker, for all stages
TOO_LARGE: Final = (MessageSizeTooLargeError, RecordListTooLargeError)


class Publisher(Protocol):
    async def publish(self, sending: Sequence[Sending]) -> list[Sending]:
        """Send all and wait until the broker has confirmed all; returns those that it will never take."""


class Attempts(Protocol):
    """Marks what is being decided on, so that a record which ends the process is found."""

    async def begin(self, batch: Sequence[Received]) -> bool: ...

    async def count(self, received: Received) -> int: ...

    async def survived(self, received: Received) -> None: ...


class Once(Protocol):
    """Knows what was sent that nobody may get twice."""

    async def begin(self, sending: Sequence[Sending]) -> set[int]:
        """The `id()` of those that were sent before."""

    async def done(self, sending: Sequence[Sending]) -> None:
        """All of these stand on their topics."""


class Memories(Protocol):
    """What a stage remembers, all within one epoch of the store."""

    async def check(self) -> None:
        """Raises `StoreLostError` where the store was emptied or replaced since `recover`."""

    async def recover(self) -> bool:
        """Find or rebuild the store. True where what was remembered is worth nothing any more."""


class Patience:
    """The time between two tries: doubles from a tenth of a second to five."""

    def __init__(self) -> None:
        self._seconds = SHORTEST

    async def wait(self) -> None:
        await asyncio.sleep(self._seconds)
        self._seconds = min(LONGEST, self._seconds * 2)


class ConfirmedPublisher:
    """Sends through the app's own producer and awaits every confirmation. Retries until the broker is there."""

    def __init__(self, app: faust.App, settings: Settings, health: Health, turns: Turns | None = None) -> None:
        """`turns` are told what was confirmed and comes back to this worker."""
        self._app = app
        self._settings = settings
        self._health = health
        self._turns = turns

    async def publish(self, sending: Sequence[Sending]) -> list[Sending]:
        refused: list[Sending] = []
        pending = list(sending)
        patience = Patience()
        while pending:
            results = await self._try(pending)
            failed = []
            for one, error in zip(pending, results, strict=True):
                if isinstance(error, TOO_LARGE):
                    refused.append(one)
                elif isinstance(error, OUT_OF_ORDER):
                    raise error
                elif error is not None:
                    failed.append(one)
                    self._health.down(BROKER, error, PUBLISHER)
            pending = failed
            if pending:
                await patience.wait()
        self._health.up(BROKER, PUBLISHER)
        return refused

    async def _try(self, sending: Sequence[Sending]) -> list[BaseException | None]:
        sent = [await self._send(one) for one in sending]
        waiting = asyncio.gather(*(one for one in sent if not isinstance(one, BaseException)), return_exceptions=True)
        while not (await asyncio.wait({waiting}, timeout=LONGEST))[0]:
            self._health.down(BROKER, TimeoutError("it has not confirmed what was sent"), PUBLISHER)
        confirmed = iter(waiting.result())
        results = [one if isinstance(one, BaseException) else next(confirmed) for one in sent]
        if self._turns is not None:
            ours = {(each.topic, each.partition) for each in self._app.consumer.assignment()}
            for one, found in zip(sending, results, strict=True):
                if isinstance(found, RecordMetadata) and (found.topic, found.partition) in ours:
                    self._turns.expect(one.topic, found.partition, found.offset)
        return [found if isinstance(found, BaseException) else None for found in results]

    async def _send(self, one: Sending) -> Any:
        """The future of the confirmation, or the error that there will be none."""
        try:
            return await self._app.producer.send(
                self._settings.topic(one.topic), one.key, one.value, None, None, list(one.headers)
            )
        except ProducerSendError as error:
            return error.__cause__ or error
        except (KafkaError, OSError) as error:
            return error


class Runner:
    """Drives one stage: everything between taking a batch from the stream and acknowledging it."""

    def __init__(
        self,
        stage: BoundStage,
        memories: Memories,
        attempts: Attempts,
        publisher: Publisher,
        health: Health,
        *,
        once: Once | None = None,
        turns: Turns | None = None,
        rank: int = 0,
        topic: Callable[[str], str] = str,
    ) -> None:
        """`rank`: the place of the stage in the flow, by which it has its `turns`; `topic` gives topics' full names."""
        self.stage = stage
        self._turns = turns or Turns()
        self._rank = rank
        self._once = once
        self._attempts = attempts
        self._memories = memories
        self._publisher = publisher
        self._health = health
        self._metrics = health.metrics
        self.progress = Progress(stage.name, frozenset(map(topic, stage.topics)))

    async def run(self, batch: Sequence[Received]) -> None:
        """Decide on a batch and send what follows. Returns when the broker has confirmed all of it."""
        for received in batch:
            self._turns.arrived(received.topic, received.partition, received.offset)
        with self._turns.sending(self.stage.topics):
            await self._run(batch)

    async def _run(self, batch: Sequence[Received]) -> None:
        handled, refused = await self._decide_and_send(batch)
        while await self._patiently(self._store_was_lost):  # it may have been filled before all this was on the topics
            handled, refused = await self._decide_and_send(batch)
        self._observe(handled, refused)
        self._health.beat()

    async def _decide_and_send(self, batch: Sequence[Received]) -> tuple[list[Handled], set[int]]:
        """What became of each record, what was sent before left out, and the `id()` of what the broker refused."""
        handled, before = await self._patiently(lambda: self._decide_and_reserve(batch))
        sending = [one for each in handled for one in each.sending]
        handled = [each.without(before) for each in handled]
        new = [one for each in handled for one in each.sending]
        self.progress.wait()
        with self._turns.sending({one.topic for one in new}):
            refused = {id(one) for one in await self._publisher.publish(new)}
        for each in handled:
            if any(id(one) in refused for one in each.sending):
                await self._quarantine_unsendable(each)
        once = self._once
        if once is not None:
            await self._patiently(lambda: once.done([one for one in sending if id(one) not in refused]))
        return handled, refused

    async def _decide_and_reserve(self, batch: Sequence[Received]) -> tuple[list[Handled], set[int]]:
        """What became of each record, and the `id()` of what was sent before: both by the same store."""
        handled = await self._decide(batch)
        if self._once is None:
            return handled, set()
        return handled, await self._once.begin([one for each in handled for one in each.sending])

    async def _store_was_lost(self) -> bool:
        try:
            await self._memories.check()
        except StoreLostError:
            return True
        return False

    async def _decide(self, batch: Sequence[Received]) -> list[Handled]:
        self.progress.wait()  # filling the store takes as long as it takes
        recovered = await self._memories.recover()
        self._go_on()
        if recovered:
            for memory in self.stage.memories:
                memory.forget()
        if await self._attempts.begin(batch):
            log.warning("%s: somebody ended on these records; one by one", self.stage.name)
            handled = [await self._decide_carefully(received) for received in batch]
        else:
            with self._turns.deciding(self._rank):
                handled = await process_batch(self.stage, batch, wait=self._wait_for_store, turn=self._turn)
        await self._memories.check()  # a decision on a store that was emptied meanwhile counts for nothing
        return handled

    async def _turn(self) -> None:
        self.progress.wait()
        await self._turns.wait(self._rank)
        self._go_on()

    def _go_on(self) -> None:
        self.progress.go_on()
        self._health.beat()  # a hundred records can take longer than the watchdog waits for one

    async def _decide_carefully(self, received: Received) -> Handled:
        self._go_on()
        tried = await self._attempts.count(received)
        handled = await process(self.stage, received, tried)
        if handled.rejection is None:
            await self._attempts.survived(received)
        return handled

    async def _patiently(self, act: Callable[[], Awaitable[T]]) -> T:
        """Do something that needs the store, and the topics where the store was lost, as often as it takes."""
        patience = Patience()
        while True:
            self.progress.go_on()
            try:
                result = await act()
            except StoreLostError as error:
                log.warning("%s: the store is not the one it was", self.stage.name)
                self._health.down(STORE, error, self.stage.name)
            except KafkaError as error:  # the store was to be filled, or an alert to be looked for
                log.warning("%s waits for the broker: %s", self.stage.name, error)
                self._health.down(BROKER, error, self.stage.name)
            except Exception as error:
                if not is_store_down(error):
                    raise
                self._health.down(STORE, error, self.stage.name)
            else:
                for dependency in (STORE, BROKER):
                    self._health.up(dependency, self.stage.name)
                return result
            self.progress.wait()
            await patience.wait()

    async def _wait_for_store(self, error: Exception) -> None:
        log.warning("%s waits for the store: %s", self.stage.name, error)
        self._health.down(STORE, error, self.stage.name)
        self.progress.wait()
        await asyncio.sleep(SHORTEST * 5)

    async def _quarantine_unsendable(self, each: Handled) -> None:
        error = "what follows from the record is larger than the broker takes"
        rejection = reject(self.stage.name, each.received, Reason.UNSENDABLE, error, 1)
        if await self._publisher.publish([Sending.of(rejection)]):
            await self._publisher.publish([Sending.of(rejection.model_copy(update={"record_value": ""}))])
        self._metrics.quarantined.labels(self.stage.name, Reason.UNSENDABLE).inc()

    def _observe(self, handled: Sequence[Handled], refused: set[int]) -> None:
        now = time.time()
        name = self.stage.name
        for each in handled:
            self._metrics.decided.labels(name).inc()
            self._metrics.stage_seconds.labels(name).observe(each.seconds)
            for one in each.sending:
                if id(one) not in refused:
                    self._metrics.count(one.record, now)
            if each.rejection is not None:
                self._metrics.quarantined.labels(name, each.rejection.reason).inc()
            elif name == "trigger_alerts":
                for passed in each.outcome.passed:
                    if not passed.taken:
                        self._metrics.silence(passed.reason)


def end_the_process(error: BaseException) -> NoReturn:
    """The one real fail-stop: no `finally`, no commit. A supervisor starts the worker again."""
    log.critical("an unknown error ends the process: %r", error, exc_info=error)
    logging.shutdown()
    os._exit(CRASHED)


def add_agent(
    app: faust.App, runner: Runner, settings: Settings, end: Callable[[BaseException], Any] = end_the_process
) -> None:
    """Register the runner's stage as a Faust agent that reads the stage's topics as bytes."""
    stage = runner.stage
    short_names = {settings.topic(name): name for name in stage.topics}

    async def agent(stream: Any) -> AsyncIterator[None]:
        try:
            async with aclosing(_batches(stream, settings)) as batches:
                async for events in batches:
                    runner.progress.begin()
                    await runner.run([_received(event.message, short_names) for event in events])
                    for event in events:
                        await stream.ack(event)
                    runner.progress.end()
                    yield
        except asyncio.CancelledError as error:
            if was_asked_to_end():
                raise
            end(error)  # a client has let it escape; Faust would go on behind these records, and commit the others
        except Exception as error:
            end(error)
        finally:
            runner.progress.leave()

    agent.__name__ = agent.__qualname__ = stage.name
    source = app.topic(*short_names, key_type=bytes, value_type=bytes, value_serializer="raw", key_serializer="raw")
    app.agent(source, name=stage.name, concurrency=1)(agent)


async def _batches(stream: Any, settings: Settings) -> AsyncGenerator[list[Any], None]:
    """The events that have come, unacknowledged. Faust's own `noack_take` looks for them a hundred times a second."""
    stream.enable_acks = False
    come: asyncio.Queue[Any] = asyncio.Queue(settings.batch)

    async def take() -> None:
        try:
            async for event in stream.events():
                await come.put(event)
        finally:  # the stream has ended, and what is left in the queue is for the next worker
            if come.full():
                come.get_nowait()
            come.put_nowait(None)

    taking = stream.add_future(take())
    try:
        while True:
            batch = [await come.get()]
            if come.empty():
                await asyncio.sleep(settings.within)
            while not come.empty() and len(batch) < settings.batch:
                batch.append(come.get_nowait())
            if None in batch:
                return
            yield batch
    finally:
        taking.cancel()  # whoever reads the stream after us is to get all that comes


def _received(message: Any, short_names: dict[str, str]) -> Received:
    return Received(
        topic=short_names[message.topic],
        partition=message.partition,
        offset=message.offset,
        key=message.key,
        value=message.value,
        headers=tuple(dict(message.headers or {}).items()),
        timestamp=message.timestamp or 0.0,
    )
