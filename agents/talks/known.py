"""What is known of the watchlist's talks before an article is read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from agents.language.encoder import Encoder
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, IN, TO, Mention, words_of
from agents.language.talk_examples import load_talk_examples
from agents.language.talk_words import EVERYDAY, Mark, load_vocabulary
from agents.language.text import Token
from agents.talks.lands import Lands
from agents.talks.names import bare, own_words
from agents.talks.weights import Weights, load_weights
from schemas import ScheduledTalk

CALLED: Final = {"session": "meeting"}
_SINGLE: Final = frozenset(["call"])  # kinds that only somebody else has where no talks of the watchlist are of them
NO_MARK: Final = Mark("")
SIGNING: Final = "signing"
NEGOTIATION: Final = "negotiation"
HOLDING: Final = "holding"  # what marks verbs of holding, which tell no kind of talks

_FIELD: Final = 2  # where the name of talks tells it
_READY: Final = 2  # words from a town to what it does: "باريس مستعدة لاستضافة الطرفين"


class TalkKnowledge:
    """The watchlist's talks, the language's words of talks, and what evidence counts for."""

    def __init__(self, lexicon: Lexicon, weights: Weights | None = None, encoder: Encoder | None = None) -> None:
        """`encoder`: one that is loaded already, to spare a second."""
        self.weights = weights or load_weights()
        self.examples = load_talk_examples(encoder)
        self.lexicon = lexicon
        self.talks: Mapping[str, ScheduledTalk] = {talk.id: talk for talk in lexicon.watchlist.talks}
        self.sides = frozenset(side for talk in lexicon.watchlist.talks for side in talk.parties)
        self.vocabulary = load_vocabulary()
        self.lands = Lands(lexicon)
        names = [(talk.id, words_of(name)) for talk in lexicon.watchlist.talks for name in talk.names.get("ar", ())]
        self.own = own_words(names, lambda word: self.vocabulary.of(word) is not None)
        self.forms = {
            talk: frozenset(self._forms(words for owner, words in names if owner == talk)) for talk in self.talks
        }
        self.truces = self._truces(names)
        self.called_by = dict(self._called_by(names))
        self.towns = {
            talk.id: self.called_by[talk.id] | ({talk.venue} if talk.venue else set()) for talk in self.talks.values()
        }
        self.fields = {
            talk: frozenset(self._fields(words for owner, words in names if owner == talk)) for talk in self.talks
        }
        self.posts = {
            actor.id: {word for role in actor.roles.get("ar", ()) for word in words_of(role)[1:2]}
            for actor in lexicon.watchlist.actors
        }
        heads = self.vocabulary.small["head_of_state"]
        self.leaders = frozenset(
            actor.id
            for actor in lexicon.watchlist.actors
            if any(words_of(role)[0] in heads for role in actor.roles.get("ar", ()))
        )
        led = {form for word in self.vocabulary.small["leaders"] for form in bare(word)}
        self.summits = frozenset(
            talk for talk in self.talks if "summit" in self.forms[talk] or not led.isdisjoint(self.own[talk])
        )  # in which leaders meet
        self.foreign = _SINGLE.difference(*self.forms.values())

    def _fields(self, names: Iterable[tuple[str, ...]]) -> Iterator[str]:
        """Of what those are ministers who hold talks: "اجتماع وزراء الخارجية"."""
        for words in names:
            mark = self.vocabulary.of(words[0])
            if mark is not None and mark.group == "talk":
                yield from words[_FIELD : _FIELD + 1]

    def _truces(self, names: Sequence[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
        """What is on the watchlist and is no talks: whatever it is called, it is a truce."""
        begins = {
            talk: {words[0].removeprefix(ARTICLE) for owner, words in names if owner == talk} for talk in self.talks
        }
        return frozenset(talk for talk, first in begins.items() if first and first <= self.vocabulary.small["truces"])

    def _called_by(self, names: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, frozenset[str]]]:
        """The towns that each talk's names have right behind a word of talks: "اجتماع كوالالمبور"."""
        places = {
            words_of(name): place.id for place in self.lexicon.watchlist.places for name in place.names.get("ar", ())
        }
        for talk in self.talks:
            called = (words for owner, words in names if owner == talk and self.vocabulary.of(words[0]) is not None)
            yield talk, frozenset(places[words[1:]] for words in called if words[1:] in places)

    def may_be(self, talk_id: str, told: Collection[str | None]) -> bool:
        """Whether words of such forms may speak of the talks: of a call only calls, of negotiations no signing."""
        forms = self.forms[talk_id]
        if not EVERYDAY.isdisjoint(told):
            return bool(forms & EVERYDAY)
        return NEGOTIATION not in told or SIGNING in told or forms != {SIGNING}

    def is_locative(self, words: Sequence[Token], marks: Mapping[int, Mark], place: Mention) -> bool:
        """A town that something happens in, not one that stands for its government."""
        if place.clitics.endswith(IN) or words[place.start].form.startswith(IN + ARTICLE):
            return True
        behind = (word.form.removeprefix(TO) for word in words[place.end : place.end + _READY])
        if not self.vocabulary.small["hosts"].isdisjoint(behind):
            return True
        before = marks.get(place.start - 1)
        if before is not None and before.group == "talk":
            return True
        small, first = self.vocabulary.small, place.start
        if first > 0 and words[first - 1].form in small["town"]:  # "في منتجع شرم الشيخ", "بمدينة طرطوس"
            first -= 1
        in_it = first < place.start and words[first].form.startswith(IN)
        return in_it or (first > 0 and words[first - 1].form in small["locative"])

    def _forms(self, names: Iterable[tuple[str, ...]]) -> Iterator[str]:
        for words in names:
            for word in words:
                mark = self.vocabulary.of(word)
                if mark is not None and mark.form is not None and mark.form != HOLDING:
                    yield CALLED.get(mark.form, mark.form)
