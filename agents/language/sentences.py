"""Sentences of an article: where one ends, in newspapers that forget full stops and quote whole paragraphs."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from agents.language.punctuation import BULLETS, COLONS, DASHES, STOPS
from agents.language.text import CLOSING, EITHER, OPENING, Token

_AFTER_STOP: Final = frozenset(CLOSING + "\"'")
_NO_DATELINE: Final = COLONS | frozenset('،,.؛؟!«"“')
_LEFT_OVER: Final = frozenset(CLOSING + ".،")
_LONGEST_DATELINE: Final = 14  # tokens
_LONGEST_OUTLET: Final = 4  # tokens of "«الشرق الأوسط»"
_LONGEST_STAMP: Final = 8  # tokens
_BARS: Final = frozenset("|¦")
_TIME: Final = ["number", "number"]  # kinds of the tokens about a colon
_BEFORE_TIME: Final = frozenset("[(•●▪■🔴🔵⚡-–")
_AFTER_TIME: Final = BULLETS | _BARS | COLONS | frozenset("])")
_OPENED: Final = frozenset("([")
_CLOSED: Final = frozenset(")]")
_END_STAMP: Final = 5  # tokens of "(09:15)"
_BRACKETED_TIME: Final = (("(", ":", ")"), ("[", ":", "]"))
_LONGEST_QUOTE: Final = 120  # tokens: a quotation that is open for longer was never closed
_ABBREVIATION: Final = 1  # letters: "د. محمد", "م. علي" is no sentence
_SPELLED: Final = 3  # letters of the parts of "بي.بي.سي"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `start` to `end` (exclusive) of the article's token list, in the block (paragraph) `block`."""

    start: int
    end: int
    block: int


def split(article: Sequence[Token], start: int, end: int, block: int, crediting: Container[str] = ()) -> list[Sentence]:
    """The sentences among tokens `start` to `end`: cut at full stops outside quotations, and at line breaks.

    `crediting`: the folded words behind a quotation that tell whose it is: "«…». هكذا كتب فلان".
    """
    found: list[Sentence] = []
    begin = start
    quote_opened: int | None = None
    for position in range(start, end):
        token = article[position]
        if token.kind == "break":
            _close(found, article, begin, position, block)
            begin, quote_opened = position + 1, None
            continue
        if token.kind != "punct":
            continue
        if token.text in OPENING:
            quote_opened = position
        elif token.text in CLOSING:
            quote_opened = None
        elif token.text in EITHER:
            closes = quote_opened is not None and article[quote_opened].text in EITHER
            quote_opened = None if closes else position if _opens_quote(article, position, end) else quote_opened
        elif token.text in STOPS and not abbreviates(article, position, begin):
            stop = _past_closing_marks(article, position, end)
            if _inside(quote_opened, position) and not _ends_quote(article, quote_opened, stop):
                continue
            quoted = stop > position + 1 or article[position - 1].text in _AFTER_STOP
            if quoted and stop < end and article[stop].form in crediting:
                quote_opened = None
            elif stop > position + 1 or not _within_number(article, position, end):
                _close(found, article, begin, stop, block)
                begin, quote_opened = stop, None
    _close(found, article, begin, end, block)
    return found


def without_dateline(article: Sequence[Token], sentence: Sentence, that: Container[str]) -> Sentence:
    """The sentence after "الخرطوم (وكالات) - " or "كينشاسا في 3 أبريل - ", if it opens with such a line.

    `that`: the folded words that open a clause or tell of what it is, which no dateline has.
    """
    if article[sentence.start].form in that:
        return sentence
    if article[sentence.start].text in OPENING and not any(
        token.text in CLOSING for token in article[sentence.start : sentence.start + _LONGEST_OUTLET]
    ):
        return sentence  # "«لن نوقع اليوم» – الوزير", and not "«الجريدة» – …"
    for position in range(sentence.start + 1, min(sentence.start + _LONGEST_DATELINE, sentence.end - 1)):
        token = article[position]
        if token.text in _NO_DATELINE or token.form in that:
            break
        spaced = token.start > article[position - 1].end and token.end < article[position + 1].start
        if token.text in DASHES and spaced:
            return Sentence(position + 1, sentence.end, sentence.block)
    return sentence


def without_stamp(
    article: Sequence[Token], sentence: Sentence, clock_of: Container[str] = (), hour: Container[str] = ()
) -> Sentence:
    """The sentence after "22:30 | ", "(10:15 بتوقيت مكة) " or "عاجل | ", if it opens with such a mark of a live page.

    `clock_of`: the folded words between a time of day and whose it is; `hour`: those before one that is an hour.
    """
    start = begin = sentence.start
    texts = [token.text for token in article[start : min(start + _LONGEST_STAMP, sentence.end)]]
    time = next((at for at, text in enumerate(texts) if text not in _BEFORE_TIME), 0)
    if texts[time + 1 : time + 2] == [":"] and [t.kind for t in article[start + time : start + time + 3 : 2]] == _TIME:
        begin = _past_clock(article, start + time + 3, sentence.end, clock_of)
        while begin < sentence.end and article[begin].text in _AFTER_TIME:
            begin += 1
    elif article[start].form in hour and ":" in texts[1:] and article[start + 1].kind == "number":
        begin = start + texts.index(":") + 1
    bars = [at for at, text in enumerate(texts) if text in _BARS]
    begin = max(begin, start + bars[-1] + 1) if bars else begin
    return Sentence(begin, sentence.end, sentence.block) if start < begin < sentence.end else sentence


def _past_clock(article: Sequence[Token], at: int, end: int, clock_of: Container[str]) -> int:
    """Past "بتوقيت غرينتش", "(بتوقيت القدس المحتلة)"."""
    begin = at + (article[at].text in _OPENED if at < end else 0)
    if begin >= end or article[begin].form not in clock_of:
        return at
    begin += 2
    closing = next((i for i in range(begin, min(end, begin + 2)) if article[i].text in _CLOSED), begin - 1)
    return closing + 1


def without_end_stamp(article: Sequence[Token], sentence: Sentence) -> Sentence:
    """The sentence before "(09:15)", if it ends with such a mark of a live page."""
    end = sentence.end
    texts = [token.text for token in article[max(sentence.start, end - _END_STAMP) : end]]
    if len(texts) < _END_STAMP or (texts[0], texts[2], texts[4]) not in _BRACKETED_TIME:
        return sentence
    timed = article[end - 4].kind == article[end - 2].kind == "number" and sentence.start < end - _END_STAMP
    return Sentence(sentence.start, end - _END_STAMP, sentence.block) if timed else sentence


def _opens_quote(article: Sequence[Token], position: int, end: int) -> bool:
    """Whether a mark that opens and closes alike stands before what is quoted, and another one behind it."""
    spaced = (
        position == 0 or article[position - 1].end < article[position].start or article[position - 1].text in COLONS
    )
    tight = position + 1 < end and article[position + 1].start == article[position].end
    if not (spaced and tight):
        return False
    for at in range(position + 2, min(end, position + _LONGEST_QUOTE)):
        if article[at].kind == "break":
            return False
        if article[at].text in EITHER:
            return article[at].start == article[at - 1].end  # right behind a word or full stop
    return False


def _inside(quote_opened: int | None, position: int) -> bool:
    return quote_opened is not None and position - quote_opened < _LONGEST_QUOTE


def _ends_quote(article: Sequence[Token], quote_opened: int | None, stop: int) -> bool:
    """ "قال "وصل الوفد." ثم سكت": whether a mark that opens and closes alike closes right behind the full stop."""
    return quote_opened is not None and article[quote_opened].text in EITHER and article[stop - 1].text in EITHER


def _past_closing_marks(article: Sequence[Token], position: int, end: int) -> int:
    """The end of a sentence: after the quotation marks that stand right behind its full stop."""
    stop = position + 1
    while stop < end and article[stop].text in _AFTER_STOP and article[stop].start == article[stop - 1].end:
        stop += 1
    return stop


def _within_number(article: Sequence[Token], position: int, end: int) -> bool:
    """ "24.net": a full stop between a number and what is written on to it."""
    following = position + 1
    return (
        following < end
        and article[position - 1].kind == "number"
        and article[following].start == article[position].end
        and article[following].kind in ("number", "word")
    )


def abbreviates(article: Sequence[Token], position: int, begin: int) -> bool:
    """Whether the full stop at `position` only abbreviates the word before it, where the sentence begins at `begin`."""
    before = article[position - 1] if position > begin else None
    if before is None or before.kind != "word" or article[position].text != ".":
        return False
    if before.end != article[position].start:
        return False
    return len(before.form) == _ABBREVIATION or _spells(article, position)


def _spells(article: Sequence[Token], position: int) -> bool:
    """ "بي.بي.سي", "إن.بي.سي": a full stop between letters that are spelled by their names."""
    before, after = article[position - 1], article[position + 1] if position + 1 < len(article) else None
    joined = after is not None and after.kind == "word" and after.start == article[position].end
    return joined and after is not None and max(len(before.form), len(after.form)) <= _SPELLED


def _close(found: list[Sentence], article: Sequence[Token], begin: int, end: int, block: int) -> None:
    while begin < end and article[begin].kind == "punct" and article[begin].text in _LEFT_OVER:
        begin += 1
    if any(token.kind == "word" for token in article[begin:end]):
        found.append(Sentence(begin, end, block))
