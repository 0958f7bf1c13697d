"""The published schemas describe all records and topics, and every reference in them leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from streams import schema
from streams.records import TYPES


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def lookup(document: Any, reference: str) -> Any:
    assert reference.startswith("#/")
    for part in reference[2:].split("/"):
        document = document[part]
    return document


def test_every_topic_is_a_channel_that_leads_to_the_schema_of_its_record() -> None:
    document = schema.asyncapi("test.")
    assert document["asyncapi"] == "3.0.0"
    addresses = {channel["address"]: channel for channel in document["channels"].values()}
    assert set(addresses) == {f"test.{topic}" for topic in TYPES}
    for topic, model in TYPES.items():
        message = lookup(document, addresses[f"test.{topic}"]["messages"][model.__name__]["$ref"])
        payload = lookup(document, message["payload"]["$ref"])
        assert payload["title"] == model.__name__
        assert "schema_version" in payload["properties"]
        assert ("headers" in message) == topic.startswith("alerts")


def test_every_reference_leads_somewhere() -> None:
    for document in [schema.asyncapi("rasid."), *schema.json_schemas().values()]:
        for reference in references(document):
            assert lookup(document, reference)


def test_an_article_to_be_sent_needs_nothing_but_a_body() -> None:
    assert schema.json_schemas()["rawarticle"]["required"] == ["body"]


def test_the_documents_are_written_one_for_each_record(tmp_path: Path) -> None:
    files = schema.write(tmp_path / "new", "rasid.")
    assert {path.name for path in files} == {
        "asyncapi.json",
        *(f"{model.__name__.lower()}.schema.json" for model in TYPES.values()),
    }
    for path in files:
        assert json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("topic", TYPES)
def test_every_topic_is_described(topic: str) -> None:
    assert schema.TOPICS[topic]
