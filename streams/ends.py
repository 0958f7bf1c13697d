"""Where the logs of our partitions end, asked of the broker.

Fetches tell it too, but nothing is fetched while a slow stage is busy with what was fetched before: the records that
come meanwhile would not count, and what waits would seem to shrink while it grows.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.settings import Settings
from streams.tasks import was_asked_to_end
from streams.topics import consumer_options, stop_consumer

log = logging.getLogger(__name__)
SECONDS: Final = 2.0  # for an answer


class LogEnds:
    """Asks over a connection of its own: a question that hangs holds up no commit."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._consumer: AIOKafkaConsumer | None = None

    async def ask(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """The next offset of each partition; {} where no broker answers. Tansu may tell less than there is."""
        wanted = list(partitions)
        if not wanted:
            return {}
        try:
            async with asyncio.timeout(SECONDS):
                if self._consumer is None:
                    self._consumer = AIOKafkaConsumer(**consumer_options(self._settings))
                    await self._consumer.start()
                ends: dict[TopicPartition, int] = await self._consumer.end_offsets(wanted)
                return ends
        except (KafkaError, OSError) as error:  # TimeoutError is an OSError
            log.debug("the ends of the logs are as fetches tell them: %s", error)
        except asyncio.CancelledError:
            if was_asked_to_end():
                raise
            log.debug("the client gave up asking for the ends of the logs")
        await self.stop()
        return {}

    async def stop(self) -> None:
        """Close the connection; the next question opens another."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(KafkaError, OSError):
                await stop_consumer(consumer)
