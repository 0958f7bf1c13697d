"""Verbs joined to the one before them: "طردت السفير وأغلقت المعابر" tells of two acts, of one subject. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from agents.acts.bench import Bench
from agents.acts.cast import Cast
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.names import AND, ARTICLE
from agents.language.triggers import Trigger, nominal

_TELLING: Final = frozenset([None, "say"])  # clauses in which a verb tells, and is not asked for
_LEAST: Final = 2  # words of each part


def continued(bench: Bench, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses of an article; one that goes on with a verb behind a comma has the subject of the one before:
    "جمدت أنقرة عمل اللجنة، وقطعت الرواتب".
    """
    if clauses:
        yield clauses[0]
    for before, clause in pairwise(clauses):
        goes_on = clause.kind is None and _runs_on(bench, before, clause)
        verb = _joined_verb(bench, clause, clause.start) if goes_on else None
        yield clause if verb is None else replace(clause, carried=_carried(bench, before, clause, verb))


def parts(bench: Bench, clause: Clause) -> list[Clause]:
    """A clause cut before each verb that is joined to one before it: "احتجزت صيادين | وصادرت قواربهم"."""
    if clause.kind not in _TELLING or clause.judges:
        return [clause]
    verbs = [t for t in bench.find(clause) if t.aspect != "noun" and not t.negated]
    cuts = dict.fromkeys(t.start for t in verbs if t.start - clause.start >= _LEAST)
    pieces = [clause]
    for cut in cuts:
        last = pieces[-1]
        verb = _joined_verb(bench, last, cut)
        if verb is None or clause.end - cut < _LEAST or _is_described(bench, last, cut):
            continue
        if not any(t.start < cut and t.end <= cut and t.aspect == verb.aspect for t in verbs):
            continue
        first = replace(last, end=cut)
        second = replace(last, start=cut)
        pieces[-1:] = [first, replace(second, carried=_carried(bench, first, second, verb))]
    return pieces


def _runs_on(bench: Bench, before: Clause, clause: Clause) -> bool:
    """Whether nothing but a comma stands between two clauses that the article itself tells."""
    between = bench.tokens[before.end : clause.start]
    return before.kind is None and before.end <= clause.start and all(token.text in "،," for token in between)


def _joined_verb(bench: Bench, clause: Clause, position: int) -> Trigger | None:
    """The verb that begins with و at a position, where it can be no noun."""
    if not bench.tokens[position].form.startswith(AND):
        return None
    found = [t for t in bench.find(clause) if t.start == position]
    verb = next((t for t in found if t.aspect != "noun" and not t.passive), None)
    befalls = any(t.row.suffers for t in found)  # "قتل جندي وأصيب اثنان" is one deed
    noun = any(t.aspect == "noun" for t in found)
    if befalls or noun or verb is None or not bench.triggers.shapes(bench.tokens[position].form):
        return None
    manner = bench.manner(clause, verb)
    return None if manner.hypothetical or manner.conditional else verb


def _is_described(bench: Bench, clause: Clause, position: int) -> bool:
    """ "الذي قصف القرية وقتل": what a relative clause tells goes on with it."""
    words = load_stance_words()
    before = bench.tokens[clause.start : position]
    return any(
        token.form.startswith(tuple(words.relative)) or token.light.removeprefix(AND) in words.wished
        for token in before
    )


def _carried(bench: Bench, before: Clause, clause: Clause, verb: Trigger) -> tuple[str, ...]:
    """Who does what the verb before tells, unless this one has a subject of its own."""
    if _has_subject(bench.cast, verb.start, clause.end):
        return ()
    led = [t for t in bench.find(before) if t.aspect == verb.aspect and t.end <= before.end]
    found = (bench.subject(t, before) for t in reversed(led))
    return tuple(next((sides for sides in found if sides), ()))


def _has_subject(cast: Cast, verb: int, end: int) -> bool:
    """ "وقصفت اليونان", "وتوغلت القوات اليونانية", "وقتل جنديان"; "وأغلقت القنصلية اليونانية" has an object."""
    behind = verb + 1
    if behind >= end or cast.tokens[behind].kind != "word":
        return False
    words, noun = load_role_words(), cast.tokens[behind].form
    named = cast.within(behind, min(end, behind + 2))
    if any(m.start == behind and m.via != "adjective" and not m.clitics for m in named):
        return True
    bodies = words.troops | words.common | words.victims | words.bystanders | words.unknown
    return not bodies.isdisjoint((*nominal(noun), noun.removeprefix(ARTICLE)))
