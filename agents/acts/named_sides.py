"""Which sides an article names, and how a name stands: by which words it is led, and which noun it describes."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from agents.acts.role_words import load_role_words
from agents.acts.sides import Sides
from agents.language.lexicon import Lexicon
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, IN, PREPOSITIONS, TO, Mention, without_clitics
from agents.language.text import Token
from agents.language.triggers import nominal
from schemas import ActorKind

_LED: Final = (
    TO + TO,
    *(letter + ARTICLE for letter in PREPOSITIONS if letter != TO),
)  # how a definite noun behind a glued preposition begins
_GLUED: Final = CONJUNCTIONS + IN + TO
_PLACE_NAME: Final = 3  # words of a place between "بلدة" and the adjective
_AWAY: Final = 6  # tokens from how far away it is to the country
_SHIELD: Final = 3  # tokens from "حماية" or "حلفائنا" to the name


@dataclass(frozen=True)
class NamedSides:
    """Where an article names sides."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    sides_known: Sides
    towns: Sequence[Mention] = ()  # of the sides, and nobody's name else

    @cached_property
    def lexicon(self) -> Lexicon:
        return self.sides_known.lexicon

    @cached_property
    def parties(self) -> frozenset[str]:
        return self.sides_known.parties

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def side(self, mention: Mention) -> str:
        return self.lexicon.camp_of(mention.target)

    def within(self, start: int, end: int) -> list[Mention]:
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

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
    def strangers(self) -> int:
        """How often the article names countries that have nothing to do with the story."""
        return sum(self.side(m) not in self.parties | self.sides_known.scene for m in self.mentions)

    @cached_property
    def names_talks(self) -> bool:
        """Whether the article names talks that are expected, or where they are held."""
        return bool(self.sides_known.talks_and_venues.find(self.tokens))

    # -- how a name stands ------------------------------------------------------------------------------------------
    def aside(self, mention: Mention) -> bool:
        """ "هي التي افتعلت الأزمة لا أوكرانيا ولا الحلف", "بحسب الأمم المتحدة": a name that is told not to be meant, or
        that of a source.
        """
        before = self.tokens[mention.start - 1].form if mention.start else ""
        words = load_role_words()
        if mention.clitics == TO:
            return before in words.according_with or before.removeprefix(AND) in words.according_with
        of_source = before in words.according_to or before.removeprefix(AND) in words.according_to
        return not mention.clitics and (before in words.denying or of_source)

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

    def _is_landmark(self, mention: Mention) -> bool:
        """ "على بعد عشرين كيلومترا من حدود بولندا": a country that tells only where it was."""
        before = self.tokens[max(0, mention.start - _AWAY) : mention.start]
        near = any(not load_role_words().frontiers.isdisjoint(nominal(token.form)) for token in before[-2:])
        return near and any(token.form in load_role_words().distances for token in before)

    def _is_town(self, mention: Mention) -> bool:
        """ "في موسكو": a capital in which something is."""
        name = tuple(token.form for token in self.tokens[mention.start : mention.end])
        before = self.tokens[mention.start - 1].form if mention.start else ""
        return name in self.lexicon.towns and before in load_role_words().inside

    def governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before a name, or is glued on; who belongs to a side acts for it."""
        if mention.start and self.tokens[mention.start - 1].form in load_role_words().belonging:
            return False  # "دكت وحدات تابعة للبوليساريو مواقع"
        if mention.clitics.lstrip(CONJUNCTIONS)[:1] in PREPOSITIONS and mention.clitics.lstrip(CONJUNCTIONS):
            return True
        if mention.via == "adjective" and self._noun_of(mention.start).startswith(_LED):
            return True  # "رابطة للبلديات الصربية"
        if mention.via == "adjective" and self._is_where(mention):
            return True
        against = load_role_words().against
        return any(  # "على طائرات الجيش": the preposition governs the whole noun phrase
            self.tokens[i].form.lstrip(AND) in against for i in range(max(0, mention.start - 2), mention.start)
        )

    def _is_where(self, mention: Mention) -> bool:
        """ "في بلدة موراليس الكولومبية", "على معبر أونجو بينار التركي": in whose country the place is."""
        words = load_role_words()
        for noun in range(mention.start - 2, max(0, mention.start - 2 - _PLACE_NAME), -1):
            form, before = self.tokens[noun].form, self.tokens[noun - 1].form.lstrip(AND)
            if not words.localities.isdisjoint(nominal(form)):
                led = form.startswith(_LED) or form.lstrip(CONJUNCTIONS)[:1] in (IN, TO)
                return led or before in words.against or before in words.inside or before in words.leading
        return False

    def of_private(self, mention: Mention) -> bool:
        """Whether an adjective tells where somebody comes from who acts for himself."""
        noun = self._noun_of(mention.start) if mention.via == "adjective" else ""
        return bool(noun) and not load_role_words().private.isdisjoint(
            (noun, noun.lstrip(CONJUNCTIONS), noun.removeprefix(ARTICLE))
        )

    def of_thing(self, position: int) -> bool:
        """Whether right before a position stands what a side does, and not who it is: "النهج التركي يهدد"."""
        before = [m for m in self.within(max(0, position - 2), position) if m.via == "adjective"]
        return any(not load_role_words().things.isdisjoint(nominal(self._noun_of(m.start))) for m in before)

    def _noun_of(self, position: int) -> str:
        """The noun before an adjective, behind other names of sides: "للعلاقات الروسية الأمريكية"."""
        adjectives = {i for m in self.within(max(0, position - 3), position) for i in range(m.start, m.end)}
        noun = next((i for i in range(position - 1, max(-1, position - 4), -1) if i not in adjectives), None)
        return self.tokens[noun].form if noun is not None else ""

    def led_by_between(self, left: Mention) -> bool:
        """ "النزاع بين تركيا واليونان": joined because they face each other, and no friends for that."""
        before = self.tokens[max(0, left.start - 2) : left.start]
        return any(token.form in load_role_words().between for token in before)

    def is_inside(self, town: Mention) -> bool:
        """ "في البصرة", "بالبصرة", "في شوارع مدينة البصرة": where something is done."""
        if town.clitics.endswith(IN):
            return True
        inside = load_role_words().inside
        return any(token.form.lstrip(AND) in inside for token in self.tokens[max(0, town.start - 3) : town.start])

    # -- what stands in a range -------------------------------------------------------------------------------------
    def foreign(self, start: int, end: int, *, adjectives: bool = True) -> bool:
        """Whether a range names a country that has nothing to do with the story."""
        named = (m for m in self.within(start, end) if adjectives or m.via != "adjective")
        sides = {self.side(m) for m in named if not (self.is_venue(m) or self._is_landmark(m))}
        return bool(sides - self.parties - self.sides_known.scene)

    def towns_within(self, start: int, end: int) -> list[Mention]:
        """The towns that a range names, but for those by which talks or papers go."""
        return [town for town in self.towns if start <= town.start < end and not self.is_venue(town)]

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

    def own_at(self, start: int, end: int) -> bool:
        """Whether the clause speaks of its speaker's side: بلاده, قواتنا, أنها."""
        own = load_role_words().own
        return any(_is_one_of(own, token.form) for token in self.tokens[start:end] if token.kind == "word")

    def at_home(self, start: int, end: int) -> bool:
        """Whether a range speaks of the government of whoever speaks: "هدد بإسقاط الحكومة"."""
        home = load_role_words().home
        named = {mention.start for mention in self.within(start, end)}
        return any(
            _is_one_of(home, self.tokens[i].form)
            for i in range(start, end)
            if self.tokens[i].kind == "word" and not named & {i, i + 1}
        )


def _is_one_of(words: frozenset[str], form: str) -> bool:
    """Whether a word is one of some, or one with something glued on."""
    return form in words or (form[:1] in _GLUED and form[1:] in words)
