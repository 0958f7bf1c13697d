"""The towns of an article and their people, who act for the side whose town it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from agents.language.names import Mention
from agents.language.text import Token
from agents.language.towns import folk_of


def apart_from(mentions: Sequence[Mention], towns: Sequence[Mention]) -> tuple[Mention, ...]:
    """The towns that are no part of another name."""
    named = {position for mention in mentions for position in range(mention.start, mention.end)}
    return tuple(town for town in towns if named.isdisjoint(range(town.start, town.end)))


def with_townsfolk(tokens: Sequence[Token], mentions: Sequence[Mention], towns: Sequence[Mention]) -> list[Mention]:
    """The mentions with the people and offices of towns, in order: "أهالي البصرة", "محافظ البصرة"."""
    named = {mention.end for mention in mentions}
    found = (folk_of(tokens, town) for town in towns)
    folk = [mention for mention in found if mention is not None and mention.start + 1 not in named]
    return sorted([*mentions, *folk], key=lambda mention: mention.start) if folk else list(mentions)
