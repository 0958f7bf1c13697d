"""Turns of speech by which a clause takes a stance, each with near misses that take none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from tests.agents.acts.straits import WATCHLIST, read

TURNS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("turns.yaml").read_text(encoding="utf-8"))
TOLD = {sentence: expected for row in TURNS.values() for sentence, expected in row["told"].items()}
SILENT = [sentence for row in TURNS.values() for sentence in row["silent"]]
UNCOUNTED = {"AGREE", "CONSULT"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.mark.parametrize("sentence", TOLD)
def test_a_turn_is_read(knowledge: Knowledge, sentence: str) -> None:
    *types, actor, recipient = TOLD[sentence].split()
    signals = read(knowledge, sentence)
    fit = [signal for signal in signals if signal.event_type.value in types]
    assert fit
    assert {signal.event_type.value for signal in signals} - UNCOUNTED <= set(types)
    assert actor == "-" or any(actor in signal.actors for signal in fit)
    assert recipient == "-" or any(recipient in signal.recipients for signal in fit)


@pytest.mark.parametrize("sentence", SILENT)
def test_its_near_miss_is_none(knowledge: Knowledge, sentence: str) -> None:
    assert {signal.event_type.value for signal in read(knowledge, sentence)} <= UNCOUNTED
