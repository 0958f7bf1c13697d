"""Every row of everyday.yaml is proved by sentences in which its word is a name, and others in which it is none."""

from __future__ import annotations

from typing import Any

import pytest

from agents.language.everyday import load_everyday_words
from agents.language.names import Name, NameFinder
from agents.language.tables import read_table
from agents.language.text import fold, tokens

WORDS = load_everyday_words()
ROWS = read_table("everyday")["words"]


def names(row: dict[str, Any], sentence: str) -> bool:
    finder = NameFinder([Name((fold(row["word"]),), "somebody", "name")], everyday=WORDS)
    return bool(finder.find(list(tokens(sentence))))


@pytest.mark.parametrize("row", ROWS, ids=[row["word"] for row in ROWS])
def test_a_word_is_a_name_or_everyday(row: dict[str, Any]) -> None:
    assert row["matches"]
    assert row["ignores"]
    assert [sentence for sentence in row["matches"] if not names(row, sentence)] == []
    assert [sentence for sentence in row["ignores"] if names(row, sentence)] == []


def test_a_name_of_several_words_is_no_everyday_word() -> None:
    finder = NameFinder([Name(("حركه", "فتح"), "movement", "name")], everyday=WORDS)
    assert finder.find(list(tokens("أعلنت حركة فتح الموقف")))


def test_words_and_rows_are_no_duplicates() -> None:
    assert len({fold(row["word"]) for row in ROWS}) == len(ROWS)
