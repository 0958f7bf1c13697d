"""A feed goes through real servers, and the replay ends when the last stage has decided on the last article."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from agents.stage import Outcome
from schemas import Article
from streams.export import Export
from streams.feeds import read_feed
from streams.replay import Arrived, Pace, Replay, ReplayError
from streams.settings import Settings
from streams.worker import Worker
from tests import fakes

pytestmark = pytest.mark.connected

READERS = {
    "articles.raw": ["deduplicate"],
    "articles.accepted": ["tag_signals", "track_statements", "track_talks"],
    **{topic: ["trigger_alerts"] for topic in ("signals", "statements", "talks")},
}


@asynccontextmanager
async def working(settings: Settings, **instead: Any) -> AsyncIterator[Worker]:
    worker = Worker(settings, fakes.stages(**instead), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


def feed(folder: Path, *lines: bytes) -> Path:
    path = folder / "feed.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


async def replayed(
    settings: Settings, path: Path, pace: Pace | None = None, take: Callable[[Arrived], None] = lambda _: None
) -> list[Arrived]:
    found = []
    async with asyncio.timeout(60):
        async for arrived in Replay(settings, READERS, pace or Pace()).run(read_feed(path)):
            take(arrived)
            found.append(arrived)
    return found


async def test_every_article_comes_back_with_what_came_of_it(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, fakes.raw("a1"), fakes.raw("a2"), fakes.raw("a3"))
    async with working(settings):
        found = await replayed(settings, path)
        assert [each.journey.article_id for each in found] == ["a1", "a2", "a3"]
        for each in found:
            assert len(each.journey.collect("articles.accepted")) == 1
            assert len(each.journey.collect("signals")) == 1
            assert len(each.journey.collect("alerts")) == 1


async def test_one_article_at_a_time_unless_told_otherwise(settings: Settings, tmp_path: Path) -> None:
    begun: list[str] = []
    ended: list[int] = []

    async def slow(article: Article) -> Outcome:
        begun.append(article.article_id)
        await asyncio.sleep(0.05)
        return Outcome()

    path = feed(tmp_path, *(fakes.raw(f"a{number}") for number in range(6)))
    async with working(settings, track_talks=slow):
        await replayed(settings, path, take=lambda _: ended.append(len(begun)))
        assert begun == [f"a{number}" for number in range(6)]
        assert ended == [1, 2, 3, 4, 5, 6]


async def test_many_at_once_come_back_in_the_order_of_the_feed(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, *(fakes.raw(f"a{number}") for number in range(60)))
    async with working(settings):
        found = await replayed(settings, path, Pace(in_flight=25))
        assert [each.journey.article_id for each in found] == [f"a{number}" for number in range(60)]


async def test_bad_lines_end_in_quarantine_and_hold_up_nobody(settings: Settings, tmp_path: Path) -> None:
    lines = [b"not json", b"\xff\xfe", b"[1]", b'{"title": "no body"}', b'{"body": " "}', fakes.raw("a1")]
    late = b'{"article_id": "a2", "body": "x", "published_at": "yesterday"}'
    async with working(settings):
        found = await replayed(settings, feed(tmp_path, *lines, late), Pace(in_flight=3))
        reasons = [[rejection.reason for rejection in each.journey.rejections] for each in found]
        assert reasons == [
            ["not_json"],
            ["not_utf8"],
            ["not_an_object"],
            ["missing_field"],
            ["empty_body"],
            [],
            ["bad_date"],
        ]


async def test_a_body_of_twenty_megabytes_ends_in_quarantine_too(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, fakes.raw("a1", body="x" * 20_000_000), fakes.raw("a2"))
    async with working(settings):
        first, second = await replayed(settings, path)
        assert [rejection.reason for rejection in first.journey.rejections] == ["too_large"]
        assert len(second.journey.collect("signals")) == 1


async def test_the_same_id_twice_waits_for_the_first(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, fakes.raw("a1", body="واحد"), fakes.raw("a1", body="اثنان"), fakes.raw("a2"))
    async with working(settings):
        found = await replayed(settings, path, Pace(in_flight=5))
        bodies = [record.body for each in found for record in each.journey.collect("articles.accepted")]  # type: ignore[attr-defined]
        assert bodies == ["واحد", "اثنان", "نص"]


async def test_what_was_there_before_is_not_taken_for_an_answer(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, fakes.raw("a1"))
    async with working(settings):
        await replayed(settings, path)
    with pytest.raises(ReplayError, match="missing: deduplicate of a1"):
        await replayed(settings, path, Pace(patience=1))


async def test_a_stage_that_fails_is_told_and_ends_the_journey(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"attempts": 1})
    async with working(settings, tag_signals=fakes.failing(99, RuntimeError("on purpose"))):
        [arrived] = await replayed(settings, feed(tmp_path, fakes.raw("a1")))
        assert [topic for topic, _ in arrived.journey.emitted()].count("quarantine") == 1


async def test_a_broker_that_is_not_there_is_a_clear_error(settings: Settings, tmp_path: Path) -> None:
    away = settings.model_copy(update={"brokers": "127.0.0.1:1", "startup_wait": 0})
    with pytest.raises(ReplayError, match=r"no broker answers at 127\.0\.0\.1:1"):
        await replayed(away, feed(tmp_path, fakes.raw("a1")))


async def test_the_export_leaves_out_what_the_clock_says(settings: Settings, tmp_path: Path) -> None:
    path = feed(tmp_path, fakes.raw("a1"), fakes.raw("a2"))
    async with working(settings):
        with Export(tmp_path / "out") as export:
            await replayed(settings, path, take=lambda arrived: export.write(arrived.journey))
    lines = [json.loads(line) for line in (tmp_path / "out" / "signals.jsonl").read_text().splitlines()]
    assert [line["article_id"] for line in lines] == ["a1", "a2"]
    assert "appended_at" not in lines[0]
    assert (tmp_path / "out" / "talks.jsonl").read_text() == ""


async def test_the_feeds_own_times_set_the_pace(settings: Settings, tmp_path: Path) -> None:
    first = fakes.raw("a1", published_at="2022-01-01T00:00:00+00:00")
    second = fakes.raw("a2", published_at="2022-01-01T00:01:00+00:00")
    async with working(settings):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await replayed(settings, feed(tmp_path, first, second), Pace(speed=1))
        assert len(await replayed(settings, feed(tmp_path, first, second), Pace(speed=600))) == 2
