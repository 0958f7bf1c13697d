"""What of a body is the article, and what stands around it.

A body comes as text, its HTML gone. `blocks` sorts its lines: `content` is what the article says; a `title` or
`heading` is the article's own but says nothing that its text does not say; `noise` is the site's: menus, links to
other articles, tickers, invitations to share, captions, credits, counters. The phrases are data
(`ar/boilerplate.yaml`); the rules here are about shape: length, final stop, separators, bullets, place.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

import yaml

from agents.language.folding import FoldedText, fold_body
from agents.language.punctuation import BULLETS
from agents.language.text import fold

Kind = Literal["content", "heading", "title", "noise"]
Label = Literal["", "related", "ticker", "share", "meta"]

_LONG: Final = 13  # words: a line of so many is a sentence of the article even without its full stop
_SHORTEST_ENTRY: Final = 4  # words of what a live page tells under a time of day
_FEWEST_ENTRIES: Final = 3  # of a live page whose entries have no time
_LINKS: Final = 30  # words: a longer line below a label of links is the article going on
_BULLET: Final = re.compile(
    rf"^(?:[{re.escape(''.join(sorted(BULLETS)))}]+|\(?\d{{1,2}}(?:[).]|\s?[-–](?=\s+[^\d\s])))\s*(?=\S)"
)
_FLASH_BAR: Final = re.compile(r"^[^|¦]{1,20}[|¦]\s*")
_MARK: Final = re.compile(r"[|¦>»›/\\•·–—-](?:(?<=[|¦])|(?<=\s.)\s)")  # without it _SEPARATOR finds nothing
_SEPARATOR: Final = re.compile(r"\s[|>»›/\\•·–—-]\s|\s?[|¦]\s?|\s>\s?")
_QUOTES: Final = ("«", '"', "“")
_TRAILING: Final = " \t\"'»”’)]}"
_ARABIC: Final = re.compile(r"[ء-ي]")
_DATE: Final = re.compile(r"\d{1,4}\s*[/\-.]\s*\d{1,2}\s*[/\-.]\s*\d{2,4}|\b(?:1[34]|19|20)\d\d\b|\d{1,2}:\d{2}")
# "الوزير: لن نوقع اليوم", "«لن نوقع اليوم» – الوزير"
_TOLD: Final = re.compile(
    r"\W*\w+(?:\s+\S+){0,8}?\s?:\s+\S+(?:\s+\S+){2}"
    r"|[«\"“](?:[^\s»\"”]+\s+){2,}[^\s»\"”]+[»\"”]\s*[-–—]\s*\w"
)
_END_TIME: Final = re.compile(r"[(\[]\s*\d{1,2}:\d{2}(?:\s*\w{1,8})?\s*[)\]]\s*$")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")
_TWO_SENTENCES: Final = re.compile(r"[^\W\d]{3}\.\s+\w")  # "الحزب يرفض. ما ردكم؟"
_BRACKETED_END: Final = re.compile(r"[(\[]\s*(?:عن\s+)?([^()\[\]]{2,40})[)\]]\s*\.?$")
_COLON: Final = r"\s*(?:[:：|¦»›>/…]|\.\.|[-–—]\s|$)"
_SENTENCE_END: Final = r"[.؟?!…»”\"|\[(](?:(?<![\[(])\s*[-–—|•*])?\s*"  # one set at its head: `search` leaps to it
_FIRST_WORD: Final = re.compile(r"\W*(\w+)")


class Block(NamedTuple):
    """A line of a body, or a part of one: `body[start:end]`, without the white space around it."""

    start: int
    end: int
    kind: Kind


class _Line(NamedTuple):
    start: int
    end: int
    text: str  # folded, without a bullet
    words: int
    stops: bool  # ends with a full stop
    asks: bool  # ends with a question or exclamation mark
    colon: bool
    bullet: bool
    stamped: bool  # begins or ends with the time of day
    told: bool  # somebody and a colon, and what they say
    flash: bool  # begins with a word like "عاجل |"
    label: Label

    def enters(self, told: bool) -> bool:
        """Whether it may be an entry of a live page; `told`: of one on which people speak, each in a line."""
        timed = self.stamped and self.label in ("", "ticker")
        return self.words >= _SHORTEST_ENTRY and (self.flash or timed or (told and self.told and self.label == ""))


@dataclass(frozen=True, slots=True)
class _Phrases:
    labels: tuple[tuple[Label, re.Pattern[str]], ...]
    label_words: frozenset[str]  # that labels begin with; few lines begin with one
    anywhere: re.Pattern[str]
    inline: re.Pattern[str]
    credit: re.Pattern[str]
    menu: frozenset[str]
    continuation: re.Pattern[str]
    flash: re.Pattern[str]  # "عاجل | ", "مراسلنا | "
    stamp: re.Pattern[str]  # "22:30 | ", "18:45 (بتوقيت غرينتش) - ": when a line of a live page was written


def _any_of(phrases: Sequence[str]) -> str:
    alternatives = sorted((fold(phrase) for phrase in phrases), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in alternatives) + ")"


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data = yaml.safe_load(files("agents.language").joinpath("ar/boilerplate.yaml").read_text(encoding="utf-8"))
    labels: list[tuple[Label, re.Pattern[str]]] = []
    for name in ("related", "share", "meta"):
        strong, weak = _any_of(data[name]), _any_of(data[f"{name}_before_colon"])
        labels.append((name, re.compile(rf"[^\w]*(?:{strong}(?!\w)|{weak}{_COLON})")))
    labels.append(("ticker", re.compile(rf"[^\w]*{_any_of(data['ticker'])}{_COLON}")))
    kinds = ("related", "share", "meta", "ticker")
    announced = [phrase for kind in kinds for phrase in data[kind] + data.get(f"{kind}_before_colon", [])]
    return _Phrases(
        labels=tuple(labels),
        label_words=frozenset(re.findall(r"\w+", fold(phrase))[0] for phrase in announced),
        anywhere=re.compile(rf"(?<!\w){_any_of(data['anywhere'])}(?!\w)"),
        inline=re.compile(rf"{_SENTENCE_END}({_any_of(data['inline'])}(?!\w))"),
        credit=re.compile(rf"(?<!\w){_any_of(data['credits'])}(?!\w)"),
        menu=frozenset(fold(word) for word in data["menu"]),
        continuation=re.compile(rf"[وف]{_any_of(data['continuation'])}(?!\w)"),
        flash=re.compile(rf"\W{{0,3}}{_any_of(data['flashes'])}\s*(?:[|¦]|[-–—](?=\s))\s*(?=\S+(?:\s+\S+){{3}})"),
        stamp=re.compile(
            r"^[^\w\s(\[]{0,3}\s?[(\[]?\d{1,2}:\d{2}[)\]]?"
            rf"(?:\s*\(?(?:{_any_of(data['clock_of'])}\s+\w+(?:\s+ال\w+)?|{_any_of(data['clocks'])})\)?)?"
            r"(?:\s*(?:[|¦:•◄◀►▶●▪]|[-–—](?=\s))\s*|\s+)(?=\S)"
        ),
    )


def _label(text: str, words: int, stops: bool, phrases: _Phrases) -> Label:
    """What a line announces. A long line that ends with a full stop is a sentence unless a colon follows the label."""
    head = text[:80]
    first = _FIRST_WORD.match(head)
    if first is None or first[1] not in phrases.label_words:
        return ""
    for name, pattern in phrases.labels:
        if match := pattern.match(head):
            follows = text[match.end() : match.end() + 2].lstrip()[:1]
            marked = match.group()[-1:] in ":|" or follows in (":", "|")
            if stops and words > _LONG - 2 and not marked:
                return ""
            return name
    return ""


def _pieces(text: str, phrases: _Phrases) -> Iterator[tuple[int, int]]:
    """The lines of a folded body, cut where a label of links follows a sentence."""
    start = 0
    labelled = phrases.inline.search(text) is not None
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if not line.isspace():
            if labelled:
                yield from _cut(text, start, end, phrases)
            else:
                yield start, end
        start = end


def _cut(text: str, start: int, end: int, phrases: _Phrases) -> Iterator[tuple[int, int]]:
    match = phrases.inline.search(text, start, end)
    if match is None:
        yield start, end
        return
    begin, stop = match.start(1), end
    opened = text.rfind("(", start, begin)
    if opened >= 0 and begin - opened < 3 and (closing := text.find(")", begin, end)) >= 0:
        begin, stop = opened, closing + 1
    for first, last in ((start, begin), (begin, stop), (stop, end)):
        if text[first:last].strip(" .()[]|-\n\r\t"):
            yield first, last


def _line(body: str, start: int, end: int, phrases: _Phrases) -> _Line:
    text = body[start:end].lstrip()
    start = end - len(text)
    text = text.rstrip()
    end = start + len(text)
    bullet = stamp = None
    if not text[:1].isalpha():
        bullet = _BULLET.match(text)
        text = text[bullet.end() :] if bullet else text
        stamp = phrases.stamp.match(text)
        text = text[stamp.end() :] if stamp else text
    tail = text.rstrip(_TRAILING)
    dotted = tail.endswith(".") and not tail.endswith("..")
    words = _count_words(text)
    asks = tail.endswith(("؟", "?", "!"))
    return _Line(
        start=start,
        end=end,
        text=text,
        words=words,
        stops=dotted,
        asks=asks,
        colon=tail.endswith(":"),
        bullet=bullet is not None,
        stamped=stamp is not None or _END_TIME.search(text) is not None,
        told=not asks and _TOLD.match(text) is not None,
        flash=phrases.flash.match(text) is not None,
        label=_label(text, words, dotted, phrases),
    )


def _count_words(text: str) -> int:
    """As many as `split` gives, without making them."""
    return len(text.split()) if "  " in text or "\t" in text else text.count(" ") + bool(text)


def _is_list(line: _Line, phrases: _Phrases) -> bool:
    """A menu, a path of sections, or headlines side by side."""
    text = line.text
    if line.label == "ticker" and line.stops:  # "عاجل | القاهرة - أعلن …": a sentence
        text = _FLASH_BAR.sub("", text)
    barred = "|" in text or "¦" in text
    if not barred and ((line.stops and line.words >= _LONG - 3) or not _MARK.search(text)):
        return False
    parts = [part for part in _SEPARATOR.split(text) if part and part.strip()]
    if len(parts) < 2:
        return False
    if barred:
        return not (line.stops and line.words > 2 * _LONG)
    in_menu = sum(part.strip(" :") in phrases.menu for part in parts)
    shortest = all(len(part.split()) <= 7 for part in parts)
    return (in_menu > 0 and shortest) or (len(parts) >= 3 and shortest) or (len(parts) >= 2 and line.words <= 8)


def _is_noise(line: _Line, phrases: _Phrases, entry: bool) -> bool:
    """Noise by itself, wherever it stands; `entry`: of a live page, which may be short and name an agency or a time."""
    if line.label == "share" or (line.label in ("related", "meta") and not entry):
        return True
    text, open_end = line.text, not line.stops
    tagged = sum(word.startswith("#") for word in text.split()) if "#" in text else 0
    bracket = _BRACKETED_END.search(text) if open_end and line.words <= _LINKS else None
    if (
        (not _ARABIC.search(text) and line.words < _LONG)
        or (line.words <= 2 * _LONG and (open_end or line.words < _LONG) and phrases.anywhere.search(text))
        or (tagged and tagged * 2 >= line.words - 1)
        or (line.stamped and line.words < _SHORTEST_ENTRY and open_end)  # a time and a place
    ):
        return True
    return not entry and bool(
        (bracket and phrases.credit.search(bracket.group(1)))
        or (line.words <= 6 and open_end and (phrases.credit.search(text) or text.strip(" :") in phrases.menu))
        or (line.words <= 8 and open_end and not line.asks and _DATE.search(text))  # a date, or a place and a date
        or _is_list(line, phrases)
    )


def _says(line: _Line, loose: bool) -> bool:
    """A sentence of the article by its shape: long, or closed with a full stop."""
    if line.stops or (line.asks and _TWO_SENTENCES.search(line.text)):
        return line.words >= 4
    return line.words >= (_LONG - 5 if loose else _LONG)


def blocks(body: str, title: str = "") -> tuple[Block, ...]:
    """The lines of a body in order, each with what it is. Lines of white space belong to no block.

    `title` is the headline as the feed gives it; a line that repeats it is the title, the second time noise.
    """
    folded, lines = folded_lines(body, title)
    return tuple(Block(folded.at(line.start), folded.at(line.end), line.kind) for line in lines)


@lru_cache(maxsize=4)
def folded_lines(body: str, title: str = "") -> tuple[FoldedText, tuple[Block, ...]]:
    """A body folded, and its `blocks` with their places there: who looks for copies asks, then who reads it."""
    folded = fold_body(body)
    return folded, tuple(_lines_of(folded, title))


def _lines_of(body: FoldedText, title: str) -> list[Block]:
    phrases = _phrases()
    lines = [_line(body.text, start, end, phrases) for start, end in _pieces(body.text, phrases)]
    entries = _entries(lines)
    unstopped = sum(line.words >= _LONG and not line.stops for line in lines)
    loose = unstopped * 2 > sum(line.words >= _LONG for line in lines)
    kinds = _sort(lines, fold(title).strip(), loose, entries, phrases)
    return [Block(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True) if line.start < line.end]


def _entries(lines: Sequence[_Line]) -> set[int]:
    """The lines that are entries of a live page: most begin with a time, or nearly all are flashes or told."""
    of_some_length = sum(line.words >= _SHORTEST_ENTRY for line in lines)
    timed = sum(line.stamped for line in lines) * 2 > of_some_length
    entries = {number for number, line in enumerate(lines) if line.enters(told=not timed)}
    clocks = [number for number, line in enumerate(lines) if _is_clock(line)]
    if len(clocks) >= _FEWEST_ENTRIES:  # a time above each, with its entry in the line below
        below = {number + 1 for number in clocks if number + 1 < len(lines)}
        entries |= {number for number in below if lines[number].words >= _SHORTEST_ENTRY}
        timed = True
    nearly_all = len(entries) >= _FEWEST_ENTRIES and len(entries) * 4 >= of_some_length * 3
    return entries if timed or nearly_all else set()


def _sort(lines: Sequence[_Line], title: str, loose: bool, entries: Set[int], phrases: _Phrases) -> list[Kind]:
    kinds: list[Kind] = []
    seen: set[str] = set()
    said = titled = below_label = heads = False  # heads: a label above everything else is that of a live page
    previous: _Line | None = None
    for number, line in enumerate(lines):
        kind: Kind = "content"
        entry = number in entries
        below = lines[number + 1] if number + 1 < len(lines) else None
        quoted = below is not None and below.text.startswith(_QUOTES)
        list_below = bool(entries) and below is not None and below.bullet  # "الوزير:" on a live page
        leads = line.colon and (line.words >= 3 or line.bullet or quoted or list_below)
        told_above = previous is not None and previous.told and number - 1 in entries
        leads_below = previous is not None and (previous.colon or previous.bullet or told_above)
        above = previous is not None and (previous.colon or previous.text.startswith(_QUOTES))
        quotes = bool(entries) and above and line.text.startswith(_QUOTES)
        listed = ((line.bullet and leads_below) or quotes) and kinds[-1] == "content"
        continues = line.words >= 3 and phrases.continuation.match(line.text) is not None
        if line.text in seen and line.words >= 3:
            kind = "noise"
        elif _is_noise(line, phrases, entry) or (
            line.label == "ticker" and said and not entry and not _is_clock(previous)
        ):
            kind = "noise"
            heads = not said if not below_label else heads
            below_label = below_label or line.label not in ("", "meta")
        elif title and line.text == title:
            kind, titled, below_label = "title", True, False
        elif below_label and not (entry and heads) and not _resumes(line, continues, loose):
            kind = "noise"
        elif (
            _says(line, loose)
            or continues
            or listed
            or (line.colon and (line.words >= 3 or line.bullet or leads))
            or entry
        ):
            below_label = False
            said = True
        elif line.words <= 3 and not said:
            kind = "noise"
        elif not said and not titled and not line.colon:
            kind, titled = "title", True
        else:
            kind = "heading"
        seen.add(line.text)
        kinds.append(kind)
        previous = line
    return _with_flash(lines, _without_tail(lines, kinds, loose, entries))


def _with_flash(lines: Sequence[_Line], kinds: list[Kind]) -> list[Kind]:
    """A message of one line, or several flashes, is all that the article says: not its headline, and no ticker's."""
    long = [number for number, line in enumerate(lines) if line.words >= _SHORTEST_ENTRY]
    flashes = bool(long) and all(lines[number].flash for number in long)
    if "content" in kinds or not (flashes or (len(long) == 1 and kinds[long[0]] == "title")):
        return kinds
    return ["content" if number in long else kind for number, kind in enumerate(kinds)]


def _is_clock(line: _Line | None) -> bool:
    """The time above an entry of a live page."""
    return line is not None and _CLOCK.fullmatch(line.text) is not None


def _resumes(line: _Line, continues: bool, loose: bool) -> bool:
    """Whether the article goes on after links to others: a full sentence does that, a headline does not."""
    if line.bullet:
        return line.stops and line.words >= _LONG
    if line.stops or continues:
        return line.words >= 5
    return line.words > (_LONG if loose else _LINKS)


def _without_tail(lines: Sequence[_Line], kinds: list[Kind], loose: bool, entries: Container[int]) -> list[Kind]:
    """Nothing short and open after the last sentence is a heading: there is nothing below it.

    Nor does an article that closes its sentences go on, with an open one, below what the site puts under it.
    """
    last = max((i for i, kind in enumerate(kinds) if kind == "content"), default=-1)
    if last < 0:
        return kinds
    closed = max((i for i, kind in enumerate(kinds) if kind == "content" and lines[i].stops), default=last)
    foot = next((i for i in range(closed + 1, last) if kinds[i] == "noise"), last)
    if not loose and not any(lines[i].stamped or i in entries for i in range(foot + 1, last + 1)):
        last = foot
    return ["noise" if i > last else kind for i, kind in enumerate(kinds)]


def content_ranges(body: str, title: str = "") -> tuple[Block, ...]:
    """The parts of a body that are the article's own sentences."""
    return tuple(block for block in blocks(body, title) if block.kind == "content")


def noise_ranges(body: str, title: str = "") -> tuple[Block, ...]:
    """The parts of a body that are the site's and not the article's."""
    return tuple(block for block in blocks(body, title) if block.kind == "noise")
