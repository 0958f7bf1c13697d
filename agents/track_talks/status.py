"""What a unit says has become of its talks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from agents.track_talks.anchors import Anchor, gap_to, overlap
from agents.track_talks.days import FAR, Day
from agents.track_talks.ledger import OPEN
from agents.track_talks.scene import CHANGE, Scene, is_a_fact, is_from_to, town_after
from agents.track_talks.units import CHANGES, Unit
from schemas import Talk, TalkStatus

_BESIDE: Final = 2  # tokens between the name of talks and the day by which they are called: "مكالمة مساء الخميس"
_FLASH: Final = 12  # words of a message that has no verb
_DENIED: Final = 5  # tokens between "لن تعقد" and the day on which they are not
_BEFORE_TIME: Final = timedelta(days=1)  # talks may begin so much before their known day without a word of a move
_STATUS: Final = {  # the first that a unit holds counts
    "moved": TalkStatus.POSTPONED,
    "cancelled": TalkStatus.CANCELLED,
    "relocated": TalkStatus.RESCHEDULED,
    "suspended": TalkStatus.POSTPONED,
    "ended": TalkStatus.HELD,
    "signed": TalkStatus.HELD,
    "extended": TalkStatus.RESCHEDULED,
    "began": TalkStatus.HELD,
    "held": TalkStatus.HELD,
    "goes_on": TalkStatus.HELD,
    "resumed": TalkStatus.RESCHEDULED,
}
_TOLD_BY_DAY: Final = ("held", "goes_on", "signed")  # of talks that are not named, only where their day is,
_TOLD_BY_WORD: Final = ("began", "ended")  # or where a word says that it is of talks
_ORDER: Final = tuple(_STATUS)


def status_of(
    scene: Scene, unit: Unit, talk: Talk, anchor: Anchor, days: Sequence[Day], *, verbs: Mapping[int, str]
) -> tuple[TalkStatus | None, int | None]:
    """What the unit says has become of the talks, and the token that says it."""
    if unit.not_to_be is not None:
        its_day = unit.names_its_time or _day_after(scene, unit, unit.not_to_be)
        return (TalkStatus.POSTPONED if its_day else TalkStatus.CANCELLED), None
    if not unit.states_facts:
        return None, None
    fell = unit.fell_through
    if fell is None and anchor.named and talk.status is not TalkStatus.HELD and _is_over(scene, talk):
        fell = unit.did_not_come_about
    if fell is not None:
        return TalkStatus.POSTPONED, fell
    told = {at: kind.removesuffix("_noun") for at, kind in verbs.items() if kind.removesuffix("_noun") in _STATUS}
    for at in sorted(told, key=lambda n: (_ORDER.index(told[n]), n)):
        kind, noun = told[at], verbs[at].endswith("_noun")
        if noun and not (is_a_fact(scene, unit, at) and (days or kind != "began" or _is_a_flash(scene, unit, at))):
            continue
        if verbs[at] in CHANGES and (_is_history(scene, unit, talk, at) or unit.comes_before(at)):
            continue
        if kind == "resumed" and not days and talk.status is not TalkStatus.POSTPONED:
            continue
        if kind == "resumed" and not noun and days and talk.starts and talk.starts <= scene.today:
            return TalkStatus.HELD, at
        if kind == "relocated" and town_after(scene, unit, at) is None:
            if not any(day.at > at and (day.new or is_from_to(scene, unit, day.at, day.mention)) for day in days):
                continue
            kind = "moved"  # "نقلت من اليوم إلى الغد", "نقلت إلى الغد"
        if not _is_of(scene, talk, anchor, days, kind) or (kind == "held" and _is_to_be(scene, unit, anchor)):
            continue
        given_up = kind == "ended" and _is_given_up(scene, unit, talk, at)
        return (TalkStatus.CANCELLED if given_up else _STATUS[kind]), at
    return None, None


def _is_over(scene: Scene, talk: Talk) -> bool:
    """Whether the day on which talks were to be has gone by."""
    last = talk.ends or talk.starts
    return last is not None and last < scene.today


def _is_of(scene: Scene, talk: Talk, anchor: Anchor, days: Sequence[Day], kind: str) -> bool:
    """Whether a word of such a kind may be said of the talks."""
    if kind == "signed" and "signing" not in scene.marked.known.forms[talk.talk_id]:
        return False
    if kind == "held" and days and all(day.mention.starts > scene.today for day in days):
        return False  # "سيتحدث في افتتاح القمة غدا"
    if anchor.named:
        return True
    if kind in _TOLD_BY_DAY:
        return bool(days) or anchor.met
    return anchor.of_talks or kind not in _TOLD_BY_WORD


def _is_to_be(scene: Scene, unit: Unit, anchor: Anchor) -> bool:
    """Whether talks are still to be held of which something else tells: "جرى اتصال تناول الترتيبات لعقد اللقاء"."""
    return scene.reading.tokens[max(0, anchor.first - 1)].form in unit.words.sets["to_hold"]


def took_place(scene: Scene, unit: Unit, talk: Talk, anchor: Anchor, days: Sequence[Day]) -> bool:
    """Whether talks are called by a day that is past ("مكالمة الخميس كانت بناءة"), or told of on theirs."""
    if unit.changes or not unit.states_facts or unit.conditional or unit.speaks_of_a_plan or unit.prints_an_interview:
        return False
    if anchor.named and _is_over(scene, talk) and unit.form(anchor.last + 1) in unit.words.sets["was"]:
        return True  # "محادثات طرطوس كانت صعبة"
    past = [day for day in days if day.mention.ends < scene.today and day.at > anchor.last and not day.ahead]
    past = [day for day in past if not unit.travelled(day.at)]
    return any(day.at - anchor.last <= _BESIDE or overlap(talk, day.mention) for day in past)


def _day_after(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether a verb has its own day, which alone is denied: "الجولة لن تعقد اليوم"."""
    return any(0 < n - at <= _DENIED and n in unit.positions for n, _ in scene.marked.dates)


def _is_history(scene: Scene, unit: Unit, talk: Talk, at: int) -> bool:
    """Whether a change was long ago, on a day far from the talks: "ألغيت في 15 ديسمبر الماضي" is of others."""
    told = (mention for n, mention in scene.days if 0 < n - at <= CHANGE and n in unit.positions)
    day = next(told, None)
    gap = gap_to(talk, day) if day is not None else None
    return day is not None and gap is not None and gap > FAR and day.ends < scene.today - FAR


def _is_given_up(scene: Scene, unit: Unit, talk: Talk, at: int) -> bool:
    """Whether talks are folded up that were not held and lie ahead, or were put off: "طويت القمة"."""
    ahead = talk.starts is not None and talk.starts > scene.today
    return unit.form(at) in unit.words.sets["folded"] and (ahead or talk.status in OPEN)


def _is_a_flash(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether a noun is the whole message, told as it happens: "16:00 | بدء الجولة الثالثة في جنيف"."""
    words = [n for n in unit.positions if scene.reading.tokens[n].kind == "word"]
    return unit.utterance is None and words[0] == at and len(words) <= _FLASH and not unit.speaks_of_a_plan


def may_be_held(scene: Scene, talk: Talk, day: date | None) -> bool:
    """Talks that lie ahead were not held: the words tell of others."""
    expected = talk.starts is None or talk.starts - _BEFORE_TIME <= scene.today
    return expected and (day is None or day <= scene.today)
