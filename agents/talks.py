"""Which scheduled talks a passage is about, and why. Pure; knows the words of talks and the watchlist's names.

`TalkFinder.mark` marks an article once; `MarkedArticle.about` then answers for any clause of it. A clause that names
talks, or tells of talks at a venue or on a day of theirs, is about those. Other clauses are weighed: words of talks,
of their agenda and outcome speak for, words of war against; which talks are meant is told by the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from agents.language.dates import DateMention
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, Mention, words_of
from agents.language.sentences import Sentence
from agents.language.similarity import Encoder
from agents.language.talk_examples import load_talk_examples
from agents.language.talk_words import Mark, load_vocabulary
from agents.language.text import Token, fold
from agents.talk_names import TalkNames, bare, own_words
from agents.talk_weights import Weights
from schemas import ScheduledTalk

Reason = Literal["name", "place", "date", "parties", "passage", "generic"]

_LOCATIVE: Final = frozenset(["في", "فى", "الي", "مدينه", "بمدينه", "نحو"])
_ANAPHORA: Final = frozenset(["ذلك", "الامر", "القرار", "الخطوه"])
_AND_THAT: Final = frozenset(f"و{that}{pronoun}" for that in ("ان", "بان") for pronoun in ("", "ه", "ها", "هم", "هما"))
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
_LATER: Final = 1.0  # and how near those that its sentence names after the clause, where others are on or named first
_OWN: Final = 1.0  # what a word of its names in the clause speaks for talks
_APART: Final = frozenset(["call", "signing"])  # kinds of talks that no other word stands for
_SINGLE: Final = frozenset(["call"])  # kinds that only somebody else has where no talks of the watchlist are of them
_MAIN: Final = 2  # words before a condition that make it one of something else
_NONE: Final = Mark("")
_HOLDING: Final = "holding"  # what marks verbs of holding, which tell no kind of talks
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
    ) -> MarkedArticle:
        """The article with everything marked that tells which talks its clauses are about.

        `places` and `mentions` name places and actors of the watchlist, `dates` are resolved against `today`.
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
            names=self.names.find(words, {n: m.target for m in mentions for n in range(m.start, m.end)}),
            venues=sorted(
                [
                    *(place for place in places if place.start not in spoken or self._is_locative(words, marks, place)),
                    *self._capitals(words),
                ],
                key=lambda place: place.start,
            ),
            dates=[(starts[mention.start], mention) for mention in dates if mention.start in starts],
        )
        article.named.extend(article.explicit(sentence.start, sentence.end) for sentence in sentences)
        return article

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
                if mark is not None and mark.form not in (None, _HOLDING):
                    yield mark.form

    def _is_locative(self, words: Sequence[Token], marks: Mapping[int, Mark], place: Mention) -> bool:
        """A town that something happens in, not one that stands for its government."""
        if words[place.start].form.startswith("ب") and not words[place.start].form.startswith(("بر", "بي")):
            return True
        before = marks.get(place.start - 1)
        return (place.start > 0 and words[place.start - 1].form in _LOCATIVE) or (
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
    names: Sequence[Mention]
    venues: Sequence[Mention]
    dates: Sequence[tuple[int, DateMention]]
    named: list[list[TalkLink]] = field(default_factory=list)

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
            name.target: TalkLink(name.target, "name") for name in self.names if start <= name.start and name.end <= end
        }
        if self._count("talk", start, end):
            towns = {self.finder.talks[talk_id].venue for talk_id in found}  # of the second of two rounds in one town
            for talk in self._held_in(start, end):
                if talk.venue not in towns:
                    found.setdefault(talk.id, TalkLink(talk.id, "place"))
            if not found:
                found.update((talk.id, TalkLink(talk.id, "date")) for talk in self._held_on(start, end))
        elif any(self.marks.get(at, _NONE).form == _HOLDING for at in range(start, end)):
            found.update((talk.id, TalkLink(talk.id, "date")) for talk in self._held_on(start, end, ("day",)))
        return list(found.values())

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
            "anaphora": any(self.words[position].form in _ANAPHORA for position in in_frame),
            "before": self._count("talk", sentence.start, leads[0], of_nobody=True) > 0,
            "after": self._count("talk", end, sentence.end, of_nobody=True) > 0,
            "sentence": bool(self.named[context.sentence]),
            "paragraph": paragraph,
            "next": self._is_next_named(context.sentence),
            "far": not talk and not any(self.named[max(0, context.sentence - _FAR) : context.sentence + 1]),
            "stranger": not talk and bool(context.speakers) and context.speakers.isdisjoint(self.finder.sides),
        }

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
        if end - start > 1 and self.words[end - 1].form in _AND_THAT:
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
            (n for n in range(at + 1, min(at + _PARTNERS, end)) if self.words[n].form in self.finder.vocabulary.beside),
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
        if self.marks[at].form is None:
            beside = (mention for mention in self.mentions if mention.start == at + 1 and mention.via == "adjective")
            return any(self.finder.lexicon.party_of(mention.target) not in sides for mention in beside)
        owned = self.words[at].form.endswith(self.finder.vocabulary.owned)
        if not speakers or not (owned or speakers.isdisjoint(sides)):
            return False
        near = owned or self.marks[at].form == "meeting"
        both = self._partners(at, end) | speakers
        return near and both > speakers and not any(both <= set(talk.parties) for talk in talks)

    def _held_in(self, start: int, end: int) -> list[ScheduledTalk]:
        """The talks whose venue is named there; of several in one town those that the article names, then the next."""
        found = []
        named = {name.target for name in self.names}
        for place in self.venues:
            if start <= place.start < end:
                here = [talk for talk in self.finder.talks.values() if talk.venue == place.target]
                if here:
                    found.append(min(here, key=lambda talk: (talk.id not in named, self._distance(talk))))
        return found

    def _held_on(self, start: int, end: int, precisions: Sequence[str] = ("day", "month")) -> list[ScheduledTalk]:
        found: dict[str, ScheduledTalk] = {}
        for position, mention in self.dates:
            if start <= position < end and mention.precision in precisions:
                on = [talk for talk in self.finder.talks.values() if _meets(talk, mention)]
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
        if talk.starts is None:
            return (365, date.max)
        ends = talk.ends or talk.starts
        if self.today > ends + _AROUND:
            return (2 * (self.today - ends).days, talk.starts)
        return (max(0, (talk.starts - self.today).days), talk.starts)

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

        def likely(talk: ScheduledTalk) -> tuple[float, int]:
            score = near.get(talk.id, 0.0) + 3 * _fit(talk, parties)
            score += _OWN if said & self.finder.own.get(talk.id, frozenset()) else 0.0
            kinds = self.finder.forms[talk.id]
            if forms and kinds:
                score += 1.2 if forms & kinds else -1.0 if (forms | kinds) & _APART else 0.0
            return (score, -self._distance(talk)[0])

        best = max(self.finder.talks.values(), key=likely)
        if any(
            len(they) >= _MANY and len(they & set(best.parties)) < len(they) / 2
            for they in (self._partners(at, context.clause[1]) for at in self._talk_words(*context.clause))
        ):
            return ()
        if best.id in near:
            return (TalkLink(best.id, "passage"),)
        return (TalkLink(best.id, "parties" if _fit(best, parties) >= 0.5 else "generic"),)

    def _kinds(self, context: TalkContext) -> set[str]:
        """The kinds of talks that the clause speaks of, but for those that are on the agenda of others."""
        kinds: set[str] = set()
        for position in range(*context.clause):
            mark = self.marks.get(position)
            if mark is not None and mark.group == "agenda":
                break
            if mark is not None and mark.form not in (None, _HOLDING):
                kinds.add(mark.form)
        return kinds

    def _nearness(self, context: TalkContext) -> dict[str, float]:
        """How near the last mention of each talk stands before a clause, 3 in its sentence, 0.5 only after it."""
        sentence = context.sentence
        block = self.sentences[sentence].block
        told = {link.talk_id for link in self.explicit(self.sentences[sentence].start, context.clause[1])}
        near: dict[str, float] = {}
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
                near[link.talk_id] = max(near.get(link.talk_id, 0.0), value + 0.01 * order)
        return {talk: max(value, _LEAD) if talk in lead else value for talk, value in near.items()}


def _capitals(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The words that follow "العاصمة" and "عاصمة", and the place of the watchlist that is then meant."""
    places = {words_of(name): place.id for place in lexicon.watchlist.places for name in place.names.get("ar", ())}
    for country in lexicon.pack.countries:
        for place in {places[words_of(name)] for name in country.capital if words_of(name) in places}:
            yield from ((fold(f"ال{adjective}ة"), place) for adjective in country.adjectives)
            yield from ((fold(name), place) for name in country.names if " " not in name)


def _meets(talk: ScheduledTalk, mention: DateMention) -> bool:
    if talk.starts is None:
        return False
    return talk.starts <= mention.ends and mention.starts <= (talk.ends or talk.starts)


def _fit(talk: ScheduledTalk, parties: frozenset[str]) -> float:
    """How well the sides fit a talk: 1 where exactly its parties are there."""
    either = parties | set(talk.parties)
    return len(parties & set(talk.parties)) / len(either) if parties else 0.0
