"""The five seed articles go through the real stages: embedded as a user runs it, and on the servers of production."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema_rs
import pytest

from agents.knowledge import build_knowledge
from schemas import load_watchlist
from streams.commands import readers
from streams.daemon import build_worker
from streams.export import FILES, Export
from streams.feeds import read_feed, seeds
from streams.records import TYPES
from streams.replay import Pace, Replay
from streams.schema import json_schemas
from streams.settings import Settings

pytestmark = pytest.mark.connected
ROOT = Path(__file__).parents[2]
ORDER = [
    "004_c036f8f3f708159b",
    "002_b832a05335498533",
    "000_362dcb5f82c75f1f",
    "003_6eac2d1a5053bf2c",
    "001_e06a691c9f8fb2f5",
]


def rasid(*arguments: str, folder: Path, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.Popen(
        [sys.executable, "-m", "streams", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    process = rasid("replay", str(seeds()), "--embedded", "--export", "out", folder=folder)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    return folder / "out"


def test_every_article_is_exported_in_the_order_of_the_feed(exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == set(FILES.values())
    assert [each["article_id"] for each in lines(exported / "articles.jsonl")] == ORDER
    for name in ("signals", "statements", "talks"):
        ids = [str(each["article_id"]) for each in lines(exported / f"{name}.jsonl")]
        assert ids
        assert ids == sorted(ids, key=ORDER.index)


def test_every_record_is_as_the_schemas_say(exported: Path) -> None:
    schemas = json_schemas()
    for topic, name in FILES.items():
        validator = jsonschema_rs.validator_for(schemas[TYPES[topic].__name__.lower()], validate_formats=True)
        for record in lines(exported / name):
            validator.validate(record)


def test_evidence_stands_in_the_body_as_it_was_received(exported: Path) -> None:
    bodies = {each["article_id"]: str(each["body"]) for each in lines(exported / "articles.jsonl")}
    assert bodies == {name: (seeds() / f"{name}.txt").read_bytes().decode() for name in ORDER}
    for name, field in (("signals", "evidence"), ("statements", "content")):
        for each in lines(exported / f"{name}.jsonl"):
            span: dict[str, int] = each[field]  # type: ignore[assignment]
            assert bodies[each["article_id"]][span["start"] : span["end"]] == span["text"]


def test_there_are_alerts_and_each_only_once(exported: Path) -> None:
    ids = [each["alert_id"] for each in lines(exported / "alerts.jsonl")]
    assert ids
    assert len(ids) == len(set(ids))


def test_two_workers_give_the_same_export_byte_for_byte(exported: Path, tmp_path: Path) -> None:
    process = rasid("replay", str(seeds()), "--embedded", "--export", "out", "--workers", "2", folder=tmp_path)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    for name in FILES.values():
        assert (tmp_path / "out" / name).read_bytes() == (exported / name).read_bytes(), name


async def test_the_servers_of_production_give_the_same_export(
    settings: Settings, exported: Path, tmp_path: Path
) -> None:
    worker = build_worker(settings, build_knowledge(load_watchlist(seeds() / "watchlist.yaml")))
    await worker.start()
    try:
        async with asyncio.timeout(120):
            with Export(tmp_path) as export:
                async for arrived in Replay(settings, readers(), Pace()).run(read_feed(seeds())):
                    export.write(arrived.journey)
    finally:
        await worker.stop()
    for name in FILES.values():
        assert (tmp_path / name).read_bytes() == (exported / name).read_bytes(), name


def test_the_demo_without_a_terminal_shows_alerts_and_ends(tmp_path: Path) -> None:
    process = rasid("demo", folder=tmp_path, RASID_BROKERS="127.0.0.1:1", RASID_PORT="0")
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    assert "new statement" in output
    assert "5 sent: 5 articles" in output


@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_whatever_way_a_replay_ends(number: signal.Signals, tmp_path: Path) -> None:
    process = rasid("replay", str(seeds()), "--embedded", "--speed", "1", folder=tmp_path)
    deadline = time.monotonic() + 60
    try:
        while len(started := descendants(process.pid)) < 5 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(started) == 5  # two guardians, two servers, a worker
        process.send_signal(number)
    except BaseException:
        process.kill()
        raise
    output, _ = process.communicate(timeout=60)
    assert "Traceback" not in output
    while started & parents().keys() and time.monotonic() < deadline + 60:
        time.sleep(0.02)
    assert not started & parents().keys()


def descendants(pid: int) -> set[int]:
    """The processes that a process has started, and those that these have."""
    found: set[int] = set()
    while more := {child for child, parent in parents().items() if parent in found | {pid}} - found:
        found |= more
    return found


def parents() -> dict[int, int]:
    """The parent of each process that runs; one that has ended and was not yet waited for does not."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(path.parent.name)] = int(parent)
    return found
