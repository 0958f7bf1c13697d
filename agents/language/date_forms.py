"""The words that dates are made of, read from `ar/dates.yaml`, and the calendars they count in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import jdatetime
import yaml
from hijridate import Gregorian, Hijri

from agents.language.names import AND, ARTICLE, CONJUNCTIONS, IN, LIKE, PREPOSITIONS, SO, TO, words_of
from agents.language.text import Token, fold, light, tokens

GREGORIAN: Final = "gregorian"
HIJRI: Final = "hijri"
JALALI: Final = "jalali"
_LONG_ENOUGH: Final = 5  # letters a word needs before ب ك ل are taken for prepositions: باب is not "in August"
_FUTURE: Final = 5  # letters of the shortest verb with س

_OPENING: Final = frozenset('«"“(')
_GLUED: Final = (*CONJUNCTIONS, *PREPOSITIONS)


@dataclass(slots=True, unsafe_hash=True)  # not frozen, as tokens are not
class Unit:
    """One word of a date (or one word that is none): tokens `first` to `last`, and what it means there.

    `kind` is a section or word kind of dates.yaml, "day" for an ordinal, "number", "punct", "break" or "other".
    """

    kind: str
    value: int
    first: int
    last: int
    form: str
    calendar: str = GREGORIAN
    joined: bool = False  # it carries a leading و


@dataclass(frozen=True, slots=True)
class _Phrase:
    rest: tuple[str, ...]
    kind: str
    value: int
    calendar: str
    joined: bool
    written: str | None


@dataclass(frozen=True, slots=True)
class DateForms:
    """Look-ups over the words of dates. All keys are folded."""

    phrases: Mapping[str, Sequence[_Phrase]]
    counts: Mapping[str, int]
    spans: Mapping[str, int]
    sets: Mapping[str, frozenset[str]]
    future_prefixes: tuple[str, ...]

    def is_future_verb(self, form: str) -> bool:
        """Whether a folded word is a verb of what is to come: "ستعقد"."""
        if len(form) < _FUTURE or not form.startswith(self.future_prefixes):
            return False
        return not form.startswith(tuple(self.sets["future_not"]))

    def units(self, words: Sequence[Token]) -> list[Unit]:
        """The tokens as words of dates, longest phrase first; every token is part of exactly one unit."""
        found: list[Unit] = []
        last = -1
        for position, token in enumerate(words):
            if position <= last:
                continue
            if token.form in self.phrases or token.kind == "number":
                unit = self._unit(words, position)
                last = unit.last
            else:
                unit = Unit("other" if token.kind == "word" else token.kind, 0, position, position, token.form)
            found.append(unit)
        for at in [at for at, unit in enumerate(found) if unit.kind == "month"]:
            if at > 1 and found[at - 1].kind in ("number", "day") and self._is_named(found, at - 1):
                found[at - 1], found[at] = replace(found[at - 1], kind="other"), replace(found[at], kind="other")
        return found

    def _is_named(self, units: Sequence[Unit], at: int) -> bool:
        """Whether a day and month are somebody's name: "حركة 20 فبراير", "قوى «14 آذار»"."""
        before = at - 1 if units[at - 1].form not in _OPENING or at < 2 else at - 2
        form = units[before].form
        return not self.sets["named_after"].isdisjoint((form, form[1:]) if form[:1] in _GLUED else (form,))

    def _unit(self, words: Sequence[Token], position: int) -> Unit:
        token = words[position]
        if token.kind == "number":
            value = int(token.light) if token.light.isdigit() and len(token.light) <= 4 else -1
            return Unit("number", value, position, position, token.light)
        if token.kind != "word":
            return Unit(token.kind, 0, position, position, token.form)
        for phrase in self.phrases.get(token.form, ()):
            end = position + 1 + len(phrase.rest)
            if phrase.rest and tuple(word.form for word in words[position + 1 : end]) != phrase.rest:
                continue
            if phrase.written and not token.light.endswith(phrase.written):
                continue
            return Unit(phrase.kind, phrase.value, position, end - 1, token.form, phrase.calendar, phrase.joined)
        return Unit("other", 0, position, position, token.form)


def gregorian(year: int, month: int, day: int, calendar: str = GREGORIAN) -> date | None:
    """The date in our calendar, or None where there is no such day."""
    try:
        if calendar == HIJRI:
            return date(*Hijri(year, month, day).to_gregorian().datetuple())
        if calendar == JALALI:
            converted: date = jdatetime.date(year, month, day).togregorian()
            return converted
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_in(day: date, calendar: str) -> int:
    """The year of a calendar in which the day lies."""
    if calendar == HIJRI:
        try:
            return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
        except OverflowError:  # its tables reach from 1924 to 2077
            return round((day.year - 622) * 33 / 32)
    if calendar == JALALI:
        return int(jdatetime.date.fromgregorian(date=day).year)
    return day.year


def days_of_month(year: int, month: int, calendar: str = GREGORIAN) -> int:
    """How many days the month has; 28 where the calendar does not reach so far."""
    return next((day for day in (31, 30, 29) if gregorian(year, month, day, calendar) is not None), 28)


@lru_cache(maxsize=4)
def load_date_forms(language: str = "ar") -> DateForms:
    """The words of dates of a language; `ValueError` where a phrase stands for two things."""
    data = read_rows(language)
    phrases: dict[str, list[_Phrase]] = {}
    written = {fold(name): light(name) for name in data["as_written"]}
    for kind, calendar, value, name in _rows(data):
        words = words_of(name)
        for first, joined in _with_clitics(words[0]):
            phrase = _Phrase(words[1:], kind, value, calendar, joined, written.get(fold(name)))
            here = phrases.setdefault(first, [])
            same = [other for other in here if other.rest == phrase.rest]
            if same and (same[0].kind, same[0].value) != (kind, value):
                raise ValueError(f"dates.yaml: {name!r} is both {same[0].kind} and {kind}")
            if not same:
                here.append(phrase)
    for here in phrases.values():
        here.sort(key=lambda phrase: -len(phrase.rest))
    names = (
        "weekday_not_after",
        "relative_not_before",
        "relative_not_after",
        "month_cues",
        "future_cues",
        "past_cues",
        "future_not",
        "put_off",
    )
    more = (
        "after",
        "before",
        "counted_from",
        "named_after",
        "whole_spans",
        "one",
        "of",
        "listed",
        "the_month",
        "month_alone",
    )
    return DateForms(
        phrases=phrases,
        counts={fold(word): count for word, count in data["counts"].items()},
        spans={fold(word): days for word, days in data["units"].items()},
        sets={name: frozenset(map(fold, data[name])) for name in (*names, *more)},
        future_prefixes=tuple(map(fold, data["future_prefixes"])),
    )


def read_rows(language: str = "ar") -> dict[str, Any]:
    """The rows as they stand in the language's dates.yaml."""
    data: dict[str, Any] = yaml.safe_load(files("agents.language").joinpath(language, "dates.yaml").read_bytes())
    return data


def _rows(data: Mapping[str, Any]) -> Iterable[tuple[str, str, int, str]]:
    for section, kind, calendar, value in (
        ("months", "month", GREGORIAN, "number"),
        ("hijri_months", "month", HIJRI, "number"),
        ("jalali_months", "month", JALALI, "number"),
        ("weekdays", "weekday", GREGORIAN, "number"),
        ("relative_days", "relative", GREGORIAN, "offset"),
    ):
        for row in data[section]:
            yield from ((kind, calendar, row[value], name) for name in row["names"])
    for row in data["words"]:
        yield from ((row["kind"], GREGORIAN, 0, name) for name in row["names"])
    yield from (("day", GREGORIAN, value, name) for name, value in ordinals(data["ordinals"]))


def ordinals(rows: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    """Days of the month in words, from الأول to الحادي والثلاثين."""
    for name, value in rows["units"].items():
        if name not in rows["only_joined"]:
            yield name, value
        if value < 10 and name not in rows["only_alone"]:
            yield from ((f"{name} {teen}", 10 + value) for teen in rows["teens"])
            for ten, tens in rows["tens"].items():
                if tens + value <= 31:
                    yield f"{name} {AND}{ten}", tens + value
    yield from rows["tens"].items()


def _with_clitics(word: str) -> Iterable[tuple[str, bool]]:
    glued = [word]
    if word.startswith(ARTICLE) and len(word) > _LONG_ENOUGH:
        glued += [IN + word, LIKE + word, TO + TO + word.removeprefix(ARTICLE)]
    elif len(word) >= _LONG_ENOUGH:
        glued += [IN + word, TO + word]
    for form in glued:
        yield form, False
        yield AND + form, True
        yield SO + form, False


def text_tokens(text: str) -> list[Token]:
    """The tokens of a text as a list."""
    return list(tokens(text))
