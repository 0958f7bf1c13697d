"""The later stages of a worker decide first."""

from __future__ import annotations

import asyncio

import pytest

from streams.turns import Turns


async def test_an_earlier_stage_waits_until_the_later_ones_have_decided() -> None:
    turns, told = Turns(), list[str]()

    async def stage(name: str, rank: int, records: int) -> None:
        with turns.deciding(rank):
            for _ in range(records):
                await turns.wait(rank)
                told.append(name)

    await asyncio.gather(stage("first", 0, 3), stage("last", 4, 3), stage("middle", 2, 2))
    assert told == ["last"] * 3 + ["middle"] * 2 + ["first"] * 3


async def test_stages_of_one_rank_and_a_later_one_wait_for_nobody() -> None:
    turns = Turns()
    with turns.deciding(1), turns.deciding(0):
        await asyncio.wait_for(turns.wait(1), 5)
        await asyncio.wait_for(turns.wait(2), 5)


async def test_who_fails_holds_up_nobody() -> None:
    turns = Turns()

    async def fail() -> None:
        with turns.deciding(3):
            await asyncio.sleep(0.01)
            raise RuntimeError("broken")

    failing, waiting = asyncio.create_task(fail()), asyncio.create_task(turns.wait(0))
    with pytest.raises(RuntimeError, match="broken"):
        await failing
    await asyncio.wait_for(waiting, 5)
