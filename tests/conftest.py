"""Servers for the connected tests: the embedded pair, and Apache Kafka with Debian's Redis."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from uuid import uuid4

import hypothesis
import pytest

from streams.embedded import Addresses, EmbeddedServers
from streams.settings import Profile, Settings
from tests.chaos.servers import KAFKA, Server, free_ports

hypothesis.settings.register_profile("rasid", deadline=None)  # a timing is no assertion
hypothesis.settings.load_profile("rasid")


def pytest_configure() -> None:
    """Nothing that the shell is set up for reaches a test: settings of a real desk would have it told of test alerts.

    A run in the background ignores interrupts, and so would all that it starts: what waits for one would hang.
    """
    fields = {f"RASID_{field.upper()}" for field in Settings.model_fields}
    for name in list(os.environ):
        if fields & {name.upper(), name.upper().removesuffix("_FILE")}:
            del os.environ[name]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def embedded() -> Iterator[Addresses]:
    """The embedded pair."""
    with EmbeddedServers() as addresses:
        yield addresses


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """Apache Kafka and Redis. Left out where they are not installed, but never in CI."""
    missing = [name for name in ("java", "redis-server") if shutil.which(name) is None]
    if not (KAFKA / "target" / "jars" / "complete").exists():
        missing.append("the jars (deploy/kafka/run fetches them)")
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("kafka")
    broker_port, _, store_port = free_ports(3)  # Kafka's controller listens on the port after the broker's
    command = ["redis-server", "--port", str(store_port), "--bind", "127.0.0.1", "--dir", str(folder)]
    store = Server([*command, "--appendonly", "yes"], store_port, folder / "store.log", folder=folder)
    run = [str(KAFKA / "run"), str(broker_port), str(folder / "kafka")]
    broker = Server(run, broker_port, folder / "broker.log", folder=folder)
    try:
        store.start()
        broker.start()
        yield Addresses(f"127.0.0.1:{broker_port}", f"redis://127.0.0.1:{store_port}/0")
    finally:
        broker.end()
        store.end()


@pytest.fixture(params=["embedded", "kafka"])
def servers(request: pytest.FixtureRequest) -> Addresses:
    """A broker and a store that answer: both pairs stay up, in whatever order the tests come."""
    addresses: Addresses = request.getfixturevalue(request.param)
    return addresses


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
