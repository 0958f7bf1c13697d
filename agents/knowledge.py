"""All that is known before an article is read: the lexicon, and the readers and judges that are built from it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from agents.acts.role_words import load_role_words
from agents.acts.sides import Sides
from agents.acts.stance_words import load_stance_words
from agents.domains import load_domains
from agents.language.dates import dates_of, find_dates
from agents.language.encoder import Encoder, load_encoder
from agents.language.fingerprint import load_fingerprinter
from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.modality import load_modality
from agents.language.sentences import Sentence
from agents.language.talk_words import ClaimWords, load_claim_words
from agents.language.text import tokens_of
from agents.language.triggers import load_triggers
from agents.novelty import NoveltyJudge, Said, load_novelty_judge
from agents.reading import READINGS, Reader, Reading
from agents.talks import MarkedArticle, TalkFinder
from schemas import Watchlist

_TABLES: Final[tuple[Callable[[], object], ...]] = (
    load_fingerprinter,
    load_triggers,
    load_modality,
    load_stance_words,
    load_role_words,
    load_domains,
)
_JUST_READ: Final = 512  # statements whose facts are kept here until they are remembered with them: 5 kB each


@dataclass(frozen=True)
class Knowledge(Lexicon):
    """A lexicon with the tools built from it, each when it is first asked for."""

    @cached_property
    def reader(self) -> Reader:
        return Reader(self)

    @cached_property
    def sides(self) -> Sides:
        return Sides(self)

    @cached_property
    def encoder(self) -> Encoder:
        """The sentence encoder, one for all who ask it: 160 MB."""
        return load_encoder()

    @cached_property
    def talk_finder(self) -> TalkFinder:
        return TalkFinder(self, encoder=self.encoder)

    @cached_property
    def marked(self) -> Callable[[Reading, date], MarkedArticle]:
        """An article with what tells which talks it is about, given its day. Two stages ask, one after the other."""

        def headline(title: str, today: date) -> MarkedArticle:
            words = tokens_of(title)
            return self.talk_finder.mark(
                words,
                (Sentence(0, len(words), 0),),
                places=self.place_names.find(words),
                mentions=self.actor_names.find(words),
                dates=find_dates(words, today),
                today=today,
            )

        def mark(reading: Reading, today: date) -> MarkedArticle:
            return self.talk_finder.mark(
                reading.tokens,
                reading.sentences,
                places=reading.places,
                mentions=reading.mentions,
                dates=[
                    mention
                    for mention in dates_of(reading.body, today)
                    if not reading.names_hold(mention.start, mention.end)
                ],
                today=today,
                heading=headline(reading.title, today) if reading.title else None,
                exchanges=reading.exchanges,
            )

        return lru_cache(READINGS)(mark)

    @cached_property
    def claim_words(self) -> ClaimWords:
        return load_claim_words()

    @cached_property
    def judge(self) -> NoveltyJudge:
        return load_novelty_judge(self)

    @cached_property
    def facts_of(self) -> OrderedDict[str, Said]:
        """What statements say, by their ids, the latest last: read once, compared often."""
        return OrderedDict()

    def warm_up(self) -> None:
        """Load what the first articles would wait for, the encoder above all: some seconds."""
        for part in (self.reader, self.sides.scene, self.claim_words, self.judge):
            assert part is not None
        for load in _TABLES:
            load()
        self.talk_finder.known.examples.likeness("")

    def said(self, statement_id: str, read: Callable[[], Said]) -> Said:
        """What the statement says, read with `read` where it is not known yet."""
        said = self.facts_of.get(statement_id)
        if said is None:
            said = self.facts_of[statement_id] = read()
            if len(self.facts_of) > _JUST_READ:
                self.facts_of.popitem(last=False)
        return said


def build_knowledge(watchlist: Watchlist) -> Knowledge:
    """Everything that the stages need to know to follow a watchlist."""
    lexicon = build_lexicon(watchlist)
    return Knowledge(**{row.name: getattr(lexicon, row.name) for row in fields(Lexicon)})
