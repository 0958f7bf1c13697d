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


def test_those_who_hold_talks_may_stand_with_their_first_names() -> None:
    meeting = ScheduledTalk(id="meeting", title={}, parties=(), names={"ar": ("لقاء العلي والعمري",)})
    names = TalkNames([meeting])
    words = list(tokens("لقاء سالم جابر العلي وناصر العمري"))
    actors = {1: "ali", 2: "ali", 3: "ali", 4: "omari", 5: "omari"}
    assert [(one.start, one.end) for one in names.find(words, actors)] == [(0, 6)]
    assert not names.find(words)
    other = list(tokens("لقاء سالم جابر العلي وناصر الخالدي"))
    assert not names.find(other, {1: "ali", 2: "ali", 3: "ali", 4: "khalidi", 5: "khalidi"})


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


LEVELS = [
    ScheduledTalk(id="ministers", title={}, parties=(), names={"ar": ("اجتماع وزراء الخارجية",)}),
    ScheduledTalk(id="deputies", title={}, parties=(), names={"ar": ("اجتماع نواب وزراء الخارجية",)}),
    ScheduledTalk(id="defence", title={}, parties=(), names={"ar": ("لقاء وزيري الدفاع",)}),
    ScheduledTalk(id="commanders", title={}, parties=(), names={"ar": ("محادثات القادة الميدانيين",)}),
]
NAMES = {"النيجر", "وتشاد", "ومالي", "وبنين", "نيامي", "اليوم", "الأربعاء", "السودان", "وإثيوبيا"}
MET = {
    "وزراء خارجية النيجر وتشاد ومالي وبنين سيجتمعون قريبا": ["ministers"],
    "التقى اليوم الأربعاء في نيامي وزراء خارجية النيجر وتشاد": ["ministers"],
    "نواب وزراء خارجية النيجر وتشاد ومالي وبنين سيجتمعون قريبا": ["deputies"],
    "اجتمع نواب وزراء الخارجية في نيامي": ["deputies"],
    "التقى مستشارو وزراء الخارجية في نيامي": [],
    "اللقاء المقبل سيكون على مستوى وزراء الخارجية": ["ministers"],
    "المحادثات سترفع إلى مستوى وزيري الدفاع": ["defence"],
    "ارتفع مستوى وزراء الخارجية": [],  # of no talks
    "المفاوضات بين وزيري الخارجية ممكنة": ["ministers"],
    "أي لقاء بين القادة الميدانيين مؤجل": ["commanders"],
    "الخلاف بين وزيري الخارجية قديم": [],
    "التقى وزيرا خارجية السودان وإثيوبيا": ["ministers"],
    "سيلتقي وزراء دفاع السودان وإثيوبيا": ["defence"],
    "التقى وزير الدفاع قادة الجيش": [],
    "يعقد وزيرا الدفاع جلسة مغلقة": ["defence"],
    "عقد وزراء خارجية السودان وإثيوبيا اجتماعا": ["ministers"],
    "مشاركة القادة الميدانيين في جولة ستعقد قريبا": [],  # it is the round that is held
    "جلس وزراء الدفاع إلى الطاولة": ["defence"],
    "قادة الأحزاب سيجتمعون": [],
    "استقبل وزراء الخارجية السفير": [],
}


@pytest.mark.parametrize("text", MET)
def test_talks_are_told_by_the_rank_of_those_who_meet(text: str) -> None:
    words = list(tokens(text))
    named = {at for at, token in enumerate(words) if token.text in NAMES}
    found = Holders(LEVELS, load_vocabulary(), frozenset()).find(words, named)
    assert {talk for _, _, talks in found for talk in talks} == set(MET[text])
