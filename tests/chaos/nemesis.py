"""Makes go wrong what the schedule says."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from pathlib import Path

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from streams.topics import LARGEST, kafka_options
from tests.chaos.schedule import Event, Fault, Plan
from tests.chaos.servers import Cluster, Server

PADDING = 1 << 20


class Nemesis:
    """Injects the events of a plan as the articles go out. Call `sent` after each article."""

    def __init__(self, plan: Plan, cluster: Cluster) -> None:
        self._plan = plan
        self._cluster = cluster
        self._sent = 0
        self._progress = asyncio.Event()
        self.injected: Counter[Fault] = Counter()
        self.redelivered = 0

    def sent(self) -> None:
        """One more article is on its way."""
        self._sent += 1
        self._progress.set()

    async def run(self) -> None:
        """Returns when everything has gone wrong that was to, and is in order again."""
        for event in self._plan.events:
            while self._sent <= event.article:
                self._progress.clear()
                await self._progress.wait()
            await asyncio.sleep(event.delay)
            await self._inject(event)
            self.injected[event.fault] += 1

    async def _inject(self, event: Event) -> None:
        cluster, worker = self._cluster, self._cluster.workers[event.worker % len(self._cluster.workers)]
        match event.fault:
            case Fault.KILL_WORKER:
                worker.send(signal.SIGKILL)
            case Fault.TERM_WORKER:
                worker.send(signal.SIGTERM)
            case Fault.STOP_WORKER:
                worker.send(signal.SIGSTOP)
                await asyncio.sleep(event.seconds)
                worker.send(signal.SIGCONT)
            case Fault.KILL_BROKER:
                await _restart(cluster.broker, signal.SIGKILL, event.seconds)
            case Fault.RESTART_BROKER:
                await _restart(cluster.broker, signal.SIGTERM, event.seconds)
            case Fault.KILL_STORE:
                await _restart(cluster.store, signal.SIGKILL, event.seconds)
            case Fault.RESTART_STORE:
                await _restart(cluster.store, signal.SIGTERM, event.seconds)
            case Fault.FLUSH_STORE:
                await cluster.until_the_store_answers()
                with cluster.redis as redis:
                    redis.flushall()
            case Fault.FULL_STORE:
                await self._fill_memory(event.seconds)
            case Fault.FULL_DISK:
                await self._fill_disk(event.seconds)
            case Fault.CUT_BROKER:
                await cluster.broker_proxy.cut(event.seconds)
            case Fault.CUT_STORE:
                await cluster.store_proxy.cut(event.seconds)
            case Fault.HOLD_BROKER:
                await cluster.broker_proxy.hold(event.seconds)
            case Fault.HOLD_STORE:
                await cluster.store_proxy.hold(event.seconds)
            case Fault.REDELIVER:
                await self._redeliver(event)

    async def _fill_memory(self, seconds: float) -> None:
        await self._cluster.until_the_store_answers()
        with self._cluster.redis as redis:
            redis.config_set("maxmemory", 1)
        await asyncio.sleep(seconds)
        with self._cluster.redis as redis:
            redis.config_set("maxmemory", 0)

    async def _fill_disk(self, seconds: float) -> None:
        """Leave no byte free where the store keeps its file; only where that is a small file system of its own."""
        folder = self._cluster.store_folder
        padding = Path(folder) / "padding"
        with padding.open("wb") as file:
            try:
                while True:
                    file.write(b"\0" * PADDING)
                    file.flush()
            except OSError:
                pass
        await asyncio.sleep(seconds)
        padding.unlink()
        if self._cluster.store.process is not None and self._cluster.store.process.poll() is not None:
            await _restart(self._cluster.store, signal.SIGKILL, 0)  # it ended on it, as it may

    async def _redeliver(self, event: Event) -> None:
        """Some of the articles so far once more, in any order."""
        chance = random.Random(self._plan.seed * 1000 + event.article)
        before = list(self._plan.entries[: event.article + 1])
        again = chance.sample(before, min(len(before), 6))
        settings = self._cluster.settings
        producer = AIOKafkaProducer(**kafka_options(settings), acks="all", max_request_size=LARGEST)
        await producer.start()
        try:
            for entry in again:
                key = None if entry.article_id is None else entry.article_id.encode()
                await producer.send_and_wait(settings.topic("articles.raw"), entry.value, key=key)
                self.redelivered += 1
        except KafkaError:
            pass  # a delivery that fails is none
        finally:
            await producer.stop()


async def _restart(server: Server, number: signal.Signals, seconds: float) -> None:
    await asyncio.to_thread(server.end, number)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(server.start)
