"""`rasid alerts`: a subscriber like any other, at the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiokafka import ConsumerRecord
from rich.console import Console

from schemas import Alert
from schemas.watchlist_file import unknown_id
from streams.delivery import Filter
from streams.reader import Reader
from streams.records import UnreadableError, decode
from streams.settings import Settings
from streams.terminal import show_alert


class UnknownTalkError(ValueError):
    """Alerts are asked for about talks that nobody has told anything of; the message names them."""


async def show_alerts(
    settings: Settings,
    console: Console,
    wanted: Filter,
    *,
    follow: bool,
    as_json: bool,
    talks: Iterable[str] = (),
) -> int:
    """Print the alerts that are there, oldest first, and with `follow` those that come.

    `talks` are the ids of the watchlist; those that alerts tell of are known beside them. Raises ReaderError and
    UnknownTalkError.
    """
    async with Reader(settings, ["alerts"], settings.startup_wait) as reader:
        there = [message async for _, message in reader.read_all()]
        _check_talks(wanted, there, set(talks))
        for message in sorted(there, key=lambda each: (each.timestamp, each.partition, each.offset)):
            _print(message, console, wanted, as_json)
        while follow:
            for _, message in await reader.read(1.0):
                _print(message, console, wanted, as_json)
    return 0


def _check_talks(wanted: Filter, there: Sequence[ConsumerRecord], known: set[str]) -> None:
    if wanted.talks <= known:
        return
    for message in there:
        alert = _alert_of(message)
        if alert is not None:
            known.update(alert.talks)
    if unknown := sorted(wanted.talks - known):
        raise UnknownTalkError("\n".join(unknown_id(talk, "talk", known) for talk in unknown))


def _print(message: ConsumerRecord, console: Console, wanted: Filter, as_json: bool) -> None:
    alert = _alert_of(message)
    if alert is None or not wanted.matches(alert):
        return
    if as_json:
        print(alert.model_dump_json(), flush=True)
    else:
        console.print(show_alert(alert))


def _alert_of(message: ConsumerRecord) -> Alert | None:
    try:
        alert = decode("alerts", message.value)
    except UnreadableError:
        return None
    return alert if isinstance(alert, Alert) else None
