"""The language pack: Arabic as data, read once from `ar/*.yaml` into tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final, Literal

import yaml

from agents.language.text import fold

Aspect = Literal["past", "present", "participle", "masdar"]
Number = Literal["singular", "dual", "plural"]

_OBJECTS: Final = ("ه", "ها", "هما", "هم", "هن", "نا", "ني", "ك", "كم")


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """One row of `reporting.yaml`."""

    id: str
    kind: str
    that: bool = False
    preposition: frozenset[str] = frozenset()
    direct: bool = False
    asks: frozenset[str] = frozenset()
    asks_on: bool = False
    continues: bool = False
    relays: bool = False
    ascribes: bool = False  # the source stands after إلى: "نسب الموقع إلى مسؤول أن …"
    informs: bool = False  # takes whom it is said to as an object: "خاطب الحضور"
    needs: frozenset[str] = frozenset()
    only_of: frozenset[str] = frozenset()  # the nouns that a direct object must begin with
    not_of: frozenset[str] = frozenset()  # nouns that make it a mood and no statement: "أعرب عن ارتياحه"
    text_speaks: bool = False
    reports_itself: bool = False
    also_preposition: bool = False  # بيّن is written like بين


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One inflected form of a reporting verb, without و and ف before it."""

    verb: ReportingVerb
    aspect: Aspect
    feminine: bool | None
    number: Number
    object: bool = False  # an object pronoun is glued on: وصفها


@dataclass(frozen=True, slots=True)
class Country:
    id: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """Everything that is known of Arabic, in folded forms."""

    verb_forms: Mapping[str, tuple[VerbForm, ...]]
    attributions: tuple[tuple[str, ...], ...]
    not_that_after: frozenset[str]
    narrator: tuple[tuple[str, ...], ...]
    texts: frozenset[str]
    after_subject: frozenset[str]
    continuing_titles: frozenset[str]
    same: frozenset[str]
    given_names: frozenset[str]
    own_side: frozenset[str]
    no_preposition: frozenset[str]
    unnamed: frozenset[str]
    countries: tuple[Country, ...]
    rows: Mapping[str, Any] = field(default_factory=dict)  # the raw reporting table, for the test that walks it


def read_table(name: str) -> Any:
    """The parsed content of `ar/<name>.yaml`."""
    text = files("agents.language").joinpath(f"ar/{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # seven times as fast as the loader in Python


def load_language_pack() -> LanguagePack:
    """Read the tables of the package. Raises KeyError or ValueError where a table is not well formed."""
    table = read_table("reporting")
    forms: dict[str, list[VerbForm]] = {}
    never = _folded(table["no_verb"])
    for row in table["verbs"]:
        for form, shape in _inflect(row):
            if form not in never and shape not in forms.setdefault(form, []):
                forms[form].append(shape)
    phrases = [tuple(fold(word) for word in words) for row in table["attributions"] for words in row["words"]]
    return LanguagePack(
        verb_forms={form: tuple(shapes) for form, shapes in forms.items()},
        attributions=tuple(sorted(phrases, key=len, reverse=True)),
        not_that_after=_folded(table["not_that_after"]),
        narrator=tuple(tuple(fold(word) for word in phrase.split()) for phrase in table["narrator"]),
        texts=_folded(table["texts"]),
        after_subject=_folded(table["after_subject"]),
        continuing_titles=_folded(table["continuing_titles"]),
        same=_folded(table["same"]),
        given_names=_folded(table["given_names"]),
        own_side=_folded(table["own_side"]),
        no_preposition=_folded(table["no_preposition"]),
        unnamed=_folded(table["unnamed"]),
        countries=tuple(
            Country(row["id"], tuple(row["names"]), tuple(row["adjectives"]), tuple(row["capital"]))
            for row in read_table("countries")["countries"]
        ),
        rows=table,
    )


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(" ".join(fold(part) for part in word.split()) for word in words)


def _inflect(row: dict[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    verb = ReportingVerb(
        id=row["id"],
        kind=row["kind"],
        that=row.get("that", False),
        preposition=_folded(row.get("with", [])),
        direct=row.get("direct", False) or row.get("asks_direct", False),
        asks=_folded(row.get("asks", [])),
        asks_on="asks_on" in row,
        continues=row.get("continues", False),
        relays=row.get("relays", False),
        ascribes=row.get("ascribes", False),
        informs=row.get("informs", False),
        needs=_folded(row.get("needs", [])),
        not_of=_folded(row.get("not_of", [])),
        only_of=_folded(row.get("only_of", [])),
        text_speaks=row.get("text_speaks", False),
        reports_itself=row.get("reports_itself", False),
        also_preposition=row.get("also_preposition", False),
    )
    takes_object = bool(verb.asks or verb.direct)
    for past in (fold(form) for form in row["past"]):
        yield from _person(verb, "past", past_forms(past), takes_object)
    for irregular in row.get("past_irregular", []):
        form = fold(irregular)
        yield form, VerbForm(verb, "past", form.endswith("ت"), "singular" if form.endswith("ت") else "plural")
    for present in (fold(form) for form in row["present"]):
        yield from _person(verb, "present", present_forms(present), takes_object)
    for participle in (fold(form) for form in row["participle"]):
        stem = participle
        yield stem + "ا", VerbForm(verb, "participle", False, "singular")
        yield stem + "ه", VerbForm(verb, "participle", True, "singular")
        root = stem[:-1] if stem.endswith("ي") else stem
        yield root + "ين", VerbForm(verb, "participle", None, "plural")
        yield stem + "تين", VerbForm(verb, "participle", True, "dual")
    for masdar in (fold(form) for form in row.get("masdar_forms", [])):
        yield masdar, VerbForm(verb, "masdar", None, "singular")
    for masdar in (fold(form) for form in row.get("masdar", [])):
        for ending in ("ه", "ها", "هم", "هما"):
            yield masdar + ending, VerbForm(verb, "masdar", None, "singular")
            yield "ب" + masdar + ending, VerbForm(verb, "masdar", None, "singular")
        yield "ال" + masdar, VerbForm(verb, "masdar", None, "singular")
        yield "بال" + masdar, VerbForm(verb, "masdar", None, "singular")


def _person(
    verb: ReportingVerb, aspect: Aspect, forms: Iterator[tuple[str, bool | None, Number]], takes_object: bool
) -> Iterator[tuple[str, VerbForm]]:
    for form, feminine, number in forms:
        yield form, VerbForm(verb, aspect, feminine, number)
        if takes_object and number == "singular":
            stem = form[:-1] + "ا" if form.endswith("ي") and aspect == "past" else form
            for pronoun in _OBJECTS[:5]:
                yield stem + pronoun, VerbForm(verb, aspect, feminine, number, object=True)


def past_forms(past: str) -> Iterator[tuple[str, bool | None, Number]]:
    """Third person forms of a folded past tense: قال → قالت، قالا، قالتا، قالوا; weak endings are taken off."""
    weak = past.endswith(("ي", "ا"))
    stem = past[:-1] if weak else past
    middle = "ي" if past.endswith("ي") else "و" if past.endswith("ا") else ""
    yield past, False, "singular"
    yield stem + "ت", True, "singular"
    yield stem + middle + "ا", False, "dual"
    yield stem + "تا", True, "dual"
    yield stem + "وا", False, "plural"


def present_forms(present: str) -> Iterator[tuple[str, bool | None, Number]]:
    """Third person forms of a folded present tense: يقول → تقول، يقولان، يقولون."""
    root = present[1:]
    weak = root.endswith(("ي", "و"))
    stem = root[:-1] if weak else root
    yield present, False, "singular"
    yield "ت" + root, True, "singular"
    yield "ي" + root + "ان", False, "dual"
    yield "ت" + root + "ان", True, "dual"
    yield "ي" + stem + "ون", False, "plural"
    yield "ي" + stem + "وا", False, "plural"
