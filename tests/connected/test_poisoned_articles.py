"""An article that is made to break whoever meets it later: it goes to quarantine alone, and the store can be filled."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiokafka import AIOKafkaProducer

from streams.feeds import Entry
from streams.settings import Settings
from streams.topics import LARGEST, kafka_options
from tests.connected.test_engine_flow import read, send
from tests.connected.test_state_loss import empty, feed, working

pytestmark = pytest.mark.connected
LONG = "ا" * 40_000  # in UTF-8 more than the two bytes of a length can tell, cut within a letter


def article(entry: Entry, article_id: str, more: str = "", source: str = "another paper") -> bytes:
    fields = json.loads(entry.value)
    fields |= {"article_id": article_id, "url": None, "source": source, "body": fields["body"] + more}
    return json.dumps(fields).encode()


async def verdicts(settings: Settings, count: int) -> dict[str, str]:
    """Of the accepted articles, once there are so many different ones."""
    found: dict[str, str] = {}
    async with asyncio.timeout(60):
        while len(found) < count:
            accepted = await read(settings, "articles.accepted", count)
            found = {one.article_id: one.verdict.value for one in accepted}  # type: ignore[attr-defined]
    return found


async def test_an_article_with_an_endless_id_is_quarantined_and_its_honest_copies_are_not(settings: Settings) -> None:
    (first, *_) = feed()
    async with working(settings):
        await send(settings, first.value)
        await verdicts(settings, 1)
        await send(settings, article(first, LONG))
        (rejection,) = await read(settings, "quarantine", 1)
        await send(settings, article(first, "honest", "\nوأضاف المصدر أن التفاصيل ستعلن لاحقا في بيان رسمي."))
        found = await verdicts(settings, 2)
        quarantined = await read(settings, "quarantine", 1)
    assert (rejection.reason, rejection.stage) == ("bad_field", "deduplicate")  # type: ignore[attr-defined]
    assert found["honest"] == "near_duplicate"
    assert quarantined == [rejection]


async def test_a_store_is_filled_although_such_an_article_was_accepted_before(settings: Settings) -> None:
    (first, second, *_) = feed()
    async with working(settings) as worker:
        await send(settings, first.value)
        (accepted,) = await read(settings, "articles.accepted", 1)
        poison = {**json.loads(accepted.model_dump_json()), "article_id": LONG, "story_id": LONG}
        producer = AIOKafkaProducer(**kafka_options(settings), max_request_size=LARGEST)
        await producer.start()
        await producer.send_and_wait(settings.topic("articles.accepted"), json.dumps(poison).encode())
        await producer.stop()
        empty(settings)
        await send(settings, article(first, "copy"), second.value)
        decided: set[str] = set()
        async with asyncio.timeout(60):
            while "copy" not in decided:
                decided = {one.article_id for one in await read(settings, "decisions", 1)}  # type: ignore[attr-defined]
        assert worker.registry.get_sample_value("rasid_store_rebuilds_total") == 2
