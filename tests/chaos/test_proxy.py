"""The proxy passes on, cuts and holds back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.chaos.proxy import Proxy
from tests.chaos.servers import free_ports


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    front, back = free_ports(2)

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", back)
    async with Proxy(front, back) as proxy:
        yield proxy
    server.close()


async def test_it_passes_on_and_a_cut_ends_the_connection(proxy: Proxy) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"1")
    assert await reader.readexactly(1) == b"1"
    await proxy.cut(0)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(1)


async def test_while_it_is_cut_nobody_comes_through_and_then_they_do(proxy: Proxy) -> None:
    cutting = asyncio.create_task(proxy.cut(0.5))
    await asyncio.sleep(0.05)
    reader, _ = await asyncio.open_connection("127.0.0.1", proxy.port)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(1)
    await cutting
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"2")
    assert await reader.readexactly(1) == b"2"


async def test_a_black_hole_lets_no_byte_through(proxy: Proxy) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"1")
    assert await reader.readexactly(1) == b"1"
    holding = asyncio.create_task(proxy.hold(0.4))
    await asyncio.sleep(0.05)
    writer.write(b"2")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.readexactly(1), 0.2)
    await holding
