"""The settings: `RASID_*` in the environment or in `.env`. Every default has its reason beside it.

A secret may be given by value (`RASID_KAFKA_PASSWORD`) or as the name of a file that holds it
(`RASID_KAFKA_PASSWORD_FILE`); neither is ever printed.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from redis.asyncio.connection import ConnectionPool

MEGABYTE: Final = 1 << 20
SECRETS: Final = ("redis_url", "redis_password", "kafka_password", "kafka_key_password", "token")
SHORTEST_TOKEN: Final = 16  # characters: nobody counts the guesses

Security = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Seconds = Annotated[float, Field(gt=0)]


MOST_SOURCES: Final = 200


class Profile(StrEnum):
    """What stands at the other end: our own servers in memory, or a cluster that others look after too."""

    EMBEDDED = "embedded"
    KAFKA = "kafka"


@dataclass(frozen=True, slots=True)
class Timing:
    """How patient the consumer group is, in seconds."""

    session: float
    heartbeat: float
    request: float
    commit: float
    linger: float
    fetch: float


# The embedded broker lets a group begin after half its session timeout, rounded up to whole seconds: four seconds
# joins as fast as three. A cluster deserves calm: a short session turns every pause of a broker into a rebalance.
# Nothing may be larger than `request`. Commits bound what is delivered twice after a kill. An idle pipeline should
# not linger; a cluster gains from fuller batches. A fetch waits: Kafka answers it at once when something comes, Tansu
# only at its end.
TIMINGS: Final = {
    Profile.EMBEDDED: Timing(session=4, heartbeat=1, request=10, commit=0.5, linger=0, fetch=0.01),
    Profile.KAFKA: Timing(session=30, heartbeat=3, request=60, commit=1, linger=0.005, fetch=0.5),
}


class Settings(BaseSettings):
    """What the worker and the other commands need to know. Raises pydantic's ValidationError, which names the field."""

    model_config = SettingsConfigDict(
        env_prefix="RASID_", env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    profile: Profile = Profile.KAFKA
    watchlist: Path | None = None  # None: the watchlist of the seeds
    sources: str = ""  # comma separated: the sources whose silence a rule tells of, as articles name them; at most 200
    group: str = "rasid"  # the consumer group: workers of one group share the partitions
    prefix: str = "rasid."  # of every topic's name and, without the dot, of every key in the store

    brokers: str = "127.0.0.1:9092"  # host:port, comma separated
    partitions: Annotated[int, Field(ge=1, le=1000)] = 4  # at most so many workers share a topic
    replication: Annotated[int, Field(ge=1)] = 1  # 3 on a cluster, with min.insync.replicas=2
    kafka_security: Security = "PLAINTEXT"
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    kafka_username: str | None = None
    kafka_password: SecretStr | None = None
    kafka_password_file: Path | None = None
    kafka_ca_file: Path | None = None  # None: the authorities that the system trusts
    kafka_certificate_file: Path | None = None  # with its key: mTLS
    kafka_key_file: Path | None = None
    kafka_key_password: SecretStr | None = None
    kafka_key_password_file: Path | None = None

    redis_url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")  # rediss:// for TLS
    redis_url_file: Path | None = None
    redis_username: str | None = None
    redis_password: SecretStr | None = None
    redis_password_file: Path | None = None
    redis_ca_file: Path | None = None
    redis_certificate_file: Path | None = None
    redis_key_file: Path | None = None
    redis_timeout: Seconds = 2.0  # an answer takes less than a millisecond; longer means that it is not there

    host: str = "127.0.0.1"  # of /metrics, /healthz, /readyz and the alert page; the world is a decision, not a default
    port: Annotated[int, Field(ge=0, le=65535)] = 8470  # 0: any free port
    token: SecretStr | None = None  # who may read the alert page, where it is not this machine alone: 16 characters
    token_file: Path | None = None
    subscribers: Path | None = None  # the webhooks and the Alertmanager that get alerts; None: nobody

    batch: Annotated[int, Field(ge=1, le=1000)] = 100  # records of one batch, confirmed together
    within: Seconds = 0.005  # how long a batch waits to fill: the price of each stage in an idle pipeline
    attempts: Annotated[int, Field(ge=1)] = 3  # of a record that crashes its stage, before it is quarantined
    # A megabyte of Arabic is a novel. What is larger is quarantined whole, so the broker has to take it: see topics.py.
    article_bytes: Annotated[int, Field(ge=1024, le=16 * MEGABYTE)] = 10 * MEGABYTE

    dedupe_days: Annotated[int, Field(ge=1)] = 14  # how long a copy is known as one: agencies rerun within days
    answer_hours: Annotated[int, Field(ge=1)] = 48  # how long a second delivery gets the same answer: a long weekend
    journal_entries: Annotated[int, Field(ge=100)] = 100_000  # of one journal, in the store
    retention_days: Annotated[int, Field(ge=1)] = 90  # of the topics, and so of what a lost store is rebuilt from

    session_timeout: Seconds | None = None  # None: the profile's, see TIMINGS
    startup_wait: Annotated[float, Field(ge=0)] = 30.0  # for a broker or store that is not there yet
    shutdown_grace: Seconds = 25.0  # then the process ends with what is in flight uncommitted; Kubernetes kills at 30
    watchdog: Annotated[float, Field(ge=0)] = 120.0  # no progress for so long: the process ends; 0: never

    @model_validator(mode="before")
    @classmethod
    def _read_secret_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in SECRETS:
            path = values.get(f"{name}_file")
            if path and values.get(name) is None:
                try:
                    values[name] = Path(path).read_text().strip()
                except OSError as error:
                    raise ValueError(f"RASID_{name.upper()}_FILE: {error.strerror}: {path}") from None
        return values

    @field_validator(
        "kafka_ca_file", "kafka_certificate_file", "kafka_key_file", "redis_ca_file", "watchlist", "subscribers"
    )
    @classmethod
    def _is_there(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"no such file: {value}")
        return value

    @field_validator("redis_url")
    @classmethod
    def _names_a_store(cls, value: SecretStr) -> SecretStr:
        """What is wrong is told without any of it: a slash within a password makes the rest of it a path."""
        wrong = "is not redis://[user:password@]host[:port][/database] (rediss:// for TLS); within a password, / is %2F"
        try:
            path = urlsplit(value.get_secret_value()).path.strip("/")
            pool = ConnectionPool.from_url(value.get_secret_value())
            pool.connection_class(**pool.connection_kwargs)  # connects nothing, but knows its options
        except (ValueError, TypeError, AttributeError):
            raise ValueError(wrong) from None
        if path and not path.isdecimal() and "host" in pool.connection_kwargs:
            raise ValueError(wrong)
        return value

    @field_validator("brokers")
    @classmethod
    def _names_brokers(cls, value: str) -> str:
        for server in (servers := [part.strip() for part in value.split(",")]):
            host, _, port = server.rpartition(":")
            if not host or not port.isdecimal():
                raise ValueError(f"a broker is written host:port, not {server!r}")
        return ",".join(servers)

    @field_validator("token")
    @classmethod
    def _is_hard_to_guess(cls, value: SecretStr | None) -> SecretStr | None:
        """An empty one would let everybody in; `${RASID_TOKEN}` becomes one where the variable is not set."""
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if len(token) < SHORTEST_TOKEN:
            raise ValueError(f"a token has at least {SHORTEST_TOKEN} characters, not {len(token)}")
        return SecretStr(token)

    @field_validator("sources")
    @classmethod
    def _names_few_sources(cls, value: str) -> str:
        if (number := len(_names(value))) > MOST_SOURCES:
            raise ValueError(f"each is a series of the metrics: at most {MOST_SOURCES}, not {number}")
        return value

    @property
    def source_names(self) -> tuple[str, ...]:
        """The sources whose silence is watched for."""
        return _names(self.sources)

    @property
    def timing(self) -> Timing:
        """The profile's timing, with the session timeout that was asked for."""
        timing = TIMINGS[self.profile]
        if self.session_timeout is None:
            return timing
        session = self.session_timeout
        heartbeat, request = min(timing.heartbeat, session / 3), max(timing.request, session)
        return replace(timing, session=session, heartbeat=heartbeat, request=request)

    def topic(self, name: str) -> str:
        """The full name of one of our topics, as "signals"."""
        return f"{self.prefix}{name}"

    @property
    def key_prefix(self) -> str:
        """What every key in the store begins with: a hash tag, so that a cluster keeps them together for Lua."""
        return f"{{{self.prefix.rstrip('.') or 'rasid'}}}"

    def kafka_tls(self) -> ssl.SSLContext | None:
        """The TLS context for the brokers, or None where they are reached without TLS."""
        if not self.kafka_security.endswith("SSL"):
            return None
        context = ssl.create_default_context(cafile=self.kafka_ca_file)
        if self.kafka_certificate_file is not None:
            password = self.kafka_key_password
            context.load_cert_chain(
                self.kafka_certificate_file,
                self.kafka_key_file,
                password.get_secret_value() if password is not None else None,
            )
        return context


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))
