"""Subscribers: which alerts somebody wants, and what an endpoint outside (a webhook, an Alertmanager) is to us.

`courier` carries alerts to endpoints, `waiting` says which is next and when, `delivered` remembers who has had what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict

from schemas import Alert, AlertKind, Severity, Watchlist
from schemas.watchlist_file import unknown_id
from streams.records import Headers

SEVERITIES: Final = tuple(Severity)


class Filter(BaseModel):
    """Which alerts a subscriber wants. Empty: all. Corroborations of earlier alerts only where they are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: frozenset[AlertKind] = frozenset()
    talks: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    min_severity: Severity = Severity.INFO
    corroborations: bool = False

    def matches(self, alert: Alert) -> bool:
        return (
            (self.corroborations or alert.revision == 0)
            and (not self.kinds or alert.kind in self.kinds)
            and (not self.talks or not self.talks.isdisjoint(alert.talks))
            and (not self.parties or not self.parties.isdisjoint(alert.parties))
            and SEVERITIES.index(alert.severity) >= SEVERITIES.index(self.min_severity)
        )


def parties_of(watchlist: Watchlist) -> set[str]:
    """The ids of all sides of a watchlist."""
    return {*watchlist.parties(), *(party for talk in watchlist.talks for party in talk.parties)}


def unknown_ids(wanted: Filter, watchlist: Watchlist) -> Iterator[tuple[str, str]]:
    """What is not on the watchlist of all that a filter names: the field ("talks", "parties"), and what is wrong."""
    talks, parties = {talk.id for talk in watchlist.talks}, parties_of(watchlist)
    yield from (("talks", unknown_id(each, "talk", talks)) for each in sorted(wanted.talks - talks))
    yield from (("parties", unknown_id(each, "party", parties)) for each in sorted(wanted.parties - parties))


class UnreachableError(Exception):
    """The endpoint is not there, or asks for time; `retry_after` is in seconds where it says how much."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(Exception):
    """The endpoint says that this alert is wrong; another try is unlikely to help."""


class GoneError(Exception):
    """The endpoint says that it wants nothing any more."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way; `sent_at` (seconds since the epoch) is when the broker took it."""

    delivery_id: str
    alert: Alert
    value: bytes
    sent_at: float
    headers: Headers = ()


class Endpoint(Protocol):
    """Somebody outside who gets alerts."""

    @property
    def name(self) -> str:
        """Unique and stable: the consumer group and the ledger are named after it."""

    @property
    def filter(self) -> Filter: ...

    @property
    def timeout(self) -> float:
        """Seconds after which `send` has ended, one way or the other."""

    async def send(self, delivery: Delivery) -> None:
        """Return when the endpoint has it; raise UnreachableError, RefusedError or GoneError."""
