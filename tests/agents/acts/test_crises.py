"""Sentences from the news of two dozen disputes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from schemas import Watchlist
from tests.agents.acts.straits import read

CRISES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("crises.yaml").read_text(encoding="utf-8"))
UNCOUNTED = {"AGREE", "CONSULT"}
TOLD = [(crisis["id"], sentence) for crisis in CRISES for sentence in crisis["told"]]
SILENT = [(crisis["id"], sentence) for crisis in CRISES for sentence in crisis["silent"]]


def watchlist(crisis: dict[str, Any]) -> Watchlist:
    sides = [
        {
            "id": name,
            "kind": row["kind"],
            "names": {"ar": row["names"]},
            **({"adjective": {"ar": row["adjective"]}} if "adjective" in row else {}),
        }
        for name, row in crisis["sides"].items()
    ]
    persons = [
        {
            "id": name,
            "kind": "person",
            "party": row["party"],
            "names": {"ar": row["names"]},
            **({"roles": {"ar": row["roles"]}} if "roles" in row else {}),
        }
        for name, row in crisis["persons"].items()
    ]
    talk = {
        "id": "round",
        "title": {"ar": "الجولة المقبلة"},
        "names": {"ar": ["الجولة المقبلة"]},
        "parties": crisis["talk"],
    }
    return Watchlist.model_validate(
        {
            "watchlist": crisis["id"],
            "title": {"en": crisis["id"], "ar": crisis["id"]},
            "actors": [*sides, *persons],
            "talks": [talk],
        }
    )


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[Knowledge, dict[str, Any]]]:
    return {crisis["id"]: (build_knowledge(watchlist(crisis)), crisis) for crisis in CRISES}


@pytest.mark.parametrize(("crisis", "sentence"), TOLD)
def test_an_act_of_an_unknown_dispute_is_told(
    known: dict[str, tuple[Knowledge, dict[str, Any]]], crisis: str, sentence: str
) -> None:
    knowledge, rows = known[crisis]
    *types, actor, recipient = rows["told"][sentence].split()
    signals = read(knowledge, sentence, rows["scene"])
    fit = [signal for signal in signals if signal.event_type.value in types]
    assert fit
    assert {signal.event_type.value for signal in signals} - UNCOUNTED <= set(types)
    assert actor == "-" or any(actor in signal.actors for signal in fit)
    assert recipient == "-" or any(recipient in signal.recipients for signal in fit)


@pytest.mark.parametrize(("crisis", "sentence"), SILENT)
def test_what_is_no_act_is_left_out(
    known: dict[str, tuple[Knowledge, dict[str, Any]]], crisis: str, sentence: str
) -> None:
    knowledge, rows = known[crisis]
    types = {signal.event_type.value for signal in read(knowledge, sentence, rows["scene"])}
    assert types <= UNCOUNTED
