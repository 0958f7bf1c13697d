"""Prometheus Alertmanager's v2 API: alerts with labels that route, group and silence well.

A corroboration refreshes the alert that is active there, under the labels that it has there, and notifies nobody anew;
what changes (summary, origins) is in the annotations. An alert is active for `hold` seconds after its last revision. A
corroboration that comes after that would be news to Alertmanager, so it is not sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
from pydantic import SecretStr

from schemas import Alert
from streams.delivery import Delivery, Filter, RefusedError, UnreachableError

log = logging.getLogger(__name__)
ABOUT_THE_ALERT: Final = frozenset({400, 413, 422})  # any other answer is the operator's to mend
ENDING: Final = timedelta(seconds=5)  # what is active for less than that may have ended when a corroboration arrives


class Alertmanager:
    """The Alertmanagers at `urls` (without path), of which each is sent everything, as Prometheus does.

    One that takes an alert is enough. `authorization` is the header's value, `page` the address of the alert page.
    """

    name = "alertmanager"
    timeout = 20.0  # for two requests

    def __init__(
        self,
        urls: Sequence[str],
        accepts: Filter,
        session: aiohttp.ClientSession,
        *,
        hold: float = 4 * 3600,
        page: str | None = None,
        authorization: SecretStr | None = None,
    ) -> None:
        self._urls = [url.rstrip("/") + "/api/v2/alerts" for url in urls]
        self._filter = accepts
        self._session = session
        self._hold = timedelta(seconds=hold)
        self._page = page
        self._headers = {"Authorization": authorization.get_secret_value()} if authorization is not None else {}

    @property
    def filter(self) -> Filter:
        return self._filter

    async def send(self, delivery: Delivery) -> None:
        answers = await asyncio.gather(*(self._tell(url, delivery) for url in self._urls), return_exceptions=True)
        errors = [answer for answer in answers if answer is not None]
        for error in errors:
            if not isinstance(error, UnreachableError | RefusedError):
                raise error
        if len(errors) < len(answers):
            for error in errors:
                log.warning("one Alertmanager does not take %s, another has it: %s", delivery.delivery_id, error)
            return
        raise next((error for error in errors if isinstance(error, UnreachableError)), errors[0])

    async def _tell(self, url: str, delivery: Delivery) -> None:
        starts = datetime.fromtimestamp(delivery.sent_at, UTC)
        alert: dict[str, Any] = {
            "labels": labels(delivery.alert),
            "annotations": described(delivery.alert),
            "startsAt": starts.isoformat(),
            "endsAt": (max(starts, datetime.now(UTC) - self._hold / 2) + self._hold).isoformat(),
        }
        if self._page is not None:
            alert["generatorURL"] = f"{self._page.rstrip('/')}/#{delivery.alert.alert_id}"
        if delivery.alert.revision > 0:
            active = await self._active(url, delivery.alert.alert_id)
            if active is None:
                return
            alert |= {name: active[name] for name in ("labels", "startsAt")}
        await self._request("POST", url, json=[alert])

    async def _active(self, url: str, alert_id: str) -> dict[str, Any] | None:
        """The alert as it is active at an Alertmanager."""
        found = await self._request("GET", url, params={"filter": f'alert_id="{alert_id}"'})
        latest = datetime.now(UTC) + ENDING
        return next((alert for alert in found if datetime.fromisoformat(alert["endsAt"]) > latest), None)

    async def _request(self, method: str, url: str, **content: Any) -> Any:
        timeout = aiohttp.ClientTimeout(total=self.timeout / 2)
        try:
            async with self._session.request(
                method, url, headers=self._headers, timeout=timeout, allow_redirects=False, **content
            ) as response:
                if response.status in ABOUT_THE_ALERT:
                    raise RefusedError(f"answered {response.status}: {(await response.text())[:200]}")
                if response.status != 200:
                    raise UnreachableError(f"answered {response.status}")
                return await response.json() if method == "GET" else None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from None


def labels(alert: Alert) -> dict[str, str]:
    """What identifies, routes, groups and silences. Several talks or parties are one label, in order, with commas."""
    found = {
        "alertname": "Rasid" + alert.kind.title().replace("_", ""),
        "alert_id": alert.alert_id,
        "kind": alert.kind,
        "severity": alert.severity,
        "talk": _joined(alert.talks),
        "party": _joined(alert.parties),
        "actor": _joined(alert.actors),
        "recipient": _joined(alert.recipients),
    }
    return {name: str(value) for name, value in found.items() if value}


def _joined(ids: Iterable[str]) -> str:
    return ",".join(sorted(ids))


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
