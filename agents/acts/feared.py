"""Whom a deed would befall that a threat answers: "سترد واشنطن إذا غزت روسيا أوكرانيا" is not meant for Kiev. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final

from agents.acts.cast import Cast
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import is_led_noun, load_stance_words
from agents.language.names import ARTICLE, OWNERS, Mention
from agents.language.punctuation import COMMAS
from agents.language.triggers import nominal

_CONDITION: Final = 14  # tokens behind "إذا"
_ANSWER: Final = 3  # tokens from "على" to an attack: "للرد على أي عدوان"
_BEFORE: Final = (1, 2)  # tokens from a preposition to a name: "على أوكرانيا", "على الأراضي الأوكرانية"
_OPENING_ATTACK: Final = 4  # tokens behind an attack that opens its clause: "عدوان عسكري جديد على أوكرانيا"
_ATTACK: Final = 6  # tokens behind "غزو", with who does it and on whom: "غزو روسي جديد واسع على أوكرانيا"


def victims(cast: Cast, clause: Clause) -> frozenset[str]:
    """The sides on whom the deed would be that a threat in the clause answers."""
    found = set[str]()
    for at in range(clause.start, clause.end):
        if _sets_condition(cast, at, clause.end):
            found.update(map(cast.side, _of_condition(cast, clause, at + 1)))
        elif _is_answered(cast, clause, at):
            found.update(map(cast.side, _of_attack(cast, at, clause.end)))
    return frozenset(found)


def attacked(cast: Cast, clause: Clause) -> frozenset[str]:
    """For whose sake a threat is made that opens with an attack: "أي عدوان على أوكرانيا ستكون له عواقب"."""
    at, known = clause.start, load_stance_words()
    at += cast.tokens[at].form in load_role_words().out_of  # "حذر من أي هجوم"
    at += cast.tokens[at].form in known.whichever | known.every
    form = cast.tokens[at].form if at < clause.end else ""
    if is_led_noun(form) or load_role_words().attacks.isdisjoint(nominal(form)):
        return frozenset()  # "بهجوم على أوكرانيا" is threatened with
    on = (m for m in cast.within(at + 1, min(clause.end, at + 1 + _OPENING_ATTACK)) if m.via != "adjective")
    return frozenset(cast.side(mention) for mention in on)


def _is_answered(cast: Cast, clause: Clause, at: int) -> bool:
    """ "للرد على أي توغل", "إزاء أي خطوة ضد": an attack that is not itself threatened with."""
    words = load_role_words()
    if all(token.form not in words.answers for token in cast.tokens[max(clause.start, at - _ANSWER) : at]):
        return False
    bare = nominal(cast.tokens[at].form)
    return not (words.attacks.isdisjoint(bare) and words.moves.isdisjoint(bare))


def _sets_condition(cast: Cast, at: int, end: int) -> bool:
    words, form = load_role_words(), cast.tokens[at].form
    if form in words.if_or_that:  # "إن غزت", and not "إن روسيا", "إن القوات"
        return at + 1 < end and not (cast.tokens[at + 1].form.startswith(ARTICLE) or cast.within(at + 1, at + 2))
    return form in words.in_case


def _of_condition(cast: Cast, clause: Clause, start: int) -> Iterator[Mention]:
    """ "غزت روسيا أوكرانيا", "دخلت قواته الأراضي الأوكرانية", "تعرضت أوكرانيا لهجوم", "هي زودت موسكو بالسلاح"."""
    words, near = load_role_words(), range(start, min(clause.end, start + _CONDITION))
    stop = start + sum(1 for _ in takewhile(lambda at: cast.tokens[at].text not in COMMAS, near))
    named = cast.within(start, stop)
    if not named:
        return
    first, lead = cast.side(named[0]), cast.tokens[start : named[0].start]
    if any(token.form in words.befalls for token in lead):
        yield named[0]
    elif len({cast.side(mention) for mention in named}) > 1:
        yield from (mention for mention in named if cast.side(mention) != first)
    elif any(token.light.endswith(OWNERS) for token in lead[1:]) or (lead and lead[0].form in words.they):
        yield named[0]
    elif set(cast.faced(clause.start, start)) - {first, *clause.speakers}:
        yield named[0]  # "ستدفع روسيا الثمن إذا غزت أوكرانيا"


def _of_attack(cast: Cast, attack: int, end: int) -> Sequence[Mention]:
    """ "توغل روسي في أوكرانيا", "عدوان على الأراضي الأوكرانية", "غزو روسي لأوكرانيا"."""
    named = cast.within(attack + 1, min(end, attack + 1 + _ATTACK))
    several, words = len({cast.side(mention) for mention in named}) > 1, load_role_words()
    leads = words.upon | words.where if several else words.upon
    forms = [token.form for token in cast.tokens[attack + 1 : attack + 1 + _ATTACK]]
    if any(f"{form} {following}" in words.by for form, following in pairwise(forms)):
        leads = words.upon  # "اعتداء من جانب النظام"
        named = [m for m in named if cast.tokens[m.start - 1].form in leads]
    led = [m for m in named if m.clitics or any(cast.tokens[m.start - n].form in leads for n in _BEFORE)]
    return led[-1:] if led and (several or led[-1] is named[0]) else ()
