"""`rasid alerts`: a subscriber like any other, at the terminal."""

from __future__ import annotations

from aiokafka import ConsumerRecord
from rich.console import Console

from schemas import Alert
from streams.delivery import Filter
from streams.reader import Reader
from streams.records import UnreadableError, decode
from streams.settings import Settings
from streams.terminal import show_alert


async def show_alerts(settings: Settings, console: Console, wanted: Filter, *, follow: bool, as_json: bool) -> int:
    """Print the alerts that are there, oldest first, and with `follow` those that come. Raises ReaderError."""
    async with Reader(settings, ["alerts"], settings.startup_wait) as reader:
        there = [message async for _, message in reader.read_all()]
        for message in sorted(there, key=lambda each: (each.timestamp, each.partition, each.offset)):
            _print(message, console, wanted, as_json)
        while follow:
            for _, message in await reader.read(1.0):
                _print(message, console, wanted, as_json)
    return 0


def _print(message: ConsumerRecord, console: Console, wanted: Filter, as_json: bool) -> None:
    try:
        alert = decode("alerts", message.value)
    except UnreadableError:
        return
    if not isinstance(alert, Alert) or not wanted.matches(alert):
        return
    if as_json:
        print(alert.model_dump_json(), flush=True)
    else:
        console.print(show_alert(alert))
