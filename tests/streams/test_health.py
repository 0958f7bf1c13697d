"""What /readyz, /healthz and /metrics say."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from streams.health import BROKER, STORE, Health, build_health
from streams.metrics import Metrics


@pytest.fixture
def health() -> Health:
    return Health(Metrics(CollectorRegistry()))


async def get(health: Health, path: str, probe_fails: bool = False) -> tuple[int, str]:
    async def probe() -> None:
        if probe_fails:
            health.down(STORE, ConnectionError("nobody at 127.0.0.1"))

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="the page")

    application = build_health(health, health.metrics.registry, probe, [web.get("/", page)])
    async with TestClient(TestServer(application)) as client:
        response = await client.get(path)
        return response.status, await response.text()


async def test_before_partitions_and_store_are_there_the_worker_is_alive_and_not_ready(health: Health) -> None:
    assert (await get(health, "/healthz"))[0] == 200
    status, text = await get(health, "/readyz")
    assert status == 503
    assert "partitions: none assigned yet" in text
    assert "store: not yet rebuilt" in text


async def test_with_both_it_is_ready_and_the_gauge_says_so(health: Health) -> None:
    health.assigned = health.rebuilt = True
    assert await get(health, "/readyz") == (200, '{"ready": true, "troubles": []}')
    assert "rasid_ready 1.0" in (await get(health, "/metrics"))[1]


async def test_a_store_that_does_not_answer_the_probe_makes_it_unready_and_says_why(health: Health) -> None:
    health.assigned = health.rebuilt = True
    status, text = await get(health, "/readyz", probe_fails=True)
    assert status == 503
    assert "store: ConnectionError: nobody at 127.0.0.1" in text
    assert "rasid_store_up 0.0" in (await get(health, "/metrics"))[1]


async def test_a_dependency_that_is_back_is_forgotten(health: Health) -> None:
    health.assigned = health.rebuilt = True
    health.down(BROKER, OSError("away"))
    assert health.troubles() == ["broker: OSError: away"]
    health.up(BROKER)
    assert health.troubles() == []


async def test_other_routes_are_served_beside_it(health: Health) -> None:
    assert await get(health, "/") == (200, "the page")


def test_a_store_that_answers_a_probe_and_takes_nothing_from_a_stage_is_down() -> None:
    health = Health(Metrics(CollectorRegistry()))
    health.down(STORE, OSError("out of memory"), "deduplicate")
    health.up(STORE)  # the probe's answer
    assert health.metrics.registry.get_sample_value("rasid_up", {"dependency": "store"}) == 0
    assert health.waits
    assert [trouble for trouble in health.troubles() if "out of memory" in trouble]
    health.up(STORE, "deduplicate")
    assert health.metrics.registry.get_sample_value("rasid_up", {"dependency": "store"}) == 1
    assert not health.waits
