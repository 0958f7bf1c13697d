"""A worker with the stages of `tests.fakes` in a process of its own, told by the environment how `tag_signals` behaves.

SLOW: seconds that each record takes; HANG, DIE, CANCEL: the ids of articles on which it never returns, ends the process,
or is met by a cancellation that nobody asked for; UNDONE: articles of that number and the next one are never
acknowledged; BROKEN: the runner itself raises. Prints "ready", the id of each article before it is tagged, and nothing
else.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from agents.stage import Outcome
from streams.runner import Runner
from streams.settings import Settings
from streams.worker import StartError, Worker, run
from tests import fakes


async def tag(article: Any) -> Outcome:
    print(article.article_id, flush=True)
    await asyncio.sleep(float(os.environ.get("SLOW", "0")))
    if article.article_id == os.environ.get("HANG"):
        await asyncio.Event().wait()
    if article.article_id == os.environ.get("DIE"):
        os._exit(9)
    if article.article_id == os.environ.get("CANCEL"):
        raise asyncio.CancelledError
    return await fakes.tag(article)


def broken(*_: object) -> None:
    raise RuntimeError("a bug in the runner")


async def main() -> int:
    if "BROKEN" in os.environ:
        Runner._observe = broken  # type: ignore[method-assign]
    worker = Worker(Settings(_env_file=None), fakes.stages(tag_signals=tag), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, call-arg, return-value]

    async def tell() -> None:
        while worker.health.troubles():  # noqa: ASYNC110 - it is read from a thread elsewhere, so it is no event
            await asyncio.sleep(0.02)
        print("ready", flush=True)

    telling = asyncio.create_task(tell())
    try:
        return await run(worker)
    except StartError as error:
        print(f"rasid: {error}", file=sys.stderr)
        return 1
    finally:
        telling.cancel()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
