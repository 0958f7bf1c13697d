"""The articles of the last days behind `agents.deduplicate.SeenArticles`: in Redis, and in a dict for tests.

In Redis an article is one string (`r:<key>`: what was decided, then the codes), which expires. It is found by its
anchors: each is a field of a hash (`x:<generation>:<shard>`) that holds the keys of the last few articles that had
it. Small hashes stay packed (up to 512 fields in each of 32,768: half a million articles a generation), at 17 bytes
a field, where a key of its own would cost 90. A field cannot expire everywhere, so hashes belong to a generation as
long as a lifetime: look-ups read the present and the last one, and what they find is carried over, so that a story
that lives is never forgotten.

One script looks up, compares and inserts. All keys carry the prefix's hash tag, so that it runs on a cluster.
"""

from __future__ import annotations

import struct
from collections import Counter
from typing import Any, Final

from redis import exceptions

from agents.deduplicate import Answer, Delivery, Entry, Known, Settled
from agents.language.fingerprint import ANCHOR_BITS
from streams.stores import Store

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
local votes, order, fields, most = {}, {}, {}, 8 * tonumber(ARGV[10])
for at = 1, #anchors, 7 do
  local shard, field = string.sub(anchors, at, at + 1), string.sub(anchors, at + 2, at + 6)
  local holders = redis.call('HGET', present .. shard, field) or redis.call('HGET', last .. shard, field) or ''
  fields[#fields + 1] = {shard, field, holders}
  local weight = #holders < most and RARE or COMMON
  for i = 1, #holders, 8 do
    local key = string.sub(holders, i, i + 7)
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
  if votes[key] < NEEDED then break end
  local other = redis.call('GET', record .. key)
  if other then
    found[#found + 1] = key
    found[#found + 1] = other
    if not known[key] then unknown = true end
    if #found == 2 * tonumber(ARGV[9]) then break end
  end
end
if unknown then return {0, found} end
redis.call('SET', record .. own, value, 'EX', ttl)
for i = 1, #found, 2 do
  if votes[found[i]] * ALIKE >= #fields then redis.call('EXPIRE', record .. found[i], ttl) end
end
for _, item in ipairs(fields) do
  local shard = present .. item[1]
  local added = redis.call('HSET', shard, item[2], string.sub(own .. item[3], 1, most))
  if added == 1 and redis.call('HLEN', shard) == 1 then redis.call('EXPIREAT', shard, (generation + 2) * ttl) end
end
return {1, answer}
"""
)


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
        self._script = store.redis.register_script(_SETTLE)

    async def settle(self, delivery: Delivery, answer: Answer, against: frozenset[bytes]) -> Settled:
        """See `SeenArticles`."""
        packed = answer.pack()
        try:
            done, found = await self._script(
                keys=[self._store.epoch_key],
                args=[
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
                ],
            )
        except exceptions.ResponseError as error:
            if "STALE" in str(error):
                raise self._store.lost() from None
            raise
        return _settled(done, found)


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

    async def settle(self, delivery: Delivery, answer: Answer, against: frozenset[bytes]) -> Settled:
        """See `SeenArticles`."""
        if before := self._records.get(delivery.key):
            return Settled(_known(delivery.key, before).answer)
        votes: Counter[bytes] = Counter()
        for anchor in delivery.anchors:
            holders = self._holders.get(anchor, ())
            for key in holders:
                votes[key] += RARE if len(holders) < HOLDERS else COMMON
        keys = [key for key, votes_for in votes.most_common(CANDIDATES) if votes_for >= NEEDED]
        if not against.issuperset(keys):
            return Settled(None, tuple(_known(key, self._records[key]) for key in keys))
        self._records[delivery.key] = _value(answer.pack(), delivery.entry)
        for anchor in delivery.anchors:
            self._holders[anchor] = (delivery.key, *self._holders.get(anchor, ()))[:HOLDERS]
        return Settled(answer)
