"""What somebody of the watchlist writes or holds himself: an article by him, a letter that he signs, a speech. All of
it is his."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from agents.language.interviews import Answers, Exchange
from agents.language.pack import LanguagePack
from agents.language.punctuation import COMMAS, QUESTION
from agents.language.sentences import Sentence
from agents.language.text import Token
from agents.language.turns import NOBODY, Label

_OPENING: Final = 3  # lines among which one says by whom it is,
_ENDING: Final = 3  # and among which he signs
_LONGEST_LINE: Final = 10  # tokens of such a line, of a title, of whom a letter is to
_FEWEST_WORDS: Final = 4  # of a sentence
_FEWEST_OWN: Final = 2  # words by which he speaks of himself

Line = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Letter:
    """Whose name stands above or below it, and from which token to which he writes."""

    article: Sequence[Token]
    name: Label
    start: int
    end: int

    def answers_in(self, sentences: Sequence[Sentence]) -> Answers:
        """All that it says, as if he were asked for it."""
        said = {number: list(self._said(one)) for number, one in enumerate(sentences) if self._is_within(one)}
        introduced = self.start if self.name != NOBODY else 0  # before that it only greets: "السيد الأمين العام،"
        return Answers(said, frozenset(), introduced, self.start, self.end)

    def exchanges(self) -> Iterator[Exchange]:
        yield from ()

    def speaks(self, start: int, end: int, *, marked: bool) -> bool:
        return False

    def _is_within(self, sentence: Sentence) -> bool:
        return self.start <= sentence.start and sentence.end <= self.end

    def _said(self, sentence: Sentence) -> Iterator[tuple[Sentence, Label]]:
        last = self.article[sentence.end - 1].text
        end = sentence.end - (last == ".")
        words = sum(token.kind == "word" for token in self.article[sentence.start : end])
        if words >= _FEWEST_WORDS and last not in QUESTION and last not in COMMAS:
            yield replace(sentence, end=end), self.name


def letter(
    article: Sequence[Token], persons: Mapping[int, str], pack: LanguagePack, held_by: str | None = None
) -> Letter | None:
    """The article or letter that it is, if a name stands alone above or below what speaks of "us" or "me".

    Who is told of in it by his name has not written it. `held_by`: whose speech it is by its headline.
    """
    lines = list(_lines(article))
    above = next((at for at, line in enumerate(lines[:_OPENING]) if _is_by(article, line, persons, pack)), None)
    below = next((at for at in _last(lines) if _is_name(article, lines[at], persons)), None)
    named = above if above is not None else below
    signed = next((persons[at] for at in range(*lines[named]) if at in persons), None) if named is not None else None
    who = signed or held_by
    if who is None or len(lines) == 1:
        return None
    first = above + 1 if above is not None else 0
    last = below if below is not None else len(lines)
    while first < last and _is_short(article, lines[first]):
        first += 1
    body = [at for begin, end in lines[first:last] for at in range(begin, end)]
    own = pack.clause_words.we | pack.clause_words.myself
    mine = sum(article[at].form in own for at in body)
    if mine < _FEWEST_OWN or any(persons.get(at) == who for at in body):
        return None
    return Letter(article, lines[named] if named is not None else NOBODY, lines[first][0], lines[last - 1][1])


def of_speech(headline: Sequence[Token], pack: LanguagePack) -> bool:
    """ "نص كلمة الوزير فلان", and not "كلمة فلان تغضب العاصمة"."""
    held = pack.clause_words.told_texts - pack.clause_words.interview
    return len(headline) > 1 and headline[0].form in pack.texts and headline[1].form in held


def _lines(article: Sequence[Token]) -> Iterator[Line]:
    begin = 0
    for at, token in enumerate(article):
        if token.kind == "break":
            if at > begin:
                yield begin, at
            begin = at + 1
    if begin < len(article):
        yield begin, len(article)


def _last(lines: Sequence[Line]) -> range:
    return range(len(lines) - 1, max(_OPENING - 1, len(lines) - 1 - _ENDING), -1)


def _is_by(article: Sequence[Token], line: Line, persons: Mapping[int, str], pack: LanguagePack) -> bool:
    """ "بقلم: فلان", or nothing but the name."""
    by = any(article[at].form in pack.clause_words.by_pen for at in range(*line))
    named = any(at in persons for at in range(*line))
    return _is_name(article, line, persons) or (by and named and _is_short(article, line))


def _is_name(article: Sequence[Token], line: Line, persons: Mapping[int, str]) -> bool:
    words = [at for at in range(*line) if article[at].kind == "word"]
    alone = len(words) == line[1] - line[0] and len({persons.get(at) for at in words}) == 1
    return alone and words[0] in persons


def _is_short(article: Sequence[Token], line: Line) -> bool:
    """A line that is no sentence: a title, or whom a letter is to."""
    return line[1] - line[0] <= _LONGEST_LINE and article[line[1] - 1].text not in (".", *QUESTION)
