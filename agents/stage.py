"""What a stage is, and what it may ask of the world.

A stage is a pure decision and one short async function around it: record in, `Outcome` out. What a stage
remembers is an append-only journal of the very records that it emits, shared by all workers. A decision is a
pure function of the record and the journal so far; the append is compare-and-set, so that two workers never
both decide on the same past. A record that is delivered twice gets the answer that was appended for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from schemas import Passed, Record

S = TypeVar("S")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage makes of one record: the records to send on, in order, and why each thing was taken or not."""

    records: tuple[Record, ...] = ()
    passed: tuple[Passed, ...] = ()

    @classmethod
    def nothing(cls, reason: str, note: str = "") -> Outcome:
        """No records, and why."""
        return cls(passed=(Passed(taken=False, reason=reason, note=note),))


Answers = Sequence[tuple[str, Sequence[R]]]  # keys, and what is appended under each
Beside = tuple["Journal[Any]", int, Answers[Any]]  # another journal, its expected end, and what to append to it


class Journal(Protocol[R]):
    """An append-only log of records that all workers share. Positions count from 0 and are never used again."""

    async def read(self, after: int) -> Sequence[tuple[int, R]]:
        """The entries at positions >= `after`, in order, with their positions (old ones may have been trimmed)."""

    async def append(self, expected: int, key: str, entries: Sequence[R]) -> bool:
        """Append under `key` if the log's end is still `expected`; False where somebody else was faster.

        False, too, where the key was answered before, as when a record is delivered again.

        `entries` may be empty: the key is then remembered as answered with nothing.
        """

    async def append_all(self, expected: int, answers: Answers[R], *beside: Beside) -> bool:
        """Append under several different keys, in order, and to other journals of the same store in the same step.

        All of it, or nothing where `append` would refuse a part.
        """

    async def answer(self, key: str) -> Sequence[R] | None:
        """What was appended under `key`, or None where the key was never answered."""


class Memory(Generic[S, R]):
    """A journal folded into a state. The state is only ever changed by folding entries of the journal."""

    def __init__(self, journal: Journal[R], empty: Callable[[], S], fold: Callable[[S, R], None]) -> None:
        self._journal = journal
        self._empty = empty
        self._fold = fold
        self._state = empty()
        self._end = 0

    @property
    def state(self) -> S:
        """The state after every entry that this memory has seen; others may have appended since."""
        return self._state

    async def catch_up(self) -> S:
        """The state after every entry of the journal. A journal that was emptied starts the state anew."""
        for position, entry in await self._journal.read(self._end):
            if position >= self._end:  # else somebody else has folded it while this was read
                self._fold(self._state, entry)
                self._end = position + 1
        return self._state

    def forget(self) -> None:
        """Start from the journal's first entry again (after the store was lost and rebuilt)."""
        self._state, self._end = self._empty(), 0

    async def decide_once(
        self,
        key: str,
        decide: Callable[[S], Outcome],
        kept: Callable[[Record], R | None],
        *,
        read_first: bool = True,
    ) -> Outcome:
        """Decide on `key` and append what was decided, or give the answer that was appended before.

        `kept` picks the records of the outcome that are entries of the journal. Where deciding is cheap, the journal
        need not be read first (`read_first`): a memory that is behind is told so by the append, and decides again.
        """
        if read_first:
            await self.catch_up()
        while True:
            end, outcome = self._end, decide(self._state)
            entries = [entry for record in outcome.records if (entry := kept(record)) is not None]
            if await self._journal.append(end, key, entries):
                self._take(end, entries)
                return outcome
            earlier = await self._journal.answer(key)  # None: the faster one was about another key
            await self.catch_up()
            if earlier is not None:
                return Outcome(records=tuple(earlier))

    def _take(self, end: int, entries: Sequence[R]) -> None:
        """Fold what was appended at `end`, unless it was read from the journal meanwhile."""
        for position, entry in enumerate(entries, end):
            if position == self._end:
                self._fold(self._state, entry)
                self._end = position + 1


class Draft(Generic[S, R]):
    """Decisions on several keys in order, each after those before it, that are not appended yet."""

    def __init__(self, memory: Memory[S, R], copy: Callable[[S], S]) -> None:
        self._memory = memory
        self._begin = memory._end
        self._answers: list[tuple[str, Sequence[R]]] = []
        self.state = copy(memory._state)

    def decide(self, key: str, decide: Callable[[S], Outcome], kept: Callable[[Record], R | None]) -> Outcome:
        """Decide on `key`; see `Memory.decide_once`."""
        outcome = decide(self.state)
        entries = [entry for record in outcome.records if (entry := kept(record)) is not None]
        for entry in entries:
            self._memory._fold(self.state, entry)
        self._answers.append((key, entries))
        return outcome

    async def append(self, beside: Draft[Any, Any]) -> bool:
        """Append all that both have decided in one step, and remember it.

        False where that is refused: somebody else was faster, or a key was answered before. Then nothing is appended.
        """
        drafts = [draft for draft in (self, beside) if draft._answers]
        if not drafts:
            return True
        if any(len(dict(draft._answers)) < len(draft._answers) for draft in drafts):
            return False  # a key that comes twice is answered once
        parts = [(draft._memory._journal, draft._begin, draft._answers) for draft in drafts]
        (journal, begin, answers), *others = parts
        taken: bool = await journal.append_all(begin, answers, *others)
        for draft in drafts if taken else ():
            draft._keep()
        return taken

    def _keep(self) -> None:
        memory = self._memory
        if memory._end == self._begin:  # else it was read from the journal meanwhile
            memory._state = self.state
            memory._end += sum(len(entries) for _, entries in self._answers)
