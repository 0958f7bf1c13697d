"""The articles of the last days behind `agents.deduplicate.SeenArticles`: in Redis, and in a dict for tests.

In Redis an article is one string (`r:<key>`: what was decided, then the codes), which expires. It is found by its
anchors: each is a field of a hash (`x:<generation>:<shard>`) that holds the keys of the last few articles that had
it. Small hashes stay packed (up to 512 fields in each of 32,768: half a million articles a generation), at 17 bytes
a field, where a key of its own would cost 90. A field cannot expire everywhere, so hashes belong to a generation as
long as a lifetime: look-ups read the present and the last one, and what they find is carried over, so that a story
that lives is never forgotten.

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
from agents.language.fingerprint import ANCHOR_BITS
from streams.stores import Store, StoreLostError, is_store_down

HOLDERS: Final = 8  # articles that an anchor remembers, the latest
# An anchor that has as many is likely a phrase that everybody uses: it takes two of those to make a candidate.
RARE, COMMON, NEEDED = 2, 1, 2
ALIKE: Final = 4  # an article that has a quarter of the anchors is met again
CANDIDATES: Final = 6
_SIZE: Final = struct.Struct("<I")  # of the answer that stands before the codes
_SHARD_BITS: Final = 15
_FIELD_BITS: Final = ANCHOR_BITS - _SHARD_BITS  # five bytes

_CONSTANTS: Final = (
    f"local RARE, COMMON, NEEDED, ALIKE = {RARE}, {COMMON}, {NEEDED}, {ALIKE}"
    f"\nlocal CANDIDATES, MOST = {CANDIDATES}, {8 * HOLDERS}"
)
_SETTLE: Final = (
    _CONSTANTS
    + """
local call, sub, byte = redis.call, string.sub, string.byte
local prefix, ttl = ARGV[2], tonumber(ARGV[3])
if ARGV[1] ~= '' and call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
local generation = math.floor(tonumber(call('TIME')[1]) / ttl)
local record, ends = prefix .. 'r:', (generation + 2) * ttl
local present, last = prefix .. 'x:' .. generation .. ':', prefix .. 'x:' .. (generation - 1) .. ':'
local has_last, made, expires = call('EXISTS', last) == 1, nil, {}

local function expire(shard)  -- each hash once, and the string that tells which were made
  expires[shard], made = true, made or call('GET', present) or ''
  local high, low = byte(shard, 1, 2)
  local number = 256 * high + low
  if bit.band(byte(made, math.floor(number / 8) + 1) or 0, bit.rshift(128, number % 8)) ~= 0 then return end
  call('EXPIREAT', present .. shard, ends)
  call('SETBIT', present, number, 1)
  if made == '' then call('EXPIREAT', present, ends) end
end

local function settle(own, answer, value, against, anchors)
  local before = call('GET', record .. own)
  if before then
    local size = struct.unpack('<I4', before)
    return {1, sub(before, 5, 4 + size)}
  end
  local votes, order, shards, fields, holders = {}, {}, {}, {}, {}
  for place = 1, #anchors / 8 do
    local shard, field = sub(anchors, 8 * place - 6, 8 * place - 5), sub(anchors, 8 * place - 4, 8 * place)
    shards[place], fields[place] = shard, field
    local keys = call('HGET', present .. shard, field) or has_last and call('HGET', last .. shard, field)
    if keys then
      holders[place] = keys
      local weight = #keys < MOST and RARE or COMMON
      for i = 1, #keys, 8 do
        local key = sub(keys, i, i + 7)
        if not votes[key] then order[#order + 1] = {key, #order} end
        votes[key] = (votes[key] or 0) + weight
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
    local key = item[1]
    if votes[key] < NEEDED or #found == CANDIDATES then break end
    if call('EXISTS', record .. key) == 1 then
      found[#found + 1] = key
      if not known[key] then unknown = true end
    end
  end
  if unknown then
    local values = {}
    for i, key in ipairs(found) do values[2 * i - 1], values[2 * i] = key, call('GET', record .. key) end
    return {0, values}
  end
  call('SET', record .. own, value, 'EX', ttl)
  for _, key in ipairs(found) do
    if votes[key] * ALIKE >= #fields then call('EXPIRE', record .. key, ttl) end
  end
  for i, shard in ipairs(shards) do
    call('HSET', present .. shard, fields[i], holders[i] and sub(own .. holders[i], 1, MOST) or own)
    if not expires[shard] then expire(shard) end
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


def _pack_anchors(anchors: Sequence[int]) -> bytes:
    """Eight bytes each: none, two of a shard, five of a field. The high bits of small hashes would tell little."""
    shard_of = (1 << _SHARD_BITS) - 1
    packed = ((anchor & shard_of) << _FIELD_BITS | anchor >> _SHARD_BITS for anchor in anchors)
    return struct.pack(f">{len(anchors)}Q", *packed)


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
            delivery.key,
            packed,
            _value(packed, delivery.entry),
            b"".join(against),
            _pack_anchors(delivery.anchors),
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
