"""Deeds of an open war: told without their doers, near a border, in passing, and by who calls on all to stop them."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from schemas import Direction, EventType
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


def types(knowledge: Knowledge, text: str) -> set[EventType]:
    return {signal.event_type for signal in read(knowledge, text)}


@pytest.mark.parametrize(
    "text",
    [
        "قال المرصد إن 21 شخصا قتلوا ببراميل ألقاها الطيران على أحياء ستاريا.",
        "قال المرصد إن الطيران أغار على ستاريا وقتل 17 شخصا.",
        "أطلقت تركيا ثلاثين صاروخا على ميدان يوناني، على بعد عشرين كيلومترا من حدود بلغاريا.",
    ],
)
def test_a_deed_is_told_whoever_has_done_it_and_wherever_it_was(knowledge: Knowledge, text: str) -> None:
    assert EventType.ASSAULT in types(knowledge, text)


@pytest.mark.parametrize(
    "text",
    [
        "أخفق جاويش أوغلو وديندياس في التوصل إلى اتفاق خلال أول لقاء بينهما منذ بدء الغزو.",
        "اجتمع الوزراء في برلين لتنسيق ردهم على العدوان التركي.",
        "قال ديندياس إن النهج مختلف عما اتبع عام 1974، عقب ضم تركيا الجزيرة.",
    ],
)
def test_a_war_that_is_a_time_or_is_answered_is_no_deed(knowledge: Knowledge, text: str) -> None:
    assert not types(knowledge, text) & {EventType.ASSAULT, EventType.COERCE}


def test_whoever_calls_on_all_calms_them(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "دعا الرئيس الفرنسي إيمانويل ماكرون الجميع إلى تجنب أي عمل من شأنه أن يشعل حربا.")
    assert (signal.event_type, signal.direction) == (EventType.REQUEST, Direction.DEESCALATION)


def test_what_we_will_not_do_outweighs_what_another_has_done(knowledge: Knowledge) -> None:
    assert types(knowledge, "قال ديندياس: لن نسحب جنودنا من مدن عجزت تركيا عن احتلالها.") == {EventType.REJECT}
