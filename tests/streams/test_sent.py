"""The ledger of alerts: what was sent is not sent again, and what is in doubt is looked for."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from schemas import Alert
from streams.process import Sending
from streams.sent import SentLedger
from streams.settings import Settings
from streams.stores import Store
from tests.fakes import statement


class ScriptedRedis:
    """What the ledger asks of Redis, in a dict."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def register_script(self, _: str) -> ScriptedRedis:
        return self

    async def __call__(self, keys: list[str], args: list[str | int]) -> list[bytes]:
        found = [self.values.get(key, b"") for key in keys[1:]]
        for key in keys[1:]:
            self.values.setdefault(key, str(args[1]).encode())
        return found

    def pipeline(self, transaction: bool) -> ScriptedRedis:
        return self

    def set(self, key: str, value: str, ex: int) -> None:
        self.values[key] = value.encode()

    async def execute(self) -> None:
        pass


class Topic:
    """What stands on the topics; `looked` counts how often somebody has asked."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.looked = 0

    async def look(self, topics: Iterable[str]) -> frozenset[str]:
        self.looked += 1
        return frozenset(self.names)


@pytest.fixture
def topic() -> Topic:
    return Topic()


@pytest.fixture
def ledger(topic: Topic) -> SentLedger:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    return SentLedger(Store(ScriptedRedis(), "{t}"), settings, topic.look)  # type: ignore[arg-type]


def alert(number: int, revision: int = 0) -> Sending:
    return Sending.of(
        Alert(
            alert_id=f"alert-{number}",
            revision=revision,
            kind="escalation",
            severity="info",
            reason="act",
            summary={},
            article_ids=(),
        )
    )


async def test_what_was_confirmed_is_not_sent_again(ledger: SentLedger, topic: Topic) -> None:
    first, again = alert(1), alert(1)
    assert await ledger.begin([first]) == set()
    await ledger.done([first])
    assert await ledger.begin([again, other := alert(2)]) == {id(again)}
    assert id(other) not in await ledger.begin([other])
    assert topic.looked == 1  # for the second one, reserved a moment ago


async def test_what_somebody_reserved_and_sent_is_found_on_the_topic(ledger: SentLedger, topic: Topic) -> None:
    await ledger.begin([alert(1)])
    topic.names.add("alerts:alert-1#0")
    again = alert(1)
    assert await ledger.begin([again]) == {id(again)}


async def test_what_somebody_reserved_and_never_sent_is_sent(ledger: SentLedger, topic: Topic) -> None:
    await ledger.begin([alert(1)])
    assert await ledger.begin([alert(1)]) == set()
    assert topic.looked == 1


async def test_the_same_alert_twice_in_a_batch_is_sent_once(ledger: SentLedger, topic: Topic) -> None:
    batch = [alert(1), alert(1), alert(2)]
    assert await ledger.begin(batch) == {id(batch[1])}
    assert topic.looked == 0


async def test_a_revision_is_another_thing_to_send(ledger: SentLedger) -> None:
    await ledger.begin([alert(1)])
    await ledger.done([alert(1)])
    assert await ledger.begin([alert(1, revision=1)]) == set()


async def test_what_anybody_may_get_twice_is_not_written_down(ledger: SentLedger, topic: Topic) -> None:
    said = [Sending.of(statement("s1")), Sending.of(statement("s1"))]
    assert await ledger.begin(said) == set()
    assert await ledger.begin(said) == set()
