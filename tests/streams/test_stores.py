"""How the store is reached, what counts as away, and the journal without a store."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from redis import exceptions

from agents.stage import Memory, Outcome
from schemas import Statement
from schemas.packed import pack
from streams.settings import Settings
from streams.stores import MemoryJournal, connect_store, is_store_down, unpack
from tests.fakes import statement


def options(**values: Any) -> dict[str, Any]:
    pool = connect_store(Settings(_env_file=None, **values)).connection_pool
    return dict(pool.connection_kwargs)


def test_nothing_is_tried_twice_by_the_client_itself() -> None:
    retry = options()["retry"]
    assert retry._retries == 0


def test_an_answer_is_not_waited_for_for_ever() -> None:
    assert options(redis_timeout=1.5)["socket_timeout"] == 1.5


def test_user_and_password_of_the_settings_win_over_those_of_the_url() -> None:
    found = options(redis_url="redis://a:b@host:7000/3", redis_username="desk", redis_password="hunter2")
    assert (found["username"], found["password"], found["host"], found["db"]) == ("desk", "hunter2", "host", 3)


def test_tls_checks_the_server_with_the_authority_of_the_settings(tmp_path: Any) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("")
    found = options(redis_url="rediss://host:7000/0", redis_ca_file=authority)
    assert found["ssl_ca_certs"] == str(authority)
    assert found.get("ssl_cert_reqs", "required") == "required"


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (exceptions.ConnectionError("refused"), True),
        (exceptions.TimeoutError("too slow"), True),
        (exceptions.AuthenticationError("wrong password"), True),
        (exceptions.NoPermissionError("no"), True),
        (exceptions.OutOfMemoryError("maxmemory"), True),
        (exceptions.ReadOnlyError("a replica"), True),
        (exceptions.ResponseError("MISCONF the disk is full"), True),
        (exceptions.ResponseError("LOADING its file"), True),
        (exceptions.ResponseError("too many results to unpack"), False),
        (FileNotFoundError("data of ours"), False),
        (ValueError("a bug"), False),
    ],
)
def test_only_what_passes_by_waiting_counts_as_a_store_that_is_away(error: Exception, down: bool) -> None:
    assert is_store_down(error) is down


async def test_a_record_that_comes_again_gets_its_answer_and_appends_nothing() -> None:
    journal: MemoryJournal[Statement] = MemoryJournal()
    memory: Memory[list[Statement], Statement] = Memory(journal, list, list.append)

    def decide(state: list[Statement]) -> Outcome:
        return Outcome(records=(statement(f"after {len(state)}"),))

    def kept(record: object) -> Statement | None:
        return record if isinstance(record, Statement) else None

    first = await memory.decide_once("a", decide, kept)
    second = await memory.decide_once("a", decide, kept)
    assert first.records == second.records
    assert first.records == (statement("after 0"),)
    assert len(await journal.read(0)) == 1


async def test_two_memories_of_one_journal_never_decide_on_the_same_past() -> None:
    journal: MemoryJournal[Statement] = MemoryJournal()

    class Slow(MemoryJournal[Statement]):
        async def read(self, after: int) -> Any:
            entries = await journal.read(after)
            await asyncio.sleep(0)
            return entries

        append, answer = journal.append, journal.answer  # type: ignore[assignment]

    async def work(name: str) -> None:
        memory: Memory[list[Statement], Statement] = Memory(Slow(), list, list.append)
        for number in range(20):
            await memory.decide_once(
                f"{name}{number}",
                lambda state: Outcome(records=(statement(str(len(state))),)),
                lambda record: record if isinstance(record, Statement) else None,
            )

    await asyncio.gather(*(work(name) for name in "abc"))
    assert [entry.statement_id for _, entry in await journal.read(0)] == [str(number) for number in range(60)]


async def test_what_the_last_version_wrote_is_read_and_what_is_written_now_is_small() -> None:
    records = [statement("one"), statement("two")]
    written = [record.model_dump_json() for record in records]
    assert unpack(written[0].encode()) == written[:1]  # an entry of schema version 1
    assert unpack(json.dumps(written).encode()) == written  # an answer
    assert unpack(json.dumps([]).encode()) == []
    assert unpack(pack(*records)) == written
    assert unpack(pack()) == []
    assert len(pack(*records * 20)) < len("".join(written * 20)) / 10
