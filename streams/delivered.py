"""Who has had what: a ledger of deliveries in the store, beside the offsets of the consumer groups.

A delivery is claimed before it is sent, and then marked as delivered or let go. Whoever finds it claimed by somebody
else waits until that one has marked it or let it go. If he does neither he is dead, and the delivery is taken over. A
claim does not expire by itself, for a store that was away for long must not make two out of one: it has to be seen
unchanged, in a store that answers, for longer than sending can take.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol

from redis.asyncio import Redis

from streams.stores import is_store_down

log = logging.getLogger(__name__)
REMEMBERED: Final = 14 * 24 * 3600  # seconds
# Two keys: one that says that it was delivered, one with the claim.
_CLAIM: Final = """
if redis.call('EXISTS', KEYS[1]) == 1 then return '' end
local found = redis.call('GET', KEYS[2])
if found and found ~= ARGV[1] and found ~= ARGV[2] then return found end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[3])
return ARGV[1]
"""
_MARK: Final = """
redis.call('SET', KEYS[1], 1, 'EX', ARGV[1])
redis.call('DEL', KEYS[2])
"""
_RELEASE: Final = "if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end"


class Claim(StrEnum):
    """What became of a claim."""

    OURS = "ours"  # send it, then mark or release it
    HELD = "held"  # somebody else is sending it
    DONE = "done"  # delivered, or given up


class Ledger(Protocol):
    """What each endpoint has had."""

    async def claim(self, endpoint: str, delivery_id: str, lease: float) -> Claim:
        """Claim a delivery. Another's claim is taken over once it was seen for `lease` seconds."""

    async def mark(self, endpoint: str, delivery_id: str) -> None:
        """The endpoint has it, or will never get it."""

    async def release(self, endpoint: str, delivery_id: str) -> None:
        """Let our claim go: the endpoint has not got it."""


class RedisLedger:
    """The ledger in Redis. Waits while the store is away, for nobody may be woken twice."""

    def __init__(
        self,
        redis: Redis,
        prefix: str,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis = redis
        self._prefix = prefix
        self._pause = pause
        self._now = now
        self._ours: dict[str, str] = {}  # our claims, by delivery
        self._seen: dict[str, tuple[bytes, float]] = {}  # those of others, and since when we have seen them

    async def claim(self, endpoint: str, delivery_id: str, lease: float) -> Claim:
        name = f"{endpoint}:{delivery_id}"
        before = self._ours.pop(name, "")
        claim = secrets.token_hex(8)  # another one for each try: who lets go and claims again is not dead

        def overdue() -> str | bytes:
            seen, since = self._seen.get(name, (b"", 0.0))
            return seen if seen and self._now() - since > lease else before

        found = await self._run(_CLAIM, name, lambda: (claim, overdue(), REMEMBERED))
        if found == claim.encode():
            self._ours[name] = claim
        elif found:
            if found != self._seen.get(name, (b"", 0.0))[0]:
                self._seen[name] = found, self._now()
            return Claim.HELD
        self._seen.pop(name, None)
        return Claim.OURS if found else Claim.DONE

    async def mark(self, endpoint: str, delivery_id: str) -> None:
        name = f"{endpoint}:{delivery_id}"
        await self._run(_MARK, name, lambda: (REMEMBERED,))
        self._ours.pop(name, None)

    async def release(self, endpoint: str, delivery_id: str) -> None:
        name = f"{endpoint}:{delivery_id}"
        await self._run(_RELEASE, name, lambda: (self._ours.get(name, ""),))
        self._ours.pop(name, None)

    async def _run(self, script: str, name: str, arguments: Callable[[], Sequence[str | bytes | int]]) -> Any:
        keys = f"{self._prefix}:delivered:{name}", f"{self._prefix}:claimed:{name}"
        while True:
            try:
                return await self._redis.eval(script, 2, *keys, *arguments())
            except Exception as error:
                if not is_store_down(error):
                    raise
                log.warning("the store is away, delivery waits: %s", error)
                self._seen.clear()  # who sends could not mark it meanwhile
                await self._pause(1.0)
