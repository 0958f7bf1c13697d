"""Statements as they are compared, and what a comparison of them gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.language.facts import Facts
from agents.language.shelf import Laid, Shelf
from schemas import Novelty


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that could have been said alone."""

    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, read for comparison."""

    statement_id: str
    party: str | None
    speakers: frozenset[str]
    text: str
    talks: frozenset[str]
    facts: Facts
    named: bool = False  # the talks are, in its own words
    article: str = ""  # where it was said; a repeat within one article is rare
    again: bool = False  # told with words that say it is a repeat: he renewed, once more
    known: bool = True  # the speaker's side is
    denies: bool = False
    laid: Laid = field(kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one side has said, oldest first, laid side by side for all that are judged against it."""

    said: Sequence[Said]
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to judge against what its side has said before its article, and what it has said `here`, in it."""

    candidate: Said
    before: Earlier
    here: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a statement is, to which earlier one, how alike they are (0 to 1), and which facts differ."""

    kind: Novelty
    of: str | None = None
    similarity: float = 0.0
    changed: tuple[str, ...] = ()
