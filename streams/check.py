"""`rasid check`: what a watchlist says, or what is wrong with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agents.language.lexicon import build_lexicon
from schemas import Watchlist, load_watchlist


def check(path: Path, console: Console) -> int:
    """Explain the watchlist at `path`, or in that folder. Raises WatchlistError."""
    file = path / "watchlist.yaml" if path.is_dir() else path
    watchlist = load_watchlist(file)
    lexicon = build_lexicon(watchlist)
    names = sum(len(texts) for row in _rows(watchlist) for texts in row.names.values())
    console.print(f"{file}: watchlist [bold]{watchlist.watchlist}[/bold]", highlight=False)
    console.print(
        f"{len(watchlist.actors)} actors of {len(lexicon.parties())} parties, {len(watchlist.places)} places, "
        f"{len(watchlist.talks)} talks, {names} names; articles in {', '.join(watchlist.languages)}"
    )
    for warning in warnings(watchlist):
        console.print(f"warning: {warning}", style="yellow", markup=False)
    table = Table("talk", "parties", "when", "where", "names", box=None, padding=(0, 2, 0, 0))
    for talk in watchlist.talks:
        when = " to ".join(dict.fromkeys(str(day) for day in (talk.starts, talk.ends) if day is not None))
        table.add_row(
            talk.id, ", ".join(talk.parties), when or "?", talk.venue or "?", str(len(talk.names.get("ar", ())))
        )
    console.print(table)
    return 0


def warnings(watchlist: Watchlist) -> list[str]:
    """What is allowed and yet worth a look: one name for two rows, and rows without an Arabic name."""
    found = []
    for what, rows in (("actors", watchlist.actors), ("places", watchlist.places)):
        count = Counter(name for row in rows for name in {n for texts in row.names.values() for n in texts})
        for name in (name for name, times in count.items() if times > 1):
            ids = [row.id for row in rows if any(name in texts for texts in row.names.values())]
            found.append(f"{what}: {name!r} is a name of {' and '.join(ids)}")
    for row in _rows(watchlist):
        if "ar" in watchlist.languages and not row.names.get("ar"):
            found.append(f"{row.id} has no Arabic name and is found only by others")
    return found


def _rows(watchlist: Watchlist) -> list:  # type: ignore[type-arg]
    return [*watchlist.actors, *watchlist.places, *watchlist.talks]
