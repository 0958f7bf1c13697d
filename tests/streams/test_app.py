"""The app: an agent for each stage of the literal, nothing global, and settings that lose nothing."""

from __future__ import annotations

from typing import Any

import faust
from prometheus_client import CollectorRegistry

from streams.app import Parts, build_app, faust_options
from streams.health import Health
from streams.metrics import Metrics
from streams.rebuild import Rebuild
from streams.settings import Profile, Settings
from streams.standstill import Standstill
from streams.stores import Store, connect_store
from tests import fakes


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def build(given: Settings) -> faust.App:
    store = Store(connect_store(given), given.key_prefix)
    return build_app(
        given,
        Parts(
            stages=fakes.stages(),
            lexicon=fakes.lexicon(),
            seen=None,  # type: ignore[arg-type]
            store=store,
            rebuild=Rebuild(store, []),
            standstill=Standstill(60),
            health=Health(Metrics(CollectorRegistry())),
        ),
    )


async def test_every_stage_has_one_agent_of_its_name_that_reads_its_topics() -> None:
    app = build(settings(prefix="desk."))
    topics = {name: set(agent.channel.topics) for name, agent in app.agents.items()}
    assert topics == {
        "deduplicate": {"desk.articles.raw"},
        "tag_signals": {"desk.articles.accepted"},
        "track_statements": {"desk.articles.accepted"},
        "track_talks": {"desk.articles.accepted"},
        "trigger_alerts": {"desk.signals", "desk.statements", "desk.talks"},
    }
    assert {agent.concurrency for agent in app.agents.values()} == {1}


async def test_two_apps_live_in_one_process() -> None:
    first, second = build(settings(group="first", prefix="a.")), build(settings(group="second", prefix="b."))
    assert first.conf.id != second.conf.id
    assert first.agents is not second.agents
    assert first.transport is not second.transport


async def test_what_faust_is_told_is_what_it_does() -> None:
    app = build(settings(brokers="one:1,two:2"))
    options = faust_options(settings(brokers="one:1,two:2"))
    names = set(options) - {"broker", "broker_credentials", "value_serializer", "key_serializer", "autodiscover"}
    assert {name: getattr(app.conf, name) for name in names if name != "store"} == {
        name: options[name] for name in names if name != "store"
    }
    assert [str(url) for url in app.conf.broker] == ["kafka://one:1", "kafka://two:2"]
    assert options["consumer_metadata_max_age_ms"] < 60_000  # a group that was given no partitions waits so long


def test_for_each_profile_the_settings_are_those_that_lose_nothing() -> None:
    for profile in Profile:
        options = faust_options(settings(profile=profile))
        assert options["stream_wait_empty"]
        assert options["producer_acks"] == -1
        assert options["consumer_auto_offset_reset"] == "earliest"
        assert options["broker_session_timeout"] <= options["broker_request_timeout"]
        assert not options["web_enabled"]


def test_a_password_goes_to_the_broker_and_nowhere_else() -> None:
    given = settings(kafka_security="SASL_SSL", kafka_username="desk", kafka_password="hunter2")
    options = faust_options(given)
    credentials = options["broker_credentials"]
    assert (credentials.username, credentials.password, credentials.protocol.value) == ("desk", "hunter2", "SASL_SSL")
    assert "hunter2" not in repr(options)


def test_sasl_without_tls_is_plain_sasl() -> None:
    credentials = faust_options(settings(kafka_security="SASL_PLAINTEXT", kafka_username="u"))["broker_credentials"]
    assert credentials.protocol.value == "SASL_PLAINTEXT"
