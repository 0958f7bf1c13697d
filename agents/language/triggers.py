"""Words that tell of an act: the table `ar/acts.yaml` compiled, and finding its rows among the words of an article.

Pure; knows no names. A trigger is a verb, a noun or a phrase of a row, with the position of its first word and how
that word is inflected. Whether the act is told, denied, threatened or wanted is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Literal

from agents.language.names import without_clitics, words_of
from agents.language.pack import past_forms, present_forms, read_table
from agents.language.tables import word_set
from agents.language.text import Token, fold

Aspect = Literal["past", "present", "noun"]

_GAP: Final = 5  # words that "…" may stand for
_PARTICLE: Final = 3  # letters of a particle with و or ف before it
_NEAR: Final = 8  # words within which `needs` and `never` are looked for
_ARGUMENT: Final = 12  # words after a verb within which what it `needs` may stand: subject and date come between
_REMEMBERED: Final = 1 << 14  # words whose keys are kept
_STOPS: Final = frozenset(".!؟?؛;:")
_PRONOUNS: Final = ("هما", "ها", "هم", "نا", "كم", "ه", "ك")
_PLURALS: Final = ("ين", "ون", "ان")
_TRAITS: Final = (
    "near", "stays", "mutual", "victim", "said", "own", "other", "blames", "needs_future", "not_past", "breaks",
    "ends_ties", "disclaims", "demands", "promises", "stake", "suffers", "spoken", "between",
)  # fmt: skip
_PREPOSITIONS: Final = "بلك"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a verb is inflected."""

    lemma: str
    aspect: Aspect
    first: bool = False  # first person: نحن, أنا
    passive: bool = False  # in its letters: حوصر, أعيد


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


# What is kept where a clause holds several acts: threats and refusals tell more than the acts that they are about.
_RANK: Final = {
    "THREATEN": 7, "REJECT": 6, "ACCUSE": 5, "ASSAULT": 6, "SANCTION": 6, "MOBILIZE": 6, "COERCE": 5, "PROTEST": 5,
    "REQUEST": 5, "RETREAT": 3, "AGREE": 3, "CONCEDE": 3, "SUPPORT": 3, "COOPERATE": 3, "AID": 3, "CONSULT": 1,
}  # fmt: skip


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
    _headed_by: Callable[[frozenset[str]], tuple[tuple[frozenset[str], Pattern, Row], ...]] = field(init=False)

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
        if len(form) == _PARTICLE and form[0] in "وف":  # ولا, فلن
            yield from self._nouns.get(form[1:], ())
        bare = form[1:] if len(form) > 3 and form[0] in "وف" else form
        if len(bare) > 2 and bare[0] in _PREPOSITIONS:
            yield "=" + bare[0]

    def shapes(self, form: str, *, denied: bool = False) -> list[tuple[Shape, bool]]:
        """The verbs that a folded word may be, and whether the future is glued on; `denied` behind لن and لم."""
        if form in self._no_verb:
            return []
        found = [(shape, future) for base, future in _verbal(form) for shape in self._verbs.get(base, ())]
        if found or not (denied or form.lstrip("وف").startswith("سا")):
            return found
        singular = ((base, future) for base, future in _verbal(form) if denied or future)
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
            for ending, pattern, row in self._headed_by(keys):
                if ending.isdisjoint(line.held):
                    continue  # as a rule
                last = line.match(pattern, n)
                if last is not None and _allowed(row, pattern, n, last, line):
                    found.append(self._trigger(row, pattern, (n, last), line))
        return found

    def _find_headed_by(self, keys: frozenset[str]) -> tuple[tuple[frozenset[str], Pattern, Row], ...]:
        """The patterns whose first word may be one with these keys, each with the keys of its last word."""
        found = (row for key in sorted(keys) for row in self._patterns.get(key, ()))  # sets have no order
        return tuple((ending, pattern, row) for pattern, row in found if (ending := pattern[-1]) is not None)

    def line(self, article: Sequence[Token], start: int, end: int, skipped: frozenset[int] = frozenset()) -> Line:
        """A range of an article, ready to be looked through for many patterns."""
        words = [i for i in range(start, end) if article[i].kind == "word" and i not in skipped]
        keys = [
            self._keys_of_noun(article[i].form)
            if article[i].light.endswith("ة")  # "ضمانات قاطعة" is no "boycotted him"
            else self._keys_governed(article[i].form)
            if self.is_governed(article, i)
            else self._keys_denied(article[i].form)
            if self._is_behind_denial(article, i)
            else self.keys(article[i].form)
            for i in words
        ]
        stops = (
            n
            for n, (before, at) in enumerate(pairwise(words), 1)
            if at - before > 1 and _is_stopped(article[before + 1 : at])
        )
        return Line(article, words, keys, frozenset().union(*keys), frozenset(stops))

    def _analyse_governed(self, form: str) -> frozenset[str]:
        """What a word may stand for behind a preposition, where it is no verb in the past: "إلى طلب"."""
        return self.keys(form) - {"~" + shape.lemma for shape, _ in self.shapes(form) if shape.aspect == "past"}

    def is_governed(self, article: Sequence[Token], position: int) -> bool:
        """Whether a word stands behind a preposition."""
        return position > 0 and article[position - 1].form in self._governing

    def _is_behind_denial(self, article: Sequence[Token], position: int) -> bool:
        return position > 0 and article[position - 1].form.lstrip("وف") in self._denying

    def _analyse_denied(self, form: str) -> frozenset[str]:
        return self.keys(form) | {"~" + shape.lemma for shape, _ in self.shapes(form, denied=True)}

    def _analyse_noun(self, form: str) -> frozenset[str]:
        """What a word may stand for that is no verb."""
        return frozenset(key for key in self.keys(form) if not key.startswith("~"))

    def _trigger(self, row: Row, pattern: Pattern, found: tuple[int, int], line: Line) -> Trigger:
        aspect: Aspect = "noun"
        future = is_first = is_passive = False
        wanted = {key[1:] for element in pattern if element for key in element if key.startswith("~")}
        for n in range(found[0], found[1] + 1):  # the verb of a phrase need not be its first word: "هدنة … دخلت"
            position = line.words[n]
            denied = self._is_behind_denial(line.article, position)
            for shape, ahead in self.shapes(line.article[position].form, denied=denied):
                if shape.lemma in wanted:
                    aspect, future, is_first = shape.aspect, future or ahead, shape.first
                    is_passive = is_passive or shape.passive
        start, end = line.words[found[0]], line.words[found[1]] + 1
        return Trigger(row, start, end, aspect, future, is_first, is_passive, self._is_denied(pattern, found, line))

    def _is_denied(self, pattern: Pattern, found: tuple[int, int], line: Line) -> bool:
        """Whether a word of denial stands before a verb of the pattern, which asks for none."""
        verbs = {key for element in pattern for key in element or () if key.startswith("~")}
        return any(
            line.article[line.words[n]].form in self._denying and not verbs.isdisjoint(line.keys[n + 1])
            for n in range(found[0] + 1, found[1])
        ) and not any("=" + word in element for word in self._denying for element in pattern if element)


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
        return any(self._has(pattern, begin, end) for pattern in patterns.rows)

    def _has(self, pattern: Pattern, begin: int, end: int) -> bool:
        head = pattern[0]
        if head is None or head.isdisjoint(self.held):
            return False
        places = [n for n in range(begin, end) if not head.isdisjoint(self.keys[n])]
        return any(self.match(pattern, n) is not None for n in places)


def _is_stopped(between: Sequence[Token]) -> bool:
    return any(token.text in _STOPS or token.kind == "break" for token in between)


def _allowed(row: Row, pattern: Pattern, first: int, last: int, line: Line) -> bool:
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


@lru_cache(maxsize=16384)
def _verbal(form: str) -> tuple[tuple[str, bool], ...]:
    """The forms under which a word may stand in the table of verbs, and whether the future is glued on."""
    found: dict[tuple[str, bool], None] = {}
    rests = [form]
    if len(form) > 3 and form[0] in "وف":
        rests.append(form[1:])
    for rest in tuple(rests):
        if len(rest) > 3 and rest[0] == "ل" and rest[1] in "يتن":
            rests.append(rest[1:])
    for rest in rests:
        heads = [(rest, False)]
        if len(rest) > 3 and rest[0] == "س" and rest[1] in "يتنا":
            heads.append((rest[1:], True))
        for head, future in heads:
            found[head, future] = None
            for pronoun in _PRONOUNS:
                if head.endswith(pronoun) and len(head) - len(pronoun) >= 3:
                    found[head[: -len(pronoun)], future] = None
    return tuple(found)


@lru_cache(maxsize=16384)
def nominal(form: str) -> tuple[str, ...]:
    """The forms under which a word may stand in the table of nouns: without clitics, article, pronoun, number, case."""
    found: dict[str, None] = {}
    for rest in without_clitics(form):
        bases = [rest, rest[2:]] if rest.startswith(("ال", "لل")) and len(rest) > 3 else [rest]
        for base in bases:
            found[base] = None
            if base.endswith("ا") and len(base) > 3:
                found[base[:-1]] = None
            if base.endswith("ات") and len(base) > 4:
                found[base[:-2] + "ه"] = None
                found[base[:-2]] = None
            if base.endswith(("تي", "تا")) and len(base) > 5:  # before a genitive: حاملتي طائرات
                found[base[:-2] + "ه"] = None
            if base.endswith(("تين", "تان")) and len(base) > 5:
                found[base[:-3] + "ه"] = None
            for plural in _PLURALS:
                if base.endswith(plural) and len(base) - len(plural) >= 3:
                    found[base[: -len(plural)]] = None
            for pronoun in _PRONOUNS:
                if base.endswith(pronoun) and len(base) - len(pronoun) >= 3:
                    stem = base[: -len(pronoun)]
                    found[stem] = None
                    if stem.endswith("ت"):
                        found[stem[:-1] + "ه"] = None
                        if stem.endswith("ات"):
                            found[stem[:-2] + "ه"] = None
    return tuple(found)


def _inflections(past: str, present: str) -> Iterator[tuple[str, Aspect, bool]]:
    if past.endswith("ي"):  # a ي that stays: لقيت, رضيت; that of أعطى goes
        for ending in ("ت", "تا"):
            yield fold(past) + ending, "past", False
    hamza = past.endswith("أ")  # its last letter is no weak one: أرجأت, أطفؤوا
    past, present = fold(past), fold(present)
    if hamza:
        for ending in ("ت", "تا", "وا", "ءوا"):
            yield past[: -1 if ending == "ءوا" else None] + ending, "past", False
    for form, _, _ in past_forms(past):
        yield form, "past", False
    if not past.endswith(("ي", "ا")):
        yield past + "نا", "past", True
    for form, _, _ in present_forms(present):
        yield form, "present", False
    yield "ن" + present[1:], "present", True
    if present.endswith(("ي", "و")) and len(present) > 3:  # the jussive of a weak verb: لم يخل, لم يأت
        for person in "يتن":
            yield person + present[1:-1], "present", person == "ن"
    if len(present) > 3 and present[-2] in "ويا" and len(past) > 2 and past[-2] == "ا":  # hollow: لم يثر, لم تعد
        for person in "يت":  # with ن it is another word more often: نقل, نزل
            yield person + present[1:-2] + present[-1], "present", False


def _passive(past: str) -> str | None:
    """The past of a verb in the passive, where its letters differ: حاصر → حوصر, أعاد → أعيد, ألقى → ألقيت."""
    if past[0] == "و":  # ووجه is "and directed" more often
        return None
    if past.endswith("ى"):
        return past[:-1] + "ي"
    if len(past) == 4 and past[1] == "ا":
        return past[0] + "و" + past[2:]
    if len(past) == 5 and past[0] == "ت" and past[2] == "ا":
        return past[:2] + "و" + past[3:]
    if past.startswith("استأ"):
        return "استؤ" + past[4:]
    hollow = (past[0] == "أ" and len(past) == 4) or (past[0] == "ا" and len(past) in (5, 6))
    return past[:-2] + "ي" + past[-1] if hollow and past[-2] == "ا" else None


class _Compiler:
    """Turns the table's words into keys, patterns and rows."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.nouns: dict[str, set[str]] = {}
        self.verbs: dict[str, list[Shape]] = {}
        self.singular: dict[str, list[Shape]] = {}
        self.patterns: dict[str, list[tuple[Pattern, Row]]] = {}
        self.rows: list[Row] = []
        self.wanted: set[str] = set()
        self.only_before = word_set(table.get("only_before", ()))
        for past, present in table["verbs"]:
            self._verb(past, present)
        for row in table["acts"]:
            for past, present in row.get("verbs", ()):
                self._verb(past, present)
        for name, words in table["classes"].items():
            for word in words:
                (only,) = words_of(word)
                self._noun(only, "@" + name)
        for row in table["acts"]:
            self._row(row)
        self.speech = {
            name: Patterns.of(self.pattern(text) for text in texts) for name, texts in table.get("speech", {}).items()
        }
        if unknown := self.wanted - {shape.lemma for shapes in self.verbs.values() for shape in shapes}:
            raise ValueError(f"acts: phrases use verbs that the table does not hold: {sorted(unknown)}")

    def _verb(self, past: str, present: str) -> None:
        lemma = fold(past)
        for form, aspect, first in _inflections(past, present):
            shape = Shape(lemma, aspect, first)
            if shape not in self.verbs.setdefault(form, []):
                self.verbs[form].append(shape)
        self.singular.setdefault("ا" + fold(present)[1:], []).append(Shape(lemma, "present", first=True))
        for form, _, _ in past_forms(fold(_passive(past) or past)):
            if not any(shape.lemma == lemma for shape in self.verbs.setdefault(form, [])):
                self.verbs[form].append(Shape(lemma, "past", passive=True))

    def _noun(self, word: str, key: str) -> None:
        base = word[2:] if word.startswith("ال") and len(word) > 3 else word
        self.nouns.setdefault(base, set()).add(key)

    def pattern(self, text: str) -> Pattern:
        elements: list[Element] = []
        for part in text.split():
            if part == "…":
                elements.append(None)
                continue
            keys: set[str] = set()
            for option in part.split("|"):
                if option.startswith("@"):
                    keys.add(option)
                elif option.startswith("~"):
                    keys.add("~" + fold(option[1:]))
                    self.wanted.add(fold(option[1:]))
                else:
                    word = fold(option)
                    base = word[2:] if word.startswith("ال") and len(word) > 3 else word
                    self._noun(word, "=" + base)
                    keys.add("=" + base)
            elements.append(frozenset(keys))
        return tuple(elements)

    def _row(self, row: Mapping[str, Any]) -> None:
        never = row.get("never", ())
        compiled = Row(
            id=row["id"],
            type=row["type"],
            mode=row.get("mode"),
            context=tuple(row.get("context", ())),
            rank=row.get("rank", _RANK[row["type"]]),
            needs=Patterns.of(self.pattern(text) for text in row.get("needs", ())),
            never=Patterns.of(self.pattern(text) for text in never if fold(text) not in self.only_before),
            never_before=Patterns.of(self.pattern(text) for text in never if fold(text) in self.only_before),
            **{trait: True for trait in _TRAITS if row.get(trait)},
        )
        self.rows.append(compiled)
        texts = [*("~" + past for past, _ in row.get("verbs", ())), *row.get("nouns", ()), *row.get("phrases", ())]
        for pattern in (self.pattern(text) for text in texts):
            for key in pattern[0] or ():
                self.patterns.setdefault(key, []).append((pattern, compiled))


def compile_triggers(table: Mapping[str, Any]) -> Triggers:
    """Compile a table of acts. Raises KeyError or ValueError where it is not well formed."""
    compiler = _Compiler(table)
    return Triggers(
        rows=tuple(compiler.rows),
        speech=compiler.speech,
        _patterns={key: tuple(rows) for key, rows in compiler.patterns.items()},
        _verbs={form: tuple(shapes) for form, shapes in compiler.verbs.items()},
        _singular={form: tuple(shapes) for form, shapes in compiler.singular.items()},
        _nouns={base: frozenset(keys) for base, keys in compiler.nouns.items()},
        _no_verb=word_set(table["no_verb"]),
        _governing=word_set(table["governing"]),
        _denying=word_set(table["inside"]),
    )


@lru_cache(maxsize=1)
def load_triggers() -> Triggers:
    """The acts of the language pack."""
    return compile_triggers(read_table("acts"))
