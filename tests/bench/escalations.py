"""How often an alert of escalation is right, by the gold readings of the development feeds.

    python -m tests.bench.escalations [FEED ...] [--wrong]

An alert is `right` where a gold signal at its words is a hostile deed or a threat, asserted or under a condition, with
one of its actors and one of its recipients; else it is named after the first thing that is wrong: `nothing` stands
there, another `direction`, `type`, `modality`, `actors` or `recipients`. A wrong alert costs trust, so it is counted
apart from the signals, most of which wake nobody. `--wrong` prints each wrong one.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from schemas import Alert, AlertKind, Signal
from tests.bench.novelty_gold import read_feed
from tests.offline import feed_of, names_of_feeds, read

HOSTILE = frozenset(["THREATEN", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"])
TOLD = frozenset(["asserted", "conditional"])
VERDICTS = ("right", "recipients", "actors", "modality", "type", "direction", "nothing")


def values(item: object) -> frozenset[object]:
    """The values that a gold field allows; none where it leaves them open."""
    if item in (None, "any"):
        return frozenset()
    return frozenset(item) if isinstance(item, list) else frozenset([item])


def allows(item: object, *found: object) -> bool:
    return not values(item) or not values(item).isdisjoint(found)


def verdict(signal: Signal, golds: list[dict[str, Any]]) -> str:
    """The first thing that is wrong with the alert that a signal raised, or `right`."""
    steps = {
        "direction": [gold for gold in golds if allows(gold["direction"], "escalation")],
        "type": [gold for gold in golds if allows(gold["type"], signal.event_type.value, *HOSTILE)],
        "modality": [gold for gold in golds if allows(gold.get("modality"), *TOLD)],
        "actors": [gold for gold in golds if allows(gold["source"], *signal.actors)],
        "recipients": [gold for gold in golds if allows(gold["target"], *signal.recipients)],
    }
    left = golds
    if not left:
        return "nothing"
    for step, fit in steps.items():
        left = [gold for gold in left if gold in fit]
        if not left:
            return step
    return "right"


def golds_at(signal: Signal, gold: dict[str, Any], body: str) -> Iterator[dict[str, Any]]:
    """The gold signals that share letters with the words of a signal."""
    for item in (gold["articles"].get(signal.article_id) or {}).get("signals") or []:
        start = -1
        for _ in range(item.get("nth", 1)):
            start = body.find(item["at"], start + 1)
        if start < signal.evidence.end and signal.evidence.start < start + len(item["at"]):
            yield item


def judged(feed: Path, watchlist: Path, gold: dict[str, Any]) -> Iterator[tuple[str, Alert]]:
    told, bodies = asyncio.run(read(feed, watchlist)), read_feed(feed)
    signals = {signal.signal_id: signal for signal in told.signals}
    for alert in told.alerts:
        if alert.kind is AlertKind.ESCALATION:
            signal = signals[alert.record_ids[0]]
            yield verdict(signal, list(golds_at(signal, gold, bodies[signal.article_id]))), alert


def main() -> None:
    wrong, names = "--wrong" in sys.argv, [name for name in sys.argv[1:] if not name.startswith("--")]
    total: Counter[str] = Counter()
    for name in names or names_of_feeds():
        feed, watchlist, gold_path = feed_of(name)
        gold = yaml.safe_load(gold_path.read_text(encoding="utf-8"))
        if not any((entry or {}).get("signals") for entry in gold["articles"].values()):
            continue
        found = list(judged(feed, watchlist, gold))
        counts = Counter(kind for kind, _ in found)
        total += counts
        print(f"{name:16}" + "  ".join(f"{kind} {counts[kind]}" for kind in VERDICTS if counts[kind]))
        for kind, alert in found:
            if wrong and kind != "right":
                print(f"  {kind}: {alert.summary['en']}")
    print(f"{'all':16}" + "  ".join(f"{kind} {total[kind]}" for kind in VERDICTS) + f"  of {total.total()}")


if __name__ == "__main__":
    main()
