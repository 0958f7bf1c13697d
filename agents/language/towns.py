"""Towns and regions, as names of the sides whose they are: "قصف دهوك" names nobody else. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from agents.language.names import ARTICLE, Mention, Name, without_clitics, words_of
from agents.language.pack import Country
from agents.language.tables import read_table, word_set
from agents.language.text import Token, fold

_SHORTEST: Final = 4  # letters of a town after which its people are called


def town_names(owners: Mapping[Country, str], known: Container[tuple[str, ...]]) -> Iterator[Name]:
    """The names of the towns of some countries and of their people, given whose each country is; not what is `known`.

    A doubtful name counts behind a word like "town" or "province".
    """
    table = read_table("towns")
    for country, owner in owners.items():
        for text in country.capital:
            yield from _people(words_of(text), owner, known)
        for text in table["towns"].get(country.id, ()):
            yield from _unless_known(words_of(text), owner, known)
            yield from _people(words_of(text), owner, known)
        for text in table["doubtful"].get(country.id, ()):
            for leading in table["leading"]:
                yield from _unless_known((*words_of(leading), *words_of(text)), owner, known)


def folk_of(tokens: Sequence[Token], town: Mention) -> Mention | None:
    """The people or the office of a town that is named: "أهالي البصرة", "الموصليون"."""
    if tokens[town.start].form.endswith(_people_endings()):
        return town
    for start in (town.start,) if town.clitics else (town.start, town.start - 1):
        form = tokens[start].form if start >= 0 else ""
        bare = next((bare for bare in without_clitics(form) if bare in _folk_words()), None)
        if bare is not None:
            return replace(town, start=start, clitics=form.removesuffix(bare))
    return None


@lru_cache(maxsize=1)
def _people_endings() -> tuple[str, ...]:
    return tuple(map(fold, read_table("towns")["people"]))


@lru_cache(maxsize=1)
def _dropped() -> str:
    return "".join(map(fold, read_table("towns")["dropped"]))


@lru_cache(maxsize=1)
def _folk_words() -> frozenset[str]:
    return word_set(read_table("towns")["folk"])


def _people(words: tuple[str, ...], owner: str, known: Container[tuple[str, ...]]) -> Iterator[Name]:
    """Those of a town, several: "الموصليون"; one alone may be a surname."""
    bare = words[0].removeprefix(ARTICLE).rstrip(_dropped())
    if len(words) == 1 and len(bare) >= _SHORTEST:
        for ending in _people_endings():
            for form in (bare + ending, ARTICLE + bare + ending):
                yield from _unless_known((form,), owner, known)


def _unless_known(words: tuple[str, ...], owner: str, known: Container[tuple[str, ...]]) -> Iterator[Name]:
    if words not in known and words[1:] not in known:
        yield Name(words, owner, "town")
