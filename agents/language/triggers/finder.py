"""Finding the rows of the table among the words of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from agents.language.names import CONJUNCTIONS, PREPOSITIONS, TA_MARBUTA
from agents.language.text import Token
from agents.language.triggers.inflections import nominal, verbal
from agents.language.triggers.line import Line, allowed, is_stopped
from agents.language.triggers.rows import Aspect, Pattern, Patterns, Row, Shape, Trigger

_PARTICLE: Final = 3  # letters of a particle with و or ف before it
_REMEMBERED: Final = 1 << 14  # words whose keys are kept
Headed = tuple[Sequence[tuple[Pattern, Row]], Mapping[str, Sequence[int]]]  # patterns, and which end with a key


@dataclass
class Triggers:
    """The compiled table. `find` is called for every article: words are looked up once and remembered."""

    rows: tuple[Row, ...]
    speech: Mapping[str, Patterns]  # lists of patterns that tell one speech act from another
    _patterns: Mapping[str, tuple[tuple[Pattern, Row], ...]]  # by a key of the first element
    _verbs: Mapping[str, tuple[Shape, ...]]
    _singular: Mapping[str, tuple[Shape, ...]]  # of who speaks for himself: read only behind س or لن, "أكبر" is no verb
    _nouns: Mapping[str, frozenset[str]]
    _no_verb: frozenset[str]
    _governing: frozenset[str]
    _denying: frozenset[str]
    keys: Callable[[str], frozenset[str]] = field(init=False)  # all that a folded word may stand for in a pattern
    _keys_governed: Callable[[str], frozenset[str]] = field(init=False)
    _keys_denied: Callable[[str], frozenset[str]] = field(init=False)
    _keys_of_noun: Callable[[str], frozenset[str]] = field(init=False)
    _headed_by: Callable[[frozenset[str]], Headed] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = lru_cache(_REMEMBERED)(lambda form: frozenset(self._analyse(form)))
        self._keys_governed = lru_cache(_REMEMBERED)(self._analyse_governed)
        self._keys_denied = lru_cache(_REMEMBERED)(self._analyse_denied)
        self._keys_of_noun = lru_cache(_REMEMBERED)(self._analyse_noun)
        self._headed_by = lru_cache(_REMEMBERED)(self._find_headed_by)

    def _analyse(self, form: str) -> Iterator[str]:
        for shape, _ in self.shapes(form):
            yield "~" + shape.lemma
        for base in nominal(form):
            yield from self._nouns.get(base, ())
        if len(form) == _PARTICLE and form[0] in CONJUNCTIONS:  # ولا, فلن
            yield from self._nouns.get(form[1:], ())
        bare = form[1:] if len(form) > 3 and form[0] in CONJUNCTIONS else form
        if len(bare) > 2 and bare[0] in PREPOSITIONS:
            yield "=" + bare[0]

    def shapes(self, form: str, *, denied: bool = False) -> list[tuple[Shape, bool]]:
        """The verbs that a folded word may be, and whether the future is glued on; `denied` behind لن and لم."""
        if form in self._no_verb:
            return []
        found = [(shape, future) for base, future in verbal(form) for shape in self._verbs.get(base, ())]
        if found or not (denied or form.lstrip(CONJUNCTIONS).startswith("سا")):
            return found
        singular = ((base, future) for base, future in verbal(form) if denied or future)
        return [(shape, future) for base, future in singular for shape in self._singular.get(base, ())]

    def find(
        self, article: Sequence[Token], start: int, end: int, skipped: frozenset[int] = frozenset()
    ) -> list[Trigger]:
        """The triggers whose first word is in `article[start:end]` and which end there, in order.

        `skipped` are positions that are part of a name: they belong to no act and fill no gap.
        """
        line = self.line(article, start, end, skipped)
        found: list[Trigger] = []
        for n, keys in enumerate(line.keys):
            rows, by_ending = self._headed_by(keys)
            for at in sorted({at for key in by_ending.keys() & line.held for at in by_ending[key]}):  # as a rule none
                pattern, row = rows[at]
                last = line.match(pattern, n)
                if last is not None and allowed(row, pattern, n, last, line):
                    found.append(self._trigger(row, pattern, (n, last), line))
        return found

    def _find_headed_by(self, keys: frozenset[str]) -> Headed:
        """The patterns whose first word may be one with these keys."""
        found = [row for key in sorted(keys) for row in self._patterns.get(key, ())]  # sets have no order
        by_ending: dict[str, list[int]] = {}
        for at, (pattern, _) in enumerate(found):
            for key in pattern[-1] or ():
                by_ending.setdefault(key, []).append(at)
        return found, by_ending

    def line(self, article: Sequence[Token], start: int, end: int, skipped: frozenset[int] = frozenset()) -> Line:
        """A range of an article, ready to be looked through for many patterns."""
        words = [i for i in range(start, end) if article[i].kind == "word" and i not in skipped]
        keys = [self._keys_at(article, i) for i in words]
        stops = (
            n
            for n, (before, at) in enumerate(pairwise(words), 1)
            if at - before > 1 and is_stopped(article[before + 1 : at])
        )
        return Line(article, words, keys, frozenset().union(*keys), frozenset(stops))

    def _keys_at(self, article: Sequence[Token], position: int) -> frozenset[str]:
        token, before = article[position], article[position - 1].form if position else ""
        if token.light.endswith(TA_MARBUTA):  # "ضمانات قاطعة" is no "boycotted him"
            return self._keys_of_noun(token.form)
        if before in self._governing:
            return self._keys_governed(token.form)
        return self._keys_denied(token.form) if before.lstrip(CONJUNCTIONS) in self._denying else self.keys(token.form)

    def _analyse_governed(self, form: str) -> frozenset[str]:
        """What a word may stand for behind a preposition, where it is no verb in the past: "إلى طلب"."""
        return self.keys(form) - {"~" + shape.lemma for shape, _ in self.shapes(form) if shape.aspect == "past"}

    def is_governed(self, article: Sequence[Token], position: int) -> bool:
        """Whether a word stands behind a preposition."""
        return position > 0 and article[position - 1].form in self._governing

    def _is_behind_denial(self, article: Sequence[Token], position: int) -> bool:
        return position > 0 and article[position - 1].form.lstrip(CONJUNCTIONS) in self._denying

    def _analyse_denied(self, form: str) -> frozenset[str]:
        return self.keys(form) | {"~" + shape.lemma for shape, _ in self.shapes(form, denied=True)}

    def _analyse_noun(self, form: str) -> frozenset[str]:
        """What a word may stand for that is no verb."""
        return frozenset(key for key in self.keys(form) if not key.startswith("~"))

    def _trigger(self, row: Row, pattern: Pattern, found: tuple[int, int], line: Line) -> Trigger:
        aspect: Aspect = "noun"
        future = is_first = is_passive = False
        wanted = _verbs_of(pattern)
        for n in range(found[0], found[1] + 1):  # the verb of a phrase need not be its first word: "هدنة … دخلت"
            position = line.words[n]
            denied = self._is_behind_denial(line.article, position)
            for shape, ahead in self.shapes(line.article[position].form, denied=denied):
                if "~" + shape.lemma in wanted:
                    aspect, future, is_first = shape.aspect, future or ahead, shape.first
                    is_passive = is_passive or shape.passive
        start, end = line.words[found[0]], line.words[found[1]] + 1
        return Trigger(row, start, end, aspect, future, is_first, is_passive, self._is_denied(pattern, found, line))

    def _is_denied(self, pattern: Pattern, found: tuple[int, int], line: Line) -> bool:
        """Whether a word of denial stands before a verb of the pattern, which asks for none."""
        if found[1] - found[0] < 2:
            return False  # as a rule
        verbs = _verbs_of(pattern)
        return any(
            line.article[line.words[n]].form in self._denying and not verbs.isdisjoint(line.keys[n + 1])
            for n in range(found[0] + 1, found[1])
        ) and not any("=" + word in element for word in self._denying for element in pattern if element)


@lru_cache(maxsize=_REMEMBERED)
def _verbs_of(pattern: Pattern) -> frozenset[str]:
    """The keys of verbs in a pattern."""
    return frozenset(key for element in pattern for key in element or () if key.startswith("~"))
