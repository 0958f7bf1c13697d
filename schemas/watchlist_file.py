"""Reading a watchlist's file, with every error named by file, line, row and field."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from schemas.watchlist import Watchlist

LARGEST: Final = 16 << 20  # bytes
SECTIONS: Final = ("actors", "places", "talks")
AN_ID: Final = re.compile(r"[\w.-]{1,100}", re.ASCII)  # it is a metric's label and a topic's key


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `row` is "actors row 3 (putin)", or empty where it is no row's."""

    file: str
    line: int | None
    row: str
    field: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.row, self.field, self.message) if part)


class WatchlistError(ValueError):
    """A watchlist with something wrong in it: all of it, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type[WatchlistError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # by its text alone it could not be made again in another process


class _Loader(yaml.SafeLoader):
    """YAML with dates left as they are written, so that a wrong one is reported with its row."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_watchlist(path: Path) -> Watchlist:
    """The watchlist of a file. Raises WatchlistError, also where the file is not there."""
    try:
        if path.stat().st_size > LARGEST:
            raise WatchlistError([Problem(str(path), None, "", "", f"larger than {LARGEST >> 20} MB")])
        data = path.read_bytes()
    except FileNotFoundError:
        raise WatchlistError([Problem(str(path), None, "", "", "no such file")]) from None
    except OSError as error:
        raise WatchlistError([Problem(str(path), None, "", "", error.strerror or str(error))]) from None
    return parse_watchlist(data, str(path))


def parse_watchlist(data: bytes, name: str) -> Watchlist:
    """The watchlist that `data` (YAML, UTF-8) describes; `name` is what errors call it. Raises WatchlistError."""
    root, fields = _parse_yaml(data, name)
    lines = _Lines(name, root, fields)
    if problems := list(_repeated_keys(root, lines)):
        raise WatchlistError(problems)
    try:
        watchlist = Watchlist.model_validate(fields)
    except ValidationError as error:
        raise WatchlistError(
            [lines.problem(each["loc"], each["msg"]) for each in error.errors(include_url=False, include_input=False)]
        ) from None
    if problems := list(_wrong_ids(watchlist, lines)):
        raise WatchlistError(problems)
    return watchlist


def _parse_yaml(data: bytes, name: str) -> tuple[yaml.Node | None, Any]:
    try:
        loader = _Loader(data)
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = None if mark is None else mark.line + 1
        raise WatchlistError([Problem(name, line, "", "", error.problem or "is not YAML")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise WatchlistError([Problem(name, None, "", "", f"is not YAML: {str(error).splitlines()[0]}")]) from None


class _Lines:
    """Where things stand in the file."""

    def __init__(self, name: str, root: yaml.Node | None, fields: Any) -> None:
        self._name = name
        self._root = root
        self._fields = fields

    def problem(self, place: Sequence[int | str], message: str) -> Problem:
        """The problem at `place`, a path of keys and positions from the root."""
        row, rest = "", place
        if len(place) >= 2 and place[0] in SECTIONS and isinstance(place[1], int):
            entry = self._fields[place[0]][place[1]]
            row_id = entry.get("id") if isinstance(entry, dict) else None
            row = f"{place[0]} row {place[1] + 1}" + (f" ({row_id})" if row_id else "")
            rest = place[2:]
        field = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in rest).lstrip(".")
        return Problem(self._name, self._line(place), row, field, message)

    def at(self, node: yaml.Node, message: str) -> Problem:
        return Problem(self._name, node.start_mark.line + 1, "", "", message)

    def _line(self, place: Sequence[int | str]) -> int | None:
        node, line = self._root, None
        for part in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            elif isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == part), None)
            else:
                node = None
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


def _repeated_keys(root: yaml.Node | None, lines: _Lines) -> Iterator[Problem]:
    """YAML would take the last of two equal keys without a word."""
    seen: set[int] = set()
    pending = [root] if root is not None else []
    while pending:
        node = pending.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            yield from (lines.at(node, f"{key!r} is given {count} times") for key, count in keys.items() if count > 1)
            pending.extend(value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)


def _wrong_ids(watchlist: Watchlist, lines: _Lines) -> Iterator[Problem]:
    for section in SECTIONS:
        seen: dict[str, int] = {}
        for index, row in enumerate(getattr(watchlist, section)):
            if not AN_ID.fullmatch(row.id):
                yield lines.problem((section, index, "id"), f"{row.id!r} is no id: letters, digits, _ . and -")
            elif row.id in seen:
                yield lines.problem((section, index, "id"), f"{row.id!r} is the id of row {seen[row.id] + 1} too")
            seen.setdefault(row.id, index)
            yield from _empty_names(section, index, row, lines)
    actors = {actor.id for actor in watchlist.actors}
    places = {place.id for place in watchlist.places}
    for index, actor in enumerate(watchlist.actors):
        if actor.party is not None and actor.party not in actors:
            yield lines.problem(("actors", index, "party"), unknown_id(actor.party, "actor", actors))
    for index, talk in enumerate(watchlist.talks):
        for position, party in enumerate(talk.parties):
            if party not in actors:
                yield lines.problem(("talks", index, "parties", position), unknown_id(party, "actor", actors))
        if talk.venue is not None and talk.venue not in places:
            yield lines.problem(("talks", index, "venue"), unknown_id(talk.venue, "place", places))
        if talk.starts is not None and talk.ends is not None and talk.ends < talk.starts:
            yield lines.problem(("talks", index, "ends"), f"{talk.ends} is before the start, {talk.starts}")


def _empty_names(section: str, index: int, row: Any, lines: _Lines) -> Iterator[Problem]:
    for field in ("names", "adjective", "roles"):
        for language, names in getattr(row, field, {}).items():
            for position, name in enumerate(names):
                if not name.strip():
                    yield lines.problem((section, index, field, language, position), "is empty")


def unknown_id(given: str, what: str, known: Iterable[str]) -> str:
    """Says that no actor, place or talk (`what`) has such an id, and which one may have been meant."""
    close = difflib.get_close_matches(given, sorted(known), n=1)
    return f"{given!r} is the id of no {what}" + (f"; {close[0]!r} is" if close else "")
