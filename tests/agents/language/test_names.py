"""Names in a text: what is glued on to them, which of two wins, and how adjectives are inflected."""

from __future__ import annotations

import pytest

from agents.language.names import Name, NameFinder, apart, nisba_forms, spellings, together, without_clitics, words_of
from agents.language.text import tokens

FINDER = NameFinder(
    [
        Name(words_of("لعمامرة"), "lamamra", "name"),
        Name(words_of("رمطان لعمامرة"), "lamamra", "name"),
        Name(words_of("وزير الخارجية"), "minister", "role"),
        Name(words_of("وزير الخارجية الأسبق"), "former", "role"),
        Name(words_of("وزارة الخارجية"), "ministry", "name"),
        Name(words_of("المبعوث"), "envoy", "role"),
        Name(words_of("بوريطة"), "bourita", "name"),
        Name(words_of("الدعم السريع"), "rsf", "name"),
        *(Name(words, "algeria", "adjective") for words in nisba_forms("جزائري")),
    ]
)


def found(text: str) -> list[tuple[str, str, str]]:
    words = list(tokens(text))
    return [(m.target, m.clitics, text[words[m.start].start : words[m.end - 1].end]) for m in FINDER.find(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل لعمامرة أمس", [("lamamra", "", "لعمامرة")]),
        ("ولعمامرة", [("lamamra", "و", "ولعمامرة")]),
        ("فلعمامرة", [("lamamra", "ف", "فلعمامرة")]),
        ("لبوريطة", [("bourita", "ل", "لبوريطة")]),
        ("وببوريطة", [("bourita", "وب", "وببوريطة")]),
        ("قال للمبعوث", [("envoy", "", "للمبعوث")]),
        ("وللمبعوث", [("envoy", "و", "وللمبعوث")]),
        ("رمطان لعمامرة", [("lamamra", "", "رمطان لعمامرة")]),
        ("رمطان لعمامره", [("lamamra", "", "رمطان لعمامره")]),
        ("وزير الخارجية الأسبق", [("former", "", "وزير الخارجية الأسبق")]),
        ("وزير الخارجية السابق", [("minister", "", "وزير الخارجية")]),
        ("وزيرا الخارجية", [("minister", "", "وزيرا الخارجية")]),
        ("بوزارة الخارجية", [("ministry", "ب", "بوزارة الخارجية")]),
        ("«الدعم السريع»", [("rsf", "", "الدعم السريع")]),
        ("الدعم «السريع»", [("rsf", "", "الدعم «السريع")]),
        ("لعمامرة وبوريطة", [("lamamra", "", "لعمامرة"), ("bourita", "و", "وبوريطة")]),
        ("الوفد الجزائري", [("algeria", "", "الجزائري")]),
        ("مسؤولون جزائريون", [("algeria", "", "جزائريون")]),
        ("الحدود الجزائرية", [("algeria", "", "الجزائرية")]),
        ("وزير التجارة", []),
        ("بوريطةً", [("bourita", "", "بوريطةً")]),
        ("بوريطا", []),
    ],
)
def test_a_text_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("بوتين", ["بوتين", "وتين"]),
        ("وبوتين", ["وبوتين", "بوتين", "وتين"]),
        ("للوزير", ["للوزير", "الوزير", "لوزير"]),
        ("وللوزير", ["وللوزير", "للوزير", "الوزير", "لوزير"]),
        ("ولد", ["ولد"]),
        ("بن", ["بن"]),
    ],
)
def test_what_is_left_without_clitics(form: str, expected: list[str]) -> None:
    assert list(without_clitics(form)) == expected


@pytest.mark.parametrize(
    ("text", "governed"), [("بوريطة", False), ("وبوريطة", False), ("لبوريطة", True), ("وببوريطة", True)]
)
def test_a_preposition_governs_a_name_and_a_conjunction_does_not(text: str, governed: bool) -> None:
    (mention,) = FINDER.find(list(tokens(text)))
    assert mention.governed is governed


@pytest.mark.parametrize("form", ["روسي", "الروسي", "روسيه", "الروسيه", "روسيون", "الروسيين", "روسيان", "روسيات"])
def test_an_adjective_of_relation_is_inflected(form: str) -> None:
    assert (form,) in set(nisba_forms("روسي"))


def test_every_word_of_an_adjective_is_inflected() -> None:
    assert words_of("الجنوبية الأفريقية") in set(nisba_forms("جنوبي أفريقي"))


def test_words_are_folded_and_marks_left_out() -> None:
    assert words_of("الأُمم المتّحدة، (2022)") == ("الامم", "المتحده", "2022")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("الكونغو", {"الكونغو", "الكونجو"}),
        ("انجولا", {"انجولا", "انغولا"}),
        ("غزه", {"غزه"}),  # short: غ and ج make other words there
        ("جده", {"جده"}),
        ("موسكو", {"موسكو"}),
    ],
)
def test_the_g_of_foreign_names_is_written_in_two_ways(word: str, expected: set[str]) -> None:
    assert set(spellings(word)) == expected
    assert spellings(word)[0] == word


@pytest.mark.parametrize(
    ("name", "joined", "split"),
    [
        ("عبد الله مايغا", ("عبدالله", "مايغا"), ("عبد", "الله", "مايغا")),
        ("عبدالمجيد تبون", ("عبدالمجيد", "تبون"), ("عبد", "المجيد", "تبون")),
        ("عبد ربه منصور", ("عبد", "ربه", "منصور"), ("عبد", "ربه", "منصور")),
        ("عبدي محمد", ("عبدي", "محمد"), ("عبدي", "محمد")),
    ],
)
def test_a_servant_of_god_is_written_in_one_word_or_two(
    name: str, joined: tuple[str, ...], split: tuple[str, ...]
) -> None:
    assert together(words_of(name)) == joined
    assert apart(words_of(name)) == split
