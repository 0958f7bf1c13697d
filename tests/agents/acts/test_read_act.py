"""Sentences with what they tell: type, direction, how it is put, who acts on whom. A whole article is read each time,
so that names, speakers and clauses are found as in life. Two sides, a mediator and an institution are on the watchlist.
"""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


TOLD = {
    # hostile deeds
    "قصفت مدفعية الجيش التركي مواقع يونانية قرب الحدود فجر اليوم.": ("ASSAULT", "asserted", "turkey", "greece"),
    "تحشد تركيا آلاف الجنود على حدودها مع اليونان.": ("MOBILIZE", "asserted", "turkey", "greece"),
    "فرضت اليونان، الخميس الثالث من الشهر، عقوبات على شركات تركية.": ("SANCTION", "asserted", "greece", "turkey"),
    "طردت أثينا عشرة دبلوماسيين أتراك وقالت أنقرة إن القرار باطل ومجحف.": ("SANCTION", "asserted", "greece", "turkey"),
    "تظاهر المئات أمام السفارة التركية في أثينا احتجاجا على الحشود.": ("PROTEST", "asserted", None, "turkey"),
    # threats: conditional, announced, idiomatic
    "قال جاويش أوغلو إن بلاده سترد بحسم إذا أرسلت اليونان سفنها.": ("THREATEN", "conditional", "turkey", "greece"),
    "هدد وزير الخارجية التركي بقطع العلاقات مع اليونان.": ("THREATEN", "conditional", "turkey", "greece"),
    "قال ديندياس إن أي اقتراب من الجزر خط أحمر.": ("THREATEN", "conditional", "greece", "turkey"),
    "قال وزير الخارجية اليوناني إن بلاده ستفرض عقوبات على تركيا.": ("THREATEN", "conditional", "greece", "turkey"),
    "أكد جاويش أوغلو أن كل الخيارات مفتوحة أمام أنقرة.": ("THREATEN", "conditional", "turkey", "greece"),
    # verbal conflict
    "اتهم وزير الخارجية التركي اليونان بخرق الاتفاق.": ("ACCUSE", "asserted", "turkey", "greece"),
    "رفضت أنقرة المقترح اليوناني.": ("REJECT", "asserted", "turkey", "greece"),
    "قال ديندياس إن أثينا لن تقبل بأي وسيط.": ("REJECT", "asserted", "greece", "turkey"),
    "قال جاويش أوغلو إن اليونان قصفت زورقا تركيا.": ("ACCUSE", "asserted", "turkey", "greece"),
    "طالب وزير الخارجية التركي اليونان بنزع سلاح الجزر.": ("REQUEST", "demanded", "turkey", "greece"),
    # cooperation
    "دعا غوتيريش الطرفين إلى ضبط النفس.": ("REQUEST", "demanded", "un", "turkey"),
    "قال جاويش أوغلو إن بلاده لا تعتزم نشر أسلحة هجومية.": ("CONCEDE", "denied", "turkey", "greece"),
    "قال ديندياس إن بلاده مستعدة للحوار مع تركيا.": ("AGREE", "asserted", "greece", "turkey"),
    "رحبت ألمانيا بالاتفاق بين الطرفين.": ("SUPPORT", "asserted", "germany", "turkey"),
    # denied, and history
    "نفى وزير الخارجية التركي أن تكون بلاده قد قصفت زورقا يونانيا.": ("ASSAULT", "denied", "turkey", "greece"),
    "وكانت تركيا قد اجتاحت شمال الجزيرة عام 1974 رغم احتجاج اليونان.": ("ASSAULT", "background", "turkey", "greece"),
}


@pytest.mark.parametrize("sentence", TOLD)
def test_a_sentence_tells_one_act(knowledge: Knowledge, sentence: str) -> None:
    event_type, modality, actor, recipient = TOLD[sentence]
    signals = read(knowledge, sentence)
    told = {(s.event_type.value, s.modality.value) for s in signals}
    assert (event_type, modality) in told
    signal = next(s for s in signals if s.event_type == event_type)
    assert actor is None or actor in signal.actors
    assert recipient in signal.recipients
    assert signal.evidence.text in sentence


SILENT = {
    "a report on the talks": "قال جاويش أوغلو إن الجولة المقبلة ستعقد في أثينا يوم الاثنين.",
    "who leads a delegation": "قال ديندياس إن جاويش أوغلو لن يحضر الجلسة الأولى.",
    "a refusal to answer": "رفض وزير الخارجية التركي الإجابة عن أسئلة الصحفيين.",
    "a battle of words": "وتخوض تركيا واليونان معركة دبلوماسية طويلة.",
    "scare quotes": "وشهدت أثينا «هجوما» من نوع آخر حين وصل سياح أتراك.",
    "a hope": "أعرب ديندياس عن أمله في أن تنجح المحادثات مع تركيا.",
    "an attack in other countries": "وقصفت طائرات روسية مدينة في سوريا وقتلت مدنيين.",
    "a mediator who fears war": "قال غوتيريش إن السلاح لن يحسم النزاع.",
    "weather": "قصفت عاصفة سماء أثينا ثم انسحبت نحو تركيا.",
    "what is spoken of": "قال غوتيريش إن نقطة وحيدة عالقة هي موعد انسحاب القوات التركية.",
    "a suspect": "اعتقلت شرطة مدريد رجلا تركيا يشتبه في تخطيطه لهجوم في أثينا.",
    "a promise that sounds like a refusal": "أكدت أنقرة أنها لن تألو جهدا في إنجاح المحادثات مع أثينا.",
}


@pytest.mark.parametrize("case", SILENT)
def test_what_is_no_act_between_the_sides_is_left_out(knowledge: Knowledge, case: str) -> None:
    hostile = [s.event_type for s in read(knowledge, SILENT[case]) if s.event_type not in ("CONSULT", "AGREE")]
    assert hostile == []


def test_a_demand_of_the_adversary_escalates_and_a_call_for_calm_does_not(knowledge: Knowledge) -> None:
    (demand,) = read(knowledge, "طالب وزير الخارجية التركي اليونان بنزع سلاح الجزر.")
    (call,) = read(knowledge, "دعا غوتيريش الطرفين إلى ضبط النفس.")
    assert (demand.direction, call.direction) == ("escalation", "deescalation")


def test_what_is_denied_weighs_nothing_and_what_is_done_has_the_score_of_its_mode(knowledge: Knowledge) -> None:
    (denied,) = read(knowledge, "نفى وزير الخارجية التركي أن تكون بلاده قد قصفت زورقا يونانيا.")
    (done,) = read(knowledge, "قصفت مدفعية الجيش التركي مواقع يونانية قرب الحدود فجر اليوم.")
    assert denied.intensity == 0
    assert "negation" in denied.auxiliary
    assert (done.intensity, done.mode, done.context) == (-9.5, "heavy-weapons", ("military",))


def test_plover_s_table_makes_a_threat_of_a_sanction_that_lies_ahead(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "قال وزير الخارجية اليوناني إن بلاده ستفرض عقوبات على تركيا.")
    assert (signal.event_type, signal.surface_type, signal.mode) == ("THREATEN", "SANCTION", "restrict")


def test_in_an_article_on_something_else_both_sides_must_be_named(knowledge: Knowledge) -> None:
    scene = "شهدت فرنسا وإيطاليا وإسبانيا والبرتغال وبلجيكا وهولندا عطلة طويلة. "
    assert read(knowledge, "قصفت طائرات تركية مواقع مسلحين.", scene) == []
    assert read(knowledge, "قصفت طائرات تركية جزيرة في اليونان.", scene) != []


def test_a_reproach_without_any_word_of_the_table_is_blame_and_praise_is_not(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "قال ديندياس إن أنقرة تدير ظهرها للقانون منذ أعوام.")
    assert (signal.event_type, signal.actors, signal.recipients) == ("ACCUSE", ("greece",), ("turkey",))
    assert read(knowledge, "قال ديندياس إن أنقرة ستستقبل الوفد في المطار.") == []


def test_what_is_wanted_ends_where_its_condition_begins(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "طالب وزير الخارجية التركي اليونان بتفكيك القواعد قبل أي كلام عن السلام.")
    assert (signal.event_type, signal.direction) == ("REQUEST", "escalation")


# a call for calm, or the terms of one side
CALLS = {
    "دعت أثينا أنقرة إلى الإفراج فورا عن الناقلة.": "escalation",
    "طالبت ألمانيا تركيا بسحب جنودها من الجزيرة.": "escalation",
    "دعا غوتيريش الجانبين إلى الإفراج عن جميع الأسرى.": "deescalation",
    "دعا غوتيريش أثينا وأنقرة إلى التحاور مباشرة.": "deescalation",
    "دعا ديندياس إلى إرسال مراقبين إلى الجزر.": "deescalation",
    "دعا جاويش أوغلو اليونان إلى تحقيق مشترك.": "deescalation",
    "دعا ديندياس قوات بلاده إلى عدم الرد على أي استفزاز.": "deescalation",
    "دعا غوتيريش المقاتلين اليونانيين والأتراك إلى إلقاء السلاح.": "deescalation",
    "طالب ديندياس تركيا بإعادة جنودها إلى ثكناتهم.": "deescalation",
    "طالب ديندياس تركيا بسحب جنودها من الجزيرة.": "escalation",
    "طالب جاويش أوغلو المقاتلين اليونانيين بتسليم أسلحتهم.": "escalation",
    "دعا غوتيريش تركيا إلى سحب جنودها من الجزيرة.": "deescalation",
    "قال جاويش أوغلو إن على أثينا أن تلغي رسومها إذا أرادت حلا عن طريق الحوار.": "escalation",
    "قال جاويش أوغلو إنه لا بد من تنازلات يونانية.": "escalation",
    "دعا جاويش أوغلو أثينا إلى الامتناع عن أي نشاط في المياه التركية.": "escalation",
    "قال جاويش أوغلو إن على أثينا أن تحذو حذو بلاده.": "deescalation",
    "قالت برلين إن على تركيا واليونان أن تجلسا وتتحدثا.": "deescalation",
    "دعا ديندياس تركيا إلى توقيع المذكرة اليوم.": "deescalation",
    "ناشد غوتيريش أنقرة التحاق وفدها بالموقعين.": "deescalation",
    "حث ديندياس أنقرة على الإسراع في إبرام الاتفاق.": "deescalation",
    "دعا ديندياس تركيا إلى إفساح المجال للوسطاء.": "deescalation",
    "طالب ديندياس تركيا بإخلاء الجزر قبل التوقيع.": "escalation",
    "اشترط جاويش أوغلو للتوقيع محادثات جديدة على الجزر.": "escalation",
    "دعا ديندياس تركيا إلى التوقيع على تنازل عن الجزر.": "escalation",
    "دعا ديندياس ألمانيا إلى الانضمام إلى العقوبات على تركيا.": "escalation",
}


@pytest.mark.parametrize("sentence", CALLS)
def test_a_call_is_for_calm_or_for_what_one_side_wants(knowledge: Knowledge, sentence: str) -> None:
    assert {(s.event_type.value, s.direction.value) for s in read(knowledge, sentence)} == {
        ("REQUEST", CALLS[sentence])
    }


# how it is put: the verb behind قد is past, what has been so since a day is so today
MOODS = {
    "أما في أثينا فقد تظاهر آلاف اليونانيين رفضا للاتفاق مع تركيا.": ("PROTEST", "asserted"),
    "قال جاويش أوغلو إن بلاده أوقفت الطلعات قرب اليونان منذ منتصف نوفمبر.": ("CONCEDE", "asserted"),
    "قال جاويش أوغلو إن اليونان قد تحشد قواتها.": ("MOBILIZE", "conditional"),
}


@pytest.mark.parametrize("sentence", MOODS)
def test_a_verb_known_to_be_past_is_neither_possible_nor_history(knowledge: Knowledge, sentence: str) -> None:
    (signal,) = read(knowledge, sentence)
    assert (signal.event_type.value, signal.modality.value) == MOODS[sentence]


def test_each_of_two_that_declare_something_together_does_what_it_does(knowledge: Knowledge) -> None:
    (signal, *_) = read(knowledge, "أعلنت تركيا واليونان في بيان مشترك أن أنقرة ستجمد رسومها على السلع اليونانية.")
    assert (signal.actors, signal.recipients) == (("turkey",), ("greece",))


def test_forces_are_massed_before_the_state_that_counts_them(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "أعلنت برلين أنها رصدت عشر طائرات تركية حول سفنها.")
    assert (signal.event_type, signal.actors) == ("MOBILIZE", ("turkey",))
    assert "germany" in signal.recipients


def test_a_brief_accusation_is_shown_with_who_makes_it_of_whom(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "اتهم ديندياس أنقرة بالوقوف وراءه.")
    assert signal.evidence.text == "اتهم ديندياس أنقرة بالوقوف وراءه"


def test_a_tanker_is_no_report(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "استولت قوات تركية خاصة على ناقلة يونانية.")
    assert (signal.event_type, signal.actors, signal.recipients) == ("COERCE", ("turkey",), ("greece",))


def test_what_came_before_a_threat_is_told_apart_from_it(knowledge: Knowledge) -> None:
    signals = read(knowledge, "هدد ديندياس تركيا بالرد، بعد أن قُتل جنديان يونانيان في غارة تركية أمس.")
    assert {(s.event_type.value, s.actors) for s in signals} == {("THREATEN", ("greece",)), ("ASSAULT", ("turkey",))}


@pytest.mark.parametrize(
    ("headline", "actors"),
    [
        ("توقيف ضابط تركي في أثينا بتهمة التجسس.", ("greece",)),
        ("طرد دبلوماسيين تركيين من أثينا.", ("greece",)),
        ("احتجاز ناقلة يونانية في بحر إيجه.", ()),
        ("قصف مدفعي تركي على جزيرة يونانية.", ("turkey",)),
    ],
)
def test_whose_people_are_held_is_not_who_holds_them(
    knowledge: Knowledge, headline: str, actors: tuple[str, ...]
) -> None:
    (signal,) = read(knowledge, headline)
    assert signal.actors == actors
