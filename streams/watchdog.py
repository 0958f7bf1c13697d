"""A thread that ends the process when it is stuck, so that a supervisor can start it again.

Faust can be left without partitions for good, and one record can hang the loop; neither raises anything.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Final

from streams.health import Health
from streams.standstill import Standstill

log = logging.getLogger(__name__)
STUCK: Final = 71
LATE: Final = 5.0  # seconds: a thread that looks later than that was not let to


class Watchdog(threading.Thread):
    """Ends the process after `seconds` without progress while there was something to do.

    To do is: records that wait, or partitions that the group has not given us. `standstill` tells what makes no
    progress beside others that do. Waiting for the broker or the store is no lack of progress, and nothing can be done
    for the group while no broker answers.
    """

    def __init__(
        self,
        health: Health,
        lag: Callable[[], int],
        brokers: str,
        seconds: float,
        *,
        standstill: Standstill | None = None,
        end: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._health = health
        self._lag = lag
        self._brokers = brokers
        self._seconds = seconds
        self._standstill = standstill or Standstill(seconds)
        self._end = end or end_the_process
        self._stopped = threading.Event()

    def run(self) -> None:
        interval, looked = min(1.0, self._seconds / 4), time.monotonic()
        while not self._stopped.wait(interval):
            before, looked = looked, time.monotonic()
            if looked - before > interval + LATE:
                self.was_stopped(looked)
            trouble = self.trouble(looked)
            if trouble is not None:
                self._end(trouble)
                return

    def stop(self) -> None:
        """Watch no longer."""
        self._stopped.set()

    def was_stopped(self, now: float) -> None:
        """The whole process was (SIGSTOP, a machine that slept): nobody could make progress."""
        self._health.beat()
        self._standstill.begin_anew(now)

    def trouble(self, now: float) -> str | None:
        """Why the process should end, or None."""
        if now - self._health.progress < self._seconds:
            return None if self._health.waits else self._standstill.trouble(now)
        if self._health.waits or (self._health.assigned and self._lag() == 0):
            self._health.beat()
            return None
        if not any_answers(self._brokers):
            self._health.beat()
            return None
        what = f"{self._lag()} records wait" if self._health.assigned else "the group has given us no partitions"
        return f"no progress for {self._seconds:.0f} s while {what}"


def any_answers(brokers: str) -> bool:
    """Whether one of the brokers (host:port, comma separated) takes a connection."""
    for server in brokers.split(","):
        host, _, port = server.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=2).close()
        except OSError:
            continue
        return True
    return False


def end_the_process(trouble: str) -> None:
    """End at once: an orderly stop would wait for what is stuck."""
    log.critical("the watchdog ends the process: %s", trouble)
    logging.shutdown()
    os._exit(STUCK)
