"""The embedded servers answer, and never outlive whoever started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis import Redis

from streams import embedded
from streams.embedded import EmbeddedError, EmbeddedServers

HOLDER = """
import sys, time
from streams.embedded import EmbeddedServers
with EmbeddedServers() as addresses:
    print(addresses.broker, addresses.store, flush=True)
    if sys.argv[1] == "raise":
        raise RuntimeError("on purpose")
    time.sleep(600)
"""


def listens(port: int) -> bool:
    return embedded._listens(f"127.0.0.1:{port}")


def gone(ports: list[int]) -> bool:
    deadline = time.monotonic() + 30
    while any(map(listens, ports)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(listens, ports))


def hold(what: str) -> tuple[subprocess.Popen[str], list[int]]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, what], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    broker, store = holder.stdout.readline().split()
    return holder, [int(broker.rpartition(":")[2]), int(store.rpartition(":")[2].partition("/")[0])]


async def test_both_servers_answer_and_are_gone_afterwards() -> None:
    servers = EmbeddedServers()
    async with servers as addresses:
        assert servers.alive()
        with Redis.from_url(addresses.store) as client:
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            assert client.config_get("appendfsync") == {"appendfsync": "everysec"}
            ports = [int(addresses.broker.rpartition(":")[2]), client.connection_pool.connection_kwargs["port"]]
        assert all(map(listens, ports))
    assert not servers.alive()
    assert not any(map(listens, ports))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_to_the_parent_leaves_no_orphan(number: signal.Signals) -> None:
    holder, ports = hold("sleep")
    assert all(map(listens, ports))
    holder.send_signal(number)
    holder.wait()
    assert gone(ports)


def test_an_exception_in_the_parent_leaves_no_orphan() -> None:
    holder, ports = hold("raise")
    assert holder.wait() == 1
    assert gone(ports)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_even_a_killed_guardian_takes_its_servers_with_it() -> None:
    servers = EmbeddedServers()
    with servers as addresses:
        ports = [int(addresses.broker.rpartition(":")[2])]
        assert servers._servers is not None
        os.kill(servers._servers._guardian.pid, signal.SIGKILL)
        assert gone(ports)


def test_a_server_that_ends_is_noticed() -> None:
    servers = EmbeddedServers()
    with servers as addresses:
        with Redis.from_url(addresses.store) as client:
            client.shutdown(nosave=True)
        deadline = time.monotonic() + 30
        while servers.alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not servers.alive()


def test_the_folder_of_the_store_is_kept_where_one_is_given(tmp_path: Path) -> None:
    for expected in (1, 2):
        with EmbeddedServers(tmp_path) as addresses, Redis.from_url(addresses.store) as client:
            assert client.incr("starts") == expected


def test_a_broker_that_cannot_start_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", "/bin/false")
    with pytest.raises(EmbeddedError, match="did not start"):
        EmbeddedServers().start()


def test_a_machine_without_an_embedded_broker_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", "/no/such/file")
    with pytest.raises(EmbeddedError, match="no embedded broker"):
        EmbeddedServers().start()
