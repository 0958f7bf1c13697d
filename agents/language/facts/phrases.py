"""Phrases of the tables of facts, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agents.language.text import Token, light

PhrasesByFirst = Mapping[str, Sequence[Sequence[str]]]


def by_first(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    """Phrases by their first words: what follows them."""
    found: dict[str, list[list[str]]] = {}
    for first, *rest in ([light(part) for part in phrase.split()] for phrase in phrases):
        found.setdefault(first, []).append(rest)
    return found


def stands(words: Sequence[Token], at: int, phrases: PhrasesByFirst) -> bool:
    """Whether one of the phrases stands at a word, the first of its words with or without a letter before it."""
    first = words[at].light if at < len(words) else ""
    if first not in phrases and first[1:] not in phrases:
        return False  # as a rule
    return any(
        [word.light for word in words[at + 1 : at + 1 + len(rest)]] == rest
        for form in (first, first[1:])
        for rest in phrases.get(form, ())
    )


def without(words: Sequence[Token], positions: set[int]) -> list[Token]:
    """The words with nothing at some positions."""
    found = list(words)
    for at in positions:
        found[at] = _blank(words[at])
    return found


def _blank(token: Token) -> Token:
    return Token(token.start, token.end, "", "", "", "punct")
