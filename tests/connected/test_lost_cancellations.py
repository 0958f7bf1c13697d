"""A client of the broker lets the cancellation of a task of its own escape: nobody takes it for an order to end."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from streams import read_model
from streams.history import history
from streams.runner import CRASHED
from streams.settings import Settings
from streams.tasks import end_tasks
from tests import fakes
from tests.connected.test_engine_flow import send
from tests.connected.test_engine_workers import worker

pytestmark = pytest.mark.connected


def fetches_fail(monkeypatch: pytest.MonkeyPatch) -> list[AIOKafkaConsumer]:
    """The consumers that are stopped amid what a fetcher does after a fetch that failed: it sleeps."""
    stopped: list[AIOKafkaConsumer] = []
    stop = AIOKafkaConsumer.stop

    async def stop_while_it_sleeps(self: AIOKafkaConsumer) -> None:
        self._fetcher._pending_tasks.add(asyncio.create_task(asyncio.sleep(3600)))
        await asyncio.sleep(0)
        stopped.append(self)
        await stop(self)

    monkeypatch.setattr(AIOKafkaConsumer, "stop", stop_while_it_sleeps)
    return stopped


async def test_a_consumer_that_is_stopped_after_a_failed_fetch_cancels_nobody_and_is_closed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, fakes.raw("a"))
    stopped = fetches_fail(monkeypatch)
    found = [json.loads(one.value or b"")["article_id"] async for one in history(settings, "articles.raw")]
    assert found == ["a"]
    (consumer,) = stopped
    assert consumer._client._conns == {} or all(not each.connected() for each in consumer._client._conns.values())
    assert all(task.done() for task in consumer._fetcher._pending_tasks)


async def test_a_page_whose_consumer_is_stopped_so_is_ended_by_nothing_but_us(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, fakes.raw("a"))
    stopped = fetches_fail(monkeypatch)
    reads = 0

    async def fail(*_: object) -> None:
        nonlocal reads
        reads += 1
        raise KafkaError("on purpose")

    monkeypatch.setattr(read_model, "_read", fail)
    model = read_model.build_model(fakes.lexicon().watchlist, settings)
    reading = asyncio.create_task(read_model.keep_reading(model, settings))
    async with asyncio.timeout(60):
        while reads < 2:
            assert not reading.done()
            await asyncio.sleep(0.1)
    assert stopped
    await end_tasks([reading])


async def test_our_own_cancellation_still_ends_a_reading(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await send(settings, fakes.raw("a"))
    fetches_fail(monkeypatch)

    async def read_for_ever() -> None:
        async for _ in history(settings, "articles.raw"):
            await asyncio.Event().wait()

    reading = asyncio.create_task(read_for_ever())
    await asyncio.sleep(1)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


@pytest.mark.parametrize("how", ["cancelled", "raised"])
async def test_a_store_that_cannot_be_filled_for_a_reason_nobody_knows_ends_the_process(
    settings: Settings, how: str
) -> None:
    async with worker(settings, FILL=how) as one:
        assert await one.end() == CRASHED
