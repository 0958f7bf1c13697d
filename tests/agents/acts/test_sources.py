"""Who does an act and whom it befalls, where neither stands right beside its words."""

from __future__ import annotations

from typing import Any

import pytest

from agents.knowledge import Knowledge, build_knowledge
from schemas import Watchlist
from tests.agents.acts.straits import WATCHLIST, read
from tests.agents.acts.test_crises import CRISES, watchlist

CIVIL: dict[str, Any] = next(crisis for crisis in CRISES if crisis["id"] == "nile_civil")


@pytest.fixture(scope="module")
def straits() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.fixture(scope="module")
def civil_war() -> Knowledge:
    return build_knowledge(watchlist(CIVIL))


@pytest.mark.parametrize(
    ("sentence", "type_", "actors", "recipients"),
    [
        # an adjective that is written like its country
        ("وقال المتحدث إن قصفا تركيا طال جزيرة خيوس.", "ASSAULT", "turkey", "greece"),
        ("وأفاد ناشطون بأن هجوما تركيا استهدف الجزر اليونانية.", "ASSAULT", "turkey", "greece"),
        ("وقال غوتيريش مطالبا تركيا بسحب سفنها.", "REQUEST", "un", "turkey"),
        # those who are named together, before a verb
        ("قال وزير الخارجية الألماني إن الطرفين قبلا المقترح الألماني.", "AGREE", "greece turkey", "greece turkey"),
        ("قال غوتيريش إن الطرفين رفضا اقتراح الأمم المتحدة.", "REJECT", "greece turkey", "un"),
        # who speaks, in a noun with his pronoun
        ("وقال جاويش أوغلو إن جنوده سيغادرون قبرص واليونان.", "CONCEDE", "turkey", "greece"),
        ("وأبدت برلين استعدادها لاستضافة الطرفين.", "AGREE", "germany", "greece turkey"),
        # an unnamed subject behind "أن"
        ("قال ديندياس إن الوزارة رفضت عرض أنقرة.", "REJECT", "greece", "turkey"),
        ("وقالت الرئاسة إن الرئيس التركي دعا ديندياس إلى زيارة أنقرة.", "COOPERATE", "turkey", "greece"),
        ("قال ديندياس إن أنقرة رفضت عرض أثينا.", "REJECT", "turkey", "greece"),
        # with whom those fought who fell
        ("أعلن الجيش اليوناني مقتل ضابط وجنديين في مواجهة عنيفة مع القوات التركية.", "ASSAULT", "turkey", "greece"),
        ("وقتل جنديان يونانيان في اشتباك مع دورية تركية.", "ASSAULT", "turkey", "greece"),
        # a source with no comma behind it
        ("ووفقا للأمم المتحدة قتلت القوات التركية عشرة مدنيين يونانيين.", "ASSAULT", "turkey", "greece"),
        ("وبحسب برلين حشدت تركيا سفنها قبالة اليونان.", "MOBILIZE", "turkey", "greece"),
        ("وطبقا للأمم المتحدة احتجزت تركيا عشرين بحارا يونانيا.", "COERCE", "turkey", "greece"),
        # a day between a verb and its subject
        ("توغلت فجر الجمعة قوة تركية في أراضي اليونان.", "ASSAULT", "turkey", "greece"),
        ("وقصفت صباح اليوم طائرات تركية جزيرة خيوس.", "ASSAULT", "turkey", "greece"),
        ("وأسقط الحرس اليوناني صباح الأربعاء طائرة تركية.", "ASSAULT", "greece", "turkey"),
        # an object behind a name in the genitive
        ("غزو تركيا لليونان.", "ASSAULT", "turkey", "greece"),
        ("قتل جنديان من قبل القوات التركية.", "ASSAULT", "turkey", "greece"),
        # another's envoy
        ("واستدعت تركيا القائم بالأعمال اليوناني.", "ACCUSE", "turkey", "greece"),
        ("واستدعت أنقرة سفيرها لدى اليونان للتشاور.", "SANCTION", "turkey", "greece"),
    ],
)
def test_who_does_it_and_whom_it_befalls(
    straits: Knowledge, sentence: str, type_: str, actors: str, recipients: str
) -> None:
    assert (type_, actors, recipients) in told(straits, sentence)


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        ("وأفادت مصادر طبية بأن قصفا مدفعيا للدعم السريع أصاب سوقا للمواشي في الفاشر.", "rsf", "army"),
        ("وقتل عشرة مدنيين في قصف مدفعي للدعم السريع على حي في أم درمان.", "rsf", "army"),
        ("أوقعت غارات جوية للجيش السوداني عشرين قتيلا في نيالا.", "army", "rsf"),
        ("وأسقط الجيش السوداني مسيرة للدعم السريع.", "army", "rsf"),
        ("وأعلن الجيش السوداني قصف مواقع للدعم السريع.", "army", "rsf"),
        ("وقصفت وحدات تابعة للدعم السريع مواقع الجيش السوداني.", "rsf", "army"),
        ("وبحسب الأمم المتحدة قتل عشرون مدنيا في نيالا في غارات للجيش السوداني.", "army", "rsf"),
    ],
)
def test_whose_strike_it_is(civil_war: Knowledge, sentence: str, actors: str, recipients: str) -> None:
    assert ("ASSAULT", actors, recipients) in told(civil_war, sentence, CIVIL["scene"])


@pytest.mark.parametrize(
    ("sentence", "recipients"),
    [
        ("والتقى المبعوث الألماني لاجئين في أنقرة، ووصف جاويش أوغلو زيارة ألمانيا بأنها استفزاز.", "germany"),
        ("وفي ختام لقاء مع وفد ألمانيا، اتهم جاويش أوغلو الطرف الآخر بالكذب.", "greece"),
    ],
)
def test_who_is_accused_was_named_in_the_sentence(straits: Knowledge, sentence: str, recipients: str) -> None:
    assert ("ACCUSE", "turkey", recipients) in told(straits, sentence)


def test_a_government_that_fights_is_a_side_though_it_be_no_state() -> None:
    names = {"army": ("الجيش الوطني", "armed_group"), "government": ("حكومة الوفاق", "organisation")}
    names |= {"norland": ("نورلاند", "state"), "host": ("الأمم المتحدة", "organisation")}
    knowledge = build_knowledge(
        Watchlist.model_validate(
            {
                "watchlist": "coast",
                "title": {"en": "Coast"},
                "actors": [{"id": name, "kind": kind, "names": {"ar": [text]}} for name, (text, kind) in names.items()],
                "talks": [
                    {"id": "conference", "title": {"en": "Talk"}, "names": {}, "parties": [*names]},
                    {"id": "summit", "title": {"en": "Talk"}, "names": {}, "parties": ["norland", "host", "army"]},
                ],
            }
        )
    )
    scene = "يشارك الجيش الوطني وحكومة الوفاق في مؤتمر ترعاه الأمم المتحدة. وأعلنت نورلاند مشاركتها في المؤتمر. "
    found = told(knowledge, "وقال الجيش الوطني إنه لن يتراجع عن المواقع التي سيطر عليها.", scene)
    assert ("REJECT", "army", "government") in found


def told(knowledge: Knowledge, sentence: str, scene: str | None = None) -> list[tuple[str, str, str]]:
    signals = read(knowledge, sentence) if scene is None else read(knowledge, sentence, scene)
    return [(s.event_type.value, " ".join(sorted(s.actors)), " ".join(sorted(s.recipients))) for s in signals]
