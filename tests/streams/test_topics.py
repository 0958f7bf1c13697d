"""The topics of the contract, and sizes that fit into one another."""

from __future__ import annotations

import pytest

from streams.records import TYPES
from streams.settings import Settings
from streams.topics import ALL, LARGEST, kafka_options

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]
BY_NAME = {topic.name: topic for topic in ALL}


def test_the_topics_are_those_of_the_contract_and_the_internal_ones() -> None:
    assert {SETTINGS.topic(topic.name) for topic in ALL} == {
        "rasid.articles.raw",
        "rasid.articles.accepted",
        "rasid.signals",
        "rasid.statements",
        "rasid.talks",
        "rasid.alerts",
        "rasid.alerts.corroborations",
        "rasid.alerts.undelivered",
        "rasid.quarantine",
        "rasid.decisions",
    }


def test_every_topic_that_records_go_to_is_declared() -> None:
    assert set(TYPES) < set(BY_NAME)


def test_only_talks_are_compacted_and_the_rest_is_kept_for_as_long_as_the_settings_say() -> None:
    configs = {topic.name: topic.config(SETTINGS) for topic in ALL}
    assert [name for name, config in configs.items() if config.get("cleanup.policy") == "compact"] == ["talks"]
    assert configs["statements"]["retention.ms"] == str(90 * 24 * 3600 * 1000)


def test_whatever_fits_on_the_raw_topic_fits_into_quarantine_as_base64() -> None:
    assert BY_NAME["articles.raw"].largest * 4 / 3 + 100_000 < BY_NAME["quarantine"].largest == LARGEST


def test_an_article_that_is_read_fits_on_the_next_topic() -> None:
    assert SETTINGS.article_bytes * 1.5 < BY_NAME["articles.accepted"].largest


@pytest.mark.parametrize(("replication", "in_sync"), [(1, None), (3, "2")])
def test_on_a_cluster_two_replicas_have_to_be_in_sync(replication: int, in_sync: str | None) -> None:
    settings = SETTINGS.model_copy(update={"replication": replication})
    assert BY_NAME["alerts"].config(settings).get("min.insync.replicas") == in_sync


def test_credentials_are_given_only_where_they_are_asked_for() -> None:
    assert "sasl_plain_password" not in kafka_options(SETTINGS)
    settings = Settings(_env_file=None, kafka_security="SASL_PLAINTEXT", kafka_username="u", kafka_password="p")  # type: ignore[call-arg, arg-type]
    assert kafka_options(settings)["sasl_plain_password"] == "p"
