"""Where a unit says that its talks are, who leads them and on what level. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from agents.language.names import Mention
from agents.talks.known import NO_MARK
from agents.track_talks.anchors import NEAR, WITH_DAY, Anchor
from agents.track_talks.scene import Scene, is_elsewhere, town_after
from agents.track_talks.units import Unit
from schemas import ActorKind, Talk

_BESIDE: Final = 1  # tokens between a town and the day or word of talks right beside it: "جنيف الاثنين"
_AT_ONCE: Final = 3  # tokens from a verb to the town that it is told of: "بدأت في مدينة مسقط"
_TAKES_PLACE: Final = ("began", "held", "holding", "will_begin")
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
    first, last = anchors[talk.talk_id].first, anchors[talk.talk_id].last
    towns = [  # one that is part of a name comes last: "جنيف تستضيف محادثات طرطوس"
        (
            place.start in scene.named,
            not (scene.marked.is_locative(place) or _hosts(scene, unit, place, first)),
            min(abs(place.start - at) for at in near),
            place.target,
        )
        for place in scene.marked.venues
        if place.start in inside
        and place.target not in of_others
        and (place.target not in elsewhere or place.start > last or _hosts(scene, unit, place, first))
        and unit.holds(place.start)
        and not is_elsewhere(scene, unit, talk, anchors[talk.talk_id], place.start)
        and not _is_of_other_talks(scene, anchors[talk.talk_id], place.start)
        and not _is_of_another_day(scene, unit, place.start, near)
    ]
    # a town in which nothing happens may stand for its government: "تأييد بروكسل للمفاوضات"
    towns = [place for place in towns if place[2] <= (NEAR if place[3] == talk.venue or not place[1] else _BESIDE)]
    town = min(towns, default=(False, False, 0, None))[3]
    moved = next((at for at, kind in unit.claims.items() if kind == "relocated"), None)
    new = town_after(scene, unit, moved) if moved is not None else None
    return new or town


def _hosts(scene: Scene, unit: Unit, place: Mention, name: int) -> bool:
    """Whether a verb is told of a town and then of the talks that are named behind it: "بدأت في جنيف المحادثات",
    "احتضنت مسقط اللقاء", and not "عقدوا في جنيف قبل القمة".
    """
    tokens, sets = scene.reading.tokens, unit.words.sets
    verb = max((n for n, kind in unit.claims.items() if n < place.start and kind in _TAKES_PLACE), default=None)
    if verb is None or place.start - verb > _AT_ONCE or not place.start < name:
        return False
    between = range(place.end, name)
    one_clause = all(tokens[n].kind in ("word", "number") and n not in unit.marks for n in between)
    return one_clause and sets["at_a_time"].isdisjoint(tokens[n].form for n in between)


def _is_of_another_day(scene: Scene, unit: Unit, town: int, near: Sequence[int]) -> bool:
    """Whether a town is told with a day that is none of the talks, which have one: "وسقط موعد 22 مايو في جنيف"."""
    tokens, days = scene.reading.tokens, {at for at, _ in scene.days if at in unit.inside}
    with_it = {
        at
        for at in days
        if 0 < town - at <= WITH_DAY and all(token.kind in ("word", "number") for token in tokens[at:town])
    }
    return bool(with_it) and with_it.isdisjoint(near) and not days.isdisjoint(near)


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
