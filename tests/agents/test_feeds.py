"""The development feeds keep the scores that they have reached: a change that reads worse shows here."""

from __future__ import annotations

import pytest
import yaml

from tests.evaluate import score
from tests.offline import FEEDS, feed_of

FLOORS: dict[str, dict[str, float]] = yaml.safe_load((FEEDS / "floors.yaml").read_text())
MEASURES = {"speakers": "accuracy", "talk_links": "accuracy", "talks": "accuracy", "repeats": "recall"}


@pytest.mark.parametrize("feed", FLOORS)
def test_a_feed_is_read_as_well_as_before(feed: str) -> None:
    articles, watchlist, gold = feed_of(feed)
    figures, misses = score(gold, articles, watchlist, misses=True)
    short = {
        name: (figures[name][MEASURES.get(name, "f1")], floor)
        for name, floor in FLOORS[feed].items()
        if figures[name][MEASURES.get(name, "f1")] < floor
    }
    assert not short, f"{short}\n{misses}"
    assert (figures["noise_taken"], figures["bad_spans"], figures["articles_lost"]) == (0, 0, 0)
