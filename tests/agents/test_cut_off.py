"""Articles that end in the middle of a sentence, as feeds cut them off: each of these once ended the reading."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from tests.agents.speech_watchlist import WATCHLIST

WHOLE = (
    "قال بوريطة إن الجولة فشلت. ورحب المغرب بالبيان، معتبرا على لسان متحدثته سعاد الهاشمي أن الحوار ضروري. "
    "ونفى لعمامرة نيته الانسحاب، وقاطعه نائب عن وهران صارخا: «لا حوار»، فطلب إليه أن يصمت. "
    "وأبلغت الوزارة الوفد أن الوقت ينفد، ودعا أكثر من مسؤول إلى الهدوء. "
    "وقال ثلاثة مسؤولين إن محافظ وجدة نمر القاسمي أكد أن الحدود آمنة."
)
CUTS = (
    "حذر رئيسه من أن «الضغط سيقابل بضغط»، وقاطعه نائب عن مشهد صارخا: «لا حوار»، فطلب إليه",
    "ورحب المغرب بالبيان، معتبرا على لسان",
    "وقال لعمامرة إن الجولة فشلت، ونفى بوريطة",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize("body", CUTS)
def test_a_body_that_was_cut_off_is_read(body: str, knowledge: Knowledge) -> None:
    assert read_body(body, "", knowledge, load_speaker_tables()).body == body


def test_a_body_is_read_wherever_it_is_cut_off(knowledge: Knowledge) -> None:
    tables, words = load_speaker_tables(), WHOLE.split(" ")
    for end in range(1, len(words)):
        for behind in ("", ":", "،", " «"):
            body = " ".join(words[:end]) + behind
            assert read_body(body, "", knowledge, tables).body == body
