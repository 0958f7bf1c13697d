"""Every example of docs/subscribing.md, run as it stands there but for the addresses."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiokafka import AIOKafkaProducer

from schemas import Alert
from streams.records import encode, headers_of
from streams.settings import Settings
from streams.topics import declare, kafka_options
from streams.worker import Worker
from tests import fakes
from tests.chaos.servers import free_ports

pytestmark = pytest.mark.connected
TEXT = (Path(__file__).parents[2] / "docs" / "subscribing.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def test_there_is_an_example_of_each_way_and_none_is_long() -> None:
    assert (len(examples("sh")), len(examples("python")), len(examples("yaml"))) == (3, 3, 2)
    for example in (*examples("sh"), *examples("python"), *examples("yaml")):
        assert len([line for line in example.splitlines() if line.strip()]) <= 10


@asynccontextmanager
async def running(*command: str, **environment: str) -> AsyncIterator[asyncio.StreamReader]:
    """What a program prints while it runs."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env={**os.environ, **environment}, start_new_session=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        await process.wait()


async def printed(output: asyncio.StreamReader, wanted: str) -> str:
    """What is printed up to the wanted words."""
    found = ""
    async with asyncio.timeout(60):
        while wanted not in found:
            line = await output.readline()
            assert line, f"it ended after {found!r}"
            found += line.decode()
    return found


async def listens(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def hang_up(worker: Worker) -> None:
    """Cut every connection to the worker's page, as a proxy that starts anew does."""
    assert worker._site is not None
    assert worker._site.server is not None
    for connection in worker._site.server.connections:
        connection.force_close()


@pytest.mark.slow
async def test_every_example_gets_the_alert(settings: Settings, tmp_path: Path) -> None:
    shell, python, files = examples("sh"), examples("python"), examples("yaml")
    sent: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.StreamResponse:
        sent.extend(await request.json())
        return web.Response()

    application = web.Application()
    application.router.add_post("/api/v2/alerts", take)
    alertmanager = TestServer(application)
    await alertmanager.start_server()
    hook, port = free_ports(2)
    addresses = {
        "127.0.0.1:8470": f"127.0.0.1:{port}",
        "127.0.0.1:9092": settings.brokers,
        "127.0.0.1:8099": f"127.0.0.1:{hook}",
        "127.0.0.1:9093": f"127.0.0.1:{alertmanager.port}",
        "port=8099": f"port={hook}",
        '"rasid.alerts"': f'"{settings.topic("alerts")}"',
        "rasid alerts": f"{sys.executable} -m streams alerts",
    }

    def here(example: str) -> str:
        for there, address in addresses.items():
            example = example.replace(there, address)
        return example

    path = tmp_path / "subscribers.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(here(files[0])), **yaml.safe_load(here(files[1]))}))
    worker_settings = settings.model_copy(update={"subscribers": path, "port": port})
    environment = {
        "RASID_PROFILE": settings.profile,
        "RASID_PREFIX": settings.prefix,
        "RASID_BROKERS": settings.brokers,
        "RASID_REDIS_URL": settings.redis_url.get_secret_value(),
    }
    await declare(settings)
    worker = Worker(worker_settings, fakes.stages(), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    async with AsyncExitStack() as stack:
        receiver = await stack.enter_async_context(running(sys.executable, "-c", here(python[2])))
        await listens(hook)
        await worker.start()
        stack.push_async_callback(worker.stop)
        async with asyncio.timeout(30):
            while not worker.desk.model.ready:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        outputs = {
            "curl": await stack.enter_async_context(running("sh", "-c", here(shell[2]))),
            "events": await stack.enter_async_context(running(sys.executable, "-c", here(python[0]))),
            "Kafka": await stack.enter_async_context(running(sys.executable, "-c", here(python[1]))),
            "terminal": await stack.enter_async_context(running("sh", "-c", here(shell[0]), **environment)),
            "webhook": receiver,
        }
        await send(settings, alert(1))
        await printed(outputs["curl"], "alert-1")
        for name in ("Kafka", "terminal", "webhook"):
            assert "alert-1" in await printed(outputs[name], "alert-1"), name
        assert await printed(outputs["events"], "تنبيه") == "تنبيه 1\n"
        hang_up(worker)
        await send(settings, alert(2))
        assert await printed(outputs["events"], "تنبيه") == "تنبيه 2\n"
        api = await stack.enter_async_context(running("sh", "-c", here(shell[1])))
        assert "alert-1" in (await asyncio.wait_for(api.read(), 30)).decode()
        async with asyncio.timeout(30):
            while not sent:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert sent[0]["labels"]["alert_id"] == "alert-1"
    await alertmanager.close()


def alert(number: int) -> Alert:
    return Alert(
        alert_id=f"alert-{number}",
        kind="escalation",
        severity="warning",
        reason="act",
        summary={"en": f"Alert {number}", "ar": f"تنبيه {number}"},
        article_ids=(),
    )


async def send(settings: Settings, found: Alert) -> None:
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    await producer.send_and_wait(
        settings.topic("alerts"), encode(found), key=found.alert_id.encode(), headers=list(headers_of(found))
    )
    await producer.stop()
