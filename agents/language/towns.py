"""Towns and regions, as names of the sides whose they are: "قصف دهوك" names nobody else. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from agents.language.names import Name, words_of
from agents.language.tables import read_table


def town_names(owners: Mapping[str, str], known: Container[tuple[str, ...]]) -> Iterator[Name]:
    """The names of the towns of some countries, given whose each country is; not those that name something `known`.

    A doubtful name counts behind a word like "town" or "province".
    """
    table = read_table("towns")
    for country, owner in owners.items():
        for text in table["towns"].get(country, ()):
            yield from _unless_known(words_of(text), owner, known)
        for text in table["doubtful"].get(country, ()):
            for leading in table["leading"]:
                yield from _unless_known((*words_of(leading), *words_of(text)), owner, known)


def _unless_known(words: tuple[str, ...], owner: str, known: Container[tuple[str, ...]]) -> Iterator[Name]:
    if words not in known and words[1:] not in known:
        yield Name(words, owner, "town")
