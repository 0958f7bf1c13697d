"""The settings: from the environment, with secrets that never show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from streams.settings import SECRETS, Profile, Settings
from tests.conftest import pytest_configure


def given(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_BROKERS", "one:9092, two:9093")
    monkeypatch.setenv("RASID_PREFIX", "desk.")
    settings = given()
    assert settings.brokers == "one:9092,two:9093"
    assert settings.topic("alerts") == "desk.alerts"
    assert settings.key_prefix == "{desk}"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_never_shows(name: str) -> None:
    settings = given(**{name: "redis://user:hunter2@host"})
    for text in (repr(settings), str(settings), settings.model_dump_json(), f"{settings.model_dump()}"):
        assert "hunter2" not in text


@pytest.mark.parametrize("name", [name for name in SECRETS if name != "redis_url"])
def test_a_secret_may_be_read_from_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("hunter2-hunter2-hunter2\n")
    monkeypatch.setenv(f"RASID_{name.upper()}_FILE", str(tmp_path / "secret"))
    assert getattr(given(), name).get_secret_value() == "hunter2-hunter2-hunter2"


@pytest.mark.parametrize("token", ["", " " * 40, "hunter2"])
def test_a_token_that_is_empty_or_soon_guessed_is_refused(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASID_TOKEN", token)
    with pytest.raises(ValidationError, match="a token has at least 16 characters") as caught:
        given()
    assert "hunter2" not in str(caught.value)
    monkeypatch.delenv("RASID_TOKEN")
    (tmp_path / "token").write_text(token)
    monkeypatch.setenv("RASID_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(ValidationError, match="a token has at least 16 characters"):
        given()


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_TOKEN_FILE", "/nowhere/token")
    with pytest.raises(ValidationError, match="RASID_TOKEN_FILE: No such file or directory: /nowhere/token"):
        given()


def test_a_bad_secret_does_not_show_in_the_error() -> None:
    with pytest.raises(ValidationError) as caught:
        given(token=b"\xffhunter2", brokers="nonsense")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("brokers", ["", "host", "host:", ":9092", "host:port", "a:1,,b:2"])
def test_brokers_that_are_none_are_refused(brokers: str) -> None:
    with pytest.raises(ValidationError, match="a broker is written host:port"):
        given(brokers=brokers)


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:SeCr/eT@127.0.0.1:6379/0",
        "redis://:SeCrEt@127.0.0.1:notaport/0",
        "redis://:SeCrEt@127.0.0.1:66666666/0",
        "SeCrEt@127.0.0.1",
        "redis://127.0.0.1:6379/0?socket_timeout=SeCrEt",
        "redis://127.0.0.1:6379/0?SeCrEt=1",
        "redis://127.0.0.1:6379/SeCrEt",
        "redis://[SeCrEt/0",
    ],
)
def test_an_address_of_the_store_that_is_none_is_refused_without_a_word_of_it(url: str) -> None:
    with pytest.raises(ValidationError, match="redis_url") as error:
        given(redis_url=url)
    (told,) = error.value.errors(include_url=False, include_input=False, include_context=False)
    assert "secret" not in str(told).lower()
    assert "is not redis://" in told["msg"]


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:6379/0",
        "redis://127.0.0.1",
        "rediss://user:a%2Fb@store.example:6380/3?health_check_interval=10",
        "unix:///run/redis.sock?db=1",
    ],
)
def test_addresses_of_the_store(url: str) -> None:
    assert given(redis_url=url).redis_url.get_secret_value() == url


def test_the_file_of_a_secret_may_be_named_in_the_file_of_settings(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2-hunter2-hunter2\n")
    (tmp_path / ".env").write_text(f"RASID_KAFKA_PASSWORD_FILE={tmp_path / 'secret'}\n")
    password = Settings(_env_file=tmp_path / ".env").kafka_password  # type: ignore[call-arg]
    assert password is not None
    assert password.get_secret_value() == "hunter2-hunter2-hunter2"


def test_the_address_of_the_store_may_be_read_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("redis://:hunter2@store.example/1\n")
    monkeypatch.setenv("RASID_REDIS_URL_FILE", str(tmp_path / "secret"))
    assert given().redis_url.get_secret_value() == "redis://:hunter2@store.example/1"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ValidationError, match=r"no such file: /nowhere/ca\.pem"):
        given(kafka_ca_file="/nowhere/ca.pem")


def test_the_embedded_group_begins_soon_and_a_clusters_is_calm() -> None:
    embedded, cluster = given(profile=Profile.EMBEDDED).timing, given(profile=Profile.KAFKA).timing
    assert embedded.session / 2 < 5 < cluster.session
    for timing in (embedded, cluster):
        assert timing.heartbeat <= timing.session / 3
        assert timing.session <= timing.request


def test_a_session_timeout_of_ones_own_keeps_the_others_in_proportion() -> None:
    timing = given(session_timeout=90).timing
    assert (timing.session, timing.request) == (90, 90)
    assert given(session_timeout=1.5).timing.heartbeat == 0.5


def test_without_tls_there_is_no_context_and_with_it_the_server_is_checked() -> None:
    assert given().kafka_tls() is None
    context = given(kafka_security="SASL_SSL").kafka_tls()
    assert context is not None
    assert context.check_hostname


def test_nobody_but_this_machine_is_served_unless_it_is_asked_for() -> None:
    assert given().host == "127.0.0.1"


def test_the_settings_of_the_shell_reach_no_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RASID_SUBSCRIBERS", str(tmp_path))
    monkeypatch.setenv("rasid_token_file", str(tmp_path))
    monkeypatch.setenv("RASID_KAFKA_CA_FILE", str(tmp_path))
    monkeypatch.setenv("RASID_CHAOS_SEED", "16")
    pytest_configure()
    assert os.environ["RASID_CHAOS_SEED"] == "16"
    assert not {"RASID_SUBSCRIBERS", "rasid_token_file", "RASID_KAFKA_CA_FILE"} & os.environ.keys()


def test_sources_are_named_once_each_and_are_not_too_many() -> None:
    assert given().source_names == ()
    assert given(sources="aps, elkhabar,,aps ").source_names == ("aps", "elkhabar")
    with pytest.raises(ValidationError, match="at most 200, not 201"):
        given(sources=",".join(map(str, range(201))))
