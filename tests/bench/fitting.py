"""What the tools share that fit weights on gold readings. Needs scikit-learn, which the project itself does not."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar
from unittest.mock import patch

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import agents.track_statements.records as records
from agents.knowledge import build_knowledge
from agents.talks import Leaning, MarkedArticle, TalkContext, TalkLink, leaning
from schemas import RawArticle, Statement
from schemas.watchlist_file import load_watchlist
from streams.feeds import read_feed
from tests.offline import GOLD, Flow, feed_of, names_of_feeds

PACK = Path(__file__).parents[2] / "agents/language/ar"
PARTS = 6


@dataclass(frozen=True)
class Folder:
    """A feed with its watchlist and gold reading."""

    feed: Path
    watchlist: Path
    gold_file: Path

    @property
    def gold(self) -> Any:
        return yaml.safe_load(self.gold_file.read_text(encoding="utf-8"))


class OfFeed(Protocol):
    """A case, of a feed: `features` are its measures by name."""

    @property
    def feed(self) -> str: ...

    @property
    def features(self) -> Mapping[str, float]: ...


C = TypeVar("C", bound=OfFeed)
S = TypeVar("S")
N = TypeVar("N")


def folder(name: str) -> Folder:
    """A development feed, or one of a path."""
    path = Path(name)
    if "/" not in name:
        return Folder(*feed_of(name))
    return Folder(path / "feed.jsonl", path / "watchlist.yaml", path / "gold.yaml")


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def statements(folder: Folder, note: Callable[[MarkedArticle, TalkContext], N]) -> list[tuple[Statement, Leaning, N]]:
    """The statements found in a feed, each with what its words tell of talks and what `note` takes down of it."""
    met = dict[str, tuple[Leaning, N]]()

    def noted(article: MarkedArticle, context: TalkContext, counts: Callable[[TalkLink], bool]) -> Leaning:
        found = leaning(article, context, counts)
        met.setdefault(context.text, (found, note(article, context)))
        return found

    flow = Flow(build_knowledge(load_watchlist(folder.watchlist)))
    rows = list[tuple[Statement, Leaning, N]]()
    with patch.object(records, "leaning", noted):
        for entry in read_feed(folder.feed):
            met.clear()
            known = len(flow.told.statements)
            asyncio.run(flow.send(RawArticle.model_validate_json(entry.value)))
            told = flow.told.statements[known:]
            rows += [(one, *met[one.content.text]) for one in told if one.content.text in met]
    return rows


def judgements(folder: Folder, statements: Sequence[Statement]) -> dict[int, Any]:
    """What the gold reading says of the statements that it knows and does not leave open, by their place."""
    score = scorer()
    bodies = score.read_feed(folder.feed)
    judged = score.flatten(folder.gold, "statements", bodies)
    dumped = [statement.model_dump(mode="json") for statement in statements]
    found = dict[int, Any]()
    for _, row, item in score.matches(dumped, judged, "content", bodies):
        if row not in found and not judged[item].get("optional"):
            found[row] = judged[item]
    return found


class Regression(Generic[C]):
    """A logistic regression on named measures.

    Words (measures of the `kinds` given) of fewer feeds than `in_feeds` are left out: they tell of a crisis. A measure
    of a kind counts `scale` of itself, which is how much it is trusted.
    """

    def __init__(
        self,
        cases: Sequence[C],
        labels: Sequence[Any],
        *,
        strength: float,
        in_feeds: int,
        kinds: Sequence[str],
        scale: Mapping[str, float],
    ) -> None:
        self._scale = scale
        feeds = defaultdict[str, set[str]](set)
        for case in cases:
            for name in case.features:
                feeds[name].add(case.feed)
        self._kept = {name for name, of in feeds.items() if _kind(name) not in kinds or len(of) >= in_feeds}
        self._names = DictVectorizer()
        matrix = self._names.fit_transform([self._known(case) for case in cases])
        self._model = LogisticRegression(C=strength, max_iter=3000)
        self._model.fit(_narrow(matrix), np.array(labels))

    def _known(self, case: C) -> dict[str, float]:
        return {n: value * self._scale.get(_kind(n), 1.0) for n, value in case.features.items() if n in self._kept}

    @property
    def labels(self) -> list[Any]:
        return list(self._model.classes_)

    def chances(self, cases: Sequence[C]) -> NDArray[np.float64]:
        """The probability of each label, a row for each case."""
        matrix = self._names.transform([self._known(case) for case in cases])
        return np.asarray(self._model.predict_proba(_narrow(matrix)))

    def bias(self) -> list[float]:
        return [float(value) for value in self._model.intercept_]

    def weights(self) -> Iterator[tuple[str, list[float]]]:
        """Of each measure, what it adds for each label (of two: for the second), in its own units."""
        for name, column in zip(self._names.get_feature_names_out(), self._model.coef_.T, strict=True):
            yield name, [float(value) * self._scale.get(_kind(name), 1.0) for value in column]


def _kind(name: str) -> str:
    return name.partition(" ")[0]


def _narrow(matrix: Any) -> Any:
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    return matrix


def in_turn(cases: Sequence[C]) -> Iterator[tuple[list[C], list[C]]]:
    """Six times, a sixth of the feeds left out: the cases of the others, and theirs."""
    feeds = sorted({case.feed for case in cases})
    for part in range(min(PARTS, len(feeds))):
        out = set(feeds[part::PARTS])
        yield [case for case in cases if case.feed not in out], [case for case in cases if case.feed in out]


def left_out(tried: Callable[[list[C], list[C]], dict[str, S]], seen: list[C], out: list[C]) -> dict[str, S]:
    """What `tried` tells of each feed that is left out: those of `out`, or without any each feed in its turn."""
    if out:
        return tried(seen, out)
    return {feed: score for rest, part in in_turn(seen) for feed, score in tried(rest, part).items()}


def arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--left-out", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    out = {folder(name).feed.resolve() for name in given.left_out}  # by name or by path
    given.folders = given.folders or [name for name in names_of_feeds() if folder(name).feed.resolve() not in out]
    return given


def gathered(read: Any, names: Sequence[str]) -> list[Any]:
    """The cases of several feeds, read side by side."""
    with Pool() as pool:
        return [case for found in pool.map(read, [folder(name) for name in names], chunksize=1) for case in found]
