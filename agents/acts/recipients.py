"""Whom an act befalls that names no side for it: by a town, a neighbour, a foe, or what a crowd is against. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.cast import Cast
from agents.acts.crowds import cause
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.names import without_clitics
from agents.language.triggers import nominal
from schemas import ActorKind

_BORDER: Final = (1, 2, 3)  # tokens from "قرب" to a name: "قرب أوكرانيا", "قرب الحدود الأوكرانية", "حدودها مع أوكرانيا"
_ON_TOWNS: Final = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "THREATEN"])


def of_towns(cast: Cast, event_type: str, clause: Clause, actors: Sequence[str]) -> list[str]:
    """Whose the towns are that a deed or threat names: "قصف دهوك"; and before which troops are massed."""
    towns = cast.towns_within(clause.start, clause.end) if event_type in _ON_TOWNS else []
    if event_type == "MOBILIZE":
        words = load_role_words().bound_for
        towns = [town for town in towns if not words.isdisjoint(nominal(cast.tokens[town.start - 1].form))]
    return [side for side in dict.fromkeys(map(cast.side, towns)) if side not in actors]


def massed_before(cast: Cast, clause: Clause, actors: Sequence[str]) -> list[str]:
    """ "أقلقت موسكو الغرب بحشد قواتها قرب الحدود الأوكرانية": before whom troops are massed, whoever else is named; one
    side that accuses another speaks of itself rather than of a third.
    """
    words, named = load_role_words().bound_for, cast.within(clause.start, clause.end)
    last = [clause.start, *(mention.end for mention in named)]
    near = [
        cast.side(mention)
        for mention, end in zip(named, last, strict=False)
        if any(
            not words.isdisjoint(nominal(cast.tokens[mention.start - n].form))
            for n in _BORDER
            if mention.start - n >= end
        )
    ]
    sides = [side for side in dict.fromkeys(near) if side in cast.parties and side not in actors]
    return sides if not clause.speakers or set(sides) & set(cast.principals) else []


def protested(cast: Cast, clause: Clause) -> list[str]:
    """Against whom a crowd is that names nobody else than its own side: "احتجاجا على حكم دلهي"."""
    named = (
        m
        for m in cast.within(cause(cast, clause.start, clause.end), clause.end)
        if m.via != "town" and not cast.spared(m)
    )
    return [side for side in dict.fromkeys(map(cast.side, named)) if side in cast.parties]


def neighbour(cast: Cast, clause: Clause, actors: Sequence[str]) -> list[str]:
    """ "لا تعتزم مهاجمة جارتها": the country beside that was spoken of last."""
    words = load_role_words().neighbour
    forms = (token.form for token in cast.tokens[clause.start : clause.end])
    if all(words.isdisjoint(without_clitics(form)) for form in forms):
        return []
    return cast.neighbours(actors, clause.start)[:1]


def foe(cast: Cast, clause: Clause, actors: Sequence[str]) -> list[str]:
    """ "سنجعل المعتدين يدفعون الثمن": the armed group that was named last, whoever else sits at the table."""
    words = load_role_words().foes
    if words.isdisjoint(token.form for token in cast.tokens[clause.start : clause.end]):
        return []
    last = cast.last_fighter(actors, clause.start)
    return [side for side in last if cast.lexicon.kind_of(side) == ActorKind.ARMED_GROUP]
