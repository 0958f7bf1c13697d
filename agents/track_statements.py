"""Who said what, about which scheduled talks, and whether it is new.

What is remembered is every statement so far. A statement is judged against those of its side, in the order in which
they were read, whatever outlet or translation they came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from agents.domains import is_other_domain
from agents.knowledge import Knowledge
from agents.language.dates import find_dates
from agents.novelty import Judgement, Said
from agents.reading import MOST_UTTERANCES, Reading, Utterance
from agents.speakers import Voice
from agents.stage import Journal, Memory, Outcome
from agents.talks import MarkedArticle, TalkContext
from schemas import (
    ActorKind,
    Article,
    Novelty,
    Passed,
    Span,
    Speaker,
    Statement,
    TimeSource,
    content_id,
    surroundings,
)

_REMEMBERED: Final = timedelta(days=30)  # what was said longer ago is news when it is said again
_NEAR_TALKS: Final = timedelta(days=150)  # an article this far from a scheduled date is about other talks
_MOST: Final = 20_000  # statements that are remembered: 100 MB; a month of a crisis has some thousands
_MOST_RIVALS: Final = 2_000  # of one side, each compared in about 50 microseconds
_READ_ALREADY: Final = 0.5  # share of a content that must be fresh
_LEAST_WORDS: Final = 2


@dataclass(slots=True)
class Chain:
    """A statement and all that repeat it."""

    root: Statement
    origins: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Statements:
    """The last statements, oldest first, the chains that repeats have joined, and which side has said what."""

    told: list[Statement] = field(default_factory=list)
    chains: dict[str, Chain] = field(default_factory=dict)
    _forgotten: int = 0  # statements before the first one of `told`
    _indexed: int = 0  # statements that are in the three below, each with its place among all
    _by_side: dict[str, list[tuple[int, Statement]]] = field(default_factory=dict)
    _by_several: list[tuple[int, Statement]] = field(default_factory=list)
    _by_blocs: list[tuple[int, Statement]] = field(default_factory=list)

    def chain_of(self, statement_id: str) -> Chain | None:
        return self.chains.get(statement_id)

    def of_side(self, sides: frozenset[str], knowledge: Knowledge) -> list[Statement]:
        """The last statements that may be of the same side, oldest first; see `_same_side`."""
        self._index(knowledge)
        found = {place: other for side in sides for place, other in self._by_side.get(side, ())[-_MOST_RIVALS:]}
        if len(sides) > 1:
            found |= dict(self._by_blocs[-_MOST_RIVALS:])
        if _is_bloc(sides, knowledge):
            found |= dict(self._by_several[-_MOST_RIVALS:])
        oldest = self._forgotten + len(self.told) - _MOST
        return [found[place] for place in sorted(found)[-_MOST_RIVALS:] if place >= oldest]

    def forget_the_oldest(self) -> None:
        """Keep the last `_MOST`, now and then: workers that have begun at different places decide on the same."""
        if len(self.told) < _MOST + _MOST // 8:
            return
        for other in self.told[:-_MOST]:
            self.chains.pop(other.statement_id, None)
        self._forgotten += len(self.told) - _MOST
        self.told = self.told[-_MOST:]
        self._indexed = self._forgotten
        self._by_side, self._by_several, self._by_blocs = {}, [], []

    def _index(self, knowledge: Knowledge) -> None:
        for place in range(max(self._indexed, self._forgotten), self._forgotten + len(self.told)):
            other = self.told[place - self._forgotten]
            sides = _sides(other, knowledge)
            for side in sides:
                self._by_side.setdefault(side, []).append((place, other))
            if len(sides) > 1:
                self._by_several.append((place, other))
            if _is_bloc(sides, knowledge):
                self._by_blocs.append((place, other))
        self._indexed = self._forgotten + len(self.told)


def fold(state: Statements, statement: Statement) -> None:
    """Add a statement to what is remembered. One that comes again changes nothing."""
    if statement.statement_id in state.chains:
        return
    state.told.append(statement)
    chain = state.chains.get(statement.repeats or "") if statement.novelty is Novelty.REPEAT else None
    chain = chain or Chain(statement)
    chain.origins.add(statement.origin or statement.article_id)
    state.chains[statement.statement_id] = chain
    state.forget_the_oldest()


def statement_memory(journal: Journal[Statement]) -> Memory[Statements, Statement]:
    return Memory(journal, Statements, fold)


async def track_statements(article: Article, memory: Memory[Statements, Statement], knowledge: Knowledge) -> Outcome:
    """The statements of an article, each new or not. An article that comes again gives the same ones."""
    return await memory.decide_once(
        article.article_id,
        lambda state: decide(article, state, knowledge),
        lambda record: record if isinstance(record, Statement) else None,
    )


def decide(article: Article, state: Statements, knowledge: Knowledge) -> Outcome:
    """The pure decision: the statements of `article`, given all that were told before."""
    if not article.fresh:
        return Outcome(passed=(Passed(taken=False, reason=f"nothing fresh: {article.verdict}"),))
    reading = knowledge.reader.read(article)
    silence = _irrelevant(reading, knowledge)
    if silence:
        return Outcome(passed=(Passed(taken=False, reason=silence),))
    marked = _mark(article, reading, knowledge)
    records: list[Statement] = []
    passed: list[Passed] = []
    here = Statements()  # what this article has told so far; the state is only changed by what the journal took
    for utterance in reading.utterances:
        span = Span.of(article.body, *reading.characters(*utterance.content))
        why_not = _passed_over(article, reading, utterance, span, knowledge)
        if why_not:
            passed.append(Passed(taken=False, reason=why_not, span=span))
            continue
        statement = _statement(article, reading, utterance, span, marked, knowledge)
        statement = _judged(statement, state, here, knowledge)
        if any(statement.statement_id == other.statement_id for other in records):
            continue
        fold(here, statement)
        records.append(statement)
        passed.append(
            Passed(
                taken=True, reason=utterance.how, span=span, record_id=statement.statement_id, note=statement.novelty
            )
        )
    passed += _left_out(article, reading)
    return Outcome(tuple(records), tuple(passed))


def _left_out(article: Article, reading: Reading) -> Iterator[Passed]:
    """What was not read of a giant article."""
    if len(article.body) > len(reading.body):
        left = len(article.body) - len(reading.body)
        yield Passed(taken=False, reason="longer than is read", note=f"{left} characters were not read")
    if len(reading.utterances) >= MOST_UTTERANCES:
        yield Passed(taken=False, reason="more reports than are read", note=f"the first {MOST_UTTERANCES} were read")


def _irrelevant(reading: Reading, knowledge: Knowledge) -> str | None:
    """Why nothing in the article can concern the watchlist, or None."""
    if not any(mention.target in knowledge.actors for mention in reading.mentions):
        return "names nobody of the watchlist"
    domain = is_other_domain(reading.tokens)
    return f"is about {domain}" if domain else None


def _passed_over(
    article: Article, reading: Reading, utterance: Utterance, span: Span, knowledge: Knowledge
) -> str | None:
    words = sum(1 for token in reading.tokens[slice(*utterance.content)] if token.kind == "word")
    if words < _LEAST_WORDS:
        return "too short to say anything"
    fresh = sum(max(0, min(span.end, part.end) - max(span.start, part.start)) for part in article.fresh)
    if fresh < _READ_ALREADY * (span.end - span.start):
        return "was read before in a copy"
    known = any(voice.actor_id in knowledge.actors for voice in (*utterance.speakers, *utterance.chain))
    if not known:
        parties = {knowledge.party_of(m.target) for m in reading.mentions if m.target in knowledge.actors}
        if len(parties) < 2:
            return "nobody of the watchlist speaks, and the article is about one side only"
    return None


def _mark(article: Article, reading: Reading, knowledge: Knowledge) -> MarkedArticle:
    today = article_day(article)
    return knowledge.talk_finder.mark(
        reading.tokens,
        reading.sentences,
        places=reading.places,
        mentions=reading.mentions,
        dates=find_dates(reading.tokens, today),
        today=today,
    )


def article_day(article: Article) -> date:
    """The day that relative dates of the article count from."""
    return (article.event_time or article.fetched_at or datetime.min).date()


def _statement(
    article: Article,
    reading: Reading,
    utterance: Utterance,
    span: Span,
    marked: MarkedArticle,
    knowledge: Knowledge,
) -> Statement:
    parties = frozenset(
        {voice.party for voice in utterance.speakers if voice.party}
        | {knowledge.party_of(m.target) for m in reading.mentions_in(*utterance.content)}
    )
    frame = (min(utterance.cue[0], utterance.content[0]), utterance.content[0])
    links = [
        link
        for link in marked.about(TalkContext(utterance.sentence, utterance.content, frame, parties))
        if _in_season(article, link.talk_id, knowledge)
    ]
    before, after = surroundings(article.body, span)
    return Statement(
        statement_id=content_id("statement", article.article_id, span.start, span.end, utterance.verb),
        article_id=article.article_id,
        source=article.source,
        url=article.url,
        origin=_origin(article, span),
        event_time=article.event_time,
        appended_at=article.appended_at,
        party=next((voice.party for voice in utterance.speakers if voice.party), None),
        speakers=tuple(_speaker(voice) for voice in utterance.speakers),
        chain=tuple(_speaker(voice) for voice in utterance.chain),
        verb=Span.of(article.body, *reading.characters(*utterance.cue)),
        quoted=utterance.quoted,
        denies=utterance.denies,
        content=span,
        context_before=before,
        context_after=after,
        talks=tuple(link.talk_id for link in links),
        talks_reason=links[0].reason if links else None,
    )


def _speaker(voice: Voice) -> Speaker:
    return Speaker(actor_id=voice.actor_id, name=voice.name)


def _origin(article: Article, span: Span) -> str:
    """The independent text that a statement comes from: of a passage shared with another article, that article."""
    for passage in article.shared:
        if passage.start <= span.start and span.end <= passage.end:
            return passage.article_id
    return article.story_id or article.article_id


def _in_season(article: Article, talk_id: str, knowledge: Knowledge) -> bool:
    """Whether an article of that day can be about those talks."""
    talk = knowledge.talk_finder.talks[talk_id]
    if article.event_time is None or article.event_time_source is TimeSource.UNKNOWN or talk.starts is None:
        return True
    return abs(article.event_time.date() - talk.starts) <= _NEAR_TALKS


def _judged(statement: Statement, state: Statements, here: Statements, knowledge: Knowledge) -> Statement:
    """The statement with its novelty against the earlier statements of its side, those in its article the last."""
    rivals = state.of_side(_sides(statement, knowledge), knowledge)
    rivals += [other for other in here.told if _same_side(statement, other, knowledge)]
    rivals = [other for other in rivals if _recent(statement, other)]
    judgement = knowledge.judge.judge(_said(statement, knowledge), [_said(other, knowledge) for other in rivals])
    return statement.model_copy(
        update={
            "novelty": judgement.kind,
            "repeats": judgement.of,
            "similarity": judgement.similarity,
            "changed": judgement.changed,
            "origins": _origins(statement, judgement, state, here),
        }
    )


def _origins(statement: Statement, judgement: Judgement, state: Statements, here: Statements) -> int:
    """The independent texts of a chain, with those that this article adds; 1 for what is no repeat."""
    origins = {statement.origin or statement.article_id}
    if judgement.kind is Novelty.REPEAT and judgement.of:
        joined = here.chain_of(judgement.of)
        first = joined.root.repeats if joined is not None and joined.root.novelty is Novelty.REPEAT else judgement.of
        chain = state.chain_of(first or "")
        for each in (joined, chain):
            origins |= each.origins if each is not None else set()
        if chain is not None:  # what of this article has joined that chain already
            for other in here.told:
                if other.novelty is Novelty.REPEAT and state.chain_of(other.repeats or "") is chain:
                    origins.add(other.origin or other.article_id)
    return len(origins)


def _said(statement: Statement, knowledge: Knowledge) -> Said:
    """What the judge compares. Sides were compared before, so all get one."""
    return knowledge.said(
        statement.statement_id,
        lambda: knowledge.judge.said(
            statement_id=statement.statement_id,
            party=None,
            speakers=[speaker.actor_id or speaker.name for speaker in statement.speakers],
            text=statement.content.text,
            talks=statement.talks,
            denies=statement.denies,
            article=statement.article_id,
        ),
    )


def _recent(statement: Statement, other: Statement) -> bool:
    if statement.event_time is None or other.event_time is None:
        return True
    return abs(statement.event_time - other.event_time) <= _REMEMBERED


def _same_side(statement: Statement, other: Statement, knowledge: Knowledge) -> bool:
    """Whether two statements may be one side's: a common party, or several who speak together and a bloc."""
    one, two = _sides(statement, knowledge), _sides(other, knowledge)
    if one & two:
        return True
    return (len(one) > 1 and _is_bloc(two, knowledge)) or (len(two) > 1 and _is_bloc(one, knowledge))


def _sides(statement: Statement, knowledge: Knowledge) -> frozenset[str]:
    sides = frozenset(knowledge.party_of(s.actor_id) for s in statement.speakers if s.actor_id)
    if sides:
        return sides
    return frozenset([statement.party or f"?{statement.speakers[0].name}"])


def _is_bloc(sides: frozenset[str], knowledge: Knowledge) -> bool:
    return any(knowledge.kind_of(side) is ActorKind.BLOC for side in sides)
