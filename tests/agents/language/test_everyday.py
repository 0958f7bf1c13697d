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


@pytest.mark.parametrize("sentence", ["قال تركي الفيصل إن الموعد قائم", "وأكد الأمير تركي بن خالد ذلك"])
def test_an_adjective_that_introduces_a_last_name_is_a_first_name(sentence: str) -> None:
    finder = NameFinder([Name((fold("تركي"),), "turkey", "adjective")], everyday=WORDS)
    assert finder.find(list(tokens(sentence))) == []


@pytest.mark.parametrize("sentence", ["نفى مسؤول تركي الأنباء", "قصف تركي اليوم", "قال تركي اليوم إنه عائد"])
def test_an_adjective_elsewhere_is_of_its_side(sentence: str) -> None:
    finder = NameFinder([Name((fold("تركي"),), "turkey", "adjective")], everyday=WORDS)
    assert finder.find(list(tokens(sentence)))


def test_a_short_name_of_a_body_before_what_others_are_called_names_another() -> None:
    union = Name((fold("الاتحاد"),), "union", "name")
    finder = NameFinder([union], everyday=WORDS, bodies=WORDS.short_bodies, of_others=WORDS.of_others)
    assert finder.find(list(tokens("حذر الاتحاد الدولي لكرة القدم"))) == []
    assert finder.find(list(tokens("حذر الاتحاد الجهوي للشغل")))
