"""Whether the talks that a clause speaks of are others than those of the watchlist. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from agents.language.names import AND, ARTICLE
from agents.talks.elsewhere import is_beside_others, is_in_another_town, is_within_a_bloc, may_meet, pair_at
from agents.talks.fits import meets
from agents.talks.marked import MarkedArticle
from agents.talks.weighing import TalkContext
from schemas import ActorKind

_CALLED: Final = 2  # tokens from a meeting to the day by which it is called
_CHAIN: Final = 3  # tokens from "مفاوضات" to the land whose they are,
_PARTNERS: Final = 4  # to مع and بين,
_MATTER: Final = 10  # to what they are on,
_DATED: Final = 8  # and to when they were
_GONE_ON: Final = 15  # tokens from talks to another clause about them
_BEHIND: Final = 2  # tokens from مع to with whom, and from بشأن to on what
_LED: Final = 5  # tokens from talks to "قبل",
_AGO: Final = 3  # and from there to "عاما"
_SPEAKS: Final = 8  # tokens of a sentence in which it is told who speaks
_AT_HOME: Final = frozenset(["party", "partner"])
_OF_TALKS: Final = ("talk", "agenda", "outcome")
_TOLD: Final = 2  # tokens of what is told before it is told when,
_WHEN: Final = 4  # and from "منذ" to the last word of talks
_APART: Final = frozenset(["summit", "conference"])  # kinds of talks that regions hold
_OF_SEVERAL: Final = (ActorKind.BLOC, ActorKind.UNNAMED)
_LONG: Final = ("month", "year")


def is_own(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether all talks that the clause speaks of are the speaker's own with somebody, and none of the watchlist's.

    "وصفت محادثاتها مع الجنرال بأنها صريحة", "طلبها لقاء الرئيس", "لم نعد الوفد الأميركي بشيء".
    """
    start, end = context.clause
    marked = article.talk_words(start, end)
    return bool(marked) and all(_is_another(article, at, end, context.speakers) for at in marked)


def is_of_others(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether all talks that the clause speaks of have to do with what is not on the watchlist, or are long past.

    "مفاوضات غزة ستعقد غدا", "المفاوضات مع صندوق النقد عالقة", "القمة التي استضافتها المملكة في مايو".
    """
    start, end = context.clause
    marked = article.talk_words(start, end)
    if _is_of_another_year(article, start, end) or _is_at_home(article, context):
        return True
    told = [at for at in marked if article.marks[at].form is not None] or marked
    if _is_in_talks_of_others(article, told, start, end):
        return True
    if told:
        first, *rest = told
        return _is_foreign(article, first, end) and all(
            _is_foreign(article, at, end) for at in rest if _has_article(article, at)
        )  # "القمة العربية أوصت بمؤتمر دولي"
    outcomes = article.of_group("outcome", start, end)
    if outcomes and all(_is_foreign_accord(article, at) for at in outcomes):
        return True
    return _goes_on(article, context)


def _is_in_talks_of_others(article: MarkedArticle, told: Sequence[int], start: int, end: int) -> bool:
    """Whether something is done beside or in talks of others, or the first that are told are theirs."""
    if any(is_beside_others(article, at) and _is_foreign(article, at, end) for at in article.talk_words(start, end)):
        return True  # "سيلتقيان على هامش القمة الأطلسية"
    if told:
        return _is_told_of_others(article, told[0], start, end)
    # "سيناقش ذلك في قمة مجموعة السبع"
    return bool(article.count("agenda", start, end)) and any(start <= at < end for at in article.bodies)


def _is_told_of_others(article: MarkedArticle, at: int, start: int, end: int) -> bool:
    """Whether who meets, or where, tells that a meeting is none of the watchlist's."""
    if is_within_a_bloc(article, at, start, end) or _is_on_a_day_of_others(article, at):
        return True
    pair = pair_at(article, at, start, end)
    if pair and not any(may_meet(talk, pair) for talk in article.known.talks.values()):
        return True
    all_there = any(set(talk.parties) <= article.parties_in(start, end) for talk in article.known.talks.values())
    return not all_there and is_in_another_town(article, at, start, end)


def _is_on_a_day_of_others(article: MarkedArticle, at: int) -> bool:
    """Whether a meeting is called by the day on which others were told to meet before: "اجتماع الجمعة"."""
    day = next((day for n, day in article.dates if at < n <= at + _CALLED and day.precision == "day"), None)
    if day is None or any(meets(days, day) for talk in article.known.talks.values() for days in article.all_days(talk)):
        return False
    return any(
        (mention.starts, mention.ends) == (day.starts, day.ends) and is_within_a_bloc(article, word, one.start, one.end)
        for one in article.sentences
        if one.end <= at
        for word in article.talk_words(one.start, one.end)
        for n, mention in article.dates
        if one.start <= n < one.end
    )


def is_of_then(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether it is told of another time, which is none of talks that are not over: "لم يجلسا آنذاك في غرفة واحدة"."""
    start, end = context.clause
    return any(
        article.others.get(at) == "then" and not (at + 1 < end and _has_article(article, at + 1))
        for at in range(start, end)
    )  # "يومها الأول" is the first day


def without_time(article: MarkedArticle, context: TalkContext) -> TalkContext:
    """Without talks that tell only when something was: "القتال توقف منذ محادثات مسقط", "الميناء قصف غداة التوقيع"."""
    small, (start, end) = article.known.vocabulary.small, context.clause
    for at in range(start + _TOLD, end - 1):
        form = article.words[at].form
        lapse = form in small["lapse"] and any(
            word.form in small["from_then"] for word in article.words[at + 2 : at + 4]
        )
        lapse = lapse and article.words[at - 1].form not in small["from_then"]  # "على بعد خطوتين من اتفاق"
        if not (lapse or form in small["only_when"]):
            continue
        last = max((n for group in _OF_TALKS for n in article.of_group(group, start, end)), default=start)
        told = any(article.count(group, start, at) for group in (*_OF_TALKS, "hints"))
        ours = article.explicit(at, end) or article.held_in(at, end)
        told = told and not article.held_in(start, at)  # "سيلتقيان الثلاثاء في طرطوس عشية المؤتمر"
        if ours and not told and at < last <= at + _WHEN + lapse * _BEHIND:
            return replace(context, clause=(start, at), text="")
    return context


def _is_of_another_year(article: MarkedArticle, start: int, end: int) -> bool:
    """Whether nothing is told but of years before: "اتفاق جوبا لسنة 2020 وقع بعد عشرة أشهر من الجولات"."""
    days = [day for at, day in article.dates if start <= at < end]
    return (
        bool(days)
        and not article.count("talk", start, next(at for at, _ in article.dates if at >= start))
        and all(day.precision == "year" and day.ends.year < article.today.year for day in days)
        and article.known.sides.isdisjoint(article.parties_in(start, end))
    )


def _is_at_home(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether the sentence has turned to another land, and who is at home there speaks: "وفي كراكاس، جددت المعارضة"."""
    first, end = article.sentences[context.sentence].start, context.clause[1]
    that = article.known.vocabulary.small["that"]
    speaks = next((at for at in range(first, min(first + _SPEAKS, end)) if article.others.get(at) in _AT_HOME), None)
    return (
        speaks is not None
        and any(at in article.lands for at in (first, first + 1))
        and all(article.words[at].form not in that for at in range(first, speaks))
        and article.known.sides.isdisjoint(article.parties_in(first, end))
    )


def _goes_on(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether it was said of talks of others just before: "قال إن مفاوضات غزة ستعقد غدا، وشدد على أن لا وقت"."""
    sentence, start = article.sentences[context.sentence].start, context.clause[0]
    first = max(sentence, start - _GONE_ON)
    before = [at for at in article.talk_words(first, start) if article.marks[at].form is not None]
    if not before or any(link.reason == "name" for link in article.explicit(first, start)):
        return False
    that = article.known.vocabulary.small["that"]
    said = any(article.words[at].form in that for at in range(sentence, before[-1]))  # not "قال أمام منتدى روما إن"
    return said and _is_foreign(article, before[-1], start)


def _is_foreign_accord(article: MarkedArticle, at: int) -> bool:
    """Whether an agreement is called by a town of others: "التنصل من اتفاقات مينسك"."""
    town = article.lands.get(at + 1)
    small = article.known.vocabulary.small
    before = article.words[at - 1].form if at else ""
    return town is not None and town.via != "adjective" and before not in small["since"] | small["beside"]


def _is_foreign(article: MarkedArticle, at: int, end: int) -> bool:
    """Whether talks at a position are with, between, of, on or of the time of what is not on the watchlist."""
    forms = [token.form for token in article.words[at:end]]
    small = article.known.vocabulary.small
    inner = next((n for n in range(at + 1, min(at + 1 + _CHAIN, end)) if _is_talk(article, n)), None)
    if inner is not None and _is_foreign(article, inner, end):  # "جولة جديدة من مفاوضات غزة"
        return True
    for n in range(at + 1, min(at + 1 + _CHAIN, end)):
        if (n in article.lands and not article.lands[n].clitics) or (
            n == at + 1 and article.others.get(n) == "partner"
        ):  # of those in "المحادثات بباريس" nothing is told
            return True
        if n == at + 1 and article.others.get(n) == "region" and article.marks[at].form in _APART:
            return True
        if not _has_article(article, n) and not _is_talk(article, n):
            break
    for n in range(at + 1, end):
        behind = range(n + 1, min(n + 1 + _BEHIND, end))
        beside, topic = forms[n - at] in small["beside"], forms[n - at] in small["matter"]
        if beside and n - at <= _PARTNERS:
            unlisted = _first_told(article, behind, "partner") and not article.known.sides & article.partners(at, end)
            return unlisted or _is_party_to_none(article, behind, end)
        if topic and n - at <= _MATTER and _first_told(article, behind, "matter"):
            return not article.known.sides & article.parties_in(at, end)
    return _was_before(article, at, end)


def _has_article(article: MarkedArticle, at: int) -> bool:
    form = article.words[at].form
    return form.startswith(ARTICLE) and form not in article.known.vocabulary.small["particles"]  # "إلى"


def _is_talk(article: MarkedArticle, at: int) -> bool:
    return at in article.marks and article.marks[at].group == "talk"


def _first_told(article: MarkedArticle, places: range, tells: str) -> bool:
    return any(n in article.lands or article.others.get(n) == tells for n in places)


def _is_party_to_none(article: MarkedArticle, places: range, end: int) -> bool:
    """Whether somebody of the watchlist is named there who takes part in none of its talks, and is no bloc of others.

    "الاجتماع مع «قسد» شأن سوري", and not "حوار بين قسد ودمشق".
    """
    lexicon = article.known.lexicon
    named = [one for one in article.mentions if places.start <= one.start < end and one.via == "name"]
    if not named or named[0].start not in places or lexicon.kind_of(named[0].target) in _OF_SEVERAL:
        return False
    joined = [other for one, other in pairwise(named) if other.start - one.end <= _BEHIND and AND in other.clitics]
    return article.known.sides.isdisjoint(lexicon.party_of(one.target) for one in (named[0], *joined[:1]))


def _was_before(article: MarkedArticle, at: int, end: int) -> bool:
    """Whether talks were at a time at which none of the watchlist's were: "القمة التي استضافتها المملكة في مايو"."""
    small = article.known.vocabulary.small
    if any(
        article.words[n].form in small["before"]
        and any(article.others.get(later) == "ago" for later in range(n + 1, min(n + 1 + _AGO, end)))
        for n in range(at + 1, min(at + 1 + _LED, end))
    ):
        return True
    days = [(n, day) for n, day in article.dates if at < n < end]
    return (
        bool(days)
        and days[0][0] - at <= _DATED
        and all(day.precision in _LONG and day.ends < article.today for _, day in days)
        and not article.held_on(at, end, _LONG)
        and all(article.words[n].form not in small["since"] for n in range(at + 1, days[0][0]))
    )


def _is_another(article: MarkedArticle, at: int, end: int, speakers: frozenset[str]) -> bool:
    sides, talks = article.known.sides, article.known.talks.values()
    if any(name.start <= at < name.end and article.is_between_others(name) for name in article.names):
        return True
    if article.marks[at].form is None:
        beside = (mention for mention in article.mentions if mention.start == at + 1 and mention.via == "adjective")
        return any(article.known.lexicon.party_of(mention.target) not in sides for mention in beside)
    owned = article.words[at].form.endswith(article.known.vocabulary.owned)
    partners = article.partners(at, end)
    if article.marks[at].form == "meeting" and sides.isdisjoint(partners) and _is_with_a_person(article, at):
        return True  # "لا يعتزم لقاء" somebody of no side
    if not speakers or not (owned or speakers.isdisjoint(sides)):
        return False
    near = owned or article.marks[at].form == "meeting"
    both = partners | speakers
    return near and both > speakers and not any(both <= set(talk.parties) for talk in talks)


def _is_with_a_person(article: MarkedArticle, at: int) -> bool:
    with_whom = (one for one in article.mentions if one.start == at + 1)
    return any(article.known.lexicon.kind_of(one.target) is ActorKind.PERSON for one in with_whom)
