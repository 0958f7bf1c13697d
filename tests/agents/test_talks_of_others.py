"""Clauses that speak of talks of others, with the same watchlist as test_talks.py: two islands and their league."""

from __future__ import annotations

from typing import Any, Final

import pytest

from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.pack import read_table
from schemas import Watchlist
from tests.agents.test_talks import TALKS, WATCHLIST, about

TOLD: Final = "قال الوزير إن محادثات طرطوس صعبة."
ROWS: Final = [pytest.param(row, id=row["tells"]) for row in read_table("talks")["others"]]

OF_OTHERS: Final = [
    # whose they are: a land or a town that the watchlist does not know
    "جولة جديدة من مفاوضات غزة ستعقد الأسبوع المقبل",
    "محادثات مقديشو ستستأنف قريبا",
    "مفاوضات بنغازي بلغت طريقا مسدودا",
    "المفاوضات النووية الإيرانية تحرز تقدما",
    "الحوار الليبي سيستأنف قريبا",
    "بلاده مستعدة لاحتضان جولة جديدة من الحوار الليبي",
    "المحادثات القبرصية لم تسفر عن شيء",
    "قمة منتدى التعاون الصيني ستعقد غدا",
    "مشاورات الكويت بلغت طريقا مسدودا",
    "المفاوضات الكولومبية لم تحرز أي تقدم",
    # with or between whom
    "المفاوضات مع إثيوبيا بلغت طريقا مسدودا",
    "المحادثات بين كولومبيا وفنزويلا انهارت",
    "الحوار مع باماكو لم يسفر عن شيء",
    "المفاوضات مع صندوق النقد بلغت طريقا مسدودا",
    "الحوار بين الإدارات الأهلية انتهى بصلح",
    "المفاوضات مع المدرب انتهت بلا اتفاق",
    # on what
    "المفاوضون سيعودون إلى الطاولة قبل نهاية الأسبوع في ملف غزة",
    "المحادثات بشأن أفغانستان لم تحرز أي تقدم",
    "المفاوضات حول تشكيل الحكومة لم تسفر عن شيء",
    "المباحثات تناولت الأوضاع في اليمن",
    # when they were
    "الحوار الذي جرى عام 2014 لم يسفر عن شيء",
    "المحادثات التي عقدت في فبراير الماضي لم تسفر عن شيء",
    "الجولات التي سبقت الحرب قبل عشرين عاما لم تسفر عن شيء",
    "الوفدان لم يجلسا آنذاك إلى طاولة واحدة",
    # what came of others
    "المطلوب تنفيذ اتفاقات مينسك",
    "اتفاق جوبا لسنة 2020 أبرم بعد عشرة أشهر من المفاوضات",
    # at home elsewhere
    "وفي كراكاس، جددت المعارضة استعدادها للتفاوض",
    "وفي نواكشوط، دعا حزب كبير إلى جولة جديدة من الحوار",
    # inside one bloc
    "وزراء خارجية دول الحلف سيجتمعون غدا",
    "قادة الاتحاد سيعقدون اجتماعا طارئا عبر الفيديو",
    "وزراء خارجية دوله الثلاثين سيعقدون اجتماعا استثنائيا",
    "سفراء التكتل سيجتمعون صباح الغد",
    # in another town
    "سيشارك في اجتماع وزراء الدفاع في أنطاليا",
    "المستشارون سيجتمعون في مدينة بريست لتنسيق الرد",
    "قال إنه سيحضر اجتماع مجلس الأعمال في ميونيخ",
    # beside others
    "الوزيران سيلتقيان على هامش القمة الأفريقية",
    "سيناقش الرئيس ذلك في قمة مجموعة السبع",
]

OURS: Final = [
    "المفاوضات بلغت طريقا مسدودا",
    "المفاوضات مع الجانب الآخر بلغت طريقا مسدودا",
    "المحادثات بين الجانبين انهارت",
    "المفاوضات مع جزيرة الجنوب بلغت طريقا مسدودا",
    "الحوار مع الخصم لم يسفر عن شيء",
    "محادثات السلام ستستأنف قريبا",
    "جولة جديدة من المفاوضات ستعقد الأسبوع المقبل",
    "المفاوضات غير المباشرة لم تحرز أي تقدم",
    "المحادثات بباريس بلغت طريقا مسدودا",
    "المحادثات في باريس بلغت طريقا مسدودا",
    "قطر مستعدة لاحتضان جولة جديدة من المفاوضات",
    "الوفد سيغادر المفاوضات إلى تركيا غدا",
    "المفاوضات التي ترعاها فنزويلا لم تحرز أي تقدم",
    "المحادثات بشأن الجزر لم تحرز أي تقدم",
    "المفاوضات حول الحدود لم تسفر عن شيء",
    "المحادثات التي عقدت هذا الشهر لم تسفر عن شيء",
    "الوفدان لن يجلسا إلى طاولة واحدة",
    "المفاوضون سيعودون إلى الطاولة قبل نهاية الأسبوع",
    "المطلوب تنفيذ الاتفاق",
    "الاتفاق سيبرم بعد عشرة أيام من المفاوضات",
    "المحادثات ستستأنف قبل نهاية عام 2030",
    "وفي باريس، قال الوزير إن المحادثات بلغت طريقا مسدودا",
    "وفي لندن، رحبت الخارجية البريطانية باستئناف المحادثات",
    "المفاوضات بلغت يومها الأول طريقا مسدودا",
    "وزراء الاتحاد سيشاركون في المحادثات",
    "قادة الاتحاد يأملون في أن تنجح المفاوضات",
    "بلاده مستعدة لاستضافة المفاوضات في مدينة بريست",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(Watchlist.model_validate(WATCHLIST))


@pytest.mark.parametrize("clause", OF_OTHERS)
def test_talks_of_others_are_none_of_the_watchlist(lexicon: Lexicon, clause: str) -> None:
    assert not about(lexicon, clause, before=TOLD)


@pytest.mark.parametrize("clause", OURS)
def test_talks_that_are_told_alike_stay_those_of_the_watchlist(lexicon: Lexicon, clause: str) -> None:
    assert about(lexicon, clause, before=TOLD)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_tells_others_in_its_sentences_and_not_in_the_rest(lexicon: Lexicon, row: dict[str, Any]) -> None:
    assert row["matches"]
    assert row["ignores"]
    assert [text for text in row["matches"] if about(lexicon, text, before=TOLD)] == []
    assert [text for text in row["ignores"] if not about(lexicon, text, before=TOLD)] == []


def test_a_clause_goes_on_about_talks_of_others(lexicon: Lexicon) -> None:
    said = "لا وقت نضيعه في المماطلة"
    assert not about(lexicon, said, frame="قال الرئيس إن جولة من مفاوضات غزة ستعقد غدا، وشدد على أن")
    assert about(lexicon, said, frame="قال الرئيس إن جولة من المفاوضات ستعقد غدا، وشدد على أن")


@pytest.mark.parametrize("name", ["محادثات ليبيا", "الحوار الليبي"])
def test_a_land_of_the_watchlist_is_nobody_elses(name: str) -> None:
    rows = [{**TALKS[1], "names": {"ar": [name, "محادثات طرطوس"]}}]
    named = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    for clause in ("المفاوضات الليبية بلغت طريقا مسدودا", "المفاوضات في ملف ليبيا بلغت طريقا مسدودا"):
        assert about(named, clause, before=TOLD)


def test_talks_on_a_day_of_ours_may_be_of_others(lexicon: Lexicon) -> None:
    assert about(lexicon, "المفاوضات ستستأنف في 14 مايو")
    assert not about(lexicon, "مفاوضات غزة ستستأنف في 14 مايو")
    assert about(lexicon, "محادثات طرطوس ستنعقد قبل مفاوضات غزة")


def test_a_town_to_which_ours_are_moved_is_theirs(lexicon: Lexicon) -> None:
    clause = "محادثات مقديشو ستستأنف قريبا"
    assert about(lexicon, clause, before="قال الوزير إن محادثات طرطوس نقلت إلى مقديشو.")
    assert about(lexicon, clause, before="محادثات طرطوس ستعقد في مقديشو.")
    assert not about(lexicon, clause, before="قال رئيس وزراء مقديشو إن محادثات طرطوس صعبة.")
    assert not about(lexicon, clause, before="أشاد بمحادثات طرطوس. هبطت طائرة في مقديشو.")


def test_talks_with_one_of_the_watchlist_who_is_party_to_none(lexicon: Lexicon) -> None:
    front = {"id": "front", "kind": "armed_group", "names": {"ar": ["جبهة الوسط"]}}
    named = build_lexicon(Watchlist.model_validate({**WATCHLIST, "actors": [*WATCHLIST["actors"], front]}))
    for clause in (
        "الاجتماع مع «جبهة الوسط» شأن خاص بجزيرة الشمال ولم يحدد له موعد",
        "طرطوس ستحتضن جولة محادثات بين جزيرة الشمال وجبهة الوسط",
        "بلاده لن تشارك في أي اجتماع مع جبهة الوسط في طرطوس",
    ):
        assert not about(named, clause, before=TOLD), clause
    for clause in ("المحادثات بين جزيرة الشمال وجزيرة الجنوب صعبة", "الاجتماع مع جزيرة الجنوب صعب"):
        assert about(named, clause, before=TOLD), clause
