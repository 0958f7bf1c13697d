"""Speed and memory of `deduplicate`, with datasketch and rensa in the same run.

    python -m tests.bench.deduplicate FEED [--sizes 10000 30000 100000 300000] [--store URL] [--articles 300]

FEED is a feed of real articles (JSON Lines, optionally .gz): its articles are joined to texts of 370 words. Without
--store an embedded Valkey is started (append-only file, fsync once a second). The store is filled with articles made
from the feed's own sentences, half of whose words are replaced, so that anchors recur as they do in real news. Needs
datasketch and rensa, which the project itself does not. All figures are of one core of a machine that is not alone:
read them as ratios. Everything this writes to the store has a prefix of its own and is removed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any
from uuid import uuid4

import datasketch
import numpy as np
import rensa
from redis.asyncio import Redis
from redis.exceptions import RedisError

from agents.deduplicate import Answer, Delivery, deduplicate, delivery_of
from agents.deduplicate.memory import Entry
from agents.language.fingerprint import anchors_of, load_fingerprinter
from schemas import RawArticle
from streams.embedded import free_ports, store_binary, store_command
from streams.feeds import read_feed
from streams.pipeline import PIPELINE
from streams.seen import MemorySeenArticles, RedisSeenArticles
from streams.stores import Store

WORDS = 370
DAY = 24 * 3600
TOGETHER = PIPELINE[0].together


def texts(feed: Path) -> list[RawArticle]:
    """The feed's articles joined to 370 words each."""
    found: list[RawArticle] = []
    words: list[str] = []
    for entry in read_feed(feed):
        article = RawArticle.model_validate_json(entry.value)
        words += article.body.replace("\n", " \n ").split(" ")
        while len(words) >= WORDS:
            body, words = " ".join(words[:WORDS]), words[WORDS:]
            changes = {
                "article_id": f"joined-{len(found)}",
                "title": "",
                "body": body,
                "url": f"https://x.org/{len(found)}",
            }
            found.append(article.model_copy(update=changes))
    return found


def seconds_each(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    start = time.process_time()
    for item in items:
        work(item)
    return (time.process_time() - start) / len(items)


def stems(article: RawArticle) -> list[bytes]:
    """What datasketch and rensa are given: the same pairs of stems that we compare."""
    codes = np.frombuffer(load_fingerprinter().read(article.body).codes, "<u2").tolist()
    return [f"{a} {b}".encode() for a, b in pairwise(codes)]


def compare_in_memory(articles: Sequence[RawArticle]) -> None:
    fingerprinter = load_fingerprinter()
    for article in articles:
        fingerprinter.read(article.body)  # every word has been met
    index = MemorySeenArticles()

    async def decide_all() -> None:  # a loop for each article would cost a tenth of it
        for article in articles:
            await deduplicate(article, index)

    rows = [("folding, boilerplate, codes, anchors", seconds_each(lambda a: fingerprinter.read(a.body), articles))]
    start = time.process_time()
    asyncio.run(decide_all())
    decided = (time.process_time() - start) / len(articles)
    rows.append(("deciding alone: all of deduplicate, index in a dict", decided))
    pairs = [stems(article) for article in articles]
    pairs_of_text = [[pair.decode() for pair in each] for each in pairs]
    lsh = datasketch.MinHashLSH(threshold=0.65, num_perm=128)

    def with_datasketch(numbered: tuple[int, list[bytes]]) -> None:
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch(numbered[1])
        lsh.query(sketch)
        lsh.insert(str(numbered[0]), sketch)

    rows.append(
        ("datasketch: MinHash-128 and LSH of codes already made", seconds_each(with_datasketch, list(enumerate(pairs))))
    )
    other = rensa.RMinHashLSH(threshold=0.65, num_perm=128, num_bands=32)

    def with_rensa(numbered: tuple[int, list[str]]) -> None:
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(numbered[1])
        other.query(sketch)
        other.insert(numbered[0], sketch)

    rows.append(
        ("rensa: RMinHash-128 and LSH of codes already made", seconds_each(with_rensa, list(enumerate(pairs_of_text))))
    )
    print(
        f"| step ({len(articles)} articles of {WORDS} words, in memory) | articles/s | ratio to deciding alone |"
        "\n|---|---|---|"
    )
    for name, each in rows:
        print(f"| {name} | {1 / each:,.0f} | {decided / each:.1f} |")


class Maker:
    """Makes articles that are like real ones to the index: real sentences, half of their words replaced."""

    def __init__(self, articles: Sequence[RawArticle]) -> None:
        entries = [delivery_of(a, load_fingerprinter().read(a.body), a.published_at).entry for a in articles]
        self._entries = entries
        self._codes = np.frombuffer(b"".join(entry.codes for entry in entries), "<u2")
        self._chance = np.random.default_rng(1)
        self._made = 0

    def deliver(self) -> Delivery:
        entry = self._entries[int(self._chance.integers(len(self._entries)))]
        own = np.frombuffer(entry.codes, "<u2")
        others = self._codes[self._chance.integers(len(self._codes), size=len(own))]
        codes = np.where(self._chance.random(len(own)) < 0.5, own, others).tobytes()
        self._made += 1
        name = f"{self._made:020d}"
        anchors = [int(n) for n in self._chance.integers(1 << 32, size=3)]
        anchors += anchors_of(list(entry.lengths), codes)
        day = 18_000 + self._made // 20_000
        made = Entry(name, anchors[0], anchors[1], anchors[2], 0, day, entry.lengths, codes)
        return Delivery(name.encode()[-8:], made, tuple(anchors))


async def insert(index: RedisSeenArticles, delivery: Delivery) -> list[float]:
    """Settle as unique, whatever is like it. How long each call took."""
    against: frozenset[bytes] = frozenset()
    took: list[float] = []
    while True:
        start = time.perf_counter()
        settled = await index.settle(delivery, Answer(), against)
        took.append(time.perf_counter() - start)
        if settled.answer is not None:
            return took
        against |= {known.key for known in settled.known}


async def fill(index: RedisSeenArticles, maker: Maker, count: int) -> None:
    """Several at a time: only the size matters here."""
    while count > 0:
        batch = min(count, 64)
        await asyncio.gather(*(insert(index, maker.deliver()) for _ in range(batch)))
        count -= batch


async def measure_store(url: str, articles: Sequence[RawArticle], sizes: Sequence[int], each: int) -> None:
    async with Redis.from_url(url) as redis:
        store = Store(redis, f"{{b{uuid4().hex[:6]}}}")
        index = RedisSeenArticles(store, 14 * DAY)
        maker = Maker(articles)
        before = (await redis.info("memory"))["used_memory"]
        size = 0
        for article in articles[: each // 2]:
            await deduplicate(article, index)  # warm
        print(
            "| articles indexed | articles/s, one worker | of its own core | index call p50 ms | p99 ms "
            "| in the server ms | calls an article | bytes an article |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for number, target in enumerate(sizes):
            await fill(index, maker, target - size)
            size = target
            used = (await redis.info("memory"))["used_memory"] - before
            deliveries = [maker.deliver() for _ in range(2000)]
            await redis.config_resetstat()
            took = [await insert(index, delivery) for delivery in deliveries]
            served = (await redis.info("commandstats"))["cmdstat_evalsha"]["usec_per_call"] / 1000
            size += len(took)
            calls = sorted(call for one in took for call in one)
            batch = reworded(articles[:each], number)
            start, busy = time.perf_counter(), time.process_time()
            await decide_together(batch, index)
            rate = len(batch) / (time.perf_counter() - start)
            own = len(batch) / (time.process_time() - busy)
            size += each
            print(
                f"| {target:,} | {rate:,.0f} | {own:,.0f} | {statistics.median(calls) * 1000:.2f} "
                f"| {calls[len(calls) * 99 // 100] * 1000:.2f} | {served:.2f} "
                f"| {len(calls) / len(took):.2f} | {used / target:,.0f} |",
                flush=True,
            )
        async for key in redis.scan_iter(match=f"{store.prefix}*", count=10_000):
            await redis.unlink(key)


async def decide_together(articles: Sequence[RawArticle], index: RedisSeenArticles) -> None:
    """As a worker does: each as soon as fewer than so many are under way, after a turn for others."""
    room = asyncio.Semaphore(TOGETHER)
    tasks = []
    for article in articles:
        await room.acquire()
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(deduplicate(article, index)))
        tasks[-1].add_done_callback(lambda _: room.release())
    await asyncio.gather(*tasks)


def reworded(articles: Sequence[RawArticle], seed: int) -> list[RawArticle]:
    """The same words in another order: new texts of the same vocabulary."""
    chance = random.Random(seed)
    found = []
    for article in articles:
        words = article.body.split(" ")
        chance.shuffle(words)
        changes = {
            "article_id": f"{article.article_id}-{seed}",
            "body": " ".join(words),
            "url": f"{article.url}/{seed}",
        }
        found.append(article.model_copy(update=changes))
    return found


async def wait_for(url: str, until: Callable[[], bool]) -> None:
    async with Redis.from_url(url) as redis:
        while not until():
            try:
                await redis.ping()
                return
            except RedisError:
                await asyncio.sleep(0.05)


async def with_store(url: str | None, work: Callable[[str], Awaitable[None]]) -> None:
    if url is not None:
        await work(url)
        return
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory() as folder:
        command = [*store_command(store_binary(), port, Path(folder)), "--appendfsync", "everysec"]
        with Popen(command, stdout=DEVNULL, stderr=DEVNULL) as process:  # noqa: ASYNC220 - starts at once
            try:
                await wait_for(f"redis://127.0.0.1:{port}/0", lambda: process.poll() is not None)
                await work(f"redis://127.0.0.1:{port}/0")
            finally:
                process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("feed", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000])
    parser.add_argument("--store")
    parser.add_argument("--articles", type=int, default=400)
    arguments = parser.parse_args()
    articles = texts(arguments.feed)
    compare_in_memory(articles)
    print()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the store ends with us
    asyncio.run(
        with_store(arguments.store, lambda url: measure_store(url, articles, arguments.sizes, arguments.articles))
    )


if __name__ == "__main__":
    main()
