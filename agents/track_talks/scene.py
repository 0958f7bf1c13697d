"""What the claims of an article are read from, and what its words tell of any of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.names import AND
from agents.language.punctuation import COMMAS
from agents.reading import Reading
from agents.talks import MarkedArticle
from agents.track_talks.anchors import Anchor, overlap
from agents.track_talks.units import CHANGES, Unit
from schemas import Article, Talk

_LASTS: Final = 3  # tokens from "سيدوم من" on
_OBJECT: Final = 4  # tokens between "تأجيل" and the talks that are put off
CHANGE: Final = 10  # tokens between "تأجيل" and the day to which talks are put off


@dataclass(frozen=True)
class Scene:
    """One article, marked, with what the ledger knows when it is read. `known` is its reading of every talk so far."""

    article: Article
    reading: Reading
    marked: MarkedArticle
    known: Mapping[str, Talk]
    lexicon: Lexicon
    put_off: set[str] = field(default_factory=set)  # the talks that the article has said to be put off or called off

    @property
    def today(self) -> date:
        return self.marked.today

    @cached_property
    def days(self) -> Sequence[tuple[int, DateMention]]:
        """The days that it mentions, with the positions of their first tokens."""
        return [(at, mention) for at, mention in self.marked.dates if mention.precision == "day"]

    @cached_property
    def named(self) -> frozenset[int]:
        """The tokens of the names of talks."""
        return frozenset(at for name in self.marked.names for at in range(name.start, name.end))

    def acting(self, unit: Unit) -> set[int]:
        """The tokens of a unit that name actors."""
        return {n for mention in self.reading.mentions_in(*unit.range) for n in range(mention.start, mention.end)}

    @cached_property
    def dated(self) -> frozenset[int]:
        """The tokens of days, months and years."""
        tokens, found = self.reading.tokens, set[int]()
        for at, mention in self.marked.dates:
            n = at
            while n < len(tokens) and tokens[n].start < mention.end:
                found.add(n)
                n += 1
        return frozenset(found)


def is_from_to(scene: Scene, unit: Unit, at: int, mention: DateMention) -> bool:
    """Whether two days stand after من: "أرجئ من 13 إلى 14 يناير", and not "نقل وسيدوم من 13 إلى 14 يناير"."""
    tokens, sets = scene.reading.tokens, unit.words.sets
    if mention.shape != "range":
        return mention.shape == "from_to"
    lasts = any(token.form.removeprefix(AND) in sets["lasts"] for token in tokens[max(0, at - _LASTS) : at])
    return tokens[at - 1].form in sets["from"] and not lasts


def is_a_fact(scene: Scene, unit: Unit, at: int) -> bool:
    """Whether a noun ("إلغاء الاجتماع") is told as done: it leads the unit, and talks are its object."""
    tokens, marked = scene.reading.tokens, scene.marked
    words = [n for n in unit.positions if tokens[n].kind == "word"]
    agreed = unit.words.sets["agreed"] | unit.words.sets["openers"]
    opens = max((n for n in unit.positions if n < at and tokens[n].text in COMMAS), default=-1)
    lead = [n for n in words if opens < n < at and n not in scene.marked.spoken and tokens[n].form not in agreed]
    actors = scene.acting(unit)
    lead = [n for n in lead if n not in actors and n not in scene.dated]
    granted = next((n for n in words if n < at and tokens[n].form in unit.words.sets["grants"]), at)
    cue = range(*unit.utterance.cue) if unit.utterance is not None else ()  # "رجحت مصادر تأجيل الجولة"
    weighed = [n for n in (*lead, *cue) if n < granted]
    if any(unit.form(n) in unit.words.sets["weighed"] for n in weighed):
        return False
    lead = [n for n in lead if n < granted]
    after = [n for n in words if at < n <= at + _OBJECT]
    works = unit.words.sets["works"]
    told = (n for n in after if n in scene.named or marked.mark_of(n).group == "talk" or tokens[n].form in works)
    object_at = next(told, None)
    if at == unit.owned_change:
        object_at = at  # "إلغاءه": the talks that were named before
    unheard_of = any(tokens[n].form in unit.words.sets["out_of_question"] for n in words if n > at)
    if object_at is None or len(lead) > 1 or unheard_of:
        return False
    return not any(tokens[n].form in unit.words.sets["taking_part"] for n in after if n < object_at)


def is_elsewhere(scene: Scene, unit: Unit, talk: Talk, anchor: Anchor, at: int) -> bool:
    """Whether a position speaks of no day or town of the talks: one wished for, or of the round after them."""
    if is_beside(unit, anchor, at):
        return True
    begun = talk.starts is not None and talk.starts <= scene.today
    if begun and any(other < at and not anchor.first <= other <= anchor.last for other in unit.others):
        return True
    told = [n for n in unit.claims if 0 < at - n <= CHANGE]
    if not told or unit.marks[max(told)] not in CHANGES or not unit.marks[max(told)].endswith("_noun"):
        return False
    mention = next((mention for n, mention in scene.days if n == at), None)
    on_plan = mention is not None and overlap(talk, mention)
    return not on_plan and not (unit.states_facts and is_a_fact(scene, unit, max(told)))


def town_after(scene: Scene, unit: Unit, at: int) -> str | None:
    """The town to which talks are moved: "نقل القمة من مسقط إلى الدوحة", "في الدوحة بدلا من مسقط"."""
    tokens = scene.reading.tokens
    towns = [place for place in scene.marked.venues if at < place.start <= unit.range[1]]
    if tokens[at].form in unit.words.sets["instead_of"]:
        before = [place.target for place in scene.marked.venues if unit.range[0] <= place.start < at]
        old = {place.target for place in towns if place.start in (at + 1, at + 2)}
        return next((town for town in reversed(before) if town not in old), None) if old else None
    return next((place.target for place in towns if tokens[place.start - 1].form in unit.words.sets["to"]), None)


def is_beside(unit: Unit, anchor: Anchor, at: int) -> bool:
    """Whether a position belongs to an event beside the talks, which are named before it."""
    return any(anchor.last < event < at for event in unit.beside)
