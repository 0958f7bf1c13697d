"""Interviews whose questions and answers have the same bullet: one asks, the next one answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.language.punctuation import COLONS, QUESTION
from agents.language.text import Token
from agents.language.turns import Role, Turn

_FEWEST: Final = 2  # questions that ask
_MOST_ASKING: Final = 4  # answers to one that asks something back


def alternating(article: Sequence[Token], turns: Sequence[Turn]) -> tuple[Role, ...] | None:
    """The roles of turns that alternate below one bullet, or None where they do not.

    A label tells whose answer it is, on the first or on any; a question need not have a question mark.
    """
    first = next((at for at, turn in enumerate(turns) if turn.asks and turn.bullets and not turn.name), len(turns))
    if any(turn.bullets == turns[first].bullets for turn in turns[:first] if first < len(turns)):
        return None  # headlines: an interview begins with a question
    roles: list[Role] = [""] * first
    before: Role = "answer"
    for turn in turns[first:]:
        role = _role(turn, turns[first].bullets, before)
        if role is None or (role == "more" and article[turn.end - 1].text in COLONS):
            return None  # or "أمام مقر الوفد، الوزير فلان:", whose answers follow
        roles.append(role)
        before = role if role in ("question", "answer") else before
    told = [turn for turn, role in zip(turns, roles, strict=True) if role == "answer"]
    asked = [_asks_within(article, turn) for turn, role in zip(turns, roles, strict=True) if role == "question"]
    unmarked = any(not turn.name for turn in told)
    back = sum(turn.asks for turn in told)
    if not unmarked or sum(asked) < _FEWEST or sum(asked) * 2 < len(asked) or back * _MOST_ASKING > len(told):
        return None
    last = max(at for at, role in enumerate(roles) if role == "answer")
    return tuple(role if at <= last else "" for at, role in enumerate(roles))


def _role(turn: Turn, bullets: tuple[str, ...], before: Role) -> Role | None:
    """What a turn is behind a question or an answer; None where no such interview has it."""
    if turn.aside:
        return ""
    if turn.name:
        return None if turn.asks else "answer"
    if turn.bullets:
        return None if turn.bullets != bullets else "question" if before == "answer" else "answer"
    if before == "question" and turn.labelled:
        return "answer"  # by a stranger, whose label stands once: "سعيد بنحمو: …"
    return "more" if before == "answer" else None


def _asks_within(article: Sequence[Token], turn: Turn) -> bool:
    """ "هل حدد الموعد؟ ظهرت تقارير تنفي ذلك."."""
    return any(token.text in QUESTION for token in article[turn.begin : turn.end])
