"""Two articles side by side: which of their units say the same, and how much of each stands in the other.

Pure. Two units (sentences or clauses) are aligned where they share half of their codes and some of their order. An
aligned unit is *kept* or *changed* (`changes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from agents.deduplicate.changes import ALIKE_LENGTH, AlignedPair, change_in
from agents.deduplicate.memory import Entry, Known
from agents.language.fingerprint import MONTHS, NAMES, NOT, NUMBERS

ALIGNED: Final = 0.50  # of the codes of the smaller unit
ALIGNED_OF_OURS: Final = 0.30  # of the codes of ours, where theirs is a part of it
IN_ORDER: Final = 0.20  # of a unit's neighbouring codes; retold sentences keep the words, copied ones their order
VERBATIM: Final = 0.60  # the same of a passage
_COMMON: Final = 40  # units: a word of more tells nothing about which of them is meant
_ORDERED: Final = 5  # codes: in a shorter unit there is hardly an order

State = Literal["kept", "changed", "unknown"]
NamesSomebody = Callable[[int, frozenset[int]], bool]  # does one of the new codes of a unit stand where a name does?


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the article in hand stands to an earlier one. Shares are of all codes, or pairs of codes, of an article."""

    known: Known
    states: tuple[State, ...]  # of each unit of the article in hand
    verbatim: tuple[float, ...]  # of each, the share of its neighbouring codes that are neighbours there too
    aligned: float  # codes of the article in hand in aligned units
    their_aligned: float
    in_order: float  # neighbouring codes of the article in hand that are neighbours there too
    their_in_order: float
    kept: float  # of the codes in aligned units, those in kept ones
    facts_kept: float  # the same, in units whose facts are the same whatever their words
    size: int  # codes of the smaller article
    same_facts: float  # of the numbers and months of the article with fewer; 1 where there are too few to tell

    @property
    def similarity(self) -> float:
        """How much of the one is found, in order, in the other."""
        return max(self.in_order, self.their_in_order)

    @property
    def lead_changed(self) -> bool:
        """Whether the first sentence that both have says something else."""
        return next((state for state in self.states if state != "unknown"), "") == "changed"

    def has(self, place: int) -> bool:
        """Whether the earlier article says what a unit of ours says."""
        return place < len(self.states) and self.states[place] == "kept"

    def holds(self, place: int) -> bool:
        """Whether the earlier article has a unit of ours, nearly word by word."""
        return self.has(place) and self.verbatim[place] >= VERBATIM


def compare(entry: Entry, other: Known, names_somebody: NamesSomebody) -> Comparison:
    """Align the units of both articles by the codes that they share."""
    theirs = other.entry.units
    holders: dict[int, list[int]] = {}
    for place, unit in enumerate(theirs):
        for code in set(unit):
            holders.setdefault(code, []).append(place)
    their_pairs = {pair for unit in theirs for pair in pairwise(unit)}
    pairs = {pair for unit in entry.units for pair in pairwise(unit)}
    common = len(pairs & their_pairs)
    verbatim = tuple(
        sum(pair in their_pairs for pair in pairwise(unit)) / max(1, len(unit) - 1) for unit in entry.units
    )
    states: list[State] = []
    covered: set[int] = set()
    aligned = kept = same = 0
    for place, unit in enumerate(entry.units):
        match = _match(unit, theirs, holders) if verbatim[place] >= IN_ORDER or len(unit) < _ORDERED else ()
        if not match:
            states.append("unknown")
            continue
        covered.update(match)
        aligned += len(unit)
        around = theirs[max(0, match[0] - 1) : match[-1] + 2]
        matched = [theirs[at] for at in match]
        alike = abs(len(unit) - sum(map(len, matched))) <= ALIKE_LENGTH * len(unit)
        pair = AlignedPair(
            ours=unit,
            day=entry.day,
            theirs=tuple(code for other_unit in matched for code in other_unit),
            around=frozenset(code for neighbour in around for code in neighbour),
            their_order=frozenset(neighbours for one in (matched if alike else around) for neighbours in pairwise(one)),
            their_day=other.entry.day,
        )
        change = change_in(pair, lambda new, at=place: names_somebody(at, new))  # type: ignore[misc]
        states.append("kept" if change == "none" else "changed")
        kept += len(unit) if change == "none" else 0
        same += len(unit) if change != "fact" else 0
    total, their_total = (sum(map(len, units)) for units in (entry.units, theirs))
    return Comparison(
        known=other,
        states=tuple(states),
        verbatim=verbatim,
        aligned=aligned / max(1, total),
        their_aligned=sum(len(theirs[at]) for at in covered) / max(1, their_total),
        in_order=common / max(1, len(pairs)),
        their_in_order=common / max(1, len(their_pairs)),
        kept=kept / max(1, aligned),
        facts_kept=same / max(1, aligned),
        size=min(total, their_total),
        same_facts=_same_facts(entry, other.entry),
    )


def _match(
    unit: Sequence[int], theirs: Sequence[Sequence[int]], holders: Mapping[int, Sequence[int]]
) -> tuple[int, ...]:
    """The units of the other article that say what `unit` says: one, or neighbours of it too; none where none does."""
    codes = set(unit)
    votes: Counter[int] = Counter()
    for code in codes:
        places = holders.get(code, ())
        if len(places) <= _COMMON:
            votes.update(places)
    if not votes:
        return ()
    best = max(votes, key=lambda at: (votes[at], -at))
    beside = [at for at in (best - 1, best + 1) if votes[at] > 2 and votes[at] * 2 >= len(set(theirs[at]))]
    match = tuple(sorted((best, *beside)))
    together = sum(any(code in theirs[at] for at in match) for code in codes)
    smaller = min(len(codes), sum(len(set(theirs[at])) for at in match))
    enough = max(min(3, len(codes)), ALIGNED * smaller, ALIGNED_OF_OURS * len(codes))
    return match if together >= enough else ()


def _same_facts(ours: Entry, theirs: Entry) -> float:
    """Of the numbers and months of the article that has fewer, the share that the other has too."""
    one, other = ({code for unit in entry.units for code in unit if _is_figure(code)} for entry in (ours, theirs))
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer > 3 else 1.0


def _is_figure(code: int) -> bool:
    return NUMBERS <= code < NAMES or MONTHS <= code < NOT
