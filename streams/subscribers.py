"""The endpoints that get alerts from us: read from a file, and served until the worker stops.

webhooks:
  - {name: desk, url: https://desk.example/hooks/rasid, secret_file: /run/secrets/desk, min_severity: warning}
alertmanager: {url: http://alertmanager:9093, page: https://rasid.example}
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Final, Self

import aiohttp
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, SecretStr, ValidationError, model_validator
from redis.asyncio import Redis

from schemas import Watchlist
from streams.alertmanager import Alertmanager
from streams.courier import Courier, Tally, Uncounted
from streams.delivered import RedisLedger
from streams.delivery import Endpoint, Filter, unknown_ids
from streams.settings import Settings
from streams.tasks import end_tasks
from streams.waiting import Patience
from streams.webhooks import Webhook

_QUOTED: Final = re.compile(r"""'.*'|".*"|:.*""", re.DOTALL)


class SubscribersError(ValueError):
    """The file of subscribers is wrong; the message names the file and the field."""


def _as_list(value: object) -> object:
    """One is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _secret(value: SecretStr | None, path: Path | None, name: str) -> SecretStr:
    """A secret that is given, or stands in a file. Raises ValueError where there is none."""
    if value is not None:
        return value
    if path is None:
        raise ValueError(f"{name} or {name}_file is needed")
    try:
        return SecretStr(path.read_text().strip())
    except OSError as error:
        raise ValueError(f"{name}_file: {error.strerror}: {path}") from None


class WebhookRow(Filter):
    """One webhook. The secret is `whsec_` and base64, given here or as the name of a file that holds it."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    url: HttpUrl
    secret: SecretStr | None = None
    secret_file: Path | None = None
    timeout: Annotated[float, Field(gt=0, le=60)] = 10.0

    @model_validator(mode="after")
    def _has_a_good_secret(self) -> Self:
        text = self.key().get_secret_value().removeprefix("whsec_")
        try:
            size = len(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            raise ValueError("the secret is not base64") from None
        if not 24 <= size <= 64:
            raise ValueError(f"a secret has 24 to 64 bytes, not {size}")
        return self

    def key(self) -> SecretStr:
        """The secret. Raises ValueError where there is none."""
        return _secret(self.secret, self.secret_file, "secret")


class BasicAuth(BaseModel):
    """A name and a password, as Prometheus's configuration has them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: str
    password: SecretStr | None = None
    password_file: Path | None = None

    def header(self) -> SecretStr:
        """The value of the header Authorization. Raises ValueError where there is no password."""
        pair = f"{self.username}:{_secret(self.password, self.password_file, 'password').get_secret_value()}"
        return SecretStr(f"Basic {base64.b64encode(pair.encode()).decode()}")


class Authorization(BaseModel):
    """A bearer token, as Prometheus's configuration has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    credentials: SecretStr | None = None
    credentials_file: Path | None = None

    def header(self) -> SecretStr:
        """The value of the header Authorization. Raises ValueError where there is no token."""
        token = _secret(self.credentials, self.credentials_file, "credentials").get_secret_value()
        return SecretStr(f"Bearer {token}")


class AlertmanagerRow(Filter):
    """The Alertmanager, or each of a cluster. An alert stays active for `hold` seconds; `page` is our own address."""

    url: Annotated[tuple[HttpUrl, ...], BeforeValidator(_as_list), Field(min_length=1)]
    basic_auth: BasicAuth | None = None
    authorization: Authorization | None = None
    hold: Annotated[float, Field(ge=60)] = 4 * 3600.0
    page: HttpUrl | None = None
    corroborations: bool = True  # they refresh the alert that is there

    @model_validator(mode="after")
    def _has_credentials_that_can_be_read(self) -> Self:
        if self.basic_auth is not None and self.authorization is not None:
            raise ValueError("either basic_auth or authorization")
        self.header()
        return self

    def header(self) -> SecretStr | None:
        """The value of the header Authorization, if any."""
        credentials = self.basic_auth or self.authorization
        return credentials.header() if credentials is not None else None


class Subscribers(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    webhooks: tuple[WebhookRow, ...] = ()
    alertmanager: AlertmanagerRow | None = None

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [row.name for row in self.webhooks]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two webhooks are named {name}")
        return self

    def names(self) -> tuple[str, ...]:
        """The names of the endpoints, as in the metrics."""
        webhooks = tuple(f"webhook.{row.name}" for row in self.webhooks)
        return (*webhooks, "alertmanager") if self.alertmanager is not None else webhooks


def load_subscribers(path: Path, watchlist: Watchlist) -> Subscribers:
    """The subscribers of a file. Raises SubscribersError, also for talks and parties that are not on the watchlist."""
    subscribers = _read(path)
    if unknown := [f"{path}: {problem}" for problem in _unknown_ids(subscribers, watchlist)]:
        raise SubscribersError("\n".join(unknown))
    return subscribers


def _unknown_ids(subscribers: Subscribers, watchlist: Watchlist) -> Iterator[str]:
    """A filter that never matches would be taken for calm."""
    rows: dict[str, Filter | None] = {f"webhooks.{index}": row for index, row in enumerate(subscribers.webhooks)}
    rows["alertmanager"] = subscribers.alertmanager
    for place, row in rows.items():
        for field, reason in unknown_ids(row, watchlist) if row is not None else ():
            yield f"{place}.{field}: {reason}"


def _read(path: Path) -> Subscribers:
    try:
        return Subscribers.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except OSError as error:
        raise SubscribersError(f"{path}: {error.strerror}") from None
    except yaml.YAMLError as error:
        raise SubscribersError(f"{path}: {where_in_yaml(error)}") from None
    except RecursionError:
        raise SubscribersError(f"{path}: nested too deeply") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise SubscribersError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except ValueError:  # not UTF-8, or a scalar that looks like a date and is none
        raise SubscribersError(f"{path}: a value that cannot be read") from None


def where_in_yaml(error: yaml.YAMLError) -> str:
    """The place of a mistake and its kind, without the line itself or anything that stands in it: secrets do."""
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark is not None else ""
    return place + _QUOTED.sub("…", getattr(error, "problem", None) or "not YAML")


def endpoints(subscribers: Subscribers, session: aiohttp.ClientSession) -> list[Endpoint]:
    """The endpoints of a file."""
    found: list[Endpoint] = [
        Webhook(row.name, str(row.url), secret=row.key(), accepts=row, session=session, timeout=row.timeout)
        for row in subscribers.webhooks
    ]
    row = subscribers.alertmanager
    if row is not None:
        found.append(
            Alertmanager(
                [str(url) for url in row.url],
                row,
                session,
                hold=row.hold,
                page=str(row.page) if row.page is not None else None,
                authorization=row.header(),
            )
        )
    return found


@asynccontextmanager
async def delivering(
    subscribers: Subscribers,
    settings: Settings,
    redis: Redis,
    tally: Tally | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[None]:
    """Deliver to all of them while the block runs."""
    ledger = RedisLedger(redis, settings.key_prefix)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        couriers = [
            Courier(endpoint, settings, ledger, tally or Uncounted(), patience)
            for endpoint in endpoints(subscribers, session)
        ]
        tasks = [asyncio.create_task(courier.run()) for courier in couriers]
        try:
            yield
        finally:
            await end_tasks(tasks)
