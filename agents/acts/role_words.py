"""The words by which a side is told to act or to suffer, as `roles.yaml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from agents.language.tables import read_table, word_table


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`roles.yaml`, folded."""

    own: frozenset[str]
    both: frozenset[str]
    between: frozenset[str]
    against: frozenset[str]
    of_object: frozenset[str]
    because: frozenset[str]
    sources: frozenset[str]
    when: frozenset[str]
    belonging: frozenset[str]
    opposite: frozenset[str]
    facing: frozenset[str]
    by: frozenset[str]
    unknown: frozenset[str]
    means: frozenset[str]
    clashes: frozenset[str]
    alongside: frozenset[str]
    through: frozenset[str]
    home: frozenset[str]
    compass: frozenset[str]
    troops: frozenset[str]
    upon: frozenset[str]
    on_own: frozenset[str]
    about: frozenset[str]
    of_deed: frozenset[str]
    strangers: frozenset[str]
    held_at: frozenset[str]
    plans: frozenset[str]
    topics: frozenset[str]
    proposals: frozenset[str]
    negotiation: frozenset[str]
    police: frozenset[str]
    makes_known: frozenset[str]
    private: frozenset[str]
    leading: frozenset[str]
    with_object: frozenset[str]
    bystanders: frozenset[str]
    decided: frozenset[str]
    mediating: frozenset[str]
    military: frozenset[str]
    things: frozenset[str]
    own_country: frozenset[str]
    instruments: frozenset[str]
    denying: frozenset[str]
    protested: frozenset[str]
    inside: frozenset[str]
    freed: frozenset[str]
    away_from: frozenset[str]
    out_of: frozenset[str]
    came_about: frozenset[str]
    emblems: frozenset[str]
    banners: frozenset[str]
    undergoing: frozenset[str]
    victims: frozenset[str]
    claims: frozenset[str]
    deaths: frozenset[str]
    counted: frozenset[str]
    there: frozenset[str]
    behind_victims: frozenset[str]
    shielding: frozenset[str]
    common: frozenset[str]
    neighbour: frozenset[str]
    several: frozenset[str]
    summoning: frozenset[str]
    ministry: frozenset[str]
    pronouns: frozenset[str]
    dual_pronouns: frozenset[str]
    own_troops: frozenset[str]
    own_arms: frozenset[str]
    hosting: frozenset[str]
    onlooker: frozenset[str]
    bound_for: frozenset[str]
    localities: frozenset[str]
    receiving: frozenset[str]
    foes: frozenset[str]
    carrying_on: frozenset[str]
    as_it_is: frozenset[str]
    attacks: frozenset[str]
    according_to: frozenset[str]
    according_with: frozenset[str]
    anybody: frozenset[str]
    outbreaks: frozenset[str]
    wars: frozenset[str]
    great_numbers: frozenset[str]
    fighters: frozenset[str]


@lru_cache(maxsize=1)
def load_role_words() -> RoleWords:
    """The table of the language pack. Raises KeyError or TypeError where a list is missing or unknown."""
    return word_table(RoleWords, read_table("roles"))
