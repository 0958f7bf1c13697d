"""Interviews that are printed as questions and answers: which sentences are of an answer."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.language.names import words_of
from agents.language.pack import ClauseWords
from agents.language.punctuation import COLONS, DASHES
from agents.language.sentences import Sentence
from agents.language.text import CLOSING, Token

_FEWEST: Final = 2  # questions and answers; a single one is a turn of phrase
_FEWEST_WORDS: Final = 4  # of a sentence that goes on with an answer: "لا أظن" says nothing by itself
_LONGEST_QUESTION: Final = 80  # tokens
_BULLETS: Final = DASHES | frozenset("•●▪■◾►*◆♦○·")
_AFTER_MARK: Final = COLONS | DASHES | {"/", ")", "."}
_ASKS: Final = frozenset("؟?")
_BEHIND: Final = frozenset(CLOSING + "\"'*)")


def answers(
    article: Sequence[Token], sentences: Sequence[Sentence], title: str, words: ClauseWords
) -> dict[int, Sentence]:
    """By the numbers of the sentences of which answers consist: each without what marks it as the first of one."""
    if not any(token.text in _ASKS for token in article):
        return {}
    found: dict[int, Sentence] = {}
    turns: set[tuple[str, str]] = set()  # what stands before a question and before its answer
    opening = dict(_openings(article, sentences))
    first_question = len(article)
    for number, line in opening.items():
        question = _question(article, line)
        if question is None:
            continue
        said = _past_mark(article, line, words.answer_mark)
        asked = _past_mark(article, question, words.question_mark)
        if (asked > question or said > line) and said < sentences[number].end:
            found[number] = _said(article, sentences[number], said)
            if article[question].text != article[line].text:
                turns.add((article[question].text, article[line].text))
            first_question = min(first_question, question)
    if len(found) < _FEWEST or not _is_announced(article[:first_question], title, words):
        return {}
    for number, line in opening.items():  # an answer to what is no question: "ومع ذلك وقعت المعركة."
        before = _line_start(article, line - 1) if line > first_question else line
        if number not in found and (article[before].text, article[line].text) in turns and before < line:
            said = _past_mark(article, line, words.answer_mark)
            if line < said < sentences[number].end:
                found[number] = _said(article, sentences[number], said)
    return found | dict(_goes_on(article, sentences, found))


def _openings(article: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The numbers of the sentences that open a line, with where the line begins."""
    for number, sentence in enumerate(sentences):
        line = _line_start(article, sentence.start)
        if sentence.start - line <= 2:
            yield number, line


def _said(article: Sequence[Token], sentence: Sentence, start: int) -> Sentence:
    return replace(
        sentence,
        start=max(start, sentence.start),
        end=sentence.end - (article[sentence.end - 1].text == "."),
    )


def _goes_on(
    article: Sequence[Token], sentences: Sequence[Sentence], found: Container[int]
) -> Iterator[tuple[int, Sentence]]:
    """What follows in the line of an answer and says something: no question, and no two words."""
    answering = False
    for number, sentence in enumerate(sentences):
        if number in found:
            answering = True
        elif answering and sentence.start > _line_start(article, sentence.start):
            words = sum(token.kind == "word" for token in article[sentence.start : sentence.end])
            if words >= _FEWEST_WORDS and article[sentence.end - 1].text not in _ASKS:
                yield number, _said(article, sentence, sentence.start)
        else:
            answering = False


def _line_start(article: Sequence[Token], position: int) -> int:
    while position > 0 and article[position - 1].kind != "break":
        position -= 1
    return position


def _question(article: Sequence[Token], line: int) -> int | None:
    """Where the line before begins, if it asks."""
    end = line - 1
    while end > 0 and article[end - 1].text in _BEHIND:
        end -= 1
    if end <= 0 or article[end - 1].text not in _ASKS:
        return None
    begin = _line_start(article, end)
    return begin if end - begin <= _LONGEST_QUESTION else None


def _past_mark(article: Sequence[Token], line: int, marks: frozenset[str]) -> int:
    """Past a bullet, "س:" or "ج -" at the beginning of a line; its beginning where there is none."""
    at = line
    while at < len(article) and article[at].text in _BULLETS:
        at += 1
    if at + 1 < len(article) and article[at].form in marks and article[at + 1].text in _AFTER_MARK:
        at += 2
    return at


def _is_announced(introduction: Sequence[Token], title: str, words: ClauseWords) -> bool:
    return any(form in words.interview for form in _forms(introduction, title))


def _forms(introduction: Sequence[Token], title: str) -> Iterator[str]:
    yield from (token.form for token in introduction)
    yield from words_of(title)
