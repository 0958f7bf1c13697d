"""Deliveries over a real broker and store: restarts, slow and broken endpoints, and what the page reads."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from schemas import Alert, Record, Talk, Watchlist
from streams.delivered import Claim, RedisLedger
from streams.metrics import Metrics
from streams.read_model import build_model, keep_reading
from streams.records import UNDELIVERED, encode, headers_of, topic_of
from streams.settings import Settings
from streams.stores import connect_store
from streams.subscribers import Subscribers, delivering
from streams.topics import declare, kafka_options
from streams.waiting import Patience

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
    """Endpoints that keep what they get.

    A path that is in `away` answers 503, one in `gone` 410, one in `broken` 400 to one alert, one in `poisoned` 500.
    `slow` waits before it takes an alert, `late` before it says that it has.
    """

    def __init__(self) -> None:
        self.away: set[str] = set()
        self.broken: set[str] = set()
        self.poisoned: set[str] = set()
        self.gone: set[str] = set()
        self.asked = 0
        self.had: dict[str, list[str]] = {}
        self.slow = asyncio.Event()
        application = web.Application()
        application.router.add_post("/{name}", self.answer)
        self.server = TestServer(application)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        message = await request.json()
        self.asked += 1
        if name == "slow":
            await self.slow.wait()
        if name in self.gone:
            return web.Response(status=410)
        if name in self.away:
            return web.Response(status=503)
        if message["data"]["alert_id"] == "alert-1" and name in self.broken | self.poisoned:
            return web.Response(status=400 if name in self.broken else 500)
        self.had.setdefault(name, []).append(request.headers["webhook-id"])
        if name == "late":
            await self.slow.wait()
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


def subscribers(receiver: Receiver, *names: str, timeout: float = 10) -> Subscribers:
    rows = [
        {"name": name, "url": str(receiver.server.make_url(f"/{name}")), "secret": SECRET, "timeout": timeout}
        for name in names
    ]
    return Subscribers.model_validate({"webhooks": rows})


async def send(settings: Settings, records: Sequence[Record], at: float | None = None) -> None:
    """`at`: seconds since the epoch, now if not given."""
    timestamp = None if at is None else int(at * 1000)
    async with producing(settings) as producer:
        for record in records:
            key = str(record.key).encode()  # type: ignore[attr-defined]
            topic = settings.topic(topic_of(record))
            headers = list(headers_of(record))
            await producer.send_and_wait(topic, encode(record), key=key, headers=headers, timestamp_ms=timestamp)


@asynccontextmanager
async def producing(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


BRIEF = Patience(first_pause=0.05, longest_pause=0.2)


async def test_a_slow_or_broken_endpoint_holds_up_nobody_else(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    receiver.away.add("away")
    receiver.broken.add("broken")
    await send(settings, [alert(number) for number in range(20)])
    names = ("desk", "slow", "away", "broken")
    async with delivering(subscribers(receiver, *names), settings, redis, patience=BRIEF):
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


async def test_partitions_that_change_hands_while_an_endpoint_is_away_bring_no_doubles(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    """One worker retries, three join it, the endpoint comes back."""
    await declare(settings)
    rows = subscribers(receiver, "desk")
    receiver.away.add("desk")
    await send(settings, [alert(number) for number in range(8)])
    async with delivering(rows, settings, redis, patience=BRIEF):
        await until(lambda: receiver.asked > 3)
        async with AsyncExitStack() as stack:
            for _ in range(3):
                await stack.enter_async_context(delivering(rows, settings, redis, patience=BRIEF))
            asked = receiver.asked
            await until(lambda: receiver.asked > asked + 20)
            receiver.away.clear()
            await receiver.until("desk", 8)
            await send(settings, [alert(number) for number in range(8, 16)])
            await receiver.until("desk", 16)
    assert sorted(receiver.had["desk"]) == sorted(f"alert-{number}#0" for number in range(16))


async def test_workers_that_all_take_an_alert_for_theirs_send_it_once(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    """Several groups with one ledger: at their worst moment, workers of one group are like that."""
    await declare(settings)
    rows = subscribers(receiver, "slow")
    await send(settings, [alert(number) for number in range(8)])
    async with AsyncExitStack() as stack:
        for number in range(4):
            group = settings.model_copy(update={"group": f"{settings.group}{number}"})
            await stack.enter_async_context(delivering(rows, group, redis, patience=BRIEF))
        await until(lambda: receiver.asked >= 4)  # each waits for an answer
        receiver.away.add("slow")
        receiver.slow.set()
        await until(lambda: receiver.asked > 40)
        receiver.away.clear()
        await receiver.until("slow", 8)
        await send(settings, [alert(8)])
        await receiver.until("slow", 9)
    assert sorted(receiver.had["slow"]) == [f"alert-{number}#0" for number in range(9)]


async def test_who_is_asked_to_stop_while_he_sends_lets_it_end(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    rows = subscribers(receiver, "late")
    await send(settings, [alert(0)])
    async with delivering(rows, settings, redis):
        await receiver.until("late", 1)
        asyncio.get_running_loop().call_later(0.5, receiver.slow.set)
    async with delivering(rows, settings, redis):
        await send(settings, [alert(1)])
        await receiver.until("late", 2)
    assert receiver.had["late"] == ["alert-0#0", "alert-1#0"]


async def test_what_somebody_claimed_who_died_is_taken_over_and_what_is_sent_is_left_alone(
    settings: Settings, redis: Redis
) -> None:
    first, second = (RedisLedger(redis, settings.key_prefix, now=lambda: clock) for _ in range(2))
    clock = 0.0
    assert await first.claim("desk", "a", 30) is Claim.OURS
    assert await second.claim("desk", "a", 30) is Claim.HELD
    assert await second.claim("wall", "a", 30) is Claim.OURS  # another endpoint is another matter
    clock = 29
    assert await second.claim("desk", "a", 30) is Claim.HELD
    await first.release("desk", "a")
    assert await first.claim("desk", "a", 30) is Claim.OURS
    clock = 31
    assert await second.claim("desk", "a", 30) is Claim.HELD  # it is another claim than the one that was seen
    clock = 62
    assert await second.claim("desk", "a", 30) is Claim.OURS
    await first.release("desk", "a")  # what is no longer his he cannot let go
    assert await first.claim("desk", "a", 30) is Claim.HELD
    await second.mark("desk", "a")
    assert await first.claim("desk", "a", 30) is Claim.DONE
    assert await second.claim("desk", "a", 30) is Claim.DONE


class Cut:
    """The store behind a connection that is cut for so many commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.times = 0

    async def eval(self, *arguments: Any) -> Any:
        if self.times:
            self.times -= 1
            raise ConnectionError("cut")
        return await self._redis.eval(*arguments)


async def test_who_could_not_mark_what_he_sent_because_the_store_was_away_is_not_taken_for_dead(
    settings: Settings, redis: Redis
) -> None:
    clock, cut = 0.0, Cut(redis)

    async def pause(seconds: float) -> None:
        nonlocal clock
        clock += seconds

    first = RedisLedger(redis, settings.key_prefix)
    second = RedisLedger(cast(Redis, cut), settings.key_prefix, pause=pause, now=lambda: clock)
    assert await first.claim("desk", "a", 30) is Claim.OURS
    assert await second.claim("desk", "a", 30) is Claim.HELD
    cut.times = 100
    assert await second.claim("desk", "a", 30) is Claim.HELD
    assert clock == 100
    await first.mark("desk", "a")
    assert await second.claim("desk", "a", 30) is Claim.DONE


async def test_a_claim_that_we_did_not_let_go_is_ours(settings: Settings, redis: Redis) -> None:
    ledger = RedisLedger(redis, settings.key_prefix)
    for _ in range(2):
        assert await ledger.claim("desk", "a", 30) is Claim.OURS
    await ledger.release("desk", "a")
    assert await RedisLedger(redis, settings.key_prefix).claim("desk", "a", 30) is Claim.OURS


async def test_an_alert_of_a_worker_that_died_while_he_sent_it_comes_all_the_same(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    await RedisLedger(redis, settings.key_prefix).claim("webhook.desk", "alert-0#0", 30)
    await send(settings, [alert(number) for number in range(3)])
    rows = subscribers(receiver, "desk", timeout=0.5)
    async with delivering(rows, settings, redis, patience=replace(BRIEF, margin=0.5)):
        had = await receiver.until("desk", 3)
    assert had[-1] == "alert-0#0"  # the others have not waited for it


async def test_an_alert_that_an_endpoint_never_takes_holds_up_no_other_and_is_not_forgotten(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    receiver.poisoned.add("desk")
    rows = subscribers(receiver, "desk")
    await send(settings, [alert(number) for number in range(6)])
    async with delivering(rows, settings, redis, patience=BRIEF):
        await receiver.until("desk", 5)
    receiver.poisoned.clear()
    async with delivering(rows, settings, redis, patience=BRIEF):
        await receiver.until("desk", 6)
    assert sorted(receiver.had["desk"]) == [f"alert-{number}#0" for number in range(6)]


async def test_an_endpoint_that_is_away_shows_in_the_measures_until_it_is_back(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    receiver.away.add("desk")
    await send(settings, [alert(0)], at=time.time() - 60)
    registry = CollectorRegistry()

    def measured(name: str, **labels: str) -> float:
        return registry.get_sample_value(name, {"endpoint": "webhook.desk", **labels}) or 0.0

    async with delivering(subscribers(receiver, "desk"), settings, redis, tally=Metrics(registry), patience=BRIEF):
        await until(lambda: measured("rasid_delivery_failures_total") > 2)
        await until(lambda: measured("rasid_delivery_oldest_age_seconds") >= 60)
        assert not measured("rasid_deliveries_total", result="delivered")
        receiver.away.clear()
        await receiver.until("desk", 1)
        await until(lambda: measured("rasid_delivery_oldest_age_seconds") == 0)
        assert measured("rasid_deliveries_total", result="delivered") == 1


async def test_an_endpoint_that_is_gone_is_not_asked_again_and_nothing_is_forgotten(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    await declare(settings)
    receiver.gone.add("desk")
    await send(settings, [alert(number) for number in range(5)])
    async with delivering(subscribers(receiver, "desk", "wall"), settings, redis, patience=BRIEF):
        await receiver.until("wall", 5)
        undelivered: list[Any] = []
        for _ in range(20):
            undelivered = await read(settings, UNDELIVERED)
            if len(undelivered) == 5:
                break
    assert receiver.asked == 1 + 5
    assert {dict(record.headers)["rasid-error"] for record in undelivered} == {b"gone: answered 410"}
    assert {json.loads(record.value)["alert_id"] for record in undelivered} == {f"alert-{n}" for n in range(5)}


async def test_an_endpoint_that_is_new_gets_the_last_hour_and_all_that_comes_while_nobody_works(
    settings: Settings, receiver: Receiver, redis: Redis
) -> None:
    settings = settings.model_copy(update={"partitions": 4})  # some of them empty at first
    await declare(settings)
    now = time.time()
    await send(settings, [alert(0)], at=now - 2 * 3600)
    await send(settings, [alert(1)], at=now - 1800)
    async with delivering(subscribers(receiver, "desk"), settings, redis):
        await receiver.until("desk", 1)
        await committed(settings, "desk")
    await send(settings, [alert(number) for number in range(2, 8)], at=now - 2 * 3600)
    async with delivering(subscribers(receiver, "desk"), settings, redis):
        await receiver.until("desk", 7)
    assert sorted(receiver.had["desk"]) == [f"alert-{number}#0" for number in range(1, 8)]


async def committed(settings: Settings, name: str) -> None:
    """Wait until the endpoint's group stands somewhere in every partition."""
    group = f"{settings.group}.deliver.webhook.{name}"
    consumer = AIOKafkaConsumer(group_id=group, enable_auto_commit=False, **kafka_options(settings))
    partitions = [TopicPartition(settings.topic("alerts"), number) for number in range(settings.partitions)]
    consumer.assign(partitions)
    await consumer.start()
    try:
        for _ in range(200):
            offsets = [await consumer.committed(partition) for partition in partitions]
            if None not in offsets:
                return
            await asyncio.sleep(0.1)
    finally:
        await consumer.stop()
    raise AssertionError(f"it stands at {offsets}")


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
