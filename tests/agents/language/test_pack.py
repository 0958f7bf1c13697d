"""The language pack: words as they are compared, the forms of verbs, and tables that are not well formed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agents.language.pack import LanguagePack, load_language_pack, read_table
from agents.language.tables import spelled, word_set, word_table
from agents.language.verbs import past_forms, present_forms


@pytest.fixture(scope="module")
def pack() -> LanguagePack:
    return load_language_pack()


@dataclass(frozen=True, slots=True)
class Words:
    openers: frozenset[str]
    exact: frozenset[str] = spelled()


def test_words_are_folded_unless_their_spelling_matters() -> None:
    words = word_table(Words, {"openers": ["إذ", "غير  أن"], "exact": ["إن"]})
    assert words == Words(frozenset({"اذ", "غير ان"}), frozenset({"إن"}))


def test_a_table_without_a_row_is_no_table() -> None:
    with pytest.raises(KeyError, match="exact"):
        word_table(Words, {"openers": []})


def test_a_row_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(TypeError, match="opener"):
        word_table(Words, {"openers": [], "exact": [], "opener": []})


def test_words_are_a_set_in_their_folded_form() -> None:
    assert word_set(["أن", "ان", "إن"]) == {"ان"}


@pytest.mark.parametrize(
    ("form", "verb", "aspect", "feminine", "number"),
    [
        ("قال", "say", "past", False, "singular"),
        ("قالت", "say", "past", True, "singular"),
        ("قالا", "say", "past", False, "dual"),
        ("قالوا", "say", "past", False, "plural"),
        ("تقول", "say", "present", True, "singular"),
        ("يقولون", "say", "present", False, "plural"),
        ("قائلا", "say", "participle", False, "singular"),
        ("قائلين", "say", "participle", None, "plural"),
        ("قوله", "say", "masdar", None, "singular"),
        ("رأت", "see", "past", True, "singular"),
        ("نفى", "deny", "past", False, "singular"),
        ("نفت", "deny", "past", True, "singular"),
        ("دعا", "call_on", "past", False, "singular"),
        ("دعوا", "call_on", "past", False, "dual"),
        ("يدعون", "call_on", "present", False, "plural"),
    ],
)
def test_a_verb_has_a_form(
    form: str, verb: str, aspect: str, feminine: bool | None, number: str, pack: LanguagePack
) -> None:
    (folded,) = word_set([form])
    shapes = [(s.verb.id, s.aspect, s.feminine, s.number) for s in pack.verb_forms[folded]]
    assert (verb, aspect, feminine, number) in shapes


def test_only_verbs_with_an_object_take_one(pack: LanguagePack) -> None:
    assert any(shape.object for shape in pack.verb_forms["وصفها"])
    assert "أضافه" not in pack.verb_forms


def test_forms_that_are_adverbs_are_no_verbs(pack: LanguagePack) -> None:
    assert not {"علما", "ردا", "فضلا"} & pack.verb_forms.keys()


def test_weak_endings_are_taken_off() -> None:
    assert [form for form, _, _ in past_forms("نفي")] == ["نفي", "نفت", "نفيا", "نفتا", "نفوا"]
    assert [form for form, _, _ in past_forms("دعا")] == ["دعا", "دعت", "دعوا", "دعتا", "دعوا"]
    assert [form for form, _, _ in present_forms("يدعو")][-2:] == ["يدعون", "يدعوا"]


def test_of_attributions_with_one_beginning_the_longest_is_tried_first(pack: LanguagePack) -> None:
    for first, rows in pack.attributions.items():
        assert all(row[0] == first for row in rows)
        assert [len(row) for row in rows] == sorted((len(row) for row in rows), reverse=True)


def test_no_word_stands_in_a_list_twice() -> None:
    table = read_table("reporting")
    lists = {name: words for name, words in table.items() if name not in ("verbs", "attributions", "clause_words")}
    for name, words in {**lists, **table["clause_words"]}.items():
        assert len(set(words)) == len(words), name
