"""How much a word tells, of a side that has said many things."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

NONE_BESIDE: Final[Mapping[str, int]] = MappingProxyType({})
OWN: Final = 0.1  # what a name of the side itself tells


class Rarity(dict[str, float]):
    """Weights of terms by their heads, 0 to 1: what a side has said often tells little, and so do `common` notions.

    Of its own names (`is_own`) nothing is counted but that they are there.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        texts: int,
        common: Mapping[str, float],
        is_own: Callable[[str], bool],
        beside: Mapping[str, int] = NONE_BESIDE,
    ) -> None:
        """`counts` and `beside`: how many of so many `texts` have a term, by its head."""
        self._beside = beside
        self._counts, self._texts, self._common, self._is_own = counts, texts, common, is_own
        self._scale = log(texts + 3)

    def __missing__(self, head: str) -> float:
        if head[0] == "@" and self._is_own(head[1:]):
            weight = OWN
        else:
            count = self._counts.get(head, 0)
            if self._beside:
                count += self._beside.get(head, 0)
            weight = log((self._texts + 3) / (count + 1)) / self._scale
            if head in self._common:
                weight *= self._common[head]
        self[head] = weight
        return weight

    def of_many(self, counts: NDArray[np.float64], common: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weights of heads that are no names and have these counts and weights of `common`."""
        weights: NDArray[np.float64] = common * np.log((self._texts + 3) / (counts + 1)) / self._scale
        return weights
