"""Verbs that go on with the one before them: each tells its act, of the same subject, unless they tell of one."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


SEVERAL = {
    "طردت أنقرة السفير اليوناني مساء الأربعاء وأغلقت جميع المعابر البرية.": ["SANCTION turkey", "COERCE turkey"],
    "سحبت تركيا سفنها وطردت دبلوماسيين يونانيين.": ["RETREAT turkey", "SANCTION turkey"],
    "أفرجت تركيا عن البحارة اليونانيين ونشرت زوارق إضافية قبالة الجزر.": ["RETREAT turkey", "MOBILIZE turkey"],
    "أغلقت تركيا المعبر، وقطعت الكهرباء عن القرى اليونانية.": ["COERCE turkey", "COERCE turkey"],
    "جمدت أنقرة عمل لجنة الحدود المشتركة، وقطعت رواتب مئات الموظفين اليونانيين.": ["REJECT turkey", "COERCE turkey"],
    "أغلقت تركيا المعبر، وقصفت اليونان موقعا.": ["COERCE turkey", "ASSAULT greece"],
    "حشدت تركيا قواتها، وتوغلت القوات اليونانية في المنطقة.": ["MOBILIZE turkey", "ASSAULT greece"],
    "قال جاويش أوغلو إننا نستنكر الهجوم ونشكر اليونان على تعاونها.": ["ACCUSE turkey", "SUPPORT turkey"],
}


@pytest.mark.parametrize("sentence", SEVERAL)
def test_joined_verbs_tell_each_its_act_of_one_subject(knowledge: Knowledge, sentence: str) -> None:
    told = [f"{signal.event_type.value} {' '.join(signal.actors)}" for signal in read(knowledge, sentence)]
    assert told == SEVERAL[sentence]


ONE = [
    "احتجز خفر السواحل التركي سبعة صيادين يونانيين قرب الجزر وصادر قواربهم.",
    "قتل جندي يوناني وأصيب اثنان في قصف تركي.",
    "وكانت تركيا قد اجتاحت شمال الجزيرة عام 1974 وأغلقت معابرها.",
    "قال ديندياس إن تركيا حشدت قواتها وقصفت القرى.",
    "قال ديندياس إن بلاده سترد إذا قصفت تركيا الجزر وأغلقت المضيق.",
]


@pytest.mark.parametrize("sentence", ONE)
def test_what_is_one_act_is_not_cut(knowledge: Knowledge, sentence: str) -> None:
    assert len(read(knowledge, sentence)) == 1
