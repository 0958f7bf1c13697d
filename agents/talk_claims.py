"""What an article claims of scheduled talks: dates, venue, status, who leads. Pure.

A passage is read in units: what somebody says is one, the narration around it another. In a unit every day is given
to the talks that it fits best, and the verb beside it tells what it is a day of: the beginning, the end, a new date.
Days of history, threats, demands and what somebody denies claim nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.talk_words import ClaimWords, Mark
from agents.reading import Reading, Utterance
from agents.talks import MarkedArticle, TalkContext
from schemas import ActorKind, Article, Claim, Passed, Span, Talk, TalkStatus, content_id

_NEAR: Final = 15  # tokens between a name and a day or town of its talks
_NEGATED: Final = 3  # tokens between a negation and the word that it undoes
_LEADS: Final = 12  # tokens between "will head" and who does
_PLAUSIBLE: Final = timedelta(days=45)  # a day farther from all that is known of the talks needs a verb that moves them
_ENOUGH: Final = 2.0
_VERB: Final = 14  # tokens between a verb and the day that it belongs to: "وقّع ممثلو الجيش … في جدة، مساء أمس"
_OBJECT: Final = 4  # tokens between "تأجيل" and the talks that are put off
_GROUPS: Final = ("talk", "agenda", "outcome")
_Anchor = tuple[int, int, bool]  # first and last token of what tells of the talks, and whether it is their name
_Anchors = dict[str, _Anchor]
_FIRST: Final = ("moved", "cancelled", "suspended", "extended", "ended", "signed", "began", "held", "resumed")
_PAST: Final = frozenset(["began", "ended", "held", "signed", "began_noun"])
_NO_MARK: Final = Mark("")
_STATUS: Final = {
    "moved": TalkStatus.POSTPONED,
    "moved_noun": TalkStatus.POSTPONED,
    "suspended": TalkStatus.POSTPONED,
    "suspended_noun": TalkStatus.POSTPONED,
    "cancelled": TalkStatus.CANCELLED,
    "cancelled_noun": TalkStatus.CANCELLED,
    "resumed": TalkStatus.RESCHEDULED,
    "resumed_noun": TalkStatus.RESCHEDULED,
    "extended": TalkStatus.RESCHEDULED,
    "began": TalkStatus.HELD,
    "began_noun": TalkStatus.HELD,
    "ended": TalkStatus.HELD,
    "held": TalkStatus.HELD,
    "signed": TalkStatus.HELD,
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """Token positions that one voice is responsible for."""

    sentence: int
    positions: tuple[int, ...]
    utterance: Utterance | None

    @property
    def range(self) -> tuple[int, int]:
        return self.positions[0], self.positions[-1] + 1


def find_claims(
    article: Article,
    reading: Reading,
    marked: MarkedArticle,
    known: Mapping[str, Talk],
    lexicon: Lexicon,
    words: ClaimWords,
) -> tuple[list[Claim], list[Passed]]:
    """The claims of the article's fresh sentences, in order, and what was passed over with the reason.

    `known` is the ledger's reading of every talk so far.
    """
    reader = _ClaimReader(article, reading, marked, known, lexicon, words)
    for unit in _units(article, reading):
        reader.read(unit)
    return reader.claims, reader.passed


def _units(article: Article, reading: Reading) -> Iterator[_Unit]:
    for number, sentence in enumerate(reading.sentences):
        start, end = reading.characters(sentence.start, sentence.end)
        if not any(part.start < end and start < part.end for part in article.fresh):
            continue
        taken: set[int] = set()
        found: list[_Unit] = []
        inner = sorted(
            (item for item in reading.utterances if item.sentence == number),
            key=lambda item: item.content[1] - item.content[0],
        )
        for utterance in inner:
            positions = tuple(n for n in range(*utterance.content) if n not in taken)
            taken.update(positions)
            if positions:
                found.append(_Unit(number, positions, utterance))
        rest = tuple(n for n in range(sentence.start, sentence.end) if n not in taken)
        if rest:
            found.append(_Unit(number, rest, None))
        yield from sorted(found, key=lambda unit: unit.positions[0])


class _ClaimReader:
    """Reads the units of one article."""

    def __init__(
        self,
        article: Article,
        reading: Reading,
        marked: MarkedArticle,
        known: Mapping[str, Talk],
        lexicon: Lexicon,
        words: ClaimWords,
    ) -> None:
        self.article, self.reading, self.marked = article, reading, marked
        self.known, self.lexicon, self.words = known, lexicon, words
        self.kinds = words.marks(reading.tokens)
        self.today = marked.today
        self.claims: list[Claim] = []
        self.passed: list[Passed] = []

    def read(self, unit: _Unit) -> None:
        """Add the claims of a unit."""
        inside = set(unit.positions)
        days = [(at, day) for at, day in marked_days(self.marked) if at in inside]
        kinds = {at: kind for at, kind in self.kinds.items() if at in inside and not self._undone(unit, at)}
        anchors = self._anchors(unit, inside, days, bool(kinds))
        if not anchors:
            return
        denied = unit.utterance is not None and unit.utterance.denies
        if denied:
            self._pass(unit, "denied")
            return
        for talk_id, anchor in anchors.items():
            self._claim(unit, talk_id, anchor, anchors, days, kinds)

    # -- which talks

    def _anchors(self, unit: _Unit, inside: set[int], days: Sequence[tuple[int, DateMention]], told: bool) -> _Anchors:
        """The talks that the unit tells of, each with where it does and whether it names them."""
        found: _Anchors = {}
        for name in self.marked.names:
            if name.start in inside:
                found.setdefault(name.target, (name.start, name.end - 1, True))
        for at, day in days:
            on = [talk for talk in self.known.values() if _overlap(talk, day)]
            word = self._talk_word(unit, at)
            if word is not None and not any(talk.talk_id in found and found[talk.talk_id][2] for talk in on):
                for talk in on:
                    found.setdefault(talk.talk_id, (word, word, False))
        word = self._talk_word(unit, None)
        if found or word is None or not (days or told):
            return found
        frame = (self.reading.sentences[unit.sentence].start, unit.range[0])
        links = self.marked.about(TalkContext(unit.sentence, unit.range, frame))
        return {link.talk_id: (word, word, False) for link in links if link.reason in ("place", "passage")}

    def _talk_word(self, unit: _Unit, near: int | None) -> int | None:
        """A word of talks that is in no name: the nearest one to a position, or the first."""
        named = {n for name in self.marked.names for n in range(name.start, name.end)}
        words = [
            n
            for n in unit.positions
            if n in self.marked.marks and self.marked.marks[n].group in _GROUPS and n not in named
        ]
        if near is None:
            return words[0] if words else None
        best = min(words, key=lambda n: abs(n - near), default=None)
        return best if best is not None and abs(best - near) <= _NEAR else None

    # -- what of them

    def _claim(
        self,
        unit: _Unit,
        talk_id: str,
        anchor: _Anchor,
        anchors: Mapping[str, _Anchor],
        days: Sequence[tuple[int, DateMention]],
        kinds: Mapping[int, str],
    ) -> None:
        first, last, named = anchor
        talk = self.known[talk_id]
        mine = {n: kind for n, kind in kinds.items() if self._nearest_talk(n, anchors) == talk_id}
        best = self._best_days(unit, talk, anchor, anchors, days, mine)
        status, verb_at = self._status(unit, talk, named, mine, bool(best))
        starts, ends = self._days(best, mine, status)
        if status is TalkStatus.POSTPONED and starts is not None and self._moves(mine):
            status = TalkStatus.RESCHEDULED
        if self._moved_instead(unit) and starts is not None:
            status = TalkStatus.RESCHEDULED
        if status is TalkStatus.HELD and not self._may_be_held(talk, starts or ends):
            status = None
        delegation = self._delegation(unit) if len(anchors) == 1 else ()
        if starts is None and ends is None and status is None and not delegation:
            return
        positions = [first, last, *(n for n, _ in best), *([verb_at] if verb_at is not None else [])]
        venue = self._venue(unit, talk, anchors, [n for n, _ in best] or positions)
        end = max((self._end_of(n, day) for n, day in best), default=last)
        self._add(unit, talk_id, min(positions), max(end, *positions), starts, ends, venue, status, delegation)

    def _best_days(
        self,
        unit: _Unit,
        talk: Talk,
        anchor: _Anchor,
        anchors: Mapping[str, _Anchor],
        days: Sequence[tuple[int, DateMention]],
        kinds: Mapping[int, str],
    ) -> list[tuple[int, DateMention]]:
        """The days of the unit that are the talk's: the best one, and those with a verb of beginning or end."""
        scored = []
        for at, day in days:
            if self._negated_day(unit, at) or self._possible(unit, at):
                continue
            score = self._fit(talk, anchor, at, day, kinds)
            rivals = (
                self._fit(self.known[other], place, at, day, kinds)
                for other, place in anchors.items()
                if other != talk.talk_id
            )
            if score >= _ENOUGH and score >= max(rivals, default=score):
                scored.append((score, at, day))
        if not scored:
            return []
        top = max(scored, key=lambda item: (item[0], -item[1]))
        keep = [
            (at, day)
            for score, at, day in scored
            if at == top[1] or self._verb(at, kinds) in ("began", "ended", "will_end")
        ]
        return sorted(keep)

    def _fit(self, talk: Talk, anchor: _Anchor, at: int, day: DateMention, kinds: Mapping[int, str]) -> float:
        name_from, name_to, named = anchor
        distance = max(at - name_to, name_from - at)
        score = 1.5 if at > name_to else 1.0
        score -= 0.5 if distance > _NEAR else 0.0
        score += 1.0 if named else 0.0
        verb = self._verb(at, kinds)
        score += 1.0 if verb is not None else 0.0
        if talk.starts is not None:
            ends = talk.ends or talk.starts
            gap = max(talk.starts - day.ends, day.starts - ends, timedelta(0))
            if not gap:
                score += 2.0
            elif gap > _PLAUSIBLE:
                score -= 3.0
            others = (
                other for other in self.known.values() if other.talk_id != talk.talk_id and other.starts is not None
            )
            if gap and any(
                other.starts <= day.ends and day.starts <= (other.ends or other.starts)
                for other in others
                if other.starts
            ):
                score -= 1.5
        if day.ends <= self.today and verb not in _PAST and not (talk.starts and day.covers(talk.starts)):
            score -= 3.0
        return score

    def _verb(self, at: int, kinds: Mapping[int, str]) -> str | None:
        """The word of a claim that a day belongs to: the last one at most eight tokens before it."""
        before = [n for n in kinds if at - _VERB <= n < at and kinds[n] not in ("leads", "holding")]
        return kinds[max(before)] if before else None

    def _days(
        self, best: Sequence[tuple[int, DateMention]], kinds: Mapping[int, str], status: TalkStatus | None
    ) -> tuple[date | None, date | None]:
        starts: date | None = None
        ends: date | None = None
        for at, day in best:
            verb = self._verb(at, kinds)
            if verb in ("ended", "will_end", "extended", "will_extend"):
                ends = day.ends
            elif verb in ("began", "began_noun", "will_begin") and day.starts == day.ends:
                starts = day.starts
            elif day.shape == "until" and verb is None:
                ends = day.ends
            elif day.shape == "from_to" and status in (TalkStatus.POSTPONED, TalkStatus.RESCHEDULED):
                starts = day.ends
            else:
                starts, ends = day.starts, day.ends
        if ends is None and starts is None and "ended" in kinds.values() and status is TalkStatus.HELD:
            ends = self._day_before(min(n for n, kind in kinds.items() if kind == "ended"))
        if (
            ends is not None
            and starts is None
            and status is TalkStatus.HELD
            and any(k == "ended" for k in kinds.values())
        ):
            return None, ends
        if "ended" in kinds.values() and starts is not None and ends is None and status is TalkStatus.HELD:
            ends = self._day_before(min(n for n, kind in kinds.items() if kind == "ended"))
        return starts, ends

    def _day_before(self, at: int) -> date:
        """The day on which something ended that is told without its day: that of the event before, else today."""
        sentence = next(s for s in self.reading.sentences if s.start <= at < s.end)
        before = [day for n, day in marked_days(self.marked) if sentence.start <= n < at and day.ends <= self.today]
        return before[-1].ends if before else self.today

    def _status(
        self, unit: _Unit, talk: Talk, named: bool, kinds: Mapping[int, str], dated: bool
    ) -> tuple[TalkStatus | None, int | None]:
        if self._cancelled_by_negation(unit):
            return TalkStatus.CANCELLED, None
        if unit.utterance is not None and unit.utterance.kind in self.words.sets["not_facts"]:
            return None, None
        told = [at for at in kinds if kinds[at] in _STATUS]
        for at in sorted(told, key=lambda n: (_FIRST.index(kinds[n].removesuffix("_noun")), n)):
            kind = kinds[at]
            status = _STATUS[kind]
            if kind.endswith("_noun") and not self._is_a_fact(unit, at):
                continue
            if kind.startswith("resumed") and not dated and talk.status is not TalkStatus.POSTPONED:
                continue
            if kind == "signed" and "signing" not in self.marked.finder.forms[talk.talk_id]:
                continue
            if kind == "began_noun" and not dated:
                continue
            if status is TalkStatus.HELD and not named and not dated and kind not in ("ended", "began"):
                continue
            return status, at
        return None, None

    def _is_a_fact(self, unit: _Unit, at: int) -> bool:
        """Whether a noun ("إلغاء الاجتماع") is told as done: it leads what somebody announces, or a sentence."""
        tokens = self.reading.tokens
        lead = unit.positions[: unit.positions.index(at)]
        quiet = [n for n in lead if tokens[n].kind == "word" and n not in self.marked.spoken]
        named = {n for name in self.marked.names for n in range(name.start, name.end)}
        after = [n for n in unit.positions if at < n <= at + _OBJECT]
        own = next((n for n in after if n in named or self.marked.marks.get(n, _NO_MARK).group == "talk"), None)
        joining = any(tokens[n].form in self.words.sets["taking_part"] for n in after if own is None or n < own)
        return len(quiet) <= 1 and own is not None and not joining

    def _moves(self, kinds: Mapping[int, str]) -> bool:
        return any(kind in ("moved", "moved_noun") for kind in kinds.values())

    def _may_be_held(self, talk: Talk, day: date | None) -> bool:
        """Talks that lie ahead were not held: the words tell of others."""
        if day is not None:
            return day <= self.today
        return talk.starts is None or talk.starts <= self.today

    # -- small words

    def _undone(self, unit: _Unit, at: int) -> bool:
        """Whether a word of a claim is negated, possible, or a mere point in time ("بعد انتهاء")."""
        sets, kind = self.words.sets, self.kinds[at]
        before = [self._form(n) for n in unit.positions if at - _NEGATED <= n < at]
        if kind == "holding":
            return False
        if before and before[-1] in sets["apart"]:
            return True
        if any(form in sets["not_yet"] for form in before if not (kind in _PAST and form == "قد")):
            return True
        return kind not in ("will_begin", "will_end") and self._conditional(unit)

    def _conditional(self, unit: _Unit) -> bool:
        forms = [self._form(n) for n in unit.positions]
        if any(form in self.words.sets["if"] for form in forms):
            return True
        return any(one == "ان" and other == "لم" for one, other in zip(forms, forms[1:], strict=False))

    def _form(self, at: int) -> str:
        """The folded word without a leading و."""
        form = self.reading.tokens[at].form
        return form[1:] if form.startswith("و") and len(form) > 2 else form

    def _possible(self, unit: _Unit, at: int) -> bool:
        """Whether a day belongs to a verb that says only what may be: "قد تمتد حتى الخامس من أبريل"."""
        verbs = [n for n in unit.positions if at - _OBJECT <= n < at and n in self.kinds]
        return bool(verbs) and self.kinds[verbs[-1]] != "holding" and self._undone(unit, verbs[-1])

    def _cancelled_by_negation(self, unit: _Unit) -> bool:
        """ "لن يُعقد", without "بل" and another date after it."""
        tokens = self.reading.tokens
        for at in unit.positions:
            if self.kinds.get(at) == "holding" and tokens[at - 1].form == "لن" and not self._moved_instead(unit):
                return not self._conditional(unit)
        return False

    def _moved_instead(self, unit: _Unit) -> bool:
        """ "لن يُعقد غداً في نيروبي، بل في 10 يوليو"."""
        forms = [self.reading.tokens[n].form for n in unit.positions]
        return "لن" in forms and any(form in self.words.sets["instead"] for form in forms[forms.index("لن") :])

    def _negated_day(self, unit: _Unit, at: int) -> bool:
        """Whether a day is the one that does not hold, before "بل"."""
        if not self._moved_instead(unit):
            return False
        instead = max(n for n in unit.positions if self.reading.tokens[n].form in self.words.sets["instead"])
        return at < instead

    def _nearest_talk(self, at: int, anchors: Mapping[str, _Anchor]) -> str:
        return min(anchors, key=lambda talk: (max(at - anchors[talk][1], anchors[talk][0] - at), talk))

    # -- the record

    def _venue(self, unit: _Unit, talk: Talk, anchors: Mapping[str, _Anchor], positions: Sequence[int]) -> str | None:
        """The town in which the unit says that the talks are, near their name or day."""
        inside = set(unit.positions)
        of_others = {self.known[other].venue for other in anchors if other != talk.talk_id} - {talk.venue}
        places = [
            place
            for place in self.marked.venues
            if place.start in inside
            and place.target not in of_others
            and not self._negated_day(unit, place.start)
            and min(abs(place.start - n) for n in positions) <= _NEAR
        ]
        near = min(places, key=lambda place: min(abs(place.start - n) for n in reversed(positions)), default=None)
        return near.target if near is not None else None

    def _end_of(self, at: int, day: DateMention) -> int:
        tokens = self.reading.tokens
        end = at
        while end + 1 < len(tokens) and tokens[end + 1].end <= day.end:
            end += 1
        return end

    def _add(
        self,
        unit: _Unit,
        talk_id: str,
        first: int,
        last: int,
        starts: date | None,
        ends: date | None,
        venue: str | None,
        status: TalkStatus | None,
        delegation: tuple[str, ...],
    ) -> None:
        tokens = self.reading.tokens
        span = Span.of(self.article.body, tokens[first].start, tokens[last].end)
        claim = Claim(
            claim_id=content_id("claim", talk_id, self.article.article_id, span.start, span.end),
            talk_id=talk_id,
            article_id=self.article.article_id,
            source=self.article.source,
            origin=self.article.story_id,
            said_at=self.article.event_time,
            speaker=self._speaker(unit),
            starts=starts,
            ends=ends,
            venue=venue,
            delegation=delegation,
            status=status,
            evidence=span,
        )
        self.claims.append(claim)
        self.passed.append(Passed(taken=True, reason="claim", span=span, record_id=claim.claim_id, note=_told(claim)))

    def _speaker(self, unit: _Unit) -> str | None:
        if unit.utterance is None or not unit.utterance.speakers:
            return None
        voice = unit.utterance.speakers[0]
        return voice.party or voice.name

    def _delegation(self, unit: _Unit) -> tuple[str, ...]:
        leads = [n for n in unit.positions if self.kinds.get(n) == "leads"]
        return tuple(
            mention.target
            for mention in self.reading.mentions_in(*unit.range)
            if self.lexicon.kind_of(mention.target) is ActorKind.PERSON
            and any(abs(mention.start - at) <= _LEADS for at in leads)
        )

    def _pass(self, unit: _Unit, reason: str) -> None:
        span = Span.of(self.article.body, *self.reading.characters(*unit.range))
        self.passed.append(Passed(taken=False, reason=reason, span=span))


def marked_days(marked: MarkedArticle) -> list[tuple[int, DateMention]]:
    """The mentions of days, with the position of their first token."""
    return [(at, mention) for at, mention in marked.dates if mention.precision == "day"]


def _told(claim: Claim) -> str:
    parts = [claim.talk_id, claim.status or "", f"{claim.starts or ''}..{claim.ends or ''}", claim.venue or ""]
    return " ".join(part for part in parts if part)


def _overlap(talk: Talk, day: DateMention) -> bool:
    return talk.starts is not None and talk.starts <= day.ends and day.starts <= (talk.ends or talk.starts)
