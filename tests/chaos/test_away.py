"""Broker or store away for a while: the worker waits, says so, and goes on where it was."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest

from streams.commands import readers
from streams.replay import Pace, Replay
from tests.chaos.accounting import balance, on_topics, undisturbed
from tests.chaos.schedule import plan
from tests.chaos.servers import WorkerProcess, cluster
from tests.chaos.test_chaos import _needs

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
AWAY = 8.0  # seconds: longer than the session of the group


async def says(worker: WorkerProcess, dependency: str, seconds: float = 30) -> None:
    """Return when /readyz names the dependency and the metric is at 0."""
    deadline = time.monotonic() + seconds
    while True:
        answer = await asyncio.to_thread(worker.readiness)
        troubles = [] if answer is None else list(answer["troubles"])  # type: ignore[call-overload]
        if any(str(trouble).startswith(f"{dependency}:") for trouble in troubles):
            break
        assert time.monotonic() < deadline, f"it says {answer}"
        await asyncio.sleep(0.1)
    assert f'rasid_up{{dependency="{dependency}"}} 0.0' in await asyncio.to_thread(worker.metrics)


@pytest.mark.parametrize("dependency", ["broker", "store"])
async def test_the_worker_waits_says_so_and_goes_on(dependency: str, tmp_path: Path) -> None:
    _needs("kafka")
    one = plan(4, articles=4)
    expected = await undisturbed(one.entries, one.watchlist)
    async with cluster("kafka", tmp_path, one.watchlist, workers=1) as servers:
        (worker,) = servers.workers
        server = servers.broker if dependency == "broker" else servers.store

        async def replay(*numbers: int) -> None:
            entries = [one.entries[number] for number in numbers]
            async for _ in Replay(servers.settings, readers(), Pace(patience=120)).run(entries):
                pass

        await replay(0, 1)
        pid = worker.pid
        await asyncio.to_thread(server.end, signal.SIGTERM)
        await says(worker, dependency)
        await asyncio.sleep(AWAY)
        await asyncio.to_thread(server.start)
        await worker.ready(90)
        assert worker.pid == pid  # it has waited, and was not started again
        await replay(2, 3)
        assert balance(expected, await on_topics(servers.settings)).faults == []


@pytest.mark.parametrize("dependency", ["broker", "store"])
async def test_a_worker_that_starts_meanwhile_says_so_and_waits(dependency: str, tmp_path: Path) -> None:
    _needs("kafka")
    async with cluster("kafka", tmp_path, plan(4).watchlist, workers=1) as servers:
        (worker,) = servers.workers
        await worker.ready(90)
        server = servers.broker if dependency == "broker" else servers.store
        await asyncio.to_thread(server.end, signal.SIGTERM)
        before = worker.pid
        worker.send(signal.SIGKILL)
        while worker.pid == before:  # noqa: ASYNC110 - the process comes from outside
            await asyncio.sleep(0.05)
        started = worker.pid
        await says(worker, dependency)
        await asyncio.to_thread(server.start)
        await worker.ready(90)
        assert worker.pid == started
