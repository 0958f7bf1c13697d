"""The lines of an interview as turns: what marks each, whose label opens it, and whether it asks."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from agents.language.pack import LanguagePack
from agents.language.punctuation import BULLETS, COLONS, DASHES, EMPHASIS, QUESTION
from agents.language.quotes import quotations
from agents.language.text import CLOSING, OPENING, Token

_FEWEST: Final = 2  # turns with one label
_LONGEST_QUESTION: Final = 80  # tokens
_LONGEST_LABEL: Final = 8  # tokens before its colon
_LEAST_QUOTED: Final = 2  # words of a turn in quotation marks
_BEHIND_NAME: Final = 1  # words of a label behind a name, but for an aside: "فلان ضاحكا:"
_LONGEST_NAME: Final = 4  # words of a name that stands alone in a line
_SHORT_QUESTION: Final = 6  # tokens of "- الحدود؟", with its answer behind it
_LETTER: Final = 1  # letters
_NUMBER: Final = "#"  # whatever the number of a question
_QUOTED: Final = "«"  # whatever the marks about a turn
_PICTURES: Final = frozenset(("So", "Sk", "Sm", "Mn"))  # categories of signs
_SEPARATORS: Final = DASHES | frozenset("|/»›·•~")  # what may stand between a label and what is said, as a colon does
_HEADING: Final = "##"  # how a heading begins in plain text
_AFTER_MARK: Final = COLONS | DASHES | {"/", ")", "."}
_IN_LABEL: Final = frozenset("./\"'" + OPENING + CLOSING)
_BRACKETS: Final = {"(": ")", "[": "]"}
_LEAST_SEPARATED: Final = 3  # lines whose labels no colon ends
_BEHIND: Final = frozenset(CLOSING + "\"')]") | EMPHASIS

Label = tuple[int, int]  # tokens
Role = Literal["question", "answer", "more", ""]
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
    labelled: bool  # whether words before a colon open it, whoever they name
    asks: bool
    aside: bool  # "(ملاحظة: حذف سؤال لضيق المساحة)"

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
    between = _between(article, [(begin, end) for _, begin, end in parts], pack)
    labels = [_label(article, begin, end, pack, between) for _, begin, end in parts]
    brackets = _asking_brackets(article, [(begin, end) for _, begin, end in parts])
    called = _called({_name(article, label, persons) for label in labels})
    names = Counter(called[_name(article, label, persons)] for label in labels if label != NOBODY)
    titles = pack.unnamed | pack.continuing_titles | pack.clause_words.guests
    for (start, stamped, end), found in zip(parts, labels, strict=True):
        bullets, begin = _bullets(article, stamped, end)
        again = names[called[_name(article, found, persons)]] >= _FEWEST
        label = NOBODY if not again and _tells(article, found, persons) else found
        name = called[_name(article, label, persons)] if label != NOBODY else ()
        headed = label != NOBODY and article[label[0]].form in titles
        person = next((at for at in range(*label) if at in persons), None)
        # "السفير في القاهرة فلان: …", and not "المفتاح في جيب فلان: ليسلمه"
        named = person is not None and (
            headed or pack.clause_words.before_no_name.isdisjoint(forms_of(article, (label[0], person)))
        )
        hosted = label != NOBODY and article[label[0]].form in pack.clause_words.guests
        known = bool(name) and (again or named or hosted or _is_mark(name, pack))
        titled = known or headed  # and not "أقولها بوضوح: لن نوقع"
        begin = _past_emphasis(article, _past_label(article, label, end), end) if titled else begin
        last = _last(article, begin, end)
        bracketed = _is_bracketed(article, stamped, end)
        if bracketed and article[stamped].text in brackets:
            bullets, begin, last = (*bullets, article[stamped].text), stamped + 1, end - 1
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
            labelled=label != NOBODY and not _is_mark(name, pack),
            asks=_asks(article, begin, end),
            aside=bracketed and article[stamped].text not in brackets,
        )


def forms_of(article: Sequence[Token], label: Label) -> tuple[str, ...]:
    """The words of a label in folded forms."""
    return tuple(token.form for token in article[slice(*label)] if token.kind == "word")


def past_bullet(article: Sequence[Token], start: int, end: int) -> int:
    """Past what marks an entry of a list at the beginning of a line; the beginning where nothing does."""
    return _bullets(article, start, end, any_sign=False)[1]


def is_letters(name: Sequence[str]) -> bool:
    """ "ل. م."."""
    return len(name) > 1 and all(len(form) == _LETTER for form in name)


# -- lines --------------------------------------------------------------------------------------------------------
def _is_bracketed(article: Sequence[Token], start: int, end: int) -> bool:
    """A line that stands in brackets."""
    end -= end - start > 1 and article[end - 1].text == "."
    return start < end and _BRACKETS.get(article[start].text) == article[end - 1].text


def _asking_brackets(article: Sequence[Token], lines: Sequence[Label]) -> set[str]:
    """The brackets in which questions stand: "(وهل رد الاثنان؟)"."""
    asking = Counter(
        article[start].text for start, end in lines if _is_bracketed(article, start, end) and _asks(article, start, end)
    )
    return {bracket for bracket, count in asking.items() if count >= _FEWEST}


def _parts(article: Sequence[Token], pack: LanguagePack) -> Iterator[tuple[int, int]]:
    """The lines, each parted behind a question with an answer in the same one, and with the name above it."""
    lines = _lines(article)
    counts = Counter(forms_of(article, line) for line in lines if _is_name(article, line))
    names = {name for name, count in counts.items() if count >= _FEWEST}
    quick = _quick(article, lines)
    above = None
    for start, end in lines:
        if len(names) >= _FEWEST and _is_name(article, (start, end)) and forms_of(article, (start, end)) in names:
            above = start
            continue
        begin = start
        for at in range(start + 1, end):
            if article[at - 1].text not in QUESTION:
                continue
            answer = _past_emphasis(article, at, end) if article[begin].text in EMPHASIS else at
            behind = article[answer : min(end, answer + 1)]
            opens = any(token.text in BULLETS or token.form in pack.clause_words.answer_mark for token in behind)
            parts = opens or answer > at or (begin == start and article[start].text in quick)
            if parts and any(token.kind == "word" for token in article[answer:end]):
                yield above if above is not None and begin == start else begin, answer
                begin = answer
        if begin < end:
            yield above if above is not None and begin == start else begin, end
        above = None


def _quick(article: Sequence[Token], lines: Sequence[Label]) -> set[str]:
    """The bullets with each of which a short question stands, and its answer behind it: "- الحدود؟ ستفتح يوما."."""
    found: dict[str, list[bool]] = {}
    for start, end in lines:
        if article[start].text in BULLETS:
            opening = [token.text in QUESTION for token in article[start : min(end, start + _SHORT_QUESTION)]]
            said = any(opening) and any(token.kind == "word" for token in article[start + opening.index(True) : end])
            found.setdefault(article[start].text, []).append(said)
    return {bullet for bullet, said in found.items() if len(said) >= _FEWEST and all(said)}


def _lines(article: Sequence[Token]) -> list[Label]:
    breaks = [-1, *(at for at, token in enumerate(article) if token.kind == "break"), len(article)]
    return [(before + 1, at) for before, at in pairwise(breaks) if before + 1 < at]


def _is_name(article: Sequence[Token], line: Label) -> bool:
    """Whether a line is nothing but a few words, as a name above what somebody says."""
    return line[1] - line[0] <= _LONGEST_NAME and all(token.kind == "word" for token in article[slice(*line)])


def past_stamp(article: Sequence[Token], start: int, end: int) -> int:
    """Past "[00:14]", "00:14 -" of a recording."""
    opened = start < end and article[start].text in _BRACKETS
    at = start + opened
    while at + 2 < end and article[at].kind == article[at + 2].kind == "number" and article[at + 1].text in COLONS:
        at += 2
    if at == start + opened:
        return start
    return at + 1 + (opened and article[at + 1].text in _BRACKETS.values() if at + 1 < end else 0)


def _bullets(article: Sequence[Token], start: int, end: int, *, any_sign: bool = True) -> tuple[tuple[str, ...], int]:
    """The bullets at the beginning of a line, a number like one, and what stands behind."""
    at, bullets = start, []
    if "".join(token.text for token in article[start : start + len(_HEADING)]) == _HEADING:
        at, bullets = next((i for i in range(start, end) if article[i].text != _NUMBER), end), [_HEADING]
    while at < end and (article[at].text in BULLETS | EMPHASIS or (any_sign and _is_picture(article[at]))):
        bullets.append(article[at].text)
        at += 1
    opened = at + (article[at].text in _BRACKETS if at < end else 0)
    closes = opened + 1 < end and article[opened + 1].text in DASHES | {")", "]", ".", "/"}
    if closes and article[opened].kind == "number":
        return (*bullets, _NUMBER), next((i for i in range(opened + 2, end) if article[i].text not in EMPHASIS), end)
    return tuple(bullets), at


def _is_picture(token: Token) -> bool:
    """ "🎙", "💬"."""
    return token.kind == "punct" and unicodedata.category(token.text) in _PICTURES


def _past_emphasis(article: Sequence[Token], at: int, end: int) -> int:
    """Past what closes words in bold, with no space before it."""
    while at < end and article[at].text in EMPHASIS and article[at].start == article[at - 1].end:
        at += 1
    return at


def _last(article: Sequence[Token], begin: int, end: int) -> int:
    last = end
    while last > begin + 1 and article[last - 1].text in EMPHASIS:
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
def _label(
    article: Sequence[Token], start: int, end: int, pack: LanguagePack, between: Container[str] = COLONS
) -> Label:
    """The words before a colon at the beginning of a line, or "س" before whatever stands for one.

    `between`: what else does as a colon does in this article.
    """
    _, begin = _bullets(article, start, end)
    if begin >= end:
        return NOBODY
    if article[begin].text == "[":  # "[فلان] نذهب إن دعينا"
        return _in_brackets(article, begin + 1, end)
    marks = _is_mark((article[begin].form,), pack)
    for at in range(begin, min(end, begin + _LONGEST_LABEL)):
        token = article[at]
        if at > begin and (token.text in COLONS or token.kind == "break" or (token.text in _AFTER_MARK and marks)):
            initial = token.text == "." and at + 1 < end and len(article[at + 1].form) == _LETTER
            if not initial:
                return (begin, at)
        if at > begin and token.text in between and _is_separator(article, begin, at):
            return (begin, at)
        if at > begin and token.text in _BRACKETS:  # "فلان (ضاحكا):", "سؤال (إلى الوزير):"
            behind = _past_brackets(article, at, end)
            return (begin, at) if behind > at and article[behind].text in between else NOBODY
        numbered = at == begin + 1 and token.kind == "number" and marks  # "س1:"
        if token.kind != "word" and token.text not in _IN_LABEL and not numbered:
            break
    return NOBODY


def _between(article: Sequence[Token], lines: Sequence[Label], pack: LanguagePack) -> frozenset[str]:
    """What ends the labels of an article: a colon, and "منى | …", "فلان - …" where labels stand again before it."""
    separated = [_label(article, start, end, pack, _SEPARATORS) for start, end in lines]
    found: dict[str, list[tuple[str, ...]]] = {}
    for label in separated:
        if label != NOBODY and article[label[1]].text in _SEPARATORS:
            found.setdefault(article[label[1]].text, []).append(forms_of(article, label))
    again = (
        mark
        for mark, names in found.items()
        if len(names) >= _LEAST_SEPARATED and any(count >= _FEWEST for count in Counter(names).values())
    )
    return COLONS | frozenset(again)


def _is_separator(article: Sequence[Token], begin: int, at: int) -> bool:
    """Whether a mark with a space behind it stands behind a few words; one that is no dash has one before it too."""
    before = article[at].text in DASHES or article[at - 1].end < article[at].start
    spaced = before and at + 1 < len(article) and article[at].end < article[at + 1].start
    return spaced and at - begin <= _LONGEST_NAME and all(token.kind == "word" for token in article[begin:at])


def _in_brackets(article: Sequence[Token], begin: int, end: int) -> Label:
    """The words before a closing bracket behind which something is said."""
    close = next((at for at in range(begin, min(end, begin + _LONGEST_NAME + 1)) if article[at].kind != "word"), end)
    return (begin, close) if begin < close < end - 1 and article[close].text == "]" else NOBODY


def _past_brackets(article: Sequence[Token], at: int, end: int) -> int:
    """Past "(ضاحكا)" before what ends a label; nowhere where nothing follows."""
    closing = _BRACKETS[article[at].text]
    behind = next((i + 1 for i in range(at, min(end, at + _LONGEST_LABEL)) if article[i].text == closing), at)
    return behind if behind < end else at


def _past_label(article: Sequence[Token], label: Label, end: int) -> int:
    """Past what ends a label, and an aside before it."""
    at = label[1]
    return (_past_brackets(article, at, end) if article[at].text in _BRACKETS else at) + 1


def _name(article: Sequence[Token], label: Label, persons: Mapping[int, str]) -> tuple[str, ...]:
    person = next((persons[at] for at in range(*label) if at in persons), None)
    return forms_of(article, label) if person is None else (person,)


def _called(names: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """By what each label is known: "عمر الصنهاجي" by "الصنهاجي", where that one stands too."""
    return {name: next((name[at:] for at in range(len(name) - 1, 0, -1) if name[at:] in names), name) for name in names}


def _tells(article: Sequence[Token], label: Label, persons: Mapping[int, str]) -> bool:
    """Whether words go on behind the name with no mark between: "الرئيس فلان قالها لنا قبل السفر:"."""
    last = max((at for at in range(*label) if at in persons), default=label[1])
    behind = range(last + 1, label[1])
    mark = next((at for at in behind if article[at].kind != "word"), label[1])
    return mark - last - 1 > _BEHIND_NAME


def _is_mark(name: tuple[str, ...], pack: LanguagePack) -> bool:
    words = pack.clause_words
    return bool(name) and not is_letters(name) and name[0] in words.question_mark | words.answer_mark
