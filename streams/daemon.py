"""`rasid worker`: the daemon, with the real stages and knowledge."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from functools import partial
from threading import Thread
from typing import Final

from agents.knowledge import Knowledge, build_knowledge
from schemas import load_watchlist
from streams.feeds import watchlist_for
from streams.pipeline import JOURNALS, PIPELINE
from streams.rebuild import fill_journals, fill_seen
from streams.seen import RedisSeenArticles
from streams.sent import SentLedger
from streams.settings import Settings
from streams.stores import Store, connect_store
from streams.subscribers import SubscribersError
from streams.worker import StartError, Worker, run

DAY: Final = 24 * 3600
_BETWEEN_SEARCHES: Final = 20_000  # objects made between searches for garbage; of 700, reading took 3 % longer


def work(settings: Settings) -> int:
    """Run a worker until SIGTERM; the exit status, 1 where it cannot start. Raises WatchlistError."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,  # the command has told every other one to be silent
    )
    lexicon = build_knowledge(load_watchlist(watchlist_for(None, None, settings.watchlist)))
    Thread(target=warm_up, args=(lexicon,), name="warm-up", daemon=True).start()  # while the group is joined
    try:
        return asyncio.run(_work(settings, lexicon))
    except (StartError, SubscribersError) as error:
        print(f"rasid: {error}", file=sys.stderr)
        return 1


def warm_up(lexicon: Knowledge) -> None:
    """Load all that the first articles would wait for, and search for garbage less often."""
    lexicon.warm_up()
    gc.set_threshold(_BETWEEN_SEARCHES)
    gc.collect()
    gc.freeze()  # tables stay for good: looking through them again and again for garbage takes 0.1 s each time


def build_worker(settings: Settings, lexicon: Knowledge) -> Worker:
    """The worker with everything that it needs. Must be called within the running loop."""
    filled = Store(connect_store(settings), settings.key_prefix)
    return Worker(
        settings,
        PIPELINE,
        lexicon,
        lambda store: RedisSeenArticles(store, settings.dedupe_days * DAY),
        fills=[
            partial(fill_seen, settings, filled),
            partial(fill_journals, settings, filled, JOURNALS),
            partial(SentLedger(filled, settings).fill, settings),
        ],
    )


async def _work(settings: Settings, lexicon: Knowledge) -> int:
    return await run(build_worker(settings, lexicon))
