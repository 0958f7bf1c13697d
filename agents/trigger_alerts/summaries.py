"""The one sentence that explains an alert, in English and Arabic. The sentences themselves are in summaries.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from agents.trigger_alerts.surge import Surge
from schemas import Claim, EventType, ScheduledTalk, Statement, Talk, TalkChange, TalkStatus, Watchlist

LANGUAGES: Final = ("en", "ar")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


@lru_cache(maxsize=1)
def templates() -> dict[str, Any]:
    """The sentences, by kind, case and language."""
    loaded: dict[str, Any] = yaml.safe_load(
        resources.files("agents.trigger_alerts").joinpath("summaries.yaml").read_text("utf-8")
    )
    return loaded


def shorten(words: str, width: int = 160) -> str:
    """The words on one line, cut at a space."""
    line = " ".join(words.split())
    return line if len(line) <= width else line[:width].rpartition(" ")[0] + "…"


def of_statement(statement: Statement, case: str, watchlist: Watchlist) -> dict[str, str]:
    """`case` is new, update, contradiction or denial."""
    return {
        language: templates()["new_statement"][case][language].format(
            speaker=_speakers(statement, watchlist, language),
            talks=_join((talk_title(talk, watchlist, language) for talk in statement.talks), language),
            words=shorten(statement.content.text),
        )
        for language in LANGUAGES
    }


def of_escalation(
    event_type: EventType,
    *,
    actors: Sequence[str],
    recipients: Sequence[str],
    threatened: EventType | None,
    words: str,
    watchlist: Watchlist,
) -> dict[str, str]:
    """An act, or a threat, with the type of the act that is threatened where it is known."""
    sentences = templates()
    case = "threat" if event_type is EventType.THREATEN else event_type.value
    return {
        language: sentences["escalation"][case][language].format(
            actors=_join((name(actor, watchlist, language) for actor in actors), language),
            recipients=_join((name(recipient, watchlist, language) for recipient in recipients), language),
            threatened=sentences["threatened"].get(threatened, {}).get(language, ""),
            words=shorten(words),
        )
        for language in LANGUAGES
    }


def of_surge(surge: Surge, watchlist: Watchlist) -> dict[str, str]:
    return {
        language: templates()["surge"][language].format(
            parties=_join((name(party, watchlist, language) for party in surge.pair), language),
            index=f"{surge.index:.1f}",
            usual=f"{surge.usual:.1f}",
        )
        for language in LANGUAGES
    }


def of_change(talk: Talk, change: TalkChange, watchlist: Watchlist) -> dict[str, str]:
    sentences = templates()
    case = talk.status.value if change.field == "status" else change.field
    texts = {}
    for language in LANGUAGES:
        before = value(change.field, change.before, watchlist, language)
        when = value("dates", dates_of(talk), watchlist, language)
        shows_when = when and talk.status is not TalkStatus.POSTPONED
        texts[language] = sentences["talk_changed"][case][language].format(
            talk=talk_title(talk.talk_id, watchlist, language),
            after=value(change.field, change.after, watchlist, language),
            was=sentences["was"][language].format(before=before) if before else "",
            when=sentences["when"][language].format(after=when) if shows_when else "",
        )
    return texts


def of_dispute(talk: Talk, field: str, claims: Sequence[Claim], watchlist: Watchlist) -> dict[str, str]:
    """`field` is dates or venue; the claims are those that cannot all be right."""
    sentences = templates()
    return {
        language: sentences["talk_disputed"][field][language].format(
            talk=talk_title(talk.talk_id, watchlist, language),
            claims=sentences["against"][language].join(
                dict.fromkeys(
                    value(field, claim.venue if field == "venue" else dates_of(claim), watchlist, language)
                    or sentences["undated"].get(claim.stance or claim.status, {}).get(language, "?")
                    for claim in claims
                )
            ),
        )
        for language in LANGUAGES
    }


def dates_of(talk: Talk | Claim | ScheduledTalk) -> str | None:
    """The days of a talk as "2022-01-09/2022-01-10", or one day, or None."""
    if talk.starts is None:
        return None
    one_day = talk.ends is None or talk.ends == talk.starts
    return talk.starts.isoformat() if one_day else f"{talk.starts.isoformat()}/{talk.ends}"


def name(actor_id: str, watchlist: Watchlist, language: str) -> str:
    """The first name of an actor in a language, else in any language, else its id."""
    for actor in watchlist.actors:
        if actor.id == actor_id:
            return _first(actor.names, language) or actor_id
    return actor_id


def talk_title(talk_id: str, watchlist: Watchlist, language: str) -> str:
    """The title of a talk in a language; where it has none, the longest name that it goes by: short ones say little."""
    for talk in watchlist.talks:
        if talk.id == talk_id:
            longest = max(talk.names.get(language, ()), key=len, default="")
            return talk.title.get(language) or longest or _any(talk.title) or talk_id
    return talk_id


def value(field: str, raw: str | None, watchlist: Watchlist, language: str) -> str:
    """A date, or range of dates, or a venue as people write it."""
    if not raw:
        return ""
    if field == "venue":
        return next((_first(place.names, language) or raw for place in watchlist.places if place.id == raw), raw)
    try:
        days = [date.fromisoformat(day) for day in _DATE.findall(raw)]
    except ValueError:
        return raw
    return _days(days, language) if days else raw


def _days(days: list[date], language: str) -> str:
    """One day, or "9–10 January 2022", or "30 December 2021 – 2 January 2022", as the page has them."""
    months: list[str] = templates()["months"][language]
    start, end = days[0], days[-1]

    def written(day: date) -> str:
        return f"{day.day} {months[day.month - 1]} {day.year}"

    if start == end:
        return written(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{written(end)}"
    return f"{written(start)} – {written(end)}"


def _speakers(statement: Statement, watchlist: Watchlist, language: str) -> str:
    names = [
        name(speaker.actor_id, watchlist, language) if speaker.actor_id else speaker.name
        for speaker in statement.speakers
    ]
    return _join(filter(None, names), language) or templates()["somebody"][language]


def _join(names: Iterable[str], language: str) -> str:
    """Names as a list: "a, b and c"."""
    *first, last = list(dict.fromkeys(names)) or [""]
    sentences = templates()
    return sentences["list"][language].join(first) + sentences["and"][language] + last if first else last


def _first(names: dict[str, tuple[str, ...]], language: str) -> str:
    return next(iter(names.get(language, ())), "") or next((row[0] for row in names.values() if row), "")


def _any(title: dict[str, str]) -> str:
    return next(iter(title.values()), "")
