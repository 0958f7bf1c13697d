"""Who speaks, as the text has them, and the words by which speakers are known."""

from __future__ import annotations

from dataclasses import dataclass

from agents.language.tables import read_table, spelled, word_table


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the text has them."""

    actor_id: str | None
    name: str
    party: str | None
    feminine: bool | None = None
    plural: bool = False
    heads: frozenset[str] = frozenset()  # folded words of the phrases that introduced them


Voices = tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class SpeakerTables:
    """`speakers.yaml`, folded; each row says there what it is for."""

    officials: frozenset[str]
    independent: frozenset[str]
    both_sides: frozenset[str]
    of_own_things: frozenset[str]
    titles: frozenset[str]
    epithets: frozenset[str]
    ends_name: frozenset[str]
    asked: frozenset[str]
    asks: frozenset[str]
    asked_about: frozenset[str]
    asked_by_noun: frozenset[str]
    her_words: frozenset[str]
    asks_about: frozenset[str]
    about: frozenset[str]
    whether: frozenset[str]
    to_me: frozenset[str]
    asked_him_by_us: frozenset[str]
    answers: frozenset[str]
    latter: frozenset[str]
    first_of_two: frozenset[str]
    second_of_two: frozenset[str]
    goes_on: frozenset[str]
    delegations: frozenset[str]
    of_feminines: frozenset[str]
    adverbial: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    chooses: frozenset[str]
    saying_again: frozenset[str]
    ministries: frozenset[str]
    ministers: frozenset[str]
    issued: frozenset[str]
    honorifics: frozenset[str]
    mister: frozenset[str]
    before_subject: frozenset[str]
    around_subject: frozenset[str]
    was: frozenset[str]
    as_for: frozenset[str]
    because: frozenset[str]
    then: frozenset[str]
    and_then: frozenset[str]
    when: frozenset[str]
    behind_when: frozenset[str]
    before_that: frozenset[str]
    until: frozenset[str]
    barely: frozenset[str]
    no_sooner: frozenset[str]
    met: frozenset[str]
    he_did: frozenset[str]
    within_it: frozenset[str]
    this: frozenset[str]
    what: frozenset[str]
    adversative: frozenset[str]
    adverse: frozenset[str]
    that_he: frozenset[str]
    utterances: frozenset[str]
    events: frozenset[str]
    offered: frozenset[str]
    which: frozenset[str]
    groups: frozenset[str]
    fighters: frozenset[str]
    duals: frozenset[str]
    two_of_office: frozenset[str]
    dual_endings: frozenset[str]
    joint: frozenset[str]
    counted: frozenset[str]
    three: frozenset[str]
    four: frozenset[str]
    five: frozenset[str]
    six: frozenset[str]
    seen: frozenset[str]
    by_tongue: frozenset[str]
    before_tongue: frozenset[str]
    tongue: frozenset[str]
    again: frozenset[str]
    turns_to: frozenset[str]
    meanwhile: frozenset[str]
    explains: frozenset[str]
    turns_to_noun: frozenset[str]
    in_passing: frozenset[str]
    contrary: frozenset[str]
    guests: frozenset[str]
    the_man: frozenset[str]
    shared: frozenset[str]
    preceded: frozenset[str]
    to_him: frozenset[str]
    of_place: frozenset[str]
    of_media: frozenset[str]
    places: frozenset[str]
    of_regions: frozenset[str]
    ranks: frozenset[str]
    specialised: frozenset[str]
    relatives: frozenset[str]
    not_of_him: frozenset[str]
    not_of_her: frozenset[str]
    text_in: frozenset[str]
    own_office: frozenset[str]
    of_official: frozenset[str]
    not_of_official: frozenset[str]
    of_both: frozenset[str]
    one_of: frozenset[str]
    among: frozenset[str]
    senior: frozenset[str]
    in_name_of: frozenset[str]
    presidencies: frozenset[str]
    carries: frozenset[str]
    recordings: frozenset[str]
    in_its_name: frozenset[str]
    in_it: frozenset[str]
    of_offices: frozenset[str]
    sources: frozenset[str]
    asides: frozenset[str]
    genitive: frozenset[str]
    plural_endings: frozenset[str]
    object_endings: frozenset[str]
    construct_endings: frozenset[str]
    feminine_endings: frozenset[str]
    first_diplomats: frozenset[str]
    first: frozenset[str]
    senior_diplomat: frozenset[str]
    tenants: frozenset[str]
    palaces: frozenset[str]
    strongmen: frozenset[str]
    strong: frozenset[str]
    heads: frozenset[str]
    state: frozenset[str]
    rulers: frozenset[str]
    diplomacy: frozenset[str]
    foreign_minister: frozenset[str]
    cabinet: frozenset[str]
    of_countries: frozenset[str]
    office_fillers: frozenset[str]
    former: frozenset[str]
    of_states: frozenset[str]
    kin: frozenset[str]
    retired: frozenset[str]
    private_of: frozenset[str]
    counterparts: frozenset[str]
    peers: frozenset[str]
    each: frozenset[str]
    counts: frozenset[str]
    seats: frozenset[str]
    sides: frozenset[str]
    reached: frozenset[str]
    put_to: frozenset[str]
    of_us: frozenset[str]
    begins_like_article: frozenset[str]
    names_like_article: frozenset[str]
    asked_by_us: frozenset[str] = spelled()
    written_ali: frozenset[str] = spelled()
    written_on: frozenset[str] = spelled()
    no_name_endings: frozenset[str] = spelled()
    of_feminine_verbs: frozenset[str] = spelled()
    no_name_beginnings: frozenset[str] = spelled()


def load_speaker_tables() -> SpeakerTables:
    """The tables of the language pack. Raises KeyError or TypeError where a row is missing or unknown."""
    return word_table(SpeakerTables, read_table("speakers"))
