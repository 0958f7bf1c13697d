"""What a query asks for. Whatever is misspelt is refused: a filter that never matches would be taken for calm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NoReturn

from aiohttp import web
from pydantic import ValidationError

from schemas import Watchlist
from streams.delivery import Filter, unknown_ids

MOST: Final = 500  # alerts of one answer
FILTERS: Final = {"kind": "kinds", "talk": "talks", "party": "parties"}  # may be given several times
ALERTS: Final = (*FILTERS, "min_severity", "limit")
EVENTS: Final = (*FILTERS, "min_severity", "corroborations", "after")


def filter_of(request: web.Request, watchlist: Watchlist, parameters: Iterable[str] = EVENTS) -> Filter:
    """The filter in a query, as ?kind=escalation&min_severity=warning.

    Raises HTTPBadRequest, which names the parameter: one that is none of `parameters`, a value that is none, or an id
    that is not on the watchlist.
    """
    query, known = request.query, tuple(parameters)
    for name in query:
        if name not in known:
            _refuse(name, f"there are {', '.join(known)}")
    fields: dict[str, Any] = {field: query.getall(name) for name, field in FILTERS.items() if name in query}
    fields |= {name: query[name] for name in ("min_severity", "corroborations") if name in query}
    try:
        wanted = Filter.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        _refuse(_parameter(str(first["loc"][0])), first["msg"])
    for field, reason in unknown_ids(wanted, watchlist):
        _refuse(_parameter(field), reason)
    return wanted


def limit_of(request: web.Request) -> int:
    """How many alerts a query asks for. Raises HTTPBadRequest."""
    text = request.query.get("limit", "100")
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= MOST):
        _refuse("limit", f"a number from 1 to {MOST}")
    return int(text)


def _parameter(field: str) -> str:
    return next((name for name in FILTERS if FILTERS[name] == field), field)


def _refuse(name: str, reason: str) -> NoReturn:
    raise web.HTTPBadRequest(text=f"{name}: {reason}\n") from None
