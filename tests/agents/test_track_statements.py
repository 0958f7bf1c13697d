"""Statements: which sentences become one, whose they are, and what makes one a repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.stage import Memory, Outcome
from agents.track_statements import Statements, decide, fold, statement_memory, track_statements
from schemas import Article, Novelty, Range, SharedPassage, Statement, TimeSource, Verdict
from streams.stores import MemoryJournal
from tests.agents.speech_watchlist import WATCHLIST

SAID = "قال لعمامرة إن الجزائر لن تشارك في محادثات جنيف ما لم تنسحب القوات من المعبر."
AGAIN = "وأكد وزير الخارجية الجزائري أن الجزائر لن تشارك في محادثات جنيف ما لم تنسحب القوات من المعبر."
OTHER = "قال لعمامرة إن بلاده ستفتح مجالها الجوي أمام الطائرات المدنية يوم الأحد."
DAY = datetime(2030, 5, 10, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


@pytest.fixture
def memory() -> Memory[Statements, Statement]:
    return statement_memory(MemoryJournal())


def article(article_id: str, body: str, **fields: Any) -> Article:
    given: dict[str, Any] = {
        "verdict": Verdict.UNIQUE,
        "fresh": (Range(start=0, end=len(body)),),
        "event_time": DAY,
        "event_time_source": TimeSource.PUBLISHED_AT,
        "story_id": article_id,
        **fields,
    }
    return Article(article_id=article_id, source="wire", body=body, **given)


def statements(outcome: Outcome) -> list[Statement]:
    return [record for record in outcome.records if isinstance(record, Statement)]


def reasons(outcome: Outcome) -> list[str]:
    return [passed.reason for passed in outcome.passed if not passed.taken]


async def test_a_statement_is_new_and_keeps_whose_and_which_words_it_is(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    (statement,) = statements(await track_statements(article("a", SAID, url="https://x.org/a"), memory, knowledge))
    assert statement.novelty is Novelty.NEW
    assert [(speaker.actor_id, speaker.name) for speaker in statement.speakers] == [("lamamra", "لعمامرة")]
    assert (statement.party, statement.key, statement.origin, statement.url) == (
        "algeria", "algeria", "a", "https://x.org/a",
    )  # fmt: skip
    assert SAID[statement.content.start : statement.content.end] == statement.content.text
    assert statement.verb is not None
    assert statement.verb.text == "قال"
    assert statement.talks == ("table",)
    assert statement.talks_reason


async def test_another_text_under_the_same_id_is_decided_on_anew(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    """An outlet corrects its text, or somebody else was first with an id that can be guessed."""
    (first,) = statements(await track_statements(article("a", "قال لعمامرة إن الطقس جميل."), memory, knowledge))
    (second,) = statements(await track_statements(article("a", SAID), memory, knowledge))
    assert second.statement_id != first.statement_id
    assert second.novelty is Novelty.NEW
    assert second.content.text in SAID


async def test_an_article_that_is_delivered_again_gives_the_same_statements(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    first = await track_statements(article("a", SAID), memory, knowledge)
    again = await track_statements(article("a", SAID), memory, knowledge)
    assert again.records == first.records
    assert len((await memory.catch_up()).told) == 1


async def test_two_workers_never_both_call_the_same_thing_new(knowledge: Knowledge) -> None:
    journal = MemoryJournal[Statement]()
    one, other = statement_memory(journal), statement_memory(journal)
    await other.catch_up()  # it has read the journal before the first worker appends to it
    first = statements(await track_statements(article("a", SAID), one, knowledge))
    second = statements(await track_statements(article("b", AGAIN), other, knowledge))
    assert [statement.novelty for statement in (*first, *second)] == [Novelty.NEW, Novelty.REPEAT]


async def test_a_repeat_names_the_first_and_counts_its_origins(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    (first,) = statements(await track_statements(article("a", SAID), memory, knowledge))
    (second,) = statements(await track_statements(article("b", AGAIN), memory, knowledge))
    (third,) = statements(await track_statements(article("c", SAID), memory, knowledge))
    assert (second.novelty, second.repeats, second.origins) == (Novelty.REPEAT, first.statement_id, 2)
    assert (third.novelty, third.origins) == (Novelty.REPEAT, 3)
    assert (first.earlier, second.earlier, third.earlier) == ((), ("a",), ("a", "b"))


async def test_something_else_of_the_same_speaker_is_new(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    await track_statements(article("a", SAID), memory, knowledge)
    (statement,) = statements(await track_statements(article("b", OTHER), memory, knowledge))
    assert (statement.novelty, statement.origins) == (Novelty.NEW, 1)


async def test_the_same_words_of_the_other_side_are_new(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    await track_statements(article("a", SAID), memory, knowledge)
    body = SAID.replace("لعمامرة", "بوريطة")
    (statement,) = statements(await track_statements(article("b", body), memory, knowledge))
    assert statement.novelty is Novelty.NEW


async def test_who_is_not_known_may_be_of_any_side_but_changes_nothing_that_it_said(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    """A name that was not read right makes a stranger of a minister."""
    (first,) = statements(await track_statements(article("a", SAID), memory, knowledge))
    same = SAID.replace("لعمامرة", "خبير اقتصادي")
    other = same.replace("لن تشارك", "ستشارك")
    (denied,) = statements(await track_statements(article("b", other + " وانتظر المغرب."), memory, knowledge))
    (again,) = statements(await track_statements(article("c", same + " وانتظر المغرب."), memory, knowledge))
    assert (again.party, again.novelty, again.repeats) == (None, Novelty.REPEAT, first.statement_id)
    assert (denied.party, denied.novelty, denied.repeats) == (None, Novelty.NEW, None)


async def test_what_was_said_more_than_three_months_ago_is_news_again(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    await track_statements(article("a", SAID), memory, knowledge)
    within = article("b", AGAIN, event_time=DAY + timedelta(days=90))
    beyond = article("c", AGAIN, event_time=DAY + timedelta(days=181))
    assert [s.novelty for s in statements(await track_statements(within, memory, knowledge))] == [Novelty.REPEAT]
    assert [s.novelty for s in statements(await track_statements(beyond, memory, knowledge))] == [Novelty.NEW]


async def test_of_a_copy_only_what_is_fresh_is_stated(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    body = f"{SAID} {OTHER}"
    fresh = (Range(start=len(SAID) + 1, end=len(body)),)
    copy = article("b", body, verdict=Verdict.NEAR_DUPLICATE, story_id="a", fresh=fresh)
    outcome = await track_statements(copy, memory, knowledge)
    (statement,) = statements(outcome)
    assert statement.content.start > len(SAID)
    assert statement.origin == "a"
    assert reasons(outcome) == ["was read before in a copy"]


async def test_an_exact_copy_states_nothing(knowledge: Knowledge, memory: Memory[Statements, Statement]) -> None:
    copy = article("b", SAID, verdict=Verdict.EXACT_DUPLICATE, fresh=())
    assert reasons(await track_statements(copy, memory, knowledge)) == ["nothing fresh: exact_duplicate"]


async def test_a_passage_of_another_story_adds_no_origin(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    await track_statements(article("a", SAID), memory, knowledge)
    shared = (SharedPassage(start=0, end=len(SAID), article_id="a"),)
    (repeat,) = statements(await track_statements(article("b", SAID, shared=shared), memory, knowledge))
    assert (repeat.novelty, repeat.origin, repeat.origins) == (Novelty.REPEAT, "a", 1)


JOINT = "قال لعمامرة وبوريطة في بيان مشترك إن محادثات جنيف ستبدأ صباح الثلاثاء في قصر الأمم."
BLOC = "أعلن الاتحاد المغاربي أن محادثات جنيف ستبدأ صباح الثلاثاء في قصر الأمم."
SINGLE = "قال لعمامرة إن محادثات جنيف ستبدأ صباح الثلاثاء في قصر الأمم."
FRONT = "قال غالي إن محادثات جنيف ستبدأ صباح الثلاثاء في قصر الأمم."


@pytest.mark.parametrize(
    ("before", "after", "novelty"),
    [
        (JOINT, BLOC, Novelty.REPEAT),
        (BLOC, JOINT, Novelty.REPEAT),
        (JOINT, SINGLE, Novelty.REPEAT),
        (BLOC, SINGLE, Novelty.NEW),
        (SINGLE, BLOC, Novelty.NEW),
        (JOINT, FRONT, Novelty.NEW),
    ],
    ids=[
        "a bloc after several",
        "several after a bloc",
        "one of several",
        "one after a bloc",
        "a bloc after one",
        "none",
    ],
)
async def test_several_who_speak_together_are_compared_with_a_bloc_and_with_each_of_them(
    before: str, after: str, novelty: Novelty, knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    await track_statements(article("a", before), memory, knowledge)
    assert [s.novelty for s in statements(await track_statements(article("b", after), memory, knowledge))] == [novelty]


async def test_a_denial_is_marked(knowledge: Knowledge, memory: Memory[Statements, Statement]) -> None:
    body = "نفى لعمامرة أن تكون الجزائر قد انسحبت من محادثات جنيف."
    (statement,) = statements(await track_statements(article("a", body), memory, knowledge))
    assert statement.denies


async def test_who_tells_it_is_kept(knowledge: Knowledge, memory: Memory[Statements, Statement]) -> None:
    body = "نقلت وكالة الأنباء الجزائرية عن لعمامرة أن الجزائر لن تشارك في محادثات جنيف."
    (statement,) = statements(await track_statements(article("a", body), memory, knowledge))
    assert [speaker.actor_id for speaker in statement.chain] == ["agency"]
    assert [speaker.actor_id for speaker in statement.speakers] == ["lamamra"]


@pytest.mark.parametrize(
    ("days", "talks"),
    [(0, ("table",)), (-140, ("table",)), (-160, ()), (200, ())],
    ids=["then", "before", "long before", "long after"],
)
def test_an_article_far_from_the_scheduled_date_is_about_other_talks(
    days: int, talks: tuple[str, ...], knowledge: Knowledge
) -> None:
    (statement,) = statements(
        decide(article("a", SAID, event_time=DAY + timedelta(days=days)), Statements(), knowledge)
    )
    assert statement.talks == talks


def test_what_strangers_say_where_a_person_of_the_watchlist_is_named_is_a_statement(knowledge: Knowledge) -> None:
    body = "استقبل تبون وفدا من النواب. وقال خبير اقتصادي إن الإنتاج في الجزائر سيتضاعف في العام المقبل."
    (statement,) = statements(decide(article("a", body), Statements(), knowledge))
    assert [speaker.actor_id for speaker in statement.speakers] == [None]


def test_plain_news_of_markets_says_something_and_is_about_talks_that_it_names(knowledge: Knowledge) -> None:
    body = (
        "قفزت أسعار النفط وخام برنت في البورصة وصعدت الأسهم والأونصة. "
        "وقال لعمامرة إن الطلب على الغاز سيرتفع في الشتاء. وقال إن محادثات جنيف خفضت كلفة الشحن."
    )
    told = statements(decide(article("a", body), Statements(), knowledge))
    assert [statement.talks for statement in told] == [(), ("table",)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("قال مدير المصنع إن الإنتاج سيتضاعف في العام المقبل.", "names nobody of the watchlist"),
        ("قال خبير اقتصادي إن الإنتاج في الجزائر سيتضاعف في العام المقبل.",
         "nobody of the watchlist speaks, and the article is about one side only"),
        ("قال لعمامرة: لا. ثم غادر القاعة في جنيف.", "too short to say anything"),
        ("قال لعمامرة إن المهاجم سجل هدفين في مرمى الحارس، وفاز المنتخب بالمباراة وتأهل إلى نهائي كأس العالم.",
         "is about sport"),
    ],
)  # fmt: skip
def test_what_is_no_statement_says_why(body: str, reason: str, knowledge: Knowledge) -> None:
    outcome = decide(article("a", body), Statements(), knowledge)
    assert statements(outcome) == []
    assert reasons(outcome) == [reason]


def test_a_stranger_counts_where_two_sides_are_named(knowledge: Knowledge) -> None:
    body = "قال خبير اقتصادي إن التجارة بين الجزائر والمغرب ستتضاعف في العام المقبل."
    (statement,) = statements(decide(article("a", body), Statements(), knowledge))
    assert [(s.actor_id, s.name) for s in statement.speakers] == [(None, "خبير اقتصادي")]
    assert statement.party is None
    assert statement.key == "a"


def test_deciding_changes_nothing_that_is_remembered(knowledge: Knowledge) -> None:
    state = Statements()
    assert statements(decide(article("a", SAID), state, knowledge))
    assert state == Statements()


async def test_of_what_is_told_again_and_again_the_first_and_the_last_ones_are_remembered(
    knowledge: Knowledge, memory: Memory[Statements, Statement]
) -> None:
    (first,) = statements(await track_statements(article("first", SAID), memory, knowledge))
    told = [
        repeat
        for number in range(20)
        for repeat in statements(await track_statements(article(f"again {number}", AGAIN), memory, knowledge))
    ]
    assert [repeat.origins for repeat in told] == list(range(2, 22))
    kept = [other.article_id for other in memory.state.told.values()]
    assert kept[0] == first.article_id
    assert kept[1:] == [f"again {number}" for number in range(20 - len(kept) + 1, 20)]
    assert len(kept) < 12
    assert set(memory.state.chains) == {other.statement_id for other in memory.state.told.values()}


async def test_only_the_last_statements_of_a_side_are_compared_and_others_keep_no_facts(
    knowledge: Knowledge, memory: Memory[Statements, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.track_statements.memory._MOST_RIVALS", 2)
    for number, body in enumerate((SAID, OTHER, SAID.replace("المعبر", "الميناء"), OTHER.replace("الأحد", "الثلاثاء"))):
        await track_statements(article(f"told {number}", body), memory, knowledge)
    side = frozenset(["algeria"])
    assert [other.article_id for other in memory.state.of_side(side, knowledge)] == ["told 2", "told 3"]
    assert statements(decide(article("b", OTHER), memory.state, knowledge))
    kept = {other.article_id: other.facts is not None for other in memory.state.told.values()}
    assert kept == {"told 0": False, "told 1": False, "told 2": True, "told 3": True}


def test_a_stranger_whose_statements_are_forgotten_leaves_nothing_behind(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.track_statements.memory._MOST", 3)
    body = "قال خبير اقتصادي إن التجارة بين الجزائر والمغرب ستتضاعف في العام المقبل."
    (statement,) = statements(decide(article("a", body), Statements(), knowledge))
    (speaker,) = statement.speakers
    state = Statements()
    for number in range(20):
        name = speaker.model_copy(update={"name": f"خبير {number}"})
        fold(state, statement.model_copy(update={"statement_id": f"statement-{number}", "speakers": (name,)}))
        state.of_side(frozenset(["algeria"]), knowledge)
    assert len(state.told) == len(state._by_side) == 3


async def test_a_chain_that_goes_on_for_ever_holds_neither_all_its_origins_nor_facts_of_what_is_forgotten(
    knowledge: Knowledge, memory: Memory[Statements, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.track_statements.memory._MOST_ORIGINS", 5)
    monkeypatch.setattr("agents.track_statements.memory._MOST", 5)
    (first,) = statements(await track_statements(article("first", SAID), memory, knowledge))
    for number in range(10):
        (last,) = statements(await track_statements(article(f"again {number}", AGAIN), memory, knowledge))
    chain = memory.state.chains[last.statement_id]
    assert first.statement_id not in memory.state.chains
    assert (chain.root.statement_id, chain.root.facts) == (first.statement_id, None)
    assert len(chain.origins) == 5
    assert last.origins == 6
