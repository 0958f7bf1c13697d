"""The language pack: Arabic as data, read once from `ar/*.yaml` into tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.language.names import TO
from agents.language.tables import read_table, spelled, word_set, word_table
from agents.language.text import fold
from agents.language.verbs import VerbForm, inflect, past_forms, present_forms

__all__ = ["ClauseWords", "Country", "LanguagePack", "load_language_pack", "past_forms", "present_forms", "read_table"]


@dataclass(frozen=True, slots=True)
class Country:
    id: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: tuple[str, ...]
    seats: tuple[str, ...] = ()  # palaces and ministries that stand for those who sit in them


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """`clause_words` of `reporting.yaml`, where each row says what it is for."""

    that: frozenset[str]
    that_after_attribution: frozenset[str]
    bare_that: frozenset[str]
    and_that: frozenset[str]
    and_the_other: frozenset[str]
    concedes: frozenset[str]
    supposing: frozenset[str]
    whether: frozenset[str]
    whether_was: frozenset[str]
    kinds_with_if: frozenset[str]
    not_said: frozenset[str]
    before_no_name: frozenset[str]
    negations: frozenset[str]
    openers: frozenset[str]
    before_verb: frozenset[str]
    explaining: frozenset[str]
    going_on: frozenset[str]
    turns: frozenset[str]
    borders: frozenset[str]
    who: frozenset[str]
    as_said: frozenset[str]
    as_told: frozenset[str]
    publishes: frozenset[str]
    back_to_it: frozenset[str]
    on_authority: frozenset[str]
    rather: frozenset[str]
    of_two_objects: frozenset[str]
    meanwhile_that: frozenset[str]
    elatives: frozenset[str]
    correspondents: frozenset[str]
    relayed: frozenset[str]
    alerts: frozenset[str]
    led_names: frozenset[str]
    several: frozenset[str]
    periods: frozenset[str]
    of_period: frozenset[str]
    within_names: frozenset[str]
    ends_of_papers: frozenset[str]
    points: frozenset[str]
    regions: frozenset[str]
    before_article: frozenset[str]
    formerly: frozenset[str]
    remarks: frozenset[str]
    objects: frozenset[str]
    tongue: frozenset[str]
    nobody: frozenset[str]
    launched: frozenset[str]
    hosts: frozenset[str]
    soon: frozenset[str]
    reporters: frozenset[str]
    just_that: frozenset[str]
    own_views: frozenset[str]
    views: frozenset[str]
    extent: frozenset[str]
    in_words: frozenset[str]
    own_words: frozenset[str]
    moods: frozenset[str]
    what: frozenset[str]
    worded: frozenset[str]
    for_what: frozenset[str]
    object_pronouns: frozenset[str]
    thus: frozenset[str]
    plain: frozenset[str]
    unmarked: frozenset[str]
    unmarked_nouns: frozenset[str]
    opens_bare: frozenset[str]
    saying_again: frozenset[str]
    then_says: frozenset[str]
    already: frozenset[str]
    like_that: frozenset[str]
    no_content: frozenset[str]
    before_name: frozenset[str]
    before_noun: frozenset[str]
    surnames: frozenset[str]
    whoever: frozenset[str]
    himself: frozenset[str]
    surely: frozenset[str]
    no_need: frozenset[str]
    rumoured: frozenset[str]
    rumours: frozenset[str]
    estimates: frozenset[str]
    light: frozenset[str]
    inscribing: frozenset[str]
    inscribed: frozenset[str]
    which: frozenset[str]
    previously: frozenset[str]
    refrains: frozenset[str]
    speaking_of: frozenset[str]
    house_of: frozenset[str]
    in_subject: frozenset[str]
    then: frozenset[str]
    ends_source: frozenset[str]
    quantities: frozenset[str]
    interviewed_by: frozenset[str]
    copulas: frozenset[str]
    withholds: frozenset[str]
    identity: frozenset[str]
    where: frozenset[str]
    when: frozenset[str]
    told_before: frozenset[str]
    at_side: frozenset[str]
    audiences: frozenset[str]
    meanwhile: frozenset[str]
    issued: frozenset[str]
    issues: frozenset[str]
    of: frozenset[str]
    left_over: frozenset[str]
    of_states: frozenset[str]
    no_label: frozenset[str]
    no_label_alone: frozenset[str]
    heard_by: frozenset[str]
    agencies: frozenset[str]
    written: frozenset[str]
    by_name: frozenset[str]
    highlights: frozenset[str]
    came: frozenset[str]
    in_it: frozenset[str]
    sayings: frozenset[str]
    told_in: frozenset[str]
    told_texts: frozenset[str]
    results: frozenset[str]
    results_led: frozenset[str]
    results_in: frozenset[str]
    told_after: frozenset[str]
    told_from: frozenset[str]
    correcting: frozenset[str]
    earlier_version: frozenset[str]
    answering: frozenset[str]
    told_how: frozenset[str]
    clock_of: frozenset[str]
    hour: frozenset[str]
    spans: frozenset[str]
    towards: frozenset[str]
    hastens: frozenset[str]
    in_reply: frozenset[str]
    of_something: frozenset[str]
    offices: frozenset[str]
    units: frozenset[str]
    with_this: frozenset[str]
    wording: frozenset[str]
    interview: frozenset[str]
    byline: frozenset[str]
    by_pen: frozenset[str]
    met_him: frozenset[str]
    conducted: frozenset[str]
    addressed: frozenset[str]
    not_yours: frozenset[str]
    will: frozenset[str]
    not_ahead: frozenset[str]
    befalls: frozenset[str]
    not_of_us: frozenset[str]
    seems: frozenset[str]
    frank: frozenset[str]
    more: frozenset[str]
    frankness: frozenset[str]
    replies: frozenset[str]
    as_for: frozenset[str]
    opens_said: frozenset[str]
    vocatives: frozenset[str]
    guests: frozenset[str]
    to_me: frozenset[str]
    asking: frozenset[str]
    no_label_behind: frozenset[str]
    myself: frozenset[str]
    negates_verb: frozenset[str]
    greets: frozenset[str]
    years: frozenset[str]
    honoured: frozenset[str]
    callings: frozenset[str]
    tells: frozenset[str]
    i_said: frozenset[str]
    interview_with: frozenset[str]
    guest_behind: frozenset[str]
    questions: frozenset[str]
    interviewing: frozenset[str]
    following: frozenset[str]
    delivering: frozenset[str]
    question_mark: frozenset[str]
    answer_mark: frozenset[str]
    no_name: frozenset[str]
    any_of: frozenset[str]
    happened: frozenset[str]
    own_part: frozenset[str]
    deeds: frozenset[str]
    institutions: frozenset[str]
    gists: frozenset[str]
    no_people: frozenset[str]
    answers: frozenset[str]
    bodies: frozenset[str]
    bodies_of_her: frozenset[str]
    bodies_for: frozenset[str]
    of_bodies: frozenset[str]
    without: frozenset[str]
    expected: frozenset[str]
    that_is: frozenset[str]
    times: frozenset[str]
    ordinals: frozenset[str]
    we: frozenset[str]
    another: frozenset[str]
    announcing: frozenset[str]
    that_one: frozenset[str]
    abstracts: frozenset[str]
    wording_of: frozenset[str]
    set_phrases: frozenset[str]
    spelled_if: frozenset[str] = spelled()
    spelled_not: frozenset[str] = spelled()
    written_ali: frozenset[str] = spelled()
    written_on: frozenset[str] = spelled()


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """Everything that is known of Arabic, in folded forms."""

    verb_forms: Mapping[str, tuple[VerbForm, ...]]
    attributions: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first words, the longest first
    led_by_to: frozenset[str]  # words of them behind which "ل" is glued on to the source
    narrator: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first words too
    not_that_after: frozenset[str]
    texts: frozenset[str]
    after_subject: frozenset[str]
    continuing_titles: frozenset[str]
    same: frozenset[str]
    given_names: frozenset[str]
    own_side: frozenset[str]
    no_preposition: frozenset[str]
    unnamed: frozenset[str]
    clause_words: ClauseWords
    months: frozenset[str]  # words of their names
    countries: tuple[Country, ...]
    capitals: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first words
    states: frozenset[tuple[str, ...]]  # names of countries and their capitals
    borders: frozenset[frozenset[str]]  # pairs of countries
    plurals: Mapping[str, tuple[str, ...]]  # broken plurals of adjectives, by the folded singular


def load_language_pack() -> LanguagePack:
    """Read the tables of the package. Raises KeyError, TypeError or ValueError where a table is not well formed."""
    table, countries = read_table("reporting"), read_table("countries")
    return LanguagePack(
        verb_forms=_verb_forms(table["verbs"], word_set(table["no_verb"])),
        attributions=_by_first(words for row in table["attributions"] for words in row["words"]),
        led_by_to=frozenset(
            fold(words[-2]) for row in table["attributions"] for words in row["words"] if words[-1] == TO
        ),
        narrator=_by_first(phrase.split() for phrase in table["narrator"]),
        not_that_after=word_set(table["not_that_after"]),
        texts=word_set(table["texts"]),
        after_subject=word_set(table["after_subject"]),
        continuing_titles=word_set(table["continuing_titles"]),
        same=word_set(table["same"]),
        given_names=word_set(table["given_names"]),
        own_side=word_set(table["own_side"]),
        no_preposition=word_set(table["no_preposition"]),
        unnamed=word_set(table["unnamed"]),
        clause_words=word_table(ClauseWords, table["clause_words"]),
        months=frozenset(
            word for row in read_table("dates")["months"] for name in row["names"] for word in fold(name).split()
        ),
        countries=tuple(
            Country(
                row["id"],
                tuple(row["names"]),
                tuple(row["adjectives"]),
                tuple(row["capital"]),
                tuple(row.get("seats", ())),
            )
            for row in countries["countries"]
        ),
        capitals=_by_first(name.split() for row in countries["countries"] for name in row["capital"]),
        states=frozenset(
            tuple(fold(name).split()) for row in countries["countries"] for name in (*row["names"], *row["capital"])
        ),
        borders=frozenset(
            frozenset((one, other)) for one, others in read_table("borders")["borders"].items() for other in others
        ),
        plurals={fold(one): tuple(map(fold, many)) for one, many in countries["plurals"].items()},
    )


def _by_first(phrases: Iterable[Sequence[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases in folded form by their first words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(map(fold, words)) for words in phrases), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(rows) for first, rows in found.items()}


def _verb_forms(rows: Iterable[dict[str, Any]], never: frozenset[str]) -> dict[str, tuple[VerbForm, ...]]:
    """Every form, with the verbs that it may be in the order of their rows."""
    forms: dict[str, dict[VerbForm, None]] = {}
    for row in rows:
        for form, shape in inflect(row):
            if form not in never:
                forms.setdefault(form, {})[shape] = None
    return {form: tuple(shapes) for form, shapes in forms.items()}
