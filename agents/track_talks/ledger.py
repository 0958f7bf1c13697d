"""The ledger of one talk: what its claims, taken together, say of it. Pure.

`read_claims` goes through the claims in the order in which they were said (not the one in which they were read), so
that two workers come to the same reading. A claim of a new date, a postponement, a cancellation or of something that
has happened supersedes what was said before; else what different voices say stands side by side, and is contested
where it cannot all be right. An outlet that corrects itself had said nothing else; a voice that denies a change, or
says that the plan holds, disputes the change if another made it, and takes it back if it was its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from schemas import Agreement, Claim, ClaimStance, Discrepancy, ScheduledTalk, Talk, TalkChange, TalkStatus

_AFTERMATH: Final = timedelta(days=1)  # what is said later of talks that were held is about others
_SAME_NEWS: Final = timedelta(days=1)
_ANOTHER: Final = timedelta(days=14)  # so long after them others are held by the same name
_EVE: Final = timedelta(days=1)
_CORRECTED: Final = timedelta(days=7)  # how long after an article its outlet may correct it
OPEN: Final = (TalkStatus.POSTPONED, TalkStatus.CANCELLED)  # the day that was known holds no longer
_PLAN_HOLDS: Final = (ClaimStance.CONFIRMS, ClaimStance.DENIES)
_EARLIEST: Final = datetime(1, 1, 1, tzinfo=UTC)
_MOST_DISCREPANCIES: Final = 10
_MOST_CLAIMS: Final = 60  # claims that a record carries

Dates = tuple[date | None, date | None]


def expected(talk: ScheduledTalk) -> Talk:
    """The watchlist's expectation as a first reading."""
    return Talk(
        talk_id=talk.id,
        title=talk.title,
        parties=talk.parties,
        starts=talk.starts,
        ends=talk.ends or talk.starts,
        venue=talk.venue,
    )


def grade(one: Dates, other: Dates) -> Agreement:
    """How the dates `one` stand to `other`. A claim of only the beginning or the end is compared in that only."""
    if not (one[0] and one[1] and other[0] and other[1]):
        if _is_until(one, other) or _is_until(other, one):
            return Agreement.SAME
        if _is_eve_of(one, other):
            return Agreement.WIDER
        apart = any(mine and its and mine != its for mine, its in zip(one, other, strict=True))
        apart = apart or bool(one[0] and other[1] and one[0] > other[1])
        apart = apart or bool(one[1] and other[0] and one[1] < other[0])
        return Agreement.INCOMPATIBLE if apart else Agreement.SAME
    if one == other:
        return Agreement.SAME
    if other[0] <= one[0] and one[1] <= other[1]:
        return Agreement.NARROWER
    return Agreement.WIDER if one[0] <= other[0] and other[1] <= one[1] else Agreement.INCOMPATIBLE


def _is_until(one: Dates, other: Dates) -> bool:
    """ "Until the 24th" of talks that are said to be on the 19th."""
    if one[0] is not None or one[1] is None or other[0] is None:
        return False
    return other[0] == other[1] and other[0] <= one[1]


def _is_eve_of(one: Dates, other: Dates) -> bool:
    """ "On the 9th and 10th" of talks that are said to begin on the 10th: they dine together on the eve."""
    if not (one[0] and one[1]) or other[0] is None or other[1] is not None:
        return False
    return one[0] + _EVE == one[1] == other[0]


def read_claims(talk: ScheduledTalk, claims: Iterable[Claim]) -> Talk:
    """The reading of a talk from all claims on it; without any, the watchlist's expectation."""
    ledger = _Ledger(expected(talk))
    ordered = sorted(claims, key=lambda claim: (claim.said_at or _EARLIEST, claim.article_id, claim.evidence.start))
    for claim in _as_corrected(ordered):
        ledger.add(claim)
    return ledger.reading(ordered)


def _as_corrected(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims in order, without the dates and venues that their own outlet corrected later."""
    for number, claim in enumerate(claims):
        wrong: dict[str, None] = {}
        for later in claims[number + 1 :]:
            if later.stance is ClaimStance.CORRECTS and _is_about(later, claim):
                if grade((later.starts, later.ends), (claim.starts, claim.ends)) is Agreement.INCOMPATIBLE:
                    wrong |= {"starts": None, "ends": None}
                if later.venue and claim.venue != later.venue:
                    wrong |= {"venue": None}
        yield claim.model_copy(update=wrong) if wrong else claim


def _is_about(correction: Claim, claim: Claim) -> bool:
    """Whether the outlet of a claim corrects it: soon, in its own name or with the same speaker."""
    if correction.source != claim.source or correction.article_id == claim.article_id:
        return False
    if correction.speaker and claim.speaker and correction.speaker != claim.speaker:
        return False
    return not (correction.said_at and claim.said_at) or correction.said_at - claim.said_at <= _CORRECTED


def changes(before: Talk, after: Talk) -> tuple[TalkChange, ...]:
    """What is different in `after`: dates, venue, status, contested."""
    pairs = (
        ("dates", _dates(before), _dates(after)),
        ("venue", before.venue, after.venue),
        ("status", str(before.status), str(after.status)),
        ("contested", str(before.contested).lower(), str(after.contested).lower()),
    )
    return tuple(TalkChange(field=name, before=old, after=new) for name, old, new in pairs if old != new)


def _dates(talk: Talk) -> str | None:
    if talk.starts is None:
        return None
    return str(talk.starts) if talk.ends in (None, talk.starts) else f"{talk.starts}/{talk.ends}"


@dataclass(slots=True)
class _Ledger:
    base: Talk
    starts: date | None = None
    ends: date | None = None
    venue: str | None = None
    status: TalkStatus = TalkStatus.SCHEDULED
    dated: list[Claim] = field(default_factory=list)  # claims of dates that nothing has superseded
    placed: list[Claim] = field(default_factory=list)  # and of venues
    given_up: list[Dates] = field(default_factory=list)  # dates that hold no longer
    told: bool = False  # whether any claim has said a date
    changed_by: Claim | None = None  # who moved, put off or called off the talks last
    denials: list[Claim] = field(default_factory=list)  # of a change that left no new day

    def __post_init__(self) -> None:
        self.starts, self.ends, self.venue = self.base.starts, self.base.ends, self.base.venue

    def add(self, claim: Claim) -> None:
        """Take a claim, said after all before it."""
        if self._comes_too_late(claim):
            return
        if claim.stance in _PLAN_HOLDS and claim.status is None:
            self._holds(claim)
        elif claim.status is TalkStatus.HELD:
            self._held(claim)
        elif claim.status is TalkStatus.RESCHEDULED:
            self._moved(claim)
        elif claim.status is TalkStatus.POSTPONED and self._is_known_move(claim):
            pass
        elif claim.status in (TalkStatus.CANCELLED, TalkStatus.POSTPONED):
            if self.status is not TalkStatus.HELD:
                self.status = claim.status
                self.given_up.append((self.starts, self.ends))
                self.dated, self.denials = [], []
                self.changed_by = claim
        elif claim.starts or claim.ends:
            self._said(claim)
        self._place(claim)

    def _holds(self, claim: Claim) -> None:
        """The plan is said to hold: nothing new, or it disputes a change, or takes the speaker's own back.

        Who says so in nobody's name may not have heard of the change; who denies it has.
        """
        dates = (claim.starts, claim.ends)
        change = self.changed_by
        unaware = claim.stance is ClaimStance.CONFIRMS and claim.speaker is None
        agrees = self.status not in OPEN and grade(dates, (self.starts, self.ends)) is not Agreement.INCOMPATIBLE
        of_the_town = claim.venue is not None and claim.stance is ClaimStance.DENIES
        if self.status is TalkStatus.HELD or of_the_town:
            return
        if change is None or unaware or (any(dates) and agrees):
            if any(dates):
                self._said(claim)
            return
        plan = dates if any(dates) else self.given_up[-1]
        if _same_voice(claim, change):
            self._takes_back(plan)
            self.dated, self.denials = [_on(claim, plan)], []
        elif self.status in OPEN:
            self.denials.append(claim)
        else:
            self.dated = [other for other in self.dated if not _same_voice(claim, other)] + [_on(claim, plan)]
            if _is_refuted(change, claim):
                self._takes_back(plan)

    def _takes_back(self, plan: Dates) -> None:
        """A change did not come about: the plan holds again."""
        self.given_up.append((self.starts, self.ends))
        self.starts, self.ends = plan[0] or self.starts, plan[1] or self.ends
        known = grade((self.base.starts, self.base.ends), plan) is not Agreement.INCOMPATIBLE
        self.status = TalkStatus.SCHEDULED if known else TalkStatus.RESCHEDULED
        self.changed_by = None

    def _is_known_move(self, claim: Claim) -> bool:
        """Whether a delay without a new day is the one that was told, with it, the day before."""
        if self.status is not TalkStatus.RESCHEDULED or not self.dated:
            return False
        moved, again, day = self.dated[-1].said_at, claim.said_at, self.dated[-1].starts
        if moved is None or again is None or (day is not None and day < again.date()):
            return False
        return again - moved <= _SAME_NEWS

    def _comes_too_late(self, claim: Claim) -> bool:
        if self.status is not TalkStatus.HELD or self.ends is None or claim.said_at is None:
            return False
        if claim.starts is None and self._goes_on_past_its_end(claim):
            return False  # "المحادثات تختتم غدا"
        over = (
            any(other.status is TalkStatus.HELD and other.ends for other in self.dated)
            or self.ends < claim.said_at.date()
        )
        if over and claim.status is TalkStatus.HELD:
            return claim.starts is not None and claim.starts > self.ends + _ANOTHER
        return over and claim.said_at.date() > self.ends + _AFTERMATH

    def _held(self, claim: Claim) -> None:
        """It has begun, or taken place: a fact, which ends every dispute about when it would."""
        begun, put_off = self.status is TalkStatus.HELD, self.status in OPEN
        inside = bool(claim.starts and claim.ends and self.starts and self.ends) and grade(
            (claim.starts, claim.ends), (self.starts, self.ends)
        ) in (Agreement.SAME, Agreement.NARROWER)
        if self.status is not TalkStatus.HELD and claim.starts is None and claim.ends is not None:
            self.starts = self._told_by_most(claim.ends) or self.starts
        self.status = TalkStatus.HELD
        self.denials, self.changed_by = [], None
        if claim.starts is None and claim.ends is None:
            return
        begins_later = bool(claim.starts and self.starts and self.starts < claim.starts)
        told_before = begun and begins_later and any(other.status is TalkStatus.HELD for other in self.dated)
        if claim.starts and not (told_before or (inside and (begun or begins_later))):  # a later session moves nothing
            self.starts = claim.starts
            self.ends = claim.ends or max(self.ends or claim.starts, claim.starts)
        if claim.ends and not inside:
            over = claim.said_at is not None and claim.ends <= claim.said_at.date()
            of_one_day = (
                claim.starts is None and over and self.starts == self.ends and not begun and (put_off or not self.told)
            )
            self.ends = claim.ends
            self.starts = claim.ends if of_one_day else min(self.starts or claim.ends, claim.ends)
        self.dated = [claim]
        self.told = True

    def _told_by_most(self, ends: date) -> date | None:
        """The first day that most voices have told of talks that have ended, where they differ."""
        told = [other.starts for other in self.dated if other.starts is not None and other.starts <= ends]
        most = Counter(told).most_common(2)
        return most[0][0] if len(most) > 1 and most[0][1] > most[1][1] else None

    def _moved(self, claim: Claim) -> None:
        """It is put off, brought forward or extended: what was said before holds no longer."""
        if self.status is not TalkStatus.HELD:
            self.status = TalkStatus.RESCHEDULED
        if claim.starts is None and claim.ends is None:
            return
        self.given_up.append((self.starts, self.ends))
        self.changed_by, self.denials = claim, []
        if claim.starts:
            length = (self.ends - self.starts) if self.starts and self.ends else timedelta(0)
            self.ends = claim.ends or claim.starts + length
            self.starts = claim.starts
        elif claim.ends:
            self.ends = claim.ends
            self.starts = min(self.starts or claim.ends, claim.ends)
        self.dated = [*(other for other in self.dated if self._stands_beside(other, claim)), claim]
        self.told = True

    def _stands_beside(self, other: Claim, move: Claim) -> bool:
        """Whether an article tells of one party's move and of the day to which another party holds."""
        parties = self.base.parties
        both = other.speaker in parties and move.speaker in parties and other.speaker != move.speaker
        return both and other.article_id == move.article_id and _lies_ahead(other)

    def _said(self, claim: Claim) -> None:
        """One more voice on the dates. Of talks that have begun only the end is still open."""
        dates = (claim.starts, claim.ends)
        if self.status is TalkStatus.HELD and claim.starts is not None:
            return
        if self._goes_on_past_its_end(claim):
            self.ends, self.dated = claim.ends, [claim]
            return
        if any(grade(dates, old) is Agreement.SAME for old in self.given_up) and (
            self.status in OPEN or grade(dates, (self.starts, self.ends)) is Agreement.INCOMPATIBLE
        ):
            change = self.changed_by
            mine = change is not None and claim.speaker is not None and _same_voice(claim, change)
            if mine and _lies_ahead(claim):
                self._takes_back(dates)
                self.dated, self.denials = [claim], []
            return  # else it has not heard of the change yet
        rivals = [other for other in self.dated if grade(dates, (other.starts, other.ends)) is Agreement.INCOMPATIBLE]
        if not (self.told and rivals):
            self._adopt(claim, against_expectation=True)
            return
        if self._has_passed(claim):
            self._moved(claim)
            return
        own = [other for other in rivals if _same_voice(claim, other)]
        known = grade(dates, (self.starts, self.ends)) is Agreement.SAME  # who comes back to the plan moves nothing
        if own and len(own) == len(rivals) and not known:
            self._moved(claim)
            return
        self.dated = [other for other in self.dated if other not in own] + [claim]

    def _goes_on_past_its_end(self, claim: Claim) -> bool:
        """Whether the day on which they were to end has gone by, and they are to end on a later one."""
        known = self.ends or self.starts
        if self.status is not TalkStatus.HELD or claim.said_at is None or known is None or claim.ends is None:
            return False
        return known < claim.said_at.date() <= claim.ends

    def _has_passed(self, claim: Claim) -> bool:
        """Whether the day that was known went by without the talks, and a new one is told."""
        if claim.said_at is None or claim.starts is None or self.ends is None or self.status is TalkStatus.HELD:
            return False
        said = claim.said_at.date()
        return self.ends < said and claim.starts >= said

    def _adopt(self, claim: Claim, *, against_expectation: bool = False) -> None:
        dates = (claim.starts, claim.ends)
        agreement = grade(dates, (self.starts, self.ends))
        if agreement is Agreement.WIDER or (against_expectation and agreement is Agreement.INCOMPATIBLE):
            self.starts = claim.starts or self.starts
            self.ends = claim.ends or max(self.ends or self.starts or date.min, self.starts or date.min)
            if claim.ends and self.starts and self.starts > claim.ends:
                self.starts = claim.ends
        elif agreement is not Agreement.NARROWER:
            self.starts, self.ends = claim.starts or self.starts, claim.ends or self.ends
        if self.status in OPEN and grade(dates, (self.base.starts, self.base.ends)) is Agreement.INCOMPATIBLE:
            self.status = TalkStatus.RESCHEDULED
            self.denials = []
        self.dated.append(claim)
        self.told = True

    def _place(self, claim: Claim) -> None:
        if claim.venue is None:
            return
        rivals = [other for other in self.placed if other.venue != claim.venue]
        supersedes = claim.status in (TalkStatus.HELD, TalkStatus.RESCHEDULED) or not self.placed
        if supersedes or (rivals and all(_same_voice(claim, other) for other in rivals)):
            self.placed = [claim]
            self.venue = claim.venue
            return
        self.placed.append(claim)
        if rivals and self._refutes(claim, rivals):
            self.venue = claim.venue

    def _refutes(self, denial: Claim, rivals: Sequence[Claim]) -> bool:
        """Whether a party denies another town of which only others have told."""
        parties = self.base.parties
        told = any(other.speaker in parties for other in rivals)
        return denial.stance is ClaimStance.DENIES and denial.speaker in parties and not told

    def reading(self, claims: Sequence[Claim]) -> Talk:
        """The record: the reading, its claims, and where they differ."""
        kept = self._kept(claims)
        names = {claim.claim_id for claim in kept}
        dated, placed, denials = (
            [claim for claim in group if claim.claim_id in names] for group in (self.dated, self.placed, self.denials)
        )
        discrepancies = [
            *_denied(self.changed_by, denials),
            *_differences("dates", dated),
            *_differences("venue", placed),
        ]
        contested = any(item.agreement is Agreement.INCOMPATIBLE for item in discrepancies)
        return self.base.model_copy(
            update={
                "status": self.status,
                "starts": self.starts,
                "ends": self.ends,
                "venue": self.venue,
                "contested": contested,
                "claims": tuple(kept),
                "discrepancies": tuple(discrepancies[:_MOST_DISCREPANCIES]),
            }
        )

    def _kept(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims that the record carries. Left out are, from the oldest on, those that bear on nothing any more,
        then those that say what an earlier one says, then whatever is oldest.
        """
        bearing = {claim.claim_id for claim in (*self.dated, *self.placed, *self.denials)}
        said: set[object] = set()
        again: set[str] = set()
        for claim in claims:
            what = (claim.starts, claim.ends, claim.venue, claim.status, claim.stance)
            if what in said:
                again.add(claim.claim_id)
            said.add(what)

        def worth(claim: Claim) -> int:
            if claim.status is None and claim.stance is None and claim.claim_id not in bearing:
                return 0
            return 1 if claim.claim_id in again else 2

        spare = sorted(claims, key=worth)[: max(0, len(claims) - _MOST_CLAIMS)]
        left_out = {claim.claim_id for claim in spare}
        return [claim for claim in claims if claim.claim_id not in left_out]


def _lies_ahead(claim: Claim) -> bool:
    """Whether the day was still to come when it was said: a plan, and no story of one."""
    return claim.said_at is None or claim.starts is None or claim.starts >= claim.said_at.date()


def _is_refuted(change: Claim, denial: Claim) -> bool:
    """Whether who denies a change knows better: an outlet told it on its own, or an article tells it to be denied."""
    if denial.stance is not ClaimStance.DENIES or denial.speaker is None:
        return False
    return change.speaker is None or change.article_id == denial.article_id


def _on(claim: Claim, dates: Dates) -> Claim:
    return claim.model_copy(update={"starts": dates[0], "ends": dates[1]})


def _same_voice(one: Claim, other: Claim) -> bool:
    """Whether the same side says both, or the same outlet on its own."""
    if one.speaker or other.speaker:
        return one.speaker == other.speaker
    return one.source == other.source


def _denied(change: Claim | None, denials: Sequence[Claim]) -> list[Discrepancy]:
    """A postponement or cancellation against those who deny it."""
    if change is None:
        return []
    return [
        Discrepancy(
            field="dates",
            agreement=Agreement.INCOMPATIBLE,
            claims=(change.claim_id, denial.claim_id),
            note=f"{change.status} against {denial.stance}",
        )
        for denial in denials
    ]


def _differences(name: str, claims: Sequence[Claim]) -> list[Discrepancy]:
    found: list[Discrepancy] = []
    for number, one in enumerate(claims):
        for other in claims[number + 1 :]:
            if name == "venue":
                agreement = Agreement.SAME if one.venue == other.venue else Agreement.INCOMPATIBLE
                note = f"{one.venue} against {other.venue}"
            else:
                agreement = grade((other.starts, other.ends), (one.starts, one.ends))
                if _is_eve_of((one.starts, one.ends), (other.starts, other.ends)) or (
                    agreement is Agreement.INCOMPATIBLE and any(_covers(third, one, other) for third in claims)
                ):
                    agreement = Agreement.NARROWER
                note = f"{_said_dates(other)} against {_said_dates(one)}"
            if agreement is not Agreement.SAME:
                found.append(
                    Discrepancy(field=name, agreement=agreement, claims=(one.claim_id, other.claim_id), note=note)
                )
    return sorted(found, key=lambda item: item.agreement is not Agreement.INCOMPATIBLE)


def _covers(claim: Claim, one: Claim, other: Claim) -> bool:
    """Whether talks that two voices put on different days are said to be on both: "on the 9th and 10th"."""
    dates = (claim.starts, claim.ends)
    within = (Agreement.SAME, Agreement.NARROWER)
    return all(dates) and all(grade((each.starts, each.ends), dates) in within for each in (one, other))


def _said_dates(claim: Claim) -> str:
    if claim.starts == claim.ends:
        return str(claim.starts)
    return f"{claim.starts or ''}..{claim.ends or ''}"
