"""Reads the facts of a text: its terms, and beside them what is denied, counted and dated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from agents.language.date_forms import DateForms, load_date_forms
from agents.language.facts.amounts import AmountFinder
from agents.language.facts.negation import NegationFinder
from agents.language.facts.phrases import without
from agents.language.facts.said import Facts, Term, one_set
from agents.language.facts.times import TimesFinder
from agents.language.names import AND, CONJUNCTIONS, PREPOSITIONS, Mention
from agents.language.pack import read_table
from agents.language.stems import readings, skeleton
from agents.language.text import Token, fold, light, tokens
from agents.language.thesaurus import Thesaurus, folded, load_thesaurus

FindNames = Callable[[Sequence[Token]], Sequence[Mention]]
_GLUED: Final = (*CONJUNCTIONS, *PREPOSITIONS)
_NO_NUMBERS: Final[frozenset[float]] = frozenset()  # one for all; each empty set would take 216 bytes


class FactReader:
    """Reads the facts of a text. Everything about the language is in the tables that it is built from."""

    def __init__(self, table: Mapping[str, Any], thesaurus: Thesaurus, dates: DateForms) -> None:
        self._skip = folded(table["function_words"])
        self._skip_glued = self._skip | {letter + word for word in self._skip for letter in _GLUED}
        self._shortened_by = frozenset(light(word) for word in table["shortened"]["after"])
        self._first_person = table["first_person"]
        self._weak_letters = [fold(letter) for letter in table["shortened"]["letters"]]
        absolute = {light(word): kind for kind, words in table["absolute"].items() for word in words}
        self._absolute = {letter + word: kind for word, kind in absolute.items() for letter in _GLUED} | absolute
        self._thesaurus = thesaurus
        self._times = TimesFinder(table, dates)
        self._amounts = AmountFinder(table)
        self._negation = NegationFinder(table)

    def read(self, text: str, find_names: FindNames | None = None, denied: bool = False) -> Facts:
        """The facts of `text`; with `denied`, the whole of it is what somebody denies."""
        words = list(tokens(text))
        denied ^= self._negation.is_hearsay(words)
        mentions = find_names(words) if find_names else ()
        named = _in_names(words, mentions)
        taken = set(named)
        times = self._times.find(without(words, named), taken)
        ordinals = self._amounts.ordinals(words, taken)
        amounts = list(self._amounts.amounts(words, taken))
        taken -= named
        terms: dict[int, tuple[str, tuple[str, ...]]] = {}
        for mention in mentions:
            if not taken & set(range(mention.start, mention.end)):
                terms[mention.start] = (f"@{mention.target}", ())
                taken.update(range(mention.start, mention.end))
        phrases, within = self._add_notions(words, taken, terms)
        for i, token in enumerate(words):
            if i not in taken and token.kind == "word" and token.form not in self._skip_glued:
                terms.update(self._term_at(words, i))
        denials = self._negation.find(words, {at: head for at, (head, _) in terms.items()}, within)
        joined = {mention.start for mention in mentions if mention.clitics.startswith(AND)}
        lights = {token.light for token in words}
        said = tuple(
            _term(
                head,
                (head, *keys),
                (at in denials.negated) != denied,
                words[at].text,
                at in denials.excepted,
                at in phrases,
                at in joined,
            )
            for at, (head, keys) in sorted(terms.items())
        )
        return Facts(
            terms=said,
            numbers=frozenset(value for value, _ in amounts) or _NO_NUMBERS,
            lasting=frozenset(value * lasts for value, lasts in amounts if lasts) or _NO_NUMBERS,
            days=times.days,
            months=times.months,
            weekdays=times.weekdays,
            naming=times.naming,
            undecided=times.undecided,
            names=one_set(tuple(mention.target for mention in mentions)),
            negations=denials.surely + denied,
            denied=denied,
            perhaps=denials.perhaps,
            ordinals=ordinals,
            absolute=one_set(tuple(sorted({self._absolute[word] for word in lights & self._absolute.keys()}))),
            heads=tuple(dict.fromkeys(term.head for term in said)),
            phrases=one_set(tuple(term.head for term in said if term.phrase)),
        )

    def _add_notions(
        self, words: Sequence[Token], taken: set[int], terms: dict[int, tuple[str, tuple[str, ...]]]
    ) -> tuple[set[int], set[int]]:
        """Add the notions of the thesaurus: where phrases begin, and the positions within phrases."""
        phrases: set[int] = set()
        within: set[int] = set()  # a negator in a phrase is part of its meaning: "without precedent"
        for found in self._thesaurus.find(without(words, taken)):
            alone = found.end - found.start == 1
            if not alone:
                within.update(range(found.start, found.end))
                phrases.add(found.start)
                keys = self._keys_within(words[found.start : found.end])
            elif words[found.start].form in self._skip or words[found.start].form.removeprefix(AND) in self._skip:
                continue
            else:
                keys = self._keys(words[found.start].form)
            terms[found.start] = (f"#{found.notion}", keys)
            taken.update(range(found.start, found.end))
        return phrases, within

    @staticmethod
    @lru_cache(maxsize=16384)
    def _keys(form: str) -> tuple[str, ...]:
        stems = [stem for stem in readings(form) if len(stem) > 2]
        bones = skeleton(form)
        shortest = sorted(stems, key=len) or [form]
        return (*dict.fromkeys(shortest), *((f"~{bones}",) if bones else ()))

    def _term_at(self, words: Sequence[Token], at: int) -> dict[int, tuple[str, tuple[str, ...]]]:
        """What a word that stands for no notion is matched by, if it is not too short."""
        form = words[at].form
        if at and (whole := self._whole(words[at - 1].light, words[at])):
            return {at: (f"#{self._thesaurus.notion_of(whole)}", self._keys(whole))}
        keys = self._keys(form)
        return {at: (keys[0], keys[1:])} if len(form) > 2 else {}

    def _whole(self, before: str, word: Token) -> str | None:
        """A verb after a negator as the thesaurus knows it: of the third person, and with the weak letter that it has
        lost at its end or before its last consonant.
        """
        if before not in self._negation.negators and before not in self._shortened_by:
            return None
        mine, other = self._first_person
        form = other + word.form[1:] if word.light.startswith(mine) else word.form
        found = [form]
        if before in self._shortened_by:
            found += [form + letter for letter in self._weak_letters]
            found += [form[:-1] + letter + form[-1] for letter in self._weak_letters]
        return next((whole for whole in found if self._thesaurus.notion_of(whole)), None)

    def _keys_within(self, words: Sequence[Token]) -> tuple[str, ...]:
        """What the words of a phrase mean one by one; nothing where one of them denies."""
        if any(self._negation.is_negator(word.light) for word in words):
            return ()
        keys: dict[str, None] = {}
        for word in words:
            if word.kind == "word" and len(word.form) > 2 and word.form not in self._skip_glued:
                notion = self._thesaurus.notion_of(word.form)
                keys.update(dict.fromkeys([f"#{notion}"] if notion else self._keys(word.form)))
        return tuple(keys)


_term = lru_cache(maxsize=4096)(Term)  # statements share their terms: thousands of them are remembered


def _in_names(words: Sequence[Token], mentions: Sequence[Mention]) -> set[int]:
    """The tokens after the first word of a name: the numbers and dates in them are no facts ("حركة 20 فبراير")."""
    longer = (mention for mention in mentions if words[mention.start].kind == "word")
    return {at for mention in longer for at in range(mention.start + 1, mention.end)}


def load_fact_reader() -> FactReader:
    """The reader with the tables of the language pack."""
    return FactReader(read_table("facts"), load_thesaurus(), load_date_forms())
