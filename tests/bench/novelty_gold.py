"""How well repeats are told from news, given the statements of a gold reading: the judge alone, without the reader.

    python -m tests.bench.novelty_gold GOLD.yaml FEED WATCHLIST.yaml [GOLD.yaml FEED WATCHLIST.yaml ...] [--misses]

FEED is a JSON Lines file of raw articles or a folder of ARTICLE_ID.txt files. Each gold statement is judged, in the
order of the feed, against all earlier ones of its side. Prints `new` (F1 of what is new and was called so), `repeats`
(share recognised), and the processor time of a judgement in milliseconds, of twenty statements that are judged together
against 50, 500 and 2,000 of all feeds given: on several feeds of one crisis, of different ones.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from agents.language.lexicon import Lexicon, build_lexicon
from agents.novelty import Asked, NoveltyJudge, Said, load_novelty_judge
from schemas import Novelty, Watchlist

_TOGETHER, _ROUNDS, _EARLIER = 20, 4, (50, 500, 2000)
# the gold has no reporting verbs
DENIALS = frozenset(["نفى", "ينفي", "نفت", "تنفي", "نافيا", "نافية", "أنكر", "ينكر", "تنكر", "أنكرت"])


def read_feed(path: Path) -> dict[str, str]:
    if path.is_dir():
        return {file.stem: file.read_text(encoding="utf-8") for file in path.glob("*.txt")}
    return {row["article_id"]: row["body"] for row in map(json.loads, path.open(encoding="utf-8"))}


def statements(gold: dict[str, Any], bodies: dict[str, str]) -> list[dict[str, Any]]:
    """The gold statements in the order of the feed, with their place and the words before them."""
    found = []
    for article in gold["order"]:
        for item in (gold["articles"][article] or {}).get("statements") or []:
            start = -1
            for _ in range(item.get("nth", 1)):
                start = bodies[article].find(item["at"], start + 1)
            before = bodies[article][max(0, start - 60) : start]
            found.append({**item, "article": article, "order": (gold["order"].index(article), start), "before": before})
    return sorted(found, key=lambda item: item["order"])


def read_statement(item: dict[str, Any], number: int, judge: NoveltyJudge, lexicon: Lexicon) -> tuple[Said, set[str]]:
    speakers = item.get("speaker") or [item["speaker_name"]]
    speakers = [speakers] if isinstance(speakers, str) else speakers
    talks = [talk.id for talk in lexicon.watchlist.talks] if item["talks"] == "any" else item["talks"]
    return judge.said(
        statement_id=str(number),
        party=None,
        speakers=speakers,
        text=item["at"],
        talks=[] if talks == "none" else [talks] if isinstance(talks, str) else talks,
        article=item["article"],
        before=item["before"],
        denies=any(word.lstrip("وف") in DENIALS for word in item["before"].split()[-7:]),
    ), {lexicon.party_of(speaker) for speaker in speakers}


def measure(gold_path: Path, feed: Path, watchlist: Path, *, misses: bool) -> tuple[NoveltyJudge, list[Said]]:
    """Print how well a feed is told; its statements, and the judge who has read them."""
    gold = yaml.safe_load(gold_path.read_text(encoding="utf-8"))
    lexicon = build_lexicon(Watchlist.model_validate(yaml.safe_load(watchlist.read_text(encoding="utf-8"))))
    judge = load_novelty_judge(lexicon)
    items = statements(gold, read_feed(feed))
    told: list[tuple[Said, set[str]]] = []
    groups: set[str] = set()
    right = wrong = lost = caught = 0
    for number, item in enumerate(items):
        said, sides = read_statement(item, number, judge, lexicon)
        judgement = judge.judge(said, [other for other, other_sides in told if sides & other_sides])
        told.append((said, sides))
        again, repeat = item["group"] in groups, judgement.kind is Novelty.REPEAT
        groups.add(item["group"])
        if item.get("optional") or item.get("novelty_optional"):
            continue
        right, lost = right + (not again and not repeat), lost + (not again and repeat)
        caught, wrong = caught + (again and repeat), wrong + (again and not repeat)
        if misses and again != repeat:
            print("  repeated" if again else "  lost    ", item["group"], judgement.similarity, item["at"][:90])
    print(
        f"{gold_path}: new F1 {2 * right / (2 * right + wrong + lost):.3f} ({lost} lost), "
        f"repeats {caught}/{caught + wrong} {caught / max(1, caught + wrong):.3f}"
    )
    return judge, [said for said, _ in told]


def measure_time(judge: NoveltyJudge, told: list[Said]) -> None:
    before, asked = told[:-_TOGETHER], told[-_TOGETHER:]
    for number in _EARLIER:
        earlier = (before * (number // len(before) + 1))[:number]
        spent = []
        for _ in range(_ROUNDS):
            start = time.process_time()
            together = judge.earlier(earlier)
            judge.judge_all(Asked(said, together) for said in asked)
            spent.append((time.process_time() - start) / len(asked) * 1000)
        print(f"{number:>5} earlier: {min(spent):.2f} ms a statement, the best of {_ROUNDS}")


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    if not paths or len(paths) % 3:
        sys.exit(__doc__)
    told: list[Said] = []
    for at in range(0, len(paths), 3):
        judge, said = measure(*paths[at : at + 3], misses="--misses" in sys.argv)
        told += said
    measure_time(judge, told)


if __name__ == "__main__":
    main()
