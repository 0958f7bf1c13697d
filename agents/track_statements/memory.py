"""What was said before: the last statements, and which repeat which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from agents.language.lexicon import Lexicon
from schemas import ActorKind, Novelty, Statement

_MOST: Final = 20_000  # statements that are remembered: 100 MB; a month of a crisis has some thousands
_MOST_RIVALS: Final = 2_000  # of one side, each compared in about 50 microseconds


@dataclass(slots=True)
class Chain:
    """A statement and all that repeat it."""

    root: Statement
    origins: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Statements:
    """The last statements, oldest first, the chains that repeats have joined, and which side has said what."""

    told: list[Statement] = field(default_factory=list)
    chains: dict[str, Chain] = field(default_factory=dict)
    _forgotten: int = 0  # statements before the first one of `told`
    _indexed: int = 0  # statements that are in the three below, each with its place among all
    _by_side: dict[str, list[tuple[int, Statement]]] = field(default_factory=dict)
    _by_several: list[tuple[int, Statement]] = field(default_factory=list)
    _by_blocs: list[tuple[int, Statement]] = field(default_factory=list)

    def chain_of(self, statement_id: str) -> Chain | None:
        return self.chains.get(statement_id)

    def of_side(self, sides: frozenset[str], lexicon: Lexicon) -> list[Statement]:
        """The last statements that may be of the same side, oldest first; see `same_side`."""
        self._index(lexicon)
        found = {place: other for side in sides for place, other in self._by_side.get(side, ())[-_MOST_RIVALS:]}
        if len(sides) > 1:
            found |= dict(self._by_blocs[-_MOST_RIVALS:])
        if _is_bloc(sides, lexicon):
            found |= dict(self._by_several[-_MOST_RIVALS:])
        oldest = self._forgotten + len(self.told) - _MOST
        return [found[place] for place in sorted(found)[-_MOST_RIVALS:] if place >= oldest]

    def forget_the_oldest(self) -> None:
        """Keep the last `_MOST`, now and then: workers that have begun at different places decide on the same."""
        if len(self.told) < _MOST + _MOST // 8:
            return
        for other in self.told[:-_MOST]:
            self.chains.pop(other.statement_id, None)
        self._forgotten += len(self.told) - _MOST
        self.told = self.told[-_MOST:]
        self._indexed = self._forgotten
        self._by_side, self._by_several, self._by_blocs = {}, [], []

    def _index(self, lexicon: Lexicon) -> None:
        for place in range(max(self._indexed, self._forgotten), self._forgotten + len(self.told)):
            other = self.told[place - self._forgotten]
            sides = sides_of(other, lexicon)
            for side in sides:
                self._by_side.setdefault(side, []).append((place, other))
            if len(sides) > 1:
                self._by_several.append((place, other))
            if _is_bloc(sides, lexicon):
                self._by_blocs.append((place, other))
        self._indexed = self._forgotten + len(self.told)


def fold(state: Statements, statement: Statement) -> None:
    """Add a statement to what is remembered. One that comes again changes nothing."""
    if statement.statement_id in state.chains:
        return
    state.told.append(statement)
    chain = state.chains.get(statement.repeats or "") if statement.novelty is Novelty.REPEAT else None
    chain = chain or Chain(statement)
    chain.origins.add(statement.origin or statement.article_id)
    state.chains[statement.statement_id] = chain
    state.forget_the_oldest()


def same_side(statement: Statement, other: Statement, lexicon: Lexicon) -> bool:
    """Whether two statements may be one side's: a common party, or several who speak together and a bloc."""
    one, two = sides_of(statement, lexicon), sides_of(other, lexicon)
    if one & two:
        return True
    return (len(one) > 1 and _is_bloc(two, lexicon)) or (len(two) > 1 and _is_bloc(one, lexicon))


def sides_of(statement: Statement, lexicon: Lexicon) -> frozenset[str]:
    """The sides that a statement is told of; a stranger is a side of his own."""
    sides = frozenset(lexicon.party_of(s.actor_id) for s in statement.speakers if s.actor_id)
    if sides:
        return sides
    return frozenset([statement.party or f"?{statement.speakers[0].name}"])


def _is_bloc(sides: frozenset[str], lexicon: Lexicon) -> bool:
    return any(lexicon.kind_of(side) is ActorKind.BLOC for side in sides)
