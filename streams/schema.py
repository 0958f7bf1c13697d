"""The records as JSON Schemas, and the topics as an AsyncAPI 3 document: what a subscriber or a sender builds on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from schemas import Alert, RawArticle, Record
from streams.records import CORROBORATIONS, TYPES, UNDELIVERED

CHANNELS: Final[Mapping[str, type[Record]]] = {**TYPES, UNDELIVERED: Alert}
TOPICS: Final[Mapping[str, str]] = {
    "articles.raw": "Articles as they are received. Send yours here, keyed by the article's id. Unknown fields stay.",
    "articles.accepted": "Every article with its verdict: unique, a copy, or a revision. Keyed by article.",
    "signals": "Acts and threats between parties, with the words that show them. Keyed by article.",
    "statements": "Who said what about which talks, and whether it is new. Keyed by party.",
    "talks": "The current reading of each talk. Compacted: the last record of a talk counts. Keyed by talk.",
    "alerts": "What is worth waking somebody for, once. CloudEvents, binary mode. Keyed by alert.",
    CORROBORATIONS: "Repeats that attach to an earlier alert and wake nobody. As alerts.",
    UNDELIVERED: "Alerts that an endpoint never took. As they were, with its name and the reason as headers.",
    "quarantine": "Records that a stage could not process: the bytes, the stage, the reason.",
    "decisions": "What each stage did with each record, and why. Keyed by article.",
}
CLOUD_EVENT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type"],
    "properties": {
        "content-type": {"type": "string", "const": "application/json"},
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "description": "The alert's id, #, and its revision."},
        "ce_source": {"type": "string", "format": "uri-reference"},
        "ce_type": {"type": "string", "description": "rasid.alert. and the kind of the alert."},
        "ce_subject": {"type": "string", "description": "The alert's id."},
        "ce_time": {"type": "string", "format": "date-time", "description": "The event's time."},
    },
}
FAILURE: Final[dict[str, Any]] = {
    **CLOUD_EVENT,
    "required": [*CLOUD_EVENT["required"], "rasid-endpoint", "rasid-error"],
    "properties": {
        **CLOUD_EVENT["properties"],
        "rasid-endpoint": {"type": "string", "description": "The endpoint's name, as in the metrics."},
        "rasid-error": {"type": "string", "description": "What it answered last."},
    },
}
HEADERS: Final = {"alerts": CLOUD_EVENT, CORROBORATIONS: CLOUD_EVENT, UNDELIVERED: FAILURE}


class _Draft07(GenerateJsonSchema):
    """AsyncAPI's schemas are those of draft 07, which names the items of a tuple in another way."""

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        found = super().tuple_schema(schema)
        if "prefixItems" in found:
            if "items" in found:
                found["additionalItems"] = found["items"]
            found["items"] = found.pop("prefixItems")
        return found


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (2020-12) of each record, by the record's name in lower case: "alert", "rawarticle"."""
    return {
        model.__name__.lower(): {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(mode=_mode(model)),
        }
        for model in dict.fromkeys(TYPES.values())
    }


def asyncapi(prefix: str) -> dict[str, Any]:
    """The AsyncAPI 3.0 document of all topics; `prefix` is that of their names, as "rasid."."""
    models = list(dict.fromkeys(TYPES.values()))
    _, schemas = models_json_schema(
        [(model, _mode(model)) for model in models],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Draft07,
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Rasid",
            "version": version("rasid"),
            "description": "News of scheduled talks and of escalation, from articles to alerts. Values are UTF-8 JSON.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {_channel(topic): _describe_channel(topic, prefix) for topic in CHANNELS},
        "operations": {
            _channel(topic): {
                "action": "receive" if topic == "articles.raw" else "send",
                "channel": {"$ref": f"#/channels/{_channel(topic)}"},
            }
            for topic in CHANNELS
        },
        "components": {
            "messages": {
                _channel(topic): {
                    "name": model.__name__,
                    "contentType": "application/json",
                    "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
                    **({"headers": HEADERS[topic]} if topic in HEADERS else {}),
                    "bindings": {"kafka": {"key": {"type": "string"}}},
                }
                for topic, model in CHANNELS.items()
            },
            "schemas": schemas["$defs"],
        },
    }


def write(folder: Path, prefix: str) -> list[Path]:
    """Write `<record>.schema.json` for each record and `asyncapi.json` into `folder`; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = {f"{name}.schema.json": schema for name, schema in json_schemas().items()}
    documents["asyncapi.json"] = asyncapi(prefix)
    for name, document in documents.items():
        (folder / name).write_text(as_text(document) + "\n", encoding="utf-8")
    return [folder / name for name in documents]


def as_text(document: Mapping[str, Any]) -> str:
    """The document as JSON for people."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def _mode(model: type[BaseModel]) -> Any:
    """What is sent to us is described as we accept it, what we send as it is sent."""
    return "validation" if model is RawArticle else "serialization"


def _channel(topic: str) -> str:
    return topic.replace(".", "_")


def _describe_channel(topic: str, prefix: str) -> dict[str, Any]:
    name = _channel(topic)
    return {
        "address": f"{prefix}{topic}",
        "description": TOPICS[topic],
        "messages": {CHANNELS[topic].__name__: {"$ref": f"#/components/messages/{name}"}},
    }
