"""The ways in which Faust loses messages when it is used as its manual says; each must cost us nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from agents.stage import Outcome
from streams.ends import LogEnds
from streams.settings import Settings
from streams.worker import Worker, lag_of
from tests import fakes
from tests.connected.test_engine_flow import read, send, working

pytestmark = pytest.mark.connected


def names(count: int) -> list[str]:
    return [f"a{number}" for number in range(count)]


def article_ids(alerts: list[Any]) -> set[str]:
    return {alert.article_ids[0] for alert in alerts}


async def no_lag(worker: Worker) -> None:
    """Until everything is committed."""
    assert worker._app is not None
    async with asyncio.timeout(20):
        while not (lag := lag_of(worker._app)) or any(lag.values()):  # noqa: ASYNC110 - Faust tells nobody
            await asyncio.sleep(0.1)


async def test_an_exception_within_a_batch_skips_nothing_and_the_agent_lives_on(settings: Settings) -> None:
    async def tag(article: Any) -> Outcome:
        if article.article_id in {"a10", "a11", "a12", "a13", "a14"}:
            raise RuntimeError("on purpose")
        return await fakes.tag(article)

    async with working(settings, tag_signals=tag) as worker:
        await send(settings, *map(fakes.raw, names(30)))
        alerts = await read(settings, "alerts", 25)
        rejections = await read(settings, "quarantine", 5)
        await no_lag(worker)
        await send(settings, fakes.raw("after"))
        await read(settings, "alerts", 26)
    assert article_ids(alerts) == set(names(30)) - {f"a{number}" for number in range(10, 15)}
    assert len(rejections) == 5


async def test_a_produce_that_the_broker_refuses_is_sent_again_before_anything_is_committed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[bytes] = []
    original = AIOKafkaProducer.send

    async def flaky(self: AIOKafkaProducer, topic: str, value: bytes | None = None, **more: Any) -> Any:
        if topic == settings.topic("signals") and len(refused) < 10:
            refused.append(more["key"])
            future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            future.set_exception(KafkaTimeoutError())
            return future
        return await original(self, topic, value, **more)

    monkeypatch.setattr(AIOKafkaProducer, "send", flaky)
    async with working(settings) as worker:
        await send(settings, *map(fakes.raw, names(100)))
        alerts = await read(settings, "alerts", 100)
        await no_lag(worker)
    assert len(refused) == 10
    assert article_ids(alerts) == set(names(100))


async def test_while_the_broker_refuses_nothing_is_committed_and_readiness_tells(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = AIOKafkaProducer.send
    away = True

    async def send_or_fail(self: AIOKafkaProducer, topic: str, value: bytes | None = None, **more: Any) -> Any:
        if away and topic == settings.topic("signals"):
            raise KafkaError("refused on purpose")
        return await original(self, topic, value, **more)

    monkeypatch.setattr(AIOKafkaProducer, "send", send_or_fail)
    async with working(settings) as worker:
        await send(settings, *map(fakes.raw, names(5)))
        async with asyncio.timeout(20):
            while not worker.health.waits:  # noqa: ASYNC110 - it is read from a thread elsewhere, so it is no event
                await asyncio.sleep(0.05)
        await asyncio.sleep(2 * settings.timing.commit)
        assert worker._app is not None
        waiting = lag_of(worker._app)
        assert sum(waiting[settings.topic("articles.accepted"), each] for each in range(settings.partitions)) == 5
        assert "refused on purpose" in " ".join(worker.health.troubles())
        away = False
        await read(settings, "alerts", 5)
        await no_lag(worker)
        assert worker.health.troubles() == []


@pytest.mark.parametrize("servers", ["kafka"], indirect=True)  # Tansu has no right answer to where a log ends
async def test_what_comes_while_a_slow_stage_is_busy_counts_as_waiting(settings: Settings) -> None:
    """Faust fetches nothing more while its buffers are full, so fetches do not tell of what has come since."""
    go_on = asyncio.Event()
    ends = LogEnds(settings)

    async def accept(article: Any) -> Outcome:
        await go_on.wait()
        return await fakes.accept(article)

    async with working(settings, deduplicate=accept) as worker:
        app: Any = worker._app
        mine = [each for each in app.consumer.assignment() if each.topic == settings.topic("articles.raw")]
        try:
            for count in (400, 800, 1200):  # the last ones are more than the buffers hold
                await send(settings, *(fakes.raw(f"a{number}", "نص " * 2000) for number in range(count - 400, count)))
                await asyncio.sleep(0.5)
            lag = lag_of(app, await ends.ask(mine))
            assert sum(lag[each] for each in mine) == 1200
        finally:
            go_on.set()
            await ends.stop()


async def test_the_ends_of_logs_are_unknown_where_no_broker_answers(settings: Settings) -> None:
    ends = LogEnds(settings.model_copy(update={"brokers": "127.0.0.1:1"}))
    assert await ends.ask([TopicPartition(settings.topic("articles.raw"), 0)]) == {}
    await ends.stop()


async def test_records_of_one_key_stay_in_order_through_every_stage(settings: Settings) -> None:
    async with working(settings) as worker:
        await send(settings, *(fakes.raw("same", f"نص {number}") for number in range(50)))
        decisions = [one for one in await read(settings, "decisions", 250) if one.stage == "deduplicate"]  # type: ignore[attr-defined]
        accepted = [one.body for one in await read(settings, "articles.accepted", 50)]  # type: ignore[attr-defined]
        await no_lag(worker)
    assert len(decisions) == 50
    assert accepted == [f"نص {number}" for number in range(50)]
