"""`rasid evaluate pairs`: how well the novelty decision tells repeats, measured on labelled pairs of texts."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from agents.language.lexicon import build_lexicon
from agents.novelty import load_novelty_judge
from schemas import Novelty, load_watchlist

COLUMNS: Final = (("a", "b", "label"), ("s1", "s2", "stance"))  # either is found in the header
REPEATS: Final = frozenset({"1", "agree", "repeat"})
CONTRADICTIONS: Final = frozenset({"disagree", "contradiction"})


class PairsError(Exception):
    """The file of pairs cannot be read; the message names it and the line."""


@dataclass(frozen=True, slots=True)
class Pair:
    one: str
    other: str
    label: str
    titles: bool = False  # headlines rather than reported statements


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a .csv or .tsv file with the columns a, b, label or s1, s2, stance. Raises PairsError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
            columns = next((names for names in COLUMNS if set(names) <= set(rows.fieldnames or ())), None)
            if columns is None:
                raise PairsError(f"{path}:1: needs the columns a, b and label, or s1, s2 and stance")
            for row in rows:
                one, other, label = (row[name] for name in columns)
                if one is None or other is None or label is None:
                    raise PairsError(f"{path}:{rows.line_num}: a field is missing")
                yield Pair(one, other, label.strip().lower(), titles=columns[0] == "s1")
    except FileNotFoundError:
        raise PairsError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PairsError(f"{path}: {error}") from None


def measure(answers: Iterable[tuple[Pair, bool]]) -> dict[str, float]:
    """Precision, recall and F1 of "repeat", and the share of contradictions that were called one."""
    counts: Counter[str] = Counter()
    for pair, repeat in answers:
        truth = pair.label in REPEATS
        counts["pairs"] += 1
        counts["repeats"] += truth
        counts["called"] += repeat
        counts["right"] += truth and repeat
        counts["contradictions"] += pair.label in CONTRADICTIONS
        counts["contradictions_called"] += repeat and pair.label in CONTRADICTIONS
    precision = counts["right"] / counts["called"] if counts["called"] else 0.0
    recall = counts["right"] / counts["repeats"] if counts["repeats"] else 0.0
    return {
        "pairs": counts["pairs"],
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0,
        "contradictions": counts["contradictions"],
        "contradictions_called_repeat": round(counts["contradictions_called"] / max(1, counts["contradictions"]), 3),
    }


def evaluate_pairs(path: Path, watchlist: Path, console: Console, *, as_json: bool) -> int:
    """Print the measures for a file of pairs, told with the names of a watchlist. Raises PairsError."""
    pairs = list(read_pairs(path))
    judge = load_novelty_judge(build_lexicon(load_watchlist(watchlist)))
    measures = measure(
        (pair, judge.is_repeat(pair.one, pair.other, titles=pair.titles).kind is Novelty.REPEAT) for pair in pairs
    )
    if as_json:
        print(json.dumps(measures))
    else:
        for name, value in measures.items():
            console.print(f"{name:30} {value}", highlight=False)
    return 0
