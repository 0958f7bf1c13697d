"""The measures: the names of the contract, every series from the start, and labels that nobody can invent."""

from __future__ import annotations

from datetime import date

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from schemas import RawArticle
from streams.metrics import Metrics
from tests import fakes

CONTRACT = {
    "rasid_articles": {"verdict"},
    "rasid_signals": {"event_type", "direction", "modality"},
    "rasid_statements": {"party", "novelty"},
    "rasid_alerts": {"kind", "severity"},
    "rasid_suppressed": {"reason"},
    "rasid_quarantined": {"stage", "reason"},
    "rasid_stage_seconds": {"stage"},
    "rasid_alert_latency_seconds": set(),
    "rasid_escalation_index": {"actor", "recipient"},
    "rasid_source_articles": {"source"},
    "rasid_talk_starts_timestamp_seconds": {"talk"},
    "rasid_consumer_lag": {"topic", "partition"},
}


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(
        CollectorRegistry(), stages=fakes.STAGES, parties=("russia", "nato"), talks=("geneva",), sources=("aps",)
    )


def series(metrics: Metrics) -> int:
    return sum(len(family.samples) for family in metrics.registry.collect())


def test_names_and_labels_are_those_of_the_contract(metrics: Metrics) -> None:
    metrics.set_lag({("rasid.signals", 0): 3})
    metrics.set_talk_starts({"geneva": date(2022, 1, 10)})
    found = {
        family.name: {label for sample in family.samples for label in sample.labels if label != "le"}
        for family in metrics.registry.collect()
    }
    assert {name: found[name] for name in CONTRACT} == CONTRACT


def test_every_series_that_a_rule_may_ask_for_is_there_at_zero(metrics: Metrics) -> None:
    value = metrics.registry.get_sample_value
    assert value("rasid_alerts_total", {"kind": "talk_disputed", "severity": "critical"}) == 0
    assert value("rasid_statements_total", {"party": "nato", "novelty": "contradiction"}) == 0
    assert value("rasid_quarantined_total", {"stage": "track_talks", "reason": "too_large"}) == 0
    assert value("rasid_source_articles_total", {"source": "aps"}) == 0
    assert value("rasid_escalation_index", {"actor": "nato", "recipient": "russia"}) == 0


def test_a_party_that_is_on_no_watchlist_makes_no_series(metrics: Metrics) -> None:
    before = series(metrics)
    for number in range(50):
        metrics.count(fakes.statement("s", party=f"invented-{number}"), 0)
    assert series(metrics) == before
    assert metrics.registry.get_sample_value("rasid_statements_total", {"party": "other", "novelty": "new"}) == 50


def test_articles_are_counted_for_the_sources_of_the_settings_and_for_no_other(metrics: Metrics) -> None:
    before = series(metrics)
    for source in ("aps", "invented", ""):
        metrics.count(fakes.accepted(RawArticle(article_id="a", body="نص", source=source)), 0)
    assert metrics.registry.get_sample_value("rasid_source_articles_total", {"source": "aps"}) == 1
    assert series(metrics) == before


def test_an_alert_is_counted_once_and_its_corroborations_are_not(metrics: Metrics) -> None:
    alert = fakes.alert_of(fakes.signal_of(fakes.accepted(RawArticle(article_id="a", body="نص"), appended_at=100.0)))
    metrics.count(alert, 100.25)
    metrics.count(alert.model_copy(update={"revision": 1}), 200)
    value = metrics.registry.get_sample_value
    assert value("rasid_alerts_total", {"kind": "escalation", "severity": "critical"}) == 1
    assert value("rasid_alert_latency_seconds_sum") == pytest.approx(0.25)


def test_the_lag_of_a_partition_that_is_no_longer_ours_is_forgotten(metrics: Metrics) -> None:
    metrics.set_lag({("rasid.signals", 0): 3, ("rasid.signals", 1): 4})
    metrics.set_lag({("rasid.signals", 1): 0})
    value = metrics.registry.get_sample_value
    assert value("rasid_consumer_lag", {"topic": "rasid.signals", "partition": "0"}) is None
    assert value("rasid_consumer_lag", {"topic": "rasid.signals", "partition": "1"}) == 0


def test_two_workers_in_one_process_measure_apart() -> None:
    first, second = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    first.silence("repeat")
    assert second.registry.get_sample_value("rasid_suppressed_total", {"reason": "repeat"}) == 0


def test_what_is_exposed_can_be_parsed(metrics: Metrics) -> None:
    from prometheus_client import generate_latest

    assert list(text_string_to_metric_families(generate_latest(metrics.registry).decode()))


def test_what_waits_for_an_endpoint_and_what_it_did_not_take_is_told(metrics: Metrics) -> None:
    metrics.delivery_failed("webhook.desk")
    metrics.delivery_failed("webhook.desk")
    metrics.delivery_waits("webhook.desk", 90)
    value = metrics.registry.get_sample_value
    assert value("rasid_delivery_failures_total", {"endpoint": "webhook.desk"}) == 2
    assert value("rasid_delivery_oldest_age_seconds", {"endpoint": "webhook.desk"}) == 90
    metrics.delivery_waits("webhook.desk", 0)
    assert value("rasid_delivery_oldest_age_seconds", {"endpoint": "webhook.desk"}) == 0
