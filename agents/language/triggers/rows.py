"""The rows of the table of acts, as they are looked for, and what was found of them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Aspect = Literal["past", "present", "noun"]

Element = frozenset[str] | None  # the keys of which a word must have one; None is a gap
Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns that are looked for together, and those that begin with a key: most lines hold none of them."""

    rows: tuple[Pattern, ...]
    heads: frozenset[str]
    by_head: Mapping[str, Sequence[Pattern]] = field(hash=False)

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Patterns:
        rows = tuple(patterns)
        by_head: dict[str, list[Pattern]] = {}
        for pattern in rows:
            for key in pattern[0] or ():
                by_head.setdefault(key, []).append(pattern)
        return cls(rows, frozenset(by_head), by_head)


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
