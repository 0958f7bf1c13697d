from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from schemas import Alert, Article, Evidence, Record, Signal, Span, Talk, Watchlist
from streams.bulletin import Bulletin
from streams.openapi import openapi
from streams.query import ALERTS, EVENTS, filter_of
from streams.read_model import ReadModel
from streams.settings import Settings
from streams.sse import send_events
from streams.web import ASSETS, page_routes

Client = TestClient[web.Request, web.Application]
Serve = Callable[..., Any]
BODY = "قال الكرملين إن المحادثات ستعقد في 10 يناير. <script>alert(1)</script>"


class Desk:
    """A model with a server before it; records are put in as the topics would."""

    def __init__(self) -> None:
        text = (Path(__file__).parents[2] / "seeds" / "watchlist.yaml").read_text("utf-8")
        self.model = ReadModel(Watchlist.model_validate(yaml.safe_load(text)))
        self.model.ready = True
        self._offsets: dict[str, int] = {}

    def put(self, topic: str, record: Record) -> None:
        offset = self._offsets.get(topic, 0)
        self._offsets[topic] = offset + 1
        key = str(record.key).encode()  # type: ignore[attr-defined]
        self.model.apply(topic, (0, offset), key, record.model_dump_json().encode())


def alert(number: int, **fields: Any) -> Alert:
    return Alert(
        **{
            "alert_id": f"alert-{number}",
            "kind": "new_statement",
            "severity": "info",
            "reason": "new",
            "summary": {"en": "A statement", "ar": "تصريح"},
            "article_ids": ("article-1",),
            "evidence": (Evidence(article_id="article-1", span=Span.of(BODY, 16, 40)),),
            "event_time": datetime(2022, 1, 3, tzinfo=UTC),
            "talks": ("osce-2022-01",),
            "parties": ("russia",),
            **fields,
        }
    )


def act(day: int) -> Signal:
    return Signal(
        signal_id=f"signal-{day}",
        article_id=f"article-{day}",
        event_time=datetime(2022, 1, day, tzinfo=UTC),
        event_type="ASSAULT",
        direction="escalation",
        modality="asserted",
        intensity=-9,
        actors=("putin",),
        recipients=("ukraine",),
        evidence=Span.of(BODY, 0, 3),
    )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def serve(desk: Desk) -> AsyncIterator[Serve]:
    clients: list[Client] = []

    async def start(**fields: Any) -> Client:
        settings = Settings(_env_file=None, **fields)
        application = web.Application()
        application.add_routes(page_routes(desk.model, settings))
        client: Client = TestClient(TestServer(application))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


async def test_every_answer_carries_the_security_headers(serve: Serve) -> None:
    client = await serve()
    for path in ("/", "/page/page.js", "/api/alerts", "/api/articles/none", "/api/alerts?limit=x"):
        answer = await client.get(path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_brings_everything_itself_and_sets_only_text() -> None:
    folder = Path(__file__).parents[2] / "streams" / "page"
    assert {path.name for path in folder.iterdir()} == {*ASSETS, "index.html"}
    for path in folder.iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=", "onclick="):
            assert sink not in text, f"{path}: {sink}"


async def test_alerts_come_newest_first_each_in_its_last_revision(desk: Desk, serve: Serve) -> None:
    for number in range(3):
        desk.put("alerts", alert(number))
    desk.put("alerts.corroborations", alert(0, revision=1, origins=2))
    found = await (await (await serve()).get("/api/alerts")).json()
    assert [row["alert_id"] for row in found["alerts"]] == ["alert-2", "alert-1", "alert-0"]
    assert [row["origins"] for row in found["alerts"]] == [1, 1, 2]
    assert found["cursor"] == "~a0.3-c0.1"


QUERIES = {
    "?kind=escalation": ["alert-1"],
    "?kind=escalation&kind=surge": ["alert-1", "alert-2"],
    "?min_severity=warning": ["alert-1"],
    "?talk=osce-2022-01": ["alert-0", "alert-2"],
    "?party=usa": ["alert-1"],
    "?limit=1": ["alert-2"],
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.items())
async def test_alerts_are_filtered(query: str, expected: list[str], desk: Desk, serve: Serve) -> None:
    desk.put("alerts", alert(0))
    desk.put("alerts", alert(1, kind="escalation", severity="warning", parties=("usa",), talks=()))
    desk.put("alerts", alert(2, kind="surge"))
    found = await (await (await serve()).get("/api/alerts" + query)).json()
    assert sorted(row["alert_id"] for row in found["alerts"]) == expected


@pytest.mark.parametrize(
    "query",
    [
        "?kind=war",
        "?min_severity=high",
        "?limit=0",
        "?limit=501",
        "?limit=١",
        "?limit=-1",
        "?kin=escalation",
        "?talk=nothere",
        "?party=putin",
        "?after=~",
    ],
)
async def test_a_wrong_parameter_is_named(query: str, serve: Serve) -> None:
    answer = await (await serve()).get("/api/alerts" + query)
    assert answer.status == 400
    assert (await answer.text()).split(":")[0] == query[1:].split("=", maxsplit=1)[0]


@pytest.mark.parametrize("query", ["?kin=escalation", "?talk=nothere", "?party=putin", "?limit=1", "?kind=war"])
async def test_events_that_could_never_come_are_refused(query: str, serve: Serve) -> None:
    answer = await (await serve()).get("/events" + query)
    assert answer.status == 400
    assert (await answer.text()).split(":")[0] == query[1:].split("=", maxsplit=1)[0]


async def test_who_misspells_an_id_is_told_which_one_there_is(serve: Serve) -> None:
    answer = await (await serve()).get("/api/alerts?talk=osce-2022-1")
    assert await answer.text() == "talk: 'osce-2022-1' is the id of no talk; 'osce-2022-01' is\n"


async def test_an_alert_is_found_by_its_id_in_its_last_revision(desk: Desk, serve: Serve) -> None:
    desk.put("alerts", alert(0, alert_id="alert/0 ?"))
    desk.put("alerts.corroborations", alert(0, alert_id="alert/0 ?", revision=1, origins=2))
    client = await serve()
    found = (await (await client.get("/api/alerts/alert%2F0%20%3F")).json())["alert"]
    assert (found["alert_id"], found["revision"], found["origins"]) == ("alert/0 ?", 1, 2)
    assert (await client.get("/api/alerts/nothing")).status == 404


async def test_an_article_comes_with_the_spans_that_alerts_show(desk: Desk, serve: Serve) -> None:
    article = Article(article_id="a/1 ?", body=BODY, verdict="unique", url="javascript:alert(1)")
    desk.put("articles.accepted", article)
    desk.put(
        "alerts", alert(0, article_ids=("a/1 ?",), evidence=(Evidence(article_id="a/1 ?", span=Span.of(BODY, 0, 3)),))
    )
    client = await serve()
    found = await (await client.get("/api/articles/a%2F1%20%3F")).json()
    assert found["article"]["body"] == BODY
    assert found["evidence"] == [{"alert_id": "alert-0", "kind": "new_statement", "start": 0, "end": 3}]
    assert (await client.get("/api/articles/nothing")).status == 404


async def test_every_talk_of_the_watchlist_is_there_with_what_the_ledger_says(desk: Desk, serve: Serve) -> None:
    desk.put("talks", Talk(talk_id="osce-2022-01", status="postponed"))
    found = (await (await (await serve()).get("/api/talks")).json())["talks"]
    ledgers = {row["expected"]["id"]: row["ledger"] and row["ledger"]["status"] for row in found}
    assert ledgers["osce-2022-01"] == "postponed"
    assert ledgers["nato-russia-council-2022-01"] is None
    assert len(ledgers) == 4


async def test_escalation_is_told_per_pair_over_time(desk: Desk, serve: Serve) -> None:
    for day in (1, 3):
        desk.put("signals", act(day))
    ((pair),) = (await (await (await serve()).get("/api/escalation")).json())["pairs"]
    assert pair["parties"] == ["russia", "ukraine"]
    assert [value for _, value in pair["points"]][:: len(pair["points"]) - 1] == [0.9, 1.35]


async def test_the_usual_range_is_told_as_soon_as_it_is_known(desk: Desk, serve: Serve) -> None:
    client = await serve()

    async def usual(day: int) -> Any:
        desk.put("signals", act(day))
        (pair,) = (await (await client.get("/api/escalation")).json())["pairs"]
        return pair["usual"]

    assert await usual(1) is None
    assert await usual(7) is None
    known = await usual(8)
    assert 0 < known["median"] < 1
    assert known["limit"] == 2.0  # whatever is less is no surge
    for day in range(9, 20):
        known = await usual(day)
    assert known["limit"] > 2.0


async def test_what_cannot_be_read_is_passed_over(desk: Desk, serve: Serve) -> None:
    for value in (b"", b"{", b"[]", b'{"alert_id": 1}', None):
        desk.model.apply("alerts", (0, 0), b"key", value)
    desk.model.apply("articles.accepted", (0, 0), b"broken", b"{")
    client = await serve()
    assert (await (await client.get("/api/alerts")).json())["alerts"] == []
    assert (await client.get("/api/articles/broken")).status == 404


def test_of_talks_the_last_record_that_can_be_read_counts(desk: Desk) -> None:
    assert desk.model.talk("osce-2022-01") is None
    desk.put("talks", Talk(talk_id="osce-2022-01", status="scheduled"))
    first = desk.model.talk("osce-2022-01")
    desk.model.apply("talks", (0, 1), b"osce-2022-01", b"{")
    assert desk.model.talk("osce-2022-01") == first
    desk.put("talks", Talk(talk_id="osce-2022-01", status="held"))
    held = desk.model.talk("osce-2022-01")
    assert held is not None
    assert held.status == "held"
    assert desk.model.talk("osce-2022-01") is held


async def test_elsewhere_a_token_is_needed_for_everything(serve: Serve) -> None:
    token = "the-token-of-the-desk"
    client = await serve(host="0.0.0.0", token=token)
    basic = base64.b64encode(f"anybody:{token}".encode()).decode()
    for path in ("/", "/page/page.css", "/api/alerts", "/events", "/openapi.json"):
        assert (await client.get(path)).status == 401, path
        assert (await client.get(path, headers={"Authorization": "Bearer wrong"})).status == 401
        assert (await client.get(path, headers={"Authorization": "Basic ?"})).status == 401
        for good in (f"Bearer {token}", f"Basic {basic}"):
            answer = await client.get(path, headers={"Authorization": good})
            assert answer.status == 200
            answer.close()


async def test_elsewhere_without_a_token_nobody_is_answered(serve: Serve) -> None:
    client = await serve(host="0.0.0.0")
    assert (await client.get("/api/alerts")).status == 403


async def test_an_empty_token_is_none(desk: Desk) -> None:
    settings = Settings(_env_file=None, host="0.0.0.0").model_copy(update={"token": SecretStr("")})  # type: ignore[call-arg]
    application = web.Application()
    application.add_routes(page_routes(desk.model, settings))
    async with TestClient(TestServer(application)) as client:
        for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Basic Og=="}):
            assert (await client.get("/api/alerts", headers=headers)).status == 403


async def test_a_web_page_under_another_name_cannot_read_along(serve: Serve) -> None:
    client = await serve()
    answer = await client.get("/api/alerts", headers={"Host": "evil.example"})
    assert answer.status == 403


async def raw_status(client: Client, *headers: bytes) -> int:
    """What a request for the alerts with such headers is answered, on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"\r\n".join([b"GET /api/alerts HTTP/1.1", *headers, b"Connection: close", b"", b""]))
    status = int((await asyncio.wait_for(reader.readline(), 10)).split()[1])
    writer.close()
    return status


@pytest.mark.parametrize("host", [b"a:b:c", b"localhost:99999999", b"[", b"\xff", b"local host", b""])
async def test_a_host_that_is_none_is_refused(host: bytes, serve: Serve) -> None:
    assert await raw_status(await serve(), b"Host: " + host) in (400, 403)


@pytest.mark.parametrize("given", [b"Bearer \xff", b"Basic \xff", b"Basic /w==", b"\xff", b"Bearer"])
async def test_a_token_that_is_no_text_is_refused(given: bytes, serve: Serve) -> None:
    client = await serve(host="0.0.0.0", token="a-token-of-a-test")
    assert await raw_status(client, b"Host: localhost", b"Authorization: " + given) == 401


async def test_who_asks_for_the_head_alone_gets_it(serve: Serve) -> None:
    client = await serve()
    for path in ("/", "/page/page.js", "/api/alerts", "/events"):
        answer = await asyncio.wait_for(client.head(path), 10)
        assert answer.status == 200
        assert await answer.read() == b""
    assert answer.content_type == "text/event-stream"


async def test_who_would_be_one_follower_too_many_is_asked_to_come_back(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.web.FOLLOWERS", 1)
    client = await serve()
    first = await client.get("/events")
    assert first.status == 200
    second = await client.get("/events")
    assert (second.status, second.headers["Retry-After"]) == (503, "60")
    first.close()
    async with asyncio.timeout(10):
        while (await client.get("/events")).status != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_nothing_can_be_changed(serve: Serve) -> None:
    client = await serve()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await client.request(method, "/api/alerts", data=b"x" * 100)).status == 405


async def test_the_api_answers_what_its_document_says(desk: Desk, serve: Serve) -> None:
    desk.put("alerts", alert(0))
    desk.put("articles.accepted", Article(article_id="article-1", body=BODY, verdict="unique"))
    client = await serve()
    document = await (await client.get("/openapi.json")).json()
    assert document == json.loads(json.dumps(openapi(desk.model.watchlist)))
    for path, methods in document["paths"].items():
        if path == "/events":
            continue
        answer = await client.get(path.format(article_id="article-1", alert_id="alert-0"))
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert sorted(await answer.json()) == sorted(schema["required"])


def test_the_document_names_every_parameter_that_is_taken(desk: Desk) -> None:
    paths = openapi(desk.model.watchlist)["paths"]
    for path, taken in (("/api/alerts", ALERTS), ("/events", EVENTS)):
        named = [row["name"] for row in paths[path]["get"]["parameters"] if row["in"] == "query"]
        assert sorted(named) == sorted(taken)


# Events


async def read_events(answer: ClientResponse, number: int) -> list[dict[str, str]]:
    """The next events, without comments and the greeting."""
    found: list[dict[str, str]] = []
    while len(found) < number:
        fields: dict[str, str] = {}
        while (line := (await asyncio.wait_for(answer.content.readline(), 10)).decode().rstrip("\n")) != "":
            name, _, value = line.partition(": ")
            fields[name] = value
        if fields.get("event") not in (None, "hello"):
            found.append(fields)
    return found


async def test_events_come_as_they_come_and_go_on_where_the_subscriber_was(desk: Desk, serve: Serve) -> None:
    client = await serve()
    desk.put("alerts", alert(0))
    answer = await client.get("/events")
    desk.put("alerts", alert(1))
    (first,) = await read_events(answer, 1)
    assert first["event"] == "new_statement"
    assert json.loads(first["data"])["alert_id"] == "alert-1"
    answer.close()
    for number in (2, 3):
        desk.put("alerts", alert(number))
    again = await client.get("/events", headers={"Last-Event-ID": first["id"]})
    assert [json.loads(event["data"])["alert_id"] for event in await read_events(again, 2)] == ["alert-2", "alert-3"]
    again.close()


async def test_events_are_filtered_and_corroborations_come_only_where_asked_for(desk: Desk, serve: Serve) -> None:
    client = await serve()
    everything = await client.get("/events?corroborations=true&after=~")
    threats = await client.get("/events?kind=escalation&after=~")
    desk.put("alerts", alert(0))
    desk.put("alerts.corroborations", alert(0, revision=1))
    desk.put("alerts", alert(1, kind="escalation"))
    assert [event["event"] for event in await read_events(everything, 3)] == [
        "new_statement",
        "corroboration",
        "escalation",
    ]
    assert [event["event"] for event in await read_events(threats, 1)] == ["escalation"]
    everything.close()
    threats.close()


async def test_who_missed_nothing_is_told_of_no_gap_however_much_went_by(desk: Desk) -> None:
    desk.model.bulletin = Bulletin(capacity=10)
    desk.model.bulletin.begin("a0", 0)

    async def events(request: web.Request) -> web.StreamResponse:
        return await send_events(
            request, desk.model.bulletin, filter_of(request, desk.model.watchlist), {}, heartbeat=0.05
        )

    application = web.Application()
    application.router.add_get("/events", events)
    async with TestClient(TestServer(application)) as client:
        answer = await client.get("/events?kind=escalation")
        for number in range(100):
            desk.put("alerts", alert(number))
            await asyncio.sleep(0)
        last = ""
        async with asyncio.timeout(10):
            while last != "~a0.100":
                line = (await answer.content.readline()).decode().strip()
                assert line != "event: gap"
                last = line.removeprefix("id: ") if line.startswith("id: ") else last
        answer.close()
        desk.put("alerts", alert(100, kind="escalation"))
        again = await client.get("/events?kind=escalation", headers={"Last-Event-ID": last})
        assert [event["event"] for event in await read_events(again, 1)] == ["escalation"]
        again.close()


async def test_a_place_that_we_never_gave_is_refused(serve: Serve) -> None:
    client = await serve()
    assert (await client.get("/events", headers={"Last-Event-ID": "hello"})).status == 400
    assert (await client.get("/events?kind=war")).status == 400


async def test_who_comes_while_the_topics_are_still_read_is_asked_to_come_back(desk: Desk, serve: Serve) -> None:
    desk.model.ready = False
    answer = await (await serve()).get("/events")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "2"
