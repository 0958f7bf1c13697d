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
# Threats that answer a deed: who would do it, and on whom it would be
ANSWERED = {
    "قال أوستن إن واشنطن سترد إذا هاجمت الصين تايوان.": ("taiwan", "china", "taiwan"),
    "قال أوستن إن الصين ستدفع ثمنا باهظا إذا غزت تايوان.": ("taiwan", "china", "taiwan"),
    "حذر أوستن من أن أي توغل صيني في تايوان سيقابل برد قاس.": ("taiwan", "china", "taiwan"),
    "قال أوستن إن بلاده سترد بحزم إذا تعرضت تايوان لهجوم.": ("taiwan", "china", "taiwan"),
    "قال أوستن إن واشنطن سترد بقوة على أي خطوة ضد تايوان.": ("taiwan", "china", "taiwan"),
    "قالت بكين إنها سترد بقوة إذا زودت واشنطن تايوان بالسلاح.": ("taiwan", "usa", "taiwan"),
    "حذرت بكين واشنطن من عواقب وخيمة إن هي زودت تايوان بالسلاح.": ("taiwan", "usa", "taiwan"),
    "قال نصر الله إن الحزب سيرد على أي اعتداء من جانب إسرائيل على لبنان.": ("lebanon", "israel", "lebanon"),
}
# Troops: before whom they are, and who only speaks of them
MASSED = {
    "حشدت بكين عشرات السفن قرب تايوان وأقلقت واشنطن.": ("taiwan", "taiwan", "usa"),
    "لا تزال واشنطن قلقة من حشد القوات الصينية قرب سواحل تايوان.": ("taiwan", "taiwan", "usa"),
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


@pytest.mark.parametrize("sentence", ANSWERED | MASSED)
def test_who_would_suffer_what_is_answered_is_not_threatened(
    known: dict[str, tuple[Knowledge, str]], sentence: str
) -> None:
    crisis, meant, named = (ANSWERED | MASSED)[sentence]
    knowledge, scene = known[crisis]
    signals = read(knowledge, sentence, scene)
    assert signals
    assert all(meant in signal.recipients for signal in signals)
    assert all(named not in signal.recipients for signal in signals)


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
