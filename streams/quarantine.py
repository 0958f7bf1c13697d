"""`rasid quarantine`: what could not be processed, and sending it once more.

A record that was sent again is closed by an empty record under the same key.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from typing import Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas import Rejection
from streams.reader import Reader, ReaderError
from streams.records import RETRY, UnreadableError, decode
from streams.settings import Settings
from streams.terminal import plain
from streams.topics import LARGEST, kafka_options

TOPIC: Final = "quarantine"


async def read_quarantine(settings: Settings) -> list[Rejection]:
    """The records in quarantine that were not sent again, oldest first. Raises ReaderError."""
    open_ones: dict[str, Rejection] = {}
    async with Reader(settings, [TOPIC], settings.startup_wait) as reader:
        async for _, message in reader.read_all():
            if message.value is None:
                open_ones.pop((message.key or b"").decode(errors="replace"), None)
                continue
            try:
                record = decode(TOPIC, message.value)
            except UnreadableError:
                continue
            if isinstance(record, Rejection):
                open_ones[record.rejection_id] = record
    return sorted(open_ones.values(), key=lambda each: (each.rejected_at, each.rejection_id))


async def list_quarantine(settings: Settings, console: Console, *, as_json: bool) -> int:
    """Print what is in quarantine."""
    rejections = await read_quarantine(settings)
    if as_json:
        for rejection in rejections:
            print(rejection.model_dump_json(), flush=True)
        return 0
    if not rejections:
        console.print("nothing is in quarantine")
        return 0
    table = Table("id", "when", "stage", "reason", "what was wrong", "where it stood", "bytes", box=None)
    for each in rejections:
        place = f"{each.topic}[{each.partition}]@{each.offset}"
        size = str(len(base64.b64decode(each.record_value)))
        when = f"{each.rejected_at:%Y-%m-%d %H:%M:%S}"
        cells = [each.rejection_id, when, each.stage, each.reason, plain(each.error)[:200], place, size]
        table.add_row(*map(escape, cells))
    console.print(table)
    return 0


async def retry_quarantine(settings: Settings, console: Console, ids: Collection[str], *, everything: bool) -> int:
    """Send records to the topic they came from once more, byte for byte; 1 where an id is unknown."""
    rejections = await read_quarantine(settings)
    unknown = set(ids) - {each.rejection_id for each in rejections}
    for name in sorted(unknown):
        console.print(f"not in quarantine: {name}", style="red", markup=False)
    chosen = [each for each in rejections if everything or each.rejection_id in ids]
    producer = AIOKafkaProducer(**kafka_options(settings), acks="all", max_request_size=LARGEST)
    try:
        await producer.start()
        for each in chosen:
            await _send_again(producer, settings, each)
    except KafkaError as error:
        raise ReaderError(f"the broker at {settings.brokers}: {type(error).__name__}: {error}") from error
    finally:
        await producer.stop()
    console.print(f"sent {len(chosen)} of {len(rejections)} again")
    return 1 if unknown else 0


async def _send_again(producer: AIOKafkaProducer, settings: Settings, rejection: Rejection) -> None:
    await producer.send_and_wait(
        settings.topic(rejection.topic),
        base64.b64decode(rejection.record_value),
        key=None if rejection.record_key is None else base64.b64decode(rejection.record_key),
        # The header tells it from the record that a worker may have ended on: it is tried afresh.
        headers=[
            *((name, value.encode()) for name, value in rejection.headers.items() if name != RETRY),
            (RETRY, rejection.rejection_id.encode()),
        ],
    )
    await producer.send_and_wait(settings.topic(TOPIC), None, key=rejection.rejection_id.encode())
