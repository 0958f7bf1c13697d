"""A worker with the stages of `tests.fakes` in a process of its own, told by the environment how `tag_signals` behaves.

SLOW: seconds that each record takes; HANG, DIE, CANCEL: the ids of articles on which it never returns, ends the
process, or meets a cancellation that nobody asked for; UNDONE: what the ids of articles begin with that it never
acknowledges; BROKEN: the runner itself raises; FILL: the filling of the store does. Prints "ready", the id of each
article before it is tagged, and nothing else.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from faust.streams import Stream

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


def acknowledge_less(beginning: str) -> None:
    """Forget some of the raw articles, as an agent does that is begun anew behind what it had in hand."""
    ack = Stream.ack

    async def ack_others(self: Any, event: Any) -> bool:
        if event.message.topic.endswith("articles.raw") and json.loads(event.value)["article_id"].startswith(beginning):
            return False
        return bool(await ack(self, event))

    Stream.ack = ack_others


async def fill_badly() -> int:
    raise asyncio.CancelledError if os.environ["FILL"] == "cancelled" else ValueError("on purpose")


async def main() -> int:
    if "BROKEN" in os.environ:
        Runner._observe = broken  # type: ignore[method-assign]
    if "UNDONE" in os.environ:
        acknowledge_less(os.environ["UNDONE"])
    worker = Worker(
        Settings(_env_file=None),  # type: ignore[call-arg]
        fakes.stages(tag_signals=tag),
        fakes.lexicon(),  # type: ignore[arg-type]
        lambda _: None,  # type: ignore[arg-type, return-value]
        fills=[fill_badly] if "FILL" in os.environ else [],
    )

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
