"""The HTTP server of a worker, bounded: whoever comes can use up neither its memory nor its files."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web

CONNECTIONS: Final = 800  # a process may often open 1024 files, and broker and store need theirs
IDLE: Final = 30.0  # seconds for a request's line and headers, and between two requests; Prometheus asks every 15
CLOSING: Final = 1.0  # seconds that a stop leaves to what is being answered; events never end by themselves


def build_runner(application: web.Application, idle: float = IDLE) -> web.AppRunner:
    """The application, ready to be served. A request's body is never read: the connection closes after the answer."""
    return web.AppRunner(
        application, access_log=None, shutdown_timeout=CLOSING, keepalive_timeout=idle, lingering_time=0.0
    )


class BoundedSite(web.BaseSite):
    """Listens on one address. Whoever comes when `most` are connected is hung up on."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, most: int = CONNECTIONS) -> None:
        super().__init__(runner)
        self._host = host
        self._port = port
        self._most = most

    @property
    def name(self) -> str:
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        await super().start()
        server = self._runner.server
        assert server is not None

        def answer() -> asyncio.Protocol:
            return server() if len(server.connections) < self._most else _HangUp()

        self._server = await asyncio.get_running_loop().create_server(answer, self._host, self._port)


class _HangUp(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
