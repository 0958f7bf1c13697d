"""Records that end the process: how far a partition was taken up is marked before anything is decided.

Who is given records from before the mark goes through them one by one, since somebody has ended on them or has at
least not committed them, and counts each before deciding on it. So a record that kills or hangs its worker is
quarantined after a few times, and costs its neighbours nothing but speed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from streams.process import Received
from streams.records import RETRY
from streams.stores import Store

KEPT_SECONDS: Final = 7 * 24 * 3600

# Marks how far each partition was taken up, and tells whether some of the batch was taken up, or counted, before.
_BEGIN: Final = """
local found = 0
local places = tonumber(ARGV[2])
for i = 3, 3 * places, 3 do
  local first, last = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local mark = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or '-1')
  if first <= mark then found = 1 end
  if last > mark then redis.call('HSET', KEYS[1], ARGV[i], last) end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 1 then
  for i = 3 + 3 * places, #ARGV do
    if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 then found = 1 end
  end
end
return found
"""
_COUNT: Final = """
local tried = redis.call('HINCRBY', KEYS[1], ARGV[2], 1)
redis.call('EXPIRE', KEYS[1], ARGV[1])
return tried
"""


class RedisAttempts:
    """The marks of one stage, in the store. Raises the store's errors."""

    def __init__(self, store: Store, stage: str) -> None:
        self._redis: Any = store.redis
        self._marks = store.key("attempts", stage)
        self._counts = store.key("attempts", stage, "records")
        self._in_hand: set[bytes] = set()  # counted by us, who have not ended on it, however often the store goes away

    async def begin(self, batch: Sequence[Received]) -> bool:
        """Mark a batch. True where somebody has taken up some of it before."""
        places = _places(batch)
        ranges = [part for place, offsets in places.items() for part in (place, min(offsets), max(offsets))]
        names = [_name(received) for received in batch]
        keys = (self._marks, self._counts)
        return bool(await self._redis.eval(_BEGIN, 2, *keys, KEPT_SECONDS, len(places), *ranges, *names))

    async def count(self, received: Received) -> int:
        """Count a record before deciding on it; returns how often somebody has ended on it before."""
        name = _name(received)
        if name in self._in_hand:
            return max(0, int(await self._redis.hget(self._counts, name) or 0) - 1)
        tried = int(await self._redis.eval(_COUNT, 1, self._counts, KEPT_SECONDS, name)) - 1
        self._in_hand.add(name)
        return tried

    async def survived(self, received: Received) -> None:
        """The record did not end the process."""
        await self._redis.hdel(self._counts, _name(received))
        self._in_hand.discard(_name(received))


def _places(batch: Sequence[Received]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for received in batch:
        places.setdefault(f"{received.topic}/{received.partition}", []).append(received.offset)
    return places


def _name(received: Received) -> bytes:
    """What is counted is the record and not its place: the stage before may have sent it a second time."""
    digest = hashlib.blake2b(received.topic.encode(), digest_size=12)
    digest.update(dict(received.headers).get(RETRY, b""))
    digest.update(received.value or b"")
    return digest.digest()
