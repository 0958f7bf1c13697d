"""The table `ar/acts.yaml`, compiled: its words turned into keys, patterns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final

from agents.language.names import ARTICLE, words_of
from agents.language.tables import read_table, word_set
from agents.language.text import fold
from agents.language.triggers.finder import Triggers
from agents.language.triggers.inflections import inflections, of_oneself, passive
from agents.language.triggers.rows import Element, Pattern, Patterns, Row, Shape
from agents.language.verbs import past_forms

_WITH_ARTICLE: Final = 3  # letters: a shorter word begins with its own
_TRAITS: Final = tuple(column.name for column in fields(Row) if column.default is False)
# What is kept where a clause holds several acts: threats and refusals tell more than the acts that they are about.
_RANK: Final = {
    "THREATEN": 7, "REJECT": 6, "ACCUSE": 5, "ASSAULT": 6, "SANCTION": 6, "MOBILIZE": 6, "COERCE": 5, "PROTEST": 5,
    "REQUEST": 5, "RETREAT": 3, "AGREE": 3, "CONCEDE": 3, "SUPPORT": 3, "COOPERATE": 3, "AID": 3, "CONSULT": 1,
}  # fmt: skip


class _Compiler:
    """Turns the table's words into keys, patterns and rows."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.nouns: dict[str, set[str]] = {}
        self.verbs: dict[str, list[Shape]] = {}
        self.singular: dict[str, list[Shape]] = {}
        self.patterns: dict[str, list[tuple[Pattern, Row]]] = {}
        self.rows: list[Row] = []
        self.wanted: set[str] = set()
        self.only_before = word_set(table.get("only_before", ()))
        for past, present in table["verbs"]:
            self._verb(past, present)
        for row in table["acts"]:
            for past, present in row.get("verbs", ()):
                self._verb(past, present)
        for name, words in table["classes"].items():
            for word in words:
                (only,) = words_of(word)
                self._noun(only, "@" + name)
        for row in table["acts"]:
            self._row(row)
        self.speech = {
            name: Patterns.of(self.pattern(text) for text in texts) for name, texts in table.get("speech", {}).items()
        }
        if unknown := self.wanted - {shape.lemma for shapes in self.verbs.values() for shape in shapes}:
            raise ValueError(f"acts: phrases use verbs that the table does not hold: {sorted(unknown)}")

    def _verb(self, past: str, present: str) -> None:
        lemma = fold(past)
        for form, aspect, first in inflections(past, present):
            shape = Shape(lemma, aspect, first)
            if shape not in self.verbs.setdefault(form, []):
                self.verbs[form].append(shape)
        self.singular.setdefault(of_oneself(present), []).append(Shape(lemma, "present", first=True))
        for form, _, _ in past_forms(fold(passive(past) or past)):
            if not any(shape.lemma == lemma for shape in self.verbs.setdefault(form, [])):
                self.verbs[form].append(Shape(lemma, "past", passive=True))

    def _noun(self, word: str, key: str) -> None:
        self.nouns.setdefault(_without_article(word), set()).add(key)

    def pattern(self, text: str) -> Pattern:
        """A phrase of the table: its words, or those of which one must stand there, and gaps."""
        elements: list[Element] = []
        for part in text.split():
            if part == "…":
                elements.append(None)
                continue
            keys: set[str] = set()
            for option in part.split("|"):
                if option.startswith("@"):
                    keys.add(option)
                elif option.startswith("~"):
                    keys.add("~" + fold(option[1:]))
                    self.wanted.add(fold(option[1:]))
                else:
                    key = "=" + _without_article(fold(option))
                    self._noun(fold(option), key)
                    keys.add(key)
            elements.append(frozenset(keys))
        return tuple(elements)

    def _row(self, row: Mapping[str, Any]) -> None:
        never = row.get("never", ())
        compiled = Row(
            id=row["id"],
            type=row["type"],
            mode=row.get("mode"),
            context=tuple(row.get("context", ())),
            rank=row.get("rank", _RANK[row["type"]]),
            needs=Patterns.of(self.pattern(text) for text in row.get("needs", ())),
            never=Patterns.of(self.pattern(text) for text in never if fold(text) not in self.only_before),
            never_before=Patterns.of(self.pattern(text) for text in never if fold(text) in self.only_before),
            **{trait: True for trait in _TRAITS if row.get(trait)},
        )
        self.rows.append(compiled)
        texts = [*("~" + past for past, _ in row.get("verbs", ())), *row.get("nouns", ()), *row.get("phrases", ())]
        for pattern in (self.pattern(text) for text in texts):
            for key in pattern[0] or ():
                self.patterns.setdefault(key, []).append((pattern, compiled))


def _without_article(word: str) -> str:
    return word.removeprefix(ARTICLE) if len(word) > _WITH_ARTICLE else word


def compile_triggers(table: Mapping[str, Any]) -> Triggers:
    """Compile a table of acts. Raises KeyError or ValueError where it is not well formed."""
    compiler = _Compiler(table)
    return Triggers(
        rows=tuple(compiler.rows),
        speech=compiler.speech,
        _patterns={key: tuple(rows) for key, rows in compiler.patterns.items()},
        _verbs={form: tuple(shapes) for form, shapes in compiler.verbs.items()},
        _singular={form: tuple(shapes) for form, shapes in compiler.singular.items()},
        _nouns={base: frozenset(keys) for base, keys in compiler.nouns.items()},
        _no_verb=word_set(table["no_verb"]),
        _governing=word_set(table["governing"]),
        _denying=word_set(table["inside"]),
    )


@lru_cache(maxsize=1)
def load_triggers() -> Triggers:
    """The acts of the language pack."""
    return compile_triggers(read_table("acts"))
