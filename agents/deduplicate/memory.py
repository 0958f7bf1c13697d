"""What `deduplicate` remembers of articles, and what it asks of whoever remembers."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict

from schemas import Range, SharedPassage, Verdict

_HEAD: Final = struct.Struct("<QIIIHHH")  # exact, source, address, page, day, units, length of the id
_LONGEST_UNIT: Final = 255  # codes
_MOST_UNITS: Final = 500  # of an article: what comes after ten thousand words is not compared, and new


class Answer(BaseModel):
    """What was decided on an article, apart from the article itself."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict = Verdict.UNIQUE
    duplicate_of: str | None = None
    similarity: float = 0.0
    story_id: str = ""  # empty: the article's own
    origins: int = 1
    replaces: int = 0
    fresh: tuple[Range, ...] | None = None  # None: the whole body
    shared: tuple[SharedPassage, ...] = ()

    def pack(self) -> bytes:
        """As JSON without what is as usual: nothing at all for an article that is like no other."""
        text = "{}" if self is UNLIKE else self.model_dump_json(exclude_defaults=True)
        return b"" if text == "{}" else text.encode()

    @classmethod
    def unpack(cls, packed: bytes) -> Answer:
        """The reverse of `pack`."""
        return cls.model_validate_json(packed) if packed else UNLIKE


UNLIKE: Final = Answer()  # of an article that is like no other


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it is remembered: no words, only codes."""

    article_id: str
    exact: int
    source: int  # hashes of 32 bits, as the next two; 0 where there is none
    address: int  # of the outlet and its address of the article, without what counts visits or versions
    page: int  # the same without any query
    day: int  # of the event time, days since 1970
    lengths: bytes  # of each unit, in codes
    codes: bytes  # two for each code

    @property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """The codes of each unit."""
        codes = np.frombuffer(self.codes, dtype="<u2").tolist()
        ends = list(accumulate(self.lengths))
        return tuple(tuple(codes[end - length : end]) for end, length in zip(ends, self.lengths, strict=True))

    @property
    def neighbours(self) -> list[int]:
        """Each two codes in a row as one number, across the borders of units too."""
        codes = np.frombuffer(self.codes, dtype="<u2").astype(np.int64)
        neighbours: list[int] = (codes[:-1] << 16 | codes[1:]).tolist()
        return neighbours

    def pack(self) -> bytes:
        """A few hundred bytes: two for each code, one for each unit, and the head."""
        name = self.article_id.encode("utf-8", "surrogatepass")[:0xFFFF]
        count, length, day = len(self.lengths), len(name), self.day & 0xFFFF
        head = _HEAD.pack(self.exact, self.source, self.address, self.page, day, count, length)
        return head + name + self.lengths + self.codes

    @classmethod
    def unpack(cls, packed: bytes) -> Entry:
        """The reverse of `pack`."""
        exact, source, address, page, day, count, length = _HEAD.unpack_from(packed)
        at = _HEAD.size + length
        name = packed[_HEAD.size : at].decode("utf-8", "replace")
        return cls(name, exact, source, address, page, day, packed[at : at + count], packed[at + count :])


def pack_units(sizes: Sequence[int], codes: bytes) -> tuple[bytes, bytes]:
    """The `lengths` and `codes` of an entry; what comes after the longest that can be compared is left out."""
    if len(sizes) <= _MOST_UNITS and max(sizes, default=0) <= _LONGEST_UNIT:
        return bytes(sizes), codes
    kept = [min(size, _LONGEST_UNIT) for size in sizes[:_MOST_UNITS]]
    ends = accumulate(sizes)
    parts = [codes[2 * (end - size) :][: 2 * length] for end, size, length in zip(ends, sizes, kept, strict=False)]
    return bytes(kept), b"".join(parts)


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier article that shares something with the one in hand, and what was decided on it."""

    key: bytes
    entry: Entry
    answer: Answer

    @property
    def story_id(self) -> str:
        return self.answer.story_id or self.entry.article_id


@dataclass(frozen=True, slots=True)
class Delivery:
    """An article to be settled. `key` (8 bytes) is the same for the same id and text, however often it is delivered."""

    key: bytes
    entry: Entry
    anchors: tuple[int, ...]  # 55 bits each: texts and addresses that it can be found by


@dataclass(frozen=True, slots=True)
class Settled:
    """Either the answer that holds from now on, or earlier articles that the answer offered did not reckon with."""

    answer: Answer | None
    known: tuple[Known, ...] = ()


class SeenArticles(Protocol):
    """The articles of the last days, shared by all workers."""

    async def settle(self, delivery: Delivery, answer: Answer, against: frozenset[bytes]) -> Settled:
        """Look up, compare and insert, as one step that nothing comes between.

        A delivery that was settled before gets its answer again. Else, where the delivery shares an anchor with
        articles whose keys are not all in `against`, nothing is inserted and those articles are returned (the few
        that share most). Else the delivery is inserted with `answer`, and `answer` is returned.
        """

    def in_turn(self, delivery: Delivery) -> AbstractAsyncContextManager[None]:
        """Within it, no delivery is under way in this process that shares an anchor and came before.

        So articles that nothing connects may be settled at the same time, and all come out as one after the other.
        """
