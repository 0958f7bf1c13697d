"""How well boilerplate is told from article text, against gold readings.

    python -m tests.bench.noise GOLD.yaml FEED [GOLD.yaml FEED ...] [--show]

FEED is a JSON Lines file of raw articles or a folder of ARTICLE_ID.txt files. Every `noise` string of a reading has
to lie in noise; no statement or signal (`at`) may touch noise, a heading or a title. Exit status 1 where either fails.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from agents.language.boilerplate import Block, blocks


def read_feed(path: Path) -> dict[str, tuple[str, str]]:
    if path.is_dir():
        return {file.stem: ("", file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt"))}
    rows = map(json.loads, path.open(encoding="utf-8"))
    return {row["article_id"]: (row.get("title", ""), row["body"]) for row in rows}


def covered(found: list[Block], start: int, end: int) -> bool:
    return any(block.start <= start and end <= block.end for block in found)


def main(arguments: list[str]) -> int:
    show = "--show" in arguments
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    noise = missed = items = lost = 0
    for gold_path, feed_path in zip(paths[::2], paths[1::2], strict=True):
        gold, feed = yaml.safe_load(gold_path.read_text(encoding="utf-8")), read_feed(feed_path)
        for article_id, entry in gold["articles"].items():
            title, body = feed[article_id]
            found = blocks(body, title)
            if show:
                print(f"\n=== {article_id}")
                print(*(f"{block.kind:8} {body[block.start : block.end][:150]}" for block in found), sep="\n")
            silent = [block for block in found if block.kind != "content"]
            for text in entry.get("noise") or []:
                noise += 1
                at = body.index(text)
                if not covered([block for block in found if block.kind == "noise"], at, at + len(text)):
                    missed += 1
                    print(f"NOISE TAKEN {article_id}: {text}")
            for item in [*(entry.get("statements") or []), *(entry.get("signals") or [])]:
                items += 1
                at = -1
                for _ in range(item.get("nth", 1)):
                    at = body.index(item["at"], at + 1)
                if any(block.start < at + len(item["at"]) and at < block.end for block in silent):
                    lost += 1
                    print(f"TEXT LOST   {article_id}: {item['at']}")
    print(f"noise strings {noise}, taken for text {missed}; statements and signals {items}, lost {lost}")
    return int(bool(missed or lost))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
