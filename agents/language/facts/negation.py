"""What of a text is denied: by a negator, by a verb that denies, but for an exception, or as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from agents.language.facts.phrases import by_first, stands
from agents.language.names import ARTICLE, CONJUNCTIONS, IN
from agents.language.text import Token, light
from agents.language.thesaurus import folded


class Denials(NamedTuple):
    """Positions of the terms that are denied, of those denied but for an exception; how often, surely and perhaps."""

    negated: set[int]
    excepted: set[int]
    surely: int
    perhaps: int


class NegationFinder:
    """Finds what is denied. `heads` are the terms of a text by their positions: "#notion", "@name" or a stem."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.negators = frozenset(light(word) for word in table["negators"])
        self._negating = self.negators | {letter + word for word in self.negators for letter in CONJUNCTIONS + IN}
        self._weak = frozenset(light(word) for word in table["weak_negators"])
        self._contrasts = frozenset(light(word) for word in table["contrasts"])
        self._besides = frozenset(light(word) for word in table["besides"])
        self._hearsay, self._untrue, self._idioms = (by_first(table[name]) for name in ("hearsay", "untrue", "idioms"))
        self._exceptions = frozenset(light(word) for word in table["exceptions"])
        self._without = by_first(table["without"])
        self._carriers = frozenset(f"#{notion}" for notion in table["carriers"])
        self._subjects = frozenset(f"#{notion}" for notion in table["subjects"])
        self._deniers = frozenset(f"#{notion}" for notion in table["deniers"])
        self._ends = folded(table["quoted_out"])

    def find(self, words: Sequence[Token], heads: Mapping[int, str], within: set[int]) -> Denials:
        """What is denied of the terms. A negator at a position in `within` is part of what a phrase means."""
        carriers = self._carrying(heads)
        deniable = [at for at, head in sorted(heads.items()) if head[0] != "@" and head not in self._subjects]
        negated, excepted, surely, perhaps = self._by_negators(words, deniable, within, carriers)
        for at in deniable:
            if heads[at] in self._deniers and at not in negated:
                end = self._end_of_scope(words, at)
                perhaps += 1
                negated.symmetric_difference_update(_denied([it for it in deniable if at < it < end], carriers))
        return Denials(negated, excepted, surely, perhaps)

    def is_negator(self, form: str) -> bool:
        """Whether a word (`Token.light`) denies, surely or perhaps."""
        return form in self.negators or form in self._weak

    def is_hearsay(self, words: Sequence[Token]) -> bool:
        """Whether a text only tells that something is not true: "the reports of a withdrawal are incorrect"."""
        for first, then in ((self._hearsay, self._untrue), (self._untrue, self._hearsay)):
            if stands(words, 0, first):
                return any(stands(words, at, then) for at in range(1, len(words)))
        return False

    def _by_negators(
        self, words: Sequence[Token], terms: Sequence[int], within: set[int], carriers: set[int]
    ) -> Denials:
        negated: set[int] = set()
        excepted: set[int] = set()
        surely = perhaps = 0
        made_good = -1  # the place of a "without" after another negator: no deal without guarantees
        for i, token in enumerate(words):
            form = token.light
            if form not in self._negating or i == made_good:
                continue
            if i in within or stands(words, i, self._idioms):
                continue
            end = self._end_of_scope(words, i)
            exception = next((at for at in range(i + 1, end) if words[at].light in self._exceptions), None)
            if exception is None and form not in self._weak:
                without = next((at for at in range(i + 2, end) if stands(words, at, self._without)), -1)
                if any(i < at < without for at in terms):
                    exception = without
                    made_good = without if words[without].light in self.negators else without + 1
            if exception is not None:
                excepted.update(at for at in terms if i < at < exception)
                perhaps += 1
                continue
            follows = form in self._contrasts and words[i + 1 : i + 2] and words[i + 1].form.startswith(ARTICLE)
            if form in self._weak or follows or (i and form in self._besides):
                perhaps += 1
            else:
                surely += 1
            negated.symmetric_difference_update(_denied([at for at in terms if i < at < end], carriers))
        return Denials(negated, excepted, surely, perhaps)

    def _carrying(self, heads: Mapping[int, str]) -> set[int]:
        """Terms that only carry the next: has no wish to; or are of one notion with it: to launch an attack."""
        twice = {at for (at, head), (_, following) in pairwise(sorted(heads.items())) if head == following}
        return twice | {at for at, head in heads.items() if head in self._carriers}

    def _end_of_scope(self, words: Sequence[Token], at: int) -> int:
        """Where the negation at a token ends: at a contrast or a pause."""
        end = at + 1
        while end < len(words) and not (words[end].text in "،,.؛;:؟!\n" or words[end].form in self._ends):
            end += 1
        return end


def _denied(ahead: Sequence[int], carriers: set[int]) -> Iterator[int]:
    """The terms that a negator before them denies: one, and those that only carry the next: has no wish to.

    More of them would deny the object with the verb.
    """
    for at in ahead:
        yield at
        if at not in carriers:
            return
