"""What becomes of one record, without Faust, broker or store."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from agents.stage import Memory, Outcome
from schemas import Article, Decision, Passed, RawArticle, Record
from streams.process import Stage, bind, process_batch
from streams.records import Reason, identify
from streams.stores import MemoryJournal, StoreLostError
from tests import fakes
from tests.fakes import bound, received

BAD = {
    "nothing at all": (None, Reason.NO_VALUE),
    "an empty value": (b"", Reason.NOT_JSON),
    "bytes that are not UTF-8": (b'{"body": "\xff\xfe"}', Reason.NOT_UTF8),
    "UTF-8 that is not JSON": ("ليس JSON".encode(), Reason.NOT_JSON),
    "JSON cut off": (b'{"body": "x"', Reason.NOT_JSON),
    "half of a surrogate pair": (b'{"body": "\\ud800"}', Reason.NOT_JSON),
    "not a number": (b'{"body": "x", "n": NaN}', Reason.NOT_JSON),
    "nested a hundred thousand deep": (b'{"body":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Reason.NOT_JSON),
    "a list": (b"[]", Reason.NOT_AN_OBJECT),
    "a string": (b'"body"', Reason.NOT_AN_OBJECT),
    "an object without a body": (b'{"title": "x"}', Reason.MISSING_FIELD),
    "an empty body": (b'{"body": ""}', Reason.EMPTY_BODY),
    "a body of white space": ('{"body": "\\n \u00a0"}'.encode(), Reason.EMPTY_BODY),
    "a body that is a number": (b'{"body": 5}', Reason.BAD_FIELD),
    "an id that is a list": (b'{"body": "x", "article_id": []}', Reason.BAD_FIELD),
    "a date that nobody can read": (b'{"body": "x", "published_at": "the day after"}', Reason.BAD_DATE),
    "a date without an offset": (b'{"body": "x", "published_at": "2022-01-10T09:00:00"}', Reason.BAD_DATE),
    "a year that there is not": (b'{"body": "x", "fetched_at": "99999-01-01T00:00:00+00:00"}', Reason.BAD_DATE),
}


@pytest.mark.parametrize(("value", "reason"), BAD.values(), ids=BAD)
async def test_what_cannot_be_read_is_quarantined_with_its_bytes(value: bytes | None, reason: Reason) -> None:
    (handled,) = await process_batch(bound(), [received(value, offset=7)])
    (sending,) = handled.sending
    assert sending.topic == "quarantine"
    assert handled.rejection is not None
    assert (handled.rejection.reason, handled.rejection.offset, handled.rejection.stage) == (reason, 7, "deduplicate")
    assert base64.b64decode(handled.rejection.record_value) == (value or b"")
    assert base64.b64decode(handled.rejection.record_key or "") == b"key"


async def test_an_article_beyond_the_limit_is_quarantined_unread() -> None:
    (handled,) = await process_batch(bound(largest=100), [received(fakes.raw("a", "x" * 100))])
    assert handled.rejection is not None
    assert handled.rejection.reason == Reason.TOO_LARGE


async def test_a_record_is_sent_on_with_its_own_key_and_a_decision_closes_its_way() -> None:
    (handled,) = await process_batch(bound(), [received(fakes.raw("a"))])
    article, decision = (one.record for one in handled.sending)
    assert [(one.topic, one.key) for one in handled.sending] == [("articles.accepted", b"a"), ("decisions", b"a")]
    assert isinstance(article, Article)
    assert isinstance(decision, Decision)
    assert (decision.stage, decision.record_id, decision.emitted) == ("deduplicate", "a", ("articles.accepted:a",))
    assert decision.text_id == article.text_id


async def test_unknown_fields_are_kept_and_the_brokers_time_is_taken_over_whatever_the_sender_says() -> None:
    value = fakes.raw("a", appended_at=1.0, desk="Cairo")
    (handled,) = await process_batch(bound(), [received(value, timestamp=1234.5)])
    sent = json.loads(handled.sending[0].value)
    assert (sent["appended_at"], sent["desk"]) == (1234.5, "Cairo")


async def test_an_error_between_two_good_records_costs_neither_of_them() -> None:
    async def decide(record: RawArticle) -> Outcome:
        if record.article_id == "bad":
            raise ValueError("on purpose")
        return await fakes.accept(record)

    values = [fakes.raw("a"), fakes.raw("bad"), b"poison", fakes.raw("b")]
    handled = await process_batch(bound(decide), [received(value, offset) for offset, value in enumerate(values)])
    assert [one.rejection.reason if one.rejection else "sent" for one in handled] == [
        "sent",
        "crashed",
        "not_json",
        "sent",
    ]
    rejection = handled[1].rejection
    assert rejection is not None
    assert (rejection.attempts, rejection.error) == (3, "ValueError: on purpose")
    decision = handled[1].sending[1].record
    assert isinstance(decision, Decision)
    assert decision.emitted == (f"quarantine:{rejection.rejection_id}",)


async def test_a_stage_that_fails_twice_and_then_does_not_quarantines_nothing() -> None:
    decide = fakes.failing(2, ValueError("once more"))
    (handled,) = await process_batch(bound(decide), [received(fakes.raw("a"))])
    assert handled.rejection is None
    assert decide.calls == 3


async def test_a_record_quarantined_twice_has_one_id() -> None:
    first, second = [(await process_batch(bound(), [received(b"{", offset=3)]))[0].rejection for _ in range(2)]
    assert first is not None
    assert second is not None
    assert first.rejection_id == second.rejection_id


async def test_a_store_that_is_away_is_nobodys_fault_and_is_waited_for_at_the_same_record() -> None:
    decide = fakes.failing(5, fakes.STORE_DOWN)
    waits: list[Exception] = []

    async def wait(error: Exception) -> None:
        waits.append(error)

    handled = await process_batch(bound(decide), [received(fakes.raw("a")), received(fakes.raw("b"), 1)], wait=wait)
    assert len(waits) == 5
    assert [one.rejection for one in handled] == [None, None]


async def test_records_under_way_together_are_begun_in_order_and_only_those_that_failed_again() -> None:
    begun: list[str] = []
    four = asyncio.Event()

    async def decide(record: Record) -> Outcome:
        assert isinstance(record, RawArticle)
        begun.append(record.article_id)
        if len(begun) == 4:
            four.set()
        await four.wait()
        if record.article_id in "bd" and begun.count(record.article_id) == 1:
            raise fakes.STORE_DOWN
        return Outcome.nothing(record.article_id)

    waits: list[Exception] = []

    async def wait(error: Exception) -> None:
        waits.append(error)

    records = [received(fakes.raw(letter), offset) for offset, letter in enumerate("abcdef")]
    handled = await process_batch(bound(decide, together=4), records, wait=wait)
    assert "".join(begun) == "abcd" + "bd" + "ef"
    assert len(waits) == 1
    assert [one.received.offset for one in handled] == [0, 1, 2, 3, 4, 5]


async def test_a_record_begins_as_soon_as_there_is_room_for_it() -> None:
    last = asyncio.Event()

    async def decide(record: Record) -> Outcome:
        assert isinstance(record, RawArticle)
        if record.article_id == "d":
            last.set()
        if record.article_id == "a":
            await last.wait()
        return Outcome.nothing(record.article_id)

    records = [received(fakes.raw(letter), offset) for offset, letter in enumerate("abcd")]
    async with asyncio.timeout(10):
        handled = await process_batch(bound(decide, together=2), records)
    assert [one.received.offset for one in handled] == [0, 1, 2, 3]


async def test_without_somebody_to_wait_a_store_that_is_away_is_raised() -> None:
    with pytest.raises(type(fakes.STORE_DOWN)):
        await process_batch(bound(fakes.failing(1, fakes.STORE_DOWN)), [received(fakes.raw("a"))])


async def test_a_store_that_was_lost_is_raised_and_no_record_is_blamed() -> None:
    with pytest.raises(StoreLostError):
        await process_batch(bound(fakes.failing(1, StoreLostError())), [received(fakes.raw("a"))])


@pytest.mark.parametrize(("language", "read"), [("ar", 1), ("ar-EG", 1), ("AR_eg", 1), (None, 1), ("fa", 0), ("??", 0)])
async def test_an_article_in_a_language_that_is_not_read_is_passed_by_with_the_reason(
    language: str | None, read: int
) -> None:
    stage = bound(fakes.tag, name="tag_signals", topics=("articles.accepted",), languages=frozenset({"ar"}))
    article = fakes.accepted(RawArticle(article_id="a", body="نص", language=language))
    value = article.model_dump_json().encode()
    (handled,) = await process_batch(stage, [received(value, topic="articles.accepted")])
    assert handled.rejection is None
    assert len(handled.outcome.records) == read
    assert [passed.reason for passed in handled.outcome.passed] == ["unknown_language"] * (1 - read)


async def test_what_is_passed_over_stands_in_the_decision() -> None:
    async def decide(_: RawArticle) -> Outcome:
        return Outcome(passed=(Passed(taken=False, reason="repeat"),))

    (handled,) = await process_batch(bound(decide), [received(fakes.raw("a"))])
    decision = handled.sending[-1].record
    assert isinstance(decision, Decision)
    assert [passed.reason for passed in decision.passed] == ["repeat"]


def test_a_stage_is_given_what_it_needs_and_its_memories_are_known() -> None:
    memory: Memory[list[str], RawArticle] = Memory(MemoryJournal(), list, lambda state, entry: None)

    async def decide(record: RawArticle, given: object, knowledge: object) -> Outcome:
        raise AssertionError("not called")

    stage = Stage("deduplicate", (RawArticle,), decide, lambda world: (memory, world.lexicon))

    class World:
        lexicon = None

    found = bind(stage, World(), languages=frozenset(), attempts=3, largest=10)  # type: ignore[arg-type]
    assert found.memories == (memory,)
    assert found.topics == ("articles.raw",)


def test_a_corroboration_goes_to_a_topic_of_its_own_and_its_id_tells_the_revision() -> None:
    alert = fakes.alert_of(fakes.signal_of(fakes.accepted(RawArticle(article_id="a", body="نص"))))
    later = alert.model_copy(update={"revision": 2, "event_time": datetime(2022, 1, 10, tzinfo=UTC)})
    from streams.process import Sending

    assert [Sending.of(one).topic for one in (alert, later)] == ["alerts", "alerts.corroborations"]
    assert identify(later) == "alert-signal-a#2"
    assert dict(Sending.of(later).headers)["ce_time"] == b"2022-01-10T00:00:00+00:00"


async def test_records_that_are_decided_at_once_are_told_in_order() -> None:
    async def decide_all(records: Sequence[Record]) -> list[Outcome]:
        return [await fakes.accept(record) for record in records]  # type: ignore[arg-type]

    async def never(_: Record) -> Outcome:
        raise AssertionError

    batch = [received(fakes.raw(name), offset) for offset, name in enumerate("abc")]
    handled = await process_batch(bound(never, decide_all=decide_all), batch)
    assert [each.received for each in handled] == batch
    assert [each.outcome.records[0].article_id for each in handled] == list("abc")  # type: ignore[attr-defined]


async def test_where_deciding_at_once_fails_it_is_found_which_record_is_to_blame() -> None:
    async def decide(record: RawArticle) -> Outcome:
        if record.article_id == "b":
            raise ValueError(record.article_id)
        return await fakes.accept(record)

    async def decide_all(records: Sequence[RawArticle]) -> list[Outcome]:
        return [await decide(record) for record in records]

    batch = [received(fakes.raw(name), offset) for offset, name in enumerate("abc")]
    handled = await process_batch(bound(decide, decide_all=decide_all), [*batch, received(b"[]", 3)])
    reasons = [each.rejection and each.rejection.reason for each in handled]
    assert reasons == [None, Reason.CRASHED, None, Reason.NOT_AN_OBJECT]


async def test_a_store_that_is_lost_while_deciding_at_once_is_raised() -> None:
    async def decide_all(_: Sequence[Record]) -> list[Outcome]:
        raise StoreLostError

    with pytest.raises(StoreLostError):
        await process_batch(bound(decide_all=decide_all), [received(fakes.raw(name)) for name in "ab"])
