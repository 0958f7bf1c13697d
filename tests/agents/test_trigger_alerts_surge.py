from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.trigger_alerts.surge import HALF_LIFE, KEPT, History, index_of, judge, pairs_of, remember, weight_of
from schemas import Direction, EventType, Modality, Signal, Span, Watchlist

START = datetime(2022, 1, 1, tzinfo=UTC)
PAIR = ("russia", "ukraine")


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    text = (Path(__file__).parents[2] / "seeds" / "watchlist.yaml").read_text("utf-8")
    return Watchlist.model_validate(yaml.safe_load(text))


def hit(day: float, article: str | None = None, **fields: Any) -> Signal:
    return Signal(
        **{
            "signal_id": f"signal-{day}-{article}",
            "article_id": article or f"article-{day}",
            "event_time": START + timedelta(days=day),
            "event_type": EventType.ASSAULT,
            "direction": Direction.ESCALATION,
            "modality": Modality.ASSERTED,
            "intensity": -9.0,
            "actors": ("russia",),
            "recipients": ("ukraine",),
            "evidence": Span(start=0, end=3, text="قصف"),
            **fields,
        }
    )


def history_of(signals: list[Signal], watchlist: Watchlist) -> History:
    history = History()
    for signal in signals:
        remember(history, signal, watchlist)
    return history


def test_the_index_halves_in_two_days(watchlist: Watchlist) -> None:
    history = history_of([hit(0)], watchlist)
    assert index_of(history, PAIR, START) == pytest.approx(0.9)
    assert index_of(history, PAIR, START + HALF_LIFE) == pytest.approx(0.45)
    assert index_of(history, PAIR, START - HALF_LIFE) == 0


def test_one_article_counts_once_however_often_it_tells_of_it(watchlist: Watchlist) -> None:
    signals = [hit(0, "article-1", signal_id=f"signal-{number}") for number in range(9)]
    assert index_of(history_of(signals, watchlist), PAIR, START) == pytest.approx(0.9)


WEIGHTS = {
    "an act": ({}, 0.9),
    "a threat": ({"modality": Modality.CONDITIONAL}, 0.45),
    "a denial": ({"modality": Modality.DENIED, "intensity": 0.0}, 0),
    "history": ({"modality": Modality.BACKGROUND}, 0),
    "an offer": ({"direction": Direction.DEESCALATION, "intensity": 4.0}, 0),
    "no date": ({"event_time": None}, 0),
}


@pytest.mark.parametrize(("fields", "weight"), WEIGHTS.values(), ids=WEIGHTS.keys())
def test_what_a_signal_weighs(fields: dict[str, Any], weight: float) -> None:
    assert weight_of(hit(0, **fields)) == pytest.approx(weight)


def test_pairs_are_of_parties_and_have_no_direction(watchlist: Watchlist) -> None:
    both = hit(0, actors=("zelensky", "nato"), recipients=("putin",))
    assert pairs_of(both, watchlist) == (("nato", "russia"), ("russia", "ukraine"))
    assert pairs_of(hit(0, actors=("putin",), recipients=("kremlin",)), watchlist) == ()


def test_a_directed_history_keeps_what_is_done_apart_from_what_is_suffered(watchlist: Watchlist) -> None:
    history = History(directed=True)
    remember(history, hit(0), watchlist)
    assert index_of(history, ("russia", "ukraine"), START) == pytest.approx(0.9)
    assert index_of(history, ("ukraine", "russia"), START) == 0


def test_nothing_is_judged_in_the_first_week(watchlist: Watchlist) -> None:
    history = history_of([hit(day / 4) for day in range(24)], watchlist)
    assert judge(history, PAIR, START + timedelta(days=6)) is None


def test_several_attacks_after_a_quiet_month_are_a_surge(watchlist: Watchlist) -> None:
    quiet = [hit(day, modality=Modality.CONDITIONAL) for day in range(0, 30, 5)]
    burst = [hit(30 + number / 10) for number in range(5)]
    judged = judge(history_of(quiet + burst, watchlist), PAIR, START + timedelta(days=30.5))
    assert judged is not None
    assert judged.is_unusual
    assert judged.articles >= 5
    assert judged.usual < 0.5 < 4 < judged.index


def test_a_war_that_goes_on_as_every_day_is_no_surge(watchlist: Watchlist) -> None:
    daily = [hit(day + part / 3) for day in range(35) for part in range(3)]
    judged = judge(history_of(daily, watchlist), PAIR, START + timedelta(days=34.9))
    assert judged is not None
    assert judged.index > 5
    assert not judged.is_unusual


def test_one_article_is_never_a_surge(watchlist: Watchlist) -> None:
    types = [EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.SANCTION, EventType.THREATEN]
    burst = [hit(30, "article-1", event_type=event_type, signal_id=event_type.value) for event_type in types]
    judged = judge(history_of([hit(0), *burst], watchlist), PAIR, START + timedelta(days=30))
    assert judged is not None
    assert judged.index > 4
    assert not judged.is_unusual


def test_the_order_of_arrival_changes_nothing(watchlist: Watchlist) -> None:
    signals = [hit(0), hit(9), hit(9.5), hit(9.7), hit(10)]
    at = START + timedelta(days=10)
    assert len({judge(history_of(list(order), watchlist), PAIR, at) for order in permutations(signals)}) == 1


def test_what_has_faded_is_forgotten(watchlist: Watchlist) -> None:
    history = history_of([hit(day) for day in range(200)], watchlist)
    assert len(history.pairs[PAIR]) == KEPT.days + 1


def test_the_histories_of_one_worker_share_what_they_hold(watchlist: Watchlist) -> None:
    signal = hit(0)
    histories = [history_of([Signal.model_validate_json(signal.model_dump_json())], watchlist) for _ in range(2)]
    (one,), (other,) = (history.pairs[PAIR] for history in histories)
    assert one is other
