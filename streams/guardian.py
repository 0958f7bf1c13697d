"""Starts servers and ends them when whoever started it is gone. Run as a script, never imported.

    python guardian.py '{"commands": [["valkey-server", "..."]], "remove": "/some/folder", "grace": 3}'

Standard input is a pipe whose other end only the parent holds: however the parent ends, kill -9 included, the
system closes it. The guardian then ends the servers, by force after `grace` seconds, and removes the folder. It
exits 1 as soon as a server ends by itself. A guardian that is killed takes its servers with it where the system can
do that (Linux).
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> int:
    """Exit status: 0 when the parent let go, 1 when a server ended by itself."""
    task = json.loads(sys.argv[1])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: os.close(0))
    before_exec = _die_with_parent if sys.platform == "linux" else None
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for command in task["commands"]:
            servers.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=before_exec))  # noqa: PLW1509, S603
        return _watch(servers)
    finally:
        _stop(servers, task["grace"])
        if task.get("remove"):
            shutil.rmtree(Path(task["remove"]), ignore_errors=True)


def _watch(servers: list[subprocess.Popen[bytes]]) -> int:
    while all(server.poll() is None for server in servers):
        try:
            if select.select([0], [], [], 0.1)[0] and not os.read(0, 1):
                return 0
        except OSError:  # closed by our own signal handler
            return 0
    return 1


def _stop(servers: list[subprocess.Popen[bytes]], grace: float) -> None:
    for server in servers:
        if server.poll() is None:
            server.terminate()
    deadline = time.monotonic() + grace
    for server in servers:
        try:
            server.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _die_with_parent() -> None:
    """Runs between fork and exec. The guardian has one thread, so the thread that forks is the one that lives."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
