"""Words as notions: the thesaurus of news prose, and the terms of a text that are worth comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from agents.language.pack import read_table
from agents.language.stems import readings
from agents.language.text import Token, fold

_REMEMBERED: Final = 1 << 14  # words
_SHORT_VERB: Final = 3  # letters of an imperfect verb from whose other forms another word is not told
_SHORTEST_OF_KIND: Final = 4  # letters of "ديني"
_OWNERS: Final = ("ه", "ها", "هم", "هما", "نا")
_SHORT_JOINED: Final = 3  # letters of a word of two with its conjunction: too short for readings to part them


class Found(NamedTuple):
    """Tokens `start` to `end` (exclusive) stand for a notion of the thesaurus."""

    start: int
    end: int
    notion: str


class Thesaurus:
    """Finds notions. One look-up a token and reading; a phrase goes before the words in it."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]], homographs: Iterable[str] = ()) -> None:
        """`rows`: notion → {words: […]}. Raises ValueError where a word stands for two notions.

        `homographs`: words that stand for none, though stemming leads them to one.
        """
        self._words: dict[str, str | None] = {fold(word): None for word in homographs}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for notion, row in rows.items():
            for text in row["words"]:
                words = tuple(fold(word) for word in str(text).split())
                if len(words) > 1:
                    self._phrases.setdefault(words[0], []).append((words, notion))
                else:
                    self._add(words[0], notion)
        for notion, row in rows.items():
            for form in (form for text in row["words"] for form in _inflected(str(text))):
                self._words.setdefault(form, notion)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self.notion_of = lru_cache(_REMEMBERED)(self._notion_of)
        self._beginning = lru_cache(_REMEMBERED)(self._beginning_with)

    def _add(self, word: str, notion: str) -> None:
        if self._words.setdefault(word, notion) != notion:
            raise ValueError(f"{word} stands for {self._words[word]} and for {notion}")

    def _notion_of(self, form: str) -> str | None:
        """The notion of a folded word, by the least stripped reading that is known."""
        return next((self._words[stem] for stem in readings(form) if stem in self._words), None)

    def find(self, words: Sequence[Token]) -> Iterator[Found]:
        """The notions of a text in order, none overlapping another."""
        end = 0
        for position, token in enumerate(words):
            if position < end or token.kind != "word":
                continue
            seconds, phrases, notion = self._beginning(token.form)
            phrase = self._phrase_at(words, position, seconds, phrases) if phrases else None
            if phrase is not None:
                yield phrase
                end = phrase.end
            elif notion is not None:
                yield Found(position, position + 1, notion)

    @staticmethod
    def _phrase_at(
        words: Sequence[Token], position: int, seconds: frozenset[str], phrases: Sequence[tuple[Sequence[str], str]]
    ) -> Found | None:
        at = _word_at(words, position + 1)
        if at is None or seconds.isdisjoint(following := readings(words[at].form)):
            return None  # as a rule
        for phrase, notion in phrases:
            if phrase[1] in following and (end := _end_of(words, at, phrase)) is not None:
                return Found(position, end, notion)
        return None

    def _beginning_with(self, form: str) -> tuple[frozenset[str], tuple[tuple[tuple[str, ...], str], ...], str | None]:
        """The second words of the phrases that a word may begin, these phrases, and the notion that it is alone."""
        joined = (form[1:],) if len(form) == _SHORT_JOINED and form[0] in "وف" else ()  # ولا, ولم, فلن
        stems = (form,) if form in self._words else readings(form)  # وحدها is no form of حد
        found = tuple(phrase for stem in (*stems, *joined) for phrase in self._phrases.get(stem, ()))
        return frozenset(words[1] for words, _ in found), found, self.notion_of(form)


def _inflected(word: str) -> Iterator[str]:
    """Forms that light stemming does not lead back, or to another word: تزور and نزور of يزور, يتخل of يتخلى, أعطت and
    أعطوا of أعطى, أسراهم of أسرى, مساعدتهم of مساعدة, دينيا of ديني.
    """
    form = fold(word)
    if form[0] == "ي":
        yield "ت" + form[1:]
        if len(form) > _SHORT_VERB:
            yield "ن" + form[1:]
        if word[-1] in "ىي" and len(form) > _SHORT_VERB + 1:
            yield from (first + form[1:-1] for first in "يتن")
    if word[-1] == "ى":
        yield from (form[:-1] + ending for ending in ("ت", "وا", "تا"))
        yield from (form[:-1] + "ا" + owner for owner in _OWNERS)
    if word[-1] == "ة":
        yield from (form[:-1] + "ت" + owner for owner in _OWNERS)
    if word[-1] == "ي" and len(form) >= _SHORTEST_OF_KIND and form[0] != "ي":
        yield from (form + ending for ending in ("ا", "ين", "ون", "ات"))


def _word_at(words: Sequence[Token], at: int) -> int | None:
    """The first token from `at` on that is no punctuation mark."""
    while at < len(words) and words[at].kind == "punct":
        at += 1
    return at if at < len(words) else None


def _end_of(words: Sequence[Token], second: int, phrase: Sequence[str]) -> int | None:
    """The end of a phrase whose second word stands at `second`."""
    end = second + 1
    for wanted in phrase[2:]:
        at = _word_at(words, end)
        if at is None or wanted not in readings(words[at].form):  # the first of them is the word itself
            return None
        end = at + 1
    return end


@lru_cache(maxsize=1)
def load_thesaurus() -> Thesaurus:
    """The thesaurus of the language pack (`ar/synonyms.yaml`)."""
    return Thesaurus(read_table("synonyms"), read_table("facts")["homographs"])


def folded(words: Iterable[str]) -> frozenset[str]:
    """Phrases and words in folded form."""
    return frozenset(" ".join(fold(part) for part in word.split()) for word in words)
