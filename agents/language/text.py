"""Words of a text as received: tokens that keep their place, and the folding of Arabic letters.

Nothing is ever normalised as a whole: a token keeps its offsets into the original, and only its own forms are
folded. So every span that is built from tokens points into the body as it was received.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Final, Literal

# Letters that are written for one another. From, to, why.
_LETTERS: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",  # hamza on alef is left out in half of all newspapers
    "ى": "ي", "ی": "ي", "ې": "ي",  # Egyptian final ya without dots; Farsi yeh from other keyboards
    "ؤ": "ء", "ئ": "ء",  # مسؤول and مسئول
    "ة": "ه",  # dots left out
    "ک": "ك", "ڪ": "ك", "گ": "ك",  # Farsi kaf; gaf in names
    "ہ": "ه", "ھ": "ه",  # Urdu heh
    "ڤ": "ف", "پ": "ب", "چ": "ج",  # foreign letters in names
}  # fmt: skip
_DIGITS: Final = {ord(c): str(i) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for i, c in enumerate(row)}
# Marks that change no word: vowels, tatweel, Quranic signs, zero-width and directional characters.
MARKS: Final = (
    "\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0610-\u061a\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c"
)
_MARKS: Final = re.compile(f"[{MARKS}]+")
_FOLD: Final = str.maketrans({**_LETTERS})

_TOKEN: Final = re.compile(
    rf"(?P<number>[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)|(?P<word>[^\W\d_{MARKS}][^\W\d_{MARKS}{MARKS}]*(?:[{MARKS}]+[^\W\d_]*)*)"
    rf"|(?P<break>\n+)|(?P<punct>[^\w\s{MARKS}]|_)"
)
LONGEST_WORD: Final = 64  # characters; Arabic words with all that is glued on and all vowels have 40
DAMMA: Final = "\N{ARABIC DAMMA}"  # the vowel u, which marks a written passive
OPENING: Final = "«“„‹"
CLOSING: Final = "»”‟›"
EITHER: Final = "\"″'＂"

Kind = Literal["word", "number", "punct", "break"]


def _remembered(read: Callable[[str], str]) -> Callable[[str], str]:
    """`read` with a memory for words: a text that is none would fill it with whatever somebody sends.

    A small one, for the words of tables; those of articles are asked for through `_forms`.
    """
    known = lru_cache(maxsize=4096)(read)

    @wraps(read)
    def of(text: str) -> str:
        return known(text) if len(text) <= LONGEST_WORD else read(text)

    return of


@_remembered
def light(text: str) -> str:
    """The word without marks and presentation forms, its letters untouched (إلا stays apart from ألا)."""
    return unicodedata.normalize("NFKC", _MARKS.sub("", text)).translate(_DIGITS)


@_remembered
def fold(text: str) -> str:
    """The word as it is compared: marks gone, letters that are written for one another made one, lower case.

    Idempotent. White space within the text is kept as it is.
    """
    folded = light(text).translate(_FOLD).lower()
    return _MARKS.sub("", unicodedata.normalize("NFKC", folded))


@dataclass(slots=True, unsafe_hash=True)  # frozen, one would cost three times as much; nobody changes one
class Token:
    """A word, number, punctuation mark or line break: `body[start:end]`, and its forms."""

    start: int
    end: int
    text: str
    light: str
    form: str
    kind: Kind


def tokens(body: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `body[start:end]` in order, with offsets into `body`."""
    forms = _forms
    for match in _TOKEN.finditer(body, start, len(body) if end is None else end):
        text, kind = match[0], match.lastgroup
        first = match.start()
        if kind in ("word", "number"):
            bare, form = forms(text[:LONGEST_WORD])  # what is longer is no word, and is compared by its beginning
        else:
            bare = form = text[:1]
        yield Token(first, first + len(text), text, bare, form, kind)  # type: ignore[arg-type]


def forms_of_words(text: str) -> Iterator[str]:
    """The folded forms of the words of a text, in order, where nobody asks where they stand."""
    return (_forms(match[0][:LONGEST_WORD])[1] for match in _TOKEN.finditer(text) if match.lastgroup == "word")


class Text(tuple[Token, ...]):
    """The tokens of a whole body. Its hash is its own, so that what is read off one can be remembered with it."""

    __slots__ = ()
    __hash__ = object.__hash__


@lru_cache(maxsize=4)
def tokens_of(body: str) -> Text:
    """The tokens of a body: what says when an article was published and what reads it ask one after the other."""
    return Text(tokens(body))


def as_text(words: Sequence[Token]) -> Text:
    """The same words, with what is remembered of them."""
    return words if isinstance(words, Text) else Text(words)


@lru_cache(maxsize=4)
def places_of(text: Text) -> Mapping[str, Sequence[int]]:
    """Where each word stands in a text, by its folded form: a table's words are found without going through it all."""
    found: dict[str, list[int]] = {}
    for at, token in enumerate(text):
        if token.kind == "word":
            found.setdefault(token.form, []).append(at)
    return found


@lru_cache(maxsize=16384)
def _forms(word: str) -> tuple[str, str]:
    """Both forms of a token with one look-up: every article is cut into tokens, some parts of it more than once."""
    bare, form = light(word), fold(word)
    bare = word if bare == word else bare  # one text for what is equal: this memory is the largest
    return bare, bare if form == bare else form


@lru_cache(maxsize=1)
def _folding() -> dict[int, str | None]:
    """Every character that folding changes, with what it becomes. Derived from `fold`, so that they cannot drift."""
    blocks = ((0x41, 0x5B), (0xA0, 0x100), (0x600, 0x780), (0x2000, 0x2070), (0xFB50, 0xFF00))
    points = [point for first, last in blocks for point in range(first, last)]
    return {point: fold(chr(point)) or None for point in points if fold(chr(point)) != chr(point)}


def fold_text(text: str) -> str:
    """`fold` for lines and paragraphs, letter by letter: nothing is remembered, and it costs one table look-up."""
    return text.translate(_folding())
