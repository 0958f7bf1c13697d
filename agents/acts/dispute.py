"""The dispute that an article is about: who fights whom in it, who only hosts or looks on, and whom a side means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from agents.acts.named_sides import NamedSides
from agents.acts.role_words import load_role_words
from agents.language.names import AND
from agents.language.triggers import nominal
from schemas import ActorKind

_STAKEHOLDERS: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.BLOC])
FIGHTERS: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP])
_MANY: Final = 4  # names of sides in an article that is about their quarrel


@dataclass(frozen=True)
class Dispute(NamedSides):
    """Who is at odds with whom, as the watchlist and the names of an article tell it."""

    # -- who takes part ---------------------------------------------------------------------------------------------
    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The sides of the dispute that the article names, those of most talks first."""
        if self.quarrelling:
            return self.quarrelling
        shared = self.sides_known.shared
        known = [side for side in self.named if side in self.at_table]
        fighting = [side for side in known if side in self.sides_known.fighters]
        return tuple(sorted(fighting or known, key=lambda side: (-sum(shared[side].values()), -self.named[side], side)))

    @cached_property
    def at_table(self) -> frozenset[str]:
        """The sides of talks that the article is about: it names two of them, and not one of them only in passing."""
        found: set[str] = set()
        for talk in self.lexicon.watchlist.talks:
            sides = {side for party in talk.parties if (side := self.lexicon.camp_of(party)) in self.named}
            often = sorted((self.named[side] for side in sides), reverse=True)
            if len(often) > 1 and (often[1] > 1 or self.names_talks or self.strangers <= 1):
                found |= sides
        return frozenset(found)

    @cached_property
    def quarrelling(self) -> tuple[str, ...]:
        """The states and armed groups of an article on no talks, where it names several, and nobody else."""
        if self.at_table:
            return ()
        able = [side for side in self.named if self.lexicon.kind_of(side) in FIGHTERS]
        counts = sorted((self.named[side] for side in able), reverse=True)
        among_them = len(able) > 1 and counts[0] > 1 and self.named.total() >= _MANY * max(1, 2 * self.strangers)
        return tuple(sorted(able, key=lambda side: (-self.named[side], side))) if among_them else ()

    @cached_property
    def on_topic(self) -> bool:
        """Whether the article is about the dispute: it names sides at a table more often than others, or a quarrel."""
        return (bool(self.at_table) and self.named.total() >= self.strangers) or bool(self.quarrelling)

    @cached_property
    def negotiates(self) -> bool:
        """Whether the article speaks of talks: then it is about a dispute, and may leave out who does something."""
        words = load_role_words().negotiation
        return self.names_talks or any(
            not words.isdisjoint(nominal(token.form)) for token in self.tokens if token.kind == "word"
        )

    @cached_property
    def mediators(self) -> frozenset[str]:
        """Sides between which nobody is at odds with them: "الوسيط الأميركي", "بوساطة قطر"."""
        mediating = load_role_words().mediating
        nouns = ((mention, self.tokens[mention.start - 1].form) for mention in self.mentions if mention.start)
        told = {self.side(mention) for mention, noun in nouns if not mediating.isdisjoint(nominal(noun))}
        return self.sides_known.mediators | told

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Sides that only bring others together: mediators, and those under whose care they meet: "برعاية البرازيل"."""
        hosting, found = load_role_words().hosting, set(self.mediators)
        for n, mention in enumerate(self.mentions):
            noun = self.tokens[mention.start - 1].form if mention.start else ""
            if hosting.isdisjoint(nominal(noun)):
                continue
            found.add(self.side(mention))
            for before, joined in pairwise(self.mentions[n:]):
                if joined.clitics != AND or joined.start != before.end:
                    break
                found.add(self.side(joined))
        return frozenset(found - self.sides_known.at_odds) | self.mediators

    # -- who is at odds with whom -----------------------------------------------------------------------------------
    @cached_property
    def core(self) -> frozenset[frozenset[str]]:
        """Pairs that fight each other: those of the watchlist, and those who are left at a table without mediators."""
        talks = ({self.lexicon.camp_of(side) for side in talk.parties} for talk in self.lexicon.watchlist.talks)
        hosted = [sides for sides in talks if len(sides) > 2 and sides & self.hosts]
        left = {frozenset(side for side in sides - self.hosts if self.has_stake([side])) for sides in hosted}
        return self.sides_known.core | {pair for pair in left if len(pair) == 2}

    @cached_property
    def at_war(self) -> frozenset[str]:
        """The sides that fight each other, where the article names both."""
        return frozenset(side for pair in self.core if pair <= self.named.keys() for side in pair)

    @cached_property
    def allies(self) -> frozenset[frozenset[str]]:
        """Pairs of sides that the article joins as subjects: "مصر والسودان"."""
        found = set()
        for left, right in zip(self.mentions, self.mentions[1:], strict=False):
            if right.start == left.end and right.clitics == AND and "adjective" not in (left.via, right.via):
                pair = frozenset((self.side(left), self.side(right)))
                if len(pair) == 2 and pair not in self.sides_known.facing | self.core and not self.led_by_between(left):
                    found.add(pair)
        return frozenset(found)

    def has_stake(self, sides: Iterable[str]) -> bool:
        """Whether somebody speaks for a state or an armed side, and not for an institution that looks on."""
        able = self.sides_known.fighters | self.sides_known.at_odds | self.sides_known.armed
        return any(side in able or self.lexicon.kind_of(side) in _STAKEHOLDERS for side in sides)

    def talk_together(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether sides are to sit at a table with each other."""
        shared = self.sides_known.shared
        return any(other in shared.get(side, {}) for side in some for other in others)

    def disputes(self, sides: Iterable[str]) -> bool:
        """Whether somebody is one of those who fight each other, as far as that is known."""
        known = {side for pair in self.core for side in pair} & self.named.keys()
        return any(side in known for side in sides) if known else self.has_stake(sides)

    def face_each_other(self, sides: Sequence[str]) -> bool:
        """Whether two of some sides fight each other, or talk with each other alone."""
        pairs = (frozenset(pair) for pair in combinations(sides, 2))
        return any(pair in self.core or pair in self.sides_known.facing for pair in pairs)

    def friends(self, of: Iterable[str]) -> frozenset[str]:
        """Who is at odds with an adversary of some sides that the article names, and with none of them."""
        core, mine = self.core, frozenset(of)
        against = {side for pair in core if pair & mine for side in pair - mine}
        allied = (pair for pair in core if pair & against & self.named.keys())
        return frozenset(side for pair in allied for side in pair) - mine - against

    def only_rival(self, of: Iterable[str]) -> frozenset[str]:
        """Whom some sides fight, where they sit at no table without him; none where there are several, or none."""
        mine = set(of)
        tables = [
            {self.lexicon.camp_of(side) for side in talk.parties}
            for talk in self.lexicon.watchlist.talks
            if not mine.isdisjoint(map(self.lexicon.camp_of, talk.parties))
        ]
        fought = {side for pair in self.core if pair & mine for side in pair - mine}
        always = frozenset(side for side in fought if all(side in table for table in tables))
        return always if len(fought) == 1 else frozenset()

    # -- whom a side means ------------------------------------------------------------------------------------------
    def adversaries(self, of: Iterable[str], before: int) -> tuple[str, ...]:
        """Whom a side is at odds with: the principal named last before a position, and those that stand with it."""
        mine = set(of)
        tables: set[str] = set().union(*(self.sides_known.shared.get(side, {}) for side in mine)) - mine
        others = [side for side in self.principals if side not in mine]
        looks_on = self.at_war and mine.isdisjoint(self.at_war)  # who is a third party to a fight
        others = [side for side in others if side in (self.at_war if looks_on else tables)] or others
        others = [side for side in others if side not in self.hosts] or others
        rivals = [side for side in others if not any(frozenset((side, own)) in self.allies for own in mine)]
        candidates = rivals or others or [s for s in self.named if s not in mine and self.has_stake([s])]
        candidates = self._disputants(mine, candidates)
        if not candidates:
            return ()
        last = self._last(candidates, before)
        found = [last, *(side for side in candidates if frozenset((side, last)) in self.allies)]
        if self.lexicon.kind_of(last) == ActorKind.BLOC:  # a bloc stands for its members
            listed = (side for side in self.named if side not in mine)
            states = [side for side in listed if self.lexicon.kind_of(side) == ActorKind.STATE]
            found += [self._last(states, before)] if states else []
        return tuple(dict.fromkeys(found))

    def _disputants(self, mine: set[str], candidates: Sequence[str]) -> list[str]:
        """Those among others whom a side fights, or else those who fight each other; all where nobody is known to."""
        core = self.core
        against = [side for side in candidates if any(frozenset((side, own)) in core for own in mine)]
        fighting = {side for pair in core if len(pair & set(candidates)) == 2 for side in pair}
        known = against or [side for side in candidates if side in fighting]
        if known:
            return known
        found: list[str] = list(candidates)
        kinds = {side: self.lexicon.kind_of(side) for side in (*mine, *found)}
        if any(kinds[own] == ActorKind.STATE for own in mine):
            # an institution that only looks on is no adversary of a state
            able = [side for side in found if kinds[side] != ActorKind.ORGANISATION]
            found = able or [s for s in self.named if s not in mine and self.has_stake([s])] or found
        return found

    def _last(self, candidates: Sequence[str], before: int) -> str:
        """The one that is named last before a position."""
        return next((side for side in self._named_before(before) if side in candidates), candidates[0])

    def neighbours(self, of: Iterable[str], before: int) -> list[str]:
        """The sides that the article names and that share a border with some, the one named last first."""
        borders, mine = self.lexicon.borders, list(of)
        named = dict.fromkeys((*self._named_before(before), *self.named))
        return [side for side in named if any(frozenset((side, own)) in borders for own in mine)]

    def last_fighter(self, of: Iterable[str], before: int) -> list[str]:
        """The state or armed group that was named last before a position."""
        mine = frozenset(of)
        others = (side for side in self._named_before(before) if side in self.parties and side not in mine)
        able = (side for side in others if self.lexicon.kind_of(side) in FIGHTERS)
        return [side for side in (next(able, None),) if side is not None]

    def _named_before(self, position: int) -> Iterator[str]:
        """The sides that are named before a position, the last first."""
        return (self.side(mention) for mention in reversed(self.mentions) if mention.start < position)
