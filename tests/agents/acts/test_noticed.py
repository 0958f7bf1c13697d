"""What the words of a clause speak for together, where no rule tells an act."""

from __future__ import annotations

from itertools import chain

import pytest

from agents.acts.noticed import CALM, NOTHING, direction_of, is_read, load_act_weights
from agents.acts.plover import load_plover
from agents.knowledge import Knowledge, build_knowledge
from agents.language.text import fold
from schemas import Direction
from tests.agents.acts.straits import WATCHLIST, read


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


# told in words that no row of acts.yaml has, and which way they go
NOTICED = {
    "قال ديندياس إن أثينا تعرف كيف توقف الأتراك عند الشاطئ.": Direction.ESCALATION,
    "قال ديندياس إن من الصعب أن يبقى الأنبوب مفتوحا إذا كرر الأتراك فعلتهم.": Direction.ESCALATION,
    "قال ديندياس إن بلاده سترافق جارتها في كل خطوة نحو تنفيذ التفاهم بكامله.": Direction.DEESCALATION,
}
PASSED_OVER = [
    "ضرب زلزال سواحل تركيا واليونان وأوقع عشرات القتلى والجرحى في الجزر.",  # nobody says it
    "قال ديندياس إن المترجمين عملوا حتى ساعة متأخرة من الليل في الطابق الثاني.",
    "قال جاويش أوغلو إن عدد السياح اليونانيين في إسطنبول بلغ مليونا هذا الصيف.",
]


@pytest.mark.parametrize("sentence", NOTICED)
def test_what_somebody_says_is_noticed_in_whatever_words(knowledge: Knowledge, sentence: str) -> None:
    (signal,) = read(knowledge, sentence)
    assert signal.noticed
    assert signal.direction is NOTICED[sentence]
    assert {*signal.actors, *signal.recipients} == {"turkey", "greece"}


@pytest.mark.parametrize("sentence", PASSED_OVER)
def test_everyday_news_is_not_noticed(knowledge: Knowledge, sentence: str) -> None:
    assert read(knowledge, sentence) == []


def test_what_a_rule_tells_is_not_only_noticed(knowledge: Knowledge) -> None:
    (signal,) = read(knowledge, "هدد جاويش أوغلو بقصف جزر يونانية إذا لم تنسحب أثينا منها.")
    assert not signal.noticed


def test_weights_are_of_kinds_and_clues_that_are_known() -> None:
    weights = load_act_weights()
    kinds = {*load_plover().types, CALM, NOTHING}
    assert weights.bias.keys() <= kinds
    assert set(chain.from_iterable(weights.clues.values())) <= weights.bias.keys()
    words = [name.partition(" ")[2] for name in weights.clues if name.startswith(("word ", "lead "))]
    assert [word for word in words if word != fold(word)] == []
    assert 0.5 < weights.enough < 1.0


def test_only_clauses_of_some_words_are_asked_about() -> None:
    assert not is_read("say", ["كلمة"] * 4)
    assert is_read("say", ["كلمة"] * 5)
    assert is_read("say", ["كلمة"] * 14)
    assert not is_read("say", ["كلمة"] * 15)
    assert not is_read(None, ["كلمة"] * 5)  # what the article tells itself


def test_a_call_for_calm_goes_the_other_way_than_a_demand() -> None:
    assert direction_of(CALM) is Direction.DEESCALATION
    assert direction_of("REQUEST") is Direction.ESCALATION
