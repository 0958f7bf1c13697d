"""Two hundred follow the events of a real worker, a quarter of them stall: the others get everything, in order."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiokafka import AIOKafkaProducer

from schemas import Alert, AlertKind, Severity
from streams.records import encode, headers_of
from streams.settings import Settings
from streams.topics import kafka_options
from streams.worker import Worker
from tests import fakes

pytestmark = [pytest.mark.connected, pytest.mark.slow]
FOLLOWERS, STALLED = 150, 50
WANTED = [f"alert-{number}" for number in range(50)]
HEAVY = "س" * 20_000  # two hundred of them are more than the system keeps for one who reads nothing


def alert(alert_id: str, kind: AlertKind, words: str = "") -> Alert:
    return Alert(
        alert_id=alert_id,
        kind=kind,
        severity=Severity.WARNING,
        reason="act",
        summary={"en": "", "ar": words},
        article_ids=(),
    )


async def followed(answer: aiohttp.ClientResponse) -> list[str]:
    """The alerts that one follower gets, until it has so many as were sent."""
    found: list[str] = []
    async for line in answer.content:
        if line.startswith(b"data: ") and (told := json.loads(line[6:])):
            found.append(told["alert_id"])
            if len(found) == len(WANTED):
                break
    return found


async def send(settings: Settings) -> None:
    """First what the stalled ones asked for, then what the others wait for; in one partition, in order."""
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    heavy = [alert(f"heavy-{number}", AlertKind.SURGE, HEAVY) for number in range(200)]
    for each in (*heavy, *(alert(alert_id, AlertKind.ESCALATION) for alert_id in WANTED)):
        topic, key, headers = settings.topic("alerts"), each.key.encode(), list(headers_of(each))
        await producer.send_and_wait(topic, encode(each), key=key, partition=0, headers=headers)
    await producer.stop()


async def until_ready(worker: Worker) -> None:
    async with asyncio.timeout(60):
        while not worker.desk.model.ready:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def connections(worker: Worker) -> int:
    assert worker._site is not None
    assert worker._site.server is not None
    return len(worker._site.server.connections)


async def test_two_hundred_follow_and_who_stalls_holds_up_nobody(settings: Settings) -> None:
    worker = Worker(settings, fakes.stages(), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    async with AsyncExitStack() as stack:
        await worker.start()
        stack.push_async_callback(worker.stop)
        await until_ready(worker)
        assert worker.address is not None
        host, port = worker.address
        for _ in range(STALLED):
            _, writer = await asyncio.open_connection(host, port, limit=1024)  # nobody reads from it
            stack.callback(writer.close)
            writer.write(b"GET /events?kind=surge HTTP/1.1\r\nHost: localhost\r\n\r\n")
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(sock_read=120))
        )
        answers = [await session.get(f"http://{host}:{port}/events?kind=escalation") for _ in range(FOLLOWERS)]
        assert {answer.status for answer in answers} == {200}
        assert connections(worker) == FOLLOWERS + STALLED
        following = [asyncio.create_task(followed(answer)) for answer in answers]
        await send(settings)
        assert all(found == WANTED for found in await asyncio.gather(*following))
        async with asyncio.timeout(120):
            while connections(worker) > FOLLOWERS:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        assert not any(answer.closed for answer in answers)
