"""The lines of an interview as turns: what marks each, whose label opens it, and whether it asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agents.language.pack import LanguagePack
from agents.language.punctuation import BULLETS, COLONS, DASHES, QUESTION
from agents.language.quotes import quotations
from agents.language.text import CLOSING, OPENING, Token

_FEWEST: Final = 2  # turns with one label
_LONGEST_QUESTION: Final = 80  # tokens
_LONGEST_LABEL: Final = 8  # tokens before its colon
_LEAST_QUOTED: Final = 2  # words of a turn in quotation marks
_BEHIND_NAME: Final = 1  # words of a label behind a name, but for an aside: "فلان ضاحكا:"
_LETTER: Final = 1  # letters
_NUMBER: Final = "#"  # whatever the number of a question
_QUOTED: Final = "«"  # whatever the marks about a turn
_HEADING: Final = "##"  # how a heading begins in plain text
_AFTER_MARK: Final = COLONS | DASHES | {"/", ")", "."}
_IN_LABEL: Final = frozenset("./\"'" + OPENING + CLOSING)
_BRACKETS: Final = {"(": ")", "[": "]"}
_EMPHASIS: Final = frozenset("*_")  # about words that are set in bold
_BEHIND: Final = frozenset(CLOSING + "\"')") | _EMPHASIS

Label = tuple[int, int]  # tokens
NOBODY: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A line, or what stands in one behind a question mark and a bullet. Numbers are those of tokens."""

    start: int
    begin: int  # past its mark
    last: int  # before what closes its mark
    end: int
    bullets: tuple[str, ...]
    name: tuple[str, ...]  # the label in folded forms, or the person it names, where it is known to be one
    label: Label
    asks: bool

    @property
    def mark(self) -> tuple[str, ...]:
        return self.bullets + self.name


def turns_of(article: Sequence[Token], pack: LanguagePack, persons: Mapping[int, str]) -> Iterator[Turn]:
    """The turns of an article. `persons`: the tokens that name one of the watchlist, with whom."""
    parts = [
        (start, past_stamp(article, start, end), end)
        for start, end in _parts(article, pack)
        if any(token.kind == "word" for token in article[start:end])
    ]
    labels = [_label(article, begin, end, pack) for _, begin, end in parts]
    names = Counter(_name(article, label, persons) for label in labels if label != NOBODY)
    titles = pack.unnamed | pack.continuing_titles
    for (start, stamped, end), found in zip(parts, labels, strict=True):
        bullets, begin = _bullets(article, stamped, end)
        again = names[_name(article, found, persons)] >= _FEWEST
        label = NOBODY if not again and _tells(article, found, persons) else found
        name = _name(article, label, persons)
        headed = label != NOBODY and article[label[0]].form in titles
        person = next((at for at in range(*label) if at in persons), None)
        # "السفير في القاهرة فلان: …", and not "المفتاح في جيب فلان: ليسلمه"
        named = person is not None and (
            headed or pack.clause_words.before_no_name.isdisjoint(forms_of(article, (label[0], person)))
        )
        known = bool(name) and (again or named or _is_mark(name, pack))
        titled = known or headed  # and not "أقولها بوضوح: لن نوقع"
        begin = _past_emphasis(article, label[1] + 1, end) if titled else begin
        last = _last(article, begin, end)
        closing = None if titled else _closing(article, begin, last)
        if closing is not None:
            bullets, begin, last = (*bullets, _QUOTED), begin + 1, closing
        yield Turn(
            start=start,
            begin=begin,
            last=last,
            end=end,
            bullets=bullets,
            name=name if known else (),
            label=label if titled and not _is_mark(name, pack) else NOBODY,
            asks=_asks(article, begin, end),
        )


def forms_of(article: Sequence[Token], label: Label) -> tuple[str, ...]:
    """The words of a label in folded forms."""
    return tuple(token.form for token in article[slice(*label)] if token.kind == "word")


def past_bullet(article: Sequence[Token], start: int, end: int) -> int:
    """Past what marks an entry of a list at the beginning of a line; the beginning where nothing does."""
    return _bullets(article, start, end)[1]


def is_bracketed(article: Sequence[Token], start: int, end: int) -> bool:
    """ "(ملاحظة: حذف سؤال لضيق المساحة)": a line that stands in brackets."""
    end -= end - start > 1 and article[end - 1].text == "."
    return start < end and _BRACKETS.get(article[start].text) == article[end - 1].text


def is_letters(name: Sequence[str]) -> bool:
    """ "ل. م."."""
    return len(name) > 1 and all(len(form) == _LETTER for form in name)


# -- lines --------------------------------------------------------------------------------------------------------
def _parts(article: Sequence[Token], pack: LanguagePack) -> Iterator[tuple[int, int]]:
    """The lines, each parted behind a question with an answer in the same one."""
    start = 0
    for end in (*(at for at, token in enumerate(article) if token.kind == "break"), len(article)):
        for at in range(start + 1, end):
            if article[at - 1].text not in QUESTION:
                continue
            begin = _past_emphasis(article, at, end) if article[start].text in _EMPHASIS else at
            behind = article[begin : begin + 1]
            opens = any(t.text in BULLETS or t.form in pack.clause_words.answer_mark for t in behind)
            if (opens or begin > at) and any(token.kind == "word" for token in article[begin:end]):
                yield start, begin
                start = begin
        if start < end:
            yield start, end
        start = end + 1


def past_stamp(article: Sequence[Token], start: int, end: int) -> int:
    """Past "[00:14]", "00:14 -" of a recording."""
    opened = start < end and article[start].text in _BRACKETS
    at = start + opened
    while at + 2 < end and article[at].kind == article[at + 2].kind == "number" and article[at + 1].text in COLONS:
        at += 2
    if at == start + opened:
        return start
    return at + 1 + (opened and article[at + 1].text in _BRACKETS.values() if at + 1 < end else 0)


def _bullets(article: Sequence[Token], start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The bullets at the beginning of a line, a number like one, and what stands behind."""
    at, bullets = start, []
    if "".join(token.text for token in article[start : start + len(_HEADING)]) == _HEADING:
        at, bullets = next((i for i in range(start, end) if article[i].text != _NUMBER), end), [_HEADING]
    while at < end and article[at].text in BULLETS | _EMPHASIS:
        bullets.append(article[at].text)
        at += 1
    opened = at + (article[at].text == "(" if at < end else 0)
    if opened + 1 < end and article[opened].kind == "number" and article[opened + 1].text in DASHES | {")", ".", "/"}:
        return (*bullets, _NUMBER), opened + 2
    return tuple(bullets), at


def _past_emphasis(article: Sequence[Token], at: int, end: int) -> int:
    """Past what closes words in bold, with no space before it."""
    while at < end and article[at].text in _EMPHASIS and article[at].start == article[at - 1].end:
        at += 1
    return at


def _last(article: Sequence[Token], begin: int, end: int) -> int:
    last = end
    while last > begin + 1 and article[last - 1].text in _EMPHASIS:
        last -= 1
    return last


def _closing(article: Sequence[Token], begin: int, last: int) -> int | None:
    """The mark that closes a turn all of whose words stand in quotation marks."""
    closing = last - 1 - (article[last - 1].text == "." if begin < last else 0)
    words = sum(token.kind == "word" for token in article[begin:last])
    quoted = words >= _LEAST_QUOTED and quotations(article, begin, last) == [(begin, closing)]
    return closing if quoted else None


def _asks(article: Sequence[Token], begin: int, end: int) -> bool:
    while end > begin and article[end - 1].text in _BEHIND:
        end -= 1
    return begin < end and article[end - 1].text in QUESTION and end - begin <= _LONGEST_QUESTION


# -- labels -------------------------------------------------------------------------------------------------------
def _label(article: Sequence[Token], start: int, end: int, pack: LanguagePack) -> Label:
    """The words before a colon at the beginning of a line, or "س" before whatever stands for one."""
    _, begin = _bullets(article, start, end)
    if begin >= end:
        return NOBODY
    marks = _is_mark((article[begin].form,), pack)
    for at in range(begin, min(end, begin + _LONGEST_LABEL)):
        token = article[at]
        if at > begin and (token.text in COLONS or (token.text in _AFTER_MARK and marks)):
            initial = token.text == "." and at + 1 < end and len(article[at + 1].form) == _LETTER
            if not initial:
                return (begin, at)
        numbered = at == begin + 1 and token.kind == "number" and marks  # "س1:"
        if token.kind != "word" and token.text not in _IN_LABEL and not numbered:
            break
    return NOBODY


def _name(article: Sequence[Token], label: Label, persons: Mapping[int, str]) -> tuple[str, ...]:
    person = next((persons[at] for at in range(*label) if at in persons), None)
    return forms_of(article, label) if person is None else (person,)


def _tells(article: Sequence[Token], label: Label, persons: Mapping[int, str]) -> bool:
    """Whether words go on behind the name with no mark between: "الرئيس فلان قالها لنا قبل السفر:"."""
    last = max((at for at in range(*label) if at in persons), default=label[1])
    behind = range(last + 1, label[1])
    mark = next((at for at in behind if article[at].kind != "word"), label[1])
    return mark - last - 1 > _BEHIND_NAME


def _is_mark(name: tuple[str, ...], pack: LanguagePack) -> bool:
    words = pack.clause_words
    return bool(name) and not is_letters(name) and name[0] in words.question_mark | words.answer_mark
