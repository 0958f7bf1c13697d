"""Articles: as they arrive (`RawArticle`) and as they pass on from `deduplicate` (`Article`)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from schemas.record import Range, Record, Span, content_id

# Characters. Each record that comes of an article repeats these, hundreds of times, so they are bounded: an id may be
# an address, and an address is at least taken in the length that RFC 9110 asks everybody to take.
ID_LENGTH: Final = 2_000
SOURCE_LENGTH: Final = 500
URL_LENGTH: Final = 8_000
TITLE_LENGTH: Final = 8_000
LANGUAGE_LENGTH: Final = 100


class RawArticle(Record):
    """An article as it was received. Fields nobody knows are kept; `article_id` is derived where it is missing."""

    model_config = ConfigDict(frozen=True, extra="allow")

    article_id: Annotated[str, Field(max_length=ID_LENGTH)] = ""
    source: Annotated[str, Field(max_length=SOURCE_LENGTH)] = ""
    url: Annotated[str, Field(max_length=URL_LENGTH)] | None = None
    language: Annotated[str, Field(max_length=LANGUAGE_LENGTH)] | None = None
    title: Annotated[str, Field(max_length=TITLE_LENGTH)] = ""
    body: str
    published_at: datetime | None = None
    fetched_at: datetime | None = None

    @field_validator("published_at", "fetched_at")
    @classmethod
    def _needs_an_offset(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a date needs an offset, as in 2022-01-10T09:00:00+00:00")
        return value

    @field_validator("body")
    @classmethod
    def _is_not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("the body is empty")
        return value

    @model_validator(mode="after")
    def _has_an_id(self) -> Self:
        if not self.article_id:
            object.__setattr__(self, "article_id", content_id("article", self.source, self.url, self.title, self.body))
        return self

    @property
    def text_id(self) -> str:
        """Names this text among all that come under the id: the same whenever it is delivered again."""
        return _text_id(self.article_id, self.body)


@lru_cache(maxsize=4)
def _text_id(article_id: str, body: str) -> str:
    """Each stage asks for it, one after the other."""
    return content_id("text", article_id, body)


class Verdict(StrEnum):
    """What `deduplicate` says of an article."""

    UNIQUE = "unique"
    EXACT_DUPLICATE = "exact_duplicate"
    NEAR_DUPLICATE = "near_duplicate"
    REVISION = "revision"


class TimeSource(StrEnum):
    """Where an article's event time comes from, best first."""

    PUBLISHED_AT = "published_at"
    TEXT = "text"
    FETCHED_AT = "fetched_at"
    UNKNOWN = "unknown"


class SharedPassage(Range):
    """A part of the body that was read before, in an article that is otherwise another one."""

    article_id: str


class Article(RawArticle):
    """An article with its verdict. `fresh` are the parts of the body that nobody has read before."""

    verdict: Verdict
    duplicate_of: str | None = None
    similarity: float = 0.0
    story_id: str = ""  # the id of the first article of its cluster of copies; its own where it is unique
    fresh: tuple[Range, ...] = ()
    shared: tuple[SharedPassage, ...] = ()  # passages of other stories: no independent origins of what they say
    origins: int = 1  # independent texts that it is made of: what it copies, and what it adds to that
    replaces: int = 0  # how many texts of its outlet it replaces, one after the other
    event_time: datetime | None = None
    event_time_source: TimeSource = TimeSource.UNKNOWN
    event_time_evidence: Span | None = None
    appended_at: float | None = None  # seconds since the epoch at which the broker took the raw record

    @property
    def key(self) -> str:
        return self.article_id
