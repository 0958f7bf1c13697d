"""Which body of a side acts: a side whose factions are on the watchlist, and a government."""

from __future__ import annotations

from typing import Any, Final

import pytest

from agents.acts.bodies import bodies
from agents.knowledge import build_knowledge
from agents.language.lexicon import build_lexicon
from schemas import Watchlist
from tests.agents.acts.straits import read

ACTORS: Final[list[dict[str, Any]]] = [
    {"id": "government", "kind": "state", "names": {"ar": ["الحكومة"]}},
    {"id": "rebels", "kind": "bloc", "names": {"ar": ["المتمردون"]}},
    {"id": "front", "kind": "armed_group", "party": "rebels", "names": {"ar": ["الجبهة"]}},
    {"id": "brigade", "kind": "armed_group", "party": "rebels", "names": {"ar": ["اللواء"]}},
    {"id": "salim", "kind": "person", "party": "front", "names": {"ar": ["سالم"]}},
    {"id": "ministry", "kind": "office", "party": "government", "names": {"ar": ["الوزارة"]}},
]
LEXICON: Final = build_lexicon(Watchlist.model_validate({"watchlist": "islands", "title": {}, "actors": ACTORS}))


@pytest.mark.parametrize(
    ("sides", "told", "acts"),
    [
        (["rebels"], [["front"]], ["front"]),
        (["rebels"], [["salim"]], ["front"]),  # for whom he speaks
        (["rebels"], [["front", "brigade"]], ["rebels"]),
        (["rebels"], [["salim", "front"], ["brigade"]], ["front"]),  # what tells first
        (["rebels"], [["government"], ["brigade"]], ["brigade"]),  # another side tells nothing
        (["rebels"], [["rebels"]], ["rebels"]),
        (["rebels"], [[], []], ["rebels"]),
        (["government", "rebels"], [["ministry", "front"]], ["government", "front"]),
        (["elsewhere"], [["front"]], ["elsewhere"]),
    ],
)
def test_the_body_that_is_told_acts_for_its_side(sides: list[str], told: list[list[str]], acts: list[str]) -> None:
    assert bodies(LEXICON, sides, *told) == tuple(acts)


def test_two_who_speak_for_each_other_end_nowhere() -> None:
    rows = [{**ACTORS[4], "party": "zaki"}, {**ACTORS[4], "id": "zaki", "names": {"ar": ["زكي"]}, "party": "salim"}]
    lexicon = build_lexicon(Watchlist.model_validate({"watchlist": "islands", "title": {}, "actors": rows}))
    assert lexicon.body_of("salim") in ("salim", "zaki")


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("هدد سالم بقصف الحكومة إذا لم تنسحب.", ("front",)),
        ("هاجم اللواء مواقع الحكومة.", ("brigade",)),
        ("هاجم المتمردون مواقع الحكومة.", ("rebels",)),
        ("قال سالم إن اللواء هاجم مواقع الحكومة.", ("brigade",)),
    ],
)
def test_a_signal_names_the_body_that_acts(sentence: str, acts: tuple[str, ...]) -> None:
    knowledge = build_knowledge(Watchlist.model_validate({"watchlist": "islands", "title": {}, "actors": ACTORS}))
    assert {signal.actors for signal in read(knowledge, sentence)} == {acts}
