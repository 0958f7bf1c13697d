"""The measures of a worker. Their names and labels are a contract with dashboards and rules.

Every label is bounded: an enum, a stage, an id of the watchlist. What is none of them is counted as "other".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from itertools import permutations, product
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from schemas import (
    Alert,
    AlertKind,
    Article,
    Direction,
    EventType,
    Modality,
    Novelty,
    Record,
    Severity,
    Signal,
    Silence,
    Statement,
    Verdict,
)
from streams.records import Reason

OTHER: Final = "other"
STAGE_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
LATENCY_SECONDS: Final = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30, 60, 300, 900)


class Metrics:
    """All measures, on one registry. `parties` and `talks` are the watchlist's ids, `sources` those of the settings."""

    def __init__(
        self,
        registry: CollectorRegistry,
        *,
        stages: Iterable[str] = (),
        parties: Iterable[str] = (),
        talks: Iterable[str] = (),
        sources: Iterable[str] = (),
    ) -> None:
        stages = tuple(stages)
        self.registry = registry
        self.parties = frozenset(parties)
        self.talks = frozenset(talks)
        self.sources = frozenset(sources)
        self.articles = Counter("rasid_articles", "Articles by verdict.", ["verdict"], registry=registry)
        self.source_articles = Counter(
            "rasid_source_articles", "Articles of the sources that the settings name.", ["source"], registry=registry
        )
        self.signals = Counter(
            "rasid_signals",
            "Acts and threats that were told.",
            ["event_type", "direction", "modality"],
            registry=registry,
        )
        self.statements = Counter(
            "rasid_statements", "Statements by the side that speaks.", ["party", "novelty"], registry=registry
        )
        self.alerts = Counter("rasid_alerts", "Alerts that were sent.", ["kind", "severity"], registry=registry)
        self.suppressed = Counter("rasid_suppressed", "Why nobody was woken.", ["reason"], registry=registry)
        self.deliveries = Counter(
            "rasid_deliveries",
            "Alerts that endpoints of the subscribers' file have got, or never took.",
            ["endpoint", "result"],
            registry=registry,
        )
        self.delivery_failures = Counter(
            "rasid_delivery_failures",
            "Tries to deliver an alert that an endpoint did not take.",
            ["endpoint"],
            registry=registry,
        )
        self.delivery_age = Gauge(
            "rasid_delivery_oldest_age_seconds",
            "Age of the oldest alert that waits for an endpoint, 0 where none does.",
            ["endpoint"],
            registry=registry,
        )
        self.quarantined = Counter(
            "rasid_quarantined", "Records that could not be processed.", ["stage", "reason"], registry=registry
        )
        self.decided = Counter("rasid_decided", "Records that a stage has dealt with.", ["stage"], registry=registry)
        self.stage_seconds = Histogram(
            "rasid_stage_seconds", "Deciding on one record.", ["stage"], buckets=STAGE_SECONDS, registry=registry
        )
        self.alert_latency = Histogram(
            "rasid_alert_latency_seconds",
            "From the raw article's arrival at the broker until the broker has acknowledged the alert.",
            buckets=LATENCY_SECONDS,
            registry=registry,
        )
        self.escalation = Gauge(
            "rasid_escalation_index", "Escalation between two parties.", ["actor", "recipient"], registry=registry
        )
        self.talk_starts = Gauge(
            "rasid_talk_starts_timestamp_seconds", "When talks are to begin.", ["talk"], registry=registry
        )
        self.lag = Gauge(
            "rasid_consumer_lag", "Records that wait in a partition of ours.", ["topic", "partition"], registry=registry
        )
        self.ready = Gauge("rasid_ready", "1: assigned, and everything that is needed is there.", registry=registry)
        self.up = Gauge("rasid_up", "1: the dependency answers.", ["dependency"], registry=registry)
        self.store_up = Gauge("rasid_store_up", "1: the store answers.", registry=registry)
        self.rebuilds = Counter("rasid_store_rebuilds", "Rebuilds of the store from the topics.", registry=registry)
        self._begin(stages)

    def _begin(self, stages: tuple[str, ...]) -> None:
        """Every series that a rule may ask for exists from the start, at zero."""
        for verdict in Verdict:
            self.articles.labels(verdict)
        for source in self.sources:
            self.source_articles.labels(source)
        for actor, recipient in permutations(self.parties, 2):
            self.escalation.labels(actor, recipient)
        for labels in product(EventType, Direction, Modality):
            self.signals.labels(*labels)
        for party, novelty in product((*self.parties, OTHER), Novelty):
            self.statements.labels(party, novelty)
        for kind, severity in product(AlertKind, Severity):
            self.alerts.labels(kind, severity)
        for reason in (*Silence, OTHER):
            self.suppressed.labels(reason)
        for stage in stages:
            self.decided.labels(stage)
            self.stage_seconds.labels(stage)
            for reason in Reason:
                self.quarantined.labels(stage, reason)

    def count(self, record: Record, now: float) -> None:
        """Count a record that the broker has acknowledged at `now` (seconds since the epoch)."""
        match record:
            case Alert():
                if record.revision == 0:
                    self.alerts.labels(record.kind, record.severity).inc()
                    if record.appended_at is not None:
                        self.alert_latency.observe(max(0.0, now - record.appended_at))
            case Article():
                self.articles.labels(record.verdict).inc()
                if record.source in self.sources:
                    self.source_articles.labels(record.source).inc()
            case Signal():
                self.signals.labels(record.event_type, record.direction, record.modality).inc()
            case Statement():
                party = record.party if record.party in self.parties else OTHER
                self.statements.labels(party, record.novelty).inc()

    def delivered(self, endpoint: str, result: str, number: int = 1) -> None:
        """Count alerts that an endpoint has got ("delivered") or never took ("undelivered")."""
        self.deliveries.labels(endpoint, result).inc(number)

    def delivery_failed(self, endpoint: str, number: int = 1) -> None:
        """Count tries that an endpoint did not take."""
        self.delivery_failures.labels(endpoint).inc(number)

    def delivery_waits(self, endpoint: str, seconds: float) -> None:
        """How old the oldest alert is that waits for an endpoint."""
        self.delivery_age.labels(endpoint).set(seconds)

    def silence(self, reason: str) -> None:
        """Count something that nobody was woken for."""
        self.suppressed.labels(reason if reason in set(Silence) else OTHER).inc()

    def set_talk_starts(self, days: Mapping[str, date]) -> None:
        """The days on which talks begin; talks of which nobody can tell any more are forgotten."""
        self.talk_starts.clear()
        for talk, day in days.items():
            self.talk_starts.labels(talk).set(datetime.combine(day, time.min, UTC).timestamp())

    def set_lag(self, lag: Mapping[tuple[str, int], int]) -> None:
        """The lag of the partitions that are ours now; those of others are forgotten."""
        self.lag.clear()
        for (topic, partition), records in lag.items():
            self.lag.labels(topic, str(partition)).set(records)
