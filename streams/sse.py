"""Server-Sent Events: alerts as they come, and after a break from where the subscriber was.

Each event has the alert's place as its id (`Last-Event-ID`, or `after` in the query for a first connection), the kind
as its type, and the alert's JSON as its data. While nothing comes the place alone is told, so that who wants little
does not stay behind. A subscriber that reads nothing for `STALLED` seconds is cut off; it comes back with its id and
misses nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from aiohttp import web

from streams.bulletin import Bulletin, Cursor, Entry, Gap, Quiet
from streams.delivery import Filter

HEARTBEAT: Final = 15.0  # seconds; proxies cut what is silent for a minute
STALLED: Final = 20.0
RETRY: Final = 2000  # milliseconds that a browser waits before it comes back
EVENT_HEADERS: Final = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
BUFFER: Final = 32 * 1024  # bytes that wait for one subscriber in our memory


async def send_events(
    request: web.Request,
    bulletin: Bulletin,
    accepts: Filter,
    headers: dict[str, str],
    *,
    heartbeat: float = HEARTBEAT,
    stalled: float = STALLED,
) -> web.StreamResponse:
    """Answer with events until the subscriber leaves or stalls. Raises HTTPBadRequest where the place is none."""
    after = place_of(request) or bulletin.cursor
    response = web.StreamResponse(headers=headers | EVENT_HEADERS)
    await response.prepare(request)
    if request.transport is not None:
        request.transport.set_write_buffer_limits(high=BUFFER)
    first = f"retry: {RETRY}\nid: {after}\nevent: hello\ndata: {{}}\n\n"
    with suppress(ConnectionError, TimeoutError):
        await asyncio.wait_for(response.write(first.encode()), stalled)
        async for event in bulletin.follow(after, accepts, heartbeat):
            await asyncio.wait_for(response.write(written(event)), stalled)
    if request.transport is not None:
        request.transport.abort()  # what waits for a stalled subscriber is not worth keeping
    return response


def place_of(request: web.Request) -> Cursor | None:
    """Where the subscriber was, None where it was never here."""
    text = request.headers.get("Last-Event-ID") or request.query.get("after")
    if not text:
        return None
    cursor = Cursor.parse(text)
    if cursor is None:
        raise web.HTTPBadRequest(text="Last-Event-ID is none that we have given\n")
    return cursor


def written(event: Entry | Gap | Quiet) -> bytes:
    """One event on the wire, its id last: who is cut off before it has not had all. Without data it wakes nobody."""
    match event:
        case Gap():
            return b"event: gap\ndata: {}\n\n"
        case Quiet():
            return f": still here\nid: {event.cursor}\n\n".encode()
        case Entry(alert=alert):
            kind = "corroboration" if alert.revision else alert.kind
            return f"event: {kind}\ndata: {alert.model_dump_json()}\nid: {event.cursor}\n\n".encode()
