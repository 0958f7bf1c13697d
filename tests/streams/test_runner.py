"""Between taking a batch and acknowledging it: nothing is acknowledged before all is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from faust.exceptions import ProducerSendError
from prometheus_client import CollectorRegistry

from agents.stage import Memory, Outcome
from schemas import Passed
from streams import runner as module
from streams.health import Health
from streams.metrics import Metrics
from streams.process import Sending
from streams.records import Reason
from streams.runner import ConfirmedPublisher, Runner
from streams.settings import Settings
from streams.stores import MemoryJournal, StoreLostError
from tests import fakes
from tests.fakes import CountedAttempts, FaultyStore, KeptPublisher, bound, received


@pytest.fixture
def health() -> Health:
    return Health(Metrics(CollectorRegistry(), stages=fakes.STAGES, parties=("russia",)))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHORTEST", 0.001)
    monkeypatch.setattr(module, "LONGEST", 0.002)


def value(health: Health, name: str, **labels: str) -> float:
    found = health.metrics.registry.get_sample_value(name, labels)
    assert found is not None, name
    return found


def run_with(health: Health, **parts: Any) -> Runner:
    return Runner(
        parts.get("stage", bound()),
        parts.get("memories", FaultyStore()),
        parts.get("attempts", CountedAttempts()),
        parts.get("publisher", KeptPublisher()),
        health,
    )


async def test_a_batch_is_done_only_when_the_broker_has_confirmed_all_that_follows(health: Health) -> None:
    publisher = KeptPublisher()
    publisher.gate.clear()
    task = asyncio.create_task(run_with(health, publisher=publisher).run([received(fakes.raw("a"))]))
    await asyncio.sleep(0.05)
    assert not task.done()
    publisher.gate.set()
    await task
    assert [record.article_id for record in publisher.on("articles.accepted")] == ["a"]


async def test_nothing_is_counted_before_it_is_confirmed(health: Health) -> None:
    publisher = KeptPublisher()
    publisher.gate.clear()
    task = asyncio.create_task(run_with(health, publisher=publisher).run([received(fakes.raw("a"))]))
    await asyncio.sleep(0.02)
    assert value(health, "rasid_articles_total", verdict="unique") == 0
    publisher.gate.set()
    await task
    assert value(health, "rasid_articles_total", verdict="unique") == 1


async def test_a_store_that_is_away_is_waited_for_and_readiness_tells(health: Health) -> None:
    health.assigned = health.rebuilt = True
    memories = FaultyStore(on_recover=[fakes.STORE_DOWN] * 3)
    publisher = KeptPublisher()
    troubles: list[list[str]] = []
    recover = memories.recover

    async def watched() -> bool:
        troubles.append(health.troubles())
        return await recover()

    memories.recover = watched  # type: ignore[method-assign]
    await run_with(health, memories=memories, publisher=publisher).run([received(fakes.raw("a"))])
    assert troubles[0] == []
    assert "nobody there" in troubles[1][0]
    assert health.troubles() == []
    assert value(health, "rasid_store_up") == 1
    assert len(publisher.on("articles.accepted")) == 1


async def test_what_was_decided_on_a_store_that_was_emptied_meanwhile_is_decided_again(health: Health) -> None:
    decide = fakes.failing(0, ValueError())
    publisher = KeptPublisher()
    memories = FaultyStore(on_check=[StoreLostError()])
    runner = run_with(health, stage=bound(decide), memories=memories, publisher=publisher)
    await runner.run([received(fakes.raw("a"))])
    assert decide.calls == 2
    assert len(publisher.on("articles.accepted")) == 1


async def test_after_a_rebuild_what_was_remembered_is_forgotten(health: Health) -> None:
    journal: MemoryJournal[Any] = MemoryJournal()
    memory: Memory[list[Any], Any] = Memory(journal, list, list.append)
    await journal.append(0, "key", [fakes.statement("statement-1")])
    assert len(await memory.catch_up()) == 1
    stage = bound(memories=(memory,))
    await run_with(health, stage=stage, memories=FaultyStore(on_recover=[True])).run([received(fakes.raw("a"))])
    assert memory._state == []


async def test_a_record_that_has_ended_the_process_three_times_is_quarantined_undecided(health: Health) -> None:
    decided: list[str] = []

    async def decide(record: Any) -> Outcome:
        decided.append(record.article_id)
        return await fakes.accept(record)

    publisher = KeptPublisher()
    attempts = CountedAttempts({1: 3})
    runner = run_with(health, stage=bound(decide), publisher=publisher, attempts=attempts)
    await runner.run([received(fakes.raw(name), offset) for offset, name in enumerate("abc")])
    assert decided == ["a", "c"]
    (rejection,) = publisher.on("quarantine")
    assert (rejection.reason, rejection.offset, rejection.attempts) == ("crashed", 1, 3)


async def test_the_neighbours_of_a_killer_survive_and_are_not_counted(health: Health) -> None:
    attempts = CountedAttempts({1: 1})
    await run_with(health, attempts=attempts).run([received(fakes.raw(name), at) for at, name in enumerate("abc")])
    assert attempts.marked == {}


async def test_what_the_broker_will_never_take_is_quarantined_and_the_rest_is_sent(health: Health) -> None:
    publisher = KeptPublisher(refuses=lambda one: one.topic == "articles.accepted" and one.key == b"big")
    await run_with(health, publisher=publisher).run([received(fakes.raw("big")), received(fakes.raw("a"), 1)])
    (rejection,) = publisher.on("quarantine")
    assert (rejection.reason, rejection.offset) == (Reason.UNSENDABLE, 0)
    assert value(health, "rasid_quarantined_total", stage="deduplicate", reason="unsendable") == 1
    assert value(health, "rasid_articles_total", verdict="unique") == 1


async def test_silences_are_counted_by_reason_and_unknown_reasons_as_other(health: Health) -> None:
    async def decide(_: Any) -> Outcome:
        return Outcome(passed=(Passed(taken=False, reason="repeat"), Passed(taken=False, reason="http://invented")))

    await run_with(health, stage=bound(decide, name="trigger_alerts")).run([received(fakes.raw("a"))])
    assert value(health, "rasid_suppressed_total", reason="repeat") == 1
    assert value(health, "rasid_suppressed_total", reason="other") == 1


class Producer:
    """A producer whose confirmations fail as it is told, in the order of sending."""

    def __init__(self, *results: Exception | None) -> None:
        self.results = list(results)
        self.confirmed: list[bytes] = []

    async def send(self, topic: str, key: bytes, *_: Any) -> asyncio.Future[None]:
        error = self.results.pop(0) if self.results else None
        if isinstance(error, MessageSizeTooLargeError):
            raise ProducerSendError("too large") from error
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if error is None:
            self.confirmed.append(key)
            future.set_result(None)
        else:
            future.set_exception(error)
        return future


def publisher_over(producer: Producer, health: Health) -> ConfirmedPublisher:
    class App:
        pass

    app: Any = App()
    app.producer = producer
    return ConfirmedPublisher(app, Settings(_env_file=None), health)  # type: ignore[call-arg]


def sendings(*names: str) -> list[Sending]:
    return [Sending.of(fakes.statement(name, party=name)) for name in names]


async def test_a_produce_that_fails_is_tried_again_until_it_is_confirmed(health: Health) -> None:
    away = KafkaConnectionError("away")
    producer = Producer(None, away, None, away)
    assert await publisher_over(producer, health).publish(sendings("a", "b", "c")) == []
    assert producer.confirmed == [b"a", b"c", b"b"]
    assert not health.waits


async def test_a_record_that_is_too_large_is_not_tried_for_ever(health: Health) -> None:
    producer = Producer(MessageSizeTooLargeError("too large"), None)
    sending = sendings("a", "b")
    assert await publisher_over(producer, health).publish(sending) == sending[:1]
    assert producer.confirmed == [b"b"]


async def test_a_broker_that_is_away_while_the_store_is_to_be_filled_is_waited_for(health: Health) -> None:
    publisher = KeptPublisher()
    memories = FaultyStore(on_recover=[KafkaConnectionError("nobody there"), True])
    await run_with(health, memories=memories, publisher=publisher).run([received(fakes.raw("a"))])
    assert [record.article_id for record in publisher.on("articles.accepted")] == ["a"]


async def test_a_store_that_was_lost_while_sending_makes_the_batch_be_decided_on_again(health: Health) -> None:
    publisher = KeptPublisher()
    memories = FaultyStore(on_check=[None, StoreLostError(), None, None])
    await run_with(health, memories=memories, publisher=publisher).run([received(fakes.raw("a"))])
    assert [record.article_id for record in publisher.on("articles.accepted")] == ["a", "a"]


async def test_each_record_of_a_batch_is_progress(health: Health) -> None:
    found: list[float] = []

    async def decide(record: Any) -> Outcome:
        found.append(health.progress)
        health.progress = 0.0
        return await fakes.accept(record)

    await run_with(health, stage=bound(decide)).run([received(fakes.raw(name), at) for at, name in enumerate("abc")])
    assert len(found) == 3
    assert all(found)


async def test_a_store_that_is_emptied_before_alerts_are_reserved_in_it_has_the_batch_decided_again(
    health: Health,
) -> None:
    class Ledger:
        lost = True

        async def begin(self, sending: Sequence[Sending]) -> set[int]:
            if self.lost:
                self.lost = False
                raise StoreLostError
            return set()

        async def done(self, sending: Sequence[Sending]) -> None: ...

    decide, publisher = fakes.failing(0, ValueError()), KeptPublisher()
    runner = Runner(bound(decide), FaultyStore(), CountedAttempts(), publisher, health, once=Ledger())
    await runner.run([received(fakes.raw("a"))])
    assert decide.calls == 2
    assert len(publisher.on("articles.accepted")) == 1


async def test_what_was_sent_before_is_neither_sent_nor_counted_again(health: Health) -> None:
    class Ledger:
        sent: list[Sending] = []

        async def begin(self, sending: Sequence[Sending]) -> set[int]:
            return {id(one) for one in sending if one.topic == "articles.accepted"}

        async def done(self, sending: Sequence[Sending]) -> None:
            self.sent += sending

    publisher, ledger = KeptPublisher(), Ledger()
    runner = Runner(bound(), FaultyStore(), CountedAttempts(), publisher, health, once=ledger)
    await runner.run([received(fakes.raw("a"))])
    assert publisher.on("articles.accepted") == []
    assert [decision.sent_before for decision in publisher.on("decisions")] == [("articles.accepted:a",)]  # type: ignore[attr-defined]
    assert {one.topic for one in ledger.sent} == {"articles.accepted", "decisions"}
    assert value(health, "rasid_articles_total", verdict="unique") == 0


class Stream:
    """As much of a Faust stream as batches are taken from."""

    def __init__(self) -> None:
        self.enable_acks = True
        self.come: asyncio.Queue[int | None] = asyncio.Queue()
        self.taking: asyncio.Task[None] | None = None

    async def events(self) -> AsyncIterator[int]:
        while (event := await self.come.get()) is not None:
            yield event

    def add_future(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.taking = asyncio.create_task(coroutine)
        return self.taking


async def test_a_batch_is_what_has_come_in_order_and_never_more_than_was_set() -> None:
    stream = Stream()
    batches = module._batches(stream, Settings(_env_file=None, batch=3))  # type: ignore[call-arg]
    for number in range(5):
        stream.come.put_nowait(number)
    found = [await anext(batches)]
    assert stream.enable_acks is False
    while sum(map(len, found)) < 5:
        found.append(await anext(batches))
    assert [event for batch in found for event in batch] == [0, 1, 2, 3, 4]
    assert max(map(len, found)) <= 3


async def test_batches_end_with_the_stream() -> None:
    stream = Stream()
    batches = module._batches(stream, Settings(_env_file=None, batch=2))  # type: ignore[call-arg]
    stream.come.put_nowait(0)
    assert await anext(batches) == [0]
    for event in (1, 2, 3, None):
        stream.come.put_nowait(event)
    async with asyncio.timeout(5):
        left = [event async for batch in batches for event in batch]
    assert left == [1, 2, 3][: len(left)]  # what came with the end is left to the next worker
    assert stream.taking is not None
    assert stream.taking.done()


async def test_whoever_reads_no_further_takes_nothing_away_from_the_next_one() -> None:
    stream = Stream()
    batches = module._batches(stream, Settings(_env_file=None))  # type: ignore[call-arg]
    stream.come.put_nowait(0)
    assert await anext(batches) == [0]
    await batches.aclose()
    stream.come.put_nowait(1)
    await asyncio.sleep(0)
    assert stream.come.qsize() == 1
    assert stream.taking is not None
    assert stream.taking.done()
