"""A second reading: which act all words of a clause speak for together, where no rule tells one. Pure.

The rules know how an act is told and by whom; the weights know which words stand in clauses that tell of one, however
it is put. So they are asked last, about what somebody is told to have said and in which the rules find nothing; of
deeds they know too little to tell an earthquake from an attack.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from typing import Final

from agents.acts.bench import Bench
from agents.acts.plover import load_plover
from agents.acts.records import Act, Clause
from agents.language.modality import Manner
from agents.language.stems import shortest
from agents.language.tables import read_table
from schemas import Direction, EventType
from schemas import Modality as Mood

NOTICED: Final = "noticed"  # what stands for a row where none told the act
NOTHING: Final = "none"
CALM: Final = "calm"  # a request that asks for calm, which is the other direction of its type
# Words of a clause in which something is noticed: fewer tell too little, more hold several things. Of nine feeds that
# were left out 29 of 37 are right within these bounds, and 3 of 12 beyond.
_FEWEST: Final = 5
_MOST: Final = 14
DEEDS: Final = frozenset([EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.PROTEST])
_LEAD: Final = 6  # tokens that lead to it,
_BEFORE: Final = 3  # and where nobody says it
_USUAL: Final = 10  # words of a clause


@dataclass(frozen=True, slots=True)
class ActWeights:
    """Log odds of the kinds of acts: what each clue adds to each kind, times how much of it there is.

    A clause tells of an act of a direction where the kinds of that direction have `enough` of the probability together.
    Fitted on the clauses of the development feeds by `python -m tests.bench.fit_acts`, which also tells how they do on
    feeds that are left out.
    """

    enough: float
    bias: Mapping[str, float]
    clues: Mapping[str, Mapping[str, float]]


@cache
def load_act_weights() -> ActWeights:
    """Read act_weights.yaml."""
    return ActWeights(**read_table("act_weights"))


def direction_of(kind: str) -> Direction:
    return Direction.DEESCALATION if kind == CALM else Direction(load_plover().types[kind]["direction"])


def clues(bench: Bench, clause: Clause, manner: Manner) -> dict[str, float]:
    """What stands in a clause and before it, and who says it of whom, each with how much of it there is."""
    cast, speakers = bench.cast, clause.speakers
    named = cast.sides(clause.start, clause.end)
    said, lead = _stems(bench, clause.start, clause.end), _stems(bench, *_led(clause))
    found = {
        f"kind {clause.kind}": 1.0,
        "judges": clause.judges,
        "disputes": bool(speakers) and cast.disputes(speakers),
        "has_stake": bool(speakers) and cast.has_stake(speakers),
        "on_topic": cast.on_topic,
        "at_war": bool(cast.at_war),
        "foreign": cast.foreign(clause.start, clause.end),
        "speaks": min(2, len(speakers)),
        "named": min(2, len(named)),
        "another": not set(named) <= set(speakers),
        "addressed": bool(clause.addressees),
        "length": min(3.0, len(said) / _USUAL),
        "conditional": manner.conditional,
        "future": manner.future,
        "negated": manner.negated,
        "possible": manner.possible,
        "background": manner.background,
    }
    share = min(2.0, sqrt(_USUAL / max(1, len(said))))
    words = {f"word {stem}": share for stem in said} | {f"lead {stem}": 1.0 for stem in lead}
    return {name: float(value) for name, value in found.items() if value} | words


def noticed(bench: Bench, clause: Clause) -> Act | None:
    """The act that the words of a clause speak for most, or None where they do not speak for any enough."""
    if not is_read(clause.kind, _stems(bench, clause.start, clause.end)):
        return None
    named = bench.cast.sides(clause.start, clause.end)
    if not (clause.speakers or named):
        return None
    manner = manner_of(bench, clause)
    chances = _chances(clues(bench, clause, manner))
    for kinds in _kinds().values():
        if sum(chances[kind] for kind in kinds) >= load_act_weights().enough:
            likeliest = max(kinds, key=lambda kind: chances[kind])
            return None if likeliest in DEEDS else _act(bench, clause, likeliest, manner, named)
    return None


def manner_of(bench: Bench, clause: Clause) -> Manner:
    """How the first act in a clause is put, or the clause."""
    return bench.manner(clause, next(iter(bench.find(clause)), None))


def is_read(kind: str | None, stems: Collection[str]) -> bool:
    """Whether a clause of that speech act and these words is asked about at all."""
    return kind is not None and _FEWEST <= len(stems) <= _MOST


@cache
def _kinds() -> Mapping[Direction, list[str]]:
    """The kinds of acts by their direction."""
    known = [kind for kind in load_act_weights().bias if kind != NOTHING]
    return {direction: [kind for kind in known if direction_of(kind) is direction] for direction in Direction}


def _chances(shown: Mapping[str, float]) -> dict[str, float]:
    weights = load_act_weights()
    odds = dict(weights.bias)
    for name, amount in shown.items():
        for kind, weight in weights.clues.get(name, {}).items():
            odds[kind] += weight * amount
    most = max(odds.values())
    likely = {kind: exp(value - most) for kind, value in odds.items()}
    whole = sum(likely.values())
    return {kind: value / whole for kind, value in likely.items()}


def _act(bench: Bench, clause: Clause, kind: str, manner: Manner, named: list[str]) -> Act:
    event_type = EventType.REQUEST if kind == CALM else EventType(kind)
    return bench.act(
        event_type.value,
        _mood(event_type, manner),
        clause,
        manner=manner,
        actors=clause.speakers or named[:1],
        recipients=bench.targets(clause) if clause.speakers else None,
        direction=direction_of(kind),
        row=NOTICED,
    )


def _mood(event_type: EventType, manner: Manner) -> Mood:
    if manner.background:
        return Mood.BACKGROUND
    if event_type is EventType.REQUEST:
        return Mood.DEMANDED
    return Mood.CONDITIONAL if manner.conditional or event_type is EventType.THREATEN else Mood.ASSERTED


def _led(clause: Clause) -> tuple[int, int]:
    """The words that lead to a clause: the last of its report, or a few."""
    first = clause.reach[0] if clause.reach else clause.start - _BEFORE
    return max(0, first, clause.start - _LEAD), clause.start


def _stems(bench: Bench, start: int, end: int) -> frozenset[str]:
    """The words by their shortest stems, without names."""
    words = (at for at in range(start, end) if bench.tokens[at].kind == "word" and not bench.is_named(at))
    return frozenset([shortest(bench.tokens[at].form) for at in words])
