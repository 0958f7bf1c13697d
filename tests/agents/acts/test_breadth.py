"""One sentence after another from the news of a dispute, each with the types that a careful reader may give it."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read

TOLD = {
    "شدد ديندياس على أن السيادة اليونانية غير قابلة للنقاش.": "REJECT",
    "قال جاويش أوغلو إن تركيا ماضية في التنقيب مهما كان الثمن.": "THREATEN",
    "أعلن وزير الخارجية اليوناني أن بلاده أودعت شكوى لدى مجلس الأمن ضد أنقرة.": "ACCUSE SANCTION",
    "حذرت أثينا من مغبة المساس بجزرها.": "THREATEN",
    "توعدت أنقرة اليونان برد مؤلم.": "THREATEN",
    "قال ديندياس إن التصرفات التركية تقوض الاستقرار في المنطقة.": "ACCUSE",
    "أطلقت سفينة تركية طلقات تحذيرية باتجاه زورق يوناني.": "ASSAULT THREATEN COERCE",
    "حلقت مقاتلات تركية فوق جزر يونانية صباح الأحد.": "COERCE MOBILIZE ASSAULT",
    "دفعت أنقرة بتعزيزات عسكرية إلى الحدود مع اليونان.": "MOBILIZE",
    "بدأت البحرية اليونانية مناورات بالذخيرة الحية جنوب كريت.": "MOBILIZE",
    "وصف ديندياس التصريحات التركية بأنها استفزازية.": "ACCUSE",
    "قال وزير الخارجية التركي إن أثينا تتهرب من التزاماتها.": "ACCUSE",
    "نددت الخارجية اليونانية بانتهاك مقاتلات تركية مجالها الجوي.": "ACCUSE",
    "اشترطت أثينا سحب السفينة قبل أي حوار.": "REQUEST REJECT",
    "أكد جاويش أوغلو أن بلاده لن تتخلى عن شبر من حقوقها.": "REJECT",
    "قالت أنقرة إنها تحتفظ بحق الرد.": "THREATEN",
    "عرض وزير الخارجية التركي لقاء نظيره اليوناني في أي مكان.": "COOPERATE CONSULT AGREE REQUEST",
    "أعلنت تركيا سحب سفينة التنقيب إلى الميناء.": "RETREAT CONCEDE AGREE",
    "اتفق الجانبان على خط ساخن بين القيادتين.": "AGREE",
    "دعت ألمانيا أنقرة وأثينا إلى الحوار.": "REQUEST",
    "طالب ديندياس الاتحاد الأوروبي بفرض عقوبات على تركيا.": "REQUEST",
    "قال ديندياس إنه إذا عادت السفينة فلن نجلس إلى الطاولة.": "REJECT THREATEN",
    "علقت أثينا مشاركتها في المحادثات الاستكشافية.": "REJECT",
    "استدعت الخارجية اليونانية السفير التركي للاحتجاج.": "ACCUSE SANCTION REJECT",
    "احتجز خفر السواحل التركي قارب صيد يونانيا.": "COERCE",
    "منعت أنقرة طائرة ديندياس من عبور أجوائها.": "COERCE",
    "قتل جندي يوناني برصاص تركي عند الحدود.": "ASSAULT",
    "تعهدت اليونان بعدم نشر قوات في الجزيرة.": "CONCEDE AGREE",
    "أكدت أنقرة التزامها بالتهدئة.": "AGREE CONCEDE",
    "قال جاويش أوغلو إن على اليونان أن تكف عن تسليح الجزر.": "REQUEST",
    "شنت أنقرة حملة اعتقالات طالت يونانيين.": "COERCE",
    "ألغى وزير الخارجية اليوناني زيارته إلى أنقرة.": "REJECT",
    "لم يستبعد ديندياس اللجوء إلى محكمة لاهاي.": "THREATEN",
    "قال وزير الخارجية التركي إن صبرنا بدأ ينفد.": "THREATEN",
    "أيدت ألمانيا الموقف اليوناني.": "SUPPORT",
    "قال ديندياس إن تركيا تلعب بالنار.": "ACCUSE THREATEN",
    "قال جاويش أوغلو: من يحاول عزلنا سيخسر.": "THREATEN",
    "أسقطت الدفاعات اليونانية طائرة مسيرة تركية فوق الجزيرة.": "ASSAULT",
    "أعلنت أثينا إغلاق مجالها الجوي أمام الطائرات التركية.": "COERCE SANCTION",
    "سخر جاويش أوغلو من العرض اليوناني.": "REJECT ACCUSE",
    "قالت الخارجية اليونانية إن أنقرة خرقت الهدنة عشر مرات.": "ACCUSE",
    "رهن جاويش أوغلو استئناف الحوار برفع العقوبات.": "REQUEST",
    "أفرجت تركيا عن جنديين يونانيين.": "RETREAT",
    "قبلت أثينا المقترح الألماني للتهدئة.": "AGREE",
    "أبدت أنقرة مرونة إزاء المقترح اليوناني.": "AGREE CONCEDE",
    "لوحت أثينا بورقة الفيتو ضد انضمام تركيا.": "THREATEN",
    "صعدت أنقرة لهجتها وقالت إن الجواب سيكون في الميدان.": "THREATEN",
    "تراشق الجانبان الاتهامات.": "ACCUSE",
}
UNCOUNTED = {"AGREE", "CONSULT"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize("sentence", TOLD)
def test_an_act_is_given_one_of_its_types_and_no_other(knowledge: Knowledge, sentence: str) -> None:
    types = {signal.event_type.value for signal in read(knowledge, sentence)}
    assert types & set(TOLD[sentence].split())
    assert types - UNCOUNTED <= set(TOLD[sentence].split())
