"""Deliveries over a real broker and store: restarts, slow and broken endpoints, and what the page reads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from redis.asyncio import Redis

from schemas import Alert, Record, Talk, Watchlist
from streams.delivery import Patience
from streams.read_model import build_model, keep_reading
from streams.records import UNDELIVERED, encode, headers_of, topic_of
from streams.settings import Settings
from streams.stores import connect_store
from streams.subscribers import Subscribers, delivering
from streams.topics import declare, kafka_options

pytestmark = pytest.mark.connected
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def alert(number: int, **fields: Any) -> Alert:
    return Alert(
        **{
            "alert_id": f"alert-{number}",
            "kind": "escalation",
            "severity": "warning",
            "reason": "act",
            "summary": {"en": "x", "ar": "س"},
            "article_ids": (),
            **fields,
        }
    )


class Receiver:
    """Endpoints that keep what they get. A path that is in `away` answers 503, one in `broken` 400, `slow` waits."""

    def __init__(self) -> None:
        self.away: set[str] = set()
        self.broken: set[str] = set()
        self.had: dict[str, list[str]] = {}
        self.slow = asyncio.Event()
        application = web.Application()
        application.router.add_post("/{name}", self.answer)
        self.server = TestServer(application)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name == "slow":
            await self.slow.wait()
        if name in self.away:
            return web.Response(status=503)
        message = await request.json()
        if name in self.broken and message["data"]["alert_id"] == "alert-1":
            return web.Response(status=400)
        self.had.setdefault(name, []).append(request.headers["webhook-id"])
        return web.Response(status=204)

    async def until(self, name: str, number: int) -> list[str]:
        for _ in range(600):
            if len(self.had.get(name, [])) >= number:
                return self.had[name]
            await asyncio.sleep(0.05)
        raise AssertionError(f"{name} has had {self.had.get(name)}")


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.server.start_server()
    yield receiver
    receiver.slow.set()
    await receiver.server.close()


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    redis = connect_store(settings)
    yield redis
    await redis.aclose()


def subscribers(receiver: Receiver, *names: str) -> Subscribers:
    rows = [{"name": name, "url": str(receiver.server.make_url(f"/{name}")), "secret": SECRET} for name in names]
    return Subscribers.model_validate({"webhooks": rows})


async def send(settings: Settings, records: Sequence[Record]) -> None:
    async with producing(settings) as producer:
        for record in records:
            key = str(record.key).encode()  # type: ignore[attr-defined]
            topic = settings.topic(topic_of(record))
            await producer.send_and_wait(topic, encode(record), key=key, headers=list(headers_of(record)))


@asynccontextmanager
async def producing(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def brief(_: float) -> None:
    await asyncio.sleep(0.05)


async def test_a_slow_or_broken_endpoint_holds_up_nobody_else(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    receiver.away.add("away")
    receiver.broken.add("broken")
    await send(settings, [alert(number) for number in range(20)])
    names = ("desk", "slow", "away", "broken")
    async with delivering(subscribers(receiver, *names), settings, redis, patience=Patience(pause=brief)):
        everything = {f"alert-{number}#0" for number in range(20)}
        assert set(await receiver.until("desk", 20)) == everything
        assert set(await receiver.until("broken", 19)) == everything - {"alert-1#0"}
        assert "away" not in receiver.had
        receiver.away.clear()
        assert set(await receiver.until("away", 20)) == everything
        receiver.slow.set()
        assert set(await receiver.until("slow", 20)) == everything
    (undelivered,) = await read(settings, UNDELIVERED)
    headers = dict(undelivered.headers)
    assert headers["rasid-endpoint"] == b"webhook.broken"
    assert headers["rasid-error"] == b"refused: answered 400"
    assert headers["ce_type"] == b"rasid.alert.escalation"
    assert json.loads(undelivered.value)["alert_id"] == "alert-1"


async def test_a_restart_delivers_what_came_meanwhile_and_nothing_twice(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    for round_ in range(3):
        await send(settings, [alert(10 * round_ + number) for number in range(10)])
        async with delivering(subscribers(receiver, "desk"), settings, redis):
            await receiver.until("desk", 10 * (round_ + 1))
    had = receiver.had["desk"]
    assert len(had) == len(set(had)) == 30


async def test_an_offset_that_was_never_committed_sends_nothing_twice(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    """The same records under another group, with the same ledger, as after a lost commit."""
    await declare(settings)
    await send(settings, [alert(number) for number in range(5)])
    async with delivering(subscribers(receiver, "desk"), settings, redis):
        await receiver.until("desk", 5)
    other = settings.model_copy(update={"group": settings.group + "x"})
    async with delivering(subscribers(receiver, "desk"), other, redis):
        await send(settings, [alert(5)])
        await receiver.until("desk", 6)
    had = receiver.had["desk"]
    assert sorted(had) == [f"alert-{number}#0" for number in range(6)]


async def test_two_workers_share_an_endpoint_without_doubles(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    rows = subscribers(receiver, "desk")
    async with delivering(rows, settings, redis), delivering(rows, settings, redis):
        await send(settings, [alert(number) for number in range(30)])
        await receiver.until("desk", 30)
    had = receiver.had["desk"]
    assert sorted(had) == sorted(f"alert-{number}#0" for number in range(30))


async def test_the_page_reads_what_is_there_and_what_comes(settings: Settings) -> None:
    await declare(settings)
    text = (Path(__file__).parents[2] / "seeds" / "watchlist.yaml").read_text("utf-8")
    model = build_model(Watchlist.model_validate(yaml.safe_load(text)), settings)
    await send(settings, [alert(0), alert(0, revision=1), Talk(talk_id="osce-2022-01", status="held")])
    reading = asyncio.create_task(keep_reading(model, settings))
    await until(lambda: model.ready)
    assert [found.revision for found in model.alerts()] == [1]
    held = model.talk("osce-2022-01")
    assert held is not None
    assert held.status == "held"
    await send(settings, [alert(1)])
    await until(lambda: len(list(model.alerts())) == 2)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


async def until(holds: Any) -> None:
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


async def read(settings: Settings, topic: str) -> list[Any]:
    consumer = AIOKafkaConsumer(settings.topic(topic), auto_offset_reset="earliest", **kafka_options(settings))
    await consumer.start()
    try:
        for _ in range(20):
            batches = await consumer.getmany(timeout_ms=500)
            if batches:
                return [record for batch in batches.values() for record in batch]
    finally:
        await consumer.stop()
    return []
