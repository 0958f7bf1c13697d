"""A store that was emptied, or lost and replaced, is filled again from the topics before anybody decides on it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Final, cast

from streams.stores import Store

log = logging.getLogger(__name__)
LOCK_MILLISECONDS: Final = 30_000

Fill = Callable[[], Awaitable[int]]  # fills one thing in the store from the topics; returns how many records

_RELEASE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
_RENEW: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end"


class Rebuild:
    """Finds the store's epoch, and where there is none, fills the store. Of all workers, one fills, the others wait."""

    def __init__(self, store: Store, fills: list[Fill], filled: Callable[[int], None] = lambda _: None) -> None:
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
                    await asyncio.sleep(0.2)

    @property
    def _lock(self) -> str:
        return self._store.key("rebuild")

    async def _fill(self, token: str) -> None:
        renewal = asyncio.create_task(self._renew(token))
        try:
            await self._clear()
            records = 0
            for fill in self._fills:
                records += await fill()
            if renewal.done():
                return  # the lock was lost: somebody else fills too, and the slower one must not publish its work
            await self._store.redis.set(self._store.epoch_key, secrets.token_hex(8))
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

    async def _clear(self) -> None:
        """Whatever was written without an epoch is worth nothing."""
        pattern = self._store.prefix.replace("[", r"\[") + ":*"
        async for key in self._store.redis.scan_iter(match=pattern, count=1000):
            if key.decode() != self._lock:
                await self._store.redis.unlink(key)
