"""Reading an article once for all stages: words, sentences, names, and who is told to have said what."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from agents.language.attribution import Report, find_reports
from agents.language.boilerplate import Block, blocks
from agents.language.lexicon import Lexicon
from agents.language.names import Mention
from agents.language.sentences import Sentence, split, without_dateline
from agents.language.text import Token, tokens
from agents.speakers import SpeakerFinder, SpeakerTables, Voice, load_speaker_tables
from schemas import Article

_LONGEST_CONTENT: Final = 480  # code points; a reader of an alert needs no more
# An article is written by anybody. Its cost grows with the square of a sentence and of the number of reports, so each
# has an end far above what any newspaper prints; what is left out is told in the decision of `track_statements`.
LONGEST_READ: Final = 60_000  # code points: 9,000 words, a page of a newspaper has 3,000
LONGEST_SENTENCE: Final = 400  # tokens; newspapers have sentences of 150
MOST_UTTERANCES: Final = 200
_REMEMBERED: Final = 64  # readings kept; the three readers of one article follow one another closely


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that somebody is told to have said. Ranges are token positions, half-open."""

    sentence: int
    cue: tuple[int, int]
    verb: str
    kind: str  # what the verb does: say, deny, accuse, call, warn, threaten, reject, pledge, welcome, hope, offer
    speakers: tuple[Voice, ...]
    chain: tuple[Voice, ...]
    content: tuple[int, int]
    quoted: bool
    denies: bool
    how: str  # how the speaker was found, for `rasid why`


@dataclass(frozen=True)
class Reading:
    """Everything that is read off an article without knowing what was said before it."""

    body: str  # as much of it as was read
    tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[Mention, ...]
    utterances: tuple[Utterance, ...]
    voices: tuple[tuple[Voice, ...], ...] = field(default=())

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the tokens `start` to `end`."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        return [mention for mention in self.mentions if mention.start < end and mention.end > start]

    def places_in(self, start: int, end: int) -> list[Mention]:
        return [mention for mention in self.places if mention.start < end and mention.end > start]


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
            if len(self._readings) > _REMEMBERED:
                self._readings.popitem(last=False)
        return reading


def read_article(article: Article, lexicon: Lexicon) -> Reading:
    """The reading of an article, remembered where `lexicon` keeps a reader (see `agents.knowledge`)."""
    reader = getattr(lexicon, "reader", None) or Reader(lexicon)
    reading: Reading = reader.read(article)
    return reading


def read_body(body: str, title: str, lexicon: Lexicon, tables: SpeakerTables) -> Reading:
    """Read a body, or the beginning of a giant one. Pure.

    Only blocks of content are read: navigation, related headlines and headings are passed by.
    """
    body = body[:LONGEST_READ]
    words = tuple(tokens(body))
    layout = blocks(body, title)
    sentences: list[Sentence] = []
    position = 0
    for number, block in enumerate(layout):
        while position < len(words) and words[position].start < block.start:
            position += 1
        begin = position
        while position < len(words) and words[position].end <= block.end:
            position += 1
        if block.kind == "content":
            inside = split(words, begin, position, number)
            sentences.extend(
                piece
                for i, sentence in enumerate(inside)
                for piece in _pieces(without_dateline(words, sentence) if i == 0 else sentence)
            )
    mentions = tuple(lexicon.actor_names.find(words))
    places = tuple(lexicon.place_names.find(words))
    utterances = _utterances(words, sentences, mentions, lexicon, tables)
    return Reading(body, words, layout, tuple(sentences), mentions, places, tuple(utterances))


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, a giant one in pieces."""
    for start in range(sentence.start, sentence.end, LONGEST_SENTENCE):
        yield replace(sentence, start=start, end=min(sentence.end, start + LONGEST_SENTENCE))


def _utterances(
    words: Sequence[Token],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    tables: SpeakerTables,
) -> list[Utterance]:
    finder = SpeakerFinder(words, mentions, lexicon, tables)
    found: list[Utterance] = []
    starts = [mention.start for mention in mentions]
    for number, sentence in enumerate(sentences):
        if len(found) >= MOST_UTTERANCES:
            return found[:MOST_UTTERANCES]
        named = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        here = [m for m in named if m.end <= sentence.end]
        reports = find_reports(words, sentence, number, here, lexicon.pack)
        told: list[tuple[tuple[Voice, ...], tuple[Voice, ...], str]] = []
        for report in reports:
            told.append(told[-1] if report.coordinated and told else finder.resolve(report, sentence.start))
        parents = {report.parent for report in reports if report.parent is not None}
        for index, report in enumerate(reports):
            speakers, chain, how = told[index]
            if not speakers or report.content[1] <= report.content[0]:
                continue
            if index in parents and _mostly_child(index, reports):
                continue
            if report.parent is not None:
                chain = (*told[report.parent][0], *chain)
            found.append(
                Utterance(
                    number,
                    report.cue,
                    report.verb.id,
                    report.verb.kind,
                    speakers,
                    chain,
                    _shortened(words, report.content),
                    report.quoted,
                    report.verb.kind == "deny",
                    how,
                )  # fmt: skip
            )
    return found[:MOST_UTTERANCES]


def _mostly_child(index: int, reports: Sequence[Report]) -> bool:
    """Whether a report holds nothing but what another one within it tells."""
    return any(report.parent == index for report in reports)


def _shortened(words: Sequence[Token], content: tuple[int, int]) -> tuple[int, int]:
    """A content of at most `_LONGEST_CONTENT` code points, cut at a clause."""
    begin, end = content
    limit = words[begin].start + _LONGEST_CONTENT
    if words[end - 1].end <= limit:
        return content
    last = end
    while last > begin + 1 and words[last - 1].end > limit:
        last -= 1
    clause = last
    while clause > begin + (last - begin) // 2 and words[clause - 1].text not in "،؛,;":
        clause -= 1
    return (begin, clause - 1) if clause > begin + (last - begin) // 2 else (begin, last)
