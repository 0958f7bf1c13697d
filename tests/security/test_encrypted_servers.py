"""Apache Kafka over SASL_SSL and mutual TLS, Redis over TLS with an ACL: real servers, and no secret in any output."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from streams.settings import Profile, Settings
from streams.worker import StartError, Worker
from tests import fakes
from tests.chaos.servers import KAFKA, Server, free_ports
from tests.connected.test_engine_flow import read, send, working
from tests.connected.test_engine_workers import worker as worker_process

pytestmark = pytest.mark.connected
USER, PASSWORD, KEY_PASSWORD = "rasid", "s3cret-of-kafka", "s3cret-of-the-key"
STORE_PASSWORD = "s3cret-of-redis"
SECRETS = (PASSWORD, KEY_PASSWORD, STORE_PASSWORD)


@dataclass(frozen=True)
class Authority:
    """A folder with `ca.pem`, and certificates that it has signed: `server` and `client` (.pem and .key)."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / name

    def make(self) -> None:
        self._openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca")
        (self.folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost")
        for name in ("server", "client"):
            self._openssl(f"req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}")
            self._openssl(
                f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
                f" -out {name}.pem -days 2 -extfile names"
            )
        self._openssl(f"rsa -aes256 -in client.key -out client.locked.key -passout pass:{KEY_PASSWORD}")

    def _openssl(self, arguments: str) -> None:
        subprocess.run(["openssl", *arguments.split()], cwd=self.folder, check=True, capture_output=True)


@dataclass(frozen=True)
class Secured:
    """Where the servers listen, and who has signed their certificates."""

    authority: Authority
    sasl: str
    mutual: str
    store: str

    def settings(self, name: str, **changes: Any) -> Settings:
        ca, client = self.authority.path("ca.pem"), self.authority.path("client.pem")
        return Settings(
            **{  # type: ignore[arg-type]
                "_env_file": None,
                "profile": Profile.KAFKA,
                "prefix": f"{name}.",
                "group": name,
                "port": 0,
                "partitions": 1,
                "session_timeout": 6,
                "startup_wait": 10,
                "watchdog": 0,
                "brokers": self.sasl,
                "kafka_security": "SASL_SSL",
                "kafka_username": USER,
                "kafka_password": PASSWORD,
                "kafka_ca_file": ca,
                "redis_url": self.store,
                "redis_username": USER,
                "redis_password": STORE_PASSWORD,
                "redis_ca_file": ca,
                "redis_certificate_file": client,
                "redis_key_file": self.authority.path("client.key"),
                **changes,
            }
        )

    @property
    def mutual_tls(self) -> dict[str, Any]:
        """What changes for the listener that asks for a certificate instead of a password."""
        return {
            "brokers": self.mutual,
            "kafka_security": "SSL",
            "kafka_username": None,
            "kafka_password": None,
            "kafka_certificate_file": self.authority.path("client.pem"),
            "kafka_key_file": self.authority.path("client.locked.key"),
            "kafka_key_password": KEY_PASSWORD,
        }


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    missing = [name for name in ("java", "redis-server", "openssl") if shutil.which(name) is None]
    if not (KAFKA / "target" / "jars" / "complete").exists():
        missing.append("the jars (deploy/kafka/run fetches them)")
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("secured")
    authority = Authority(folder)
    authority.make()
    sasl, mutual, plain, controller, store = free_ports(5)
    broker = Server(kafka(authority, sasl, mutual, plain, controller), sasl, folder / "broker.log", folder=folder)
    redis = Server(redis_server(authority, store), store, folder / "store.log", folder=folder)
    try:
        redis.start()
        broker.start()
        yield Secured(authority, f"127.0.0.1:{sasl}", f"127.0.0.1:{mutual}", f"rediss://127.0.0.1:{store}/0")
    finally:
        broker.end()
        redis.end()


def kafka(authority: Authority, sasl: int, mutual: int, plain: int, controller: int) -> list[str]:
    """The broker's command. Formats its folder with the user in it."""
    folder = authority.folder
    chain = (authority.path("server.pem").read_text() + authority.path("server.key").read_text()).strip()
    (folder / "server.keystore.pem").write_text(chain)
    text = (KAFKA / "server.properties").read_text()
    text = text.replace("@PORT@", str(plain)).replace("@CONTROLLER_PORT@", str(controller))
    listeners = f"SASL_SSL://127.0.0.1:{sasl},SSL://127.0.0.1:{mutual}"
    more = {
        "listeners": f",{listeners}",
        "advertised.listeners": f",{listeners}",
        "listener.security.protocol.map": ",SASL_SSL:SASL_SSL,SSL:SSL",
    }
    lines = [line + more.get(line.partition("=")[0], "") for line in text.splitlines()]
    lines += [
        "ssl.keystore.type=PEM",
        f"ssl.keystore.location={folder}/server.keystore.pem",
        "ssl.truststore.type=PEM",
        f"ssl.truststore.location={folder}/ca.pem",
        "listener.name.ssl.ssl.client.auth=required",
        "sasl.enabled.mechanisms=SCRAM-SHA-512",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config="
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    ]
    properties = folder / "server.properties"
    properties.write_text("\n".join(lines).replace("@FOLDER@", str(folder / "log")) + "\n")
    java = ["java", "-XX:TieredStopAtLevel=1", "-Xms256m", "-Xmx512m", "-cp", str(KAFKA / "target" / "jars" / "*")]
    user = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
    tool = ["kafka.tools.StorageTool", "format", "--cluster-id", "cmFzaWQtcmFzaWQtcmFzaQ", "--add-scram", user]
    subprocess.run([*java, *tool, "--config", str(properties)], check=True, capture_output=True)
    return [*java, "kafka.Kafka", str(properties)]


def redis_server(authority: Authority, port: int) -> list[str]:
    """TLS only, certificates asked for, nobody but our user, and it only for our keys."""
    options = {
        "port": "0",
        "tls-port": str(port),
        "bind": "127.0.0.1",
        "dir": str(authority.folder),
        "tls-cert-file": str(authority.path("server.pem")),
        "tls-key-file": str(authority.path("server.key")),
        "tls-ca-cert-file": str(authority.path("ca.pem")),
        "tls-auth-clients": "yes",
        "save": "",
    }
    (authority.folder / "users.acl").write_text(
        f"user default off\nuser {USER} on >{STORE_PASSWORD} resetkeys ~{{*}}:* -@all +@all -@admin -@dangerous +info\n"
    )
    command = ["redis-server", *(word for option, value in options.items() for word in (f"--{option}", value))]
    return [*command, "--aclfile", str(authority.folder / "users.acl")]


@pytest.mark.parametrize("way", ["SASL_SSL", "mutual TLS"])
async def test_an_article_becomes_an_alert_over_encrypted_connections(secured: Secured, way: str) -> None:
    changes = {} if way == "SASL_SSL" else secured.mutual_tls
    settings = secured.settings(f"enc{len(way)}", **changes)
    async with working(settings):
        await send(settings, fakes.raw("a"))
        (alert,) = await read(settings, "alerts", 1)
    assert alert.alert_id == "alert-signal-a"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kafka_password": "s3cret-and-wrong"}, "no broker answers at"),
        ({"kafka_security": "SASL_PLAINTEXT", "kafka_ca_file": None}, "no broker answers at"),
        ({"kafka_ca_file": None}, "no broker answers at"),
        ({"redis_password": "s3cret-and-wrong"}, "no store answers at"),
        ({"redis_ca_file": None}, "no store answers at"),
        ({"redis_certificate_file": None, "redis_key_file": None}, "no store answers at"),
    ],
)
async def test_who_is_not_trusted_is_told_so_without_any_secret(
    secured: Secured, changes: dict[str, Any], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = secured.settings("untrusted", startup_wait=1, **changes)
    worker = Worker(settings, fakes.stages(), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    with pytest.raises(StartError, match=message) as error:
        await worker.start()
    await worker.stop()
    assert "s3cret" not in str(error.value) + caplog.text


async def test_a_worker_without_its_certificate_is_refused(secured: Secured) -> None:
    changes = {**secured.mutual_tls, "kafka_certificate_file": None, "kafka_key_file": None}
    settings = secured.settings("nobody", startup_wait=1, **changes)
    worker = Worker(settings, fakes.stages(), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    with pytest.raises(StartError):
        await worker.start()
    await worker.stop()


async def test_no_secret_stands_in_the_log_of_a_worker(secured: Secured, capfd: pytest.CaptureFixture[str]) -> None:
    settings = secured.settings("logged")
    given = {
        "RASID_KAFKA_PASSWORD": PASSWORD,
        "RASID_REDIS_PASSWORD": STORE_PASSWORD,
        "PYTHONASYNCIODEBUG": "0",
        "PYTHONUNBUFFERED": "1",
    }
    without = settings.model_copy(update={"kafka_password": None, "redis_password": None})
    async with worker_process(without, **given) as one:
        await one.printed("ready")
        await send(settings, fakes.raw("a"))
        await one.printed("a")
        assert await one.end(signal.SIGTERM) == 0
    shown = capfd.readouterr()
    text = shown.out + shown.err + "\n".join(one.lines) + repr(settings) + str(settings.model_dump())
    assert not [secret for secret in SECRETS if secret in text]
