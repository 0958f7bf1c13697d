"""What stands still beside others that go on is told, and nothing that is only slow or waits."""

from __future__ import annotations

import pytest

from streams.standstill import ENOUGH, Place, Progress, Standstill

RAW: Place = ("articles.raw", 0)
OTHER: Place = ("articles.raw", 1)


@pytest.fixture
def stage() -> Progress:
    return Progress("deduplicate", frozenset({"articles.raw"}))


@pytest.fixture
def standstill(stage: Progress) -> Standstill:
    standstill = Standstill(100)
    standstill.follow([stage])
    return standstill


def does(stage: Progress, batches: int) -> None:
    for _ in range(batches):
        stage.begin()
        stage.end()


def test_a_partition_of_which_nothing_is_committed_is_told_though_others_move(
    standstill: Standstill, stage: Progress
) -> None:
    for second in range(101):
        does(stage, 1)
        standstill.look({RAW: (7, 3), OTHER: (second, 1)}, second)
        assert standstill.trouble(second) is None or second == 100
    assert standstill.trouble(100) == "nothing of articles.raw[0] was committed for 100 s while records wait"


def test_a_partition_that_moves_or_holds_nothing_stands_not_still(standstill: Standstill) -> None:
    standstill.look({RAW: (7, 3), OTHER: (5, 0)}, 0)
    standstill.look({RAW: (8, 3), OTHER: (5, 0)}, 99)
    assert standstill.trouble(150) is None
    standstill.look({OTHER: (5, 0)}, 198)
    assert standstill.trouble(250) is None  # the other is no longer ours


def test_a_batch_that_takes_long_is_waited_for_and_so_are_some_more(standstill: Standstill, stage: Progress) -> None:
    standstill.look({RAW: (None, 3)}, 0)
    does(stage, ENOUGH - 1)
    stage.begin()
    stage.wait()
    standstill.look({RAW: (None, 3)}, 300)
    assert standstill.trouble(300) is None
    stage.end()
    stage.begin()
    stage.wait()
    standstill.look({RAW: (None, 3)}, 301)
    assert standstill.trouble(301) is not None  # what waits there would have been in one of so many


def test_every_stage_that_reads_a_topic_must_have_gone_by(standstill: Standstill, stage: Progress) -> None:
    slow = Progress("slow", frozenset({"articles.raw"}))
    standstill.follow([stage, slow])
    standstill.look({RAW: (0, 3)}, 0)
    slow.begin()
    slow.wait()
    does(stage, ENOUGH)
    assert standstill.trouble(200) is None
    slow.end()
    assert standstill.trouble(200) is not None


def test_a_stage_that_does_not_go_on_with_what_it_has_in_hand_is_told(standstill: Standstill, stage: Progress) -> None:
    stage.begin()
    stage.went_on = 0
    assert standstill.trouble(99) is None
    assert standstill.trouble(100) == "deduplicate has not gone on for 100 s"
    stage.wait()  # for its turn, or for the broker
    assert standstill.trouble(100) is None


def test_the_time_in_which_the_process_was_stopped_counts_for_nothing(standstill: Standstill, stage: Progress) -> None:
    standstill.look({RAW: (0, 3)}, 0)
    stage.begin()
    stage.went_on = 0
    standstill.begin_anew(90)
    assert standstill.trouble(189) is None
    assert standstill.trouble(190) is not None


def test_while_nothing_can_be_committed_no_time_passes(standstill: Standstill) -> None:
    standstill.look({RAW: (0, 3)}, 0)
    standstill.look({}, 50)
    standstill.look({RAW: (0, 3)}, 90)
    assert standstill.trouble(189) is None
    assert standstill.trouble(190) is not None
