"""What the stages remember, in Redis or Valkey, and in a dict for tests.

Every write is one Lua script, so that it happens whole or not at all, and idempotent by its key, so that a second
try does nothing. Every script first compares the epoch: a store that was emptied, or lost and replaced, has another
one or none, and whoever still remembers the old one is told so (`StoreLostError`) before anything is written.
"""

from __future__ import annotations

import json
import logging
import re
import zlib
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from agents.stage import Answers, Beside
from schemas import Record
from schemas.packed import pack
from streams.settings import Settings

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)

# What passes by waiting: nobody there, no answer in time, loading its file, a replica, out of memory or disk.
DOWN: Final = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.OutOfMemoryError,
    exceptions.ClusterDownError,
    exceptions.TryAgainError,
    exceptions.MovedError,  # of a pipeline, and where one node sends us to another that sends us on
    exceptions.AskError,  # our slot is on its way from one node to another
    exceptions.NoPermissionError,  # the operator's to mend; no article is to blame
    ConnectionError,
    TimeoutError,
)
PASSING: Final = re.compile(r"(?:^|caused error: \W*)(?:MISCONF|NOREPLICAS|MASTERDOWN|LOADING|BUSY|UNBLOCKED)")


LOST: Final = "lost"  # in the place of an epoch: no store is in it


class StoreLostError(Exception):
    """The store is not the one that was read before: it has to be rebuilt from the topics."""


def is_store_down(error: BaseException) -> bool:
    """Whether an error passes by waiting for the store."""
    return isinstance(error, DOWN) or (
        isinstance(error, exceptions.ResponseError) and PASSING.search(str(error)) is not None
    )


class FollowingRedis(Redis):
    """A client that goes over to the node which a cluster names. All our keys are in one slot, and so on one node."""

    async def execute_command(self, *arguments: Any, **options: Any) -> Any:
        try:
            return await super().execute_command(*arguments, **options)  # type: ignore[no-untyped-call]
        except exceptions.MovedError as error:  # nothing was done
            await self._follow(error)
            return await super().execute_command(*arguments, **options)  # type: ignore[no-untyped-call]

    async def _follow(self, error: exceptions.MovedError) -> None:
        before = self.connection_pool
        options = before.connection_kwargs
        there = {"host": error.host or options.get("host"), "port": error.port}
        if there != {name: options.get(name) for name in there}:  # else somebody has gone there meanwhile
            log.warning("the store is at %s:%s now", there["host"], there["port"])
            # What is under way goes back to the pool that it was taken from.
            self.connection_pool = type(before)(
                connection_class=before.connection_class,
                max_connections=before.max_connections,
                **{**options, **there},
            )
            await before.disconnect(inuse_connections=False)


def connect_store(settings: Settings) -> Redis:
    """A client that tries nothing twice by itself: a cut reply must not count an append twice."""
    options: dict[str, Any] = {}
    url = settings.redis_url.get_secret_value()
    if url.startswith("rediss://"):
        options |= {
            "ssl_ca_certs": _path(settings.redis_ca_file),
            "ssl_certfile": _path(settings.redis_certificate_file),
            "ssl_keyfile": _path(settings.redis_key_file),
        }
    client: Redis = FollowingRedis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=settings.redis_timeout,
        socket_connect_timeout=min(1.0, settings.redis_timeout),
        health_check_interval=15,
        **options,
    )
    credentials = client.connection_pool.connection_kwargs  # set here, since those of the URL win over arguments
    if settings.redis_username is not None:
        credentials["username"] = settings.redis_username
    if settings.redis_password is not None:
        credentials["password"] = settings.redis_password.get_secret_value()
    return client


def _path(value: object) -> str | None:
    return str(value) if value is not None else None


@dataclass(slots=True)
class Store:
    """The connection, the prefix of our keys, and the epoch that this process has last found (None: none yet)."""

    redis: Redis
    prefix: str
    epoch: str | None = None

    def key(self, *parts: str) -> str:
        """A key of ours."""
        return ":".join((self.prefix, *parts))

    @property
    def epoch_key(self) -> str:
        return self.key("epoch")

    def lost(self) -> StoreLostError:
        """The error to raise where the store is in another epoch: whoever recovers from it looks again which."""
        self.epoch = LOST
        return StoreLostError()

    @contextmanager
    def telling_loss(self) -> Iterator[None]:
        """Raises `StoreLostError` where a script answers that the store is in another epoch."""
        try:
            yield
        except exceptions.ResponseError as error:
            if "STALE" in str(error):
                raise self.lost() from None
            raise

    async def read_epoch(self) -> str | None:
        """The epoch that stands in the store, None where it was emptied or never filled."""
        epoch = await cast(Awaitable[bytes | None], self.redis.get(self.epoch_key))
        return None if epoch is None else epoch.decode()


@dataclass(slots=True)
class Session:
    """One stage's dealings with the store, all within one epoch. What it remembers is worth nothing in another."""

    store: Store
    epoch: str | None = None
    asked: bool = False  # whether a script was run

    def adopt(self) -> bool:
        """Go over to the epoch that the process has found. True where it is another one: then forget everything."""
        if self.epoch == self.store.epoch:
            return False
        self.epoch = self.store.epoch
        return True

    async def check(self) -> None:
        """Raises `StoreLostError` where the store is not in our epoch."""
        if self.epoch is None or await self.store.read_epoch() != self.epoch:
            raise self.store.lost()

    async def run(self, script: str, keys: Sequence[str], arguments: Sequence[str | bytes | int]) -> Any:
        """Run a Lua script over `keys` if the epoch is still ours; raises `StoreLostError` if not.

        Within the script, our keys begin at KEYS[2] and the arguments at ARGV[2].
        """
        self.asked = True
        command = self.store.redis.register_script(_GUARD + script)
        with self.store.telling_loss():
            return await command(keys=[self.store.epoch_key, *keys], args=[self.epoch or "", *arguments])


_GUARD: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
"""
# A journal is a stream whose entry ids are positions: entry n has the id (n+1)-0. The end is kept beside it, so that
# it survives trimming.
# Several journals are appended to in one step. Keys: of each the log, its end, and the keys of its answers. Arguments:
# of each its expected end and the number of these keys; then each answer, the number of its entries, and the entries.
_APPEND: Final = """
local journals = {}
local key, at = 2, 5
for i = 1, tonumber(ARGV[4]) do
  local one = {log = KEYS[key], stop = KEYS[key + 1], first = key + 2, last = key + 1 + tonumber(ARGV[at + 1])}
  local expected = tonumber(ARGV[at])
  for answer = one.first, one.last do
    if redis.call('EXISTS', KEYS[answer]) == 1 then return 0 end
  end
  one.position = tonumber(redis.call('GET', one.stop) or '0')
  if one.position < expected then
    redis.call('DEL', KEYS[1])
    return redis.error_reply('STALE the log is shorter than what was read of it')
  end
  if one.position > expected then return 0 end
  journals[i] = one
  key, at = one.last + 1, at + 2
end
for _, one in ipairs(journals) do
  for answer = one.first, one.last do
    redis.call('SET', KEYS[answer], ARGV[at], 'EX', ARGV[2])
    local last = at + 1 + tonumber(ARGV[at + 1])
    for entry = at + 2, last do
      one.position = one.position + 1
      redis.call('XADD', one.log, one.position .. '-0', 'r', ARGV[entry])
    end
    at = last + 1
  end
  redis.call('SET', one.stop, one.position)
  redis.call('XTRIM', one.log, 'MAXLEN', '~', ARGV[3])
end
return 1
"""
_READ: Final = """
if tonumber(redis.call('GET', KEYS[3]) or '0') < tonumber(ARGV[4]) then
  redis.call('DEL', KEYS[1])
  return redis.error_reply('STALE the log is shorter than what was read or written of it')
end
return redis.call('XRANGE', KEYS[2], ARGV[2], '+', 'COUNT', ARGV[3])
"""
_ANSWER: Final = "return redis.call('GET', KEYS[2])"
PAGE: Final = 500


class RedisJournal(Generic[R]):
    """`agents.stage.Journal` in Redis: an append-only log under compare-and-set, with the answer of every key."""

    def __init__(self, session: Session, name: str, kind: type[R], settings: Settings) -> None:
        self._session = session
        self._kind = kind
        self._log = session.store.key("journal", name)
        self._end = session.store.key("journal", name, "end")
        self._answers = session.store.key("journal", name, "answer")
        self._answer_seconds = settings.answer_hours * 3600
        self._entries = settings.journal_entries
        self._appended: dict[str | None, int] = {}  # the end of the log after our last entry, by epoch

    async def read(self, after: int) -> Sequence[tuple[int, R]]:
        entries: list[tuple[int, R]] = []
        while True:
            least = max(after, self._appended.get(self._session.epoch, 0))
            page = await self._session.run(_READ, [self._log, self._end], [f"{after + 1}-0", PAGE, least])
            for name, (_, value) in page:
                after = int(name.split(b"-")[0])
                entries += [(after - 1, entry) for entry in self._unpack(value)]
            if len(page) < PAGE:
                return entries

    async def append(self, expected: int, key: str, entries: Sequence[R]) -> bool:
        return await self.append_all(expected, [(key, entries)])

    async def append_all(self, expected: int, answers: Answers[R], *beside: Beside) -> bool:
        journals: list[tuple[RedisJournal[Any], int, Answers[Any]]] = [(self, expected, answers)]
        for journal, end, others in beside:
            assert isinstance(journal, RedisJournal)
            journals.append((journal, end, others))
        keys, ends, values = [], list[str | bytes | int](), list[str | bytes | int]()
        for journal, end, told in journals:
            keys += [journal._log, journal._end, *(journal._answer_key(key) for key, _ in told)]
            ends += [end, len(told)]
            for _, entries in told:
                packed = [pack(entry) for entry in entries]
                values += [packed[0] if len(packed) == 1 else pack(*entries), len(packed), *packed]
        arguments = [self._answer_seconds, self._entries, len(journals), *ends, *values]
        taken = bool(await self._session.run(_APPEND, keys, arguments))
        for journal, end, told in journals if taken else ():
            journal._appended = {self._session.epoch: end + sum(len(entries) for _, entries in told)}
        return taken

    async def answer(self, key: str) -> Sequence[R] | None:
        value = await self._session.run(_ANSWER, [self._answer_key(key)], [])
        return None if value is None else self._unpack(value)

    async def load(self, answers: Sequence[tuple[str, Sequence[R]]]) -> None:
        """Write a whole journal into a store that has no epoch yet, in order: keys and what was answered to each."""
        redis, position = self._session.store.redis, 0
        for start in range(0, len(answers), PAGE):
            pipeline = redis.pipeline(transaction=False)
            for key, entries in answers[start : start + PAGE]:
                for entry in entries:
                    position += 1
                    pipeline.xadd(self._log, {"r": pack(entry)}, id=f"{position}-0", maxlen=self._entries)
                pipeline.set(self._answer_key(key), pack(*entries), ex=self._answer_seconds)
            pipeline.set(self._end, position)
            await pipeline.execute()

    def _unpack(self, value: bytes) -> list[R]:
        return [self._kind.model_validate_json(line) for line in unpack(value)]

    def _answer_key(self, key: str) -> str:
        return f"{self._answers}:{key}"


def unpack(value: bytes) -> list[str]:
    """The records of `pack`. Schema version 1 wrote entries as JSON and answers as a JSON list of such texts."""
    if value.startswith(b"["):
        return list(json.loads(value))
    text = value.decode() if value.startswith(b"{") else zlib.decompress(value).decode()
    return text.split("\n") if text else []


class MemoryJournal(Generic[R]):
    """`agents.stage.Journal` in a list, for tests and for one process alone."""

    def __init__(self) -> None:
        self._entries: list[R] = []
        self._answers: dict[str, Sequence[R]] = {}

    async def read(self, after: int) -> Sequence[tuple[int, R]]:
        return list(enumerate(self._entries))[after:]

    async def append(self, expected: int, key: str, entries: Sequence[R]) -> bool:
        return await self.append_all(expected, [(key, entries)])

    async def append_all(self, expected: int, answers: Answers[R], *beside: Beside) -> bool:
        journals: list[Beside] = [(self, expected, answers), *beside]
        for journal, end, told in journals:
            assert isinstance(journal, MemoryJournal)
            if end != len(journal._entries) or any(key in journal._answers for key, _ in told):
                return False
        for journal, _, told in journals:
            assert isinstance(journal, MemoryJournal)
            for key, entries in told:
                journal._entries.extend(entries)
                journal._answers[key] = tuple(entries)
        return True

    async def answer(self, key: str) -> Sequence[R] | None:
        return self._answers.get(key)
