"""The engine with real servers: articles go through every stage, and what cannot goes to quarantine."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import faust
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from schemas import Record
from streams.app import Parts, build_app
from streams.embedded import free_ports
from streams.history import history
from streams.records import decode
from streams.settings import Settings
from streams.topics import LARGEST, declare, kafka_options
from streams.worker import Worker
from tests import fakes

pytestmark = pytest.mark.connected


@asynccontextmanager
async def working(settings: Settings, **instead: Any) -> AsyncIterator[Worker]:
    worker = Worker(settings, fakes.stages(**instead), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    await worker.start()
    try:
        async with asyncio.timeout(30):
            while worker.health.troubles():  # noqa: ASYNC110 - the watchdog reads it from a thread, so it is no event
                await asyncio.sleep(0.02)
        yield worker
    finally:
        await worker.stop()


async def send(settings: Settings, *values: bytes) -> None:
    await declare(settings)
    producer = AIOKafkaProducer(**kafka_options(settings), max_request_size=LARGEST)
    await producer.start()
    try:
        await asyncio.gather(
            *[await producer.send(settings.topic("articles.raw"), value, key=value[:40]) for value in values]
        )
    finally:
        await producer.stop()


async def read(settings: Settings, topic: str, count: int, seconds: float = 30) -> list[Record]:
    """At least `count` records of a topic, waiting for them."""
    async with asyncio.timeout(seconds):
        while True:
            records = [decode(one.topic, one.value) async for one in history(settings, topic)]
            if len(records) >= count:
                return records
            await asyncio.sleep(0.1)


async def test_every_article_becomes_an_alert_and_leaves_a_decision_at_each_stage(settings: Settings) -> None:
    async with working(settings):
        await send(settings, *(fakes.raw(f"a{number}") for number in range(50)))
        alerts = await read(settings, "alerts", 50)
        decisions = await read(settings, "decisions", 250)
    assert {alert.alert_id for alert in alerts} == {f"alert-signal-a{number}" for number in range(50)}  # type: ignore[attr-defined]
    assert Counter(decision.stage for decision in decisions) == dict.fromkeys(fakes.STAGES, 50)  # type: ignore[attr-defined]


async def test_an_alert_on_the_wire_is_a_cloud_event_in_binary_mode(settings: Settings) -> None:
    async with working(settings):
        await send(settings, fakes.raw("a"))
        await read(settings, "alerts", 1)
    (one,) = [one async for one in history(settings, "alerts")]
    headers = dict(one.headers)
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_type"] == b"rasid.alert.escalation"
    assert headers["ce_id"] == b"alert-signal-a#0"
    assert one.key == b"alert-signal-a"


async def test_a_broker_that_goes_away_while_the_app_starts_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (closed,) = free_ports(1)
    built: list[str] = []

    def build(asked: Settings, parts: Parts) -> faust.App:
        built.append(asked.brokers)
        here = asked if len(built) > 1 else asked.model_copy(update={"brokers": f"127.0.0.1:{closed}"})
        return build_app(here, parts)

    monkeypatch.setattr("streams.worker.build_app", build)
    async with working(settings):
        await send(settings, fakes.raw("a"))
        await read(settings, "alerts", 1)
    assert len(built) == 2


BAD = {
    "not_json": b"{",
    "not_utf8": b'{"body": "\xff"}',
    "not_an_object": b"[1]",
    "missing_field": b'{"title": "x"}',
    "empty_body": b'{"body": "  "}',
    "bad_date": b'{"body": "x", "published_at": "next week"}',
    "newer_version": b'{"body": "x", "schema_version": 99}',
    "bad_field": b'{"body": "x", "schema_version": -1}',
    "too_large": json.dumps({"article_id": "large", "body": "x" * 20_000_000}).encode(),
}


async def test_bad_records_are_quarantined_with_their_bytes_and_the_good_ones_between_them_go_on(
    settings: Settings,
) -> None:
    async with working(settings) as worker:
        values = [value for name, bad in BAD.items() for value in (bad, fakes.raw(f"good-{name}"))]
        await send(settings, *values)
        rejections = await read(settings, "quarantine", len(BAD))
        await read(settings, "alerts", len(BAD))
        assert (
            worker.registry.get_sample_value("rasid_quarantined_total", {"stage": "deduplicate", "reason": "bad_date"})
            == 1
        )
    found = {rejection.reason: base64.b64decode(rejection.record_value) for rejection in rejections}  # type: ignore[attr-defined]
    assert found == BAD


async def test_a_sender_is_told_when_a_record_is_larger_than_any_topic_takes(settings: Settings) -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await send(settings, b"x" * (LARGEST + 1))


async def test_a_record_on_which_a_stage_fails_is_tried_three_times_and_quarantined_and_the_rest_goes_on(
    settings: Settings,
) -> None:
    tries: Counter[str] = Counter()

    async def tag(article: Any) -> Any:
        tries[article.article_id] += 1
        if article.article_id == "bad":
            raise ZeroDivisionError("on purpose")
        return await fakes.tag(article)

    async with working(settings, tag_signals=tag):
        await send(settings, *(fakes.raw(name) for name in ("a", "bad", "b")))
        await read(settings, "alerts", 2)
        (rejection,) = await read(settings, "quarantine", 1)
    assert tries == {"a": 1, "bad": 3, "b": 1}
    assert (rejection.stage, rejection.reason, rejection.attempts) == ("tag_signals", "crashed", 3)  # type: ignore[attr-defined]
    assert rejection.topic == "articles.accepted"  # type: ignore[attr-defined]
    assert "ZeroDivisionError" in rejection.error  # type: ignore[attr-defined]


async def test_more_poison_than_faust_would_survive_stops_nobody(settings: Settings) -> None:
    async with working(settings):
        await send(settings, *([b"poison"] * 300), fakes.raw("after"))
        await read(settings, "alerts", 1)
        assert len(await read(settings, "quarantine", 300)) == 300


async def test_the_worker_tells_its_lag_and_its_health(settings: Settings) -> None:
    async with working(settings) as worker, aiohttp.ClientSession("http://{}:{}".format(*worker.address or ())) as web:
        await send(settings, *(fakes.raw(f"a{number}") for number in range(20)))
        await read(settings, "alerts", 20)
        async with asyncio.timeout(15):
            while True:
                text = await (await web.get("/metrics")).text()
                lags = [line.split()[-1] for line in text.splitlines() if line.startswith("rasid_consumer_lag{")]
                if lags and set(lags) == {"0.0"}:
                    break
                await asyncio.sleep(0.2)
        assert len(lags) == 5 * settings.partitions
        assert 'rasid_alerts_total{kind="escalation",severity="critical"} 20.0' in text
        assert "rasid_alert_latency_seconds_count 20.0" in text
        assert (await web.get("/healthz")).status == 200
        assert (await web.get("/readyz")).status == 200


async def test_what_was_done_is_not_done_again_by_the_next_worker(settings: Settings) -> None:
    calls: Counter[str] = Counter()

    async def tag(article: Any) -> Any:
        calls[article.article_id] += 1
        return await fakes.tag(article)

    async with working(settings, tag_signals=tag):
        await send(settings, *(fakes.raw(f"a{number}") for number in range(20)))
        await read(settings, "alerts", 20)
    async with working(settings, tag_signals=tag):
        await send(settings, fakes.raw("last"))
        await read(settings, "alerts", 21)
    assert set(calls.values()) == {1}
