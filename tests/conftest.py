"""Servers for the connected tests: the embedded pair, and Apache Kafka with Debian's Redis."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest

from streams.embedded import Addresses, EmbeddedServers
from streams.settings import Profile, Settings

hypothesis.settings.register_profile("rasid", deadline=None)  # a timing is no assertion
hypothesis.settings.load_profile("rasid")

KAFKA = Path(__file__).parent.parent / "deploy" / "kafka"


@pytest.fixture(scope="session", params=["embedded", "kafka"])
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A broker and a store that answer. Apache Kafka is left out where it is not installed, but never in CI."""
    if request.param == "embedded":
        with EmbeddedServers() as addresses:
            yield addresses
        return
    missing = [name for name in ("java", "redis-server") if shutil.which(name) is None]
    if not (KAFKA / "target" / "jars" / "complete").exists():
        missing.append("the jars (deploy/kafka/run fetches them)")
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")
    yield from _start_kafka(tmp_path_factory.mktemp("kafka"))


@pytest.fixture
def settings(servers: Addresses, request: pytest.FixtureRequest) -> Settings:
    """Settings for the servers, with topics, keys and a group that no other test has."""
    name = f"t{uuid4().hex[:8]}"
    kafka = request.node.callspec.params["servers"] == "kafka"
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        profile=Profile.KAFKA if kafka else Profile.EMBEDDED,
        brokers=servers.broker,
        redis_url=servers.store,
        prefix=f"{name}.",
        group=name,
        port=0,
        partitions=2,
        session_timeout=6 if kafka else None,
        startup_wait=10,
        watchdog=0,
    )


@pytest.fixture
def broker(settings: Settings) -> str:
    """Where the broker listens, as host:port."""
    return settings.brokers


@pytest.fixture
def store(settings: Settings) -> str:
    """The store's URL."""
    return settings.redis_url.get_secret_value()


def _start_kafka(folder: Path) -> Iterator[Addresses]:
    broker_port, store_port = _free_ports(3)[::2]  # Kafka's controller listens on the port after the broker's
    commands = [
        [str(KAFKA / "run"), str(broker_port), str(folder / "kafka")],
        ["redis-server", "--port", str(store_port), "--bind", "127.0.0.1", "--dir", str(folder), "--appendonly", "yes"],
    ]
    with (folder / "servers.log").open("wb") as output:
        processes = [
            subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True) for command in commands
        ]
        try:
            for port in (broker_port, store_port):
                _wait_until_it_listens(port, folder / "servers.log")
            yield Addresses(f"127.0.0.1:{broker_port}", f"redis://127.0.0.1:{store_port}/0")
        finally:
            for process in processes:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _free_ports(count: int) -> list[int]:
    """Free ports in a row, below those that the system gives to outgoing connections."""
    while True:
        first = random.randrange(20_000, 30_000)
        try:
            for port in range(first, first + count):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return list(range(first, first + count))


def _wait_until_it_listens(port: int, output: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing listens on {port}:\n{output.read_text(errors='replace')[-2000:]}")
