"""Two articles side by side: which of their units say the same, and how much of each stands in the other.

Pure. Two units (sentences or clauses) are aligned where they share half of their codes and some of their order. An
aligned unit is *kept* or *changed* (`changes`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate, islice, pairwise
from typing import Final, Literal, Protocol

from agents.deduplicate.changes import ALIKE_LENGTH, AlignedPair, Change, Weight, Wording, change_in, wording_of
from agents.deduplicate.memory import Entry, Known
from agents.language.fingerprint import MONTHS, NAMES, NOT, NUMBERS

ALIGNED: Final = 0.50  # of the codes of the smaller unit
ALIGNED_OF_OURS: Final = 0.30  # of the codes of ours, where theirs is a part of it
CLOSE: Final = 0.70  # of the longer unit: one unit stands for the other, whatever is beside it
SHARED: Final = 5  # neighbouring codes; what shares fewer shares a phrase and no sentence
IN_ORDER: Final = 0.20  # of a unit's neighbouring codes; retold sentences keep the words, copied ones their order
VERBATIM: Final = 0.60  # the same of a passage
RUN: Final = 6  # codes in a row of a passage that is part of a sentence, or of two: some twelve words
MOST_RUNS: Final = 100  # of an article: nobody shares more passages
_STRETCH: Final = re.compile(rb"\x01{%d,}" % (RUN - 1))  # of neighbours that are common
State = Literal["kept", "changed", "unknown"]
Run = tuple[tuple[int, int], tuple[int, int]]  # its first and last word: which unit, and which of the unit's codes


class Words(Protocol):
    """The words of the article in hand."""

    def names_somebody(self, place: int, new: frozenset[int]) -> bool:
        """Whether one of the new codes of a unit stands where a name does."""

    def weigh(self, place: int, gained: frozenset[int], lost: frozenset[int]) -> Weight:
        """What the weightiest of the words is that a unit has gained, where the earlier one has lost others."""


@dataclass(frozen=True, slots=True)
class AlignedUnit:
    """A unit of the article in hand beside the units of an earlier one that say what it says, by their places."""

    match: tuple[int, ...] = ()
    change: Change | None = None  # None where nothing there says it
    wording: Wording = "same"

    @property
    def state(self) -> State:
        return "unknown" if self.change is None else "kept" if self.change == "none" else "changed"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which units of the article in hand an earlier one has. Shares are of all codes of an article."""

    states: tuple[State, ...]  # of each unit of the article in hand
    wordings: tuple[Wording, ...]  # of each; without meaning where it is not kept
    aligned: float  # codes of the article in hand in aligned units
    their_aligned: float
    kept: float  # of the codes in aligned units, those in kept ones
    sure: float  # the same without units of doubtful wording
    facts_kept: float  # as `kept`, in units whose facts are the same whatever their words


@dataclass(frozen=True)
class Comparison:
    """How the article in hand stands to an earlier one. Shares are of all pairs of neighbouring codes of an article."""

    known: Known
    side: Side
    common: frozenset[int]  # neighbours that both have
    verbatim: tuple[float, ...]  # of each unit, the share of its neighbouring codes that are neighbours there too
    runs: tuple[Run, ...]  # where words in a row stand there too, in the same row
    in_order: float  # neighbouring codes of the article in hand that are neighbours there too
    their_in_order: float
    size: int  # codes of the smaller article
    same_facts: float  # of the numbers and months of the article with fewer; 1 where there are too few to tell

    @cached_property
    def alignment(self) -> Alignment:
        """Unit by unit; most earlier articles share too little for anybody to ask."""
        return self.side.align(self)

    @cached_property
    def holders(self) -> Mapping[int, Sequence[int]]:
        """For the neighbours that both have, the units of the earlier article that have them."""
        neighbours, found = self.known.entry.neighbours, dict[int, list[int]]()
        for place, (start, end) in enumerate(pairwise([0, *accumulate(self.known.entry.lengths)])):
            for both in neighbours[start : end - 1]:
                if both in self.common:
                    found.setdefault(both, []).append(place)
        return found

    @cached_property
    def _aligned(self) -> dict[int, AlignedUnit]:
        return {}

    def unit(self, place: int) -> AlignedUnit:
        """What the earlier article has for a unit of ours."""
        if place not in self._aligned:
            self._aligned[place] = self.side.align_unit(self, place)
        return self._aligned[place]

    @property
    def similarity(self) -> float:
        """How much of the one is found, in order, in the other."""
        return max(self.in_order, self.their_in_order)

    @property
    def has_lead(self) -> bool:
        """Whether the first sentence of the article in hand stands in the earlier one too."""
        return self.alignment.states[:1] not in ((), ("unknown",))

    @property
    def lead_changed(self) -> bool:
        """Whether the first sentence that both have says something else."""
        return self._lead[0] == "changed"

    @property
    def lead_doubtful(self) -> bool:
        """Whether it does, or may."""
        return self.lead_changed or self._lead == ("kept", "doubtful")

    @property
    def _lead(self) -> tuple[State, Wording]:
        both = zip(self.alignment.states, self.alignment.wordings, strict=True)
        return next((one for one in both if one[0] != "unknown"), ("unknown", "same"))

    def has(self, place: int, *, in_any_words: bool = False) -> bool:
        """Whether the earlier article says what a unit of ours says, in the same words or in any that say the same."""
        if not self._keeps(place):
            return False
        wording = self.unit(place).wording
        return wording == "same" or (in_any_words and wording == "reworded")

    def holds(self, place: int) -> bool:
        """Whether the earlier article has a unit of ours, nearly word by word."""
        return place < len(self.verbatim) and self.verbatim[place] >= VERBATIM and self._keeps(place)

    def _keeps(self, place: int) -> bool:
        return place < len(self.verbatim) and self.unit(place).change == "none"


class Side:
    """The article in hand, made ready to be compared with several others."""

    def __init__(self, entry: Entry, words: Words) -> None:
        self.entry = entry
        self._words = words
        self._neighbours = entry.neighbours
        self._order = frozenset(self._neighbours)

    @cached_property
    def _units(self) -> tuple[tuple[int, ...], ...]:
        return self.entry.units

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(self.entry.lengths))

    @cached_property
    def _unit_orders(self) -> list[frozenset[int]]:
        borders = pairwise([0, *self._ends])
        return [frozenset(self._neighbours[start : end - 1]) for start, end in borders]

    def compare(self, other: Known) -> Comparison | None:
        """Hold both articles side by side by the codes that they share; None where they share no sentence."""
        their_order = frozenset(other.entry.neighbours)
        common = self._order & their_order
        if len(common) < min(SHARED, len(self._order)):
            return None
        in_order = len(common) / len(self._order) if self._order else 0.0
        their_in_order = len(common) / (len(their_order) or 1)
        runs = tuple(islice(self._runs(common, other.entry.codes), MOST_RUNS))
        if max(in_order, their_in_order) < IN_ORDER and not runs and not self._has_unit_in(common):
            return None
        return Comparison(
            known=other,
            side=self,
            common=common,
            verbatim=tuple(len(order & common) / (len(order) or 1) for order in self._unit_orders),
            runs=runs,
            in_order=in_order,
            their_in_order=their_in_order,
            size=min(sum(self.entry.lengths), sum(other.entry.lengths)),
            same_facts=_same_facts(self.entry, other.entry) if max(in_order, their_in_order) >= IN_ORDER else 1.0,
        )

    def align_unit(self, comparison: Comparison, place: int) -> AlignedUnit:
        """Align a unit with those of the other article by the codes that they share."""
        other = comparison.known.entry
        theirs = other.units
        told = comparison.verbatim[place] >= IN_ORDER
        match = self._match(place, theirs, comparison.holders) if told else ()
        if not match:
            return AlignedUnit()
        matched = [theirs[at] for at in match]
        return AlignedUnit(match, *self._change(place, matched, _around(theirs, match), other.day))

    def align(self, comparison: Comparison) -> Alignment:
        """Align all units of both articles."""
        theirs, lengths = comparison.known.entry.units, comparison.known.entry.lengths
        units = [comparison.unit(place) for place in range(len(self._units))]
        told = [(len(ours), unit) for ours, unit in zip(self._units, units, strict=True) if unit.match]
        covered = {at for unit in units for at in unit.match}
        aligned = sum(size for size, _ in told)
        kept = sum(size for size, unit in told if unit.change == "none")
        sure = sum(size for size, unit in told if unit.change == "none" and unit.wording != "doubtful")
        same = sum(size for size, unit in told if unit.change != "fact")
        return Alignment(
            states=tuple(unit.state for unit in units),
            wordings=tuple(unit.wording for unit in units),
            aligned=aligned / max(1, sum(self.entry.lengths)),
            their_aligned=sum(len(theirs[at]) for at in covered) / max(1, sum(lengths)),
            kept=kept / max(1, aligned),
            sure=sure / max(1, aligned),
            facts_kept=same / max(1, aligned),
        )

    def _runs(self, common: frozenset[int], theirs: bytes) -> Iterator[Run]:
        """Where codes in a row stand in the other article too, in the same row."""
        are_common = bytes(map(common.__contains__, self._neighbours))
        if bytes([1]) * (RUN - 1) not in are_common:
            return  # as a rule
        ours = self.entry.codes
        for stretch in _STRETCH.finditer(are_common):
            start, last = stretch.start(), stretch.end() - RUN + 1  # of the first of so many codes
            while start <= last:
                at = _last_place(ours[2 * start : 2 * (start + RUN)], theirs)
                if at < 0:
                    start += 1
                    continue
                at, end = at + 2 * RUN, start + RUN
                while ours[2 * end : 2 * end + 2] == theirs[at : at + 2] != b"":
                    end, at = end + 1, at + 2
                yield self._in_unit(start), self._in_unit(end - 1)
                start = end

    def _in_unit(self, number: int) -> tuple[int, int]:
        unit = bisect_right(self._ends, number)
        return unit, number - self._ends[unit] + self.entry.lengths[unit]

    def _has_unit_in(self, common: frozenset[int]) -> bool:
        """Whether a unit is there nearly word by word. Few are short enough to be looked at."""
        longest = 2 * len(common)
        return any(
            len(order & common) / len(order) >= VERBATIM for order in self._unit_orders if 0 < len(order) <= longest
        )

    def _match(
        self, place: int, theirs: Sequence[Sequence[int]], holders: Mapping[int, Sequence[int]]
    ) -> tuple[int, ...]:
        """The units of the other article that say what ours says: one, or its neighbours too; none where none does."""
        votes = Counter(at for both in self._unit_orders[place] if both in holders for at in holders[both])
        if not votes:
            return ()
        best = max(votes, key=lambda at: (votes[at], -at))
        codes = set(self._units[place])
        beside = [
            at
            for at in (best - 1, best + 1)
            if 0 <= at < len(theirs) and _is_part(codes.intersection(theirs[at]), theirs[at])
        ]
        match = tuple(sorted((best, *beside)))
        matched = {code for at in match for code in theirs[at]}
        enough = max(min(3, len(codes)), ALIGNED * min(len(codes), len(matched)), ALIGNED_OF_OURS * len(codes))
        return match if len(codes & matched) >= enough else ()

    def _change(
        self, place: int, matched: Sequence[tuple[int, ...]], around: Sequence[Sequence[int]], their_day: int
    ) -> tuple[Change, Wording]:
        unit = self._units[place]
        if len(matched) == 1 and matched[0] == unit and len(unit) > 1:
            return "none", "same"
        alike = abs(len(unit) - sum(map(len, matched))) <= ALIKE_LENGTH * len(unit)
        pair = AlignedPair(
            ours=unit,
            day=self.entry.day,
            theirs=tuple(code for one in matched for code in one),
            around=frozenset(code for one in around for code in one),
            their_order=frozenset(neighbours for one in (matched if alike else around) for neighbours in pairwise(one)),
            their_day=their_day,
            our_around=self._units[max(0, place - 1) : place + 2],
        )
        change = change_in(pair, partial(self._words.names_somebody, place))
        if change != "none":
            return change, "same"
        closest = max(matched, key=lambda one: len(set(one) & set(unit)))
        if len(set(closest) & set(unit)) >= CLOSE * max(len(closest), len(unit)):  # else it is cut in another way
            pair = replace(pair, theirs=closest, our_around=(unit,), their_order=frozenset(pairwise(closest)))
        return change, wording_of(pair, partial(self._words.weigh, place))


def _last_place(row: bytes, codes: bytes) -> int:
    """Where codes in a row stand last among others, in bytes; -1 where they do not."""
    at = codes.rfind(row)
    while at % 2 and at >= 0:  # it begins within a code
        at = codes.rfind(row, 0, at + len(row) - 1)
    return at


def _around(theirs: Sequence[tuple[int, ...]], match: Sequence[int]) -> Sequence[tuple[int, ...]]:
    return theirs[max(0, match[0] - 1) : match[-1] + 2]


def _is_part(shared: Collection[int], theirs: Sequence[int]) -> bool:
    return len(shared) > 2 and len(shared) * 2 >= len(set(theirs))


def _same_facts(ours: Entry, theirs: Entry) -> float:
    """Of the numbers and months of the article that has fewer, the share that the other has too."""
    one, other = ({code for unit in entry.units for code in unit if _is_figure(code)} for entry in (ours, theirs))
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer > 3 else 1.0


def _is_figure(code: int) -> bool:
    return NUMBERS <= code < NAMES or MONTHS <= code < NOT
