"""What an article claims of scheduled talks: dates, venue, status, who leads. Pure.

In a unit (what somebody says, or the narration around it) every day is given to the talks that it fits best, and the
verb beside it tells what it is a day of: the beginning, the end, a new date. Days of history, threats, demands and
what somebody denies claim nothing; but who denies a change, or says that the plan holds, takes a stance on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.knowledge import Knowledge
from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.names import AND
from agents.reading import Reading
from agents.talks import MarkedArticle
from agents.track_talks.anchors import NEAR, NO_MARK, Anchor, Anchors, gap_to, overlap
from agents.track_talks.units import CHANGES, Unit, is_correction, units
from schemas import ActorKind, Article, Claim, ClaimStance, Passed, Span, Talk, TalkStatus, content_id, surroundings

_LASTS: Final = 3  # tokens from "سيدوم من" on
_VERB: Final = 14  # tokens between a verb and the day that it belongs to: "وقّع ممثلو الجيش … في جدة، مساء أمس"
_TOLD_OF: Final = 8  # tokens between a meeting without a name and the day on which it is
_OBJECT: Final = 4  # tokens between "تأجيل" and the talks that are put off
_LEADS: Final = 12  # tokens between "will head" and who does
_CHANGE: Final = 10  # tokens between "تأجيل" and the day to which talks are put off
_BESIDE: Final = 2  # tokens between the name of talks and the day by which they are called: "مكالمة مساء الخميس"
_FLASH: Final = 12  # words of a message that has no verb
_DENIED: Final = 5  # tokens between "لن تعقد" and the day on which they are not
_PLAN: Final = 10  # tokens between "كان مقرراً" and the day that it speaks of
_BEFORE_TIME: Final = timedelta(days=1)  # talks may begin so much before their known day without a word of a move
_FAR: Final = timedelta(days=10)  # a day so far from the known ones needs the talks' name
_GONE: Final = timedelta(days=4)  # after their day talks of which nothing was told have not been held
_PLAUSIBLE: Final = timedelta(days=45)  # a day farther from all that is known of the talks is of something else
# A name and a day after it make 2.5, a verb or a known date 1 and 2 more; a day that is past and told as nothing, -3.
_ENOUGH: Final = 2.0
_HAPPENED: Final = frozenset(["began", "began_noun", "ended", "ended_noun", "held", "signed", "resumed", "goes_on"])
_MOVES: Final = frozenset(["moved", "moved_noun", "relocated"])
_GOES_ON: Final = ("resumed", "goes_on")
_ENDS: Final = frozenset(["ended", "ended_noun", "will_end", "extended", "extended_noun", "will_extend"])
_BEGINS: Final = frozenset(["began", "began_noun", "will_begin"])
_AHEAD: Final = frozenset(["holding", "will_begin", "will_end"])
_STATUS: Final = {  # the first that a unit holds counts
    "moved": TalkStatus.POSTPONED,
    "cancelled": TalkStatus.CANCELLED,
    "relocated": TalkStatus.RESCHEDULED,
    "suspended": TalkStatus.POSTPONED,
    "ended": TalkStatus.HELD,
    "signed": TalkStatus.HELD,
    "extended": TalkStatus.RESCHEDULED,
    "began": TalkStatus.HELD,
    "held": TalkStatus.HELD,
    "goes_on": TalkStatus.HELD,
    "resumed": TalkStatus.RESCHEDULED,
}
_OPEN: Final = (TalkStatus.POSTPONED, TalkStatus.CANCELLED)  # then any day may be the new one
_TOLD_BY_DAY: Final = ("held", "goes_on", "signed")  # of talks that are not named, only where their day is,
_TOLD_BY_WORD: Final = ("began", "ended")  # or where a word says that it is of talks
_CHANGED: Final = (*_OPEN, TalkStatus.RESCHEDULED)
_ORDER: Final = tuple(_STATUS)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that a unit gives for talks, at a token position, with the kind of verb that it belongs to."""

    at: int
    mention: DateMention
    verb: str | None
    ahead: bool = False  # whether a verb of what is to come stands before it: "ستنعقد اليوم"
    new: bool = False  # whether talks are moved to it: "أرجئ إلى الثالث من يونيو"


def find_claims(
    article: Article, reading: Reading, marked: MarkedArticle, known: Mapping[str, Talk], knowledge: Knowledge
) -> tuple[list[Claim], list[Passed]]:
    """The claims of the article's fresh sentences, in order, and what was passed over with the reason.

    `known` is the ledger's reading of every talk so far.
    """
    reader = _ClaimReader(article, reading, marked, known, knowledge)
    marks = knowledge.claim_words.marks(reading.tokens)
    reader.corrects = is_correction(article, reading, knowledge.claim_words, marks)
    for unit in units(article, reading, knowledge.claim_words, marks):
        reader.read(unit)
    return reader.claims, reader.passed


class _ClaimReader:
    """Reads the units of one article."""

    def __init__(
        self, article: Article, reading: Reading, marked: MarkedArticle, known: Mapping[str, Talk], lexicon: Lexicon
    ) -> None:
        self.article, self.reading, self.marked = article, reading, marked
        self.known, self.lexicon = known, lexicon
        self.today = marked.today
        self.days = [(at, mention) for at, mention in marked.dates if mention.precision == "day"]
        self.named = frozenset(at for name in marked.names for at in range(name.start, name.end))
        self.anchors = Anchors(reading, marked, known, lexicon, self.named)
        self.claims: list[Claim] = []
        self.passed: list[Passed] = []
        self.put_off: set[str] = set()  # the talks that the article has said to be put off or called off
        self.corrects = False

    def read(self, unit: Unit) -> None:
        """Add the claims of a unit."""
        inside = set(unit.positions)
        days = [(at, mention) for at, mention in self.days if at in inside and not self._spans_several(mention)]
        anchors = self.anchors.of(unit, days)
        anchors = {id_: anchor for id_, anchor in anchors.items() if anchor.named or not _lies_beside(unit, anchor)}
        anchors = self._planned_before(unit, anchors, days) or anchors
        if not anchors:
            return
        if unit.utterance is not None and unit.utterance.denies and unit.denied_change is None:
            self._pass(unit, "denied")
            return
        if unit.denied_change is not None and not any(anchor.named for anchor in anchors.values()):
            changed = [claim.talk_id for claim in self.claims if claim.status in _CHANGED]
            anchors = {changed[-1]: next(iter(anchors.values()))} if changed else anchors
        for talk_id in anchors:
            self._claim(unit, talk_id, anchors, days)

    def _planned_before(
        self, unit: Unit, anchors: Mapping[str, Anchor], days: Sequence[tuple[int, DateMention]]
    ) -> dict[str, Anchor]:
        """Of talks that are moved "from the 6th to the 11th", those that were to be on the 6th."""
        if not CHANGES & set(unit.claims.values()):
            return {}
        left = {mention.starts for at, mention in days if self._is_from_to(unit, at, mention)}
        first = {talk.id: talk.starts for talk in self.lexicon.watchlist.talks}
        return {
            talk_id: anchor
            for talk_id, anchor in anchors.items()
            if left & {first[talk_id], self.known[talk_id].starts, *(c.starts for c in self.known[talk_id].claims)}
        }

    def _spans_several(self, mention: DateMention) -> bool:
        """Whether so many days hold several talks, one after the other: "انعقدت الاجتماعات الثلاثة بين 10 و13"."""
        if mention.starts == mention.ends:
            return False
        inside = {
            (talk.starts, talk.ends)
            for talk in self.known.values()
            if talk.starts and mention.starts <= talk.starts and (talk.ends or talk.starts) <= mention.ends
        }
        return len(inside) > 1 and (mention.starts, mention.ends) not in inside

    def _claim(
        self, unit: Unit, talk_id: str, anchors: Mapping[str, Anchor], mentions: Sequence[tuple[int, DateMention]]
    ) -> None:
        talk, anchor = self.known[talk_id], anchors[talk_id]
        verbs = {
            at: kind
            for at, kind in unit.claims.items()
            if _nearest(at, anchors) == talk_id and not _is_beside(unit, anchor, at) and not unit.is_past_change(at)
        }
        current, replaced = _without_old_plan(unit, mentions)
        denies = unit.utterance is not None and unit.utterance.denies
        none = self.reading.tokens[max(0, anchor.first - 1)].form in unit.words.sets["none"]
        if unit.not_to_be is not None or unit.fell_through is not None or denies or none:
            current = ()  # the day that it names is the one on which it is not
        if unit.proposes and (talk.status in _OPEN or talk_id in self.put_off):
            current = ()
        if any(unit.marks[at] in CHANGES for at in verbs):
            new = [(at, mention) for at, mention in current if not overlap(talk, mention)]
            replaced = replaced or (0 < len(new) < len(current) and bool(_MOVES & set(verbs.values())))
            current = new or current
        days = self._days(unit, talk, anchors, current, verbs, instead=replaced)
        status, told_at = self._status(unit, talk, anchor, verbs, days)
        relocated = status is TalkStatus.RESCHEDULED and "relocated" in verbs.values()
        moved = unit.instead is not None or replaced or relocated or status is TalkStatus.POSTPONED
        starts, ends = self._range(unit, days, verbs, moved=moved, held=status is TalkStatus.HELD)
        if told_at is not None and starts is None and ends is None:
            starts, ends = self._shifted(unit, talk, told_at, moved=moved)
        if starts is not None and moved and status is not TalkStatus.HELD:
            status = TalkStatus.RESCHEDULED
        if status is TalkStatus.HELD and any(day.verb in _GOES_ON for day in days) and talk.ends and ends:
            ends = max(ends, talk.ends)
        told = starts if "began" in verbs.values() and "ended" not in verbs.values() else starts or ends
        if status is TalkStatus.HELD and not self._may_be_held(talk, told):
            self._pass(unit, "tells of other talks: these lie ahead")
            return
        if status is None and self._took_place(unit, talk, anchor, days):
            status = TalkStatus.HELD
        delegation = self._delegation(unit) if len(anchors) == 1 else ()
        stance = self._stance(unit) if status is None else None
        if starts is None and ends is None and status is None and not delegation and stance is None:
            return
        positions = [anchor.first, anchor.last, *(day.at for day in days), *([told_at] if told_at is not None else [])]
        positions += unit.changes if stance is ClaimStance.DENIES else ()
        last = max((self._last_token(day) for day in days), default=anchor.last)
        tokens = self.reading.tokens
        span = Span.of(self.article.body, tokens[min(positions)].start, tokens[max(last, *positions)].end)
        before, after = surroundings(self.article.body, span)
        claim = Claim(
            claim_id=content_id("claim", talk_id, self.article.article_id, span.start, span.end),
            talk_id=talk_id,
            article_id=self.article.article_id,
            source=self.article.source,
            url=self.article.url,
            origin=self.article.story_id,
            said_at=self.article.event_time,
            speaker=_speaker(unit),
            starts=starts,
            ends=ends,
            venue=self._venue_claimed(unit, talk, anchors, [day.at for day in days] or positions),
            level=self._level(unit),
            delegation=delegation,
            status=status,
            stance=stance,
            evidence=span,
            context_before=before,
            context_after=after,
        )
        self.claims.append(claim)
        if status in _OPEN:
            self.put_off.add(talk_id)
        self.passed.append(Passed(taken=True, reason="claim", span=span, record_id=claim.claim_id, note=_told(claim)))

    def _days(
        self,
        unit: Unit,
        talk: Talk,
        anchors: Mapping[str, Anchor],
        mentions: Sequence[tuple[int, DateMention]],
        verbs: Mapping[int, str],
        *,
        instead: bool,
    ) -> list[_Day]:
        """The days of the unit that are the talk's: the best one, and those of its beginning and end.

        `instead`: they are told instead of a day that was planned.
        """
        scored: list[tuple[float, _Day]] = []
        for at, mention in mentions:
            if not unit.holds(at) or self._is_elsewhere(unit, talk, anchors[talk.talk_id], at):
                continue
            if unit.travelled(at) and not overlap(talk, mention):
                continue
            verb, to = _verb(at, verbs), self.reading.tokens[at - 1].form in unit.words.sets["to"]
            ahead = any(at - _VERB <= n < at and verbs[n] in _AHEAD for n in verbs)
            day = _Day(at, mention, verb, ahead, new=instead or (to and verb in _MOVES))
            score = self._fit(talk, anchors[talk.talk_id], day)
            others = [self._fit(self.known[other], anchors[other], day) for other in anchors if other != talk.talk_id]
            if score >= max([_ENOUGH, *others]):
                scored.append((score, day))
        if not scored:
            return []
        best = max(scored, key=lambda item: (item[0], -item[1].at))[1]
        return [day for _, day in scored if day is best or day.verb in ("began", "ended", "will_end")]

    def _is_elsewhere(self, unit: Unit, talk: Talk, anchor: Anchor, at: int) -> bool:
        """Whether a position speaks of no day or town of the talks: one wished for, or of the round after them."""
        if _is_beside(unit, anchor, at):
            return True
        begun = talk.starts is not None and talk.starts <= self.today
        if begun and any(other < at and not anchor.first <= other <= anchor.last for other in unit.others):
            return True
        told = [n for n in unit.claims if 0 < at - n <= _CHANGE]
        if not told or unit.marks[max(told)] not in CHANGES or not unit.marks[max(told)].endswith("_noun"):
            return False
        mention = next((mention for n, mention in self.days if n == at), None)
        on_plan = mention is not None and overlap(talk, mention)
        return not on_plan and not (unit.states_facts and self._is_a_fact(unit, max(told)))

    def _took_place(self, unit: Unit, talk: Talk, anchor: Anchor, days: Sequence[_Day]) -> bool:
        """Whether talks are called by a day that is past ("مكالمة الخميس كانت بناءة"), or told of on theirs."""
        if unit.changes or not unit.states_facts or unit.conditional or unit.speaks_of_a_plan:
            return False
        past = [day for day in days if day.mention.ends < self.today and day.at > anchor.last and not day.ahead]
        return any(day.at - anchor.last <= _BESIDE or overlap(talk, day.mention) for day in past)

    def _stance(self, unit: Unit) -> ClaimStance | None:
        """How the unit stands to what was told before."""
        if unit.denied_change is not None:
            return ClaimStance.DENIES
        if self.corrects:
            return ClaimStance.CORRECTS
        return ClaimStance.CONFIRMS if unit.confirms else None

    def _fit(self, talk: Talk, anchor: Anchor, day: _Day) -> float:
        """How well a day fits talks: by where it stands, by its verb, and by what is known of them so far."""
        score = (1.5 if day.at > anchor.last else 1.0) + (anchor.named or anchor.met) + (day.verb is not None)
        score += 1.5 * (day.new and day.verb is None)
        if anchor.distance(day.at) > NEAR:
            score -= 0.5
        elif not anchor.named and anchor.of_talks and 0 < day.at - anchor.last <= _TOLD_OF:
            score += 0.5  # "the meeting agreed on is in Muscat on 12 June"
        gap = gap_to(talk, day.mention)
        if gap == timedelta(0):
            score += 2.0
        elif gap is not None and not (day.new or self._may_be_any_day(talk, anchor, day)):
            score -= 3.0 if gap > _PLAUSIBLE else 1.0 if gap > _FAR and not anchor.named else 0.0
            known = (other for other in self.known.values() if other.talk_id != talk.talk_id)
            score -= 1.5 if any(overlap(other, day.mention) for other in known) else 0.0
        past = day.mention.ends < self.today or (day.mention.ends == self.today and not day.ahead)
        past = past and day.verb not in _HAPPENED and not anchor.met
        if past and not (talk.starts and day.mention.covers(talk.starts)):
            score -= 3.0
        return score

    def _may_be_any_day(self, talk: Talk, anchor: Anchor, day: _Day) -> bool:
        """Whether no day is too far for talks: they are put off, or theirs has gone by and they were not held."""
        if talk.status in _OPEN or talk.talk_id in self.put_off:
            return True
        last = talk.ends or talk.starts
        missed = (
            talk.status is not TalkStatus.HELD and last is not None and last + _GONE < self.today < day.mention.starts
        )
        return missed and anchor.named

    def _range(
        self, unit: Unit, days: Sequence[_Day], verbs: Mapping[int, str], *, moved: bool, held: bool
    ) -> tuple[date | None, date | None]:
        """The first and last day that the unit gives; one is None where only the other is said.

        Talks that are `moved` to a day begin on it and last as long as before.
        """
        starts: date | None = None
        ends: date | None = None
        for day in days:
            mention = day.mention
            if day.verb in _ENDS or (mention.shape == "until" and day.verb is None):
                ends = mention.ends
            elif day.verb == "began" and held and mention.starts > self.today:
                ends = mention.ends  # what has begun has not begun on a day that lies ahead: it goes on then
            elif day.verb in _BEGINS and mention.starts == mention.ends:
                starts = mention.starts
            elif moved and (day.verb or not day.new) and self._is_from_to(unit, day.at, mention):
                starts = mention.ends
            elif moved and mention.starts == mention.ends:
                starts = mention.starts
            elif (day.verb in _GOES_ON and held) or (held and mention.starts > self.today):
                ends = mention.ends
            else:
                starts, ends = mention.starts, mention.ends
        ended = [at for at, kind in verbs.items() if kind.removesuffix("_noun") == "ended"]
        if ended and ends is None and held:
            ends = self._day_before(min(ended))
        if ended and ends is not None and starts is None and unit.lasted is not None:
            starts = ends - timedelta(days=unit.lasted - 1)
        return starts, ends

    def _is_from_to(self, unit: Unit, at: int, mention: DateMention) -> bool:
        """Whether two days stand after من: "أرجئ من 13 إلى 14 يناير", and not "نقل وسيدوم من 13 إلى 14 يناير"."""
        tokens, sets = self.reading.tokens, unit.words.sets
        if mention.shape != "range":
            return mention.shape == "from_to"
        lasts = any(token.form.removeprefix(AND) in sets["lasts"] for token in tokens[max(0, at - _LASTS) : at])
        return tokens[at - 1].form in sets["from"] and not lasts

    def _shifted(self, unit: Unit, talk: Talk, at: int, *, moved: bool) -> tuple[date | None, date | None]:
        """The first day of talks that are put off by so long, or the last of those that are extended by it."""
        known = any(claim.status is TalkStatus.RESCHEDULED and (claim.starts or claim.ends) for claim in talk.claims)
        shift = None if known else unit.shift_after(at)
        if shift is None or talk.starts is None:
            return None, None
        if moved:
            return talk.starts + timedelta(days=shift), None
        extended = unit.claims[at].startswith("extended")
        return None, (talk.ends or talk.starts) + timedelta(days=shift) if extended else None

    def _day_before(self, at: int) -> date:
        """The day on which something ended that is told without its day: that of the event before, else today."""
        sentence = next(sentence for sentence in self.reading.sentences if sentence.start <= at < sentence.end)
        before = [mention.ends for n, mention in self.days if sentence.start <= n < at and mention.ends <= self.today]
        return before[-1] if before else self.today

    def _status(
        self, unit: Unit, talk: Talk, anchor: Anchor, verbs: Mapping[int, str], days: Sequence[_Day]
    ) -> tuple[TalkStatus | None, int | None]:
        """What the unit says has become of the talks, and the token that says it."""
        if unit.not_to_be is not None:
            its_day = unit.names_its_time or self._day_after(unit, unit.not_to_be)
            return (TalkStatus.POSTPONED if its_day else TalkStatus.CANCELLED), None
        if unit.fell_through is not None and unit.states_facts:
            return TalkStatus.POSTPONED, unit.fell_through
        if not unit.states_facts:
            return None, None
        told = {at: kind.removesuffix("_noun") for at, kind in verbs.items() if kind.removesuffix("_noun") in _STATUS}
        for at in sorted(told, key=lambda n: (_ORDER.index(told[n]), n)):
            kind, noun = told[at], verbs[at].endswith("_noun")
            if noun and not (self._is_a_fact(unit, at) and (days or kind != "began" or self._is_a_flash(unit, at))):
                continue
            if verbs[at] in CHANGES and (self._is_history(unit, talk, at) or unit.comes_before(at)):
                continue
            if kind == "resumed" and not days and talk.status is not TalkStatus.POSTPONED:
                continue
            if kind == "resumed" and not noun and days and talk.starts and talk.starts <= self.today:
                return TalkStatus.HELD, at
            if kind == "relocated" and self._town_after(unit, at) is None:
                if not any(day.at > at and self._is_from_to(unit, day.at, day.mention) for day in days):
                    continue
                kind = "moved"  # "نقلت من اليوم إلى الغد"
            if kind == "signed" and "signing" not in self.marked.known.forms[talk.talk_id]:
                continue
            if not anchor.named and not (
                (days or anchor.met) if kind in _TOLD_BY_DAY else anchor.of_talks or kind not in _TOLD_BY_WORD
            ):
                continue
            return _STATUS[kind], at
        return None, None

    def _day_after(self, unit: Unit, at: int) -> bool:
        """Whether a verb has its own day, which alone is denied: "الجولة لن تعقد اليوم"."""
        return any(0 < n - at <= _DENIED and n in unit.positions for n, _ in self.marked.dates)

    def _is_history(self, unit: Unit, talk: Talk, at: int) -> bool:
        """Whether a change was long ago, on a day far from the talks: "ألغيت في 15 ديسمبر الماضي" is of others."""
        told = (mention for n, mention in self.days if 0 < n - at <= _CHANGE and n in unit.positions)
        day = next(told, None)
        gap = gap_to(talk, day) if day is not None else None
        return day is not None and gap is not None and gap > _FAR and day.ends < self.today - _FAR

    def _is_a_fact(self, unit: Unit, at: int) -> bool:
        """Whether a noun ("إلغاء الاجتماع") is told as done: it leads the unit, and talks are its object."""
        tokens, marks = self.reading.tokens, self.marked.marks
        words = [n for n in unit.positions if tokens[n].kind == "word"]
        agreed = unit.words.sets["agreed"]
        lead = [n for n in words if n < at and n not in self.marked.spoken and tokens[n].form not in agreed]
        actors = {n for mention in self.reading.mentions_in(*unit.range) for n in range(mention.start, mention.end)}
        lead = [n for n in lead if n not in actors and not self._is_dated(n)]
        if any(tokens[n].form in unit.words.sets["weighed"] for n in lead):
            return False
        after = [n for n in words if at < n <= at + _OBJECT]
        object_at = next((n for n in after if n in self.named or marks.get(n, NO_MARK).group == "talk"), None)
        if at == unit.owned_change:
            object_at = at  # "إلغاءه": the talks that were named before
        if object_at is None or len(lead) > 1:
            return False
        return not any(tokens[n].form in unit.words.sets["taking_part"] for n in after if n < object_at)

    def _is_dated(self, at: int) -> bool:
        start = self.reading.tokens[at].start
        return any(mention.start <= start < mention.end for _, mention in self.marked.dates)

    def _is_a_flash(self, unit: Unit, at: int) -> bool:
        """Whether a noun is the whole message, told as it happens: "16:00 | بدء الجولة الثالثة في جنيف"."""
        words = [n for n in unit.positions if self.reading.tokens[n].kind == "word"]
        return unit.utterance is None and words[0] == at and len(words) <= _FLASH and not unit.speaks_of_a_plan

    def _may_be_held(self, talk: Talk, day: date | None) -> bool:
        """Talks that lie ahead were not held: the words tell of others."""
        expected = talk.starts is None or talk.starts - _BEFORE_TIME <= self.today
        return expected and (day is None or day <= self.today)

    def _venue_claimed(self, unit: Unit, talk: Talk, anchors: Mapping[str, Anchor], near: Sequence[int]) -> str | None:
        """The town that the unit claims; where it denies a move to another, the one that was set."""
        if unit.denied_change == "relocated":
            return next((row.venue for row in self.lexicon.watchlist.talks if row.id == talk.talk_id), None)
        return None if unit.utterance is not None and unit.utterance.denies else self._venue(unit, talk, anchors, near)

    def _venue(self, unit: Unit, talk: Talk, anchors: Mapping[str, Anchor], near: Sequence[int]) -> str | None:
        """The town in which the unit says that the talks are, near their day or name."""
        inside = set(unit.positions)
        of_others = {self.known[other].venue for other in anchors if other != talk.talk_id} - {talk.venue}
        towns = [  # one that is part of a name comes last: "جنيف تستضيف محادثات طرطوس"
            (
                place.start in self.named,
                not self.marked.is_locative(place),
                min(abs(place.start - at) for at in near),
                place.target,
            )
            for place in self.marked.venues
            if place.start in inside
            and place.target not in of_others
            and unit.holds(place.start)
            and not self._is_elsewhere(unit, talk, anchors[talk.talk_id], place.start)
        ]
        town = min((place for place in towns if place[2] <= NEAR), default=(False, False, 0, None))[3]
        moved = next((at for at, kind in unit.claims.items() if kind == "relocated"), None)
        new = self._town_after(unit, moved) if moved is not None else None
        return new or town

    def _town_after(self, unit: Unit, at: int) -> str | None:
        """The town to which talks are moved: "نقل القمة من مسقط إلى الدوحة", "في الدوحة بدلا من مسقط"."""
        tokens = self.reading.tokens
        towns = [place for place in self.marked.venues if at < place.start <= unit.range[1]]
        if tokens[at].form in unit.words.sets["instead_of"]:
            before = [place.target for place in self.marked.venues if unit.range[0] <= place.start < at]
            old = {place.target for place in towns if place.start == at + 2}
            return next((town for town in reversed(before) if town not in old), None) if old else None
        return next((place.target for place in towns if tokens[place.start - 1].form in unit.words.sets["to"]), None)

    def _delegation(self, unit: Unit) -> tuple[str, ...]:
        leads = [at for at, kind in unit.claims.items() if kind == "leads"]
        return tuple(
            mention.target
            for mention in self.reading.mentions_in(*unit.range)
            if self.lexicon.kind_of(mention.target) is ActorKind.PERSON
            and any(abs(mention.start - at) <= _LEADS for at in leads)
        )

    def _level(self, unit: Unit) -> str | None:
        """Who meets: the two words after "على مستوى"."""
        tokens = self.reading.tokens
        for at in unit.positions:
            if tokens[at].form in unit.words.sets["level"] and tokens[at - 1].form in unit.words.sets["upon"]:
                words = [n for n in unit.positions if at < n <= at + 2 and tokens[n].kind == "word"]
                if words:
                    return self.article.body[tokens[words[0]].start : tokens[words[-1]].end]
        return None

    def _last_token(self, day: _Day) -> int:
        tokens, last = self.reading.tokens, day.at
        while last + 1 < len(tokens) and tokens[last + 1].end <= day.mention.end:
            last += 1
        return last

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
    if old is None or (not rest and _HAPPENED & set(unit.claims.values())):
        return mentions, False
    return rest, bool(rest)


def _verb(at: int, verbs: Mapping[int, str]) -> str | None:
    """The kind of the last verb before a day."""
    before = [n for n, kind in verbs.items() if at - _VERB <= n < at and kind not in ("leads", "holding")]
    return verbs[max(before)] if before else None


def _is_beside(unit: Unit, anchor: Anchor, at: int) -> bool:
    """Whether a position belongs to an event beside the talks, which are named before it."""
    return any(anchor.last < event < at for event in unit.beside)


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
