"""Which days a phrase of a date means, resolved against the article's own day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from agents.language.date_forms import GREGORIAN, DateForms, Unit, days_of_month, gregorian, year_in
from agents.language.date_grammar import Phrase
from agents.language.names import AND

Precision = Literal["day", "week", "part", "month", "year"]
Shape = Literal["single", "range", "from_to", "until"]

# The days of a month, and the months of a year, that a part or share of it has.
_DAYS_OF: Final = {
    "early": (1, 10),
    "middle": (11, 20),
    "late": (21, 31),
    "first_half": (1, 15),
    "second_half": (16, 31),
    "first_third": (1, 10),
    "second_third": (11, 20),
    "last_third": (21, 31),
}
_MONTHS_OF: Final = {
    "early": (1, 3),
    "middle": (5, 8),
    "late": (10, 12),
    "first_half": (1, 6),
    "second_half": (7, 12),
    "first_third": (1, 4),
    "second_third": (5, 8),
    "last_third": (9, 12),
}
_LOOK_BACK: Final = 7  # units before a bare weekday in which a word for the future or the past is looked for
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resolved:
    phrase: Phrase
    starts: date
    ends: date
    precision: Precision
    shape: Shape = "single"


class Resolver:
    """Finds the days of phrases; remembers the month that was mentioned last."""

    def __init__(self, units: Sequence[Unit], forms: DateForms, anchor: date, month_before: date | None) -> None:
        self.units = units
        self.forms = forms
        self.anchor = anchor
        self.month = month_before or anchor
        self._told_to = -1  # the last unit of the date that told that month

    def trust_todays_date(self, phrases: Sequence[Phrase]) -> None:
        """Move the anchor by what the text says of its own today: a copy read a day later keeps its own days."""
        for phrase in phrases:
            if phrase.offset is None or (not phrase.days and phrase.weekday is None):
                continue
            if phrase.days and phrase.month:
                said = self._of_month(replace(phrase, offset=None))
                near = 3
            else:
                near = 1
                said = nearest_weekday(phrase.weekday or 0, self.anchor + timedelta(days=phrase.offset))
            if said is not None and abs((moved := said - timedelta(days=phrase.offset)) - self.anchor).days <= near:
                self.anchor = moved
                return

    def resolve(self, phrase: Phrase) -> Iterator[Resolved]:
        """The phrase with its days; nothing where there is no such day; several for "12 أو 22 أبريل"."""
        if phrase.days:
            days = [day for number in phrase.days if (day := self._of_month(phrase, number)) is not None]
            if not days:
                return
            self.month, self._told_to = days[0], phrase.last
            if phrase.ranged or len(days) == 1:
                yield Resolved(phrase, min(days), max(days), "day", "range" if len(days) > 1 else "single")
            else:
                yield from (Resolved(phrase, day, day, "day") for day in days)
            return
        if phrase.week:
            yield from self._week_of_month(phrase)
        elif phrase.month or phrase.of_month:
            yield from self._whole_month(phrase)
        elif phrase.week == 0:
            yield self._week(phrase)
        elif phrase.year or phrase.year_when:
            yield from self._year(phrase)
        else:
            day = self._day(phrase)
            yield Resolved(phrase, day, day, "day")

    def _day(self, phrase: Phrase) -> date:
        if phrase.offset is not None:
            return self.anchor + timedelta(days=phrase.offset)
        if phrase.days_from_now is not None:
            return self.anchor + timedelta(days=phrase.days_from_now)
        return self._weekday(phrase)

    def _weekday(self, phrase: Phrase) -> date:
        weekday = phrase.weekday or 0
        nearest = nearest_weekday(weekday, self.anchor)
        if phrase.when == "next":
            return self.anchor + timedelta(days=(weekday - self.anchor.weekday() - 1) % 7 + 1)
        if phrase.when == "last":
            return self.anchor - timedelta(days=(self.anchor.weekday() - weekday - 1) % 7 + 1)
        cue = self._tense(phrase.first)
        if cue == "future" and nearest < self.anchor:
            return nearest + timedelta(days=7)
        if cue == "past" and nearest > self.anchor:
            return nearest - timedelta(days=7)
        return nearest

    def _tense(self, first: int) -> str | None:
        """What the words before a bare weekday say: "future", "past" or nothing.

        In a sentence that begins with "وكان … قال إن" what will be may have been by now.
        """
        cue: str | None = "future" if self._is_put_off_to(first) else None
        earliest = first
        for unit in reversed(self.units[:first]):
            if unit.kind == "break" or unit.form in (".", "؟", "!"):
                break
            earliest -= 1
            if cue is None and first - earliest <= _LOOK_BACK:
                cue = self._cue(unit)
        opening = self.units[earliest] if earliest < first else None
        told_before = opening is not None and self._cue(opening) == "past"
        return None if cue == "future" and told_before else cue

    def _is_put_off_to(self, first: int) -> bool:
        """ "أرجئت الجولة من الجمعة إلى يوم الاثنين"."""
        before = [unit for unit in self.units[max(0, first - _LOOK_BACK) : first] if unit.kind != "day_word"]
        led = bool(before) and before[-1].kind == "until"
        return led and any(unit.form.removeprefix(AND) in self.forms.sets["put_off"] for unit in before)

    def _cue(self, unit: Unit) -> str | None:
        form = unit.form[1:] if unit.form.startswith(AND) and len(unit.form) > 3 else unit.form
        if form in self.forms.sets["past_cues"]:
            return "past"
        return "future" if form in self.forms.sets["future_cues"] or self.forms.is_future_verb(form) else None

    def _of_month(self, phrase: Phrase, day: int | None = None) -> date | None:
        day = day or phrase.days[0]
        if phrase.month is None:
            which = phrase.of_month or "this"
            year, month = self._month(self._which(phrase) if which == "the" else which)
            return gregorian(year, month, day)
        if phrase.calendar != GREGORIAN:
            return self._other_calendar(phrase, day)
        told = self._year_of(phrase)
        if told is not None:
            return gregorian(told, phrase.month, day)
        around = (self.anchor.year + step for step in (-1, 0, 1))
        return self._choose([found for year in around if (found := gregorian(year, phrase.month, day))], phrase.when)

    def _other_calendar(self, phrase: Phrase, day: int) -> date | None:
        month = phrase.month or 1
        if phrase.year is not None:
            found = gregorian(phrase.year, month, day, phrase.calendar)
        else:
            this_year = year_in(self.anchor, phrase.calendar)
            guesses = (gregorian(this_year + step, month, day, phrase.calendar) for step in (-1, 0, 1))
            found = self._choose([guess for guess in guesses if guess], phrase.when)
        if found is None or phrase.weekday is None:
            return found
        sighted = nearest_weekday(phrase.weekday, found)  # the new moon may be seen a day before or after
        return sighted if abs((sighted - found).days) <= 1 else found

    def _choose(self, candidates: Sequence[date], when: str | None) -> date | None:
        if when == "next":
            return min((day for day in candidates if day > self.anchor), default=None)
        if when == "last":
            return max((day for day in candidates if day < self.anchor), default=None)
        return min(candidates, key=lambda day: abs(day - self.anchor), default=None)

    def _which(self, phrase: Phrase) -> str:
        """Which month "من الشهر" is: the one that its paragraph has told, else this one."""
        between = self.units[self._told_to + 1 : phrase.first]
        told = 0 <= self._told_to < phrase.first
        return "same" if told and all(unit.kind != "break" for unit in between) else "this"

    def _month(self, which: str) -> tuple[int, int]:
        base = self.month if which == "same" else self.anchor
        step = {"next": 1, "last": -1}.get(which, 0)
        months = base.year * 12 + base.month - 1 + step
        return months // 12, months % 12 + 1

    def _year_of(self, phrase: Phrase) -> int | None:
        if phrase.year is not None:
            return phrase.year
        if phrase.year_when:
            return self.anchor.year + {"next": 1, "last": -1}.get(phrase.year_when, 0)
        return self.anchor.year if phrase.when == "this" and phrase.month == self.anchor.month else None

    def _whole_month(self, phrase: Phrase) -> Iterator[Resolved]:
        first = self._first_of_month(phrase)
        if first is None:
            return
        self.month, self._told_to = first, phrase.last
        length = days_of_month(first.year, first.month)
        low, high = _DAYS_OF.get(phrase.part or "", (1, length))
        high = min(high, length)
        if phrase.calendar != GREGORIAN:
            high = min(high, 29)
            yield Resolved(phrase, first + (low - 1) * _ONE_DAY, first + (high - 1) * _ONE_DAY, "month")
            return
        yield Resolved(phrase, first.replace(day=low), first.replace(day=high), "part" if phrase.part else "month")

    def _first_of_month(self, phrase: Phrase) -> date | None:
        if phrase.month is None:
            return date(*self._month(phrase.of_month or "this"), 1)
        if phrase.calendar != GREGORIAN:
            return self._other_calendar(phrase, 1)
        year = self._year_of(phrase)
        if year is not None:
            return date(year, phrase.month, 1)
        around = [date(self.anchor.year + step, phrase.month, 1) for step in (-1, 0, 1)]
        if phrase.when in ("next", "last"):
            return self._choose(around, phrase.when)
        return min(around, key=lambda day: abs(day + 14 * _ONE_DAY - self.anchor))

    def _week(self, phrase: Phrase) -> Resolved:
        """The week begins on Sunday, as in most of the Arab world."""
        sunday = self.anchor - timedelta(days=(self.anchor.weekday() + 1) % 7)
        sunday += timedelta(days={"next": 7, "last": -7}.get(phrase.when or "", 0))
        if phrase.weekday is not None:  # "الاثنين من الأسبوع المقبل"
            day = sunday + (phrase.weekday + 1) % 7 * _ONE_DAY
            return Resolved(phrase, day, day, "day")
        low, high = {"early": (0, 2), "middle": (2, 4), "late": (4, 6)}.get(phrase.part or "", (0, 6))
        return Resolved(phrase, sunday + low * _ONE_DAY, sunday + high * _ONE_DAY, "part" if phrase.part else "week")

    def _week_of_month(self, phrase: Phrase) -> Iterator[Resolved]:
        first = self._first_of_month(phrase)
        if first is None or phrase.week is None:
            return
        low = first + timedelta(days=7 * (phrase.week - 1))
        last = first.replace(day=days_of_month(first.year, first.month))
        if low <= last:
            self.month = first
            yield Resolved(phrase, low, min(low + 6 * _ONE_DAY, last), "week")

    def _year(self, phrase: Phrase) -> Iterator[Resolved]:
        year = self._year_of(phrase)
        if year is None:
            return
        low, high = _MONTHS_OF.get(phrase.part or "", (1, 12))
        yield Resolved(phrase, date(year, low, 1), date(year, high, days_of_month(year, high)), "year")


def nearest_weekday(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
