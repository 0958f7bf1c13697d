"""Whose turn it is to decide, among the stages of one worker: the later ones go first.

They share one thread. Were all let in after one another, the alerts of an article would wait between any two of them
for a dozen new articles; so what was begun is finished before more is begun. A later stage never waits for an earlier
one, and what it has to do ends, so that nobody waits for ever.

The first stage, which begins articles, also waits where nobody is deciding but something is on its way to the last
stage, or from it: records that are being sent or were confirmed and have not come yet, for a while at most.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

PATIENCE: Final = 0.25  # seconds for a record that was confirmed to come: it takes twenty milliseconds

Place = tuple[str, int]  # a topic (named without prefix) and one of its partitions


class Turns:
    """The stages that are deciding, by their ranks (0 is the first of the flow). Used within one event loop."""

    def __init__(self, last: Iterable[str] = ()) -> None:
        """`last` are the topics that the last stage reads."""
        self._last = frozenset(last)
        self._deciding: Counter[int] = Counter()
        self._on_the_way = 0
        self._coming: dict[Place, tuple[int, float]] = {}  # the last offset that is to come, and until when
        self._arrived: dict[Place, int] = {}
        self._ended = asyncio.Event()

    @contextmanager
    def deciding(self, rank: int) -> Iterator[None]:
        """Has a batch to decide on."""
        self._deciding[rank] += 1
        try:
            yield
        finally:
            self._deciding[rank] -= 1
            self._end()

    @contextmanager
    def sending(self, topics: Iterable[str]) -> Iterator[None]:
        """Has records for these topics to send; or has read some of them, and what follows from them to send."""
        if self._last.isdisjoint(topics):
            yield
            return
        self._on_the_way += 1
        try:
            yield
        finally:
            self._on_the_way -= 1
            self._end()

    def expect(self, topic: str, partition: int, offset: int) -> None:
        """A record was confirmed that is to come to this worker, if it has not come already."""
        place = topic, partition
        if topic in self._last and offset > self._arrived.get(place, -1):
            earlier, _ = self._coming.get(place, (offset, 0.0))
            self._coming[place] = max(earlier, offset), asyncio.get_running_loop().time() + PATIENCE

    def arrived(self, topic: str, partition: int, offset: int) -> None:
        """The records of a partition up to this one have come."""
        self._arrived[topic, partition] = offset
        if self._coming.get((topic, partition), (offset + 1, 0.0))[0] <= offset:
            del self._coming[topic, partition]
            self._end()

    async def wait(self, rank: int) -> None:
        """Let the others in, and come back when no later stage has anything to decide on."""
        await asyncio.sleep(0)
        while True:
            if any(count for other, count in self._deciding.items() if other > rank) or (
                rank == 0 and self._on_the_way
            ):
                await self._ended.wait()
            elif rank == 0 and (longest := self._patience()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), longest)
            else:
                return

    def _patience(self) -> float:
        """Seconds for which something may still come; what has not come by then is not waited for any more."""
        if not self._coming:
            return 0.0
        now = asyncio.get_running_loop().time()
        self._coming = {place: coming for place, coming in self._coming.items() if coming[1] > now}
        return max((until - now for _, until in self._coming.values()), default=0.0)

    def _end(self) -> None:
        ended, self._ended = self._ended, asyncio.Event()
        ended.set()
