"""The articles of the last days behind `agents.deduplicate.SeenArticles`: in Redis, and in a dict for tests.

In Redis an article is one string (`r:<key>`: what was decided, then the codes), which expires. It is found by its
anchors: each is a field of a hash (`x:<generation>:<shard>`) that holds the keys of the last few articles that had
it. Small hashes stay packed (up to 512 fields in each of 32,768: half a million articles a generation), at 17 bytes
a field, where a key of its own would cost 90. A field cannot expire everywhere, so hashes belong to a generation as
long as a lifetime: look-ups read the present and the last one, and what they find is carried over, so that a story
that lives is never forgotten.

Which hashes of a generation were made, and so have their expiry, is told by the bits of one string (`x:<generation>`).

One script looks up, compares and inserts. All keys carry the prefix's hash tag, so that it runs on a cluster. What is
asked while an answer is under way is sent together, on one connection.
"""

from __future__ import annotations

import asyncio
import hashlib
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

from redis import exceptions

from agents.deduplicate import Answer, Delivery, Entry, Known, Settled
from agents.language.fingerprint import ANCHOR_BITS
from streams.stores import Store, StoreLostError, is_store_down

HOLDERS: Final = 8  # articles that an anchor remembers, the latest
# An anchor that has as many is likely a phrase that everybody uses: it takes two of those to make a candidate.
RARE, COMMON, NEEDED = 2, 1, 2
ALIKE: Final = 4  # an article that has a quarter of the anchors is met again
CANDIDATES: Final = 6
_SIZE: Final = struct.Struct("<I")  # of the answer that stands before the codes
_SHARD_BITS: Final = 15
_FIELD_BYTES: Final = (ANCHOR_BITS - _SHARD_BITS) // 8  # five: what is left of an anchor

_CONSTANTS: Final = f"local RARE, COMMON, NEEDED, ALIKE = {RARE}, {COMMON}, {NEEDED}, {ALIKE}"
_SETTLE: Final = (
    _CONSTANTS
    + """
local prefix, ttl, own = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local answer, value, against, anchors = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
if ARGV[1] ~= '' and redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
local record = prefix .. 'r:'
local before = redis.call('GET', record .. own)
if before then
  local size = struct.unpack('<I4', before)
  return {1, string.sub(before, 5, 4 + size)}
end
local generation = math.floor(tonumber(redis.call('TIME')[1]) / ttl)
local present, last = prefix .. 'x:' .. generation .. ':', prefix .. 'x:' .. (generation - 1) .. ':'
local votes, order, shards, fields, holders, most = {}, {}, {}, {}, {}, 8 * tonumber(ARGV[10])
for at = 1, #anchors, 7 do
  local shard, field = string.sub(anchors, at, at + 1), string.sub(anchors, at + 2, at + 6)
  local keys = redis.call('HGET', present .. shard, field) or redis.call('HGET', last .. shard, field) or ''
  local place = #shards + 1
  shards[place], fields[place], holders[place] = shard, field, keys
  local weight = #keys < most and RARE or COMMON
  for i = 1, #keys, 8 do
    local key = string.sub(keys, i, i + 7)
    if votes[key] then votes[key] = votes[key] + weight else votes[key] = weight; order[#order + 1] = {key, #order} end
  end
end
local known = {}
for i = 1, #against, 8 do known[string.sub(against, i, i + 7)] = true end
table.sort(order, function (a, b)
  if votes[a[1]] ~= votes[b[1]] then return votes[a[1]] > votes[b[1]] end
  return a[2] < b[2]
end)
local found, unknown = {}, false
for _, item in ipairs(order) do
  local key = item[1]
  if votes[key] < NEEDED or #found == tonumber(ARGV[9]) then break end
  if redis.call('EXISTS', record .. key) == 1 then
    found[#found + 1] = key
    if not known[key] then unknown = true end
  end
end
if unknown then
  local values = {}
  for i, key in ipairs(found) do values[2 * i - 1], values[2 * i] = key, redis.call('GET', record .. key) end
  return {0, values}
end
redis.call('SET', record .. own, value, 'EX', ttl)
for _, key in ipairs(found) do
  if votes[key] * ALIKE >= #fields then redis.call('EXPIRE', record .. key, ttl) end
end
local made = redis.call('GET', present) or ''
for i, shard in ipairs(shards) do
  redis.call('HSET', present .. shard, fields[i], string.sub(own .. holders[i], 1, most))
  local high, low = string.byte(shard, 1, 2)
  local number = 256 * high + low
  if bit.band(string.byte(made, math.floor(number / 8) + 1) or 0, bit.rshift(128, number % 8)) == 0 then
    redis.call('EXPIREAT', present .. shard, (generation + 2) * ttl)
    redis.call('SETBIT', present, number, 1)
  end
end
if made == '' then redis.call('EXPIREAT', present, (generation + 2) * ttl) end
return {1, answer}
"""
)
_DIGEST: Final = hashlib.sha1(_SETTLE.encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class _Asked:
    """A call of the script, and what came of it: its reply, or an exception."""

    arguments: Sequence[str | bytes | int]
    reply: Any = None


def _pack_anchor(anchor: int) -> bytes:
    shard, field = anchor & ((1 << _SHARD_BITS) - 1), anchor >> _SHARD_BITS  # small hashes are chosen: high bits are 0
    return shard.to_bytes(2, "big") + field.to_bytes(_FIELD_BYTES, "big")


def _known(key: bytes, value: bytes) -> Known:
    (size,) = _SIZE.unpack_from(value)
    return Known(key, Entry.unpack(value[4 + size :]), Answer.unpack(value[4 : 4 + size]))


def _value(answer: bytes, entry: Entry) -> bytes:
    return _SIZE.pack(len(answer)) + answer + entry.pack()


class RedisSeenArticles:
    """`SeenArticles` in Redis or Valkey, shared by all workers.

    `lifetime` is in seconds; an article that is met again lives another one. `settle` raises `StoreLostError` where
    the store is not the one whose epoch was read (it was emptied or replaced), and the client's errors.
    """

    def __init__(self, store: Store, lifetime: int) -> None:
        self._store = store
        self._lifetime = lifetime
        self._prefix = store.key("seen", "")
        self._under_way: dict[int, asyncio.Future[Exception | None]] = {}  # by anchor, the last that has it
        self._asked: list[_Asked] = []
        self._sending = asyncio.Lock()

    @asynccontextmanager
    async def in_turn(self, delivery: Delivery) -> AsyncIterator[None]:
        """See `SeenArticles`. Raises what kept one before it from being settled, if that passes by waiting."""
        own: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        earlier = {one for anchor in delivery.anchors if (one := self._under_way.get(anchor)) is not None}
        self._under_way.update(dict.fromkeys(delivery.anchors, own))
        try:
            if earlier:
                await asyncio.wait(earlier)
                for one in earlier:
                    if (error := one.result()) is not None:
                        raise error
            yield
        except Exception as error:
            if isinstance(error, StoreLostError) or is_store_down(error):
                own.set_result(error)
            raise
        finally:
            if not own.done():
                own.set_result(None)
            for anchor in delivery.anchors:
                if self._under_way.get(anchor) is own:
                    del self._under_way[anchor]

    async def settle(self, delivery: Delivery, answer: Answer, against: frozenset[bytes]) -> Settled:
        """See `SeenArticles`."""
        packed = answer.pack()
        arguments = (
            self._store.epoch or "",
            self._prefix,
            self._lifetime,
            delivery.key,
            packed,
            _value(packed, delivery.entry),
            b"".join(against),
            b"".join(map(_pack_anchor, delivery.anchors)),
            CANDIDATES,
            HOLDERS,
        )
        try:
            done, found = await self._ask(arguments)
        except exceptions.ResponseError as error:
            if "STALE" in str(error):
                raise self._store.lost() from None
            raise
        return _settled(done, found)

    async def _ask(self, arguments: Sequence[str | bytes | int]) -> Any:
        """Run the script. Whoever comes first sends, and then for all who have come meanwhile."""
        asked = _Asked(arguments)
        self._asked.append(asked)
        async with self._sending:
            if asked.reply is None:
                await self._send()
        if isinstance(asked.reply, Exception):
            raise asked.reply
        return asked.reply

    async def _send(self) -> None:
        asked = self._asked.copy()
        try:
            replies = await self._run(asked)
            if any(isinstance(reply, exceptions.NoScriptError) for reply in replies):
                await self._store.redis.script_load(_SETTLE)
                replies = await self._run(asked)  # one that was settled gets its answer again
        except Exception as error:
            replies = [error] * len(asked)
        for one, reply in zip(asked, replies, strict=True):
            one.reply = reply
        del self._asked[: len(asked)]

    async def _run(self, asked: Sequence[_Asked]) -> list[Any]:
        pipeline = self._store.redis.pipeline(transaction=False)
        for one in asked:
            pipeline.evalsha(_DIGEST, 1, self._store.epoch_key, *one.arguments)
        replies: list[Any] = await pipeline.execute(raise_on_error=False)
        return replies


def _settled(done: int, found: Any) -> Settled:
    if done:
        return Settled(Answer.unpack(found))
    return Settled(None, tuple(_known(key, value) for key, value in zip(found[::2], found[1::2], strict=True)))


class MemorySeenArticles:
    """`SeenArticles` in dicts, for tests and for one process alone. Nothing expires."""

    def __init__(self) -> None:
        self._records: dict[bytes, bytes] = {}
        self._holders: dict[int, tuple[bytes, ...]] = {}

    def __len__(self) -> int:
        return len(self._records)

    def copy(self) -> MemorySeenArticles:
        """Another index that remembers the same so far."""
        other = MemorySeenArticles()
        other._records, other._holders = self._records.copy(), self._holders.copy()
        return other

    def in_turn(self, delivery: Delivery) -> AbstractAsyncContextManager[None]:
        """See `SeenArticles`: nothing is ever under way."""
        return nullcontext()

    async def settle(self, delivery: Delivery, answer: Answer, against: frozenset[bytes]) -> Settled:
        """See `SeenArticles`."""
        if before := self._records.get(delivery.key):
            return Settled(_known(delivery.key, before).answer)
        votes: dict[bytes, int] = {}
        held = list(map(self._holders.get, delivery.anchors))
        for keys in filter(None, held):
            weight = RARE if len(keys) < HOLDERS else COMMON
            for key in keys:
                votes[key] = votes.get(key, 0) + weight
        found = [key for key, votes_for in votes.items() if votes_for >= NEEDED]
        found = sorted(found, key=votes.__getitem__, reverse=True)[:CANDIDATES]
        if not against.issuperset(found):
            return Settled(None, tuple(_known(key, self._records[key]) for key in found))
        self._records[delivery.key] = _value(answer.pack(), delivery.entry)
        for anchor, holders in zip(delivery.anchors, held, strict=True):
            self._holders[anchor] = (delivery.key, *holders[: HOLDERS - 1]) if holders else (delivery.key,)
        return Settled(answer)
