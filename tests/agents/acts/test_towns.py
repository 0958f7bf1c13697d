"""Who acts on whom where a town, a crowd, a gift or a neighbour tells it, and look-alikes that tell something else."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


TOLD = {
    # whom a deed hits, and who protests
    "قصفت طائرات ألمانية إزمير فجر اليوم.": ("ASSAULT", "asserted", ["germany"], ["turkey"]),
    "قصفت طائرات ألمانية مواقع يونانية قرب إزمير.": ("ASSAULT", "asserted", ["germany"], ["greece"]),
    "حشدت ألمانيا دباباتها على حدود ألكسندروبولي.": ("MOBILIZE", "asserted", ["germany"], ["greece"]),
    "تجمهر مزارعون أمام القنصلية التركية في سالونيك.": ("PROTEST", "asserted", ["greece"], ["turkey"]),
    "وفي سالونيك أضرب أصحاب المتاجر يوما كاملا رفضا للوجود التركي.": ("PROTEST", "asserted", ["greece"], ["turkey"]),
    "نزل آلاف الإزميريين إلى الساحة تنديدا بالغارات اليونانية.": ("PROTEST", "asserted", ["turkey"], ["greece"]),
    "ورشق شبان غاضبون القنصلية التركية بالحجارة.": ("PROTEST", "asserted", [], ["turkey"]),
    "يواصل طلبة اعتصامهم أمام مركز منح التأشيرات التركي.": ("PROTEST", "asserted", [], ["turkey"]),
    "تظاهر الآلاف في سالونيك. وأحرق بعضهم صورا لقادة تركيا.": ("PROTEST", "asserted", ["greece"], ["turkey"]),
    "قال محافظ إزمير إن اليونان تخرق الاتفاق.": ("ACCUSE", "asserted", ["turkey"], ["greece"]),
    "اتهم محافظ إزمير اليونان بخرق الاتفاق.": ("ACCUSE", "asserted", ["turkey"], ["greece"]),
    "وعلى حدود اليونان عشرات الآلاف من الجنود الأتراك.": ("MOBILIZE", "asserted", ["turkey"], ["greece"]),
    # who does it stands elsewhere
    "قُتل جنديان تركيان بعبوة زرعها جنود يونانيون.": ("ASSAULT", "asserted", ["greece"], ["turkey"]),
    "احتجز خفر السواحل التركي سبعة صيادين يونانيين وصادر قواربهم.": ("COERCE", "asserted", ["turkey"], ["greece"]),
    "وصلت إلى الحدود اليونانية أرتال تركية تضم عشرات الدبابات.": ("MOBILIZE", "asserted", ["turkey"], ["greece"]),
    "تسلمت اليونان من تركيا شحنة من أدوية السرطان.": ("AID", "asserted", ["turkey"], ["greece"]),
    "قالت أثينا إنها أمهلت السفير التركي 48 ساعة لمغادرة البلاد.": ("SANCTION", "asserted", ["greece"], ["turkey"]),
    "كرر غوتيريش عرض استضافة حوار بين أنقرة وأثينا.": ("COOPERATE", "asserted", ["un"], ["turkey", "greece"]),
    # at a price, or as it is
    "قال ديندياس إن بلاده لن تشارك في الجولة إذا واصلت تركيا التنقيب.": (
        "REJECT",
        "conditional",
        ["greece"],
        ["turkey"],
    ),
    "قال ديندياس إن بلاده لن تشارك في الجولة ما دامت قد ألغيت.": ("REJECT", "asserted", ["greece"], ["turkey"]),
    "قال جاويش أوغلو إن المناورات ستستمر حتى الجمعة.": ("MOBILIZE", "asserted", ["turkey"], ["greece"]),
}


@pytest.mark.parametrize("sentence", TOLD)
def test_who_acts_on_whom(knowledge: Knowledge, sentence: str) -> None:
    event_type, modality, actors, recipients = TOLD[sentence]
    told = [(s.event_type.value, s.modality.value, [*s.actors], [*s.recipients]) for s in read(knowledge, sentence)]
    assert (event_type, modality, actors, recipients) in told


@pytest.mark.parametrize(
    "sentence",
    [
        "قتل جنديان تركيان في هجوم على مركز في بلدة أوريستيادا اليونانية.",  # where it is
        "سقطت خمسة صواريخ على معبر إيبسالا التركي.",
    ],
)
def test_whose_country_a_place_is_in_acts_not(knowledge: Knowledge, sentence: str) -> None:
    deeds = [signal for signal in read(knowledge, sentence) if signal.event_type == "ASSAULT"]
    assert [signal.actors for signal in deeds] == [()]


def test_a_town_where_somebody_speaks_is_no_side(knowledge: Knowledge) -> None:
    (there,) = read(knowledge, "وقال ديندياس في إزمير إن بلاده ترفض مقترح ألمانيا.")
    (here,) = read(knowledge, "وقال ديندياس إن بلاده ترفض مقترح ألمانيا.")
    assert (there.event_type, there.actors, there.recipients) == (here.event_type, here.actors, here.recipients)
