"""A partition behind records that nobody will ever acknowledge: the worker ends, and the next one does them."""

from __future__ import annotations

import asyncio

import pytest

from streams.settings import Settings
from streams.watchdog import STUCK
from tests import fakes
from tests.connected.test_engine_flow import send
from tests.connected.test_engine_workers import Process, arrive, names, worker

pytestmark = pytest.mark.connected


async def keep_sending(settings: Settings, process: Process) -> int:
    """Article after article, so that there is always progress, until the process has ended; how many."""
    count = 0
    while process.process.returncode is None:
        await send(settings, *map(fakes.raw, names(count + 4)[count:]))
        count += 4
        await asyncio.sleep(0.3)
    return count


async def test_progress_elsewhere_hides_no_partition_that_stands_still(settings: Settings) -> None:
    watched = settings.model_copy(update={"watchdog": 4.0})
    undone = {f"u{number}" for number in range(8)}
    async with worker(watched, UNDONE="u") as first:
        await first.printed("ready")
        await send(settings, *map(fakes.raw, names(8)))
        await arrive(settings, set(names(8)))
        await asyncio.sleep(3 * settings.timing.commit)  # behind what was never committed, Faust leaves no gap
        await send(settings, *map(fakes.raw, sorted(undone)))
        async with asyncio.timeout(60):
            count = await keep_sending(settings, first)
        assert await first.end() == STUCK
    async with worker(watched):
        await arrive(settings, set(names(count)) | undone)


async def test_a_stage_that_hangs_is_noticed_though_another_one_goes_on(settings: Settings) -> None:
    watched = settings.model_copy(update={"watchdog": 4.0})
    async with worker(watched, HANG="a5") as first:
        await first.printed("ready")
        async with asyncio.timeout(60):
            count = await keep_sending(settings, first)
        assert await first.end() == STUCK
    async with worker(watched):
        await arrive(settings, set(names(count)))
