"""The decision: what an article is to the few earlier ones that share something with it, and what is new in it.

Pure. A copy has most of itself, or of what it copies, in the same order, and keeps what it says. A template (weather,
market closes, congratulations: the same words, another day, other facts) changes it; articles on one event share
sentences, and an article that quotes a short one has much else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agents.deduplicate.changes import Weight
from agents.deduplicate.comparison import Comparison, Side
from agents.deduplicate.memory import Answer, Entry, Known
from agents.language.fingerprint import Fingerprint, load_fingerprinter
from schemas import Range, SharedPassage, Verdict

# Measured 2026-11 on the readings of two feeds, on variants of five articles, and by reading what is found in 5,000
# articles of one radio: see docs/benchmarks.md. Shares are of the smaller article.
LONG: Final = 150  # codes: 250 words; no template is so long
COPY: Final = 0.70  # of neighbouring words; hand-read pairs from .40 to .65 are related, above they are copies
SHORT_COPY: Final = 0.80  # of a text that is not long: reports of one event share lists and background up to .79
TINY: Final = 25  # codes: two sentences; a result of a match differs from another in four words
TINY_COPY: Final = 0.90
REWORDED: Final = 0.82  # of the codes in aligned sentences
REWORDED_OTHER: Final = 0.50  # the same of the longer article
REWORDED_ORDER: Final = 0.39  # .40 before more words became facts, which cost a variant of the seeds; fitted to it
REWORDED_UNITS: Final = 8  # aligned: two contracts of one bank had five sentences in common, but for the other party
SHORT_REWORDED: Final = 0.95
SHORT_REWORDED_ORDER: Final = 0.60
SHORT_REWORDED_UNITS: Final = 5  # the first among them: notices and line-ups have all but the first in common
SHORT_REWORDED_KEPT: Final = 0.70
# A short text with a paragraph more: reports of one event have background in common, and no first sentence with it. Of
# the pairs of 57 feeds one had been missed, at .798; with .70 of both articles aligned the radio's give one wrong pair.
UPDATED_ORDER: Final = 0.70
UPDATED_ALIGNED: Final = 0.74  # of both articles; .75 before that, which cost a case of the tests
UPDATED_KEPT: Final = 0.90
UPDATED_UNITS: Final = 5
WHOLE: Final = 0.50  # of the longer article; with less it is an excerpt,
EXCERPT_SIZE: Final = 40  # codes that an excerpt must have,
EXCERPT: Final = 0.20  # and of the longer article
KEPT: Final = 0.50  # of what is aligned; less is a template
KEPT_BELOW_CHANGED_LEAD: Final = 0.75  # templates change their facts in the first sentence
SAME_FACTS: Final = 0.50  # of the numbers; fewer is a template
WORD_BY_WORD: Final = 0.93  # of both articles, with the same facts: not a template either
CORRECTED: Final = 0.80  # of both articles, where the outlet itself says that it updates or corrects
CORRECTED_UNITS: Final = 5  # of which one says something else: templates have other facts in more
FACTS_KEPT: Final = 0.55  # of what is aligned in a long text,
LONG_SAME_FACTS: Final = 0.70  # and of its numbers: no template, whatever words were replaced; .75 before, as above
LEAST_IN_COMMON: Final = min(COPY, SHORT_COPY, TINY_COPY, UPDATED_ORDER, REWORDED_ORDER, SHORT_REWORDED_ORDER)
REVISION: Final = 0.30  # of one address: the outlet itself says that it is the same
PASSAGE: Final = 8  # codes: fifteen words
PASSAGE_WORDS: Final = 12  # of part of a sentence, from its first word with a code to its last


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of the article in hand: only what is new in it has to be looked at word by word."""

    body: str
    title: str
    prints: Fingerprint

    @property
    def says_update(self) -> bool:
        """Whether headline or first line call the article an update or a correction."""
        first_line = self.body.lstrip()[:90].split("\n", 1)[0]
        return load_fingerprinter().says_update(f"{self.title}\n{first_line}")

    def names_somebody(self, place: int, new: frozenset[int]) -> bool:
        """Whether one of the new codes of a unit stands where a name does: after a title, or two after its office."""
        fingerprinter = load_fingerprinter()
        unit = self.prints.units[place]
        words = fingerprinter.words(self.body[unit.start : unit.end])
        for at in range(1, len(words)):
            code = words[at][1]
            if code not in new or code in fingerprinter.title_codes:
                continue
            if fingerprinter.is_title(words[at - 1][0]):
                return True
            both_new = at + 1 < len(words) and words[at + 1][1] in new
            if both_new and at > 1 and fingerprinter.is_title(words[at - 2][0]):
                return True
        return False

    def weigh(self, place: int, gained: frozenset[int], lost: frozenset[int]) -> Weight:
        """What the weightiest of the words is that a unit has gained, where the earlier one has lost others."""
        fingerprinter = load_fingerprinter()
        unit = self.prints.units[place]
        weight: Weight = "none"
        before = ""
        for word, code in fingerprinter.words(self.body[unit.start : unit.end]):
            led, before = before, word
            if code not in gained or fingerprinter.is_agency(word, led) or fingerprinter.is_form_of(word, lost):
                continue
            if fingerprinter.is_town(word):
                return "town"
            weight = "name" if weight == "name" or not fingerprinter.is_known(word) else "word"
        return weight


def decide(entry: Entry, reading: Reading, known: Sequence[Known]) -> Answer:
    """The answer for an article, given the earlier articles that share most with it."""
    side = Side(entry, reading)
    same_text = [other for other in known if other.entry.exact == entry.exact and entry.codes]
    if same_text and not _is_reversion(side, known):
        other = same_text[0]
        return Answer(
            verdict=Verdict.EXACT_DUPLICATE,
            duplicate_of=other.story_id,
            similarity=1.0,
            story_id=other.story_id,
            origins=other.answer.origins,
            replaces=max((one.answer.replaces for one in same_text if is_same_page(entry, one.entry)), default=0),
            fresh=(),
        )
    found = [comparison for other in known if (comparison := side.compare(other)) is not None]
    best, verdict = _original(entry, reading, found)
    if best is None:
        return Answer(shared=_passages(reading, found))
    story = best.known.story_id
    same = [comparison for comparison in found if comparison.known.story_id == story]
    if verdict is Verdict.REVISION:
        own = [one for one in same if one is not best and is_same_page(entry, one.known.entry)]
        fresh = _units(reading, lambda place: _is_told_before(place, best, own, same))
    else:
        fresh = _units(reading, lambda place: any(one.has(place, in_any_words=True) for one in same))
    copied = max(same, key=lambda one: (one.alignment.kept * one.alignment.aligned, -one.known.answer.origins))
    other_outlet = verdict is Verdict.NEAR_DUPLICATE and best.known.entry.source != entry.source
    own_codes = sum(
        unit.size for unit in reading.prints.units if any(part.start <= unit.start < part.end for part in fresh)
    )
    return Answer(
        verdict=verdict,
        duplicate_of=story,
        similarity=round(best.similarity, 3),
        story_id=story,
        origins=copied.known.answer.origins + (other_outlet and own_codes >= PASSAGE),
        replaces=best.known.answer.replaces + 1 if verdict is Verdict.REVISION else 0,
        fresh=fresh,
        shared=_passages(reading, [comparison for comparison in found if comparison.known.story_id != story]),
    )


def is_same_page(entry: Entry, other: Entry) -> bool:
    """Whether two articles have one id, or one address at one outlet."""
    return other.article_id == entry.article_id or bool(entry.address and other.address == entry.address)


def _is_reversion(side: Side, known: Sequence[Known]) -> bool:
    """Whether an outlet goes back to a text of its own that it had replaced: the latest is another, on the same."""
    own = [other for other in known if is_same_page(side.entry, other.entry)]
    if all(other.entry.exact != side.entry.exact for other in own):
        return False
    latest = max(own, key=lambda other: other.answer.replaces)
    if latest.entry.exact == side.entry.exact:
        return False
    comparison = side.compare(latest)
    return comparison is not None and max(comparison.alignment.aligned, comparison.similarity) >= REVISION


def _is_told_before(place: int, latest: Comparison, own: Sequence[Comparison], same: Sequence[Comparison]) -> bool:
    """Whether a unit of a revision is nothing new. What the outlet had replaced and says again is.

    Whatever word an outlet changes in its own text it changes for a reason; other outlets edit.
    """
    if latest.has(place):
        return True
    return not any(one.has(place) for one in own) and any(one.has(place) for one in same)


def _original(entry: Entry, reading: Reading, found: Sequence[Comparison]) -> tuple[Comparison | None, Verdict]:
    """What the article is a revision or copy of, and which of the two; None where it is neither."""
    revised: list[Comparison] = []
    copied: list[Comparison] = []
    for comparison in found:
        other = comparison.known.entry
        if other.article_id == entry.article_id or (
            is_same_page(entry, other) and max(comparison.alignment.aligned, comparison.similarity) >= REVISION
        ):
            revised.append(comparison)
            continue
        copy = is_copy(comparison)
        if not copy and min(comparison.in_order, comparison.their_in_order) < CORRECTED:
            continue
        outlet = bool(entry.source) and other.source == entry.source
        updates = outlet and (bool(entry.page and other.page == entry.page) or reading.says_update)
        if copy or updates:
            (revised if updates else copied).append(comparison)
    if revised:
        return max(revised, key=lambda one: (one.known.answer.replaces, one.similarity)), Verdict.REVISION
    if copied:
        return max(copied, key=lambda comparison: comparison.similarity), Verdict.NEAR_DUPLICATE
    return None, Verdict.UNIQUE


def is_copy(comparison: Comparison) -> bool:
    """Whether two articles of different addresses are one text."""
    if comparison.similarity < LEAST_IN_COMMON or _is_template(comparison):
        return False
    least = min(comparison.in_order, comparison.their_in_order)
    if least < WHOLE and (comparison.size < EXCERPT_SIZE or least < EXCERPT):
        return False
    needed = COPY if comparison.size >= LONG else SHORT_COPY if comparison.size >= TINY else TINY_COPY
    return comparison.similarity >= needed or _is_updated(comparison) or _is_reworded(comparison)


def _is_updated(comparison: Comparison) -> bool:
    """A short text once more, with its first sentence and its facts, and something added or left out."""
    return (
        comparison.has_lead
        and comparison.size >= TINY
        and comparison.similarity >= UPDATED_ORDER
        and min(comparison.alignment.aligned, comparison.alignment.their_aligned) >= UPDATED_ALIGNED
        and min(comparison.alignment.kept, comparison.alignment.facts_kept) >= UPDATED_KEPT
        and sum(state != "unknown" for state in comparison.alignment.states) >= UPDATED_UNITS
    )


def _is_reworded(comparison: Comparison) -> bool:
    """The same sentences, where too many words were replaced for their order to tell."""
    most, least = sorted((comparison.alignment.aligned, comparison.alignment.their_aligned), reverse=True)
    units = sum(state != "unknown" for state in comparison.alignment.states)
    if least < REWORDED_OTHER:
        return False
    if comparison.size >= LONG:
        return most >= REWORDED and comparison.similarity >= REWORDED_ORDER and units >= REWORDED_UNITS
    return (
        comparison.has_lead
        and most >= SHORT_REWORDED
        and comparison.similarity >= SHORT_REWORDED_ORDER
        and units >= SHORT_REWORDED_UNITS
        and comparison.alignment.kept >= SHORT_REWORDED_KEPT
    )


def _is_template(comparison: Comparison) -> bool:
    """The same words for other facts. A long text whose numbers, dates and negations are the same is none."""
    if comparison.same_facts < SAME_FACTS:
        return True
    if comparison.similarity == 1:
        return False  # the one has all of the other: a sentence was put before it, or left out
    if (
        comparison.size >= LONG
        and comparison.alignment.facts_kept >= FACTS_KEPT
        and comparison.same_facts >= LONG_SAME_FACTS
    ):
        return False
    if min(comparison.in_order, comparison.their_in_order) >= WORD_BY_WORD and _is_corrected(comparison):
        return False
    if comparison.size < LONG:  # notices have other names too
        return comparison.alignment.sure < (KEPT_BELOW_CHANGED_LEAD if comparison.lead_doubtful else KEPT)
    return comparison.alignment.kept < (KEPT_BELOW_CHANGED_LEAD if comparison.lead_changed else KEPT)


def _is_corrected(comparison: Comparison) -> bool:
    """Whether a text that is the same word by word has the same facts too, or another in one of its sentences alone."""
    states = comparison.alignment.states
    return comparison.alignment.facts_kept == 1 or (states.count("changed") <= 1 and len(states) >= CORRECTED_UNITS)


def _units(reading: Reading, told: Callable[[int], bool]) -> tuple[Range, ...]:
    """The units that are not `told` before, adjoining ones as one range."""
    ranges: list[Range] = []
    joined = False
    for place, unit in enumerate(reading.prints.units):
        if told(place):
            joined = False
            continue
        if joined:
            ranges[-1] = Range(start=ranges[-1].start, end=unit.end)
        else:
            ranges.append(Range(start=unit.start, end=unit.end))
        joined = True
    return tuple(ranges)


def _passages(reading: Reading, others: Sequence[Comparison]) -> tuple[SharedPassage, ...]:
    """What stands word by word in articles of other stories: whole units, and words in a row that are part of some."""
    found: list[SharedPassage] = []
    for other in others:
        parts: list[Range] = []
        for part in sorted((*_held_units(reading, other), *_runs(reading, other)), key=lambda part: part.start):
            if parts and part.start <= parts[-1].end + 1:
                parts[-1] = Range(start=parts[-1].start, end=max(part.end, parts[-1].end))
            else:
                parts.append(part)
        article_id = other.known.entry.article_id
        found += (
            SharedPassage(start=part.start, end=part.end, article_id=article_id)
            for part in parts
            if not any(earlier.start <= part.start and part.end <= earlier.end for earlier in found)
        )
    return tuple(sorted(found, key=lambda passage: passage.start))


def _held_units(reading: Reading, other: Comparison) -> Iterator[Range]:
    for place, unit in enumerate(reading.prints.units):
        if unit.size >= PASSAGE and other.holds(place):
            yield Range(start=unit.start, end=unit.end)


def _runs(reading: Reading, other: Comparison) -> Iterator[Range]:
    for first, last in other.runs:
        part = Range(start=reading.prints.word(*first)[0], end=reading.prints.word(*last)[1])
        if len(reading.body[part.start : part.end].split()) >= PASSAGE_WORDS:
            yield part
