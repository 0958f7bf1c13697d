"""What speaks for each of the scheduled talks being the one that a clause means that names none. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from agents.language.date_forms import load_date_forms
from agents.language.names import AND
from agents.language.talk_words import EVERYDAY
from agents.language.turns import NOBODY, Label
from agents.talks.elsewhere import may_meet, pair_at
from agents.talks.fits import fit, meets
from agents.talks.known import CALLED, HOLDING
from agents.talks.marked import FIRST, MarkedArticle
from agents.talks.names import bare
from agents.talks.weighing import ADJECTIVE, PREVIOUS, TalkContext
from schemas import ScheduledTalk

_LEAD: Final = 1.6  # how near the talks in its first sentences are to all of an article,
_HEADED: Final = 0.2  # and more so where the headline tells of them too
_ASKED: Final = 2.5  # and those that a question names in its answer
_LATER: Final = 1.0  # and those that its sentence names after the clause, where others are on or named first
_AFTER: Final = 1.2  # and else
_ORDER: Final = 0.1  # by how much what a sentence names after others is farther from the sentences that follow
_ANY_KIND: Final = frozenset(["meeting"])  # of talks whose names tell no kind
_ANY_TALKS: Final = frozenset(["negotiation"])  # what those who met say of any meeting: "قال عقب المباحثات"
_LED_BY: Final = 2  # tokens from "عقب" to the meeting
_TOPIC: Final = 2  # tokens of a sentence that begins with what it is said of
_WHO: Final = 5  # and from a meeting to those who meet
_APART: Final = frozenset(["call", "signing"])  # kinds of talks that no other word stands for
_FAR: Final = 10  # sentences, from which on none is farther
_FAR_DAYS: Final = 60
Level = Literal["leaders", "delegates", None]


def shown(article: MarkedArticle, context: TalkContext) -> Iterator[tuple[ScheduledTalk, dict[str, float]]]:
    """What speaks for and against each of the talks being the one that a clause means, by the names of its weights."""
    known = article.known
    asked = article.asked_of_talks(context.sentence) or NOBODY
    beside = _spoken_beside(article, context)
    between = article.parties_in(*asked)  # "والحوار بين أثينا وأنقرة؟", and not "يقول الروس إن الحوار انتهى"
    present = article.parties_in(*context.clause)
    parties = between if len(between) > 1 and not present else context.parties | present
    near = _nearness(article, context, beside)
    nearest = max(near.values(), default=0.0)
    forms = _kinds(article, context.clause) or _kinds(article, asked) or _kinds(article, beside) - _ANY_TALKS
    words = {form for position in range(*context.clause) for form in bare(article.words[position].form)}
    when = _when(article, context, beside)
    called = set[str]() if when == "next" else _called(article, context, beside)
    fields = _fields(article, context)
    level = _level(article, context) if known.summits else None
    at = next(iter(article.talk_words(*context.clause)), None)
    pair = pair_at(article, at, *context.clause) if at is not None else frozenset[str]()
    weeks = [day for n, day in article.dates if n in range(*context.clause) and day.precision in ("week", "part")]
    of_talks = any(article.count(group, *context.clause) for group in ("talk", "agenda"))
    ahead = [talk for talk in known.talks.values() if article.is_ahead(talk)]
    following = min(ahead, key=article.distance, default=None)
    ago = _ago(article, context.sentence)
    block, venues = article.sentences[context.sentence].block, {place.target for place in article.venues}
    for talk in known.talks.values():
        kinds = known.forms[talk.id] or _ANY_KIND
        alike = forms & kinds
        is_ahead, is_over = article.is_ahead(talk), article.is_over(talk)
        gap = ago.get(talk.id, 0)
        yield (
            talk,
            {
                "near": near.get(talk.id, 0.0),
                "nearest": 0.0 < near.get(talk.id, 0.0) == nearest,
                "paragraph": gap > 0 and article.sentences[context.sentence - gap].block == block,
                "ago": min(_FAR, gap) / _FAR,
                "headed": article.headed[:1] == [talk.id],
                "reported_from": talk.id in article.reported_from,
                PREVIOUS: context.before is not None and talk.id in context.before.talks,
                "sides": fit(talk, parties),
                "speakers": fit(talk, context.speakers),
                "strangers": bool(context.speakers) and context.speakers.isdisjoint(talk.parties),
                "own": not words.isdisjoint(known.own.get(talk.id, ())),
                "called": talk.id in called,
                "field": not fields.isdisjoint(known.fields[talk.id]),
                "kind": bool(alike - _ANY_KIND) or (bool(alike) and beside != NOBODY),
                "other_kind": bool(forms) and not alike,
                "apart": bool(forms) and not alike and not _APART.isdisjoint(forms | kinds),
                "level": level is not None and (talk.id in known.summits) == (level == "leaders"),
                "other_level": level is not None and (talk.id in known.summits) != (level == "leaders"),
                "pair": bool(pair) and may_meet(talk, pair),
                "other_pair": bool(pair) and not may_meet(talk, pair),
                "week": any(meets(article.days_of(talk), day) for day in weeks),
                "town": not venues.isdisjoint(known.towns[talk.id]),
                "ahead": is_ahead,
                "following": talk is following,
                "undated": talk.starts is None,
                "away": min(_FAR_DAYS, article.distance(talk)[0]) / _FAR_DAYS if talk.starts else 1.0,
                "next_ahead": when == "next" and is_ahead,
                "next_over": when == "next" and is_over,
                "previous_ahead": when == "previous" and is_ahead,
                "went_ahead": when == "last" and is_ahead,
                "coming_over": when == "coming" and is_over,
                "summit": talk.id in known.summits,
                "truce": talk.id in known.truces,
                "truce_of_talks": of_talks and talk.id in known.truces,
            },
        )


def _when(
    article: MarkedArticle, context: TalkContext, beside: Label
) -> Literal["next", "previous", "last", "coming", None]:
    """Whether the clause speaks of talks that come after those of today, or of some that were."""
    small = article.known.vocabulary.small
    forms = [article.words[at].form.removeprefix(AND) for at in range(*context.clause)]
    talks = [at - context.clause[0] for at in article.talk_words(*context.clause)]
    if any(not small["next"].isdisjoint(bare(form)) for at in talks for form in forms[at + 1 : at + 1 + ADJECTIVE]):
        return "next"
    if any(not small["last"].isdisjoint(bare(form)) for at in talks for form in forms[at + 1 : at + 1 + ADJECTIVE]):
        return "previous"
    if talks and any(form in small["again"] for form in forms):
        return "next"
    behind = (form for at in talks for form in forms[at + 1 : at + 2] if form not in small["goes_on"])
    if not small["coming"].isdisjoint(forms) or any(map(load_date_forms().is_future_verb, behind)):
        return "coming"  # "اللقاء سيتناول"
    if not small["went"].isdisjoint(forms) and small["planned"].isdisjoint(forms):
        return "last"
    led = range(max(0, beside[0] - _LED_BY), beside[0])
    over = any(article.words[at].form.removeprefix(AND) in small["spoken_after"] for at in led)
    return "last" if over else None


def _level(article: MarkedArticle, context: TalkContext) -> Level:
    """Who is told to meet, in the clause or in what it is said of: "لقاء الرئيسين", "وعن لقاء الزعماء قال إن"."""
    first, (start, end) = article.sentences[context.sentence].start, context.clause
    topic = article.known.vocabulary.small["topic"]
    level = _level_in(article, start, end)
    if level is None and any(article.words[at].form in topic for at in range(first, min(first + _TOPIC, start))):
        level = _level_in(article, first, start)
    return level


def _level_in(article: MarkedArticle, start: int, end: int) -> Level:
    small, leaders = article.known.vocabulary.small, article.known.leaders
    for at in (at for at in article.talk_words(start, end) if article.marks[at].form is not None):
        around = range(max(start, at - _WHO), min(at + _WHO, end))
        who = {form for n in around for form in (article.words[n].form, *bare(article.words[n].form))}
        met = {one.target for one in article.mentions if at < one.start < min(at + _WHO, end)}
        if not small["leaders"].isdisjoint(who) or not met.isdisjoint(leaders):
            return "leaders"
        if not small["delegates"].isdisjoint(who):
            return "delegates"
    return None


def _kinds(article: MarkedArticle, clause: Label) -> set[str]:
    """The kinds of talks that a clause speaks of, but for those that are on the agenda of others."""
    kinds: set[str] = set()
    for position in range(*clause):
        mark = article.marks.get(position)
        if mark is not None and mark.group == "agenda":
            break
        if mark is not None and mark.form is not None and mark.form != HOLDING:
            kinds.add(CALLED.get(mark.form, mark.form))
    return kinds


def _spoken_beside(article: MarkedArticle, context: TalkContext) -> Label:
    """The meeting beside which the clause is said that speaks of none itself: "قال عقب الجلسة إن الأعضاء أجمعوا"."""
    if article.count("talk", *context.clause):
        return NOBODY
    small = article.known.vocabulary.small
    first, start = article.sentences[context.sentence].start, context.clause[0]
    for at in reversed(article.talk_words(first, start)):
        kind = article.marks[at].form
        led = (article.words[n].form.removeprefix(AND) for n in range(max(first, at - _LED_BY), at))
        if kind is not None and kind not in EVERYDAY and not small["spoken_at"].isdisjoint(led):
            return NOBODY if article.explicit(at, start) else (at, at + 1)
    return NOBODY


def _called(article: MarkedArticle, context: TalkContext, beside: Label) -> set[str]:
    """The talks that the article names so far with a noun of the clause: after "لقاء طرطوس" they are "اللقاء"."""
    places = (*article.talk_words(*context.clause), *range(*beside))
    nouns = {form for at in places for form in bare(article.words[at].form)}
    return {
        name.target
        for name in article.names
        if name.start < context.clause[0] and not nouns.isdisjoint(bare(article.words[name.start].form))
    }


def _fields(article: MarkedArticle, context: TalkContext) -> set[str]:
    """Of what those are ministers who speak or are named."""
    posts, (start, end) = article.known.posts, (context.frame[0], context.clause[1])
    here = (mention for mention in article.mentions if start <= mention.start < end)
    return {word for mention in here for word in posts.get(mention.target, ())}


def _ago(article: MarkedArticle, sentence: int) -> dict[str, int]:
    """By how many sentences each talk was named before."""
    ago: dict[str, int] = {}
    for number in reversed(range(sentence)):
        for link in article.named[number]:
            ago.setdefault(link.talk_id, sentence - number)
    return ago


def _nearness(article: MarkedArticle, context: TalkContext, beside: Label) -> dict[str, float]:
    """How near the last mention of each talk stands before a clause, 3 in its sentence, 0.5 only after it."""
    sentence = context.sentence
    block = article.sentences[sentence].block
    told = {link.talk_id for link in article.explicit(article.sentences[sentence].start, context.clause[1])}
    first = told or beside != NOBODY
    near = dict.fromkeys(article.headed, _LEAD)
    near |= dict.fromkeys(article.reported_from, _LEAD)
    asked = article.asked(sentence)
    if asked is not None:
        near |= {link.talk_id: _ASKED for link in article.explicit(*asked)}
    taken_up = _takes_up_what_is_before(article, context)
    lead = {link.talk_id for links in article.named[:FIRST] for link in links}
    on = {talk for talk in lead if article.distance(article.known.talks[talk])[0] <= 1}
    for number, links in enumerate(article.named):
        if number == sentence or (taken_up and number == sentence - 1):
            value = 3.0
        elif number > sentence:
            value = 0.5
        else:
            value = 2.0 if article.sentences[number].block == block else 1.5 - 0.05 * min(10, sentence - number)
        for order, link in enumerate(links):
            if number == sentence and link.talk_id not in told:
                value = _LATER if first or taken_up or (on and link.talk_id not in on) else _AFTER
            later = 0.01 * order if number == sentence else -_ORDER * order  # a sentence names first what it is about
            near[link.talk_id] = max(near.get(link.talk_id, 0.0), value + later)
    return {talk: max(value, _leads(article, talk)) if talk in lead else value for talk, value in near.items()}


def _leads(article: MarkedArticle, talk: str) -> float:
    """How near talks are of which the article tells first, the more so where its headline does."""
    return _LEAD + (_HEADED if talk in article.headed else 0.0)


def _takes_up_what_is_before(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether the words before a clause take up the sentence before: "تعليقا على ذلك قال إن بلاده ترحب بالفكرة"."""
    first = article.sentences[context.sentence].start
    forms = (article.words[at].form for at in range(first, context.clause[0]))
    return not article.known.vocabulary.small["anaphora"].isdisjoint(forms)
