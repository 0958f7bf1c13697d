"""Which alert an endpoint is sent next, and when: played through on a clock that only moves while nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

import pytest

from schemas import Alert
from streams.delivery import Delivery
from streams.waiting import REFUSALS, ROOM, SUSPECT, Patience, Queue

TAKEN, AWAY, REFUSED = "taken", "away", "refused"
PARTITION = ("alerts", 0)


def delivery(number: int, sent_at: float = 0.0) -> Delivery:
    alert = Alert(alert_id=f"{number}", kind="surge", severity="info", reason="x", summary={}, article_ids=())
    return Delivery(f"{number}", alert, b"{}", sent_at)


@dataclass
class Play:
    """An endpoint that answers each alert (by its number) at each second as `answer` says."""

    answer: Callable[[int, float], str]
    asks_for: float = 0.0
    patience: Patience = field(default_factory=Patience)
    now: float = 0.0
    tries: list[tuple[float, int]] = field(default_factory=list)
    took: list[int] = field(default_factory=list)
    took_at: list[float] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue = Queue(self.patience)

    def come(self, *numbers: int) -> None:
        for number in numbers:
            self.queue.read(PARTITION, number, delivery(number, self.now))

    def until(self, end: float) -> None:
        while self.now < end:
            waiting = self.queue.next(self.now)
            if waiting is None:
                self.now = min(end, self.now + max(self.queue.pause(self.now), 1e-6))
                continue
            number = waiting.offset
            self.tries.append((self.now, number))
            answer = self.answer(number, self.now)
            if answer == TAKEN:
                self.queue.taken(waiting)
                self.took.append(number)
                self.took_at.append(self.now)
                continue
            age, refused = self.now - waiting.delivery.sent_at, answer == REFUSED
            if self.queue.failed(waiting, self.now, age=age, refused=refused, asked_for=self.asks_for):
                self.queue.done(waiting)
                self.given_up.append(number)

    def pauses(self) -> list[float]:
        times = [time for time, _ in self.tries]
        return [after - before for before, after in pairwise(times)]


def test_an_endpoint_that_takes_everything_gets_it_at_once_and_in_order() -> None:
    play = Play(lambda number, now: TAKEN)
    play.come(*range(20))
    play.until(1)
    assert play.took == list(range(20))
    assert {time for time, _ in play.tries} == {0}


def test_alerts_of_several_partitions_go_in_the_order_in_which_they_were_sent() -> None:
    queue = Queue(Patience())
    queue.read(("corroborations", 0), 0, delivery(2, 20.0))
    queue.read(("alerts", 0), 7, delivery(1, 10.0))
    first = queue.next(0)
    assert first is not None
    assert first.delivery.delivery_id == "1"


@pytest.mark.parametrize("away", [2, 60, 3600, 20 * 3600])
def test_an_endpoint_that_was_away_gets_everything_once(away: float) -> None:
    play = Play(lambda number, now: TAKEN if now > away else AWAY)
    play.come(*range(30))
    play.until(away + 1000)
    assert sorted(play.took) == list(range(30))
    assert play.took[1:] == sorted(play.took[1:])  # at most one, which told that it is back, is before its turn
    assert not play.given_up
    assert play.took_at[0] < away + min(1.25 * play.patience.longest_pause, 2 * away + 2)
    assert play.took_at[-1] == play.took_at[0]


def test_an_alert_that_is_never_taken_does_not_hide_that_an_endpoint_is_back() -> None:
    play = Play(lambda number, now: TAKEN if now > 100 and number != 0 else AWAY)
    play.come(0, 1)
    play.until(1000)
    assert play.took == [1]


def test_a_short_trouble_changes_no_order() -> None:
    play = Play(lambda number, now: TAKEN if now > 2 else AWAY)
    play.come(*range(5))
    play.until(60)
    assert play.took == list(range(5))


def test_an_endpoint_that_is_away_is_asked_less_and_less_often() -> None:
    play = Play(lambda number, now: AWAY)
    play.come(1)
    play.until(20 * 3600)
    for number, pause in enumerate(play.pauses()):
        least = min(play.patience.longest_pause, play.patience.first_pause * 2**number)
        assert 0.75 * least <= pause <= 1.25 * least + 1e-3
    assert play.pauses()[-1] >= 0.75 * play.patience.longest_pause


def test_many_alerts_do_not_make_an_endpoint_that_is_away_be_asked_more_often_for_long() -> None:
    play = Play(lambda number, now: AWAY)
    play.come(*range(100))
    play.until(10 * 3600)
    assert len(play.tries) < 100 + 10 * 3600 / (0.75 * play.patience.longest_pause) + 20


@pytest.mark.parametrize("poisoned", [{0}, {0, 1, 2}, {3, 7}, set(range(10))], ids=str)
def test_an_alert_that_is_never_taken_holds_up_no_other(poisoned: set[int]) -> None:
    play = Play(lambda number, now: AWAY if number in poisoned else TAKEN)
    play.come(*range(20))
    play.until(120)
    assert play.took == [number for number in range(20) if number not in poisoned]
    assert len(play.tries) < 20 + 12 * len(poisoned)
    before = play.now
    play.come(99)
    play.until(before + 1)
    assert play.took[-1] == 99
    assert play.tries[-1][0] < before + 1


def test_an_alert_that_is_never_taken_is_tried_less_and_less_often_and_given_up_after_a_day() -> None:
    play = Play(lambda number, now: AWAY if number == 0 else TAKEN)
    play.come(0, 1)
    play.until(26 * 3600)
    assert play.given_up == [0]
    last = max(time for time, number in play.tries if number == 0)
    assert play.patience.give_up < last < play.patience.give_up + 1.25 * play.patience.longest_pause
    assert play.queue.oldest is None


def test_a_new_alert_finds_out_that_an_endpoint_is_back() -> None:
    play = Play(lambda number, now: TAKEN if now > 7200 else AWAY)
    play.come(0)
    play.until(7201)
    play.come(1)
    play.until(7203)
    assert set(play.took) == {0, 1}


def test_a_refusal_is_final_after_a_few_tries_and_the_others_keep_their_order() -> None:
    play = Play(lambda number, now: REFUSED if number == 1 else TAKEN)
    play.come(*range(5))
    play.until(60)
    assert play.given_up == [1]
    assert [number for _, number in play.tries] == [0, *[1] * REFUSALS, 2, 3, 4]


def test_an_endpoint_may_ask_for_time_but_not_for_a_year() -> None:
    play = Play(lambda number, now: AWAY, asks_for=50.0)
    play.come(0, 1)
    play.until(120)
    assert play.pauses()[0] == 50
    play = Play(lambda number, now: AWAY, asks_for=3e7)
    play.come(0, 1)
    play.until(500)
    assert play.pauses()[0] == play.patience.longest_pause


def test_what_waited_longer_than_a_day_is_tried_once() -> None:
    play = Play(lambda number, now: AWAY)
    play.queue.read(PARTITION, 0, delivery(0, -2 * 24 * 3600.0))
    play.until(10)
    assert play.given_up == [0]
    assert len(play.tries) == 1


def test_what_somebody_else_is_sending_is_asked_for_again_and_holds_up_nobody() -> None:
    play = Play(lambda number, now: TAKEN)
    play.come(0, 1)
    first = play.queue.next(0)
    assert first is not None
    play.queue.held(first, 0)
    play.until(10)
    assert play.took == [1, 0]


def test_nothing_is_committed_beyond_what_waits() -> None:
    queue = Queue(Patience())
    assert queue.mark(PARTITION) is None
    for offset in range(5, 9):
        queue.read(PARTITION, offset, delivery(offset) if offset != 6 else None)
    assert queue.mark(PARTITION) == 5
    first = queue.next(0)
    assert first is not None
    queue.held(first, 0)
    second = queue.next(0)
    assert second is not None
    queue.taken(second)
    assert queue.mark(PARTITION) == 5
    queue.done(first)
    assert queue.mark(PARTITION) == 8
    queue.clear()
    assert queue.mark(PARTITION) is None


def test_what_is_taken_from_us_is_no_longer_in_hand() -> None:
    queue = Queue(Patience())
    queue.read(PARTITION, 0, delivery(0))
    in_hand = queue.next(0)
    assert in_hand is not None
    queue.clear()
    assert queue.next(0) is None
    assert queue.pause(0) == inf
    assert queue.mark(PARTITION) is None
    assert queue.oldest is None
    queue.taken(in_hand)  # its answer came afterwards
    assert queue.mark(PARTITION) is None


def test_there_is_room_for_so_many() -> None:
    queue = Queue(Patience())
    for number in range(ROOM):
        assert not queue.is_full
        queue.read(PARTITION, number, delivery(number))
    assert queue.is_full


def test_who_fails_is_tried_again_before_others() -> None:
    play = Play(lambda number, now: AWAY)
    play.come(0, 1)
    play.until(5)
    assert [number for _, number in play.tries][:SUSPECT] == [0] * SUSPECT
