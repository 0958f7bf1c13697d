from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agents.stage import Answers, Beside, Draft, Memory, Outcome
from schemas import Record


class Number(Record):
    value: int


class Log:
    """A journal in a list, whose answers take as many turns of the loop as they are told to."""

    def __init__(self, delays: Sequence[int] = ()) -> None:
        self.entries: list[Number] = []
        self.answers: dict[str, Sequence[Number]] = {}
        self.calls = 0
        self._delays = list(delays)

    async def _turns(self) -> None:
        self.calls += 1
        for _ in range(self._delays.pop() if self._delays else 0):
            await asyncio.sleep(0)

    async def read(self, after: int) -> Sequence[tuple[int, Number]]:
        await self._turns()
        found = list(enumerate(self.entries))[after:]
        await self._turns()
        return found

    async def append(self, expected: int, key: str, entries: Sequence[Number]) -> bool:
        return await self.append_all(expected, [(key, entries)])

    async def append_all(self, expected: int, answers: Answers[Number], *beside: Beside) -> bool:
        await self._turns()
        parts: list[Any] = [(self, expected, answers), *beside]
        taken = all(
            end == len(log.entries) and not any(key in log.answers for key, _ in told) for log, end, told in parts
        )
        for log, _, told in parts if taken else ():
            for key, entries in told:
                log.entries.extend(entries)
                log.answers[key] = tuple(entries)
        await self._turns()
        return taken

    async def answer(self, key: str) -> Sequence[Number] | None:
        await self._turns()
        return self.answers.get(key)


def memory(log: Log) -> Memory[list[int], Number]:
    return Memory(log, list, lambda state, entry: state.append(entry.value))


async def count(memory: Memory[list[int], Number], key: str, read_first: bool = False) -> Outcome:
    """Append how many entries there are: right only if nothing is missed and nothing is folded twice."""
    return await memory.decide_once(
        key,
        lambda state: Outcome(records=(Number(value=len(state)),)),
        lambda record: record if isinstance(record, Number) else None,
        read_first=read_first,
    )


async def test_one_call_is_enough_where_nobody_else_is_faster() -> None:
    log = Log()
    mine = memory(log)
    for number in range(10):
        await count(mine, str(number))
    assert mine.state == list(range(10))
    assert log.calls == 20  # each append counts its two turns


async def test_a_key_that_comes_again_gets_its_answer() -> None:
    log = Log()
    first = await count(memory(log), "a")
    assert (await count(memory(log), "a")).records == first.records
    assert len(log.entries) == 1


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), min_size=1, max_size=4),
    st.lists(st.integers(0, 4), max_size=60),
    st.booleans(),
    st.booleans(),
)
def test_however_they_interleave_all_see_the_same_past(
    keys: list[list[str]], delays: list[int], one_memory: bool, read_first: bool
) -> None:
    """Several tasks, with a memory each or one for all, decide on overlapping keys."""

    async def story() -> None:
        log = Log(delays)
        shared = memory(log)
        memories = [shared if one_memory else memory(log) for _ in keys]

        async def work(mine: Memory[list[int], Number], own: list[str]) -> None:
            for key in own:
                outcome = await count(mine, key, read_first)
                assert outcome.records == log.answers[key]

        await asyncio.gather(*map(work, memories, keys))
        assert [entry.value for entry in log.entries] == list(range(len({key for own in keys for key in own})))
        for mine in memories:
            assert await mine.catch_up() == [entry.value for entry in log.entries]

    asyncio.run(story())


def draft(memory: Memory[list[int], Number], *keys: str) -> Draft[list[int], Number]:
    made = Draft(memory, list)
    for key in keys:
        made.decide(
            key,
            lambda state: Outcome(records=(Number(value=len(state)), Number(value=len(state) + 1))),
            lambda record: record if isinstance(record, Number) else None,
        )
    return made


async def test_several_keys_of_two_journals_are_decided_in_order_and_appended_at_once() -> None:
    log, other = Log(), Log()
    mine, its = memory(log), memory(other)
    await count(mine, "a")
    assert await draft(mine, "b", "c").append(draft(its, "b"))
    assert (log.calls, other.calls) == (4, 0)
    assert mine.state == [entry.value for entry in log.entries] == list(range(5))
    assert its.state == [entry.value for entry in other.entries] == [0, 1]
    assert await mine.catch_up() == list(range(5))
    assert await draft(mine).append(draft(its, "c"))
    assert await draft(mine).append(draft(its))
    assert len(other.entries) == 4


async def test_nothing_is_appended_where_somebody_was_faster_or_a_key_was_answered() -> None:
    log, other = Log(), Log()
    mine, its, faster = memory(log), memory(other), memory(other)
    await count(faster, "a")
    assert not await draft(mine, "b").append(draft(its, "b"))
    assert not await draft(its, "b").append(draft(mine, "b"))
    await its.catch_up()
    assert not await draft(mine, "b").append(draft(its, "b", "a"))
    assert not await draft(mine, "b", "b").append(draft(its))
    assert (mine.state, its.state, log.entries, len(other.entries)) == ([], [0], [], 1)
    assert await draft(mine, "b").append(draft(its, "b"))
    assert (mine.state, its.state) == ([0, 1], [0, 1, 2])
