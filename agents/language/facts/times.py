"""The days, months and weekdays of a text, and which of them only tell the event that is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from agents.language.date_forms import GREGORIAN, DateForms, Unit
from agents.language.facts.phrases import by_first, stands
from agents.language.names import AND, CONJUNCTIONS, PREPOSITIONS
from agents.language.text import Token
from agents.language.thesaurus import folded

_OF_TIME: Final = frozenset(["weekday", "month", "month_word"])  # a day is one only before a month
_OF_DAYS: Final = ("day", "number")
_NONE: Final[frozenset[int]] = frozenset()  # one for all; each empty set would take 216 bytes


class Times(NamedTuple):
    """Numbers of days, months and weekdays; `naming` are the days and weekdays that tell which event is meant."""

    days: frozenset[int] = _NONE
    months: frozenset[int] = _NONE
    weekdays: frozenset[int] = _NONE
    naming: frozenset[int] = _NONE
    undecided: bool = False  # whether it is one of them that is meant


class TimesFinder:
    """Finds the times of a text."""

    def __init__(self, table: Mapping[str, Any], dates: DateForms) -> None:
        self._events = folded(table["events"])
        self._between_days = folded(table["between_days"])
        self._contrasts, self._instead = folded(table["set_right"]), folded(table["instead"])
        self._or, self._of_it = folded(table["or"]), folded(table["of_it"])
        self._held = by_first(table["held"])
        self._planned, self._hours = folded(table["planned"]), folded(table["hours"])
        self._dates = dates
        self._of_time = frozenset(
            form for form, phrases in dates.phrases.items() if any(phrase.kind in _OF_TIME for phrase in phrases)
        ) | frozenset(self._of_it)

    def find(self, words: Sequence[Token], taken: set[int]) -> Times:
        """The times in a text; the tokens that tell them are added to `taken`."""
        days: set[int] = set()
        months: set[int] = set()
        weekdays: set[int] = set()
        naming: set[int] = set()
        undecided = False
        named_to = -2  # the last token of the last day that names an event
        if self._of_time.isdisjoint([word.form for word in words]):
            return Times()
        units = self._dates.units(words)
        ours = any(unit.kind == "month" and unit.calendar == GREGORIAN for unit in units)

        def is_ours(month: Unit) -> bool:
            """Not the same day in another calendar: "12 جمادى الآخرة الموافق 14 يناير"."""
            return not ours or month.calendar == GREGORIAN

        for n, unit in enumerate(units):
            time = unit.kind in ("weekday", "month") or self._is_day(unit, words, units[n + 1 : n + 6])
            if time and self._is_set_right(words, unit.first):
                taken.update(range(unit.first, unit.last + 1))
                continue
            undecided |= time and unit.kind != "month" and self._is_another(words, unit.first, weekdays | days)
            if unit.kind == "weekday":
                weekdays.add(unit.value)
                opens = self._before_hours(words, unit.first - 1) < 0  # "on Monday that": it was said then
                named_to = unit.last if opens or self._is_event(words, unit.first - 1, named_to) else named_to
                naming.update([unit.value] if named_to == unit.last else ())
                taken.update(range(unit.first, unit.last + 1))
            elif unit.kind == "month":
                months.update([unit.value] if is_ours(unit) else ())
                taken.update(range(unit.first, unit.last + 1))
            elif time:
                month = next((u for u in units[n + 1 : n + 6] if u.kind == "month"), unit)
                days.update([unit.value] if is_ours(month) else ())
                named_to = unit.last if self._is_event(words, unit.first - 1, named_to) else named_to
                naming.update([unit.value] if named_to == unit.last else ())
                taken.update(range(unit.first, unit.last + 1))
        return Times(_kept(days), _kept(months), _kept(weekdays), _kept(naming), undecided)

    def _is_day(self, unit: Unit, words: Sequence[Token], ahead: Sequence[Unit]) -> bool:
        """Whether a month follows at once, or after other days of it: "9 to 10 January", not "ten dead in January"."""
        if unit.kind not in _OF_DAYS or (unit.kind == "number" and not 0 < unit.value < 32):
            return False
        if words[unit.last + 1 : unit.last + 2] and words[unit.last + 1].form in self._of_it:
            return words[unit.first - 1].form in self._hours | self._between_days  # "on the 26th of it"
        for other in ahead:
            if other.kind in ("month", "month_word"):
                return True
            if other.kind == "other" and words[other.first].form not in self._between_days:
                return False
        return False

    def _is_set_right(self, words: Sequence[Token], at: int) -> bool:
        """Whether it is told of a day that it is not the one: "14 May and not 13", "on the 14th, not on the 13th"."""
        before = self._before_hours(words, at - 1)
        if before <= 0:
            return False
        instead = words[before].form in self._instead or words[before - 1].form in self._instead
        return instead or words[before].form in self._contrasts

    def _is_another(self, words: Sequence[Token], at: int, told: set[int]) -> bool:
        """Whether a day is told as an alternative to one before it."""
        before = at - 2 if words[at - 1].form in self._hours else at - 1
        return bool(told) and before > 0 and words[before].form in self._or

    def _is_event(self, words: Sequence[Token], at: int, named_to: int) -> bool:
        """Whether a date after a word tells which event is meant: its noun has no article, or it is planned then.

        So does one that is joined to such a date, which ends at `named_to`: "the conference planned for 16 and 17".
        """
        if at >= 0 and words[at].form == AND and at - 1 == named_to:
            return True
        form = words[at].form if at >= 0 else ""
        if form in self._events or (form[:1] in CONJUNCTIONS + PREPOSITIONS and form[1:] in self._events):
            return True
        at = self._before_hours(words, at)
        return self._is_planned(words, at) or self._is_planned(words, self._before_town(words, at))

    def _is_planned(self, words: Sequence[Token], at: int) -> bool:
        return at >= 0 and (words[at].form in self._planned or stands(words, at - 1, self._held))

    def _before_town(self, words: Sequence[Token], at: int) -> int:
        """What is planned may be so in a town, on a day: "كان مقررا انعقاده بالقاهرة يومي 16 و17"."""
        if at > 0 and words[at].form[:1] in PREPOSITIONS:
            return at - 1
        return self._before_hours(words, at - 1) if at > 0 and words[at - 1].form in self._hours else -1

    def _before_hours(self, words: Sequence[Token], at: int) -> int:
        while at >= 0 and words[at].form in self._hours:
            at -= 1
        return at


def _kept(found: set[int]) -> frozenset[int]:
    return frozenset(found) or _NONE
