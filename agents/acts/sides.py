"""What a watchlist tells of its sides: who sits with whom, who fights whom, and who only mediates.

Sides are ids of parties of the watchlist; persons, offices and adjectives count for their side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agents.acts.role_words import load_role_words
from agents.language.lexicon import Lexicon
from agents.language.names import Name, NameFinder, nisba_forms, words_of
from agents.language.triggers import nominal
from schemas import ActorKind


@dataclass(frozen=True)
class Sides:
    """What a watchlist tells of its sides, whichever article is read."""

    lexicon: Lexicon

    @cached_property
    def parties(self) -> frozenset[str]:
        return frozenset(self.lexicon.parties())

    @cached_property
    def shared(self) -> dict[str, Counter[str]]:
        """With whom a side sits at a table, and at how many."""
        shared: dict[str, Counter[str]] = {}
        for talk in self.lexicon.watchlist.talks:
            sides = {self.lexicon.camp_of(side) for side in talk.parties}
            for side in sides:
                shared.setdefault(side, Counter()).update(sides - {side})
        return shared

    @cached_property
    def facing(self) -> frozenset[frozenset[str]]:
        """Pairs of sides that talk with each other alone: they are no allies, however often they are named together."""
        pairs = (
            frozenset(self.lexicon.camp_of(side) for side in talk.parties) for talk in self.lexicon.watchlist.talks
        )
        return frozenset(pair for pair in pairs if len(pair) == 2)

    @cached_property
    def core(self) -> frozenset[frozenset[str]]:
        """Pairs that fight each other, whoever else sits with them: one is an armed group, or they are alike and alone.

        They stand first among the parties of a talk; hosts and mediators come behind them. Who stands first with the
        same side in talk after talk is no host, though it be an organisation, or there be others at each table.
        """
        found = set()
        firsts = Counter(
            frozenset(self.lexicon.camp_of(side) for side in talk.parties[:2]) for talk in self.lexicon.watchlist.talks
        )
        for talk in self.lexicon.watchlist.talks:
            first = [self.lexicon.camp_of(side) for side in talk.parties[:2]]
            kinds = {self.lexicon.kind_of(side) for side in first}
            alike = ActorKind.ORGANISATION not in kinds or len(kinds) == 1
            again = firsts[frozenset(first)] > 1 and self.mediators.isdisjoint(first)
            again = again and not (alike and (ActorKind.BLOC in kinds or self._third(first)))
            fight = again or ActorKind.ARMED_GROUP in kinds or (len(talk.parties) == 2 and alike)
            if len(set(first)) == 2 and fight:
                found.add(frozenset(first))
        fighting = set().union(*found)
        return frozenset(found) | {pair for pair in self.facing if len(pair) == 2 and pair & fighting}

    def _third(self, pair: Sequence[str]) -> bool:
        """Whether a state or armed group sits at every table of two others: then it is not told who is at odds."""
        tables = [{self.lexicon.camp_of(side) for side in talk.parties} for talk in self.lexicon.watchlist.talks]
        always = set.intersection(*(table for table in tables if table.issuperset(pair))) - set(pair) - self.mediators
        return any(self.lexicon.kind_of(side) != ActorKind.ORGANISATION for side in always)

    @cached_property
    def at_odds(self) -> frozenset[str]:
        """Who fights somebody, a government that is no state as well."""
        return frozenset(side for pair in self.core for side in pair)

    @cached_property
    def mediators(self) -> frozenset[str]:
        """Sides of whom somebody is a mediator by his office."""
        return self._with_office(load_role_words().mediating)

    @cached_property
    def armed(self) -> frozenset[str]:
        """Armed groups, and sides of whom somebody leads an army or speaks for it."""
        groups = (side for side in self.parties if self.lexicon.kind_of(side) == ActorKind.ARMED_GROUP)
        return self._with_office(load_role_words().military) | frozenset(groups)

    def _with_office(self, words: frozenset[str]) -> frozenset[str]:
        """Sides of whom somebody has an office whose name holds one of some words."""
        return frozenset(
            self.lexicon.camp_of(actor.id)
            for actor in self.lexicon.watchlist.actors
            for role in actor.roles.get("ar", ())
            for word in words_of(role)
            if not words.isdisjoint(nominal(word))
        )

    @cached_property
    def fighters(self) -> frozenset[str]:
        """Sides that are no mere hosts: all but organisations, and those that somebody talks with alone (an army), or
        fights (a government that is no state).
        """
        known = self.at_odds.union(*self.facing)
        return frozenset(
            side for side in self.shared if side in known or self.lexicon.kind_of(side) != ActorKind.ORGANISATION
        )

    @cached_property
    def talks_and_venues(self) -> NameFinder:
        """Finds what only these talks are called, and where they are held; "المكالمة" is every call."""
        watchlist = self.lexicon.watchlist
        venues = {talk.venue for talk in watchlist.talks}
        texts = [(talk.id, text) for talk in watchlist.talks for text in talk.names.get("ar", ())]
        names = [Name(words, id_, "name") for id_, text in texts if len(words := words_of(text)) > 1]
        places = [place for place in watchlist.places if place.id in venues]
        return NameFinder(
            [*names, *(Name(words_of(text), p.id, "place") for p in places for text in p.names.get("ar", ()))]
        )

    @cached_property
    def scene(self) -> frozenset[str]:
        """Countries that are no actors but whose name the watchlist's names contain: where the story takes place."""
        watchlist = self.lexicon.watchlist
        texts = [text for row in watchlist.actors for text in (*row.names.get("ar", ()), *row.roles.get("ar", ()))]
        texts += [text for talk in watchlist.talks for text in (*talk.names.get("ar", ()), *talk.title.values())]
        texts += [text for place in watchlist.places for text in place.names.get("ar", ())]
        words = {word for text in (*texts, *watchlist.title.values()) for word in words_of(text)}
        found = set()
        for country in self.lexicon.pack.countries:
            forms = [words_of(name) for name in country.names]
            forms += [form for name in country.adjectives for form in nisba_forms(name)]
            if any(len(form) == 1 and form[0] in words for form in forms):
                found.add(country.id)
        return frozenset(found)
