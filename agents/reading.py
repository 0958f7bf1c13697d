"""Reading an article once for all stages: words, sentences, names, and who is told to have said what."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Final

from agents.domains import borrows_war, is_other_domain
from agents.language.boilerplate import Block, blocks
from agents.language.interviews import Exchange, Interview
from agents.language.letters import Letter
from agents.language.lexicon import Lexicon
from agents.language.lookalikes import without_lookalikes
from agents.language.names import Mention
from agents.language.pack import ClauseWords
from agents.language.sentences import Sentence, split, without_dateline, without_end_stamp, without_stamp
from agents.language.text import Token, tokens_of
from agents.speakers import SpeakerTables, load_speaker_tables
from agents.utterances import MOST_UTTERANCES, Utterance, find_interview, find_utterances
from schemas import Article

__all__ = [
    "LONGEST_READ",
    "LONGEST_SENTENCE",
    "MOST_UTTERANCES",
    "READINGS",
    "Reader",
    "Reading",
    "Utterance",
    "read_body",
]

# An article is written by anybody. Its cost grows with the square of a sentence and of the number of reports, so each
# has an end far above what any newspaper prints; what is left out is told in the decision of `track_statements`.
LONGEST_READ: Final = 60_000  # code points: 9,000 words, a page of a newspaper has 3,000
LONGEST_SENTENCE: Final = 400  # tokens; newspapers have sentences of 150
_start: Final = attrgetter("start")
READINGS: Final = 64  # readings kept; the three readers of one article follow one another closely


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything that is read off an article without knowing what was said before it."""

    body: str  # as much of it as was read
    tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[Mention, ...]
    utterances: tuple[Utterance, ...]  # none where the article names nothing of the watchlist
    watched: bool  # whether the article names an actor or a place of the watchlist
    title: str = ""
    exchanges: tuple[Exchange, ...] = ()  # the questions of an interview with their answers

    @cached_property
    def domain(self) -> str | None:
        """What else than politics the article is about: sport, the screen, the weather."""
        return is_other_domain(self.tokens, self.named)

    @cached_property
    def named(self) -> frozenset[int]:
        """The code points where the words of names begin."""
        return frozenset(token.start for mention in self.mentions for token in self.tokens[mention.start : mention.end])

    @property
    def speechless(self) -> bool:
        """Whether nobody in it speaks of the story: of another domain, and no plain news of markets."""
        if self.domain != "market":
            return self.domain is not None
        return borrows_war([token for s in self.sentences for token in self.tokens[s.start : s.end]])

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the tokens `start` to `end`."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        return _in_range(self.mentions, start, end)

    def names_hold(self, start: int, end: int) -> bool:
        """Whether the code points are the end of a name: the date in "حركة 20 فبراير" is none."""
        return any(first < start and end <= last for first, last in self._several_words)

    @cached_property
    def _several_words(self) -> list[tuple[int, int]]:
        """The code points of the names that have more words than one."""
        return [self.characters(name.start, name.end) for name in self.mentions if name.end - name.start > 1]

    def places_in(self, start: int, end: int) -> list[Mention]:
        return _in_range(self.places, start, end)


def _in_range(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Those of several mentions in order, none overlapping another, that stand in a range or reach into it."""
    first = bisect_left(mentions, start, key=_start)
    if first and mentions[first - 1].end > start:
        first -= 1
    return list(mentions[first : bisect_left(mentions, end, first, key=_start)])


class Reader:
    """Reads articles with one lexicon and remembers the last few readings."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._tables: SpeakerTables = load_speaker_tables()
        self._readings: OrderedDict[tuple[str, int], Reading] = OrderedDict()

    def read(self, article: Article) -> Reading:
        key = (article.article_id, hash(article.body))
        reading = self._readings.get(key)
        if reading is None:
            reading = read_body(article.body, article.title, self.lexicon, self._tables)
            self._readings[key] = reading
            if len(self._readings) > READINGS:
                self._readings.popitem(last=False)
        return reading


def read_body(body: str, title: str, lexicon: Lexicon, tables: SpeakerTables) -> Reading:
    """Read a body, or the beginning of a giant one. Pure.

    Only blocks of content are read: navigation, related headlines and headings are passed by.
    """
    body = body[:LONGEST_READ]
    words = tokens_of(body)
    layout = blocks(body, title)
    mentions = tuple(without_lookalikes(lexicon.actor_names.find(words), words, lexicon.pack.clause_words))
    places = tuple(lexicon.place_names.find(words))
    watched = bool(places) or any(mention.target in lexicon.actors for mention in mentions)
    noise = {block.start for block in layout if block.kind == "noise"}
    asked = find_interview(words, mentions, lexicon, title, noise) if watched else None
    sentences = tuple(_sentences(words, layout, lexicon.pack.clause_words, asked))
    utterances = (
        find_utterances(words, sentences, mentions, lexicon, tables, title=title, asked=asked) if watched else ()
    )
    exchanges = tuple(asked.exchanges()) if asked is not None else ()
    return Reading(body, words, layout, sentences, mentions, places, utterances, watched, title, exchanges)


def _sentences(
    words: Sequence[Token], layout: Sequence[Block], clauses: ClauseWords, asked: Interview | Letter | None = None
) -> Iterator[Sentence]:
    """The sentences of the blocks of content, and of what is asked and answered; giant ones in pieces."""
    position, crediting = 0, clauses.thus | clauses.with_this
    for number, block in enumerate(layout):
        while position < len(words) and words[position].start < block.start:
            position += 1
        begin = position
        while position < len(words) and words[position].end <= block.end:
            position += 1
        if block.kind == "content" or (
            asked is not None and asked.speaks(begin, position, marked=block.kind == "noise")
        ):
            for index, sentence in enumerate(split(words, begin, position, number, crediting)):
                first = sentence
                if index == 0:
                    stamped = without_stamp(words, sentence, clauses.clock_of, clauses.hour)
                    first = without_dateline(words, stamped, clauses.that | clauses.told_how)
                yield from _pieces(without_end_stamp(words, first))


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    if 0 < sentence.end - sentence.start <= LONGEST_SENTENCE:
        yield sentence  # as a rule
        return
    for start in range(sentence.start, sentence.end, LONGEST_SENTENCE):
        yield replace(sentence, start=start, end=min(sentence.end, start + LONGEST_SENTENCE))
