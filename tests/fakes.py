"""Stand-ins for the world: stages that do one thing, a publisher that keeps, a store that can be away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import Any

from redis.exceptions import ConnectionError as StoreDown

from agents.stage import Outcome
from schemas import Alert, Article, Range, RawArticle, Record, Signal, Span, Statement, Talk, Watchlist
from streams.process import BoundStage, Received, Sending, Stage

STAGES = ("deduplicate", "tag_signals", "track_statements", "track_talks", "trigger_alerts")


def raw(article_id: str, body: str = "نص", **fields: Any) -> bytes:
    """A raw article as it is sent."""
    return json.dumps({"article_id": article_id, "body": body, **fields}).encode()


def received(value: bytes | None, offset: int = 0, topic: str = "articles.raw", **fields: Any) -> Received:
    return Received(topic=topic, partition=0, offset=offset, key=b"key", value=value, **fields)


def accepted(record: RawArticle, **fields: Any) -> Article:
    whole = Range(start=0, end=len(record.body))
    return Article(**{**record.model_dump(), "verdict": "unique", "fresh": (whole,), **fields})


def signal_of(article: Article) -> Signal:
    return Signal(
        signal_id=f"signal-{article.article_id}",
        article_id=article.article_id,
        event_type="ASSAULT",
        direction="escalation",
        modality="asserted",
        intensity=-10,
        evidence=Span.of(article.body, 0, 2),
        appended_at=article.appended_at,
    )


def statement(statement_id: str, article_id: str = "article-1", party: str | None = "russia") -> Statement:
    return Statement(
        statement_id=statement_id,
        article_id=article_id,
        party=party,
        speakers=(),
        content=Span(start=0, end=2, text="نص"),
    )


def alert_of(signal: Signal) -> Alert:
    return Alert(
        alert_id=f"alert-{signal.signal_id}",
        kind="escalation",
        severity="critical",
        reason="test",
        summary={},
        article_ids=(signal.article_id,),
        record_ids=(signal.signal_id,),
        appended_at=signal.appended_at,
    )


async def accept(record: RawArticle) -> Outcome:
    return Outcome(records=(accepted(record),))


async def tag(article: Article) -> Outcome:
    return Outcome(records=(signal_of(article),))


async def nothing(_: Record) -> Outcome:
    return Outcome()


async def alert(record: Signal | Statement | Talk) -> Outcome:
    return Outcome(records=(alert_of(record),)) if isinstance(record, Signal) else Outcome()


def stages(**instead: Callable[[Any], Awaitable[Outcome]]) -> tuple[Stage, ...]:
    """The pipeline with stages that need nothing; `stages(tag_signals=...)` puts another one in its place."""
    decide = {
        "deduplicate": accept,
        "tag_signals": tag,
        "track_statements": nothing,
        "track_talks": nothing,
        "trigger_alerts": alert,
        **instead,
    }
    reads: dict[str, tuple[type[Record], ...]] = {
        "deduplicate": (RawArticle,),
        "trigger_alerts": (Signal, Statement, Talk),
    }
    return tuple(Stage(name, reads.get(name, (Article,)), decide[name], lambda _: ()) for name in STAGES)


def bound(decide: Callable[[Any], Awaitable[Outcome]] = accept, **fields: Any) -> BoundStage:
    return BoundStage(**{"name": "deduplicate", "topics": ("articles.raw",), "decide": decide, **fields})


def lexicon(*parties: str) -> Any:
    """A lexicon that knows nothing but an empty watchlist."""
    return SimpleNamespace(watchlist=Watchlist(watchlist="test", title={}, actors=()), parties=lambda: parties)


class KeptPublisher:
    """Keeps what is published; refuses what `refuses` says; waits for `gate` before confirming."""

    def __init__(self, refuses: Callable[[Sending], bool] = lambda _: False) -> None:
        self.sent: list[Sending] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._refuses = refuses

    async def publish(self, sending: Sequence[Sending]) -> list[Sending]:
        await self.gate.wait()
        refused = [one for one in sending if self._refuses(one)]
        self.sent += [one for one in sending if one not in refused]
        return refused

    def on(self, topic: str) -> list[Any]:
        """The records that were sent to a topic."""
        return [one.record for one in self.sent if one.topic == topic]


class FaultyStore:
    """`Memories` of a runner; answers or raises what is given, one each time it is asked, and then nothing."""

    def __init__(self, on_recover: Sequence[Exception | bool] = (), on_check: Sequence[Exception | None] = ()) -> None:
        self._on_recover = list(on_recover)
        self._on_check = list(on_check)

    async def recover(self) -> bool:
        answer = self._on_recover.pop(0) if self._on_recover else False
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def check(self) -> None:
        error = self._on_check.pop(0) if self._on_check else None
        if error is not None:
            raise error


def failing(times: int, error: Exception, then: Callable[[Any], Awaitable[Outcome]] = accept) -> Any:
    """A stage that raises `error` so many times and then goes over to `then`; counts its calls in `.calls`."""

    async def decide(record: Any) -> Outcome:
        decide.calls += 1  # type: ignore[attr-defined]
        if decide.calls <= times:  # type: ignore[attr-defined]
            raise error
        return await then(record)

    decide.calls = 0  # type: ignore[attr-defined]
    return decide


STORE_DOWN = StoreDown("nobody there")


class CountedAttempts:
    """`Attempts` in a dict; `marked` are the offsets on which somebody has ended, with how often."""

    def __init__(self, marked: dict[int, int] | None = None) -> None:
        self.marked = dict(marked or {})

    async def begin(self, batch: Sequence[Received]) -> bool:
        return any(one.offset in self.marked for one in batch)

    async def count(self, one: Received) -> int:
        tried = self.marked.get(one.offset, 0)
        self.marked[one.offset] = tried + 1
        return tried

    async def survived(self, one: Received) -> None:
        self.marked.pop(one.offset, None)
