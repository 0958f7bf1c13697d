"""The amounts of a text, how long what they count lasts, and which of several it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from agents.language.names import AND, ARTICLE, IN, TO
from agents.language.stems import readings
from agents.language.text import Token, fold
from agents.language.thesaurus import folded

_NEAR: Final = 3  # words before a number
_BEFORE_NUMBER: Final = AND + IN + TO
_WORDS: Final = 4096  # of which it is kept whether they are numbers
_NONE: Final[frozenset[int]] = frozenset()  # one for all; each empty set would take 216 bytes


class AmountFinder:
    """Finds numbers, in figures and in words, and ordinals."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._numbers = {fold(word): float(value) for word, value in table["numbers"].items()}
        self._scales = {fold(word): float(value) for word, value in table["scales"].items()}
        self._duals, self._singles = folded(table["duals"]), folded(table["singles"])
        self._lasting = {fold(word): float(hours) / 24 for word, hours in table["lasting"].items()}
        self._teens = folded(table["teens"])
        self._even_if, self._set_right = folded(table["even_if"]), folded(table["set_right"])
        self._values_of_ordinals = {fold(word): int(value) for word, value in table["ordinals"].items()}
        self._ordinals = {
            letter + article + word
            for word in self._values_of_ordinals
            for letter in ("", AND)
            for article in ("", ARTICLE)
        }
        self._numbered = folded(table["numbered"])
        self._adjectives = (ARTICLE, *folded(table["un"]))  # how one begins that describes what is numbered
        self._percent, self._per = folded(table["percent"]), folded(table["per"])
        self._word = lru_cache(_WORDS)(self._number_of)
        self._counts = lru_cache(_WORDS)(self._may_count)

    def ordinals(self, words: Sequence[Token], taken: set[int]) -> frozenset[int]:
        """The ordinals after a noun for what is numbered, other adjectives aside: "the second indirect round"."""
        if self._ordinals.isdisjoint([word.form for word in words]):
            return _NONE  # as a rule
        found: set[int] = set()
        numbered = False
        for at, word in enumerate(words):
            bare = word.form.removeprefix(AND).removeprefix(ARTICLE)
            if word.kind == "word" and not self._numbered.isdisjoint(readings(word.form)):
                numbered = True
            elif numbered and at not in taken and bare in self._values_of_ordinals:
                found.add(self._values_of_ordinals[bare])
            elif at in taken or not word.form.startswith(self._adjectives):
                numbered = False
        return frozenset(found) or _NONE

    def amounts(self, words: Sequence[Token], taken: set[int]) -> Iterable[tuple[float, float]]:
        """Numbers in figures and in words, with their scales, and what a dual says as 2.

        Each with the days that the unit after it lasts, or 0. Their tokens are added to `taken`.
        """
        last = 0
        for at in [at for at, word in enumerate(words) if word.kind == "number" or self._counts(word.form)]:
            value, end = self._amount(words, at, taken) if at >= last else (None, at)
            if value is None:
                continue
            taken.update(range(at, end))
            last = end
            if not self._even_if.isdisjoint(word.form for word in words[max(at - _NEAR, 0) : at]):
                continue  # a figure of speech: not in a hundred years
            if at > 1 and words[at - 1].form in self._set_right:
                continue  # eight and not four
            alone = words[at].form in self._duals or words[at].form in self._singles
            unit = words[at] if alone else words[min(end, len(words) - 1)]
            yield value, self._lasting.get(unit.form, 0.0)

    def _amount(self, words: Sequence[Token], at: int, taken: set[int]) -> tuple[float | None, int]:
        if at in taken:
            return None, at
        token = words[at]
        if token.form in self._duals or (token.form in self._singles and at - 1 not in taken):  # no unit of a number
            return 1.0 if token.form in self._singles else 2.0, at + 1
        value = _figure(token) if token.kind == "number" else self._word(token.form)
        if value is None:
            return None, at
        end = at + 1
        while end < len(words) and end not in taken:
            form = words[end].form
            if form in self._scales:
                value *= self._scales[form]
            elif form[0] == AND and form[1:] in self._numbers and value % 100 < 10:
                value += self._numbers[form[1:]]
            elif form in self._teens and value < 10:
                value += 10
            elif form in self._percent:
                return value, end + 1
            elif form in self._per and end + 1 < len(words) and words[end + 1].form in self._percent:
                return value, end + 2
            else:
                break
            end += 1
        return value, end

    def _may_count(self, form: str) -> bool:
        """Whether an amount may begin with a word."""
        return form in self._duals or form in self._singles or self._word(form) is not None

    def _number_of(self, form: str) -> float | None:
        for stem in (form, form[1:] if form[0] in _BEFORE_NUMBER else form, form.removeprefix(ARTICLE)):
            if stem in self._numbers:
                return self._numbers[stem]
            if stem in self._scales:
                return self._scales[stem]
        return None


def _figure(token: Token) -> float | None:
    text = token.form.replace("٫", ".").replace("٬", "").replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None
