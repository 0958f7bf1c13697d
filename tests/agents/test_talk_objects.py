"""What a word of change is said of, what a medium conducts, and whose day it is: the talks', or something else's.

The islands of `test_track_talks`; dates are those of May 2030.
"""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge
from tests.agents.test_track_talks import article, claimed, knowledge, summary, told

__all__ = ["knowledge"]

# (day of the article, what it says): nothing has become of the talks, and no day is theirs
OF_SOMETHING_ELSE = (
    (13, "ألغى الحداد عودته إلى الشمال وسيبقى في طرطوس حتى الأربعاء"),
    (13, "أرجأ سالم الحداد سفره إلى ما بعد محادثات طرطوس"),
    (14, "ألغى وزير خارجية الشمال مؤتمره الصحفي المقرر في طرطوس اليوم على هامش محادثات طرطوس"),
    (13, "علق الجنوب عضويته في رابطة الجزر قبل محادثات طرطوس"),
    (13, "أعلنت الحكومة تأجيل الانتخابات إلى ما بعد محادثات طرطوس"),
    (14, "استأنف العمال العمل في ميناء طرطوس مع بدء محادثات طرطوس"),
    (14, "ألغيت الرحلات إلى طرطوس بسبب محادثات طرطوس"),
    (13, "ألغى الفندق المخصص للوفدين الحجوزات في طرطوس قبل محادثات طرطوس"),
    (13, "علّق الحداد على محادثات طرطوس بالقول إنها ضرورية"),
    (13, "وعلّق سالم الحداد ضاحكا على طلب عقد محادثات طرطوس"),
    (13, "ألغى البرلمان مرسوم الطوارئ عشية محادثات طرطوس"),
    (13, "أعلنت الوزارة إلغاء رخصة القناة التي كانت ستنقل محادثات طرطوس"),
    (13, "قررت الحكومة تعليق الرحلات قبل محادثات طرطوس"),
    (13, "أعلن الجنوب تمديد المهلة المحددة لمحادثات طرطوس"),
    (13, "محادثات طرطوس لم تفشل، هي أجلت السؤال"),
    (13, "جمد المصرف أرصدة الشركة بعد محادثات طرطوس"),
    (13, "أرجئ افتتاح المعرض الدولي في طرطوس بسبب محادثات طرطوس"),
    (13, "تأخر وصول الوفد الشمالي إلى محادثات طرطوس"),
    (13, "اتهم الحداد الجنوب بإطالة أمد الحرب قبل محادثات طرطوس"),
    (13, "علق وفد الجنوب الاثنين مشاركته في محادثات طرطوس ليوم واحد"),
    # only proposed, out of the question, left open
    (13, "اقترحنا على الوسطاء أن تنقل محادثات طرطوس إلى جنيف"),
    (13, "تمديد محادثات طرطوس ليوم ثالث غير وارد"),
    (13, "ستعقد محادثات طرطوس في طرطوس أو لن تعقد"),
    (13, "كلما أجلوا اجتماعا أجلنا عودتنا إلى طرطوس بعد محادثات طرطوس"),
    # what a medium conducts
    (14, "أجرت «الميزان» هذا الحوار الهاتفي مع كبير المفاوضين سالم الحداد مساء الاثنين"),
    (15, "أجرت صحيفة الجزر حوارا مع سالم الحداد في طرطوس مساء الثلاثاء"),
    (15, "التقت «الشرق» سالم الحداد في طرطوس مساء الثلاثاء وأجرت معه هذا الحوار"),
    (15, "في لقاء أجرته معه قناة الجزر أمس في طرطوس قال الحداد إن السلام قريب"),
    (15, "أجرى مراسلنا هذا اللقاء مع نادية قاسم في طرطوس أمس الثلاثاء"),
    (15, "حاور مندوب الصحيفة سالم الحداد في طرطوس أمس"),
    (15, "أجرت معه القناة هذا الحديث في طرطوس أمس الثلاثاء"),
    # a day on which somebody comes, stays or leaves
    (13, "الحداد سيصل يوم الأربعاء على رأس الوفد إلى محادثات طرطوس"),
    (13, "قال الحداد: سنبقى في طرطوس ما دام الحل ممكنا، ولو تجاوزنا الأربعاء بيوم أو يومين"),
    (13, "سيبقى الحداد في طرطوس حتى الأربعاء"),
    (13, "سيغادر الحداد محادثات طرطوس يوم الأربعاء"),
    (13, "يعود الحداد إلى محادثات طرطوس يوم الأربعاء"),
    (13, "سيمكث وفد الشمال في طرطوس حتى الخميس من أجل محادثات طرطوس"),
    (13, "تنضم نادية قاسم إلى محادثات طرطوس الأربعاء"),
    (13, "سيلتحق خبراء الشمال بمحادثات طرطوس يوم الأربعاء"),
)

# and their look-alikes, which tell of the talks: the talk, what the ledger says of it
OF_THE_TALKS: dict[tuple[int, str], tuple[str, str]] = {
    (13, "ألغى الرئيس محادثات طرطوس"): ("round", "cancelled 14-15 tartus"),
    (13, "ألغت الحكومة الانتقالية محادثات طرطوس التي كانت مقررة غدا"): ("round", "cancelled 14-15 tartus"),
    (13, "أرجأ قادة الرابطة إلى الثامن عشر من مايو محادثات طرطوس"): ("round", "rescheduled 18-19 tartus"),
    (13, "أُرجئت إلى أجل غير مسمى محادثات طرطوس"): ("round", "postponed 14-15 tartus"),
    (13, "محادثات طرطوس أُلغيت نهائيا"): ("round", "cancelled 14-15 tartus"),
    (13, "محادثات طرطوس تأجلت بضعة أيام"): ("round", "postponed 14-15 tartus"),
    (13, "محادثات طرطوس أُلغيت بعدما امتنع الجنوب عن الحضور"): ("round", "cancelled 14-15 tartus"),
    (13, "محادثات طرطوس أُرجئت بفعل التطورات الأخيرة"): ("round", "postponed 14-15 tartus"),
    (13, "محادثات طرطوس أُرجئت إلى ما بعد اجتماعات الجمعية العامة"): ("round", "postponed 14-15 tartus"),
    (13, "أرجئت يوما واحدا محادثات طرطوس"): ("round", "rescheduled 15-16 tartus"),
    (13, "تأخر انطلاق محادثات طرطوس إلى 18 مايو"): ("round", "rescheduled 18-19 tartus"),
    (13, "علقت رابطة الجزر محادثات طرطوس"): ("round", "postponed 14-15 tartus"),
    (13, "إرجاء موعد انعقاد محادثات طرطوس إلى 18 مايو"): ("round", "rescheduled 18-19 tartus"),
    (15, "أجرت نادية قاسم حوارا مع سالم الحداد في طرطوس أمس"): ("round", "held 14 tartus"),
    (13, "أجرى سالم الحداد اتصالا هاتفيا أمس بنادية قاسم، بحسب وكالة الجزر"): ("call", "held 12 None"),
    (13, "قال الحداد بعد وصوله إن محادثات طرطوس ستبدأ الأربعاء"): ("round", "scheduled 15 tartus"),
    (13, "تستمر محادثات طرطوس حتى الخميس"): ("round", "scheduled 14-16 tartus"),
    # from the day of the plan to a new one, with a clause between
    (19, "أُرجئت القمة الاستثنائية التي كانت مقررة غدا الاثنين إلى صباح الثلاثاء بسبب تأخر وصول الوزير"): (
        "league",
        "rescheduled 21 muscat",
    ),
    (19, "أُرجئت قمة الرابطة التي كان من المقرر أن تعقد غدا إلى مساء الأربعاء"): ("league", "rescheduled 22 muscat"),
    (19, "أرجأ القادة قمة الرابطة المقررة غدا الاثنين إلى بعد غد الثلاثاء"): ("league", "rescheduled 21 muscat"),
    (19, "تأجيل قمة الرابطة التي كانت مقررة غدا إلى صباح الثلاثاء"): ("league", "rescheduled 21 muscat"),
    (19, "أُرجئت قمة الرابطة التي كانت مقررة غدا الاثنين إلى أجل غير مسمى"): ("league", "postponed 20 muscat"),
    (9, "أُجلت قمة الرابطة من يوم الاثنين 20 مايو بطلب من الجنوب"): ("league", "postponed 20 muscat"),
    (9, "أرجئت قمة الرابطة من 20 مايو إلى 22 منه"): ("league", "rescheduled 22 muscat"),
    # the verb first, then when and where, then what was held
    (21, "افتتحت صباح الاثنين في مسقط بحضور ستة رؤساء قمة الرابطة"): ("league", "held 20 muscat"),
    (15, "التأمت أمس في طرطوس على ضفاف البحر الجولة الثانية"): ("round", "held 14-15 tartus"),
    (16, "أنهى سالم الحداد ونادية قاسم، مساء الأربعاء، محادثات طرطوس"): ("round", "held 14-15 tartus"),
}


@pytest.mark.parametrize(("day", "sentence"), OF_SOMETHING_ELSE)
def test_what_is_said_of_something_else_changes_no_talks(knowledge: Knowledge, day: int, sentence: str) -> None:
    assert claimed(knowledge, sentence, day, "round") == "nothing"


@pytest.mark.parametrize(("told_on", "expected"), OF_THE_TALKS.items())
def test_what_is_said_of_talks_is_read(
    knowledge: Knowledge, told_on: tuple[int, str], expected: tuple[str, str]
) -> None:
    day, sentence = told_on
    talk_id, reading = expected
    assert claimed(knowledge, sentence, day, talk_id) == reading


# (day, what is said) one after the other: the talk, what it comes to
IN_TURN: dict[str, tuple[tuple[tuple[int, str], ...], str, str]] = {
    "a session on a later day does not move the beginning": (
        ((10, "ستعقد محادثات طرطوس في 14 مايو وتستمر ثلاثة أيام."), (15, "عقد الوفدان اليوم جلسة من محادثات طرطوس.")),
        "round",
        "held 14-16 tartus",
    ),
    "what has begun once does not begin again": (
        ((14, "انطلقت اليوم محادثات طرطوس."), (18, "جرت أمس الجمعة في محادثات طرطوس جلسة أخرى.")),
        "round",
        "held 14-17 tartus",
    ),
    "a verb before its late subject is of it, not of others on that day": (
        (
            (10, "ستعقد قمة الرابطة في 16 مايو."),
            (15, "انعقدت صباح اليوم الأربعاء 15 مايو بمدينة مسقط القمة الاستثنائية لقادة الجزر."),
        ),
        "league",
        "held 15 muscat",
    ),
    "talks of one day that somebody announced for it, and that ended later, lasted": (
        ((10, "قال الحداد إن قمة الرابطة ستعقد في 20 مايو."), (22, "اختتمت قمة الرابطة اليوم الأربعاء.")),
        "league",
        "held 20-22 muscat",
    ),
    "who comes back to the known day moves nothing": (
        (
            (9, "قالت رابطة الجزر إن قمة الرابطة ستعقد في 20 مايو."),
            (10, "قال الحداد إن قمة الرابطة ستعقد في 18 مايو."),
            (11, "قال الحداد إن قمة الرابطة ستعقد في 20 مايو."),
        ),
        "league",
        "scheduled 20 muscat",
    ),
}


@pytest.mark.parametrize("name", IN_TURN)
def test_what_is_said_in_turn(knowledge: Knowledge, name: str) -> None:
    said, talk_id, expected = IN_TURN[name]
    ledger = told(knowledge, *(article(text, day) for day, text in said))
    assert summary(ledger[talk_id]) == expected


def test_talks_called_off_are_not_held_with_something_else(knowledge: Knowledge) -> None:
    body = "ألغى الحداد محادثات طرطوس. وقال إن الغزو بدأ اليوم ولم يعد هناك معنى للاجتماع."
    assert told(knowledge, article(body, 14))["round"].status == "cancelled"
