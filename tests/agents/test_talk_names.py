"""The names of talks as they are really written."""

from __future__ import annotations

import pytest

from agents.language.talk_words import load_vocabulary
from agents.language.text import tokens
from agents.talks.names import Holders, TalkNames
from schemas import ScheduledTalk

TALKS = [
    ScheduledTalk(id="data", title={}, parties=(), names={"ar": ("اجتماع تبادل البيانات", "اجتماع أمني")}),
    ScheduledTalk(id="truce", title={}, parties=(), names={"ar": ("اتفاق وقف إطلاق النار القصير الأمد",)}),
    ScheduledTalk(id="summit", title={}, parties=(), names={"ar": ("القمة", "القمة الثلاثية")}),
]

FOUND = {
    "إلى اجتماع لتبادل البيانات غدا": ["data"],
    "باجتماعهما لتبادل البيانات": ["data"],  # whose it is changes nothing
    "اجتماعًا أمنيًا بين البلدين": ["data"],
    "اجتماع آخر أمني": ["data"],
    "اجتماع مع وفد أمني": [],
    "وقّعا اتفاقاً لوقف إطلاق النار القصير الأمد": ["truce"],
    "اتفاق «وقف إطلاق النار» القصير الأمد": ["truce"],
    "استضافة القمة متى شاء القادة": ["summit"],
    "وبالقمة الثلاثية": ["summit"],
    "أمام القمة العربية المنعقدة": [],
    "قمة في العشرين من الشهر": [],
    "قمم الجبال": [],
}


@pytest.mark.parametrize("text", FOUND)
def test_a_name_is_found_where_its_talks_are_meant(text: str) -> None:
    assert [mention.target for mention in TalkNames(TALKS).find(list(tokens(text)))] == FOUND[text]


def test_an_adjective_of_a_party_takes_nothing_from_a_name() -> None:
    words = list(tokens("القمة الروسية"))
    assert not TalkNames(TALKS).find(words)
    assert TalkNames(TALKS).find(words, {1: "russia"})


CALLED = [
    ScheduledTalk(id="call", title={}, parties=(), names={"ar": ("المكالمة بين الرئيسين",)}),
    ScheduledTalk(id="ministers", title={}, parties=(), names={"ar": ("لقاء الوزيرين",)}),
]
HELD_BY = {
    "تحدث الرئيسان": [],
    "تحدثا أمس والرئيسان راضيان": ["call"],
    "سيتحادثان أي الرئيسان غدا": ["call"],
    "سيلتقي نائب رئيس الحكومة": [],  # one of them,
    "التقى الرئيسان أمس": [],  # and they met face to face
    "التقى الوزيران أمس": ["ministers"],
    "سيلتقي وزيرا البلدين": ["ministers"],
    "سيلتقي وزير الدفاع": [],
}


@pytest.mark.parametrize("text", HELD_BY)
def test_those_who_hold_talks_are_as_many_and_meet_as_these_do(text: str) -> None:
    found = Holders(CALLED, load_vocabulary(), frozenset()).find(list(tokens(text)))
    assert {talk for _, _, talks in found for talk in talks} == set(HELD_BY[text])
