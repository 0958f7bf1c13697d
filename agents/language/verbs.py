"""Reporting verbs and their forms: one row of `reporting.yaml` becomes every form that a newspaper may print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from agents.language.names import OWNERS
from agents.language.tables import word_set
from agents.language.text import fold

Aspect = Literal["past", "present", "participle", "masdar"]
TO_ME: Final = "ني"  # to whom somebody gives notice: "أبلغني",
_TO_US: Final = ("نا", TO_ME)  # and "أبلغنا"
_SILENT: Final = "ا"  # of a plural verb, before a pronoun: أخبروا → أخبرونا
Number = Literal["singular", "dual", "plural"]

OTHERS: Final = "يت"  # how a verb of the present begins, of others
WE: Final = "ن"  # of us,
MYSELF: Final = "ا"  # and of who speaks
PERSONS: Final = OTHERS + WE
YOURS: Final = (("ت", "ون"), ("", "كم"), ("", "تم"))  # how "you" begins and ends: "تتوقعون", "وفدكم", "رفضتم"
THEY: Final = "وا"  # how a verb of many ends, in the past
_OBJECTS: Final = ("ه", "ها", "هما", "هم", "هن", "كم")


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """One row of `reporting.yaml`; its head tells what each column means."""

    id: str
    kind: str
    that: bool = False
    preposition: frozenset[str] = frozenset()
    direct: bool = False
    asks: frozenset[str] = frozenset()
    asks_always: bool = False
    asks_on: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    medium: frozenset[str] = frozenset()
    informs: bool = False
    needs: frozenset[str] = frozenset()
    only_of: frozenset[str] = frozenset()
    addressing: frozenset[str] = frozenset()
    not_of: frozenset[str] = frozenset()
    acts_on: frozenset[str] = frozenset()
    subject_not: frozenset[str] = frozenset()
    text_speaks: bool = False
    negated: bool = False
    that_after: frozenset[str] = frozenset()
    also_preposition: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One inflected form of a reporting verb, without و and ف before it."""

    verb: ReportingVerb
    aspect: Aspect
    feminine: bool | None
    number: Number
    led: bool = False  # a noun that reports only where أن follows at once, or a colon
    hastened: bool = False  # a noun that tells what the verb would, behind "سارع إلى"
    object: bool = False  # an object pronoun is glued on: وصفها

    @property
    def finite(self) -> bool:
        return self.aspect in ("past", "present")


def inflect(row: dict[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    """Every folded form of a row's verb. Raises KeyError where the row lacks a column that all rows have."""
    verb = _verb(row)
    yield from _finite(verb, row)
    for participle in map(fold, row["participle"]):
        yield from _participles(verb, participle)
    for noun in map(fold, row.get("masdar_forms", [])):
        yield noun, VerbForm(verb, "masdar", None, "singular")
    for noun in map(fold, row.get("before_colon", [])):
        yield noun, VerbForm(verb, "masdar", None, "singular", led=True)
    for noun in map(fold, row.get("masdar_that", [])):
        for form in ("ال" + noun, "بال" + noun, "ب" + noun, "لل" + noun):
            yield form, VerbForm(verb, "masdar", None, "singular", led=True)
    for noun in map(fold, row.get("hastened", [])):
        for form in (noun, "ال" + noun):
            yield form, VerbForm(verb, "masdar", None, "singular", hastened=True)
    for noun in map(fold, row.get("masdar_towards", [])):
        yield noun, VerbForm(verb, "masdar", None, "singular", led=True)
    for noun in map(fold, row.get("masdar", [])):
        for form in (noun, "ب" + noun, "لل" + noun):
            yield form, VerbForm(verb, "masdar", None, "singular", led=True)
        for form in ("ال" + noun, *(noun + owner for owner in OWNERS)):
            yield form, VerbForm(verb, "masdar", None, "singular")
            yield "ب" + form, VerbForm(verb, "masdar", None, "singular")


def _verb(row: dict[str, Any]) -> ReportingVerb:
    def words(column: str) -> frozenset[str]:
        return word_set(row.get(column, []))

    return ReportingVerb(
        id=row["id"],
        kind=row["kind"],
        that=row.get("that", False),
        preposition=words("with"),
        direct=row.get("direct", False) or row.get("asks_direct", False),
        asks=words("asks"),
        asks_always=row.get("asks_always", False),
        asks_on=words("asks_on"),
        source=words("source"),
        medium=words("medium"),
        informs=row.get("informs", False),
        needs=words("needs"),
        only_of=words("only_of"),
        addressing=words("addressing"),
        not_of=words("not_of"),
        acts_on=words("acts_on"),
        subject_not=words("subject_not"),
        text_speaks=row.get("text_speaks", False),
        negated=row.get("negated", False),
        that_after=words("that_after"),
        also_preposition=words("also_preposition"),
    )


def _finite(verb: ReportingVerb, row: dict[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    takes_object = bool(verb.asks or verb.direct or row.get("takes_object"))
    for past in map(fold, row["past"]):
        for form, feminine, number in past_forms(past):
            yield form, VerbForm(verb, "past", feminine, number)
            if verb.informs:  # "أبلغنا مسؤول أن"
                for pronoun in _TO_US:
                    told = form.removesuffix(_SILENT if number == "plural" else "") + pronoun
                    yield told, VerbForm(verb, "past", feminine, number, object=True)
            if takes_object and number == "singular":
                stem = form[:-1] + "ا" if form.endswith("ي") else form
                for pronoun in _OBJECTS:
                    yield stem + pronoun, VerbForm(verb, "past", feminine, number, object=True)
    for form in map(fold, row.get("past_irregular", [])):
        yield form, VerbForm(verb, "past", form.endswith("ت"), "singular" if form.endswith("ت") else "plural")
    for present in map(fold, row["present"]):
        for form, feminine, number in present_forms(present):
            yield form, VerbForm(verb, "present", feminine, number)
            if takes_object and number == "singular":
                for pronoun in _OBJECTS:
                    yield form + pronoun, VerbForm(verb, "present", feminine, number, object=True)


def _participles(verb: ReportingVerb, stem: str) -> Iterator[tuple[str, VerbForm]]:
    root = stem[:-1] if stem.endswith("ي") else stem
    yield stem + "ا", VerbForm(verb, "participle", False, "singular")
    yield stem + "ه", VerbForm(verb, "participle", True, "singular")
    yield root + "ين", VerbForm(verb, "participle", None, "plural")
    yield stem + "تين", VerbForm(verb, "participle", True, "dual")


def past_forms(past: str) -> Iterator[tuple[str, bool | None, Number]]:
    """Third person forms of a folded past tense: قال → قالت، قالا، قالتا، قالوا; weak endings are taken off."""
    weak = past.endswith(("ي", "ا"))
    stem = past[:-1] if weak else past
    middle = "ي" if past.endswith("ي") else "و" if past.endswith("ا") else ""
    yield past, False, "singular"
    yield stem + "ت", True, "singular"
    yield stem + middle + "ا", False, "dual"
    yield stem + "تا", True, "dual"
    yield stem + THEY, False, "plural"


def present_forms(present: str) -> Iterator[tuple[str, bool | None, Number]]:
    """Third person forms of a folded present tense: يقول → تقول، يقولان، يقولون."""
    root = present[1:]
    stem = root[:-1] if root.endswith(("ي", "و")) else root
    yield present, False, "singular"
    yield "ت" + root, True, "singular"
    yield "ي" + root + "ان", False, "dual"
    yield "ت" + root + "ان", True, "dual"
    yield "ي" + stem + "ون", False, "plural"
    yield "ي" + stem + THEY, False, "plural"
