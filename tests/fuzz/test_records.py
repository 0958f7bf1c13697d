"""Records come back from the wire as they went, and bytes that are none are refused in one way only."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from agents.knowledge import Knowledge, build_knowledge
from schemas import Alert, RawArticle, Record, Statement, load_watchlist
from streams.feeds import seeds
from streams.pipeline import PIPELINE
from streams.process import Received, bind, process
from streams.records import TOPICS, TYPES, UnreadableError, decode, encode, identify
from tests.chaos.accounting import MemoryWorld
from tests.fuzz.texts import texts

times = st.none() | st.datetimes(timezones=st.just(UTC))
ids = st.text(min_size=1, max_size=30)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@cache
def knowledge() -> Knowledge:
    return build_knowledge(load_watchlist(seeds() / "watchlist.yaml"))


@given(st.sampled_from(sorted(TYPES)), st.binary() | values.map(lambda value: json.dumps(value).encode()))
def test_bytes_are_a_record_or_are_refused_with_a_reason(topic: str, value: bytes) -> None:
    try:
        record = decode(topic, value, appended_at=1.0)
    except UnreadableError:  # and no other error
        return
    assert isinstance(record, TYPES[topic])


@given(st.dictionaries(st.sampled_from([*RawArticle.model_fields, "other"]), values))
def test_an_object_is_an_article_or_is_refused(fields: dict[str, object]) -> None:
    try:
        article = decode("articles.raw", json.dumps(fields).encode())
    except UnreadableError:
        return
    assert identify(article)


def comes_back(record: Record) -> None:
    again = decode(TOPICS[type(record)], encode(record))
    assert again == record
    assert encode(again) == encode(record)
    assert identify(again) == identify(record)


@given(ids, texts.filter(str.strip), texts, times, values)
def test_an_article_comes_back_with_the_fields_nobody_knows(
    name: str, body: str, title: str, published: datetime | None, other: object
) -> None:
    record = RawArticle.model_validate(
        {"article_id": name, "body": body, "title": title, "published_at": published, "other": other}
    )
    again = decode("articles.raw", encode(record))
    assert again.model_dump(exclude={"appended_at"}) == record.model_dump()


@given(ids, ids, texts, st.integers(0, 50), times)
def test_a_statement_comes_back(name: str, article: str, text: str, start: int, at: datetime | None) -> None:
    content = {"start": start, "end": start + len(text), "text": text}
    comes_back(
        Statement(statement_id=name, article_id=article, speakers=(), content=content, event_time=at)  # type: ignore[arg-type]
    )


@given(ids, texts, times)
def test_an_alert_comes_back(name: str, text: str, at: datetime | None) -> None:
    fields = {"kind": "escalation", "severity": "info", "reason": "act", "summary": {"en": text}, "article_ids": ()}
    comes_back(Alert.model_validate({**fields, "alert_id": name, "event_time": at}))


@given(ids, texts.filter(str.strip), times)
@example("a", "آمس0بوتىن", None)  # nobody knows when it was written
async def test_any_article_goes_through_every_stage(name: str, body: str, published: datetime | None) -> None:
    world = MemoryWorld(knowledge())
    stages = [
        bind(stage, world, languages=frozenset(["ar"]), attempts=1, largest=None)  # type: ignore[arg-type]
        for stage in PIPELINE
    ]
    fields = {"article_id": name, "body": body, "published_at": published.isoformat() if published else None}
    waiting = [Received("articles.raw", 0, 0, None, json.dumps(fields).encode())]
    while waiting:
        received = waiting.pop()
        for stage in stages:
            if received.topic in stage.topics:
                handled = await process(stage, received)
                assert handled.rejection is None, handled.rejection
                waiting += [Received(one.topic, 0, 0, one.key, one.value) for one in handled.sending]
