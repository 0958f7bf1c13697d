"""What was said before: the last statements, and which repeat which."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from agents.language.lexicon import Lexicon
from agents.novelty import Said
from schemas import ActorKind, Novelty, Statement

_MOST: Final = 20_000  # statements that are remembered, repeats beyond the last ones of each left out
_MOST_REPEATS: Final = 8  # of one statement that are remembered beside it: the last ones
_MOST_RIVALS: Final = 2_000  # of one side, compared in some 8 microseconds each
_MOST_STRANGERS: Final = 60  # of those with no known side, and of all for one of them
_MOST_ORIGINS: Final = 1_000  # of a chain that are told apart: one that is quoted for months has a new one each day


@dataclass(slots=True, eq=False)
class Remembered:
    """What later statements are judged against: a fifth of the record, and its facts once they were asked for."""

    statement_id: str
    article_id: str
    origin: str
    event_time: datetime | None
    party: str | None
    speakers: tuple[str, ...]  # ids, or names of who has none
    known: tuple[str, ...]  # the ids alone
    text: str
    before: str
    led: int  # code points from the verb to what it leads to; 0 where none does
    talks: tuple[str, ...]
    named: bool  # the talks are, in the words of the statement
    denies: bool
    novelty: Novelty
    repeats: str | None
    facts: Said | None = None


@dataclass(slots=True)
class Chain:
    """A statement and all that repeat it."""

    root: Remembered
    origins: dict[str, None] = field(default_factory=dict)  # as a set, in the order in which they came
    repeats: list[int] = field(default_factory=list)  # the places of those that are remembered, a few


Places = dict[int, Remembered]


@dataclass(slots=True)
class Statements:
    """The last statements by their places among all, the chains that repeats have joined, and which side said what."""

    told: Places = field(default_factory=dict)
    chains: dict[str, Chain] = field(default_factory=dict)
    _end: int = 0  # the place of the next one
    _indexed: int = 0  # the places before it are in the three below
    _by_side: dict[str, Places] = field(default_factory=dict)
    _by_several: Places = field(default_factory=dict)
    _by_blocs: Places = field(default_factory=dict)
    _by_strangers: Places = field(default_factory=dict)

    def chain_of(self, statement_id: str) -> Chain | None:
        return self.chains.get(statement_id)

    def add(self, statement: Remembered, chain: Chain) -> None:
        """Remember a statement, and of its chain and of all only the last ones."""
        self.told[self._end] = statement
        self.chains[statement.statement_id] = chain
        if len(chain.origins) < _MOST_ORIGINS:
            chain.origins[statement.origin] = None
        if chain.root is not statement:
            chain.repeats.append(self._end)
            if len(chain.repeats) > _MOST_REPEATS:
                self._forget(chain.repeats.pop(0))
        self._end += 1
        if len(self.told) > _MOST:
            self._forget(next(iter(self.told)))

    def of_side(self, sides: frozenset[str], lexicon: Lexicon) -> list[Remembered]:
        """The last statements that may be of the same side, oldest first; see `same_side`."""
        self._index(lexicon)
        found = {place: other for side in sides for place, other in self._by_side.get(side, {}).items()}
        if len(sides) > 1:
            found |= self._by_blocs
        if _is_bloc(sides, lexicon):
            found |= self._by_several
        strangers = self.told if is_stranger(sides) else self._by_strangers
        found |= islice(reversed(strangers.items()), _MOST_STRANGERS)
        return [found[place] for place in sorted(found)[-_MOST_RIVALS:]]

    def _forget(self, place: int) -> None:
        other = self.told.pop(place, None)
        if other is None:
            return
        self.chains.pop(other.statement_id, None)
        other.facts = None  # its chain may go on, and holds it
        for places in self._lists():
            places.pop(place, None)
        for side in [side for side, places in self._by_side.items() if not places]:
            del self._by_side[side]  # else each stranger who ever spoke would leave a list behind

    def _index(self, lexicon: Lexicon) -> None:
        for place in range(self._indexed, self._end):
            other = self.told.get(place)
            if other is None:
                continue
            sides = sides_of(other, lexicon)
            lists = [self._by_side.setdefault(side, {}) for side in sides]
            lists += [self._by_several] if len(sides) > 1 else []
            lists += [self._by_blocs] if _is_bloc(sides, lexicon) else []
            lists += [self._by_strangers] if is_stranger(sides) else []
            for places in lists:
                places[place] = other
                if len(places) > _MOST_RIVALS:
                    self._release(places)
        self._indexed = self._end

    def _release(self, places: Places) -> None:
        """Take the oldest off a list; what stands on none is compared no more, and its facts are most of its weight."""
        place = next(iter(places))
        other = places.pop(place)
        if not any(place in each for each in self._lists()):
            other.facts = None

    def _lists(self) -> Iterable[Places]:
        return (self._by_several, self._by_blocs, self._by_strangers, *self._by_side.values())


def fold(state: Statements, statement: Statement) -> None:
    """Add a statement to what is remembered. One that comes again changes nothing."""
    if statement.statement_id in state.chains:
        return
    mine = remembered(statement)
    chain = state.chains.get(statement.repeats or "") if statement.novelty is Novelty.REPEAT else None
    state.add(mine, chain or Chain(mine))


def remembered(statement: Statement) -> Remembered:
    """What is kept of a statement."""
    article = sys.intern(statement.article_id)  # one text for all that tell it: records come with their own each
    return Remembered(
        statement_id=statement.statement_id,
        article_id=article,
        origin=sys.intern(statement.origin) if statement.origin else article,
        event_time=statement.event_time,
        party=sys.intern(statement.party) if statement.party else statement.party,
        speakers=tuple(sys.intern(speaker.actor_id or speaker.name) for speaker in statement.speakers),
        known=tuple(sys.intern(speaker.actor_id) for speaker in statement.speakers if speaker.actor_id),
        text=statement.content.text,
        before=statement.context_before,
        led=max(0, statement.content.start - statement.verb.start) if statement.verb else 0,
        talks=tuple(map(sys.intern, statement.talks)),
        named=statement.talks_reason == "name",
        denies=statement.denies,
        novelty=statement.novelty,
        repeats=statement.repeats,
    )


def same_side(one: frozenset[str], two: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether two statements may be one side's: a common party, several who speak together and a bloc, a stranger."""
    if one & two or is_stranger(one) or is_stranger(two):
        return True
    return (len(one) > 1 and _is_bloc(two, lexicon)) or (len(two) > 1 and _is_bloc(one, lexicon))


def sides_of(statement: Remembered, lexicon: Lexicon) -> frozenset[str]:
    """The sides that a statement is told of; a stranger is a side of his own."""
    sides = frozenset(map(lexicon.camp_of, statement.known))
    return sides or frozenset([lexicon.camp_of(statement.party) if statement.party else f"?{statement.speakers[0]}"])


def is_stranger(sides: frozenset[str]) -> bool:
    """Whether nothing tells whose side it is: a man in the street, or one whose name was not read right."""
    return any(side[0] == "?" for side in sides)


def _is_bloc(sides: frozenset[str], lexicon: Lexicon) -> bool:
    return any(lexicon.kind_of(side) is ActorKind.BLOC for side in sides)
