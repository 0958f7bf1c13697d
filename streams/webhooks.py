"""Webhooks, signed after the Standard Webhooks specification (standardwebhooks.com)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook as Signer

from schemas import Alert
from streams.delivery import Delivery, Filter, GoneError, RefusedError, UnreachableError

TRY_AGAIN: Final = frozenset({408, 425, 429})  # of the 4xx, those that are not about the alert


class Webhook:
    """An endpoint that takes alerts by POST; a 2xx within `timeout` seconds says that it has it."""

    def __init__(
        self,
        name: str,
        url: str,
        *,
        secret: SecretStr,
        accepts: Filter,
        session: aiohttp.ClientSession,
        timeout: float = 10,
    ) -> None:
        self._name = name
        self._url = url
        self._signer = Signer(secret.get_secret_value())
        self._filter = accepts
        self._session = session
        self.timeout = timeout
        self._total = aiohttp.ClientTimeout(total=timeout)

    @property
    def name(self) -> str:
        return f"webhook.{self._name}"

    @property
    def filter(self) -> Filter:
        return self._filter

    async def send(self, delivery: Delivery) -> None:
        body = payload(delivery.alert, delivery.sent_at)
        now = datetime.now(UTC)  # of this try: receivers refuse what was signed long ago
        headers = {
            "content-type": "application/json",
            "user-agent": "rasid",
            "webhook-id": delivery.delivery_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signer.sign(delivery.delivery_id, now, body),
        }
        try:
            async with self._session.post(
                self._url, data=body.encode(), headers=headers, timeout=self._total, allow_redirects=False
            ) as response:
                if response.ok and response.status < 300:
                    return
                message = f"answered {response.status}"
                if response.status == 410:
                    raise GoneError(message)
                if 400 <= response.status < 500 and response.status not in TRY_AGAIN:
                    raise RefusedError(message)
                raise UnreachableError(message, retry_after(response.headers.get("retry-after", ""), now))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from None


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds to wait that the header `Retry-After` asks for, as a number or a date. None where it says neither."""
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:  # asctime's form; HTTP's dates are all in UTC
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def payload(alert: Alert, sent_at: float) -> str:
    """The body: the event's type, when it was sent, and the alert as it stands on the topic."""
    moment = datetime.fromtimestamp(sent_at, UTC).isoformat(timespec="milliseconds")
    return f'{{"type":"rasid.alert.{alert.kind}","timestamp":"{moment}","data":{alert.model_dump_json()}}}'
