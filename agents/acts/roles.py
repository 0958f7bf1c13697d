"""Who acts on whom: the sides that a clause names, by position, pronoun and what is known of the dispute.

Pure. Sides are ids of parties of the watchlist; persons, offices and adjectives count for their side.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from agents.language.lexicon import Lexicon
from agents.language.names import (
    AND,
    ARTICLE,
    PREPOSITIONS,
    TO,
    Mention,
    Name,
    NameFinder,
    nisba_forms,
    without_clitics,
    words_of,
)
from agents.language.tables import read_table, word_table
from agents.language.text import Token
from agents.language.triggers import nominal
from schemas import ActorKind

_LED: Final = (
    TO + TO,
    *(letter + ARTICLE for letter in PREPOSITIONS if letter != TO),
)  # how a definite noun behind a glued preposition begins
_STAKEHOLDERS: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.BLOC])
FIGHTERS: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP])
_SHIELD: Final = 3  # tokens from "حماية" or "حلفائنا" to the name
_MANY: Final = 4  # names of sides in an article that is about their quarrel


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`roles.yaml`, folded."""

    own: frozenset[str]
    both: frozenset[str]
    between: frozenset[str]
    against: frozenset[str]
    of_object: frozenset[str]
    because: frozenset[str]
    sources: frozenset[str]
    facing: frozenset[str]
    by: frozenset[str]
    unknown: frozenset[str]
    means: frozenset[str]
    through: frozenset[str]
    home: frozenset[str]
    compass: frozenset[str]
    troops: frozenset[str]
    on_own: frozenset[str]
    about: frozenset[str]
    of_deed: frozenset[str]
    strangers: frozenset[str]
    held_at: frozenset[str]
    plans: frozenset[str]
    topics: frozenset[str]
    proposals: frozenset[str]
    negotiation: frozenset[str]
    police: frozenset[str]
    makes_known: frozenset[str]
    private: frozenset[str]
    leading: frozenset[str]
    with_object: frozenset[str]
    bystanders: frozenset[str]
    mediating: frozenset[str]
    things: frozenset[str]
    own_country: frozenset[str]
    instruments: frozenset[str]
    denying: frozenset[str]
    protested: frozenset[str]
    inside: frozenset[str]
    freed: frozenset[str]
    away_from: frozenset[str]
    out_of: frozenset[str]
    came_about: frozenset[str]
    emblems: frozenset[str]
    banners: frozenset[str]
    undergoing: frozenset[str]
    victims: frozenset[str]
    counted: frozenset[str]
    behind_victims: frozenset[str]
    shielding: frozenset[str]
    common: frozenset[str]
    neighbour: frozenset[str]
    several: frozenset[str]
    summoning: frozenset[str]
    ministry: frozenset[str]
    pronouns: frozenset[str]
    dual_pronouns: frozenset[str]
    own_troops: frozenset[str]
    hosting: frozenset[str]
    onlooker: frozenset[str]


@lru_cache(maxsize=1)
def load_role_words() -> RoleWords:
    """The table of the language pack. Raises KeyError or TypeError where a list is missing or unknown."""
    return word_table(RoleWords, read_table("roles"))


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
        same side in talk after talk is no host, though it be an organisation.
        """
        found = set()
        firsts = Counter(
            frozenset(self.lexicon.camp_of(side) for side in talk.parties[:2]) for talk in self.lexicon.watchlist.talks
        )
        for talk in self.lexicon.watchlist.talks:
            first = [self.lexicon.camp_of(side) for side in talk.parties[:2]]
            kinds = {self.lexicon.kind_of(side) for side in first}
            alike = ActorKind.ORGANISATION not in kinds or len(kinds) == 1
            again = not alike and firsts[frozenset(first)] > 1 and self.mediators.isdisjoint(first)
            fight = again or ActorKind.ARMED_GROUP in kinds or (len(talk.parties) == 2 and alike)
            if len(set(first)) == 2 and fight:
                found.add(frozenset(first))
        fighting = set().union(*found)
        return frozenset(found) | {pair for pair in self.facing if len(pair) == 2 and pair & fighting}

    @cached_property
    def at_odds(self) -> frozenset[str]:
        """Who fights somebody, a government that is no state as well."""
        return frozenset(side for pair in self.core for side in pair)

    @cached_property
    def mediators(self) -> frozenset[str]:
        """Sides of whom somebody is a mediator by his office."""
        mediating = load_role_words().mediating
        return frozenset(
            self.lexicon.camp_of(actor.id)
            for actor in self.lexicon.watchlist.actors
            for role in actor.roles.get("ar", ())
            for word in words_of(role)
            if not mediating.isdisjoint(nominal(word))
        )

    @cached_property
    def fighters(self) -> frozenset[str]:
        """Sides that are no mere hosts: all but organisations, and those that somebody talks with alone (an army)."""
        alone = {side for pair in self.facing for side in pair}
        return frozenset(
            side for side in self.shared if side in alone or self.lexicon.kind_of(side) != ActorKind.ORGANISATION
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


@dataclass(frozen=True)
class Cast:
    """The sides of an article and where it names them."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    sides_known: Sides

    @property
    def lexicon(self) -> Lexicon:
        return self.sides_known.lexicon

    @property
    def parties(self) -> frozenset[str]:
        return self.sides_known.parties

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def named(self) -> Counter[str]:
        """How often the article names each side of the watchlist."""
        return Counter(
            side
            for mention in self.mentions
            if (side := self.side(mention)) in self.parties
            and not (
                mention.start and self.tokens[mention.start - 1].form in load_role_words().compass
            )  # الشمال الغربي
        )

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
        for talk in self.sides_known.lexicon.watchlist.talks:
            sides = {side for party in talk.parties if (side := self.lexicon.camp_of(party)) in self.named}
            often = sorted((self.named[side] for side in sides), reverse=True)
            if len(often) > 1 and (often[1] > 1 or self._names_talks or self.strangers <= 1):
                found |= sides
        return frozenset(found)

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

    @cached_property
    def negotiates(self) -> bool:
        """Whether the article speaks of talks: then it is about a dispute, and may leave out who does something."""
        words = load_role_words().negotiation
        return self._names_talks or any(
            not words.isdisjoint(nominal(token.form)) for token in self.tokens if token.kind == "word"
        )

    @cached_property
    def _names_talks(self) -> bool:
        """Whether the article names talks that are expected, or where they are held."""
        return bool(self.sides_known.talks_and_venues.find(self.tokens))

    @cached_property
    def allies(self) -> frozenset[frozenset[str]]:
        """Pairs of sides that the article joins as subjects: "مصر والسودان"."""
        found = set()
        for left, right in zip(self.mentions, self.mentions[1:], strict=False):
            if right.start == left.end and right.clitics == "و" and "adjective" not in (left.via, right.via):
                pair = frozenset((self.side(left), self.side(right)))
                if (
                    len(pair) == 2
                    and pair not in self.sides_known.facing | self.core
                    and not self._led_by_between(left)
                ):
                    found.add(pair)
        return frozenset(found)

    def _led_by_between(self, left: Mention) -> bool:
        """ "النزاع بين تركيا واليونان": joined because they face each other, and no friends for that."""
        before = self.tokens[max(0, left.start - 2) : left.start]
        return any(token.form in load_role_words().between for token in before)

    @cached_property
    def core(self) -> frozenset[frozenset[str]]:
        """Pairs that fight each other: those of the watchlist, and those who are left at a table without mediators."""
        talks = ({self.lexicon.camp_of(side) for side in talk.parties} for talk in self.lexicon.watchlist.talks)
        hosted = [sides for sides in talks if len(sides) > 2 and sides & self.hosts]
        left = {frozenset(side for side in sides - self.hosts if self.has_stake([side])) for sides in hosted}
        return self.sides_known.core | {pair for pair in left if len(pair) == 2}

    def side(self, mention: Mention) -> str:
        return self.lexicon.camp_of(mention.target)

    def within(self, start: int, end: int) -> list[Mention]:
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def sides(self, start: int, end: int) -> list[str]:
        """The sides of the watchlist that are named in a range, in order, each once; groups count as the principals."""
        named = (mention for mention in self.within(start, end) if not self.denied(mention))
        found = [side for mention in named if (side := self.side(mention)) in self.parties]
        if self.group_at(start, end):
            found.extend(self.principals)
        return list(dict.fromkeys(found))

    def faced(self, start: int, end: int) -> list[str]:
        """The same without those for whose sake something is done or said, and without where one meets."""
        spared = {self.side(m) for m in self.within(start, end) if self.spared(m)}
        meant = {self.side(m) for m in self.within(start, end) if not self.spared(m)}
        return [side for side in self.sides(start, end) if side not in spared or side in meant]

    def spared(self, mention: Mention) -> bool:
        """ "لحماية حقوق القبارصة", "مع حلفائنا في الحلف", "إعلان أنقرة", "في موسكو": nobody against whom one acts."""
        words = load_role_words()
        before = [token.form for token in self.tokens[max(0, mention.start - _SHIELD) : mention.start]]
        shielding = [form for form in before if not words.shielding.isdisjoint(without_clitics(form))]
        beside = any(f"{word} {following}" in words.shielding for word, following in pairwise(before))
        state = self.lexicon.kind_of(mention.target) == ActorKind.STATE
        return bool(shielding) or beside or (state and (self.is_venue(mention) or self._is_town(mention)))

    def is_venue(self, mention: Mention) -> bool:
        """ "بيان الدوحة لا يعنينا": the place by which talks or a paper go does nothing."""
        before = self.tokens[mention.start - 1].form if mention.start else ""
        bare = not mention.clitics and mention.via != "adjective" and not before.startswith(ARTICLE)
        return bare and not load_role_words().held_at.isdisjoint(nominal(before))

    def _is_town(self, mention: Mention) -> bool:
        """ "في موسكو": a capital in which something is."""
        name = tuple(token.form for token in self.tokens[mention.start : mention.end])
        before = self.tokens[mention.start - 1].form if mention.start else ""
        return name in self.lexicon.towns and before in load_role_words().inside

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

    def last_fighter(self, of: Iterable[str], before: int) -> list[str]:
        """The state or armed group that was named last before a position."""
        mine = frozenset(of)
        sides = (self.side(mention) for mention in reversed(self.mentions) if mention.start < before)
        able = (s for s in sides if s in self.parties and s not in mine and self.lexicon.kind_of(s) in FIGHTERS)
        return [side for side in (next(able, None),) if side is not None]

    @cached_property
    def on_topic(self) -> bool:
        """Whether the article is about the dispute: it names sides at a table more often than others, or a quarrel."""
        return (bool(self.at_table) and self.named.total() >= self.strangers) or bool(self.quarrelling)

    @cached_property
    def quarrelling(self) -> tuple[str, ...]:
        """The states and armed groups of an article on no talks, where it names several, and nobody else."""
        if self.at_table:
            return ()
        able = [side for side in self.named if self.lexicon.kind_of(side) in FIGHTERS]
        counts = sorted((self.named[side] for side in able), reverse=True)
        among_them = len(able) > 1 and counts[0] > 1 and self.named.total() >= _MANY and not self.strangers
        return tuple(sorted(able, key=lambda side: (-self.named[side], side))) if among_them else ()

    @cached_property
    def strangers(self) -> int:
        """How often the article names countries that have nothing to do with the story."""
        return sum(self.side(m) not in self.parties | self.sides_known.scene for m in self.mentions)

    def has_stake(self, sides: Iterable[str]) -> bool:
        """Whether somebody speaks for a state or an armed side, and not for an institution that looks on."""
        known = self.sides_known.fighters | self.sides_known.at_odds
        return any(side in known or self.lexicon.kind_of(side) in _STAKEHOLDERS for side in sides)

    def talk_together(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether sides are to sit at a table with each other."""
        shared = self.sides_known.shared
        return any(other in shared.get(side, {}) for side in some for other in others)

    def disputes(self, sides: Iterable[str]) -> bool:
        """Whether somebody is one of those who fight each other, as far as that is known."""
        known = {side for pair in self.core for side in pair} & self.named.keys()
        return any(side in known for side in sides) if known else self.has_stake(sides)

    @cached_property
    def at_war(self) -> frozenset[str]:
        """The sides that fight each other, where the article names both."""
        return frozenset(side for pair in self.core if pair <= self.named.keys() for side in pair)

    def foreign(self, start: int, end: int, *, adjectives: bool = True) -> bool:
        """Whether a range names a country that has nothing to do with the story."""
        named = (m for m in self.within(start, end) if adjectives or m.via != "adjective")
        sides = {self.side(mention) for mention in named if not self.is_venue(mention)}
        return bool(sides - self.parties - self.sides_known.scene)

    def stranger_at(self, start: int, end: int) -> bool:
        """Whether a range names an armed group that is on no watchlist: "قصف مواقع تنظيم الدولة"."""
        strangers = load_role_words().strangers
        known = {position for m in self.within(start, end) for position in range(m.start, m.end)}
        forms = [self.tokens[i].form if i not in known else "" for i in range(start, min(end + 1, len(self.tokens)))]
        return any(
            not strangers.isdisjoint((bare, f"{bare} {following}"))
            for form, following in pairwise([*forms, ""][: end - start + 1])
            if form
            for bare in without_clitics(form)
        )

    def group_at(self, start: int, end: int) -> bool:
        """Whether the parties to the dispute are named together: الطرفان, الدول الثلاث."""
        words, pairs = self._groups
        return _any_in(words, start, end) or _any_in(pairs, start, end - 1)

    @cached_property
    def _groups(self) -> tuple[list[int], list[int]]:
        """Where one word, and where two words, name the parties to the dispute together: each clause is asked often."""
        both = load_role_words().both
        words, pairs = [], []
        for position, token in enumerate(self.tokens):
            if token.kind != "word":
                continue
            form, following = token.form, self.tokens[position + 1].form if position + 1 < len(self.tokens) else ""
            bare = form[1:] if len(form) > 3 else form
            if (
                form in both
                or (form[0] in "وفبلك" and bare in both)
                or (form.startswith("لل") and "ال" + form[2:] in both)
            ):
                words.append(position)
            if f"{form} {following}" in both:
                pairs.append(position)
        return words, pairs

    def both(self, before: int) -> tuple[str, ...]:
        """Whom "الطرفان" means: two sides that the article has named as a pair, else the first of the dispute."""
        between = load_role_words().between
        pairs = zip(self.mentions, self.mentions[1:], strict=False)
        for left, right in reversed([pair for pair in pairs if pair[1].start < before]):
            led = not between.isdisjoint(token.form for token in self.tokens[max(0, left.start - 2) : left.start])
            pair = (self.side(left), self.side(right))
            if led and right.clitics == AND and right.start - left.end < 3 and len(set(pair)) == 2:
                return pair if set(pair) <= self.parties else self.principals[:2]
        return self.principals[:2]

    def friends(self, of: Iterable[str]) -> frozenset[str]:
        """Who is at odds with an adversary of some sides that the article names, and with none of them."""
        core, mine = self.core, frozenset(of)
        against = {side for pair in core if pair & mine for side in pair - mine}
        return frozenset(side for pair in core if pair & against & self.named.keys() for side in pair) - mine - against

    def own_at(self, start: int, end: int) -> bool:
        """Whether the clause speaks of its speaker's side: بلاده, قواتنا, أنها."""
        own = load_role_words().own
        return any(
            token.form in own or (token.form[:1] in "وفبل" and token.form[1:] in own)
            for token in self.tokens[start:end]
            if token.kind == "word"
        )

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
            states = [side for side in self.named if side not in mine and self.lexicon.kind_of(side) == ActorKind.STATE]
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

    def at_home(self, start: int, end: int) -> bool:
        """Whether a range speaks of the government of whoever speaks: "هدد بإسقاط الحكومة"."""
        home = load_role_words().home
        named = {mention.start for mention in self.within(start, end)}
        return any(
            self.tokens[i].form in home or (self.tokens[i].form[:1] in "وفبل" and self.tokens[i].form[1:] in home)
            for i in range(start, end)
            if self.tokens[i].kind == "word" and not named & {i, i + 1}
        )

    def of_private(self, mention: Mention) -> bool:
        """Whether an adjective tells where somebody comes from who acts for himself."""
        noun = self._noun_of(mention.start) if mention.via == "adjective" else ""
        return bool(noun) and not load_role_words().private.isdisjoint(
            (noun, noun.lstrip("وف"), noun.removeprefix("ال"))
        )

    def of_thing(self, position: int) -> bool:
        """Whether right before a position stands what a side does, and not who it is: "النهج التركي يهدد"."""
        before = [m for m in self.within(max(0, position - 2), position) if m.via == "adjective"]
        return any(not load_role_words().things.isdisjoint(nominal(self._noun_of(m.start))) for m in before)

    def denied(self, mention: Mention) -> bool:
        """ "هي التي افتعلت الأزمة لا أوكرانيا ولا الحلف": a name that is told not to be meant."""
        return (
            mention.start > 0
            and not mention.clitics
            and (self.tokens[mention.start - 1].form in load_role_words().denying)
        )

    def _noun_of(self, position: int) -> str:
        """The noun before an adjective, behind other names of sides: "للعلاقات الروسية الأمريكية"."""
        adjectives = {i for m in self.within(max(0, position - 3), position) for i in range(m.start, m.end)}
        noun = next((i for i in range(position - 1, max(-1, position - 4), -1) if i not in adjectives), None)
        return self.tokens[noun].form if noun is not None else ""

    def _last(self, candidates: Sequence[str], before: int) -> str:
        """The one that is named last before a position."""
        named = (side for m in reversed(self.mentions) if m.start < before and (side := self.side(m)) in candidates)
        return next(named, candidates[0])

    def governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before a name, or is glued on."""
        if mention.clitics.lstrip("وف")[:1] in PREPOSITIONS and mention.clitics.lstrip("وف"):
            return True
        if mention.via == "adjective" and self._noun_of(mention.start).startswith(_LED):
            return True  # "رابطة للبلديات الصربية"
        against = load_role_words().against
        return any(  # "على طائرات الجيش": the preposition governs the whole noun phrase
            self.tokens[i].form.lstrip("و") in against for i in range(max(0, mention.start - 2), mention.start)
        )


def _any_in(positions: Sequence[int], start: int, end: int) -> bool:
    """Whether one of several positions in order is in a range."""
    first = bisect_left(positions, start)
    return first < len(positions) and positions[first] < end
