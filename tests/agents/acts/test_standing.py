"""What has been so for weeks is told again as background, and so is what a war has cost."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import read
from tests.agents.acts.test_crises import CRISES, watchlist

# Of 25 January 2021
STANDING = {
    "ومنذ الثالث من نوفمبر تشن القوات الروسية هجوما على خاركيف.": "donbas",
    "يذكر أن روسيا تقصف منذ أكتوبر الماضي محطات الكهرباء في أوكرانيا.": "donbas",
    "ومنذ نوفمبر 2020، تشهد خاركيف حربا بين القوات الروسية والأوكرانية خلفت آلاف القتلى.": "donbas",
    "وتحاصر قوات الدعم السريع مدينة الفاشر منذ العاشر من مايو.": "darfur",
    "وتفرض روسيا منذ سبتمبر الماضي حصارا على الموانئ الأوكرانية.": "grain",
    "وتواصل إسرائيل منذ 27 نوفمبر غاراتها على جنوب لبنان.": "lebanon",
    "وتغلق باكستان مجالها الجوي أمام الطائرات الهندية منذ أواخر أبريل.": "kashmir",
}
OF_TODAY = {
    "وتقصف القوات الروسية خاركيف منذ فجر اليوم.": "donbas",
    "تقصف القوات الروسية خاركيف منذ 20 يناير.": "donbas",
    "شنت روسيا أعنف هجوم على كييف منذ الثالث من نوفمبر.": "donbas",
    "تحشد روسيا جنودها قرب الحدود الأوكرانية منذ أسابيع.": "donbas",
    "قصفت إسرائيل بيروت أمس للمرة الأولى منذ 27 نوفمبر.": "lebanon",
    "وتقصف إسرائيل الجنوب في تصعيد غير مسبوق منذ 27 نوفمبر.": "lebanon",
    "قال بودولياك إن روسيا شنت ألف غارة على أوكرانيا منذ الثامن من نوفمبر.": "donbas",
    "وقتل 73 مدنيا في قصف الدعم السريع منذ إعلان الهدنة.": "darfur",
    "قتل خمسة جنود منذ بدء هجوم الدعم السريع على الفاشر.": "darfur",
    "قتل أكثر من 120 مدنيا في قصف الجيش على نيالا منذ بدء الهجوم فجر السبت.": "darfur",
    "وأسفر قصف الجيش على نيالا عن مقتل 14 مدنيا.": "darfur",
}
TOLLS = {
    "وقتل أكثر من 12 ألف مدني في دارفور في قصف الجيش منذ بدء الهجوم.": "darfur",
    "وبحسب الأمم المتحدة قتل أكثر من 280 مدنيا ونزح مليونان منذ اندلاع الحرب.": "darfur",
    "وأسفر النزاع عن مقتل نحو 6400 شخص منذ بدء الجيش عملياته في أكتوبر تشرين الأول.": "darfur",
    "وأوقع النزاع في دارفور أكثر من 5300 قتيل في عشرة أشهر.": "darfur",
    "ويشهد السودان فوضى منذ إطاحة نظام البشير في 2019.": "darfur",
}


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[Knowledge, str]]:
    return {crisis["id"]: (build_knowledge(watchlist(crisis)), crisis["scene"]) for crisis in CRISES}


@pytest.mark.parametrize("sentence", STANDING)
def test_what_has_been_so_for_weeks_is_background(known: dict[str, tuple[Knowledge, str]], sentence: str) -> None:
    knowledge, scene = known[STANDING[sentence]]
    assert {signal.modality.value for signal in read(knowledge, sentence, scene)} == {"background"}


@pytest.mark.parametrize("sentence", OF_TODAY)
def test_what_is_of_these_days_is_none(known: dict[str, tuple[Knowledge, str]], sentence: str) -> None:
    knowledge, scene = known[OF_TODAY[sentence]]
    assert {signal.modality.value for signal in read(knowledge, sentence, scene)} == {"asserted"}


@pytest.mark.parametrize("sentence", TOLLS)
def test_what_a_war_has_cost_is_no_deed(known: dict[str, tuple[Knowledge, str]], sentence: str) -> None:
    knowledge, scene = known[TOLLS[sentence]]
    assert read(knowledge, sentence, scene) == []


def test_a_source_does_not_do_what_it_tells(known: dict[str, tuple[Knowledge, str]]) -> None:
    knowledge, scene = known["darfur"]
    (signal,) = read(knowledge, "وبحسب الأمم المتحدة قتل عشرون جنديا في كمين لقوات الدعم السريع أمس.", scene)
    assert "un" not in signal.actors
