"""What all records have in common: they are frozen, versioned, and carry deterministic ids."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Final = 1


class Record(BaseModel):
    """A value on a topic. UTF-8 JSON on the wire; unknown fields of newer writers are kept out, never an error."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Annotated[int, Field(ge=1, strict=True)] = SCHEMA_VERSION


class Span(BaseModel):
    """A piece of an article's body: code-point offsets into the body exactly as it was received."""

    model_config = ConfigDict(frozen=True)

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str

    @classmethod
    def of(cls, body: str, start: int, end: int) -> Span:
        """The span of `body[start:end]`."""
        return cls(start=start, end=end, text=body[start:end])


def surroundings(body: str, span: Span, width: int = 120) -> tuple[str, str]:
    """The text before and after a span of `body`, at most `width` code points each, cut at white space."""
    before, after = body[max(0, span.start - width) : span.start], body[span.end : span.end + width]
    if span.start > width:
        before = before.partition(" ")[2] or before
    if span.end + width < len(body):
        after = after.rpartition(" ")[0] or after
    return before, after


class Range(BaseModel):
    """A half-open range of code points of a body, without its text."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int


def content_id(kind: str, *parts: object) -> str:
    """A deterministic id: the kind, a dash, and 20 hexadecimal digits of the BLAKE2b digest of the parts."""
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        digest.update(repr(part).encode())
        digest.update(b"\x1f")
    return f"{kind}-{digest.hexdigest()}"
