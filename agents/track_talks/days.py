"""Which of the days in a unit are those of its talks, and from when until when these are said to be. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.language.dates import DateMention
from agents.language.talk_words import EVERYDAY
from agents.talks.known import NO_MARK
from agents.track_talks.anchors import NEAR, Anchor, gap_to, overlap, towns_with
from agents.track_talks.ledger import OPEN
from agents.track_talks.scene import Scene, is_elsewhere, is_from_to
from agents.track_talks.units import Unit
from schemas import Claim, Talk, TalkStatus

_VERB: Final = 14  # tokens between a verb and the day that it belongs to: "وقّع ممثلو الجيش … في جدة، مساء أمس"
_TOLD_OF: Final = 8  # tokens between a meeting without a name and the day on which it is
_OBJECT: Final = 5  # tokens from a day behind its verb to the talks
FAR: Final = timedelta(days=10)  # a day so far from the known ones needs the talks' name
_PLAN: Final = 6  # tokens from "كانت" to "مقررة"
_GONE: Final = timedelta(days=4)  # after their day talks of which nothing was told have not been held
_JUST: Final = timedelta(days=1)  # how long after their end talks are told, without a day, to have ended today
_PLAUSIBLE: Final = timedelta(days=45)  # a day farther from all that is known of the talks is of something else
# A name and a day after it make 2.5, a verb or a known date 1 and 2 more; a day that is past and told as nothing, -3.
_ENOUGH: Final = 2.0
HAPPENED: Final = frozenset(["began", "began_noun", "ended", "ended_noun", "held", "signed", "resumed", "goes_on"])
MOVES: Final = frozenset(["moved", "moved_noun", "relocated"])
GOES_ON: Final = ("resumed", "goes_on")
_ENDS: Final = frozenset(["ended", "ended_noun", "will_end", "extended", "extended_noun", "will_extend"])
_BEGINS: Final = frozenset(["began", "began_noun", "will_begin"])
_AHEAD: Final = frozenset(["holding", "will_begin", "will_end"])


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a unit gives for talks, at a token position, with the kind of verb that it belongs to."""

    at: int
    mention: DateMention
    verb: str | None
    ahead: bool = False  # whether a verb of what is to come stands before it: "ستنعقد اليوم"
    new: bool = False  # whether talks are moved to it: "أرجئ إلى الثالث من يونيو"


def days_of(
    scene: Scene,
    unit: Unit,
    talk: Talk,
    anchors: Mapping[str, Anchor],
    mentions: Sequence[tuple[int, DateMention]],
    *,
    verbs: Mapping[int, str],
    instead: bool,
) -> list[Day]:
    """The days of the unit that are the talk's: the best one, and those of its beginning and end.

    `instead`: they are told instead of a day that was planned.
    """
    scored: list[tuple[float, Day]] = []
    for at, mention in mentions:
        if not unit.holds(at) or is_elsewhere(scene, unit, talk, anchors[talk.talk_id], at):
            continue
        if unit.travelled(at) and not _comes_to(scene, unit, talk, mention):
            continue
        first = anchors[talk.talk_id].first
        apart = any(at < n < first for n in verbs)  # "بدأت المشاورات الأحد وعقدت بعدها القمة"
        verb, to = None if apart else verb_of(at, verbs), scene.reading.tokens[at - 1].form in unit.words.sets["to"]
        if (verb == "suspended" and mention.ends <= scene.today) or (verb == "ended" and mention.starts > scene.today):
            continue  # the day on which they stopped; "انتهت أمس بعد تسعة أيام"
        ahead = any(at - _VERB <= n < at and verbs[n] in _AHEAD for n in verbs)
        day = Day(at, mention, verb, ahead, new=instead or (to and verb in MOVES))
        score = _fit(scene, talk, anchors[talk.talk_id], day)
        others = [_fit(scene, scene.known[other], anchors[other], day) for other in anchors if other != talk.talk_id]
        if score >= max([_ENOUGH, *others]):
            scored.append((score, day))
    if not scored:
        return []
    best = max(scored, key=lambda item: (item[0], -item[1].at))[1]
    return [day for _, day in scored if day is best or day.verb in ("began", "ended", "will_end")]


def _comes_to(scene: Scene, unit: Unit, talk: Talk, mention: DateMention) -> bool:
    """Whether somebody comes or goes on the first day of talks, and to no other town than theirs."""
    towns = {place.target for place in scene.marked.venues if place.start in unit.inside}
    return talk.starts is not None and mention.covers(talk.starts) and (not towns or talk.venue in towns)


def _fit(scene: Scene, talk: Talk, anchor: Anchor, day: Day) -> float:
    """How well a day fits talks: by where it stands, by its verb, and by what is known of them so far."""
    in_order = day.at > anchor.last or (day.verb is not None and _leads_to(scene, day.at, anchor))
    score = (1.5 if in_order else 1.0) + (anchor.named or anchor.met) + (day.verb is not None)
    score += 1.5 * (day.new and day.verb is None)
    if anchor.distance(day.at) > NEAR:
        score -= 0.5
    elif not anchor.named and anchor.of_talks and 0 < day.at - anchor.last <= _TOLD_OF:
        score += 0.5  # "the meeting agreed on is in Muscat on 12 June"
    gap = gap_to(talk, day.mention)
    if gap == timedelta(0):
        score += 2.0
    elif gap is not None and not (day.new or _may_be_any_day(scene, talk, anchor, day)):
        score -= 3.0 if gap > _PLAUSIBLE else 1.0 if gap > FAR and not anchor.named else 0.0
        known = [other for other in scene.known.values() if other.talk_id != talk.talk_id]
        towns = towns_with(scene.reading, scene.marked, scene.named, day.at)
        if talk.venue in towns:  # what else is on that day elsewhere is not meant
            known = [other for other in known if other.venue in (None, *towns)]
        of_others = any(overlap(other, day.mention) and _may_be(scene, other, anchor) for other in known)
        told = anchor.named and day.ahead and 0 < day.at - anchor.last <= _OBJECT  # "محادثات طرطوس ستعقد في 20 مايو"
        score -= 1.5 if of_others and not told else 0.0
    past = day.mention.ends < scene.today or (day.mention.ends == scene.today and not day.ahead)
    past = past and day.verb not in HAPPENED and not anchor.met
    if past and not (talk.starts and day.mention.covers(talk.starts)):
        score -= 3.0
    return score


def _leads_to(scene: Scene, at: int, anchor: Anchor) -> bool:
    """Whether the talks are told right behind the day of a verb: "أنهى الوفدان، مساء الأربعاء، محادثاتهما", "انعقدت
    أمس في جنيف القمة".
    """
    between = scene.reading.tokens[at : anchor.first]
    one_clause = all(token.kind in ("word", "number") for token in between)
    return len(between) <= (NEAR if one_clause and anchor.named else _OBJECT)


def _may_be(scene: Scene, talk: Talk, anchor: Anchor) -> bool:
    """Whether the words of an anchor may speak of talks: those of a call speak of no meeting."""
    calls = scene.marked.marks.get(anchor.first, NO_MARK).form in EVERYDAY
    return not calls or bool(scene.marked.known.forms[talk.talk_id] & EVERYDAY)


def _may_be_any_day(scene: Scene, talk: Talk, anchor: Anchor, day: Day) -> bool:
    """Whether no day is too far for talks: they are put off, or theirs has gone by and they were not held."""
    if talk.status in OPEN or talk.talk_id in scene.put_off:
        return True
    last = talk.ends or talk.starts
    missed = talk.status is not TalkStatus.HELD and last is not None and last + _GONE < scene.today < day.mention.starts
    return missed and anchor.named


def range_of(
    scene: Scene, unit: Unit, talk: Talk, days: Sequence[Day], verbs: Mapping[int, str], *, moved: bool, held: bool
) -> tuple[date | None, date | None]:
    """The first and last day that the unit gives; one is None where only the other is said.

    Talks that are `moved` to a day begin on it and last as long as before.
    """
    over = talk.ends is not None and _is_over(scene, talk, talk.ends) and any(map(_tells_of_the_end, talk.claims))
    starts: date | None = None
    ends: date | None = None
    for day in days:
        mention = day.mention
        if day.verb in _ENDS or (mention.shape == "until" and day.verb is None and not moved):
            ends = mention.ends
        elif day.verb == "began" and held and mention.starts > scene.today:
            ends = mention.ends  # what has begun has not begun on a day that lies ahead: it goes on then
        elif day.verb in _BEGINS and mention.starts == mention.ends:
            starts = mention.starts
        elif moved and (day.verb or not day.new) and is_from_to(scene, unit, day.at, mention):
            starts = mention.ends
        elif moved and mention.starts == mention.ends:
            starts = mention.starts
        elif (day.verb in GOES_ON and held) or (held and mention.starts > scene.today):
            ends = mention.ends
        else:
            starts, ends = mention.starts, mention.ends
    ended = [at for at, kind in verbs.items() if kind.removesuffix("_noun") == "ended"]
    calls = scene.marked.known.forms[talk.talk_id] & EVERYDAY  # a call after which it is tomorrow lasted no two days
    if ended and ends is None and held and not (calls and starts is None and talk.starts):
        ends = None if over else _day_before(scene, min(ended))
        if ends == scene.today and _is_not_on_today(scene, unit):
            ends -= timedelta(days=1)
    if ended and ends is not None and starts is None and unit.lasted is not None:
        starts = ends - timedelta(days=unit.lasted - 1)
    return starts, ends


def _is_over(scene: Scene, talk: Talk, ends: date) -> bool:
    """Whether talks ended before yesterday, or yesterday when they were expected to."""
    plan = scene.marked.known.talks[talk.talk_id]
    planned = plan.ends or plan.starts
    return scene.today - ends > _JUST or (planned is not None and planned <= ends < scene.today)


def _tells_of_the_end(claim: Claim) -> bool:
    return claim.status is TalkStatus.HELD and claim.ends is not None and claim.starts != claim.ends


def shifted(scene: Scene, unit: Unit, talk: Talk, at: int, *, moved: bool) -> tuple[date | None, date | None]:
    """The first day of talks that are put off by so long, or the last of those that are extended by it."""
    known = any(claim.status is TalkStatus.RESCHEDULED and (claim.starts or claim.ends) for claim in talk.claims)
    shift = None if known else unit.shift_after(at)
    if shift is None or talk.starts is None:
        return None, None
    if moved:
        return (_planned_day(scene, unit, at) or talk.starts) + timedelta(days=shift), None
    extended = unit.claims[at].startswith("extended")
    return None, (talk.ends or talk.starts) + timedelta(days=shift) if extended else None


def _planned_day(scene: Scene, unit: Unit, at: int) -> date | None:
    """The day of the plan that a change is told of: "كانت مقررة في 27 فبراير، ثم أرجئت أسبوعين"."""
    words = unit.words.sets
    was = next((n for n in unit.positions if n < at and unit.form(n) in words["was"]), at)
    plan = next((n for n in unit.positions if was < n <= was + _PLAN and unit.form(n) in words["planned"]), at)
    return next((day.starts for n, day in scene.days if plan < n < at and n in unit.inside), None)


def _is_not_on_today(scene: Scene, unit: Unit) -> bool:
    """ "اختتمت ولن تتواصل اليوم": it ended before."""
    after = unit.goes_no_further
    return after is not None and any(at == after + 1 and day.covers(scene.today) for at, day in scene.days)


def _day_before(scene: Scene, at: int) -> date:
    """The day on which something ended that is told without its day: that of the event before, else today."""
    sentence = next(sentence for sentence in scene.reading.sentences if sentence.start <= at < sentence.end)
    before = [mention.ends for n, mention in scene.days if sentence.start <= n < at and mention.ends <= scene.today]
    return before[-1] if before else scene.today


def last_token(scene: Scene, day: Day) -> int:
    tokens, last = scene.reading.tokens, day.at
    while last + 1 < len(tokens) and tokens[last + 1].end <= day.mention.end:
        last += 1
    return last


def verb_of(at: int, verbs: Mapping[int, str]) -> str | None:
    """The kind of the last verb before a day."""
    before = [n for n, kind in verbs.items() if at - _VERB <= n < at and kind not in ("leads", "holding")]
    return verbs[max(before)] if before else None
