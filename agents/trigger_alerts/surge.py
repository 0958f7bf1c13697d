"""Whether the hostility between two parties leaves its usual range, judged in event time.

Each hostile signal between two different parties weighs its intensity (a tenth of PLOVER's, half of that for a
threat). The index of a pair is the sum of these weights, halved every `HALF_LIFE`. Its usual range is read from the
index at the same hour of each of the `BASELINE_DAYS` days before: their median, and their spread by the median
absolute deviation, which one earlier crisis cannot inflate as it would a standard deviation. A surge is an index
of at least `LEAST_INDEX`, at least `LEAST_SCORE` spreads above the median, carried by `LEAST_ARTICLES` articles
within two half-lives. The spread is never taken for less than `LEAST_SPREAD`, so that the first shots after a
silent month have to be several; and nothing is judged before `LEAST_DAYS` days were watched, because nobody knows
what is usual yet. One article counts once per pair and type, however often it tells of the same act.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import product
from statistics import median
from typing import Final

from schemas import Direction, EventType, Modality, Signal, Watchlist

HALF_LIFE: Final = timedelta(days=2)
BASELINE_DAYS: Final = 28
LEAST_DAYS: Final = 7
LEAST_INDEX: Final = 2.0  # as three sanctions of intensity -7 asserted on one day
LEAST_SCORE: Final = 4.0
LEAST_SPREAD: Final = 0.35
LEAST_ARTICLES: Final = 3
KEPT: Final = timedelta(days=BASELINE_DAYS + 14)  # older weights have faded below a thousandth

Pair = tuple[str, str]  # two party ids in alphabetical order; actor and recipient where the history is directed


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """One hostile act of one article between the two parties of a pair."""

    time: datetime
    article_id: str
    event_type: EventType
    signal_id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Surge:
    """How the index of a pair stands to its usual range; `evidence` are the signals that carry it."""

    pair: Pair
    index: float
    usual: float
    spread: float
    articles: int
    evidence: tuple[str, ...]

    @property
    def limit(self) -> float:
        """From where on the index is out of its usual range."""
        return max(LEAST_INDEX, self.usual + LEAST_SCORE * self.spread)

    @property
    def is_unusual(self) -> bool:
        return self.index >= self.limit and self.articles >= LEAST_ARTICLES


@dataclass(slots=True)
class History:
    """The weights of every pair in order of event time, and the first moment that was watched."""

    directed: bool = False  # whether what one party does to another is kept apart from what it suffers
    pairs: dict[Pair, list[Weight]] = field(default_factory=dict)
    since: datetime | None = None

    def copy(self) -> History:
        """What is remembered in the one does not change the other."""
        return History(self.directed, {pair: list(weights) for pair, weights in self.pairs.items()}, self.since)


def weight_of(signal: Signal) -> float:
    """What a signal adds to the index: 0 for whatever is not a hostile act or threat."""
    if signal.direction is not Direction.ESCALATION or signal.event_time is None or signal.noticed:
        return 0.0
    share = {Modality.ASSERTED: 1.0, Modality.CONDITIONAL: 0.5}.get(signal.modality, 0.0)
    return max(0.0, -signal.intensity / 10) * share


def pairs_of(signal: Signal, watchlist: Watchlist, *, directed: bool = False) -> tuple[Pair, ...]:
    """The pairs of different parties between which the signal stands."""
    actors = {watchlist.party_of(actor) for actor in signal.actors}
    recipients = {watchlist.party_of(recipient) for recipient in signal.recipients}
    pairs = {(actor, recipient) for actor, recipient in product(actors, recipients) if actor != recipient}
    return tuple(sorted(pairs if directed else {(min(pair), max(pair)) for pair in pairs}))


def remember(history: History, signal: Signal, watchlist: Watchlist) -> None:
    """Add a signal to the history. The order in which signals come does not matter."""
    weight = weight_of(signal)
    if not weight or signal.event_time is None:
        return
    time = signal.event_time
    history.since = time if history.since is None else min(history.since, time)
    ids = sys.intern(signal.article_id), sys.intern(signal.signal_id)
    shared = _weight(time, ids[0], signal.event_type, ids[1], weight)
    for pair in pairs_of(signal, watchlist, directed=history.directed):
        weights = history.pairs.setdefault(pair, [])
        insort(weights, shared)
        oldest = weights[-1].time - KEPT
        while weights[0].time < oldest:
            del weights[0]


_weight = lru_cache(maxsize=4096)(Weight)  # one for the three histories that a worker keeps for weeks


def judge(history: History, pair: Pair, at: datetime) -> Surge | None:
    """How the pair stands at a moment, or None where too little was watched before it."""
    if history.since is None or at - history.since < timedelta(days=LEAST_DAYS):
        return None
    weights = list(_strongest(history.pairs.get(pair, ())))
    watched = min(BASELINE_DAYS, (at - history.since).days)
    moments = [at - timedelta(days=days) for days in range(watched, 0, -1)]
    *before, index = _indices(weights, [*moments, at])
    usual = median(before)
    spread = max(LEAST_SPREAD, 1.4826 * median(abs(value - usual) for value in before))
    recent = [weight for weight in weights if at - 2 * HALF_LIFE < weight.time <= at]
    return Surge(
        pair=pair,
        index=index,
        usual=usual,
        spread=spread,
        articles=len({weight.article_id for weight in recent}),
        evidence=tuple(weight.signal_id for weight in recent),
    )


def index_of(history: History, pair: Pair, at: datetime) -> float:
    """The escalation index of a pair at a moment."""
    return series(history, pair, [at])[0]


def series(history: History, pair: Pair, moments: list[datetime]) -> list[float]:
    """The escalation index of a pair at each of the moments, which are in order."""
    return _indices(list(_strongest(history.pairs.get(pair, ()))), moments)


def _strongest(weights: Sequence[Weight]) -> Iterator[Weight]:
    """The weights, of each article and type only the strongest."""
    best: dict[tuple[str, EventType], Weight] = {}
    for weight in weights:
        same = (weight.article_id, weight.event_type)
        if same not in best or weight.weight > best[same].weight:
            best[same] = weight
    return iter(sorted(best.values()))


def _indices(weights: list[Weight], moments: list[datetime]) -> list[float]:
    """The decayed sum at each of the moments, which are in order; one pass over the weights."""
    times = [weight.time for weight in weights]
    values: list[float] = []
    total, last, read = 0.0, moments[0], 0
    for moment in moments:
        total *= _fade(last, moment)
        until = bisect_left(times, moment + timedelta(microseconds=1))
        total += sum(weight.weight * _fade(weight.time, moment) for weight in weights[read:until])
        values.append(total)
        last, read = moment, until
    return values


def _fade(start: datetime, end: datetime) -> float:
    return float(0.5 ** ((end - start) / HALF_LIFE))
