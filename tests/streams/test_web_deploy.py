"""The manifests name settings, paths and ports that exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas import load_watchlist
from streams.feeds import seeds
from streams.settings import SECRETS, Settings
from streams.subscribers import load_subscribers

FOLDER = Path(__file__).parents[2] / "deploy"


def manifests() -> list[dict[str, Any]]:
    paths = sorted((FOLDER / "kubernetes").glob("*.yaml"))
    found = [row for path in paths if path.name != "subscribers.yaml" for row in yaml.safe_load_all(path.read_text())]
    return [row for row in found if row]


def container() -> dict[str, Any]:
    (deployment,) = [row for row in manifests() if row["kind"] == "Deployment"]
    (worker,) = deployment["spec"]["template"]["spec"]["containers"]
    return dict(worker)


def test_every_resource_of_the_kustomization_is_there() -> None:
    kustomization = yaml.safe_load((FOLDER / "kubernetes" / "kustomization.yaml").read_text())
    names = [
        *kustomization["resources"],
        *(file for row in kustomization["configMapGenerator"] for file in row["files"]),
    ]
    assert all((FOLDER / "kubernetes" / name).is_file() for name in names)
    assert {row["kind"] for row in manifests()} >= {"Deployment", "Service", "NetworkPolicy", "PodMonitor"}


def test_the_worker_is_given_settings_that_there_are() -> None:
    known = {f"RASID_{name.upper()}" for name in Settings.model_fields}
    known |= {f"RASID_{name.upper()}_FILE" for name in SECRETS}
    assert {row["name"] for row in container()["env"]} <= known


def test_the_worker_is_asked_where_it_answers_and_may_do_nothing_else() -> None:
    worker = container()
    assert worker["ports"] == [{"name": "http", "containerPort": Settings.model_fields["port"].default}]
    assert worker["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert worker["readinessProbe"]["httpGet"]["path"] == "/readyz"
    context = worker["securityContext"]
    assert context["readOnlyRootFilesystem"]
    assert context["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("path", [FOLDER / "subscribers.yaml", FOLDER / "kubernetes" / "subscribers.yaml"], ids=str)
def test_the_files_of_subscribers_are_read(path: Path) -> None:
    assert load_subscribers(path, load_watchlist(seeds() / "watchlist.yaml")).names() == ("alertmanager",)
