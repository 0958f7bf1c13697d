"""What a date says, before it is known which day that is: the grammar over the words of dates.

A `Phrase` keeps everything that the words give (days, month, year, weekday, "tomorrow", "the same month"); dates.py
finds the days. Nothing here knows a calendar or the article's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from agents.language.date_forms import GREGORIAN, HIJRI, DateForms, Unit
from agents.language.names import ARTICLE, IN, TO

_DASHES: Final = frozenset("-–—/.")
_CLOSING: Final = frozenset("»”\"'")
_OPENING: Final = frozenset("«“\"'")
_JUSTIFIED_YEARS: Final = {GREGORIAN: (1900, 2100), HIJRI: (1300, 1500)}
_MOST_DAYS: Final = 12  # of one list; more are no date but a table
# Kinds of units that a date may begin with.
_DAYS: Final = frozenset(("day_word", "part_of_day", "relative", "weekday", "number", "day", "month"))
_PARTS: Final = frozenset(("early", "middle", "late"))
_SHARES: Final = frozenset(("first_half", "second_half", "first_third", "second_third", "last_third"))
_LONGER: Final = _PARTS | _SHARES | frozenset(("month_word", "this_word", "week_word", "year_word"))
_BEGINNING: Final = _DAYS | _LONGER
_TELLS_WHICH: Final = ("this", "next", "last", "same", "month")  # month is meant
_LONGEST_NAME: Final = 3  # words of a newspaper's name in quotation marks: «الغد العربي»


@dataclass(frozen=True, slots=True)
class Phrase:
    """Units `first` to `last` say a date.

    `days` are days of a month (several where the text lists them, the range's ends where `ranged`). `when` is next,
    last, this or same and belongs to the month where there are days or a month, else to the weekday or week.
    """

    first: int
    last: int
    days: tuple[int, ...] = ()
    ranged: bool = False
    month: int | None = None
    calendar: str = GREGORIAN
    of_month: str | None = None  # "next", "last", "this", "same", "the": الشهر المقبل, الماضي, الجاري, نفسه, الشهر
    year: int | None = None
    when: str | None = None
    year_when: str | None = None
    weekday: int | None = None
    offset: int | None = None
    part: str | None = None  # early, middle, late, or a share: first_half
    week: int | None = None  # of the month, counted from 1; 0: the week itself with `when`
    days_from_now: int | None = None
    also: Phrase | None = None  # the same day in another calendar


class Grammar:
    """Reads phrases off a row of units."""

    def __init__(self, units: Sequence[Unit], forms: DateForms) -> None:
        self.units = units
        self.forms = forms

    def phrases(self) -> list[Phrase]:
        """All phrases in order; none overlaps another."""
        found: list[Phrase] = []
        last = -1
        counted = self.forms.sets["after"] | self.forms.sets["before"]
        for position, unit in enumerate(self.units):
            if position <= last or not (unit.form in counted if unit.kind == "other" else unit.kind in _BEGINNING):
                continue
            phrase = self._phrase(position)
            if phrase is not None:
                found.append(phrase)
                last = phrase.last
        return found

    def kind(self, position: int) -> str:
        return self.units[position].kind if 0 <= position < len(self.units) else ""

    def form(self, position: int) -> str:
        return self.units[position].form if 0 <= position < len(self.units) else ""

    def joined(self, position: int) -> bool:
        """Whether the word there carries a leading و."""
        return position < len(self.units) and self.units[position].joined

    def _phrase(self, at: int) -> Phrase | None:
        kind = self.kind(at)
        if kind in ("day_word", "part_of_day"):
            inner = self._day(at + 1) if self.kind(at + 1) in ("relative", "weekday", "number", "day") else None
            return replace(inner, first=at) if inner else None
        if kind in ("relative", "weekday", "number", "day"):
            return self._day(at)
        if kind in _PARTS or kind in _SHARES:
            return self._part(at)
        if kind == "month":
            return self._bare_month(at)
        if kind in ("month_word", "this_word", "week_word", "year_word"):
            return self._period(at)
        return self._counted(at) if kind == "other" else None

    # -- days

    def _day(self, at: int) -> Phrase | None:
        if self.kind(at) == "relative":
            return self._relative(at)
        if self.kind(at) == "weekday":
            return self._weekday(at)
        return self._numeric(at) or self._day_of_month(at)

    def _relative(self, at: int) -> Phrase | None:
        unit, sets = self.units[at], self.forms.sets
        of_a_month = self.kind(at + 1) == "day" and self.kind(at + 2) == "from"
        if unit.value == 0 and self.form(at + 1) in sets["relative_not_before"] and not of_a_month:
            return None
        if self.form(at - 1) in sets["relative_not_after"] or self._is_a_name(at):
            return None
        phrase = Phrase(at, at, offset=unit.value)
        nearer = self._followed_by(at + 1, ("weekday", "number", "day"))
        if nearer is None:
            return phrase
        if nearer.weekday is not None and not nearer.days and nearer.when:
            return phrase
        return replace(nearer, first=at, offset=unit.value)

    def _followed_by(self, at: int, kinds: tuple[str, ...]) -> Phrase | None:
        """The date that explains the one before it: "غداً، الخميس 30-12-2021"."""
        while self.form(at) in ("،", ",", "(") or self.kind(at) in ("at", "day_word", "part_of_day"):
            at += 1
        if self.kind(at) not in kinds:
            return None
        phrase = self._day(at)
        if phrase and self.form(phrase.last + 1) == ")":
            return replace(phrase, last=phrase.last + 1)
        return phrase

    def _weekday(self, at: int) -> Phrase | None:
        unit = self.units[at]
        if self.form(at - 1) in self.forms.sets["weekday_not_after"]:
            return None
        phrase = Phrase(at, at, weekday=unit.value)
        end = at + 1
        if self.kind(end) in ("next", "last", "this"):
            phrase = replace(phrase, last=end, when=self.kind(end))
            end += 1
        elif self.form(end) in self.forms.sets["of"] and (week := self._week_named(end + 1)) is not None:
            return replace(week, first=at, weekday=unit.value)
        nearer = self._followed_by(end, ("number", "day"))
        if nearer is not None and (nearer.days or nearer.year):
            return replace(nearer, first=at, weekday=unit.value)
        return phrase

    def _week_named(self, at: int) -> Phrase | None:
        """ "الأسبوع المقبل", "هذا الأسبوع"."""
        period = self._period(at) if self.kind(at) in ("week_word", "this_word") else None
        return period if period is not None and period.week == 0 else None

    def _numeric(self, at: int) -> Phrase | None:
        """2021-12-31, 31/12/2021, 2021 / 12 / 31."""
        if [self.kind(at + step) for step in (0, 2, 4)] != ["number"] * 3:
            return self._dotted(at)
        if self.form(at + 1) != self.form(at + 3) or self.form(at + 1) not in _DASHES:
            return None
        return self._ordered(at, at + 4, *(self.units[at + step].value for step in (0, 2, 4)))

    def _dotted(self, at: int) -> Phrase | None:
        pieces = self.form(at).split(".")
        if len(pieces) == 3 and all(piece.isdigit() for piece in pieces) and len(pieces[2]) == 4:
            return self._ordered(at, at, *map(int, pieces))
        return None

    def _ordered(self, first: int, last: int, one: int, month: int, other: int) -> Phrase | None:
        year, day = (one, other) if one > 31 else (other, one)
        if 12 < month <= 31 and day <= 12:
            month, day = day, month
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        if 1900 <= year <= 2100:
            return Phrase(first, last, days=(day,), month=month, year=year)
        if 1300 <= year <= 1500:
            return Phrase(first, last, days=(day,), month=month, year=year, calendar=HIJRI)
        return None

    def _day_of_month(self, at: int) -> Phrase | None:
        days, end, ranged = [], at, False
        while True:
            unit = self.units[end] if end < len(self.units) else None
            if unit is None or unit.kind not in ("number", "day") or not 1 <= unit.value <= 31:
                return None
            days.append(unit.value)
            if len(days) > _MOST_DAYS:
                return None
            joined = self._joined_to_another(end + 1)
            if joined is None:
                break
            end, through = joined
            ranged = ranged or through
        ranged = ranged or (len(days) == 2 and (days[1] == days[0] + 1 or self.kind(at - 1) == "between"))
        return self._of_month(Phrase(at, end, days=tuple(days), ranged=ranged), end + 1)

    def _joined_to_another(self, at: int) -> tuple[int, bool] | None:
        """Where the next day of a list stands ("9 و10", "9 إلى 10", "السبت 3 والأحد 4"), and if all between count."""
        through = self.kind(at) == "until" or self.form(at) in ("-", "–")
        if not through and self.form(at) not in self.forms.sets["listed"]:
            follows = self.kind(at) in ("day", "weekday") and self.units[at].joined
            at = at - 1 if follows else len(self.units)
        at += 1
        while self.kind(at) in ("weekday", "day_word", "part_of_day"):
            at += 1
        return (at, through) if self.kind(at) in ("number", "day") and 1 <= self.units[at].value <= 31 else None

    def _of_month(self, phrase: Phrase, at: int) -> Phrase | None:
        """The phrase with its month, or None where no month follows the days."""
        if self.kind(at) == "of_it":
            return replace(phrase, last=at, of_month="same")
        if self.kind(at) == "from" and self.form(at) in self.forms.sets["of"]:
            at += 1
            if self.form(at) in self.forms.sets["the_month"] and self.kind(at + 1) not in _TELLS_WHICH:
                return replace(phrase, last=at, of_month="the")
        led = self.kind(at - 1) != "number" or self.kind(at - 2) in ("at", "day_word", "weekday", "from", "until")
        if self.kind(at) == "this" and led:
            return replace(phrase, last=at, of_month="this")
        if self.kind(at) == "this_word" and self.kind(at + 1) == "month_word":
            return replace(phrase, last=at + 1, of_month="this")
        if self.kind(at) == "month_word" and self.kind(at + 1) in ("this", "next", "last", "same"):
            return replace(phrase, last=at + 1, of_month=self.kind(at + 1))
        if self.kind(at) == "month_word":
            at += 1
        return self._with_month(phrase, at)

    def _with_month(self, phrase: Phrase, at: int) -> Phrase | None:
        if self.kind(at) != "month":
            return None
        month = self.units[at]
        end = self._other_name(at)
        phrase = replace(phrase, last=end, month=month.value, calendar=month.calendar)
        phrase = self._year(phrase)
        if month.calendar not in (GREGORIAN, HIJRI) and phrase.year is None:
            return None
        return self._other_calendar(phrase)

    def _other_name(self, at: int) -> int:
        """The end of a month that is named twice: كانون الثاني / يناير, كانون الأول (ديسمبر)."""
        gap = 1 if self.form(at + 1) in ("/", "(") else 0
        other = at + 1 + gap
        if self.kind(other) != "month" or self.units[other].calendar != self.units[at].calendar:
            return at
        if self.units[other].value != self.units[at].value or self.units[other].joined:
            return at
        return other + 1 if self.form(at + 1) == "(" and self.form(other + 1) == ")" else other

    def _year(self, phrase: Phrase) -> Phrase:
        at = phrase.last + 1
        if self.kind(at) in ("next", "last", "this", "same"):
            return replace(phrase, last=at, when=self.kind(at))
        at += self.form(at) in ("،", ",")
        at += self.kind(at) == "from" and self.form(at) in self.forms.sets["of"]
        at += self.form(at) == TO
        if self.kind(at) == "year_word":
            at += 1
            if self.kind(at) in ("next", "last", "this", "same"):
                return replace(phrase, last=at, year_when=self.kind(at))
        low, high = _JUSTIFIED_YEARS.get(phrase.calendar, (1300, 1500))
        if self.kind(at) == "number" and low <= self.units[at].value <= high:
            return replace(phrase, last=at + (self.kind(at + 1) == "era"), year=self.units[at].value)
        return phrase

    def _other_calendar(self, phrase: Phrase) -> Phrase:
        """The same day in the other calendar: "29 شوال الموافق ١٩ مايو", "31 ديسمبر 2021 (27 جمادى الأولى 1443)"."""
        at = phrase.last + 1
        while self.kind(at) == "era" or self.form(at) in ("،", ",", "(", "-", "/", TO) or self.kind(at) == "at":
            at += 1
        if at == phrase.last + 1 or self.kind(at) not in ("number", "day", "weekday"):
            return phrase
        at += self.kind(at) == "weekday"
        other = self._numeric(at) or self._plain_day(at)
        if other is None or other.calendar == phrase.calendar or other.month is None:
            return phrase
        end = other.last + 1 if self.form(other.last + 1) == ")" else other.last
        mine, its = (phrase, other) if phrase.calendar == GREGORIAN else (other, phrase)
        return replace(mine, first=phrase.first, last=end, also=its)

    def _plain_day(self, at: int) -> Phrase | None:
        """One day with its month and year, no other calendar beside."""
        if at >= len(self.units) or not 1 <= self.units[at].value <= 31:
            return None
        after = at + 1 + (self.kind(at + 1) == "from") + 0
        after += self.kind(after) == "month_word"
        if self.kind(after) != "month":
            return None
        month = self.units[after]
        days = (self.units[at].value,)
        return self._year(Phrase(at, self._other_name(after), days=days, month=month.value, calendar=month.calendar))

    # -- longer than a day

    def _part(self, at: int) -> Phrase | None:
        """مطلع الشهر المقبل, منتصف أبريل, نهاية الأسبوع, أوائل العام المقبل, النصف الثاني من أبريل."""
        if self.kind(at) in _SHARES:
            of = at + 1 + (self.form(at + 1) in self.forms.sets["of"])
            period = self._period(of) or self._bare_month(of, asked_for=True)
            return replace(period, first=at, part=self.kind(at)) if period else None
        period = self._period(at + 1) or self._bare_month(at + 1, asked_for=True)
        whole = self.kind(at + 1) in ("month_word", "week_word") and self.form(at + 1).startswith(ARTICLE)
        if period is None and whole:
            unit = self.kind(at + 1)
            period = (
                Phrase(at, at + 1, of_month="this") if unit == "month_word" else Phrase(at, at + 1, week=0, when="this")
            )
        return replace(period, first=at, part=self.kind(at)) if period else None

    def _bare_month(self, at: int, asked_for: bool = False) -> Phrase | None:
        if self.kind(at) != "month":
            return None
        month = self.units[at]
        asked_for = asked_for or self.form(at - 1) in self.forms.sets["month_cues"]
        named = self.kind(at - 1) == "month_word"
        alone = asked_for and month.form.endswith(tuple(self.forms.sets["month_alone"]))
        if month.calendar != GREGORIAN and not (named or alone):
            return None
        phrase = self._year(Phrase(at, self._other_name(at), month=month.value, calendar=month.calendar))
        glued = month.form.startswith((IN, TO)) and len(month.form) > 5
        told = named or asked_for or glued or phrase.when or phrase.year or phrase.year_when
        return phrase if told or phrase.last > at else None

    def _period(self, at: int) -> Phrase | None:
        """الشهر المقبل, هذا الأسبوع, الأسبوع الثالث من أبريل, عام 2015, العام الماضي."""
        after = self.kind(at + 1)
        if self.kind(at) == "this_word":
            return {
                "month_word": Phrase(at, at + 1, of_month="this"),
                "week_word": Phrase(at, at + 1, week=0, when="this"),
                "year_word": Phrase(at, at + 1, year_when="this"),
            }.get(after)
        found: Phrase | None = None
        if self.kind(at) == "month_word":
            if after == "month" and (month := self._bare_month(at + 1)) is not None:
                found = replace(month, first=at)
            elif after in ("next", "last", "this", "same"):
                found = Phrase(at, at + 1, of_month=after)
        elif self.kind(at) == "week_word":
            if after == "day" and self.units[at + 1].value <= 5:
                found = self._of_month(Phrase(at, at + 1, week=self.units[at + 1].value), at + 2)
            elif after in ("next", "last", "this"):
                found = Phrase(at, at + 1, week=0, when=after)
        elif self.kind(at) == "year_word":
            if after == "number" and 1900 <= self.units[at + 1].value <= 2100:
                found = Phrase(at, at + 1, year=self.units[at + 1].value)
            elif after in ("next", "last", "this"):
                found = Phrase(at, at + 1, year_when=after)
        return found

    def _counted(self, at: int) -> Phrase | None:
        """بعد يومين, قبل ثلاثة أيام: counted from the article's day unless something else follows to count from."""
        sets, form = self.forms.sets, self.form(at)
        if form not in sets["after"] and form not in sets["before"]:
            return None
        length = self.length(at + 1)
        if length is None or self.form(length[1] + 1) in sets["counted_from"]:
            return None
        days, end = length
        if self.form(end + 1).startswith(tuple(sets["counted_from"])) and len(self.form(end + 1)) <= 3:
            return None
        return Phrase(at, end, days_from_now=days if form in sets["after"] else -days)

    def length(self, at: int) -> tuple[int, int] | None:
        """A number of days or weeks ("يومين", "ثلاثة أيام", "5 أيام") in days, and its last unit."""
        forms = self.forms
        count = self.units[at].value if self.kind(at) == "number" else forms.counts.get(self.form(at))
        if count is None or count < 1:
            return None
        if self.form(at + 1) in forms.spans and (self.kind(at) == "number" or count <= 10):
            return count * forms.spans[self.form(at + 1)], at + 1
        if self.kind(at) != "number" and self.form(at) in forms.sets["whole_spans"]:
            return count, at + 1 if self.form(at + 1) in forms.sets["one"] else at
        return None

    def _is_a_name(self, at: int) -> bool:
        """In quotation marks with one or two words more: the name of a newspaper or a programme."""
        if self.form(at - 1) not in _OPENING:
            return False
        return any(self.form(at + step) in _CLOSING for step in range(1, _LONGEST_NAME + 1))
