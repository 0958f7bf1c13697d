"""The names of the watchlist's talks in a text, as they are really written.

A name of several words is found whatever is glued to them, whoever holds it, and with one word between: "اجتماع لتبادل
البيانات" is "اجتماع تبادل البيانات", "اجتماع آخر أمني" is "اجتماع أمني", "قمتهم المشتركة" is "القمة المشتركة". A name
of one word is a common noun ("القمة"), so it must stand as it is given, and not be somebody else's: "القمة العربية" is
another summit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from agents.language.names import AND, ARTICLE, HIS, TIED, Mention, without_clitics, words_of
from agents.language.talk_words import EVERYDAY, Vocabulary
from agents.language.text import Token, as_text, places_of
from schemas import ScheduledTalk

_NISBA: Final = ("ي", "يه")
_SKIPPED: Final = frozenset("«»“”\"'()")
_PRONOUNS: Final = ("هما", "هم", "هن", "ها", "ه", "نا", "كم")
_PLURALS: Final = ("ين", "ون", "ان", "ي", "و", "ا")
_SEVERAL: Final = ("ين", "ون", "ان")
_SHORTEST: Final = 3
_NEXT: Final = 3  # tokens from "اجتمع" to those who met,
_BEFORE: Final = 4  # and back to them; names, days and towns between are not counted
_TALKS: Final = 12  # tokens from a word of talks to the level on which they are,
_PAIR: Final = 2  # and to those between whom they are
_REMEMBERED: Final = 1 << 14  # words whose names are kept


@dataclass(frozen=True, slots=True)
class _Name:
    talk_id: str
    words: tuple[frozenset[str], ...]
    form: str  # the only word, as it must stand; empty for longer names


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds talks: the stems of the second word that tells it, whether they are several, and whether they call."""

    talk_id: str
    second: frozenset[str]
    several: bool
    call: bool


@lru_cache(maxsize=16384)
def bare(form: str) -> frozenset[str]:
    """What a folded word may be without clitics, article and accusative ending."""
    found = set()
    for rest in without_clitics(form):
        for word in (rest, rest[2:] if rest.startswith(ARTICLE) and len(rest) > 4 else rest):
            found.add(word)
            if word.endswith("ا") and len(word) > 3:
                found.add(word[:-1])
    return frozenset(found)


def owned(form: str) -> frozenset[str]:
    """What a folded word may be without a pronoun: of "قمتهم" قمه, of "محادثاتهما" محادثات."""
    found: set[str] = set()
    for rest in without_clitics(form) if form.endswith(_PRONOUNS) else ():
        for pronoun in _PRONOUNS if rest.endswith(_PRONOUNS) else ():
            stem = rest.removesuffix(pronoun)
            if stem != rest and len(stem) >= _SHORTEST:
                found.update((stem, stem[:-1] + HIS) if stem.endswith(TIED) else (stem,))
    return frozenset(found)


class TalkNames:
    """Finds the names of talks; the longest at a place wins."""

    def __init__(
        self, talks: Sequence[ScheduledTalk], language: str = "ar", channels: AbstractSet[str] = frozenset()
    ) -> None:
        """`channels`: words before "الاتصال" that is no call."""
        self._channels = channels
        self._by_first: dict[str, list[_Name]] = {}
        known: set[str] = set()
        for talk in talks:
            for text in talk.names.get(language, ()):
                words = words_of(text)
                name = _Name(talk.id, tuple(map(bare, words)), words[0] if len(words) == 1 else "")
                known.update(*name.words)
                for first in name.words[0] if not name.form else (name.form,):
                    self._by_first.setdefault(first, []).append(name)
        self._known = frozenset(known)
        self._beginning = lru_cache(_REMEMBERED)(self._beginning_with)
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name.words))

    def find(self, words: Sequence[Token], adjectives: Mapping[int, str] | None = None) -> list[Mention]:
        """The mentions in order. `adjectives` are positions at which an actor of the watchlist is named."""
        found: list[Mention] = []
        end = 0
        places = places_of(as_text(words)).items()
        for position in sorted(at for form, stands in places if self._beginning(form) for at in stands):
            if position < end:
                continue
            mention = self._at(words, position, adjectives or {})
            if mention is not None:
                found.append(mention)
                end = mention.end
        return found

    def sharing(self, words: Sequence[Token], name: Mention) -> tuple[str, ...]:
        """All talks that are called as those of a mention are: the rounds of one series may have one name."""
        names = self._beginning(words[name.start].form)
        return tuple(
            dict.fromkeys(
                other.talk_id
                for other in names
                if name.end == (name.start + 1 if other.form else self._end(words, name.start, other))
            )
        )

    def _at(self, words: Sequence[Token], position: int, adjectives: Mapping[int, str]) -> Mention | None:
        best: Mention | None = None
        for name in self._beginning(words[position].form):
            end = position + 1 if name.form else self._end(words, position, name, adjectives)
            if end is None or (best is not None and end <= best.end):
                continue
            if name.form and not self._stands_alone(words, position, name.form, adjectives):
                continue
            best = Mention(position, end, name.talk_id, "name")
        return best

    def _beginning_with(self, written: str) -> tuple[_Name, ...]:
        """The names that a word may begin."""
        forms = {form for form in (*bare(written), *owned(written)) if form in self._by_first}
        return tuple({id(name): name for form in sorted(forms) for name in self._by_first[form]}.values())

    def _end(
        self, words: Sequence[Token], position: int, name: _Name, actors: Mapping[int, str] = MappingProxyType({})
    ) -> int | None:
        """The end of a name of several words whose first stands at `position`; one word may come between, and whatever
        of the name of an actor stands before its last word: "لقاء سالم العلي وناصر العمري".
        """
        at, gaps = position + 1, 0
        for word in name.words[1:]:
            while at < len(words) and (words[at].text in _SKIPPED or _is_first_name(words, at, word, actors)):
                at += 1
            if at < len(words) and not word & bare(words[at].form) and not gaps:
                at, gaps = at + 1, 1
            if at >= len(words) or words[at].kind not in ("word", "number") or not word & bare(words[at].form):
                return None
            at += 1
        return at

    def _stands_alone(self, words: Sequence[Token], position: int, form: str, adjectives: Mapping[int, str]) -> bool:
        """Whether no adjective says that somebody else's summit is meant, and no channel is: "قنوات الاتصال"."""
        if form not in without_clitics(words[position].form) or self._is_a_channel(words, position):
            return False
        after = words[position + 1] if position + 1 < len(words) else None
        if (
            after is None
            or after.kind != "word"
            or not after.form.startswith(ARTICLE)
            or not after.form.endswith(_NISBA)
        ):
            return True
        return position + 1 in adjectives or bool(bare(after.form) & self._known)

    def _is_a_channel(self, words: Sequence[Token], position: int) -> bool:
        return position > 0 and not self._channels.isdisjoint(bare(words[position - 1].form))


def _is_first_name(words: Sequence[Token], at: int, word: frozenset[str], actors: Mapping[int, str]) -> bool:
    """Whether the word belongs to an actor's name that goes on, and is not the one that is looked for."""
    named = actors.get(at)
    return named is not None and actors.get(at + 1) == named and not word & bare(words[at].form)


class Holders:
    """Finds talks that are told by those who hold them: of "لقاء القادة الميدانيين", "اجتمع القادة الميدانيون"."""

    def __init__(
        self, talks: Sequence[ScheduledTalk], vocabulary: Vocabulary, towns: AbstractSet[str], language: str = "ar"
    ) -> None:
        """`towns` are folded names of places: "محادثات جنيف" are held by nobody called Geneva."""
        self._small, self._is_marked = vocabulary.small, vocabulary.of
        self._speak, self._beside = vocabulary.small["speak"], vocabulary.small["beside"]
        self._plurals, self._ones = vocabulary.plurals, frozenset(vocabulary.plurals.values())
        self._led_by = {"level": _TALKS, "between": _PAIR}
        self.nouns = self._small["level"] | self._small["between"]  # tell of talks whenever they are
        self._verbs = frozenset[str]().union(*(self._small[one] for one in ("meet", "speak", "hold", *self._led_by)))
        self._by_first: dict[str, list[_Holder]] = {}
        for talk in talks:
            for text in talk.names.get(language, ()):
                mark, *rest = words_of(text)
                found = vocabulary.of(mark)
                between = [at for at, word in enumerate(rest) if word in self._beside]
                holders = rest[between[0] + 1 :] if between else rest
                of_talks = bool(between) or (found is not None and found.group == "talk")
                if not of_talks or not holders or holders[0].endswith("يه"):
                    continue
                if towns.isdisjoint(bare(holders[0])):
                    holder = _Holder(
                        talk.id,
                        frozenset(self._stems(holders[1])) if len(holders) > 1 else frozenset(),
                        holders[0].endswith(_SEVERAL) or self._is_plural(holders[0]),
                        found is not None and found.form in EVERYDAY,
                    )
                    for stem in self._stems(holders[0]):
                        self._by_first.setdefault(stem, []).append(holder)

    def find(
        self, words: Sequence[Token], named: AbstractSet[int] = frozenset()
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where those who hold talks meet, and the talks that it may be. `named` are positions of names and days."""
        if not self._by_first:
            return
        for at, token in enumerate(words):
            if token.kind == "word" and token.form.removeprefix(AND) in self._verbs:
                for first in self._around(words, at, named):
                    talks = tuple(self._held_by(words, at, first))
                    if talks:
                        yield min(at, first), max(at, first) + 1, talks
                        break

    def _around(self, words: Sequence[Token], at: int, named: AbstractSet[int]) -> Iterator[int]:
        """The places of those who may have met: behind a verb, else before it; right behind "بين" and "مستوى" that
        follow a word of talks.
        """
        form = words[at].form.removeprefix(AND)
        for led, most in self._led_by.items():
            if form in self._small[led]:
                before = (self._is_marked(words[n].form) for n in range(max(0, at - most), at))
                if at + 1 < len(words) and any(mark is not None and mark.group == "talk" for mark in before):
                    yield at + 1
                return
        holds = form in self._small["hold"]
        behind, before_it = (range(at + 1, len(words)), 1 if holds else _NEXT), (range(at - 1, -1, -1), _BEFORE)
        for places, most in (behind,) if holds else (behind, before_it):
            counted = 0
            for n in places:
                counted += n not in named
                if counted > most:
                    break
                if n not in named or abs(n - at) <= most:  # who met is not in the middle of a long name
                    yield n

    def _held_by(self, words: Sequence[Token], verb: int, first: int) -> Iterator[str]:
        led = first and not self._small["deputies"].isdisjoint(bare(words[first - 1].form))
        if words[first].kind != "word" or led:
            return  # "نواب الوزراء" are no ministers
        one = not (words[first].form.endswith(_PLURALS) or self._is_plural(words[first].form))
        met = words[verb].form.removeprefix(AND) not in self._speak
        after = frozenset(self._stems(words[first + 1].form)) if first + 1 < len(words) else frozenset[str]()
        for stem in self._stems(words[first].form):
            for holder in self._by_first.get(stem, ()):
                if (holder.several and one) or (holder.call and met):
                    continue  # "التقى نائب رئيس الحكومة" is no call of the two presidents
                if not holder.second or holder.second & after:
                    yield holder.talk_id

    def _is_plural(self, form: str) -> bool:
        """Whether it says that they are several of a rank: "وزراء", "وزيري"."""
        return any(
            word in self._plurals
            or any(word.endswith(end) and word.removesuffix(end) in self._ones for end in _PLURALS)
            for word in bare(form)
        )

    def _stems(self, form: str) -> Iterator[str]:
        """What a folded plural or dual of persons may be of one of them: of "مديري", "المديرين", "الوزراء"."""
        for word in bare(form):
            yield self._plurals.get(word, word)
            for ending in _PLURALS:
                if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                    yield word.removesuffix(ending)


def own_words(
    names: Sequence[tuple[str, tuple[str, ...]]], is_of_talks: Callable[[str], bool]
) -> dict[str, frozenset[str]]:
    """The words of each talk's names that are no words of talks, and in no other's: "الأسرى", "البيانات".

    `names` are pairs of a talk's id and the folded words of a name.
    """
    words: dict[str, set[str]] = {}
    for talk, name in names:
        words.setdefault(talk, set()).update(form for word in name for form in bare(word))
    return {
        talk: frozenset(
            form
            for form in forms
            if not is_of_talks(form) and not any(form in words[other] for other in words if other != talk)
        )
        for talk, forms in words.items()
    }
