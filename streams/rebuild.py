"""A store that was emptied, or lost and replaced, is filled again from the topics before anybody decides on it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Container, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar, cast

from agents.deduplicate import settled_before
from schemas import Article, Decision, Record
from streams.history import history
from streams.records import UnreadableError, decode, identify
from streams.seen import RedisSeenArticles
from streams.settings import Settings
from streams.stores import RedisJournal, Session, Store, StoreLostError, is_store_down

log = logging.getLogger(__name__)
LOCK_MILLISECONDS: Final = 30_000
DAY: Final = 24 * 3600
PAGE: Final = 1000  # keys
UNDER_WAY: Final = 600  # seconds in which not all that came of a record may stand on the topics yet
CLEARED: Final = ("journal", "seen", "attempts")

R = TypeVar("R", bound=Record)
Fill = Callable[[], Awaitable[int]]  # fills one thing in the store from the topics; returns how many records

_RELEASE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
# Whoever was stopped for longer than the lock lasts may find a store that another one has filled meanwhile.
_CLEAR: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
"""
_PUBLISH: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
"""
_RENEW: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end"


@dataclass(frozen=True, slots=True)
class JournalSource(Generic[R]):
    """Where a journal is found again: on which topics its entries stand, and which stage decided on them.

    `key` is what an entry was decided under where no decision tells; `keeps` says which records are entries.
    """

    name: str
    kind: type[R]
    topics: tuple[str, ...]
    stage: str | None
    key: Callable[[R], str]
    keeps: Callable[[R], bool] = lambda _: True


async def fill_journals(settings: Settings, store: Store, sources: Sequence[JournalSource[Any]]) -> int:
    """Write the journals as the topics tell them; returns the number of entries. Raises KafkaError and the store's."""
    decided: dict[str, _Decided] = {source.stage: _Decided() for source in sources if source.stage}
    now = time.time()
    fresh = now - settings.answer_hours * 3600
    async for received in history(settings, "decisions"):
        try:
            decision = cast(Decision, decode(received.topic, received.value))
        except UnreadableError as error:
            log.warning("passed over while filling the journals: %s", error)
            continue
        if (known := decided.get(decision.stage)) is not None:
            known.learn(decision, received.timestamp >= fresh, received.timestamp >= now - UNDER_WAY)
    entries = 0
    for source in sources:
        answers = await _answers(settings, source, decided.get(source.stage or "", _Decided()))
        await RedisJournal(Session(store), source.name, source.kind, settings).load(answers)
        entries += sum(len(records) for _, records in answers)
    return entries


@dataclass(slots=True)
class _Decided:
    """What the decisions of one stage tell: under which key a record was emitted, and what came to nothing lately."""

    key_of: dict[str, str] = field(default_factory=dict)
    place_of: dict[str, int] = field(default_factory=dict)  # in what was emitted together: timestamps may be the same
    nothing: dict[str, None] = field(default_factory=dict)
    latest: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what was emitted a moment ago, by key

    def learn(self, decision: Decision, fresh: bool, under_way: bool) -> None:
        key = decision.text_id or decision.record_id
        for place, name in enumerate(decision.emitted):
            self.key_of.setdefault(name, key)
            self.place_of.setdefault(name, place)
        if under_way:
            self.latest[key] = decision.emitted
        if not decision.emitted and fresh:
            self.nothing[key] = None


async def _answers(settings: Settings, source: JournalSource[R], decided: _Decided) -> list[tuple[str, list[R]]]:
    found: dict[str, tuple[float, int, int, R]] = {}
    async for received in history(settings, *source.topics):
        try:
            record = cast(R, decode(received.topic, received.value))
        except UnreadableError as error:
            log.warning("passed over while filling %s: %s", source.name, error)
            continue
        name = f"{received.topic}:{identify(record)}"
        if source.keeps(record):  # the first delivery counts; a second one is the same record
            found.setdefault(name, (received.timestamp, received.partition, received.offset, record))
    answers: dict[str, list[tuple[int, R]]] = {}
    incomplete = {key for key, names in decided.latest.items() if any(_misses(name, source, found) for name in names)}
    now = time.time()
    for name, (timestamp, _, _, record) in sorted(found.items(), key=lambda item: item[1][:3]):
        key = decided.key_of.get(name)
        if key in incomplete or (source.stage and key is None and timestamp >= now - UNDER_WAY):
            continue  # not all of the answer is there: its input was not acknowledged, and is decided on again
        answers.setdefault(key or source.key(record), []).append((decided.place_of.get(name, 0), record))
    for key in decided.nothing:
        answers.setdefault(key, [])
    return [(key, [record for _, record in sorted(group, key=itemgetter(0))]) for key, group in answers.items()]


def _misses(name: str, source: JournalSource[R], found: Container[str]) -> bool:
    return name.partition(":")[0] in source.topics and name not in found


async def fill_seen(settings: Settings, store: Store) -> int:
    """Show the accepted articles to the index of `deduplicate` again, with their verdicts; how many.

    Raises KafkaError and the store's errors.
    """
    index = RedisSeenArticles(store, settings.dedupe_days * DAY)
    since = time.time() - settings.dedupe_days * DAY
    articles = 0
    async for received in history(settings, "articles.accepted"):
        if received.timestamp < since:
            continue
        try:
            await _settle_again(index, cast(Article, decode(received.topic, received.value)))
        except Exception as error:
            if isinstance(error, StoreLostError) or is_store_down(error):
                raise
            # One article less is remembered. Were it to end the worker, none would ever start again.
            log.warning("passed over while filling the index of articles: %s", error)
        else:
            articles += 1
    return articles


async def _settle_again(index: RedisSeenArticles, article: Article) -> None:
    delivery, answer = settled_before(article)
    against = frozenset[bytes]()
    while (settled := await index.settle(delivery, answer, against)).answer is None:
        against |= {known.key for known in settled.known}


class Rebuild:
    """Finds the store's epoch, and where there is none, fills the store. Of all workers, one fills, the others wait."""

    def __init__(
        self,
        store: Store,
        fills: list[Fill],
        filled: Callable[[int], None] = lambda _: None,
        goes_on: Callable[[], None] = lambda: None,
    ) -> None:
        """`filled` is told the number of records; `goes_on` is called now and then while it takes long."""
        self._goes_on = goes_on
        self._store = store
        self._fills = fills
        self._filled = filled
        self._one_at_a_time = asyncio.Lock()

    async def ensure(self) -> None:
        """Return when the store has an epoch, which `store.epoch` then tells. Raises the store's or broker's errors."""
        async with self._one_at_a_time:
            while True:
                epoch = await self._store.read_epoch()
                if epoch is not None:
                    self._store.epoch = epoch
                    return
                token = secrets.token_hex(8)
                if await self._store.redis.set(self._lock, token, nx=True, px=LOCK_MILLISECONDS):
                    await self._fill(token)
                else:
                    self._goes_on()
                    await asyncio.sleep(0.2)

    @property
    def _lock(self) -> str:
        return self._store.key("rebuild")

    async def _fill(self, token: str) -> None:
        renewal = asyncio.create_task(self._renew(token))
        try:
            if not await self._clear(token):
                return  # the lock was lost, and somebody else fills
            records = 0
            for fill in self._fills:
                records += await fill()
            if renewal.done() or not await self._locked(_PUBLISH, token, [self._store.epoch_key], secrets.token_hex(8)):
                return  # the slower one must not publish its work
            self._filled(records)
            log.info("the store was filled from the topics: %d records", records)
        finally:
            renewal.cancel()
            await cast(Awaitable[object], self._store.redis.eval(_RELEASE, 1, self._lock, token))

    async def _renew(self, token: str) -> None:
        while True:
            await asyncio.sleep(LOCK_MILLISECONDS / 3000)
            arguments = (self._lock, token, str(LOCK_MILLISECONDS))
            if not await cast(Awaitable[object], self._store.redis.eval(_RENEW, 1, *arguments)):
                return
            self._goes_on()

    async def _clear(self, token: str) -> bool:
        """Whatever the stages wrote without an epoch is worth nothing. What others keep under our prefix stays.

        False where the lock is not ours any more.
        """
        for part in CLEARED:
            found = self._store.redis.scan_iter(match=self._store.key(part, "*"), count=PAGE)
            keys = [key async for key in found]
            for start in range(0, len(keys), PAGE):
                if not await self._locked(_CLEAR, token, keys[start : start + PAGE]):
                    return False
        return True

    async def _locked(self, script: str, token: str, keys: Sequence[str | bytes], *arguments: str) -> bool:
        """Run a script that does nothing without the lock; whether it did something."""
        everything: list[Any] = [self._lock, *keys, token, *arguments]
        return bool(await cast(Awaitable[object], self._store.redis.eval(script, 1 + len(keys), *everything)))
