"""The command line: what it prints, its exit status, and no traceback for anything that a user can cause."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.__main__ import main
from streams.embedded import Addresses, EmbeddedServers

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)  # no .env
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def rasid(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "streams", *arguments]
    return subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )


WRONG_USE = {
    "no command": [],
    "an unknown command": ["dance"],
    "a replay of nothing": ["replay"],
    "a speed of nothing": ["replay", "x", "--speed", "0"],
    "a speed that is no number": ["replay", "x", "--speed", "fast"],
    "no article in flight": ["replay", "x", "--in-flight", "0"],
    "an unknown kind of alert": ["alerts", "--kind", "rumour"],
    "an unknown severity": ["alerts", "--min-severity", "huge"],
    "a retry of nothing": ["quarantine", "retry"],
    "an unknown thing to evaluate": ["evaluate", "luck", "x"],
}


@pytest.mark.parametrize("arguments", WRONG_USE.values(), ids=WRONG_USE.keys())
def test_wrong_use_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: rasid" in capsys.readouterr().err


def test_a_wrong_setting_is_2_and_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RASID_PORT", "many")
    monkeypatch.setenv("RASID_WATCHLIST", "/no/such/watchlist.yaml")
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert "RASID_PORT: " in told
    assert "RASID_WATCHLIST: " in told


FAILURES = {
    "a watchlist that is not there": (["check", "missing.yaml"], "missing.yaml: no such file"),
    "a folder without a watchlist": (["check", "."], "watchlist.yaml: no such file"),
    "a feed that is not there": (["replay", "missing.jsonl"], "missing.jsonl: no such file"),
    "a feed that is not there, embedded": (["replay", "missing.jsonl", "--embedded"], "missing.jsonl: no such file"),
    "a folder of texts": (["replay", "."], "a folder needs a feed.yaml"),
    "a watchlist of a replay that is not there": (
        ["replay", str(ROOT / "seeds"), "--embedded", "--watchlist", "missing.yaml"],
        "missing.yaml: no such file",
    ),
    "pairs that are not there": (["evaluate", "pairs", "missing.tsv"], "missing.tsv: no such file"),
}


@pytest.mark.parametrize(("arguments", "message"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_is_1_and_told_in_a_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("rasid: ")
    assert message in told
    assert "\n" not in told


@pytest.mark.parametrize("command", ["worker", "alerts", "why x", "quarantine list", "replay feed.jsonl"])
def test_a_broker_that_is_not_there_is_told_without_a_traceback(command: str, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text('{"body": "x"}\n')
    with EmbeddedServers(tmp_path / "store") as addresses:
        ended = rasid(
            *command.split(), RASID_BROKERS="127.0.0.1:1", RASID_REDIS_URL=addresses.store, RASID_STARTUP_WAIT="0"
        )
    assert ended.returncode == 1
    assert "rasid: no broker answers at 127.0.0.1:1" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_alerts_about_talks_that_nobody_knows_are_wrong_use(embedded: Addresses) -> None:
    servers = {"RASID_BROKERS": embedded.broker, "RASID_PROFILE": "embedded"}
    ended = rasid("alerts", "--talk", "osce-2022-1", **servers)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "rasid: 'osce-2022-1' is the id of no talk; 'osce-2022-01' is\n"
    assert rasid("alerts", "--talk", "osce-2022-01", **servers).returncode == 0


def test_a_store_that_is_not_there_is_told_without_a_traceback() -> None:
    ended = rasid("worker", RASID_REDIS_URL="redis://:s3cret@127.0.0.1:1/0", RASID_STARTUP_WAIT="0")
    assert ended.returncode == 1
    assert "rasid: no store answers at 127.0.0.1:1" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "s3cret" not in ended.stderr


def test_subscribers_to_talks_that_nobody_knows_are_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "subscribers.yaml").write_text("alertmanager: {url: 'http://127.0.0.1:1', talks: [osce-2022-1]}")
    ended = rasid("worker", RASID_SUBSCRIBERS="subscribers.yaml")
    assert ended.returncode == 1
    wrong = "alertmanager.talks: 'osce-2022-1' is the id of no talk; 'osce-2022-01' is"
    assert f"rasid: subscribers.yaml: {wrong}\n" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_told_without_a_traceback() -> None:
    with EmbeddedServers() as addresses, socket.create_server(("127.0.0.1", 0)) as taken:
        ended = rasid(
            "worker",
            RASID_BROKERS=addresses.broker,
            RASID_REDIS_URL=addresses.store,
            RASID_PROFILE="embedded",
            RASID_PORT=str(taken.getsockname()[1]),
        )
    assert ended.returncode == 1
    assert "rasid: cannot listen on 127.0.0.1:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_says_what_was_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "seeds")]) == 0
    told = capsys.readouterr().out
    assert "russia-west-2022" in told
    assert "36 actors of 9 parties, 3 places, 4 talks" in told
    assert "nato-russia-council-2022-01" in told


def test_check_names_each_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "seeds" / "watchlist.yaml").read_text().replace("venue: vienna", "venue: wien")
    (tmp_path / "watchlist.yaml").write_text(text.replace("id: cnn, kind: media", "id: putin, kind: media"))
    assert main(["check", "watchlist.yaml"]) == 1
    told = capsys.readouterr().err
    assert "actors row 36 (putin): id: 'putin' is the id of row 9 too" in told
    assert "talks row 4 (osce-2022-01): venue: 'wien' is the id of no place; 'vienna' is" in told


def test_schema_prints_the_asyncapi_document_or_writes_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["asyncapi"] == "3.0.0"
    assert main(["schema", "out"]) == 0
    assert Path("out/asyncapi.json").is_file()
    assert Path("out/alert.schema.json").is_file()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["schema", "file/out"]) == 1
    assert "file/out" in capsys.readouterr().err
