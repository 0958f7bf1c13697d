from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from schemas import Alert, Evidence, Span, load_watchlist
from streams.alertmanager import Alertmanager, described, labels
from streams.delivery import Delivery, Filter, GoneError, RefusedError, UnreachableError
from streams.subscribers import SubscribersError, endpoints, load_subscribers
from streams.webhooks import Webhook, retry_after

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WATCHLIST = load_watchlist(Path(__file__).parents[2] / "seeds" / "watchlist.yaml")
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def alert(**fields: Any) -> Alert:
    return Alert(
        **{
            "alert_id": "alert-1",
            "kind": "talk_changed",
            "severity": "critical",
            "reason": "postponed",
            "summary": {"en": "Talks postponed", "ar": "تأجيل المحادثات"},
            "article_ids": ("article-1",),
            "evidence": (
                Evidence(
                    article_id="article-1", source="seed", url="https://example.org/1", span=Span.of("تأجلت", 0, 5)
                ),
            ),
            "origins": 2,
            "event_time": datetime(2022, 1, 10, tzinfo=UTC),
            "talks": ("geneva", "osce"),
            "parties": ("russia", "usa"),
            **fields,
        }
    )


@pytest.fixture
def delivery() -> Delivery:
    found = alert()
    return Delivery("alert-1#0", found, found.model_dump_json().encode(), datetime.now(UTC).timestamp())


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


class Receiver:
    """A server that keeps what it gets and answers what it was told to."""

    def __init__(self, status: int = 204, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.headers = headers
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path, dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers=self.headers)

    async def start(self) -> TestServer:
        application = web.Application()
        application.router.add_post("/{path:.*}", self.answer)
        server = TestServer(application)
        await server.start_server()
        return server


def webhook(server: TestServer, session: aiohttp.ClientSession, timeout: float = 5) -> Webhook:
    url = str(server.make_url("/hook"))
    return Webhook("desk", url, secret=SecretStr(SECRET), accepts=Filter(), session=session, timeout=timeout)


async def test_a_webhook_is_signed_so_that_the_specification_s_own_library_accepts_it(
    delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    receiver = Receiver()
    server = await receiver.start()
    await webhook(server, session).send(delivery)
    ((_, headers, body),) = receiver.requests
    message = Verifier(SECRET).verify(body, headers)
    assert headers["webhook-id"] == "alert-1#0"
    assert message["type"] == "rasid.alert.talk_changed"
    assert Alert.model_validate(message["data"]) == delivery.alert
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(body.replace(b"postponed", b"cancelled"), headers)
    await server.close()


MEANINGS = {
    **dict.fromkeys((400, 404, 422), RefusedError),
    410: GoneError,
    **dict.fromkeys((301, 408, 429, 500, 503), UnreachableError),
}


@pytest.mark.parametrize(("status", "meaning"), MEANINGS.items())
async def test_what_an_answer_means(
    status: int, meaning: type[Exception], delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    server = await Receiver(status, {"Location": "http://127.0.0.1:9/"} if status == 301 else None).start()
    with pytest.raises(meaning):
        await webhook(server, session).send(delivery)
    await server.close()


NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
WAITS = {
    "17": 17,
    " 0 ": 0,
    "Tue, 01 Dec 2026 08:02:00 GMT": 120,
    "Tuesday, 01-Dec-26 08:02:00 GMT": 120,
    "Tue Dec  1 08:02:00 2026": 120,
    "Tue, 01 Dec 2026 07:00:00 GMT": 0,
    "": None,
    "soon": None,
    "-5": None,
    "1.5": None,
    "Tue, 99 Dec 2026 08:02:00 GMT": None,
    "9" * 5000: None,
}


@pytest.mark.parametrize(("value", "seconds"), WAITS.items(), ids=lambda value: str(value)[:40])
def test_the_seconds_or_the_date_of_retry_after_are_read(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


async def test_a_busy_endpoint_says_how_long_to_wait(delivery: Delivery, session: aiohttp.ClientSession) -> None:
    server = await Receiver(429, {"Retry-After": "17"}).start()
    with pytest.raises(UnreachableError) as caught:
        await webhook(server, session).send(delivery)
    assert caught.value.retry_after == 17
    await server.close()


async def test_an_endpoint_that_is_not_there_or_never_answers_is_unreachable(
    delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(3600)
        return web.Response()

    application = web.Application()
    application.router.add_post("/hook", never)
    server = TestServer(application)
    await server.start_server()
    endpoint = webhook(server, session, timeout=0.05)
    with pytest.raises(UnreachableError):
        await endpoint.send(delivery)
    await server.close()
    with pytest.raises(UnreachableError):
        await endpoint.send(delivery)


async def test_alertmanager_gets_labels_that_stay_and_annotations_that_tell(
    delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    receiver = Receiver(200)
    server = await receiver.start()
    endpoint = Alertmanager([str(server.make_url("/"))], Filter(), session, page="https://rasid.example")
    await endpoint.send(delivery)
    ((path, _, body),) = receiver.requests
    (sent,) = json.loads(body)
    assert path == "/api/v2/alerts"
    assert sent["generatorURL"] == "https://rasid.example/#alert-1"
    assert sent["labels"] == {
        "alertname": "RasidTalkChanged",
        "alert_id": "alert-1",
        "kind": "talk_changed",
        "severity": "critical",
        "talk": "geneva,osce",
        "party": "russia,usa",
    }
    assert sent["annotations"]["summary_ar"] == "تأجيل المحادثات"
    assert datetime.fromisoformat(sent["endsAt"]) > datetime.now(UTC)
    await server.close()


async def test_each_alertmanager_of_a_cluster_is_told_and_one_that_takes_it_is_enough(
    delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    receivers = [Receiver(200), Receiver(200)]
    servers = [await receiver.start() for receiver in receivers]
    endpoint = Alertmanager([str(server.make_url("/")) for server in servers], Filter(), session)
    await endpoint.send(delivery)
    assert [len(receiver.requests) for receiver in receivers] == [1, 1]
    receivers[0].status = 503
    await endpoint.send(delivery)
    await servers[0].close()
    await endpoint.send(delivery)
    assert [len(receiver.requests) for receiver in receivers] == [2, 3]
    receivers[1].status = 400
    with pytest.raises(UnreachableError):  # the one that is away may yet take it
        await endpoint.send(delivery)
    await servers[1].close()


ANSWERS = {400: True, 413: True, 422: True, 401: False, 403: False, 404: False, 301: False, 500: False}


@pytest.mark.parametrize(("status", "is_refusal"), ANSWERS.items())
async def test_what_an_answer_of_alertmanager_means(
    status: int, is_refusal: bool, delivery: Delivery, session: aiohttp.ClientSession
) -> None:
    server = await Receiver(status).start()
    with pytest.raises(RefusedError if is_refusal else UnreachableError):
        await Alertmanager([str(server.make_url("/"))], Filter(), session).send(delivery)
    await server.close()


CREDENTIALS = {
    "none": ({}, None),
    "a password": ({"basic_auth": {"username": "rasid", "password": "hunter2"}}, "Basic cmFzaWQ6aHVudGVyMg=="),
    "a password in a file": (
        {"basic_auth": {"username": "rasid", "password_file": "secret"}},
        "Basic cmFzaWQ6aHVudGVyMg==",
    ),
    "a token": ({"authorization": {"credentials": "hunter2"}}, "Bearer hunter2"),
    "a token in a file": ({"authorization": {"credentials_file": "secret"}}, "Bearer hunter2"),
}


@pytest.mark.parametrize(("fields", "header"), CREDENTIALS.values(), ids=CREDENTIALS.keys())
async def test_alertmanager_is_shown_the_credentials_of_the_file(
    fields: dict[str, Any],
    header: str | None,
    delivery: Delivery,
    session: aiohttp.ClientSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receiver = Receiver(200)
    server = await receiver.start()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("hunter2\n")
    path = tmp_path / "subscribers.yaml"
    path.write_text(yaml.safe_dump({"alertmanager": {"url": str(server.make_url("/")), **fields}}))
    subscribers = load_subscribers(path, WATCHLIST)
    assert "hunter2" not in repr(subscribers)
    (endpoint,) = endpoints(subscribers, session)
    await endpoint.send(delivery)
    ((_, headers, _),) = receiver.requests
    assert headers.get("Authorization") == header
    await server.close()


def test_parties_that_are_named_in_another_order_are_the_same_label() -> None:
    names = {"parties": ("usa", "russia"), "talks": ("osce", "geneva"), "actors": ("usa", "nato")}
    found = labels(alert(**names))
    assert found == labels(alert(**{name: ids[::-1] for name, ids in names.items()}))
    assert found["party"] == "russia,usa"


def test_a_corroboration_has_the_labels_of_its_alert_and_other_annotations() -> None:
    again = alert(revision=3, origins=5, article_ids=("article-1", "article-2"))
    assert labels(again) == labels(alert())
    assert described(again) != described(alert())


BAD_FILES = {
    "not YAML": ("webhooks: [", "subscribers.yaml"),
    "an unknown field": ("webhook: []", "webhook: Extra inputs"),
    "a secret that is too short": (
        "webhooks: [{name: a, url: 'https://x.example', secret: whsec_YWJj}]",
        "a secret has 24 to 64 bytes, not 3",
    ),
    "no secret": ("webhooks: [{name: a, url: 'https://x.example'}]", "secret or secret_file is needed"),
    "a secret file that is not there": (
        "webhooks: [{name: a, url: 'https://x.example', secret_file: /nowhere}]",
        "No such file",
    ),
    "an address that is none": (f"webhooks: [{{name: a, url: 'ftp://x', secret: {SECRET}}}]", "webhooks.0.url"),
    "a kind that is none": (f"webhooks: [{{name: a, url: 'https://x', kinds: [war], secret: {SECRET}}}]", "kinds"),
    "talks that are on no watchlist": (
        f"webhooks: [{{name: a, url: 'https://x', talks: [osce-2022-01, osce-2022-1], secret: {SECRET}}}]",
        "subscribers.yaml: webhooks.0.talks: 'osce-2022-1' is the id of no talk; 'osce-2022-01' is",
    ),
    "a party that is on no watchlist": (
        f"webhooks: [{{name: a, url: 'https://x', parties: [rusia], secret: {SECRET}}}]",
        "subscribers.yaml: webhooks.0.parties: 'rusia' is the id of no party; 'russia' is",
    ),
    "a person in the place of his party": (
        "alertmanager: {url: 'http://x', parties: [putin]}",
        "subscribers.yaml: alertmanager.parties: 'putin' is the id of no party",
    ),
    "several ids that there are not": (
        f"webhooks: [{{name: a, url: 'https://x', talks: [nothere], secret: {SECRET}}}]\n"
        "alertmanager: {url: 'http://x', parties: [rusia]}",
        "'nothere' is the id of no talk\nsubscribers.yaml: alertmanager.parties: 'rusia' is the id of no party",
    ),
    "an Alertmanager without an address": ("alertmanager: {url: []}", "alertmanager.url"),
    "an Alertmanager's password that is nowhere": (
        "alertmanager: {url: 'http://x', basic_auth: {username: a}}",
        "alertmanager: Value error, password or password_file is needed",
    ),
    "two ways to show who we are": (
        "alertmanager: {url: 'http://x', basic_auth: {username: a, password: b}, authorization: {credentials: c}}",
        "either basic_auth or authorization",
    ),
    "the same name twice": (
        f"webhooks: [{{name: a, url: 'https://x', secret: {SECRET}}}, {{name: a, url: 'https://y', secret: {SECRET}}}]",
        "two webhooks are named a",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_wrong_file_of_subscribers_is_refused_with_the_field_and_without_the_secret(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "subscribers.yaml"
    path.write_text(text)
    with pytest.raises(SubscribersError) as caught:
        load_subscribers(path, WATCHLIST)
    assert message in str(caught.value).replace(str(path), path.name)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f'webhooks:\n  - {{name: desk, url: https://x/, secret: {SECRET}, min_severity: "warning}}\n',
        f"webhooks:\n  - name: desk\n    secret: {SECRET}: foo\n",
        f"webhooks:\n  - name: desk\n    secret: [{SECRET}\n    url: x\n",
        f"webhooks:\n  - name: desk\n    secret: *{SECRET.removesuffix('=')}\n",
        f"webhooks:\n  - name: desk\n    secret: !{SECRET.removesuffix('=')} x\n",
        f"webhooks:\n  - name: desk\n    secret: !!binary {SECRET}\n",
        f"webhooks:\n  - name: desk\n    secret: {{{SECRET}: 1}}\n",
        f"webhooks:\n  - {{name: desk, secret: {SECRET}, since: 2022-99-99}}\n",
        f"webhooks: {SECRET}" + "[" * 50_000,
        f"webhooks: [{SECRET}, " + "[" * 50_000,
    ],
)
def test_a_mistake_in_the_yaml_is_told_without_the_line_that_it_stands_in(text: str, tmp_path: Path) -> None:
    path = tmp_path / "subscribers.yaml"
    path.write_text(text)
    with pytest.raises(SubscribersError) as caught:
        load_subscribers(path, WATCHLIST)
    assert SECRET[6:20] not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_secret_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    path = tmp_path / "subscribers.yaml"
    path.write_text(
        f"webhooks: [{{name: desk, url: 'https://x.example/h', secret_file: {tmp_path / 'secret'}, kinds: [surge]}}]\n"
        "alertmanager: {url: 'http://alertmanager:9093', min_severity: warning, parties: [usa]}\n"
    )
    subscribers = load_subscribers(path, WATCHLIST)
    assert subscribers.webhooks[0].key().get_secret_value() == SECRET
    assert subscribers.alertmanager is not None
    assert subscribers.alertmanager.corroborations
    assert SECRET not in repr(subscribers)
