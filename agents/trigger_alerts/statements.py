"""Alerts on statements: somebody has said something new about scheduled talks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agents.trigger_alerts import summaries
from agents.trigger_alerts.told import Told
from schemas import (
    Alert,
    AlertKind,
    Evidence,
    Novelty,
    Passed,
    Severity,
    Silence,
    Statement,
    Watchlist,
    content_id,
)

SEVERITY: Final = {
    Novelty.NEW: Severity.INFO,
    Novelty.UPDATE: Severity.WARNING,
    Novelty.CONTRADICTION: Severity.WARNING,
    Novelty.REPEAT: Severity.INFO,
}


def on_statement(statement: Statement, told: Told, watchlist: Watchlist) -> Iterator[Alert | Passed]:
    """One alert for each chain of repeats that is about talks.

    A repeat attaches to its chain's alert. Where the chain has none (what was said first was not yet known to be
    about talks), nobody has been told, and the repeat alerts.
    """
    chain = None
    if statement.novelty is Novelty.REPEAT and statement.repeats:
        chain = told.alert_of.get(statement.repeats)
    if chain is None and not statement.talks:
        yield Passed(taken=False, reason=Silence.ABOUT_NO_TALK, record_id=statement.statement_id)
        return
    first = statement.repeats if statement.novelty is Novelty.REPEAT and statement.repeats else statement.statement_id
    case = "denial" if statement.denies else _case(statement.novelty)
    yield Alert(
        alert_id=chain or content_id("alert", AlertKind.NEW_STATEMENT, first),
        kind=AlertKind.NEW_STATEMENT,
        severity=SEVERITY[statement.novelty],
        reason=case,
        summary=summaries.of_statement(statement, case, watchlist),
        article_ids=tuple(dict.fromkeys((statement.article_id, *statement.earlier))),
        evidence=(
            Evidence(
                article_id=statement.article_id,
                source=statement.source,
                url=statement.url,
                span=statement.content,
                before=statement.context_before,
                after=statement.context_after,
            ),
        ),
        origins=statement.origins,
        event_time=statement.event_time,
        talks=statement.talks,
        parties=(statement.party,) if statement.party else (),
        record_ids=tuple(dict.fromkeys((first, statement.statement_id))),
        appended_at=statement.appended_at,
    )


def _case(novelty: Novelty) -> str:
    return "new" if novelty is Novelty.REPEAT else novelty.value
