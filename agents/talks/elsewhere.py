"""Meetings of others that are told by who meets in them or where: inside one bloc, of a pair, in another town. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from agents.language.names import AND, ARTICLE, IN, TA_MARBUTA, TO, without_clitics
from agents.language.text import fold
from agents.talks.marked import MarkedArticle
from agents.talks.names import bare
from schemas import ActorKind, ScheduledTalk

_HOLDERS: Final = 6  # tokens from a meeting to those who hold it
_WHOSE: Final = 4  # and from them to the bloc whose ministers they are
_PLACE: Final = 9  # tokens from a meeting to the town in which it is
_PAIR: Final = 2
_BEHIND: Final = 2  # tokens from a meeting to the first of a pair that holds it
_BLOCS: Final = (ActorKind.ORGANISATION, ActorKind.BLOC)
_FEMININE: Final = fold(TA_MARBUTA)  # ends adjectives of towns: "في مدينة محايدة"


def is_within_a_bloc(article: MarkedArticle, at: int, start: int, end: int) -> bool:
    """Whether those of one bloc meet among themselves: "وزراء خارجية دول الحلف سيجتمعون", "قمة قادة الاتحاد"."""
    rulers = article.known.vocabulary.small["rulers"]
    for n in range(max(start, at - _HOLDERS), min(at + _HOLDERS, end)):
        if n == at or rulers.isdisjoint(bare(article.words[n].form)) or _comes_to(article, n, at):
            continue
        bloc = _bloc_of(article, n, end)
        if bloc is not None and not _has_its_talks(article, n, bloc) and not _meets_others(article, n, end, bloc):
            return True
    return False


def _comes_to(article: MarkedArticle, holder: int, at: int) -> bool:
    """Whether those who stand before a meeting only have to do with it: "وزراء الاتحاد سيشاركون في المحادثات"."""
    small = article.known.vocabulary.small
    between = (token.form for token in article.words[holder + 1 : at])
    return article.words[at].form.startswith((IN + ARTICLE, TO)) or not small["towards"].isdisjoint(between)


def _bloc_of(article: MarkedArticle, holder: int, end: int) -> frozenset[str] | None:
    """The bloc whose ministers or leaders stand at a position; without its name, as "دول الحلف", no actor."""
    small = article.known.vocabulary.small
    for n in range(holder + 1, min(holder + 1 + _WHOSE, end)):
        form = article.words[n].form
        named = next((one for one in article.mentions if one.start == n), None)
        if named is not None:
            bloc = article.known.lexicon.kind_of(named.target) in _BLOCS
            return frozenset([named.target]) if bloc and not named.clitics else None
        if form in small["blocs"] or form in small["its_members"]:
            return frozenset()
        if form.startswith(AND):
            return None
    return None


def _has_its_talks(article: MarkedArticle, holder: int, bloc: frozenset[str]) -> bool:
    """Whether talks of the watchlist may be such a meeting: by their name, their parties, or as a summit of leaders."""
    known = article.known
    who = bare(article.words[holder].form)
    if any(not who.isdisjoint(own) for own in known.own.values()):
        return True
    leads = any(not known.vocabulary.small["leaders"].isdisjoint((form, ARTICLE + form)) for form in who)
    return any(
        set(talk.parties) <= bloc or (leads and "summit" in known.forms[talk.id] and _is_of(article, talk, bloc))
        for talk in known.talks.values()
        if talk.parties
    )


def _is_of(article: MarkedArticle, talk: ScheduledTalk, bloc: frozenset[str]) -> bool:
    """Whether a bloc, or some bloc where it has no name, is a party of talks."""
    return any(party in bloc or (not bloc and article.known.lexicon.kind_of(party) in _BLOCS) for party in talk.parties)


def _meets_others(article: MarkedArticle, holder: int, end: int, bloc: frozenset[str]) -> bool:
    """Whether a side that is no member is there too: "وزراء خارجية الحلف ونظيرهم الروسي", "مع الروس"."""
    small = article.known.vocabulary.small
    beside = any(article.words[n].form.removeprefix(AND) in small["beside"] for n in range(holder, end))
    joined = any(
        holder < one.start < min(holder + 1 + _HOLDERS, end) and AND in one.clitics and one.target not in bloc
        for one in article.mentions
    )
    peers = any(not small["peers"].isdisjoint(without_clitics(article.words[n].form)) for n in range(holder, end))
    return beside or joined or peers


def pair_at(article: MarkedArticle, at: int, start: int, end: int) -> frozenset[str]:
    """The two sides that are told to meet: "لقاء روسي أميركي", "دبلوماسيون من روسيا وأميركا سيجتمعون"."""
    known = article.known
    around = [one for one in article.mentions if start <= one.start and one.end <= end]
    for one, other in pairwise(around):
        adjectives = one.via == other.via == "adjective"
        if other.start != one.end or not (adjectives or AND in other.clitics):
            continue
        behind = at < one.start <= at + 1 + _BEHIND and _leads_on(article, at, one.start)
        before = other.end == at and not adjectives and one.start > start and _is_from(article, one.start)
        if behind or before:
            return frozenset(known.lexicon.party_of(each.target) for each in (one, other))
    return frozenset()


def _leads_on(article: MarkedArticle, at: int, first: int) -> bool:
    """Whether only words of talks, adjectives, "بين" and titles stand between a meeting and those who hold it."""
    small = article.known.vocabulary.small
    return all(
        article.words[n].form in small["between"] or article.words[n].form.startswith(ARTICLE) or n in article.marks
        for n in range(at + 1, first)
    )


def _is_from(article: MarkedArticle, at: int) -> bool:
    return article.words[at - 1].form in article.known.vocabulary.small["from"]


def may_meet(talk: ScheduledTalk, pair: frozenset[str]) -> bool:
    """Whether two sides that are told to meet may do so in the talks."""
    return len(pair) < _PAIR or pair <= set(talk.parties)


def is_in_another_town(article: MarkedArticle, at: int, start: int, end: int) -> bool:
    """Whether talks at a position are told to be in a town of none on the watchlist: "اجتماع الوزراء في أنطاليا".

    "المحادثات في باريس" may have been moved there.
    """
    small = article.known.vocabulary.small
    if article.words[at].form.startswith(ARTICLE) or any(
        article.words[n].form in small["hosts"] for n in range(start, end)
    ):
        return False  # "مستعدة لاستضافة المفاوضات في جنيف"
    last = next((n for n in range(at + 1, min(at + _PLACE, end)) if _is_no_place(article, n)), min(at + _PLACE, end))
    town = next(_towns(article, at + 1, last), None)
    if town is None:
        return False
    return not any(at < place.start < last for place in article.venues)


def _is_no_place(article: MarkedArticle, at: int) -> bool:
    """Whether it is told from here on what has become of a meeting, why, or of another one."""
    mark = article.marks.get(at)
    told = mark is not None and (mark.group == "outcome" or (mark.group == "talk" and mark.form is not None))
    return told or article.words[at].form in article.known.vocabulary.small["another_matter"]


def _towns(article: MarkedArticle, start: int, end: int) -> Iterator[int]:
    """Where a town stands in which something is and which is none of the watchlist's."""
    small = article.known.vocabulary.small
    for n in range(start, end):
        form = article.words[n].form
        inside = article.words[n - 1].form in small["inside"]
        known = article.elsewhere.get(n)
        if known is not None and (inside or known.clitics.endswith(IN)):
            yield n
        a_town = form in small["town"] and (inside or form.startswith(IN))
        if a_town and n + 1 < end and _is_a_name(article, n + 1):
            yield n


def _is_a_name(article: MarkedArticle, at: int) -> bool:
    """Whether a word behind "مدينة" may be a name, of no place or actor of the watchlist."""
    word = article.words[at]
    known = (*article.venues, *article.mentions)
    return (
        word.kind == "word"
        and not word.form.startswith(ARTICLE)
        and not word.form.endswith(_FEMININE)
        and not any(one.start <= at < one.end for one in known)
        and word.form not in article.known.vocabulary.small["particles"]
    )


def is_beside_others(article: MarkedArticle, at: int) -> bool:
    """Whether a meeting is held beside the talks at a position: "سيلتقيان على هامش قمة العشرين"."""
    return at > 0 and article.words[at - 1].form in article.known.vocabulary.small["margin"]
