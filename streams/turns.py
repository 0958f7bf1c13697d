"""Whose turn it is to decide, among the stages of one worker: the later ones go first.

They share one thread. Were all let in after one another, the alerts of an article would wait between any two of them
for a dozen new articles; so what was begun is finished before more is begun. A later stage never waits for an earlier
one, and what it has to do ends, so that nobody waits for ever.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """The stages that are deciding, by their ranks (0 is the first of the flow). Used within one event loop."""

    def __init__(self) -> None:
        self._deciding: Counter[int] = Counter()
        self._ended = asyncio.Event()

    @contextmanager
    def deciding(self, rank: int) -> Iterator[None]:
        """Has a batch to decide on."""
        self._deciding[rank] += 1
        try:
            yield
        finally:
            self._deciding[rank] -= 1
            ended, self._ended = self._ended, asyncio.Event()
            ended.set()

    async def wait(self, rank: int) -> None:
        """Let the others in, and come back when no later stage has anything to decide on."""
        await asyncio.sleep(0)
        while any(count for other, count in self._deciding.items() if other > rank):
            await self._ended.wait()
