"""Words of a text: how letters are folded, and what a token is. What holds of every text is in tests/fuzz."""

from __future__ import annotations

import pytest

from agents.language.text import fold, fold_text, light, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إلى", "الي"),
        ("مسؤول", "مسئول"),
        ("الخارجية", "الخارجيه"),
        ("علی", "علي"),
        ("کاتب", "كاتب"),
        ("ﺍﻟﺴﻼﻡ", "السلام"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("بوتين\u200f", "بوتين"),
        ("گروشكو", "كروشكو"),
        ("ڤيينا", "فيينا"),
        ("NATO", "nato"),
        ("٢٠٢٢", "2022"),
        ("۲۰۲۲", "2022"),
    ],
)
def test_what_is_written_for_one_another_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold_text(one) == fold(one)


@pytest.mark.parametrize(("one", "other"), [("علم", "عالم"), ("وزير", "وزيره"), ("سلم", "سالم"), ("أمر", "عمر")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_light_keeps_the_letters_apart() -> None:
    assert light("إِنّ") == "إن" != light("أَنّ") == "أن"


def test_a_text_is_cut_into_words_numbers_marks_and_breaks() -> None:
    found = [(token.text, token.kind) for token in tokens("قال: «نعم»، 3.5 مرّات\n\nثم 24")]
    assert found == [
        ("قال", "word"), (":", "punct"), ("«", "punct"), ("نعم", "word"), ("»", "punct"), ("،", "punct"),
        ("3.5", "number"), ("مرّات", "word"), ("\n\n", "break"), ("ثم", "word"), ("24", "number"),
    ]  # fmt: skip


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    body = "وصل الوفد أمس"
    assert [body[token.start : token.end] for token in tokens(body, 4, 9)] == ["الوفد"]
