"""A whole body folded at once, with the way back: what a position in the folded text is in the body as received."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.language.text import fold

Places = npt.NDArray[np.intp]
_POINTS: Final = 0x10000
_MANY: Final = 0xFFFF  # in the table: folding makes several characters of this one


@dataclass(frozen=True, slots=True, eq=False)
class FoldedText:
    """`text` is the folded body, `points` its code points, `letters` which of them are letters or digits.

    `offsets[i]` is where character `i` stands in the body, and at the end the length of the body; None: everywhere at
    `i`.
    """

    text: str
    points: npt.NDArray[Any]
    letters: npt.NDArray[np.bool_]
    offsets: Places | None = None

    @property
    def spaced(self) -> str:
        """The text with a space for everything that is no letter and no digit."""
        return np.where(self.letters, self.points, 0x20).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def at(self, position: int) -> int:
        """The place in the body of a place in the folded text; marks belong to the letter before them."""
        position = min(position, len(self.text))
        return position if self.offsets is None else int(self.offsets[position])

    def places(self, positions: Places) -> Places:
        """`at` of each; none may lie behind the text."""
        return positions if self.offsets is None else self.offsets.take(positions)


@lru_cache(maxsize=1)
def _table() -> npt.NDArray[np.uint16]:
    """What folding makes of each character: 0 where it goes. Derived from `fold`, so that the two cannot drift."""
    table = np.arange(_POINTS, dtype=np.uint16)
    for first, last in ((0x41, 0x5B), (0xA0, 0x180), (0x5F0, 0x780), (0x2000, 0x2070), (0xFB50, 0xFFF0)):
        for point in range(first, last):
            folded = fold(chr(point))
            table[point] = 0 if not folded else ord(folded) if len(folded) == 1 else _MANY
    table[0xD800:0xE000] = _MANY  # halves of characters beyond the table
    return table


@lru_cache(maxsize=1)
def _letters() -> npt.NDArray[np.bool_]:
    """Whether each character makes words."""
    return np.fromiter((chr(point).isalnum() for point in range(_POINTS)), bool, _POINTS)


def fold_body(body: str) -> FoldedText:
    """The folded body: as `fold` word by word, a hundred times as fast, and nothing is remembered."""
    received = np.frombuffer(body.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if not len(received):
        return FoldedText("", received, np.zeros(0, bool))
    points = _table().take(received, mode="clip")  # nothing is beyond the table: clipping is the fastest look-up
    if points.max() == _MANY:
        return _fold_each(body)
    offsets = None
    if not points.all():
        kept = points.nonzero()[0]
        points, offsets = points.take(kept), np.concatenate((kept, (len(body),)))
    return FoldedText(points.tobytes().decode("utf-16-le"), points, _letters().take(points, mode="clip"), offsets)


def _fold_each(body: str) -> FoldedText:
    parts = [fold(character) for character in body]
    offsets = np.append(np.repeat(np.arange(len(body)), [len(part) for part in parts]), len(body))
    text = "".join(parts)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return FoldedText(text, points, np.fromiter(map(str.isalnum, text), bool, len(text)), offsets)
