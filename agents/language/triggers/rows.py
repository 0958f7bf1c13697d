"""The rows of the table of acts, as they are looked for, and what was found of them in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Aspect = Literal["past", "present", "noun"]

Element = frozenset[str] | None  # the keys of which a word must have one; None is a gap
Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns that are looked for together, and the keys with which they begin: most lines hold none of them."""

    rows: tuple[Pattern, ...]
    heads: frozenset[str]

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Patterns:
        rows = tuple(patterns)
        return cls(rows, frozenset().union(*(pattern[0] or () for pattern in rows)))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; fields as in its head."""

    id: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    rank: int
    needs: Patterns
    never: Patterns
    never_before: Patterns  # negations and wishes: behind a verb they leave it alone
    near: bool = False
    stays: bool = False
    mutual: bool = False
    victim: bool = False
    said: bool = False
    own: bool = False
    other: bool = False
    blames: bool = False
    needs_future: bool = False
    not_past: bool = False
    breaks: bool = False
    ends_ties: bool = False
    disclaims: bool = False
    demands: bool = False
    promises: bool = False
    stake: bool = False
    suffers: bool = False
    spoken: bool = False
    between: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How a verb is inflected."""

    lemma: str
    aspect: Aspect
    first: bool = False  # first person: نحن, أنا
    passive: bool = False  # in its letters: حوصر, أعيد


@dataclass(frozen=True, slots=True)
class Trigger:
    """A row found in the text: token positions `start` to `end` (exclusive)."""

    row: Row
    start: int
    end: int
    aspect: Aspect
    future: bool
    first: bool
    passive: bool = False
    negated: bool = False  # by a word within the phrase: "سفنها لم تدخل المياه"
