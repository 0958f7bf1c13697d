"""The whole path of a feed without servers: the same stages, with what they remember in this process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from agents.deduplicate import deduplicate
from agents.knowledge import Knowledge, build_knowledge
from agents.stage import Outcome
from agents.tag_signals import tag_signals
from agents.track_statements import statement_memory, track_statements
from agents.track_talks import talk_memory, track_talks
from agents.trigger_alerts import alert_memory, trigger_alerts
from schemas import Alert, Article, RawArticle, Record, Signal, Statement, Talk
from schemas.watchlist_file import load_watchlist
from streams.feeds import read_feed, seeds
from streams.seen import MemorySeenArticles
from streams.stores import MemoryJournal

FEEDS = Path(__file__).parent / "feeds"
GOLD = Path(__file__).parent / "gold"
OF_THE_CLOCK = {"appended_at"}


@dataclass
class Told:
    """What the stages emitted, in order."""

    articles: list[Article] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the files that a scorer reads."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("articles", "signals", "statements", "talks", "alerts"):
            rows: list[Record] = getattr(self, name)
            text = "".join(row.model_dump_json(exclude=OF_THE_CLOCK) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def feed_of(name: str) -> tuple[Path, Path, Path]:
    """The feed, watchlist and gold reading of a development feed."""
    if name == "seeds":
        return seeds(), seeds() / "watchlist.yaml", FEEDS / "seeds/gold.yaml"
    folder = FEEDS / name
    return folder / "feed.jsonl", folder / "watchlist.yaml", folder / "gold.yaml"


def names_of_feeds() -> Iterator[str]:
    yield from sorted(folder.name for folder in FEEDS.iterdir() if (folder / "gold.yaml").exists())


class Flow:
    """The stages in the order of the flow."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.seen = MemorySeenArticles()
        self.statements = statement_memory(MemoryJournal[Statement]())
        self.talks = talk_memory(MemoryJournal[Talk]())
        self.alerts = alert_memory(MemoryJournal[Alert](), MemoryJournal[Signal](), knowledge)
        self.told = Told()

    async def send(self, raw: RawArticle) -> None:
        outcome = await deduplicate(raw, self.seen, self.knowledge)
        for article in _records(outcome, Article):
            self.told.articles.append(article)
            signals = await tag_signals(article, self.knowledge)
            statements = await track_statements(article, self.statements, self.knowledge)
            talks = await track_talks(article, self.talks, self.knowledge)
            self.told.signals += _records(signals, Signal)
            self.told.statements += _records(statements, Statement)
            self.told.talks += _records(talks, Talk)
            for record in (*signals.records, *statements.records, *talks.records):
                assert isinstance(record, Signal | Statement | Talk)
                alerts = await trigger_alerts(record, self.alerts, self.knowledge)
                self.told.alerts += [alert for alert in _records(alerts, Alert) if alert.revision == 0]


R = TypeVar("R", bound=Record)


def _records(outcome: Outcome, kind: type[R]) -> list[R]:
    return [record for record in outcome.records if isinstance(record, kind)]


async def read(feed: Path, watchlist: Path) -> Told:
    """Everything that the stages make of a feed."""
    flow = Flow(build_knowledge(load_watchlist(watchlist)))
    for entry in read_feed(feed):
        await flow.send(RawArticle.model_validate_json(entry.value))
    return flow.told
