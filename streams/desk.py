"""All that subscribers get from a worker: the page, its API and events, webhooks, Alertmanager."""

from __future__ import annotations

from aiohttp import web
from redis.asyncio import Redis

from schemas import Watchlist
from streams.courier import Tally
from streams.read_model import build_model, keep_reading
from streams.settings import Settings
from streams.subscribers import Subscribers, delivering, load_subscribers
from streams.web import page_routes


class Desk:
    """Built with the worker; serves `routes`, and works while `run` does. Raises SubscribersError."""

    def __init__(
        self,
        settings: Settings,
        watchlist: Watchlist,
        redis: Redis,
        tally: Tally,
    ) -> None:
        self._settings = settings
        self._redis = redis
        self._tally = tally
        path = settings.subscribers
        self._subscribers = load_subscribers(path, watchlist) if path is not None else Subscribers()
        for name in self._subscribers.names():
            for result in ("delivered", "undelivered"):
                tally.delivered(name, result, 0)  # a rule sees the first one only where there was a zero before
            tally.delivery_failed(name, 0)
            tally.delivery_waits(name, 0.0)
        self.model = build_model(watchlist, settings)
        self.routes: list[web.RouteDef] = page_routes(self.model, settings)

    async def run(self) -> None:
        """Read the topics and deliver, until cancelled."""
        async with delivering(self._subscribers, self._settings, self._redis, self._tally):
            await keep_reading(self.model, self._settings)
