"""Records on the wire: which topic each type lives on, its bytes, and why bytes are refused.

Topics are named without the prefix of the settings here: "articles.raw", not "rasid.articles.raw".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import from_json

from agents.trigger_alerts import record_id
from schemas import SCHEMA_VERSION, Alert, Article, Decision, RawArticle, Record, Rejection, Signal, Statement, Talk

CORROBORATIONS: Final = "alerts.corroborations"
RETRY: Final = "rasid-retry"  # the header of a record that was sent again from quarantine: the rejection's id
UNDELIVERED: Final = "alerts.undelivered"  # alerts that an endpoint never took, with its name and the reason as headers
TYPES: Final[Mapping[str, type[Record]]] = {
    "articles.raw": RawArticle,
    "articles.accepted": Article,
    "signals": Signal,
    "statements": Statement,
    "talks": Talk,
    "alerts": Alert,
    CORROBORATIONS: Alert,
    "quarantine": Rejection,
    "decisions": Decision,
}
TOPICS: Final[Mapping[type[Record], str]] = {kind: topic for topic, kind in TYPES.items() if topic != CORROBORATIONS}

Headers = Sequence[tuple[str, bytes]]


class Reason(StrEnum):
    """Why a record is in quarantine; also the metric's label."""

    NO_VALUE = "no_value"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    MISSING_FIELD = "missing_field"
    EMPTY_BODY = "empty_body"
    BAD_DATE = "bad_date"
    BAD_FIELD = "bad_field"
    NEWER_VERSION = "newer_version"  # of the schema: a newer worker can read it
    CRASHED = "crashed"  # the stage failed on it as often as the settings allow
    UNSENDABLE = "unsendable"  # the broker takes no record of the size that came of it


class UnreadableError(ValueError):
    """Bytes that are no record. `reason` is bounded, the message says what is wrong and quotes nothing secret."""

    def __init__(self, reason: Reason, error: str) -> None:
        super().__init__(error)
        self.reason = reason


def topic_of(record: Record) -> str:
    """The topic of a record: that of its type, but for corroborations of an alert that was sent before."""
    if isinstance(record, Alert) and record.revision > 0:
        return CORROBORATIONS
    return TOPICS[type(record)]


def identify(record: Record) -> str:
    """The id of a record, as decisions name it; a talk's comes from its contents, an alert's tells its revision.

    Stages decide once under this id, on articles once under the id of their text, so that their answers can be found
    again from the decisions.
    """
    match record:
        case Signal() | Statement() | Talk():
            return record_id(record)
        case Alert():
            return f"{record.alert_id}#{record.revision}"
        case RawArticle():
            return record.article_id
    return record.key  # type: ignore[attr-defined, no-any-return]


def text_of(record: Record) -> str | None:
    """Which text of an article it is; None for whatever is no article."""
    return record.text_id if isinstance(record, RawArticle) else None


def article_of(record: Record) -> str:
    """The id of the article that led to a record, or the empty string."""
    return str(getattr(record, "article_id", None) or "")


def encode(record: Record) -> bytes:
    """The record as UTF-8 JSON."""
    return record.model_dump_json().encode()


def headers_of(record: Record) -> Headers:
    """What stands beside a record on the wire: for an alert, the attributes of a CloudEvent in binary mode."""
    if not isinstance(record, Alert):
        return ()
    attributes = {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": identify(record),
        "ce_source": "rasid/trigger_alerts",
        "ce_type": f"rasid.alert.{record.kind}",
        "ce_subject": record.alert_id,
    }
    if record.event_time is not None:
        attributes["ce_time"] = record.event_time.isoformat()
    return tuple((name, value.encode()) for name, value in attributes.items())


def decode(topic: str, value: bytes | None, *, appended_at: float | None = None, limit: int | None = None) -> Record:
    """The record that stands on `topic`. Raises `UnreadableError`.

    `appended_at` (seconds, the broker's) is set on a raw article, whatever the sender wrote there.
    """
    if value is None:
        raise UnreadableError(Reason.NO_VALUE, "a record without a value")
    if limit is not None and len(value) > limit:
        raise UnreadableError(Reason.TOO_LARGE, f"{len(value)} bytes; at most {limit} are read")
    try:
        value.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(Reason.NOT_UTF8, f"byte {error.start}: {error.reason}") from None
    try:
        fields = from_json(value, allow_inf_nan=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Reason.NOT_JSON, str(error)) from None
    if not isinstance(fields, dict):
        raise UnreadableError(Reason.NOT_AN_OBJECT, f"an object was expected, not {type(fields).__name__}")
    version = fields.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        message = f"schema_version {version}; up to {SCHEMA_VERSION} is read"
        raise UnreadableError(Reason.NEWER_VERSION, message)
    if topic == "articles.raw":
        fields["appended_at"] = appended_at
    return _validate(TYPES[topic], fields)


def _validate(kind: type[Record], fields: dict[str, Any]) -> Record:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableError(_reason(first["type"], place), f"{place}: {first['msg']}") from None


def _reason(kind: str, place: str) -> Reason:
    if kind == "missing":
        return Reason.MISSING_FIELD
    if place == "body" and kind == "value_error":
        return Reason.EMPTY_BODY
    if place in ("published_at", "fetched_at", "event_time"):
        return Reason.BAD_DATE
    return Reason.BAD_FIELD
