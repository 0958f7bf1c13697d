"""What an article tells of scheduled talks in plain words: their names, venues and days, where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from agents.language.dates import DateMention
from agents.language.interviews import Exchange
from agents.language.names import AND, ARTICLE, IN, TO, Mention, without_clitics
from agents.language.sentences import Sentence
from agents.language.talk_words import EVERYDAY, Mark
from agents.language.text import Token
from agents.language.turns import Label
from agents.talks.fits import Days, fit, meets
from agents.talks.known import HOLDING, NO_MARK, TalkKnowledge
from schemas import ScheduledTalk

Reason = Literal["name", "place", "date", "parties", "passage", "generic"]

_PARTNERS: Final = 5  # tokens between "محادثاتها" and مع
_CHAIN: Final = 3  # tokens from one of those who meet to the next
FIRST: Final = 2  # sentences that say what an article is about
_PARTIES: Final = 6  # tokens around the name of a call in which those who hold it are named
_TOLD_OF: Final = 12  # tokens between the name of talks and the day on which the article says that they are
MOVED: Final = timedelta(days=30)  # how far from the day that was expected that may be
_AROUND: Final = timedelta(days=1)
_LONGEST_DATE: Final = 12  # tokens
_DONE: Final = 5  # tokens from what was done to the town in which it was
_ARRIVAL: Final = 4  # tokens from "سيصل" to the day
_PAIR: Final = 2  # sides
_WITH: Final = 4  # tokens from a town to that with which somebody leaves it
_LONGEST: Final = timedelta(days=6)  # from the first to the last of days on which talks are, and not some day within
_MOVES: Final = 8  # tokens from "نقل" to the town to which talks are moved
_LAPSE: Final = 4  # tokens from "بعد" to the talks in "بعد أقل من يومين على القمة"
_BODY: Final = 3  # tokens from a meeting to the body that meets
_GROUND: Final = 5  # tokens in which it is told that somebody leaves a town, or what is in it


@dataclass(frozen=True, slots=True)
class TalkLink:
    """A clause is about the talk, and what shows it."""

    talk_id: str
    reason: Reason


@dataclass(frozen=True)
class MarkedArticle:
    """One article, marked. `named` are the talks that each sentence is plainly about."""

    known: TalkKnowledge
    words: Sequence[Token]
    sentences: Sequence[Sentence]
    today: date
    marks: Mapping[int, Mark]
    spoken: frozenset[int]
    mentions: Sequence[Mention]
    names: list[Mention]
    venues: Sequence[Mention]
    dates: Sequence[tuple[int, DateMention]]
    exchanges: Sequence[Exchange] = ()  # the questions of an interview with their answers
    named: list[list[TalkLink]] = field(default_factory=list)
    told_on: dict[str, Days] = field(default_factory=dict)  # when the article itself says that talks are
    headed: list[str] = field(default_factory=list)  # the talks of which its headline tells

    def asked(self, sentence: int) -> Label | None:
        """The question that a sentence answers."""
        at = self.sentences[sentence].start
        return next((one.question for one in self.exchanges if one.answer[0] <= at < one.answer[1]), None)

    def asked_of_talks(self, sentence: int) -> Label | None:
        """The same, where it speaks of talks."""
        asked = self.asked(sentence)
        talks = asked is not None and (self.count("talk", *asked, of_nobody=True) or self.explicit(*asked))
        return asked if talks else None

    def told_of(self) -> Iterator[str]:
        """The talks that a headline tells of: by name, or by their town, for which a headline needs no more words."""
        links = self.explicit(0, len(self.words))
        yield from (link.talk_id for link in links)
        if not links:
            yield from (talk.id for talk in self.held_in(0, len(self.words)))

    def explicit(self, start: int, end: int) -> list[TalkLink]:
        """The talks that the words name, or of which they tell the venue or a day."""
        found = {
            name.target: TalkLink(name.target, "name")
            for name in self.names
            if start <= name.start and name.end <= end and not self.is_between_others(name)
        }
        if self.count("talk", start, end):
            towns = {
                town for talk_id in found for town in self.known.towns[talk_id]
            }  # of the second of two rounds there
            for talk in self.held_in(start, end, of_none_named=True):
                if towns.isdisjoint(self.known.towns[talk.id]):
                    found.setdefault(talk.id, TalkLink(talk.id, "place"))
            if not found:
                on = self.of_a_kind(self.held_on(start, end), start, end)
                found.update((talk.id, TalkLink(talk.id, "date")) for talk in on)
        elif any(self.marks[at].form == HOLDING for at in self.marked_in(start, end)):
            found.update((talk.id, TalkLink(talk.id, "date")) for talk in self.held_on(start, end, ("day",)))
        return list(found.values())

    def sentence_is_about(self, start: int, end: int) -> list[TalkLink]:
        """The talks of a sentence, but for those that only tell when others are: "بعد يومين من لقاء جنيف"."""
        links = self.explicit(start, end)
        when = {name.target for name in self.names if start <= name.start < end and self._only_tells_when(name)}
        told = {name.target for name in self.names if start <= name.start < end and not self._only_tells_when(name)}
        return [link for link in links if link.talk_id not in when - told] or links

    def _only_tells_when(self, name: Mention) -> bool:
        small = self.known.vocabulary.small
        forms = [token.form.removeprefix(AND) for token in self.words[max(0, name.start - _LAPSE) : name.start]]
        return bool(forms) and forms[-1] in small["from_then"] and not small["lapse"].isdisjoint(forms)

    def of_a_kind(self, talks: Sequence[ScheduledTalk], start: int, end: int) -> list[ScheduledTalk]:
        """The talks that may be those of which words speak: of "سيتحادثان هاتفيا الثلاثاء" only calls, of "اختتمت
        المفاوضات اليوم" no signing.
        """
        told = {self.marks[at].form for at in self.marked_in(start, end)}
        return [talk for talk in talks if self.known.may_be(talk.id, told)]

    def is_between_others(self, name: Mention) -> bool:
        """Whether the call or meeting is somebody else's: "اتصال هاتفي بين بوتين وماكرون", "لقاء مع رئيس آخر".

        Talks themselves are named so ("محادثات جنيف"); calls and meetings are what everybody holds every day.
        """
        if not self.known.forms[name.target] & EVERYDAY:
            return False
        small, behind = self.known.vocabulary.small, self.words[name.end : name.end + 2]
        if len(behind) == 2 and behind[0].form in small["beside"] and behind[1].form in small["press"]:
            return True  # "في اتصال هاتفي مع وكالة الأنباء"
        parties = set(self.known.talks[name.target].parties)
        sides = self._sides_near(name.start, name.end)
        if len(sides & parties) == 1 and sides - parties:
            return True
        if name.end - name.start > 1 or len(sides & parties) > 1:
            return False
        # "الاتصال" alone is the one that was told of before
        before = (at for at in reversed(self.marked_in(0, name.start)) if self.marks[at].form in EVERYDAY)
        last = next(before, None)
        told = self._sides_near(last, last + 1) if last is not None else set[str]()
        return len(told & parties) < len(parties) and bool(told - parties)

    def _sides_near(self, start: int, end: int) -> set[str]:
        """The sides that are named around some words of one sentence."""
        sentence = next((one for one in self.sentences if one.start <= start < one.end), None)
        first = max(start - _PARTIES, sentence.start if sentence else 0)
        last = min(end + _PARTIES, sentence.end if sentence else len(self.words))
        near = (mention for mention in self.mentions if mention.start < last and mention.end > first)
        return {self.known.lexicon.party_of(mention.target) for mention in near}

    def days_told(self) -> Iterator[tuple[str, Days]]:
        """The days that sentences which name one of the talks, and no other, give it: the last that is another day."""
        for sentence in self.sentences:
            names = [name for name in self.names if sentence.start <= name.start < sentence.end]
            if len({name.target for name in names}) != 1:
                continue
            talk = self.known.talks[names[0].target]
            others = [other for other in self.known.talks.values() if other.id != talk.id]
            for at, mention in self.dates:
                if mention.precision == "day" and any(
                    0 < at - name.end <= _TOLD_OF for name in names if at < sentence.end
                ):
                    days = (mention.starts, mention.ends)
                    known = (talk.starts, talk.ends or talk.starts)
                    near = talk.starts is None or abs(mention.starts - talk.starts) <= MOVED
                    if (
                        near
                        and not meets(known, mention)
                        and not any(meets((other.starts, other.ends or other.starts), mention) for other in others)
                    ):
                        yield talk.id, days

    @cached_property
    def of_its_own(self) -> frozenset[int]:
        """Where names and dates stand, of which every crisis has its own."""
        dated = {
            n
            for at, mention in self.dates
            for n in range(at, min(at + _LONGEST_DATE, len(self.words)))
            if self.words[n].start < mention.end
        }
        named = (range(one.start, one.end) for one in (*self.mentions, *self.venues))
        return frozenset(dated.union(*named))

    @cached_property
    def lands(self) -> Mapping[int, Mention]:
        """Where lands are named that have nothing to do with the watchlist's talks, nor are told to be their ground."""
        found = self.known.lands.find(self.words, self.mentions)
        ground = {
            land.target
            for sentence in self.sentences
            if any(sentence.start <= name.start < sentence.end for name in self.names)
            for at, land in found.items()
            if sentence.start <= at < sentence.end and self._is_ground_of_talks(land)
        }  # "محادثات طرطوس نقلت إلى أوسلو" makes "محادثات أوسلو" theirs
        return {at: land for at, land in found.items() if land.target not in ground}

    @cached_property
    def elsewhere(self) -> Mapping[int, Mention]:
        """Where towns are named in which none of the watchlist's talks are told to be."""
        found = self.known.lands.elsewhere(self.words)
        ours = {
            found[at].start
            for sentence in self.sentences
            if any(sentence.start <= name.start < sentence.end for name in self.names)
            for at in found
            if sentence.start <= at < sentence.end and self._is_ground_of_talks(found[at])
        }
        return {at: town for at, town in found.items() if at not in ours}

    @cached_property
    def assemblies(self) -> Sequence[Mention]:
        """Where bodies are named that meet for themselves: "مجلس الأمن", "البرلمان"."""
        return self.known.vocabulary.bodies.find(self.words)

    @cached_property
    def bodies(self) -> Sequence[int]:
        """Where a body of others meets, so that its meeting is marked as none: "قمة مجموعة السبع"."""
        near = (range(max(0, body.start - _BODY), body.start) for body in self.assemblies)
        meetings, this = self.known.vocabulary.meetings, self.known.vocabulary.small["this"]
        ours = {at for name in self.names for at in range(name.start, name.end)}
        return [
            at
            for places in near
            for at in places
            if not (at in self.marks or at in ours or (at and self.words[at - 1].form in this))
            and not meetings.isdisjoint(without_clitics(self.words[at].form))
        ]

    def _is_ground_of_talks(self, land: Mention) -> bool:
        before = self.words[land.start - 1].form if land.start else ""
        return land.via != "adjective" and (
            land.clitics.endswith(IN) or before in self.known.vocabulary.small["locative"]
        )

    @cached_property
    def others(self) -> Mapping[int, str]:
        """Where words stand that tell talks of others, and what they tell; none that the watchlist's names have."""
        return {
            one.start: one.target
            for one in self.known.vocabulary.others.find(self.words)
            if not self.known.lands.is_known(one.target, self.words[one.end - 1].form)
        }

    @cached_property
    def just_held(self) -> frozenset[str]:
        """The parties of the talks with whose end the article begins: what they say in it is likely about them."""
        ended = self.known.vocabulary.small["ended"]
        return frozenset(
            side
            for sentence, links in zip(self.sentences[:FIRST], self.named[:FIRST], strict=False)
            if any(self.words[at].form.removeprefix(AND) in ended for at in range(sentence.start, sentence.end))
            for link in links
            for side in self.known.talks[link.talk_id].parties
        )

    @cached_property
    def reported_from(self) -> frozenset[str]:
        """The talks of today in whose town the article was written: it stands before the first sentence."""
        first = self.sentences[0].start if self.sentences else 0
        towns = {place.target for place in self.venues if place.start < first}
        return frozenset(
            talk.id
            for talk in self.known.talks.values()
            if not towns.isdisjoint(self.known.towns[talk.id]) and self.distance(talk)[0] <= 1
        )

    def count(self, group: str, start: int, end: int, *, of_nobody: bool = False) -> int:
        """How many words of a group stand there; `of_nobody`: outside names ("قوات" in the name of an army)."""
        places = (self._of_nobody if of_nobody else self._by_group).get(group, ())
        return max(0, bisect_left(places, end) - bisect_left(places, start))

    def marked_in(self, start: int, end: int) -> Sequence[int]:
        """The positions that have a mark, in order."""
        return self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]

    @cached_property
    def _places(self) -> Sequence[int]:
        return sorted(self.marks)

    @cached_property
    def _by_group(self) -> Mapping[str, Sequence[int]]:
        """The positions of the words of each group, in order."""
        found: dict[str, list[int]] = {}
        for position in self._places:
            found.setdefault(self.marks[position].group, []).append(position)
        return found

    @cached_property
    def _of_nobody(self) -> Mapping[str, Sequence[int]]:
        return {group: [at for at in places if at not in self.spoken] for group, places in self._by_group.items()}

    def partners(self, at: int, end: int) -> frozenset[str]:
        """Those with or between whom the talks at a position are: "لقاء رباعي مع روسيا وفرنسا", "لقاء الرئيس"."""
        opened = next(
            (
                n
                for n in range(at + 1, min(at + _PARTNERS, end))
                if self.words[n].form in self.known.vocabulary.small["beside"]
            ),
            at,
        )
        found: set[str] = set()
        last = opened + 1
        titled = last < end and self.words[last].form.startswith(ARTICLE)  # "لقاء الرئيس فلان"
        for mention in self.mentions:
            if opened < mention.start < end and last <= mention.start <= last + (_CHAIN if opened > at else titled):
                found.add(self.known.lexicon.party_of(mention.target))
                last = mention.end
        return frozenset(found)

    def of_group(self, group: str, start: int, end: int) -> Sequence[int]:
        """The positions of the words of a group there, in order."""
        places = self._by_group.get(group, ())
        return places[bisect_left(places, start) : bisect_left(places, end)]

    def talk_words(self, start: int, end: int) -> Sequence[int]:
        return self.of_group("talk", start, end)

    def held_in(self, start: int, end: int, *, of_none_named: bool = False) -> list[ScheduledTalk]:
        """The talks whose venue is named there; of several in one town those on a day told there, then those that have
        begun where it is told what was done there, then those of two where two meet, and none of two where only others
        are named, then those that the article names, then those ahead that are called by the town, then the next.

        `of_none_named`: without the towns in which talks that are named right before them are said to be.
        """
        venues = [place for place in self.venues if start <= place.start < end]
        if not venues:
            return []  # as a rule
        days = (day for at, day in self.dates if start <= at < end and day.precision == "day" and not self._arrives(at))
        on = frozenset(talk.id for day in days for talk in self._on(day))
        sides = self.parties_in(start, end) & self.known.sides
        two = any(self.words[at].form in self.known.vocabulary.small["of_two"] for at in range(start, end))
        towns = (
            place
            for place in venues
            if not (place.clitics.endswith(TO) and self._has_a_part(place))
            and not self._is_ground(place, start)
            and not self._is_new_place(place, start)
            and not (of_none_named and self._is_town_of_named(place.start, start))
        )
        found = (self._likeliest_in(place, start, on, sides, two=two) for place in towns)
        return [talk for talk in found if talk is not None]

    def _arrives(self, day: int) -> bool:
        """ "سيصل وفدها مساء الثلاثاء": a day on which somebody comes or leaves."""
        arrives = self.known.vocabulary.small["arrives"]
        return any(self.words[at].form.removeprefix(AND) in arrives for at in range(max(0, day - _ARRIVAL), day))

    def _likeliest_in(
        self, place: Mention, start: int, on: frozenset[str], sides: frozenset[str], *, two: bool
    ) -> ScheduledTalk | None:
        """Of the talks in a town those that are meant; `on`: the ones on a day that is told with it; `sides`: those
        that are named; `two`: whether two meet.
        """
        called = self.is_locative(place)  # else the town is not that of talks, but may be of what they are on
        made, done = self._is_of_an_accord(place, start), self._is_done_in(place, start)
        named = {name.target for name in self.names}

        def order(talk: ScheduledTalk) -> tuple[bool, bool, bool, bool, bool, bool, tuple[int, date]]:
            called_by = place.target in self.known.called_by[talk.id] and not self.is_over(talk)
            ahead = done and self.is_ahead(talk)
            of_more = two and len(talk.parties) > _PAIR
            others = bool(sides) and len(talk.parties) == _PAIR and sides.isdisjoint(talk.parties)
            return talk.id not in on, ahead, of_more, others, talk.id not in named, not called_by, self.distance(talk)

        here = (
            talk
            for talk in self.known.talks.values()
            if (talk.venue == place.target or (called and place.target in self.known.towns[talk.id]))
            and not (made and talk.id not in on and self.is_ahead(talk))
        )
        return min(here, key=order, default=None)

    def mark_of(self, at: int) -> Mark:
        """The mark of a word, of its own where a phrase holds it that tells what becomes of talks: "إلغاء اللقاء"."""
        mark = self.marks.get(at, NO_MARK)
        own = self.known.vocabulary.of(self.words[at].form) if mark.group == "outcome" else None
        return own if own is not None and own.group == "talk" and own.form is not None else mark

    def is_locative(self, place: Mention) -> bool:
        """Whether it is a town that something happens in, and not one that something is about."""
        return self.known.is_locative(self.words, self.marks, place)

    def _is_ground(self, place: Mention, start: int) -> bool:
        """Whether something is told of the town itself or of what is there anyway, not of talks: "ميناء طرطوس"."""
        small = self.known.vocabulary.small
        first = max(start, place.start - _GROUND)
        before = [frozenset(without_clitics(self.words[at].form)) for at in range(first, place.start)]
        if not before:
            return False
        led = self.words[place.start - 1].form
        for preposition, told in (("from", "leaving"), ("upon", "attacks")):
            if led in small[preposition]:
                return any(forms & small[told] for forms in before) and not self._leaves_with(place)
        if before[-1] & small["ground"] or any(forms & small["convoys"] for forms in before):
            return True
        standing = next((n for n, forms in enumerate(before) if forms & small["standing"]), None)
        return (
            standing is not None
            and any(self.words[at].form in small["locative"] for at in range(first + standing + 1, place.start))
            and not self.count("talk", start, place.start)
            and not self._is_within(first + standing)
        )  # "فتح سفارتها في طرطوس", and not "اجتمعوا في سفارتها في طرطوس"

    def _is_new_place(self, place: Mention, start: int) -> bool:
        """Whether talks are to be moved to a town, so that it is not theirs yet: "نقل اللقاء إلى مسقط"."""
        small, first = self.known.vocabulary.small, max(start, place.start - _MOVES)
        to = place.start > first and self.words[place.start - 1].form in small["to"]
        moves = [
            n
            for n in range(first, place.start)
            if not small["relocates"].isdisjoint(without_clitics(self.words[n].form))
        ]
        return to and bool(moves) and self.count("talk", first, place.start) > 0

    def _has_a_part(self, place: Mention) -> bool:
        """Whether a town stands for who sits in it: "لا مكان لبروكسل في اللقاء"."""
        return place.start > 0 and self.words[place.start - 1].form in self.known.vocabulary.small["part_for"]

    def _leaves_with(self, place: Mention) -> bool:
        """Whether it is told with what somebody leaves: "الخروج من جنيف بصفقة"."""
        behind = range(place.end, min(place.end + _WITH, len(self.words)))
        return any(self.words[at].form.startswith(IN) for at in behind) and any(
            self.marks[at].group in ("outcome", "hints") for at in behind if at in self.marks
        )

    def _is_of_an_accord(self, place: Mention, start: int) -> bool:
        """Whether an agreement is called by the town: "إعلان ألما آتا"."""
        before = self.words[place.start - 1].form if place.start > start and not place.clitics else ""
        return not self.known.vocabulary.small["accords"].isdisjoint(without_clitics(before))

    def _is_done_in(self, place: Mention, start: int) -> bool:
        """Whether it is told what was done in a town."""
        small, led = self.known.vocabulary.small, self.words[place.start - 1].form if place.start else ""
        inside = place.clitics.endswith(IN) or led in small["inside"]
        before = self.words[max(start, place.start - _DONE) : place.start]
        done = any({token.form, token.form.removeprefix(AND)} & small["done_there"] for token in before)
        around = (*before, *self.words[place.end : place.end + 1])
        return inside and done and all(token.form not in small["not_yet"] for token in around)

    def _is_within(self, at: int) -> bool:
        before = self.words[at - 1].form if at else ""
        return self.words[at].form.startswith(IN) or before in self.known.vocabulary.small["locative"]

    def _is_town_of_named(self, at: int, start: int) -> bool:
        """Whether the last words of talks before a town are their name: "الجولة الرابعة ستعقد في مسقط"."""
        last = max(self.talk_words(start, at), default=None)
        return last is not None and any(name.start <= last < name.end for name in self.names)

    def days_of(self, talk: ScheduledTalk) -> Days:
        """When the article says that talks are, else when they are expected."""
        return self.told_on.get(talk.id) or (talk.starts, talk.ends or talk.starts)

    def all_days(self, talk: ScheduledTalk) -> tuple[Days, Days]:
        """When the article says that talks are, and when they are expected."""
        return self.days_of(talk), (talk.starts, talk.ends or talk.starts)

    def is_over(self, talk: ScheduledTalk) -> bool:
        ends = self.days_of(talk)[1]
        return ends is not None and ends < self.today

    def is_ahead(self, talk: ScheduledTalk) -> bool:
        starts = self.days_of(talk)[0]
        return starts is not None and starts > self.today

    def held_on(self, start: int, end: int, precisions: Sequence[str] = ("day", "month")) -> list[ScheduledTalk]:
        found: dict[str, ScheduledTalk] = {}
        for position, mention in self.dates:
            if start <= position < end and mention.precision in precisions:
                on = self._on(mention)
                if mention.precision == "month" and mention.ends < self.today:
                    continue
                if mention.precision == "month" and on:
                    parties = self.parties_in(start, end)
                    on = [max(on, key=lambda talk: (fit(talk, parties), -self.distance(talk)[0]))]
                found.update((talk.id, talk) for talk in on)
        return list(found.values())

    def _on(self, day: DateMention) -> list[ScheduledTalk]:
        """The talks of that day, as the article has it or as it is expected."""
        if day.precision == "day" and day.ends - day.starts > _LONGEST:
            return []  # "اجتماعا آخر بين 20 و30 من الشهر"
        talks = self.known.talks.values()
        return [talk for talk in talks if any(meets(days, day) for days in self.all_days(talk))]

    def parties_in(self, start: int, end: int) -> frozenset[str]:
        return frozenset([side for first, last, side in self._sided if start <= first and last <= end])

    @cached_property
    def _sided(self) -> Sequence[tuple[int, int, str]]:
        """The mentions with their sides."""
        return [(one.start, one.end, self.known.lexicon.party_of(one.target)) for one in self.mentions]

    def distance(self, talk: ScheduledTalk) -> tuple[int, date]:
        """How far off a talk is in days; what is past counts double."""
        starts, ends = self.days_of(talk)
        if starts is None or ends is None:
            return (365, date.max)
        if self.today > ends + _AROUND:
            return (2 * (self.today - ends).days, starts)
        return (max(0, (starts - self.today).days), starts)
