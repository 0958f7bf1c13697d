"""What was told already: the alerts so far, and how a repeat attaches to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from schemas import Alert, AlertKind, EventType
from schemas.packed import UNPACKED, pack, unpack_alert

ALERTS_REMEMBERED: Final = 10_000
RECORDS_REMEMBERED: Final = 40_000  # behind them; of statements, half as many are remembered that may be repeated
LISTED: Final = 50  # ids that an alert lists at most; the first ones and the last one are kept
SHOWN: Final = 8  # pieces of evidence that an alert shows at most

T = TypeVar("T")


class Alerts(MutableMapping[str, Alert]):
    """Alerts by their ids, oldest first, all but the last ones packed: thousands are kept, and few asked for again."""

    def __init__(self, kept: Mapping[str, Alert | bytes] | None = None, unpacked: Iterable[str] = ()) -> None:
        self._kept = dict(kept or {})
        self._unpacked = dict.fromkeys(unpacked)  # ids, the latest last

    def __getitem__(self, alert_id: str) -> Alert:
        kept = self._kept[alert_id]
        return unpack_alert(kept) if isinstance(kept, bytes) else kept

    def __setitem__(self, alert_id: str, alert: Alert) -> None:
        self._kept[alert_id] = alert
        self._unpacked.pop(alert_id, None)
        self._unpacked[alert_id] = None
        if len(self._unpacked) > UNPACKED:
            oldest = next(iter(self._unpacked))
            del self._unpacked[oldest]
            self._kept[oldest] = pack(self[oldest])

    def __delitem__(self, alert_id: str) -> None:
        del self._kept[alert_id]
        self._unpacked.pop(alert_id, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def copy(self) -> Alerts:
        return Alerts(self._kept, self._unpacked)


@dataclass(slots=True)
class Told:
    """The last revision of each alert, oldest alert first, and ways to find one again."""

    alerts: Alerts = field(default_factory=Alerts)
    alert_of: dict[str, str] = field(default_factory=dict)  # by the id of a statement or signal
    escalations: dict[tuple[str, EventType | None], list[str]] = field(default_factory=dict)  # by actor and act
    surges: dict[tuple[str, ...], str] = field(default_factory=dict)  # the last one of each pair

    def copy(self) -> Told:
        """What is told to the one does not change the other."""
        escalations = {key: list(ids) for key, ids in self.escalations.items()}
        return Told(self.alerts.copy(), dict(self.alert_of), escalations, dict(self.surges))


def fold(told: Told, alert: Alert) -> None:
    """Remember an alert or one of its revisions. Of two, the higher one counts, whichever is read first."""
    earlier = told.alerts.get(alert.alert_id)
    if earlier is not None and earlier.revision > alert.revision:
        return
    if earlier is None:
        for actor in alert.actors:
            told.escalations.setdefault((actor, alert.event_type), []).append(alert.alert_id)
    if alert.kind is AlertKind.SURGE:
        told.surges[alert.parties] = alert.alert_id
    told.alerts[alert.alert_id] = alert
    for record in alert.record_ids:  # those that an alert still lists are the last to be forgotten
        told.alert_of.pop(record, None)
        told.alert_of[record] = alert.alert_id
    while len(told.alert_of) > RECORDS_REMEMBERED:
        del told.alert_of[next(iter(told.alert_of))]
    if len(told.alerts) > ALERTS_REMEMBERED:
        _forget(told, told.alerts.pop(next(iter(told.alerts))))


def once(alert: Alert, told: Told) -> Alert:
    """The alert itself; where it was told before, its next revision, with the new evidence attached."""
    earlier = told.alerts.get(alert.alert_id)
    if earlier is None:
        return alert
    articles = _joined(earlier.article_ids, alert.article_ids)
    told_apart = len(articles) if alert.kind is AlertKind.ESCALATION else 1  # signals of copies never come here
    return earlier.model_copy(
        update={
            "revision": earlier.revision + 1,
            "article_ids": _capped(articles, LISTED),
            "evidence": _capped(_joined(earlier.evidence, alert.evidence), SHOWN),
            "record_ids": _capped(_joined(earlier.record_ids, alert.record_ids), LISTED),
            "origins": max(earlier.origins, alert.origins, told_apart),
            "appended_at": alert.appended_at,
        }
    )


def _forget(told: Told, alert: Alert) -> None:
    of_it: Iterable[str] = alert.record_ids
    if len(alert.record_ids) >= LISTED:  # it may have had more than it lists
        of_it = [record for record, alert_id in told.alert_of.items() if alert_id == alert.alert_id]
    for record in of_it:
        told.alert_of.pop(record, None)
    for key in ((actor, alert.event_type) for actor in alert.actors):
        told.escalations[key].remove(alert.alert_id)
        if not told.escalations[key]:
            del told.escalations[key]
    if told.surges.get(alert.parties) == alert.alert_id:
        del told.surges[alert.parties]


def _joined(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return (*first, *(item for item in second if item not in first))


def _capped(items: tuple[T, ...], most: int) -> tuple[T, ...]:
    return items if len(items) <= most else (*items[: most - 1], items[-1])
