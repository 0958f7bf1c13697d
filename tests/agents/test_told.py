"""What was told: of the revisions of an alert the highest one counts."""

from __future__ import annotations

from agents.trigger_alerts.told import Told, fold
from schemas import Alert


def revision(number: int) -> Alert:
    return Alert(
        alert_id="alert-1", revision=number, kind="escalation", severity="info", reason="act", summary={},
        article_ids=(), actors=("a",), recipients=("b",),
    )  # fmt: skip


def test_an_alert_that_is_read_after_its_revision_does_not_take_it_back() -> None:
    told = Told()
    for number in (1, 0, 2, 1):
        fold(told, revision(number))
    assert told.alerts["alert-1"].revision == 2
    assert list(told.escalations.values()) == [["alert-1"]]
