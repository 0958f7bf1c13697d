"""The towns of an article and their people, who act for the side whose town it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agents.acts.role_words import load_role_words
from agents.language.names import Mention, without_clitics
from agents.language.text import Token
from agents.language.towns import DEMONYMS


def apart_from(mentions: Sequence[Mention], towns: Sequence[Mention]) -> tuple[Mention, ...]:
    """The towns that are no part of another name."""
    named = {position for mention in mentions for position in range(mention.start, mention.end)}
    return tuple(town for town in towns if named.isdisjoint(range(town.start, town.end)))


def with_townsfolk(tokens: Sequence[Token], mentions: Sequence[Mention], towns: Sequence[Mention]) -> list[Mention]:
    """The mentions with the people and offices of towns, in order: "أهالي البصرة", "محافظ البصرة"."""
    named = {mention.end for mention in mentions}
    folk = [mention for town in towns for mention in _folk(tokens, town) if mention.start + 1 not in named]
    return sorted([*mentions, *folk], key=lambda mention: mention.start) if folk else list(mentions)


def _folk(tokens: Sequence[Token], town: Mention) -> Iterator[Mention]:
    """The town with the word for those of it, which stands before it, or is part of a doubtful name."""
    words = load_role_words().townsfolk
    if tokens[town.start].form.endswith(DEMONYMS):
        yield town
        return
    for start in (town.start,) if town.clitics else (town.start, town.start - 1):
        form = tokens[start].form if start >= 0 else ""
        bare = next((bare for bare in without_clitics(form) if bare in words), None)
        if bare is not None:
            yield replace(town, start=start, clitics=form.removesuffix(bare))
            return
