"""The watchdog ends a worker that is stuck, and none that waits or has nothing to do."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from prometheus_client import CollectorRegistry

from streams.health import STORE, Health
from streams.metrics import Metrics
from streams.standstill import Progress, Standstill
from streams.watchdog import Watchdog, any_answers


@pytest.fixture
def health() -> Health:
    health = Health(Metrics(CollectorRegistry()))
    health.assigned = True
    return health


@pytest.fixture
def broker() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"  # type: ignore[misc]


def later() -> float:
    return time.monotonic() + 1000


def watchdog(health: Health, broker: str, lag: int = 5) -> Watchdog:
    return Watchdog(health, lambda: lag, broker, seconds=100)


def test_records_that_wait_without_progress_are_trouble(health: Health, broker: str) -> None:
    assert watchdog(health, broker).trouble(later()) == "no progress for 100 s while 5 records wait"


def test_progress_is_no_trouble(health: Health, broker: str) -> None:
    assert watchdog(health, broker).trouble(time.monotonic()) is None


def test_nothing_to_do_is_no_trouble(health: Health, broker: str) -> None:
    assert watchdog(health, broker, lag=0).trouble(later()) is None


def test_waiting_for_the_store_is_no_trouble_and_the_time_begins_anew_afterwards(health: Health, broker: str) -> None:
    health.down(STORE, ConnectionError())
    dog = watchdog(health, broker)
    assert dog.trouble(later()) is None
    health.up(STORE)
    assert dog.trouble(time.monotonic() + 50) is None
    assert dog.trouble(later()) is not None


def test_a_group_that_gives_no_partitions_is_trouble_even_when_nothing_is_known_to_wait(
    health: Health, broker: str
) -> None:
    health.assigned = False
    assert "given us no partitions" in (watchdog(health, broker, lag=0).trouble(later()) or "")


def test_while_no_broker_answers_nothing_would_be_gained(health: Health) -> None:
    health.assigned = False
    assert watchdog(health, "127.0.0.1:9").trouble(later()) is None


def test_the_time_in_which_the_process_was_stopped_is_no_lack_of_progress(health: Health, broker: str) -> None:
    stage = Progress("deduplicate", frozenset())
    standstill = Standstill(100)
    standstill.follow([stage])
    dog = Watchdog(health, lambda: 5, broker, seconds=100, standstill=standstill)
    stage.begin()
    health.progress = stage.went_on = time.monotonic() - 1000
    dog.was_stopped(time.monotonic())
    assert dog.trouble(time.monotonic()) is None
    assert dog.trouble(later()) is not None


def test_a_stage_that_stands_still_beside_others_is_trouble_unless_something_is_waited_for(
    health: Health, broker: str
) -> None:
    stage = Progress("deduplicate", frozenset())
    standstill = Standstill(100)
    standstill.follow([stage])
    dog = Watchdog(health, lambda: 5, broker, seconds=100, standstill=standstill)
    stage.begin()
    stage.went_on = time.monotonic() - 1000
    assert dog.trouble(time.monotonic()) == "deduplicate has not gone on for 100 s"
    health.down(STORE, ConnectionError())
    assert dog.trouble(time.monotonic()) is None


def test_one_broker_of_several_is_enough(broker: str) -> None:
    assert any_answers(f"127.0.0.1:9,{broker}")
    assert not any_answers("127.0.0.1:9,127.0.0.1:7")


def test_the_thread_ends_the_process_of_a_loop_that_hangs(health: Health, broker: str) -> None:
    ended, told = threading.Event(), []
    dog = Watchdog(health, lambda: 1, broker, 0.05, end=lambda trouble: (told.append(trouble), ended.set()))  # type: ignore[func-returns-value, arg-type]
    dog.start()
    assert ended.wait(20)
    assert len(told) == 1


def test_a_watchdog_that_was_stopped_ends_nobody(health: Health, broker: str) -> None:
    told: list[str] = []
    dog = Watchdog(health, lambda: 1, broker, 1000, end=told.append)
    dog.start()
    dog.stop()
    dog.join(20)
    assert not dog.is_alive()
    assert told == []
