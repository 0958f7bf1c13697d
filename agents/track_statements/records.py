"""The record of a statement: whose words, which talks, which part of which article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from agents.knowledge import Knowledge
from agents.reading import Reading, Utterance
from agents.speakers import Voice
from agents.talks import Before, Leaning, TalkContext, TalkLink, leaning, settled
from schemas import Article, Span, Speaker, Statement, TimeSource, content_id, surroundings

_OF_A_PASSAGE: Final = 0.8  # of a statement's characters: a passage begins and ends with a word that carries content
_NEAR_TALKS: Final = timedelta(days=150)  # an article this far from a scheduled date is about other talks


def _day(article: Article) -> date:
    """The day that relative dates of the article count from."""
    return (article.event_time or article.fetched_at or datetime.min).date()


class StatementRecords:
    """Makes the records of one article's statements."""

    def __init__(self, article: Article, reading: Reading, knowledge: Knowledge) -> None:
        self.article, self.reading, self.knowledge = article, reading, knowledge
        self._marked = knowledge.marked(reading, _day(article))
        self._text_id = article.text_id
        self._ids: dict[tuple[int, int, str], str] = {}

    def drafts(self, told: Iterable[tuple[Utterance, Span]]) -> list[Statement]:
        """The statements, not yet judged, each once. The encoder meets what it will be asked about all at once."""
        distinct: dict[str, tuple[Utterance, Span]] = {}
        for utterance, span in told:
            distinct.setdefault(self.id_of(utterance, span), (utterance, span))
        leanings: list[Leaning] = []
        before: Before | None = None
        for utterance, span in distinct.values():
            leanings.append(leant := self._leaning(utterance, span, before))
            block = self.reading.sentences[utterance.sentence].block
            before = Before(block, leant.chance, frozenset(link.talk_id for link in leant.links))
        self.knowledge.encoder.meet(leaning.text for leaning in leanings if leaning.text)
        return [self._draft(*each, leaning) for each, leaning in zip(distinct.values(), leanings, strict=True)]

    def id_of(self, utterance: Utterance, span: Span) -> str:
        told = span.start, span.end, utterance.verb
        if told not in self._ids:
            self._ids[told] = content_id("statement", self._text_id, *told)
        return self._ids[told]

    def _draft(self, utterance: Utterance, span: Span, leaning: Leaning) -> Statement:
        """The statement. `span` is what is said, `leaning` the talks that it may be about."""
        article = self.article
        links = settled(self._marked, leaning)
        before, after = surroundings(article.body, span)
        return Statement(
            statement_id=self.id_of(utterance, span),
            article_id=article.article_id,
            source=article.source,
            url=article.url,
            origin=self._origin(span),
            event_time=article.event_time,
            appended_at=article.appended_at,
            party=next((voice.party for voice in utterance.speakers if voice.party), None),
            speakers=tuple(map(_speaker, utterance.speakers)),
            chain=tuple(map(_speaker, utterance.chain)),
            verb=Span.of(article.body, *self.reading.characters(*utterance.cue)),
            quoted=utterance.quoted,
            denies=utterance.denies,
            content=span,
            context_before=before,
            context_after=after,
            talks=tuple(link.talk_id for link in links),
            talks_reason=links[0].reason if links else None,
        )

    def _leaning(self, utterance: Utterance, span: Span, before: Before | None) -> Leaning:
        """The talks that an utterance may be about, and why."""
        named = self.reading.mentions_in(*utterance.content)
        speakers = frozenset(voice.party for voice in utterance.speakers if voice.party)
        parties = speakers | {self.knowledge.party_of(mention.target) for mention in named}
        begin = utterance.content[0]
        frame = (min(utterance.cue[0], begin), begin)
        context = TalkContext(utterance.sentence, utterance.content, frame, parties, speakers, span.text, before)
        if self.reading.domain is not None:  # news of markets, which speak of nearly everything
            return Leaning(tuple(link for link in self._marked.explicit(*context.clause) if self._counts(link)))
        return leaning(self._marked, context, self._counts)

    def _counts(self, link: TalkLink) -> bool:
        return self._in_season(link.talk_id)

    def _in_season(self, talk_id: str) -> bool:
        """Whether an article of that day can be about those talks."""
        article, starts = self.article, self.knowledge.talk_finder.known.talks[talk_id].starts
        if article.event_time is None or article.event_time_source is TimeSource.UNKNOWN or starts is None:
            return True
        return abs(article.event_time.date() - starts) <= _NEAR_TALKS

    def _origin(self, span: Span) -> str:
        """The independent text that a statement comes from: of a passage shared with another article, that article."""
        for passage in self.article.shared:
            common = min(span.end, passage.end) - max(span.start, passage.start)
            if common >= _OF_A_PASSAGE * (span.end - span.start):
                return passage.article_id
        return self.article.story_id or self.article.article_id


def _speaker(voice: Voice) -> Speaker:
    return Speaker(actor_id=voice.actor_id, name=voice.name)
