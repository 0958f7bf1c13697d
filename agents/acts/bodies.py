"""Which body of a side acts: a faction of the opposition and not all of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from agents.language.lexicon import Lexicon


def bodies(lexicon: Lexicon, sides: Iterable[str], *told: Collection[str]) -> tuple[str, ...]:
    """The sides of an act, or the one body of a side where what is told first of it names no other.

    `told` are ids of actors that may be meant, in the order in which they tell: who speaks, who is named in the clause.
    """
    return tuple(_body(lexicon, side, told) for side in sides)


def _body(lexicon: Lexicon, side: str, told: Iterable[Collection[str]]) -> str:
    for actors in told:
        of_side = {lexicon.body_of(actor) for actor in actors if lexicon.camp_of(actor) == side}
        if of_side:
            return of_side.pop() if len(of_side) == 1 else side
    return side
