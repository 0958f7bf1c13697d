"""What a word of change is said of: the talks, or somebody's return, a licence, elections, a question. Pure.

It is the noun phrase right behind the word, its object or late subject, that tells: "ألغى الحداد عودته" calls off no
talks, "ألغى الرئيس القمة" does. Where none stands behind it, it is of what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agents.language.names import ARTICLE, IN, TO
from agents.track_talks.scene import Scene
from agents.track_talks.units import Unit

_LONGEST: Final = 12  # tokens of a verb's subject and object: "ألغى الرئيس … القمة"
_TIMELESS: Final = 3  # tokens of "أجل غير مسمى"
_QUOTES: Final = frozenset('«»“”"')
_NEAR: Final = 3  # tokens between "هدنة" and "بدأت"
_IT: Final = ("ه", "ها")  # behind a verb
_CHANGED: Final = frozenset(["moved", "cancelled", "suspended", "resumed", "extended"])
_ENDS: Final = ("ended", "will_end")
_COURSE: Final = frozenset(["began", "will_begin", "ended", "will_end"])


def is_of_something_else(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether a word of change is said of what is no talks."""
    kind = unit.marks[at]
    noun = kind.endswith("_noun")
    if kind in _COURSE:
        return _is_of_a_truce(scene, unit, at)
    if kind == "moved" and any(unit.form(n).removeprefix(IN) in unit.words.sets["a_date"] for n in (at - 1, at)):
        return any(unit.marks.get(n) in _ENDS for n in range(at - _NEAR, at))  # "ستنتهي بموعد جديد لا باتفاق"
    if kind.removesuffix("_noun") not in _CHANGED or unit.form(at) in unit.words.sets["changed_already"]:
        return False
    if not noun and kind in (unit.marks.get(at - 1), unit.marks.get(at + 1)):
        return False  # a phrase that says what is changed: "عدل موعد"
    while unit.marks.get(at + 1) == kind:
        at += 1  # "إطالة أمد"
    if scene.reading.tokens[at].light.endswith(unit.words.pronouns if noun else _IT):
        return False  # "إلغاءه", "ألغاها"
    return (kind == "suspended" and _is_a_comment(scene, unit, at)) or _has_another_object(scene, unit, at)


def _is_of_a_truce(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether it is a truce or a deadline that begins or ends: "بعد هدنة بدأت الأحد", "انتهت المهلة"."""
    near = [n for n in unit.positions if 0 < abs(n - at) <= _NEAR]
    other = min((abs(n - at) for n in near if _is_no_talks(scene, unit, n)), default=None)
    return other is not None and not any(abs(n - at) <= other and _is_talks(scene, n) for n in near)


def _is_no_talks(scene: Scene, unit: Unit, at: int) -> bool:
    return unit.form(at) in unit.words.sets["no_talks"] and at not in scene.named


def _has_another_object(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether the nouns behind a word are no talks, be they defined, somebody's own or the object that a verb needs."""
    tokens, others = scene.reading.tokens, 0
    for n in _phrase(scene, unit, at):
        if _is_talks(scene, n) or n == unit.works:
            return others > 0 and tokens[n].form.startswith(TO)  # "تمديد المهلة المحددة للمحادثات"
        if tokens[n].light.endswith(unit.words.pronouns) and not _is_talks(scene, n + 1):
            return True  # "زيارته"
        others += tokens[n].form.startswith(ARTICLE) or unit.form(at) in unit.words.sets["changes_it"]
    return others > 0


def _is_a_comment(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether "علق" is a remark, behind which what it is on follows: "علق الحداد على", "علق بالقول"."""
    if unit.form(at - 1) in unit.words.sets["thus"]:
        return True  # "هكذا علق الحداد"
    actors = scene.acting(unit)
    form = next((scene.reading.tokens[n].form for n in range(at + 1, unit.range[1]) if n not in actors), "")
    return form in unit.words.sets["upon"] or form.startswith(IN + ARTICLE) or form in unit.words.sets["speeches"]


def _phrase(scene: Scene, unit: Unit, at: int) -> Iterator[int]:
    """The nouns right behind a word, up to a preposition, clause or mark, without days, actors and "the opening of"."""
    tokens, sets = scene.reading.tokens, unit.words.sets
    actors = scene.acting(unit)
    n, end = at + 1, min(at + 1 + _LONGEST, unit.range[1])
    while n < end:
        form, following = tokens[n].form, tokens[min(n + 1, end - 1)].form
        if form in sets["to"] and following in sets["no_day"]:
            n += _TIMELESS
        elif n in scene.named:
            yield n
        elif not (
            n in scene.dated
            or n in actors
            or form in _QUOTES
            or form in sets["opening"]
            or (form in sets["to"] and n + 1 in scene.dated)
        ):
            if not _is_talks(scene, n) and _ends_a_phrase(unit, n):
                return
            yield n
        n += 1


def _ends_a_phrase(unit: Unit, at: int) -> bool:
    """Whether a preposition, a verb, what is joined, a reason ("لتعذر حضوره") or a mark stands here."""
    token, form = unit.reading.tokens[at], unit.form(at)
    joined = form.startswith((IN, TO)) and form not in unit.words.sets["begins_so"]
    joined = joined or form != token.form
    return token.kind not in ("word", "number") or joined or form in unit.words.sets["behind"] or at in unit.marks


def _is_talks(scene: Scene, at: int) -> bool:
    mark = scene.marked.mark_of(at)
    return at in scene.named or (mark.group == "talk" and mark.form is not None)
