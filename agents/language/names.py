"""Names in a text: which tokens name which actor or place.

Clitics (و ف ب ك ل, with or without the article) are taken off the first word; the longest name wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from agents.language.text import Text, Token, places_of, tokens

if TYPE_CHECKING:
    from agents.language.everyday import EverydayWords

Via = Literal["name", "role", "adjective", "place", "town"]

# What is glued on to words.
CONJUNCTIONS: Final = "وف"
AND, SO = CONJUNCTIONS
PREPOSITIONS: Final = "بكل"
IN: Final = "ب"
TO: Final = "ل"
LIKE: Final = "ك"
ARTICLE: Final = "ال"
G: Final = ("ج", "غ")  # how papers write the g of foreign names
SERVANT: Final = "عبد"  # of names that are written in one word and in two: "عبد الله", "عبدالله"
HIS: Final = "ه"
HER: Final = "ها"
TIED: Final = "ت"  # how a feminine ending is written before an owner
THEM: Final = "هم"
OUR: Final = "نا"
OWNERS: Final = (HIS, HER, THEM, "هما")  # pronouns on a noun, as they are written
PRONOUNS: Final = (HIS, HER, THEM, OUR)  # the usual ones, in folded forms
ACCUSATIVE: Final = "ا"  # what an object ends with,
OBLIQUE: Final = "ين"  # of several,
NOMINATIVE: Final = "ون"  # and several that are a subject
FEMININES: Final = "ات"  # what several of a feminine noun end with
TA_MARBUTA: Final = "ة"  # a feminine ending as it is written
VERBAL: Final = ("يت", "يست")  # how a verb begins, unless it is a given name: "وزير الخارجية يتلو رسالة"
_REMEMBERED: Final = 1 << 14  # words whose names are kept
_NAMES: Final = 4096  # whose words are kept,
_LONGEST_NAME: Final = 100  # and how long they are at most
_LONG_ENOUGH: Final = 5  # letters
_LONG_VOWELS: Final = frozenset("اوي")  # folded
_LEAST_LETTERS: Final = 4  # of a foreign name without them
_ALONE: Final = ""  # the second word of a name of one word
_SKIPPED: Final = frozenset("«»“”\"'()")
_NISBA_ENDINGS: Final = ("", "ا", "ه", "ون", "ين", "ان", "تان", "تين", "ات", "و", "ي")


def is_owned(light: str) -> bool:
    """Whether a noun may end with whose it is; "…يه" is how names end."""
    return light.endswith(OWNERS) and not light.endswith("يه")


def nominatives(form: str) -> Iterator[str]:
    """What an object would be as a subject: "ضابطا" is "ضابط", "نازحين" is "نازحون"."""
    if form.endswith(OBLIQUE):
        yield form.removesuffix(OBLIQUE) + NOMINATIVE
    elif form.endswith(ACCUSATIVE):
        yield form.removesuffix(ACCUSATIVE)


def without_owners(form: str) -> set[str]:
    """What a noun may be without its article and owner: "استضافته" is "استضافة"."""
    bare = form.removeprefix(ARTICLE)
    stems = {bare, *(bare.removesuffix(owner) for owner in OWNERS)}
    return stems | {stem[:-1] + HIS for stem in stems if stem.endswith(TIED)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a row of words in folded form, and what it names."""

    words: tuple[str, ...]
    target: str
    via: Via


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` (exclusive, positions in the article's token list) name `target`."""

    start: int
    end: int
    target: str
    via: Via
    clitics: str = ""  # what was taken off the first word: "و", "ول"; the article stays on

    @property
    def governed(self) -> bool:
        """Whether a preposition is glued on, so that it is no subject."""
        return self.clitics[-1:] in PREPOSITIONS if self.clitics else False


def words_of(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a phrase; names and titles are asked for again and again."""
    return _words_of(text) if len(text) <= _LONGEST_NAME else _words_of.__wrapped__(text)


@lru_cache(_NAMES)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokens(text) if token.kind in ("word", "number"))


def apart(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name in which "عبد" stands alone."""
    joined = SERVANT + ARTICLE
    return tuple(
        part
        for word in words
        for part in ((SERVANT, word.removeprefix(SERVANT)) if word.startswith(joined) and word != joined else (word,))
    )


def together(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name in which "عبد" and the word behind it are one."""
    found: list[str] = []
    for word in words:
        if found and found[-1] == SERVANT and word.startswith(ARTICLE):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def with_g(word: str, letter: str) -> str:
    """A folded word with one of `G` for every g. Short words are left alone: there both letters make words."""
    if len(word.removeprefix(ARTICLE)) < _LONG_ENOUGH:
        return word
    for other in G:
        word = word.replace(other, letter)
    return word


def bare_letters(word: str) -> str | None:
    """A folded foreign name without its long vowels, which papers write or leave out: "بيسكوف" and "بسكوف".

    None where too few letters are left to tell it from other words.
    """
    if word.startswith(ARTICLE):
        return None
    spelled = with_g(word, G[0])
    bare = spelled[:1] + "".join(letter for letter in spelled[1:] if letter not in _LONG_VOWELS)
    return bare if len(bare) >= _LEAST_LETTERS else None


def spellings(word: str) -> tuple[str, ...]:
    """A folded word as other papers may write it; the word itself comes first."""
    return tuple(dict.fromkeys((word, *(with_g(word, letter) for letter in G))))


@lru_cache(_REMEMBERED)
def without_clitics(form: str) -> tuple[str, ...]:
    """The form itself, then what is left when و ف and then ب ك ل are taken off (لل gives back the article)."""
    found = [form]
    if len(form) > 3 and form[0] in CONJUNCTIONS:
        found.append(form[1:])
    for rest in tuple(found):
        if rest.startswith("لل") and len(rest) > 4:
            found.append(ARTICLE + rest[2:])
        if len(rest) > 3 and rest[0] in PREPOSITIONS:
            found.append(rest[1:])
    return tuple(found)


@lru_cache(maxsize=4)
def places_of_bare(text: Text) -> Mapping[str, Sequence[int]]:
    """Where each word stands in a text, by all that it may be without clitics or as no object."""
    found: dict[str, list[int]] = {}
    for form, places in places_of(text).items():
        for bare in without_clitics(form):
            found.setdefault(bare, []).extend(places)
        if form.endswith(ACCUSATIVE):
            found.setdefault(form[:-1], []).extend(places)
    return found


Rows = Mapping[str, Sequence[Name]]  # names with one first word by each form of their second words, the longest first
Beginning = Sequence[tuple[str, Rows]]  # the same for what a word may be, with what is glued on to it


class NameFinder:
    """Finds the names it was built with. Building costs a dictionary; finding, one look-up a token.

    `no_names` are words without marks, letters untouched, that are folded like a name and are none: "على" is not Ali.
    `everyday` are names of one word that elsewhere are everyday words. `bodies` are words that with an adjective of
    `of_others` behind them name another body: "الاتحاد" and "الاتحاد الأفريقي".
    """

    def __init__(
        self,
        names: Iterable[Name],
        no_names: Collection[str] = (),
        everyday: EverydayWords | None = None,
        bodies: Collection[str] = (),
        of_others: Collection[str] = (),
    ) -> None:
        self._no_names = no_names
        self._everyday = everyday
        self._bodies, self._of_others = bodies, of_others
        by_first: dict[str, list[Name]] = {}
        for name in names:
            if name.words:
                by_first.setdefault(name.words[0], []).append(name)
        for rows in by_first.values():
            rows.sort(key=lambda name: -len(name.words))
        self._by_first = {first: _by_second(rows) for first, rows in by_first.items()}
        self._beginning = lru_cache(_REMEMBERED)(self._beginning_with)

    def find(self, article: Sequence[Token]) -> list[Mention]:
        """The mentions in order, none overlapping another; of two at one place the longer."""
        found: list[Mention] = []
        end = 0
        for position, (names, objects) in self._beginnings(article):
            if position < end:
                continue
            mention = self._at(article, position, names)
            if mention is None and objects:
                mention = self._at(article, position, objects)
            if mention is not None:
                found.append(mention)
                end = mention.end
        return found

    def _beginnings(self, article: Sequence[Token]) -> Iterator[tuple[int, tuple[Beginning, Beginning]]]:
        """Where a name may begin, and which."""
        beginning = self._beginning
        if isinstance(article, Text):
            places = places_of_bare(article)
            for at in sorted({at for first in self._by_first.keys() & places.keys() for at in places[first]}):
                if (rows := beginning(article[at].form)) is not None:
                    yield at, rows
            return
        for at, token in enumerate(article):
            if token.kind == "word" and (rows := beginning(token.form)) is not None:
                yield at, rows

    def _at(self, article: Sequence[Token], position: int, beginning: Beginning) -> Mention | None:
        """The longest of the names that stands at a position."""
        best: Mention | None = None
        at = _behind(article, position + 1)
        second = article[at].form if at < len(article) else None
        for clitics, rows in beginning:
            for name in rows.get(second, ()) if second else ():
                end = _match(article, position, name.words)
                if end is not None and (best is None or end > best.end):
                    best = Mention(position, end, name.target, name.via, clitics)
        if best is not None:
            return best
        for clitics, rows in beginning:
            if _ALONE in rows:
                return self._alone(article, position, rows[_ALONE][0], clitics)
        return None

    def _alone(self, article: Sequence[Token], position: int, name: Name, clitics: str) -> Mention | None:
        """A name of one word, unless it is another word that is written alike or means something else there."""
        if article[position].light[len(clitics) :] in self._no_names:
            return None
        if self._everyday is not None and self._everyday.is_meant(article, position, name.words[0], clitics):
            return None
        behind = article[position + 1].form if position + 1 < len(article) else ""
        if name.via == "name" and name.words[0] in self._bodies and behind in self._of_others:
            return None
        return Mention(position, position + 1, name.target, name.via, clitics)

    def _beginning_with(self, form: str) -> tuple[Beginning, Beginning] | None:
        """The names that a word may begin, and those of several words that it begins as an object: "وزيرا للخارجية".

        None, as a rule.
        """
        bares = without_clitics(form)
        objects = self._by_first.get(form[:-1]) if form.endswith(ACCUSATIVE) else None
        if objects is None and self._by_first.keys().isdisjoint(bares):
            return None
        names = [
            (form[: max(0, len(form) - len(bare))], self._by_first[bare]) for bare in bares if bare in self._by_first
        ]
        several = {second: rows for second, rows in (objects or {}).items() if second != _ALONE}
        return names, [("", several)] if several else []


def _by_second(names: Iterable[Name]) -> Rows:
    """Names by each form of their second words: many phrases begin with one preposition."""
    rows: dict[str, list[Name]] = {}
    for name in names:
        for second in (name.words[1], name.words[1] + ACCUSATIVE) if len(name.words) > 1 else (_ALONE,):
            rows.setdefault(second, []).append(name)
    return rows


def _behind(article: Sequence[Token], position: int) -> int:
    """`position`, or the one behind it where a quotation mark or bracket stands there."""
    return position + (position < len(article) and article[position].text in _SKIPPED)


def _match(article: Sequence[Token], position: int, words: Sequence[str]) -> int | None:
    """The end of the name whose first word stands at `position`, or None."""
    at = position + 1
    for word in words[1:]:
        at = _behind(article, at)
        if at >= len(article) or not (article[at].form == word or article[at].form == word + ACCUSATIVE):
            return None
        at += 1
    return at


def nisba_forms(adjective: str) -> Iterator[tuple[str, ...]]:
    """The inflected forms of an adjective of relation (روسي: روسية، الروسيين …), with and without the article."""
    words = words_of(adjective)
    for ending in _NISBA_ENDINGS:
        for article in ("", ARTICLE):
            yield tuple(article + word + ending for word in words)
