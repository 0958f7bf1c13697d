"""Alerts on signals: a new hostile act or threat between parties of the watchlist, and surges between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from agents.language.text import tokens
from agents.trigger_alerts import summaries, surge
from agents.trigger_alerts.told import Told
from schemas import (
    ActorKind,
    Alert,
    AlertKind,
    Direction,
    EventType,
    Evidence,
    Modality,
    Passed,
    Severity,
    Signal,
    Silence,
    Watchlist,
    content_id,
)

SEVERITY: Final = {
    EventType.THREATEN: Severity.WARNING,
    EventType.SANCTION: Severity.WARNING,
    EventType.MOBILIZE: Severity.WARNING,
    EventType.COERCE: Severity.WARNING,
    EventType.ASSAULT: Severity.CRITICAL,
}
# Papers tell a threat for a week and an act for three days as if it were new, the same words for a month.
SAME_THREAT: Final = timedelta(days=7)
SAME_ACT: Final = timedelta(days=3)
SAME_WORDS: Final = timedelta(days=30)
SAME_SURGE: Final = timedelta(days=3)
SIMILAR: Final = 0.6  # share of the shorter one's words that the other one has too


def on_signal(signal: Signal, told: Told, history: surge.History, watchlist: Watchlist) -> Iterator[Alert | Passed]:
    """An escalation or the reason for silence, and a surge for each pair whose index this signal lifts out."""
    silence = silence_of(signal, watchlist)
    if silence is not None:
        yield Passed(taken=False, reason=silence, record_id=signal.signal_id)
    else:
        yield _escalation(signal, told, watchlist)
    if surge.weight_of(signal) and signal.event_time is not None:
        for pair in surge.pairs_of(signal, watchlist):
            yield _surge(signal, surge.judge(history, pair, signal.event_time), pair, told, watchlist)


def silence_of(signal: Signal, watchlist: Watchlist) -> Silence | None:
    """Why a signal is no alert of escalation, or None where it is one."""
    if signal.direction is not Direction.ESCALATION:
        return Silence.DEESCALATION
    if signal.modality is Modality.DENIED:
        return Silence.DENIED
    if signal.modality is Modality.BACKGROUND:
        return Silence.BACKGROUND
    if signal.event_type not in SEVERITY or signal.modality is Modality.DEMANDED or signal.noticed:
        return Silence.UNSURE if signal.noticed else Silence.MILD
    known = {actor.id for actor in watchlist.actors if actor.kind is not ActorKind.MEDIA}
    actors = {watchlist.party_of(actor) for actor in signal.actors if actor in known}
    recipients = {watchlist.party_of(recipient) for recipient in signal.recipients if recipient in known}
    if not actors or not recipients - actors:
        return Silence.UNKNOWN_ACTORS
    return None


def _escalation(signal: Signal, told: Told, watchlist: Watchlist) -> Alert:
    actors = _parties(signal.actors, watchlist)
    recipients = tuple(party for party in _parties(signal.recipients, watchlist) if party not in actors)
    is_threat = signal.event_type is EventType.THREATEN or signal.modality is Modality.CONDITIONAL
    threatened = None
    if is_threat:
        threatened = signal.surface_type or signal.event_type
        threatened = None if threatened is EventType.THREATEN else threatened
    event_type = EventType.THREATEN if is_threat else signal.event_type
    draft = Alert(
        alert_id=content_id(
            "alert",
            AlertKind.ESCALATION,
            actors,
            recipients,
            event_type,
            signal.article_id,
            signal.evidence.start,
            signal.evidence.text,
        ),
        kind=AlertKind.ESCALATION,
        severity=SEVERITY[event_type],
        reason="threat" if is_threat else "act",
        summary=summaries.of_escalation(
            event_type,
            actors=actors,
            recipients=recipients,
            threatened=threatened,
            words=signal.evidence.text,
            watchlist=watchlist,
        ),
        article_ids=(signal.article_id,),
        evidence=(_evidence(signal),),
        event_time=signal.event_time,
        parties=tuple(dict.fromkeys((*actors, *recipients))),
        actors=actors,
        recipients=recipients,
        event_type=event_type,
        threatened=threatened,
        mode=signal.mode,
        record_ids=(signal.signal_id,),
        appended_at=signal.appended_at,
    )
    earlier = _same_escalation(draft, told)
    return draft if earlier is None else draft.model_copy(update={"alert_id": earlier.alert_id})


def _same_escalation(draft: Alert, told: Told) -> Alert | None:
    """The alert that told of the same act or threat: the closest, then the latest."""
    of_actors = (told.escalations.get((actor, draft.event_type), ()) for actor in draft.actors)
    ids = dict.fromkeys(alert_id for told_of in of_actors for alert_id in reversed(told_of))
    same = [alert for alert in map(told.alerts.__getitem__, ids) if _is_same(draft, alert)]
    return max(same, key=lambda alert: _closeness(draft, alert), default=None)


def _closeness(draft: Alert, earlier: Alert) -> tuple[bool, bool, bool]:
    return (
        draft.threatened is earlier.threatened,
        draft.actors == earlier.actors,
        draft.recipients == earlier.recipients,
    )


def _is_same(draft: Alert, earlier: Alert) -> bool:
    """Within days, the same type of act or threat; within a month, only the same words.

    A threat that does not say with what repeats any other threat; one that names a new means does not. Forces are
    massed once, whomever a paper says that they are massed against.
    """
    if draft.event_type is not earlier.event_type:
        return False
    if set(draft.recipients).isdisjoint(earlier.recipients) and draft.event_type is not EventType.MOBILIZE:
        return False
    apart = _apart(draft.event_time, earlier.event_time)
    if apart > SAME_WORDS:
        return False
    if any(similarity(draft.evidence[0].span.text, piece.span.text) >= SIMILAR for piece in earlier.evidence):
        return True
    if apart > (SAME_THREAT if draft.reason == "threat" else SAME_ACT):
        return False
    other_means = draft.threatened is not None and draft.threatened is not earlier.threatened
    other_mode = None not in (draft.mode, earlier.mode) and draft.mode != earlier.mode
    return not other_means and not other_mode


def _apart(one: datetime | None, other: datetime | None) -> timedelta:
    """The time between two moments; none where one of them is unknown."""
    return timedelta(0) if one is None or other is None else abs(one - other)


def similarity(one: str, other: str) -> float:
    """The share of the shorter text's different words of three letters and more that the other one has too."""
    first, second = _words(one), _words(other)
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= 3 else float(first == second)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(token.form for token in tokens(text) if token.kind == "number" or len(token.form) > 2)


def _surge(
    signal: Signal, judged: surge.Surge | None, pair: surge.Pair, told: Told, watchlist: Watchlist
) -> Alert | Passed:
    if judged is None or not judged.is_unusual:
        return Passed(taken=False, reason=Silence.USUAL_RANGE, record_id=signal.signal_id, note="-".join(pair))
    alert_id = content_id("alert", AlertKind.SURGE, pair, signal.signal_id)
    last = told.alerts.get(told.surges.get(pair, ""))
    if last is not None and _apart(signal.event_time, last.event_time) <= SAME_SURGE:
        alert_id = last.alert_id
    return Alert(
        alert_id=alert_id,
        kind=AlertKind.SURGE,
        severity=Severity.WARNING,
        reason="above_usual_range",
        summary=summaries.of_surge(judged, watchlist),
        article_ids=(signal.article_id,),
        evidence=(_evidence(signal),),
        origins=judged.articles,
        event_time=signal.event_time,
        parties=pair,
        record_ids=judged.evidence,
        appended_at=signal.appended_at,
    )


def _evidence(signal: Signal) -> Evidence:
    return Evidence(
        article_id=signal.article_id,
        source=signal.source,
        url=signal.url,
        span=signal.evidence,
        before=signal.context_before,
        after=signal.context_after,
    )


def _parties(actors: tuple[str, ...], watchlist: Watchlist) -> tuple[str, ...]:
    """The parties of the watchlist among actors, in alphabetical order."""
    known = {actor.id for actor in watchlist.actors}
    return tuple(sorted({watchlist.party_of(actor) for actor in actors if actor in known}))
