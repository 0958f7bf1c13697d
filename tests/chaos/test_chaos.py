"""Short runs with faults, on real servers and real worker processes; `make chaos` does long ones."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.chaos.run import left_out, run, small_disk
from tests.chaos.schedule import IN_MEMORY, Fault, plan
from tests.chaos.servers import KAFKA

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
    injected = {event.fault for seed in range(40) for event in plan(seed).events}
    assert injected == set(Fault)
