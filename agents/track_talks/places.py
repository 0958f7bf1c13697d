"""Where a unit says that its talks are, who leads them and on what level. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from agents.talks.known import NO_MARK
from agents.track_talks.anchors import NEAR, Anchor
from agents.track_talks.scene import Scene, is_elsewhere, town_after
from agents.track_talks.units import Unit
from schemas import ActorKind, Talk

_BESIDE: Final = 1  # tokens between a town and the day or word of talks right beside it: "جنيف الاثنين"
_LEADS: Final = 12  # tokens between "will head" and who does


def venue_claimed(
    scene: Scene, unit: Unit, talk: Talk, anchors: Mapping[str, Anchor], near: Sequence[int]
) -> str | None:
    """The town that the unit claims; where it denies a move to another, the one that was set."""
    if unit.denied_change == "relocated":
        return scene.marked.known.talks[talk.talk_id].venue
    return None if unit.utterance is not None and unit.utterance.denies else _venue(scene, unit, talk, anchors, near)


def _venue(scene: Scene, unit: Unit, talk: Talk, anchors: Mapping[str, Anchor], near: Sequence[int]) -> str | None:
    """The town in which the unit says that the talks are, near their day or name."""
    inside = set(unit.positions)
    of_others = {scene.known[other].venue for other in anchors if other != talk.talk_id} - {talk.venue}
    elsewhere = {other.venue for other in scene.known.values()} - {talk.venue}  # "ما دار في جنيف قبل جولة طرطوس"
    towns = [  # one that is part of a name comes last: "جنيف تستضيف محادثات طرطوس"
        (
            place.start in scene.named,
            not scene.marked.is_locative(place),
            min(abs(place.start - at) for at in near),
            place.target,
        )
        for place in scene.marked.venues
        if place.start in inside
        and place.target not in of_others
        and (place.target not in elsewhere or place.start > anchors[talk.talk_id].last)
        and unit.holds(place.start)
        and not is_elsewhere(scene, unit, talk, anchors[talk.talk_id], place.start)
        and not _is_of_other_talks(scene, anchors[talk.talk_id], place.start)
    ]
    # a town in which nothing happens may stand for its government: "تأييد بروكسل للمفاوضات"
    towns = [place for place in towns if place[2] <= (NEAR if place[3] == talk.venue or not place[1] else _BESIDE)]
    town = min(towns, default=(False, False, 0, None))[3]
    moved = next((at for at, kind in unit.claims.items() if kind == "relocated"), None)
    new = town_after(scene, unit, moved) if moved is not None else None
    return new or town


def _is_of_other_talks(scene: Scene, anchor: Anchor, at: int) -> bool:
    """Whether a word of talks that is no name has the town: "محادثات طرطوس … بعد انهيار جولة حلب"."""
    before = scene.marked.marks.get(at - 1, NO_MARK)
    of_talks = before.group == "talk" and before.form is not None
    return anchor.named and of_talks and at - 1 not in scene.named


def delegation(scene: Scene, unit: Unit) -> tuple[str, ...]:
    leads = [at for at, kind in unit.claims.items() if kind == "leads"]
    return tuple(
        mention.target
        for mention in scene.reading.mentions_in(*unit.range)
        if scene.lexicon.kind_of(mention.target) is ActorKind.PERSON
        and any(abs(mention.start - at) <= _LEADS for at in leads)
    )


def level(scene: Scene, unit: Unit) -> str | None:
    """Who meets: the two words after "على مستوى"."""
    tokens = scene.reading.tokens
    for at in unit.positions:
        if tokens[at].form in unit.words.sets["level"] and tokens[at - 1].form in unit.words.sets["upon"]:
            words = [n for n in unit.positions if at < n <= at + 2 and tokens[n].kind == "word"]
            if words:
                return scene.article.body[tokens[words[0]].start : tokens[words[-1]].end]
    return None
