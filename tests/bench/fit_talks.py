"""Fits what speaks for a clause being about talks, on the gold readings of feeds.

    python -m tests.bench.fit_talks [FOLDER ...] [--left-out FOLDER ...] [--write]

FOLDER has `feed.jsonl`, `watchlist.yaml` and `gold.yaml`; without any, all development feeds are taken, but for those
that are left out. The weights are those of a logistic regression on the statements whose words do not name talks.
Prints the F1 of `about_talks` on each feed that is left out, with the weights fitted on the rest; without `--left-out`
each feed is left out in its turn, a sixth of them at a time. `--write` writes about_talks.yaml, fitted on all that are
not left out. Needs scikit-learn, which the project itself does not.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import agents.track_statements.records as records
from agents.knowledge import build_knowledge
from agents.talks import Leaning, MarkedArticle, TalkContext, TalkLink, leaning
from agents.talks.weighing import compared, evidence, share, stems
from schemas import RawArticle, Statement
from schemas.watchlist_file import load_watchlist
from streams.feeds import read_feed
from tests.offline import GOLD, Flow, feed_of, names_of_feeds

WEIGHTS = Path(__file__).parents[2] / "agents/language/ar/about_talks.yaml"
ENOUGH = 0.38  # of 1, as what is missed and what is wrong weigh the same; .34 to .42 are alike
STRENGTH = 3.0  # of the fit, the inverse of its penalty; 1 to 6 are alike
IN_FEEDS = 5  # a word of fewer feeds tells of its crisis more than of talks; 3 to 8 are alike
_SCALE = {"word": 0.4, "marked": 0.2, "alike": 5.0}  # what is measured in other units is penalised in others
_WORDS = ("word ", "marked ")
_PARTS = 6

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


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def features(article: MarkedArticle, context: TalkContext) -> dict[str, float]:
    shown = {f"evidence {name}": float(value) for name, value in evidence(article, context).items()}
    shown["alike"] = article.known.examples.likeness(compared(article, context)) * _SCALE["alike"]
    others, marked = stems(article, context)
    shown |= dict.fromkeys((f"marked {stem}" for stem in marked), _SCALE["marked"])
    return shown | dict.fromkeys((f"word {stem}" for stem in others), _SCALE["word"] * share(len(others)))


def cases(folder: tuple[Path, Path, Path]) -> list[Case]:
    """The statements found in a feed that its gold reading knows and does not leave open."""
    feed, watchlist, gold_file = folder
    met = dict[str, tuple[dict[str, float], bool]]()

    def noted(article: MarkedArticle, context: TalkContext, counts: Callable[[TalkLink], bool]) -> Leaning:
        met.setdefault(context.text, (features(article, context), bool(article.explicit(*context.clause))))
        return leaning(article, context, counts)

    flow, rows = Flow(build_knowledge(load_watchlist(watchlist))), list[tuple[Statement, dict[str, float], bool]]()
    with patch.object(records, "leaning", noted):
        for entry in read_feed(feed):
            met.clear()
            known = len(flow.told.statements)
            asyncio.run(flow.send(RawArticle.model_validate_json(entry.value)))
            told = flow.told.statements[known:]
            rows += [(one, *met[one.content.text]) for one in told if one.content.text in met]
    score = scorer()
    gold = yaml.safe_load(gold_file.read_text(encoding="utf-8"))
    bodies = score.read_feed(feed)
    judged = score.flatten(gold, "statements", bodies)
    dumped = [statement.model_dump(mode="json") for statement, _, _ in rows]
    found, taken = list[Case](), set[int]()
    for _, row, item in score.matches(dumped, judged, "content", bodies):
        if row in taken or judged[item].get("optional"):
            continue
        taken.add(row)
        _, given, named = rows[row]
        found.append(Case(gold_file.parent.name, given, named, judged[item].get("talks") not in (None, "none")))
    return found


class Fit:
    """The regression, and what it makes of cases."""

    def __init__(self, seen: Sequence[Case]) -> None:
        open_ = [case for case in seen if not case.named]
        feeds = defaultdict[str, set[str]](set)
        for case in open_:
            for name in case.features:
                feeds[name].add(case.feed)
        self._kept = {name for name, of in feeds.items() if not name.startswith(_WORDS) or len(of) >= IN_FEEDS}
        self._names = DictVectorizer()
        matrix = self._names.fit_transform([self._known(case) for case in open_])
        self._model = LogisticRegression(C=STRENGTH, max_iter=3000, solver="lbfgs")
        self._model.fit(matrix, np.array([case.about for case in open_]))

    def _known(self, case: Case) -> dict[str, float]:
        return {name: value for name, value in case.features.items() if name in self._kept}

    def are_about(self, asked: Sequence[Case]) -> list[bool]:
        chances = self._model.predict_proba(self._names.transform([self._known(case) for case in asked]))[:, 1]
        return [case.named or chance > ENOUGH for case, chance in zip(asked, chances, strict=True)]

    def table(self) -> dict[str, Any]:
        """The weights as they are read, in the units of what they are multiplied with."""
        weights = dict(zip(self._names.get_feature_names_out(), self._model.coef_[0], strict=True))
        kinds = defaultdict[str, dict[str, float]](dict)
        for name, weight in sorted(weights.items()):
            kind, _, rest = name.partition(" ")
            kinds[kind][rest] = round(float(weight) * _SCALE.get(kind, 1.0), 2)
        return {
            "bias": round(float(self._model.intercept_[0]), 2),
            "enough": round(float(np.log(ENOUGH / (1 - ENOUGH))), 2),
            "alike": kinds["alike"][""],
            "evidence": kinds["evidence"],
            "words": {stem: weight for stem, weight in kinds["word"].items() if weight},
            "marked": {stem: weight for stem, weight in kinds["marked"].items() if weight},
        }


def f1(seen: Iterable[tuple[bool, bool]]) -> float:
    """Of pairs of what was told and what is so."""
    count = Counter(seen)
    right, wrong = count[True, True], count[True, False] + count[False, True]
    return 2 * right / max(1, 2 * right + wrong)


def tried(fitted_on: Sequence[Case], asked: Sequence[Case]) -> dict[str, float]:
    """The F1 on each feed of `asked`."""
    told = Fit(fitted_on).are_about(asked)
    feeds = dict.fromkeys(case.feed for case in asked)
    return {
        feed: f1((is_told, case.about) for is_told, case in zip(told, asked, strict=True) if case.feed == feed)
        for feed in feeds
    }


def in_turn(seen: Sequence[Case]) -> dict[str, float]:
    feeds = sorted({case.feed for case in seen})
    found = dict[str, float]()
    for part in range(min(_PARTS, len(feeds))):
        out = set(feeds[part::_PARTS])
        found |= tried([case for case in seen if case.feed not in out], [case for case in seen if case.feed in out])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--left-out", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    names = given.folders or [name for name in names_of_feeds() if name not in given.left_out]
    with Pool() as pool:
        fitted_on, out = (
            [case for found in pool.map(cases, [_files(name) for name in wanted], chunksize=1) for case in found]
            for wanted in (names, given.left_out)
        )
    scores = tried(fitted_on, out) if out else in_turn(fitted_on)
    for feed, value in sorted(scores.items()):
        print(f"{feed:20}{value:.3f}")
    print(f"{'mean':20}{sum(scores.values()) / len(scores):.4f}")
    if given.write:
        table = yaml.safe_dump(Fit(fitted_on).table(), allow_unicode=True, sort_keys=False)
        WEIGHTS.write_text(HEAD + table, encoding="utf-8")


def _files(name: str) -> tuple[Path, Path, Path]:
    folder = Path(name)
    return (folder / "feed.jsonl", folder / "watchlist.yaml", folder / "gold.yaml") if "/" in name else feed_of(name)


if __name__ == "__main__":
    main()
