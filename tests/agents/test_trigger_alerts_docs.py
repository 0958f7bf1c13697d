"""docs/alerts.md says what the code does: every kind, reason and field is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agents.trigger_alerts import signals, surge, talks, told
from schemas import Alert, AlertKind, Severity, Silence

TEXT = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text("utf-8")
CODE = set(re.findall(r"`([a-z_]+)`", TEXT))


@pytest.mark.parametrize("words", [AlertKind, Silence, Severity, Alert.model_fields], ids=lambda words: str(words)[:20])
def test_every_word_is_explained(words: object) -> None:
    assert {str(word) for word in words} <= CODE  # type: ignore[attr-defined]


FIGURES = {
    "the act for three days": signals.SAME_ACT.days == 3,
    "the threat for a week": signals.SAME_THREAT.days == 7,
    "the same words for a month": signals.SAME_WORDS.days == 30,
    "until three days after its beginning": signals.SAME_SURGE.days == 3,
    "the change, for two weeks": talks.SAME_CHANGE.days == 14,
    "halved every two days": surge.HALF_LIFE.days == 2,
    "of the 28 days before": surge.BASELINE_DAYS == 28,
    "at least 0.35": surge.LEAST_SPREAD == 0.35,
    "at least 2, four spreads": (surge.LEAST_INDEX, surge.LEAST_SCORE) == (2, 4),
    "carried by three articles": surge.LEAST_ARTICLES == 3,
    "In the first week": surge.LEAST_DAYS == 7,
    "at most eight pieces": told.SHOWN == 8,
    "at most fifty": told.LISTED == 50,
}


@pytest.mark.parametrize(("words", "holds"), FIGURES.items())
def test_the_figures_are_those_of_the_code(words: str, holds: bool) -> None:
    assert words in re.sub(r"\s+", " ", TEXT)
    assert holds
