"""Everything that stands on a topic up to now, read without a consumer group."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.process import Received
from streams.settings import Settings
from streams.tasks import was_asked_to_end
from streams.topics import consumer_options, stop_consumer


async def history(settings: Settings, *topics: str, last: int | None = None) -> AsyncIterator[Received]:
    """The records of our topics (named without prefix), from the oldest to those that stood there at the beginning.

    `last`: at least so many of each partition, and not all of a long one. In the order of each partition; between
    partitions in no order. Raises KafkaError.
    """
    names = {settings.topic(topic): topic for topic in topics}
    async with _reader(settings, names) as consumer:
        left = consumer.assignment()
        ends: dict[TopicPartition, int] = {}
        while left:
            batches = await consumer.getmany(timeout_ms=200)
            for messages in batches.values():
                for message in messages:
                    yield Received(
                        names[message.topic],
                        message.partition,
                        message.offset,
                        message.key,
                        message.value,
                        message.headers,
                        message.timestamp / 1000,
                    )
            for partition in left:
                # The first fetch of a partition tells its end; ListOffsets would be wrong on Tansu.
                if partition not in ends and (end := consumer.highwater(partition)) is not None:
                    ends[partition] = end
                    if last is not None and await consumer.position(partition) < end - last:
                        consumer.seek(partition, end - last)
            left = {each for each in left if each not in ends or await consumer.position(each) < ends[each]}


@asynccontextmanager
async def _reader(settings: Settings, names: dict[str, str]) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(**consumer_options(settings), fetch_max_wait_ms=50)
    try:
        await consumer.start()
        partitions = []
        for name in names:
            # A consumer without a topic of its own knows none until it is asked about it.
            await consumer._client._wait_on_metadata(name)
            partitions += [TopicPartition(name, each) for each in consumer.partitions_for_topic(name) or ()]
        consumer.assign(partitions)
        await consumer.seek_to_beginning()
        yield consumer
    except asyncio.CancelledError as error:
        if was_asked_to_end():
            raise
        raise KafkaError("the client gave up what it was doing") from error
    finally:
        await stop_consumer(consumer)
