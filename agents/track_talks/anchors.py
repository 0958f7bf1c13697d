"""Which talks a unit of an article tells of, and where in it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.names import Mention
from agents.language.talk_words import EVERYDAY
from agents.reading import Reading
from agents.talks import MarkedArticle, TalkContext, about
from agents.talks.known import NO_MARK
from agents.talks.others import is_of_others
from agents.talks.rounds import gap
from agents.track_talks.ledger import OPEN
from agents.track_talks.units import CHANGES, Unit
from schemas import ScheduledTalk, Talk, TalkStatus

NEAR: Final = 15  # tokens between a name and a day or town of its talks
WITH_DAY: Final = 8  # tokens between a day and the town in which something is on it
_TOWARDS: Final = 2  # tokens from "تحضيرا" to a name: "تحضيرا لجلسة المجلس"
_DESCRIBED: Final = 3  # tokens from "مجلس الأمن" to its verb: "مجلس الأمن الدولي سيجتمع"
_DUE: Final = timedelta(days=3)  # how far from the day that is known talks may be told to have been held
_JUST: Final = timedelta(days=1)
_NEARBY: Final = timedelta(days=10)
_LONG: Final = timedelta(days=4)  # from the first to the last of days of which only a verb tells what is on them
_LONGEST: Final = timedelta(days=6)  # and of days on which talks are, and not on one of them
_TOOK_PLACE: Final = frozenset(["held", "began"])
_TO_COME: Final = ("holding", "will_begin")
_ABOUT_TALKS: Final = ("talk", "agenda", "outcome")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a unit tells of talks: tokens `first` to `last`, and whether they are its name."""

    first: int
    last: int
    named: bool
    of_talks: bool = False  # of a word of talks, not only of their agenda or outcome
    met: bool = False  # it tells that those who were to meet have met

    def distance(self, at: int) -> int:
        return max(at - self.last, self.first - at)


@dataclass(frozen=True)
class Anchors:
    """Finds the talks that units of one article tell of. `known` is the ledger's reading of every talk so far."""

    reading: Reading
    marked: MarkedArticle
    known: Mapping[str, Talk]
    lexicon: Lexicon
    named: frozenset[int]  # the tokens of the names of talks

    def of(self, unit: Unit, days: Sequence[tuple[int, DateMention]]) -> dict[str, Anchor]:
        """The talks that the unit names, those on whose known days it tells of talks, else those of the passage."""
        names = [name for name in self.marked.names if name.start in unit.inside and not self._is_prepared(unit, name)]
        of_others = {name.target for name in names if self.marked.is_between_others(name)}
        if not names and (self._is_of_others(unit) or self._is_a_session(unit)):
            return {}
        found: dict[str, Anchor] = {}
        for name in names:
            if name.target not in of_others:
                found.setdefault(name.target, Anchor(name.start, name.end - 1, True))
        for at, mention in days:
            on, word = self._on(unit, at, mention), self._talk_word(unit, at)
            form = self.marked.mark_of(word).form if word is not None else None
            on = [talk_id for talk_id in on if self.marked.known.may_be(talk_id, {form})]
            if any(self._may_be_moved_to(found[talk_id], talk_id, at, mention) for talk_id in found):
                continue
            if any(self._is_subject(unit, found[talk_id], talk_id, word, (at, mention)) for talk_id in found):
                continue
            span = mention.ends - mention.starts
            if span > _LONGEST or (span > _LONG and not self._speaks_of_talks(word)):
                continue  # "تدريب سيجري من 4 إلى 12 مارس", "اقترح اجتماعا بين 20 و30 من الشهر"
            if word is not None and not any(found[talk_id].named for talk_id in on if talk_id in found):
                for talk_id in on:
                    if talk_id not in of_others:
                        found.setdefault(talk_id, Anchor(word, word, False, self._speaks_of_talks(word)))
        return (
            self._without_others_of_the_day(unit, found)
            or self._met(unit, days)
            or self._in_its_town(unit)
            or self._hosted(unit, days)
            or self._called(unit, days)
            or self._met_by_all(unit, days)
            or self._of_the_passage(unit, of_others, bool(days))
        )

    def _is_of_others(self, unit: Unit) -> bool:
        """Whether the meeting of which a unit tells is none of the watchlist's, though it may be on a day of theirs."""
        start = self.reading.sentences[unit.sentence].start
        return is_of_others(self.marked, TalkContext(unit.sentence, unit.range, (start, unit.range[0])))

    def _on(self, unit: Unit, at: int, mention: DateMention) -> list[str]:
        """The talks that are known to be on a day, or were expected on it, as far as the unit may tell of them."""
        on = [talk.talk_id for talk in self.known.values() if overlap(talk, mention)]
        on = on or [talk.id for talk in self.lexicon.watchlist.talks if overlap(talk, mention)]
        if mention.ends <= self.marked.today:  # what was put off from a day was not on it
            on = [talk_id for talk_id in on if self.known[talk_id].status not in OPEN]
        on = [talk_id for talk_id in on if not self._is_of_other_sides(unit, self.known[talk_id])]
        return self._in_the_town(on, at, mention)

    def _without_others_of_the_day(self, unit: Unit, found: dict[str, Anchor]) -> dict[str, Anchor]:
        """Of several talks on one day that is told those that the sentence has named: "أما القمة فلن تعقد غدا"."""
        if len(found) < 2 or any(anchor.named for anchor in found.values()):
            return found
        start = self.reading.sentences[unit.sentence].start
        named = {name.target for name in self.marked.names if start <= name.start < unit.range[0]} & found.keys()
        return {talk_id: found[talk_id] for talk_id in named} or found

    def _is_prepared(self, unit: Unit, name: Mention) -> bool:
        """Whether others are held towards the talks that are named: "بدأ المبعوثان مشاورات تمهيدا للقمة"."""
        before = {token.form for token in self.reading.tokens[max(0, name.start - _TOWARDS) : name.start]}
        word = self._talk_word(unit)
        prepared = not before.isdisjoint(unit.words.sets["preparing"])
        if self.reading.tokens[max(0, name.start - 1)].form in unit.words.sets["to_hold"]:
            return any(n < name.start and kind in _TOOK_PLACE for n, kind in unit.claims.items())
        return prepared and word is not None and word < name.start - 1

    def _speaks_of_talks(self, word: int | None) -> bool:
        return word is not None and self.marked.mark_of(word).group == "talk"

    def _may_be_moved_to(self, anchor: Anchor, talk_id: str, at: int, mention: DateMention) -> bool:
        """Whether a day stands right behind the name of talks that are expected near it: others on it are not meant."""
        apart = gap_to(self.known[talk_id], mention)
        return anchor.named and 0 < at - anchor.last <= NEAR and apart is not None and apart <= _NEARBY

    def _is_of_other_sides(self, unit: Unit, talk: Talk) -> bool:
        """Whether it is told of the parties of other talks, and of none of theirs: "غدا مفاوضات الشمال والجنوب"."""
        told = (m for m in self.reading.mentions_in(*unit.range) if not self.marked.is_locative(m))
        sides = {self.lexicon.party_of(mention.target) for mention in told} | unit.voices
        sides &= self.marked.known.sides
        others = any(sides <= set(other.parties) for other in self.known.values())
        return len(sides) > 1 and others and sides.isdisjoint(talk.parties)

    def _in_the_town(self, on: list[str], at: int, mention: DateMention) -> list[str]:
        """Of the talks on a day to come not those elsewhere, where others are to be in the town that is named with it:
        "ستستأنف المفاوضات في مسقط في 9 ديسمبر".
        """
        towns = towns_with(self.reading, self.marked, self.named, at)
        there = [talk_id for talk_id in on if self.known[talk_id].venue in (None, *towns)]
        if there == on or mention.starts <= self.marked.today:
            return there or on
        gaps = {
            talk.talk_id: apart
            for talk in self.known.values()
            if talk.venue in towns and talk.status is not TalkStatus.HELD
            if (apart := gap_to(talk, mention)) is not None and apart <= _NEARBY
        }
        nearest = min(gaps.values(), default=None)
        meant = [talk_id for talk_id, apart in gaps.items() if apart == nearest]
        return there or (meant if len(meant) == 1 else on)

    def _is_subject(
        self, unit: Unit, anchor: Anchor, talk_id: str, verb: int | None, day: tuple[int, DateMention]
    ) -> bool:
        """Whether a verb before a day is of talks that are named behind it: "انعقدت أمس في جنيف القمة"."""
        at, mention = day
        apart = gap_to(self.known[talk_id], mention)
        if verb is None or verb in self.marked.marks:  # "بدأت اليوم الجولة الثالثة من المحادثات"
            verb = max((n for n, kind in unit.claims.items() if n < at and kind in _TOOK_PLACE), default=None)
        if not anchor.named or verb is None or not verb < at < anchor.first <= at + NEAR:
            return False
        if any(verb < n < anchor.first and n not in self.named for n in unit.claims):
            return False  # "بدأت الاثنين في جنيف ثم انتقلت إلى بروكسل حيث انعقد المجلس"
        between = self.reading.tokens[at : anchor.first]
        return apart is not None and apart <= _NEARBY and all(token.kind in ("word", "number") for token in between)

    def _met(self, unit: Unit, days: Sequence[tuple[int, DateMention]]) -> dict[str, Anchor]:
        """The talks on whose known day, in whose town, the unit tells of something: "سيحلان بجنيف في العاشر منه"."""
        return {
            talk.talk_id: Anchor(place.start, place.start, False)
            for talk in self.known.values()
            for place in self.marked.venues
            if place.start in unit.inside and place.target == talk.venue
            for at, mention in days
            if abs(at - place.start) <= NEAR and overlap(talk, mention)
        }

    def _in_its_town(self, unit: Unit) -> dict[str, Anchor]:
        """The talks of these days that were moved to the town in which the unit tells of talks; and those of today, of
        which it is told from their town that they were held: "جنيف (وكالات) - … في ختام لقاء دام ساعتين".
        """
        word, held = self._talk_word(unit), "held" in unit.claims.values()
        towns = {place.target for place in self.marked.venues if place.start in unit.inside}
        if word is None or not (towns or held):
            return {}
        planned = {talk.id: talk.venue for talk in self.lexicon.watchlist.talks}
        return {
            talk.talk_id: Anchor(word, word, False, self.marked.marks.get(word, NO_MARK).group == "talk", held)
            for talk in self.known.values()
            if (talk.venue in towns and talk.venue != planned[talk.talk_id] and self._is_near(talk, _DUE))
            or (held and talk.venue in self.datelines and self._is_near(talk, timedelta(0)))
        }

    def _hosted(self, unit: Unit, days: Sequence[tuple[int, DateMention]]) -> dict[str, Anchor]:
        """The talks for which somebody will receive their parties in their town, near the day that is known:
        "سيستقبل الرئيسين في بروكسل يوم 18 نوفمبر".
        """
        word = next((at for at in unit.positions if self.reading.tokens[at].form in unit.words.sets["receives"]), None)
        if word is None or not days:
            return {}
        towns = {place.target for place in self.marked.venues if place.start in unit.inside}
        sides = {self.lexicon.party_of(mention.target) for mention in self.reading.mentions_in(*unit.range)}
        meant = [
            talk.talk_id
            for talk in self.known.values()
            if talk.venue in towns
            and len(sides & set(talk.parties)) > 1
            and sides <= set(talk.parties)
            and any((apart := gap_to(talk, mention)) is not None and apart <= _NEARBY for _, mention in days)
        ]
        return {meant[0]: Anchor(word, word, False, True, True)} if len(meant) == 1 else {}

    @cached_property
    def datelines(self) -> frozenset[str]:
        """The towns from which it is reported: they stand before the first sentence."""
        first = self.reading.sentences[0].start if self.reading.sentences else 0
        return frozenset(place.target for place in self.marked.venues if place.start < first)

    def sets_a_town_right(self, unit: Unit) -> bool:
        """Whether something is said to be in a town and in no other: "ستعقد في جنيف لا في مسقط"."""
        sets, tokens = unit.words.sets, self.reading.tokens
        return any(
            unit.form(place.end) in sets["not_this"] and tokens[place.end + 1].form in sets["on_day"]
            for place in self.marked.venues
            if place.start in unit.inside and place.end + 1 in unit.inside
        )

    def denies_other_towns(self, unit: Unit) -> bool:
        """Whether a town is said to be the place whatever is told of others: "القمة في مسقط، وما عدا ذلك شائعات"."""
        sets = unit.words.sets
        there = any(place.start in unit.inside and self.marked.is_locative(place) for place in self.marked.venues)
        rumours = not sets["all_else"].isdisjoint(unit.forms) and not sets["rumours"].isdisjoint(unit.forms)
        return there and unit.states_facts and rumours

    def _is_near(self, talk: Talk, most: timedelta) -> bool:
        today = self.marked.today
        return talk.starts is not None and talk.starts - most <= today <= (talk.ends or talk.starts) + most

    def _called(self, unit: Unit, days: Sequence[tuple[int, DateMention]]) -> dict[str, Anchor]:
        """The call that the unit tells of without its name, held or on a day near the one that is known: "تحادثا
        هاتفيا", "سيتحادثان الثلاثاء", by exactly those who were to hold it.
        """
        marks = self.marked.marks
        word = next((at for at in unit.positions if marks.get(at, NO_MARK).form in EVERYDAY), None)
        if word is None or not (days or "held" in unit.claims.values()):
            return {}
        sides = {self.lexicon.party_of(mention.target) for mention in self.reading.mentions_in(*unit.range)}
        forms = self.marked.known.forms
        calls = [talk for talk in self.known if forms[talk] & EVERYDAY and sides == set(self.known[talk].parties)]
        held = "held" in unit.claims.values()
        if not held:
            gaps = {talk: [gap_to(self.known[talk], mention) for _, mention in days] for talk in calls}
            calls = [talk for talk in calls if any(gap is not None and gap <= _NEARBY for gap in gaps[talk])]
        met = {talk for talk in calls if held and self._is_near(self.known[talk], _JUST)}
        return {talk: Anchor(word, word, False, True, talk in met) for talk in calls}

    def _met_by_all(self, unit: Unit, days: Sequence[tuple[int, DateMention]]) -> dict[str, Anchor]:
        """The talks that are due and that exactly their parties are told to have held: "استقبل … في لقاء دام ساعة"."""
        word = self._talk_word(unit)
        past = [mention for _, mention in days if mention.ends <= self.marked.today]
        told = set(unit.claims.values())
        if word is None or not past or not told & _TOOK_PLACE or told & CHANGES:
            return {}
        there = (m for m in self.reading.mentions_in(*unit.range) if not self.marked.is_locative(m))
        sides = {self.lexicon.party_of(mention.target) for mention in there} & self.marked.known.sides
        due = [
            talk
            for talk in self.known.values()
            if len(talk.parties) > 1
            and sides == set(talk.parties)
            and talk.status is not TalkStatus.HELD
            and any((apart := gap_to(talk, mention)) is not None and apart <= _DUE for mention in past)
        ]
        return {due[0].talk_id: Anchor(word, word, False, True, True)} if len(due) == 1 else {}

    def _of_the_passage(self, unit: Unit, of_others: set[str], dated: bool) -> dict[str, Anchor]:
        """The talks that a unit without a name means: those named before it in the sentence, else in the passage."""
        word = self._talk_word(unit)
        start = self.reading.sentences[unit.sentence].start
        if word is None:
            return self._meant_by_a_pronoun(unit, start, dated)
        if not (dated or unit.claims):
            return {}
        of_talks = self._speaks_of_talks(word) or word == unit.appointed
        before = [name.target for name in self.marked.names if start <= name.start < unit.range[0]]
        if before:
            return {before[-1]: Anchor(word, word, False, of_talks)}
        if word == unit.works:
            return self._named_before(unit, word)
        links = about(
            self.marked,
            TalkContext(unit.sentence, unit.range, (start, unit.range[0])),
            lambda link: (
                (link.reason == "place" or (link.reason == "passage" and self._is_told_of(link.talk_id, unit.sentence)))
                and link.talk_id not in of_others
            ),
        )
        return {link.talk_id: Anchor(word, word, False, of_talks) for link in links}

    def _is_a_session(self, unit: Unit) -> bool:
        """Whether a body meets that is no side of any talks: "سيجتمع مجلس الأمن الاثنين", "البرلمان سيجتمع غدا"."""
        meets = {at for at, kind in unit.claims.items() if kind == "holding"}
        return any(
            not meets.isdisjoint((body.start - 1, *range(body.end, body.end + _DESCRIBED)))
            for body in self.marked.assemblies
            if body.start in unit.inside and self.marked.known.sides.isdisjoint(self._sides_of(body))
        )

    def _sides_of(self, body: Mention) -> set[str]:
        return {self.lexicon.party_of(one.target) for one in self.reading.mentions_in(body.start, body.end)}

    def _is_told_of(self, talk_id: str, last: int) -> bool:
        """Whether the article has told of the talks so far, and does not only come to them later."""
        headed = talk_id in self.marked.headed or talk_id in self.marked.reported_from
        return headed or any(link.talk_id == talk_id for links in self.marked.named[: last + 1] for link in links)

    def _meant_by_a_pronoun(self, unit: Unit, start: int, dated: bool) -> dict[str, Anchor]:
        """The talks of a unit in which no word says that it is of any: "إلغاءه", "موعدنا السبت", "سيعقد الأحد"."""
        if unit.owned_change is not None:
            return self._named_right_before(unit, unit.owned_change)
        if unit.opening_change is not None:
            return self._named_right_before(unit, unit.opening_change)
        if not (dated or self.sets_a_town_right(unit)):
            return {}
        return self._of_a_pronoun(unit, start) if unit.appointed is None else self._named_before(unit, unit.appointed)

    def _named_right_before(self, unit: Unit, at: int) -> dict[str, Anchor]:
        """The talks that a pronoun means: named in its sentence or the one before, and no truce after them."""
        before = max(0, unit.sentence - 1)
        if self.reading.sentences[before].block != self.reading.sentences[unit.sentence].block:
            before = unit.sentence
        start = self.reading.sentences[before].start
        named = [name for name in self.marked.names if start <= name.start < at]
        if not named or any(
            self.reading.tokens[n].form in unit.words.sets["no_talks"] for n in range(named[-1].end, at)
        ):
            return {}
        return {named[-1].target: Anchor(at, at, False, True)}

    def _named_before(self, unit: Unit, at: int) -> dict[str, Anchor]:
        """The talks that were named last before it: in its sentence, else in the nearest sentence that names any."""
        start = self.reading.sentences[unit.sentence].start
        before = [name.target for name in self.marked.names if start <= name.start < at]
        told = (links for links in reversed(self.marked.named[: unit.sentence]) if links)
        before = before[-1:] or [link.talk_id for link in next(told, [])[:1]]
        return {talk_id: Anchor(at, at, False, True) for talk_id in before}

    def _of_a_pronoun(self, unit: Unit, start: int) -> dict[str, Anchor]:
        """The talks named before it in the sentence, of which it tells no more than the day: "أكد أنه سيعقد الأحد"."""
        verb = next((at for at, kind in unit.claims.items() if kind in _TO_COME), None)
        before = [name.target for name in self.marked.names if start <= name.start < unit.range[0]]
        return {before[-1]: Anchor(verb, verb, False, True)} if verb is not None and before else {}

    def _talk_word(self, unit: Unit, near: int | None = None) -> int | None:
        """A word of talks that is in no name: the first, or the one nearest to a position that says what kind."""
        here = (at for at in self.marked.marked_in(*unit.range) if at in unit.inside and at not in self.named)
        marks = {at: self.marked.mark_of(at) for at in here}
        if near is None:
            groups = ("talk",), _ABOUT_TALKS
            found = (at for group in groups for at, mark in marks.items() if mark.group in group)
            return next(found, unit.works)
        kinds = [at for at, mark in marks.items() if mark.form is not None or mark.group == "talk"]
        if not any(mark.group == "hostile" for mark in marks.values()):  # "هجوم أسفر السبت عن مقتل سبعة"
            kinds += [at for at, kind in unit.claims.items() if kind in ("held", "holding") and at not in self.named]
        best = min(kinds, key=lambda at: abs(at - near), default=None)
        return best if best is not None and abs(best - near) <= NEAR else None


def gap_to(talk: Talk | ScheduledTalk, mention: DateMention) -> timedelta | None:
    """How far a mention is from the known days of talks; nothing where it is on them."""
    return gap(talk, mention.starts, mention.ends)


def overlap(talk: Talk | ScheduledTalk, mention: DateMention) -> bool:
    """Whether a mention is on the known days of talks."""
    return gap_to(talk, mention) == timedelta(0)


def towns_with(reading: Reading, marked: MarkedArticle, named: Collection[int], at: int) -> frozenset[str]:
    """The towns that are told with the day at a position, no mark between them: "في فيينا يوم الخميس". Not those of the
    tokens `named`, names of talks: "محادثات جنيف" may be elsewhere.
    """
    near = (place for place in marked.venues if abs(place.start - at) <= WITH_DAY and place.start not in named)
    between = {place.target: reading.tokens[min(place.end, at) : max(place.start, at)] for place in near}
    return frozenset(
        town for town, tokens in between.items() if all(token.kind in ("word", "number") for token in tokens)
    )
