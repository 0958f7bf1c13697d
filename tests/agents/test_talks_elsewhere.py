"""Meetings that are told by who meets, where and when, with the same watchlist as test_talks.py."""

from __future__ import annotations

from typing import Final

import pytest

from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.talk_words import load_vocabulary
from agents.language.text import tokens
from agents.talks.names import TalkNames
from schemas import Watchlist
from tests.agents.test_talks import WATCHLIST, about


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(Watchlist.model_validate(WATCHLIST))


def test_a_meeting_may_be_called_by_the_day_on_which_others_meet(lexicon: Lexicon) -> None:
    others = "قال الأمين العام إن قادة الاتحاد سيعقدون الأحد اجتماعا طارئا. وأضاف أن محادثات طرطوس صعبة."
    assert not about(lexicon, "اجتماع الأحد لن يدوم أكثر من ساعتين", before=others)
    assert about(lexicon, "اجتماع الثلاثاء لن يدوم أكثر من ساعتين", before=others)


ROUNDS: Final = {
    **WATCHLIST,
    "talks": [
        {"id": "first", "title": {}, "parties": ["north", "south"], "starts": "2030-05-08", "ends": "2030-05-08",
         "venue": "tartus", "names": {"ar": ["الجولة الأولى"]}},
        {"id": "second", "title": {}, "parties": ["north", "south"], "starts": "2030-05-13", "ends": "2030-05-13",
         "venue": "tartus", "names": {"ar": ["الجولة الثانية"]}},
        {"id": "summit", "title": {}, "parties": ["north", "south", "league"], "starts": "2030-06-20",
         "ends": "2030-06-20", "venue": "muscat", "names": {"ar": ["القمة", "لقاء الرئيسين", "لقاء القادة"]}},
    ],
}  # fmt: skip

MEANT: Final = [
    ("", "اللقاء سيتناول تبادل الأسرى", "second"),
    ("", "لقاء الوفدين سيتناول تبادل الأسرى", "second"),
    ("", "اللقاء المقبل للوفدين سيتناول تبادل الأسرى", "second"),
    ("", "الاجتماع السابق لم يسفر عن شيء", "first"),
    ("", "لقاء الزعيمين سيكون صعبا", "summit"),
    ("", "لقاء الرئيسين ممكن بعد المفاوضات", "summit"),
    ("الجولة الثانية صعبة.", "المفاوضات ستتناول تبادل الأسرى", "second"),
    ("القمة مؤجلة. وقال إن الجولة الثانية صعبة.", "هذه المفاوضات ستتناول تبادل الأسرى", "second"),
    ("الجولة الثانية ستعقد بعد أسبوع من الجولة الأولى.", "المحادثات ستتناول تبادل الأسرى", "second"),
]


@pytest.mark.parametrize(("before", "clause", "talk"), MEANT)
def test_who_meets_and_when_tells_which_of_several_is_meant(before: str, clause: str, talk: str) -> None:
    lexicon = build_lexicon(Watchlist.model_validate(ROUNDS))
    assert [link.talk_id for link in about(lexicon, clause, before=before)] == [talk]


def test_channels_are_no_calls(lexicon: Lexicon) -> None:
    talk = lexicon.watchlist.talks[0].model_copy(update={"names": {"ar": ("الاتصال",)}})
    names = TalkNames([talk], channels=load_vocabulary().small["channels"])
    assert names.find(list(tokens("الاتصال كان صريحا")))
    for text in ("قنوات الاتصال المباشر مفتوحة", "خط الاتصال قائم", "عبر ضباط الاتصال", "وقنوات الاتصال"):
        assert not names.find(list(tokens(text))), text


def test_a_summit_that_a_bloc_is_a_party_of_may_be_that_of_its_leaders() -> None:
    lexicon = build_lexicon(Watchlist.model_validate(ROUNDS))
    assert [link.talk_id for link in about(lexicon, "قادة الرابطة سيعقدون اجتماعا في مسقط")] == ["summit"]
    assert not about(lexicon, "سفراء الرابطة سيعقدون اجتماعا في مسقط")
