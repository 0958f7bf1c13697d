"""The topics: their names, types, sizes and how long they are kept. All are declared before anything is sent.

Sizes, from the settings' `article_bytes` (10 MB) on: the raw topic takes 24 MB, so that an article which is too large
for us still arrives and is quarantined with its bytes; the quarantine takes 40 MB, since base64 makes 32 MB of those.
A sender of ours refuses what is larger than the topic with a clear error; the broker refuses it from others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from streams.records import CORROBORATIONS, UNDELIVERED
from streams.settings import MEGABYTE, Settings
from streams.tasks import end_tasks

LARGEST: Final = 40 * MEGABYTE
DAY: Final = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its name without prefix, its largest record in bytes, whether only the last of a key counts."""

    name: str
    largest: int = 20 * MEGABYTE
    compacted: bool = False

    def config(self, settings: Settings) -> dict[str, str]:
        """The broker's settings of the topic."""
        config = {"max.message.bytes": str(self.largest)}
        if self.compacted:
            config["cleanup.policy"] = "compact"
        else:
            config["retention.ms"] = str(settings.retention_days * DAY)
        if settings.replication >= 3:
            config["min.insync.replicas"] = "2"
        return config


ALL: Final = (
    Topic("articles.raw", largest=24 * MEGABYTE),
    Topic("articles.accepted"),
    Topic("signals"),
    Topic("statements"),
    Topic("talks", compacted=True),
    Topic("alerts"),
    Topic(CORROBORATIONS),
    Topic(UNDELIVERED),
    Topic("quarantine", largest=LARGEST),
    Topic("decisions"),
)


def kafka_options(settings: Settings) -> dict[str, Any]:
    """The keyword arguments that every aiokafka client of ours needs to reach the brokers."""
    password = settings.kafka_password
    return {
        "bootstrap_servers": settings.brokers,
        "security_protocol": settings.kafka_security,
        "ssl_context": settings.kafka_tls(),
        **(
            {
                "sasl_mechanism": settings.kafka_mechanism,
                "sasl_plain_username": settings.kafka_username,
                "sasl_plain_password": password.get_secret_value() if password is not None else None,
            }
            if settings.kafka_security.startswith("SASL")
            else {}
        ),
    }


def consumer_options(settings: Settings) -> dict[str, Any]:
    """Those of a consumer beside: one without a group, that reads from the beginning.

    Ask `highwater` for the end of a partition, or `streams.ends` where nothing is fetched: to `end_offsets` Tansu
    answers with less than there is.
    """
    return {
        **kafka_options(settings),
        "group_id": None,
        "enable_auto_commit": False,
        "auto_offset_reset": "earliest",
    }


async def stop_consumer(consumer: AIOKafkaConsumer) -> None:
    """Stop a consumer, whatever its fetcher is doing.

    aiokafka lets the cancellation of a fetch that waits for another try escape from `stop`, as if it were that of
    whoever waits for the end, and then leaves the other fetches and all connections as they are.
    """
    stopping = asyncio.create_task(consumer.stop())
    try:
        await asyncio.wait({stopping})
    finally:
        stopping.cancel()
    if stopping.cancelled():
        await end_tasks(consumer._fetcher._pending_tasks)
        await consumer._client.close()
    else:
        stopping.result()


async def declare(settings: Settings, topics: Iterable[Topic] = ALL) -> None:
    """Create the topics that are not there yet. Raises KafkaError; those that are there are left as they are."""
    admin = AIOKafkaAdminClient(**kafka_options(settings), request_timeout_ms=15_000)
    await admin.start()
    try:
        existing = set(await admin.list_topics())
        wanted = {settings.topic(topic.name): topic for topic in topics}
        missing = {name: topic for name, topic in wanted.items() if name not in existing}
        if missing:
            await _create(admin, missing, settings)
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, missing: Mapping[str, Topic], settings: Settings) -> None:
    response = await admin.create_topics(
        [
            NewTopic(name, settings.partitions, settings.replication, topic_configs=topic.config(settings))
            for name, topic in missing.items()
        ],
        timeout_ms=15_000,
    )
    for name, code, *reason in response.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            raise for_code(code)(f"cannot create the topic {name}: {reason[0] if reason else code}")


async def wait_for_broker(
    settings: Settings, seconds: float, waiting: Callable[[Exception], object] = lambda _: None
) -> None:
    """Declare the topics as soon as the broker answers. Raises the last KafkaError or OSError after `seconds`.

    `waiting` is told each error, and that we go on waiting.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        try:
            return await declare(settings)
        except (KafkaError, OSError) as error:
            if loop.time() >= deadline:
                raise
            waiting(error)
            await asyncio.sleep(0.5)
