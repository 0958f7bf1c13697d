"""Which sentences raise an alert of escalation, who acts on whom in it, and which look-alikes wake nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.knowledge import Knowledge, build_knowledge
from agents.trigger_alerts.signals import silence_of
from schemas import Signal, Watchlist
from tests.agents.acts.straits import read

CRISES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("wakes.yaml").read_text(encoding="utf-8"))
WAKES = [(crisis["id"], sentence) for crisis in CRISES for sentence in crisis["wakes"]]
SLEEPS = [(crisis["id"], sentence) for crisis in CRISES for sentence in crisis["sleeps"]]


def watchlist(crisis: dict[str, Any]) -> Watchlist:
    def actor(name: str, row: dict[str, Any]) -> dict[str, Any]:
        texts = {field: {"ar": row[field]} for field in ("names", "adjective", "roles") if field in row}
        return {"id": name, "kind": "person", **row, **texts}

    talks = [
        {"id": f"talk-{number}", "title": {"en": "Talk"}, "names": {}, "parties": parties}
        for number, parties in enumerate(crisis["talks"])
    ]
    actors = [actor(name, row) for name, row in {**crisis["sides"], **crisis["persons"]}.items()]
    return Watchlist.model_validate(
        {"watchlist": crisis["id"], "title": {"en": crisis["id"]}, "actors": actors, "talks": talks}
    )


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[Knowledge, dict[str, Any]]]:
    return {crisis["id"]: (build_knowledge(watchlist(crisis)), crisis) for crisis in CRISES}


def waking(knowledge: Knowledge, sentence: str, scene: str) -> list[Signal]:
    return [s for s in read(knowledge, sentence, scene) if silence_of(s, knowledge.watchlist) is None]


@pytest.mark.parametrize(("crisis", "sentence"), WAKES)
def test_a_deed_or_threat_wakes_with_who_does_it_and_on_whom_alone(
    known: dict[str, tuple[Knowledge, dict[str, Any]]], crisis: str, sentence: str
) -> None:
    knowledge, rows = known[crisis]
    event_type, actor, *recipients = rows["wakes"][sentence].split()
    told = {(s.event_type.value, s.actors, s.recipients) for s in waking(knowledge, sentence, rows["scene"])}
    assert told == {(event_type, (actor,), tuple(recipients))}


@pytest.mark.parametrize(("crisis", "sentence"), SLEEPS)
def test_what_only_looks_like_a_deed_or_threat_wakes_nobody(
    known: dict[str, tuple[Knowledge, dict[str, Any]]], crisis: str, sentence: str
) -> None:
    knowledge, rows = known[crisis]
    assert not waking(knowledge, sentence, rows["scene"])
