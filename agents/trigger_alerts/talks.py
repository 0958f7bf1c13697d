"""Alerts on talks: their date, venue or status changes, or sources give dates or venues that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from agents.trigger_alerts import summaries
from agents.trigger_alerts.told import LISTED, SHOWN, Told
from schemas import (
    Agreement,
    Alert,
    AlertKind,
    Claim,
    Evidence,
    Passed,
    Severity,
    Silence,
    Talk,
    TalkChange,
    TalkStatus,
    Watchlist,
    content_id,
)

STATUS_SEVERITY: Final = {
    TalkStatus.CANCELLED: Severity.CRITICAL,
    TalkStatus.POSTPONED: Severity.CRITICAL,
    TalkStatus.RESCHEDULED: Severity.WARNING,
    TalkStatus.SCHEDULED: Severity.WARNING,
    TalkStatus.HELD: Severity.INFO,
}
SAME_CHANGE: Final = timedelta(days=14)  # a reading that sways between two values wakes nobody twice
FIELDS: Final = ("status", "dates", "venue")  # in the order in which one record's changes are worth telling


def on_talk(talk: Talk, told: Told, watchlist: Watchlist) -> Iterator[Alert | Passed]:
    """At most one alert for one change of the ledger: status before dates before venue, and a dispute."""
    news = [change for change in talk.changes if not _is_expected(talk, change, watchlist)]
    disputed = any(change.field == "contested" for change in news) and talk.contested
    changed = sorted(
        (change for change in news if change.field in FIELDS), key=lambda change: FIELDS.index(change.field)
    )
    if disputed:
        yield _disputed(talk, watchlist)
        changed = [change for change in changed if change.field == "status"]  # the dispute tells the rest
    if changed:
        yield _changed(talk, changed[0], told, watchlist)
    elif not disputed:
        yield Passed(taken=False, reason=Silence.NO_CHANGE, record_id=talk.talk_id)


def _is_expected(talk: Talk, change: TalkChange, watchlist: Watchlist) -> bool:
    """Whether a first reading only confirms what the watchlist expects."""
    expected = next((row for row in watchlist.talks if row.id == talk.talk_id), None)
    match change.field:
        case "status":
            return talk.status is TalkStatus.SCHEDULED and change.before in (None, TalkStatus.SCHEDULED)
        case "dates":
            days = summaries.dates_of(talk)
            return days is None or (
                change.before is None and expected is not None and summaries.dates_of(expected) == days
            )
        case "venue":
            return talk.venue is None or (
                change.before is None and expected is not None and expected.venue == talk.venue
            )
        case _:
            return False


def _changed(talk: Talk, change: TalkChange, told: Told, watchlist: Watchlist) -> Alert:
    alert_id = content_id("alert", AlertKind.TALK_CHANGED, talk.talk_id, change.field, change.after)
    earlier = told.alerts.get(alert_id)
    if earlier and earlier.event_time and talk.event_time and abs(talk.event_time - earlier.event_time) > SAME_CHANGE:
        alert_id = content_id("alert", alert_id, talk.event_time.isoformat())  # it has come to this once more
    is_status = change.field == "status"
    first_reading = Severity.INFO if change.before is None else Severity.WARNING
    return _alert(
        talk,
        [claim for claim in talk.claims if _supports(claim, talk, change.field)],
        alert_id=alert_id,
        kind=AlertKind.TALK_CHANGED,
        severity=STATUS_SEVERITY[talk.status] if is_status else first_reading,
        reason=talk.status.value if is_status else change.field,
        summary=summaries.of_change(talk, change, watchlist),
    )


def _disputed(talk: Talk, watchlist: Watchlist) -> Alert:
    field, claims = _contradicting(talk)
    values = sorted({str(claim.venue if field == "venue" else summaries.dates_of(claim)) for claim in claims})
    return _alert(
        talk,
        claims,
        alert_id=content_id("alert", AlertKind.TALK_DISPUTED, talk.talk_id, field, *values),
        kind=AlertKind.TALK_DISPUTED,
        severity=Severity.WARNING,
        reason=field,
        summary=summaries.of_dispute(talk, field, claims, watchlist),
    )


def _contradicting(talk: Talk) -> tuple[str, list[Claim]]:
    """The field and the claims of the first incompatible discrepancy; else every claim that gives a date."""
    by_id = {claim.claim_id: claim for claim in talk.claims}
    for discrepancy in talk.discrepancies:
        if discrepancy.agreement is Agreement.INCOMPATIBLE:
            return discrepancy.field, [by_id[claim] for claim in discrepancy.claims if claim in by_id]
    return "dates", [claim for claim in talk.claims if claim.starts]


def _supports(claim: Claim, talk: Talk, field: str) -> bool:
    """Whether a claim says what the ledger now reads."""
    match field:
        case "status":
            return claim.status is talk.status
        case "venue":
            return claim.venue == talk.venue
        case _:
            return claim.starts is not None and summaries.dates_of(claim) == summaries.dates_of(talk)


def _alert(
    talk: Talk,
    claims: Sequence[Claim],
    *,
    alert_id: str,
    kind: AlertKind,
    severity: Severity,
    reason: str,
    summary: dict[str, str],
) -> Alert:
    """An alert on a talk with its claims as evidence, those of the article that led to it first."""
    ordered = sorted(claims, key=lambda claim: claim.article_id != talk.article_id)
    articles = (talk.article_id, *(claim.article_id for claim in ordered))
    return Alert(
        alert_id=alert_id,
        kind=kind,
        severity=severity,
        reason=reason,
        summary=summary,
        article_ids=tuple(dict.fromkeys(article for article in articles if article))[:LISTED],
        evidence=tuple(
            Evidence(
                article_id=claim.article_id,
                source=claim.source,
                url=claim.url,
                span=claim.evidence,
                before=claim.context_before,
                after=claim.context_after,
            )
            for claim in ordered[:SHOWN]
        ),
        origins=max(1, len({claim.origin or claim.article_id for claim in claims})),
        event_time=talk.event_time,
        talks=(talk.talk_id,),
        parties=talk.parties,
        record_ids=tuple(claim.claim_id for claim in ordered[:SHOWN]),
        appended_at=talk.appended_at,
    )
