"""The alert page and its API, beside /metrics, /healthz and /readyz. Everything is read-only.

No address that an article names is ever fetched, and nothing of an article becomes markup: the API answers with JSON,
and the page sets text only.
"""

from __future__ import annotations

import json
from importlib import resources
from itertools import islice
from typing import Any, Final

from aiohttp import hdrs, web

from agents.trigger_alerts.summaries import name, talk_title
from streams.delivery import parties_of
from streams.guard import SECURITY_HEADERS, Handler, guarded
from streams.openapi import openapi
from streams.query import ALERTS, filter_of, limit_of
from streams.read_model import ReadModel
from streams.settings import Settings
from streams.sse import EVENT_HEADERS, send_events

ASSETS: Final = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "dom.js": "text/javascript; charset=utf-8",
    "formats.js": "text/javascript; charset=utf-8",
    "plot.js": "text/javascript; charset=utf-8",
    "views.js": "text/javascript; charset=utf-8",
    "words.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
FOLLOWERS: Final = 600  # of the events of one worker; the rest of its connections is for what is asked and answered


def page_routes(model: ReadModel, settings: Settings) -> list[web.RouteDef]:
    """The page, its assets, the API and the events, all behind the guard."""
    page = _Page(model)
    handlers: dict[str, Handler] = {
        "/": page.index,
        "/page/{asset}": page.asset,
        "/openapi.json": page.openapi,
        "/api/alerts": page.alerts,
        "/api/alerts/{alert_id}": page.alert,
        "/api/talks": page.talks,
        "/api/escalation": page.escalation,
        "/api/articles/{article_id}": page.article,
        "/api/names": page.names,
        "/events": page.events,
    }
    return [web.get(path, guarded(handler, settings)) for path, handler in handlers.items()]


class _Page:
    """The handlers over one model."""

    def __init__(self, model: ReadModel) -> None:
        self._model = model
        self._followers = 0
        files = resources.files("streams").joinpath("page")
        self._index = files.joinpath("index.html").read_bytes()
        self._assets = {asset: files.joinpath(asset).read_bytes() for asset in ASSETS}

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.Response(body=self._index, headers={**SECURITY_HEADERS, "Content-Type": "text/html; charset=utf-8"})

    async def asset(self, request: web.Request) -> web.StreamResponse:
        asset = request.match_info["asset"]
        if asset not in self._assets:
            raise web.HTTPNotFound(text="no such asset\n")
        return web.Response(body=self._assets[asset], headers={**SECURITY_HEADERS, "Content-Type": ASSETS[asset]})

    async def openapi(self, _: web.Request) -> web.StreamResponse:
        return _answer(openapi(self._model.watchlist))

    async def alerts(self, request: web.Request) -> web.StreamResponse:
        """The newest first; `cursor` is where /events goes on."""
        accepts = filter_of(request, self._model.watchlist, ALERTS).model_copy(update={"corroborations": True})
        limit = limit_of(request)
        found = islice((alert for alert in self._model.alerts() if accepts.matches(alert)), limit)
        return _answer(
            {
                "ready": self._model.ready,
                "cursor": str(self._model.bulletin.cursor),
                "alerts": [alert.model_dump(mode="json") for alert in found],
            }
        )

    async def alert(self, request: web.Request) -> web.StreamResponse:
        alert = self._model.alert(request.match_info["alert_id"])
        if alert is None:
            raise web.HTTPNotFound(text="no such alert is kept\n")
        return _answer({"alert": alert.model_dump(mode="json")})

    async def talks(self, _: web.Request) -> web.StreamResponse:
        """Every talk of the watchlist: what is expected, and what the ledger reads, null while nothing was said."""
        rows = []
        for expected in self._model.watchlist.talks:
            ledger = self._model.talk(expected.id)
            rows.append(
                {
                    "expected": expected.model_dump(mode="json", exclude={"names"}),
                    "ledger": None if ledger is None else ledger.model_dump(mode="json"),
                }
            )
        return _answer({"talks": rows})

    async def escalation(self, _: web.Request) -> web.StreamResponse:
        """The index of each pair over time, and its usual range by now, null while that is not known."""
        rows = []
        for pair, points in self._model.escalation().items():
            usual = self._model.usual(pair)
            rows.append(
                {
                    "parties": list(pair),
                    "points": [[moment.isoformat(), round(index, 3)] for moment, index in points],
                    "usual": usual and {"median": round(usual.usual, 3), "limit": round(usual.limit, 3)},
                }
            )
        return _answer({"pairs": rows})

    async def article(self, request: web.Request) -> web.StreamResponse:
        """A recent article, and the spans in it that alerts show."""
        article_id = request.match_info["article_id"]
        article = self._model.article(article_id)
        if article is None:
            raise web.HTTPNotFound(text="no such article is kept\n")
        return _answer(
            {
                "article": article.model_dump(mode="json"),
                "evidence": [
                    {"alert_id": alert.alert_id, "kind": alert.kind, "start": piece.span.start, "end": piece.span.end}
                    for alert, piece in self._model.evidence(article_id)
                ],
            }
        )

    async def names(self, _: web.Request) -> web.StreamResponse:
        """What parties and talks are called, in the languages of the page."""
        watchlist = self._model.watchlist
        parties = sorted(parties_of(watchlist))
        languages = ("ar", "en")
        return _answer(
            {
                "title": watchlist.title,
                "parties": {party: {code: name(party, watchlist, code) for code in languages} for party in parties},
                "talks": {
                    talk.id: {code: talk_title(talk.id, watchlist, code) for code in languages}
                    for talk in watchlist.talks
                },
                "places": {
                    place.id: {code: next(iter(place.names.get(code, ())), place.id) for code in languages}
                    for place in watchlist.places
                },
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        accepts = filter_of(request, self._model.watchlist)
        if not self._model.ready:
            raise web.HTTPServiceUnavailable(text="the alerts are still being read\n", headers={"Retry-After": "2"})
        if self._followers >= FOLLOWERS:
            raise web.HTTPServiceUnavailable(text="too many follow the events\n", headers={"Retry-After": "60"})
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers=EVENT_HEADERS | SECURITY_HEADERS)
        self._followers += 1
        try:
            return await send_events(request, self._model.bulletin, accepts, SECURITY_HEADERS)
        finally:
            self._followers -= 1


def _answer(value: Any) -> web.Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=body, headers={**SECURITY_HEADERS, "Content-Type": "application/json; charset=utf-8"})
