"""Stances that no single word tells: what a side will not do, what another must do, what follows if it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.records import COOPERATIVE, Act, Clause
from agents.language.triggers import Trigger
from schemas import ActorKind, Direction
from schemas import Modality as Mood

_REFUSING: Final = 4  # words around لن within which its subject stands


def request(bench: Bench, clause: Clause) -> Act | None:
    if bench.says(clause, "no_request"):
        return None
    sides = [s for s in (*clause.addressees, *bench.cast.sides(clause.start, clause.end)) if s not in clause.speakers]
    group = bench.cast.group_at(clause.start, clause.end)
    calm, hostile = bench.says(clause, "calm"), bench.says(clause, "punishing")
    speaks_for_side = bench.cast.has_stake(clause.speakers)
    if hostile:
        peaceful = False
    elif calm or group:
        peaceful = True
    else:
        peaceful = not speaks_for_side
    if not sides:
        sides = bench.others(clause.speakers, clause.start)
    sides = [side for side in sides if side not in clause.speakers]
    if not clause.speakers:
        return None
    direction = Direction.DEESCALATION if peaceful else Direction.ESCALATION
    mode = "yield" if peaceful else "change"
    return bench.act("REQUEST", mode, Mood.DEMANDED, clause, recipients=sides, direction=direction)


def duty(bench: Bench, clause: Clause) -> Act | None:
    """What a side says that another has to do: "على واشنطن أن ترفع العقوبات"."""
    if clause.kind is None or not clause.speakers:
        return None
    for mention in bench.cast.within(clause.start, clause.end):
        side = bench.cast.side(mention)
        on = bench.tokens[mention.start - 1].form if mention.start > clause.start else ""
        to = bench.tokens[mention.end].form if mention.end < clause.end else ""
        if on in ("علي", "وعلي") and to in ("ان", "الا") and side not in clause.speakers:
            return request(bench, clause)
    return None


def refusal(bench: Bench, clause: Clause) -> Act | None:
    """A side that says what it will not do: "السودان لن يكون رهينة"."""
    if clause.kind is None or not bench.cast.has_stake(clause.speakers):
        return None
    words = [i for i in range(clause.start, clause.end) if bench.tokens[i].kind == "word"]
    for n, position in enumerate(words):
        if bench.tokens[position].light not in ("لن", "ولن", "فلن"):
            continue
        verb = bench.tokens[words[n + 1]] if n + 1 < len(words) else None
        if verb is None or any(
            not p[0] or not p[0].isdisjoint(bench.triggers.keys(verb.form))
            for p in bench.triggers.speech["no_refusing_verb"]
        ):
            continue
        before = words[max(0, n - _REFUSING)] if n else position
        near = (before, min(clause.end, words[min(n + 3, len(words) - 1)] + 1))
        if _person(bench, before, position) and "~حضر" in bench.triggers.keys(verb.form):
            continue  # who leads a delegation is a matter of the talks
        if any(bench.triggers.matches(p, bench.tokens, *near) for p in bench.triggers.speech["talks_subject"]):
            if (
                n
                and not bench.cast.own_at(*near)
                and not set(bench.cast.sides(before, position)) & set(clause.speakers)
            ):
                continue  # "الاجتماع لن يعقد" tells of the meeting
        manner = bench.modality.read(bench.tokens, clause.start, clause.end, (position, position + 1), bench.year)
        if manner.hypothetical:
            continue
        others = [side for side in bench.cast.sides(before, position) if side not in clause.speakers]
        if manner.conditional and n and not others and not bench.cast.own_at(before, position) and verb.form[:1] != "ن":
            if not set(bench.cast.sides(before, position)) & set(clause.speakers):
                return bench.act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=bench.targets(clause))
        if (
            others
            and not bench.cast.own_at(before, position)
            and not set(bench.cast.sides(before, position)) & set(clause.speakers)
        ):
            return bench.act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=others)
        return bench.act("REJECT", None, Mood.ASSERTED, clause, recipients=bench.targets(clause))
    return None


def ultimatum(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What a side says it will do under a condition, where nothing friendly is named: a threat."""
    if clause.kind is None or not bench.cast.has_stake(clause.speakers):
        return None
    if any(t.row.type in COOPERATIVE for t in found) or bench.says(clause, "talks_subject"):
        return None
    words = [i for i in range(clause.start, clause.end) if bench.tokens[i].kind == "word"]
    ahead = next((i for i in words if bench.modality.is_future(bench.tokens[i])), None)
    if ahead is None:
        return None
    if not bench.modality.read(bench.tokens, clause.start, clause.end, (ahead, ahead + 1), bench.year).conditional:
        return None
    return bench.act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=bench.targets(clause))


def _person(bench: Bench, start: int, end: int) -> bool:
    named = bench.cast.within(start, end)
    return bool(named) and bench.cast.lexicon.kind_of(named[-1].target) == ActorKind.PERSON
