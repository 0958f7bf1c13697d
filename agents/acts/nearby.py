"""Who is named around a clause that names nobody besides who acts: in its sentence, or in the one before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from agents.acts.cast import Cast
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.names import CONJUNCTIONS, Mention, without_clitics
from agents.language.punctuation import STOPS
from agents.language.text import Token
from schemas import ActorKind

_FAR: Final = 80  # tokens of a sentence on either side


def beside(cast: Cast, actors: Iterable[str], clause: Clause) -> list[str]:
    """The side that the sentence names last before a clause, else first behind it: "قرب الجزيرة، كما رصدت تايبيه"."""
    start, end = sentence_start(cast.tokens, clause.start), _end(cast.tokens, clause.end)
    before = of_neighbour(cast, clause, _others(cast, actors, start, clause.start))
    return before[-1:] or of_neighbour(cast, clause, _others(cast, actors, clause.end, end))[:1]


def led_by(cast: Cast, actors: Iterable[str], clause: Clause) -> list[str]:
    """The side that the sentence names last before a clause: "زار المبعوث أثينا، وعدت أنقرة الزيارة استفزازا"."""
    start = sentence_start(cast.tokens, clause.start)
    return of_neighbour(cast, clause, _others(cast, actors, start, clause.start))[-1:]


def just_before(cast: Cast, actors: Iterable[str], clause: Clause) -> list[str]:
    """The side that the sentence before names last: "تراقب كييف حدودها. وحشدت روسيا دباباتها"."""
    end = sentence_start(cast.tokens, clause.start)
    last = end
    while last > 0 and _is_stop(cast.tokens[last - 1]):
        last -= 1
    return of_neighbour(cast, clause, _others(cast, actors, sentence_start(cast.tokens, last), end))[-1:]


def referred_to(cast: Cast, speakers: Iterable[str], position: int) -> list[str]:
    """The side that a pronoun stands for: the one that was named last before it, in its sentence or the one before."""
    start = sentence_start(cast.tokens, position)
    before = sentence_start(cast.tokens, max(0, start - 1))
    mine = set(speakers)
    for first, end in ((start, position), (before, start)):
        sides = [cast.side(m) for m in cast.within(first, end) if not (cast.aside(m) or cast.spared(m))]
        others = [side for side in sides if side in cast.parties and side not in mine]
        if others:
            return others[-1:]
    return []


def _others(cast: Cast, actors: Iterable[str], start: int, end: int) -> list[str]:
    mine = set(actors)
    named = (m for m in cast.within(start, end) if not (cast.aside(m) or _is_place(cast, m) or cast.spared(m)))
    sides = map(cast.side, named)
    return [side for side in sides if side not in mine and _may_suffer(cast, mine, side)]


def of_neighbour(cast: Cast, clause: Clause, sides: Iterable[str]) -> list[str]:
    """The states among some sides where a clause speaks of a neighbour: "قرب حدود جارتها"; else all of them."""
    words = load_role_words().neighbour
    speaks = any(not words.isdisjoint(without_clitics(t.form)) for t in cast.tokens[clause.start : clause.end])
    return [side for side in sides if not speaks or cast.lexicon.kind_of(side) == ActorKind.STATE]


def _may_suffer(cast: Cast, mine: Iterable[str], side: str) -> bool:
    if side not in cast.parties or side in cast.hosts:
        return False
    if cast.lexicon.kind_of(side) == ActorKind.ORGANISATION and side not in cast.at_war:
        return False
    return not any(frozenset((side, own)) in cast.allies for own in mine)


def _is_place(cast: Cast, mention: Mention) -> bool:
    """ "قال في مسقط": where somebody speaks."""
    before = cast.tokens[mention.start - 1].form if mention.start else ""
    return mention.via != "adjective" and not load_role_words().inside.isdisjoint((before, before.lstrip(CONJUNCTIONS)))


def _is_stop(token: Token) -> bool:
    return token.text in STOPS or token.kind == "break"


def sentence_start(tokens: Sequence[Token], position: int) -> int:
    first = max(0, position - _FAR)
    return next((i for i in range(position, first, -1) if _is_stop(tokens[i - 1])), first)


def _end(tokens: Sequence[Token], position: int) -> int:
    last = min(len(tokens), position + _FAR)
    return next((i for i in range(position, last) if _is_stop(tokens[i])), last)
