"""The table of acts proves itself: every row reads its sentences, ignores its look-alikes, and can be reached."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agents.language.pack import read_table
from agents.language.text import fold, tokens
from agents.language.triggers import Triggers, compile_triggers, load_triggers

TABLE: dict[str, Any] = read_table("acts")
ROWS = {row["id"]: row for row in TABLE["acts"]}
KEYS = {
    "id", "type", "mode", "context", "verbs", "nouns", "phrases", "needs", "never", "rank", "near", "stays", "mutual",
    "victim", "said", "own", "other", "blames", "needs_future", "not_past", "breaks", "ends_ties", "disclaims",
    "demands", "promises", "stake", "suffers", "spoken", "between", "matches", "ignores",
}  # fmt: skip


def rows_of(triggers: Triggers, sentence: str) -> set[str]:
    article = list(tokens(sentence))
    return {trigger.row.id for trigger in triggers.find(article, 0, len(article))}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_reads_its_sentences_and_ignores_its_look_alikes(row: str) -> None:
    for sentence in ROWS[row]["matches"]:
        assert row in rows_of(load_triggers(), sentence), sentence
    for sentence in ROWS[row]["ignores"]:
        assert row not in rows_of(load_triggers(), sentence), sentence


def test_every_row_has_an_id_of_its_own_known_keys_and_its_own_evidence() -> None:
    assert [name for name, count in Counter(row["id"] for row in TABLE["acts"]).items() if count > 1] == []
    for row in TABLE["acts"]:
        assert set(row) <= KEYS, row["id"]
        assert row["matches"], row["id"]
        assert row["ignores"], row["id"]


@pytest.mark.parametrize("row", ROWS)
def test_no_word_or_phrase_stands_twice_in_a_row(row: str) -> None:
    for key in ("nouns", "phrases", "needs", "never"):
        words = [" ".join(fold(part) for part in text.split()) for text in ROWS[row].get(key, ())]
        assert [word for word, count in Counter(words).items() if count > 1] == [], key


def test_no_word_stands_twice_in_a_class() -> None:
    for name, words in TABLE["classes"].items():
        assert [word for word, count in Counter(fold(w) for w in words).items() if count > 1] == [], name


def test_every_class_and_verb_is_used() -> None:
    used = (
        " ".join(
            text for row in TABLE["acts"] for key in ("nouns", "phrases", "needs", "never") for text in row.get(key, ())
        )
        + " "
        + " ".join(text for texts in TABLE["speech"].values() for text in texts)
    )
    parts = {part for text in used.split() for part in text.split("|")}
    assert [name for name in TABLE["classes"] if f"@{name}" not in parts] == []
    assert [past for past, _ in TABLE["verbs"] if f"~{past}" not in parts] == []


@pytest.mark.parametrize(
    "word",
    [
        "قصفت",
        "وقصفوا",
        "سيقصف",
        "فستقصف",
        "يقصفون",
        "ليقصف",
        "قصفها",
        "سنقصفهم",
        "تقصفان",
        "قَصَفَ",
        "القصف",
        "بالقصف",
        "قصفا",
    ],
)
def test_a_verb_is_known_in_every_person_tense_and_spelling(word: str) -> None:
    assert "shell" in rows_of(load_triggers(), f"ثم {word} في المدينة")


def test_a_verb_glued_to_the_future_is_told_apart() -> None:
    article = list(tokens("سنقصف المدينة"))
    (trigger,) = (t for t in load_triggers().find(article, 0, 2) if t.row.id == "shell")
    assert trigger.future
    assert trigger.first


def test_a_gap_ends_at_a_full_stop() -> None:
    assert "sanction" in rows_of(load_triggers(), "فرضت الحكومة أمس عقوبات")
    assert "sanction" not in rows_of(load_triggers(), "فرضت الحكومة الأمن. عقوبات")


def test_words_of_a_name_belong_to_no_act() -> None:
    article = list(tokens("قوات الدعم السريع وصلت إلى كل مبادرة"))
    assert not load_triggers().find(article, 0, len(article), frozenset({0, 1, 2}))


def test_a_phrase_with_an_unknown_verb_is_named() -> None:
    broken = {"verbs": [], "classes": {}, "acts": [{"id": "x", "type": "ASSAULT", "phrases": ["~طار"]}]}
    with pytest.raises(ValueError, match="طار"):
        compile_triggers(broken)
