"""The breadth of what papers write of two sides, a mediator and an institution, and everyday news beside it.

`turns.yaml` holds turns of speech by which a clause takes a stance, each with near misses that take none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read

FOLDER = Path(__file__).parent
WAYS: dict[str, Any] = yaml.safe_load((FOLDER / "ways.yaml").read_text(encoding="utf-8"))
TURNS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "turns.yaml").read_text(encoding="utf-8"))
TOLD = [(sentence, expected) for row in (WAYS, *TURNS.values()) for sentence, expected in row["told"].items()]
SILENT = [sentence for row in (WAYS, *TURNS.values()) for sentence in row["silent"]]
UNCOUNTED = {"AGREE", "CONSULT"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize(("sentence", "expected"), TOLD, ids=[sentence for sentence, _ in TOLD])
def test_an_act_is_told_in_whatever_words(knowledge: Knowledge, sentence: str, expected: str) -> None:
    *types, actor, recipient = expected.split()
    signals = read(knowledge, sentence)
    fit = [signal for signal in signals if signal.event_type.value in types]
    assert fit
    assert {signal.event_type.value for signal in signals} - UNCOUNTED <= set(types)
    assert actor == "-" or any(actor in signal.actors for signal in fit)
    assert recipient == "-" or any(recipient in signal.recipients for signal in fit)


@pytest.mark.parametrize("sentence", SILENT)
def test_everyday_news_and_near_misses_are_no_act(knowledge: Knowledge, sentence: str) -> None:
    assert {signal.event_type.value for signal in read(knowledge, sentence)} <= UNCOUNTED
