"""Which words stand between quotation marks."""

from __future__ import annotations

import pytest

from agents.language.quotes import quotations
from agents.language.text import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال «نعم» وسكت", ["«نعم»"]),
        ("قال “نعم” وسكت", ["“نعم”"]),
        ('قال "نعم" ثم "لا"', ['"نعم"', '"لا"']),
        ("قال «نعم «ولا» غير»", ["«نعم «ولا»"]),
        ("قال «نعم", []),
        ("قال نعم»", []),
        ('قال «نعم" وسكت»', ['«نعم" وسكت»']),
        ("", []),
    ],
)
def test_a_text_quotes(text: str, expected: list[str]) -> None:
    words = list(tokens(text))
    assert [text[words[a].start : words[b].end] for a, b in quotations(words, 0, len(words))] == expected


def test_only_the_range_is_read() -> None:
    words = list(tokens("«نعم» ثم «لا»"))
    assert quotations(words, 3, len(words)) == [(4, 6)]
