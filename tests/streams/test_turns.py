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


def done(task: asyncio.Task[None]) -> bool:
    return task.done()


async def begin_an_article(turns: Turns, rank: int = 0) -> asyncio.Task[None]:
    task = asyncio.create_task(turns.wait(rank))
    for _ in range(5):
        await asyncio.sleep(0)
    return task


async def test_no_article_is_begun_while_something_is_sent_to_the_last_stage_or_is_to_come() -> None:
    turns = Turns(["statements"])
    with turns.sending(["statements", "decisions"]):
        article, reader = await begin_an_article(turns), await begin_an_article(turns, 1)
        assert not done(article)
        assert done(reader)
        turns.expect("statements", 0, 7)
    await asyncio.sleep(0)
    turns.arrived("statements", 0, 6)
    turns.arrived("statements", 1, 7)
    assert not done(await begin_an_article(turns))
    turns.arrived("statements", 0, 7)
    await asyncio.wait_for(article, 5)
    assert done(await begin_an_article(turns))


async def test_what_goes_elsewhere_or_has_come_already_is_not_waited_for() -> None:
    turns = Turns(["statements"])
    turns.arrived("statements", 0, 7)
    turns.expect("statements", 0, 7)
    turns.expect("articles.accepted", 0, 1)
    with turns.sending(["articles.accepted"]):
        assert done(await begin_an_article(turns))


async def test_what_does_not_come_is_waited_for_only_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streams.turns.PATIENCE", 0.05)
    turns = Turns(["statements"])
    turns.expect("statements", 0, 7)
    article = await begin_an_article(turns)
    assert not done(article)
    await asyncio.wait_for(article, 5)
