from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from agents.stage import Memory, Outcome
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

    async def append_all(self, expected: int, answers: Sequence[tuple[str, Sequence[Number]]]) -> bool:
        await self._turns()
        taken = expected == len(self.entries) and not any(key in self.answers for key, _ in answers)
        for key, entries in answers if taken else ():
            self.entries.extend(entries)
            self.answers[key] = tuple(entries)
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


async def together(memory: Memory[list[int], Number], *keys: str) -> list[Outcome] | None:
    def decide(state: list[int]) -> Outcome:
        return Outcome(records=(Number(value=len(state)), Number(value=len(state) + 1)))

    return await memory.decide_together(
        [(key, decide) for key in keys], lambda record: record if isinstance(record, Number) else None, list
    )


async def test_several_keys_are_decided_in_order_and_appended_at_once() -> None:
    log = Log()
    mine = memory(log)
    await count(mine, "a")
    outcomes = await together(mine, "b", "c")
    assert outcomes is not None
    assert [record.value for outcome in outcomes for record in outcome.records] == [1, 2, 3, 4]  # type: ignore[attr-defined]
    assert log.calls == 4
    assert mine.state == [entry.value for entry in log.entries] == list(range(5))
    assert await mine.catch_up() == list(range(5))


async def test_of_several_keys_none_is_decided_where_somebody_was_faster_or_one_was_answered() -> None:
    log = Log()
    mine, other = memory(log), memory(log)
    await count(other, "a")
    assert await together(mine, "b", "c") is None
    assert mine.state == []
    await mine.catch_up()
    assert await together(mine, "b", "a") is None
    assert await together(mine, "b", "b") is None
    assert mine.state == [0]
    assert await together(mine, "b", "c") is not None
    assert mine.state == list(range(5))
