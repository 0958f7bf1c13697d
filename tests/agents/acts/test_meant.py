"""Whom an act is meant for where a third side is named, or none."""

from __future__ import annotations

import pytest

from agents.acts import Sides
from agents.knowledge import Knowledge, build_knowledge
from schemas import Watchlist
from tests.agents.acts.straits import read
from tests.agents.acts.test_crises import CRISES, watchlist

# What nobody may do, whom it is told to, and who is only shielded or named
NOBODY = {
    "قال أوستن إن واشنطن لن تسمح لأحد بتغيير وضع تايوان بالقوة.": ("taiwan", "china", "taiwan"),
    "أكد أوستن أن بلاده لن تدع أحدا يغلق باب تايوان.": ("taiwan", "china", "taiwan"),
    "قال أردوغان إن أنقرة لن تسمح لأحد بإغلاق موانئ أوكرانيا.": ("grain", "russia", "ukraine"),
    "قالت بكين إنها لن تسمح لأحد بالمساس بسيادة باكستان.": ("kashmir", "india", "pakistan"),
    "قال نصر الله إن الحزب لن يسمح لأحد بسرقة غاز لبنان.": ("lebanon", "israel", "lebanon"),
    "وأكد كاغامي أن رواندا لن تسمح لأحد بطرد حركة 23 مارس من غوما.": ("kivu", "drc", "m23"),
    "قال أردوغان إن أنقرة لن تسمح لروسيا بالإضرار بأحد.": ("grain", "russia", "ukraine"),
    "قال أوستن إن واشنطن لن تسمح للصين بغزو تايوان.": ("taiwan", "china", "japan"),
}
TOGETHER = {
    "تعهدت الصين والولايات المتحدة بعدم تسيير سفن في المضيق.": ("taiwan", {"china", "usa"}),
    "وقال الجانبان إنهما سيوقفان إطلاق النار، بحسب بيان نشر في الصين.": ("kashmir", {"india", "pakistan"}),
    "أكدت كينشاسا وحركة 23 مارس في الدوحة التزامهما بوقف إطلاق النار.": ("kivu", {"drc", "m23"}),
    "التزمت روسيا وأوكرانيا في إسطنبول بعدم مهاجمة سفن الحبوب.": ("grain", {"russia", "ukraine"}),
    "جدد الجانبان تمسكهما باتفاق آذار.": ("jazira", {"government", "sdf"}),
    "أبدى الجانبان استعدادهما لسحب السفن من الحقل.": ("lebanon", {"lebanon", "israel"}),
    "تعهدت روسيا وتركيا بتزويد الاتحاد الأوروبي بالحبوب.": ("grain", {"eu", "ukraine"}),
    "أعلنت أنغولا وقطر استعدادهما لاستضافة جولة بين كينشاسا والحركة.": ("kivu", {"drc", "m23"}),
}


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[Knowledge, str]]:
    return {crisis["id"]: (build_knowledge(watchlist(crisis)), crisis["scene"]) for crisis in CRISES}


@pytest.mark.parametrize("sentence", NOBODY)
def test_who_shields_somebody_speaks_to_his_adversary(known: dict[str, tuple[Knowledge, str]], sentence: str) -> None:
    crisis, meant, named = NOBODY[sentence]
    knowledge, scene = known[crisis]
    (signal,) = read(knowledge, sentence, scene)
    assert meant in signal.recipients
    assert named not in signal.recipients


@pytest.mark.parametrize("sentence", TOGETHER)
def test_adversaries_who_promise_together_promise_each_other(
    known: dict[str, tuple[Knowledge, str]], sentence: str
) -> None:
    crisis, meant = TOGETHER[sentence]
    knowledge, scene = known[crisis]
    (signal,) = read(knowledge, sentence, scene)
    assert set(signal.recipients) == meant


def _sides(kinds: dict[str, str], *tables: list[str]) -> Sides:
    watchlist = Watchlist.model_validate(
        {
            "watchlist": "tables",
            "title": {"en": "Tables"},
            "actors": [{"id": side, "kind": kind, "names": {"ar": [side]}} for side, kind in kinds.items()],
            "talks": [
                {"id": f"talk-{n}", "title": {"ar": "جولة"}, "names": {"ar": [f"جولة {n}"]}, "parties": table}
                for n, table in enumerate(tables)
            ],
        }
    )
    return build_knowledge(watchlist).sides


def test_who_stand_first_at_table_after_table_are_at_odds() -> None:
    armies = {"one": "organisation", "other": "organisation", "host": "state", "un": "organisation"}
    assert _sides(armies, ["one", "other", "host"], ["one", "other", "un"]).core == {frozenset(("one", "other"))}
    assert not _sides(armies, ["one", "other", "host"], ["un", "host", "one"]).core


def test_of_three_who_always_sit_together_nobody_knows_who_is_at_odds() -> None:
    river = {"mouth": "state", "middle": "state", "source": "state"}
    assert not _sides(river, ["mouth", "middle", "source"], ["mouth", "middle", "source"]).core
