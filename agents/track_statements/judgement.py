"""Whether a statement is new: judged against what its side has said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from agents.knowledge import Knowledge
from agents.novelty import Asked, Earlier, Judgement, Said
from agents.track_statements.memory import Remembered, Statements, fold, is_stranger, remembered, same_side, sides_of
from schemas import Novelty, Statement

_MOST_EARLIER: Final = 20  # articles that a repeat names
_REMEMBERED: Final = timedelta(days=90)  # what was said longer ago is news when it is said again


def judged(statements: Sequence[Statement], state: Statements, knowledge: Knowledge) -> Iterator[Statement]:
    """The statements of an article with their novelty, each against the earlier ones of its side, its own the last."""
    told = [remembered(statement) for statement in statements]
    judgements = knowledge.judge.judge_all(_asked(told, state, knowledge))
    here = Statements()  # what this article has told so far; the state is only changed by what the journal took
    for statement, mine, judgement in zip(statements, told, judgements, strict=True):
        origins = _origins(mine, judgement, state, here)
        earlier = [origin for origin in origins if origin != mine.article_id]
        answer = statement.model_copy(
            update={
                "novelty": judgement.kind,
                "repeats": judgement.of,
                "similarity": judgement.similarity,
                "changed": judgement.changed,
                "origins": len(origins),
                "earlier": tuple(earlier[:_MOST_EARLIER]) if judgement.kind is Novelty.REPEAT else (),
            }
        )
        fold(here, answer)
        yield answer


def _asked(told: Sequence[Remembered], state: Statements, knowledge: Knowledge) -> Iterator[Asked]:
    """What each is judged against; of one side all against the same."""
    earlier: dict[frozenset[str], Earlier] = {}
    sides: list[frozenset[str]] = []  # of those before it
    said: list[Said] = []
    for mine in told:
        side = sides_of(mine, knowledge)
        if side not in earlier:
            before = (other for other in state.of_side(side, knowledge) if _recent(mine, other))
            earlier[side] = knowledge.judge.earlier([_said(other, knowledge) for other in before])
        here = [one for one, other in zip(said, sides, strict=True) if same_side(side, other, knowledge)]
        said.append(_said(mine, knowledge))
        sides.append(side)
        yield Asked(said[-1], earlier[side], here)


def _origins(statement: Remembered, judgement: Judgement, state: Statements, here: Statements) -> dict[str, None]:
    """The independent texts of a chain, with those that this article adds; of what is no repeat, its own."""
    origins: dict[str, None] = {}
    if judgement.kind is Novelty.REPEAT and judgement.of:
        joined = here.chain_of(judgement.of)
        first = joined.root.repeats if joined is not None and joined.root.novelty is Novelty.REPEAT else judgement.of
        chain = state.chain_of(first or "")
        for each in (chain, joined):
            origins |= each.origins if each is not None else {}
        if chain is not None:  # what of this article has joined that chain already
            for other in here.told.values():
                if other.novelty is Novelty.REPEAT and state.chain_of(other.repeats or "") is chain:
                    origins[other.origin] = None
    return origins | {statement.origin: None}


def _said(statement: Remembered, knowledge: Knowledge) -> Said:
    """What the judge compares. Sides were compared before, so all get one."""
    if statement.facts is None:
        statement.facts = knowledge.said(
            statement.statement_id,
            lambda: knowledge.judge.said(
                statement_id=statement.statement_id,
                party=None,
                speakers=statement.speakers,
                text=statement.text,
                talks=statement.talks,
                named=statement.named,
                denies=statement.denies,
                article=statement.article_id,
                before=statement.before,
                led=statement.led,
                known=not is_stranger(sides_of(statement, knowledge)),
            ),
        )
    return statement.facts


def _recent(statement: Remembered, other: Remembered) -> bool:
    if statement.event_time is None or other.event_time is None:
        return True
    return abs(statement.event_time - other.event_time) <= _REMEMBERED
