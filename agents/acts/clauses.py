"""The clauses of an article in which acts are looked for: what is said, by whom, and what the article itself tells.

Pure. A sentence is cut at commas and at words that open a clause; what somebody is told to have said is kept apart
from what stands around it, and a condition stays with what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.lexicon import Lexicon
from agents.language.modality import Modality
from agents.language.names import AND, without_clitics, words_of
from agents.language.pack import read_table
from agents.language.text import CLOSING, OPENING, Token, fold
from agents.language.triggers import load_triggers
from agents.reading import Reading, Utterance

_BRACKETS: Final = {"(": 1, "[": 1, ")": -1, "]": -1}
_COMMAS: Final = frozenset("،,؛;")
_SKIPPED: Final = frozenset(OPENING + CLOSING + "\"'()،,؛;:.…-–—")
_SHORT: Final = 4  # words: a shorter piece between commas belongs to the one before
_GIST: Final = "its_gist"  # rows of `reporting.yaml`
_VOICE: Final = "according_to"
_DIRECTED: Final = frozenset(["call", "accuse"])  # kinds of verbs that name to whom or of whom they speak
_JUDGING: Final = frozenset(["describe", "consider", "see_in"])
_ASIDE: Final = 9  # words: a longer adjunct ends its clause


@dataclass(frozen=True, slots=True)
class _Openers:
    """`clauses.yaml`, folded."""

    openers: frozenset[tuple[str, ...]]  # of one or two words,
    firsts: frozenset[str]  # and the first of them
    outcomes: frozenset[tuple[str, ...]]
    adjuncts: frozenset[str]
    has: frozenset[str]
    opens_none: frozenset[str]
    reasons: frozenset[str]


@lru_cache(maxsize=1)
def load_openers() -> _Openers:
    """The table of the language pack. Raises KeyError where a list is missing."""
    table = read_table("clauses")
    openers = frozenset(words_of(text) for text in table["openers"])
    return _Openers(
        openers,
        frozenset(words[0] for words in openers),
        frozenset(words_of(text) for text in table["outcomes"]),
        frozenset(fold(text) for text in table["adjuncts"]),
        frozenset(fold(text) for text in table["has"]),
        frozenset(fold(text) for text in table["opens_none"]),
        frozenset(fold(text) for text in table["reasons"]),
    )


def clauses(reading: Reading, lexicon: Lexicon, modality: Modality) -> list[Clause]:
    """The clauses of an article in order of their place."""
    reader = _ClauseReader(reading, lexicon, modality)
    found = [clause for number in range(len(reading.sentences)) for clause in reader.of_sentence(number)]
    return sorted(found, key=lambda clause: (clause.start, clause.end))


class _ClauseReader:
    def __init__(self, reading: Reading, lexicon: Lexicon, modality: Modality) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._modality = modality
        self._parties = frozenset(lexicon.parties())
        self._told: dict[int, list[Utterance]] = {}
        for utterance in reading.utterances:
            self._told.setdefault(utterance.sentence, []).append(utterance)

    def of_sentence(self, number: int) -> Iterator[Clause]:
        """What is said in a sentence, and what stands around it."""
        sentence = self._reading.sentences[number]
        told = self._told.get(number, [])
        for utterance in told:
            if utterance.kind != "say" and any(u.denies and self._is_within(utterance, u) for u in told):
                continue  # "نفى أن تكون الحركة قد رفضت المشاركة"
            inner = [_reach(u) for u in told if u is not utterance and _inside(u.content, utterance.content)]
            for start, end in _without(utterance.content, inner):
                yield from self._said(start, end, utterance)
        for start, end in _without((sentence.start, sentence.end), [_reach(u) for u in told]):
            passed_on = self._passed_on(start, end, told)
            if passed_on is not None:
                yield passed_on
                continue
            pieces = segments(self._reading.tokens, start, end, self._modality)
            yield from (Clause(self._behind_source(a, b), b) for a, b in pieces)

    def _behind_source(self, start: int, end: int) -> int:
        """ "وبحسب الأمم المتحدة قتل عشرون مدنيا": with no comma behind the source, its verb opens the clause."""
        words, tokens = load_role_words(), self._reading.tokens
        led = not (words.according_to | words.according_with).isdisjoint(without_clitics(tokens[start].form))
        source = next(iter(self._reading.mentions_in(start + 1, start + 2)), None) if led else None
        if source is None or source.via != "name":
            return start  # "بحسب مصادر تركية نصبت القوات بطاريات": a side may tell of its own
        if source.end + 1 >= end or not load_triggers().shapes(tokens[source.end].form):
            return start
        return source.end

    def _said(self, start: int, end: int, utterance: Utterance) -> Iterator[Clause]:
        sides = self._sides(voice.party for voice in utterance.speakers)
        kind = "deny" if utterance.denies or self._is_gist_of_denied(utterance) else utterance.kind
        if utterance.verb == "deem_unlikely":  # "مستبعدا عقد أي لقاء" refuses it, as far as it can be met with
            kind = "rule_out"
        pieces = segments(self._reading.tokens, start, end, self._modality)
        if pieces and kind not in ("say", "warn"):
            after = next((n for n, (a, b) in enumerate(pieces) if n and self._tells_when(a, b)), len(pieces))
            yield from (Clause(a, b) for a, b in pieces[after:])
            pieces = [(pieces[0][0], pieces[after - 1][1])]
        between = self._reading.mentions_in(utterance.cue[1], max(utterance.cue[1], utterance.content[0]))
        addressees = self._sides(mention.target for mention in between)
        addressees = tuple(side for side in addressees if side not in sides)
        voices = tuple(voice.actor_id or voice.party or "" for voice in utterance.speakers)
        for a, b in pieces:
            judges = utterance.verb in _JUDGING
            yield Clause(a, b, kind, sides, addressees, _reach(utterance), judges, utterance.verb, voices)

    def _tells_when(self, start: int, end: int) -> bool:
        """ "هدد بالرد، بعد أن قُتل جنديان": what the article tells behind a threat or a call, and nobody says."""
        forms = [token.form for token in self._reading.tokens[start : min(end, start + 2)]]
        return bool({forms[0], " ".join(forms)} & load_openers().reasons)

    def _passed_on(self, start: int, end: int, told: Sequence[Utterance]) -> Clause | None:
        """A call that is cut by who passes it on: "دعت برلين، على لسان ناطقتها، الطرفين إلى ضبط النفس"."""
        first, last = start, _trimmed(self._reading.tokens, start, end)[1] - 1  # "وكان الوزير قد دعا، على لسان"
        words = (self._reading.tokens[position].form.removeprefix(AND) for position in (first, last))
        forms = (form for word in words for form in self._lexicon.pack.verb_forms.get(word, ()))
        verb = next((form.verb for form in forms if form.verb.kind in _DIRECTED), None)
        if verb is None or end - start > _ASIDE:
            return None
        asides = (u for u in told if u.verb == _VOICE and u.cue[0] - end in (0, 1) and u.content[0] > u.cue[0])
        aside = next(asides, None)
        sides = self._sides(mention.target for mention in self._reading.mentions_in(start, end))
        if aside is None or not sides:
            return None
        return Clause(*aside.content, verb.kind, sides, (), (start, aside.content[1]), verb=verb.id)

    def _is_within(self, inner: Utterance, outer: Utterance) -> bool:
        """Whether a report stands in another, or goes on with its sentence: "أن تكون الحركة | قد رفضت المشاركة"."""
        between = self._reading.tokens[outer.content[1] : inner.cue[0]]
        runs_on = outer.content[1] <= inner.cue[0] and all(token.form in load_openers().has for token in between)
        joined = self._reading.tokens[inner.cue[0]].form.startswith(AND)
        return (runs_on and not joined) or _inside(_reach(inner), outer.content)

    def _is_gist_of_denied(self, utterance: Utterance) -> bool:
        """ "كذبت أنقرة خبرا بثته قناة مفاده أن اللقاء ألغي": what follows belongs to the news that is denied."""
        told = self._told.get(utterance.sentence, ())
        return utterance.verb == _GIST and any(
            0 <= utterance.cue[0] - u.content[1] <= 1 for u in told if u.denies and u is not utterance
        )

    def _sides(self, targets: Iterable[str | None]) -> tuple[str, ...]:
        sides = dict.fromkeys(self._lexicon.camp_of(target) for target in targets if target is not None)
        return tuple(side for side in sides if side in self._parties)


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def _reach(utterance: Utterance) -> tuple[int, int]:
    """From the first to the last word of a report: verb, subject and what is said."""
    return min(utterance.cue[0], utterance.content[0]), max(utterance.cue[1], utterance.content[1])


def _without(outer: tuple[int, int], holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = outer[0]
    for start, end in sorted(holes):
        if start > at:
            yield at, min(start, outer[1])
        at = max(at, end)
    if at < outer[1]:
        yield at, outer[1]


def segments(tokens: Sequence[Token], start: int, end: int, modality: Modality) -> list[tuple[int, int]]:
    """The clauses of a range of tokens, without punctuation at their ends."""
    pieces: list[tuple[int, int]] = []
    joins = False
    cuts = [start, *_cuts(tokens, start, end)]
    for left, right in zip(cuts, [*cuts[1:], end], strict=True):
        a, b = _trimmed(tokens, left, right)
        words = len([token for token in tokens[a:b] if token.kind != "punct"])
        if not words:
            continue
        first = tokens[a].form
        opens = _opens(tokens, a, b)
        aside = modality.condition_at(tokens, a, b) or (first in load_openers().adjuncts and not opens)
        following = tokens[a + 1].form if a + 1 < b else ""
        outcomes = load_openers().outcomes
        follows = first.startswith(modality.apodosis) or (first,) in outcomes or (first, following) in outcomes
        if pieces and not opens and (joins or follows or words < _SHORT or aside):
            joins = aside and words <= _ASIDE  # the clause goes on behind it
            pieces[-1] = (pieces[-1][0], b)
        else:
            pieces.append((a, b))
            joins = modality.condition_at(tokens, a, b)
    return pieces


def _cuts(tokens: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """Where a clause may begin: after commas and at words that open one, outside of brackets."""
    depth = 0
    for i in range(start, end):
        token = tokens[i]
        if token.text in _BRACKETS:
            depth = max(0, depth + _BRACKETS[token.text])
        elif depth == 0 and token.text in _COMMAS:
            yield i + 1
        elif depth == 0 and i > start and _opens(tokens, i, end):
            yield i


def _opens(tokens: Sequence[Token], position: int, end: int) -> bool:
    known, form = load_openers(), tokens[position].form
    if form not in known.firsts or (position and tokens[position - 1].form in known.opens_none):
        return False  # as a rule
    following = tokens[position + 1].form if position + 1 < end else ""
    return (form,) in known.openers or (form, following) in known.openers


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and tokens[start].text in _SKIPPED:
        start += 1
    while end > start and tokens[end - 1].text in _SKIPPED:
        end -= 1
    return start, end
