"""Every row of reporting.yaml proves itself: it reads its `matches` and leaves its `ignores` alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agents.language.attribution import find_reports
from agents.language.pack import LanguagePack, load_language_pack, read_table
from agents.language.sentences import split
from agents.language.text import fold, light, tokens

TABLE = read_table("reporting")
VERBS: list[dict[str, Any]] = TABLE["verbs"]


@pytest.fixture(scope="module")
def pack() -> LanguagePack:
    return load_language_pack()


def verbs_read(sentence: str, pack: LanguagePack) -> set[str]:
    words = list(tokens(sentence))
    return {
        report.verb.id
        for number, found in enumerate(split(words, 0, len(words), 0))
        for report in find_reports(words, found, number, [], pack)
    }


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row["id"])
def test_a_verb_reads_its_matches(row: dict[str, Any], pack: LanguagePack) -> None:
    for sentence in row["matches"]:
        assert row["id"] in verbs_read(sentence, pack), sentence


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row["id"])
def test_a_verb_ignores_its_ignores(row: dict[str, Any], pack: LanguagePack) -> None:
    for sentence in row["ignores"]:
        assert row["id"] not in verbs_read(sentence, pack), sentence


def test_no_verb_is_listed_twice() -> None:
    counts = Counter(row["id"] for row in VERBS)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_word_is_arabic_in_its_normal_form() -> None:
    for row in VERBS:
        for word in (*row["past"], *row["present"], *row["participle"]):
            assert light(word) == fold_free(word), word
            assert fold(word) == fold(fold(word))


def fold_free(word: str) -> str:
    return light(light(word))


@pytest.mark.parametrize("row", TABLE["attributions"], ids=lambda row: row["id"])
def test_an_attribution_without_a_verb_proves_itself(row: dict[str, Any], pack: LanguagePack) -> None:
    for sentence in row["matches"]:
        assert "according_to" in verbs_read(sentence, pack), sentence
    for sentence in row["ignores"]:
        assert "according_to" not in verbs_read(sentence, pack), sentence
