"""Articles that somebody writes to hurt: whatever stands in them, a bounded part is read, and the rest is told."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from agents.deduplicate import COMPARED, deduplicate, prints_of
from agents.knowledge import Knowledge, build_knowledge
from agents.language.stems import readings
from agents.language.text import LONGEST_WORD, fold, tokens
from agents.reading import LONGEST_READ, LONGEST_SENTENCE, MOST_UTTERANCES, Reading
from agents.stage import Outcome
from agents.tag_signals import tag_signals
from agents.track_statements import statement_memory, track_statements
from schemas import Article, RawArticle, load_watchlist
from streams.feeds import seeds
from streams.seen import MemorySeenArticles
from streams.stores import MemoryJournal
from tests.security.hostile import BODIES, NAME

ROOT = Path(__file__).parents[2]


@cache
def knowledge() -> Knowledge:
    return build_knowledge(load_watchlist(seeds() / "watchlist.yaml"))


def article(body: str) -> Article:
    return Article.model_validate(
        {
            "article_id": "hostile",
            "body": body,
            "verdict": "unique",
            "fresh": [{"start": 0, "end": len(body)}],
            "event_time": "2022-01-09T10:00:00+00:00",
            "event_time_source": "published_at",
        }
    )


def read(body: str) -> Reading:
    return knowledge().reader.read(article(body))


async def state(body: str) -> Outcome:
    return await track_statements(article(body), statement_memory(MemoryJournal()), knowledge())


@pytest.mark.parametrize("kind", sorted(BODIES))
async def test_every_kind_is_read_and_its_spans_are_in_the_body(kind: str) -> None:
    one = article(BODIES[kind](3000))
    for outcome in (await state(one.body), await tag_signals(one, knowledge())):
        for passed in outcome.passed:
            if passed.span is not None:
                assert one.body[passed.span.start : passed.span.end] == passed.span.text


async def test_of_a_giant_article_the_beginning_is_read_and_the_rest_is_told() -> None:
    body = BODIES["no sentence end"](5 * LONGEST_READ) + f"قال {NAME} إن المحادثات تبدأ غدا."
    assert read(body).tokens[-1].end <= LONGEST_READ
    told = (await state(f"قال {NAME} إن المحادثات تبدأ غدا في جنيف. " + body)).passed[-1]
    assert (told.taken, told.reason) == (False, "longer than is read")


@pytest.mark.parametrize("kind", ["reporting verbs that go on", "no sentence end", "plain quotes with words", "commas"])
def test_a_sentence_without_end_is_read_in_pieces(kind: str) -> None:
    reading = read(BODIES[kind](20_000))
    assert max(sentence.end - sentence.start for sentence in reading.sentences) == LONGEST_SENTENCE


async def test_of_twenty_thousand_reports_the_first_are_taken_and_the_rest_is_told() -> None:
    outcome = await state(f"قال {NAME}: لن نقبل هذا الشرط. " * 20_000)
    assert len(read(f"قال {NAME}: لن نقبل هذا الشرط. " * 20_000).utterances) <= MOST_UTTERANCES
    assert "more reports than are read" in {passed.reason for passed in outcome.passed}


async def test_of_too_many_acts_the_first_are_tagged_and_the_rest_is_told() -> None:
    outcome = await tag_signals(article(BODIES["acts"](30_000)), knowledge())
    assert len(outcome.records) == 200
    assert outcome.passed[-1].reason == "more_than_are_read"


def test_of_a_table_of_days_only_the_last_ones_are_a_date() -> None:
    from datetime import date

    from agents.language.dates import find_dates

    days = " و".join(str(1 + number % 28) for number in range(2000))
    assert len(find_dates(list(tokens(f"{days} يناير 2022")), date(2022, 1, 9))) == 12
    assert len(find_dates(list(tokens("9 و10 و11 يناير 2022")), date(2022, 1, 9))) == 3


def test_what_is_read_does_not_depend_on_the_process() -> None:
    """Sets of words have another order in every process; what stands first must not follow from it."""
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from streams.feeds import read_feed\n"
        "from tests.chaos.accounting import undisturbed\n"
        "folder = Path(sys.argv[1])\n"
        "found = asyncio.run(undisturbed(list(read_feed(folder / 'feed.jsonl')), folder / 'watchlist.yaml'))\n"
        "for records in found.values():\n"
        "    for name, (record, *_) in records.items():\n"
        "        print(name, record.model_dump_json(exclude={'appended_at'}))\n"
    )
    command = [sys.executable, "-c", script, str(ROOT / "tests" / "feeds" / "dam")]
    outputs = {
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) > 100


async def test_a_side_that_has_said_very_much_is_compared_with_what_it_said_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agents.track_statements.memory._MOST", 40)
    monkeypatch.setattr("agents.track_statements.memory._MOST_RIVALS", 10)
    memory = statement_memory(MemoryJournal())

    async def say(number: int) -> list[str]:
        body = f"قال {NAME} إن روسيا سترسل {number * 1000} جندي إلى المدينة رقم {number}."
        one = article(body).model_copy(update={"article_id": f"a{number}-{len(body)}"})
        return [record.novelty for record in (await track_statements(one, memory, knowledge())).records]  # type: ignore[attr-defined]

    for number in range(100, 160):
        assert len(await say(number)) == 1
    state = await memory.catch_up()
    assert len(state.told) == 40
    told = list(state.told.values())
    assert set(state.chains) == {statement.statement_id for statement in told}
    assert state.of_side(frozenset(["russia"]), knowledge()) == told[-10:]


@pytest.mark.parametrize("letters", ["ا", "وال", "ها", "1", "ﷺ", "a"])
async def test_a_word_without_end_is_a_word_of_bounded_length(letters: str) -> None:
    raw = RawArticle(article_id="a", body=NAME + " " + letters * 200_000)
    (accepted,) = (await deduplicate(raw, MemorySeenArticles())).records
    assert accepted.body == raw.body  # type: ignore[attr-defined]
    token = list(tokens(raw.body))[-1]
    assert raw.body[token.start : token.end] == token.text
    assert len(token.form) <= 20 * LONGEST_WORD
    assert readings("ا" * 100_000) == ("ا" * 100_000,)
    fold(letters * 200_000)
    assert read(raw.body).tokens[-1].end <= LONGEST_READ


async def test_of_a_giant_article_the_beginning_is_compared_and_the_rest_is_only_known() -> None:
    beginning = "".join(f"قالت الوزيرة رقم {number} إن الجسر سيفتح غدا.\n" for number in range(4000))[:COMPARED]
    raw = [RawArticle(article_id=f"a{tail}", body=beginning + f" {tail}" * 200_000) for tail in (1, 2)]
    assert max(unit.end for unit in prints_of(raw[0]).units) <= COMPARED
    assert prints_of(raw[0]).exact != prints_of(raw[1]).exact
    assert prints_of(raw[0]) == prints_of(raw[0].model_copy(update={"article_id": "copy"}))
    index = MemorySeenArticles()
    verdicts = [(await deduplicate(one, index)).records[0].verdict for one in raw]  # type: ignore[attr-defined]
    assert verdicts == ["unique", "near_duplicate"]
