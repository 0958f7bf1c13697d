"""What the README and the deployment promise is what there is."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.__main__ import _parser
from streams.embedded import store_command
from streams.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def typed() -> Iterator[str]:
    """The commands in the README that can be typed as they stand."""
    yield from re.findall(r"`(rasid [^`]*)`", README)
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        yield from (line for line in block.splitlines() if line.startswith("rasid "))


@pytest.mark.parametrize("command", sorted(set(typed())))
def test_every_command_of_the_readme_is_understood(command: str) -> None:
    _parser().parse_args(shlex.split(command)[1:])


def test_every_command_is_in_the_readme() -> None:
    for name in commands(_parser()):
        assert f"`rasid {name}" in README, name


def test_the_makefile_has_every_target_that_is_written_about() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for document in DOCUMENTS:
        for target in re.findall(
            r"^make ([a-z-]+)|`make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE
        ):
            name = "".join(target)
            assert re.search(rf"^{name}:.*## ", makefile, re.MULTILINE), f"{document.name}: make {name}"
    assert ".DEFAULT_GOAL := help" in makefile


def test_every_setting_that_is_written_about_is_one() -> None:
    known = {f"RASID_{name.upper()}" for name in Settings.model_fields}
    texts = [path.read_text(encoding="utf-8") for path in [*DOCUMENTS, ROOT / "docker-compose.yml"]]
    for name in {found for text in texts for found in re.findall(r"\bRASID_[A-Z_]+[A-Z]", text)}:
        assert name.removesuffix("_FILE") in known, name


def test_links_within_the_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_the_lists_of_pins_name_every_dependency_and_no_index() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = (ROOT / "requirements.lock").read_text()
    for dependency in project["project"]["dependencies"]:
        name = re.match(r"[\w.-]+", dependency)
        assert name is not None
        assert re.search(rf"^{name.group().lower()}==\S+.*\\$", pins, re.MULTILINE), dependency
    for path in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = path.read_text()
        assert "://" not in text
        assert "--index" not in text
        blocks = re.findall(r"^\S+==(?:.*\\\n)+.*", text, re.MULTILINE)
        assert len(blocks) == len(re.findall(r"^\S+==", text, re.MULTILINE))
        assert all("--hash=sha256:" in block for block in blocks)


def test_the_compose_file_runs_commands_that_there_are() -> None:
    services: dict[str, dict[str, Any]] = COMPOSE["services"]
    ours = [service for service in services.values() if service["image"] == "rasid"]
    assert len(ours) == 2
    for service in ours:
        _parser().parse_args(service["command"])
    assert services["worker"]["deploy"]["replicas"] == 2


def test_the_compose_file_mounts_files_that_there_are() -> None:
    for name, service in COMPOSE["services"].items():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("."):
                assert (ROOT / source).exists(), f"{name}: {source}"
            else:
                assert source in COMPOSE["volumes"], f"{name}: {source}"


def test_redis_of_the_compose_file_is_more_durable_than_the_one_beside_a_broker_in_memory() -> None:
    given = COMPOSE["services"]["redis"]["command"]
    ours = store_command("redis-server", 1, Path())
    for option in ("--appendonly", "--maxmemory-policy"):
        assert given[given.index(option) + 1] == ours[ours.index(option) + 1]
    assert given[given.index("--appendfsync") + 1] == "always"


def test_kafka_of_the_compose_file_is_set_as_the_one_of_the_tests() -> None:
    lines = (ROOT / "deploy" / "kafka" / "server.properties").read_text().splitlines()
    tested = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    given = COMPOSE["services"]["kafka"]["environment"]
    where = {"listeners", "advertised.listeners", "controller.quorum.voters", "log.dirs"}
    for name, value in given.items():
        key = name.removeprefix("KAFKA_").lower().replace("_", ".")
        assert key in tested, name
        if key not in where:
            assert tested[key] == value, name


def test_the_image_copies_what_there_is_and_runs_the_worker() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), line
    assert 'ENTRYPOINT ["rasid"]' in lines
    assert 'CMD ["worker"]' in lines
    assert COMPOSE["services"]["kafka"]["image"].endswith(":" + kafka_version())


def kafka_version() -> str:
    found = re.search(r"<kafka.version>(.*)</kafka.version>", (ROOT / "deploy" / "kafka" / "pom.xml").read_text())
    assert found is not None
    return found.group(1)
