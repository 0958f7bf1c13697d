"""What a text says, as far as it can be compared with another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple


class Term(NamedTuple):  # hashed a hundred times for an article: as a data class it would take ten times as long
    """A word that carries content: what it is called, all that it may be matched by, and whether it is denied."""

    head: str  # "#notion", "@name" or a stem
    keys: tuple[str, ...]  # in falling strength: the head, stems, then "~consonants"
    negated: bool = False
    text: str = ""
    excepted: bool = False  # "accepts none but": neither affirmed nor denied as it stands
    phrase: bool = False  # of several words, whose keys follow the head
    joined: bool = False  # a name with "and" before it


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says, as far as it can be compared."""

    terms: tuple[Term, ...]
    numbers: frozenset[float]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    names: frozenset[str]
    negations: int  # that surely turn the sentence
    perhaps: int  # that may, or may only deny a word: "not neutral", "without data", "none but"; verbs that deny
    lasting: frozenset[float] = frozenset()  # the numbers that a unit of time follows, in days
    ordinals: frozenset[int] = frozenset()  # which of several rounds or meetings is meant
    denied: bool = False  # the whole of it is
    naming: frozenset[int] = frozenset()  # days and weekdays that only tell which event is meant: Thursday's call
    undecided: bool = False  # a day or another is meant: "on the 5th or the 6th"
    absolute: frozenset[str] = frozenset()  # whether it speaks of "all" or "any", of "only"
    heads: tuple[str, ...] = field(default=(), compare=False, repr=False)  # of the terms, each once
    phrases: frozenset[str] = field(default=frozenset(), compare=False, repr=False)  # notions told in several words

    @property
    def denies(self) -> bool:
        """Whether it denies anything, in any way."""
        return bool(self.negations or self.perhaps)

    @property
    def index(self) -> Mapping[str, Term]:
        """The terms by every key: as large as all the rest, and of thousands that are remembered few are asked."""
        return _index(self)

    def __hash__(self) -> int:
        return hash(self.heads)  # most of it, at a tenth of the cost of all


@lru_cache(maxsize=4096)
def one_set(names: tuple[str, ...]) -> frozenset[str]:
    """A set of few names, the same for all statements that have them."""
    return frozenset(names)


@lru_cache(maxsize=1024)
def _index(facts: Facts) -> Mapping[str, Term]:
    """The first term by each key; words go before phrases that hold them."""
    terms = facts.terms
    index = {key: term for term in reversed(terms) if term.phrase for key in term.keys[1:]}
    index.update((key, term) for term in reversed(terms) for key in (term.keys[:1] if term.phrase else term.keys))
    return index
