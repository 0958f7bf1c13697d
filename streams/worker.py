"""The daemon: waits for broker and store, runs the Faust app and the health server, ends in order on SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import faust
from aiohttp import web
from aiokafka.errors import KafkaError
from prometheus_client import CollectorRegistry, ProcessCollector
from redis.exceptions import RedisError

from schemas import Signal
from streams.app import Parts, build_app
from streams.desk import Desk
from streams.ends import LogEnds
from streams.gauges import Gauges
from streams.health import BROKER, STORE, Health, build_health
from streams.metrics import Metrics
from streams.process import Stage
from streams.rebuild import Fill, Rebuild
from streams.runner import CRASHED, end_the_process
from streams.server import BoundedSite, build_runner
from streams.settings import Profile, Settings
from streams.standstill import Place, Standstill
from streams.stores import RedisJournal, Session, Store, StoreLostError, connect_store, is_store_down
from streams.tasks import end_tasks, was_asked_to_end
from streams.topics import wait_for_broker
from streams.watchdog import Watchdog

if TYPE_CHECKING:
    from agents.deduplicate import SeenArticles
    from agents.knowledge import Knowledge

log = logging.getLogger(__name__)
LAG_SECONDS: Final = 1.0
PROBE_SECONDS: Final = 3.0  # for an answer
PROBE_EVERY: Final = 5.0


class StartError(Exception):
    """The worker cannot start; the message is meant for who started it."""


class Worker:
    """One worker process: `start`, then `finished` until `stop`. Build and use it within one running loop."""

    def __init__(
        self,
        settings: Settings,
        stages: Sequence[Stage],
        lexicon: Knowledge,
        seen: Callable[[Store], SeenArticles],
        *,
        registry: CollectorRegistry | None = None,
        fills: Sequence[Fill] = (),
        routes: Iterable[web.AbstractRouteDef] = (),
    ) -> None:
        self.settings = settings
        self.registry = registry or CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.store = Store(connect_store(settings), settings.key_prefix)
        watchlist = lexicon.watchlist
        self.metrics = Metrics(
            self.registry,
            stages=[stage.name for stage in stages],
            parties=lexicon.parties(),
            talks=[talk.id for talk in watchlist.talks],
            sources=settings.source_names,
        )
        self.health = Health(self.metrics)
        self.rebuild = Rebuild(self.store, list(fills), lambda _: self.metrics.rebuilds.inc(), self.health.beat)
        self._standstill = Standstill(settings.watchdog)
        self._parts = Parts(
            stages=stages,
            lexicon=lexicon,
            seen=seen(self.store),
            store=self.store,
            rebuild=self.rebuild,
            health=self.health,
            standstill=self._standstill,
            languages=watchlist.languages,
        )
        self.desk = Desk(settings, watchlist, self.store.redis, self.metrics)
        self._routes = (*self.desk.routes, *routes)
        self._app: faust.App | None = None
        self._ends = LogEnds(settings)
        self._waiting_records = 0
        self._watchdog: Watchdog | None = None
        self._session = Session(self.store)
        self._gauges = Gauges(
            self.metrics,
            self.desk.model.starts,
            RedisJournal(self._session, "alerts.signals", Signal, settings),
            watchlist,
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._site: web.AppRunner | None = None
        self.address: tuple[str, int] | None = None  # of the health server, once it listens

    async def start(self) -> None:
        """Come up. Raises StartError where broker or store do not answer, or the port is taken."""
        await self._serve()
        try:
            await self._wait_for_store()
            await self._wait_for_broker()
            await self._start_app()
        except StartError:
            await self._end_serving()
            raise
        self._watch()
        self._tasks = [
            asyncio.create_task(vital(work)) for work in (self._measure(), self._probe(), self._fill(), self.desk.run())
        ]

    async def _start_app(self) -> None:
        """Start the app; a new one, where the broker went away after it had answered."""
        deadline = time.monotonic() + self.settings.startup_wait
        while True:
            self._app = build_app(self.settings, self._parts)
            try:
                await self._app.start()
                return
            except (KafkaError, OSError) as error:
                log.warning("the broker went away while the app started: %s", _short(error))
                with suppress(Exception):  # what was half started may not stop in order
                    await asyncio.wait_for(self._app.stop(), self.settings.shutdown_grace)
                if time.monotonic() >= deadline:
                    raise StartError(f"no broker answers at {self.settings.brokers}: {_short(error)}") from None
            await self._wait_for_broker()

    async def finished(self) -> None:
        """Returns when the app has crashed; it never ends otherwise."""
        assert self._app is not None
        await self._app._crashed.wait()
        log.critical("the app crashed: %r", self._app.crash_reason)

    async def stop(self) -> None:
        """Finish what is in flight, commit, leave the group."""
        if self._watchdog is not None:
            self._watchdog.stop()
        await end_tasks(self._tasks)
        await self._ends.stop()
        if self._app is not None:
            await self._app.stop()
        await self._end_serving()
        await self.store.redis.aclose()

    async def probe(self) -> None:
        """Ask store and broker whether they are there."""
        try:
            await self.store.read_epoch()
        except (RedisError, OSError) as error:
            self.health.down(STORE, error)
        else:
            self.health.up(STORE)
        await self._ask_broker()

    async def _ask_broker(self) -> None:
        producer = getattr(self._app.producer, "_producer", None) if self._app is not None else None
        if producer is None:
            return
        try:
            there = await asyncio.wait_for(producer.client.force_metadata_update(), PROBE_SECONDS)
        except (KafkaError, OSError) as error:  # TimeoutError is an OSError
            self.health.down(BROKER, error)
        except asyncio.CancelledError as error:
            if was_asked_to_end():
                raise
            self.health.down(BROKER, error)  # the client gave up what it was doing
        else:
            if there:
                self.health.up(BROKER)
            else:
                self.health.down(BROKER, ConnectionError("no broker answers"))

    async def _wait_for_broker(self) -> None:
        try:
            await wait_for_broker(
                self.settings, self.settings.startup_wait, lambda error: self.health.down(BROKER, error, "start")
            )
        except (KafkaError, OSError) as error:
            raise StartError(f"no broker answers at {self.settings.brokers}: {_short(error)}") from None
        self.health.up(BROKER, "start")

    async def _wait_for_store(self) -> None:
        deadline = time.monotonic() + self.settings.startup_wait
        while True:
            try:
                await self.store.read_epoch()
                self.health.up(STORE, "start")
                return
            except (RedisError, OSError) as error:
                self.health.down(STORE, error, "start")
                if not is_store_down(error) or time.monotonic() >= deadline:
                    raise StartError(f"no store answers at {_address_of(self.store)}: {_short(error)}") from None
            await asyncio.sleep(0.5)

    async def _serve(self) -> None:
        application = build_health(self.health, self.registry, self.probe, self._routes)
        self._site = build_runner(application)
        await self._site.setup()
        site = BoundedSite(self._site, self.settings.host, self.settings.port)
        try:
            await site.start()
        except OSError as error:
            raise StartError(f"cannot listen on {self.settings.host}:{self.settings.port}: {error.strerror}") from None
        self.address = self._site.addresses[0][:2]

    async def _end_serving(self) -> None:
        if self._site is not None:
            await self._site.cleanup()

    async def _gauge(self) -> None:
        try:
            if self._session.adopt():
                self._gauges.forget()
            if self._session.epoch is not None:
                await self._gauges.update()
        except (RedisError, OSError, StoreLostError) as error:
            log.debug("the gauges stay as they are: %s", error)

    def _watch(self) -> None:
        if self.settings.watchdog:
            self._watchdog = Watchdog(
                self.health,
                lambda: self._waiting_records,
                self.settings.brokers,
                self.settings.watchdog,
                standstill=self._standstill,
            )
            self._watchdog.start()

    async def _fill(self) -> None:
        """Fill the store if it needs it, before the first record asks."""
        while True:
            try:
                await self.rebuild.ensure()
                self.health.rebuilt = True
                for dependency in (STORE, BROKER):
                    self.health.up(dependency, "rebuild")
                return
            except (RedisError, OSError, KafkaError) as error:
                self.health.down(BROKER if isinstance(error, KafkaError) else STORE, error, "rebuild")
                await asyncio.sleep(1)

    async def _probe(self) -> None:
        """Ask on a quiet night too, so that what /metrics tells is true without anybody asking /readyz."""
        while True:
            await self.probe()
            await asyncio.sleep(PROBE_EVERY)

    async def _measure(self) -> None:
        assert self._app is not None
        embedded = self.settings.profile is Profile.EMBEDDED  # Tansu would look through all it has, and tell less
        while True:
            asked = {} if embedded else await self._ends.ask(self._app.consumer.assignment())
            lag = lag_of(self._app, asked)
            self._waiting_records = sum(lag.values())
            places = {place: (committed_of(self._app, place), waiting) for place, waiting in lag.items()}
            self._standstill.look({} if self.health.waits else places, time.monotonic())
            self.metrics.set_lag(lag)
            self.health.troubles()
            await self._gauge()
            await asyncio.sleep(LAG_SECONDS)


async def vital(work: Coroutine[Any, Any, None], end: Callable[[BaseException], Any] = end_the_process) -> None:
    """Do what a worker is nothing without; whatever ends it that nobody asked for, ends the process."""
    try:
        await work
    except asyncio.CancelledError as error:
        if was_asked_to_end():
            raise
        end(error)
    except Exception as error:
        end(error)


def lag_of(app: faust.App, asked: Mapping[Place, int] | None = None) -> dict[Place, int]:
    """The records that wait in each of our partitions: the end of the log less the committed.

    The end is the later of what fetches tell and what the broker said when it was `asked`.
    """
    consumer: Any = app.consumer
    lag = {}
    for partition in list(consumer.assignment()):
        told = (consumer.highwater(partition), (asked or {}).get(partition))
        end = max((each for each in told if each is not None), default=None)
        if end is not None:
            lag[partition.topic, partition.partition] = max(0, end - (committed_of(app, partition) or 0))
    return lag


def committed_of(app: faust.App, place: Place) -> int | None:
    """Where the next worker would go on in one of our partitions; None where nothing was committed yet."""
    consumer: Any = app.consumer
    offset: int | None = consumer._committed_offset.get(place)
    return offset


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _address_of(store: Store) -> str:
    options = store.redis.connection_pool.connection_kwargs
    return f"{options.get('host')}:{options.get('port')}" if "host" in options else str(options.get("path"))


async def run(worker: Worker) -> int:
    """Run until SIGTERM or SIGINT; the exit status. Raises StartError."""
    loop = asyncio.get_running_loop()
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked_to_stop.set)
    await worker.start()
    crash = asyncio.create_task(worker.finished())
    stopping = asyncio.create_task(asked_to_stop.wait())
    await asyncio.wait({crash, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if crash.done():
        logging.shutdown()
        os._exit(CRASHED)  # an orderly stop would commit what was not done
    crash.cancel()
    stop = asyncio.create_task(worker.stop())
    _, late = await asyncio.wait({stop}, timeout=worker.settings.shutdown_grace)
    if late:  # not cancelled: Faust would take that for an order to go on
        log.warning("what is in flight was not finished in time; it stays uncommitted")
        logging.shutdown()
        os._exit(0)
    await stop
    return 0
