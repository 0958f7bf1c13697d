"""Where a sentence ends, and where a dateline does."""

from __future__ import annotations

import pytest

from agents.language.pack import load_language_pack
from agents.language.sentences import split, without_dateline, without_stamp
from agents.language.text import tokens


def sentences(text: str) -> list[str]:
    words = list(tokens(text))
    return [text[words[s.start].start : words[s.end - 1].end] for s in split(words, 0, len(words), 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. غادر الرئيس.", ["وصل الوفد.", "غادر الرئيس."]),
        ("هل وصل الوفد؟ نعم!", ["هل وصل الوفد؟", "نعم!"]),
        ("وصل الوفد\nغادر الرئيس", ["وصل الوفد", "غادر الرئيس"]),
        ("قال د. محمد علي ذلك.", ["قال د. محمد علي ذلك."]),
        ("قال: «وصل الوفد. غادر الرئيس». وسكت.", ["قال: «وصل الوفد. غادر الرئيس».", "وسكت."]),
        ("قال «وصل الوفد.» وسكت.", ["قال «وصل الوفد.» وسكت."]),
        ("قال «وصل.\nوسكت.", ["قال «وصل.", "وسكت."]),
        ("وصل 3.5 آلاف.", ["وصل 3.5 آلاف."]),
        ('قال "وصل الوفد." ثم سكت.', ['قال "وصل الوفد."', "ثم سكت."]),
        ('قال "وصل الوفد. غادر الرئيس". وسكت.', ['قال "وصل الوفد. غادر الرئيس".', "وسكت."]),
        ('وصفه بأنه "صعب. ثم سكت. وعاد.', ['وصفه بأنه "صعب.', "ثم سكت.", "وعاد."]),
        ('قال "صعب. ثم سكت.\nوعاد" إلينا.', ['قال "صعب.', "ثم سكت.", 'وعاد" إلينا.']),
        ("على قناة 24.com أمس.", ["على قناة 24.com أمس."]),
        ("في عام 2022. ثم سكت.", ["في عام 2022.", "ثم سكت."]),
        ("وصل الوفد... ثم سكت.", ["وصل الوفد.", "ثم سكت."]),
        ("؟ . !", []),
        ("", []),
    ],
)
def test_a_text_has_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_quotation_that_is_never_closed_does_not_swallow_the_article() -> None:
    assert len(sentences("قال «وصل الوفد. " + "ثم سكت طويلا. " * 60)) > 10


def test_sentences_know_their_block_and_stay_in_their_range() -> None:
    words = list(tokens("وصل الوفد. غادر الرئيس. سكت."))
    found = split(words, 3, 6, 7)
    assert [(s.start, s.end, s.block) for s in found] == [(3, 6, 7)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الخرطوم (وكالات) - قال الوزير ذلك.", "قال الوزير ذلك."),
        ("كينشاسا في 3 أبريل - قال الوزير ذلك.", "قال الوزير ذلك."),
        ("موسكو – قال الوزير ذلك.", "قال الوزير ذلك."),
        ("قال الوزير ذلك.", "قال الوزير ذلك."),
        ("المحادثات الروسية-الأميركية بدأت.", "المحادثات الروسية-الأميركية بدأت."),
        ("قال الوزير، وهو في موسكو - العاصمة - ذلك.", "قال الوزير، وهو في موسكو - العاصمة - ذلك."),
        ("«الخليج» - قال الوزير ذلك.", "قال الوزير ذلك."),
        ("قال الوزير إن خط سرت - الجفرة أحمر.", "قال الوزير إن خط سرت - الجفرة أحمر."),
    ],
)
def test_a_dateline_is_taken_off(text: str, expected: str) -> None:
    words = list(tokens(text))
    (sentence,) = split(words, 0, len(words), 0)
    rest = without_dateline(words, sentence, load_language_pack().clause_words.that)
    assert text[words[rest.start].start : words[rest.end - 1].end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:30 | وصل الوفد إلى المطار.", "وصل الوفد إلى المطار."),
        ("[07:05] وصل الوفد إلى المطار.", "وصل الوفد إلى المطار."),
        ("٠٩:١٥ - وصل الوفد إلى المطار.", "وصل الوفد إلى المطار."),
        ("13:00: وصل الوفد إلى المطار.", "وصل الوفد إلى المطار."),
        ("عاجل | وصل الوفد إلى المطار.", "وصل الوفد إلى المطار."),
        ("وصل الوفد في 22:30 إلى المطار.", "وصل الوفد في 22:30 إلى المطار."),
        ("10 وفود وصلت إلى المطار.", "10 وفود وصلت إلى المطار."),
    ],
)
def test_the_time_of_a_live_page_is_taken_off(text: str, expected: str) -> None:
    words = list(tokens(text))
    rest = without_stamp(words, split(words, 0, len(words), 0)[0])
    assert text[words[rest.start].start : words[rest.end - 1].end] == expected
