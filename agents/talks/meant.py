"""Which of the scheduled talks a clause means that names none."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from agents.language.date_forms import load_date_forms
from agents.language.names import AND
from agents.language.talk_words import EVERYDAY
from agents.language.turns import NOBODY, Label
from agents.talks.elsewhere import may_meet, pair_at
from agents.talks.fits import NOW, fit, meets
from agents.talks.known import CALLED, HOLDING
from agents.talks.marked import FIRST, MarkedArticle, TalkLink
from agents.talks.names import bare
from agents.talks.weighing import ADJECTIVE, TalkContext
from schemas import ScheduledTalk

_MANY: Final = 3  # so many sides in a clause, most of whom are no party of the talks, meet on something else
_LEAD: Final = 1.6  # and how near the talks in them are throughout
_HEADED: Final = 0.2  # and more so where the headline tells of them too
_ASKED: Final = 2.5  # and those that a question names in its answer
_FITS: Final = 1.6  # what parties that fit exactly speak for talks,
_ON: Final = 0.3  # that they are of these days,
_CALLED: Final = 1.2  # and that the article calls them as the clause does: 1581 links of 1751 right, not 1565
_LATER: Final = 1.0  # and how near those that its sentence names after the clause, where others are on or named first
_OWN: Final = 1.0  # what a word of its names in the clause speaks for talks
_POST: Final = 0.5  # that those speak or are named in whose field they are: of a foreign minister those of his like
_ANY_KIND: Final = frozenset(["meeting"])  # of talks whose names tell no kind
_ANY_TALKS: Final = frozenset(["negotiation"])  # what those who met say of any meeting: "قال عقب المباحثات"
_NEXT: Final = 3.0  # what speaks against talks that are over where the next are meant
_ORDER: Final = 0.1  # by how much what a sentence names after others is farther from the sentences that follow
_PAST: Final = 1.5  # and against those that are ahead where it is told how they went
_TRUCE: Final = 2.0  # and against a truce, of which nobody tells sessions and delegations
_MEETING: Final = 0.3  # what it speaks for talks that they are called a meeting, as all may be, and as much of others
_KIND: Final = 1.2  # what any other word for talks of a kind does
_LEVEL: Final = 1.2  # and who meets, where leaders or delegates do
_PAIRED: Final = 1.5  # what two sides that are told to meet speak for talks of both, and against all others
_IN_WEEK: Final = 1.0  # what a week or month that is told speaks for talks in it
_AFTER: Final = 1.2  # how near the talks are that its sentence names only after the clause
_LED_BY: Final = 2  # tokens from "عقب" to the meeting
_TOPIC: Final = 2  # tokens of a sentence that begins with what it is said of
_WHO: Final = 5  # and from a meeting to those who meet
_APART: Final = frozenset(["call", "signing"])  # kinds of talks that no other word stands for
_SEASON: Final = timedelta(days=14)
Level = Literal["leaders", "delegates", None]


def meant(article: MarkedArticle, context: TalkContext) -> tuple[TalkLink, ...]:
    """The one talk that is most likely meant by a clause that names none."""
    held = [talk for talk in article.held_in(*context.clause) if not _is_of_a_later_day(article, talk, *context.clause)]
    if held:
        return tuple(TalkLink(talk.id, "place") for talk in held)
    on = article.of_a_kind(article.held_on(*context.clause, ("day",)), *context.clause)
    if on:
        return tuple(TalkLink(talk.id, "date") for talk in on)
    asked = article.asked_of_talks(context.sentence) or NOBODY
    beside = _spoken_beside(article, context)
    near = _nearness(article, context, beside)
    forms = _kinds(article, context.clause) or _kinds(article, asked) or _kinds(article, beside) - _ANY_TALKS
    present = article.parties_in(*context.clause)
    between = article.parties_in(*asked)  # "والحوار بين أثينا وأنقرة؟", and not "يقول الروس إن الحوار انتهى"
    parties = present or (between if len(between) > 1 else context.parties)
    said = {form for position in range(*context.clause) for form in bare(article.words[position].form)}
    when = _when(article, context, beside)
    called = set[str]() if when == "next" else _called(article, context, beside)
    fields = _fields(article, context)
    of_talks = any(article.count(group, *context.clause) for group in ("talk", "agenda"))
    level, summits = _level(article, context), article.known.summits
    at = next(iter(article.talk_words(*context.clause)), None)
    pair = pair_at(article, at, *context.clause) if at is not None else frozenset[str]()
    weeks = [day for n, day in article.dates if n in range(*context.clause) and day.precision in ("week", "part")]

    def likely(talk: ScheduledTalk) -> tuple[float, int]:
        score = near.get(talk.id, 0.0) + _FITS * fit(talk, parties)
        score += _OWN if said & article.known.own.get(talk.id, frozenset()) else 0.0
        score += _CALLED if talk.id in called else 0.0
        score += _POST if fields & article.known.fields[talk.id] else 0.0
        kinds = article.known.forms[talk.id] or _ANY_KIND
        if forms:
            apart = -1.0 if (forms | kinds) & _APART else 0.0
            alike = _MEETING if forms & kinds <= _ANY_KIND and beside == NOBODY else _KIND
            score += alike if forms & kinds else apart
        if level is not None and summits:
            score += _LEVEL if (talk.id in summits) == (level == "leaders") else -_LEVEL
        if pair:
            score += _PAIRED if may_meet(talk, pair) else -_PAIRED
        score += _IN_WEEK if any(meets(article.days_of(talk), day) for day in weeks) else 0.0
        if (when == "next" and article.is_over(talk)) or (when == "previous" and article.is_ahead(talk)):
            score -= _NEXT
        elif (when == "last" and article.is_ahead(talk)) or (when == "coming" and article.is_over(talk)):
            score -= _PAST
        if of_talks and talk.id in article.known.truces:
            score -= _TRUCE
        away = article.distance(talk)[0]
        score += _ON if away < NOW.days else 0.0
        return (score, -away)

    best = max(article.known.talks.values(), key=likely)
    if any(
        len(they) >= _MANY and len(they & set(best.parties)) < len(they) / 2
        for they in (article.partners(at, context.clause[1]) for at in article.talk_words(*context.clause))
    ):
        return ()
    if best.id in near:
        return (TalkLink(best.id, "passage"),)
    return (TalkLink(best.id, "parties" if fit(best, parties) >= 0.5 else "generic"),)


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


def _is_of_a_later_day(article: MarkedArticle, talk: ScheduledTalk, start: int, end: int) -> bool:
    """Whether the words tell of a day long after the talks: something else will be in their town."""
    last = talk.ends or talk.starts
    days = [mention for at, mention in article.dates if start <= at < end and mention.precision == "day"]
    return last is not None and bool(days) and all(mention.starts > last + _SEASON for mention in days)
