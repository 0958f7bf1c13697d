"""Who said what, about which scheduled talks, and whether it is new.

What is remembered is every statement so far. A statement is judged against those of its side, in the order in which
they were read, whatever outlet or translation they came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agents.knowledge import Knowledge
from agents.reading import MOST_UTTERANCES, Reading, Utterance
from agents.stage import Journal, Memory, Outcome
from agents.track_statements.judgement import judged
from agents.track_statements.memory import Statements, fold
from agents.track_statements.records import StatementRecords
from schemas import ActorKind, Article, Passed, Span, Statement, Verdict

__all__ = ["Statements", "decide", "fold", "statement_memory", "track_statements"]

_READ_ALREADY: Final = 0.5  # share of a content that must be fresh
_LEAST_WORDS: Final = 2


def statement_memory(journal: Journal[Statement]) -> Memory[Statements, Statement]:
    return Memory(journal, Statements, fold)


async def track_statements(article: Article, memory: Memory[Statements, Statement], knowledge: Knowledge) -> Outcome:
    """The statements of an article, each new or not. An article that comes again gives the same ones."""
    silent = _silence(article, knowledge)
    if silent is not None:
        return silent  # whatever was told before: nothing has to be remembered, and most articles are about others
    return await memory.decide_once(
        article.text_id,
        lambda state: decide(article, state, knowledge),
        lambda record: record if isinstance(record, Statement) else None,
    )


def decide(article: Article, state: Statements, knowledge: Knowledge) -> Outcome:
    """The pure decision: the statements of `article`, given all that were told before."""
    silent = _silence(article, knowledge)
    if silent is not None:
        return silent
    reading = knowledge.reader.read(article)
    make = StatementRecords(article, reading, knowledge)
    told = [
        (utterance, span, _passed_over(article, reading, utterance, span, knowledge))
        for utterance in reading.utterances
        for span in [Span.of(article.body, *reading.characters(*utterance.content))]
    ]
    drafts = make.drafts([(utterance, span) for utterance, span, why_not in told if not why_not])
    records = {statement.statement_id: statement for statement in judged(drafts, state, knowledge)}
    waiting = dict(records)
    passed: list[Passed] = []
    for utterance, span, why_not in told:
        if why_not:
            passed.append(Passed(taken=False, reason=why_not, span=span))
        elif statement := waiting.pop(make.id_of(utterance, span), None):  # else it was told twice
            note, record_id = statement.novelty, statement.statement_id
            passed.append(Passed(taken=True, reason=utterance.how, span=span, record_id=record_id, note=note))
    passed += _left_out(article, reading)
    return Outcome(tuple(records.values()), tuple(passed))


def _left_out(article: Article, reading: Reading) -> Iterator[Passed]:
    """What was not read of a giant article."""
    if len(article.body) > len(reading.body):
        left = len(article.body) - len(reading.body)
        yield Passed(taken=False, reason="longer than is read", note=f"{left} characters were not read")
    if len(reading.utterances) >= MOST_UTTERANCES:
        yield Passed(taken=False, reason="more reports than are read", note=f"the first {MOST_UTTERANCES} were read")


def _silence(article: Article, knowledge: Knowledge) -> Outcome | None:
    """Nothing, with the reason, where nothing in the article can concern the watchlist."""
    if not article.fresh:
        return Outcome.nothing(f"nothing fresh: {article.verdict}")
    reading = knowledge.reader.read(article)
    if not any(mention.target in knowledge.actors for mention in reading.mentions):
        return Outcome.nothing("names nobody of the watchlist")
    return Outcome.nothing(f"is about {reading.domain}") if reading.speechless else None


def _is_corrected(article: Article, reading: Reading, utterance: Utterance) -> bool:
    """Whether a revision tells it with a number or day that may be another: what it was sent once more for."""
    if article.verdict is not Verdict.REVISION:
        return False
    numbers = (token for token in reading.tokens[slice(*utterance.content)] if token.kind == "number")
    return any(part.start <= token.start and token.end <= part.end for token in numbers for part in article.fresh)


def _passed_over(
    article: Article, reading: Reading, utterance: Utterance, span: Span, knowledge: Knowledge
) -> str | None:
    words = [token for token in reading.tokens[slice(*utterance.content)] if token.kind == "word"]
    if len(words) < _LEAST_WORDS:
        return "too short to say anything"
    fresh = sum(max(0, min(span.end, part.end) - max(span.start, part.start)) for part in article.fresh)
    if fresh < _READ_ALREADY * (span.end - span.start) and not _is_corrected(article, reading, utterance):
        return "was read before in a copy"
    known = any(voice.actor_id in knowledge.actors for voice in (*utterance.speakers, *utterance.chain))
    if not known:
        named = {mention.target for mention in reading.mentions if mention.target in knowledge.actors}
        persons = any(knowledge.actors[target].kind is ActorKind.PERSON for target in named)
        if not persons and len({knowledge.party_of(target) for target in named}) < 2:
            return "nobody of the watchlist speaks, and the article is about one side only"
    return None
