"""From the append of an article until its alerts are acknowledged: p50 and p99 from the worker's own histogram.

    python -m tests.bench.alert_latency FEED [--rate 20] [--seconds 30] [--workers 1]

Sends articles of a feed of everyday news at a steady rate through the embedded servers, and among them, evenly spread,
the five seeds, whose alerts are what is measured. FEED is a file of JSON lines (.gz too) or a folder.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
import urllib.request
from itertools import islice
from pathlib import Path

from aiokafka import AIOKafkaProducer

from streams.feeds import read_feed, seeds
from streams.local import Local
from streams.settings import Settings
from streams.topics import declare, kafka_options

BUCKET = re.compile(r'^rasid_alert_latency_seconds_bucket\{le="([^"]+)"\} (\S+)$', re.MULTILINE)
DECIDED = re.compile(r'^rasid_decided_total\{stage="deduplicate"\} (\S+)$', re.MULTILINE)

STAGE = re.compile(r'^rasid_stage_seconds_(sum|count)\{stage="([^"]+)"\} (\S+)$', re.MULTILINE)


def measures(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def quantile(buckets: list[tuple[float, float]], share: float) -> float:
    """As Prometheus does: linear within a bucket."""
    wanted, low, below = share * buckets[-1][1], 0.0, 0.0
    for high, count in buckets:
        if count >= wanted:
            return low if high == float("inf") else low + (high - low) * (wanted - below) / max(count - below, 1)
        low, below = high, count
    return low


async def send(settings: Settings, values: list[bytes], rate: float) -> None:
    await declare(settings)
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    start = time.monotonic()
    for number, value in enumerate(values):
        await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
        await producer.send(settings.topic("articles.raw"), value, key=str(number).encode())
    await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feed", type=Path)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    values = [entry.value for entry in islice(read_feed(options.feed), int(options.rate * options.seconds))]
    stories = [entry.value for entry in read_feed(seeds())]
    for number, story in enumerate(stories):
        values.insert((number + 1) * len(values) // (len(stories) + 1), story)
    with Local(seeds() / "watchlist.yaml", options.workers) as local:
        while True:
            try:
                if "rasid_ready 1.0" in measures(local.port):
                    break
            except OSError:
                pass
            time.sleep(0.2)
        asyncio.run(send(local.settings, values, options.rate))
        decided, deadline = 0.0, time.monotonic() + 120
        while decided < len(values) / options.workers and time.monotonic() < deadline:
            time.sleep(1)
            found = DECIDED.search(measures(local.port))
            decided = float(found[1]) if found else 0.0
        time.sleep(3)
        text = measures(local.port)
        buckets = [(float(edge), float(count)) for edge, count in BUCKET.findall(text)]
    print(
        f"{len(values)} articles at {options.rate:g}/s, {options.workers} worker(s); {buckets[-1][1]:g} alerts measured"
    )
    for share in (0.5, 0.9, 0.99):
        print(f"p{share * 100:g}  {1000 * quantile(buckets, share):8.0f} ms")
    totals = {(what, stage): float(value) for what, stage, value in STAGE.findall(text)}
    for stage in sorted({stage for _, stage in totals}):
        number, seconds = totals["count", stage], totals["sum", stage]
        print(f"{stage:18} {number:6.0f} records, {1000 * seconds / max(number, 1):8.1f} ms each, {seconds:6.1f} s")


if __name__ == "__main__":
    main()
