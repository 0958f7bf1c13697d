"""Force and the threat of it in many words: attacks, coercion, mobilisation, sanctions, threats; how they are put, and
everyday news in the same words.
"""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read

# of Turkey against Greece, unless it begins with a minus
TOLD = {
    "ASSAULT asserted": [
        "خر جنديان يونانيان صريعين برصاص قناص تركي.",
        "غرزت سفينة تركية مقدمتها في بدن زورق يوناني.",
        "ارتكب الجيش التركي مجزرة في قرية يونانية.",
        "سلطت سفينة تركية خراطيم المياه على زوارق يونانية.",
        "كثفت أنقرة ضرباتها على المواقع اليونانية.",
        "حصدت النيران التركية أرواح ستة جنود يونانيين.",
        "كانت بلدة يونانية هدفا لغارات تركية ليلية.",
        "-هوت مسيّرة تركية فوق ليمنوس بعد أن عاجلها صاروخ يوناني.",
    ],
    "ASSAULT denied": [
        "قال جاويش أوغلو إن جيشه لم يقصف القرية اليونانية.",
        "قالت أنقرة إن قواتها لم تطلق أي رصاصة على الزورق اليوناني.",
        "نفت أنقرة ضلوعها في الانفجار الذي هز المرفأ اليوناني.",
    ],
    "MOBILIZE asserted": [
        "اتخذت كتيبة إنزال تركية مواقعها قبالة الجزيرة اليونانية.",
        "وجهت هيئة الأركان التركية أوامر التحاق إلى عشرة آلاف من جنود الاحتياط.",
        "تتدفق على الحدود اليونانية آليات تركية ثقيلة.",
        "زجت أنقرة بفرقة مدرعة جديدة على الجبهة مع اليونان.",
        "-ألغى الجيش اليوناني الإجازات ووضع وحداته على أهبة الاستعداد.",
        "-أعلنت أثينا الأحكام العرفية والتعبئة العامة بسبب الهجوم التركي.",
    ],
    "MOBILIZE background": ["وكانت تركيا قد نشرت عام 2020 سفنا حربية قبالة الجزر اليونانية."],
    "ASSAULT background": ["وسبق لقوات تركية أن هاجمت الجزيرة اليونانية."],
    "COERCE asserted": [
        "طردت زوارق تركية صيادين يونانيين من المياه المتنازع عليها.",
        "وقع بحاران يونانيان في قبضة خفر السواحل التركي.",
        "أدخلت أنقرة سفينة أبحاث إلى الجرف القاري اليوناني.",
        "قضت محكمة تركية بسجن قبطان يوناني أربع سنوات بتهمة التجسس.",
        "شنت تركيا هجوما إلكترونيا على وزارات يونانية.",
    ],
    "COERCE denied": ["قال جاويش أوغلو إن بلاده لم تشوش على أي طائرة يونانية."],
    "SANCTION asserted": [
        "-شددت أثينا عقوباتها على قطاع الطاقة التركي.",
        "-أضافت أثينا ستة أسماء تركية إلى لائحة العقوبات.",
        "-تحللت أثينا من معاهدة نزع السلاح مع تركيا.",
        "-طلبت أثينا من القنصل التركي أن يغادر خلال يومين.",
        "-أنهت أثينا العمل باتفاق إعادة اللاجئين مع تركيا.",
    ],
    "THREATEN conditional": [
        "قال جاويش أوغلو: الأصابع التي تمتد إلى وطننا ستكسر.",
        "قال جاويش أوغلو لليونان: لا تختبروا صبرنا.",
        "قال جاويش أوغلو إن رد بلاده على اليونان لن يتأخر.",
        "قال جاويش أوغلو إن أثينا أمامها ثلاثة أيام لسحب جنودها.",
        "أقسم جاويش أوغلو على الثأر من اليونان.",
        "وضعت أنقرة أثينا أمام خيارين: الانسحاب أو الحرب.",
        "-قال ديندياس إن بلاده ستنزل كل طائرة تركية تدخل أجواءها.",
    ],
    "THREATEN denied": ["قال جاويش أوغلو إن بلاده لم تتوعد أي جار."],
}
SILENT = [
    "أغرقت السيارات التركية الأسواق اليونانية.",
    "حاصر الصحافيون الوزير اليوناني بالأسئلة عن تركيا.",
    "أطلقت أنقرة صاروخا يحمل قمرا صناعيا للاتصالات.",
    "لوح جاويش أوغلو بيده للصحفيين اليونانيين.",
    "نفد صبر الركاب الأتراك في مطار أثينا.",
    "انقض نسر على دجاج مزارع يوناني قرب الحدود التركية.",
    "اعتقلت شرطة أثينا لصا تركيا سرق متجرا.",
    "قطع المنتخب التركي الطريق على منافسه اليوناني في التصفيات.",
    "رست سفينة سياحية تركية قبالة رودس.",
    "كبدت موجة الصقيع مزارعي تركيا واليونان خسائر كبيرة.",
    "فيلم يوناني عن اغتيال ضابط تركي يفوز بجائزة.",
    "منعت بلدية أثينا دخول الشاحنات التركية إلى وسط المدينة.",
]
CASES = [(kind, sentence) for kind, sentences in TOLD.items() for sentence in sentences]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize(("kind", "told"), CASES, ids=[sentence for _, sentence in CASES])
def test_force_is_told_in_many_words(knowledge: Knowledge, kind: str, told: str) -> None:
    event_type, modality = kind.split()
    actor, recipient = ("greece", "turkey") if told.startswith("-") else ("turkey", "greece")
    signals = read(knowledge, told.removeprefix("-"))
    assert [(s.event_type.value, s.modality.value) for s in signals] == [(event_type, modality)]
    assert actor in signals[0].actors
    assert recipient in signals[0].recipients


@pytest.mark.parametrize("sentence", SILENT)
def test_everyday_news_in_the_same_words_tells_of_no_force(knowledge: Knowledge, sentence: str) -> None:
    assert read(knowledge, sentence) == []
