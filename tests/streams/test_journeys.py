"""An article is through when every record that came of it was decided on, in whatever order one hears of it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from schemas import Article, Decision, RawArticle, Record, Rejection
from streams.journeys import Journeys
from streams.records import identify
from tests.fakes import accepted, alert_of, signal_of

READERS = {
    "articles.raw": ["deduplicate"],
    "articles.accepted": ["tag_signals", "track_statements"],
    "signals": ["trigger_alerts"],
}
ARTICLE: Article = accepted(RawArticle(article_id="a1", body="نص"))
SIGNAL = signal_of(ARTICLE)
ALERT = alert_of(SIGNAL)


def decided(stage: str, record_id: str, *emitted: str) -> tuple[str, Record]:
    return "decisions", Decision(article_id="a1", stage=stage, record_id=record_id, emitted=emitted)


WAY: list[tuple[str, Record]] = [
    ("articles.accepted", ARTICLE),
    decided("deduplicate", "a1", "articles.accepted:a1"),
    ("signals", SIGNAL),
    decided("tag_signals", "a1", "signals:signal-a1"),
    decided("track_statements", "a1"),
    ("alerts", ALERT),
    decided("trigger_alerts", "signal-a1", "alerts:alert-signal-a1#0"),
]
WANTED = frozenset({"articles.accepted", "signals", "alerts"})


def rejection(partition: int, offset: int, topic: str = "articles.raw") -> Rejection:
    return Rejection(
        rejection_id="r1",
        stage="deduplicate",
        reason="not_json",
        error="",
        topic=topic,
        partition=partition,
        offset=offset,
        record_value="",
        rejected_at=datetime(2022, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("seed", range(7))
def test_it_is_through_with_the_last_record_and_not_before(seed: int) -> None:
    way = WAY[seed:] + WAY[:seed]
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    journeys.placed(journey, (0, 0))
    for topic, record in way:
        assert not journeys.complete(journey)
        journeys.read(topic, identify(record), record)
    assert journeys.complete(journey)
    assert not journeys.under_way("a1")
    assert journey.collect("articles.accepted") == [ARTICLE]
    assert journey.collect("signals") == [SIGNAL]
    assert journey.collect("alerts") == [ALERT]


def test_each_thing_that_is_missing_is_told() -> None:
    for left_out in range(len(WAY)):
        journeys = Journeys(READERS, WANTED)
        journey = journeys.begin("feed:1", "a1")
        journeys.placed(journey, (0, 0))
        for topic, record in itertools.chain(WAY[:left_out], WAY[left_out + 1 :]):
            journeys.read(topic, identify(record), record)
        assert not journeys.complete(journey)
        assert len(journeys.missing(journey)) == 1


def test_a_record_that_was_delivered_twice_counts_once() -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    journeys.placed(journey, (0, 0))
    for topic, record in WAY * 2:
        journeys.read(topic, identify(record), record)
    assert journeys.complete(journey)
    assert journey.collect("signals") == [SIGNAL]


def test_it_is_not_through_before_the_broker_has_confirmed_it() -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    for topic, record in WAY:
        journeys.read(topic, identify(record), record)
    assert not journeys.complete(journey)
    journeys.placed(journey, (0, 0))
    assert journeys.complete(journey)


@pytest.mark.parametrize("early", [True, False])
def test_what_is_no_article_ends_in_quarantine(early: bool) -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", None)
    if early:
        journeys.read("quarantine", "r1", rejection(2, 7))
    journeys.placed(journey, (2, 7))
    if not early:
        assert not journeys.complete(journey)
        assert journeys.missing(journey) == ["quarantine of feed:1"]
        journeys.read("quarantine", "r1", rejection(2, 7))
    assert journeys.complete(journey)
    assert [each.rejection_id for each in journey.rejections] == ["r1"]


def test_the_quarantine_of_another_record_is_not_ours() -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    journeys.placed(journey, (2, 7))
    journeys.read("quarantine", "r1", rejection(2, 8))
    journeys.read("quarantine", "r1", rejection(2, 7, topic="signals"))
    assert not journeys.complete(journey)


def test_a_stage_that_quarantines_a_record_has_decided_on_it() -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    journeys.placed(journey, (0, 0))
    for topic, record in WAY[:5]:
        journeys.read(topic, identify(record), record)
    journeys.read(*WAY_QUARANTINE)
    assert journeys.complete(journey)
    assert ("quarantine", "r1") in list(journey.emitted())


def test_an_alert_that_was_sent_with_an_earlier_article_is_not_waited_for() -> None:
    journeys = Journeys(READERS, WANTED)
    journey = journeys.begin("feed:1", "a1")
    journeys.placed(journey, (0, 0))
    for topic, record in WAY[:5]:
        journeys.read(topic, identify(record), record)
    name = "alerts:alert-signal-a1#0"
    told = Decision(
        article_id="a1", stage="trigger_alerts", record_id="signal-a1", emitted=(name,), sent_before=(name,)
    )
    journeys.read("decisions", "a1", told)
    assert journeys.complete(journey)
    assert journey.collect("alerts") == []


WAY_QUARANTINE = ("decisions", "a1", decided("trigger_alerts", "signal-a1", "quarantine:r1")[1])
