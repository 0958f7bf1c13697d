"""Which scheduled talks a passage is about, and why. Pure; knows the words of talks and the watchlist's names.

`TalkFinder.mark` marks an article once; `MarkedArticle.about` then answers for any clause of it. A clause that names
talks, or tells of talks at a venue or on a day of theirs, is about those. Other clauses are weighed: words of talks,
of their agenda and outcome speak for, words of war against; which talks are meant is told by the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.names import AND, ARTICLE, Mention, words_of
from agents.language.sentences import Sentence
from agents.language.similarity import Encoder
from agents.language.talk_examples import load_talk_examples
from agents.language.talk_words import Mark, load_vocabulary
from agents.language.text import Token, fold
from agents.talk_names import Holders, TalkNames, bare, own_words
from agents.talk_rounds import Rounds
from agents.talk_weights import Weights
from schemas import ScheduledTalk

Days = tuple[date | None, date | None]
Reason = Literal["name", "place", "date", "parties", "passage", "generic"]

_UNSURE: Final = 1.2  # the most that likeness ever adds,
_SURE: Final = 0.8  # and takes: of 112 clauses of nine feeds that were surer it turned none
_SHORT: Final = 5  # tokens of a clause that is too short to be compared without the words that lead to it,
_LED_BY: Final = 6  # and how many of those
_MANY: Final = 3  # so many sides in a clause, most of whom are no party of the talks, meet on something else
_FAR: Final = 3  # sentences without the name of talks, after which a passage has left them
_PARTNERS: Final = 5  # tokens between "محادثاتها" and مع
_CHAIN: Final = 3  # tokens from one of those who meet to the next
_FIRST: Final = 2  # sentences that say what an article is about
_LEAD: Final = 1.6  # and how near the talks in them are throughout
_FITS: Final = 2.0  # what parties that fit exactly speak for talks, and
_ON: Final = 0.5  # and what it speaks that they are of these days: 1419 links of 1625 right before, 1433 with both
_LATER: Final = 1.0  # and how near those that its sentence names after the clause, where others are on or named first
_OWN: Final = 1.0  # what a word of its names in the clause speaks for talks
_ANY_KIND: Final = frozenset(["meeting"])  # of talks whose names tell no kind
_CALLED: Final = {"session": "meeting"}
_NEXT: Final = 3.0  # what speaks against talks that are over where the next are meant
_ORDER: Final = 0.1  # by how much what a sentence names after others is farther from the sentences that follow
_PAST: Final = 1.5  # and against those that are ahead where it is told how they went
_ADJECTIVE: Final = 2  # tokens after "الجولة" in which it is said which
EVERYDAY: Final = frozenset(["call"])
_PARTIES: Final = 6  # tokens around the name of a call in which those who hold it are named
_APART: Final = frozenset(["call", "signing"])  # kinds of talks that no other word stands for
_SINGLE: Final = frozenset(["call"])  # kinds that only somebody else has where no talks of the watchlist are of them
_MAIN: Final = 2  # words before a condition that make it one of something else
_NONE: Final = Mark("")
_ITS_OWN: Final = 0.3  # of how well sides fit, what is told by whether all of them are parties
_HOLDING: Final = "holding"  # what marks verbs of holding, which tell no kind of talks
_LONG_AGO: Final = timedelta(days=14)
_NOW: Final = timedelta(days=4)
_ALIKE: Final = 0.6  # how well the parties of two rounds fit
_TOLD_OF: Final = 12  # tokens between the name of talks and the day on which the article says that they are
_MOVED: Final = timedelta(days=30)  # how far from the day that was expected that may be
_SEASON: Final = timedelta(days=14)
_AROUND: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TalkLink:
    """A clause is about the talk, and what shows it."""

    talk_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class TalkContext:
    """A clause and where it stands. Ranges are token positions of the article, half-open.

    `frame` are the words that lead to the clause ("he called the delay"), `parties` the sides that speak or are named,
    `speakers` those that speak, `text` the clause as it is written, where that is known: others ask the encoder about
    it too.
    """

    sentence: int
    clause: tuple[int, int]
    frame: tuple[int, int]
    parties: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Leaning:
    """The talks that a clause is about if the encoder agrees, who is asked where there is a text; see `settled`."""

    links: tuple[TalkLink, ...]
    told: float = 0.0
    text: str = ""


_TO_NONE: Final = Leaning(())


class TalkFinder:
    """Knows the watchlist's talks and the language's words of talks."""

    def __init__(self, lexicon: Lexicon, weights: Weights | None = None, encoder: Encoder | None = None) -> None:
        """`encoder`: one that is loaded already, to spare a second."""
        self.weights = weights or Weights()
        self.examples = load_talk_examples(encoder)
        self.lexicon = lexicon
        self.talks: Mapping[str, ScheduledTalk] = {talk.id: talk for talk in lexicon.watchlist.talks}
        self.sides = frozenset(side for talk in lexicon.watchlist.talks for side in talk.parties)
        self.vocabulary = load_vocabulary()
        names = [(talk.id, words_of(name)) for talk in lexicon.watchlist.talks for name in talk.names.get("ar", ())]
        self.names = TalkNames(lexicon.watchlist.talks)
        towns = {
            word for place in lexicon.watchlist.places for name in place.names.get("ar", ()) for word in words_of(name)
        }
        self.holders = Holders(lexicon.watchlist.talks, self.vocabulary, towns)
        self.own = own_words(names, lambda word: self.vocabulary.of(word) is not None)
        self.capitals = dict(_capitals(lexicon))
        self.forms = {
            talk: frozenset(self._forms(words for owner, words in names if owner == talk)) for talk in self.talks
        }
        self.foreign = _SINGLE.difference(*self.forms.values())

    def mark(
        self,
        words: Sequence[Token],
        sentences: Sequence[Sentence],
        *,
        places: Sequence[Mention],
        mentions: Sequence[Mention],
        dates: Sequence[DateMention],
        today: date,
        heading: MarkedArticle | None = None,
    ) -> MarkedArticle:
        """The article with everything marked that tells which talks its clauses are about.

        `places` and `mentions` name places and actors of the watchlist, `dates` are resolved against `today`, `heading`
        is the headline, marked before.
        """
        marks = self.vocabulary.marks(
            words,
            {n for m in mentions if self.lexicon.party_of(m.target) in self.sides for n in range(m.start, m.end)},
        )
        marks = {n: mark for n, mark in marks.items() if mark.form not in self.foreign}
        starts = {token.start: position for position, token in enumerate(words)}
        spoken = {n for mention in mentions if mention.via != "adjective" for n in range(mention.start, mention.end)}
        article = MarkedArticle(
            finder=self,
            words=words,
            sentences=sentences,
            today=today,
            marks=marks,
            spoken=frozenset(spoken),
            mentions=mentions,
            names=[
                self._of_now(name, places, today)
                for name in self.names.find(words, {n: m.target for m in mentions for n in range(m.start, m.end)})
            ],
            venues=sorted(
                [
                    *(place for place in places if place.start not in spoken or self.is_locative(words, marks, place)),
                    *self._capitals(words),
                ],
                key=lambda place: place.start,
            ),
            dates=[(starts[mention.start], mention) for mention in dates if mention.start in starts],
        )
        article.names[:] = self._rounds(article)
        article.names.extend(self._met(article))
        article.names.sort(key=lambda name: name.start)
        article.told_on.update(article.days_told())
        article.named.extend(article.explicit(sentence.start, sentence.end) for sentence in sentences)
        if heading is not None and any(mark.group == "talk" for mark in marks.values()):
            article.headed.extend(heading.told_of())
        return article

    def _rounds(self, article: MarkedArticle) -> list[Mention]:
        """The names, with the round that is meant where several have one."""
        sharing = [self.names.sharing(article.words, name) for name in article.names]
        own = [name for name, talks in zip(article.names, sharing, strict=True) if len(talks) < 2]
        if len(own) == len(article.names):
            return own
        rounds = Rounds(
            article.words,
            article.sentences,
            self.talks,
            own,
            article.venues,
            article.dates,
            article.today,
            self.vocabulary.small,
        )
        return [rounds.meant(name, talks) for name, talks in zip(article.names, sharing, strict=True)]

    def _met(self, article: MarkedArticle) -> Iterator[Mention]:
        """The talks of which it is told that those met who hold them, by the day that is told of it."""
        taken = {at for name in article.names for at in range(name.start, name.end)}
        for start, end, talks in self.holders.find(article.words):
            sentence = next((s for s in article.sentences if s.start <= start < s.end), None)
            if sentence is None or not taken.isdisjoint(range(start, end)):
                continue
            days = [day for at, day in article.dates if start <= at < sentence.end and day.precision == "day"]
            day = days[0].starts if days else article.today
            gaps = [(abs(known - day), talk) for talk in talks if (known := self.talks[talk].starts) is not None]
            gap, talk = min(gaps, default=(_MOVED, ""))
            if gap < _MOVED:
                yield Mention(start, end, talk, "name")

    def _of_now(self, name: Mention, places: Sequence[Mention], today: date) -> Mention:
        """Talks that are called by their town; long after them, others in that town: "جولة روما"."""
        town = next((place.target for place in places if name.start < place.start < name.end), None)
        own = self.talks[name.target]
        last = own.ends or own.starts
        if town is None or last is None or today - last <= _LONG_AGO:
            return name
        others = [
            talk
            for talk in self.talks.values()
            if talk.venue == town
            and talk.starts
            and abs(today - talk.starts) <= _NOW
            and _fit(talk, frozenset(own.parties)) >= _ALIKE
        ]
        return replace(name, target=others[0].id) if len(others) == 1 else name

    def _capitals(self, words: Sequence[Token]) -> Iterator[Mention]:
        """Towns of the watchlist that are called by their country: "العاصمة النمساوية", "عاصمة النمسا"."""
        for n in range(len(words) - 1):
            if words[n].form.endswith(self.vocabulary.capital):
                place = self.capitals.get(words[n + 1].form)
                if place is not None:
                    yield Mention(n, n + 2, place, "name")

    def _forms(self, names: Iterable[tuple[str, ...]]) -> Iterator[str]:
        for words in names:
            for word in words:
                mark = self.vocabulary.of(word)
                if mark is not None and mark.form is not None and mark.form != _HOLDING:
                    yield _CALLED.get(mark.form, mark.form)

    def is_locative(self, words: Sequence[Token], marks: Mapping[int, Mark], place: Mention) -> bool:
        """A town that something happens in, not one that stands for its government."""
        if words[place.start].form.startswith("ب") and not words[place.start].form.startswith(("بر", "بي")):
            return True
        if place.end < len(words) and words[place.end].form in self.vocabulary.small["hosts"]:
            return True
        before = marks.get(place.start - 1)
        return (place.start > 0 and words[place.start - 1].form in self.vocabulary.small["locative"]) or (
            before is not None and before.group == "talk"
        )


@dataclass(frozen=True)
class MarkedArticle:
    """One article, marked. `named` are the talks that each sentence is plainly about."""

    finder: TalkFinder
    words: Sequence[Token]
    sentences: Sequence[Sentence]
    today: date
    marks: Mapping[int, Mark]
    spoken: frozenset[int]
    mentions: Sequence[Mention]
    names: list[Mention]
    venues: Sequence[Mention]
    dates: Sequence[tuple[int, DateMention]]
    named: list[list[TalkLink]] = field(default_factory=list)
    told_on: dict[str, Days] = field(default_factory=dict)  # when the article itself says that talks are
    headed: list[str] = field(default_factory=list)  # the talks of which its headline tells

    def told_of(self) -> Iterator[str]:
        """The talks that a headline tells of: by name, or by their town, for which a headline needs no more words."""
        links = self.explicit(0, len(self.words))
        yield from (link.talk_id for link in links)
        if not links:
            yield from (talk.id for talk in self._held_in(0, len(self.words)))

    def about(self, context: TalkContext, counts: Callable[[TalkLink], bool] = bool) -> tuple[TalkLink, ...]:
        """The talks that the clause is about, of those that count for who asks; nothing where it is about none."""
        return self.settled(self.leaning(context, counts))

    def leaning(self, context: TalkContext, counts: Callable[[TalkLink], bool] = bool) -> Leaning:
        """What the words alone tell of which talks the clause is about.

        The encoder takes longer than all of this: it is left to be asked where there would be a link that counts, and
        only words leave it open.
        """
        explicit = self.explicit(*context.clause)
        if explicit:
            return Leaning(tuple(filter(counts, explicit)))
        told, enough = self.told(context), self.finder.weights.enough
        if not self.finder.talks or told + _UNSURE < enough or self._is_of_others(context):
            return _TO_NONE
        meant = tuple(filter(counts, self._meant(context)))
        return Leaning(meant, told, self._compared(context) if meant and told - _SURE <= enough else "")

    def settled(self, leaning: Leaning) -> tuple[TalkLink, ...]:
        """The talks that it is about; many are settled fastest when the encoder has met their texts together."""
        if not leaning.text:
            return leaning.links
        weights = self.finder.weights
        weight = leaning.told + weights.alike * self.finder.examples.likeness(leaning.text)
        return leaning.links if weight >= weights.enough else ()

    def explicit(self, start: int, end: int) -> list[TalkLink]:
        """The talks that the words name, or of which they tell the venue or a day."""
        found = {
            name.target: TalkLink(name.target, "name")
            for name in self.names
            if start <= name.start and name.end <= end and not self.is_between_others(name)
        }
        if self._count("talk", start, end):
            towns = {self.finder.talks[talk_id].venue for talk_id in found}  # of the second of two rounds in one town
            for talk in self._held_in(start, end, of_none_named=True):
                if talk.venue not in towns:
                    found.setdefault(talk.id, TalkLink(talk.id, "place"))
            if not found:
                found.update((talk.id, TalkLink(talk.id, "date")) for talk in self._held_on(start, end))
        elif any(self.marks.get(at, _NONE).form == _HOLDING for at in range(start, end)):
            found.update((talk.id, TalkLink(talk.id, "date")) for talk in self._held_on(start, end, ("day",)))
        return list(found.values())

    def is_between_others(self, name: Mention) -> bool:
        """Whether the call or meeting is somebody else's: "اتصال هاتفي بين بوتين وماكرون", "لقاء مع رئيس آخر".

        Talks themselves are named so ("محادثات جنيف"); calls and meetings are what everybody holds every day.
        """
        if not self.finder.forms[name.target] & EVERYDAY:
            return False
        parties = set(self.finder.talks[name.target].parties)
        near = (m for m in self.mentions if m.start < name.end + _PARTIES and m.end > name.start - _PARTIES)
        sides = {self.finder.lexicon.party_of(mention.target) for mention in near}
        return bool(sides - parties) and len(sides & parties) == 1

    def days_told(self) -> Iterator[tuple[str, Days]]:
        """The days that sentences which name one of the talks, and no other, give it: the last that is another day."""
        for sentence in self.sentences:
            names = [name for name in self.names if sentence.start <= name.start < sentence.end]
            if len({name.target for name in names}) != 1:
                continue
            talk = self.finder.talks[names[0].target]
            others = [other for other in self.finder.talks.values() if other.id != talk.id]
            for at, mention in self.dates:
                if mention.precision == "day" and any(
                    0 < at - name.end <= _TOLD_OF for name in names if at < sentence.end
                ):
                    days = (mention.starts, mention.ends)
                    known = (talk.starts, talk.ends or talk.starts)
                    near = talk.starts is None or abs(mention.starts - talk.starts) <= _MOVED
                    if (
                        near
                        and not _meets(known, mention)
                        and not any(_meets((other.starts, other.ends or other.starts), mention) for other in others)
                    ):
                        yield talk.id, days

    def evidence(self, context: TalkContext) -> dict[str, float]:
        """What speaks for and against the clause being about talks, by the names of `Weights`."""
        start, end = context.clause
        main = self._main_end(start, end)
        sentence = self.sentences[context.sentence]
        paragraph = any(
            named and self.sentences[number].block == sentence.block
            for number, named in enumerate(self.named[: context.sentence])
        )
        leads = self._frame(context)
        in_frame = range(*leads)
        named_in_frame = any(name.start in in_frame for name in self.names)
        talk = min(1, self._count("talk", start, end))
        return {
            "talk": talk,
            "agenda": min(1, self._count("agenda", start, main)),
            "outcome": min(1, self._count("outcome", start, main)),
            "hint": min(2, self._count("hints", start, main)),
            "venue": bool(self._held_in(start, end)),
            "hostile": min(2, self._count("hostile", start, self._discussed_from(start, end), of_nobody=True)),
            "frame": named_in_frame or self._count("talk", *leads, of_nobody=True) > 0,
            "frame_outcome": any(self._count(group, *leads, of_nobody=True) for group in ("outcome", "agenda")),
            "anaphora": any(
                self.words[position].form in self.finder.vocabulary.small["anaphora"] for position in in_frame
            ),
            "asked": self._is_asked(sentence.start, start),
            "just_held": not self.just_held.isdisjoint(context.speakers),
            "cause": self._is_cause_of_it(context),
            "before": self._count("talk", sentence.start, leads[0], of_nobody=True) > 0,
            "after": self._count("talk", end, sentence.end, of_nobody=True) > 0,
            "sentence": bool(self.named[context.sentence]),
            "paragraph": paragraph,
            "next": self._is_next_named(context.sentence),
            "far": not talk and not any(self.named[max(0, context.sentence - _FAR) : context.sentence + 1]),
            "stranger": not talk and bool(context.speakers) and context.speakers.isdisjoint(self.finder.sides),
        }

    def _is_asked(self, start: int, end: int) -> bool:
        """Whether what is said answers what was asked of talks: "سئل عن المحادثات فأجاب", "وعن الجولة الرابعة قال"."""
        topic = self.finder.vocabulary.small["topic"]
        return any(
            self.words[at].form in topic
            and any(self.marks.get(n, _NONE).group == "talk" for n in range(at + 1, min(at + 1 + _ADJECTIVE, end)))
            for at in range(start, end)
        )

    @cached_property
    def just_held(self) -> frozenset[str]:
        """The parties of the talks with whose end the article begins: what they say in it is likely about them."""
        ended = self.finder.vocabulary.small["ended"]
        return frozenset(
            side
            for sentence, links in zip(self.sentences[:_FIRST], self.named[:_FIRST], strict=False)
            if any(self.words[at].form.removeprefix(AND) in ended for at in range(sentence.start, sentence.end))
            for link in links
            for side in self.finder.talks[link.talk_id].parties
        )

    def _is_cause_of_it(self, context: TalkContext) -> bool:
        """Whether it tells why what was just told of talks is so: "أجلت الجولة، وعزا ذلك إلى انشغال الوفد"."""
        small = self.finder.vocabulary.small
        frame, (start, end) = context.frame, context.clause
        if all(self.words[at].form.removeprefix(AND) not in small["cause"] for at in range(*frame)):
            return False
        around = (self.words[at].form for at in range(frame[0], min(start + _ADJECTIVE, end)))
        before = max(0, context.sentence - 1)
        if self.sentences[before].block != self.sentences[context.sentence].block:
            before = context.sentence
        told = self.sentences[before].start, frame[0]
        return not small["anaphora"].isdisjoint(around) and any(
            self._count(group, *told) for group in ("talk", "outcome")
        )

    def _is_next_named(self, sentence: int) -> bool:
        """Whether the paragraph goes on with a sentence that names talks."""
        after = sentence + 1
        return bool(self.named[after : after + 1] and self.named[after]) and (
            self.sentences[after].block == self.sentences[sentence].block
        )

    def _main_end(self, start: int, end: int) -> int:
        """Where a mere condition begins: "ستقصف إذا رفض المقترح", "ستدخل المدينة سواء أبرم اتفاق أم لا"."""
        conditions = self.finder.vocabulary.conditions
        forms = [self.words[at].form for at in range(start, end)]
        for at in range(_MAIN, len(forms)):
            if any(tuple(forms[at : at + len(condition)]) == condition for condition in conditions.get(forms[at], ())):
                return start + at
        return end

    def _discussed_from(self, start: int, end: int) -> int:
        """Where the subject of talks begins: of "مستعدة لبحث نشر الصواريخ" the missiles are no act of war."""
        return next((at for at in range(start, end) if self.marks.get(at, _NONE).group == "agenda"), end)

    def _frame(self, context: TalkContext) -> tuple[int, int]:
        """The words that lead to the clause; of a second clause ("…, and that …") none of the first."""
        start, end = context.frame
        if end - start > 1 and self.words[end - 1].form in self.finder.vocabulary.small["and_that"]:
            return end - 1, end
        return start, end

    def told(self, context: TalkContext) -> float:
        """How much the words speak for the clause being about talks."""
        weights = self.finder.weights
        return sum((float(getattr(weights, name)) * value for name, value in self.evidence(context).items()), 0.0)

    def _compared(self, context: TalkContext) -> str:
        """What the encoder is asked about."""
        start, end = context.clause
        text = context.text
        if end - start < _SHORT:
            start, text = max(self._frame(context)[0], start - _LED_BY), ""
        return text or " ".join(token.text for token in self.words[start:end])

    def _count(self, group: str, start: int, end: int, *, of_nobody: bool = False) -> int:
        """How many words of a group stand there; `of_nobody`: outside names ("قوات" in the name of an army)."""
        marks = self.marks
        return sum(
            1
            for position in range(start, end)
            if (mark := marks.get(position)) and mark.group == group and not (of_nobody and position in self.spoken)
        )

    def _partners(self, at: int, end: int) -> frozenset[str]:
        """Those with or between whom the talks at a position are: "لقاء رباعي مع روسيا وفرنسا", "لقاء الرئيس"."""
        opened = next(
            (
                n
                for n in range(at + 1, min(at + _PARTNERS, end))
                if self.words[n].form in self.finder.vocabulary.small["beside"]
            ),
            at,
        )
        found: set[str] = set()
        last = opened + 1
        titled = last < end and self.words[last].form.startswith(ARTICLE)  # "لقاء الرئيس فلان"
        for mention in self.mentions:
            if opened < mention.start < end and last <= mention.start <= last + (_CHAIN if opened > at else titled):
                found.add(self.finder.lexicon.party_of(mention.target))
                last = mention.end
        return frozenset(found)

    def _is_of_others(self, context: TalkContext) -> bool:
        """Whether all talks that the clause speaks of are the speaker's own with somebody, and none of the watchlist's.

        "وصفت محادثاتها مع الجنرال بأنها صريحة", "طلبها لقاء الرئيس", "لم نعد الوفد الأميركي بشيء".
        """
        start, end = context.clause
        marked = self._talk_words(start, end)
        return bool(marked) and all(self._is_another(at, end, context.speakers) for at in marked)

    def _talk_words(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.marks.get(at, _NONE).group == "talk"]

    def _is_another(self, at: int, end: int, speakers: frozenset[str]) -> bool:
        sides, talks = self.finder.sides, self.finder.talks.values()
        if any(name.start <= at < name.end and self.is_between_others(name) for name in self.names):
            return True
        if self.marks[at].form is None:
            beside = (mention for mention in self.mentions if mention.start == at + 1 and mention.via == "adjective")
            return any(self.finder.lexicon.party_of(mention.target) not in sides for mention in beside)
        owned = self.words[at].form.endswith(self.finder.vocabulary.owned)
        if not speakers or not (owned or speakers.isdisjoint(sides)):
            return False
        near = owned or self.marks[at].form == "meeting"
        both = self._partners(at, end) | speakers
        return near and both > speakers and not any(both <= set(talk.parties) for talk in talks)

    def _held_in(self, start: int, end: int, *, of_none_named: bool = False) -> list[ScheduledTalk]:
        """The talks whose venue is named there; of several in one town those on a day told there, then those that the
        article names, then the next.

        `of_none_named`: without the towns in which talks that are named right before them are said to be.
        """
        found = []
        named = {name.target for name in self.names}
        on = {talk.id for talk in self._held_on(start, end, ("day",))}
        for place in self.venues:
            if start <= place.start < end and not (of_none_named and self._is_town_of_named(place.start, start)):
                here = [talk for talk in self.finder.talks.values() if talk.venue == place.target]
                if here:
                    found.append(
                        min(here, key=lambda talk: (talk.id not in on, talk.id not in named, self._distance(talk)))
                    )
        return found

    def is_locative(self, place: Mention) -> bool:
        """Whether it is a town that something happens in, and not one that something is about."""
        return self.finder.is_locative(self.words, self.marks, place)

    def _is_town_of_named(self, at: int, start: int) -> bool:
        """Whether the last words of talks before a town are their name: "الجولة الرابعة ستعقد في مسقط"."""
        last = max((n for n in range(start, at) if self.marks.get(n, _NONE).group == "talk"), default=None)
        return last is not None and any(name.start <= last < name.end for name in self.names)

    def _days_of(self, talk: ScheduledTalk) -> Days:
        """When the article says that talks are, else when they are expected."""
        return self.told_on.get(talk.id) or (talk.starts, talk.ends or talk.starts)

    def _is_over(self, talk: ScheduledTalk) -> bool:
        ends = self._days_of(talk)[1]
        return ends is not None and ends < self.today

    def _is_ahead(self, talk: ScheduledTalk) -> bool:
        starts = self._days_of(talk)[0]
        return starts is not None and starts > self.today

    def _held_on(self, start: int, end: int, precisions: Sequence[str] = ("day", "month")) -> list[ScheduledTalk]:
        found: dict[str, ScheduledTalk] = {}
        for position, mention in self.dates:
            if start <= position < end and mention.precision in precisions:
                on = [talk for talk in self.finder.talks.values() if _meets(self._days_of(talk), mention)]
                if mention.precision == "month" and mention.ends < self.today:
                    continue
                if mention.precision == "month" and on:
                    parties = self._parties(start, end)
                    on = [max(on, key=lambda talk: (_fit(talk, parties), -self._distance(talk)[0]))]
                found.update((talk.id, talk) for talk in on)
        return list(found.values())

    def _is_of_a_later_day(self, talk: ScheduledTalk, start: int, end: int) -> bool:
        """Whether the words tell of a day long after the talks: something else will be in their town."""
        last = talk.ends or talk.starts
        days = [mention for at, mention in self.dates if start <= at < end and mention.precision == "day"]
        return last is not None and bool(days) and all(mention.starts > last + _SEASON for mention in days)

    def _parties(self, start: int, end: int) -> frozenset[str]:
        return frozenset(
            self.finder.lexicon.party_of(mention.target)
            for mention in self.mentions
            if start <= mention.start and mention.end <= end
        )

    def _distance(self, talk: ScheduledTalk) -> tuple[int, date]:
        """How far off a talk is in days; what is past counts double."""
        starts, ends = self._days_of(talk)
        if starts is None or ends is None:
            return (365, date.max)
        if self.today > ends + _AROUND:
            return (2 * (self.today - ends).days, starts)
        return (max(0, (starts - self.today).days), starts)

    def _meant(self, context: TalkContext) -> tuple[TalkLink, ...]:
        """The one talk that is most likely meant by a clause that names none."""
        held = [talk for talk in self._held_in(*context.clause) if not self._is_of_a_later_day(talk, *context.clause)]
        if held:
            return tuple(TalkLink(talk.id, "place") for talk in held)
        on = self._held_on(*context.clause, ("day",))
        if on:
            return tuple(TalkLink(talk.id, "date") for talk in on)
        near = self._nearness(context)
        forms = self._kinds(context)
        present = self._parties(*context.clause)
        parties = present or context.parties
        said = {form for position in range(*context.clause) for form in bare(self.words[position].form)}
        when = self._when(context)

        def likely(talk: ScheduledTalk) -> tuple[float, int]:
            score = near.get(talk.id, 0.0) + _FITS * _fit(talk, parties)
            score += _OWN if said & self.finder.own.get(talk.id, frozenset()) else 0.0
            kinds = self.finder.forms[talk.id] or _ANY_KIND
            if forms:
                apart = -1.0 if (forms | kinds) & _APART else 0.0
                score += 1.2 if forms & kinds else apart
            if when == "next" and self._is_over(talk):
                score -= _NEXT
            elif when == "last" and self._is_ahead(talk):
                score -= _PAST
            away = self._distance(talk)[0]
            score += _ON if away < _NOW.days else 0.0
            return (score, -away)

        best = max(self.finder.talks.values(), key=likely)
        if any(
            len(they) >= _MANY and len(they & set(best.parties)) < len(they) / 2
            for they in (self._partners(at, context.clause[1]) for at in self._talk_words(*context.clause))
        ):
            return ()
        if best.id in near:
            return (TalkLink(best.id, "passage"),)
        return (TalkLink(best.id, "parties" if _fit(best, parties) >= 0.5 else "generic"),)

    def _when(self, context: TalkContext) -> Literal["next", "last", None]:
        """Whether the clause speaks of talks that come after those of today, or of some that were."""
        small = self.finder.vocabulary.small
        forms = [self.words[at].form.removeprefix(AND) for at in range(*context.clause)]
        talks = [at - context.clause[0] for at in self._talk_words(*context.clause)]
        if any(form in small["next"] for at in talks for form in forms[at + 1 : at + 1 + _ADJECTIVE]):
            return "next"
        if any(form in small["last"] for at in talks for form in forms[at + 1 : at + 1 + _ADJECTIVE]):
            return "last"
        if talks and any(form in small["again"] for form in forms):
            return "next"
        told = not small["went"].isdisjoint(forms) and small["planned"].isdisjoint(forms)
        return "last" if told else None

    def _kinds(self, context: TalkContext) -> set[str]:
        """The kinds of talks that the clause speaks of, but for those that are on the agenda of others."""
        kinds: set[str] = set()
        for position in range(*context.clause):
            mark = self.marks.get(position)
            if mark is not None and mark.group == "agenda":
                break
            if mark is not None and mark.form is not None and mark.form != _HOLDING:
                kinds.add(_CALLED.get(mark.form, mark.form))
        return kinds

    def _nearness(self, context: TalkContext) -> dict[str, float]:
        """How near the last mention of each talk stands before a clause, 3 in its sentence, 0.5 only after it."""
        sentence = context.sentence
        block = self.sentences[sentence].block
        told = {link.talk_id for link in self.explicit(self.sentences[sentence].start, context.clause[1])}
        near = dict.fromkeys(self.headed, _LEAD)
        lead = {link.talk_id for links in self.named[:_FIRST] for link in links}
        on = {talk for talk in lead if self._distance(self.finder.talks[talk])[0] <= 1}
        for number, links in enumerate(self.named):
            if number == sentence:
                value = 3.0
            elif number > sentence:
                value = 0.5
            else:
                value = 2.0 if self.sentences[number].block == block else 1.5 - 0.05 * min(10, sentence - number)
            for order, link in enumerate(links):
                if number == sentence and link.talk_id not in told and (told or (on and link.talk_id not in on)):
                    value = _LATER
                later = (
                    0.01 * order if number == sentence else -_ORDER * order
                )  # a sentence names first what it is about
                near[link.talk_id] = max(near.get(link.talk_id, 0.0), value + later)
        return {talk: max(value, _LEAD) if talk in lead else value for talk, value in near.items()}


def _capitals(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The words that follow "العاصمة" and "عاصمة", and the place of the watchlist that is then meant."""
    places = {words_of(name): place.id for place in lexicon.watchlist.places for name in place.names.get("ar", ())}
    for country in lexicon.pack.countries:
        for place in {places[words_of(name)] for name in country.capital if words_of(name) in places}:
            yield from ((fold(f"ال{adjective}ة"), place) for adjective in country.adjectives)
            yield from ((fold(name), place) for name in country.names if " " not in name)


def _meets(days: Days, mention: DateMention) -> bool:
    starts, ends = days
    return starts is not None and ends is not None and starts <= mention.ends and mention.starts <= ends


def _fit(talk: ScheduledTalk, parties: frozenset[str]) -> float:
    """How well the sides fit a talk: 1 where exactly its parties are there.

    That all who are there are its parties tells more than that others, a host or a mediator, are not there.
    """
    if not parties:
        return 0.0
    both = len(parties & set(talk.parties))
    return _ITS_OWN * both / len(parties) + (1 - _ITS_OWN) * both / len(parties | set(talk.parties))
