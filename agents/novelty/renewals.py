"""The words by which a report says itself that something was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from agents.language.names import CONJUNCTIONS
from agents.language.text import fold, forms_of_words

_SENTENCE_END = re.compile("[.!؟?؛\n]")
_LONGEST_HEAD = 60  # characters
_FRAME = 6  # words before what is said in which it may be called a repeat
_HEAD = 2  # words of what is said that may still belong to the frame


class Renewals:
    """Finds the words by which a report says itself that something was said before: he renewed, once more."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        """`told`: in the words that lead to what is said; `said`: also in its first words; `second`: how a word begins
        that leads to a second clause.
        """
        self._told, self._said = (_by_first(table[where]) for where in ("told", "said"))
        self._second = tuple(map(fold, table["second"]))

    def tell(self, before: str, text: str, led: int = 0) -> bool:
        """`led`: how many code points before what is said its verb begins; its subject may be long."""
        leading = _SENTENCE_END.split(before)[-1]
        words = [*forms_of_words(leading)]
        second = bool(words) and words[-1].startswith(self._second)
        reach = 0 if second or not led else sum(1 for _ in forms_of_words(leading[-led:]))
        frame = words[-max(_FRAME, reach) :]
        head = list(islice(forms_of_words(text[:_LONGEST_HEAD]), _HEAD))
        return _holds(frame, self._told) or _holds([*frame, *head], self._said)


def _by_first(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    """Folded phrases by their first words: what follows them."""
    found: dict[str, list[list[str]]] = {}
    for first, *rest in ([fold(word) for word in phrase.split()] for phrase in phrases):
        found.setdefault(first, []).append(rest)
    return found


def _holds(words: list[str], phrases: Mapping[str, Iterable[list[str]]]) -> bool:
    """Whether one of the phrases stands in the words, its first with or without a conjunction."""
    return any(
        words[at + 1 : at + 1 + len(rest)] == rest
        for at, word in enumerate(words)
        for first in ((word, word[1:]) if word[0] in CONJUNCTIONS else (word,))
        for rest in phrases.get(first, ())
    )
