"""What stays of a text when it is copied: the codes of its sentences, and a few anchors to find it by.

A text is cut into units (sentences, long ones at their commas). Each word that carries content becomes a 16-bit code:
words of one stem or notion share a code, numbers, months, weekdays and countries have ranges of their own, verbs of
saying and function words have none. Two units are compared by their codes alone, so that the text of an earlier
article need not be kept. Anchors are hashes of four codes in a row, the smallest of each unit: texts that share a
sentence share its anchors, whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import xxhash

from agents.language.boilerplate import Block, blocks_of
from agents.language.folding import FoldedText, fold_body
from agents.language.pack import load_language_pack, read_table
from agents.language.stems import readings
from agents.language.text import LONGEST_WORD, fold
from agents.language.thesaurus import Thesaurus, load_thesaurus

# Ranges of codes. Everything below WORDS is a fact: where it differs, something else is said.
RELATIVE: Final = 2  # today; 0 to 4 are the days from the day before yesterday to the day after tomorrow
WEEKDAYS: Final = 8
MONTHS: Final = 16
NOT: Final = 32
NUMBERS: Final = 64
NAMES: Final = 8192
WORDS: Final = 12288
_WORDS_REMEMBERED: Final = 1 << 18  # 40 MB; a year of newspapers has more different words, most of them once
_CODES: Final = 65536
_VOCABULARY: Final = 200_000  # words whose codes are remembered: two years of a newspaper

_IN_A_ROW: Final = 4  # codes that make an anchor: three are often a phrase, five are too often edited
_ANCHOR_EVERY: Final = 7  # codes: a unit has one anchor for so many, and at least one
_MOST_ANCHORS: Final = 48  # of a text: a thousand words need no more to be found again
_DATELINE_SPACES: Final = 10
_SHORTEST: Final = 4  # codes: a shorter unit goes with the one before
_CUT: Final = 70  # characters on both sides of a comma that cuts a long sentence: about twelve words
_MIX: Final = 0x9E3779B97F4A7C15
ANCHOR_BITS: Final = 55
_LONGEST: Final = 900  # characters: where nothing cuts, a space after so many does
_LEAST_CONTENT: Final = 15  # words: with less, what looks like noise is taken for text (tables of results)

_END: Final = re.compile(r"[.!؟?…](?<![\s.(\[]\w.)[.!؟?…]*[\"»”’)\]]*(?=\s|$)")
_DATELINE: Final = re.compile(r"[^.،:\n]{2,60}?(?:\s[-–—]\s+|:\s+\S{2,14}\s[-–—]\s+)(?=\S)")
_COMMA: Final = re.compile(r"[،,؛;]\s*(?=[وف]|ثم |لكن|غير أن|فيما|بينما|كما|مشير|مؤكد|مضيف|معتبر|موضح|لافت)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or clause, `body[start:end]`, and the codes of its words in order."""

    start: int
    end: int
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as it is compared. `exact` is the same for texts that differ only in spelling, order and surroundings."""

    units: tuple[Unit, ...]
    exact: int  # 64 bits
    anchors: tuple[int, ...]  # 55 bits each


class _Codes(dict[str, int]):
    """The codes of the words that were met, worked out when a word is met first."""

    def __init__(self, work_out: Callable[[str], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> int:
        if len(word) > LONGEST_WORD:
            return self[word[:LONGEST_WORD]]
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        code = self[word] = self._work_out(word)
        return code


class Fingerprinter:
    """Takes fingerprints. Everything about the language is in the tables that it is built from."""

    def __init__(
        self,
        *,
        stopwords: Mapping[str, Any],
        facts: Mapping[str, Any],
        dates: Mapping[str, Any],
        verbs_of_saying: Iterable[str],
        countries: Mapping[str, Sequence[str]],
        thesaurus: Thesaurus,
    ) -> None:
        self._skipped = {fold(word) for word in (*facts["function_words"], *stopwords["fillers"], *verbs_of_saying)}
        self._updates = frozenset(fold(word) for word in stopwords["updates"])
        self._titles = frozenset(fold(word) for word in stopwords["titles"])
        self._fixed: dict[str, int] = {}
        for name, words in countries.items():
            self._fix(words, NAMES + _hash(name) % (WORDS - NAMES))
        for word, value in {**facts["numbers"], **facts["scales"]}.items():
            self._fix([word], _number(str(value)))
        for row in dates["months"]:
            self._fix(row["names"], MONTHS + row["number"])
        for row in dates["weekdays"]:
            self._fix(row["names"], WEEKDAYS + row["number"])
        for row in dates["relative_days"]:
            self._fix(row["names"], RELATIVE + row["offset"])
        self._fix(facts["negators"], NOT)
        self._thesaurus = thesaurus
        self._codes = _Codes(self.code)
        self.title_codes = frozenset(self.codes(self._titles))

    def _fix(self, words: Iterable[str], code: int) -> None:
        for word in words:
            if " " not in word:
                self._fixed[fold(word)] = code

    def read(self, body: str, title: str = "") -> Fingerprint:
        """The fingerprint of the article in `body`, without what stands around it and without its headline."""
        folded = fold_body(body)
        found = blocks_of(folded, title)
        content = [block for block in found if block.kind == "content"]
        if sum(body.count(" ", block.start, block.end) + 1 for block in content) < _LEAST_CONTENT:
            content = [block for block in found if block.kind != "title"] or list(found)
        units: list[Unit] = []
        prints: list[int] = []
        for number, block in enumerate(content):
            prints += self._add_units(units, folded, block, dateline=number == 0)
        prints.sort()
        exact = xxhash.xxh3_64_intdigest(b"".join(part.to_bytes(8, "little") for part in prints))
        return Fingerprint(tuple(units), exact, anchors_of(units))

    def _add_units(self, units: list[Unit], body: FoldedText, block: Block, dateline: bool) -> list[int]:
        """Append the units of a block; returns a hash of the folded words of each."""
        prints = []
        first = len(units)
        begin, stop = body.position(block.start), body.position(block.end)
        if (
            dateline
            and (place := _DATELINE.match(body.text, begin, stop))
            and place.group().count(" ") <= _DATELINE_SPACES
        ):
            begin = place.end()  # "Khartoum (agencies) - " is the outlet's, and differs between copies
        for start, end in _cuts(body.text, begin, stop):
            words = body.spaced[start:end].split()
            if not words:
                continue
            prints.append(xxhash.xxh3_64_intdigest(" ".join(words).encode()))
            codes = tuple(self.codes(words))
            unit = Unit(body.at(start), body.at(end), codes)
            if len(units) > first and (len(codes) < _SHORTEST or len(units[-1].codes) < _SHORTEST):
                before = units.pop()
                unit = Unit(before.start, unit.end, before.codes + codes)
            units.append(unit)
        return prints

    def codes(self, words: Iterable[str]) -> list[int]:
        """The codes of folded words, in order; words that carry nothing have none."""
        if len(self._codes) > _VOCABULARY:
            self._codes.clear()
        return [code for code in map(self._codes.__getitem__, words) if code >= 0]

    def words(self, text: str) -> list[tuple[str, int]]:
        """The folded words of a text with their codes, -1 for those that carry nothing."""
        return [(word, self._codes[word]) for word in fold_body(text).spaced.split()]

    def says_update(self, text: str) -> bool:
        """Whether a headline calls what follows an update or a correction."""
        return not self._updates.isdisjoint(fold_body(text).spaced.split())

    def is_title(self, word: str) -> bool:
        """Whether a name follows a folded word."""
        return word.removeprefix("و") in self._titles or word in self._titles

    def notion_code(self, notion: str) -> int:
        """The code of a notion of the thesaurus."""
        return WORDS + _hash(f"#{notion}") % (_CODES - WORDS)

    def code(self, word: str) -> int:
        """The code of a folded word, -1 for one that carries nothing."""
        if word[0].isdigit():
            return _number(word)
        bare = word[1:] if len(word) > 3 else word
        forms = (word, bare) if word[0] in "وفبل" else (word,)
        code = next((self._fixed[form] for form in forms if form in self._fixed), None)
        if code is None and (len(word) < 2 or word in self._skipped or (word[0] in "وف" and word[1:] in self._skipped)):
            return -1
        return self._stem_code(word) if code is None else code

    def _stem_code(self, word: str) -> int:
        stems = readings(word)
        for stem in stems:
            if stem in self._fixed and len(stem) > 3:
                return self._fixed[stem]
        notion = self._thesaurus.notion_of(word)
        if notion:
            return self.notion_code(notion)
        key = min((stem for stem in stems if len(stem) > 2), key=len, default=word)
        return WORDS + _hash(key) % (_CODES - WORDS)


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(text.encode())


def _number(digits: str) -> int:
    value = digits.replace(",", "").replace("٬", "").replace("٫", ".").lstrip("0") or "0"
    return NUMBERS + _hash(value.removesuffix(".0")) % (NAMES - NUMBERS)


def _cuts(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where units begin and end: at full stops, and in long sentences at commas that open a clause."""
    cuts: list[tuple[int, int]] = []
    for match in _END.finditer(body, start, end):
        _cut_at_commas(cuts, body, start, match.end())
        start = match.end()
    if start < end:
        _cut_at_commas(cuts, body, start, end)
    return cuts


def _cut_at_commas(cuts: list[tuple[int, int]], body: str, start: int, end: int) -> None:
    while start < end and body[start].isspace():
        start += 1
    if end - start > 2 * _CUT:
        for comma in _COMMA.finditer(body, start + _CUT, end - _CUT):
            if comma.end() - start >= _CUT:
                cuts.append((start, comma.start() + 1))
                start = comma.end()
    while end - start > _LONGEST and (space := body.find(" ", start + _LONGEST // 2, end)) >= 0:
        cuts.append((start, space))
        start = space + 1
    if start < end:
        cuts.append((start, end))


def anchors_of(units: Sequence[Unit]) -> tuple[int, ...]:
    codes = np.array([code for unit in units for code in unit.codes], dtype=np.uint64)
    if len(codes) < _IN_A_ROW:
        return ()
    rows = codes[:-3] << np.uint64(48) | codes[1:-2] << np.uint64(32) | codes[2:-1] << np.uint64(16) | codes[3:]
    hashes = (((rows ^ (rows >> np.uint64(29))) * np.uint64(_MIX)) >> np.uint64(64 - ANCHOR_BITS)).tolist()
    found: set[int] = set()
    start = 0
    for unit in units:
        length = len(unit.codes)
        found.update(sorted(hashes[start : start + length - _IN_A_ROW + 1])[: max(1, length // _ANCHOR_EVERY)])
        start += length
    return tuple(sorted(found)[:_MOST_ANCHORS])


@lru_cache(maxsize=1)
def load_fingerprinter() -> Fingerprinter:
    """The fingerprinter with the tables of the language pack."""
    pack = load_language_pack()
    saying = {form for form, shapes in pack.verb_forms.items() if any(shape.verb.kind == "say" for shape in shapes)}
    return Fingerprinter(
        stopwords=read_table("stopwords"),
        facts=read_table("facts"),
        dates=read_table("dates"),
        verbs_of_saying=saying,
        countries={row.id: (*row.names, *row.adjectives, *row.capital) for row in pack.countries},
        thesaurus=load_thesaurus(),
    )
