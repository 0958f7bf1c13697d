"""The articles of the last days behind `agents.deduplicate.SeenArticles`: in Redis, and in a dict for tests.

In Redis an article is one string (`r:<number>`: its key, what was decided, then the codes), which expires. It is found
by its key and its anchors: each is a row of seven bytes (three of itself, four of the article's number) among those of
a bucket, and 64 buckets are the fields of a hash (`x:<generation>:<shard>`). Hashes stay packed while no bucket has
more than nine rows. A row cannot expire, so hashes belong to a generation as long as a lifetime: look-ups read the
present and the last one, and what they find is carried over, so that a story that lives is never forgotten. Numbers
are counted in `n`.

Which hashes of a generation were made, and so have their expiry, is told by the bits of one string (`x:<generation>`).

One script looks up, compares and inserts. All keys carry the prefix's hash tag, so that it runs on a cluster. What is
asked while an answer is under way is asked by one call of the script.
"""

from __future__ import annotations

import asyncio
import hashlib
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Any, Final

from redis import exceptions

from agents.deduplicate import Answer, Delivery, Entry, Known, Settled
from streams.stores import Store, StoreLostError, is_store_down

HOLDERS: Final = 8  # articles that an anchor remembers, the latest
# An anchor that has as many is likely a phrase that everybody uses: it takes two of those to make a candidate.
RARE, COMMON, NEEDED = 2, 1, 2
ALIKE: Final = 4  # an article that has a quarter of the anchors is met again
CANDIDATES: Final = 6
_SIZE: Final = struct.Struct("<I")  # of the answer that stands before the codes
_KEY: Final = 8  # bytes
_SHARD_BITS, _BUCKET_BITS, _ROW_BITS = 15, 6, 24
_PLACE: Final = 6  # bytes: two of the shard, one of the bucket, three of the row

_CONSTANTS: Final = (
    f"local RARE, COMMON, NEEDED, ALIKE = {RARE}, {COMMON}, {NEEDED}, {ALIKE}"
    f"\nlocal CANDIDATES, HOLDERS = {CANDIDATES}, {HOLDERS}"
)
_SETTLE: Final = (
    _CONSTANTS
    + """
local call, sub, byte, find = redis.call, string.sub, string.byte, string.find
local prefix, ttl = ARGV[2], tonumber(ARGV[3])
if ARGV[1] ~= '' and call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
local generation = math.floor(tonumber(call('TIME')[1]) / ttl)
local record, ends, count = prefix .. 'r:', (generation + 2) * ttl, prefix .. 'n'
local present, last = prefix .. 'x:' .. generation .. ':', prefix .. 'x:' .. (generation - 1) .. ':'
local has_last, made, expires = call('EXISTS', last) == 1, nil, {}

local function expire(shard)  -- each hash once, and the string that tells which were made
  expires[shard], made = true, made or call('GET', present) or ''
  local high, low = byte(shard, 1, 2)
  local number = 256 * high + low
  if bit.band(byte(made, math.floor(number / 8) + 1) or 0, bit.rshift(128, number % 8)) ~= 0 then return end
  call('EXPIREAT', present .. shard, ends)
  call('SETBIT', present, number, 1)
  if made == '' then
    call('EXPIREAT', present, ends)
    call('EXPIREAT', count, ends + ttl)  -- longer than any row
  end
end

local function numbers_in(rows, row)  -- of the articles that have the row, the latest first; and where the oldest is
  local numbers, oldest, at = nil, nil, find(rows, row, 1, true)
  while at do
    if at % 7 == 1 then
      numbers, oldest = numbers or {}, at
      numbers[#numbers + 1] = sub(rows, at + 3, at + 6)
      at = find(rows, row, at + 7, true)
    else
      at = find(rows, row, at + 1, true)
    end
  end
  return numbers, oldest
end

local function settle(own, answer, value, against, anchors)
  local votes, order, places, full, carried = {}, {}, #anchors / 6, {}, {}
  local names, shards, own_rows, buckets = {}, {}, {}, {}
  for place = 1, places do
    local at = 6 * place
    local name, shard, row = sub(anchors, at - 5, at - 3), sub(anchors, at - 5, at - 4), sub(anchors, at - 2, at)
    names[place], shards[place], own_rows[place] = name, shard, row
    local rows = buckets[name]
    if not rows then
      rows = call('HGET', present .. shard, sub(name, 3)) or ''
      buckets[name] = rows
    end
    local of = numbers_in(rows, row)
    if of then
      full[place] = #of == HOLDERS
    elseif has_last then
      rows = call('HGET', last .. shard, sub(name, 3))
      of = rows and numbers_in(rows, row)
      carried[place] = of
    end
    if place == 1 then
      for _, number in ipairs(of or {}) do
        local before = call('GET', record .. number)
        if before and sub(before, 1, 8) == own then
          local size = struct.unpack('<I4', before, 9)
          return {1, sub(before, 13, 12 + size)}
        end
      end
    elseif of then
      local weight = #of < HOLDERS and RARE or COMMON
      for _, number in ipairs(of) do
        if not votes[number] then order[#order + 1] = {number, #order} end
        votes[number] = (votes[number] or 0) + weight
      end
    end
  end
  local known = {}
  for i = 1, #against, 8 do known[sub(against, i, i + 7)] = true end
  table.sort(order, function (a, b)
    if votes[a[1]] ~= votes[b[1]] then return votes[a[1]] > votes[b[1]] end
    return a[2] < b[2]
  end)
  local found, unknown = {}, false
  for _, item in ipairs(order) do
    local number = item[1]
    if votes[number] < NEEDED or #found == CANDIDATES then break end
    local key = call('GETRANGE', record .. number, 0, 7)
    if key ~= '' then
      found[#found + 1] = number
      if not known[key] then unknown = true end
    end
  end
  if unknown then
    local values = {}
    for i, number in ipairs(found) do values[i] = call('GET', record .. number) end
    return {0, values}
  end
  local number = struct.pack('>I4', call('INCR', count) % 4294967296)
  call('SET', record .. number, value, 'EX', ttl)
  for _, other in ipairs(found) do
    if votes[other] * ALIKE >= places - 1 then call('EXPIRE', record .. other, ttl) end
  end
  for place, name in ipairs(names) do
    local rows, row = buckets[name], own_rows[place]
    if full[place] then
      local _, oldest = numbers_in(rows, row)
      rows = sub(rows, 1, oldest - 1) .. sub(rows, oldest + 7)
    elseif carried[place] then
      local held = math.min(#carried[place], HOLDERS - 1)
      rows = row .. table.concat(carried[place], row, 1, held) .. rows
    end
    buckets[name] = row .. number .. rows
    call('HSET', present .. shards[place], sub(name, 3), buckets[name])
    if not expires[shards[place]] then expire(shards[place]) end
  end
  return {1, answer}
end

local replies = {}
for at = 4, #ARGV, 5 do
  local done, reply = pcall(settle, unpack(ARGV, at, at + 4))
  if not done and type(reply) ~= 'table' then reply = redis.error_reply(reply) end
  replies[#replies + 1] = reply
end
return replies
"""
)
_DIGEST: Final = hashlib.sha1(_SETTLE.encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class _Asked:
    """What is asked of the script, in which epoch, and what came of it: its reply, or an exception."""

    epoch: str
    arguments: Sequence[bytes]
    reply: Any = None


def _pack_places(key: bytes, anchors: Sequence[int]) -> bytes:
    """Where the key and the anchors stand: six bytes each. The high bits of small hashes would tell little."""
    return b"".join(map(_pack_place, (int.from_bytes(key, "little"), *anchors)))


def _pack_place(anchor: int) -> bytes:
    shard, rest = anchor & (1 << _SHARD_BITS) - 1, anchor >> _SHARD_BITS
    bucket, row = rest & (1 << _BUCKET_BITS) - 1, rest >> _BUCKET_BITS & (1 << _ROW_BITS) - 1
    return (shard << 8 * (_PLACE - 2) | bucket << _ROW_BITS | row).to_bytes(_PLACE, "big")


def _known(value: bytes) -> Known:
    (size,) = _SIZE.unpack_from(value, _KEY)
    codes = _KEY + _SIZE.size + size
    return Known(value[:_KEY], Entry.unpack(value[codes:]), Answer.unpack(value[_KEY + _SIZE.size : codes]))


def _value(key: bytes, answer: bytes, entry: Entry) -> bytes:
    return key + _SIZE.pack(len(answer)) + answer + entry.pack()


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
            delivery.key,
            packed,
            _value(delivery.key, packed, delivery.entry),
            b"".join(against),
            _pack_places(delivery.key, delivery.anchors),
        )
        with self._store.telling_loss():
            done, found = await self._ask(arguments)
        return _settled(done, found)

    async def _ask(self, arguments: Sequence[bytes]) -> Any:
        """Run the script. Whoever comes first sends, and then for all who have come meanwhile."""
        asked = _Asked(self._store.epoch or "", arguments)
        self._asked.append(asked)
        async with self._sending:
            if asked.reply is None:
                await self._send()
        if isinstance(asked.reply, Exception):
            raise asked.reply
        return asked.reply

    async def _send(self) -> None:
        asked = list(takewhile(lambda one: one.epoch == self._asked[0].epoch, self._asked))
        try:
            try:
                replies = await self._run(asked)
            except exceptions.NoScriptError:
                await self._store.redis.script_load(_SETTLE)
                replies = await self._run(asked)
        except Exception as error:
            replies = [error] * len(asked)
        for one, reply in zip(asked, replies, strict=True):
            one.reply = reply
        del self._asked[: len(asked)]

    async def _run(self, asked: Sequence[_Asked]) -> list[Any]:
        arguments = chain.from_iterable(one.arguments for one in asked)
        fixed = (self._store.epoch_key, asked[0].epoch, self._prefix, self._lifetime)
        replies: list[Any] = await self._store.redis.evalsha(_DIGEST, 1, *fixed, *arguments)
        return replies


def _settled(done: int, found: Any) -> Settled:
    if done:
        return Settled(Answer.unpack(found))
    return Settled(None, tuple(map(_known, found)))


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
            return Settled(_known(before).answer)
        votes: dict[bytes, int] = {}
        held = list(map(self._holders.get, delivery.anchors))
        for keys in filter(None, held):
            weight = RARE if len(keys) < HOLDERS else COMMON
            for key in keys:
                votes[key] = votes.get(key, 0) + weight
        found = [key for key, votes_for in votes.items() if votes_for >= NEEDED]
        found = sorted(found, key=votes.__getitem__, reverse=True)[:CANDIDATES]
        if not against.issuperset(found):
            return Settled(None, tuple(_known(self._records[key]) for key in found))
        self._records[delivery.key] = _value(delivery.key, answer.pack(), delivery.entry)
        for anchor, holders in zip(delivery.anchors, held, strict=True):
            self._holders[anchor] = (delivery.key, *holders[: HOLDERS - 1]) if holders else (delivery.key,)
        return Settled(answer)
