"""What an article of 20 May 2030 tells of two rounds with one name: which is meant, and which was just held."""

from __future__ import annotations

from datetime import date

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from schemas import Watchlist

WATCHLIST = {
    "watchlist": "border",
    "title": {"en": "Border"},
    "actors": [{"id": "north", "kind": "state", "names": {"ar": ["جزيرة الشمال"]}}],
    "places": [{"id": "tartus", "names": {"ar": ["طرطوس"]}}, {"id": "muscat", "names": {"ar": ["مسقط"]}}],
    "talks": [
        {"id": "may", "title": {}, "parties": ["north"], "starts": "2030-05-14", "ends": "2030-05-15",
         "venue": "tartus", "names": {"ar": ["لجنة الحدود المشتركة", "لقاء مايو"]}},
        {"id": "june", "title": {}, "parties": ["north"], "starts": "2030-06-10", "ends": "2030-06-10",
         "venue": "muscat", "names": {"ar": ["لجنة الحدود المشتركة"]}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(Watchlist.model_validate(WATCHLIST))


MEANT = {
    "اجتمعت لجنة الحدود المشتركة في طرطوس.": "may",
    "تجتمع لجنة الحدود المشتركة في مسقط.": "june",
    "تجتمع لجنة الحدود المشتركة يوم 12 يونيو.": "june",
    "في 14 مايو اجتمعت لجنة الحدود المشتركة للمرة الأولى.": "may",
    "كان لقاء مايو هادئا، واتفقت فيه لجنة الحدود المشتركة على الخرائط.": "may",
    "لم تتفق لجنة الحدود المشتركة على شيء.": "may",  # five days ago, and the next is three weeks away
    "الخرائط على جدول لجنة الحدود المشتركة المقبلة.": "june",
    "الخرائط كانت على جدول لجنة الحدود المشتركة الأخيرة.": "may",
}


@pytest.mark.parametrize("text", MEANT)
def test_a_name_that_rounds_share_means_one_of_them(text: str, knowledge: Knowledge) -> None:
    reading = read_body(text, "", knowledge, load_speaker_tables())
    marked = knowledge.marked(reading, date(2030, 5, 20))
    assert {name.target for name in marked.names if name.end - name.start > 2} == {MEANT[text]}


def test_a_headline_tells_which_talks_the_text_means(knowledge: Knowledge) -> None:
    text = "أكد المتحدث أن الوفد لن يوقع في المحادثات قبل أن يتسلم النص."
    for town, talk in {"طرطوس": "may", "مسقط": "june"}.items():
        reading = read_body(text, f"خلاف حول النص في {town}", knowledge, load_speaker_tables())
        assert knowledge.marked(reading, date(2030, 5, 20)).headed == [talk]


def test_the_headline_of_something_else_in_a_town_tells_nothing(knowledge: Knowledge) -> None:
    reading = read_body("ألغيت الحفلة بسبب المطر.", "حفلة مسقط ألغيت", knowledge, load_speaker_tables())
    assert knowledge.marked(reading, date(2030, 5, 20)).headed == []


def test_talks_with_whose_end_an_article_begins_have_just_been_held(knowledge: Knowledge) -> None:
    for text, sides in {
        "اختتم لقاء مايو مساء أمس.": {"north"},
        "كان لقاء مايو طويلا.": set(),
        "غلا الخبز. ونزل المطر. واختتم لقاء مايو.": set(),
    }.items():
        reading = read_body(text, "", knowledge, load_speaker_tables())
        assert knowledge.marked(reading, date(2030, 5, 20)).just_held == sides
