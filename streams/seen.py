"""The articles of the last days behind `agents.deduplicate.SeenArticles`: in Redis, and in a dict for tests.

In Redis an article is one string (`r:<key>`: what was decided, then the codes), which expires. It is found by its
anchors, each of which is a row of a shard, four bytes of the anchor and the key of an article that has it: a shard is
a string to which rows are appended, where a key of its own would cost an anchor 90 bytes. All shards of an article are
read at once and looked through for its anchors.

Rows cannot expire by themselves, so shards (`a:<generation>:<shard>`) belong to a generation as long as a lifetime.
A shard that is written to for the first time in a generation begins with the rows of the last one, and says how many
those are: they go with the next generation, unless their anchor is met again, so that a story that lives is never
forgotten.

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
# More take memory (90 bytes each) where there are few articles, and fewer take time where there are many.
_SHARDS: Final = 24_000

_CONSTANTS: Final = (
    f"local RARE, COMMON, NEEDED, ALIKE, HOLDERS = {RARE}, {COMMON}, {NEEDED}, {ALIKE}, {HOLDERS}"
    f"\nlocal CANDIDATES = {CANDIDATES}"
)
_SETTLE: Final = (
    _CONSTANTS
    + """
local call, sub, find, unpacked = redis.call, string.sub, string.find, struct.unpack
local prefix, ttl = ARGV[2], tonumber(ARGV[3])
if ARGV[1] ~= '' and call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
local record, generation = prefix .. 'r:', math.floor(tonumber(call('TIME')[1]) / ttl)
local present, last = prefix .. 'a:' .. generation .. ':', prefix .. 'a:' .. (generation - 1) .. ':'
local function settle(own, answer, value, against, anchors)
  local before = call('GET', record .. own)
  if before then
    local size = unpacked('<I4', before)
    return {1, sub(before, 5, 4 + size)}
  end
  local shards, fields, names, rows, strange, older = {}, {}, {}, {}, {}, {}
  for i = 1, #anchors / 8 do
    shards[i], fields[i] = sub(anchors, 8 * i - 7, 8 * i - 6), sub(anchors, 8 * i - 5, 8 * i - 2)
    names[i] = present .. shards[i]
  end
  for i, found in ipairs(call('MGET', unpack(names))) do
    rows[shards[i]] = found
    if not found then strange[#strange + 1], older[#older + 1] = shards[i], last .. shards[i] end
  end
  if #strange > 0 then
    for i, found in ipairs(call('MGET', unpack(older))) do
      local left = found and sub(found, 5 + 12 * unpacked('<I4', found)) or ''
      rows[strange[i]] = struct.pack('<I4', #left / 12) .. left
    end
  end
  local votes, order, met = {}, {}, {}
  for i, shard in ipairs(shards) do
    local listed, field = rows[shard], fields[i]
    local at = find(listed, field, 5, true)
    if at then
      local first, places = 5 + 12 * unpacked('<I4', listed), {}
      while at do
        if (at - 5) % 12 == 0 then
          if at >= first and places[1] and places[1] < first then places = {} end
          places[#places + 1] = at
        end
        at = find(listed, field, at + 1, true)
      end
      local weight, holders = #places < HOLDERS and RARE or COMMON, {}
      for n, place in ipairs(places) do holders[n] = sub(listed, place + 4, place + 11) end
      for n = #holders, 1, -1 do
        local key = holders[n]
        if not votes[key] then order[#order + 1] = {key, #order} end
        votes[key] = (votes[key] or 0) + weight
      end
      met[i] = {holders, places, #places > 0 and places[1] < first}
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
    if votes[key] * ALIKE >= #shards then call('EXPIRE', record .. key, ttl) end
  end
  local more = {}
  for i, shard in ipairs(shards) do
    local field, holders, places, carried = fields[i], unpack(met[i] or {{}})
    if #holders == HOLDERS and not carried then
      holders[HOLDERS + 1] = own
      for n, place in ipairs(places) do call('SETRANGE', present .. shard, place + 3, holders[n + 1]) end
    else
      local listed = more[shard] or ''
      if carried then
        for n = #holders == HOLDERS and 2 or 1, #holders do listed = listed .. field .. holders[n] end
      end
      more[shard] = listed .. field .. own
    end
  end
  for _, shard in ipairs(strange) do
    if more[shard] then
      call('SET', present .. shard, rows[shard] .. more[shard], 'EXAT', (generation + 2) * ttl)
      call('UNLINK', last .. shard)
      more[shard] = nil
    end
  end
  for shard, appended in pairs(more) do call('APPEND', present .. shard, appended) end
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
    """Eight bytes each: two choose the shard, four are for the row. The high bits of small hashes would tell little."""
    return struct.pack(f"<{len(anchors)}Q", *(anchor // _SHARDS << 16 | anchor % _SHARDS for anchor in anchors))


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
        try:
            done, found = await self._ask(arguments)
        except exceptions.ResponseError as error:
            if "STALE" in str(error):
                raise self._store.lost() from None
            raise
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
