"""Labelled pairs are read from either layout, and the measures are what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.evaluate_cli import Pair, PairsError, measure, read_pairs


def test_both_layouts_are_read(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("label\ta\tb\twhy\n1\tone\tother\tx\n")
    (tmp_path / "pairs.csv").write_text('s1,s2,stance\n"one, two",other,disagree\n')
    assert list(read_pairs(tmp_path / "pairs.tsv")) == [Pair("one", "other", "1")]
    assert list(read_pairs(tmp_path / "pairs.csv")) == [Pair("one, two", "other", "disagree", titles=True)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", r"pairs\.csv:1: needs the columns"),
        ("", r"pairs\.csv:1: needs the columns"),
        ("a,b,label\n1,2\n", r"pairs\.csv:2: a field is missing"),
        ("a,b,label\n\udcff,2,1\n", r"pairs\.csv: .*utf-8"),
    ],
)
def test_a_file_that_is_no_pairs_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pairs.csv").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(PairsError, match=message):
        list(read_pairs(tmp_path / "pairs.csv"))


def test_precision_recall_and_contradictions_are_counted() -> None:
    answers = [
        ("agree", True),
        ("agree", True),
        ("agree", False),
        ("disagree", True),
        ("disagree", False),
        ("other", False),
    ]
    measures = measure((Pair("", "", label), answer) for label, answer in answers)
    assert measures == {
        "pairs": 6,
        "precision": 0.667,
        "recall": 0.667,
        "f1": 0.667,
        "contradictions": 2,
        "contradictions_called_repeat": 0.5,
    }


def test_nothing_at_all_has_measures_too() -> None:
    assert measure([])["f1"] == 0.0
