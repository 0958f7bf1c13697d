"""PLOVER's types, scores and its table for future and negated events (`ar/plover.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agents.language.pack import read_table


@dataclass(frozen=True, slots=True)
class Plover:
    """`plover.yaml`: types with their direction, score and modes, and what they become ahead or negated."""

    types: Mapping[str, Mapping[str, Any]]
    future: Mapping[str, str]
    negated: Mapping[str, str]
    threatened: Mapping[str, str]

    def score(self, event_type: str, mode: str | None) -> float:
        row = self.types[event_type]
        return float(row["modes"].get(mode, row["score"]) if mode else row["score"])


@lru_cache(maxsize=1)
def load_plover() -> Plover:
    """The tables of the language pack. Raises KeyError where one is not well formed."""
    table = read_table("plover")
    return Plover(
        types=table["types"],
        future=table["future"],
        negated=table["negated"],
        threatened=table["threatened"],
    )
