"""Which scheduled talks a clause is about: those that it names, else those that are meant if enough speaks for any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from agents.talks.elsewhere import may_meet, pair_at
from agents.talks.marked import MarkedArticle, TalkLink
from agents.talks.meant import meant
from agents.talks.others import is_of_others, is_of_then, is_own, without_time
from agents.talks.weighing import TalkContext, compared, told

_MOST: Final = 0.2  # the likeness that hardly any clause has,
_LEAST: Final = -0.13  # and the unlikeness: of 112 clauses of nine feeds that were surer it turned none


@dataclass(frozen=True, slots=True)
class Leaning:
    """The talks that a clause is about if the encoder agrees, who is asked where there is a text; see `settled`."""

    links: tuple[TalkLink, ...]
    told: float = 0.0
    text: str = ""
    chance: float = 0.0  # of 1, by the words alone, that it is about any


_TO_NONE: Final = Leaning(())


def about(
    article: MarkedArticle, context: TalkContext, counts: Callable[[TalkLink], bool] = bool
) -> tuple[TalkLink, ...]:
    """The talks that the clause is about, of those that count for who asks; nothing where it is about none."""
    return settled(article, leaning(article, context, counts))


def leaning(article: MarkedArticle, context: TalkContext, counts: Callable[[TalkLink], bool] = bool) -> Leaning:
    """What the words alone tell of which talks the clause is about.

    The encoder takes longer than all of this: it is left to be asked where there would be a link that counts, and
    only words leave it open.
    """
    context = without_time(article, context)
    explicit = article.explicit(*context.clause)
    of_others = bool(article.known.talks) and is_of_others(article, context)
    if of_others:  # whose town and day may be those of talks on the watchlist
        explicit = [link for link in explicit if link.reason == "name"]
    explicit = list(_of_who_meets(article, context, explicit))
    if explicit:
        return Leaning(tuple(filter(counts, explicit)), chance=1.0)
    if not article.known.talks or of_others or is_own(article, context):
        return _TO_NONE
    weights, weight = article.known.weights, told(article, context)
    chance = 1 / (1 + exp(-weight))
    if weight + _MOST * weights.alike < weights.enough:
        return Leaning((), chance=chance)
    links = tuple(filter(counts, meant(article, context)))
    if is_of_then(article, context):
        links = tuple(link for link in links if article.is_over(article.known.talks[link.talk_id]))
    doubtful = weight + _LEAST * weights.alike <= weights.enough
    return Leaning(links, weight, compared(article, context) if links and doubtful else "", chance)


def _of_who_meets(article: MarkedArticle, context: TalkContext, links: Sequence[TalkLink]) -> Iterator[TalkLink]:
    """Without talks of which only the town or day is told, and in which those who are told to meet may not meet."""
    start, end = context.clause
    pairs = [pair_at(article, at, start, end) for at in article.talk_words(start, end)] if links else []
    for link in links:
        talk = article.known.talks[link.talk_id]
        if link.reason == "name" or all(may_meet(talk, pair) for pair in pairs):
            yield link


def settled(article: MarkedArticle, leaning: Leaning) -> tuple[TalkLink, ...]:
    """The talks that it is about; many are settled fastest when the encoder has met their texts together."""
    if not leaning.text:
        return leaning.links
    weights = article.known.weights
    weight = leaning.told + weights.alike * article.known.examples.likeness(leaning.text)
    return leaning.links if weight >= weights.enough else ()
