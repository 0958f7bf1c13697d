"""The published schemas describe all records and topics, and every reference in them leads somewhere."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from schemas import (
    Agreement,
    Claim,
    Decision,
    Discrepancy,
    Passed,
    RawArticle,
    Record,
    Rejection,
    Span,
    Talk,
)
from streams import schema
from streams.records import TYPES, encode, headers_of
from streams.topics import ALL
from tests import fakes


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
    assert set(addresses) == {f"test.{topic.name}" for topic in ALL}
    for topic, model in schema.CHANNELS.items():
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


@pytest.mark.parametrize("topic", schema.CHANNELS)
def test_every_topic_is_described(topic: str) -> None:
    assert schema.TOPICS[topic]


ARTICLE = fakes.accepted(RawArticle(article_id="a", body="نص", published_at="2022-01-03T08:00:00+02:00"))
CLAIM = Claim(claim_id="claim-1", talk_id="talk-1", article_id="a", evidence=Span.of("نص", 0, 2))
RECORDS: list[tuple[str, Record]] = [
    ("articles.raw", RawArticle(body="نص", headline="a field of the sender's own")),
    ("articles.accepted", ARTICLE),
    ("signals", fakes.signal_of(ARTICLE)),
    ("statements", fakes.statement("statement-1")),
    (
        "talks",
        Talk(
            talk_id="talk-1",
            claims=(CLAIM,),
            discrepancies=(
                Discrepancy(claims=("claim-1", "claim-2"), field="dates", agreement=Agreement.INCOMPATIBLE, note=""),
            ),
        ),
    ),
    ("alerts", fakes.alert_of(fakes.signal_of(ARTICLE))),
    ("alerts.corroborations", fakes.alert_of(fakes.signal_of(ARTICLE)).model_copy(update={"revision": 1})),
    ("alerts.undelivered", fakes.alert_of(fakes.signal_of(ARTICLE))),
    (
        "quarantine",
        Rejection(
            rejection_id="rejection-1",
            stage="deduplicate",
            reason="not_json",
            error="expected value",
            topic="rasid.articles.raw",
            partition=0,
            offset=3,
            record_value="eA==",
            rejected_at=datetime(2022, 1, 3, tzinfo=UTC),
        ),
    ),
    (
        "decisions",
        Decision(article_id="a", stage="trigger_alerts", record_id="b", passed=(Passed(taken=False, reason="mild"),)),
    ),
]


def of_topic(topic: str) -> dict[str, Any]:
    """What AsyncAPI says of the records of a topic, as a JSON Schema of draft 07."""
    document = schema.asyncapi("rasid.")
    message = document["components"]["messages"][topic.replace(".", "_")]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document, **message["payload"]}


def breakages(value: Any) -> Iterator[Any]:
    """The record with one of its values replaced by one of another type, each in turn."""
    for place in places(value):
        broken = copy.deepcopy(value)
        *way, last = place
        node = broken
        for step in way:
            node = node[step]
        node[last] = {"neither": "text nor number"} if not isinstance(node[last], dict) else "no object"
        yield broken


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield (key,)
        yield from ((key, *rest) for rest in places(inner))


@pytest.mark.parametrize(("topic", "record"), RECORDS, ids=[topic for topic, _ in RECORDS])
def test_what_is_sent_is_as_the_schemas_say_and_nothing_else_is(topic: str, record: Record) -> None:
    of_record = schema.json_schemas()[type(record).__name__.lower()]
    value = json.loads(encode(record))
    for described in (of_record, of_topic(topic)):
        validator = jsonschema_rs.validator_for(described, validate_formats=True)
        validator.validate(value)
        for broken in breakages({name: inner for name, inner in value.items() if name != "headline"}):
            assert not validator.is_valid(broken), broken


def test_every_topic_has_a_record_that_was_held_against_its_schema() -> None:
    assert {topic for topic, _ in RECORDS} == {topic.name for topic in ALL}


def test_an_alert_travels_with_the_headers_that_are_described() -> None:
    headers = {name: value.decode() for name, value in headers_of(fakes.alert_of(fakes.signal_of(ARTICLE)))}
    undelivered = {**headers, "rasid-endpoint": "webhook.desk", "rasid-error": "500"}
    jsonschema_rs.validate(schema.HEADERS["alerts"], headers)
    jsonschema_rs.validate(schema.HEADERS["alerts.undelivered"], undelivered)
    for given, described in ((undelivered, "alerts"), (undelivered, "alerts.undelivered")):
        for name in schema.HEADERS[described]["required"]:
            with pytest.raises(jsonschema_rs.ValidationError):
                jsonschema_rs.validate(schema.HEADERS[described], {**given, name: None})


def test_the_document_is_asyncapi_and_its_schemas_are_json_schemas() -> None:
    specification = json.loads((Path(__file__).parents[1] / "schemas" / "asyncapi-3.0.0.json").read_text("utf-8"))
    document = schema.asyncapi("rasid.")
    validator = jsonschema_rs.validator_for(specification)
    validator.validate(document)
    assert not validator.is_valid({**document, "channels": {"alerts": {"address": 1}}})
    for described in schema.json_schemas().values():
        jsonschema_rs.meta.validate(described)
    for described in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "http://json-schema.org/draft-07/schema#", **described})
        assert "prefixItems" not in json.dumps(described)
