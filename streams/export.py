"""Writing what came of a feed: one JSON object a line, article by article, in the order in which it was emitted."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from streams.journeys import Journey

FILES: Final = {
    "articles.accepted": "articles.jsonl",
    "signals": "signals.jsonl",
    "statements": "statements.jsonl",
    "talks": "talks.jsonl",
    "alerts": "alerts.jsonl",
}
OF_THE_CLOCK: Final = frozenset({"appended_at"})  # all else follows from the feed alone


class Export:
    """The export's files in `folder`; what stood there before is replaced. Use it in `with`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[str]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Export:
        self._folder.mkdir(parents=True, exist_ok=True)
        for topic, name in FILES.items():
            path = self._folder / name
            self._files[topic] = self._open.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def write(self, journey: Journey) -> None:
        """Add what came of one article."""
        for topic, file in self._files.items():
            for record in journey.collect(topic):
                file.write(record.model_dump_json(exclude=set(OF_THE_CLOCK)) + "\n")
