"""Names that are everyday words too: where "فتح" is a movement, and where it opens a crossing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.language.names import AND, ARTICLE, CONJUNCTIONS, PREPOSITIONS, PRONOUNS
from agents.language.tables import read_table, word_set
from agents.language.text import Token, fold, light

_GLUED: Final = (*CONJUNCTIONS, *PREPOSITIONS)
_OF_OWNED: Final = 4  # letters, at least, of a noun with its owner


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a word is no name."""

    glued: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    but_before: frozenset[str]
    owned: bool


@dataclass(frozen=True, slots=True)
class EverydayWords:
    """The rows of `everyday.yaml` by their folded words."""

    around_names: frozenset[str]
    deeds: frozenset[str]
    contexts: Mapping[str, _Context]
    joined: frozenset[str]  # what belongs to the last name behind it
    others: frozenset[str]  # words as they are written that are folded like names
    short_bodies: frozenset[str]
    of_others: frozenset[str]
    first_names: frozenset[str]
    introduce: frozenset[str]

    def is_meant(self, article: Sequence[Token], position: int, word: str, clitics: str) -> bool:
        """Whether a word that is somebody's name is the everyday word at a position."""
        if word in self.first_names and not clitics:
            return self._is_first_name(article, position)
        context = self.contexts.get(word)
        if context is None:
            return False
        behind = article[position + 1] if position + 1 < len(article) else None
        before = article[position - 1].form if position else ""
        following = behind.form if behind is not None else ""
        if clitics[-1:] in context.glued:
            return True
        owned = context.owned and _bare(before) not in self.deeds and self._owns(behind)
        if owned or following in context.before:
            return True
        described = not context.after.isdisjoint((before, _bare(before)))
        return not clitics and described and following not in context.but_before

    def _is_first_name(self, article: Sequence[Token], position: int) -> bool:
        """ "قال تركي الفيصل", and not "قال مسؤول تركي"."""
        behind = article[position + 1] if position + 1 < len(article) else None
        if behind is None or position == 0 or _bare(article[position - 1].form) not in self.introduce:
            return False
        definite = behind.form.startswith(ARTICLE) and behind.form not in self.around_names
        return behind.kind == "word" and (definite or behind.form in self.joined)

    def _owns(self, behind: Token | None) -> bool:
        if behind is None or behind.kind != "word" or behind.form in self.around_names:
            return False
        owned = behind.form.endswith(PRONOUNS) and not behind.form.startswith(AND) and len(behind.form) >= _OF_OWNED
        return behind.form.startswith(ARTICLE) or owned


def load_everyday_words() -> EverydayWords:
    """The table of the language pack. Raises KeyError where a row has no word."""
    table = read_table("everyday")
    around_names, deeds, joined = (word_set(table[name]) for name in ("around_names", "deeds", "joined"))
    others = word_set(table["others"], light)
    names = ("short_bodies", "of_others", "first_names", "introduce")
    contexts = dict(_contexts(table["words"]))
    return EverydayWords(
        around_names, deeds, contexts, joined, others, **{name: word_set(table[name]) for name in names}
    )


def _contexts(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, _Context]]:
    for row in rows:
        sets = {name: word_set(row.get(name, ())) for name in ("glued", "after", "before", "but_before")}
        yield fold(row["word"]), _Context(owned=row.get("owned", False), **sets)


def _bare(form: str) -> str:
    return form[1:] if form[:1] in _GLUED else form
