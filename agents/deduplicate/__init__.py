"""One story once: tells copies, revisions and shared passages from what is new.

Every article is emitted exactly once, with its verdict and with what is new in it. The decision is pure
(`decisions.decide`): an article against the few earlier ones that share a sentence or an address with it. Which of
two copies is the first is settled by the index, in one step: an article is inserted only together with an answer
that reckons with everything that was inserted before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import xxhash

from agents.deduplicate.decisions import Reading, decide
from agents.deduplicate.memory import UNLIKE, Answer, Delivery, Entry, Known, SeenArticles, Settled, pack_units
from agents.language.dates import infer_published
from agents.language.fingerprint import ANCHOR_BITS, Fingerprint, load_fingerprinter
from agents.stage import Outcome
from schemas import Article, Passed, Range, RawArticle, Span, TimeSource

__all__ = [
    "COMPARED",
    "Answer",
    "Delivery",
    "Entry",
    "Known",
    "SeenArticles",
    "Settled",
    "deduplicate",
    "delivery_of",
    "event_time_of",
    "prints_of",
    "settled_before",
]

# Code points of a body, twice what the other stages read of it: ten thousand words, of which more is not compared
# anyway. Of what comes after it is only known whether it is the same.
COMPARED: Final = 120_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).date()
_VERSION: Final = re.compile(r"(?:[-_](?:v|r|update)?\d{1,2}|/amp|\.html?|\.php|\.aspx?)+$")
_NO_ADDRESS: Final = re.compile(r"utm_.*|[fg]clid|ref|src|source|amp|v|ver|rev|updated?|share|m")  # counts visits
_MASK: Final = (1 << ANCHOR_BITS) - 1
_SHORT: Final = (1 << 32) - 1


async def deduplicate(record: RawArticle, index: SeenArticles, lexicon: object = None) -> Outcome:
    """Emit the article with its verdict: unique, exact_duplicate, near_duplicate or revision."""
    event_time, time_source, evidence = event_time_of(record)
    prints = prints_of(record)
    delivery = delivery_of(record, prints, event_time)
    reading = Reading(record.body, record.title, prints)
    async with index.in_turn(delivery):
        answer = await _settle(delivery, reading, index)
    article = Article.model_validate(
        {
            **record.__dict__,
            **(record.model_extra or {}),  # fields nobody knows
            "verdict": answer.verdict,
            "duplicate_of": answer.duplicate_of,
            "similarity": answer.similarity,
            "shared": answer.shared,
            "origins": answer.origins,
            "replaces": answer.replaces,
            "story_id": answer.story_id or record.article_id,
            "fresh": (Range(start=0, end=len(record.body)),) if answer.fresh is None else answer.fresh,
            "event_time": event_time,
            "event_time_source": time_source,
            "event_time_evidence": evidence,
        }
    )
    return Outcome(records=(article,), passed=(_why(article),))


async def _settle(delivery: Delivery, reading: Reading, index: SeenArticles) -> Answer:
    answer, against = UNLIKE, frozenset[bytes]()
    while True:
        settled = await index.settle(delivery, answer, against)
        if settled.answer is not None:
            return settled.answer
        answer = decide(delivery.entry, reading, settled.known)
        against |= {known.key for known in settled.known}


def prints_of(record: RawArticle) -> Fingerprint:
    """The fingerprint of as much of an article as is compared; `exact` knows the rest too."""
    prints = load_fingerprinter().read(record.body[:COMPARED], record.title)
    if len(record.body) <= COMPARED:
        return prints
    return replace(prints, exact=(prints.exact + _hash(record.body[COMPARED:])) & (1 << 64) - 1)


def settled_before(article: Article) -> tuple[Delivery, Answer]:
    """What the index was given for an article that was accepted before, and the answer that it has kept."""
    prints = prints_of(article)
    whole = (Range(start=0, end=len(article.body)),)
    fields = {name: getattr(article, name) for name in Answer.model_fields}
    fields["story_id"] = "" if article.story_id == article.article_id else article.story_id
    fields["fresh"] = None if article.fresh == whole else article.fresh
    return delivery_of(article, prints, article.event_time), Answer(**fields)


def _why(article: Article) -> Passed:
    note = f"of {article.duplicate_of}, similarity {article.similarity:.2f}" if article.duplicate_of else ""
    return Passed(taken=bool(article.fresh), reason=article.verdict.value, record_id=article.article_id, note=note)


def event_time_of(record: RawArticle) -> tuple[datetime | None, TimeSource, Span | None]:
    """When the article was published: as the feed says, else as the text says, else when it was fetched."""
    if record.published_at is not None:
        return record.published_at, TimeSource.PUBLISHED_AT, None
    inferred = infer_published(record.title, record.body, record.fetched_at)
    if inferred is not None:
        return inferred[0], TimeSource.TEXT, inferred[1]
    if record.fetched_at is not None:
        return record.fetched_at, TimeSource.FETCHED_AT, None
    return None, TimeSource.UNKNOWN, None


def delivery_of(record: RawArticle, prints: Fingerprint, event_time: datetime | None) -> Delivery:
    """What the index has to know of an article."""
    address, page = _addresses(record.url)
    lengths, codes = pack_units([unit.size for unit in prints.units], prints.codes)
    entry = Entry(
        article_id=record.article_id,
        exact=prints.exact,
        source=_hash(record.source) & _SHORT if record.source else 0,
        address=_hash(f"{record.source}\n{address}") & _SHORT if address else 0,
        page=_hash(f"{record.source}\n{page}") & _SHORT if page else 0,
        day=(event_time.date() - _EPOCH).days if event_time else 0,
        lengths=lengths,
        codes=codes,
    )
    found_by = [_hash(f"id\n{record.article_id}")]
    if prints.units:
        found_by.append(prints.exact)
    if address:
        found_by.append(_hash(f"{record.source}\n{address}"))
    anchors = (*(value & _MASK for value in found_by), *prints.anchors)
    return Delivery(
        key=_hash(f"{record.article_id}\n{record.body}").to_bytes(8, "little"),
        entry=entry,
        anchors=anchors,
    )


def _addresses(url: str | None) -> tuple[str, str]:
    """The address without what counts visits and versions, and without its query."""
    if not url:
        return "", ""
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:
        return url, url
    page = parts.netloc.removeprefix("www.").removeprefix("m.") + _VERSION.sub("", parts.path.rstrip("/"))
    if not parts.path.strip("/") and not parts.query:
        return "", ""  # a front page is no article's address
    if not parts.query:
        return f"{page}?", page
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _NO_ADDRESS.fullmatch(name)])
    return f"{page}?{query}", page


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))
