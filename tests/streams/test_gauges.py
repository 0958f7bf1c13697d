"""The gauges tell what the journals hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from prometheus_client import CollectorRegistry

from schemas import Actor, RawArticle, ScheduledTalk, Signal, Talk, TalkStatus, Watchlist
from streams.gauges import Gauges
from streams.metrics import Metrics
from streams.read_model import ReadModel
from streams.stores import MemoryJournal
from tests import fakes

WATCHLIST = Watchlist(
    watchlist="test",
    title={},
    actors=tuple(Actor(id=name, kind="state", names={}) for name in ("russia", "ukraine")),  # type: ignore[arg-type]
)
MONDAY = datetime(2022, 1, 10, tzinfo=UTC)


def hostile(name: str, at: datetime) -> Signal:
    signal = fakes.signal_of(fakes.accepted(RawArticle(article_id=name, body="نص")))
    return signal.model_copy(update={"event_time": at, "actors": ("russia",), "recipients": ("ukraine",)})


def model(*talks: Talk) -> ReadModel:
    expected = ScheduledTalk(id="geneva", title={}, parties=(), starts=date(2022, 1, 10), names={})
    found = ReadModel(WATCHLIST.model_copy(update={"talks": (expected,)}))
    for number, talk in enumerate(talks):
        found.apply("talks", (0, number), talk.talk_id.encode(), talk.model_dump_json().encode())
    found.ready = True
    return found


def test_talks_begin_when_the_ledger_says_and_until_then_as_expected() -> None:
    moved = Talk(talk_id="geneva", status="rescheduled", starts=date(2022, 1, 12))
    assert model().starts("geneva") == date(2022, 1, 10)
    assert model(moved).starts("geneva") == date(2022, 1, 12)
    assert model(moved, Talk(talk_id="geneva", status="postponed")).starts("geneva") is None
    assert model(moved.model_copy(update={"status": TalkStatus.CANCELLED})).starts("geneva") is None
    assert model().starts("vienna") is None


def test_nothing_is_said_of_talks_while_the_topics_are_still_read() -> None:
    reading = model()
    reading.ready = False
    assert reading.starts("geneva") is None


async def test_talks_tell_when_they_begin_as_long_as_somebody_knows() -> None:
    metrics = Metrics(CollectorRegistry(), talks=("geneva", "vienna"))
    days: dict[str, date] = {"geneva": date(2022, 1, 12), "invented": date(2022, 1, 1)}
    gauges = Gauges(metrics, days.get, MemoryJournal[Signal](), WATCHLIST)
    value = metrics.registry.get_sample_value
    for day in (date(2022, 1, 12), date(2022, 1, 10)):
        days["geneva"] = day
        await gauges.update()
        midnight = datetime.combine(day, time.min, UTC).timestamp()
        assert value("rasid_talk_starts_timestamp_seconds", {"talk": "geneva"}) == midnight
    assert value("rasid_talk_starts_timestamp_seconds", {"talk": "vienna"}) is None
    assert value("rasid_talk_starts_timestamp_seconds", {"talk": "invented"}) is None
    del days["geneva"]  # put off, to no day
    await gauges.update()
    assert value("rasid_talk_starts_timestamp_seconds", {"talk": "geneva"}) is None


async def test_pairs_tell_how_escalation_stands_from_whom_to_whom() -> None:
    metrics = Metrics(CollectorRegistry(), parties=("russia", "ukraine"))
    signals: MemoryJournal[Signal] = MemoryJournal()
    gauges = Gauges(metrics, lambda _: None, signals, WATCHLIST)
    value = metrics.registry.get_sample_value
    assert value("rasid_escalation_index", {"actor": "russia", "recipient": "ukraine"}) == 0
    await signals.append(0, "a", [hostile("a", MONDAY)])
    await gauges.update()
    first = value("rasid_escalation_index", {"actor": "russia", "recipient": "ukraine"})
    assert first == pytest.approx(1.0)
    assert value("rasid_escalation_index", {"actor": "ukraine", "recipient": "russia"}) == 0
    await signals.append(1, "b", [hostile("b", MONDAY + timedelta(hours=1))])
    await gauges.update()
    assert value("rasid_escalation_index", {"actor": "russia", "recipient": "ukraine"}) > first  # type: ignore[operator]
