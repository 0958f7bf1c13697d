"""A task that loses a cancellation is cancelled again."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from streams.tasks import end_tasks


async def test_a_task_that_swallows_its_first_cancellation_ends_all_the_same() -> None:
    swallowed = 0

    async def deaf() -> None:
        nonlocal swallowed
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)
        swallowed += 1
        await asyncio.sleep(3600)

    async def failing() -> None:
        raise RuntimeError("on purpose")

    tasks = [asyncio.create_task(deaf()), asyncio.create_task(failing())]
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await end_tasks(tasks, again=0.01)
    assert all(task.done() for task in tasks)
    assert swallowed == 1


async def test_without_tasks_there_is_nothing_to_wait_for() -> None:
    await end_tasks([])
