"""Reading a feed: a folder with a `feed.yaml`, or JSON Lines of raw articles (`.gz` too).

What a reader of the feed would have received is passed on byte for byte: a line that is no article is the
pipeline's to quarantine, not ours to drop. What is wrong with the container (a missing file, a `.gz` that is cut
off, a line longer than any topic takes) is a FeedError that names the file and the line.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from schemas import RawArticle

MEGABYTE: Final = 1 << 20
LONGEST_LINE: Final = 23 * MEGABYTE  # what the topic of raw articles takes, with room for the key
LARGEST_INDEX: Final = 4 * MEGABYTE  # a feed.yaml of 80,000 articles, which takes half a minute to read
# Arabic news as JSON Lines shrinks 4 to 10 times, a feed that is one story over and over about 200 times.
HIGHEST_RATIO: Final = 500
RATIO_COUNTS_FROM: Final = 64 * MEGABYTE


class FeedError(Exception):
    """The feed cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed, as it goes on the wire.

    `article_id` is None where the value is no article; `time` is when it was published, else fetched, if it says so.
    """

    value: bytes
    article_id: str | None
    time: datetime | None
    place: str  # "feed.jsonl:12"


def read_feed(path: Path) -> Iterator[Entry]:
    """The articles in the order of the feed. Raises FeedError, at the first one or on the way."""
    for value, place in _read(path):
        yield _entry(value, place)


def count_feed(path: Path) -> int:
    """How many articles the feed holds. Reads all of it, so that a broken container shows before anything is sent."""
    return sum(1 for _ in _read(path))


def seeds() -> Path:
    """The folder of the seeds that come with us."""
    return Path(str(files("seeds")))


def watchlist_for(given: Path | None, feed: Path | None, default: Path | None) -> Path:
    """The watchlist that was asked for, else the one in or beside the feed, else the default, else the seeds'."""
    if given is not None:
        return given
    if feed is not None:
        beside = (feed if feed.is_dir() else feed.parent) / "watchlist.yaml"
        if beside.is_file():
            return beside
    return default or seeds() / "watchlist.yaml"


def _read(path: Path) -> Iterator[tuple[bytes, str]]:
    try:
        yield from _read_folder(path) if path.is_dir() else _read_lines(path)
    except FileNotFoundError as error:
        raise FeedError(f"{error.filename}: no such file") from None
    except OSError as error:
        raise FeedError(f"{error.filename or path}: {error.strerror or error}") from None


def _entry(value: bytes, place: str) -> Entry:
    try:
        article = RawArticle.model_validate_json(value)
    except ValidationError:
        return Entry(value, None, None, place)
    return Entry(value, article.article_id, article.published_at or article.fetched_at, place)


def _read_folder(folder: Path) -> Iterator[tuple[bytes, str]]:
    index = folder / "feed.yaml"
    if not index.is_file():
        raise FeedError(f"{folder}: a folder needs a feed.yaml that lists its articles in order")
    if index.stat().st_size > LARGEST_INDEX:
        raise FeedError(f"{index}: larger than {LARGEST_INDEX // MEGABYTE} MB")
    for number, row in enumerate(_rows(index), start=1):
        place = f"{index}: article {number}"
        if not isinstance(row, dict) or not isinstance(name := row.get("file"), str):
            raise FeedError(f"{place}: needs the name of its file, as in {{file: first.txt}}")
        fields = {key: value for key, value in row.items() if key != "file"}
        article = {**fields, "body": _body(folder, name, place)}
        try:
            yield json.dumps(article, ensure_ascii=False, default=str).encode(), place
        except (TypeError, ValueError, RecursionError) as error:  # a date as the name of a field, a number without end
            raise FeedError(f"{place}: {error}") from None


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: few of them, each of the one before, make gigabytes of some hundred bytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
        return super().compose_node(parent, index)


def _rows(index: Path) -> list[Any]:
    try:
        feed = yaml.load(index.read_bytes(), _PlainLoader)  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FeedError(f"{index}: {_where(error)}") from None
    rows = feed.get("articles") if isinstance(feed, dict) else None
    if not isinstance(rows, list):
        raise FeedError(f"{index}: needs a list of articles under the word 'articles'")
    return rows


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1}: " if mark is not None else ""
    return f"{line}{getattr(error, 'problem', None) or error}"


def _body(folder: Path, name: str, place: str) -> str:
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        raise FeedError(f"{place}: {name} is not in the folder")
    try:
        if file.stat().st_size > LONGEST_LINE:
            raise FeedError(f"{place}: {name} is larger than {LONGEST_LINE // MEGABYTE} MB")
        return file.read_bytes().decode()
    except FileNotFoundError:
        raise FeedError(f"{place}: {file}: no such file") from None
    except UnicodeDecodeError as error:
        raise FeedError(f"{place}: {file}: byte {error.start} is not UTF-8") from None


def _read_lines(path: Path) -> Iterator[tuple[bytes, str]]:
    line, number, size = b"", 0, 0
    compressed = path.suffix == ".gz"
    expected = max(path.stat().st_size, 1) * HIGHEST_RATIO
    with gzip.open(path) if compressed else path.open("rb") as file:
        try:
            for number, line in enumerate(_lines(file), start=1):
                size += len(line)
                if len(line) > LONGEST_LINE:
                    raise FeedError(f"{path}:{number}: a line of more than {LONGEST_LINE // MEGABYTE} MB")
                if compressed and size > RATIO_COUNTS_FROM and size > expected:
                    raise FeedError(f"{path}:{number}: unpacks to more than {HIGHEST_RATIO} times its size")
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if text := text.rstrip(b"\r\n"):
                    yield text, f"{path}:{number}"
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FeedError(f"{path}:{number + 1}: cannot be unpacked: {error}") from None


def _lines(file: BufferedIOBase) -> Iterator[bytes]:
    return iter(lambda: file.readline(LONGEST_LINE + 2), b"")
