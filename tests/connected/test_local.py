"""Servers and workers on this machine: a worker that ends is started again, unless that does not help."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from streams.feeds import seeds
from streams.local import Local, LocalError

pytestmark = pytest.mark.connected


def test_a_worker_that_was_killed_is_started_again() -> None:
    with Local(seeds() / "watchlist.yaml") as local:
        [worker] = local._workers
        first = worker._process._guardian
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        local.check()
        assert worker._process._guardian.pid != first.pid
        assert worker._process.alive()


def test_a_worker_that_cannot_start_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("watchlist: [")

    def check_for(local: Local, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            local.check()
            time.sleep(0.05)

    with Local(broken) as local, pytest.raises(LocalError) as caught:
        check_for(local, 90)
    assert "the worker has ended 4 times" in str(caught.value)
    assert "broken.yaml:1" in str(caught.value)


def test_servers_that_have_ended_are_told() -> None:
    with Local(seeds() / "watchlist.yaml") as local:
        local._servers.stop()
        with pytest.raises(LocalError, match="embedded servers have ended"):
            local.check()


def test_the_environment_of_others_does_not_reach_our_workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RASID_KAFKA_SECURITY", "SASL_SSL")
    monkeypatch.setenv("RASID_BROKERS", "elsewhere:9092")
    with Local(seeds() / "watchlist.yaml") as local:
        assert local.settings.brokers.startswith("127.0.0.1:")
        assert local.settings.kafka_security == "PLAINTEXT"
        [worker] = local._workers
        assert "RASID_KAFKA_SECURITY" not in worker._environment
        assert worker._environment["RASID_BROKERS"] == local.settings.brokers
