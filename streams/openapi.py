"""The OpenAPI document of the page's API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from schemas import Alert, AlertKind, Article, ScheduledTalk, Severity, Talk, Watchlist
from streams.delivery import parties_of
from streams.query import MOST

REFERENCE = "#/components/schemas/{model}"


def openapi(watchlist: Watchlist) -> dict[str, Any]:
    """OpenAPI 3.1; the schemas are those of the records, the ids those of the watchlist."""
    models = [(model, "serialization") for model in (Alert, Article, ScheduledTalk, Talk)]
    _, definitions = models_json_schema(models, ref_template=REFERENCE)  # type: ignore[arg-type]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rasid", "version": "1", "description": "Alerts on scheduled talks. Read-only."},
        "security": [{}, {"token": []}, {"browser": []}],
        "paths": {
            "/api/alerts": _get(
                "The last alerts, the newest first.",
                {
                    "ready": {"type": "boolean"},
                    "cursor": {"type": "string", "description": "Where /events?after= goes on."},
                    "alerts": {"type": "array", "items": _reference("Alert")},
                },
                [
                    *_filters(watchlist),
                    _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100}),
                ],
            ),
            "/api/alerts/{alert_id}": _get(
                "The last revision of an alert, among the last 2,000.",
                {"alert": _reference("Alert")},
                [{"name": "alert_id", "in": "path", "required": True, "schema": {"type": "string"}}],
                {"404": {"description": "No such alert is kept."}},
            ),
            "/api/talks": _get(
                "Every talk of the watchlist, with the ledger's reading.",
                {
                    "talks": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["expected", "ledger"],
                            "properties": {
                                "expected": {"type": "object"},
                                "ledger": {"anyOf": [_reference("Talk"), {"type": "null"}]},
                            },
                        },
                    }
                },
            ),
            "/api/escalation": _get(
                "The escalation index of each pair of parties over four weeks of event time.",
                {
                    "pairs": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["parties", "points", "usual"],
                            "properties": {
                                "parties": {"type": "array", "items": {"type": "string"}},
                                "points": {"type": "array", "items": {"type": "array"}},
                                "usual": {
                                    "description": "The usual range: its median, and up to where it goes.",
                                    "anyOf": [
                                        {
                                            "type": "object",
                                            "required": ["median", "limit"],
                                            "properties": {name: {"type": "number"} for name in ("median", "limit")},
                                        },
                                        {"type": "null"},
                                    ],
                                },
                            },
                        },
                    }
                },
            ),
            "/api/articles/{article_id}": _get(
                "A recent article and the spans that alerts show (code points of the body).",
                {"article": _reference("Article"), "evidence": {"type": "array", "items": {"type": "object"}}},
                [{"name": "article_id", "in": "path", "required": True, "schema": {"type": "string"}}],
                {"404": {"description": "No such article is kept."}},
            ),
            "/api/names": _get(
                "What parties, talks and places are called.",
                {name: {"type": "object"} for name in ("title", "parties", "talks", "places")},
            ),
            "/events": {
                "get": {
                    "summary": "Alerts as they come, as Server-Sent Events.",
                    "parameters": [
                        *_filters(watchlist),
                        _query("corroborations", {"type": "boolean", "default": False}),
                        _query("after", {"type": "string"}),
                        {"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"}},
                    ],
                    "responses": {
                        "200": {"description": "Events.", "content": {"text/event-stream": {}}},
                        **_refusals(),
                        "503": {"description": "Not now; Retry-After says when to come back."},
                    },
                }
            },
        },
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "browser": {"type": "http", "scheme": "basic"},
            },
        },
    }


def _get(
    summary: str,
    properties: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    others: dict[str, Any] | None = None,
) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    answer = {"description": "The answer.", "content": {"application/json": {"schema": schema}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {"200": answer, **_refusals(), **(others or {})},
        }
    }


def _refusals() -> dict[str, Any]:
    return {
        "400": {"description": "A parameter is wrong or unknown; the text names it."},
        "401": {"description": "A token is needed."},
        "403": {"description": "Only this machine is answered without a token."},
    }


def _filters(watchlist: Watchlist) -> list[dict[str, Any]]:
    return [
        _query("kind", _several(AlertKind)),
        _query("talk", _several(talk.id for talk in watchlist.talks)),
        _query("party", _several(parties_of(watchlist))),
        _query("min_severity", {"type": "string", "enum": list(Severity)}),
    ]


def _several(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": sorted(values)}}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "explode": True}


def _reference(model: str) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model)}
