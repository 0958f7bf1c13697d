"""Articles that end in the middle of a sentence, as feeds cut them off: each of these once ended the reading."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from schemas import RawArticle
from tests.agents.speech_watchlist import WATCHLIST
from tests.offline import Flow

WHOLE = (
    "قال بوريطة إن الجولة فشلت. ورحب المغرب بالبيان، معتبرا على لسان متحدثته سعاد الهاشمي أن الحوار ضروري. "
    "ونفى لعمامرة نيته الانسحاب، وقاطعه نائب عن وهران صارخا: «لا حوار»، فطلب إليه أن يصمت. "
    "وأبلغت الوزارة الوفد أن الوقت ينفد، ودعا أكثر من مسؤول إلى الهدوء. "
    "وقال ثلاثة مسؤولين إن محافظ وجدة نمر القاسمي أكد أن الحدود آمنة."
)
DAY = datetime(2022, 1, 7, tzinfo=UTC)
CUTS = (
    "حذر رئيسه من أن «الضغط سيقابل بضغط»، وقاطعه نائب عن مشهد صارخا: «لا حوار»، فطلب إليه",
    "ورحب المغرب بالبيان، معتبرا على لسان",
    "ونفت الجزائر على لسان متحدثها",
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


async def test_every_stage_takes_a_body_that_was_cut_off(knowledge: Knowledge) -> None:
    flow, words = Flow(knowledge), WHOLE.split(" ")
    cuts = [" ".join(words[:end]) for end in range(1, len(words))]
    cuts.append("قال لعمامرة إن الجولة فشلت، مبينا أنه أوضح لمحاوريه أن الجزائر لا تنوي مهاجمة المغرب وأن أن")
    for number, cut in enumerate(cuts):
        body = f"قال بوريطة إن الجولة فشلت.\n{cut}"
        await flow.send(RawArticle(article_id=str(number), source="s", title="", body=body, published_at=DAY))
    assert flow.told.statements
