"""The worker's HTTP server towards those who mean it no good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web

from streams.server import BoundedSite, build_runner

Serve = Callable[..., Awaitable[int]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts a server that answers "here", and tells its port."""
    runners: list[web.AppRunner] = []

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="here")

    async def start(most: int = 10, **fields: Any) -> int:
        application = web.Application()
        application.router.add_get("/", answer)
        runner = build_runner(application, **fields)
        runners.append(runner)
        await runner.setup()
        await BoundedSite(runner, "127.0.0.1", 0, most).start()
        return int(runner.addresses[0][1])

    yield start
    for runner in runners:
        await runner.cleanup()


async def read_to_end(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the server hangs up."""
    found = b""
    try:
        while data := await asyncio.wait_for(reader.read(65536), 30):
            found += data
    except ConnectionError:
        pass
    return found


async def test_what_a_request_brings_along_is_not_read(serve: Serve) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", await serve())
    size = 1 << 30
    writer.write(f"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode())
    sent, part = 0, bytes(1 << 20)
    with suppress(ConnectionError):
        while sent < size:
            writer.write(part)
            await writer.drain()
            sent += len(part)
    assert sent < size / 10
    writer.close()


async def test_half_a_request_is_not_waited_for(serve: Serve) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", await serve(idle=0.2))
    writer.write(b"GET / HTTP/1.1\r\nHost: local")
    assert await read_to_end(reader) == b""
    writer.close()


async def test_no_more_are_let_in_than_there_is_room_for_until_one_leaves(serve: Serve) -> None:
    port = await serve(most=2)
    inside = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert await read_to_end(reader) == b""
    writer.close()
    inside[0][1].close()
    asked = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    for _ in range(100):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        if (answer := await read_to_end(reader)).endswith(b"here"):
            break
        await asyncio.sleep(0.05)
    assert answer.startswith(b"HTTP/1.1 200")
    inside[1][1].write(asked)
    assert (await read_to_end(inside[1][0])).endswith(b"here")
