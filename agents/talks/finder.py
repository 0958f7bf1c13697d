"""Marks an article with everything that tells which scheduled talks its clauses are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from agents.language.dates import DateMention
from agents.language.encoder import Encoder
from agents.language.interviews import Exchange
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, TO, Mention, words_of
from agents.language.sentences import Sentence
from agents.language.text import Token, as_text, fold, places_of
from agents.talks.fits import NOW, fit
from agents.talks.known import NO_MARK, SIGNING, TalkKnowledge
from agents.talks.marked import MOVED, MarkedArticle
from agents.talks.names import Holders, TalkNames, bare
from agents.talks.rounds import Rounds
from agents.talks.weights import Weights

_LONG_AGO: Final = timedelta(days=14)
_ALIKE: Final = 0.6  # how well the parties of two rounds fit
_PASSIVE: Final = 6  # tokens from what is signed to the verb behind it,
_ACTIVE: Final = 16  # and from the verb, past those who sign, to what they do
_HELD_BY: Final = 2  # tokens from one of those who met to the next
_YEAR: Final = 4  # tokens from an agreement to the year of which it is


class TalkFinder:
    """Finds the watchlist's talks by name, holders and town."""

    def __init__(self, lexicon: Lexicon, weights: Weights | None = None, encoder: Encoder | None = None) -> None:
        """`encoder`: one that is loaded already, to spare a second."""
        self.known = TalkKnowledge(lexicon, weights, encoder)
        self.names = TalkNames(lexicon.watchlist.talks, channels=self.known.vocabulary.small["channels"])
        towns = {
            word for place in lexicon.watchlist.places for name in place.names.get("ar", ()) for word in words_of(name)
        }
        self.holders = Holders(lexicon.watchlist.talks, self.known.vocabulary, towns)
        self.capitals = dict(_capitals(lexicon))

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
        exchanges: Sequence[Exchange] = (),
    ) -> MarkedArticle:
        """The article with everything marked that tells which talks its clauses are about.

        `places` and `mentions` name places and actors of the watchlist, `dates` are resolved against `today`, `heading`
        is the headline, marked before, `exchanges` are the questions of an interview with their answers.
        """
        known = self.known
        parties = [mention for mention in mentions if known.lexicon.party_of(mention.target) in known.sides]
        named = {n for mention in parties for n in range(mention.start, mention.end)} | set(
            self._in_short(words, parties)
        )
        marks = {n: mark for n, mark in known.vocabulary.marks(words, named).items() if mark.form not in known.foreign}
        starts = {token.start: position for position, token in enumerate(words)}
        for at in (starts[day.start] for day in dates if day.start in starts and day.ends.year < today.year):
            for n in range(at - _YEAR, at):  # "الاتفاق الموقع عام 2015" is no outcome of talks of today
                if n in marks and marks[n].group == "outcome":
                    del marks[n]
        spoken = {n for mention in mentions if mention.via != "adjective" for n in range(mention.start, mention.end)}
        article = MarkedArticle(
            known=known,
            words=words,
            sentences=sentences,
            today=today,
            marks=marks,
            spoken=frozenset(spoken),
            mentions=mentions,
            names=[
                self._of_now(name, places, today) for name in self.names.find(words, dict(self._of_sides(mentions)))
            ],
            venues=sorted(
                [
                    *(place for place in places if place.start not in spoken or known.is_locative(words, marks, place)),
                    *self._capitals(words),
                ],
                key=lambda place: place.start,
            ),
            dates=[(starts[mention.start], mention) for mention in dates if mention.start in starts],
            exchanges=exchanges,
        )
        article.names[:] = self._rounds(article)
        article.names.extend(self._met(article))
        article.names.extend(self._signed(article))
        article.names.sort(key=lambda name: name.start)
        article.told_on.update(article.days_told())
        article.named.extend(article.sentence_is_about(sentence.start, sentence.end) for sentence in sentences)
        if heading is not None and any(mark.group == "talk" for mark in marks.values()):
            article.headed.extend(heading.told_of())
        return article

    def _of_sides(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, str]]:
        """Where actors stand who may hold talks: "القمة الروسية" may be theirs, "القمة الأطلسية" only NATO's."""
        for mention in mentions:
            if mention.via != "adjective" or self.known.lexicon.party_of(mention.target) in self.known.sides:
                yield from ((n, mention.target) for n in range(mention.start, mention.end))

    def _in_short(self, words: Sequence[Token], parties: Sequence[Mention]) -> Iterator[int]:
        """Where a side that is named is meant by the first word of its name: "اجتماع المجلس الدائم للمنظمة"."""
        actors = self.known.lexicon.actors
        known = {one.target for one in parties} & actors.keys()
        names = [words_of(name) for target in known for name in actors[target].names.get("ar", ())]
        heads = {article + name[0] for name in names if len(name) > 1 for article in (ARTICLE, TO + TO)}
        places = places_of(as_text(words))
        yield from (n for head in places.keys() & heads for n in places[head])

    def _rounds(self, article: MarkedArticle) -> list[Mention]:
        """The names, with the round that is meant where several have one."""
        sharing = [self.names.sharing(article.words, name) for name in article.names]
        own = [name for name, talks in zip(article.names, sharing, strict=True) if len(talks) < 2]
        if len(own) == len(article.names):
            return own
        rounds = Rounds(
            article.words,
            article.sentences,
            self.known.talks,
            own,
            article.venues,
            article.dates,
            article.today,
            self.known.vocabulary.small,
        )
        return [rounds.meant(name, talks) for name, talks in zip(article.names, sharing, strict=True)]

    def _met(self, article: MarkedArticle) -> Iterator[Mention]:
        """The talks of which it is told that those met who hold them, by the day that is told of it."""
        taken = {at for name in article.names for at in range(name.start, name.end)}
        for start, end, talks in self.holders.find(article.words, article.of_its_own):
            sentence = next((s for s in article.sentences if s.start <= start < s.end), None)
            if sentence is None or end > sentence.end or not taken.isdisjoint(range(start, end)):
                continue
            sides = self._sides_of(article, start, end)
            days = [day for at, day in article.dates if start <= at < sentence.end and day.precision == "day"]
            day = days[0].starts if days else article.today
            held = [
                (-fit(talk, sides), abs(talk.starts - day) if talk.starts else MOVED - _LONG_AGO, talk)
                for talk in map(self.known.talks.__getitem__, talks)
                if 2 * len(sides & set(talk.parties)) >= len(sides)
            ]
            _, gap, talk = min(held, key=lambda one: one[:2], default=(0.0, MOVED, None))
            if talk is None:
                continue
            told = article.words[start].form in self.holders.nouns or (sides and sides.issuperset(talk.parties))
            if told or gap < MOVED:
                yield Mention(start, end, talk.id, "name")

    def _sides_of(self, article: MarkedArticle, start: int, end: int) -> frozenset[str]:
        """The sides of those who met: "وزراء خارجية روسيا وسوريا"."""
        sides = set[str]()
        for mention in article.mentions:
            if start <= mention.start <= end + _HELD_BY:
                sides.add(self.known.lexicon.party_of(mention.target))
                end = max(end, mention.end)
        return self.known.sides & sides

    def _signed(self, article: MarkedArticle) -> Iterator[Mention]:
        """The one signing that is expected, by what is told to be signed: "اتفاق الحبوب سيوقع غدا"."""
        signings = [talk for talk, forms in self.known.forms.items() if SIGNING in forms]
        if len(signings) != 1:
            return
        signed = self.known.vocabulary.small["signed"]
        taken = {at for name in article.names for at in range(name.start, name.end)}
        for sentence in article.sentences:
            things = [
                at
                for at in range(sentence.start, sentence.end)
                if at not in taken and not signed.isdisjoint(bare(article.words[at].form))
            ]
            for at in range(sentence.start, sentence.end):
                if article.marks.get(at, NO_MARK).form != SIGNING or at in taken:
                    continue
                thing = next((n for n in things if -_PASSIVE <= n - at <= _ACTIVE and n != at), None)
                if thing is not None:
                    yield Mention(min(at, thing), max(at, thing) + 1, signings[0], "name")
                    break

    def _of_now(self, name: Mention, places: Sequence[Mention], today: date) -> Mention:
        """Talks that are called by their town; long after them, others in that town: "جولة روما"."""
        town = next((place.target for place in places if name.start < place.start < name.end), None)
        own = self.known.talks[name.target]
        last = own.ends or own.starts
        if town is None or last is None or today - last <= _LONG_AGO:
            return name
        others = [
            talk
            for talk in self.known.talks.values()
            if talk.venue == town
            and talk.starts
            and abs(today - talk.starts) <= NOW
            and fit(talk, frozenset(own.parties)) >= _ALIKE
        ]
        return replace(name, target=others[0].id) if len(others) == 1 else name

    def _capitals(self, words: Sequence[Token]) -> Iterator[Mention]:
        """Towns of the watchlist that are called by their country: "العاصمة النمساوية", "عاصمة النمسا"."""
        capital = self.known.vocabulary.capital
        places = places_of(as_text(words))
        for at in sorted(at for form in places.keys() & self.capitals.keys() for at in places[form]):
            if at and words[at - 1].form.endswith(capital):
                yield Mention(at - 1, at + 1, self.capitals[words[at].form], "name")


def _capitals(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The words that follow "العاصمة" and "عاصمة", and the place of the watchlist that is then meant."""
    places = {words_of(name): place.id for place in lexicon.watchlist.places for name in place.names.get("ar", ())}
    for country in lexicon.pack.countries:
        for place in {places[words_of(name)] for name in country.capital if words_of(name) in places}:
            yield from ((fold(f"ال{adjective}ة"), place) for adjective in country.adjectives)
            yield from ((fold(name), place) for name in country.names if " " not in name)
