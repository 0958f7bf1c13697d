"""The Faust app of a worker, built from its settings. Nothing is global: two apps live well in one process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import faust
from faust.auth import SASLCredentials, SSLCredentials
from faust.types.auth import AuthProtocol
from faust.types.enums import ProcessingGuarantee

from agents.stage import Journal
from schemas import RawArticle, Record
from streams.attempts import RedisAttempts
from streams.health import Health
from streams.process import BoundStage, Stage, bind
from streams.rebuild import Rebuild
from streams.records import TOPICS
from streams.runner import ConfirmedPublisher, Runner, add_agent
from streams.sent import SentLedger
from streams.settings import MEGABYTE, Profile, Settings
from streams.standstill import Standstill
from streams.stores import RedisJournal, Session, Store
from streams.topics import LARGEST
from streams.transport import use_transport
from streams.turns import Turns

if TYPE_CHECKING:
    from agents.deduplicate import SeenArticles
    from agents.knowledge import Knowledge

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class StoredWorld:
    """What one stage is given: the lexicon, and what it remembers in the store, within one epoch.

    `deduplicates`: it asks `seen`, of which the session knows nothing, for every record.
    """

    lexicon: Knowledge
    seen: SeenArticles
    session: Session
    settings: Settings
    rebuild: Rebuild
    deduplicates: bool

    def journal(self, name: str, kind: type[R]) -> Journal[R]:
        return RedisJournal(self.session, name, kind, self.settings)

    async def check(self) -> None:
        if self.session.asked:  # else nothing was decided by what the store holds
            await self.session.check()

    async def recover(self) -> bool:
        self.session.asked = self.deduplicates
        if self.session.epoch is not None and self.session.epoch == self.session.store.epoch:
            return False
        await self.rebuild.ensure()
        return self.session.adopt()


@dataclass(frozen=True, slots=True)
class Parts:
    """What an app is built from beside its settings."""

    stages: Sequence[Stage]
    lexicon: Knowledge
    seen: SeenArticles
    store: Store
    rebuild: Rebuild
    health: Health
    standstill: Standstill
    languages: Iterable[str] = field(default=())


def build_app(settings: Settings, parts: Parts) -> faust.App:
    """The app with one agent for each stage. Must be called, as it must be started, within the running loop."""
    app = faust.App(settings.group, **faust_options(settings))
    runners: list[Runner] = []
    use_transport(
        app,
        settings.timing.fetch,
        lambda: any(runner.progress.in_hand for runner in runners),
        idempotent=settings.profile is Profile.KAFKA,
    )
    once = SentLedger(parts.store, settings)
    turns = Turns(TOPICS[kind] for kind in parts.stages[-1].reads)
    publisher = ConfirmedPublisher(app, settings, parts.health, turns)
    for rank, stage in enumerate(parts.stages):
        session = Session(parts.store)
        world = StoredWorld(parts.lexicon, parts.seen, session, settings, parts.rebuild, RawArticle in stage.reads)
        bound: BoundStage = bind(
            stage,
            world,
            languages=frozenset(parts.languages),
            attempts=settings.attempts,
            largest=settings.article_bytes,
        )
        attempts = RedisAttempts(parts.store, stage.name)
        runner = Runner(
            bound, world, attempts, publisher, parts.health, once=once, turns=turns, rank=rank, topic=settings.topic
        )
        runners.append(runner)
        add_agent(app, runner, settings)
    parts.standstill.follow(runner.progress for runner in runners)

    @app.on_partitions_assigned.connect
    async def on_assigned(*_: Any, **__: Any) -> None:
        parts.health.assigned = True
        parts.health.beat()

    @app.on_partitions_revoked.connect
    async def on_revoked(*_: Any, **__: Any) -> None:
        parts.health.assigned = False

    return app


def faust_options(settings: Settings) -> dict[str, Any]:
    """Faust's settings, each for a reason; what is not here is Faust's default."""
    timing = settings.timing
    return {
        "broker": [f"kafka://{server}" for server in settings.brokers.split(",")],
        "broker_credentials": _credentials(settings),
        "key_serializer": "raw",  # records are parsed in our own `try`; Faust would drop what it cannot decode
        "value_serializer": "raw",
        "processing_guarantee": ProcessingGuarantee.AT_LEAST_ONCE,  # exactly_once loses and dies, and Tansu refuses it
        "broker_session_timeout": timing.session,
        "broker_heartbeat_interval": timing.heartbeat,
        "broker_rebalance_timeout": 60.0,
        "broker_request_timeout": timing.request,
        "broker_max_poll_interval": 86400.0,  # when it expires, Faust is wedged for good; our watchdog instead
        "broker_commit_interval": timing.commit,
        "broker_commit_every": 500,
        "broker_max_poll_records": 200,  # with the buffer: bounds memory and what is delivered twice
        "stream_buffer_maxsize": 256,
        "consumer_auto_offset_reset": "earliest",
        # a leader that joined a broker which knew no topic yet gives nobody any until it looks again: in five minutes
        "consumer_metadata_max_age_ms": 15_000,
        "stream_wait_empty": True,  # what is in flight at SIGTERM is finished; otherwise it is cancelled and committed
        "producer_acks": -1,
        "producer_request_timeout": 30.0,  # it fails, then we retry; Faust's is twenty minutes
        "producer_linger": timing.linger,
        "producer_max_batch_size": MEGABYTE // 4,
        "producer_max_request_size": LARGEST,
        "producer_threaded": False,  # its shutdown raises
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "topic_allow_declare": False,  # we have declared all of them, with their sizes
        "topic_disable_leader": True,
        "table_standby_replicas": 0,
        "store": "memory://",
        "datadir": Path(tempfile.gettempdir()) / "rasid",  # for tables, which we have none of; else where we stand
        "web_enabled": False,
        "autodiscover": False,
    }


def _credentials(settings: Settings) -> SSLCredentials | SASLCredentials | None:
    context = settings.kafka_tls()
    if settings.kafka_security.startswith("SASL"):
        password = settings.kafka_password
        credentials = SASLCredentials(
            username=settings.kafka_username,
            password=password.get_secret_value() if password is not None else None,
            ssl_context=context,
            mechanism=settings.kafka_mechanism,
        )
        if context is None:
            credentials.protocol = AuthProtocol.SASL_PLAINTEXT  # Faust's own default here is SSL without a context
        return credentials
    return SSLCredentials(context=context) if context is not None else None
