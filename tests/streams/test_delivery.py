from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from schemas import Alert
from streams.delivery import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    REFUSALS,
    Delivery,
    Filter,
    Patience,
    RefusedError,
    UnreachableError,
    carry,
)

SENT_AT = 1_640_000_000.0


@dataclass
class Desk:
    """An endpoint that answers as it was told to, then takes everything."""

    answers: Sequence[Exception]
    name: str = "webhook.desk"
    filter: Filter = field(default_factory=Filter)
    tries: int = 0
    had: list[str] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> None:
        self.tries += 1
        if self.tries <= len(self.answers):
            raise self.answers[self.tries - 1]
        self.had.append(delivery.delivery_id)


@dataclass
class Ledger:
    rows: set[tuple[str, str]] = field(default_factory=set)

    async def has(self, endpoint: str, delivery_id: str) -> bool:
        return (endpoint, delivery_id) in self.rows

    async def mark(self, endpoint: str, delivery_id: str) -> None:
        self.rows.add((endpoint, delivery_id))


@dataclass
class Clock:
    """Time that passes only while somebody waits."""

    time: float = SENT_AT
    pauses: list[float] = field(default_factory=list)

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds

    def patience(self, give_up: float = 3600) -> Patience:
        return Patience(give_up=give_up, pause=self.pause, now=lambda: self.time)


@pytest.fixture
def delivery() -> Delivery:
    alert = Alert(alert_id="alert-1", kind="surge", severity="info", reason="x", summary={}, article_ids=())
    return Delivery("alert-1#0", alert, b"{}", SENT_AT)


async def test_an_endpoint_that_is_down_for_a_minute_gets_it_once_it_is_back(delivery: Delivery) -> None:
    desk, ledger, clock = Desk([UnreachableError("down")] * 6), Ledger(), Clock()
    assert await carry(delivery, desk, ledger, clock.patience()) is None
    assert desk.had == ["alert-1#0"]
    assert 40 < clock.time - SENT_AT < 90
    assert ledger.rows == {("webhook.desk", "alert-1#0")}


async def test_what_was_delivered_is_never_sent_again(delivery: Delivery) -> None:
    desk, ledger, clock = Desk([]), Ledger(), Clock()
    for _ in range(3):
        assert await carry(delivery, desk, ledger, clock.patience()) is None
    assert desk.tries == 1


async def test_an_alert_that_is_refused_is_given_up_after_a_few_tries(delivery: Delivery) -> None:
    desk, ledger, clock = Desk([RefusedError("answered 400")] * 99), Ledger(), Clock()
    assert await carry(delivery, desk, ledger, clock.patience()) == "refused: answered 400"
    assert desk.tries == REFUSALS
    assert not ledger.rows


async def test_an_endpoint_that_stays_away_is_given_up_after_its_time(delivery: Delivery) -> None:
    desk, clock = Desk([UnreachableError("down")] * 999), Clock()
    assert await carry(delivery, desk, Ledger(), clock.patience(give_up=3600)) == "unreachable: down"
    assert 3600 < clock.time - SENT_AT < 3600 + 1.25 * LONGEST_PAUSE


async def test_what_waited_behind_it_is_tried_once_before_it_is_given_up(delivery: Delivery) -> None:
    desk, clock = Desk([UnreachableError("down")] * 999), Clock(time=SENT_AT + 4000)
    assert await carry(delivery, desk, Ledger(), clock.patience(give_up=3600)) is not None
    assert (desk.tries, clock.pauses) == (1, [])


async def test_the_pauses_double_and_heed_what_the_endpoint_asks_for(delivery: Delivery) -> None:
    desk, clock = Desk([UnreachableError("busy", retry_after=50.0), *[UnreachableError("down")] * 3]), Clock()
    await carry(delivery, desk, Ledger(), clock.patience())
    assert clock.pauses[0] == 50
    for number, pause in enumerate(clock.pauses[1:], start=1):
        assert 0.75 * FIRST_PAUSE * 2**number <= pause <= 1.25 * FIRST_PAUSE * 2**number


async def test_an_endpoint_cannot_ask_for_a_year() -> None:
    assert Patience().wait(1, 3e7) == LONGEST_PAUSE
