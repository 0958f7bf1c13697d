"""Many texts laid side by side, so that one is held against all of them at once: what each can share with it at most.

Words are told apart by sixteen bits of their hashes. Two that are the same by chance only make a bound too high.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.language.comparison import Reach
from agents.language.facts import Facts
from agents.language.rarity import Rarity
from agents.language.similarity import TELLING

_BITS: Final = 56  # one for each term of the text that is held against the others; later ones share the last
_SPEAKER, _NUMBER, _TIME, _DENIES, _PHRASE, _ABSOLUTE, _SIDE = range(_BITS, 63)
_DENIAL: Final = ("denies", "")
_NO_TERM: Final = ""  # the head of what stands in a text beside its terms: it weighs nothing

Shares = NDArray[np.float64]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Laid:
    """A text as it is laid: the keys of its terms, two bytes each, and how many each term has. The last is no term."""

    keys: bytes
    counts: bytes


@dataclass(frozen=True, slots=True)
class Shared:
    """What the texts of a shelf share with one at most: shares of its weight and of theirs; and for each whether it
    has a speaker, number, time, denial, phrase and "all" or "any" in common with it, in this order.
    """

    mine: Shares
    its: Shares
    flags: Flags


def lay(facts: Facts, speakers: Iterable[str], party_of: Callable[[str], str]) -> Laid:
    """The keys of a text, its numbers, dates, sides and speakers among them."""
    terms = [[*_short_of_term(term.keys), *_short(_sides_of(term.head, party_of))] for term in facts.terms]
    beside = [("side", party_of(name)) for name in facts.names]
    beside += [("speaker", speaker) for speaker in speakers]
    terms.append([0, *_short(chain(beside, _numbers(facts), _times(facts), _beside_words(facts)))])
    return Laid(array("H", chain.from_iterable(terms)).tobytes(), array("H", map(len, terms)).tobytes())


class Shelf:
    """Built once for many candidates."""

    def __init__(self, facts: Sequence[Facts], laid: Sequence[Laid], common: Mapping[str, float]) -> None:
        self.counts = Counter(chain.from_iterable(one.heads for one in facts))
        self._places = {head: place for place, head in enumerate([*self.counts, _NO_TERM])}
        self._heads = np.array(
            [self._places[head] for one in facts for head in (*(term.head for term in one.terms), _NO_TERM)], np.int32
        )
        self._counted = np.array([*self.counts.values(), 0], float)
        self._common = np.array([*(common.get(head, 1.0) for head in self.counts), 0.0])
        self._names = [head for head in self.counts if head[0] == "@"]
        self._keys = np.frombuffer(b"".join(one.keys for one in laid), np.uint16)
        self._table = np.zeros(1 << 16, np.uint64)  # what `_marked` looks keys up in; nothing is marked between calls
        self._terms_at = _starts(np.frombuffer(b"".join(one.counts for one in laid), np.uint16))
        self.lengths = np.array([len(one.terms) for one in facts])
        self._texts_at = _starts(self.lengths + 1)

    def shared(
        self, facts: Facts, speakers: Iterable[str], reach: Reach, rarity: Rarity, recounted: Iterable[str] = ()
    ) -> Shared:
        """Bounds of what each text shares with that of `facts` and `reach`.

        `recounted`: heads that `rarity` counts otherwise than this shelf does.
        """
        marks: dict[int, int] = {}
        weights = [0.0] * 64
        for place, (weighs, keys, side) in enumerate(reach.terms):
            bit = min(place, _BITS - 1)
            weights[bit] += weighs
            _mark(marks, bit, (*keys, *([("side", side)] if side else ())))
        _mark(marks, _SIDE, (("side", side) for side in reach.sides))
        _mark(marks, _SPEAKER, (("speaker", speaker) for speaker in speakers))
        _mark(marks, _NUMBER, _numbers(facts))
        _mark(marks, _TIME, _times(facts))
        _mark(marks, _DENIES, [_DENIAL] if facts.denies else ())
        _mark(marks, _PHRASE, (("phrase", head) for head in facts.heads))
        _mark(marks, _PHRASE, facts.phrases)
        _mark(marks, _ABSOLUTE, (("absolute", kind) for kind in facts.absolute))
        terms = np.bitwise_or.reduceat(self._marked(marks), self._terms_at)
        texts = np.bitwise_or.reduceat(terms, self._texts_at)
        has = np.unpackbits(texts.astype("<u8", copy=False).view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
        weighed = self._weights(rarity, recounted)[self._heads]
        held = np.add.reduceat(np.where(terms, weighed, 0.0), self._texts_at)
        total = np.add.reduceat(weighed, self._texts_at)
        return Shared(
            has @ np.array(weights) / reach.weight,
            held / np.where(total, total, 1.0),
            has[:, _SPEAKER:_SIDE],
        )

    def _marked(self, marks: Mapping[int, int]) -> NDArray[np.uint64]:
        """The marks of every key on the shelf."""
        places = np.fromiter(marks, np.uint16, len(marks))
        self._table[places] = np.fromiter(marks.values(), np.uint64, len(marks))
        found: NDArray[np.uint64] = self._table[self._keys]
        self._table[places] = 0
        return found

    def _weights(self, rarity: Rarity, recounted: Iterable[str]) -> NDArray[np.float64]:
        weights = rarity.of_many(self._counted, self._common)
        heads = [*self._names, *(head for head in recounted if head in self._places)]
        weights[[self._places[head] for head in heads]] = [rarity[head] for head in heads]
        return weights


@lru_cache(maxsize=4096)
def _short_of_term(keys: tuple[str, ...]) -> list[int]:
    return _short(keys)


def _short(keys: Iterable[object]) -> list[int]:
    """Sixteen bits of each key, none of which is 0."""
    return [hash(key) % 65_535 + 1 for key in keys]


def _mark(marks: dict[int, int], bit: int, keys: Iterable[object]) -> None:
    mark = 1 << bit
    for place in _short(keys):
        marks[place] = marks.get(place, 0) | mark


def _starts(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each begins that has so many."""
    return np.concatenate(([0], np.cumsum(counts[:-1], dtype=np.int64)))


def _sides_of(head: str, party_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if head[0] == "@":
        yield "side", party_of(head[1:])


def _beside_words(facts: Facts) -> Iterator[tuple[str, str]]:
    """What texts have in common beside their words."""
    if facts.denies:
        yield _DENIAL
    yield from (("phrase", head) for head in facts.phrases)
    yield from (("absolute", kind) for kind in facts.absolute)


def _numbers(facts: Facts) -> Iterator[tuple[str, float]]:
    return (("number", number) for number in facts.numbers | facts.lasting if number >= TELLING)


def _times(facts: Facts) -> Iterator[tuple[str, int]]:
    for kind, values in (("day", facts.days), ("month", facts.months), ("weekday", facts.weekdays)):
        yield from ((kind, value) for value in values)
