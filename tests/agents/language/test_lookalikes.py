"""Adjectives that are written like a side's and name none."""

from __future__ import annotations

import pytest

from agents.language.lookalikes import without_lookalikes
from agents.language.names import Name, NameFinder
from agents.language.pack import load_language_pack
from agents.language.text import tokens

NAMES = NameFinder(
    [Name(("غربي" + ending,), "west", "adjective") for ending in ("", "ه")]
    + [Name(("الغربي" + ending,), "west", "adjective") for ending in ("", "ه")]
    + [Name(("موسكو",), "russia", "name")]
    + [Name(("روسي",), "russia", "adjective"), Name(("الروسيه",), "russia", "adjective")]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت الدول الغربية", ["west"]),
        ("قال مسؤول غربي في المنطقة", ["west"]),
        ("قيادة المنطقة العسكرية الغربية", []),
        ("سكان الضفة الغربية", []),
        ("عبروا الحدود الغربية للبلاد", []),
        ("على الحدود الروسية", ["russia"]),
        ("مهدي بن غربية", []),
        ("قال أبو روسي", []),
        ("قال ضابط روسي", ["russia"]),
        ("كتبت موسكو تايمز أن", []),
        ("كتبت موسكو إلى الحلف", ["russia"]),
    ],
)
def test_only_adjectives_of_a_side_are_kept(text: str, expected: list[str]) -> None:
    words = tuple(tokens(text))
    kept = without_lookalikes(NAMES.find(words), words, load_language_pack().clause_words)
    assert [mention.target for mention in kept] == expected
