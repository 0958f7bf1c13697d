"""What a replay does without a broker."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from streams.replay import Replay
from streams.settings import Settings


class Deaf:
    """A reader that loses a cancellation, as `asyncio.wait_for` may before Python 3.12."""

    async def read(self, _: float) -> list[object]:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)
        return []


async def test_a_replay_ends_though_a_client_of_the_broker_has_lost_its_cancellation() -> None:
    replay = Replay(Settings(_env_file=None), {})  # type: ignore[call-arg]
    replay._reader = Deaf()  # type: ignore[assignment]

    async def look() -> None:
        while True:
            await replay._look(1)

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(looking, 20)
