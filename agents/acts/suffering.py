"""The subject that suffers: "قتل جنديان في غارة", "تعرضت مواقع لهجوم". Who does it stands elsewhere, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agents.acts.cast import Cast
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.names import IN, TO
from agents.language.triggers import Trigger, load_triggers

_SUFFERED: Final = frozenset(["ASSAULT", "COERCE"])
_PEOPLE: Final = 4  # tokens of "ثلاثة من جنود"
_VERB_REACH: Final = 12  # tokens from "تعرضت" to the attack


def suffers(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """Whether a clause tells of an act by whom it befalls, so that the subject of its verb has not done it."""
    if trigger.row.type not in _SUFFERED:
        return False
    undergoing = load_role_words().undergoing
    first = max(clause.start, trigger.start - _VERB_REACH)
    if any(is_form_of(cast.tokens[i].form, undergoing) for i in range(first, trigger.end)):
        return True
    opens, behind = trigger.start == clause.start, trigger.start + 1
    there = behind + 1 < clause.end and cast.tokens[behind].form in load_role_words().there
    if there and trigger.row.suffers and _is_victim(cast, behind + 1, clause.end):
        return True  # "المدينة التي قتل فيها مدنيون"
    if opens and clause.speakers and cast.own_at(clause.start - 1, clause.start):
        return False  # "قالت أنقرة إنها قتلت خمسة جنود"
    return opens and trigger.aspect == "past" and behind < clause.end and _is_victim(cast, behind, clause.end)


def is_form_of(form: str, lemmas: Iterable[str]) -> bool:
    """Whether a word is a form of one of several verbs."""
    return not load_triggers().keys(form).isdisjoint(f"~{lemma}" for lemma in lemmas)


def _is_victim(cast: Cast, position: int, end: int) -> bool:
    """ "قتل ثلاثة جنود في غارة": right behind the verb somebody indefinite, and no object behind him.

    "خطف جنود راعيا", "قتل الجيش جنديين" are told of who does it.
    """
    words = load_role_words()
    counts = cast.tokens[position].kind == "number" or cast.tokens[position].form in words.counted
    if not counts and cast.tokens[position].form not in words.victims:
        return False
    named = {i for mention in cast.within(position, end) for i in range(mention.start, mention.end)}
    last = next(
        (i for i in range(position, min(position + _PEOPLE, end)) if cast.tokens[i].form in words.victims), position
    )
    behind = next((i for i in range(last + 1, end) if i not in named), None)
    if behind is None or cast.tokens[behind].kind != "word":
        return True
    form = cast.tokens[behind].form
    return form.startswith((IN, TO)) or form in words.behind_victims
