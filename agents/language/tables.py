"""Tables of the language pack: YAML rows in, folded words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from agents.language.text import fold, light

T = TypeVar("T")


def read_table(name: str) -> Any:
    """The parsed content of `ar/<name>.yaml`."""
    text = files("agents.language").joinpath(f"ar/{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # seven times as fast as the loader in Python


def word_set(words: Iterable[str], form: Callable[[str], str] = fold) -> frozenset[str]:
    """Words and phrases as they are compared, one space between the words of a phrase."""
    return frozenset(" ".join(form(part) for part in word.split()) for word in words)


def spelled() -> frozenset[str]:
    """A field of a word table whose letters are told apart as they are written: إن is not أن."""
    words: frozenset[str] = field(metadata={"form": light})
    return words


def word_table(kind: type[T], rows: Mapping[str, list[str]]) -> T:
    """A dataclass of word sets, filled by name. Raises KeyError where a row is missing, TypeError where one is new."""
    columns: Any = fields(kind)  # type: ignore[arg-type]
    form_of = {column.name: column.metadata.get("form", fold) for column in columns}
    missing = form_of.keys() - rows.keys()
    if missing:
        raise KeyError(f"{kind.__name__}: no row {', '.join(sorted(missing))}")
    return kind(**{name: word_set(words, form_of.get(name, fold)) for name, words in rows.items()})
