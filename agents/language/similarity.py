"""How alike two texts are, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from math import log

from agents.language.comparison import Comparison, Cover, InCommon, Reach
from agents.language.facts import Facts, Term
from agents.language.pack import read_table
from agents.language.rarity import OWN

_SAME_SIDE = 0.8  # what a match of another name of the same side is worth
_DENIED_OPPOSITE = 0.7  # what a denied antonym is worth: who does not refuse has not yet accepted
TELLING = 5  # two and three stand everywhere
_WITHIN = 0.7  # what a word is worth against a phrase that holds it
_KIN = 0.5  # what notions are worth that come close to each other: a deal, a treaty
NEGATION = "negation"  # what has changed where one text denies more often than the other
_CONSONANTS = 0.6  # what a match of bare consonants is worth against one of notion or stem


class Comparer:
    """Compares facts. Pure; holds only which notions exclude one another."""

    def __init__(
        self,
        opposites: Iterable[tuple[str, str]],
        party_of: Callable[[str], str] = str,
        is_person: Callable[[str], bool] = bool,
        kin: Iterable[tuple[str, str]] = (),
        *,
        is_place: Callable[[str], bool] = lambda name: False,
        called_off: Iterable[str] = (),
        moved: Iterable[str] = (),
        held: Iterable[str] = (),
        holding: Iterable[str] = (),
        common: Iterable[str] = (),
        carriers: Iterable[str] = (),
    ) -> None:
        """`opposites`, `kin`: pairs of notions that exclude each other, and that come close; `called_off`: notions,
        `moved`: those that say the same of it; `held`: what it is said of; `holding`: those that say it where they are
        denied; `common`: notions that tell little; `carriers`: those that carry a denial to the next.

        Of names: `party_of`: the side, so that a person may stand for it;
        `is_person`: whether somebody else is another one.
        """
        self._opposites: dict[str, set[str]] = {}
        for one, other in opposites:
            self._opposites.setdefault(f"#{one}", set()).add(f"#{other}")
            self._opposites.setdefault(f"#{other}", set()).add(f"#{one}")
        self._kin: dict[str, set[str]] = {}
        for one, other in kin:
            self._kin.setdefault(f"#{one}", set()).add(f"#{other}")
            self._kin.setdefault(f"#{other}", set()).add(f"#{one}")
        self._related = self._opposites.keys() | self._kin.keys()
        self._called_off = frozenset(f"#{notion}" for notion in called_off)
        self._common = frozenset(f"#{notion}" for notion in common)
        self._carriers = self._common | {f"#{notion}" for notion in carriers}
        self._held = frozenset(f"#{notion}" for notion in held)
        self._holding = frozenset(f"#{notion}" for notion in holding)
        self._moved = self._called_off | {f"#{notion}" for notion in moved}
        self.party_of = party_of
        self._sides = lru_cache(maxsize=8192)(lambda names: frozenset(map(party_of, names)))
        self._is_person, self._is_place = is_person, is_place

    def covers(self, one: Facts, other: Facts, weigh: Callable[[str], float]) -> tuple[Cover, Cover]:
        """What each text holds of the other. `weigh` gives the weight of a term's head: how much it tells."""
        return self._cover(one, other, weigh), self._cover(other, one, weigh)

    def compare(
        self,
        one: Facts,
        other: Facts,
        weigh: Callable[[str], float],
        covers: tuple[Cover, Cover] | None = None,
        common: InCommon | None = None,
    ) -> Comparison:
        """All in which two texts are alike or differ; `covers` and what they have in `common` where these are known."""
        there, back = covers or self.covers(one, other, weigh)
        my_names, its_names = self._names(one), self._names(other)
        names = {name for name in my_names ^ its_names if weigh(f"@{name}") > OWN}
        differ = bool(names & my_names) and bool(names & its_names)
        times = [
            (mine, its)
            for mine, its in ((one.days, other.days), (one.months, other.months), (one.weekdays, other.weekdays))
            if mine - its and (its - mine or (mine is one.days and its))
        ]
        times = times or [
            (mine, its)
            for mine, its in ((one.days, other.days), (one.weekdays, other.weekdays))
            if mine != its and mine & its and one.undecided != other.undecided
        ]
        mine, its = one.numbers | one.lasting, other.numbers | other.lasting
        which = bool(one.ordinals and other.ordinals) and one.ordinals.isdisjoint(other.ordinals)
        numbers = which or (bool(mine - its) and bool(its - mine))
        changed = [*there.changed, *back.changed]
        if which:
            changed.append(f"number: {_listed(one.ordinals)}, was {_listed(other.ordinals)}")
        elif numbers:
            same = one.numbers == other.numbers  # three months, three weeks
            mine, its = (one.lasting, other.lasting) if same else (one.numbers, other.numbers)
            changed.append(f"number: {_listed(mine)}, was {_listed(its)}")
        changed.extend(f"date: {_listed(mine)}, was {_listed(its)}" for mine, its in times)
        added = sorted(one.days) if one.days and not other.days else ()
        if added:
            changed.append(f"date: {_listed(added)}, was open")
        if one.numbers and not other.numbers:
            changed.append(f"number: {_listed(one.numbers)}, was open")
        if differ:
            changed.append(f"names: {_listed(one.names - other.names)}, was {_listed(other.names - one.names)}")
        common = common or self.in_common(one, other)
        as_often = common.both_deny and one.negations == other.negations
        affirmed = not as_often and self._is_affirmed(one, other)
        both_deny = common.both_deny and not affirmed
        odd = not (there.made_good or back.made_good or both_deny) and (
            one.negations > other.negations + other.perhaps or other.negations > one.negations + one.perhaps
        )
        if odd:
            changed.append(NEGATION)
        called_off = any(
            off(mine, its)
            for off in (self._is_called_off, self._is_not_held)
            for mine, its in ((one, other), (other, one))
        )
        if called_off:
            changed.append("called off")
        alike = min(there.held, back.held)
        lasts = common.time_same and len(one.lasting) == len(one.numbers)  # put off for five days, till the same date
        roles = self._roles(one, other, weigh)
        here, there_named = self._places(one), self._places(other)
        return Comparison(
            longer=max(there.held, back.held),
            shorter=min(there.held, back.held),
            opposite=max(there.opposite, back.opposite),
            opposed=bool(there.opposite or back.opposite) * alike**2,
            denied=0.0 if both_deny else max(there.denied, back.denied),
            negation=float(odd),
            turned=odd * alike**2,
            roles=roles * alike**2,
            reversed=float(roles and self._is_reversed(one, other)),
            affirmed=float(affirmed),
            persons_differ=float(self._persons_differ(one, other)),
            places_differ=float(bool(here - there_named and there_named - here)),
            numbers_differ=float(numbers),
            number_added=float(bool(one.numbers) and not other.numbers and not lasts),
            number_lost=float(bool(other.numbers) and not one.numbers),
            number_same=float(common.number_same),
            times_differ=float(bool(times)),
            time_same=float(common.time_same),
            time_added=float(bool((one.days | one.weekdays) - one.naming) and not (other.days | other.weekdays)),
            names_differ=float(differ),
            names_added=float(bool(names & my_names) and not differ),
            both_deny=float(both_deny),
            deny_same=float(both_deny and there.deny_same and not (one.denied or other.denied)),
            phrase_same=float(common.phrase_same),
            absolute_same=float(common.absolute_same),
            called_off=called_off,
            apart=float(there.lacks and back.lacks),
            length=abs(log((len(one.terms) + 1) / (len(other.terms) + 1))),
            changed=tuple(dict.fromkeys(changed)),
        )

    def reach(self, facts: Facts, weigh: Callable[[str], float]) -> Reach:
        """What the terms of a text may be matched by, to bound comparisons with many others."""
        terms = tuple(
            (
                weigh(term.head),
                frozenset((*term.keys, *self._kin.get(term.head, ()), *self._opposites.get(term.head, ()))),
                self.party_of(term.head[1:]) if term.head[0] == "@" else "",
            )
            for term in facts.terms
        )
        keys: frozenset[str] = frozenset().union(*(keys for _, keys, _ in terms))
        return Reach(terms, sum(weight for weight, _, _ in terms) or 1.0, keys, self._names(facts))

    def at_most(self, one: Reach, other: Facts, weigh: Callable[[str], float]) -> tuple[float, float]:
        """Bounds on the shares of the one text and of the other that both hold, at a tenth of the cost."""
        sides = self._names(other)
        held = one.keys & other.index.keys()
        if not held and sides.isdisjoint(one.sides):
            return 0.0, 0.0
        mine = sum([weight for weight, keys, side in one.terms if side in sides or not held.isdisjoint(keys)])
        weights = [weigh(term.head) for term in other.terms]
        its = sum(
            [
                weight
                for weight, term in zip(weights, other.terms, strict=True)
                if not held.isdisjoint(term.keys) or (term.head[0] == "@" and self.party_of(term.head[1:]) in one.sides)
            ]
        )
        return mine / one.weight, its / (sum(weights) or 1.0)

    @staticmethod
    def in_common(one: Facts, other: Facts) -> InCommon:
        """What is common to both: of numbers none that is a small one."""
        both = (one.numbers | one.lasting) & (other.numbers | other.lasting)
        return InCommon(
            number_same=bool(both) and max(both) >= TELLING,
            time_same=bool(one.days & other.days or one.months & other.months or one.weekdays & other.weekdays),
            both_deny=one.denies and other.denies,
            phrase_same=not (one.phrases.isdisjoint(other.heads) and other.phrases.isdisjoint(one.heads)),
            absolute_same=not one.absolute.isdisjoint(other.absolute),
        )

    def _roles(self, one: Facts, other: Facts, weigh: Callable[[str], float]) -> bool:
        """Whether another side is named first; the speaker's own only where both name it: "we" is not in the names."""
        mine, its = (
            [self.party_of(term.head[1:]) for term in facts.terms if term.head[0] == "@"] for facts in (one, other)
        )
        if not mine or not its:
            return False
        own = {
            self.party_of(term.head[1:])
            for term in (*one.terms, *other.terms)
            if term.head[0] == "@" and weigh(term.head) <= OWN
        }
        unsaid = own - (set(mine) & set(its))
        first, its_first = (next((side for side in sides if side not in unsaid), "") for sides in (mine, its))
        return bool(first and its_first) and first != its_first

    def _is_reversed(self, one: Facts, other: Facts) -> bool:
        """Whether another side is named right after the same word."""
        mine, its = self._named_after(one), self._named_after(other)
        return any(mine[head].isdisjoint(its[head]) for head in mine.keys() & its.keys())

    def _named_after(self, facts: Facts) -> dict[str, set[str]]:
        """The sides that are named right after a word, one or several that "and" joins, by its head."""
        found: dict[str, set[str]] = {}
        last = ""
        for term, following in pairwise(facts.terms):
            if term.head[0] != "@":
                last = term.head
            elif not following.joined:
                last = ""
            if last and following.head[0] == "@":
                found.setdefault(last, set()).add(self.party_of(following.head[1:]))
        return found

    def _is_affirmed(self, one: Facts, other: Facts) -> bool:
        """Whether one affirms and the other denies the same word before the same."""
        if _both_deny(one, other) or not (one.negations or other.negations):
            return False
        mine, its = self._denials(one), self._denials(other)
        return any(mine[both].isdisjoint(its[both]) for both in mine.keys() & its.keys())

    def _denials(self, facts: Facts) -> dict[tuple[str, str], set[bool]]:
        """Of each word and the one after it, whether it is denied; nothing of what stands before an exception."""
        found: dict[tuple[str, str], set[bool]] = {}
        for term, following in pairwise(facts.terms):
            if term.head[0] != "@" and not term.excepted:
                found.setdefault((term.head, following.head), set()).add(term.negated)
        return found

    def _persons_differ(self, one: Facts, other: Facts) -> bool:
        if one.names <= other.names or other.names <= one.names:
            return False
        mine, its = (
            {(name, self.party_of(name)) for name in facts.names if self._is_person(name)} for facts in (one, other)
        )
        return bool({side for _, side in mine - its} & {side for _, side in its - mine})

    def _places(self, facts: Facts) -> frozenset[str]:
        """The places that are named; a capital stands for its state."""
        return frozenset(self.party_of(name) for name in facts.names if self._is_place(name))

    def _is_called_off(self, one: Facts, other: Facts) -> bool:
        """Whether `one` says that something is put off or called off, and `other` affirms what it says of it.

        Put off until the same date, it affirms that; what is lifted is called off too.
        """
        if self._called_off.isdisjoint(one.heads):
            return False  # as a rule
        if other.negations or other.perhaps or not self._moved.isdisjoint(other.heads):
            return False
        if (one.days & other.days) - one.naming:
            return False
        telling = [term for term in one.terms if term.head[0] != "@"]
        shared = not self._held.isdisjoint(one.heads) and not self._held.isdisjoint(other.heads)
        return any(
            term.head in self._called_off
            and not term.negated
            and self._kin.get(term.head, frozenset()).isdisjoint(other.heads)
            and (
                shared or any(self._match(beside, other, other.index)[0] for beside in telling[max(at - 1, 0) : at + 3])
            )
            for at, term in enumerate(telling)
        )

    def _is_not_held(self, one: Facts, other: Facts) -> bool:
        """Whether `one` says that something is not held, and `other` affirms that it is on the same day."""
        if not one.negations or self._holding.isdisjoint(one.heads) or self._holding.isdisjoint(other.heads):
            return False  # as a rule
        if other.negations or other.perhaps or not self._moved.isdisjoint(one.heads + other.heads):
            return False
        on = bool(one.days & other.days or one.weekdays & other.weekdays)
        on = on and one.days <= other.days and one.weekdays <= other.weekdays  # no other day instead
        return on and any(term.negated and not term.excepted and term.head in self._holding for term in one.terms)

    def _names(self, facts: Facts) -> frozenset[str]:
        sides: frozenset[str] = self._sides(facts.names)
        return sides

    def _cover(self, one: Facts, other: Facts, weigh: Callable[[str], float]) -> Cover:
        total = held = opposite = denied = 0.0
        made_good = deny_same = False
        both_deny = _both_deny(one, other)
        lacks: bool | None = None
        changed: list[str] = []
        index = other.index
        for term in one.terms:
            weight = weigh(term.head)
            total += weight
            if term.head not in self._related and term.head[0] != "@" and index.keys().isdisjoint(term.keys):
                if lacks is None and term.head not in self._common:
                    lacks = True
                continue  # as a rule nothing matches it
            before = held
            match, strength = self._match(term, other, index)
            opposed = term.head in self._opposites and (match is None or strength == _WITHIN)
            against = self._opposite(term, one, other) if opposed else None
            if against is None:
                if match is not None and strength != _WITHIN:  # a phrase is denied as a whole
                    turned = match.negated != term.negated and not (match.excepted or term.excepted or both_deny)
                    denied += weight * strength * turned
                    deny_same |= match.negated and term.negated and term.head not in self._carriers
                elif match is None:
                    kin = self._kin.get(term.head)
                    strength = _KIN if kin is not None and not kin.isdisjoint(index) else 0.0
                held += weight * strength
            elif against.negated != term.negated or against.excepted or term.excepted:
                held += weight * _DENIED_OPPOSITE
                made_good = True
            else:
                opposite += weight
                changed.append(f"opposite: {term.text}, was {against.text}")
            if lacks is None and term.head[0] != "@" and term.head not in self._common:
                lacks = held == before
        if not total:
            return Cover(0.0, 0.0, 0.0, changed, False, False, False)
        denied = 0.0 if made_good else denied  # who refuses to leave denies leaving, who will not agree to it too
        return Cover(held / total, opposite / total, denied / total, changed, made_good, bool(lacks), deny_same)

    def _opposite(self, term: Term, one: Facts, other: Facts) -> Term | None:
        """What `other` says the opposite of a term of `one` with, unless `one` says that too: release of the held."""
        heads = self._opposites[term.head].intersection(other.heads).difference(one.heads)
        if not heads:
            return None
        index = other.index
        found = (index[head] for head in heads if head in index)
        return min((against for against in found if against.head in heads), key=other.terms.index, default=None)

    def _match(self, term: Term, other: Facts, index: Mapping[str, Term]) -> tuple[Term | None, float]:
        for key in term.keys:
            match = index.get(key)
            if match is not None:
                if key[0] == "~":
                    return match, _CONSONANTS
                within = (term.phrase and key != term.head) or (match.phrase and key != match.head)
                return match, _WITHIN if within else 1.0
        if term.head[0] == "@":
            side = self.party_of(term.head[1:])
            its = (name for name in other.terms if name.head[0] == "@" and self.party_of(name.head[1:]) == side)
            return next(its, None), _SAME_SIDE
        return None, 0.0


def _both_deny(one: Facts, other: Facts) -> bool:
    """Whether one text denies something and the other is denied as a whole, wherever the one has its negation."""
    return one.denied != other.denied and bool(one.negations and other.negations)


def _listed(values: Iterable[object]) -> str:
    return " ".join(sorted(f"{value:g}" if isinstance(value, float) else str(value) for value in values))


def load_comparer(
    party_of: Callable[[str], str],
    is_person: Callable[[str], bool],
    is_place: Callable[[str], bool] = lambda name: False,
) -> Comparer:
    """The comparer with the antonyms of the language pack."""
    table = read_table("similarity")
    kin = (tuple(pair) for pair in table["kin"])
    opposites = (tuple(row["pair"]) for row in read_table("antonyms"))
    return Comparer(
        opposites,
        party_of,
        is_person,
        kin,
        is_place=is_place,
        called_off=table["called_off"],
        moved=table["moved"],
        held=table["held"],
        holding=table["holding"],
        common=table["common"],
        carriers=read_table("facts")["carriers"],
    )
