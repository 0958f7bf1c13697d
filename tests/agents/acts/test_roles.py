"""Who is at odds with whom, as a watchlist tells it."""

from __future__ import annotations

import pytest

from agents.acts.sides import Sides
from agents.knowledge import build_knowledge
from schemas import Watchlist
from tests.agents.acts.straits import WATCHLIST, read

FORCES = ["norland", "forces", "host"]


def watchlist(*talks: list[str]) -> Watchlist:
    names = {"norland": "نورلاند", "forces": "قوات الجبل", "host": "هوستيا", "neighbour": "جيرانيا"}
    return Watchlist.model_validate(
        {
            "watchlist": "hills",
            "title": {"en": "Hills"},
            "actors": [
                {"id": name, "kind": "organisation" if name == "forces" else "state", "names": {"ar": [text]}}
                for name, text in names.items()
            ],
            "talks": [
                {"id": f"talk-{number}", "title": {"en": "Talk"}, "names": {}, "parties": parties}
                for number, parties in enumerate(talks)
            ],
        }
    )


@pytest.mark.parametrize(
    ("talks", "at_odds"),
    [
        ([FORCES, ["norland", "forces"]], True),  # with the same side in talk after talk
        ([FORCES], False),  # a body that sits at one table may be its host
    ],
)
def test_an_organisation_that_talks_with_one_side_again_is_at_odds_with_it(
    talks: list[list[str]], at_odds: bool
) -> None:
    sides = Sides(build_knowledge(watchlist(*talks)))
    assert (frozenset(["norland", "forces"]) in sides.core) is at_odds


def test_a_neighbour_that_threatens_means_one_of_those_who_fight() -> None:
    knowledge = build_knowledge(watchlist(FORCES, ["norland", "forces"], ["neighbour", "norland", "host"]))
    scene = "تستأنف نورلاند وقوات الجبل محادثاتهما في هوستيا. ولم تسلم قوات الجبل سلاحها. "
    signals = read(knowledge, "وقالت جيرانيا إن صبرها نفد وإن من يماطل سيدفع الثمن.", scene)
    assert [(signal.actors, signal.recipients) for signal in signals if signal.event_type == "THREATEN"] == [
        (("neighbour",), ("forces",))
    ]


def test_who_is_at_odds_with_the_same_adversary_is_a_friend_and_not_threatened() -> None:
    knowledge = build_knowledge(watchlist(FORCES, ["norland", "forces"], ["neighbour", "forces"]))
    scene = "تستأنف نورلاند وقوات الجبل محادثاتهما، ومثلها جيرانيا وقوات الجبل. ولم تسلم قوات الجبل سلاحها. "
    signals = read(knowledge, "وقالت نورلاند إنها سترد بحزم على أي هجوم على جيرانيا.", scene)
    assert [(signal.actors, signal.recipients) for signal in signals if signal.event_type == "THREATEN"] == [
        (("norland",), ("forces",))
    ]


@pytest.mark.parametrize(("abroad", "types"), [("", ["MOBILIZE"]), ("وزار الوزير باريس ثم لندن ثم مدريد. ", [])])
def test_a_quarrel_that_is_no_matter_of_talks_may_name_a_stranger_in_passing(abroad: str, types: list[str]) -> None:
    knowledge = build_knowledge(watchlist(["norland", "forces"]))
    scene = "اتهمت جيرانيا هوستيا بالكذب، وردت هوستيا على جيرانيا. وقالت جيرانيا إن هوستيا تماطل، وزار الوزير فرنسا. "
    signals = read(knowledge, "وأعلنت جيرانيا التعبئة العامة.", scene + "وشكت هوستيا جيرانيا. " + abroad)
    assert [signal.event_type.value for signal in signals] == types


@pytest.mark.parametrize(
    ("sentence", "threatened", "spared"),
    [
        ("قال ديندياس إن أي اعتداء على ألمانيا سيقابل برد قاس.", "turkey", "germany"),
        ("قال ديندياس إن كل عدوان عسكري على ألمانيا ستكون له عواقب وخيمة.", "turkey", "germany"),
        ("حذر ديندياس من مهاجمة ألمانيا.", "turkey", "germany"),
        ("هدد ديندياس بهجوم على ألمانيا.", "germany", ""),
    ],
)
def test_who_answers_an_attack_on_another_means_whoever_attacks(sentence: str, threatened: str, spared: str) -> None:
    (signal,) = read(build_knowledge(WATCHLIST), sentence)
    assert signal.event_type.value == "THREATEN"
    assert threatened in signal.recipients
    assert spared not in signal.recipients


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("قال ديندياس إن القوات المسلحة استهدفت سفينة تركية.", "ASSAULT greece turkey"),
        ("قال ديندياس إن القوات البحرية وسلاح الجو هاجما ثلاث مدمرات تركية.", "ASSAULT greece turkey"),
        ("قال ديندياس: أسقطت الدفاعات الجوية مسيرة تركية.", "ASSAULT greece turkey"),
        ("قال جاويش أوغلو إن خفر السواحل احتجز زورقا يونانيا.", "COERCE turkey greece"),
        ("قال جاويش أوغلو إن الجيش حشد دبابات قرب الحدود اليونانية.", "MOBILIZE turkey greece"),
        ("قال ديندياس إن القوات المسلحة التركية استهدفت سفينة.", "ACCUSE greece turkey"),
        ("قال ديندياس: قصفت القوات البحرية التركية قرية.", "ACCUSE greece turkey"),
        ("قال ديندياس إن سلاح الجو التركي ضرب مواقع للجيش.", "ACCUSE greece turkey"),
    ],
)
def test_arms_that_are_named_for_nobody_are_those_of_who_speaks(sentence: str, told: str) -> None:
    signals = read(build_knowledge(WATCHLIST), sentence)
    assert [f"{s.event_type.value} {' '.join(s.actors)} {' '.join(s.recipients)}" for s in signals] == [told]


def test_whose_spokesman_is_a_soldier_is_armed_whatever_the_watchlist_calls_it() -> None:
    def lists(role: str) -> Sides:
        front = {"id": "front", "kind": "organisation", "names": {"ar": ["الجبهة"]}}
        speaker = {
            "id": "speaker",
            "kind": "person",
            "party": "front",
            "names": {"ar": ["سالم"]},
            "roles": {"ar": [role]},
        }
        rows = {"watchlist": "hills", "title": {"en": "Hills"}, "actors": [front, speaker], "talks": []}
        return Sides(build_knowledge(Watchlist.model_validate(rows)))

    assert lists("الناطق العسكري باسم الجبهة").armed == {"front"}
    assert lists("الناطق باسم الجبهة").armed == set()
