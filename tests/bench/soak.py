"""A long run at a steady rate: what memory, file descriptors, the store and the lag do. `make soak MINUTES=60`

    python -m tests.bench.soak --minutes 60 --rate 50 --out soak

Starts Apache Kafka, Redis and two workers of its own, sends articles in the order of time (one in `--every` is about
the watchlist, the others are of other crises), and writes soak.csv and soak.svg. The slopes at the end are of the
second half of the run, by least squares. With `--remembered 20000` the topics hold so many statements and half as many
alerts before the workers start, as after weeks: a worker then has all that it ever remembers. With `--flood 100000` so
many articles are sent as fast as the broker takes them, and the run ends when all are decided on.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from aiokafka import AIOKafkaProducer

from agents.knowledge import build_knowledge
from agents.language.lexicon import build_lexicon
from agents.language.text import tokens
from schemas import Alert, Novelty, RawArticle, Record, Statement, load_watchlist
from streams.feeds import read_feed
from streams.records import encode
from streams.settings import Settings
from streams.topics import declare, kafka_options, wait_for_broker
from tests.chaos.servers import Cluster, WorkerProcess, cluster
from tests.offline import Flow

FEEDS: Final = Path(__file__).parents[1] / "feeds"
STEP: Final = 5.0  # seconds between two measurements
_READ_BEFORE: Final = 150  # articles, from which what is remembered is made
COLUMNS: Final = ("seconds", "sent", "decided", "lag", "rss_1", "rss_2", "fds_1", "fds_2", "store", "keys")
PLOTTED: Final = {
    "lag (records)": ("lag",),
    "memory of a worker (MB)": ("rss_1", "rss_2"),
    "memory of the store (MB)": ("store",),
    "file descriptors": ("fds_1", "fds_2"),
}
Row = dict[str, float]


def articles(watched: str, every: int, seed: int) -> Iterator[bytes]:
    """Articles without end: paragraphs of the feeds in new company, with other numbers, an hour's worth a minute."""
    chance = random.Random(seed)
    about = _paragraphs(FEEDS / watched)
    names = build_lexicon(load_watchlist(FEEDS / watched / "watchlist.yaml")).actor_names
    other = [
        text
        for feed in sorted(FEEDS.iterdir())
        if feed.name != watched
        for text in _paragraphs(feed)
        if not names.find(list(tokens(text)))
    ]
    start = _first_time(FEEDS / watched)
    number = 0
    while True:
        pool = about if number % every == 0 else other
        paragraphs = [_renumbered(chance, text) for text in chance.sample(pool, min(len(pool), chance.randint(3, 7)))]
        at = start + timedelta(seconds=1.2 * number)
        fields = {
            "article_id": f"soak-{seed}-{number}",
            "source": f"paper {number % 40}",
            "title": "",
            "body": "\n\n".join(paragraphs),
            "published_at": at.isoformat(),
        }
        yield json.dumps(fields, ensure_ascii=False).encode()
        number += 1


def _paragraphs(feed: Path) -> list[str]:
    if not (feed / "feed.jsonl").exists():
        return []
    bodies = [str(json.loads(entry.value)["body"]) for entry in read_feed(feed / "feed.jsonl")]
    return [text for body in bodies for text in body.split("\n\n") if len(text) > 80]


def _first_time(feed: Path) -> datetime:
    return min(entry.time for entry in read_feed(feed / "feed.jsonl") if entry.time is not None)


def _renumbered(chance: random.Random, text: str) -> str:
    """The same with other numbers and some words moved, so that it is no copy."""
    words = [str(chance.randint(2, 400)) if word.isdigit() else word for word in text.split(" ")]
    for _ in range(len(words) // 8):
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return " ".join(words)


async def remember(settings: Settings, watched: str, count: int, seed: int) -> None:
    """Put what was read before on the topics: what such articles tell, again and again in other words.

    As heavy as what is told later: lighter, memory would grow for hours until all of it is replaced.
    """
    flow = Flow(build_knowledge(load_watchlist(FEEDS / watched / "watchlist.yaml")))
    for value in islice(articles(watched, 1, seed + 1), _READ_BEFORE):
        await flow.send(RawArticle.model_validate_json(value))
    corroborated = list(flow.alerts.state.alerts.values())
    chance = random.Random(seed)
    await wait_for_broker(settings, 60)
    await declare(settings)
    statements = [_again(chance, chance.choice(flow.told.statements), number) for number in range(count)]
    alerts = [_told(chance.choice(corroborated), number, statements) for number in range(count // 2)]
    await _put(settings, "statements", statements)
    await _put(settings, "alerts", alerts)


def _again(chance: random.Random, statement: Statement, number: int) -> Statement:
    content = statement.content.model_copy(update={"text": _renumbered(chance, statement.content.text)})
    return statement.model_copy(
        update={
            "statement_id": f"before-{number}",
            "article_id": f"before-{number // 10}",
            "origin": f"before-{number // 10}",
            "content": content,
            "novelty": Novelty.NEW,
            "repeats": None,
        }
    )


def _told(alert: Alert, number: int, statements: Sequence[Statement]) -> Alert:
    records = islice(cycle(statements), number, number + len(alert.record_ids))
    return alert.model_copy(
        update={
            "alert_id": f"before-{number}",
            "revision": 0,
            "record_ids": tuple(statement.statement_id for statement in records),
        }
    )


async def _put(settings: Settings, topic: str, records: Iterable[Record]) -> None:
    """An hour ago, so that no worker takes them for the first half of what another is about to send."""
    then = int((time.time() - 3600) * 1000)
    async with AIOKafkaProducer(**kafka_options(settings), linger_ms=5) as producer:
        for record in records:
            await producer.send(settings.topic(topic), encode(record), key=record.key.encode(), timestamp_ms=then)
        await producer.flush()


async def soak(
    one: Cluster, feed: Iterator[bytes], rate: float, seconds: float, out: Path, *, flood: int = 0
) -> list[Row]:
    """Send and measure; the rows are written as they come. With a `flood` so many are sent, and all waited for."""
    rows: list[Row] = []
    sent = 0
    producer = AIOKafkaProducer(**kafka_options(one.settings), linger_ms=5)
    await producer.start()
    started = time.monotonic()
    with out.with_suffix(".csv").open("w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        next_look = started
        while (now := time.monotonic()) < started + seconds:
            if now >= next_look:
                next_look += STEP
                row = await asyncio.to_thread(measure, one)
                rows.append({"seconds": round(now - started, 1), "sent": sent, **row})
                table.writerow(rows[-1])
                file.flush()
                if flood and row["decided"] >= flood:
                    break
            due = flood if flood and sent < flood else 0 if flood else (time.monotonic() - started) * rate
            while sent < due and time.monotonic() < next_look:
                value = next(feed)
                await producer.send(one.settings.topic("articles.raw"), value, key=f"{sent}".encode())
                sent += 1
            await asyncio.sleep(0.02)
    await producer.stop()
    return rows


def measure(one: Cluster) -> Row:
    """One look at the workers and the store; memory in megabytes."""
    row: Row = {"lag": 0.0, "decided": 0.0}
    for number, worker in enumerate(one.workers, start=1):
        row |= _of_process(worker, number)
        with suppress(OSError):
            text = worker.metrics()
            row["lag"] += _sum(text, "rasid_consumer_lag{")
            row["decided"] += _sum(text, 'rasid_decided_total{stage="deduplicate"}')
    with one.redis as redis:
        row["store"] = round(redis.info("memory")["used_memory"] / 1e6, 2)
        row["keys"] = float(redis.dbsize())
    return row


def _of_process(worker: WorkerProcess, number: int) -> Row:
    folder = Path(f"/proc/{worker.pid}")
    try:
        pages = int((folder / "statm").read_text().split()[1])
        files = float(len(list((folder / "fd").iterdir())))
        return {
            f"rss_{number}": round(pages * 4096 / 1e6, 1),
            f"fds_{number}": files,
        }
    except OSError:
        return {}


def _sum(text: str, name: str) -> float:
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))


def slope(rows: Sequence[Row], column: str) -> float:
    """By how much a column grows in an hour, over the second half of the run."""
    points = [(row["seconds"] / 3600, row[column]) for row in rows[len(rows) // 2 :] if column in row]
    if len(points) < 2:
        return 0.0
    middle = sum(x for x, _ in points) / len(points)
    spread = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * y for x, y in points) / spread if spread else 0.0


def plot(rows: Sequence[Row], path: Path) -> None:
    """The columns over time as an SVG, one panel under the other."""
    width, height, left = 800, 130, 70
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height * len(PLOTTED) + 20}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    last = max(row["seconds"] for row in rows) or 1.0
    for number, (title, columns) in enumerate(PLOTTED.items()):
        top = number * height + 24
        highest = max((row.get(column, 0.0) for row in rows for column in columns), default=0.0) or 1.0
        parts.append(f'<text x="{left}" y="{top - 8}">{title}</text>')
        parts.append(f'<text x="{left - 6}" y="{top + 10}" text-anchor="end">{highest:.0f}</text>')
        parts.append(f'<text x="{left - 6}" y="{top + height - 36}" text-anchor="end">0</text>')
        bottom = top + height - 40
        parts.append(f'<path d="M{left} {top}V{bottom}H{width - 10}" fill="none" stroke="gray"/>')
        for column, colour in zip(columns, ("#06c", "#c60"), strict=False):
            across = (width - left - 10) / last
            points = " ".join(
                f"{left + row['seconds'] * across:.1f},{bottom - row[column] / highest * (height - 40):.1f}"
                for row in rows
                if column in row
            )
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
    parts.append(f'<text x="{left}" y="{height * len(PLOTTED) + 12}">0 to {last / 60:.0f} minutes</text></svg>')
    path.write_text("\n".join(parts))


async def _main(options: argparse.Namespace) -> int:
    folder = Path(tempfile.mkdtemp(prefix="rasid-soak-"))
    watchlist = FEEDS / options.feed / "watchlist.yaml"

    async def before(settings: Settings) -> None:
        await remember(settings, options.feed, options.remembered, options.seed)

    prepare = before if options.remembered else None
    async with cluster(options.servers, folder, watchlist, workers=options.workers, before=prepare) as one:
        feed = articles(options.feed, options.every, options.seed)
        rows = await soak(one, feed, options.rate, options.minutes * 60, options.out, flood=options.flood)
        plot(rows, options.out.with_suffix(".svg"))
        ends = [dict(worker.ends) for worker in one.workers]
    last = rows[-1]
    print(f"{last['sent']:.0f} sent, {last['decided']:.0f} decided on, lag {last['lag']:.0f}; workers ended: {ends}")
    for column in COLUMNS[3:]:
        if column in last:
            half = rows[len(rows) // 2].get(column, 0)
            print(f"{column:6} {half:10.1f} {last[column]:10.1f} {slope(rows, column):+10.2f} an hour")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=50, help="articles a second")
    parser.add_argument("--flood", type=int, default=0, help="articles that are sent at once, in place of a rate")
    parser.add_argument("--every", type=int, default=100, help="one article in so many is about the watchlist")
    parser.add_argument("--remembered", type=int, default=0, help="statements on the topics before the workers start")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--feed", default="vienna")
    parser.add_argument("--servers", choices=["kafka", "embedded"], default="kafka")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("soak"), help="without suffix")
    return asyncio.run(_main(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
