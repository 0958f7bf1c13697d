"""Ending tasks for good, and telling who has asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

AGAIN: Final = 5.0  # seconds: longer than a consumer takes to leave its group


def was_asked_to_end() -> bool:
    """Whether somebody has cancelled the task that runs. If not, a cancellation comes from a client's inner task."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


async def end_tasks(tasks: Iterable[asyncio.Task[Any]], again: float = AGAIN) -> None:
    """Cancel tasks and wait for their ends, whatever these are.

    Once is not enough: before Python 3.12 `asyncio.wait_for`, and with it a client of the broker or the store, loses a
    cancellation that comes in the same turn of the loop as its answer.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        done, pending = await asyncio.wait(pending, timeout=again)
        for task in done:
            if not task.cancelled():
                task.exception()  # looked at, so that nobody is told of it later
