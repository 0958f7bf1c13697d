"""How likely it is that two statements say the same: the weights of `similarity.yaml` on what a comparison tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from math import exp, log
from operator import attrgetter, mul
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from agents.language.comparison import Comparison, InCommon
from agents.language.shelf import Shared, Shares
from agents.language.similarity import NEGATION
from agents.novelty.said import Said
from schemas import Novelty

_CLOSEST: Final = 0.9  # no two texts that are not copies come closer for the encoder;
_CLOSEST_STRANGE: Final = 0.68  # nor two that share no word (of 1,135 pairs of nine feeds none),
_CLOSER: Final = 0.4  # and by so much closer those whose every word is shared


class Odds:
    """Scores of pairs of texts: sums of weights on what they share and differ in. `likely` makes a chance of one."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """`table`: the weights and thresholds of `similarity.yaml`."""
        self.statements: Mapping[str, float] = table["statements"]
        self.thresholds: Mapping[str, float] = table["thresholds"]
        self._biases = {kind: table[kind]["bias"] for kind in ("statements", "pairs")}
        self._scored = {kind: _scoring(table[kind]) for kind in ("statements", "pairs")}
        statements = self.statements
        both_deny = statements["both_deny"] + statements["deny_same"]
        alike = [statements[name] for name in ("phrase_same", "absolute_same")]
        self._flags = np.array(
            [*(statements[name] for name in ("same_speaker", "number_same", "time_same")), both_deny, *alike]
        )  # in the order of `Shared`
        self._near: tuple[float, ...] = tuple(
            table["statements"][name] for name in ("bias", "longer", "shorter", "cosine")
        )
        self.least = _as_score(self.thresholds["repeat"])
        self.near_enough = _as_score(self.thresholds["near"])

    def may_be_close(self, mine: float, its: float, context: float) -> bool:
        """Whether texts that share no more than this of each may be close, whatever the encoder says of them."""
        bias, longer, shorter, cosine = self._near
        common, most_of = (mine, its) if mine < its else (its, mine)
        most = bias + longer * most_of + shorter * common + cosine * closest(common)
        return most + context >= self.least or most >= self.near_enough

    def may_each_be_close(self, mine: Shares, its: Shares, context: Shares) -> NDArray[np.bool_]:
        """The same of many pairs at once."""
        (bias, longer, shorter, cosine), common = self._near, np.minimum(mine, its)
        near = np.minimum(_CLOSEST, _CLOSEST_STRANGE + _CLOSER * common)
        most = bias + longer * np.maximum(mine, its) + shorter * common + cosine * near
        close: NDArray[np.bool_] = (most + context >= self.least) | (most >= self.near_enough)
        return close

    def common_to_each(self, shared: Shared) -> Shares:
        """What speakers and all that `same` weighs add to many pairs at most."""
        added: Shares = shared.flags @ self._flags
        return added

    def difference(self, comparison: Comparison) -> Novelty:
        """What differs supersedes or adds to what was said, or turns it: by an antonym, or a denial of the same.

        One negation more in other words is most often the same again, told the other way round.
        """
        thresholds, common = self.thresholds, comparison.shorter
        denied = comparison.denied >= thresholds["contradicted"] <= common
        if comparison.opposed or denied or (comparison.denied and common >= thresholds["denied"]):
            return Novelty.CONTRADICTION
        return Novelty.UPDATE if set(comparison.changed) - {NEGATION} else Novelty.NEW

    def score(self, kind: str, comparison: Comparison) -> float:
        values_of, weights = self._scored[kind]
        bias: float = self._biases[kind]
        return sum(map(mul, weights, values_of(comparison)), bias)

    def same(self, common: InCommon) -> float:
        """What is common to two texts beside their words adds at most."""
        weights = self.statements
        return (
            weights["number_same"] * common.number_same
            + weights["time_same"] * common.time_same
            + (weights["both_deny"] + weights["deny_same"]) * common.both_deny
            + weights["phrase_same"] * common.phrase_same
            + weights["absolute_same"] * common.absolute_same
        )

    def context(self, candidate: Said, said: Said) -> float:
        """What speakers and talks add: who said it, and about what."""
        weights = self.statements
        both = bool(candidate.talks) and bool(said.talks)
        return (
            (weights["talk_same"] if candidate.talks & said.talks else weights["talks_differ"]) * both
            + weights["named_differ"] * (candidate.named and said.named and candidate.talks.isdisjoint(said.talks))
            + weights["talk_missing"] * (bool(candidate.talks) != bool(said.talks))
            + weights["same_speaker"] * bool(candidate.speakers & said.speakers)
            + weights["stranger"] * is_strange(candidate, said)
            + weights["again"] * candidate.again
            + weights["same_article"] * (bool(candidate.article) and candidate.article == said.article)
        )


def _scoring(weights: Mapping[str, float]) -> tuple[Callable[[Comparison], tuple[float, ...]], Sequence[float]]:
    """What takes the weighed values from a comparison, and their weights; the others are of what texts do not show."""
    known = {row.name for row in fields(Comparison)}
    shown = [name for name in weights if name in known]
    return attrgetter(*shown), [weights[name] for name in shown]


def is_strange(candidate: Said, said: Said) -> bool:
    """Whether it may be another side's: who contradicts it then has changed nothing."""
    return not (candidate.known and said.known) and not candidate.speakers & said.speakers


def closest(shared: float) -> float:
    """How close two texts may come for the encoder that share so much of the worse covered one."""
    return min(_CLOSEST, _CLOSEST_STRANGE + _CLOSER * shared)


def flipped(comparison: Comparison, thresholds: Mapping[str, float]) -> bool:
    """Whether one fact of two texts is another: a number, date or calling off always, a denial in the same words."""
    if comparison.numbers_differ or comparison.times_differ or comparison.called_off:
        return True
    common = min(comparison.longer, comparison.shorter)
    if comparison.opposite and common >= thresholds["opposed"]:
        return True
    return bool(comparison.denied or comparison.negation) and common >= thresholds["denied"]  # neither where both deny


def likely(score: float) -> float:
    return round(logistic(score), 4)


def logistic(score: float) -> float:
    return 1 / (1 + exp(-score))


def _as_score(likely: float) -> float:
    return log(likely / (1 - likely))
