"""A real Alertmanager receives, groups, routes and silences our alerts, and tells each once."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from schemas import Alert
from streams.alertmanager import Alertmanager
from streams.delivery import Delivery, Filter
from tests.chaos.servers import free_ports
from tests.connected.test_prometheus import needed

pytestmark = pytest.mark.connected
CONFIG = Path(__file__).parents[2] / "deploy" / "alertmanager" / "alertmanager.yml"
ROUTES = {
    ("kind=escalation", "severity=critical"): "night",
    ("kind=talk_changed", "severity=warning"): "desk",
    ("kind=talk_changed", "severity=critical"): "night",
    ("kind=new_statement", "severity=info"): "digest",
    ("kind=new_statement", "severity=warning"): "desk",
    ("alertname=RasidDown", "team=operations", "severity=critical"): "operations",
}


def test_the_configuration_is_sound() -> None:
    done = subprocess.run([needed("amtool"), "check-config", str(CONFIG)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("labels", "receiver"), ROUTES.items(), ids=lambda value: " ".join(value) if isinstance(value, tuple) else value
)
def test_an_alert_goes_where_it_belongs(labels: tuple[str, ...], receiver: str) -> None:
    command = [needed("amtool"), "config", "routes", "test", f"--config.file={CONFIG}", *labels]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == receiver


@pytest.fixture
async def receivers() -> AsyncIterator[tuple[TestServer, list[tuple[str, dict[str, Any]]]]]:
    """A server for the receivers of the configuration, and what they have got."""
    messages: list[tuple[str, dict[str, Any]]] = []

    async def take(request: web.Request) -> web.StreamResponse:
        messages.append((request.match_info["name"], await request.json()))
        return web.Response()

    application = web.Application()
    application.router.add_post("/{name}", take)
    server = TestServer(application)
    await server.start_server()
    yield server, messages
    await server.close()


@pytest.fixture
def alertmanager(tmp_path: Path) -> Iterator[Any]:
    """Starts Debian's Alertmanager with our configuration, its receivers ours and its patience short."""
    program = needed("prometheus-alertmanager")
    processes: list[subprocess.Popen[bytes]] = []

    def start(receivers: TestServer) -> str:
        text = CONFIG.read_text().replace("http://127.0.0.1:8099", str(receivers.make_url("")).rstrip("/"))
        for patience in ("group_wait: 30s", "group_wait: 5m"):
            text = text.replace(patience, "group_wait: 1s")
        for patience in ("group_interval: 5m", "group_interval: 30m"):
            text = text.replace(patience, "group_interval: 2s")
        (tmp_path / "alertmanager.yml").write_text(text)
        assert yaml.safe_load(text)["route"]["group_wait"] == "1s"
        address = f"127.0.0.1:{free_ports(1)[0]}"
        command = [program, "--config.file=alertmanager.yml", "--storage.path=data", "--cluster.listen-address="]
        command.append(f"--web.listen-address={address}")
        with (tmp_path / "log").open("wb") as log:
            processes.append(subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log))
        return f"http://{address}"

    yield start
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.wait()


def delivery(number: int, **fields: Any) -> Delivery:
    alert = Alert(
        **{
            "alert_id": f"alert-{number}",
            "kind": "talk_changed",
            "severity": "warning",
            "reason": "dates",
            "summary": {"en": "The date is 9-10 January", "ar": "الموعد 9-10 يناير"},
            "article_ids": ("article-1",),
            "talks": ("geneva",),
            "parties": ("russia", "usa"),
            **fields,
        }
    )
    return Delivery(f"alert-{number}#{alert.revision}", alert, b"", time.time())


async def ready(session: aiohttp.ClientSession, address: str) -> None:
    for _ in range(200):
        try:
            async with session.get(f"{address}/-/ready") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise AssertionError("Alertmanager did not start")


async def until(messages: list[tuple[str, dict[str, Any]]], number: int) -> None:
    for _ in range(200):
        if len(messages) >= number:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"only {json.dumps(messages, ensure_ascii=False)}")


async def test_alerts_are_grouped_told_once_and_silenced(alertmanager: Any, receivers: Any) -> None:
    server, messages = receivers
    address = alertmanager(server)
    async with aiohttp.ClientSession() as session:
        await ready(session, address)
        silence = {
            "matchers": [{"name": "talk", "value": "(.*,)?osce(,.*)?", "isRegex": True, "isEqual": True}],
            "startsAt": "2020-01-01T00:00:00Z",
            "endsAt": "2099-01-01T00:00:00Z",
            "createdBy": "desk",
            "comment": "known",
        }
        async with session.post(f"{address}/api/v2/silences", json=silence) as answer:
            assert answer.status == 200
        endpoint = Alertmanager([address], Filter(), session)
        await endpoint.send(delivery(1))
        await endpoint.send(delivery(2, parties=("usa", "ukraine", "russia")))
        await endpoint.send(delivery(5, talks=("vienna-osce-2",), kind="talk_disputed"))  # another talk, not silenced
        await endpoint.send(delivery(3, talks=("geneva", "osce")))  # silenced
        await until(messages, 2)
        ((receiver, message),) = [row for row in messages if row[1]["groupLabels"]["kind"] == "talk_changed"]
        assert receiver == "desk"
        assert sorted(row["labels"]["alert_id"] for row in message["alerts"]) == ["alert-1", "alert-2"]
        assert message["groupLabels"] == {"kind": "talk_changed", "talk": "geneva"}
        assert message["alerts"][0]["annotations"]["summary_ar"] == "الموعد 9-10 يناير"
        await endpoint.send(delivery(1, revision=1, origins=4, article_ids=("article-1", "article-2")))
        await endpoint.send(delivery(4, severity="critical", kind="escalation"))
        await until(messages, 3)
        await asyncio.sleep(5)  # two intervals, in which a corroboration would be told if it were news
        assert [receiver for receiver, _ in messages] == ["desk", "desk", "night"]
        async with session.get(f"{address}/api/v2/alerts", params={"filter": 'alert_id="alert-1"'}) as answer:
            (kept,) = await answer.json()
        assert kept["annotations"]["origins"] == "4"


async def test_a_corroboration_of_what_is_over_tells_nobody(alertmanager: Any, receivers: Any) -> None:
    server, messages = receivers
    address = alertmanager(server)
    async with aiohttp.ClientSession() as session:
        await ready(session, address)
        endpoint = Alertmanager([address], Filter(), session, hold=6)
        await endpoint.send(delivery(1, severity="critical"))
        await until(messages, 1)
        # However its labels are written, the alert is refreshed under those that it has.
        await endpoint.send(delivery(1, severity="critical", revision=1, parties=("ukraine", "usa")))
        (kept,) = await active(session, address)
        assert kept["labels"]["party"] == "russia,usa"
        for _ in range(200):
            if not await active(session, address):
                break
            await asyncio.sleep(0.2)
        await endpoint.send(delivery(1, severity="critical", revision=2, origins=3))
        assert await active(session, address) == []
        await endpoint.send(delivery(2, severity="critical"))
        await until(messages, 2)
        assert [row[1]["groupLabels"]["alert_id"] for row in messages] == ["alert-1", "alert-2"]


async def active(session: aiohttp.ClientSession, address: str) -> list[dict[str, Any]]:
    async with session.get(f"{address}/api/v2/alerts") as answer:
        found: list[dict[str, Any]] = await answer.json()
        return found
