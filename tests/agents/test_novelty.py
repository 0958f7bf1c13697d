"""New, repeat, update, contradiction: facts decide between texts that are alike."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from datetime import date

import pytest

from agents.language.lexicon import build_lexicon
from agents.novelty import Asked, Judgement, NoveltyJudge, Said, load_novelty_judge
from schemas import Actor, ActorKind, Novelty, Place, ScheduledTalk, Watchlist

WATCHLIST = Watchlist(
    watchlist="test",
    title={"ar": "اختبار"},
    actors=(
        Actor(id="norland", kind=ActorKind.STATE, names={"ar": ("نورلاند",)}),
        Actor(id="sudland", kind=ActorKind.STATE, names={"ar": ("سودلاند",)}),
        Actor(id="kenya", kind=ActorKind.STATE, names={"ar": ("كينيا",)}),
        Actor(id="halim", kind=ActorKind.PERSON, party="norland", names={"ar": ("حليم",)}),
        Actor(id="samir", kind=ActorKind.PERSON, party="norland", names={"ar": ("سمير",)}),
    ),
    places=(Place(id="nairobi", names={"ar": ("نيروبي",)}),),
    talks=(
        ScheduledTalk(id="t", title={"ar": "ل"}, parties=("norland",), starts=date(2022, 1, 10), names={"ar": ("ل",)}),
    ),
)


@pytest.fixture(scope="module")
def judge() -> NoveltyJudge:
    return load_novelty_judge(build_lexicon(WATCHLIST))


def said(judge: NoveltyJudge, text: str, number: int = 0, *, denies: bool = False, party: str = "norland") -> Said:
    return judge.said(
        statement_id=f"s{number}", party=party, speakers=("halim",), text=text, talks=("t",), denies=denies
    )


def verdict(judge: NoveltyJudge, text: str, *earlier: str, denies: bool = False) -> Judgement:
    return judge.judge(said(judge, text, 99, denies=denies), [said(judge, old, n) for n, old in enumerate(earlier)])


REPEATS = {
    "the same words": ("لن نوقع إلا وثيقة ملزمة", "لن نوقع إلا وثيقة ملزمة"),
    "other words for all of them": ("إرجاء الجولة القادمة من الحوار", "تأجيل الدورة المقبلة من المفاوضات"),
    "a refusal for what is not accepted": ("ترفض الحكومة مقترح الوسطاء", "الحكومة لن تقبل اقتراح الوسطاء"),
    "a number in words": ("يهدد السد حياة عشرين مليون شخص", "السد يهدد حياة 20 مليون شخص"),
    "what lasts in another unit": ("رحيل المرتزقة خلال تسعين يوما", "خروج المقاتلين الأجانب خلال ثلاثة أشهر"),
    "a date that names the event": ("الاتصال أرسى أساسا جيدا للحوار", "مكالمة الخميس أساس جيد للحوار"),
    "a noun for the verb": ("تعزيز القوات على الحدود", "ستعزز القوات على الحدود"),
    "the name of the speaker's own country left out": ("نورلاند مستعدة لتبادل البيانات", "مستعدون لتبادل البيانات"),
    "a date that names a text": ("وثيقة 12 مارس ليست موضع تفاوض جديد", "الوثيقة ليست موضع أي تفاوض جديد"),
    "a day of the month that was named": (
        "الحوار السياسي سينطلق في جنيف في السادس والعشرين من كانون الثاني كما هو مقرر",
        "اللجنة ستجتمع في الأسبوع الأخير من كانون الثاني، أما الحوار السياسي فينطلق في جنيف يوم 26 منه",
    ),
    "a day without the one that it is instead of": (
        "الجولة تنطلق في المدينة في 20 فبراير بدلا من الثامن منه",
        "ستبدأ الجولة في المدينة في 20 شباط",
    ),
    "a day without the one that it is not": (
        "تعقد الجولة في 14 مايو في المدينة",
        "تعقد الجولة في المدينة في 14 مايو وليس في 13 مايو",
    ),
    "a day or another once more": (
        "اللقاء سيعقد في الخامس أو السادس من آذار في المدينة",
        "لقاء المدينة سيعقد في 5 أو 6 مارس",
    ),
    "two days one by one": ("تعقد الجولة في المدينة في 9 و10 يناير", "تعقد الجولة في المدينة يومي 9 و10 يناير"),
    "not held, told as called off": ("الجولة لن تعقد في 16 مارس", "ألغيت الجولة المقررة في 16 مارس"),
    "a capital for its state": ("كينيا ليست وسيطا محايدا", "نيروبي تفتقر إلى الحياد وسيطا"),
}
NEWS = {
    "the same denied": (Novelty.CONTRADICTION, "ستنشر الحكومة أسلحة هجومية", "لن تنشر الحكومة أسلحة هجومية"),
    "the opposite": (Novelty.CONTRADICTION, "تصعيد العمليات على الحدود", "تهدئة العمليات على الحدود"),
    "another number": (Novelty.UPDATE, "هدنة تدوم 72 ساعة في المدينة", "هدنة تدوم 24 ساعة في المدينة"),
    "the same number of longer units": (Novelty.UPDATE, "هدنة تدوم ثلاثة أشهر", "هدنة تدوم ثلاثة أسابيع"),
    "another date": (Novelty.UPDATE, "تعقد الجولة في 21 يناير في المدينة", "تعقد الجولة في 12 يناير في المدينة"),
    "one of two days": (
        Novelty.UPDATE,
        "لن تعقد الجولة غدا بل يومي 15 و16 يناير في المدينة",
        "لن تعقد الجولة غدا بل يومي 14 و15 يناير في المدينة",
    ),
    "one of the days that were open": (
        Novelty.UPDATE,
        "لقاء الرئيسين سيعقد يوم 5 مارس في المدينة",
        "لقاء الرئيسين سيعقد في المدينة في الخامس أو السادس من آذار",
    ),
    "one of the weekdays that were open": (
        Novelty.UPDATE,
        "الجولة ستعقد الخميس في المدينة",
        "الجولة ستعقد في المدينة الأربعاء أو الخميس",
    ),
    "a number that sets the first right": (
        Novelty.UPDATE,
        "تطالب الحكومة بإعادة ثماني قرى وليس بأربع",
        "تطالب الحكومة بإعادة أربع قرى",
    ),
    "not held on the day on which it was to be": (
        Novelty.UPDATE,
        "الدورة الثالثة للجنة الدستورية لن تلتئم في 16 مارس",
        "الدورة الثالثة للجنة الدستورية ستعقد في جنيف في 16 مارس متى اتفق الطرفان على جدول الأعمال",
    ),
    "put off, written like a term": (
        Novelty.NEW,
        "اجتماع مجموعة العمل أُجل إلى أجل غير مسمى",
        "مجموعة العمل ستجتمع في المدينة",
    ),
    "brought forward": (Novelty.UPDATE, "قُدّم موعد اجتماع المدينة يوما واحدا", "اجتماع المدينة في موعده"),
    "a date that was open": (Novelty.UPDATE, "تعقد الجولة في المدينة في 21 يناير", "تعقد الجولة في المدينة"),
    "something else": (Novelty.NEW, "أسعار القمح ارتفعت كثيرا", "تعزيز القوات على الحدود"),
}


@pytest.mark.parametrize("case", REPEATS)
def test_said_again_with(judge: NoveltyJudge, case: str) -> None:
    now, before = REPEATS[case]
    judgement = verdict(judge, now, before)
    assert (judgement.kind, judgement.of) == (Novelty.REPEAT, "s0"), judgement


@pytest.mark.parametrize("case", NEWS)
def test_not_said_before(judge: NoveltyJudge, case: str) -> None:
    kind, now, before = NEWS[case]
    judgement = verdict(judge, now, before)
    assert judgement.kind is kind, judgement
    assert bool(judgement.changed) == (kind is not Novelty.NEW)
    assert (judgement.of == "s0") == (kind is not Novelty.NEW)


def test_the_facts_that_differ_are_told(judge: NoveltyJudge) -> None:
    judgement = verdict(judge, "هدنة تدوم 72 ساعة في المدينة", "هدنة تدوم 24 ساعة في المدينة")
    assert "number: 72, was 24" in judgement.changed


def test_a_denial_by_verb_is_a_negation(judge: NoveltyJudge) -> None:
    """He denied that troops are massed; before he had said that troops are massed, or that they are not."""
    assert verdict(judge, "حشد قوات حول السد", "حشد قوات حول السد", denies=True).kind is Novelty.CONTRADICTION
    earlier = said(judge, "حشد قوات حول السد", denies=True)
    assert judge.judge(said(judge, "حشد قوات حول السد", 9, denies=True), [earlier]).kind is Novelty.REPEAT


def test_the_closest_of_several_repeats_is_named_and_another_party_is_passed_over(judge: NoveltyJudge) -> None:
    earlier = [
        said(judge, "تعزيز القوات على الحدود الجنوبية", 0, party="sudland"),
        said(judge, "أسعار القمح ارتفعت كثيرا", 1),
        said(judge, "ستعزز القوات على الحدود الجنوبية", 2),
    ]
    judgement = judge.judge(said(judge, "تعزيز القوات على الحدود الجنوبية", 9), earlier)
    assert (judgement.kind, judgement.of) == (Novelty.REPEAT, "s2")
    assert judge.judge(said(judge, "تعزيز القوات على الحدود الجنوبية", 9), earlier[:2]).kind is Novelty.NEW


def test_the_same_said_of_other_talks_by_name_is_news(judge: NoveltyJudge) -> None:
    def about(talk: str, text: str, number: int, named: bool) -> Said:
        return judge.said(
            statement_id=f"s{number}", party="nord", speakers=("halim",), text=text, talks=(talk,), named=named
        )

    now, before = "الحكومة لم تبلغ رسميا كذلك بقمة الشتاء", "الحكومة لم تبلغ رسميا بقمة الخريف"
    for named in (True, False):
        judgement = judge.judge(about("winter", now, 1, named), [about("autumn", before, 0, named)])
        assert (judgement.kind is Novelty.REPEAT) != named


AGAIN = {
    "he renewed": ("وجدد حليم القول إن ", "الجيش باق في مواقعه على الضفة"),
    "she repeated": ("وكررت الخارجية أن ", "الجيش باق في مواقعه على الضفة"),
    "once more, in what is said": ("قال حليم إن ", "مرة أخرى الجيش باق في مواقعه"),
}


@pytest.mark.parametrize("case", AGAIN)
def test_a_report_that_says_itself_that_something_is_repeated_is_believed(judge: NoveltyJudge, case: str) -> None:
    before, text = AGAIN[case]
    earlier = [said(judge, "قواتنا لن تترك مراكزها على النهر", 1)]

    def again(before: str, text: str) -> Judgement:
        return judge.judge(
            judge.said(statement_id="s9", party="norland", speakers=("halim",), text=text, before=before), earlier
        )

    assert again(before, text).kind is Novelty.REPEAT
    assert again("وجدد حليم رفضه. قال سمير إن ", "الجيش عاد أمس").kind is Novelty.NEW
    assert again(before, "أسعار القمح ارتفعت كثيرا").kind is Novelty.NEW
    assert again(before, "قواتنا ستترك مراكزها على النهر").kind is Novelty.CONTRADICTION


def test_what_was_one_clause_of_a_longer_statement_is_a_repeat(judge: NoveltyJudge) -> None:
    long = "لا يذهب الوفد إلى حوار في دار الخصم، والمطلوب عاصمة محايدة تستضيف اللقاء، أما القمح فأسعاره ارتفعت كثيرا"
    assert verdict(judge, "المطلوب عاصمة محايدة", long).kind is Novelty.REPEAT


def test_nothing_said_before_is_new_and_so_is_a_text_without_content(judge: NoveltyJudge) -> None:
    assert verdict(judge, "ستعزز القوات").kind is Novelty.NEW
    assert verdict(judge, "هذا", "ذلك").kind is Novelty.NEW


def test_a_judgement_depends_on_nothing_but_what_was_said(judge: NoveltyJudge) -> None:
    texts = ("تأجيل الدورة المقبلة من المفاوضات", "تعزيز القوات على الحدود", "لن نوقع إلا وثيقة ملزمة")
    fresh = load_novelty_judge(build_lexicon(WATCHLIST))
    assert verdict(judge, "إرجاء الجولة القادمة", *texts) == verdict(fresh, "إرجاء الجولة القادمة", *texts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("بايدن يهدد بعقوبات على موسكو إن غزت كييف", "بايدن يتوعد موسكو بعقوبات إذا غزت كييف", True),
        ("واشنطن تهدد موسكو بعقوبات غير مسبوقة", "موسكو تهدد واشنطن بعقوبات غير مسبوقة", False),
        ("ارتفاع أسعار النفط مع ضعف الدولار", "انخفاض أسعار النفط مع ضعف الدولار", False),
    ],
)
def test_pairs_are_judged_without_a_watchlist(one: str, other: str, same: bool) -> None:
    assert (load_novelty_judge().is_repeat(one, other).kind is Novelty.REPEAT) is same


def test_headlines_need_more_likeness_than_statements(judge: NoveltyJudge) -> None:
    pair = ("ترحيب واسع بفتح المعبر الحدودي أمام القوافل", "إشادة بفتح المعبر أمام قوافل الإغاثة")
    assert judge.is_repeat(*pair).kind is Novelty.REPEAT
    assert judge.is_repeat(*pair, titles=True).kind is not Novelty.REPEAT


def test_statements_that_are_judged_together_are_judged_as_each_alone(judge: NoveltyJudge) -> None:
    texts = [text for _, *pair in NEWS.values() for text in pair]
    told = [said(judge, text, number) for number, text in enumerate(texts)]
    before, here = told[: len(told) // 2], told[len(told) // 2 :]
    together = judge.judge_all(Asked(one, judge.earlier(before), here[:at]) for at, one in enumerate(here))
    assert together == [judge.judge(one, [*before, *here[:at]]) for at, one in enumerate(here)]
    assert {judgement.kind for judgement in together} > {Novelty.NEW}


def test_the_encoder_is_asked_only_about_what_may_be_the_likest(
    judge: NoveltyJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = said(judge, "ترفض حكومة الوحدة اليوم مقترح الوسطاء", 9)
    ends = ("", " كله", " الجديد كله", " الثاني والأخير")
    told = [said(judge, f"ترفض حكومة الوحدة اليوم مقترح الوسطاء{end}", number) for number, end in enumerate(ends)]
    asked = [Asked(candidate, judge.earlier(told))]
    met: set[str] = set()
    meet = judge._encoder.meet

    def meet_and_note(texts: Iterable[str]) -> None:
        noted = list(texts)
        met.update(noted)
        meet(noted)

    monkeypatch.setattr(judge._encoder, "meet", meet_and_note)
    likest = judge.judge_all(asked)
    few = len(met)
    monkeypatch.setattr(judge, "_open", lambda candidate, close: close)
    assert judge.judge_all(asked) == likest
    assert few < len(met)


def test_a_statement_that_is_remembered_weighs_little(judge: NoveltyJudge) -> None:
    texts = [f"ترفض حكومة نورلاند مقترح الوسطاء {number} وتطالب سودلاند بسحب قواتها من الحدود" for number in range(200)]
    read = [said(judge, text) for text in texts]  # fills what is shared
    tracemalloc.start()
    try:
        read = [said(judge, text) for text in texts]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / len(read) < 1_220
