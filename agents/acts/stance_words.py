"""The words by which a clause takes a stance, as `stances.yaml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from agents.language.names import IN
from agents.language.tables import read_table, spelled, word_table


@dataclass(frozen=True, slots=True)
class StanceWords:
    """`stances.yaml`, folded; each row says there what it is for."""

    negating: frozenset[str]
    that: frozenset[str]
    until: frozenset[str]
    owed_by: frozenset[str]
    before: frozenset[str]
    needed: frozenset[str]
    ought: frozenset[str]
    denying: frozenset[str]
    every: frozenset[str]
    some: frozenset[str]
    whichever: frozenset[str]
    who: frozenset[str]
    as_being: frozenset[str]
    everybody: frozenset[str]
    relative: frozenset[str]
    subordinating: frozenset[str]
    inside: frozenset[str]
    hopes: frozenset[str]
    by_that: frozenset[str]
    without: frozenset[str]
    presence: frozenset[str]
    its_presence: frozenset[str]
    not_ruled_out: frozenset[str] = spelled()
    owed_to: frozenset[str] = spelled()
    wished: frozenset[str] = spelled()
    will_not: frozenset[str] = spelled()
    did_not: frozenset[str] = spelled()
    unless: frozenset[str] = spelled()
    rules_out: frozenset[str] = spelled()


@lru_cache(maxsize=1)
def load_stance_words() -> StanceWords:
    """The table of the language pack. Raises KeyError or TypeError where a row is missing or unknown."""
    return word_table(StanceWords, read_table("stances"))


def is_led_noun(form: str) -> bool:
    """ "تمسك بالخط", "نوه بجهود جارته", and not "بأن": a noun behind its preposition."""
    return form.startswith(IN) and not form.startswith(tuple(load_stance_words().by_that))
