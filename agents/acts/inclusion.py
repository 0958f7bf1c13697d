"""Who says that nothing will be decided about a side without it takes its part. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.records import Act, Clause
from agents.acts.stance_words import load_stance_words
from agents.language.names import CONJUNCTIONS, places_of_bare, without_clitics
from agents.language.text import as_text
from schemas import Modality as Mood

_PRESENCE: Final = 2  # tokens from "دون" to the name: "دون مشاركة أوكرانيا"


def inclusion(bench: Bench, clause: Clause) -> Act | None:
    """ "لا شيء عن أوكرانيا دون أوكرانيا", where another says so; the side itself demands it."""
    words, tokens = load_stance_words(), bench.tokens
    if not clause.speakers:
        return None
    places = places_of_bare(as_text(tokens))
    missing = (at for form in places.keys() & words.without for at in places[form] if clause.start <= at < clause.end)
    at = min(missing, default=None)
    if at is None:
        return None
    before = (token.light.lstrip(CONJUNCTIONS) for token in tokens[max(0, clause.start - 1) : at])  # "شددت على ألا"
    decided = [bench.cast.side(mention) for mention in bench.cast.within(clause.start, at)]
    side = _left_out(bench, at, clause.end, decided)
    if side is None or side in clause.speakers or side not in decided or words.rules_out.isdisjoint(before):
        return None
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=[side], row="inclusion")


def _left_out(bench: Bench, at: int, end: int, decided: Sequence[str]) -> str | None:
    """The side behind "دون", "دون مشاركة", "في غياب"; of "في غيابها", "دون علمها" the one named before."""
    words = load_stance_words()
    behind = _bare(bench, at + 1) if at + 1 < end else ()
    if not words.its_presence.isdisjoint((*_bare(bench, at), *behind)):
        return decided[-1] if decided else None
    named = bench.cast.within(at + 1, min(end, at + 1 + _PRESENCE))
    if not named or (named[0].start > at + 1 and words.presence.isdisjoint(behind)):
        return None
    return bench.cast.side(named[0])


def _bare(bench: Bench, at: int) -> tuple[str, ...]:
    return without_clitics(bench.tokens[at].form)
