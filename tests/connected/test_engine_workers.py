"""Workers as processes: what is in flight when one ends is neither lost nor done in vain."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from schemas import Record
from streams.history import history
from streams.records import decode
from streams.runner import CRASHED
from streams.settings import Settings
from tests import fakes
from tests.connected.test_engine_flow import read, send

pytestmark = pytest.mark.connected
ROOT = Path(__file__).parents[2]


class Process:
    """A worker process; `lines` are what it has printed so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.lines.append(line.decode().strip())

    async def printed(self, line: str, seconds: float = 40) -> None:
        async with asyncio.timeout(seconds):
            while line not in self.lines:
                assert self.process.returncode is None, f"ended with {self.process.returncode}: {self.lines}"
                await asyncio.sleep(0.02)

    async def end(self, number: signal.Signals | None = None, seconds: float = 40) -> int:
        """Send a signal, or just wait; the exit status."""
        if number is not None:
            self.process.send_signal(number)
        status = await asyncio.wait_for(self.process.wait(), seconds)
        await self._reading
        return status


@asynccontextmanager
async def worker(settings: Settings, **variables: str) -> AsyncIterator[Process]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RASID_")},
        **variables,
        "PYTHONPATH": str(ROOT),
        "RASID_REDIS_URL": settings.redis_url.get_secret_value(),
        **{
            f"RASID_{name.upper()}": str(value)
            for name, value in settings.model_dump(exclude={"redis_url"}, exclude_none=True, mode="json").items()
        },
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.connected.worker_process",
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def names(count: int) -> list[str]:
    return [f"a{number}" for number in range(count)]


async def articles_of(settings: Settings, topic: str) -> set[str]:
    records: list[Record] = [decode(one.topic, one.value) async for one in history(settings, topic)]
    return {record.article_ids[0] for record in records}  # type: ignore[attr-defined]


async def arrive(settings: Settings, expected: set[str]) -> None:
    """Until there is an alert of each of these articles, and of no other."""
    async with asyncio.timeout(60):
        while await articles_of(settings, "alerts") != expected:  # noqa: ASYNC110 - the broker calls nobody
            await asyncio.sleep(0.2)


async def test_what_is_in_flight_at_sigterm_is_finished_and_committed(settings: Settings) -> None:
    async with worker(settings, SLOW="0.05") as first:
        await first.printed("ready")
        await send(settings, *map(fakes.raw, names(40)))
        await first.printed("a3")
        assert await first.end(signal.SIGTERM) == 0
    async with worker(settings) as second:
        await arrive(settings, set(names(40)))
        assert await second.end(signal.SIGTERM) == 0
    tagged = Counter([*first.lines, *second.lines])
    assert min(tagged[name] for name in names(40)) == 1
    assert sum(tagged[name] > 1 for name in names(40)) <= 1  # one may just have been taken up, which is no batch


async def test_a_record_in_work_when_the_worker_is_killed_is_done_by_the_next_one(settings: Settings) -> None:
    async with worker(settings, HANG="a0") as first:
        await first.printed("ready")
        await send(settings, *map(fakes.raw, names(20)))
        await first.printed("a0")
        await asyncio.sleep(1.5)  # time enough for commits of whatever is thought to be done
        await first.end(signal.SIGKILL)
    async with worker(settings):
        await arrive(settings, set(names(20)))


async def test_a_record_that_ends_its_worker_is_quarantined_after_three_times(settings: Settings) -> None:
    await send(settings, *map(fakes.raw, names(10)))
    for _ in range(4):  # the first time nobody knows which record it was
        async with worker(settings, DIE="a5") as one:
            assert await one.end() == 9
    async with worker(settings, DIE="a5"):
        rejections = await read(settings, "quarantine", 1, seconds=60)
        await arrive(settings, set(names(10)) - {"a5"})
    assert {(one.stage, one.reason) for one in rejections} == {("tag_signals", "crashed")}  # type: ignore[attr-defined]


@pytest.mark.parametrize("fault", [{"BROKEN": "1"}, {"CANCEL": "a3"}], ids=["an error", "a cancellation"])
async def test_what_nobody_knows_or_asked_for_ends_the_process_and_loses_nothing(
    settings: Settings, fault: dict[str, str]
) -> None:
    async with worker(settings, **fault) as first:
        await first.printed("ready")
        await send(settings, *map(fakes.raw, names(10)))
        assert await first.end() == CRASHED
    async with worker(settings):
        await arrive(settings, set(names(10)))


async def test_two_workers_share_the_partitions_and_one_hands_over_at_sigterm(settings: Settings) -> None:
    async with worker(settings, SLOW="0.02") as first, worker(settings, SLOW="0.02") as second:
        await first.printed("ready")
        await second.printed("ready")
        expected = 0
        async with asyncio.timeout(60):  # until the group has settled on both
            while len(second.lines) < 5 or len(first.lines) < 5:
                await send(settings, *map(fakes.raw, names(expected + 20)[expected:]))
                expected += 20
                await asyncio.sleep(1)
        await send(settings, *map(fakes.raw, names(expected + 40)[expected:]))
        assert await first.end(signal.SIGTERM) == 0
        await arrive(settings, set(names(expected + 40)))
        assert second.process.returncode is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"brokers": "127.0.0.1:9"}, "no broker answers at 127.0.0.1:9"),
        ({"redis_url": "redis://:hunter2@127.0.0.1:9/0"}, "no store answers at 127.0.0.1:9"),
    ],
)
async def test_without_broker_or_store_it_ends_with_a_message_and_no_traceback(
    settings: Settings, changes: dict[str, str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    given = Settings.model_validate(
        {**settings.model_dump(), **changes, "startup_wait": 1}  # the secrets stay what they are
    )
    async with worker(given) as one:
        assert await one.end() == 1
    errors = capfd.readouterr().err
    assert message in errors
    assert "Traceback" not in errors
    assert "hunter2" not in errors
