"""A TCP proxy that can cut its connections, or hold back every byte, for a while."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Proxy:
    """Passes `port` on to `target` of 127.0.0.1. Use it in `async with`, within one running loop."""

    def __init__(self, port: int, target: int) -> None:
        self.port = port
        self._target = target
        self._server: asyncio.Server | None = None
        self._open = asyncio.Event()
        self._open.set()
        self._refuses = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self._open.set()
        self.reset()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def reset(self) -> None:
        """End every connection at once, whatever is under way on it."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def cut(self, seconds: float) -> None:
        """Reset every connection and take no other one for so long."""
        self._refuses = True
        self.reset()
        await asyncio.sleep(seconds)
        self._refuses = False

    async def hold(self, seconds: float) -> None:
        """A black hole: connections stay, but no byte passes for so long; then they are reset, as routers do."""
        self._open.clear()
        await asyncio.sleep(seconds)
        self._open.set()
        self.reset()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        other: asyncio.StreamWriter | None = None
        try:
            if self._refuses:
                return
            upstream, other = await asyncio.open_connection("127.0.0.1", self._target)
            self._writers.add(other)
            await asyncio.gather(self._pass(reader, other), self._pass(upstream, writer))
        except (OSError, EOFError):
            pass
        finally:
            for each in (writer, other):
                if each is not None:
                    self._writers.discard(each)
                    each.transport.abort()

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(1 << 16):
            await self._open.wait()
            sink.write(data)
            await sink.drain()
        raise EOFError
