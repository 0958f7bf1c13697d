"""What stays of a text when it is copied: the codes of its sentences, and a few anchors to find it by.

A text is cut into units (sentences, long ones at their commas). Each word that carries content becomes a 16-bit code:
words of one stem or notion share a code, numbers, months, weekdays and countries have ranges of their own, verbs of
saying and function words have none. Two units are compared by their codes alone, so that the text of an earlier
article need not be kept. Anchors are hashes of four codes in a row, the smallest of each unit and of every dozen: texts
that share a sentence or twenty words share an anchor, whatever stands around them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import xxhash

from agents.language.boilerplate import folded_lines
from agents.language.folding import FoldedText, Places, fold_body
from agents.language.names import ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO, G, spellings, without_clitics
from agents.language.pack import load_language_pack, read_table
from agents.language.stems import readings
from agents.language.text import fold
from agents.language.thesaurus import Thesaurus, load_thesaurus
from agents.language.vocabulary import Hashes, Vocabulary, Words

# Ranges of codes. Everything below WORDS is a fact: where it differs, something else is said.
RELATIVE: Final = 2  # today; 0 to 4 are the days from the day before yesterday to the day after tomorrow
WEEKDAYS: Final = 8
MONTHS: Final = 16
NOT: Final = 32
INSTEAD: Final = 40  # words that come in groups: one for another of its group says something else, one more does not
GROUP: Final = 8  # codes of a group at most
NUMBERS: Final = 64
NAMES: Final = 8192
WORDS: Final = 12288
_CODES: Final = 65536
_PLACE: Final = struct.Struct("<II")

_IN_A_ROW: Final = 4  # codes that make an anchor: three are often a phrase, five are too often edited
_WINDOW: Final = 12  # rows, of each so many one is an anchor: with fewer more passages are found, for more memory
_MOST_UNITS: Final = 500  # of a text; more are not compared
_MOST_ANCHORS: Final = 96  # of a text: what a newspaper's long article has
_DATELINE_SPACES: Final = 10
_DUAL: Final = 2  # letters of its ending
_SHORTEST: Final = 4  # codes: a shorter unit goes with the one before
_CUT: Final = 70  # characters on both sides of a comma that cuts a long sentence: about twelve words
_64_BITS: Final = (1 << 64) - 1
_MIX: Final = 0x9E3779B97F4A7C15
ANCHOR_BITS: Final = 55
_LONGEST: Final = 900  # characters: where nothing cuts, a space after so many does
_LEAST_CONTENT: Final = 15  # words: with less, what looks like noise is taken for text (tables of results)

_END: Final = re.compile(r"[.!؟?…](?<![\s.(\[]\w.)[.!؟?…]*[\"»”’)\]]*(?=\s|$)")
_DATELINE: Final = re.compile(r"[^.،:\n]{2,60}?(?:\s[-–—]\s+|:\s+\S{2,14}\s[-–—]\s+)(?=\S)")
# "الـ24"; the folded word has no tatweel
_GLUED: Final = re.compile(rf"[{CONJUNCTIONS}]?(?:[{PREPOSITIONS}]?(?:{ARTICLE})?|{TO}{TO})(?=\d)")
_COMMA: Final = re.compile(r"[،,؛;]\s*(?=[وف]|ثم |لكن|غير أن|فيما|بينما|كما|مشير|مؤكد|مضيف|معتبر|موضح|لافت)")


class Unit(NamedTuple):
    """A sentence or clause, `body[start:end]`, and of how many codes it is."""

    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as it is compared. `exact` is the same for texts that differ only in spelling, order and surroundings."""

    units: tuple[Unit, ...]
    codes: bytes  # of the words of all units in order, two for each
    exact: int  # 64 bits
    anchors: tuple[int, ...]  # 55 bits each
    places: bytes = field(compare=False)  # where each of these words begins and ends in the body, four for each

    def word(self, place: int, number: int) -> tuple[int, int]:
        """Where a word begins and ends, by its unit and by its number among those of the unit that have a code."""
        at = sum(unit.size for unit in self.units[:place]) + number
        return _PLACE.unpack_from(self.places, _PLACE.size * at)


class Fingerprinter:
    """Takes fingerprints. Everything about the language is in the tables that it is built from."""

    def __init__(
        self,
        *,
        stopwords: Mapping[str, Any],
        facts: Mapping[str, Any],
        dates: Mapping[str, Any],
        verbs: Iterable[str],
        verbs_of_saying: Iterable[str],
        countries: Mapping[str, Sequence[str]],
        towns: Mapping[str, Sequence[str]],
        thesaurus: Thesaurus,
    ) -> None:
        self._skipped = {fold(word) for word in (*facts["function_words"], *stopwords["fillers"], *verbs_of_saying)}
        self._updates = frozenset(fold(word) for word in stopwords["updates"])
        self._agencies = frozenset(fold(word) for word in stopwords["agencies"])
        self._titles = frozenset(fold(word) for word in stopwords["titles"])
        self._fixed: dict[str, int] = {}
        for number, group in enumerate(stopwords["groups"]):
            for place, words in enumerate(group):
                self._fix(words, INSTEAD + GROUP * number + place)
        for name, words in countries.items():
            self._fix(words, NAMES + _hash(name) % (WORDS - NAMES))
        for word, value in {**facts["numbers"], **facts["scales"]}.items():
            self._fix([word], _number(str(value)))
        for word, value in facts["ordinals"].items():
            self._fix([word, ARTICLE + word], _number(str(value)))
        for word in facts["duals"]:
            self._fix([word, ARTICLE + word], _number(f"2 {word[:-_DUAL]}"))
        for row in dates["months"]:
            self._fix(row["names"], MONTHS + row["number"])
        for row in dates["weekdays"]:
            self._fix(row["names"], WEEKDAYS + row["number"])
        for row in dates["relative_days"]:
            self._fix(row["names"], RELATIVE + row["offset"])
        self._fix(facts["negators"], NOT)
        self._towns = frozenset(fold(town) for names in towns.values() for town in names if " " not in town)
        self._verbs = frozenset(verbs)
        self._thesaurus = thesaurus
        self._vocabulary = Vocabulary(self.code)
        self.title_codes = frozenset(self.codes(self._titles))
        rows = [(name, MONTHS + row["number"]) for row in dates["months"] for name in row["names"]]
        rows += [(name, RELATIVE + row["offset"]) for row in dates["relative_days"] for name in row["names"]]
        self._joined = self._codes_of_two(rows)
        self._begins = np.zeros(_CODES + 1, bool)  # the last for words without a code
        self._begins[[first for first, _ in self._joined]] = True

    def _fix(self, words: Iterable[str], code: int) -> None:
        for word in words:
            if " " not in word:
                self._fixed[fold(word)] = code
                for other in spellings(fold(word))[1:]:
                    self._fixed.setdefault(other, code)

    def _codes_of_two(self, rows: Iterable[tuple[str, int]]) -> dict[tuple[int, int], int]:
        """Names of two words by the codes of both: "كانون الثاني" is a month and no second of anything."""
        found = {}
        for name, code in rows:
            codes = [self.code(fold(word)) for word in name.split()]
            if len(codes) == 2 and -1 not in codes:
                found[codes[0], codes[1]] = code
        return found

    def _words_of(self, body: FoldedText) -> Words:
        """The words with their codes; of two that are one name the second has its code, and the first none."""
        words = self._vocabulary.read(body)
        codes = words.codes
        for at in self._begins[codes[:-1]].nonzero()[0].tolist():
            code = self._joined.get((int(codes[at]), int(codes[at + 1])))
            if code is not None:
                codes[at : at + 2] = -1, code
        return words

    def read(self, body: str, title: str = "") -> Fingerprint:
        """The fingerprint of the article in `body`, without what stands around it and without its headline."""
        folded, found = folded_lines(body, title)
        content = [line for line in found if line.kind == "content"]
        if sum(folded.text.count(" ", line.start, line.end) + 1 for line in content) < _LEAST_CONTENT:
            content = [line for line in found if line.kind != "title"] or list(found)
        cuts: list[int] = []
        first: set[int] = set()  # cuts that begin a line: what begins there is not joined to what stands before it
        opens = True  # until a line that is no note in brackets, as corrections have above their text
        for line in content:
            start = _after_dateline(folded.text, line.start, line.end) if opens else line.start
            opens = opens and folded.text.startswith("(", line.start)
            first.add(len(cuts))
            _cut(cuts, folded.text, start, line.end)
        return self._fingerprint(folded, np.array(cuts, np.intp), first)

    def _fingerprint(self, body: FoldedText, cuts: Places, first: Collection[int]) -> Fingerprint:
        """`cuts`: where each unit begins and ends, one after the other."""
        words = self._words_of(body)
        borders = words.starts.searchsorted(cuts)  # among the words
        carries = words.codes >= 0
        before = np.zeros(len(carries) + 1, np.intp)
        np.cumsum(carries, out=before[1:])
        hashes, codes = words.hashes.tobytes(), words.codes[carries].astype("<u2").tobytes()
        places = _in_pairs(body.places(words.starts[carries]), body.places(words.ends[carries]))
        ends = zip(body.places(cuts).tolist(), (8 * borders).tolist(), (2 * before.take(borders)).tolist(), strict=True)
        exact = 0
        units: list[Unit] = []
        parts: list[bytes] = []
        places_of: list[bytes] = []
        joined = False  # whether there is a unit of this line
        for number, (start, opens, begin) in enumerate(ends):
            end, closes, stop = next(ends)
            joined = joined and 2 * number not in first
            if opens == closes:
                continue
            exact += xxhash.xxh3_64_intdigest(hashes[opens:closes])  # a sum: in any order
            parts.append(codes[begin:stop])
            places_of.append(places[4 * begin : 4 * stop])
            size = (stop - begin) // 2
            if joined and (size < _SHORTEST or units[-1].size < _SHORTEST):
                last = units.pop()
                units.append(Unit(last.start, end, last.size + size))
            else:
                units.append(Unit(start, end, size))
            joined = True
        kept = b"".join(parts)
        anchors = anchors_of([unit.size for unit in units], kept)
        return Fingerprint(tuple(units), kept, exact & _64_BITS, anchors, b"".join(places_of))

    def codes(self, words: Iterable[str]) -> list[int]:
        """The codes of folded words, in order; words that carry nothing have none."""
        return [code for code in map(self.code, words) if code >= 0]

    def words(self, text: str) -> list[tuple[str, int]]:
        """The folded words of a text with their codes, -1 for those that carry nothing."""
        folded = fold_body(text)
        words = self._words_of(folded)
        cut = zip(words.starts.tolist(), words.ends.tolist(), words.codes.tolist(), strict=True)
        return [(folded.text[start:end], code) for start, end, code in cut]

    def says_update(self, text: str) -> bool:
        """Whether a headline calls what follows an update or a correction."""
        return not self._updates.isdisjoint(fold_body(text).spaced.split())

    def is_title(self, word: str) -> bool:
        """Whether a name follows a folded word."""
        return word.removeprefix("و") in self._titles or word in self._titles

    def is_town(self, word: str) -> bool:
        """Whether a folded word names a town."""
        return not self._towns.isdisjoint(without_clitics(word))

    def is_agency(self, word: str, before: str) -> bool:
        """Whether a folded word is an agency, or stands behind the word for one."""
        one, led = (not self._agencies.isdisjoint(without_clitics(each)) if each else False for each in (word, before))
        return one or led

    def is_form_of(self, word: str, codes: Collection[int]) -> bool:
        """Whether a folded word has one of some codes with other clitics, as stems of strange words are guessed."""
        forms = (*without_clitics(word), *(clitic + word for clitic in (ARTICLE, *CONJUNCTIONS, *PREPOSITIONS)))
        return any(self.code(form) in codes for form in forms)

    def is_known(self, word: str) -> bool:
        """Whether a folded word stands for a notion or is a verb that is read. Names are not, nor rare words."""
        return self._thesaurus.notion_of(word) is not None or not self._verbs.isdisjoint(without_clitics(word))

    def notion_code(self, notion: str) -> int:
        """The code of a notion of the thesaurus."""
        return WORDS + _hash(f"#{notion}") % (_CODES - WORDS)

    def code(self, word: str) -> int:
        """The code of a folded word, -1 for one that carries nothing."""
        if glued := _GLUED.match(word):
            return _number(word[glued.end() :])
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
        return WORDS + _hash(key.replace(G[1], G[0])) % (_CODES - WORDS)


def _in_pairs(starts: Places, ends: Places) -> bytes:
    """Where words begin and end, one after the other, four bytes each."""
    both = np.empty(2 * len(starts), "<u4")
    both[0::2], both[1::2] = starts, ends
    return both.tobytes()


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(text.encode())


def _number(digits: str) -> int:
    value = digits.replace(",", "").replace("٬", "").replace("٫", ".").lstrip("0") or "0"
    return NUMBERS + _hash(value.removesuffix(".0")) % (NAMES - NUMBERS)


def _after_dateline(body: str, start: int, end: int) -> int:
    """Where the text begins: "Khartoum (agencies) - " is the outlet's, and differs between copies."""
    place = _DATELINE.match(body, start, end)
    return place.end() if place and place.group().count(" ") <= _DATELINE_SPACES else start


def _cut(cuts: list[int], body: str, start: int, end: int) -> None:
    """Add where units begin and end: at full stops, and in long sentences at commas that open a clause."""
    for match in _END.finditer(body, start, end):
        _cut_at_commas(cuts, body, start, match.end())
        start = match.end()
    if start < end:
        _cut_at_commas(cuts, body, start, end)


def _cut_at_commas(cuts: list[int], body: str, start: int, end: int) -> None:
    while start < end and body[start].isspace():
        start += 1
    if end - start > 2 * _CUT:
        for comma in _COMMA.finditer(body, start + _CUT, end - _CUT):
            if comma.end() - start >= _CUT:
                cuts += (start, comma.start() + 1)
                start = comma.end()
    while end - start > _LONGEST and (space := body.find(" ", start + _LONGEST // 2, end)) >= 0:
        cuts += (start, space)
        start = space + 1
    if start < end:
        cuts += (start, end)


def anchors_of(sizes: Sequence[int], packed: bytes) -> tuple[int, ...]:
    """The smallest hash of each unit and of every few in a row; of the whole text as many as it may have.

    What two texts have in common for so long has an anchor in common, wherever their sentences begin (winnowing:
    Schleimer, Wilkerson and Aiken, SIGMOD 2003).
    """
    sizes = sizes[:_MOST_UNITS]
    codes = np.frombuffer(packed, "<u2", sum(sizes)).astype(np.uint64)
    if len(codes) < _IN_A_ROW:
        return ()
    pairs = codes[:-1] << np.uint64(16) | codes[1:]
    rows = pairs[:-2] << np.uint64(32) | pairs[2:]
    hashes = ((rows ^ (rows >> np.uint64(29))) * np.uint64(_MIX)) >> np.uint64(64 - ANCHOR_BITS)
    smallest = _smallest_of_each(hashes, min(_WINDOW, len(hashes)))
    found = set(smallest[1:][smallest[1:] != smallest[:-1]].tolist())
    found.add(int(smallest[0]))
    borders: list[int] = []
    start = 0
    for size in sizes:
        if size >= _IN_A_ROW:
            borders += (start, start + size - _IN_A_ROW + 1)
        start += size
    found.update(np.minimum.reduceat(np.concatenate((hashes, hashes[-1:])), borders)[::2].tolist() if borders else ())
    return tuple(sorted(found)[:_MOST_ANCHORS])


def _smallest_of_each(hashes: Hashes, width: int) -> Hashes:
    """The smallest of each so many in a row, by that of half as many."""
    covered = 1
    while covered < width:
        step = min(covered, width - covered)
        hashes = np.minimum(hashes[:-step], hashes[step:])
        covered += step
    return hashes


@lru_cache(maxsize=1)
def load_fingerprinter() -> Fingerprinter:
    """The fingerprinter with the tables of the language pack."""
    pack = load_language_pack()
    saying = {form for form, shapes in pack.verb_forms.items() if any(shape.verb.kind == "say" for shape in shapes)}
    return Fingerprinter(
        stopwords=read_table("stopwords"),
        facts=read_table("facts"),
        dates=read_table("dates"),
        verbs=pack.verb_forms,
        verbs_of_saying=saying,
        countries={row.id: (*row.names, *row.adjectives, *row.capital) for row in pack.countries},
        towns=read_table("towns")["towns"],
        thesaurus=load_thesaurus(),
    )
