"""Every row of dates.yaml is proved by sentences that it matches and sentences that it ignores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from agents.language.date_forms import load_date_forms, ordinals, read_rows
from agents.language.dates import find_dates
from agents.language.text import fold, light, tokens

TODAY = date(2021, 3, 31)
ROWS = read_rows()
SECTIONS = ("months", "hijri_months", "jalali_months", "weekdays", "relative_days", "words")


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for section in SECTIONS:
        for row in ROWS[section]:
            yield f"{section}: {row['names'][0]}", row


def sentences(row: dict[str, Any], which: str) -> Iterator[str]:
    for sentence in row[which]:
        yield from (sentence.replace("X", name) for name in row["names"]) if "X" in sentence else [sentence]


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in rows()])
def test_a_row_matches_its_sentences_and_ignores_the_others(row: dict[str, Any]) -> None:
    assert row["matches"]
    assert row["ignores"]
    for sentence in sentences(row, "matches"):
        assert find_dates(list(tokens(sentence)), TODAY), sentence
    for sentence in sentences(row, "ignores"):
        assert not find_dates(list(tokens(sentence)), TODAY), sentence


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=name) for name, row in rows() if "number" in row or "offset" in row]
)
@pytest.mark.parametrize("before", ["", "و"])
def test_every_name_of_a_row_is_read_as_what_the_row_says(row: dict[str, Any], before: str) -> None:
    forms = load_date_forms()
    expected = row.get("number", row.get("offset"))
    for name in row["names"]:
        (unit,) = forms.units(list(tokens(before + name)))
        assert unit.kind in ("month", "weekday", "relative"), name
        assert unit.value == expected, name


def test_the_days_in_words_run_from_the_first_to_the_thirty_first() -> None:
    words = dict(ordinals(ROWS["ordinals"]))
    assert set(words.values()) == set(range(1, 32))
    for name, day in words.items():
        (found,) = find_dates(list(tokens(f"في {name} من مايو")), TODAY)
        assert found.starts == date(2021, 5, day), name


def test_no_name_stands_twice_and_every_name_survives_folding() -> None:
    names = [(section, name) for section in SECTIONS for row in ROWS[section] for name in row["names"]]
    assert len(names) == len(set(names))
    assert all(light(name) == name for _, name in names)
    assert all(fold(fold(name)) == fold(name) for _, name in names)


def test_every_list_of_words_holds_each_word_once() -> None:
    for key, value in ROWS.items():
        if isinstance(value, list) and value and isinstance(value[0], str):
            assert len(value) == len(set(value)), key
