"""What two texts are beside each other, as far as words, names, numbers and dates show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. Shares are of the weight of the terms of one text, 0 to 1; flags are 0 or 1."""

    longer: float  # share of the better covered text that the other holds too
    shorter: float  # the same of the worse covered text
    opposite: float  # share that the other says the opposite of, by antonym
    opposed: float  # there is such an opposite, times the square of how alike the texts are otherwise
    denied: float  # share that one affirms and the other denies
    negation: float  # one denies more often than the other
    turned: float  # the same, times that square: a flipped sentence is more alike than a true re-telling
    roles: float  # another side is named first, times that square
    reversed: float  # another side is named first, and after the same word another: A accuses B, B accuses A
    affirmed: float  # the same word before the same, denied in one of them alone
    persons_differ: float  # each names a person that the other does not
    places_differ: float  # and a place
    numbers_differ: float
    number_added: float  # the first has a number, the second none
    number_lost: float
    number_same: float  # a number that is no small one stands in both
    times_differ: float
    time_same: float
    time_added: float  # the first has a date that does not only tell which event is meant, the second none
    names_differ: float
    names_added: float  # the first names somebody or some place that the second does not
    apart: float  # the first word of each that tells something is not in the other: another thing is said of the same
    length: float  # how many times as long the longer is, as a logarithm
    both_deny: float  # each text denies something, in any way
    deny_same: float  # and both the same word
    phrase_same: float  # one says it in a phrase of several words, the other in that or in a word for it
    absolute_same: float  # both speak of all or any, or of one alone
    called_off: bool  # one says that something is put off or called off, the other affirms
    changed: tuple[str, ...] = ()


class InCommon(NamedTuple):
    """What two texts have in common beside their words, as in `Comparison`."""

    number_same: bool
    time_same: bool
    both_deny: bool
    phrase_same: bool
    absolute_same: bool


class Cover(NamedTuple):
    """What a text is beside another: the shares of it that the other holds, says the opposite of and denies."""

    held: float
    opposite: float
    denied: float
    changed: list[str]  # the opposites, in words
    made_good: bool  # a negation is, by an antonym: will not accept, refuses
    lacks: bool  # the other lacks the first word that tells something
    deny_same: bool  # both deny the same word


@dataclass(frozen=True, slots=True)
class Reach:
    """A text as it is compared with many: for each term its weight, all that may match it and its side; the sums."""

    terms: tuple[tuple[float, frozenset[str], str], ...]
    weight: float
    keys: frozenset[str]
    sides: frozenset[str]
