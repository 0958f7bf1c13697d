"""Records that end the process: a batch is marked before it is decided on, and the next batch takes the mark over.

Who is given records that are marked already goes through them one by one, since somebody has ended on them or has at
least not committed them, and counts each before deciding on it. So a record that kills or hangs its worker is
quarantined after a few times, and costs its neighbours nothing but speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from streams.process import Received
from streams.stores import Store

KEPT_SECONDS: Final = 7 * 24 * 3600

# Marks the ranges of offsets, and tells whether one of them overlaps with a mark that was left behind.
_BEGIN: Final = """
local found = 0
for i = 2, #ARGV, 3 do
  local first, last = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local mark = redis.call('HGET', KEYS[1], ARGV[i])
  if mark then
    local from, to = string.match(mark, '(%d+)-(%d+)')
    if tonumber(from) <= last and first <= tonumber(to) then found = 1 end
  end
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. '-' .. ARGV[i + 2])
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
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

    async def begin(self, batch: Sequence[Received]) -> bool:
        """Mark a batch. True where somebody has ended on some of it."""
        ranges: list[str | int] = []
        for place, offsets in _places(batch).items():
            ranges += [place, min(offsets), max(offsets)]
        return bool(await self._redis.eval(_BEGIN, 1, self._marks, KEPT_SECONDS, *ranges))

    async def count(self, received: Received) -> int:
        """Count a record before deciding on it; returns how often somebody has ended on it before."""
        return int(await self._redis.eval(_COUNT, 1, self._counts, KEPT_SECONDS, _name(received))) - 1

    async def survived(self, received: Received) -> None:
        """The record did not end the process."""
        await self._redis.hdel(self._counts, _name(received))


def _places(batch: Sequence[Received]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for received in batch:
        places.setdefault(f"{received.topic}/{received.partition}", []).append(received.offset)
    return places


def _name(received: Received) -> str:
    return f"{received.topic}/{received.partition}/{received.offset}"
