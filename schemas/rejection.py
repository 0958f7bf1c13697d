"""Rejections (what could not be read, with the reason) and decisions (what each stage did with an article)."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from schemas.record import Record, Span


class Rejection(Record):
    """A record that a stage could not process: the original bytes (base64), where it stood, and why."""

    rejection_id: str
    stage: str
    reason: str  # a bounded word, as "not_json"; also a metric label
    error: str
    topic: str
    partition: int
    offset: int
    record_key: str | None = None  # base64
    record_value: str  # base64
    headers: dict[str, str] = {}
    attempts: int = 1
    rejected_at: datetime

    @property
    def key(self) -> str:
        return self.rejection_id


class Passed(BaseModel):
    """Something that a stage took or passed over, and why."""

    model_config = ConfigDict(frozen=True)

    taken: bool
    reason: str
    span: Span | None = None
    record_id: str | None = None
    note: str = ""


class Decision(Record):
    """What one stage did with one record: it closes the record's way through that stage, and `rasid why` shows it."""

    article_id: str
    stage: str
    record_id: str  # what was decided on: the article's, signal's, statement's or talk record's id
    text_id: str | None = None  # of an article: which of the texts that came under its id
    emitted: tuple[str, ...] = ()  # the keys of the records that were sent on, as "statements:statement-ab12"
    sent_before: tuple[str, ...] = ()  # those of them that stood on their topics already and were not sent again
    passed: tuple[Passed, ...] = ()

    @property
    def key(self) -> str:
        return self.article_id
