"""What must be true after a run, whatever happened in it: nothing lost, nothing twice, nothing else.

The measure is the same feed in one process, without servers: the pure decisions over journals in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.knowledge import Knowledge, build_knowledge
from schemas import Record, load_watchlist
from streams.feeds import Entry
from streams.history import history
from streams.pipeline import PIPELINE
from streams.process import BoundStage, Received, bind, process
from streams.records import CORROBORATIONS, decode, identify
from streams.seen import MemorySeenArticles
from streams.settings import Settings
from streams.stores import MemoryJournal

COUNTED = ("articles.accepted", "signals", "statements", "talks", "alerts", CORROBORATIONS, "quarantine")
Found = Mapping[str, Mapping[str, list[Record]]]  # by topic and id: every delivery of the record


@dataclass
class MemoryWorld:
    """Everything that the stages remember, in dicts."""

    lexicon: Knowledge
    seen: MemorySeenArticles = field(default_factory=MemorySeenArticles)
    journals: dict[str, MemoryJournal[Any]] = field(default_factory=dict)

    def journal(self, name: str, kind: type[Any]) -> MemoryJournal[Any]:
        return self.journals.setdefault(name, MemoryJournal())


async def undisturbed(entries: Iterable[Entry], watchlist: Path) -> Found:
    """What the pipeline makes of a feed where nothing goes wrong."""
    loaded = load_watchlist(watchlist)
    world = MemoryWorld(build_knowledge(loaded))
    stages = [
        bind(stage, world, languages=frozenset(loaded.languages), attempts=1, largest=None)  # type: ignore[arg-type]
        for stage in PIPELINE
    ]
    found: dict[str, dict[str, list[Record]]] = {topic: {} for topic in COUNTED}
    for offset, entry in enumerate(entries):
        await _through(stages, Received("articles.raw", 0, offset, None, entry.value), found)
    return found


async def _through(stages: list[BoundStage], received: Received, found: dict[str, dict[str, list[Record]]]) -> None:
    for stage in stages:
        if received.topic not in stage.topics:
            continue
        handled = await process(stage, received)
        for one in handled.sending:
            if one.topic in found:
                found[one.topic].setdefault(identify(one.record), []).append(one.record)
        for one in handled.sending:
            await _through(stages, Received(one.topic, 0, 0, one.key, one.value), found)


async def on_topics(settings: Settings) -> Found:
    """What stands on the topics after a run."""
    found: dict[str, dict[str, list[Record]]] = {topic: {} for topic in COUNTED}
    async for received in history(settings, *COUNTED):
        record = decode(received.topic, received.value)
        found[received.topic].setdefault(identify(record), []).append(record)
    return found


@dataclass
class Account:
    """The balance of a run. It is clean where `faults` is empty."""

    articles: int = 0
    statements: int = 0
    alerts: int = 0
    delivered_twice: dict[str, int] = field(default_factory=dict)  # by topic: the same record, once more
    faults: list[str] = field(default_factory=list)


def balance(expected: Found, found: Found) -> Account:
    """Compare a run with the undisturbed one."""
    account = Account(len(found["articles.accepted"]), len(found["statements"]), len(found["alerts"]))
    for topic in COUNTED:
        lost, more = expected[topic].keys() - found[topic].keys(), found[topic].keys() - expected[topic].keys()
        account.faults += [f"{topic}: lost {name}" for name in sorted(lost)]
        account.faults += [f"{topic}: not expected {name}" for name in sorted(more)]
        for name, records in found[topic].items():
            contents = {_content(record) for record in records}
            if len(contents) > 1:
                account.faults.append(f"{topic}: {name} was told in {len(contents)} ways")
            elif name in expected[topic] and contents != {_content(expected[topic][name][0])}:
                account.faults.append(f"{topic}: {name} is another than in the undisturbed run")
            account.delivered_twice[topic] = account.delivered_twice.get(topic, 0) + len(records) - 1
            if topic == "alerts" and len(records) > 1:
                account.faults.append(f"alerts: {name} was sent {len(records)} times")
    return account


def _content(record: Record) -> str:
    return record.model_dump_json(exclude={"appended_at", "rejected_at", "offset", "partition", "rejection_id"})
