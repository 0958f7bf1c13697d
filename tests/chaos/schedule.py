"""What goes wrong in a run, and when: everything follows from the seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from streams.feeds import Entry, read_feed, seeds

FEEDS = Path(__file__).parents[1] / "feeds"
NAMES = ("dam", "january", "jeddah", "karabakh", "vienna", "yemen")
HOURS = (-72, -24, -6, 6, 24, 72)  # a clock of an outlet that is wrong


class Fault(StrEnum):
    """One thing that goes wrong."""

    KILL_WORKER = "kill -9 of a worker"
    STOP_WORKER = "SIGSTOP of a worker"
    TERM_WORKER = "SIGTERM of a worker"
    KILL_BROKER = "kill -9 of the broker"
    RESTART_BROKER = "restart of the broker"
    KILL_STORE = "kill -9 of the store"
    RESTART_STORE = "restart of the store"
    FLUSH_STORE = "FLUSHALL"
    FULL_STORE = "store out of memory"
    FULL_DISK = "disk of the store full"
    CUT_BROKER = "broker's connections cut"
    CUT_STORE = "store's connections cut"
    HOLD_BROKER = "black hole before the broker"
    HOLD_STORE = "black hole before the store"
    REDELIVER = "delivered again, in another order"


IN_MEMORY = frozenset({Fault.KILL_BROKER, Fault.RESTART_BROKER, Fault.CUT_BROKER, Fault.HOLD_BROKER})
LENGTHS = {  # seconds; workers leave the group after six
    Fault.STOP_WORKER: (0.5, 12.0),
    Fault.RESTART_BROKER: (0.0, 3.0),
    Fault.KILL_BROKER: (0.0, 3.0),
    Fault.KILL_STORE: (0.0, 3.0),
    Fault.RESTART_STORE: (0.0, 3.0),
    Fault.FULL_STORE: (0.5, 4.0),
    Fault.FULL_DISK: (1.0, 4.0),
    Fault.CUT_BROKER: (0.0, 3.0),
    Fault.CUT_STORE: (0.0, 3.0),
    Fault.HOLD_BROKER: (0.5, 4.0),
    Fault.HOLD_STORE: (0.5, 4.0),
}
# A worker that is stopped for longer than anything waits for it: it comes back to a group that has given it up. Drawn
# from the longest of the others, so that a seed stays what it is otherwise.
LONG_STOP, MINUTE = 10.0, 62.0


@dataclass(frozen=True, slots=True)
class Event:
    """A fault: `delay` seconds after the article of that number was sent, for `seconds`, to one of the workers."""

    article: int
    delay: float
    fault: Fault
    seconds: float
    worker: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A run: the feed as it is sent, and the faults in order."""

    seed: int
    feed: str
    watchlist: Path
    entries: tuple[Entry, ...]
    jumps: int  # articles whose clock is wrong
    events: tuple[Event, ...]


def plan(seed: int, *, left_out: Iterable[Fault] = (), faults: int = 8, articles: int | None = None) -> Plan:
    """The run of a seed. `articles`: at most so many of the feed."""
    chance = random.Random(seed)
    feed, path, watchlist = _feeds()[seed % len(_feeds())]
    entries, jumps = [], 0
    for entry in list(read_feed(path))[:articles]:
        jumped = _with_a_wrong_clock(entry, chance)
        jumps += jumped is not entry
        entries.append(jumped)
    possible = [fault for fault in Fault if fault not in set(left_out)]
    events = []
    for number in range(faults):
        fault = chance.choice(possible)
        shortest, longest = LENGTHS.get(fault, (0.0, 0.0))
        article = number * len(entries) // faults + chance.randrange(max(1, len(entries) // faults))
        seconds = round(chance.uniform(shortest, longest), 2)
        if fault is Fault.STOP_WORKER and seconds > LONG_STOP:
            seconds = MINUTE
        events.append(Event(article, round(chance.uniform(0, 0.4), 3), fault, seconds, chance.randrange(2)))
    return Plan(seed, feed, watchlist, tuple(entries), jumps, tuple(sorted(events, key=lambda each: each.article)))


def _feeds() -> Sequence[tuple[str, Path, Path]]:
    """Always these, in this order: a seed stays what it is when there are more feeds."""
    found = [("seeds", seeds(), seeds() / "watchlist.yaml")]
    found += [(name, FEEDS / name / "feed.jsonl", FEEDS / name / "watchlist.yaml") for name in NAMES]
    return found


def _with_a_wrong_clock(entry: Entry, chance: random.Random) -> Entry:
    if chance.random() > 0.15 or entry.time is None:
        return entry
    moved = entry.time + timedelta(hours=chance.choice(HOURS))
    fields = {**json.loads(entry.value), "published_at": moved.isoformat()}
    return replace(entry, value=json.dumps(fields, ensure_ascii=False).encode(), time=moved)
