"""`rasid replay` and `rasid demo`: a feed through the pipeline, with progress and, embedded, with all that it needs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schemas import Alert, Rejection, load_watchlist
from streams.export import FILES, Export
from streams.feeds import count_feed, read_feed, seeds, watchlist_for
from streams.journeys import Journey, Stages
from streams.local import Local
from streams.pipeline import PIPELINE
from streams.records import TOPICS
from streams.replay import Arrived, Pace, Replay
from streams.settings import Settings
from streams.terminal import show_alert


@dataclass(frozen=True, slots=True)
class Feed:
    """What is to be replayed, how fast, and where its export goes."""

    path: Path
    pace: Pace = field(default_factory=Pace)
    export: Path | None = None


def readers() -> Mapping[str, Stages]:
    """Which stages decide on the records of each topic."""
    found: dict[str, list[str]] = {}
    for stage in PIPELINE:
        for kind in stage.reads:
            found.setdefault(TOPICS[kind], []).append(stage.name)
    return found


def replay(feed: Feed, settings: Settings, console: Console) -> int:
    """Send a feed to the brokers of the settings and wait until it is through."""
    total = count_feed(feed.path)
    return _replay(feed, total, settings, console)


def replay_embedded(feed: Feed, watchlist: Path, console: Console, *, workers: int = 1) -> int:
    """The same with servers and workers of our own, which end with it."""
    total = count_feed(feed.path)
    load_watchlist(watchlist)
    with Local(watchlist, workers) as local:
        return _replay(feed, total, local.settings, console, alive=local.check)


def demo(console: Console, settings: Settings, *, keep_serving: bool) -> int:
    """Replay the seeds, print each alert as it comes, and serve the page until stopped if asked to."""
    feed = Feed(seeds())
    watchlist = watchlist_for(None, feed.path, settings.watchlist)
    with Local(watchlist, port=settings.port) as local:
        page = f"http://127.0.0.1:{local.port}/"
        console.print(f"Broker and store run in memory on this machine; the alert page is at {page}")
        status = _replay(feed, count_feed(feed.path), local.settings, console, alive=local.check, show_alerts=True)
        if status or not keep_serving:
            return status
        console.print(f"Still serving {page}; Ctrl-C stops. Other commands find these servers with")
        for name, value in local.environment().items():
            console.print(f"  export {name}={value}", highlight=False, soft_wrap=True)
        return _serve(local)


def _serve(local: Local) -> int:
    async def until_stopped() -> None:
        while True:
            local.check()
            await asyncio.sleep(0.5)

    try:
        asyncio.run(until_stopped())
    except KeyboardInterrupt:
        return 0
    raise AssertionError("unreachable")


def _replay(
    feed: Feed,
    total: int,
    settings: Settings,
    console: Console,
    *,
    alive: Callable[[], None] = lambda: None,
    show_alerts: bool = False,
) -> int:
    counts: Counter[str] = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with ExitStack() as stack:
        export = stack.enter_context(Export(feed.export)) if feed.export is not None else None
        progress = stack.enter_context(Progress(*columns, console=console, disable=not console.is_terminal))
        task = progress.add_task("replaying", total=total)

        def take(arrived: Arrived) -> None:
            progress.advance(task)
            _count(counts, arrived.journey)
            if export is not None:
                export.write(arrived.journey)
            for alert in arrived.journey.collect("alerts") if show_alerts else ():
                assert isinstance(alert, Alert)
                console.print(show_alert(alert))
            for rejection in rejections_of(arrived.journey):
                place = f"{arrived.entry.place}: quarantined by {rejection.stage}"
                console.print(f"{place}: {rejection.reason}: {rejection.error}", style="yellow", markup=False)

        asyncio.run(_run(Replay(settings, readers(), feed.pace, alive), feed.path, take))
    told = [f"{counts[topic]} {name.removesuffix('.jsonl')}" for topic, name in FILES.items()]
    console.print(f"{total} sent: {', '.join(told)}; {counts['quarantine']} quarantined")
    return 0


async def _run(replay: Replay, path: Path, take: Callable[[Arrived], None]) -> None:
    async for arrived in replay.run(read_feed(path)):
        take(arrived)


def _count(counts: Counter[str], journey: Journey) -> None:
    for topic in FILES:
        counts[topic] += len(journey.collect(topic))
    counts["quarantine"] += len(rejections_of(journey))


def rejections_of(journey: Journey) -> list[Rejection]:
    """All that an article left in quarantine: itself, or what a later stage made of it."""
    later = [record for record in journey.collect("quarantine") if isinstance(record, Rejection)]
    return [*journey.rejections, *later]
