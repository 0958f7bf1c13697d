"""Interviews and live pages in the shapes in which outlets write them, as `pages.yaml` has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from schemas import Watchlist
from tests.agents.speech_watchlist import WATCHLIST

PAGES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_who_says_what_on_a_page(page: dict[str, Any], knowledge: Knowledge) -> None:
    reading = read_body(page["body"], page.get("title", ""), knowledge, load_speaker_tables())
    said = []
    for utterance in reading.utterances:
        start, end = reading.characters(*utterance.content)
        said.append(f"{' + '.join(v.actor_id or v.name for v in utterance.speakers)}: {reading.body[start:end]}")
    assert said == page["said"]


def test_an_answer_of_nothing_but_its_label_says_nothing(knowledge: Knowledge) -> None:
    body = "حوار: سعاد الهاشمي\nهل تحضرون؟\nنعم.\nمتى تعودون إلى جنيف؟\nالسفير:"
    assert read_body(body, "", knowledge, load_speaker_tables()).utterances == ()


def test_an_ambassador_whose_name_is_like_a_verb_is_the_guest(knowledge: Knowledge) -> None:
    body = (
        "حوار: نوف الدوسري\nالتقت «الساحل» سفير كوريا الجنوبية بارك جونغ هون في مكتبه. وهنا نص الحوار:\n"
        "* أين وصلت المباحثات بين المغرب والجزائر؟\n- ستختتم المباحثات مساء اليوم في جنيف.\n"
        "* ماذا تتوقع من الجولة؟\n- أتوقع أن تخرج الجولة بإعلان مشترك."
    )
    reading = read_body(body, "سفير سيول لـ«الساحل»: الجولة ليست نهاية الطريق", knowledge, load_speaker_tables())
    assert [one.speakers[0].name for one in reading.utterances][-2:] == ["بارك جونغ هون"] * 2


QUESTIONS = """حوار: سامي فرح
{}
• هل الجزائر طرف في هذا النزاع؟
- السفير موسي: لسنا طرفا في نزاع الصحراء ولن نكون.
• لكنكم تجلسون على الطاولة؟
- نجلس عليها جارا وشاهدا، لا خصما.
• وماذا تنتظرون من جنيف؟
- ننتظر أن يتكلم أصحاب الشأن.
"""


@pytest.mark.parametrize(
    ("title", "introduction", "party"),
    [
        ("سفير الجزائر في باريس لـ«المنار»: لسنا طرفا", "استقبلنا السفير سعيد موسي في مقر البعثة.", "algeria"),
        ("السفير لـ«المنار»: لسنا طرفا", "استقبلنا سفير الجزائر لدى باريس سعيد موسي في مقر البعثة.", "algeria"),
        ("السفير لـ«المنار»: لسنا طرفا", "استقبلنا السفير سعيد موسي في مقر البعثة.", None),
    ],
)
def test_a_guest_who_is_the_official_of_a_side_speaks_for_it(
    title: str, introduction: str, party: str | None, knowledge: Knowledge
) -> None:
    said = read_body(QUESTIONS.format(introduction), title, knowledge, load_speaker_tables()).utterances
    assert said
    assert {voice.party for utterance in said for voice in utterance.speakers} == {party}


COMMENT = """وزارة الخارجية الجزائرية
إدارة الإعلام

قال وزير الخارجية المغربي ناصر بوريطة أمس إن الجزائر أفشلت جولة جنيف.

وتؤكد الوزارة أن الوفد بقي في القاعة حتى النهاية.
"""


def test_a_ministry_speaks_on_its_own_paper_whoever_it_answers() -> None:
    known = WATCHLIST.model_dump(exclude_none=True)
    ministry = {
        "id": "rabat_ministry",
        "kind": "office",
        "party": "morocco",
        "names": {"ar": ["وزارة الخارجية المغربية"]},
    }
    knowledge = build_knowledge(Watchlist.model_validate({**known, "actors": [*known["actors"], ministry]}))
    said = read_body(COMMENT, "", knowledge, load_speaker_tables()).utterances
    assert [one.speakers[0].actor_id for one in said] == ["bourita", "foreign_ministry"]
