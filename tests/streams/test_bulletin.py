from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Alert
from schemas.packed import pack
from streams.bulletin import Bulletin, Cursor, Entry, Gap, Quiet
from streams.delivery import Filter

START = Cursor()
EVERYTHING = Filter(corroborations=True)


def alert(number: int, **fields: Any) -> Alert:
    return Alert(
        **{
            "alert_id": f"alert-{number}",
            "kind": "escalation",
            "severity": "warning",
            "reason": "act",
            "summary": {"en": "x", "ar": "س"},
            "article_ids": (),
            **fields,
        }
    )


async def take(events: AsyncIterator[Entry | Gap | Quiet], number: int) -> list[Entry | Gap | Quiet]:
    return [await asyncio.wait_for(anext(events), 5) for _ in range(number)]


def ids(events: list[Entry | Gap | Quiet]) -> list[str]:
    return [event.alert.alert_id if isinstance(event, Entry) else type(event).__name__.lower() for event in events]


async def is_silent(events: AsyncIterator[Entry | Gap | Quiet]) -> bool:
    waiting = asyncio.ensure_future(anext(events))
    for _ in range(5):
        await asyncio.sleep(0)
    silent = not waiting.done()
    waiting.cancel()
    return silent


async def test_a_follower_gets_what_was_and_what_comes() -> None:
    bulletin = Bulletin()
    bulletin.add("a0", 0, alert(0))
    events = bulletin.follow(START, EVERYTHING)
    assert ids(await take(events, 1)) == ["alert-0"]
    waiting = asyncio.ensure_future(take(events, 2))
    await asyncio.sleep(0)
    bulletin.add("a1", 0, alert(1))
    bulletin.add("a0", 1, alert(2))
    assert ids(await waiting) == ["alert-1", "alert-2"]


@given(st.lists(st.sampled_from(["a0", "a1", "c0"]), min_size=1, max_size=30), st.data())
def test_who_comes_back_misses_nothing_and_gets_nothing_twice_even_from_another_worker(
    sources: list[str], data: st.DataObject
) -> None:
    """Two workers have read the same partitions, each in an order of its own."""
    offsets: dict[str, int] = {}
    records = []
    for number, source in enumerate(sources):
        offsets[source] = offsets.get(source, -1) + 1
        records.append((source, offsets[source], alert(number)))
    one, other = Bulletin(), Bulletin()
    for record in records:
        one.add(*record)
    for record in sorted(records, key=lambda record: (record[0], record[1])):
        other.add(*record)
    left_after = data.draw(st.integers(min_value=1, max_value=len(records)))

    async def story() -> list[str]:
        first = await take(one.follow(START, EVERYTHING), left_after)
        place = first[-1]
        assert isinstance(place, Entry)
        again = other.follow(Cursor.parse(place.cursor) or START, EVERYTHING)
        rest = await take(again, len(records) - left_after)
        assert await is_silent(again)
        return ids(first + rest)

    assert sorted(asyncio.run(story())) == sorted(record[2].alert_id for record in records)


async def test_a_follower_is_told_that_it_missed_something() -> None:
    bulletin = Bulletin(capacity=10)
    for number in range(30):
        bulletin.add("a0", number, alert(number))
    events = bulletin.follow(Cursor(places={"a0": 3}), EVERYTHING)
    assert ids(await take(events, 1)) == ["gap"]
    recent = bulletin.follow(Cursor(places={"a0": 28}), EVERYTHING)
    assert ids(await take(recent, 2)) == ["alert-28", "alert-29"]


async def test_heavy_alerts_are_forgotten_sooner() -> None:
    light, heavy = alert(0), alert(0, article_ids=tuple(f"article-{number}" for number in range(50)))
    kept = {}
    for name, one in (("light", light), ("heavy", heavy)):
        bulletin = Bulletin(capacity=1000, most_bytes=20 * len(pack(light)))
        for number in range(100):
            bulletin.add("a0", number, one.model_copy(update={"alert_id": f"alert-{number}"}))
        events = bulletin.follow(START, EVERYTHING)
        assert ids(await take(events, 1)) == ["gap"]
        told: list[str] = []
        while not told or told[-1] != "alert-99":
            told += ids(await take(events, 1))
        kept[name] = len(told)
    assert 1 <= kept["heavy"] < kept["light"] <= 22


async def test_a_follower_that_stalls_while_much_comes_is_told_so() -> None:
    bulletin = Bulletin(capacity=10)
    bulletin.add("a0", 0, alert(0))
    events = bulletin.follow(START, EVERYTHING)
    assert ids(await take(events, 1)) == ["alert-0"]
    for number in range(1, 100):
        bulletin.add("a0", number, alert(number))
    assert ids(await take(events, 2))[0] == "gap"


async def test_who_wants_little_does_not_fall_behind_what_goes_by() -> None:
    bulletin = Bulletin(capacity=10)
    bulletin.begin("a0", 0)
    wanted = Filter(kinds=frozenset({"surge"}))
    waiting = asyncio.ensure_future(take(bulletin.follow(bulletin.cursor, wanted, heartbeat=1), 1))
    for number in range(100):
        await asyncio.sleep(0)
        bulletin.add("a0", number, alert(number))
    (quiet,) = await waiting
    assert isinstance(quiet, Quiet)
    again = bulletin.follow(Cursor.parse(quiet.cursor) or START, wanted)
    bulletin.add("a0", 100, alert(100, kind="surge"))
    assert ids(await take(again, 1)) == ["alert-100"]


async def test_signs_of_life_come_though_what_goes_by_never_ends() -> None:
    bulletin = Bulletin(capacity=10)
    events = bulletin.follow(START, Filter(kinds=frozenset({"surge"})), heartbeat=0.1)
    waiting = asyncio.ensure_future(take(events, 2))
    number = 0
    async with asyncio.timeout(30):
        while not waiting.done():
            bulletin.add("a0", number, alert(number))
            number += 1
            await asyncio.sleep(0.001)
    assert all(isinstance(event, Quiet) for event in waiting.result())


async def test_a_sign_of_life_takes_nobody_back_behind_what_another_worker_had_read() -> None:
    bulletin = Bulletin()
    bulletin.add("a0", 0, alert(0))
    events = bulletin.follow(Cursor(places={"a0": 5, "c0": 2}), EVERYTHING, heartbeat=0.01)
    assert await take(events, 1) == [Quiet("~a0.5-c0.2")]


async def test_a_place_of_another_life_of_the_broker_starts_anew() -> None:
    bulletin = Bulletin(epoch="beef")
    bulletin.add("a0", 0, alert(0))
    events = bulletin.follow(Cursor("feed", {"a0": 500}), EVERYTHING)
    assert ids(await take(events, 1)) == ["alert-0"]


async def test_a_record_that_is_read_again_is_not_told_again() -> None:
    bulletin = Bulletin()
    for _ in range(2):
        bulletin.add("a0", 0, alert(0))
    events = bulletin.follow(START, EVERYTHING)
    assert ids(await take(events, 1)) == ["alert-0"]
    assert await is_silent(events)


@pytest.mark.parametrize("text", ["x", "~a0", "~a0.1-", "~a0.-1", "~a0.1\n", "beef~" + "a0.1-" * 2000, "zz~", "a0.1"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    assert Cursor.parse(text) is None


@given(st.dictionaries(st.sampled_from(["a0", "a12", "c3"]), st.integers(0, 10**17)), st.sampled_from(["", "beef"]))
def test_a_cursor_survives_being_written(places: dict[str, int], epoch: str) -> None:
    assert Cursor.parse(str(Cursor(epoch, places))) == Cursor(epoch, places)


FILTERS = {
    "no filter": (Filter(), True),
    "its kind": (Filter(kinds=frozenset({"escalation", "surge"})), True),
    "another kind": (Filter(kinds=frozenset({"surge"})), False),
    "its talk": (Filter(talks=frozenset({"osce"})), True),
    "another talk": (Filter(talks=frozenset({"nato"})), False),
    "one of its parties": (Filter(parties=frozenset({"usa"})), True),
    "other parties": (Filter(parties=frozenset({"eu"})), False),
    "its severity": (Filter(min_severity="warning"), True),
    "a higher severity": (Filter(min_severity="critical"), False),
}


@pytest.mark.parametrize(("accepts", "passes"), FILTERS.values(), ids=FILTERS.keys())
def test_a_filter_passes_what_it_names(accepts: Filter, passes: bool) -> None:
    assert accepts.matches(alert(0, talks=("osce",), parties=("usa", "russia"))) is passes


def test_a_corroboration_passes_only_where_it_is_asked_for() -> None:
    again = alert(0, revision=1)
    assert not Filter().matches(again)
    assert EVERYTHING.matches(again)
