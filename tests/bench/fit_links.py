"""Fits what speaks for each talk being the one that a clause means which names none, on the gold readings of feeds.

    python -m tests.bench.fit_links [FOLDER ...] [--left-out FOLDER ...] [--write]

FOLDER has `feed.jsonl`, `watchlist.yaml` and `gold.yaml`; without any, all development feeds are taken, but for those
that are left out. The weights are those of a conditional logit: of the talks of a watchlist the one is meant that most
speaks for (McFadden, 1974). Prints how many links are right on each feed that is left out, with the weights fitted on
the rest; without `--left-out` each feed is left out in its turn, a sixth of them at a time. `--write` writes
meant_talks.yaml, fitted on all that are not left out. Needs scikit-learn (with scipy), which the
project itself does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from agents.talks import MarkedArticle, TalkContext
from agents.talks.others import without_time
from agents.talks.shown import shown
from agents.talks.weighing import PREVIOUS
from tests.agents import test_talks
from tests.bench.fitting import PACK, Folder, arguments, gathered, in_turn, judgements, left_out, statements

STRENGTH = 0.1  # of the fit, the inverse of its penalty; .03 to .3 are alike
TRUSTED = 10  # times that the sentences of the tests count
ROUNDS = 2  # a second changes little
WEIGHED = ("passage", "parties", "generic")  # reasons of links that weights tell

HEAD = """\
# What speaks for each talk being the one that a clause means which names none, in log odds. The names are those of
# `agents.talks.shown.shown`. Fitted, not written: see `python -m tests.bench.fit_links`.
"""


@dataclass(frozen=True, eq=False)
class Case:
    """A statement that names no talks, or one before it. `features` are those of each talk, `meant` what a gold reading
    says, `linked` the talks of which it is told to be, where no weights tell them, `asked` whether weights are asked.
    """

    feed: str
    features: Mapping[str, Mapping[str, float]]
    meant: frozenset[str]
    linked: frozenset[str] | None
    asked: bool
    before: Case | None


Links = Mapping[Case, frozenset[str]]


def features(article: MarkedArticle, context: TalkContext) -> dict[str, dict[str, float]]:
    """Of each talk, without what was said before."""
    context = replace(without_time(article, context), before=None)
    return {talk.id: {name: float(value) for name, value in each.items()} for talk, each in shown(article, context)}


def cases(folder: Folder) -> list[Case]:
    """The statements found in a feed."""
    rows = statements(folder, features)
    judged = judgements(folder, [statement for statement, *_ in rows])
    found, last = list[Case](), ""
    for row, (statement, leant, given) in enumerate(rows):
        weighed = any(link.reason in WEIGHED for link in leant.links)
        gold = judged[row].get("talks") if row in judged else None
        meant = frozenset([gold] if isinstance(gold, str) else gold or ()) - {"any", "none"}
        linked = None if weighed else frozenset(link.talk_id for link in leant.links)
        before = found[-1] if last == statement.article_id else None
        named = leant.chance == 1.0
        found.append(Case(str(folder.feed), given, frozenset() if named else meant, linked, weighed, before))
        last = statement.article_id
    return found


def proofs() -> Iterator[Case]:
    """The sentences of the tests, each of which stands for a turn of speech."""
    for lexicon, said in (
        (test_talks.with_talks(test_talks.ROUNDS), ((b, "", c, t) for (b, c), t in test_talks.OF_SEVERAL.items())),
        (
            test_talks.with_talks(test_talks.RANKS, test_talks.MINISTER),
            ((*s, t) for s, t in test_talks.OF_RANKS.items()),
        ),
        (test_talks.with_talks(test_talks.OF_A_WEEK), ((*s, t) for s, t in test_talks.BESIDE.items())),
    ):
        for before, frame, clause, talk in said:
            article, context = test_talks.article(lexicon, clause, before, frame)
            last = None
            if context.before is not None:
                last = Case("proofs", {}, frozenset(), context.before.talks, False, None)
            given = features(article, context)
            yield from (Case("proofs", given, frozenset([talk]), None, False, last) for _ in range(TRUSTED))


class Logit:
    """Weights by name, so that the talks that are meant are likeliest among those of their watchlist."""

    def __init__(self, seen: Sequence[Case], before: Links) -> None:
        told = [case for case in seen if case.meant and not case.meant.issuperset(case.features)]
        self._names = sorted({name for case in told for each in case.features.values() for name in each})
        rows = [self._matrix(case, before) for case in told]
        matrix = np.vstack(rows)
        scale = matrix.std(axis=0) + 1e-9
        matrix /= scale
        right = np.concatenate([[talk in case.meant for talk in case.features] for case in told]).astype(float)
        sizes = np.array([len(each) for each in rows])
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            likely = matrix @ weights
            likely = np.exp(likely - np.repeat(np.maximum.reduceat(likely, first), sizes))
            every, meant = np.add.reduceat(likely, first), np.add.reduceat(likely * right, first)
            off = likely / np.repeat(every, sizes) - likely * right / np.repeat(meant, sizes)
            penalty = weights @ weights / (2 * STRENGTH)
            return float(np.log(every / meant).sum() + penalty), matrix.T @ off + weights / STRENGTH

        found = minimize(loss, np.zeros(len(self._names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
        self._weights = found.x / scale

    def _matrix(self, case: Case, before: Links) -> NDArray[np.float64]:
        talks = frozenset[str]()
        if case.before is not None:
            talks = before.get(case.before, talks) if case.before.linked is None else case.before.linked
        told = ({**each, PREVIOUS: float(talk in talks)} for talk, each in case.features.items())
        return np.array([[each.get(name, 0.0) for name in self._names] for each in told])

    def links(self, asked: Sequence[Case]) -> dict[Case, frozenset[str]]:
        """What each statement is linked to, those before it first."""
        found: dict[Case, frozenset[str]] = {}
        for case in asked:
            if case.linked is not None:
                found[case] = case.linked
            elif case.features:
                best = int(np.argmax(self._matrix(case, found) @ self._weights))
                found[case] = frozenset([list(case.features)[best]])
        return found

    def table(self) -> dict[str, float]:
        return {name: round(float(weight), 2) for name, weight in zip(self._names, self._weights, strict=True)}


def fitted(seen: Sequence[Case]) -> Logit:
    """What was said before a statement is told as for feeds that are left out."""
    before: dict[Case, frozenset[str]] = {}
    for _ in range(ROUNDS):
        before = {case: of for rest, part in in_turn(seen) for case, of in Logit(rest, before).links(part).items()}
    return Logit([*seen, *proofs()], before)


def tried(fitted_on: Sequence[Case], asked: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """How many links are right on each feed of `asked`, and of how many."""
    links = fitted(fitted_on).links(asked)
    judged = [case for case in asked if case.meant and case.asked]
    return {
        feed: (
            sum(not case.meant.isdisjoint(links[case]) for case in judged if case.feed == feed),
            sum(case.feed == feed for case in judged),
        )
        for feed in dict.fromkeys(case.feed for case in asked)
    }


def main() -> None:
    given = arguments(__doc__)
    seen, out = gathered(cases, given.folders), gathered(cases, given.left_out)
    scores = left_out(tried, seen, out)
    for feed, (right, of) in sorted(scores.items()):
        print(f"{right}/{of}  {feed}")
    print(f"{sum(right for right, _ in scores.values())}/{sum(of for _, of in scores.values())}")
    if given.write:
        text: Any = yaml.safe_dump(fitted(seen).table(), sort_keys=False)
        (PACK / "meant_talks.yaml").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
