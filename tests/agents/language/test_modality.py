"""How an act is put. In the sentences of the table, the word in ‹ › is the act."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agents.language.modality import Manner, compile_modality, load_modality
from agents.language.pack import read_table
from agents.language.text import fold, tokens

TABLE: dict[str, Any] = read_table("modality")
ROWS = {row["id"]: row for row in TABLE["marks"]}


def manner_of(sentence: str, *, year: int | None = None, verb: bool = False) -> Manner:
    start, end = sentence.index("‹"), sentence.index("›") - 1
    article = list(tokens(sentence.replace("‹", "").replace("›", "")))
    act = [i for i, token in enumerate(article) if token.start < end and token.end > start]
    return load_modality().read(article, 0, len(article), (act[0], act[-1] + 1), year=year, verb=verb)


@pytest.mark.parametrize("row", ROWS)
def test_a_mark_is_read_where_it_holds_and_nowhere_else(row: str) -> None:
    kind = {"condition": "hypothetical"}.get(ROWS[row]["kind"], ROWS[row]["kind"])
    for sentence in ROWS[row]["matches"]:
        assert getattr(manner_of(sentence), kind), sentence
    for sentence in ROWS[row]["ignores"]:
        assert not getattr(manner_of(sentence), kind), sentence


def test_marks_have_ids_of_their_own_and_no_word_twice() -> None:
    assert [name for name, count in Counter(row["id"] for row in TABLE["marks"]).items() if count > 1] == []
    for row in TABLE["marks"]:
        assert [word for word, count in Counter(row["words"]).items() if count > 1] == [], row["id"]
        assert row["matches"], row["id"]
        assert row["ignores"], row["id"]


def test_what_depends_on_a_condition_is_conditional_and_the_condition_hypothetical() -> None:
    assert manner_of("سنرد بقوة إذا ‹هاجمت› القوات").hypothetical
    assert manner_of("‹سنرد› بقوة إذا هاجمت القوات").conditional
    assert manner_of("إذا هاجمت القوات، ‹سنرد› بقوة").conditional
    assert not manner_of("إذا هاجمت القوات، ‹سنرد› بقوة").hypothetical


def test_a_condition_ends_at_the_fa_of_its_answer() -> None:
    assert not manner_of("إذا قوبلت المطالب بالرفض ‹فسيكون› الرد قاسيا").hypothetical


def test_a_verb_is_negated_only_by_the_word_before_it() -> None:
    assert manner_of("لن ‹يوقع› الوفد", verb=True).negated
    assert not manner_of("لن يعود بتوقيع ‹يصادر› الحق", verb=True).negated
    assert manner_of("لن يقبل ‹توقيع› الوثيقة").negated


def test_illa_is_not_alla_and_inna_is_not_in() -> None:
    assert manner_of("دعا إلى ألا ‹تهاجم› القوات").negated
    assert not manner_of("لم يبق إلا ‹هجوم› واحد", verb=True).negated
    assert not manner_of("قال إن القوات ‹هاجمت› المدينة").hypothetical


@pytest.mark.parametrize("word", ["سترد", "وسترد", "فسنرد", "سيوقعون", "سأرد"])
def test_the_glued_future_is_read_off_the_verb(word: str) -> None:
    assert manner_of(f"‹{word}› القوات").future or word == "سأرد"


@pytest.mark.parametrize("word", ["سياسة", "سيارات", "سنوات", "ستة", "سيطرت", "وسيادة", "ستولتنبرغ"])
def test_words_that_begin_like_a_future_are_none(word: str) -> None:
    assert not manner_of(f"‹{word}› القوات").future


def test_an_earlier_year_makes_history_and_the_article_s_own_does_not() -> None:
    assert manner_of("‹ضمت› الدولة الإقليم عام 2014", year=2021).background
    assert not manner_of("‹ضمت› الدولة الإقليم عام 2021", year=2021).background
    assert not manner_of("‹ضمت› الدولة الإقليم عام 2014").background


def test_last_april_is_history_after_kana_and_last_thursday_is_not() -> None:
    assert manner_of("وكانت المعارك قد ‹اندلعت› في نيسان الماضي").background
    assert not manner_of("وكانت المعارك قد ‹اندلعت› الخميس الماضي").background


def test_an_unknown_kind_of_mark_is_named() -> None:
    table = {**TABLE, "marks": [{"id": "odd", "kind": "sad", "words": [fold("يا")]}]}
    with pytest.raises(ValueError, match="odd"):
        compile_modality(table)
