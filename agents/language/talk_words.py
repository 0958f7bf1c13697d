"""The words of talks, read from `ar/talks.yaml`: negotiations and delegations, agenda and outcome, and words of war."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from agents.language.names import ARTICLE, CONJUNCTIONS, IN, Name, NameFinder, places_of_bare, without_clitics, words_of
from agents.language.pack import past_forms, present_forms, read_table
from agents.language.text import Token, as_text, fold, places_of

EVERYDAY: Final = frozenset(["call"])  # kinds of talks that everybody holds every day
_GROUPS: Final = ("hostile", "hints", "outcome", "agenda", "talk")  # of a word in two groups the last counts
_PRONOUNS: Final = ("ه", "ها", "هم", "هما", "نا")
_NEXT: Final = 3  # tokens between "اجتماع" and the body that meets
_CALL: Final = 10  # tokens between "تحدث" and "هاتفيا"
_SPLIT: Final = 5  # tokens between "لم تعد" and "قائمة"
_HOURS: Final = 24
_SHORT: Final = 2  # letters of a word to which no conjunction is read as glued


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of talks: its group in talks.yaml, and the kind of talks that it speaks of."""

    group: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The rows of talks.yaml: single words by their folded forms, and phrases; and whose meetings are no talks."""

    words: Mapping[str, Mark]
    phrases: NameFinder
    phrase_marks: Mapping[str, Mark]
    meetings: frozenset[str]
    bodies: NameFinder
    conditions: Mapping[str, tuple[tuple[str, ...], ...]]  # words that begin a condition, by the first of them
    capital: str
    small: Mapping[str, frozenset[str]]  # small words by what they tell: that a town is a place, that a clause goes on
    owned: tuple[str, ...]  # endings of a word for talks that are somebody's own
    plurals: Mapping[str, str]  # of persons: one of them
    others: NameFinder  # what tells that talks are of others, each by what it tells

    def of(self, form: str) -> Mark | None:
        """The mark of a folded word, clitics taken off where it has any."""
        for bare in without_clitics(form):
            if bare in self.words:
                return self.words[bare]
        return None

    def marks(self, words: Sequence[Token], our: Collection[int] = frozenset()) -> dict[int, Mark]:
        """The marked positions. A meeting of a body is none, unless at a position of `our`, the sides of our talks."""
        places = places_of_bare(as_text(words))
        at = sorted({n for known in self.words.keys() & places.keys() for n in places[known]})  # few words are
        marks = {n: mark for n in at if (mark := self.of(words[n].form))}
        for phrase in self.phrases.find(words):
            for position in range(phrase.start, phrase.end):
                mark = self.phrase_marks[phrase.target]
                if mark.group == "not_about":
                    marks.pop(position, None)
                else:
                    marks[position] = mark
        for body in self.bodies.find(words):
            if not any(position in our for position in range(body.start, body.end)):
                for position in range(max(0, body.start - _NEXT), body.start):
                    if any(form in self.meetings for form in without_clitics(words[position].form)):
                        marks.pop(position, None)
        return marks


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read talks.yaml."""
    table: dict[str, Any] = read_table("talks")
    words: dict[str, Mark] = {}
    phrases: list[Name] = []
    phrase_marks: dict[str, Mark] = {}
    for group in (*_GROUPS, "not_about"):
        for row in table[group]:
            mark = Mark(group, row.get("form"))
            for parts in row_words(row):
                if len(parts) == 1:
                    words.update((form, mark) for form in _inflected(parts[0]))
                else:
                    text = " ".join(parts)
                    phrases.append(Name(parts, text, "name"))
                    phrase_marks[text] = mark
    bodies = [form for text in table["bodies"]["of"] for form in _with_articles(words_of(text))]
    meetings = [form for text in table["bodies"]["meetings"] for form in _inflected(fold(text))]
    return Vocabulary(
        words,
        NameFinder(phrases),
        phrase_marks,
        frozenset(meetings),
        NameFinder(Name(form, " ".join(form), "name") for form in bodies),
        _by_first(words_of(text) for text in table["conditions"]),
        fold(table["capital"]),
        {
            name: frozenset(map(fold, words))
            for name, words in (*table["small_words"].items(), ("planned", table["claim_words"]["planned"]))
        },
        tuple(map(fold, table["owned"])),
        {fold(several): fold(one) for several, one in table["plurals"].items()},
        NameFinder(
            Name(words, row["tells"], "name")
            for row in table["others"]
            for text in row["words"]
            for words in (words_of(text), words_of(f"{ARTICLE}{text}"))
        ),
    )


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def row_words(row: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The words and phrases of a row in folded form, verbs in every person."""
    for text in row.get("words", ()):
        parts = words_of(text)
        yield from _with_articles(parts) if len(parts) > 1 else (parts,)
    for tense, forms in (("past", past_forms), ("present", present_forms)):
        for text in row.get(tense, ()):
            first, *rest = words_of(text)
            for person, *_ in forms(first):
                yield (person, *rest)
                if tense == "present":
                    yield ("س" + person, *rest)


def _with_articles(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A phrase as it stands, with the article on its last word, on its first, and on all; and as somebody's own."""
    first, last = "ال" + parts[0].removeprefix("ال"), "ال" + parts[-1].removeprefix("ال")
    yield parts
    yield (*parts[:-1], last)
    if len(parts) > 1:
        yield (first, *parts[1:])
        yield tuple(part if part in _particles() else "ال" + part.removeprefix("ال") for part in parts)
    if len(parts) == 2 and parts[1] not in _particles():
        stem = parts[0][:-1] + "ت" if parts[0].endswith("ه") else parts[0]
        yield from ((stem + pronoun, last) for pronoun in _PRONOUNS)  # "ردها المكتوب"


@cache
def _particles() -> frozenset[str]:
    """Words that take no article."""
    return frozenset(map(fold, read_table("talks")["small_words"]["particles"]))


def _inflected(word: str) -> Iterator[str]:
    yield word
    yield "ال" + word
    if not word.endswith(("ا", "ه", "ين", "ون", "ان", "ات")):
        yield word + "ا"  # accusative
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    yield from (stem + pronoun for pronoun in _PRONOUNS)


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """What words claim of talks: "moved", "cancelled", "began" …, and the small words that undo a claim."""

    kinds: Mapping[str, str]
    phrases: NameFinder
    split: NameFinder  # first parts of what is told in two, each by its row,
    rests: Mapping[str, tuple[str, frozenset[str]]]  # and the kind and second parts of each row
    sets: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    spans: Mapping[str, int]  # words that say how many days for themselves
    counted: Mapping[str, float]  # and days of one of what a number counts
    pronouns: tuple[str, ...] = _PRONOUNS

    def marks(self, words: Sequence[Token]) -> dict[int, str]:
        """The kind of each position that claims something."""
        words = as_text(words)
        places = places_of(words)
        marks = dict(sorted((n, self.kinds[form]) for form in self.kinds.keys() & places.keys() for n in places[form]))
        for phrase in self.phrases.find(words):
            marks.update(dict.fromkeys(range(phrase.start, phrase.end), phrase.target))
        for phrase in self.split.find(words):
            kind, rest = self.rests[phrase.target]
            if any(token.form in rest for token in words[phrase.end : phrase.end + _SPLIT]):
                marks.update(dict.fromkeys(range(phrase.start, phrase.end), kind))
        for n in sorted(n for form in places.keys() & self.sets["by_phone"] for n in places[form]):
            called = next((at for at in range(n - 1, max(-1, n - _CALL), -1) if self._calls(words[at].form)), None)
            if called is not None:
                marks[called] = "held"
        return marks

    def _calls(self, form: str) -> bool:
        return form in self.sets["calls"] or (form[:1] == "و" and form[1:] in self.sets["calls"])


@lru_cache(maxsize=1)
def load_claim_words() -> ClaimWords:
    """Read the rows `claims`, `split_claims` and `claim_words` of talks.yaml."""
    table = read_table("talks")
    kinds: dict[str, str] = {}
    phrases: list[Name] = []
    for row in table["claims"]:
        for text in row["words"]:
            parts = words_of(text)
            if len(parts) > 1:
                phrases += [Name((first, *parts[1:]), row["kind"], "name") for first in (parts[0], "و" + parts[0])]
                continue
            kinds[parts[0]] = row["kind"]
            if row["kind"] == "held":
                kinds["ال" + parts[0]] = row["kind"]
            if row["kind"].endswith("_noun"):
                kinds.update((parts[0] + pronoun, row["kind"]) for pronoun in _PRONOUNS)
                kinds[IN + parts[0]] = row["kind"]  # "أبلغهم بإلغاء اللقاء"
    rows = {str(number): row for number, row in enumerate(table["split_claims"])}
    split = [
        Name((joined + first, *others), number, "name")
        for number, row in rows.items()
        for first, *others in map(words_of, row["words"])
        for joined in ("", *CONJUNCTIONS)
    ]
    rests = {number: (row["kind"], frozenset(map(fold, row["rest"]))) for number, row in rows.items()}
    sets = {name: frozenset(fold(word) for word in words) for name, words in table["claim_words"].items()}
    sets["travels"] |= {
        form
        for tense in ("past", "present")
        for form, *_ in row_words({tense: table["claim_words"][f"travels_{tense}"]})
    }
    numbers = {fold(word): number for word, number in table["numbers"].items()}
    spans = {fold(word): days for word, days in table["spans"].items()}
    counted = {fold(word): days / _HOURS for word, days in table["counted_hours"].items()}
    joined = {letter + form: kind for form, kind in kinds.items() if len(form) > _SHORT for letter in CONJUNCTIONS}
    return ClaimWords(joined | kinds, NameFinder(phrases), NameFinder(split), rests, sets, numbers, spans, counted)
