"""Fingerprints: what is left of a text when it is folded and cut, and what it is found by."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.language.fingerprint import NAMES, NOT, NUMBERS, RELATIVE, WORDS, anchors_of, load_fingerprinter
from agents.language.folding import fold_body
from agents.language.text import LONGEST_WORD, fold
from agents.language.vocabulary import Vocabulary

FIRST = "أعلنت الوزارة أن الوفد سيشارك في جولة المحادثات المقبلة بحضور خبراء المياه والحدود والطاقة."
SECOND = "وتوقفت الدوريات المشتركة بعد حادث إطلاق نار قرب الجسر القديم على ضفاف النهر الكبير."
LETTERS = st.text(alphabet="ابتأإآىئؤةگکیﻻﷲًّـ٣۴5 .\n\u200f\u00a0A😀", max_size=60)


@given(LETTERS)
def test_a_body_is_folded_as_its_words_are(body: str) -> None:
    folded = fold_body(body)
    assert folded.text.split() == [fold(word) for word in body.split() if fold(word)]
    assert len(folded.spaced) == len(folded.text)
    assert re.findall(r"[^\W_]+", folded.text) == folded.spaced.split()


@given(LETTERS)
def test_every_letter_of_a_folded_body_knows_where_it_stands(body: str) -> None:
    folded = fold_body(body)
    for place, letter in enumerate(folded.text):
        assert letter in fold(body[folded.at(place)])
    assert folded.at(len(folded.text)) == len(body)


@given(LETTERS)
def test_words_that_are_coded_at_once_have_the_codes_of_each(body: str) -> None:
    fingerprinter = load_fingerprinter()
    words = fingerprinter.words(body)
    assert [word for word, _ in words] == fold_body(body).spaced.split()
    assert [code for _, code in words] == [fingerprinter.code(word[:LONGEST_WORD]) for word, _ in words]


def test_a_vocabulary_that_is_full_forgets_words_and_no_code() -> None:
    vocabulary = Vocabulary(lambda word: int(word) % 65536)
    for start in range(0, 600_000, 50_000):
        numbers = range(start, start + 50_000)
        codes = vocabulary.read(fold_body(" ".join(map(str, numbers)))).codes
        assert codes.tolist() == [number % 65536 for number in numbers]


def test_units_are_pieces_of_the_body_as_received() -> None:
    body = f"\n  {FIRST} {SECOND}\n\nاقرأ أيضاً: غارات على الحدود\n"
    units = load_fingerprinter().read(body).units
    assert [body[unit.start : unit.end] for unit in units] == [FIRST, SECOND]


def test_a_long_sentence_is_cut_where_a_clause_opens() -> None:
    body = FIRST[:-1] + "، " + SECOND
    units = load_fingerprinter().read(body).units
    assert [body[unit.start : unit.end] for unit in units] == [FIRST[:-1] + "،", SECOND]


@pytest.mark.parametrize(
    "between", [" ", "\n", "\n\nهذه جملة أخرى لا صلة لها بما قبلها ولا بما بعدها في النص كله.\n\n"]
)
def test_a_sentence_is_found_by_the_same_anchors_whatever_stands_around_it(between: str) -> None:
    read = load_fingerprinter().read
    assert set(read(FIRST).anchors) <= set(read(SECOND + between + FIRST).anchors)


@given(st.data())
def test_texts_that_share_fifteen_codes_in_a_row_share_an_anchor(data: st.DataObject) -> None:
    around = st.lists(st.integers(WORDS, WORDS + 50), max_size=40)
    row = data.draw(st.lists(st.integers(WORDS + 100, WORDS + 150), min_size=15, max_size=15))
    found = []
    for _ in range(2):
        codes = [*data.draw(around), *row, *data.draw(around)]
        border = data.draw(st.integers(0, len(codes)))
        packed = b"".join(code.to_bytes(2, "little") for code in codes)
        found.append(set(anchors_of([border, len(codes) - border], packed)))
    assert found[0] & found[1]


@given(LETTERS)
def test_each_code_of_a_unit_has_its_word(body: str) -> None:
    fingerprinter, text = load_fingerprinter(), f"{body} {FIRST}"
    prints = fingerprinter.read(text)
    for place, unit in enumerate(prints.units):
        words = [word for word, code in fingerprinter.words(text[unit.start : unit.end]) if code >= 0]
        assert len(words) == unit.size
        stands = [prints.word(place, number) for number in range(unit.size)]
        assert [fold(text[start:end]) for start, end in stands] == words


def test_texts_that_share_nothing_share_no_anchor() -> None:
    read = load_fingerprinter().read
    assert not set(read(FIRST).anchors) & set(read(SECOND).anchors)


def test_a_text_of_any_length_has_few_anchors() -> None:
    words = load_fingerprinter()
    body = " ".join(f"{FIRST[:-1]} رقم {number}." for number in range(300))
    assert len(words.read(body).anchors) == 96


SAME = [
    ("الإجراءات", "التدابير"),
    ("يناير", "جانفي"),
    ("عشرين", "20"),
    ("٣", "3"),
    ("روسيا", "الروسي"),
    ("دعوة", "الدعوة"),
    ("لـ3", "3"),
    ("وبالـ24", "24"),
    ("للـ24", "24"),
    ("العاشر", "10"),
    ("كانون الثاني", "يناير"),
    ("وتشرين الأول", "أكتوبر"),
    ("الجولتين", "جولتان"),
    ("صباحا", "صباح"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_words_for_the_same_have_one_code(one: str, other: str) -> None:
    one_code, other_code = (
        [code for _, code in load_fingerprinter().words(text) if code >= 0] for text in (one, other)
    )
    assert one_code == other_code != []


@pytest.mark.parametrize(
    ("one", "other"), [("جولتين", "جولة"), ("مساء", "صباح"), ("المقبل", "الماضي"), ("الثاني", "12")]
)
def test_other_facts_have_other_codes(one: str, other: str) -> None:
    words = load_fingerprinter().words
    assert words(one)[0][1] != words(other)[0][1]


def test_facts_have_ranges_of_their_own() -> None:
    codes = load_fingerprinter().codes
    assert codes(["اليوم"]) == [RELATIVE]
    assert codes([fold("غدا"), fold("أمس")]) == [RELATIVE + 1, RELATIVE - 1]
    assert codes(["لن"]) == [NOT]
    assert NUMBERS <= codes(["1200"])[0] < NAMES <= codes(["روسيا"])[0] < WORDS <= codes(["مزارع"])[0]


def test_verbs_of_saying_and_function_words_have_no_code() -> None:
    words = ["قال", "وأضاف", "وأردف", "من", "إلى", "التي", "كما"]
    assert load_fingerprinter().codes([fold(word) for word in words]) == []


def test_the_exact_hash_forgets_order_and_surroundings_but_no_word() -> None:
    read = load_fingerprinter().read
    exact = read(f"{FIRST}\n\n{SECOND}").exact
    assert read(f"{SECOND}\n\n{FIRST}\n\nشارك الخبر").exact == exact
    assert read(f"{FIRST.replace('في', 'إلى')}\n\n{SECOND}").exact != exact
