"""Prometheus scrapes a worker with real servers behind it: the dashboard's queries answer, and the rules fire."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
import yaml
from aiokafka import AIOKafkaProducer
from prometheus_client import CollectorRegistry

from agents.knowledge import build_knowledge
from agents.stage import Outcome
from schemas import RawArticle, load_watchlist
from streams.commands import readers
from streams.daemon import build_worker
from streams.feeds import read_feed, seeds
from streams.metrics import Metrics
from streams.replay import Pace, Replay
from streams.settings import Settings
from streams.tasks import end_tasks
from streams.topics import kafka_options
from streams.worker import Worker
from tests import fakes
from tests.chaos.servers import free_ports

pytestmark = pytest.mark.connected
DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = DEPLOY / "prometheus" / "rules.yml"
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
DURATION = re.compile(r"\b[0-9]+[smhdw]\b")
READERS = {
    "articles.raw": ["deduplicate"],
    "articles.accepted": ["tag_signals", "track_statements", "track_talks"],
    "signals": ["trigger_alerts"],
}


def needed(program: str) -> str:
    """A program of Debian's packages prometheus and prometheus-alertmanager; its absence fails in CI only."""
    path = shutil.which(program)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    return path


def test_the_rules_do_what_their_tests_say() -> None:
    promtool = needed("promtool")
    for arguments in (["check", "rules", "rules.yml"], ["test", "rules", "rules_test.yml"]):
        done = subprocess.run([promtool, *arguments], cwd=RULES.parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_of_the_rules_has_a_test_and_says_what_to_do() -> None:
    groups = yaml.safe_load(RULES.read_text())["groups"]
    rules = {rule["alert"]: rule for group in groups for rule in group["rules"] if "alert" in rule}
    tests = yaml.safe_load((RULES.parent / "rules_test.yml").read_text())["tests"]
    fired = {row["alertname"] for test in tests for row in test.get("alert_rule_test", []) if row["exp_alerts"]}
    assert fired == set(rules)
    assert all(rule["annotations"].keys() == {"summary", "description"} for rule in rules.values())


def shorter(duration: str, times: int) -> str:
    """A duration as rules have it, as "12h", so many times shorter."""
    return f"{SECONDS[duration[-1]] * int(duration[:-1]) * 1000 // times}ms"


@pytest.fixture
def prometheus(tmp_path: Path) -> Iterator[Any]:
    """Starts a Prometheus that scrapes a target every half second, with our rules, all but some without patience."""
    program = needed("prometheus")
    processes: list[subprocess.Popen[bytes]] = []

    def start(target: str, faster: Mapping[str, int] | None = None) -> str:
        """`faster` are alerts whose hours take so many times less."""
        rules = yaml.safe_load(RULES.read_text())
        for group in rules["groups"]:
            group["interval"] = "500ms"
            for rule in group["rules"]:
                patience = rule.pop("for", "0s")
                if (times := (faster or {}).get(rule.get("alert"))) is not None:
                    rule["expr"] = DURATION.sub(lambda found, times=times: shorter(found[0], times), rule["expr"])
                    rule["for"] = shorter(patience, times)
        (tmp_path / "rules.yml").write_text(yaml.safe_dump(rules))
        scrape = {"job_name": "rasid", "scrape_interval": "500ms", "static_configs": [{"targets": [target]}]}
        config = {"rule_files": ["rules.yml"], "scrape_configs": [scrape]}
        (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config))
        address = f"127.0.0.1:{free_ports(1)[0]}"
        with (tmp_path / "log").open("wb") as log:
            command = [program, "--config.file=prometheus.yml", "--storage.tsdb.path=data"]
            command.append(f"--web.listen-address={address}")
            processes.append(subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log))
        return f"http://{address}"

    yield start
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.wait()


@asynccontextmanager
async def working(settings: Settings, **instead: Any) -> AsyncIterator[Worker]:
    worker = Worker(settings, fakes.stages(**instead), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    async with ready(worker):
        yield worker


@asynccontextmanager
async def ready(worker: Worker) -> AsyncIterator[None]:
    await worker.start()
    try:
        async with asyncio.timeout(60):
            while worker.health.troubles():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        yield
    finally:
        await worker.stop()


async def query(session: aiohttp.ClientSession, prometheus: str, expression: str) -> list[dict[str, Any]]:
    async with session.get(f"{prometheus}/api/v1/query", params={"query": expression}) as answer:
        found = await answer.json()
        assert found["status"] == "success", f"{expression}: {found}"
        result: list[dict[str, Any]] = found["data"]["result"]
        return result


async def until_found(session: aiohttp.ClientSession, prometheus: str, expression: str) -> list[dict[str, Any]]:
    for _ in range(480):
        try:
            if found := await query(session, prometheus, expression):
                return found
        except aiohttp.ClientError:
            pass  # it is still starting
        await asyncio.sleep(0.25)
    raise AssertionError(f"never found: {expression}")


async def send(settings: Settings, *values: bytes) -> None:
    producer = AIOKafkaProducer(**kafka_options(settings))
    await producer.start()
    for value in values:
        await producer.send(settings.topic("articles.raw"), value)
    await producer.stop()  # it waits until all are there


def queries() -> dict[str, str]:
    """Every query of the dashboard, by panel."""
    dashboard = json.loads((DEPLOY / "grafana" / "dashboards" / "rasid.json").read_text())
    return {
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in dashboard["panels"]
        for target in panel.get("targets", [])
    }


def test_what_is_told_of_each_endpoint_and_source_has_a_panel() -> None:
    registry = CollectorRegistry()
    Metrics(registry)
    measures = {"rasid_deliveries", "rasid_delivery_failures", "rasid_delivery_oldest_age_seconds"}
    measures.add("rasid_source_articles")
    assert measures <= {family.name for family in registry.collect()}
    assert {name for name in measures if not any(name in expression for expression in queries().values())} == set()


@pytest.mark.slow
async def test_every_query_of_the_dashboard_answers(settings: Settings, prometheus: Any, tmp_path: Path) -> None:
    """The seeds are replayed to the one endpoint there is, which is away, and a line is broken."""
    path = tmp_path / "subscribers.yaml"
    path.write_text(f"alertmanager: {{url: 'http://127.0.0.1:{free_ports(1)[0]}'}}\n")
    settings = settings.model_copy(update={"subscribers": path, "sources": "alaraby,ahewar"})
    worker = build_worker(settings, build_knowledge(load_watchlist(seeds() / "watchlist.yaml")))
    async with aiohttp.ClientSession() as session, ready(worker):
        assert worker.address is not None
        address = prometheus("{}:{}".format(*worker.address))
        await until_found(session, address, 'rasid_articles_total{verdict="unique"} == 0')
        async for _ in Replay(settings, readers(), Pace()).run(read_feed(seeds())):
            pass
        await send(settings, b"not json")
        for expression in queries().values():
            await until_found(session, address, expression)
        for measure in ("rasid_delivery_failures_total", "rasid_delivery_oldest_age_seconds"):
            await until_found(session, address, f'{measure}{{endpoint="alertmanager"}} > 0')
        found = await until_found(session, address, "rasid_source_articles_total == 1")
        assert {row["metric"]["source"] for row in found} == {"alaraby", "ahewar"}


async def test_the_rules_are_calm_until_they_see_trouble(settings: Settings, prometheus: Any) -> None:
    async with aiohttp.ClientSession() as session:
        async with working(settings) as worker:
            assert worker.address is not None
            address = prometheus("{}:{}".format(*worker.address))
            await until_found(session, address, 'rasid_articles_total{verdict="unique"} == 0')
            await send(settings, fakes.raw("article-1"), fakes.raw("article-2"))
            await until_found(session, address, 'increase(rasid_articles_total{verdict="unique"}[5m]) > 0')
            firing = {
                row["metric"]["alertname"] for row in await query(session, address, 'ALERTS{alertstate="firing"}')
            }
            assert firing <= {"RasidFeedThin", "RasidStuck"}  # they need their patience
            await send(settings, b"not json")
            (found,) = await until_found(session, address, 'ALERTS{alertname="RasidQuarantine"}')
            assert (found["metric"]["stage"], found["metric"]["reason"]) == ("deduplicate", "not_json")
        await until_found(session, address, 'ALERTS{alertname="RasidDown"}')


async def firing(session: aiohttp.ClientSession, prometheus: str, name: str, **labels: str) -> None:
    """Wait until an alert fires."""
    wanted = ",".join(
        f'{key}="{value}"' for key, value in {"alertname": name, "alertstate": "firing", **labels}.items()
    )
    await until_found(session, prometheus, f"ALERTS{{{wanted}}}")


@pytest.mark.slow
async def test_the_rules_fire_on_a_replay_with_trouble(settings: Settings, prometheus: Any, tmp_path: Path) -> None:
    """A line is broken, one source falls silent, more comes than is read, and at last nothing comes at all."""
    seconds = 0.0  # that the first stage takes for each article

    async def accept(record: RawArticle) -> Outcome:
        await asyncio.sleep(seconds)
        return await fakes.accept(record)

    feed = tmp_path / "feed.jsonl"
    told = [fakes.raw(f"{source}-{number}", source=source) for number in range(80) for source in ("aps", "elkhabar")]
    feed.write_bytes(b"\n".join([*told, b"not json"]) + b"\n")
    settings = settings.model_copy(update={"sources": "aps,elkhabar"})
    faster = {"RasidSourceSilent": 3600, "RasidLag": 60, "RasidFeedSilent": 300}
    async with aiohttp.ClientSession() as session, working(settings, deduplicate=accept) as worker:
        assert worker.address is not None
        address = prometheus("{}:{}".format(*worker.address), faster)
        await until_found(session, address, 'rasid_source_articles_total{source="aps"} == 0')
        async for _ in Replay(settings, READERS, Pace(in_flight=20)).run(read_feed(feed)):
            pass
        await firing(session, address, "RasidQuarantine", stage="deduplicate", reason="not_json")

        async with others(settings, 1):
            await firing(session, address, "RasidSourceSilent", source="aps")
            assert not await query(session, address, 'ALERTS{alertname="RasidSourceSilent",source="elkhabar"}')
            assert not await query(session, address, 'ALERTS{alertname=~"RasidFeedSilent|RasidLag"}')
        seconds = 0.5  # with sixteen at once far fewer than come
        async with others(settings, 50):
            await firing(session, address, "RasidLag", topic=settings.topic("articles.raw"))
        seconds = 0.0
        await until_found(session, address, "sum(rasid_consumer_lag) == 0")
        await firing(session, address, "RasidFeedSilent")


@asynccontextmanager
async def others(settings: Settings, number: int) -> AsyncIterator[None]:
    """Articles of another source go on coming, so many each half second."""

    async def go_on() -> None:
        while True:
            await send(settings, *(fakes.raw(f"later-{uuid4()}", source="elkhabar") for _ in range(number)))
            await asyncio.sleep(0.5)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        await end_tasks([task])
