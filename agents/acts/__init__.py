"""What a clause tells of: an act or threat in PLOVER's terms, who does it to whom, and how it is put.

Pure. The words are data (`language/ar/acts.yaml`), PLOVER's types and its table for future and negated events too
(`plover.yaml`). A clause gives at most one act: the one that its speech act and its strongest words make it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.acts.bench import Bench
from agents.acts.cast import Cast
from agents.acts.joined import continued, parts
from agents.acts.noticed import noticed
from agents.acts.records import HOSTILE, Act, Clause
from agents.acts.role_words import load_role_words
from agents.acts.sides import Sides
from agents.acts.speech import BY_KIND
from agents.acts.told import told
from agents.language.punctuation import QUESTION, STOPS
from agents.language.triggers import nominal
from schemas import EventType
from schemas import Modality as Mood

_CLOSE: Final = 25  # tokens from a clause to the end of its sentence
_LEAST: Final = 2  # words of what is said
_CALL: Final = "call"  # kind of a clause, which may be meant for all: "دعا الجميع إلى تجنب الحرب"
_KILL: Final = "kill"  # row of `acts.yaml`
_ANSWERING: Final = frozenset(["reject", "welcome", "accuse"])
# What a side says of itself in words is meant for its adversary, whatever places it names.
_WORDS: Final = frozenset([
    EventType.THREATEN, EventType.REJECT, EventType.REQUEST, EventType.CONCEDE, EventType.SUPPORT,
])  # fmt: skip

_ON_SOMEBODY: Final = frozenset([EventType.ASSAULT, EventType.COERCE, EventType.SANCTION])

__all__ = ["Act", "Bench", "Cast", "Clause", "Sides", "notice_act", "read_act", "read_acts"]


def read_act(bench: Bench, clause: Clause) -> Act | None:
    """The act that a clause tells of, or None where it tells of none between the sides of the story."""
    clause = _of_group(bench, clause)
    words = [token for token in bench.tokens[clause.start : clause.end] if token.kind == "word"]
    to_somebody = clause.kind is None or clause.addressees or clause.judges
    if len(words) < _LEAST and not (to_somebody or _is_condemned(bench, clause) or _is_answered(bench, clause)):
        return None
    if clause.kind is None and _is_asked(bench, clause):
        return None
    act = BY_KIND.get(clause.kind or "", told)(bench, clause, bench.find(clause))
    return act if act is not None and _concerns(bench, clause, act) else None


def read_acts(bench: Bench, clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Act]]:
    """The acts that the clauses of an article tell of; one is cut whose joined verbs tell of acts of several types."""
    for clause in continued(bench, clauses):
        pieces = parts(bench, clause)
        cut = pieces if len(pieces) > 1 else []
        several = [(piece, act) for piece in cut if (act := read_act(bench, piece)) is not None]
        if len(several) > 1 and _are_several(clause, [act for _, act in several]):
            yield from several
        elif (act := read_act(bench, clause)) is not None:
            yield clause, act


def _are_several(clause: Clause, acts: Sequence[Act]) -> bool:
    """Whether acts are no single one: "احتجز الزورق واقتاده إلى الميناء" is, so is what is told as history, and what
    somebody tells of an adversary.
    """
    kinds = {act.event_type if clause.kind is None else act.direction for act in acts}
    return len(kinds) == len(acts) and all(act.modality != Mood.BACKGROUND for act in acts)


def notice_act(bench: Bench, clause: Clause) -> Act | None:
    """The act that the words of a clause speak for in which `read_act` finds none."""
    clause = _of_group(bench, clause)
    act = noticed(bench, clause)
    return act if act is not None and _concerns(bench, clause, act) else None


def _is_condemned(bench: Bench, clause: Clause) -> bool:
    """ "أدانت برلين الغارات": one word says what is condemned, where it is a deed, and no banner says so."""
    before = bench.tokens[clause.reach[0] - 1].form if clause.reach and clause.reach[0] else ""
    if clause.kind != "accuse" or before in load_role_words().banners:
        return False
    return any(trigger.row.type in HOSTILE for trigger in bench.find(clause))


def _is_answered(bench: Bench, clause: Clause) -> bool:
    """ "رفضت أنقرة العرض", "رحبت برلين بالاتفاق": one word says what is refused or welcomed."""
    return clause.kind in _ANSWERING and bool(clause.speakers) and bench.says(clause, "answered")


def _of_group(bench: Bench, clause: Clause) -> Clause:
    """ "أكد الجانبان أن", "تعلن الدول الثلاث": a clause that all of them say who are named together."""
    if clause.speakers or not clause.reach or not bench.cast.group_at(clause.reach[0], clause.start):
        return clause
    return replace(clause, speakers=bench.cast.both(clause.start))


def _is_asked(bench: Bench, clause: Clause) -> bool:
    """Whether the article asks it, as an interviewer does: "لكن مناوراتكم أثارت قلق الجيران؟"."""
    following = bench.tokens[clause.end - 1 : clause.end + _CLOSE]
    ends = (token for token in following if token.text in STOPS or token.kind == "break")
    stop = next(ends, None)
    return stop is not None and stop.text in QUESTION


def _befalls_another(bench: Bench, clause: Clause, act: Act) -> bool:
    """Whether a deed, or one that is threatened, is done to somebody else: "ستواصل قصف تنظيم الدولة"."""
    deed = act.surface_type or act.event_type
    if deed not in _ON_SOMEBODY:
        return False
    return bench.cast.stranger_at(act.start, clause.end) or bench.cast.foreign(act.start, clause.end, adjectives=False)


def _concerns(bench: Bench, clause: Clause, act: Act) -> bool:
    """Whether an act is one between the sides of the story.

    An article on the dispute may leave one side to be understood; any other has to name both of them.
    """
    named = {*clause.addressees, *bench.cast.sides(clause.start, clause.end)}
    crowd = act.event_type == EventType.PROTEST and bench.cast.on_topic and named  # nobody says whose it is
    if not act.actors and not (crowd or bench.cast.at_war or bench.cast.negotiates):
        return False
    fights = bool(set(act.actors) & bench.cast.at_war)  # his enemy's people may be on no watchlist
    if crowd and not set(act.recipients).isdisjoint(named):
        return True  # "وفي باريس تظاهر المئات أمام السفارة التركية"
    elsewhere = bench.cast.foreign(clause.start, clause.end, adjectives=not fights) and not (
        act.event_type in _WORDS and bench.cast.has_stake(clause.speakers)
    )
    if not bench.cast.on_topic or elsewhere or _befalls_another(bench, clause, act):
        others = [side for side in act.recipients if side in named and side not in act.actors]
        return bool(act.actors) and bool(others) and (clause.kind is not None or bool(named & set(act.actors)))
    if (
        not named
        and not clause.speakers
        and clause.kind != _CALL
        and bench.cast.strangers * 4 > bench.cast.named.total()
    ):
        return False
    return bool(act.actors or act.recipients) or _is_of_war(bench, clause, act)


def _is_of_war(bench: Bench, clause: Clause, act: Act) -> bool:
    """ "21 شخصا قتلوا ببراميل ألقاها الطيران": a deed in a war whose sides are not named, and no mere toll."""
    if act.event_type != EventType.ASSAULT or not bench.cast.at_war:
        return False
    words, found = load_role_words(), [t for t in bench.find(clause) if t.row.type == "ASSAULT"]
    forms = {part for token in bench.tokens[clause.start : clause.end] for part in nominal(token.form)}
    if not any(t.start == act.start and t.aspect == "past" for t in found) or not words.bystanders.isdisjoint(forms):
        return False
    return not (words.means | words.troops).isdisjoint(forms) or any(t.row.id != _KILL for t in found)
