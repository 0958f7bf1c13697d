"""How the worker is: what it waits for, whether it is ready; and /metrics, /healthz and /readyz."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from streams.metrics import Metrics

Probe = Callable[[], Awaitable[None]]
BROKER: Final = "broker"
STORE: Final = "store"


class Health:
    """What is known of the worker's state. Written by the loop, read by the watchdog's thread."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self._waiting: dict[tuple[str, str], str] = {}  # by dependency and who waits for it
        self.assigned = False  # the group has given us our share, be it empty
        self.rebuilt = False  # the store holds what the topics say
        self.progress = time.monotonic()  # when a record was last dealt with, or waited for with a reason
        self.up(BROKER)
        self.up(STORE)

    def down(self, dependency: str, error: BaseException, asker: str = "probe") -> None:
        """A dependency does not answer; whoever needs it waits. A full store answers a probe, and takes nothing."""
        self._waiting[dependency, asker] = f"{dependency}: {type(error).__name__}: {error}"
        self._show(dependency)
        self.beat()

    def up(self, dependency: str, asker: str = "probe") -> None:
        """A dependency answers this asker."""
        self._waiting.pop((dependency, asker), None)
        self._show(dependency)

    def beat(self) -> None:
        """There was progress."""
        self.progress = time.monotonic()

    @property
    def waits(self) -> bool:
        """Whether something is being waited for."""
        return bool(self._waiting)

    def troubles(self) -> list[str]:
        """Why the worker is not ready; empty where it is."""
        troubles = list({dependency: trouble for (dependency, _), trouble in self._waiting.items()}.values())
        if not self.assigned:
            troubles.append("partitions: none assigned yet")
        if not self.rebuilt:
            troubles.append("store: not yet rebuilt from the topics")
        self.metrics.ready.set(not troubles)
        return troubles

    def _show(self, dependency: str) -> None:
        value = int(all(dependency != waited_for for waited_for, _ in self._waiting))
        self.metrics.up.labels(dependency).set(value)
        if dependency == STORE:
            self.metrics.store_up.set(value)


def health_routes(health: Health, registry: CollectorRegistry, probe: Probe) -> list[web.RouteDef]:
    """The three routes. `probe` asks the dependencies and tells `health`."""

    async def metrics(_: web.Request) -> web.Response:
        health.troubles()
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        await probe()
        troubles = health.troubles()
        return web.json_response({"ready": not troubles, "troubles": troubles}, status=503 if troubles else 200)

    return [web.get("/metrics", metrics), web.get("/healthz", alive), web.get("/readyz", ready)]


def build_health(
    health: Health, registry: CollectorRegistry, probe: Probe, routes: Iterable[web.AbstractRouteDef] = ()
) -> web.Application:
    """A web application with the three routes, and `routes` beside them."""
    application = web.Application()
    application.add_routes([*health_routes(health, registry, probe), *routes])
    return application
