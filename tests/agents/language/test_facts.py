"""What a text says, as far as it can be compared: polarity, numbers, dates, names."""

from __future__ import annotations

import pytest

from agents.language.facts import FactReader, Facts, load_fact_reader
from agents.language.pack import read_table
from agents.language.text import light


@pytest.fixture(scope="module")
def reader() -> FactReader:
    return load_fact_reader()


def denied(facts: Facts) -> set[str]:
    return {term.head for term in facts.terms if term.negated}


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("لن يرفض العرض", {"#refuse"}),
        ("لا نية لديها للإضرار بأحد", {"#intend", "#own_have", "#harm"}),
        ("لم يوافقا على الحوار", {"#accept", "#talks"}),
        ("لا توجد لديها أي خطط لمهاجمة أحد", {"#existence", "#own_have", "#intend", "#attack"}),
        ("لا تنوي شن هجوم على أحد", {"#intend", "#attack"}),
        ("ترفض الانسحاب من القرية", {"#withdraw"}),
        ("لن ترفض الانسحاب من القرية", {"#refuse"}),
        ("تستبعد أي حوار", {"#talks"}),
        ("لا تنوي الحكومة شن هجوم على أحد", {"#intend", "#attack"}),
        ("مدربون لا غير", set()),
        ("عدم إرسال الوفد", {"#send"}),
        ("ألا ترسل وفدا", {"#send"}),
        ("وافقا على الحوار", set()),
        ("لا سيما أن الوفد وصل", set()),
        ("ما زال يطالب بالحل", set()),
    ],
)
def test_what_a_negator_denies_is_the_first_thing_after_it(reader: FactReader, text: str, heads: set[str]) -> None:
    assert denied(reader.read(text)) == heads


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("الأنباء عن خفض القوات غير صحيحة", True),
        ("ما يقال عن نقل المقاتلين محض خيال", True),
        ("الأنباء عن خفض القوات صحيحة", False),
        ("القوات نشرت رواية كاذبة", False),
        ("القرار غير صحيح وأنباء الخفض مؤكدة", False),
        ("لا صحة لما تردد عن خفض القوات", True),
        ("لا أساس للأنباء عن خفض القوات", True),
        ("لا صحة بلا مستشفيات", False),
    ],
)
def test_reports_that_are_called_untrue_are_denied_as_a_whole(reader: FactReader, text: str, is_denied: bool) -> None:
    assert reader.read(text).denied == is_denied
    assert reader.read(text, denied=True).denied != is_denied


def test_negation_is_read_before_letters_are_folded(reader: FactReader) -> None:
    """إلا (except) and ألا (that not) fold to the same letters."""
    assert reader.read("ألا يرفض العرض").negations == 1
    assert reader.read("إلا أنه يرفض العرض").negations == 0


def test_an_exception_neither_affirms_nor_denies(reader: FactReader) -> None:
    facts = reader.read("لن يقبل وسيطا إلا الاتحاد")
    assert facts.negations == 0
    assert {term.head for term in facts.terms if term.excepted} == {"#accept", "#mediate"}
    assert denied(facts) == set()


def test_what_does_not_happen_before_something_else_is_denied(reader: FactReader) -> None:
    facts = reader.read("لن ينشر النص قبل الاجتماع")
    assert (facts.negations, denied(facts)) == (1, {"#deploy"})


def test_a_contrast_denies_its_word_but_not_the_sentence(reader: FactReader) -> None:
    facts = reader.read("التقدم يحتاج إلى التهدئة لا التصعيد")
    assert denied(facts) == {"#escalate"}
    assert facts.negations == 0


def test_a_denied_statement_denies_all_of_its_terms_and_a_denied_negation_affirms(reader: FactReader) -> None:
    assert denied(reader.read("أرسلت الوفد", denied=True)) == {"#send", "#delegation"}
    assert denied(reader.read("لم ترسل الوفد", denied=True)) == {"#delegation"}


def test_a_number_after_even_if_is_a_figure_of_speech(reader: FactReader) -> None:
    assert reader.read("لن نذهب ولو بعد مئة عام").numbers == frozenset()
    assert reader.read("سنذهب بعد مئة عام").numbers == {100}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("حياة ٢٠ مليون سوداني", {20e6}),
        ("أرواح عشرين مليونا منهم", {20e6}),
        ("ثلاثة وعشرين قتيلا", {23.0}),
        ("مرت 3 ساعات و15 دقيقة", {3.0, 15.0}),
        ("خلال جولتين من الحوار", {2.0}),
        ("1,500 مراقب", {1500.0}),
        ("نسبة 2.5 في المئة", {2.5}),
        ("خمسين بالمائة من السكان", {50.0}),
        ("أحد عشر بندا", set()),
        ("اتفقوا على الخطة", set()),
    ],
)
def test_numbers_are_read_in_figures_words_and_duals(reader: FactReader, text: str, numbers: set[float]) -> None:
    found = reader.read(text).numbers
    assert numbers == found if numbers else not found - {10.0}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("خلال ثلاثة أشهر", 90.0),
        ("في غضون 90 يوما", 90.0),
        ("بعد أسبوعين", 14.0),
        ("هدنة من 72 ساعة", 3.0),
        ("قبل عامين", 720.0),
        ("أرجئت الجولة أسبوعا", 7.0),
        ("مددت الهدنة شهرا آخر", 30.0),
        ("مددت الهدنة 12 شهرا", 360.0),
        ("كل أسبوع وفد", None),
        ("ثلاثة وفود", None),
    ],
)
def test_what_lasts_is_also_told_in_days(reader: FactReader, text: str, days: float | None) -> None:
    assert reader.read(text).lasting == (frozenset([days]) if days else frozenset())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("مكالمة الخميس كانت مفيدة", {3}),
        ("في اجتماع 12 يناير", {12}),
        ("ولقاء الأربعاء", {2}),
        ("الاجتماع المقرر في 7 مارس", {7}),
        ("الجولة المزمع عقدها يوم الخميس", {3}),
        ("المحادثات التي جرت الجمعة مفيدة", {4}),
        ("يوم الاثنين مواصلة الحوار", {0}),
        ("الاجتماع مقرر في 7 مارس", set()),
        ("عقد جولة في 7 مارس", set()),
        ("في 7 مارس تعقد الجولة", set()),
        ("يعقد الاجتماع الخميس", set()),
        ("سيجتمعون الخميس", set()),
        ("الاجتماع يوم الخميس", set()),
        ("تأجيل المؤتمر الذي كان مقررا انعقاده بالقاهرة يومي 16 و17 نوفمبر", {16, 17}),
        ("تأجيل المؤتمر المقرر في القاهرة في 16 نوفمبر", {16}),
        ("تأجيل المؤتمر المقرر في 16 إلى 18 نوفمبر", {16}),
        ("المؤتمر سيعقد بالقاهرة يومي 16 و17 نوفمبر", set()),
    ],
)
def test_a_date_after_the_noun_of_an_event_only_names_it(reader: FactReader, text: str, names: set[int]) -> None:
    assert reader.read(text).naming == names


@pytest.mark.parametrize(
    ("text", "days", "months", "weekdays"),
    [
        ("في 12 كانون الثاني/يناير 2022", {12}, {1}, set()),
        ("يوم العاشر من الشهر المقبل", {10}, set(), set()),
        ("من 9 إلى 10 يناير", {9, 10}, {1}, set()),
        ("الاثنين في جويلية", set(), {7}, {0}),
        ("هو الثاني لهما", set(), set(), set()),
        ("هو الثاني لهما هذا الشهر", set(), set(), set()),
        ("يومي 9 و10 من شهر كانون الثاني", {9, 10}, {1}, set()),
        ("قتل 10 جنود في يناير", set(), {1}, set()),
    ],
)
def test_days_and_months_are_no_numbers(
    reader: FactReader, text: str, days: set[int], months: set[int], weekdays: set[int]
) -> None:
    facts = reader.read(text)
    assert (set(facts.days), set(facts.months), set(facts.weekdays)) == (days, months, weekdays)
    assert not facts.numbers & facts.days


@pytest.mark.parametrize(
    ("text", "ordinals"),
    [
        ("الجولة الثانية من المفاوضات", {2}),
        ("في الجولة غير المباشرة الرابعة", {4}),
        ("وللجلستين الأولى والثانية", {1, 2}),
        ("يعقد الاجتماع في الثاني من فبراير", set()),
        ("للمرة الثالثة", set()),
        ("الجولة مع الطرف الثالث", set()),
    ],
)
def test_ordinals_after_what_is_numbered_tell_which_is_meant(reader: FactReader, text: str, ordinals: set[int]) -> None:
    assert reader.read(text).ordinals == ordinals


def test_no_deal_without_guarantees_affirms_the_guarantees(reader: FactReader) -> None:
    facts = reader.read("لا اتفاق من دون ضمانات")
    assert (facts.negations, facts.perhaps, denied(facts)) == (0, 1, set())
    assert [term.head for term in facts.terms if term.excepted] == ["#agree"]
    assert denied(reader.read("مفاوضات دون ضمانات")) == {"#guarantee"}


def test_who_does_not_come_unless_he_is_answered_may_come(reader: FactReader) -> None:
    facts = reader.read("لن تحضر ما لم يصلها جواب")
    assert (facts.negations, facts.perhaps, denied(facts)) == (0, 1, set())
    assert denied(reader.read("ستحضر ما لم يصلها رفض")) == {"#arrive"}


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("لم ينته الحصار", {"#end"}),
        ("ولم يأت الوفد", {"#come"}),
        ("لم تستطع الحكومة", {"#can"}),
        ("لم يزر القرية", {"#visit"}),
        ("لم تلغ الرحلة", {"#cancel"}),
        ("لم ير أحدا", {"#believe"}),
        ("لا أستطيع الحضور", {"#can", "#participate"}),
        ("لم أستطع الحضور", {"#can", "#participate"}),
        ("ينته الحصار", set()),
    ],
)
def test_a_verb_is_known_without_its_weak_letter_after_a_negator(
    reader: FactReader, text: str, heads: set[str]
) -> None:
    assert denied(reader.read(text)) == heads


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("كل الجولات", {"every"}),
        ("بأي ثمن", {"every"}),
        ("الحل السياسي وحده", {"only"}),
        ("لا حوار إلا بضمانات", {"only"}),
        ("ألا يرسل وفدا بشكل عاجل", set()),
        ("شكل الجولات ووحدة الوفد", set()),
    ],
)
def test_words_for_all_and_for_one_alone_are_told(reader: FactReader, text: str, kinds: set[str]) -> None:
    assert reader.read(text).absolute == kinds


@pytest.mark.parametrize(
    ("text", "denies"),
    [("لن يحضر", True), ("ترفض الحضور", True), ("حوار دون ضمانات", True), ("ما زال يحضر", False), ("يحضر", False)],
)
def test_a_text_denies_by_a_negator_or_a_verb(reader: FactReader, text: str, denies: bool) -> None:
    assert reader.read(text).denies == denies


def test_a_phrase_of_several_words_is_told_from_a_word(reader: FactReader) -> None:
    assert reader.read("وصلت الجولة إلى طريق مسدود").phrases == {"#deadlock"}
    assert reader.read("جمود الجولة").phrases == set()


def test_homographs_stand_for_no_notion(reader: FactReader) -> None:
    for word in read_table("facts")["homographs"]:
        assert all(term.head[0] != "#" for term in reader.read(word).terms), word
    assert next(term.head for term in reader.read("هي وحدها من عطل التفاوض").terms) == "#alone"


def test_a_word_may_begin_with_the_letters_of_the_article(reader: FactReader) -> None:
    assert "#promise" in {term.head for term in reader.read("بالتزاماتهما").terms}


def test_function_words_say_nothing_with_or_without_what_is_glued_to_them(reader: FactReader) -> None:
    assert reader.read("وهذا ما كان لهذه من أجل ذلك").terms == ()


def test_the_tables_are_in_light_spelling_without_doubles() -> None:
    table = read_table("facts")
    for name in ("function_words", "negators", "weak_negators", "contrasts", "idioms", "exceptions", "duals"):
        words = table[name]
        assert len(words) == len(set(words)), name
        assert [light(word) for word in words] == words, name
    assert set(table["weak_negators"]) - {"من دون"} <= set(table["negators"])
