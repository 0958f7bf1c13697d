"""Fits what speaks for a clause being about talks, on the gold readings of feeds.

    python -m tests.bench.fit_talks [FOLDER ...] [--left-out FOLDER ...] [--write]

FOLDER has `feed.jsonl`, `watchlist.yaml` and `gold.yaml`; without any, all development feeds are taken, but for those
that are left out. The weights are those of a logistic regression on the statements whose words do not name talks.
Prints the F1 of `about_talks` on each feed that is left out, with the weights fitted on the rest; without `--left-out`
each feed is left out in its turn, a sixth of them at a time. `--write` writes about_talks.yaml, fitted on all that are
not left out. Needs scikit-learn, which the project itself does not.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml

import agents.track_statements.records as records
from agents.knowledge import build_knowledge
from agents.talks import Leaning, MarkedArticle, TalkContext, TalkLink, leaning
from agents.talks.weighing import compared, evidence, share, stems
from schemas import RawArticle, Statement
from schemas.watchlist_file import load_watchlist
from streams.feeds import read_feed
from tests.bench.fitting import PACK, Folder, Regression, arguments, gathered, left_out, scorer
from tests.offline import Flow

ENOUGH = 0.4  # of 1, as what is missed and what is wrong weigh the same; .34 to .42 are alike
STRENGTH = 3.0  # of the fit, the inverse of its penalty; 1 to 6 are alike
IN_FEEDS = 5  # 3 to 8 are alike
SCALE = {"word": 0.4, "marked": 0.2, "alike": 5.0}

HEAD = """\
# What speaks for a clause being about talks where it names none, in log odds: what stands in and around it (the names
# are those of `agents.talks.weighing.evidence`), and its words by their shortest stems. Fitted, not written: see
# `python -m tests.bench.fit_talks`.
"""


@dataclass(frozen=True)
class Case:
    """A statement that a gold reading judges: what stands in it, and whether it is about talks."""

    feed: str
    features: Mapping[str, float]
    named: bool
    about: bool


def features(article: MarkedArticle, context: TalkContext) -> dict[str, float]:
    shown = {f"evidence {name}": float(value) for name, value in evidence(article, context).items()}
    shown["alike"] = article.known.examples.likeness(compared(article, context))
    others, marked = stems(article, context)
    shown |= dict.fromkeys((f"marked {stem}" for stem in marked), 1.0)
    return shown | dict.fromkeys((f"word {stem}" for stem in others), share(len(others)))


def cases(folder: Folder) -> list[Case]:
    """The statements found in a feed that its gold reading knows and does not leave open."""
    met = dict[str, tuple[dict[str, float], bool]]()

    def noted(article: MarkedArticle, context: TalkContext, counts: Callable[[TalkLink], bool]) -> Leaning:
        met.setdefault(context.text, (features(article, context), bool(article.explicit(*context.clause))))
        return leaning(article, context, counts)

    flow = Flow(build_knowledge(load_watchlist(folder.watchlist)))
    rows = list[tuple[Statement, dict[str, float], bool]]()
    with patch.object(records, "leaning", noted):
        for entry in read_feed(folder.feed):
            met.clear()
            known = len(flow.told.statements)
            asyncio.run(flow.send(RawArticle.model_validate_json(entry.value)))
            told = flow.told.statements[known:]
            rows += [(one, *met[one.content.text]) for one in told if one.content.text in met]
    score = scorer()
    bodies = score.read_feed(folder.feed)
    judged = score.flatten(folder.gold, "statements", bodies)
    dumped = [statement.model_dump(mode="json") for statement, _, _ in rows]
    found, taken = list[Case](), set[int]()
    for _, row, item in score.matches(dumped, judged, "content", bodies):
        if row in taken or judged[item].get("optional"):
            continue
        taken.add(row)
        _, given, named = rows[row]
        found.append(Case(str(folder.feed), given, named, judged[item].get("talks") not in (None, "none")))
    return found


def fitted(seen: Sequence[Case]) -> Regression[Case]:
    doubtful = [case for case in seen if not case.named]
    labels = [case.about for case in doubtful]
    return Regression(doubtful, labels, strength=STRENGTH, in_feeds=IN_FEEDS, kinds=("word", "marked"), scale=SCALE)


def table(fit: Regression[Case]) -> dict[str, Any]:
    """The weights as they are read."""
    kinds = defaultdict[str, dict[str, float]](dict)
    for name, (weight,) in fit.weights():
        kind, _, rest = name.partition(" ")
        if round(weight, 2) or kind == "evidence":  # each of which is looked up
            kinds[kind][rest] = round(weight, 2)
    return {
        "bias": round(fit.bias()[0], 2),
        "enough": round(float(np.log(ENOUGH / (1 - ENOUGH))), 2),
        "alike": kinds["alike"][""],
        "evidence": kinds["evidence"],
        "words": kinds["word"],
        "marked": kinds["marked"],
    }


def f1(seen: Iterable[tuple[bool, bool]]) -> float:
    """Of pairs of what was told and what is so."""
    count = Counter(seen)
    right, wrong = count[True, True], count[True, False] + count[False, True]
    return 2 * right / max(1, 2 * right + wrong)


def tried(fitted_on: Sequence[Case], asked: Sequence[Case]) -> dict[str, float]:
    """The F1 on each feed of `asked`."""
    chances = fitted(fitted_on).chances(asked)[:, 1]
    told = [case.named or chance > ENOUGH for case, chance in zip(asked, chances, strict=True)]
    return {
        feed: f1((is_told, case.about) for is_told, case in zip(told, asked, strict=True) if case.feed == feed)
        for feed in dict.fromkeys(case.feed for case in asked)
    }


def main() -> None:
    given = arguments(__doc__)
    seen, out = gathered(cases, given.folders), gathered(cases, given.left_out)
    scores = left_out(tried, seen, out)
    for feed, score in sorted(scores.items()):
        print(f"{score:.3f}  {feed}")
    print(f"{sum(scores.values()) / len(scores):.4f}  mean")
    if given.write:
        text = yaml.safe_dump(table(fitted(seen)), allow_unicode=True, sort_keys=False)
        (PACK / "about_talks.yaml").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
