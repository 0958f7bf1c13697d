"""What the evidence for a clause being about talks counts for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from agents.language.pack import read_table


@dataclass(frozen=True, slots=True)
class Weights:
    """Log odds of a clause being about talks: what each evidence adds to them, and each word by its shortest stem, one
    that is marked beside what its mark adds.

    With `enough` of them the clause is about talks. They are fitted on the clauses of the development feeds that name
    no talks, by `python -m tests.bench.fit_talks`, which also tells how they do on feeds that are left out. `meant`:
    what each evidence adds for one of the talks, by `python -m tests.bench.fit_links`.
    """

    bias: float
    enough: float
    alike: float
    evidence: Mapping[str, float]
    words: Mapping[str, float]
    marked: Mapping[str, float]
    meant: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """Read about_talks.yaml and meant_talks.yaml."""
    return Weights(**read_table("about_talks"), meant=read_table("meant_talks"))
