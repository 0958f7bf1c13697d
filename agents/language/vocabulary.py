"""The codes of all words of a text at once. Words are hashed where they stand; only new ones are cut out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from agents.language.folding import FoldedText, Places
from agents.language.text import LONGEST_WORD

Hashes = npt.NDArray[np.uint64]
_BASE: Final = 0xD1342543DE82EF95  # of the hash, odd, so that it has an inverse
_MIX: Final = 0x9E3779B97F4A7C15
_LENGTH: Final = 1 << 15  # code points for which powers are kept
_SLOT_BITS: Final = 18  # 2 MB, a quarter of a million words; two years of a newspaper have fewer
_SLOTS: Final = 1 << _SLOT_BITS
_CODE: Final = (1 << 17) - 1  # the low bits of a slot; the others are those of the hash of its word


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text in order: `text[starts[i]:ends[i]]`, what it is hashed to, and its code (-1: none)."""

    starts: Places
    ends: Places
    hashes: Hashes
    codes: npt.NDArray[np.int64]


class Vocabulary:
    """Remembers the codes of words, each in one of two slots: a new word takes the place of one whose both are taken.

    A dict of words is slower by far: most look-ups leave the processor's cache, one for each word after the other.
    """

    def __init__(self, work_out: Callable[[str], int]) -> None:
        """`work_out` gives the code of a folded word, from -1 to 65535."""
        self._work_out = work_out
        self._slots = np.zeros(_SLOTS, np.uint64)

    def read(self, body: FoldedText) -> Words:
        """The words of a folded text."""
        edges = np.zeros(len(body.letters) + 2, bool)
        edges[1:-1] = body.letters
        borders = (edges[1:] != edges[:-1]).nonzero()[0]
        starts, ends = borders[0::2], borders[1::2]
        powers, inverses = _powers(max(_LENGTH, 1 << len(body.points).bit_length()))
        sums = np.zeros(len(body.points) + 1, np.uint64)
        np.cumsum(body.points * powers[: len(body.points)], out=sums[1:])
        hashes = (sums.take(ends) - sums.take(starts)) * inverses.take(starts)
        hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(_MIX)
        return Words(starts, ends, hashes, self._codes(body.text, starts, ends, hashes))

    def _codes(self, text: str, starts: Places, ends: Places, hashes: Hashes) -> npt.NDArray[np.int64]:
        found = self._slots.take(_first(hashes))
        strange = ((found ^ hashes) > _CODE).nonzero()[0]
        if len(strange):
            found[strange] = others = self._slots.take(_second(hashes[strange]))
            for at in strange[(others ^ hashes[strange]) > _CODE].tolist():
                found[at] = self._learn(text[starts[at] : ends[at]], hashes[at : at + 1])
        return (found & np.uint64(_CODE)).astype(np.int64) - 1

    def _learn(self, word: str, hashed: Hashes) -> int:
        slot = _first(hashed) if not self._slots[_first(hashed)] else _second(hashed)
        value = (int(hashed[0]) & ~_CODE) | (self._work_out(word[:LONGEST_WORD]) + 1)
        self._slots[slot] = value
        return value


def _first(hashes: Hashes) -> Places:
    return (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)


def _second(hashes: Hashes) -> Places:
    return (hashes >> np.uint64(20)).astype(np.intp) & (_SLOTS - 1)


@lru_cache(maxsize=4)
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base, and of its inverse."""
    bases = np.ones((2, length), np.uint64)
    bases[0, 1:], bases[1, 1:] = _BASE, pow(_BASE, -1, 1 << 64)
    powers, inverses = np.cumprod(bases, axis=1)
    return powers, inverses
