"""What the sentences of alerts call talks and parties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents.trigger_alerts.summaries import of_escalation, talk_title, value
from schemas import Actor, EventType, ScheduledTalk, Watchlist, load_watchlist

SEEDS = load_watchlist(Path(__file__).parents[2] / "seeds" / "watchlist.yaml")


def watchlist(**talk: Any) -> Watchlist:
    talks = (ScheduledTalk(id="talk", parties=(), **{"title": {}, "names": {}, **talk}),)
    return Watchlist(watchlist="test", title={}, actors=(), talks=talks)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_talks_of_the_seeds_have_a_title_in_each_language(language: str) -> None:
    for talk in SEEDS.talks:
        assert talk_title(talk.id, SEEDS, language) == talk.title[language]


def test_talks_without_a_title_in_a_language_go_by_their_longest_name() -> None:
    names = {"ar": ("المكالمة", "مكالمة هاتفية", "اتصال")}
    assert talk_title("talk", watchlist(names=names, title={"en": "Call"}), "ar") == "مكالمة هاتفية"
    assert talk_title("talk", watchlist(title={"en": "Call"}), "ar") == "Call"
    assert talk_title("talk", watchlist(), "ar") == "talk"


def test_each_of_several_is_joined_as_its_language_does() -> None:
    actors = tuple(
        Actor(id=english, kind="state", names={"en": (english,), "ar": (arabic,)})  # type: ignore[arg-type]
        for english, arabic in {"Ukraine": "أوكرانيا", "USA": "الولايات المتحدة", "West": "الغرب"}.items()
    )
    summary = of_escalation(
        EventType.ASSAULT,
        actors=(),
        recipients=[actor.id for actor in actors],
        threatened=None,
        words="",
        watchlist=Watchlist(watchlist="test", title={}, actors=actors),
    )
    assert "Ukraine, USA and West" in summary["en"]
    assert "أوكرانيا والولايات المتحدة والغرب" in summary["ar"]


DAYS = {
    "2022-01-09": ("9 January 2022", "9 يناير 2022"),
    "2022-01-09/2022-01-10": ("9–10 January 2022", "9–10 يناير 2022"),
    "2021-12-30/2022-01-02": ("30 December 2021 – 2 January 2022", "30 ديسمبر 2021 – 2 يناير 2022"),
}


@pytest.mark.parametrize(("days", "english", "arabic"), [(days, *texts) for days, texts in DAYS.items()])
def test_a_range_of_days_is_written_with_a_dash(days: str, english: str, arabic: str) -> None:
    assert value("dates", days, SEEDS, "en") == english
    assert value("dates", days, SEEDS, "ar") == arabic
