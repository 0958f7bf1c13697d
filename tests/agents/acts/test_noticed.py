"""What the words of a clause speak for together, where no rule tells an act."""

from __future__ import annotations

from itertools import chain

import pytest

from agents.acts.noticed import CALM, NOTHING, direction_of, is_read, load_act_weights
from agents.acts.plover import load_plover
from agents.knowledge import Knowledge, build_knowledge
from agents.language.text import fold
from schemas import Direction, Signal
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


# invented sentences in words that no row of acts.yaml has, and which way they go
NOTICED = {
    "قال ديندياس إن من دروس التاريخ أن الأتراك متى دخلوا بيتا صعب إخراجهم منه.": Direction.ESCALATION,
}


def of(knowledge: Knowledge, sentence: str) -> list[Signal]:
    return read(knowledge, sentence)


def test_weights_are_of_kinds_and_clues_that_are_known() -> None:
    weights = load_act_weights()
    kinds = {*load_plover().types, CALM, NOTHING}
    assert weights.bias.keys() <= kinds
    assert set(chain.from_iterable(weights.clues.values())) <= weights.bias.keys()
    words = [name.partition(" ")[2] for name in weights.clues if name.startswith(("word ", "lead "))]
    assert [word for word in words if word != fold(word)] == []
    assert 0.5 < weights.enough < 1.0


def test_only_clauses_of_some_words_are_asked_about() -> None:
    assert not is_read(["كلمة"] * 4)
    assert is_read(["كلمة"] * 5)
    assert is_read(["كلمة"] * 14)
    assert not is_read(["كلمة"] * 15)


def test_a_call_for_calm_goes_the_other_way_than_a_demand() -> None:
    assert direction_of(CALM) is Direction.DEESCALATION
    assert direction_of("REQUEST") is Direction.ESCALATION
