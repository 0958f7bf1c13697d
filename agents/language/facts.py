"""Facts of a text that decide whether it says the same as another: negation, numbers, dates, names, opposites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from agents.language.date_forms import GREGORIAN, DateForms, Unit, load_date_forms
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, IN, PREPOSITIONS, TO, Mention
from agents.language.pack import read_table
from agents.language.stems import readings, skeleton
from agents.language.text import Token, fold, light, tokens
from agents.language.thesaurus import Thesaurus, folded, load_thesaurus

FindNames = Callable[[Sequence[Token]], Sequence[Mention]]
_NEAR: Final = 3  # words before a number
_BEFORE_NUMBER: Final = AND + IN + TO
_GLUED: Final = (*CONJUNCTIONS, *PREPOSITIONS)
_WORDS: Final = 4096  # of which it is kept whether they are numbers
_OF_TIME: Final = frozenset(["weekday", "month", "month_word"])  # a day is one only before a month


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
    absolute: frozenset[str] = frozenset()  # whether it speaks of "all" or "any", of "only"
    heads: tuple[str, ...] = field(default=(), compare=False, repr=False)  # of the terms, each once

    @property
    def denies(self) -> bool:
        """Whether it denies anything, in any way."""
        return bool(self.negations or self.perhaps)

    @property
    def phrases(self) -> frozenset[str]:
        """The notions that it tells in several words."""
        return _phrases(self.terms)

    @property
    def index(self) -> Mapping[str, Term]:
        """The terms by every key: as large as all the rest, and of thousands that are remembered few are asked."""
        return _index(self.terms)


class FactReader:
    """Reads the facts of a text. Everything about the language is in the tables that it is built from."""

    def __init__(self, table: Mapping[str, Any], thesaurus: Thesaurus, dates: DateForms) -> None:
        self._skip = folded(table["function_words"])
        self._negators = frozenset(light(word) for word in table["negators"])
        self._weak = frozenset(light(word) for word in table["weak_negators"])
        self._contrasts = frozenset(light(word) for word in table["contrasts"])
        self._besides = frozenset(light(word) for word in table["besides"])
        self._hearsay, self._untrue, self._idioms = (_by_first(table[name]) for name in ("hearsay", "untrue", "idioms"))
        self._exceptions = frozenset(light(word) for word in table["exceptions"])
        self._without = _by_first(table["without"])
        self._held = _by_first(table["held"])
        self._planned, self._hours = folded(table["planned"]), folded(table["hours"])
        self._carriers = frozenset(f"#{notion}" for notion in table["carriers"])
        self._subjects = frozenset(f"#{notion}" for notion in table["subjects"])
        self._deniers = frozenset(f"#{notion}" for notion in table["deniers"])
        self._ends = folded(table["quoted_out"])
        self._numbers = {fold(word): float(value) for word, value in table["numbers"].items()}
        self._scales = {fold(word): float(value) for word, value in table["scales"].items()}
        self._duals, self._singles = folded(table["duals"]), folded(table["singles"])
        self._lasting = {fold(word): float(hours) / 24 for word, hours in table["lasting"].items()}
        self._events = folded(table["events"])
        self._between_days = folded(table["between_days"])
        self._teens = folded(table["teens"])
        self._even_if = folded(table["even_if"])
        self._shortened_by = frozenset(light(word) for word in table["shortened"]["after"])
        self._first_person = table["first_person"]
        self._weak_letters = [fold(letter) for letter in table["shortened"]["letters"]]
        self._absolute = {light(word): kind for kind, words in table["absolute"].items() for word in words}
        self._ordinals = {fold(word): int(value) for word, value in table["ordinals"].items()}
        self._numbered = folded(table["numbered"])
        self._adjectives = (ARTICLE, *folded(table["un"]))  # how one begins that describes what is numbered
        self._percent, self._per = folded(table["percent"]), folded(table["per"])
        self._word = lru_cache(_WORDS)(self._number_of)
        self._thesaurus = thesaurus
        self._dates = dates
        self._of_time = frozenset(
            form for form, phrases in dates.phrases.items() if any(phrase.kind in _OF_TIME for phrase in phrases)
        )

    def read(self, text: str, find_names: FindNames | None = None, denied: bool = False) -> Facts:
        """The facts of `text`; with `denied`, the whole of it is what somebody denies."""
        words = list(tokens(text))
        denied ^= self._is_hearsay(words)
        mentions = find_names(words) if find_names else ()
        named = _in_names(words, mentions)
        taken = set(named)
        days, months, weekdays, naming = self._times(_without(words, named), taken)
        ordinals = self._which(words, taken)
        amounts = list(self._amounts(words, taken))
        taken -= named
        terms: dict[int, tuple[str, tuple[str, ...]]] = {}
        for mention in mentions:
            if not taken & set(range(mention.start, mention.end)):
                terms[mention.start] = (f"@{mention.target}", ())
                taken.update(range(mention.start, mention.end))
        rest = _without(words, taken)
        joined = {mention.start for mention in mentions if mention.clitics.startswith(AND)}
        phrases: set[int] = set()
        within: set[int] = set()  # a negator in a phrase is part of its meaning: "without precedent"
        for found in self._thesaurus.find(rest):
            if found.end - found.start > 1:
                within.update(range(found.start, found.end))
            if found.end - found.start == 1 and self._is_function(words[found.start], AND):
                continue
            if found.end - found.start == 1:
                keys = self._keys(words[found.start].form)
            else:
                keys = self._keys_within(words[found.start : found.end])
                phrases.add(found.start)
            terms[found.start] = (f"#{found.notion}", keys)
            taken.update(range(found.start, found.end))
        for i, token in enumerate(words):
            if i not in taken and token.kind == "word" and not self._is_function(token):
                terms.update(self._term_at(words, i))
        carriers = self._carrying(terms)
        deniable = [at for at, (head, _) in sorted(terms.items()) if head[0] != "@" and head not in self._subjects]
        negated, excepted, count, perhaps = self._negation(words, deniable, within, carriers)
        absolute = {self._absolute_in(token.light) for token in words}
        for at in deniable:
            if terms[at][0] in self._deniers and at not in negated:
                end = self._end_of_scope(words, at)
                perhaps += 1
                negated.symmetric_difference_update(_denied([it for it in deniable if at < it < end], carriers))
        said = tuple(
            _term(
                head, (head, *keys), (i in negated) != denied, words[i].text, i in excepted, i in phrases, i in joined
            )
            for i, (head, keys) in sorted(terms.items())
        )
        return Facts(
            terms=said,
            numbers=frozenset(value for value, _ in amounts) or _NO_NUMBERS,
            lasting=frozenset(value * lasts for value, lasts in amounts if lasts) or _NO_NUMBERS,
            days=days,
            months=months,
            weekdays=weekdays,
            names=one_set(tuple(mention.target for mention in mentions)),
            negations=count + denied,
            denied=denied,
            perhaps=perhaps,
            ordinals=ordinals,
            naming=naming,
            absolute=one_set(tuple(sorted(absolute - {""}))),
            heads=tuple(dict.fromkeys(term.head for term in said)),
        )

    def _absolute_in(self, form: str) -> str:
        return self._absolute.get(form) or (self._absolute.get(form[1:], "") if form[:1] in _GLUED else "")

    def _is_function(self, token: Token, prefixes: Iterable[str] = _GLUED) -> bool:
        return token.form in self._skip or (token.form[0] in prefixes and token.form[1:] in self._skip)

    @staticmethod
    @lru_cache(maxsize=16384)
    def _keys(form: str) -> tuple[str, ...]:
        stems = [stem for stem in readings(form) if len(stem) > 2]
        bones = skeleton(form)
        shortest = sorted(stems, key=len) or [form]
        return (*dict.fromkeys(shortest), *((f"~{bones}",) if bones else ()))

    def _term_at(self, words: Sequence[Token], at: int) -> dict[int, tuple[str, tuple[str, ...]]]:
        """What a word that stands for no notion is matched by, if it is not too short."""
        form = words[at].form
        if at and (whole := self._whole(words[at - 1].light, words[at])):
            return {at: (f"#{self._thesaurus.notion_of(whole)}", self._keys(whole))}
        keys = self._keys(form)
        return {at: (keys[0], keys[1:])} if len(form) > 2 else {}

    def _whole(self, before: str, word: Token) -> str | None:
        """A verb after a negator as the thesaurus knows it: of the third person, and with the weak letter that it has
        lost at its end or before its last consonant.
        """
        if before not in self._negators and before not in self._shortened_by:
            return None
        mine, other = self._first_person
        form = other + word.form[1:] if word.light.startswith(mine) else word.form
        found = [form]
        if before in self._shortened_by:
            found += [form + letter for letter in self._weak_letters]
            found += [form[:-1] + letter + form[-1] for letter in self._weak_letters]
        return next((whole for whole in found if self._thesaurus.notion_of(whole)), None)

    def _keys_within(self, words: Sequence[Token]) -> tuple[str, ...]:
        """What the words of a phrase mean one by one; nothing where one of them denies."""
        if any(word.light in self._negators or word.light in self._weak for word in words):
            return ()
        keys: dict[str, None] = {}
        for word in words:
            if word.kind == "word" and len(word.form) > 2 and not self._is_function(word):
                notion = self._thesaurus.notion_of(word.form)
                keys.update(dict.fromkeys([f"#{notion}"] if notion else self._keys(word.form)))
        return tuple(keys)

    def _negation(
        self, words: Sequence[Token], terms: Sequence[int], within: set[int], carriers: set[int]
    ) -> tuple[set[int], set[int], int, int]:
        """Positions of the terms that are denied, of those denied but for an exception; how often, and perhaps."""
        negated: set[int] = set()
        excepted: set[int] = set()
        count = perhaps = 0
        made_good = -1  # the place of a "without" after another negator: no deal without guarantees
        for i, token in enumerate(words):
            form = token.light
            if i == made_good:
                continue
            if form not in self._negators and not (form[:1] in CONJUNCTIONS + IN and form[1:] in self._negators):
                continue
            if i in within or self._is_idiom(words, i):
                continue
            end = self._end_of_scope(words, i)
            exception = next((at for at in range(i + 1, end) if words[at].light in self._exceptions), None)
            if exception is None and form not in self._weak:
                without = next((at for at in range(i + 2, end) if _stands(words, at, self._without)), -1)
                if any(i < at < without for at in terms):
                    exception = without
                    made_good = without if words[without].light in self._negators else without + 1
            if exception is not None:
                excepted.update(at for at in terms if i < at < exception)
                perhaps += 1
                continue
            follows = form in self._contrasts and words[i + 1 : i + 2] and words[i + 1].form.startswith(ARTICLE)
            if form in self._weak or follows or (i and form in self._besides):
                perhaps += 1
            else:
                count += 1
            negated.symmetric_difference_update(_denied([at for at in terms if i < at < end], carriers))
        return negated, excepted, count, perhaps

    def _carrying(self, terms: Mapping[int, tuple[str, tuple[str, ...]]]) -> set[int]:
        """Terms that only carry the next: has no wish to; or are of one notion with it: to launch an attack."""
        heads = [(at, terms[at][0]) for at in sorted(terms)]
        twice = {at for (at, head), (_, following) in pairwise(heads) if head == following}
        return twice | {at for at, head in heads if head in self._carriers}

    def _end_of_scope(self, words: Sequence[Token], at: int) -> int:
        """Where the negation at a token ends: at a contrast or a pause."""
        end = at + 1
        while end < len(words) and not (words[end].text in "،,.؛;:؟!\n" or words[end].form in self._ends):
            end += 1
        return end

    def _is_idiom(self, words: Sequence[Token], at: int) -> bool:
        return _stands(words, at, self._idioms)

    def _is_hearsay(self, words: Sequence[Token]) -> bool:
        """Whether a text only tells that something is not true: "the reports of a withdrawal are incorrect"."""
        for first, then in ((self._hearsay, self._untrue), (self._untrue, self._hearsay)):
            if _stands(words, 0, first):
                return any(_stands(words, at, then) for at in range(1, len(words)))
        return False

    def _times(self, words: Sequence[Token], taken: set[int]) -> tuple[frozenset[int], ...]:
        days: set[int] = set()
        months: set[int] = set()
        weekdays: set[int] = set()
        naming: set[int] = set()
        if not any(word.form in self._of_time for word in words):
            return _NO_DAYS, _NO_DAYS, _NO_DAYS, _NO_DAYS
        units = self._dates.units(words)
        ours = any(unit.kind == "month" and unit.calendar == GREGORIAN for unit in units)

        def is_ours(month: Unit) -> bool:
            """Not the same day in another calendar: "12 جمادى الآخرة الموافق 14 يناير"."""
            return not ours or month.calendar == GREGORIAN

        for n, unit in enumerate(units):
            ahead = units[n + 1 : n + 6]
            if unit.kind == "weekday":
                weekdays.add(unit.value)
                opens = self._before_hours(words, unit.first - 1) < 0  # "on Monday that": it was said then
                naming.update([unit.value] if opens or self._is_event(words, unit.first - 1) else ())
                taken.update(range(unit.first, unit.last + 1))
            elif unit.kind == "month":
                months.update([unit.value] if is_ours(unit) else ())
                taken.update(range(unit.first, unit.last + 1))
            elif self._is_day(unit, words, ahead):
                days.update([unit.value] if is_ours(next((u for u in ahead if u.kind == "month"), unit)) else ())
                naming.update([unit.value] if self._is_event(words, unit.first - 1) else ())
                taken.update(range(unit.first, unit.last + 1))
        return tuple(frozenset(found) or _NO_DAYS for found in (days, months, weekdays, naming))

    def _is_day(self, unit: Unit, words: Sequence[Token], ahead: Sequence[Unit]) -> bool:
        """Whether a month follows at once, or after other days of it: "9 to 10 January", not "ten dead in January"."""
        if unit.kind != "day" and not (unit.kind == "number" and 0 < unit.value < 32):
            return False
        for other in ahead:
            if other.kind in ("month", "month_word"):
                return True
            if other.kind == "other" and words[other.first].form not in self._between_days:
                return False
        return False

    def _is_event(self, words: Sequence[Token], at: int) -> bool:
        """Whether a date after a word tells which event is meant: its noun has no article, or it is planned then."""
        form = words[at].form if at >= 0 else ""
        if form in self._events or (form[:1] in CONJUNCTIONS + PREPOSITIONS and form[1:] in self._events):
            return True
        at = self._before_hours(words, at)
        return at >= 0 and (words[at].form in self._planned or _stands(words, at - 1, self._held))

    def _before_hours(self, words: Sequence[Token], at: int) -> int:
        while at >= 0 and words[at].form in self._hours:
            at -= 1
        return at

    def _which(self, words: Sequence[Token], taken: set[int]) -> frozenset[int]:
        """The ordinals after a noun for what is numbered, other adjectives aside: "the second indirect round"."""
        if not any(word.form.removeprefix(AND).removeprefix(ARTICLE) in self._ordinals for word in words):
            return _NO_DAYS
        found: set[int] = set()
        numbered = False
        for at, word in enumerate(words):
            bare = word.form.removeprefix(AND).removeprefix(ARTICLE)
            if word.kind == "word" and not self._numbered.isdisjoint(readings(word.form)):
                numbered = True
            elif numbered and at not in taken and bare in self._ordinals:
                found.add(self._ordinals[bare])
            elif at in taken or not word.form.startswith(self._adjectives):
                numbered = False
        return frozenset(found) or _NO_DAYS

    def _amounts(self, words: Sequence[Token], taken: set[int]) -> Iterable[tuple[float, float]]:
        """Numbers in figures and in words, with their scales, and what a dual says as 2.

        Each with the days that the unit after it lasts, or 0.
        """
        at = 0
        while at < len(words):
            value, end = self._amount(words, at, taken)
            if value is None:
                at += 1
                continue
            taken.update(range(at, end))
            if not self._even_if.isdisjoint(word.form for word in words[max(at - _NEAR, 0) : at]):
                at = end  # a figure of speech: not in a hundred years
                continue
            alone = words[at].form in self._duals or words[at].form in self._singles
            unit = words[at] if alone else words[min(end, len(words) - 1)]
            yield value, self._lasting.get(unit.form, 0.0)
            at = end

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

    def _number_of(self, form: str) -> float | None:
        for stem in (form, form[1:] if form[0] in _BEFORE_NUMBER else form, form.removeprefix(ARTICLE)):
            if stem in self._numbers:
                return self._numbers[stem]
            if stem in self._scales:
                return self._scales[stem]
        return None


def _by_first(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    """Phrases by their first words: what follows them."""
    found: dict[str, list[list[str]]] = {}
    for first, *rest in ([light(part) for part in phrase.split()] for phrase in phrases):
        found.setdefault(first, []).append(rest)
    return found


def _stands(words: Sequence[Token], at: int, phrases: Mapping[str, Sequence[Sequence[str]]]) -> bool:
    """Whether one of the phrases stands at a word, the first of its words with or without a letter before it."""
    first = words[at].light if at < len(words) else ""
    return any(
        [word.light for word in words[at + 1 : at + 1 + len(rest)]] == rest
        for form in (first, first[1:])
        for rest in phrases.get(form, ())
    )


def _denied(ahead: Sequence[int], carriers: set[int]) -> Iterator[int]:
    """The terms that a negator before them denies: one, and those that only carry the next: has no wish to.

    More of them would deny the object with the verb.
    """
    for at in ahead:
        yield at
        if at not in carriers:
            return


_term = lru_cache(maxsize=4096)(Term)  # statements share their terms: thousands of them are remembered
_NO_NUMBERS: Final[frozenset[float]] = frozenset()  # one for all; each empty set would take 216 bytes
_NO_DAYS: Final[frozenset[int]] = frozenset()


@lru_cache(maxsize=4096)
def one_set(names: tuple[str, ...]) -> frozenset[str]:
    """A set of few names, the same for all statements that have them."""
    return frozenset(names)


@lru_cache(maxsize=1024)
def _index(terms: tuple[Term, ...]) -> Mapping[str, Term]:
    """The first term by each key; words go before phrases that hold them."""
    index = {key: term for term in reversed(terms) if term.phrase for key in term.keys[1:]}
    index.update((key, term) for term in reversed(terms) for key in (term.keys[:1] if term.phrase else term.keys))
    return index


@lru_cache(maxsize=4096)
def _phrases(terms: tuple[Term, ...]) -> frozenset[str]:
    return one_set(tuple(term.head for term in terms if term.phrase))


def _figure(token: Token) -> float | None:
    text = token.form.replace("٫", ".").replace("٬", "").replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


def _in_names(words: Sequence[Token], mentions: Sequence[Mention]) -> set[int]:
    """The tokens after the first word of a name: the numbers and dates in them are no facts ("حركة 20 فبراير")."""
    longer = (mention for mention in mentions if words[mention.start].kind == "word")
    return {at for mention in longer for at in range(mention.start + 1, mention.end)}


def _without(words: Sequence[Token], positions: set[int]) -> list[Token]:
    found = list(words)
    for at in positions:
        found[at] = _blank(words[at])
    return found


def _blank(token: Token) -> Token:
    return Token(token.start, token.end, "", "", "", "punct")


def load_fact_reader() -> FactReader:
    """The reader with the tables of the language pack."""
    return FactReader(read_table("facts"), load_thesaurus(), load_date_forms())
