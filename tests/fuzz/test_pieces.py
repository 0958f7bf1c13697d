"""Pieces of the feeds' articles, cut off anywhere and broken: no stage fails, and all that is told stands in them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import cache
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from agents.knowledge import Knowledge, build_knowledge
from schemas import RawArticle, load_watchlist
from streams.feeds import read_feed
from tests.offline import Flow, feed_of, names_of_feeds

DAY: Final = datetime(2022, 1, 7, tzinfo=UTC)
ENDINGS: Final = ("", "", "", ":", "،", "«", '"', " أن", " إن", " و", " (", " -", " على لسان", "\n- ")
LONGEST: Final = 400  # words


@cache
def knowledge(feed: str) -> Knowledge:
    return build_knowledge(load_watchlist(feed_of(feed)[1]))


@cache
def bodies(feed: str) -> tuple[str, ...]:
    entries = read_feed(feed_of(feed)[0])
    return tuple(RawArticle.model_validate_json(entry.value).body for entry in entries if entry.value)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[str, str]:
    """A feed, and some lines of one of its articles from any word to any other one, with a new ending."""
    feed = draw(st.sampled_from(sorted(names_of_feeds())))
    words = draw(st.sampled_from(bodies(feed))).split(" ")
    begin = draw(st.integers(0, len(words) - 1))
    end = draw(st.integers(begin + 1, min(len(words), begin + LONGEST)))
    return feed, " ".join(words[begin:end]) + draw(st.sampled_from(ENDINGS))


@given(pieces())
def test_a_piece_of_an_article_goes_through_every_stage(piece: tuple[str, str]) -> None:
    feed, body = piece
    flow = Flow(knowledge(feed))
    article = RawArticle(article_id="piece", source="source", body=body, published_at=DAY)
    asyncio.run(flow.send(article))
    spans = [statement.content for statement in flow.told.statements] + [
        signal.evidence for signal in flow.told.signals
    ]
    assert all(body[span.start : span.end] == span.text for span in spans)
