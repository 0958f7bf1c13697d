"""Which of the scheduled talks a clause means that names none."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from agents.talks.fits import fit
from agents.talks.marked import MarkedArticle, TalkLink
from agents.talks.shown import shown
from agents.talks.weighing import TalkContext
from schemas import ScheduledTalk

_MANY: Final = 3  # so many sides in a clause, most of whom are no party of the talks, meet on something else
_FITS: Final = 0.5  # how well sides fit talks that are meant for their sake
_SEASON: Final = timedelta(days=14)


def meant(article: MarkedArticle, context: TalkContext) -> tuple[TalkLink, ...]:
    """The one talk that is most likely meant by a clause that names none."""
    held = [talk for talk in article.held_in(*context.clause) if not _is_of_a_later_day(article, talk, *context.clause)]
    if held:
        return tuple(TalkLink(talk.id, "place") for talk in held)
    on = article.of_a_kind(article.held_on(*context.clause, ("day",)), *context.clause)
    if on:
        return tuple(TalkLink(talk.id, "date") for talk in on)
    weights = article.known.weights.meant
    likely = {
        talk.id: (sum(weights[name] * value for name, value in evidence.items()), evidence)
        for talk, evidence in shown(article, context)
    }
    best = max(article.known.talks.values(), key=lambda talk: (likely[talk.id][0], -article.distance(talk)[0]))
    if any(
        len(they) >= _MANY and len(they & set(best.parties)) < len(they) / 2
        for they in (article.partners(at, context.clause[1]) for at in article.talk_words(*context.clause))
    ):
        return ()
    if likely[best.id][1]["near"]:
        return (TalkLink(best.id, "passage"),)
    return (TalkLink(best.id, "parties" if fit(best, context.parties) >= _FITS else "generic"),)


def _is_of_a_later_day(article: MarkedArticle, talk: ScheduledTalk, start: int, end: int) -> bool:
    """Whether the words tell of a day long after the talks: something else will be in their town."""
    last = talk.ends or talk.starts
    days = [mention for at, mention in article.dates if start <= at < end and mention.precision == "day"]
    return last is not None and bool(days) and all(mention.starts > last + _SEASON for mention in days)
