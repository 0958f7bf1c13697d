"""Whether a sentence that stands in two articles says the same in both, by the codes of its words.

Nothing is new where only other words for the same are. A number, a date, a name, a negation, an opposite or a
whole clause is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, Literal

from agents.language.fingerprint import (
    GROUP,
    INSTEAD,
    MONTHS,
    NAMES,
    NOT,
    NUMBERS,
    RELATIVE,
    WEEKDAYS,
    WORDS,
    load_fingerprinter,
)
from agents.language.pack import read_table

NEW_SHARE: Final = 0.40  # of a unit's codes; synonyms replace fewer
NEW_RUN: Final = 4  # codes in a row: a clause, not a synonym
ALIKE_LENGTH: Final = 0.4  # negations are counted where two units differ by no more than this share of their codes


@dataclass(frozen=True)
class AlignedPair:
    """A unit of the article in hand and what it is aligned with; days are days since 1970 of the event time."""

    ours: tuple[int, ...]
    day: int
    theirs: tuple[int, ...]
    around: frozenset[int]  # the codes of theirs and of the units beside them
    their_order: frozenset[tuple[int, ...]]  # the neighbours in the same
    their_day: int
    our_around: tuple[tuple[int, ...], ...]  # ours and the units beside it

    @cached_property
    def our_order(self) -> frozenset[tuple[int, ...]]:
        """The neighbours in ours and in the units beside it."""
        return frozenset(both for one in self.our_around for both in pairwise(one))


Change = Literal["none", "fact", "words"]
Wording = Literal["same", "reworded", "doubtful"]
Weight = Literal["none", "word", "name", "town"]  # none: an agency, or another form of a word that was there
Weigh = Callable[[frozenset[int], frozenset[int]], Weight]  # the weightiest word of ours with one of the first codes


def change_in(pair: AlignedPair, names_somebody: Callable[[frozenset[int]], bool]) -> Change:
    """What the unit says that the earlier text did not: another fact, or other words than are used for the same.

    `names_somebody` looks at the words themselves: whether one of these new codes stands where a name does.
    """
    unit, theirs = pair.ours, pair.theirs
    new = [code not in pair.around for code in unit]
    length = max(len(unit), len(theirs))
    if unit.count(NOT) != theirs.count(NOT) and abs(len(unit) - len(theirs)) <= ALIKE_LENGTH * length:
        return "fact"
    if _moved_number(pair) or _replaced(pair):
        return "fact"
    if not any(new):
        return "none"
    fresh = [code for code, is_new in zip(unit, new, strict=True) if is_new]
    lost = set(theirs) - set(unit)
    if any(code < WORDS and _is_fact(code, pair) for code in fresh):
        return "fact"
    other_words = (
        len(fresh) > NEW_SHARE * len(unit)
        or _longest_run(new) >= NEW_RUN
        or any(_opposites().get(code, frozenset()) & lost for code in fresh)
        or names_somebody(frozenset(fresh))
    )
    return "words" if other_words else "none"


def wording_of(pair: AlignedPair, weigh: Weigh) -> Wording:
    """How a unit without a change stands to the earlier text: word for word, in other words, or with a doubtful one.

    Doubtful is what may be another fact: a town more, a word that nobody knows (as names are) in the place of
    another, a fact that made way for a word, sides that were exchanged. `weigh` looks at the words themselves. Days,
    months and negations were looked at before.
    """
    unit, theirs = pair.ours, pair.theirs
    gained = frozenset(code for code in _strange(unit, theirs, pair.their_order) if code >= NAMES)
    lost = frozenset(code for code in _strange(theirs, unit, pair.our_order) if code >= NUMBERS)
    if not gained:
        if _exchanged(pair):
            return "doubtful"
        moved = unit != theirs and sorted(unit) == sorted(theirs)
        alike = len(theirs) - len(unit) <= ALIKE_LENGTH * len(unit)
        return "reworded" if moved or (lost and alike) else "same"
    weight = weigh(gained, lost)
    replaced = weight != "none" and any(code < WORDS for code in lost)
    return "doubtful" if replaced or weight == "town" or (weight == "name" and lost) else "reworded"


def _strange(unit: tuple[int, ...], other: tuple[int, ...], order: Collection[tuple[int, ...]]) -> Iterator[int]:
    """The codes that are more often in a unit than in the other, where none of their neighbours is one in `order`."""
    more = Counter(unit) - Counter(other)
    for at, code in enumerate(unit) if more else ():
        if code in more and unit[max(0, at - 1) : at + 1] not in order and unit[at : at + 2] not in order:
            yield code


def _exchanged(pair: AlignedPair) -> bool:
    """Whether the same names stand in another order: who tells whom."""
    ours, theirs = ([code for code in unit if NAMES <= code < WORDS] for unit in (pair.ours, pair.theirs))
    return ours != theirs and sorted(ours) == sorted(theirs)


def _is_fact(code: int, pair: AlignedPair) -> bool:
    """Whether a number, name or date is really another: "this evening" is "yesterday evening" a day later."""
    if code >= NUMBERS:
        return True
    if code >= NOT:
        return False
    theirs = [pair.their_day + other - RELATIVE for other in pair.around if other <= 2 * RELATIVE]
    if code <= 2 * RELATIVE:
        ours = pair.day + code - RELATIVE
        return bool(theirs) and ours not in theirs
    if WEEKDAYS <= code < MONTHS:
        weekday = code - WEEKDAYS
        if any((when + 3) % 7 == weekday for when in theirs):
            return False
        return any(WEEKDAYS <= other < MONTHS for other in pair.around) or not theirs
    return True


def _replaced(pair: AlignedPair) -> bool:
    """Whether a weekday, a month or a word of a group made way for another, which may stand nearby too."""
    gained = {_kind(code) for code in pair.ours if WEEKDAYS <= code < NUMBERS and code not in pair.theirs}
    return bool(gained) and any(
        WEEKDAYS <= code < NUMBERS and _kind(code) in gained
        for code in _strange(pair.theirs, pair.ours, pair.our_order)
    )


def _kind(code: int) -> int:
    """What a code of the calendar is: a weekday, a month, the negator, or the group of a word."""
    if code >= INSTEAD:
        return INSTEAD + (code - INSTEAD) // GROUP
    return max(start for start in (WEEKDAYS, MONTHS, NOT) if start <= code)


def _moved_number(pair: AlignedPair) -> bool:
    """Whether a number that they have too stands beside other words here: "on 12 January" beside "12 experts"."""
    unit = pair.ours
    return any(
        NUMBERS <= code < NAMES
        and code in pair.around
        and not any(
            neighbours in pair.their_order for neighbours in ((unit[at - 1], code) if at else (), unit[at : at + 2])
        )
        for at, code in enumerate(unit)
    )


def _longest_run(new: Sequence[bool]) -> int:
    longest = run = 0
    for is_new in new:
        run = run + 1 if is_new else 0
        longest = max(longest, run)
    return longest


@lru_cache(maxsize=1)
def _opposites() -> Mapping[int, frozenset[int]]:
    fingerprinter = load_fingerprinter()
    found: dict[int, set[int]] = {}
    for row in read_table("antonyms"):
        one, other = (fingerprinter.notion_code(notion) for notion in row["pair"])
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {code: frozenset(codes) for code, codes in found.items()}
