"""Who acts on whom: the sides that a clause names, by position, pronoun and what is known of the dispute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from agents.acts.dispute import Dispute
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO
from agents.language.text import as_text, places_of


@dataclass(frozen=True)
class Cast(Dispute):
    """The sides of an article: where it names them, what they dispute, and whom a range of its words means."""

    def sides(self, start: int, end: int) -> list[str]:
        """The sides of the watchlist that are named in a range, in order, each once; groups count as the principals."""
        named = (mention for mention in self.within(start, end) if not self.aside(mention))
        found = [side for mention in named if (side := self.side(mention)) in self.parties]
        if self.group_at(start, end):
            found.extend(self.principals)
        return list(dict.fromkeys(found))

    def faced(self, start: int, end: int) -> list[str]:
        """The same without those for whose sake something is done or said, and without where one meets."""
        spared = {self.side(m) for m in self.within(start, end) if self.spared(m)}
        meant = {self.side(m) for m in self.within(start, end) if not self.spared(m)}
        return [side for side in self.sides(start, end) if side not in spared or side in meant]

    def shielded(self, start: int, end: int) -> frozenset[str]:
        """Whom a range names where it says that nobody may do something: "لن نسمح لأحد بإغلاق باب الحلف"; in "لن نسمح
        لروسيا بالإضرار بأحد" she is not shielded.
        """
        anybody = load_role_words().anybody
        forms = [token.form for token in self.tokens[start : end + 1]]
        pairs = enumerate(pairwise([*forms, ""]), start)
        at = next((n for n, (form, behind) in pairs if form in anybody and not behind.startswith(ARTICLE)), None)
        if at is None:
            return frozenset()
        that = load_stance_words().that  # "أن موسكو لا تملك إغلاقه في وجه أحد" does not shield Moscow
        named = (m for m in self.within(start, end) if not m.clitics.endswith(TO) or m.start > at)
        return frozenset(self.side(m) for m in named if not m.start or self.tokens[m.start - 1].form not in that)

    def group_at(self, start: int, end: int) -> bool:
        """Whether the parties to the dispute are named together: الطرفان, الدول الثلاث."""
        words, pairs = self._groups
        return _any_in(words, start, end) or _any_in(pairs, start, end - 1)

    @cached_property
    def _groups(self) -> tuple[list[int], list[int]]:
        """Where one word, and where two words, name the parties to the dispute together: each clause is asked often."""
        both = load_role_words().both
        firsts = {phrase.partition(" ")[0] for phrase in both}
        words, pairs = [], []
        places = places_of(as_text(self.tokens)).items()
        named = ((form, at) for form, at in places if not firsts.isdisjoint((form, form[1:], ARTICLE + form[2:])))
        for position, form in sorted((at, form) for form, stands in named for at in stands):  # as a rule few
            following = self.tokens[position + 1].form if position + 1 < len(self.tokens) else ""
            bare = form[1:] if len(form) > 3 else form
            if (
                form in both
                or (form[0] in CONJUNCTIONS + PREPOSITIONS and bare in both)
                or (form.startswith(TO + TO) and ARTICLE + form[2:] in both)
            ):
                words.append(position)
            if f"{form} {following}" in both:
                pairs.append(position)
        return words, pairs

    def both(self, before: int) -> tuple[str, ...]:
        """Whom "الطرفان" means: two sides that the article has named as a pair, else the first of the dispute."""
        pairs = zip(self.mentions, self.mentions[1:], strict=False)
        for left, right in reversed([pair for pair in pairs if pair[1].start < before]):
            pair, joined = (self.side(left), self.side(right)), right.clitics == AND and right.start - left.end < 3
            if self.led_by_between(left) and joined and len(set(pair)) == 2:
                return pair if set(pair) <= self.parties else self.principals[:2]
        return self.principals[:2]


def _any_in(positions: Sequence[int], start: int, end: int) -> bool:
    """Whether one of several positions in order is in a range."""
    first = bisect_left(positions, start)
    return first < len(positions) and positions[first] < end
