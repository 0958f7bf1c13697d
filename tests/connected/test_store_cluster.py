"""A Redis Cluster of several nodes: all our keys are in one slot, whose node is found and followed."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis import Redis
from redis.crc import key_slot

from streams.settings import Settings
from tests.chaos.servers import Server, free_ports
from tests.connected.test_engine_flow import read, send
from tests.connected.test_state_loss import feed, working

pytestmark = pytest.mark.connected
SLOTS = 16384


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[list[Redis]]:
    """Two nodes, each with half of the slots."""
    if shutil.which("redis-server") is None:
        pytest.skip("not installed: redis-server")
    ports = free_ports(4)
    servers = []
    try:
        for port, bus in zip(ports[:2], ports[2:], strict=True):
            folder = tmp_path / str(port)
            folder.mkdir()
            command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
            command += ["--cluster-enabled", "yes", "--cluster-port", str(bus), "--appendonly", "yes"]
            servers.append(Server(command, port, folder / "log", folder=folder))
            servers[-1].start()
        found = [Redis(port=port, socket_timeout=20) for port in ports[:2]]
        found[0].execute_command("CLUSTER", "ADDSLOTSRANGE", 0, SLOTS // 2 - 1)
        found[1].execute_command("CLUSTER", "ADDSLOTSRANGE", SLOTS // 2, SLOTS - 1)
        found[0].execute_command("CLUSTER", "MEET", "127.0.0.1", ports[1], ports[3])
        until = time.monotonic() + 60
        while any(b"cluster_state:ok" not in node.execute_command("CLUSTER", "INFO") for node in found):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield found
    finally:
        for server in servers:
            server.end()


def port_of(node: Redis) -> int:
    return int(node.connection_pool.connection_kwargs["port"])


async def test_the_node_of_our_slot_is_found_and_followed_to_another_one(
    settings: Settings, nodes: list[Redis]
) -> None:
    slot = key_slot(settings.key_prefix.encode())
    owner, other = nodes if slot < SLOTS // 2 else nodes[::-1]
    there = settings.model_copy(update={"redis_url": SecretStr(f"redis://127.0.0.1:{port_of(other)}/0")})
    first, second, *_ = feed()
    async with working(there):
        await send(there, first.value)
        await read(there, "articles.accepted", 1)
        assert owner.dbsize()
        owner.flushall()  # the new owner is a replica that has nothing yet
        target = other.execute_command("CLUSTER", "MYID")
        for node in (other, owner):
            node.execute_command("CLUSTER", "SETSLOT", slot, "NODE", target)
        await send(there, second.value)
        expected = {json.loads(entry.value)["article_id"] for entry in (first, second)}
        async with asyncio.timeout(60):
            found = set[str]()
            while found != expected:
                found = {one.article_id for one in await read(there, "articles.accepted", 1)}  # type: ignore[attr-defined]
        assert other.dbsize()
        assert await read(there, "quarantine", 0) == []
