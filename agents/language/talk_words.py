"""The words of talks, read from `ar/talks.yaml`: negotiations and delegations, agenda and outcome, and words of war."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.language.names import Name, NameFinder, without_clitics, words_of
from agents.language.pack import read_table
from agents.language.text import Token, fold

_GROUPS: Final = ("hostile", "hints", "outcome", "agenda", "talk")  # of a word in two groups the last counts
_PRONOUNS: Final = ("ه", "ها", "هم", "هما", "نا")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of talks: its group in talks.yaml, and the kind of talks that it speaks of."""

    group: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The rows of talks.yaml: single words by their folded forms, and phrases."""

    words: Mapping[str, Mark]
    phrases: NameFinder
    phrase_marks: Mapping[str, Mark]

    def of(self, form: str) -> Mark | None:
        """The mark of a folded word, clitics taken off where it has any."""
        return next((mark for bare in without_clitics(form) if (mark := self.words.get(bare)) is not None), None)

    def marks(self, words: Sequence[Token]) -> dict[int, Mark]:
        """The marked positions."""
        marks = {n: mark for n, token in enumerate(words) if token.kind == "word" and (mark := self.of(token.form))}
        for phrase in self.phrases.find(words):
            for position in range(phrase.start, phrase.end):
                mark = self.phrase_marks[phrase.target]
                if mark.group == "not_about":
                    marks.pop(position, None)
                else:
                    marks[position] = mark
        return marks


def load_vocabulary() -> Vocabulary:
    """Read talks.yaml."""
    table: dict[str, list[dict[str, Any]]] = read_table("talks")
    words: dict[str, Mark] = {}
    phrases: list[Name] = []
    phrase_marks: dict[str, Mark] = {}
    for group in (*_GROUPS, "not_about"):
        for row in table[group]:
            mark = Mark(group, row.get("form"))
            for text in row["words"]:
                parts = words_of(text)
                if len(parts) == 1:
                    words.update((form, mark) for form in _inflected(parts[0]))
                else:
                    phrases.append(Name(parts, text, "name"))
                    phrase_marks[text] = mark
    return Vocabulary(words, NameFinder(phrases), phrase_marks)


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
    sets: Mapping[str, frozenset[str]]

    def marks(self, words: Sequence[Token]) -> dict[int, str]:
        """The kind of each position that claims something."""
        marks = {n: kind for n, token in enumerate(words) if token.kind == "word" and (kind := self._of(token.form))}
        for phrase in self.phrases.find(words):
            marks.update(dict.fromkeys(range(phrase.start, phrase.end), phrase.target))
        return marks

    def _of(self, form: str) -> str | None:
        found = self.kinds.get(form)
        return found or (self.kinds.get(form[1:]) if len(form) > 3 and form[0] in "وف" else None)


def load_claim_words() -> ClaimWords:
    """Read the rows `claims` and `claim_words` of talks.yaml."""
    table = read_table("talks")
    kinds: dict[str, str] = {}
    phrases: list[Name] = []
    for row in table["claims"]:
        for text in row["words"]:
            parts = words_of(text)
            if len(parts) > 1:
                phrases.append(Name(parts, row["kind"], "name"))
                continue
            kinds[parts[0]] = row["kind"]
            if row["kind"] == "held":
                kinds["ال" + parts[0]] = row["kind"]
    sets = {name: frozenset(fold(word) for word in words) for name, words in table["claim_words"].items()}
    return ClaimWords(kinds, NameFinder(phrases), sets)
