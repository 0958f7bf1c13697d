"""What texts share at most with one, all at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import chain

import pytest

from agents.language.facts import FactReader, Facts, load_fact_reader
from agents.language.lexicon import build_lexicon
from agents.language.pack import read_table
from agents.language.rarity import Rarity
from agents.language.shelf import Shelf, lay
from agents.language.similarity import Comparer, load_comparer
from schemas import Watchlist

TEXTS = [text for row in read_table("antonyms") for text in (*row["differ"], *row["agree"])][:80]
TEXTS += ["روسيا ستسحب 120 ألف جندي يوم الاثنين 10 يناير", "لافروف وبلينكن يلتقيان في جنيف يوم 10 يناير", "قال"]
TEXTS += [" و".join(TEXTS[:12])]  # of more terms than there are bits
PARTIES = {"lavrov": "russia", "blinken": "usa", "washington": "usa", "moscow": "russia"}


def party_of(name: str) -> str:
    return PARTIES.get(name, name)


def rare(facts: list[Facts], common: dict[str, float], is_own: Callable[[str], bool]) -> Rarity:
    return Rarity(Counter(head for one in facts for head in one.heads), len(facts), common, is_own)


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    reader: FactReader = load_fact_reader()
    lexicon = build_lexicon(Watchlist(watchlist="", title={}, actors=()))
    return [reader.read(text, lexicon.actor_names.find) for text in TEXTS]


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return load_comparer(party_of, lambda name: name in PARTIES)


def test_no_bound_is_lower_than_what_two_texts_share(facts: list[Facts], comparer: Comparer) -> None:
    common = {"#talks": 0.5}
    shelf = Shelf(facts, [lay(one, ("a",), party_of) for one in facts], common)
    weigh = rare(facts, common, lambda name: party_of(name) == "russia")
    for one in facts:
        reach = comparer.reach(one, weigh.__getitem__)
        shared = shelf.shared(one, ("a", "b"), reach, weigh)
        for at, other in enumerate(facts):
            mine, its = comparer.at_most(reach, other, weigh.__getitem__)
            assert shared.mine[at] >= mine - 1e-9
            assert shared.its[at] >= its - 1e-9
            speaker, *bounds = shared.flags[at]
            assert all(bound >= is_so for bound, is_so in zip(bounds, comparer.in_common(one, other), strict=True))
            assert speaker


def test_bounds_are_seldom_higher_than_they_must_be(facts: list[Facts], comparer: Comparer) -> None:
    shelf = Shelf(facts, [lay(one, (), party_of) for one in facts], {})
    weigh = rare(facts, {}, lambda name: False)
    reach = comparer.reach(facts[0], weigh.__getitem__)
    shared = shelf.shared(facts[0], (), reach, weigh)
    exact = [comparer.at_most(reach, other, weigh.__getitem__) for other in facts]
    higher = sum(shared.mine[at] > mine + 1e-9 or shared.its[at] > its + 1e-9 for at, (mine, its) in enumerate(exact))
    assert higher <= len(facts) // 10
    assert not shared.flags[:, 0].any()


def test_what_is_counted_anew_is_weighed_anew(facts: list[Facts], comparer: Comparer) -> None:
    few, more = facts[:40], facts[:60]
    shelf = Shelf(few, [lay(one, (), party_of) for one in few], {})
    weigh = rare(more, {}, lambda name: False)
    recounted = set(chain.from_iterable(one.heads for one in more[40:]))
    candidate = random.Random(1).choice(more)
    reach = comparer.reach(candidate, weigh.__getitem__)
    shared = shelf.shared(candidate, (), reach, weigh, recounted)
    for at, other in enumerate(few):
        mine, its = comparer.at_most(reach, other, weigh.__getitem__)
        assert shared.mine[at] >= mine - 1e-9
        assert shared.its[at] >= its - 1e-9
