"""A store that was emptied is filled from the topics: the same journals, and the same answers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from aiokafka import AIOKafkaProducer

from agents.deduplicate import Answer, Delivery, settled_before
from schemas import Alert, Article, Decision, RawArticle, Record, Statement
from streams import rebuild
from streams.process import Sending
from streams.rebuild import JournalSource, Rebuild, fill_journals, fill_seen
from streams.settings import Settings
from streams.stores import RedisJournal, Session, Store, connect_store
from streams.topics import declare, kafka_options
from tests import fakes

pytestmark = pytest.mark.connected
STATEMENTS = JournalSource("statements", Statement, ("statements",), "track_statements", lambda one: one.article_id)
ALERTS = JournalSource(
    "alerts", Alert, ("alerts", "alerts.corroborations"), "trigger_alerts", lambda one: one.record_ids[-1]
)


async def publish(settings: Settings, *records: Record) -> None:
    await declare(settings)
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    for record in records:
        one = Sending.of(record)
        await producer.send_and_wait(settings.topic(one.topic), one.value, key=one.key)
        await asyncio.sleep(0.002)  # the broker's time, in milliseconds, tells the order between partitions
    await producer.stop()


def decision(stage: str, record_id: str, *emitted: str, text_id: str | None = None) -> Decision:
    return Decision(article_id="article", stage=stage, record_id=record_id, text_id=text_id, emitted=emitted)


async def rebuilt(settings: Settings, sources: Sequence[JournalSource[Record]]) -> Session:
    store = Store(connect_store(settings), settings.key_prefix)
    await Rebuild(store, [partial(fill_journals, settings, store, sources)]).ensure()
    session = Session(store)
    session.adopt()
    return session


async def test_texts_under_one_id_come_back_under_the_key_of_each(settings: Settings) -> None:
    await publish(
        settings,
        fakes.statement("1", "article-1", "russia"),
        decision("track_statements", "article-1", "statements:1"),  # of before decisions told the text
        fakes.statement("2", "article-1", "russia"),
        decision("track_statements", "article-1", "statements:2", text_id="text-2"),
        decision("track_statements", "article-1", text_id="text-3"),
    )
    session = await rebuilt(settings, [STATEMENTS])  # type: ignore[list-item]
    journal = RedisJournal(session, "statements", Statement, settings)
    answers = [await journal.answer(key) for key in ("article-1", "text-2", "text-3")]
    assert [None if answer is None else [one.statement_id for one in answer] for answer in answers] == [
        ["1"],
        ["2"],
        [],
    ]


async def test_entries_come_back_in_their_order_each_once_and_under_the_key_that_they_were_decided_on(
    settings: Settings,
) -> None:
    await publish(
        settings,
        fakes.statement("1", "article-1", "russia"),
        fakes.statement("2", "article-1", "usa"),
        decision("track_statements", "article-1", "statements:1", "statements:2"),
        decision("tag_signals", "article-9"),
        fakes.statement("3", "article-2", "nato"),
        decision("track_statements", "article-2", "statements:3"),
        fakes.statement("1", "article-1", "russia"),  # a second delivery
        decision("track_statements", "article-1", "statements:1", "statements:2"),
        decision("track_statements", "article-3"),
        fakes.statement("4", "article-4", "russia"),  # its worker has just ended: it will be decided on again
    )
    session = await rebuilt(settings, [STATEMENTS])  # type: ignore[list-item]
    journal = RedisJournal(session, "statements", Statement, settings)
    assert [(at, entry.statement_id) for at, entry in await journal.read(0)] == [(0, "1"), (1, "2"), (2, "3")]
    answers = {key: await journal.answer(f"article-{key}") for key in (1, 2, 3, 4, 9)}
    assert {
        key: None if answer is None else [one.statement_id for one in answer] for key, answer in answers.items()
    } == {
        1: ["1", "2"],
        2: ["3"],
        3: [],
        4: None,
        9: None,
    }
    assert await journal.append(3, "article-5", [fakes.statement("5")])
    await session.store.redis.aclose()


async def test_revisions_of_an_alert_come_back_from_both_topics(settings: Settings) -> None:
    first = fakes.alert_of(fakes.signal_of(fakes.accepted(RawArticle(article_id="a", body="نص"))))
    second = first.model_copy(update={"revision": 1, "record_ids": ("signal-a", "signal-b")})
    await publish(
        settings,
        first,
        decision("trigger_alerts", "signal-a", "alerts:alert-signal-a#0"),
        second,
        decision("trigger_alerts", "signal-b", "alerts.corroborations:alert-signal-a#1"),
    )
    session = await rebuilt(settings, [ALERTS])  # type: ignore[list-item]
    journal = RedisJournal(session, "alerts", Alert, settings)
    assert [entry.revision for _, entry in await journal.read(0)] == [0, 1]
    assert await journal.answer("signal-b") == [second]
    await session.store.redis.aclose()


async def test_what_cannot_be_read_on_a_topic_is_passed_over(settings: Settings) -> None:
    await publish(settings, fakes.statement("1"), decision("track_statements", "article-1", "statements:1"))
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    for topic in ("statements", "decisions"):
        await producer.send_and_wait(settings.topic(topic), b"poison")
    await producer.stop()
    session = await rebuilt(settings, [STATEMENTS])  # type: ignore[list-item]
    journal = RedisJournal(session, "statements", Statement, settings)
    assert [entry.statement_id for _, entry in await journal.read(0)] == ["1"]
    await session.store.redis.aclose()


async def test_an_article_that_cannot_be_remembered_again_is_passed_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settled(article: Article) -> tuple[Delivery, Answer]:
        if article.article_id == "poison":
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "on purpose")
        return settled_before(article)

    monkeypatch.setattr(rebuild, "settled_before", settled)
    names = ("a", "poison", "b")
    await publish(settings, *(fakes.accepted(RawArticle(article_id=name, body=f"نص {name}")) for name in names))
    store = Store(connect_store(settings), settings.key_prefix)
    assert await fill_seen(settings, store) == 2
    await store.redis.aclose()
