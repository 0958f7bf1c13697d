"""What the page shows: the last alerts, the talks, the escalation between parties, and recent articles, in memory.

Every worker reads the topics for itself, outside of any consumer group, from a bounded while ago. All is bounded: by
count, and the articles by bytes; the one that nobody has asked for the longest goes first.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from agents.trigger_alerts import surge
from schemas import Alert, Article, Evidence, Signal, Talk, TalkStatus, Watchlist
from schemas.packed import pack, unpack_alert
from streams.bulletin import Bulletin
from streams.records import CORROBORATIONS, UnreadableError, decode
from streams.settings import MEGABYTE, Profile, Settings
from streams.topics import consumer_options, stop_consumer

log = logging.getLogger(__name__)
# How many of the last records of each partition are read at the start.
WINDOWS: Final = {
    "alerts": 5_000,
    CORROBORATIONS: 5_000,
    "signals": 20_000,
    "articles.accepted": 2_000,
    "talks": 10_000,
}
SOURCES: Final = {"alerts": "a", CORROBORATIONS: "c"}
ALERTS: Final = 2_000
ARTICLE_BYTES: Final = 64 * MEGABYTE
SHOWN_DAYS: Final = 28
STEP: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An alert as it is kept: packed it takes a tenth."""

    revision: int
    article_ids: tuple[str, ...]
    packed: bytes

    @property
    def alert(self) -> Alert:
        return unpack_alert(self.packed)


class ReadModel:
    """The model itself: records in, answers out. Does no I/O."""

    def __init__(self, watchlist: Watchlist, epoch: str = "") -> None:
        self.watchlist = watchlist
        self.bulletin = Bulletin(epoch)
        self.ready = False  # whether what stood on the topics at the start was read
        self.now: datetime | None = None  # the latest event time of signals and alerts
        self._alerts: OrderedDict[str, _Kept] = OrderedDict()
        self._articles: OrderedDict[str, bytes] = OrderedDict()
        self._article_bytes = 0
        self._talks: dict[str, Talk] = {}
        self._unread: dict[str, bytes] = {}  # later records of talks: large, they come often and are seldom asked for
        self._history = surge.History()

    def apply(self, topic: str, place: tuple[int, int], key: bytes | None, value: bytes | None) -> None:
        """Take one record; `place` is its partition and offset. What cannot be read is passed over."""
        if topic == "articles.accepted":
            if key is not None and value is not None:
                self._keep(key.decode(errors="replace"), value)
            return
        if topic == "talks":
            if key is not None and value is not None:
                self._unread[key.decode(errors="replace")] = value
            return
        try:
            record = decode(topic, value)
        except UnreadableError as error:
            log.warning("%s cannot be read: %s", topic, error)
            return
        moment = getattr(record, "event_time", None)
        if moment is not None and (self.now is None or moment > self.now):
            self.now = moment
        match record:
            case Alert():
                self._take_alert(record)
                self.bulletin.add(f"{SOURCES[topic]}{place[0]}", place[1], record)
            case Signal():
                surge.remember(self._history, record, self.watchlist)

    def alerts(self) -> Iterator[Alert]:
        """The last revision of each alert, the newest alert first."""
        return (kept.alert for kept in reversed(self._alerts.values()))

    def alert(self, alert_id: str) -> Alert | None:
        """The last revision of an alert, None where it is not kept (any more)."""
        kept = self._alerts.get(alert_id)
        return None if kept is None else kept.alert

    def article(self, article_id: str) -> Article | None:
        """A recent article, None where it is not kept (any more)."""
        value = self._articles.get(article_id)
        if value is None:
            return None
        self._articles.move_to_end(article_id)
        try:
            record = decode("articles.accepted", value)
        except UnreadableError:
            return None
        return record if isinstance(record, Article) else None

    def talk(self, talk_id: str) -> Talk | None:
        """The ledger's last record of talks that could be read."""
        value = self._unread.pop(talk_id, None)
        if value is not None:
            try:
                self._talks[talk_id] = cast(Talk, decode("talks", value))
            except UnreadableError as error:
                log.warning("talks cannot be read: %s", error)
        return self._talks.get(talk_id)

    def starts(self, talk_id: str) -> date | None:
        """The day on which talks begin: the ledger's, where it has none yet the watchlist's.

        None where they are called off or put off to no day, and while the topics are still being read.
        """
        if not self.ready:
            return None
        talk = self.talk(talk_id)
        if talk is None:
            return next((row.starts for row in self.watchlist.talks if row.id == talk_id), None)
        return None if talk.status is TalkStatus.CANCELLED else talk.starts

    def evidence(self, article_id: str) -> list[tuple[Alert, Evidence]]:
        """What alerts show of an article."""
        return [
            (alert, piece)
            for kept in self._alerts.values()
            if article_id in kept.article_ids
            for alert in [kept.alert]
            for piece in alert.evidence
            if piece.article_id == article_id
        ]

    def escalation(self) -> dict[surge.Pair, list[tuple[datetime, float]]]:
        """The index of each pair of parties over the last four weeks of event time, a point every six hours."""
        if self.now is None or self._history.since is None:
            return {}
        start = max(self._history.since, self.now - timedelta(days=SHOWN_DAYS))
        steps = (self.now - start) // STEP
        moments = [self.now - STEP * back for back in range(steps, -1, -1)]
        return {
            pair: list(zip(moments, surge.series(self._history, pair, moments), strict=True))
            for pair in sorted(self._history.pairs)
        }

    def usual(self, pair: surge.Pair) -> surge.Surge | None:
        """How a pair stands to its usual range by now, None where it is not known yet."""
        return None if self.now is None else surge.judge(self._history, pair, self.now)

    def _take_alert(self, alert: Alert) -> None:
        known = self._alerts.get(alert.alert_id)
        if known is None or alert.revision > known.revision:
            self._alerts[alert.alert_id] = _Kept(alert.revision, alert.article_ids, pack(alert))
        if len(self._alerts) > ALERTS:
            self._alerts.popitem(last=False)
        for article_id in alert.article_ids:
            if article_id in self._articles:
                self._articles.move_to_end(article_id)

    def _keep(self, article_id: str, value: bytes) -> None:
        self._article_bytes += len(value) - len(self._articles.pop(article_id, b""))
        self._articles[article_id] = value
        while self._article_bytes > ARTICLE_BYTES:
            self._article_bytes -= len(self._articles.popitem(last=False)[1])


def build_model(watchlist: Watchlist, settings: Settings) -> ReadModel:
    """An empty model. The embedded broker forgets its offsets, so cursors of an earlier run are not for this one."""
    return ReadModel(watchlist, secrets.token_hex(8) if settings.profile is Profile.EMBEDDED else "")


async def keep_reading(model: ReadModel, settings: Settings) -> None:
    """Feed the model from the topics until cancelled; a broker that is away is waited for."""
    places: dict[TopicPartition, int] = {}
    while True:
        consumer = AIOKafkaConsumer(**consumer_options(settings))
        try:
            await consumer.start()
            await _read(consumer, model, settings, places)
        except (KafkaError, OSError) as error:
            log.warning("the page waits for the broker: %s", error)
        except Exception:  # the page is not worth the worker
            log.exception("the page reads on where it was")
        finally:
            with suppress(KafkaError, OSError):
                await stop_consumer(consumer)
        await asyncio.sleep(2)


async def _read(
    consumer: Any,
    model: ReadModel,
    settings: Settings,
    places: dict[TopicPartition, int],
) -> None:
    partitions = await _seek(consumer, model, settings, places)
    while True:
        batches = await consumer.getmany(timeout_ms=1000 if model.ready else 100, max_records=500)
        for partition, records in batches.items():
            topic = partition.topic.removeprefix(settings.prefix)
            for record in records:
                model.apply(topic, (partition.partition, record.offset), record.key, record.value)
            places[partition] = records[-1].offset + 1
            await asyncio.sleep(0)  # the page is served by the same loop
        if not model.ready:  # fetches tell the right end on every broker, ListOffsets does not
            ends = {partition: consumer.highwater(partition) for partition in partitions}
            model.ready = all(end is not None and places[partition] >= end for partition, end in ends.items())


async def _seek(
    consumer: Any, model: ReadModel, settings: Settings, places: dict[TopicPartition, int]
) -> list[TopicPartition]:
    """Go to where the reading was left, or a window before the end."""
    cluster = await consumer._client.fetch_all_metadata()
    partitions = [
        TopicPartition(name, partition)
        for name in map(settings.topic, WINDOWS)
        for partition in sorted(cluster.partitions_for_topic(name) or ())
    ]
    consumer.assign(partitions)
    beginnings: dict[TopicPartition, int] = await consumer.beginning_offsets(partitions)
    ends: dict[TopicPartition, int] = await consumer.end_offsets(partitions)
    for partition in partitions:
        topic = partition.topic.removeprefix(settings.prefix)
        if partition not in places:
            places[partition] = max(beginnings[partition], ends[partition] - WINDOWS[topic])
            if topic in SOURCES:
                model.bulletin.begin(f"{SOURCES[topic]}{partition.partition}", places[partition])
        consumer.seek(partition, places[partition])
    return partitions
