"""Atheris on what reads files of others: `python -m tests.fuzz.readers feed|bomb|index|watchlist [libFuzzer options]`.

A crash is any exception but the two that a user is told in one line. Atheris has to be installed beside.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["streams", "schemas"]):
    from schemas import WatchlistError, load_watchlist
    from streams.feeds import FeedError, count_feed, read_feed

FOLDER: Final = Path(tempfile.mkdtemp(prefix="rasid-fuzz-"))
SEEDS: Final = Path(__file__).parents[2] / "seeds"


def feed(data: bytes) -> None:
    """A feed of JSON Lines."""
    _read(FOLDER / "feed.jsonl", data)


def bomb(data: bytes) -> None:
    """The same compressed, and cut off or damaged where the first bytes say so."""
    packed = bytearray(gzip.compress(data[2:], 1))
    if len(data) > 2 and data[0] % 3 == 0:
        del packed[len(packed) * data[1] // 256 :]
    elif len(data) > 2 and data[0] % 3 == 1:
        packed[len(packed) * data[1] // 256] ^= data[0]
    _read(FOLDER / "feed.jsonl.gz", bytes(packed))


def index(data: bytes) -> None:
    """The index of a feed that is a folder."""
    folder = FOLDER / "folder"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("نص")
    (folder / "feed.yaml").write_bytes(data)
    _read(folder, None)


def watchlist(data: bytes) -> None:
    """A watchlist: the one of the seeds with a piece replaced, or anything."""
    if len(data) > 3 and data[0] % 2:
        whole = (SEEDS / "watchlist.yaml").read_bytes()
        at = int.from_bytes(data[1:3], "little") % len(whole)
        data = whole[:at] + data[3:] + whole[at + len(data) - 3 :]
    path = FOLDER / "watchlist.yaml"
    path.write_bytes(data)
    with suppress(WatchlistError):
        load_watchlist(path)


def _read(path: Path, data: bytes | None) -> None:
    if data is not None:
        path.write_bytes(data)
    try:
        count_feed(path)
        for entry in read_feed(path):
            assert entry.place
    except FeedError:
        pass


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "feed": feed,
    "bomb": bomb,
    "index": index,
    "watchlist": watchlist,
}


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
