"""Short runs with faults, on real servers and real worker processes; `make chaos` does long ones."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from pydantic import SecretStr

from streams.settings import Settings
from tests.chaos.run import left_out, run, small_disk
from tests.chaos.schedule import IN_MEMORY, LONG_STOP, MINUTE, Fault, plan
from tests.chaos.servers import KAFKA, WorkerProcess, free_ports

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
SEED = int(os.environ.get("RASID_CHAOS_SEED", "16"))


def _needs(servers: str) -> None:
    if servers == "embedded" or os.environ.get("CI") == "true":
        return
    missing = [name for name in ("java", "redis-server") if shutil.which(name) is None]
    if not (KAFKA / "target" / "jars" / "complete").exists():
        missing.append("the jars (deploy/kafka/run fetches them)")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.mark.parametrize("servers", ["kafka", "embedded"])
async def test_after_faults_everything_is_there_and_nothing_was_told_twice(servers: str, tmp_path: Path) -> None:
    _needs(servers)
    with small_disk(tmp_path / "run" / "store") as disk:
        one = plan(SEED, left_out=left_out(servers, disk), faults=3, articles=5)
        result = await run(one, servers, tmp_path / "run")
    assert result.account.faults == [], result.line
    assert sum(result.injected.values()) == 3


def test_the_plan_of_a_seed_is_always_the_same() -> None:
    assert plan(7) == plan(7)
    assert plan(7).events != plan(15).events
    assert not {event.fault for event in plan(7, left_out=IN_MEMORY).events} & IN_MEMORY
    stops = [event for seed in range(40) for event in plan(seed).events if event.fault is Fault.STOP_WORKER]
    assert any(event.seconds == MINUTE for event in stops)
    assert all(event.seconds <= LONG_STOP or event.seconds == MINUTE for event in stops)
    injected = {event.fault for seed in range(40) for event in plan(seed).events}
    assert injected == set(Fault)


def started_without_a_store(folder: Path, *, startup_wait: float) -> WorkerProcess:
    (nobody,) = free_ports(1)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        redis_url=SecretStr(f"redis://127.0.0.1:{nobody}/0"),
        startup_wait=startup_wait,
    )
    worker = WorkerProcess(settings, folder, 0)
    worker.start()
    return worker


async def test_an_end_that_no_fault_asked_for_is_told_with_its_cause(tmp_path: Path) -> None:
    worker = started_without_a_store(tmp_path, startup_wait=0)
    async with asyncio.timeout(60):
        while not worker.unasked:  # noqa: ASYNC110 - the process comes from outside
            await asyncio.sleep(0.1)
    await worker.stop()
    assert worker.unasked[0].startswith("worker 0 ended with 1: rasid: no store answers")


async def test_a_worker_that_a_fault_ended_is_none_of_these(tmp_path: Path) -> None:
    worker = started_without_a_store(tmp_path, startup_wait=600)
    async with asyncio.timeout(60):
        while not worker.ends:
            worker.send(signal.SIGKILL)
            await asyncio.sleep(0.1)
    await worker.stop()
    assert worker.unasked == []
