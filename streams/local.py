"""Everything on this machine: the embedded servers, and workers as processes of their own, started again when they end.

The workers are what `rasid worker` is, over TCP, with consumer groups and commits; only the servers differ.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Final

from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from streams.embedded import EmbeddedServers, Guarded, free_ports
from streams.settings import Profile, Settings

MOST_STARTS: Final = 4  # of one worker


class LocalError(Exception):
    """A server or a worker ended, and starting it again does not help; the message says what it printed last."""


class _Given(Settings):
    """Settings from arguments alone: what is in the environment is about other servers than ours."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class Local:
    """Starts it all on entering and ends it on leaving, in `with`.

    The first worker serves its page at `port` of 127.0.0.1, or at a free one where that is taken or None.
    """

    def __init__(self, watchlist: Path, workers: int = 1, port: int | None = None) -> None:
        self._watchlist = watchlist.resolve()
        self._count = workers
        self._servers = EmbeddedServers()
        self._workers: list[_Worker] = []
        self.port = _free(port)
        self.settings = Settings.model_construct()

    def __enter__(self) -> Local:
        addresses = self._servers.start()
        assert self._servers.folder is not None
        try:
            self.settings = _Given(
                profile=Profile.EMBEDDED,
                watchlist=self._watchlist,
                brokers=addresses.broker,
                redis_url=SecretStr(addresses.store),
                port=self.port,
            )
            for number in range(self._count):
                environment = {**self.environment(), "RASID_PORT": str(0 if number else self.port)}
                self._workers.append(_Worker(environment, self._servers.folder, number + 1))
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def environment(self) -> dict[str, str]:
        """The variables that point the commands, and the workers, at these servers."""
        return {
            "RASID_PROFILE": self.settings.profile,
            "RASID_BROKERS": self.settings.brokers,
            "RASID_REDIS_URL": self.settings.redis_url.get_secret_value(),
            "RASID_WATCHLIST": str(self._watchlist),
        }

    def check(self) -> None:
        """Start again what has ended. Raises LocalError where that does not help."""
        if not self._servers.alive():
            raise LocalError("the embedded servers have ended, and what was in the broker is gone")
        for worker in self._workers:
            worker.check()

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        self._servers.stop()


class _Worker:
    """One worker process and its log. It has nothing to save: the servers go with it."""

    def __init__(self, variables: dict[str, str], folder: Path, number: int) -> None:
        others = {name: value for name, value in os.environ.items() if not name.upper().startswith("RASID_")}
        source = str(Path(__file__).parents[1])
        path = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH", "")) if part)
        self._environment = {**others, **variables, "PYTHONPATH": path}
        self._folder = folder  # it has no .env
        self._log = folder / f"worker-{number}.log"
        self._starts = 0
        self._process = self._start()

    def check(self) -> None:
        if self._process.alive():
            return
        last_lines = self._process.last_lines()
        if self._starts >= MOST_STARTS:
            raise LocalError(f"the worker has ended {self._starts} times{last_lines}")
        self._process.stop()
        self._process = self._start()

    def stop(self) -> None:
        self._process.stop()

    def _start(self) -> Guarded:
        self._starts += 1
        command = [sys.executable, "-m", "streams", "worker"]
        return Guarded([command], self._log, grace=0, environment=self._environment, folder=self._folder)


def _free(port: int | None) -> int:
    if port is not None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                pass
            else:
                return port
    return free_ports(1)[0]
