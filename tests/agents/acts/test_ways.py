"""The breadth of what papers write of two sides, a mediator and an institution, and everyday news beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read

WAYS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("ways.yaml").read_text(encoding="utf-8"))
UNCOUNTED = {"AGREE", "CONSULT"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize("sentence", WAYS["told"])
def test_an_act_is_told_in_whatever_words(knowledge: Knowledge, sentence: str) -> None:
    *types, actor, recipient = WAYS["told"][sentence].split()
    signals = read(knowledge, sentence)
    fit = [signal for signal in signals if signal.event_type.value in types]
    assert fit
    assert {signal.event_type.value for signal in signals} - UNCOUNTED <= set(types)
    assert actor == "-" or any(actor in signal.actors for signal in fit)
    assert recipient == "-" or any(recipient in signal.recipients for signal in fit)


@pytest.mark.parametrize("sentence", WAYS["silent"])
def test_everyday_news_is_no_act(knowledge: Knowledge, sentence: str) -> None:
    assert {signal.event_type.value for signal in read(knowledge, sentence)} <= UNCOUNTED
