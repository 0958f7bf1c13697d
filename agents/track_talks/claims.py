"""What an article claims of scheduled talks: dates, venue, status, who leads. Pure.

In a unit (what somebody says, or the narration around it) every day is given to the talks that it fits best, and the
verb beside it tells what it is a day of: the beginning, the end, a new date. Days of history, threats, demands and
what somebody denies claim nothing; but who denies a change, or says that the plan holds, takes a stance on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from agents.knowledge import Knowledge
from agents.language.dates import DateMention
from agents.language.punctuation import QUESTION
from agents.reading import Reading
from agents.talks import MarkedArticle
from agents.track_talks.anchors import Anchor, Anchors, overlap
from agents.track_talks.days import GOES_ON, HAPPENED, MOVES, days_of, last_token, range_of, shifted
from agents.track_talks.ledger import OPEN
from agents.track_talks.objects import is_of_something_else
from agents.track_talks.places import delegation, level, venue_claimed
from agents.track_talks.scene import Scene, is_beside, is_from_to
from agents.track_talks.status import may_be_held, status_of, took_place
from agents.track_talks.units import CHANGES, Unit, is_correction, units
from schemas import Article, Claim, ClaimStance, Passed, Span, Talk, TalkStatus, content_id, surroundings

_SUBJECT: Final = 4  # tokens from "ألغى" to who has done it
_PLAN: Final = 10  # tokens between "كان مقرراً" and the day that it speaks of
_PAUSE: Final = timedelta(days=7)
_CHANGED: Final = (*OPEN, TalkStatus.RESCHEDULED)


def find_claims(
    article: Article, reading: Reading, marked: MarkedArticle, known: Mapping[str, Talk], knowledge: Knowledge
) -> tuple[list[Claim], list[Passed]]:
    """The claims of the article's fresh sentences, in order, and what was passed over with the reason.

    `known` is the ledger's reading of every talk so far.
    """
    reader = _ClaimReader(Scene(article, reading, marked, known, knowledge))
    marks = knowledge.claim_words.marks(reading.tokens)
    reader.corrects = is_correction(article, reading, knowledge.claim_words, marks)
    for unit in units(article, reading, knowledge.claim_words, marks):
        reader.read(unit)
    return reader.claims, reader.passed


class _ClaimReader:
    """Reads the units of one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.article, self.reading = scene.article, scene.reading
        self._text_id = scene.article.text_id  # a hash of the whole body
        self.anchors = Anchors(scene.reading, scene.marked, scene.known, scene.lexicon, scene.named)
        self.claims: list[Claim] = []
        self.passed: list[Passed] = []
        self.corrects = False

    def read(self, unit: Unit) -> None:
        """Add the claims of a unit."""
        days = [(at, day) for at, day in self.scene.days if at in unit.inside and not self._spans_several(day)]
        days = [
            day
            for at, mention in days
            if not self._is_of_something_else(unit, at)
            for day in self._old_and_new(unit, at, mention)
        ]
        if unit.counts_several and len(days) > 1:
            days = [day for day in days if self._is_known(day[1])]
        anchors = self.anchors.of(unit, days)
        anchors = {
            talk_id: anchor
            for talk_id, anchor in anchors.items()
            if anchor.named or not (unit.prints_an_interview or _lies_beside(unit, anchor))
        }
        anchors = self._planned_before(unit, anchors, days) or anchors
        if not anchors:
            return
        if unit.utterance is not None and unit.utterance.denies and unit.denied_change is None:
            self._pass(unit, "denied")
            return
        if not days and self._asks(unit):
            self._pass(unit, "asked")
            return
        if unit.denied_change is not None and not any(anchor.named for anchor in anchors.values()):
            changed = [claim.talk_id for claim in self.claims if claim.status in _CHANGED]
            anchors = {changed[-1]: next(iter(anchors.values()))} if changed else anchors
            parties = {talk_id: set(self.scene.known[talk_id].parties) for talk_id in anchors}
            anchors = {talk_id: at for talk_id, at in anchors.items() if not unit.voices - parties[talk_id]}
        for talk_id in anchors:
            self._claim(unit, talk_id, anchors, days)

    def _asks(self, unit: Unit) -> bool:
        """ "هل هناك موعد جديد؟"."""
        end = self.reading.sentences[unit.sentence].end
        return any(token.text in QUESTION for token in self.reading.tokens[end - 1 : end + 1])

    def _of_others(
        self, unit: Unit, talk: Talk, anchor: Anchor, status: TalkStatus | None, told: date | None
    ) -> str | None:
        """Why what has become of talks is told of others or before, if it is. `told`: the day that they were held."""
        if self._was_said_before(unit, talk.talk_id):
            return "was said before the change"
        if status is TalkStatus.HELD and not may_be_held(self.scene, talk, told):
            return "tells of other talks: these lie ahead"
        left = told is not None and talk.starts is not None and talk.starts <= told <= (talk.ends or talk.starts)
        put_off = talk.talk_id in self.scene.put_off or (talk.status in OPEN and left)
        if status is TalkStatus.HELD and not anchor.named and put_off:
            return "tells of something else: the talks were put off"
        extended = any(kind.startswith("extended") for kind in unit.claims.values())
        if status in _CHANGED and not (anchor.named or extended) and self._was_held(talk):
            return "tells of other talks: these were held"
        return None

    def _is_adjourned(
        self, unit: Unit, talk: Talk, verbs: Mapping[int, str], mentions: Sequence[tuple[int, DateMention]]
    ) -> bool:
        """Whether talks that have begun go on after a pause: "علقت المفاوضات الاثنين، على أن تستأنف الأربعاء"."""
        stopped = next((at for at, kind in verbs.items() if kind == "suspended"), None)
        today, words = self.scene.today, unit.words.sets
        under_way = talk.starts is not None and talk.starts <= today <= (talk.ends or talk.starts)
        if stopped is None or not (under_way or self._was_held(talk)):
            return False
        again = (at for at, day in mentions if at > stopped and today <= day.starts <= today + _PAUSE)
        return any(
            unit.form(n) in words["go_on"] or unit.form(n) in words["to"] for at in again for n in range(at - 2, at)
        )

    def _has_ended(self, talk_id: str) -> bool:
        """Whether the article has told when the talks ended."""
        return any(c.talk_id == talk_id and c.status is TalkStatus.HELD and c.ends for c in self.claims)

    def _was_held(self, talk: Talk) -> bool:
        held = talk.status is TalkStatus.HELD
        return held or any(c.talk_id == talk.talk_id and c.status is TalkStatus.HELD for c in self.claims)

    def _planned_before(
        self, unit: Unit, anchors: Mapping[str, Anchor], days: Sequence[tuple[int, DateMention]]
    ) -> dict[str, Anchor]:
        """Of talks that are moved "from the 6th to the 11th", those that were to be on the 6th."""
        if not CHANGES & set(unit.claims.values()):
            return {}
        left = {mention.starts for at, mention in days if is_from_to(self.scene, unit, at, mention)}
        known = self.scene.known
        first = {talk.id: talk.starts for talk in self.scene.lexicon.watchlist.talks}
        return {
            talk_id: anchor
            for talk_id, anchor in anchors.items()
            if left & {first[talk_id], known[talk_id].starts, *(claim.starts for claim in known[talk_id].claims)}
        }

    def _is_of_something_else(self, unit: Unit, at: int) -> bool:
        """Whether the verb before a day puts off, or calls off, what is no talks: "علق الخميس مشاركته"."""
        before = [n for n in unit.positions if at - _PLAN <= n < at and n in unit.marks]
        return bool(before) and is_of_something_else(self.scene, unit, before[-1])

    def _is_of_another_day(self, unit: Unit, talk: Talk, at: int) -> bool:
        """Whether a change is of the date that follows, which is none of the talks: "سقط موعد 24 نوفمبر"."""
        if unit.claims[at] not in CHANGES:
            return False
        last = next(n for n in range(at, unit.range[1] + 1) if unit.claims.get(n + 1) != unit.claims[at])
        if unit.form(last) not in unit.words.sets["a_date"]:
            return False
        day = next((mention for n, mention in self.scene.days if n == last + 1), None)
        return (
            day is not None and not overlap(talk, day) and not overlap(self.scene.marked.known.talks[talk.talk_id], day)
        )

    def _is_left(self, unit: Unit, at: int, mention: DateMention) -> bool:
        """Whether talks are moved from a day to one that is not said: "تأجلت من 20 مايو إلى موعد لاحق"."""
        words, tokens = unit.words.sets, self.reading.tokens
        since = at > 1 and tokens[at - 2].form in words["as_of"]
        return mention.shape == "single" and tokens[at - 1].form in words["from"] and not since

    def _old_and_new(self, unit: Unit, at: int, mention: DateMention) -> list[tuple[int, DateMention]]:
        """A range that is none, but the day of a plan and the new one: "أرجئت القمة المقررة غدا إلى الثلاثاء"."""
        tokens = self.reading.tokens
        last = [n for n in unit.positions if n > at and tokens[n].end < mention.end]
        to = next((n for n in last if tokens[n].form in unit.words.sets["to"]), None)
        if mention.shape != "range" or to is None or not (MOVES & set(unit.claims.values()) and unit.is_a_plan(at)):
            return [(at, mention)]
        old = replace(mention, end=tokens[to - 1].end, ends=mention.starts, shape="single")
        return [(at, old), (to + 1, replace(mention, start=tokens[to + 1].start, starts=mention.ends, shape="single"))]

    def _is_known(self, mention: DateMention) -> bool:
        """Whether talks are known to be on a day, as they are now or as they were expected."""
        known, planned = self.scene.known.values(), self.scene.lexicon.watchlist.talks
        return any(overlap(talk, mention) for talk in known) or any(overlap(talk, mention) for talk in planned)

    def _spans_several(self, mention: DateMention) -> bool:
        """Whether so many days hold several talks, one after the other: "انعقدت الاجتماعات الثلاثة بين 10 و13"."""
        if mention.starts == mention.ends:
            return False
        inside = {
            (talk.starts, talk.ends)
            for talk in self.scene.known.values()
            if talk.starts and mention.starts <= talk.starts and (talk.ends or talk.starts) <= mention.ends
        }
        return len(inside) > 1 and (mention.starts, mention.ends) not in inside

    def _current(
        self,
        unit: Unit,
        talk: Talk,
        anchor: Anchor,
        verbs: Mapping[int, str],
        mentions: Sequence[tuple[int, DateMention]],
    ) -> tuple[Sequence[tuple[int, DateMention]], bool]:
        """The days of the unit that may be those of the talks from now on, and whether instead of a plan."""
        current, replaced = _without_old_plan(unit, mentions)
        denies = unit.utterance is not None and unit.utterance.denies
        none = self.reading.tokens[max(0, anchor.first - 1)].form in unit.words.sets["none"]
        if unit.not_to_be is not None or unit.fell_through is not None or denies or none:
            current = ()  # the day that it names is the one on which it is not
        if unit.proposes and (talk.status in OPEN or talk.talk_id in self.scene.put_off):
            current = ()
        if any(unit.marks[at] in CHANGES for at in verbs):
            current = [day for day in current if not (MOVES & set(verbs.values()) and self._is_left(unit, *day))]
            new = [(at, mention) for at, mention in current if not overlap(talk, mention)]
            replaced = replaced or (0 < len(new) < len(current) and bool(MOVES & set(verbs.values())))
            current = new or [day for day in current if not unit.is_a_plan(day[0])]
        return current, replaced

    def _claim(
        self, unit: Unit, talk_id: str, anchors: Mapping[str, Anchor], mentions: Sequence[tuple[int, DateMention]]
    ) -> None:
        talk, anchor = self.scene.known[talk_id], anchors[talk_id]
        verbs = {
            at: kind
            for at, kind in unit.claims.items()
            if _nearest(at, anchors) == talk_id
            and not is_beside(unit, anchor, at)
            and not unit.is_past_change(at)
            and not is_of_something_else(self.scene, unit, at)
            and not self._is_of_another_day(unit, talk, at)
        }
        if self._is_adjourned(unit, talk, verbs, mentions):
            self._pass(unit, "adjourned until a day that is named")
            return
        current, replaced = self._current(unit, talk, anchor, verbs, mentions)
        days = days_of(self.scene, unit, talk, anchors, current, verbs=verbs, instead=replaced)
        status, told_at = status_of(self.scene, unit, talk, anchor, days, verbs=verbs)
        relocated = status is TalkStatus.RESCHEDULED and "relocated" in verbs.values()
        moved = unit.instead is not None or replaced or relocated or status is TalkStatus.POSTPONED
        starts, ends = range_of(self.scene, unit, talk, days, verbs, moved=moved, held=status is TalkStatus.HELD)
        if told_at is not None and starts is None and ends is None:
            starts, ends = shifted(self.scene, unit, talk, told_at, moved=moved)
        if starts is not None and moved and status is not TalkStatus.HELD:
            status = TalkStatus.RESCHEDULED
        if status is TalkStatus.HELD and any(day.verb in GOES_ON for day in days) and talk.ends and ends:
            ends = max(ends, talk.ends)
        if status is TalkStatus.HELD and not days and self._has_ended(talk_id):
            starts = ends = None  # "انتهت إلى اتفاق": when was told before
        if status is None and took_place(self.scene, unit, talk, anchor, days):
            status = TalkStatus.HELD
        told = starts if "began" in verbs.values() and "ended" not in verbs.values() else starts or ends
        reason = self._of_others(unit, talk, anchor, status, told)
        if reason is not None:
            self._pass(unit, reason)
            return
        led_by = delegation(self.scene, unit) if len(anchors) == 1 else ()
        stance = self._stance(unit) if status is None else None
        positions = [anchor.first, anchor.last, *(day.at for day in days), *([told_at] if told_at is not None else [])]
        positions += unit.changes if stance is ClaimStance.DENIES else ()
        venue = venue_claimed(self.scene, unit, talk, anchors, [day.at for day in days] or positions)
        if stance is None and status is None and venue and self.anchors.denies_other_towns(unit):
            stance = ClaimStance.DENIES
        if not (starts or ends or status or led_by or stance or (venue and self.anchors.sets_a_town_right(unit))):
            return
        last = max((last_token(self.scene, day) for day in days), default=anchor.last)
        tokens = self.reading.tokens
        span = Span.of(self.article.body, tokens[min(positions)].start, tokens[max(last, *positions)].end)
        before, after = surroundings(self.article.body, span)
        claim = Claim(
            claim_id=content_id("claim", talk_id, self._text_id, span.start, span.end),
            talk_id=talk_id,
            article_id=self.article.article_id,
            source=self.article.source,
            url=self.article.url,
            origin=self.article.story_id,
            said_at=self.article.event_time,
            speaker=_speaker(unit) or (self._doer(unit, talk, told_at) if status in OPEN else None),
            starts=starts,
            ends=ends,
            venue=venue,
            level=level(self.scene, unit),
            delegation=led_by,
            status=status,
            stance=stance,
            evidence=span,
            context_before=before,
            context_after=after,
        )
        self.claims.append(claim)
        if status in OPEN:
            self.scene.put_off.add(talk_id)
        self.passed.append(Passed(taken=True, reason="claim", span=span, record_id=claim.claim_id, note=_told(claim)))

    def _was_said_before(self, unit: Unit, talk_id: str) -> bool:
        """Whether it had been said before the article's change of the talks: "وكان قد أكد أنها ستعقد في موعدها"."""
        if unit.utterance is None or not any(c.talk_id == talk_id and c.status in _CHANGED for c in self.claims):
            return False
        sets, cue = unit.words.sets, unit.utterance.cue[0]
        lead = [unit.form(n) for n in range(self.reading.sentences[unit.sentence].start, cue)]
        return bool(lead) and lead[-1] in sets["has"] and not sets["was"].isdisjoint(lead)

    def _doer(self, unit: Unit, talk: Talk, at: int | None) -> str | None:
        """The party that is told to put off or call off talks itself: "ألغى الحداد القمة"."""
        if at is None or unit.utterance is not None or unit.marks[at].endswith("_noun"):
            return None
        behind = self.reading.mentions_in(at + 1, min(at + 1 + _SUBJECT, unit.range[1]))
        doer = next((self.scene.lexicon.party_of(mention.target) for mention in behind), None)
        return doer if doer in talk.parties else None

    def _stance(self, unit: Unit) -> ClaimStance | None:
        """How the unit stands to what was told before."""
        if unit.denied_change is not None:
            return ClaimStance.DENIES
        if self.corrects:
            return ClaimStance.CORRECTS
        return ClaimStance.CONFIRMS if unit.confirms else None

    def _pass(self, unit: Unit, reason: str) -> None:
        span = Span.of(self.article.body, *self.reading.characters(*unit.range))
        self.passed.append(Passed(taken=False, reason=reason, span=span))


def _without_old_plan(
    unit: Unit, mentions: Sequence[tuple[int, DateMention]]
) -> tuple[Sequence[tuple[int, DateMention]], bool]:
    """The days without the one that was planned before, and whether there is another instead of it.

    A plan that is told with nothing instead of it claims no day, but where something has happened on it.
    """
    plan = unit.planned_before
    if plan is None:
        return mentions, False
    old = next((at for at, _ in mentions if plan < at <= plan + _PLAN), None)
    rest = [(at, mention) for at, mention in mentions if at != old]
    if old is None or (not rest and HAPPENED & set(unit.claims.values())):
        return mentions, False
    return rest, bool(rest)


def _lies_beside(unit: Unit, anchor: Anchor) -> bool:
    """Whether what tells of talks is said of another event, and is not the word for that event."""
    return any(event < anchor.first for event in unit.beside)


def _nearest(at: int, anchors: Mapping[str, Anchor]) -> str:
    return min(anchors, key=lambda talk: (anchors[talk].distance(at), talk))


def _speaker(unit: Unit) -> str | None:
    if unit.utterance is None or not unit.utterance.speakers:
        return None
    voice = unit.utterance.speakers[0]
    return voice.party or voice.name


def _told(claim: Claim) -> str:
    dates = f"{claim.starts or ''}..{claim.ends or ''}" if claim.starts != claim.ends else str(claim.starts or "")
    return " ".join(part for part in (claim.talk_id, claim.status, dates, claim.venue) if part)
