"""What faults happen to: Apache Kafka and Redis (or the embedded pair) behind proxies, and `rasid worker` processes."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from streams.embedded import broker_binary, broker_command, store_binary, store_command
from streams.settings import Profile, Settings
from tests.chaos.proxy import Proxy

ROOT = Path(__file__).parents[2]
KAFKA = ROOT / "deploy" / "kafka"


class Server:
    """One server process, that can be ended and started again on what it has on disk."""

    def __init__(self, command: Sequence[str], port: int, log: Path, *, folder: Path) -> None:
        self._command = command
        self.port = port
        self._log = log
        self._folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 90) -> None:
        """Start it and return when it listens."""
        with self._log.open("ab") as output:
            self.process = subprocess.Popen(
                self._command, stdout=output, stderr=output, cwd=self._folder, start_new_session=True
            )
        deadline = time.monotonic() + seconds
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{self._command[0]} does not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.05)

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, in order (SIGTERM) or not, and wait for it."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None


class WorkerProcess:
    """`rasid worker`, started again whenever it ends, as a supervisor would."""

    def __init__(self, settings: Settings, folder: Path, number: int) -> None:
        self.port = free_ports(1)[0]
        self._log = folder / f"worker-{number}.log"
        self._environment = environment_of(settings, RASID_PORT=str(self.port))
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self.ends: Counter[int] = Counter()  # by exit status
        self.unasked: list[str] = []  # ends that nobody asked for, each with its cause as the log tells it
        self._number = number
        self._sent: set[signal.Signals] = set()  # to the process as it runs now

    def start(self) -> None:
        self._supervisor = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """End it for good."""
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process as it runs now."""
        if self._process is not None and self._process.poll() is None:
            self._sent.add(number)
            self._process.send_signal(number)

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def readiness(self) -> dict[str, object] | None:
        """What /readyz answers; None where nobody does."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return None

    def metrics(self) -> str:
        """What /metrics answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as answer:
            return str(answer.read().decode())

    async def ready(self, seconds: float = 60) -> None:
        """Return when it is ready."""
        deadline = time.monotonic() + seconds
        while not (answer := await asyncio.to_thread(self.readiness)) or not answer["ready"]:
            assert time.monotonic() < deadline, f"not ready: {answer}\n{self._log.read_text()[-3000:]}"
            await asyncio.sleep(0.1)

    def _cause(self, began: int) -> str:
        """What a process wrote last that is critical, or last of all; `began` is where its part of the log begins."""
        with self._log.open("rb") as log:
            log.seek(began)
            lines = log.read().decode(errors="replace").splitlines()
        critical = [line for line in lines if " CRITICAL " in line]
        return (critical or lines or ["it wrote nothing"])[-1]

    async def _supervise(self) -> None:
        while True:
            self._sent = set()
            with self._log.open("ab") as output:
                began = output.tell()
                self._process = subprocess.Popen(  # noqa: ASYNC220 - it outlives the loop if need be
                    [sys.executable, "-m", "streams", "worker"],
                    stdout=output,
                    stderr=output,
                    env=self._environment,
                    cwd=self._folder,
                    start_new_session=True,
                )
            while self._process.poll() is None:  # noqa: ASYNC110 - the process comes from outside
                await asyncio.sleep(0.05)
            status = self._process.returncode
            self.ends[status] += 1
            if not (status == -signal.SIGKILL and signal.SIGKILL in self._sent) and not (
                status == 0 and signal.SIGTERM in self._sent
            ):
                self.unasked.append(f"worker {self._number} ended with {status}: {self._cause(began)}")
            await asyncio.sleep(0.2)


@dataclass
class Cluster:
    """Broker, store and workers of one run. The workers reach the servers through the proxies, we do so directly."""

    name: str  # "kafka" or "embedded"
    settings: Settings  # direct
    broker: Server
    store: Server
    broker_proxy: Proxy
    store_proxy: Proxy
    folder: Path
    workers: list[WorkerProcess] = field(default_factory=list)

    @property
    def store_folder(self) -> Path:
        return self.folder / "store"

    @property
    def redis(self) -> Redis:
        return Redis.from_url(self.settings.redis_url.get_secret_value(), socket_timeout=5)

    async def until_the_store_answers(self) -> None:
        while True:
            try:
                with self.redis as client:
                    client.ping()
                    return
            except RedisError:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def cluster(
    name: str,
    folder: Path,
    watchlist: Path,
    *,
    workers: int = 2,
    changes: dict[str, object] | None = None,
    before: Callable[[Settings], Awaitable[None]] | None = None,
) -> AsyncIterator[Cluster]:
    """All that a run needs, in processes of its own, which end with it; `before` is run before the workers start."""
    kafka = name == "kafka"
    broker_port, controller_port, store_port, broker_front, store_front = free_ports(5)
    with servers(name, folder, (broker_port, controller_port, store_port, broker_front)) as (broker, store):
        async with (
            Proxy(broker_front, broker_port + 10_000 if kafka else broker_port) as one,
            Proxy(store_front, store_port) as other,
        ):
            direct = Settings(
                _env_file=None,  # type: ignore[call-arg]
                profile=Profile.KAFKA if kafka else Profile.EMBEDDED,
                brokers=f"127.0.0.1:{broker_port}",
                redis_url=f"redis://127.0.0.1:{store_port}/0",
                watchlist=watchlist,
                port=0,
                **{"session_timeout": 6, "startup_wait": 60, "watchdog": 45, **(changes or {})},  # type: ignore[arg-type]
            )
            found = Cluster(name, direct, broker, store, one, other, folder)
            through = direct.model_copy(
                update={
                    "brokers": f"127.0.0.1:{broker_front if kafka else broker_port}",
                    "redis_url": type(direct.redis_url)(f"redis://127.0.0.1:{store_front}/0"),
                }
            )
            found.workers = [WorkerProcess(through, folder, number) for number in range(workers)]
            if before is not None:
                await before(direct)
            try:
                for worker in found.workers:
                    worker.start()
                await asyncio.gather(*(worker.ready() for worker in found.workers))
                yield found
            finally:
                await asyncio.gather(*(worker.stop() for worker in found.workers))


@contextmanager
def servers(name: str, folder: Path, ports: tuple[int, int, int, int]) -> Iterator[tuple[Server, Server]]:
    """Broker and store, listening."""
    broker_port, _, store_port, _ = ports
    home = folder / "store"
    home.mkdir(parents=True, exist_ok=True)
    if name == "kafka":
        broker = Server(kafka_command(folder / "kafka", ports), broker_port, folder / "broker.log", folder=folder)
        command = ["redis-server", "--port", str(store_port), "--bind", "127.0.0.1", "--dir", str(home)]
        command += ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
    else:
        broker = Server(broker_command(broker_binary(), broker_port), broker_port, folder / "broker.log", folder=folder)
        command = store_command(store_binary(), store_port, home)
    store = Server(command, store_port, folder / "store.log", folder=folder)
    try:
        store.start()
        broker.start()
        yield broker, store
    finally:
        broker.end()
        store.end()


def kafka_command(folder: Path, ports: tuple[int, int, int, int]) -> list[str]:
    """The command of a broker with a second listener that says to be where the proxy is. Formats its folder."""
    broker, controller, _, front = ports
    folder.mkdir(parents=True, exist_ok=True)
    text = (KAFKA / "server.properties").read_text()
    text = text.replace("@PORT@", str(broker)).replace("@CONTROLLER_PORT@", str(controller))
    text = text.replace("@FOLDER@", str(folder / "log"))
    more = {
        "listeners": f",PROXIED://127.0.0.1:{broker + 10_000}",
        "advertised.listeners": f",PROXIED://127.0.0.1:{front}",
        "listener.security.protocol.map": ",PROXIED:PLAINTEXT",
    }
    lines = [line + more.get(line.partition("=")[0], "") for line in text.splitlines()]
    properties = folder / "server.properties"
    properties.write_text("\n".join(lines) + "\n")
    jars = str(KAFKA / "target" / "jars" / "*")
    java = ["java", "-XX:TieredStopAtLevel=1", "-Xms256m", "-Xmx512m", "-cp", jars]
    if not (folder / "log" / "meta.properties").exists():
        format_ = ["kafka.tools.StorageTool", "format", "--cluster-id", "cmFzaWQtcmFzaWQtcmFzaQ", "--config"]
        subprocess.run([*java, *format_, str(properties)], check=True, capture_output=True)
    return [*java, "kafka.Kafka", str(properties)]


def environment_of(settings: Settings, **variables: str) -> dict[str, str]:
    """The environment of a process that is to have these settings."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("RASID_")}
    given = settings.model_dump(exclude={"redis_url"}, exclude_none=True, mode="json")
    return {
        **others,
        "PYTHONPATH": str(ROOT),
        "RASID_REDIS_URL": settings.redis_url.get_secret_value(),
        **{f"RASID_{name.upper()}": str(value) for name, value in given.items()},
        **variables,
    }


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def free_ports(count: int) -> list[int]:
    """Free ports in a row, below those that the system gives to outgoing connections; so are those 10,000 higher.

    What is free now is bound later: so processes that share the tests (pytest-xdist) look among a thousand each.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", f"gw{random.randrange(9)}")
    lowest = 10_500 + 1_000 * (int(worker.removeprefix("gw")) % 9)
    while True:
        first = random.randrange(lowest, lowest + 1_000 - count)
        try:
            for port in range(first, first + count):
                socket.create_server(("127.0.0.1", port)).close()
            socket.create_server(("127.0.0.1", first + 10_000)).close()
        except OSError:
            continue
        return list(range(first, first + count))
