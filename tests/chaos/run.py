"""Runs with faults: `python -m tests.chaos.run --seed 7 --runs 1`. Prints a line for each, and why one is not clean."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from streams.commands import readers
from streams.feeds import Entry
from streams.replay import Pace, Replay
from streams.settings import Settings
from tests.chaos.accounting import Account, balance, on_topics, undisturbed
from tests.chaos.nemesis import Nemesis
from tests.chaos.schedule import IN_MEMORY, Fault, Plan, plan
from tests.chaos.servers import Cluster, WorkerProcess, cluster


@dataclass
class Result:
    """One run: what was injected, and the balance after it."""

    seed: int
    feed: str
    jumps: int
    injected: dict[str, int]
    redelivered: int
    ends: dict[int, int]
    unasked: list[str]  # ends of workers that no fault asked for, with their causes
    seconds: float
    account: Account

    @property
    def line(self) -> str:
        account = self.account
        injected = ", ".join(f"{count}x {name}" for name, count in self.injected.items())
        state = "clean" if not account.faults else f"{len(account.faults)} FAULTS"
        ends = f"ends {self.ends}" + (f", {len(self.unasked)} UNASKED" if self.unasked else "")
        twice = {topic: count for topic, count in account.delivered_twice.items() if count}
        return (
            f"seed {self.seed:3} {self.feed:8} {state:9} {self.seconds:5.0f} s; {account.articles} articles, "
            f"{account.statements} statements, {account.alerts} alerts; twice on topics: {twice}; "
            f"{injected}; {self.redelivered} redelivered, {self.jumps} wrong clocks, {ends}"
        )


async def run(plan: Plan, servers: str, folder: Path) -> Result:
    """One run of a plan, with servers and workers of its own."""
    started = time.monotonic()
    expected = await undisturbed(plan.entries, plan.watchlist)
    async with cluster(servers, folder, plan.watchlist) as one:
        nemesis = Nemesis(plan, one)
        trouble = asyncio.create_task(nemesis.run())
        await _replay(plan, one.settings, nemesis)
        await trouble
        await _settled(one)
        found = await on_topics(one.settings)
        ends = sum((worker.ends for worker in one.workers), Counter[int]())
        unasked = [told for worker in one.workers for told in worker.unasked]
    injected = {str(fault): count for fault, count in nemesis.injected.items()}
    account, seconds = balance(expected, found), time.monotonic() - started
    return Result(
        plan.seed, plan.feed, plan.jumps, injected, nemesis.redelivered, dict(ends), unasked, seconds, account
    )


async def _replay(plan: Plan, settings: Settings, nemesis: Nemesis) -> None:
    def entries() -> Iterator[Entry]:
        for entry in plan.entries:
            yield entry
            nemesis.sent()  # asked for the next one as soon as this one is on its way

    pace = Pace(in_flight=1, patience=150)
    async for _ in Replay(settings, readers(), pace).run(entries()):
        pass


async def _settled(one: Cluster, seconds: float = 120) -> None:
    """Return when both workers are ready and nothing waits on any topic, twice in a row."""
    await asyncio.gather(*(worker.ready(seconds) for worker in one.workers))
    deadline, quiet = time.monotonic() + seconds, 0
    while quiet < 3:
        lag = [await asyncio.to_thread(_lag, worker) for worker in one.workers]
        quiet = quiet + 1 if all(each == 0 for each in lag) else 0
        assert time.monotonic() < deadline, f"records still wait: {lag}"
        await asyncio.sleep(1.1)


def _lag(worker: WorkerProcess) -> float | None:
    try:
        lines = worker.metrics().splitlines()
    except OSError:
        return None
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith("rasid_consumer_lag{"))


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[bool]:
    """A small file system at `folder`, for a disk that fills up. Needs root; says whether there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def left_out(servers: str, disk: bool) -> set[Fault]:
    """Faults that cannot be injected there: an in-memory broker loses what it holds by its nature."""
    return (set(IN_MEMORY) if servers != "kafka" else set()) | (set() if disk else {Fault.FULL_DISK})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--servers", choices=["kafka", "embedded"], default="kafka")
    parser.add_argument("--faults", type=int, default=8)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--json", type=Path, help="append each result there")
    options = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())  # clients of ours tell at length that they miss a broker
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leave no server behind
    failed = 0
    for seed in range(options.seed, options.seed + options.runs):
        folder = Path(tempfile.mkdtemp(prefix=f"rasid-chaos-{seed}-"))
        with small_disk(folder / "store") as disk:
            left = left_out(options.servers, disk)
            one = plan(seed, left_out=left, faults=options.faults, articles=options.articles)
            try:
                result = asyncio.run(run(one, options.servers, folder))
            except Exception as error:  # a run that does not come to its end is a failed one
                print(f"seed {seed:3} {one.feed:8} FAILED: {type(error).__name__}: {error}", flush=True)
                for event in [*one.events, f"logs in {folder}"]:
                    print(f"    {event}", flush=True)
                failed += 1
                continue
        print(result.line, flush=True)
        failed += bool(result.account.faults)
        if told := [*result.account.faults[:40], *result.unasked]:
            for line in [*told, f"logs in {folder}"]:
                print(f"    {line}", flush=True)
        if options.json:
            with options.json.open("a") as file:
                file.write(json.dumps(asdict(result), ensure_ascii=False, default=str) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
