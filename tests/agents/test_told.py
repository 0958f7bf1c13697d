"""What was told: of the revisions of an alert the highest one counts."""

from __future__ import annotations

import pytest

from agents.trigger_alerts.told import ALERTS_REMEMBERED, LISTED, Told, fold, once
from schemas import Alert, AlertKind, Severity


def revision(number: int) -> Alert:
    return Alert(
        alert_id="alert-1", revision=number, kind=AlertKind.ESCALATION, severity=Severity.INFO, reason="act",
        summary={}, article_ids=(), actors=("a",), recipients=("b",),
    )  # fmt: skip


def test_an_alert_that_is_read_after_its_revision_does_not_take_it_back() -> None:
    told = Told()
    for number in (1, 0, 2, 1):
        fold(told, revision(number))
    assert told.alerts["alert-1"].revision == 2
    assert list(told.escalations.values()) == [["alert-1"]]


def alert(alert_id: str, record_id: str) -> Alert:
    return Alert(
        alert_id=alert_id, kind=AlertKind.NEW_STATEMENT, severity=Severity.INFO, reason="new", summary={},
        article_ids=(), record_ids=(record_id,),
    )  # fmt: skip


def test_an_alert_that_is_forgotten_leaves_none_of_its_records_behind() -> None:
    told = Told()
    for number in range(LISTED + 20):
        fold(told, once(alert("alert-1", f"statement-{number}"), told))
    assert len(told.alert_of) == LISTED + 20
    for number in range(ALERTS_REMEMBERED):
        fold(told, alert(f"later-{number}", f"later-{number}"))
    assert "alert-1" not in told.alerts.keys() | set(told.alert_of.values())
    assert len(told.alert_of) == ALERTS_REMEMBERED


def test_of_what_one_alert_is_told_of_for_ever_only_the_last_records_and_those_that_it_lists_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agents.trigger_alerts.told.RECORDS_REMEMBERED", 2 * LISTED)
    told = Told()
    fold(told, alert("alert-0", "statement of another"))
    for number in range(4 * LISTED):
        fold(told, once(alert("alert-1", f"statement-{number}"), told))
    assert len(told.alert_of) == 2 * LISTED
    assert told.alert_of.keys() >= set(told.alerts["alert-1"].record_ids)
    assert told.alert_of["statement-0"] == "alert-1"
    assert f"statement-{4 * LISTED - LISTED // 2}" in told.alert_of
    assert "statement of another" not in told.alert_of
