"""A range of an article, and whether a pattern of the table stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agents.language.text import Token
from agents.language.triggers.rows import Pattern, Patterns, Row

_GAP: Final = 5  # words that "…" may stand for
_NEAR: Final = 8  # words within which `needs` and `never` are looked for
_ARGUMENT: Final = 12  # words after a verb within which what it `needs` may stand: subject and date come between
_STOPS: Final = frozenset(".!؟?؛;:")


@dataclass(frozen=True, slots=True)
class Line:
    """A range of an article: the positions of its words, and the keys of each."""

    article: Sequence[Token]
    words: Sequence[int]
    keys: Sequence[frozenset[str]]
    held: frozenset[str]  # all of them: most patterns have no word there, and nothing has to be looked through
    stopped: frozenset[int]  # the words before which a pattern ends

    def match(self, pattern: Pattern, first: int) -> int | None:
        """The index of the last word of `pattern`, whose first one stands at word `first`, or None."""
        return self._match(pattern, 1, first)

    def _match(self, pattern: Pattern, n: int, at: int) -> int | None:
        """The index of the last word where element `n` and those behind it stand behind word `at`."""
        if n == len(pattern):
            return at
        gap = pattern[n] is None
        n += gap
        element = pattern[n]
        if element is None:
            return None
        for candidate in range(at + 1, min(len(self.words), at + 2 + (_GAP if gap else 0))):
            if candidate in self.stopped:
                return None
            if not element.isdisjoint(self.keys[candidate]):
                last = self._match(pattern, n + 1, candidate)
                if last is not None:
                    return last
        return None

    def has(self, patterns: Patterns, begin: int, end: int) -> bool:
        """Whether one of several patterns begins at one of the words `begin` to `end`."""
        if patterns.heads.isdisjoint(self.held):
            return False
        return any(
            self._has(key, pattern, begin, end)
            for key in patterns.heads & self.held
            for pattern in patterns.by_head[key]
        )

    def _has(self, head: str, pattern: Pattern, begin: int, end: int) -> bool:
        return any(head in self.keys[n] and self.match(pattern, n) is not None for n in range(begin, end))


def is_stopped(between: Sequence[Token]) -> bool:
    """Whether a sentence or clause ends between two words."""
    return any(token.text in _STOPS or token.kind == "break" for token in between)


def allowed(row: Row, pattern: Pattern, first: int, last: int, line: Line) -> bool:
    """Whether what a row needs is near, and nothing that makes another thing of it."""
    before, length = max(0, first - _NEAR), len(line.words)
    if line.has(row.never, before, min(length, last + 1 + _NEAR)):
        return False
    end = first if _is_verb(pattern, line.keys[first]) else min(length, last + 1 + _NEAR)
    if line.has(row.never_before, before, end):
        return False
    if not row.needs.rows or last > first:
        return True
    end = min(length, last + 1 + _ARGUMENT)
    return line.has(row.needs, before if row.near else first + 1, end)


def _is_verb(pattern: Pattern, keys: frozenset[str]) -> bool:
    """Whether a pattern begins with a verb, and the word is no noun of the table too (تنازل)."""
    noun = any(key.startswith("=") and len(key) > 2 for key in keys)
    return not noun and any(key.startswith("~") for key in (pattern[0] or frozenset()) & keys)
