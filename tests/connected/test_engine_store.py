"""Journals in a real store: compare-and-set, one answer for each key, and nothing from another epoch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from agents.stage import Memory, Outcome
from schemas import RawArticle, Statement
from streams.attempts import RedisAttempts
from streams.process import Sending
from streams.rebuild import Rebuild
from streams.sent import SentLedger
from streams.settings import Settings
from streams.stores import RedisJournal, Session, Store, StoreLostError, connect_store
from tests import fakes
from tests.fakes import received, statement

pytestmark = pytest.mark.connected


@pytest_asyncio.fixture
async def session(settings: Settings) -> AsyncIterator[Session]:
    store = Store(connect_store(settings), settings.key_prefix)
    await Rebuild(store, []).ensure()
    session = Session(store)
    session.adopt()
    yield session
    await store.redis.aclose()


def journal(session: Session, settings: Settings) -> RedisJournal[Statement]:
    return RedisJournal(session, "statements", Statement, settings)


async def test_what_was_appended_is_read_at_its_position(session: Session, settings: Settings) -> None:
    log = journal(session, settings)
    assert await log.append(0, "a", [statement("1"), statement("2")])
    assert await log.append(2, "b", [statement("3")])
    assert [(at, entry.statement_id) for at, entry in await log.read(1)] == [(1, "2"), (2, "3")]


async def test_who_has_not_read_the_last_entry_appends_nothing(session: Session, settings: Settings) -> None:
    log = journal(session, settings)
    assert await log.append(0, "a", [statement("1")])
    assert not await log.append(0, "b", [statement("2")])
    assert await log.answer("b") is None
    assert len(await log.read(0)) == 1


async def test_a_key_is_answered_once(session: Session, settings: Settings) -> None:
    log = journal(session, settings)
    assert await log.append(0, "a", [])
    assert not await log.append(0, "a", [statement("1")])
    assert await log.answer("a") == []
    assert await log.answer("b") is None


async def test_several_keys_are_answered_at_once_or_none_of_them(session: Session, settings: Settings) -> None:
    log = journal(session, settings)
    answers = [("a", [statement("1"), statement("2")]), ("b", []), ("c", [statement("3")])]
    assert await log.append_all(0, answers)
    assert [(at, entry.statement_id) for at, entry in await log.read(0)] == [(0, "1"), (1, "2"), (2, "3")]
    found = [await log.answer(key) for key in "abc"]
    assert [[entry.statement_id for entry in entries or ()] for entries in found] == [["1", "2"], [], ["3"]]
    assert not await log.append_all(3, [("d", [statement("4")]), ("b", [])])
    assert not await log.append_all(2, [("d", [statement("4")]), ("e", [])])
    assert await log.answer("d") is None
    assert len(await log.read(0)) == 3


async def test_two_journals_are_appended_to_in_one_step(session: Session, settings: Settings) -> None:
    one, two = (RedisJournal(session, name, Statement, settings) for name in ("one", "two"))
    assert await two.append(0, "z", [statement("0")])
    assert not await one.append_all(0, [("a", [statement("1")])], (two, 0, [("a", [])]))
    assert not await one.append_all(0, [("a", [statement("1")])], (two, 1, [("z", [])]))
    assert await one.read(0) == []
    assert await one.append_all(0, [("a", [statement("1")]), ("b", [])], (two, 1, [("a", [statement("2")])]))
    assert [(at, entry.statement_id) for at, entry in await one.read(0)] == [(0, "1")]
    assert [(at, entry.statement_id) for at, entry in await two.read(0)] == [(0, "0"), (1, "2")]
    assert await one.answer("b") == []
    await session.store.redis.delete(session.store.key("journal", "two", "end"))
    with pytest.raises(StoreLostError):
        await one.append_all(1, [("c", [])], (two, 2, [("c", [])]))


async def test_positions_go_on_when_the_oldest_entries_were_trimmed(session: Session, settings: Settings) -> None:
    log = journal(session, settings.model_copy(update={"journal_entries": 100}))
    for number in range(30):
        assert await log.append(number * 10, f"key-{number}", [statement(f"{number}-{each}") for each in range(10)])
    entries = await log.read(0)
    assert 100 <= len(entries) < 300
    assert entries[-1][0] == 299


async def test_many_who_append_at_once_leave_no_gap_and_no_double(session: Session, settings: Settings) -> None:
    async def worker(name: str) -> None:
        memory: Memory[list[str], Statement] = Memory(
            journal(session, settings), list, lambda seen, entry: seen.append(entry.statement_id)
        )
        for number in range(10):
            key = f"{number}"  # all are given the same records, as after a rebalance
            await memory.decide_once(
                key,
                lambda seen, key=key: Outcome(records=(statement(f"{key} after {len(seen)}"),)),  # type: ignore[misc]
                lambda record: record if isinstance(record, Statement) else None,
            )

    await asyncio.gather(*(worker(name) for name in "abcd"))
    entries = [entry.statement_id for _, entry in await journal(session, settings).read(0)]
    assert sorted(entries) == sorted(f"{number} after {entries.index(entry)}" for number, entry in enumerate(entries))
    assert len(entries) == 10


async def test_a_store_that_was_emptied_answers_nobody_who_remembers_it(session: Session, settings: Settings) -> None:
    log = journal(session, settings)
    await log.append(0, "a", [statement("1")])
    await session.store.redis.delete(session.store.epoch_key)
    for act in (log.read(0), log.answer("a"), log.append(1, "b", []), session.check()):
        with pytest.raises(StoreLostError):
            await act


async def test_a_store_that_came_back_without_its_last_entries_is_given_up(
    session: Session, settings: Settings
) -> None:
    log = journal(session, settings)
    await log.append(0, "a", [statement("1")])
    await session.store.redis.set(session.store.key("journal", "statements", "end"), 0)
    with pytest.raises(StoreLostError):
        await log.append(1, "b", [statement("2")])
    assert await session.store.read_epoch() is None


async def test_of_many_workers_one_fills_and_the_others_wait_for_it(settings: Settings) -> None:
    fills = 0

    async def fill() -> int:
        nonlocal fills
        fills += 1
        await asyncio.sleep(0.3)
        return 0

    stores = [Store(connect_store(settings), settings.key_prefix) for _ in range(4)]
    await asyncio.gather(*(Rebuild(store, [fill]).ensure() for store in stores))
    assert fills == 1
    assert len({store.epoch for store in stores}) == 1
    for store in stores:
        await store.redis.aclose()


async def test_a_fill_that_takes_long_is_progress_for_who_fills_and_for_who_waits(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.rebuild.LOCK_MILLISECONDS", 3000)
    progress = {"one": 0, "other": 0}
    done = asyncio.Event()

    async def fill() -> int:
        await done.wait()
        return 0

    def went_on(name: str) -> None:
        progress[name] += 1
        if all(progress.values()):
            done.set()

    stores = [Store(connect_store(settings), settings.key_prefix) for _ in progress]
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(
                Rebuild(store, [fill], goes_on=lambda name=name: went_on(name)).ensure()  # type: ignore[misc]
                for store, name in zip(stores, progress, strict=True)
            )
        )
    for store in stores:
        await store.redis.aclose()


async def test_a_fill_that_fails_leaves_no_epoch_and_no_lock(settings: Settings) -> None:
    async def fail() -> int:
        raise OSError("no broker")

    async def fill() -> int:
        return 1

    store = Store(connect_store(settings), settings.key_prefix)
    with pytest.raises(OSError, match="no broker"):
        await Rebuild(store, [fail]).ensure()
    assert await store.read_epoch() is None
    await asyncio.wait_for(Rebuild(store, [fill]).ensure(), 5)
    assert store.epoch is not None
    await store.redis.aclose()


async def test_who_was_stopped_for_longer_than_the_lock_clears_no_store_that_another_one_has_filled(
    session: Session, settings: Settings
) -> None:
    assert await journal(session, settings).append(0, "a", [statement("1")])
    filled: list[int] = []
    await Rebuild(session.store, [], filled.append)._fill("a token of long ago")
    assert filled == []
    assert await session.store.read_epoch() == session.epoch
    assert [one.statement_id for _, one in await journal(session, settings).read(0)] == ["1"]


async def test_what_others_keep_under_our_prefix_survives_a_rebuild(settings: Settings) -> None:
    store = Store(connect_store(settings), settings.key_prefix)
    await store.redis.set(store.key("delivered", "x"), "1")
    await store.redis.set(store.key("journal", "x"), "1")
    await Rebuild(store, []).ensure()
    assert await store.redis.exists(store.key("delivered", "x"))
    assert not await store.redis.exists(store.key("journal", "x"))
    await store.redis.aclose()


async def test_a_whole_journal_that_is_loaded_reads_like_one_that_was_appended(
    session: Session, settings: Settings
) -> None:
    log = journal(session, settings)
    await log.load([("a", [statement("1"), statement("2")]), ("b", []), ("c", [statement("3")])])
    assert [(at, entry.statement_id) for at, entry in await log.read(0)] == [(0, "1"), (1, "2"), (2, "3")]
    assert await log.answer("b") == []
    assert await log.append(3, "d", [statement("4")])


async def test_records_on_which_somebody_ended_are_found_and_counted(session: Session) -> None:
    attempts = RedisAttempts(session.store, "tag_signals")
    batch = [received(b"%d" % offset, offset) for offset in range(5)]
    assert not await attempts.begin(batch)
    assert await attempts.begin(batch[3:])  # again: nobody has gone on to later records
    assert [await RedisAttempts(session.store, "tag_signals").count(batch[3]) for _ in range(3)] == [0, 1, 2]
    assert await attempts.begin([received(b"3", 70)])  # the same record, sent again
    await attempts.survived(batch[3])
    assert await attempts.count(batch[3]) == 0
    assert not await attempts.begin([received(b"new", 71)])


async def test_a_record_that_waits_for_the_store_counts_once_however_often_it_is_tried(session: Session) -> None:
    attempts, other = (RedisAttempts(session.store, "tag_signals") for _ in range(2))
    one = received(b"1", 0)
    assert [await attempts.count(one) for _ in range(5)] == [0] * 5
    assert await other.count(one) == 1


async def test_a_store_that_lost_an_entry_is_given_up_by_who_wrote_it_and_by_who_read_it(
    session: Session, settings: Settings
) -> None:
    writer, reader = journal(session, settings), journal(session, settings)
    assert await writer.append(0, "a", [statement("1"), statement("2")])
    assert len(await reader.read(0)) == 2
    await session.store.redis.set(session.store.key("journal", "statements", "end"), 1)
    with pytest.raises(StoreLostError):
        await writer.read(0)
    assert await session.store.read_epoch() is None


async def test_alerts_are_reserved_in_no_store_that_was_emptied(session: Session, settings: Settings) -> None:
    signal = fakes.signal_of(fakes.accepted(RawArticle(article_id="a", body="نص")))
    alert = Sending.of(fakes.alert_of(signal))
    ledger = SentLedger(session.store, settings)
    assert await ledger.begin([alert]) == set()
    await ledger.done([alert])
    assert await ledger.begin([alert]) == {id(alert)}
    await session.store.redis.flushdb()
    with pytest.raises(StoreLostError):
        await ledger.begin([alert])
    assert await session.store.redis.keys("*") == []
