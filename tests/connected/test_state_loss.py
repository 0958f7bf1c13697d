"""A store that was emptied under a worker that goes on: it is filled from the topics, and nothing is told twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from redis import Redis

from agents.knowledge import build_knowledge
from schemas import Record, load_watchlist
from streams.daemon import build_worker
from streams.feeds import Entry, read_feed
from streams.settings import Settings
from streams.worker import Worker
from tests.chaos.accounting import balance, on_topics, undisturbed
from tests.connected.test_engine_flow import read, send

pytestmark = pytest.mark.connected
FEED = Path(__file__).parents[1] / "feeds" / "vienna"
ARTICLES = 4


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[Worker]:
    worker = build_worker(settings, build_knowledge(load_watchlist(FEED / "watchlist.yaml")))
    await worker.start()
    try:
        async with asyncio.timeout(60):
            while worker.health.troubles():  # noqa: ASYNC110 - the watchdog reads it from a thread, so it is no event
                await asyncio.sleep(0.02)
        yield worker
    finally:
        await worker.stop()


def by_hand(settings: Settings) -> Redis:
    """A client that does not share the event loop with a worker that reads: a worker's own gives up after a second."""
    return Redis.from_url(settings.redis_url.get_secret_value(), socket_timeout=60)


def empty(settings: Settings) -> None:
    with by_hand(settings) as redis:
        redis.flushdb()


def feed() -> list[Entry]:
    return list(read_feed(FEED / "feed.jsonl"))[:ARTICLES]


async def through(settings: Settings, entries: list[Entry], decisions: int) -> int:
    """Send articles one by one and wait until trigger_alerts has decided on all that came of each."""
    for entry in entries:
        await send(settings, entry.value)
        quiet = 0
        while quiet < 5:
            found: list[Record] = await read(settings, "decisions", decisions)
            quiet = quiet + 1 if len(found) == decisions else 0
            decisions = len(found)
            await asyncio.sleep(0.15)
    return decisions


async def test_a_store_that_was_emptied_is_filled_from_the_topics_and_nothing_is_told_twice(settings: Settings) -> None:
    entries = feed()
    async with working(settings) as worker:
        decisions = await through(settings, entries[:2], 1)
        empty(settings)
        decisions = await through(settings, entries[:2], decisions + 1)  # again: the answers must be found again
        await through(settings, entries[2:], decisions + 1)
        assert worker.registry.get_sample_value("rasid_store_rebuilds_total") >= 1  # type: ignore[operator]
    account = balance(await undisturbed(entries, FEED / "watchlist.yaml"), await on_topics(settings))
    assert account.faults == []
    assert account.articles == ARTICLES


async def test_a_copy_of_an_article_from_before_the_loss_is_still_a_copy(settings: Settings) -> None:
    (first, *_) = feed()
    copy = {**json.loads(first.value), "article_id": "another", "url": None, "source": "another paper"}
    async with working(settings):
        await send(settings, first.value)
        await read(settings, "articles.accepted", 1)
        empty(settings)
        await send(settings, json.dumps(copy).encode())
        verdicts: dict[str, str] = {}
        async with asyncio.timeout(60):
            while len(verdicts) < 2:  # the first may stand there twice: what was under way is decided on again
                accepted = await read(settings, "articles.accepted", 2)
                verdicts = {record.article_id: record.verdict.value for record in accepted}  # type: ignore[attr-defined]
    assert verdicts == {json.loads(first.value)["article_id"]: "unique", "another": "exact_duplicate"}


async def test_while_the_store_does_not_answer_the_worker_is_not_ready_and_says_why(settings: Settings) -> None:
    async with working(settings) as worker, ClientSession() as client:
        assert worker.address is not None
        page = f"http://{worker.address[0]}:{worker.address[1]}"
        with by_hand(settings) as redis:
            redis.client_pause(2500)
        async with client.get(f"{page}/readyz") as answer:
            assert answer.status == 503
            assert any("store" in trouble for trouble in (await answer.json())["troubles"])
        async with client.get(f"{page}/metrics") as answer:
            assert "rasid_store_up 0.0" in await answer.text()
        async with asyncio.timeout(20):
            while True:
                async with client.get(f"{page}/readyz") as answer:
                    if answer.status == 200:
                        break


async def test_the_metrics_tell_that_the_store_is_away_and_back_though_nothing_comes_and_nobody_asks_for_readiness(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.worker.PROBE_EVERY", 0.2)
    async with working(settings) as worker, ClientSession() as client:
        assert worker.address is not None

        async def tells(value: str) -> None:
            async with asyncio.timeout(30):
                while True:
                    async with client.get(f"http://{worker.address[0]}:{worker.address[1]}/metrics") as answer:  # type: ignore[index]
                        if f'rasid_up{{dependency="store"}} {value}' in await answer.text():
                            return
                    await asyncio.sleep(0.1)

        await tells("1.0")
        with by_hand(settings) as redis:
            redis.client_pause(4000)
        await tells("0.0")
        await tells("1.0")
