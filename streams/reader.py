"""Reading topics from outside the worker's group: nothing is committed, and nobody else's share is touched."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from types import TracebackType

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError

from streams.settings import Settings
from streams.topics import LARGEST, kafka_options, stop_consumer, wait_for_broker


class ReaderError(Exception):
    """The topics cannot be read; the message says from where and why."""


class Reader:
    """All partitions of some topics (named without prefix), from their beginning. Use it in `async with`."""

    def __init__(self, settings: Settings, topics: Sequence[str], seconds: float = 30.0) -> None:
        self._settings = settings
        self._seconds = seconds  # for a broker that does not answer
        self._consumer = AIOKafkaConsumer(
            *map(settings.topic, topics),
            **kafka_options(settings),
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=LARGEST,
            fetch_max_wait_ms=100,
        )

    async def __aenter__(self) -> Reader:
        try:
            await wait_for_broker(self._settings, self._seconds)
            await self._consumer.start()
        except (KafkaError, OSError) as error:
            await stop_consumer(self._consumer)
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ReaderError(f"no broker answers at {self._settings.brokers}: {reason}") from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await stop_consumer(self._consumer)

    async def read(self, seconds: float) -> list[tuple[str, ConsumerRecord]]:
        """What has come, each with its topic's name without prefix; waits at most `seconds` for the first."""
        found = await self._consumer.getmany(timeout_ms=int(seconds * 1000))
        return [
            (partition.topic.removeprefix(self._settings.prefix), message)
            for partition, messages in found.items()
            for message in messages
        ]

    async def at_end(self) -> bool:
        """Whether everything was read that the broker had at the last look.

        The end is what a fetch says: Tansu's other answer is the second record of its last batch.
        """
        for partition in self._consumer.assignment():
            end = self._consumer.highwater(partition)
            if end is None or await self._consumer.position(partition) < end:
                return False
        return True

    async def go_to_end(self) -> None:
        """Pass over what is there: only what comes from now on counts. Raises ReaderError."""
        await self._consumer.seek_to_end()
        async for _ in self.read_all():
            pass

    async def read_all(self) -> AsyncIterator[tuple[str, ConsumerRecord]]:
        """What is there up to the end, oldest first within a partition. Raises ReaderError."""
        last_news = time.monotonic()
        while not await self.at_end():
            found = await self.read(0.05)
            for each in found:
                yield each
            if found:
                last_news = time.monotonic()
            elif time.monotonic() - last_news > self._seconds:
                raise ReaderError(f"the broker at {self._settings.brokers} does not say where its topics end")
