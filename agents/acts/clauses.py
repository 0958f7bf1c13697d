"""The clauses of an article in which acts are looked for: what is said, by whom, and what the article itself tells.

Pure. A sentence is cut at commas and at words that open a clause; what somebody is told to have said is kept apart
from what stands around it, and a condition stays with what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agents.acts.records import Clause
from agents.language.lexicon import Lexicon
from agents.language.modality import Modality
from agents.language.text import CLOSING, OPENING, Token
from agents.reading import Reading, Utterance

_COMMAS: Final = frozenset("،,؛;")
_SKIPPED: Final = frozenset(OPENING + CLOSING + "\"'()،,؛;:.…-–—")
_SHORT: Final = 4  # words: a shorter piece between commas belongs to the one before
_OPENERS: Final = frozenset(
    [
        "فيما",
        "وفيما",
        "بينما",
        "لكن",
        "لكنه",
        "لكنها",
        "لكنهم",
        "ولكن",
        "وذلك",
        "حيث",
        "اذ",
        "كما",
        "غداه",
        "عقب",
        "بعدما",
        "عندما",
        "حين",
        "وهو",
        "وهي",
    ]
)
_OPENING_PAIRS: Final = frozenset(
    [("غير", "ان"), ("في", "وقت"), ("في", "حين"), ("علي", "ان"), ("وفي", "وقت"), ("علي", "الرغم"), ("رغم", "ما")]
)
# What stands between commas and belongs to the clause around it: place, time, company.
_ADJUNCTS: Final = frozenset(
    [
        "مع",
        "في",
        "علي",
        "من",
        "الي",
        "عن",
        "خلال",
        "عبر",
        "منذ",
        "لدي",
        "ضمن",
        "بحضور",
        "بمشاركه",
        "برعايه",
        "امس",
        "اليوم",
        "غدا",
        "مساء",
        "صباح",
        "فجر",
        "ليل",
        "ظهر",
        "يوم",
        "ليله",
        "الاحد",
        "الاثنين",
        "الثلاثاء",
        "الاربعاء",
        "الخميس",
        "الجمعه",
        "السبت",
    ]
)
_ASIDE: Final = 9  # words: a longer adjunct ends its clause


def clauses(reading: Reading, lexicon: Lexicon, modality: Modality) -> Iterator[Clause]:
    """The clauses of an article in order of their place."""
    found: list[Clause] = []
    parties = frozenset(lexicon.parties())
    for number, sentence in enumerate(reading.sentences):
        told = [u for u in reading.utterances if u.sentence == number]
        contents = sorted(told, key=lambda u: (u.content[0], -u.content[1]))
        for utterance in contents:
            inner = [u for u in contents if u is not utterance and _inside(u.content, utterance.content)]
            for start, end in _without(utterance.content, [_reach(u) for u in inner]):
                found.extend(_said(reading, start, end, utterance, parties, modality, lexicon))
        covered = [_reach(u) for u in told]
        for start, end in _without((sentence.start, sentence.end), covered):
            found.extend(Clause(a, b) for a, b in segments(reading.tokens, start, end, modality))
    return iter(sorted(found, key=lambda clause: (clause.start, clause.end)))


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


def _said(
    reading: Reading,
    start: int,
    end: int,
    utterance: Utterance,
    parties: frozenset[str],
    modality: Modality,
    lexicon: Lexicon,
) -> Iterator[Clause]:
    tokens = reading.tokens
    sides = tuple(dict.fromkeys(v.party for v in utterance.speakers if v.party is not None and v.party in parties))
    kind = "deny" if utterance.denies else utterance.kind
    if utterance.verb == "deem_unlikely":  # "مستبعدا عقد أي لقاء" refuses it, as far as it can be met with
        kind = "rule_out"
    pieces = list(segments(tokens, start, end, modality))
    if not pieces:
        return
    if kind not in ("say", "warn"):
        pieces = [(pieces[0][0], pieces[-1][1])]
    between = (
        reading.mentions_in(utterance.cue[1], utterance.content[0]) if utterance.cue[1] < utterance.content[0] else []
    )
    told = dict.fromkeys(lexicon.party_of(mention.target) for mention in between)
    addressees = tuple(side for side in told if side in parties and side not in sides)
    for a, b in pieces:
        yield Clause(a, b, kind, sides, addressees, _reach(utterance))


def segments(tokens: Sequence[Token], start: int, end: int, modality: Modality) -> list[tuple[int, int]]:
    """The clauses of a range of tokens, without punctuation at their ends."""
    cuts = [start]
    depth = 0
    for i in range(start, end):
        token = tokens[i]
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and token.text in _COMMAS:
            cuts.append(i + 1)
        elif depth == 0 and i > start and token.kind == "word":
            pair = (token.form, tokens[i + 1].form) if i + 1 < end else ("", "")
            if token.form in _OPENERS or pair in _OPENING_PAIRS:
                cuts.append(i)
    pieces: list[tuple[int, int]] = []
    joins = False
    for a, b in zip(cuts, [*cuts[1:], end], strict=True):
        a, b = _trimmed(tokens, a, b)
        words = sum(token.kind != "punct" for token in tokens[a:b])
        if not words:
            continue
        condition = modality.condition_at(tokens, a, b)
        first = tokens[a].form
        opens = first in _OPENERS or (first, tokens[min(a + 1, b - 1)].form) in _OPENING_PAIRS
        adjunct = first in _ADJUNCTS and not opens
        then = first.startswith(("فان", "فس"))
        if pieces and not opens and (joins or then or words < _SHORT or condition or adjunct):
            aside = (condition or adjunct) and words <= _ASIDE
            joins = aside and not (joins and not (condition or adjunct))
            pieces[-1] = (pieces[-1][0], b)
        else:
            pieces.append((a, b))
            joins = condition
    return pieces


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and tokens[start].text in _SKIPPED:
        start += 1
    while end > start and tokens[end - 1].text in _SKIPPED:
        end -= 1
    return start, end
