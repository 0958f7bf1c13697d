"""The gauges tell what the journals hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from schemas import Actor, RawArticle, Signal, Talk, Watchlist
from streams.gauges import Gauges
from streams.metrics import Metrics
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


async def test_talks_tell_when_they_begin_and_pairs_how_escalation_stands_from_whom_to_whom() -> None:
    metrics = Metrics(CollectorRegistry(), parties=("russia", "ukraine"), talks=("geneva",))
    talks = {"geneva": Talk(talk_id="geneva", starts=date(2022, 1, 12)), "invented": Talk(talk_id="invented")}
    signals: MemoryJournal[Signal] = MemoryJournal()
    await signals.append(0, "a", [hostile("a", MONDAY)])
    gauges = Gauges(metrics, talks.get, signals, WATCHLIST)
    await gauges.update()
    talks["geneva"] = Talk(talk_id="geneva", starts=date(2022, 1, 10))
    await gauges.update()
    value = metrics.registry.get_sample_value
    assert value("rasid_talk_starts_timestamp_seconds", {"talk": "geneva"}) == MONDAY.timestamp()
    first = value("rasid_escalation_index", {"actor": "russia", "recipient": "ukraine"})
    assert first == pytest.approx(1.0)
    assert value("rasid_escalation_index", {"actor": "ukraine", "recipient": "russia"}) is None
    await signals.append(1, "b", [hostile("b", MONDAY + timedelta(hours=1))])
    await gauges.update()
    assert value("rasid_escalation_index", {"actor": "russia", "recipient": "ukraine"}) > first  # type: ignore[operator]
    assert value("rasid_talk_starts_timestamp_seconds", {"talk": "invented"}) is None
