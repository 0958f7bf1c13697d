"""The decision: what an article is to the few earlier ones that share something with it, and what is new in it.

Pure. Two units (sentences or clauses) are aligned where they share half of their codes. An aligned unit is
*kept* or *changed* (`changes`). A copy keeps most of what it shares; a template (weather, market closes,
congratulations: the same words, another day, other facts) changes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from agents.deduplicate.changes import AlignedPair, is_changed
from agents.deduplicate.memory import Answer, Entry, Known
from agents.language.fingerprint import Fingerprint, load_fingerprinter
from agents.language.text import fold
from schemas import Range, SharedPassage, Verdict

# Thresholds on the share of the shorter article's codes that stand in aligned units. Measured 2026-11 on the readings
# of two feeds, on variants of five articles and on 5,000 articles of one radio: see docs/benchmarks.md.
COPY: Final = 0.65  # of different addresses; real pairs from .40 to .65 were related, not copies
REVISION: Final = 0.30  # of one address
BOTH: Final = 0.25  # the longer article has at least so much of itself in common, or it only quotes the shorter
KEPT: Final = 0.50  # of what is aligned; less is a template
KEPT_BELOW_CHANGED_LEAD: Final = 0.75  # templates change their facts in the first sentence
ALIGNED: Final = 0.50  # of a unit's codes
IN_ORDER: Final = 0.20  # of a unit's neighbouring codes; retold sentences keep the words, copied ones their order
PASSAGE: Final = 8  # codes: fifteen words
VERBATIM: Final = 0.60  # of the neighbouring codes of a passage
_UPDATE: Final = re.compile(r"(?<!\w)(?:تحديث|محدث|يضيف|تضيف|اضافه|تصحيح|تصويب|مصحح|يصحح|تصحح|update|updated)(?!\w)")

_ORDERED: Final = 5  # codes: in a shorter unit there is hardly an order

State = Literal["kept", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of the article in hand: only what is new in it has to be looked at word by word."""

    body: str
    title: str
    prints: Fingerprint

    @property
    def says_update(self) -> bool:
        """Whether headline or first line call the article an update or a correction."""
        head = fold(self.title + "\n" + self.body.lstrip()[:120].split("\n\n")[0][:90])
        return _UPDATE.search(head) is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the article in hand stands to an earlier one."""

    known: Known
    states: tuple[State, ...]  # of each unit of the article in hand
    verbatim: tuple[float, ...]  # of each unit, the share of its neighbouring codes that neighbour there too
    share: float  # of its codes that stand in aligned units
    known_share: float  # the same of the earlier article
    kept: float  # of the codes in aligned units, those in kept ones

    @property
    def similarity(self) -> float:
        return max(self.share, self.known_share)

    def holds(self, place: int) -> bool:
        """Whether the earlier article has a unit of ours, nearly word by word."""
        return self.states[place] == "kept" and self.verbatim[place] >= VERBATIM

    @property
    def is_copy(self) -> bool:
        if self.similarity < COPY or min(self.share, self.known_share) < BOTH:
            return False
        lead = next((state for state in self.states if state != "unknown"), "unknown")
        return self.kept >= (KEPT_BELOW_CHANGED_LEAD if lead == "changed" else KEPT)


def decide(entry: Entry, reading: Reading, known: Sequence[Known]) -> Answer:
    """The answer for an article, given the earlier articles that share most with it."""
    for other in known:
        if other.entry.exact == entry.exact and entry.units:
            return Answer(
                verdict=Verdict.EXACT_DUPLICATE,
                duplicate_of=other.story_id,
                similarity=1.0,
                story_id=other.story_id,
                origins=other.answer.origins,
                fresh=(),
            )
    found = [_compare(entry, reading, other) for other in known]
    best, verdict = _original(entry, reading, found)
    if best is None:
        return Answer(shared=_passages(reading, found))
    story = best.known.story_id
    same = [comparison for comparison in found if comparison.known.story_id == story]
    fresh = _fresh(reading, same)
    own_text = bool(fresh) and verdict is Verdict.NEAR_DUPLICATE and best.known.entry.source != entry.source
    return Answer(
        verdict=verdict,
        duplicate_of=story,
        similarity=round(best.similarity, 3),
        story_id=story,
        origins=max(comparison.known.answer.origins for comparison in same) + own_text,
        fresh=fresh,
        shared=_passages(reading, [comparison for comparison in found if comparison.known.story_id != story]),
    )


def _original(entry: Entry, reading: Reading, found: Sequence[Comparison]) -> tuple[Comparison | None, Verdict]:
    """What the article is a revision or copy of, and which of the two; None where it is neither."""
    revised: list[Comparison] = []
    copied: list[Comparison] = []
    for comparison in found:
        other = comparison.known.entry
        if other.article_id == entry.article_id or (
            entry.address and other.address == entry.address and comparison.similarity >= REVISION
        ):
            revised.append(comparison)
        elif comparison.is_copy:
            outlet = bool(entry.source) and other.source == entry.source
            updates = bool(entry.page and other.page == entry.page) or reading.says_update
            (revised if outlet and updates else copied).append(comparison)
    for candidates, verdict in ((revised, Verdict.REVISION), (copied, Verdict.NEAR_DUPLICATE)):
        if candidates:
            return max(candidates, key=lambda comparison: comparison.similarity), verdict
    return None, Verdict.UNIQUE


def _compare(entry: Entry, reading: Reading, other: Known) -> Comparison:
    """Align the units of both articles by the codes that they share."""
    theirs = other.entry.units
    holders: dict[int, list[int]] = {}
    for place, unit in enumerate(theirs):
        for code in set(unit):
            holders.setdefault(code, []).append(place)
    order = {pair for unit in theirs for pair in pairwise(unit)}
    verbatim = [sum(pair in order for pair in pairwise(unit)) / max(1, len(unit) - 1) for unit in entry.units]
    states: list[State] = []
    covered: set[int] = set()
    aligned = kept = 0
    for place, unit in enumerate(entry.units):
        match = _match(unit, theirs, holders) if verbatim[place] >= IN_ORDER or len(unit) < _ORDERED else None
        if match is None:
            states.append("unknown")
            continue
        covered.update(match)
        aligned += len(unit)
        around = theirs[max(0, match[0] - 1) : match[-1] + 2]
        pair = AlignedPair(
            ours=unit,
            day=entry.day,
            theirs=tuple(code for at in match for code in theirs[at]),
            around=frozenset(code for neighbour in around for code in neighbour),
            their_day=other.entry.day,
        )
        change = is_changed(pair, lambda new, at=place: _names_somebody(reading, at, new))  # type: ignore[misc]
        states.append("changed" if change else "kept")
        kept += 0 if change else len(unit)
    total = sum(map(len, entry.units)) or 1
    their_total = sum(map(len, theirs)) or 1
    return Comparison(
        known=other,
        states=tuple(states),
        verbatim=tuple(verbatim),
        share=aligned / total,
        known_share=sum(len(theirs[at]) for at in covered) / their_total,
        kept=kept / (aligned or 1),
    )


def _match(
    unit: Sequence[int], theirs: Sequence[Sequence[int]], holders: Mapping[int, Sequence[int]]
) -> list[int] | None:
    """The units of the other article that say what `unit` says: one, or several in a row; None where none does."""
    codes = set(unit)
    votes: Counter[int] = Counter()
    for code in codes:
        votes.update(holders.get(code, ()))
    if not votes:
        return None
    best = max(votes, key=lambda at: (votes[at], -at))
    match = [best]
    for at in (best - 1, best + 1):
        if 0 <= at < len(theirs) and votes[at] * 2 >= len(set(theirs[at])) and votes[at] > 2:
            match.append(at)
    match.sort()
    together = sum(any(code in theirs[at] for at in match) for code in codes)
    smaller = min(len(codes), sum(len(set(theirs[at])) for at in match))
    if together < min(3, len(codes)) or together < ALIGNED * smaller or together < ALIGNED * len(codes) * 0.6:
        return None
    return match


def _names_somebody(reading: Reading, place: int, fresh: set[int]) -> bool:
    """Whether one of the new words stands where a name does: right after a title."""
    fingerprinter = load_fingerprinter()
    unit = reading.prints.units[place]
    words = fingerprinter.words(reading.body[unit.start : unit.end])
    return any(
        code in fresh and before.removeprefix("و") in fingerprinter.titles and code not in fingerprinter.title_codes
        for (before, _), (_, code) in pairwise(words)
    )


def _fresh(reading: Reading, same: Sequence[Comparison]) -> tuple[Range, ...]:
    """The units that no article of the story has kept for us, adjoining ones as one range."""
    ranges: list[Range] = []
    joined = False
    for place, unit in enumerate(reading.prints.units):
        if any(comparison.states[place] == "kept" for comparison in same):
            joined = False
            continue
        if joined:
            ranges[-1] = Range(start=ranges[-1].start, end=unit.end)
        else:
            ranges.append(Range(start=unit.start, end=unit.end))
        joined = True
    return tuple(ranges)


def _passages(reading: Reading, others: Sequence[Comparison]) -> tuple[SharedPassage, ...]:
    """The longer units that were kept from articles of other stories, adjoining ones as one passage."""
    found: list[SharedPassage] = []
    before: tuple[int, str] | None = None
    for place, unit in enumerate(reading.prints.units):
        if len(unit.codes) < PASSAGE:
            continue
        holder = next((other.known.entry.article_id for other in others if other.holds(place)), None)
        if holder is None:
            continue
        if before == (place - 1, holder):
            found[-1] = SharedPassage(start=found[-1].start, end=unit.end, article_id=holder)
        else:
            found.append(SharedPassage(start=unit.start, end=unit.end, article_id=holder))
        before = (place, holder)
    return tuple(found)
