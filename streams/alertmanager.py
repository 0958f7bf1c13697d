"""Prometheus Alertmanager's v2 API: alerts with labels that route, group and silence well.

The labels are the same at every revision of an alert, so that a corroboration refreshes it and notifies nobody anew;
what changes (summary, origins) is in the annotations. An alert is active for `hold` seconds after its last revision.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from schemas import Alert
from streams.delivery import Delivery, Filter, RefusedError, UnreachableError


class Alertmanager:
    """The Alertmanager at `url` (without path). `page` is the address of the alert page, for links back to it."""

    name = "alertmanager"
    timeout = 10.0

    def __init__(
        self, url: str, accepts: Filter, session: aiohttp.ClientSession, hold: float = 4 * 3600, page: str | None = None
    ) -> None:
        self._url = url.rstrip("/") + "/api/v2/alerts"
        self._filter = accepts
        self._session = session
        self._hold = timedelta(seconds=hold)
        self._page = page

    @property
    def filter(self) -> Filter:
        return self._filter

    async def send(self, delivery: Delivery) -> None:
        starts = datetime.fromtimestamp(delivery.sent_at, UTC)
        alert: dict[str, Any] = {
            "labels": labels(delivery.alert),
            "annotations": described(delivery.alert),
            "startsAt": starts.isoformat(),
            "endsAt": (max(starts, datetime.now(UTC) - self._hold / 2) + self._hold).isoformat(),
        }
        if self._page is not None:
            alert["generatorURL"] = f"{self._page.rstrip('/')}/#{delivery.alert.alert_id}"
        try:
            async with self._session.post(
                self._url, json=[alert], timeout=aiohttp.ClientTimeout(total=self.timeout), allow_redirects=False
            ) as response:
                if response.status == 400:
                    raise RefusedError(f"answered 400: {(await response.text())[:200]}")
                if response.status != 200:
                    raise UnreachableError(f"answered {response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from None


def labels(alert: Alert) -> dict[str, str]:
    """What identifies, routes, groups and silences. Several talks or parties are one label, joined by commas."""
    found = {
        "alertname": "Rasid" + alert.kind.title().replace("_", ""),
        "alert_id": alert.alert_id,
        "kind": alert.kind,
        "severity": alert.severity,
        "talk": ",".join(alert.talks),
        "party": ",".join(alert.parties),
        "actor": ",".join(alert.actors),
        "recipient": ",".join(alert.recipients),
    }
    return {name: str(value) for name, value in found.items() if value}


def described(alert: Alert) -> dict[str, str]:
    """What a person reads."""
    found = {
        "summary": alert.summary.get("en", ""),
        "summary_ar": alert.summary.get("ar", ""),
        "reason": alert.reason,
        "origins": str(alert.origins),
        "evidence": alert.evidence[0].span.text if alert.evidence else "",
        "source": alert.evidence[0].source if alert.evidence else "",
        "url": (alert.evidence[0].url or "") if alert.evidence else "",
        "event_time": alert.event_time.isoformat() if alert.event_time else "",
    }
    return {name: value for name, value in found.items() if value}
