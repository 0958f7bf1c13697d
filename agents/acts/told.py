"""What the words of a clause tell, where no speech act decides it: the strongest act, as its tense and polarity put it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.stances import duty, refusal, request, ultimatum
from agents.language.modality import Manner
from agents.language.text import CLOSING, EITHER, OPENING
from agents.language.triggers import Trigger
from schemas import ActorKind, Direction
from schemas import Modality as Mood

_WEAK: Final = 3  # rank: words that a plain refusal in the same clause outweighs


def told(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    owed = duty(bench, clause)
    if owed is not None:
        return owed
    judged = [(t.row.rank, -t.start, act) for t in found if (act := _judge(bench, clause, t)) is not None]
    best = max(judged, key=lambda row: row[:2], default=None)
    if best is not None and best[0] > _WEAK:
        return best[2]
    refused = refusal(bench, clause)
    if best is not None:
        return best[2] if refused is None or best[2].direction == Direction.DEESCALATION else refused
    return refused or ultimatum(bench, clause, found)


def _judge(bench: Bench, clause: Clause, trigger: Trigger) -> Act | None:
    row, manner = trigger.row, bench.manner(clause, trigger)
    said = clause.kind is not None
    if row.said and not (said and clause.speakers):
        return None
    subject = bench.subject(trigger, clause)
    if row.own and subject and not set(subject) & set(clause.speakers or subject):
        return None
    if row.own and not subject and not clause.speakers:
        return None
    if row.other and (not subject or set(subject) & set(clause.speakers)):
        return None
    if row.blames and not bench.at_odds(clause, bench.blamed(clause)):
        return None
    if row.type in HOSTILE and _in_scare_quotes(bench, trigger):
        return None
    own = not subject or bool(set(subject) & set(clause.speakers))
    if manner.denied:
        return _denied(bench, clause, trigger, subject)
    if manner.absent or (manner.hypothetical and row.type != "THREATEN" and not row.demands):
        return None
    if row.type in HOSTILE:
        return _hostile(bench, clause, trigger, manner, subject, own)
    if row.type in COOPERATIVE:
        return _cooperative(bench, clause, trigger, manner, subject, own)
    ahead = manner.future or manner.possible or manner.conditional or trigger.future
    if row.needs_future and not ahead:
        return None
    if row.type == "THREATEN":
        if manner.negated or (trigger.aspect == "past" and row.not_past):
            return None
        mood = Mood.BACKGROUND if manner.background else Mood.ASSERTED if row.mutual else Mood.CONDITIONAL
        actors = clause.speakers or subject
        return bench.act(row.type, row.mode, mood, clause, trigger, manner, actors)
    if manner.negated:
        return None
    if row.type == "REJECT":
        actors = subject if subject and trigger.aspect != "noun" else clause.speakers or subject
        if row.breaks and ahead:
            return bench.act("THREATEN", "relations", Mood.CONDITIONAL, clause, trigger, manner, actors)
        return bench.act(row.type, row.mode, bench.mood(manner), clause, trigger, manner, actors)
    if row.type == "REQUEST":
        return request(bench, Clause(clause.start, clause.end, "call", clause.speakers or tuple(subject)))
    accused = bench.blamed(clause) if row.blames else [s for s in subject if s not in clause.speakers]
    actors = clause.speakers if said else bench.actors(clause, subject)
    return bench.act("ACCUSE", row.mode, bench.mood(manner), clause, trigger, manner, actors, accused or None)


def _hostile(
    bench: Bench, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str], own: bool
) -> Act | None:
    row, said = trigger.row, clause.kind is not None
    ahead = manner.future or trigger.future or manner.conditional or manner.possible
    if manner.negated:
        before = bench.tokens[trigger.start - 1].light.lstrip("وف") if trigger.start else ""
        if said and clause.speakers and own and (manner.future or before == "لن"):
            return bench.act(
                bench.plover.negated[row.type], None, Mood.DENIED, clause, trigger, manner, clause.speakers
            )
        return None
    if manner.obliged or manner.ceased:
        return None
    told_of_itself = subject or trigger.future or bench.cast.own_at(clause.start, clause.end)
    if said and trigger.aspect == "noun" and row.type in ("ASSAULT", "COERCE") and not told_of_itself:
        if not manner.future and not bench.cast.group_at(clause.start, clause.end) and clause.speakers:
            return None  # "حماية البلاد من الهجمات": nobody's attack in particular
    if said and ahead and not row.stays and not (own and clause.speakers):
        return _foretold(bench, clause, trigger, manner, subject)
    if said and clause.speakers and not own:
        if (
            bench.cast.has_stake(clause.speakers)
            and row.type in ("ASSAULT", "COERCE")
            and bench.at_odds(clause, subject)
        ):
            return bench.act("ACCUSE", "allege", bench.mood(manner), clause, trigger, manner, clause.speakers, subject)
        if row.type == "ASSAULT" and _fights(bench, clause.speakers):
            named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
            victims = named or clause.speakers
            return bench.act(row.type, row.mode, bench.mood(manner), clause, trigger, manner, subject, victims)
    actors = bench.actors(clause, subject)
    if row.ends_ties and said and trigger.aspect == "noun":
        ahead = True  # who speaks of an end of relations warns of it
    if row.type == "SANCTION" and trigger.aspect == "noun" and clause.speakers and not manner.future:
        actors = clause.speakers  # who says that somebody is unwelcome or listed makes him so
    if ahead and not row.stays and not actors:
        named = bench.cast.sides(clause.start, clause.end)
        actors = tuple(bench.others(named, clause.start)) if named else ()
        if not actors:
            return None
    if ahead and not row.stays:
        new = bench.plover.future[row.type]
        mode = bench.plover.threatened[row.type]
        return bench.act(new, mode, Mood.CONDITIONAL, clause, trigger, manner, actors)
    mood = Mood.CONDITIONAL if ahead else bench.mood(manner)
    return bench.act(row.type, row.mode, mood, clause, trigger, manner, actors)


def _foretold(bench: Bench, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str]) -> Act | None:
    """What a side says that its adversary will do: a threat reported, or an accusation; of strangers a forecast."""
    if not clause.speakers or not bench.at_odds(clause, subject):
        return None
    if trigger.row.type == "SANCTION":
        return bench.act("THREATEN", "restrict", Mood.CONDITIONAL, clause, trigger, manner, subject)
    return bench.act("ACCUSE", "allege", Mood.CONDITIONAL, clause, trigger, manner, clause.speakers, subject)


def _cooperative(
    bench: Bench, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str], own: bool
) -> Act | None:
    row = trigger.row
    speaks = bool(clause.speakers) and (trigger.aspect == "noun" or own)
    actors = clause.speakers if speaks else bench.actors(clause, subject)
    if not subject and bench.cast.group_at(clause.start, min(clause.end, trigger.end + 2)):
        actors, speaks = bench.cast.principals[:2], False
    if row.disclaims:
        if clause.kind is None and not subject:
            return None
        return bench.act("CONCEDE", None, Mood.DENIED, clause, trigger, manner, actors)
    if manner.negated:
        if trigger.aspect == "noun" or not actors:
            return None
        return bench.act(bench.plover.negated[row.type], None, Mood.ASSERTED, clause, trigger, manner, actors)
    if manner.obliged or not actors:
        return None
    mood = Mood.CONDITIONAL if manner.possible or manner.conditional else bench.mood(manner)
    if (
        manner.future
        or trigger.future
        or manner.possible
        or manner.conditional
        or (row.type in ("RETREAT", "AID") and clause.kind)
    ):
        new = bench.plover.future.get(row.type, row.type)
        if speaks and row.type != "CONSULT" and not set(actors) & set(bench.cast.principals):
            return bench.act("COOPERATE", None, mood, clause, trigger, manner, actors)  # who stands by lends a hand
        return bench.act(
            "AGREE" if clause.kind and new != "SUPPORT" else new, None, mood, clause, trigger, manner, actors
        )
    return bench.act(row.type, row.mode, mood, clause, trigger, manner, actors)


def _denied(bench: Bench, clause: Clause, trigger: Trigger, subject: Sequence[str]) -> Act | None:
    if trigger.row.type not in HOSTILE | {"THREATEN"}:
        return None
    return bench.act(
        trigger.row.type,
        trigger.row.mode,
        Mood.DENIED,
        clause,
        trigger,
        Manner(denied=True),
        bench.actors(clause, subject),
    )


def _in_scare_quotes(bench: Bench, trigger: Trigger) -> bool:
    """One word in quotation marks is meant otherwise: «هجوما» من نوع مختلف."""
    for position in range(max(1, trigger.start), min(trigger.end, len(bench.tokens) - 1)):
        before, after = bench.tokens[position - 1], bench.tokens[position + 1]
        if before.text in OPENING + EITHER and after.text in CLOSING + EITHER:
            return True
    return False


def _fights(bench: Bench, sides: Sequence[str]) -> bool:
    """Whether somebody who reports an attack may be the one attacked: a state or an armed side, no institution."""
    return any(bench.cast.lexicon.kind_of(side) in (ActorKind.STATE, ActorKind.ARMED_GROUP) for side in sides)
