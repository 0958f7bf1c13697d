"""How an act is put: negated, hypothetical, conditional, ahead, wanted, denied, long past.

Pure. The marks are data (`ar/modality.yaml`). Negation is read on the words before their letters are folded, so that
ألا stays apart from إلا and إن from أن.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from typing import Any, Final

from agents.language.names import CONJUNCTIONS
from agents.language.pack import read_table
from agents.language.text import DAMMA, Token, fold, light

_COMMAS: Final = frozenset("،,؛;")
_STOPS: Final = frozenset(".!؟?؛;:")
_ENDS: Final = frozenset(".!؟?")
_PRESENT: Final = "يتن"
_COMPARED: Final = 6  # words from "أعنف" to the year since which it is
_OPENING: Final = 7  # words of a clause that opens with it
_AHEAD: Final = 6  # words before the act among which a verb in the future governs it


@dataclass(frozen=True, slots=True)
class Manner:
    """How one act is put. More than one may hold: "لن ترد إلا إذا هوجمت" is negated and conditional."""

    negated: bool = False
    conditional: bool = False  # there is a condition, and the act stands outside of it
    hypothetical: bool = False  # the act stands in the condition, or is "any" act
    future: bool = False
    possible: bool = False
    obliged: bool = False
    absent: bool = False  # "without", "lack of": the act did not come about, and nobody refuses it
    ceased: bool = False  # the end of the act is told or wanted
    denied: bool = False
    background: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    words: tuple[str, ...]
    rest: tuple[str, ...]  # the folded words behind the first
    kind: str
    reach: int
    exact: bool
    before_verb: bool
    before_present: bool
    after: bool
    until: bool
    not_before: frozenset[str]


@dataclass
class _Scan:
    """The words of a clause, and the act in it whose manner is looked for."""

    article: Sequence[Token]
    words: Sequence[int]
    act: tuple[int, int]
    verb: bool
    past: bool
    apodosis: tuple[str, ...]
    conditions: list[bool] = field(default_factory=list)  # for each condition, whether the act stands outside of it

    def counts(self, mark: _Mark, first: int, last: int) -> bool:
        """Whether a mark at the words `first` to `last` touches the act."""
        begin, end = self.words[first], self.words[last]
        if mark.kind == "background":
            return True
        if self.past and mark.before_present and not self._count(end + 1, self.act[0]):
            return False  # "فقد تظاهر المئات": the verb behind it is known to be past
        if mark.kind == "condition":
            return self._opens_condition(mark, begin, end)
        if mark.after:
            return begin >= self.act[1] and self._count(self.act[1], begin) < mark.reach
        between = self._count(end + 1, self.act[0])
        if self.verb and mark.kind == "negated" and between:
            return False
        return begin < self.act[0] and between < mark.reach and not _stopped(self.article, end, self.act[0], mark.kind)

    def _count(self, begin: int, end: int) -> int:
        """How many words stand in `article[begin:end]`."""
        return max(0, bisect_left(self.words, end) - bisect_left(self.words, begin))

    def _opens_condition(self, mark: _Mark, begin: int, end: int) -> bool:
        if mark.until and self.past and begin >= self.act[1]:
            return False  # "فرضت العقوبات إلى أن اعتذر": it went on until then
        if begin >= self.act[0] and end < self.act[1]:  # a word of the act itself
            return False
        inside = begin < self.act[0] and not any(self._closes(i) for i in range(end, self.act[0] + 1))
        self.conditions.append(not inside)
        return True

    def _closes(self, position: int) -> bool:
        """Whether a condition ends here: at a comma, or at the ف of what follows from it."""
        token = self.article[position]
        return token.text in _COMMAS or token.form.startswith(self.apodosis)


@dataclass(frozen=True)
class Modality:
    """The compiled marks."""

    _marks: Mapping[str, tuple[_Mark, ...]]  # by the folded first word
    was: frozenset[str]
    past: frozenset[str]
    recent: frozenset[str]
    not_future: frozenset[str]
    before_names: frozenset[str]
    ago: frozenset[str]
    long_units: frozenset[str]
    weeks: frozenset[str]
    since: frozenset[str]
    then: frozenset[str]
    never_past: frozenset[str]
    superlative: frozenset[str]
    happened: frozenset[str]
    that: frozenset[str]
    apodosis: tuple[str, ...]
    concessive: frozenset[str]

    def read(
        self,
        article: Sequence[Token],
        start: int,
        end: int,
        act: tuple[int, int],
        *,
        year: int | None = None,
        verb: bool = False,
        past: bool = False,
    ) -> Manner:
        """How the act at tokens `act` is put by the clause `article[start:end]`.

        `year` is the article's; an earlier one in the clause makes the act history. A `verb` is negated only by the
        word before it: "لن يعود بتوقيع يصادر الحق" does not negate يصادر. One in the `past` may not be ahead.
        """
        words = [i for i in range(start, end) if article[i].kind in ("word", "number")]
        scan = _Scan(article, words, act, verb, past, self.apodosis)
        found = {
            mark.kind
            for n, position in enumerate(words)
            if article[position].form in self._beginning
            for mark, last in self._at(article, words, n)
            if scan.counts(mark, n, last)
        }
        if "condition" in found:
            found |= {"conditional" if outside else "hypothetical" for outside in scan.conditions}
        before = bisect_left(words, act[0])
        near = words[max(0, before - _AHEAD) : before]
        if any(self.is_ahead(article, i) for i in (*near, act[0])):
            found.add("future")
        if near and article[near[-1]].form in self.was and self.is_ahead(article, act[0]):
            found.add("hypothetical")  # "حرب كانت ستقتل الآلاف"
        will_not = any(article[i].light in self.never_past for i in words)
        ahead = will_not or not found.isdisjoint(("future", "conditional"))
        known = None if ahead else year  # "لن نعود إلى خطوط عام 1997" tells of no year gone by
        if self._is_history(article, words, known, today=True, past=past) or self._follows_history(
            article, start, words, known
        ):
            found.add("background")
        return Manner(**dict.fromkeys(found - {"condition"}, True))

    def is_ahead(self, article: Sequence[Token], position: int) -> bool:
        """Whether a verb in the future stands at a position; behind a preposition stands a name: "في سيول"."""
        before = article[position - 1].form if position else ""
        return self.is_future(article[position]) and before not in self.before_names

    def is_future(self, token: Token) -> bool:
        """Whether a word is a verb with the future glued on: سيرد, وستعزز."""
        form = token.form[1:] if len(token.form) > 4 and token.form[0] in "وف" else token.form
        return (
            token.kind == "word"
            and len(form) >= 4
            and form[0] == "س"
            and (form[1] in "يتن" or (form[1] == "ا" and "سأ" in token.light[:3]))
            and form not in self.not_future
            and not token.light.endswith("ة")
        )

    def condition_at(self, article: Sequence[Token], position: int, end: int) -> bool:
        """Whether a condition begins at a position."""
        if position < end and article[position].kind == "word" and article[position].form not in self._beginning:
            return False  # as a rule
        words = [i for i in range(position, min(end, position + 5)) if article[i].kind in ("word", "number")]
        begins = bool(words) and article[words[0]].form in self._beginning
        return begins and any(mark.kind == "condition" for mark, _ in self._at(article, words, 0))

    @cached_property
    def _beginning(self) -> frozenset[str]:
        """The words with which a mark may begin; most begin none, and all of a clause are asked for every act."""
        return frozenset(letter + first for first in self._marks for letter in ("", *CONJUNCTIONS))

    def _at(self, article: Sequence[Token], words: Sequence[int], n: int) -> Iterator[tuple[_Mark, int]]:
        """The marks that begin at word `n`, each with the index of its last word."""
        token = article[words[n]]
        firsts = (token.form, token.form[1:]) if token.form[:1] in "وف" and len(token.form) > 2 else (token.form,)
        for first in firsts:
            for mark in self._marks.get(first, ()):
                last = n + len(mark.words) - 1
                if last >= len(words):
                    continue
                if mark.kind == "condition" and self._is_even_if(article, words, n):
                    continue
                led = ("",) if mark.before_verb else ("", "و", "ف")  # "فإن" tells what follows, "وإن" has its row
                if mark.exact and token.light not in [letter + mark.words[0] for letter in led]:
                    continue
                if mark.rest and any(article[words[n + k]].form != word for k, word in enumerate(mark.rest, 1)):
                    continue
                following = article[words[last + 1]] if last + 1 < len(words) else None
                if following is not None and following.form in mark.not_before:
                    continue
                if mark.before_present and not _is_present(following):
                    continue
                if mark.before_verb and not (_is_present(following) or _is_past(following)):
                    continue
                yield mark, last

    def _is_even_if(self, article: Sequence[Token], words: Sequence[int], n: int) -> bool:
        form = article[words[n]].form
        return n > 0 and not self.concessive.isdisjoint((form, f"{article[words[n - 1]].form} {form}"))

    def _is_comparison(self, article: Sequence[Token], words: Sequence[int], n: int, *, past: bool) -> bool:
        """ "في أعنف مواجهة منذ 2011", "تدعمهم منذ 2016": a year since which something is so today."""
        since = any(article[i].form in self.since for i in words[max(0, n - 2) : n])
        most = any(article[i].form.lstrip("وفب") in self.superlative for i in words[max(0, n - _COMPARED) : n])
        return since and (most or not past)

    def _is_history(
        self, article: Sequence[Token], words: Sequence[int], year: int | None, *, today: bool, past: bool
    ) -> bool:
        if self._happened_before(article, words):
            return True
        was = any(article[i].form.lstrip("وف") in self.was for i in words[:4])
        for n, position in enumerate(words):
            token = article[position]
            gone = year is not None and token.form.isdigit() and 1900 < int(token.form) < year
            if gone and not (today and self._is_comparison(article, words, n, past=past)):
                return True
            if token.form in self.ago and self._long(article, words[n + 1 : n + 4]):
                return True
            if was and token.form in self.ago and any(article[i].form in self.weeks for i in words[n + 1 : n + 3]):
                return True
            if was and n and token.form in self.past and article[words[n - 1]].form not in self.recent:
                return True
        return False

    def _happened_before(self, article: Sequence[Token], words: Sequence[int]) -> bool:
        """ "وسبق لأنقرة أن هاجمت": a clause that opens so tells of what was."""
        forms = [article[i].form for i in words[:_OPENING]]
        return bool(forms) and forms[0].lstrip("و") in self.happened and not self.that.isdisjoint(forms)

    def _long(self, article: Sequence[Token], words: Sequence[int]) -> bool:
        """Whether a number of years or months stands at the head of some words."""
        forms = [article[i].form for i in words]
        number = bool(words) and article[words[0]].kind == "number"
        return number and not self.long_units.isdisjoint(forms[1:])

    def _follows_history(self, article: Sequence[Token], start: int, words: Sequence[int], year: int | None) -> bool:
        """Whether a clause tells when the one before it was so, and that one is history."""
        if not words or article[words[0]].form not in self.then:
            return False
        first = start
        while first and article[first - 1].kind != "break" and article[first - 1].text not in _ENDS:
            first -= 1
        before = [i for i in range(first, start) if article[i].kind in ("word", "number")]
        return self._is_history(article, before, year, today=False, past=True)


def _is_present(token: Token | None) -> bool:
    """A guess by the first letter: what follows قد or حتى and begins like a present tense is one."""
    if token is None or token.kind != "word" or len(token.form) <= 2:
        return False
    return token.form[0] in _PRESENT and not (token.form[0] in "تن" and token.form.endswith("ت"))  # "قد نشرت"


def _is_past(token: Token | None) -> bool:
    """A guess: a bare word without article that may be a past tense; إن before a noun has the article or a name."""
    if token is not None and token.text[1:2] == DAMMA:  # "إن مُسّت": written as passive
        return True
    return (
        token is not None
        and token.kind == "word"
        and not token.light.startswith(("ال", "ا", "م"))
        and (token.form.endswith("ت") or len(token.form) <= 4)
        and not token.light.endswith("ة")
    )


def _stopped(article: Sequence[Token], left: int, right: int, kind: str) -> bool:
    stops = _STOPS if kind == "denied" else _STOPS | _COMMAS
    return any(article[i].text in stops for i in range(left + 1, right))


def compile_modality(table: Mapping[str, Any]) -> Modality:
    """Compile the marks. Raises KeyError or ValueError where a row is not well formed."""
    known = {f.name for f in fields(Manner)} | {"condition"}
    marks: dict[str, list[_Mark]] = {}
    for row in table["marks"]:
        if row["kind"] not in known:
            raise ValueError(f"modality: {row['id']} has the unknown kind {row['kind']}")
        exact = row.get("exact", False)
        for text in row["words"]:
            words = tuple(light(word) if exact else fold(word) for word in text.split())
            mark = _Mark(
                words,
                tuple(map(fold, words[1:])),
                row["kind"],
                row.get("reach", 99),
                exact,
                row.get("before_verb", False),
                row.get("before_present", False),
                row.get("after", False),
                row.get("until", False),
                frozenset(fold(word) for word in row.get("not_before", ())),
            )
            marks.setdefault(fold(words[0]), []).append(mark)
    return Modality(
        {first: tuple(rows) for first, rows in marks.items()},
        frozenset(fold(word) for word in table["was"]),
        frozenset(fold(word) for word in table["past"]),
        frozenset(fold(word) for word in table["recent"]),
        frozenset(fold(word) for word in table["not_future"]),
        frozenset(fold(word) for word in table["before_names"]),
        frozenset(fold(word) for word in table["ago"]),
        frozenset(fold(word) for word in table["long_units"]),
        frozenset(fold(word) for word in table["weeks"]),
        frozenset(fold(word) for word in table["since"]),
        frozenset(fold(word) for word in table["then"]),
        frozenset(table["never_past"]),
        frozenset(fold(word) for word in table["superlative"]),
        frozenset(fold(word) for word in table["happened"]),
        frozenset(fold(word) for word in table["that"]),
        tuple(fold(word) for word in table["apodosis"]),
        frozenset(fold(text) for text in table["concessive"]),
    )


@lru_cache(maxsize=1)
def load_modality() -> Modality:
    """The marks of the language pack."""
    return compile_modality(read_table("modality"))
