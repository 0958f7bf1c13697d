"""Score the development feeds against their gold readings: `make evaluate`.

Prints a row a feed and writes docs/evaluation.md. With GOLD and FEED (and the watchlist beside it) given, scores that.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.offline import GOLD, feed_of, names_of_feeds, read

DOCUMENT = Path(__file__).parents[1] / "docs/evaluation.md"
HEAD = """# Evaluation

Made by `make evaluate`. Each feed is read offline by the same stages that run on Kafka and scored by
`tests/gold/score.py` (rules: `tests/gold/README.md`). F1 where nothing else is said.

What each feed scored first, before anything was changed for it, is in the second table; below it stands which of
them nobody has read, and which the weights are not fitted on.

"""


def score(gold: Path, feed: Path, watchlist: Path, misses: bool = False) -> tuple[dict[str, Any], str]:
    """The scorer's figures for a feed, and the misses it names."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(read(feed, watchlist)).write(Path(folder))
        command = [sys.executable, str(GOLD / "score.py"), str(gold), str(feed), folder, "--json"]
        done = subprocess.run([*command, *(["--misses"] if misses else [])], capture_output=True, text=True, check=True)
    *named, figures = done.stdout.strip().splitlines()
    return json.loads(figures), "\n".join(named)


def row(name: str, figures: dict[str, Any]) -> list[str]:
    def f1(key: str) -> str:
        return f"{figures[key]['f1']:.3f}"

    return [
        name,
        *(f1(key) for key in ("talk_news", "statements")),
        f"{figures['speakers']['accuracy']:.3f}",
        f1("about_talks"),
        f"{figures['talk_links']['accuracy']:.3f}",
        f1("new_statements"),
        f"{figures['repeats']['recall']:.3f}",
        *(f1(key) for key in ("signals", "signals_typed", "signals_full", "duplicates")),
        f"{figures['talks']['accuracy']:.3f}",
        *(str(figures[key]) for key in ("noise_taken", "bad_spans", "articles_lost")),
    ]


COLUMNS = [
    "feed",
    "talk_news",
    "statements",
    "speakers(acc)",
    "about_talks",
    "talk_links(acc)",
    "new",
    "repeats(recall)",
    "signals",
    "typed",
    "full",
    "duplicates",
    "talks(acc)",
    "noise",
    "bad_spans",
    "lost",
]


def table(rows: list[list[str]]) -> str:
    lines = [" | ".join(COLUMNS), " | ".join("---" for _ in COLUMNS), *(" | ".join(cells) for cells in rows)]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("feed", nargs="?", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", nargs="*")
    asked = parser.parse_args()
    if asked.gold and asked.feed:
        figures, misses = score(asked.gold, asked.feed, asked.feed.parent / "watchlist.yaml", asked.misses)
        print(misses + table([row(asked.feed.parent.name, figures)]))
        return
    rows = []
    for name in asked.only or names_of_feeds():
        feed, watchlist, gold = feed_of(name)
        figures, misses = score(gold, feed, watchlist, asked.misses)
        rows.append(row(name, figures))
        if misses:
            print(misses)
    print(table(rows))
    if not asked.only:
        firsts = Path(__file__).parent / "feeds/first-scores.md"
        DOCUMENT.write_text(HEAD + table(rows) + "\n" + (firsts.read_text() if firsts.exists() else ""))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
