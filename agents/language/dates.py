"""Dates in a text, in every convention an Arabic newspaper uses, resolved against the article's own date.

`find_dates` reads the mentions; `infer_published` finds an article's date from its text. Both are pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from agents.language.date_days import Precision, Resolved, Resolver, Shape
from agents.language.date_forms import Unit, load_date_forms
from agents.language.date_grammar import Grammar, Phrase
from agents.language.names import AND
from agents.language.text import Token, tokens, tokens_of
from schemas import Span

_LOOK_AHEAD: Final = 7  # units after a date in which "and lasts two days" is looked for


@dataclass(frozen=True, slots=True)
class DateMention:
    """`body[start:end]` says the days `starts` to `ends`, both included.

    `shape` is "from_to" where the words are من … إلى (a range, or a move from one date to another: the verb tells),
    "until" where only the end is said. `offset` is -1 for yesterday, 0 for today, 1 for tomorrow. `explicit`: the
    words name a day and a month.
    """

    start: int
    end: int
    starts: date
    ends: date
    precision: Precision = "day"
    relative: bool = False
    shape: Shape = "single"
    offset: int | None = None
    explicit: bool = False
    weekday: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the day is one of the mention's."""
        return self.starts <= day <= self.ends


_FIRST_YEAR: Final = 1800  # an article that says to be of another century knows nothing of its day
_LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Words, and what they say of dates whichever day it is."""

    words: Sequence[Token]
    grammar: Grammar
    phrases: Sequence[Phrase]


def find_dates(words: Sequence[Token], anchor: date, month_before: date | None = None) -> list[DateMention]:
    """The dates that `words` (tokens of one body, in order) mention, in order, resolved against `anchor`.

    `month_before` is a day of the month that was mentioned before the first word, for "the same month". A text that
    says what day its "today" is ("اليوم الأحد 4 أبريل") is read with that day instead of `anchor`.
    """
    return _resolved(_told(words), anchor, month_before)


def dates_of(body: str, anchor: date) -> list[DateMention]:
    """The same of a body, whose words are read once for several anchors."""
    return _resolved(_told_by(body), anchor)


@lru_cache(maxsize=4)
def _told_by(body: str) -> _Told:
    """What says when an article was published and what marks its dates ask one after the other."""
    return _told(tokens_of(body))


def _told(words: Sequence[Token]) -> _Told:
    forms = load_date_forms()
    grammar = Grammar(forms.units(words), forms)
    return _Told(words, grammar, grammar.phrases())


def _resolved(told: _Told, anchor: date, month_before: date | None = None) -> list[DateMention]:
    grammar, phrases = told.grammar, told.phrases
    if not phrases or not _FIRST_YEAR <= anchor.year <= _LAST_YEAR:
        return []
    reader = Resolver(grammar.units, grammar.forms, anchor, month_before)
    reader.trust_todays_date(phrases)
    found = _joined(reader, grammar, [resolved for phrase in phrases for resolved in reader.resolve(phrase)])
    return [_mention(grammar.units, told.words, item) for item in found]


def _mention(units: Sequence[Unit], words: Sequence[Token], item: Resolved) -> DateMention:
    phrase = item.phrase
    return DateMention(
        start=words[units[phrase.first].first].start,
        end=words[units[phrase.last].last].end,
        starts=item.starts,
        ends=item.ends,
        precision=item.precision,
        relative=not (phrase.days and (phrase.month or phrase.of_month)) and phrase.year is None,
        shape=item.shape,
        offset=phrase.offset,
        explicit=bool(phrase.days and phrase.month),
        weekday=phrase.weekday,
    )


def _joined(reader: Resolver, grammar: Grammar, items: Sequence[Resolved]) -> list[Resolved]:
    """Dates that belong together made one: from … to …, between … and …, a date that lasts some days."""
    found: list[Resolved] = []
    for item in items:
        before = found[-1] if found else None
        joined = _range(reader, grammar, before, item) if before is not None else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(_lasting(grammar, item, _until(grammar, item)))
    return found


def _until(grammar: Grammar, item: Resolved) -> Shape:
    at = item.phrase.first - 1
    while grammar.kind(at) in ("part_of_day", "day_word"):
        at -= 1
    return "until" if grammar.kind(at) == "until" and item.shape == "single" else item.shape


def _range(reader: Resolver, grammar: Grammar, one: Resolved, other: Resolved) -> Resolved | None:
    if one.precision != other.precision or one.shape == "range":
        return None
    if _is_weekday(one) and one.phrase.last + 1 == other.phrase.first and grammar.joined(other.phrase.first):
        return _two_days(one, other, reader.anchor)
    opening = one.phrase.first - 1
    while grammar.kind(opening) in ("part_of_day", "day_word"):
        opening -= 1
    between = grammar.units[one.phrase.last + 1 : other.phrase.first]
    kinds = [unit.kind for unit in between if unit.kind not in ("part_of_day", "day_word", "at")]
    dashed = len(between) == 1 and between[0].form in ("-", "–")
    if kinds == ["until"] or (dashed and grammar.kind(opening) in ("from", "between", "at")):
        shape: Shape = "from_to" if grammar.form(opening) in grammar.forms.sets["of"] else "range"
    elif grammar.kind(opening) == "between" and len(between) <= 1 and AND in "".join(unit.form for unit in between):
        shape = "range"
    else:
        return None
    starts, ends = one.starts, other.ends
    if _is_weekday(one):
        starts = ends - timedelta(days=(ends.weekday() - (one.phrase.weekday or 0)) % 7)
    elif _is_weekday(other):
        ends = starts + timedelta(days=((other.phrase.weekday or 0) - starts.weekday()) % 7)
    if starts > ends:
        return None
    return Resolved(replace(other.phrase, first=one.phrase.first), starts, ends, one.precision, shape)


def _is_weekday(item: Resolved) -> bool:
    return item.phrase.weekday is not None and not item.phrase.days and item.phrase.offset is None


def _two_days(one: Resolved, other: Resolved, today: date) -> Resolved | None:
    """A weekday and the next: "الأحد والاثنين 19 و20 مايو", "الاثنين والثلاثاء المقبلين", "الأحد والاثنين"."""
    weekday = one.phrase.weekday
    phrase = replace(other.phrase, first=one.phrase.first)
    if other.shape == "range" and other.starts.weekday() == weekday:
        return replace(other, phrase=phrase)
    if not _is_weekday(other) or other.phrase.weekday != ((weekday or 0) + 1) % 7:
        return None
    starts = other.starts - timedelta(days=1) if other.phrase.when else one.starts
    if other.phrase.when == "next" and starts <= today:
        starts += timedelta(days=7)
    return Resolved(phrase, starts, starts + timedelta(days=1), one.precision, "range")


def _lasting(grammar: Grammar, item: Resolved, shape: Shape) -> Resolved:
    """The date with the days that the text says it lasts: "تبدأ يوم 3 أبريل وتستمر يومين"."""
    at = item.phrase.last + 1
    for position in range(at, min(at + _LOOK_AHEAD, len(grammar.units))):
        unit = grammar.units[position]
        if unit.kind == "break" or unit.form in (".", "؛") or unit.kind in ("month", "weekday", "relative"):
            break
        if unit.form in ("،", ",") and not grammar.joined(position + 1):
            break
        length = grammar.length(position + 1) if unit.kind == "lasts" else None
        if length is not None and item.precision == "day" and item.shape == "single":
            phrase = replace(item.phrase, last=length[1])
            return Resolved(phrase, item.starts, item.starts + timedelta(days=length[0] - 1), "day", "range")
    return item if item.shape == shape else replace(item, shape=shape)


# -- the article's own date

_READ: Final = 60_000  # code points
_HEADER: Final = 1200  # code points in which an article's own date line is looked for
_DATELINE: Final = 90  # a date that far into a line is no date line
_OLDEST: Final = timedelta(days=90)
_LATEST: Final = timedelta(hours=14)  # a date line is in local time, up to fourteen hours ahead of UTC
_NEAR: Final = 7  # days before `fetched_at` in which "tomorrow, Thursday" is looked for


def infer_published(title: str, body: str, fetched_at: datetime | None) -> tuple[datetime, Span] | None:
    """When the article was published, by its own words, and the words; None where it does not say.

    Never "now", never after `fetched_at` and never more than 90 days before it: a page's header tells when the page
    was crawled. The text's own "tomorrow, Thursday 30-12-2021" counts more than a date line.
    """
    anchor = (fetched_at or datetime(1970, 1, 1, tzinfo=UTC)).date()
    mentions = dates_of(body[:_READ], anchor)
    for evidence in (_said_today(mentions, anchor, fetched_at), _date_line(body, mentions, fetched_at)):
        if evidence is not None:
            return _at(body, *evidence, fetched_at)
    if fetched_at is None:
        return None
    for mention in mentions:
        plain = mention.weekday is not None and mention.offset is None and not mention.explicit
        if plain and mention.start < _HEADER and mention.starts == anchor:
            return _at(body, mention, anchor, fetched_at)
    return None


def _said_today(
    mentions: Sequence[DateMention], anchor: date, fetched_at: datetime | None
) -> tuple[DateMention, date] | None:
    """The day that "tomorrow, Thursday 30-12-2021" or "yesterday, Thursday" makes today."""
    for mention in mentions:
        if mention.offset is None:
            continue
        if mention.explicit:
            today = mention.ends - timedelta(days=mention.offset)
        elif mention.weekday is not None and fetched_at is not None:
            wanted = (mention.weekday - mention.offset) % 7
            today = anchor - timedelta(days=(anchor.weekday() - wanted) % 7)
            if (anchor - today).days >= _NEAR:
                continue
        else:
            continue
        if _possible(today, fetched_at):
            return mention, today
    return None


def _date_line(
    body: str, mentions: Sequence[DateMention], fetched_at: datetime | None
) -> tuple[DateMention, date] | None:
    for mention in mentions:
        if mention.start >= _HEADER or mention.precision != "day" or not mention.explicit or mention.shape != "single":
            continue
        line_start = body.rfind("\n", 0, mention.start) + 1
        if mention.start - line_start > _DATELINE or not _possible(mention.starts, fetched_at):
            continue
        line_end = body.find("\n", mention.end)
        rest = body[mention.end : line_end if line_end >= 0 else len(body)].strip()
        if not rest or rest[0] in "-–—:|(" or len(rest) < 12:
            return mention, mention.starts
    return None


def _possible(day: date, fetched_at: datetime | None) -> bool:
    if fetched_at is None:
        return True
    return (fetched_at - _OLDEST).date() <= day <= (fetched_at + _LATEST).date()


def _at(body: str, mention: DateMention, day: date, fetched_at: datetime | None) -> tuple[datetime, Span]:
    clock = _clock(body, mention.end)
    moment = datetime.combine(day, clock or time(12), tzinfo=UTC)
    if fetched_at is not None and moment > fetched_at:
        moment = max(datetime.combine(day, time(0), tzinfo=UTC), fetched_at) if clock is None else moment
        moment = min(moment, fetched_at)
    return moment, Span.of(body, mention.start, mention.end)


def _clock(body: str, after: int) -> time | None:
    """The time of day right after a date: " - 10:53", "T10:53"."""
    words = [
        token for token in tokens(body, after, min(len(body), after + 14)) if token.form not in ("-", "–", "،", "t")
    ]
    if len(words) >= 3 and words[0].kind == "number" and words[1].form == ":" and words[2].kind == "number":
        hour, minute = int(words[0].light), int(words[2].light)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None
