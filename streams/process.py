"""What becomes of the records of one stage: read, decided, and turned into what is to be sent.

Pure but for what the stage itself asks of its memory: no Faust, no broker, no clock but for measuring. Tests and
benchmarks drive it with `process_batch`; `streams.runner` drives it with Faust.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from agents.stage import Journal, Memory, Outcome
from schemas import Article, Decision, Passed, Record, Rejection, content_id
from streams.records import (
    TOPICS,
    Headers,
    Reason,
    UnreadableError,
    article_of,
    decode,
    encode,
    headers_of,
    identify,
    text_of,
    topic_of,
)
from streams.stores import StoreLostError, is_store_down

if TYPE_CHECKING:
    from agents.deduplicate import SeenArticles
    from agents.knowledge import Knowledge

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)
UNKNOWN_LANGUAGE: Final = "unknown_language"


class World(Protocol):
    """What a stage may be given: what is known, and what is remembered."""

    @property
    def lexicon(self) -> Knowledge: ...

    @property
    def seen(self) -> SeenArticles: ...

    def journal(self, name: str, kind: type[R]) -> Journal[R]:
        """The journal of that name, shared by all workers."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the types it reads, its function, and what the function needs beside the record."""

    name: str
    reads: tuple[type[Record], ...]
    decide: Callable[..., Awaitable[Outcome]]
    needs: Callable[[World], Sequence[Any]]
    together: int = 1  # records that may be under way at once: more where the stage itself keeps them in order
    # `decide` for several in order, with the same outcomes; not for stages of articles, whose language is looked at
    decide_all: Callable[..., Awaitable[Sequence[Outcome]]] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it stands on its topic (named without prefix); `timestamp` in seconds is the broker's."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp: float = 0.0


@dataclass(frozen=True, slots=True)
class Sending:
    """A record to be sent to a topic (named without prefix)."""

    record: Record
    topic: str
    key: bytes
    value: bytes
    headers: Headers = ()

    @classmethod
    def of(cls, record: Record) -> Sending:
        key = str(record.key).encode()  # type: ignore[attr-defined]
        return cls(record, topic_of(record), key, encode(record), headers_of(record))


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one record: what is to be sent, in order, and how long deciding took in seconds."""

    received: Received
    outcome: Outcome
    sending: tuple[Sending, ...]
    rejection: Rejection | None
    seconds: float

    def without(self, before: set[int]) -> Handled:
        """The same without what was sent before (by `id()`), which the decision then tells."""
        names = tuple(f"{one.topic}:{identify(one.record)}" for one in self.sending if id(one) in before)
        if not names:
            return self
        left = (one for one in self.sending if id(one) not in before)
        return replace(self, sending=tuple(_telling(one, names) for one in left))


@dataclass(frozen=True, slots=True)
class BoundStage:
    """A stage with everything that its function needs but the record."""

    name: str
    topics: tuple[str, ...]
    decide: Callable[[Record], Awaitable[Outcome]]
    languages: frozenset[str] = frozenset()  # of articles that it reads; empty: all
    memories: tuple[Memory[Any, Any], ...] = field(default=())
    attempts: int = 3
    largest: int | None = None  # bytes of a raw article
    together: int = 1
    decide_all: Callable[[Sequence[Record]], Awaitable[Sequence[Outcome]]] | None = None


def bind(stage: Stage, world: World, *, languages: frozenset[str], attempts: int, largest: int) -> BoundStage:
    """Give a stage what it needs."""
    needs = tuple(stage.needs(world))
    decide_all = stage.decide_all
    return BoundStage(
        name=stage.name,
        topics=tuple(TOPICS[kind] for kind in stage.reads),
        decide=lambda record: stage.decide(record, *needs),
        languages=languages,
        memories=tuple(need for need in needs if isinstance(need, Memory)),
        attempts=attempts,
        largest=largest,
        together=stage.together,
        decide_all=None if decide_all is None else lambda records: decide_all(records, *needs),
    )


async def process_batch(
    stage: BoundStage,
    records: Sequence[Received],
    *,
    wait: Callable[[Exception], Awaitable[None]] | None = None,
    turn: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0),
) -> list[Handled]:
    """Decide on records in order, as many at a time as the stage allows: what is to be sent for each. Sends nothing.

    `wait` is called with the error when the store is not there, and returns when it is worth another try; without
    it, such errors are raised. `turn` is awaited before each record: deciding is work for the processor, and the other
    stages have their turns.
    """
    if stage.decide_all is not None and len(records) > 1:
        await turn()
        at_once = await _process_at_once(stage, stage.decide_all, records)
        if at_once is not None:
            return at_once
    handled: dict[int, Handled] = {}
    while len(handled) < len(records):
        down = await _process_rest(stage, records, handled, turn)
        if down is not None:
            if wait is None:
                raise down
            await wait(down)
    return [handled[place] for place in range(len(records))]


async def _process_at_once(
    stage: BoundStage, decide_all: Callable[[Sequence[Record]], Awaitable[Sequence[Outcome]]], batch: Sequence[Received]
) -> list[Handled] | None:
    """Decide on all records at once. None where that fails: one by one, it is found which of them is to blame."""
    started = time.perf_counter()
    try:
        records = [decode(each.topic, each.value, appended_at=each.timestamp, limit=stage.largest) for each in batch]
        outcomes = await decide_all(records)
    except StoreLostError:
        raise
    except Exception as error:
        log.info("%s goes through %d records one by one: %r", stage.name, len(batch), error)
        return None
    started += (time.perf_counter() - started) * (1 - 1 / len(batch))  # each took its share
    return [_close(stage, *each, started) for each in zip(batch, records, outcomes, strict=True)]


async def _process_rest(
    stage: BoundStage, records: Sequence[Received], handled: dict[int, Handled], turn: Callable[[], Awaitable[None]]
) -> Exception | None:
    """Decide on what is not `handled` yet, each record as soon as there is room for it, until the store is not there.

    Returns the error that it was not there with.
    """
    room = asyncio.Semaphore(stage.together)
    failed = asyncio.Event()
    tasks: dict[int, asyncio.Task[Handled]] = {}

    def make_room(task: asyncio.Task[Handled]) -> None:
        if task.cancelled() or task.exception() is not None:
            failed.set()
        room.release()

    try:
        for place in (place for place in range(len(records)) if place not in handled):
            await room.acquire()
            if failed.is_set():
                break
            await turn()
            tasks[place] = asyncio.create_task(process(stage, records[place]))
            tasks[place].add_done_callback(make_room)
        results = await asyncio.gather(*tasks.values(), return_exceptions=True)
    finally:
        for task in tasks.values():
            task.cancel()
    down: Exception | None = None
    for place, result in zip(tasks, results, strict=True):
        if isinstance(result, Handled):
            handled[place] = result
        elif isinstance(result, Exception) and is_store_down(result):
            down = result
        else:
            raise result
    return down


async def process(stage: BoundStage, received: Received, tried: int = 0) -> Handled:
    """Decide on one record, that has ended the process `tried` times before.

    Raises only what passes by waiting (`is_store_down`) or rebuilding (`StoreLostError`).
    """
    started = time.perf_counter()
    try:
        record = decode(received.topic, received.value, appended_at=received.timestamp, limit=stage.largest)
    except UnreadableError as error:
        rejection = reject(stage.name, received, error.reason, str(error), 1)
        return _quarantine(stage, received, rejection, None, started)
    if tried >= stage.attempts:
        rejection = reject(stage.name, received, Reason.CRASHED, "the process ended on it", tried)
        return _quarantine(stage, received, rejection, record, started)
    attempt = tried
    while True:
        attempt += 1
        try:
            outcome = await _decide(stage, record)
            return _close(stage, received, record, outcome, started)
        except Exception as error:
            if isinstance(error, StoreLostError) or is_store_down(error):
                raise
            log.exception("%s failed on %s, attempt %d", stage.name, _place(received), attempt)
            if attempt >= stage.attempts:
                message = f"{type(error).__name__}: {error}"
                rejection = reject(stage.name, received, Reason.CRASHED, message, attempt)
                return _quarantine(stage, received, rejection, record, started)


async def _decide(stage: BoundStage, record: Record) -> Outcome:
    if isinstance(record, Article) and stage.languages and record.language:
        primary = record.language.replace("_", "-").split("-")[0].lower()
        if primary not in stage.languages:
            return Outcome.nothing(UNKNOWN_LANGUAGE, primary[:20])
    return await stage.decide(record)


def _close(stage: BoundStage, received: Received, record: Record, outcome: Outcome, started: float) -> Handled:
    sending = [Sending.of(record) for record in outcome.records]
    decision = Decision(
        article_id=article_of(record),
        stage=stage.name,
        record_id=identify(record),
        text_id=text_of(record),
        emitted=tuple(f"{one.topic}:{identify(one.record)}" for one in sending),
        passed=outcome.passed,
    )
    sending.append(Sending.of(decision))
    return Handled(received, outcome, tuple(sending), None, time.perf_counter() - started)


def reject(stage: str, received: Received, reason: Reason, error: str, attempts: int) -> Rejection:
    """The record for the quarantine. Its id is that of the place, so a second delivery gives the same."""
    return Rejection(
        rejection_id=content_id("rejection", stage, received.topic, received.partition, received.offset),
        stage=stage,
        reason=reason,
        error=error[:2000],
        topic=received.topic,
        partition=received.partition,
        offset=received.offset,
        record_key=None if received.key is None else base64.b64encode(received.key).decode(),
        record_value=base64.b64encode(received.value or b"").decode(),
        headers={name: value.decode(errors="replace") for name, value in received.headers},
        attempts=attempts,
        rejected_at=datetime.now(UTC),
    )


def _quarantine(
    stage: BoundStage, received: Received, rejection: Rejection, record: Record | None, started: float
) -> Handled:
    log.warning("%s quarantined %s: %s: %s", stage.name, _place(received), rejection.reason, rejection.error)
    passed = Passed(taken=False, reason="quarantined", record_id=rejection.rejection_id, note=rejection.reason)
    sending = [Sending.of(rejection)]
    if record is not None:
        decision = Decision(
            article_id=article_of(record),
            stage=stage.name,
            record_id=identify(record),
            text_id=text_of(record),
            emitted=(f"quarantine:{rejection.rejection_id}",),
            passed=(passed,),
        )
        sending.append(Sending.of(decision))
    return Handled(received, Outcome(passed=(passed,)), tuple(sending), rejection, time.perf_counter() - started)


def _telling(one: Sending, names: tuple[str, ...]) -> Sending:
    if not isinstance(one.record, Decision):
        return one
    return Sending.of(one.record.model_copy(update={"sent_before": names}))


def _place(received: Received) -> str:
    return f"{received.topic}[{received.partition}]@{received.offset}"
