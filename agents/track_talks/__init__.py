"""The ledger of scheduled talks: who claims what of date, venue, status and delegation, and what that comes to.

What is remembered is the last record of every talk, with its claims. An article with a claim on a talk gives a new
record of it, which says what it changes; the first article that tells of talks also gives every other talk of the
watchlist as it is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from agents.knowledge import Knowledge
from agents.stage import Journal, Memory, Outcome
from agents.track_talks.claims import find_claims
from agents.track_talks.ledger import changes, expected, read_claims
from schemas import Article, Claim, ScheduledTalk, Talk, TimeSource

_SEASON: Final = timedelta(days=150)  # an article this far from a scheduled date is about other talks

Talks = dict[str, Talk]


def talk_memory(journal: Journal[Talk]) -> Memory[Talks, Talk]:
    """The last record of every talk."""
    return Memory(journal, dict, _fold)


def _fold(state: Talks, talk: Talk) -> None:
    state[talk.talk_id] = talk


async def track_talks(article: Article, memory: Memory[Talks, Talk], knowledge: Knowledge) -> Outcome:
    """The records of the talks that an article has claims on."""
    silent = _silence(article, knowledge)
    if silent is not None:
        return silent  # whatever was claimed before
    return await memory.decide_once(
        article.text_id,
        lambda state: decide(article, state, knowledge),
        lambda record: record if isinstance(record, Talk) else None,
    )


def decide(article: Article, state: Mapping[str, Talk], knowledge: Knowledge) -> Outcome:
    """The pure decision: the article's claims, and the talks as they are to be read with them."""
    silent = _silence(article, knowledge)
    if silent is not None:
        return silent
    assert article.event_time is not None
    watched = {talk.id: talk for talk in knowledge.watchlist.talks}
    known = {talk_id: state.get(talk_id) or expected(talk) for talk_id, talk in watched.items()}
    reading = knowledge.reader.read(article)
    marked = knowledge.marked(reading, article.event_time.date())
    claims, passed = find_claims(article, reading, marked, known, knowledge)
    claims = [claim for claim in claims if _in_season(article, watched[claim.talk_id])]
    claimed = {claim.talk_id for claim in claims}
    if not claims:
        return Outcome(passed=tuple(passed))
    records = [
        _record(article, watched[talk_id], known[talk_id], [claim for claim in claims if claim.talk_id == talk_id])
        for talk_id in watched
        if talk_id in claimed or not state
    ]
    return Outcome(tuple(records), tuple(passed))


def _record(article: Article, talk: ScheduledTalk, before: Talk, claims: list[Claim]) -> Talk:
    after = read_claims(talk, (*before.claims, *claims)) if claims else before
    return after.model_copy(
        update={
            "changes": changes(before, after),
            "article_id": article.article_id,
            "event_time": article.event_time,
            "appended_at": article.appended_at,
        }
    )


def _silence(article: Article, knowledge: Knowledge) -> Outcome | None:
    """Nothing, with the reason, where the article can claim nothing."""
    if not article.fresh:
        return Outcome.nothing(f"nothing fresh: {article.verdict}")
    if not knowledge.watchlist.talks:
        return Outcome.nothing("no talks are on the watchlist")
    if article.event_time is None or article.event_time_source is TimeSource.UNKNOWN:
        return Outcome.nothing("nobody knows when it was written")
    if not any(_in_season(article, talk) for talk in knowledge.watchlist.talks):
        return Outcome.nothing("far from every scheduled date")
    reading = knowledge.reader.read(article)
    if not (reading.watched or knowledge.talk_finder.names.find(reading.tokens)):
        return Outcome.nothing("names nothing of the watchlist")
    return Outcome.nothing(f"is about {reading.domain}") if reading.domain else None


def _in_season(article: Article, talk: ScheduledTalk) -> bool:
    if article.event_time is None or talk.starts is None:
        return True
    return abs(article.event_time.date() - talk.starts) <= _SEASON
