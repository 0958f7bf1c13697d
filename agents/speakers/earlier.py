"""Who has spoken in the article so far, and whom a title, a pronoun or a verb alone continues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.language.attribution import Report
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, words_of
from agents.language.verbs import VerbForm
from agents.speakers.voices import SpeakerTables, Voice, Voices
from schemas import ActorKind

_LOOK_BACK: Final = 6  # reports
_TWO: Final = 2


class EarlierSpeakers:
    """The speakers of the reports so far, in order."""

    def __init__(self, lexicon: Lexicon, tables: SpeakerTables) -> None:
        self.lexicon = lexicon
        self.tables = tables
        self.history: list[Voices] = []
        self._cues: list[int] = []
        self.last_cue = -1  # of a report of the article itself
        self.relay_cue = -1  # of one that tells what another says
        self.any_cue = -1  # of any report, also one within another
        self.told_from = -1  # where that one's words begin, or its verb where they stand before it

    def remember(self, voices: Voices, report: Report | None = None, *, aside: bool = False) -> None:
        """`report`: whose verb tells their gender; `aside`: in a relative clause, after which the others go on."""
        shape = report.shape if report is not None else None
        if shape is not None and shape.feminine is not None and len(voices) == 1 and voices[0].feminine is None:
            voices = (replace(voices[0], feminine=shape.feminine),)
        place = len(self.history) - (aside and bool(self.history))
        self.history.insert(place, voices)
        self._cues.insert(place, report.cue[0] if report is not None else self.any_cue)

    def spoke_since(self, position: int) -> bool:
        return self.last_cue >= position

    def before(self, position: int) -> Voices:
        """Who spoke last before that token."""
        spoken = zip(reversed(self.history), reversed(self._cues), strict=True)
        return next((voices for voices, cue in spoken if cue < position), ())

    def last(self) -> Voices:
        return self.history[-1] if self.history else ()

    def is_one_person(self) -> bool:
        """Whether a person of the watchlist spoke last, alone."""
        kinds = [self.lexicon.kind_of(voice.actor_id or "") for voice in self.last()]
        return kinds == [ActorKind.PERSON]

    def _recent(self) -> Iterator[Voices]:
        return reversed(self.history[-_LOOK_BACK:])

    # -- who is meant -------------------------------------------------------------------------------------------
    def person_of(self, party: str) -> Voices:
        """The last who spoke for that side alone."""
        for voices in self._recent():
            if len(voices) == 1 and voices[0].party == party and self._is_person(voices[0]):
                return voices
        return ()

    def institution(self) -> Voices:
        """The last body that spoke, or several at once: theirs is the text that speaks now."""
        for voices in self._recent():
            if len(voices) > 1 or not self._is_person(voices[0]):
                return voices
        return self.last()

    def stranger_named(self, form: str) -> Voices:
        """The stranger who was introduced with that name: "جيفري لويس", then "لويس"."""
        for voices in reversed(self.history):
            if voices[0].actor_id is None and form in voices[0].heads:
                return voices
        return ()

    def stranger_called(self, last_name: str) -> Voices:
        """ "المتحدث سالم القاسمي", then "القاسمي": the stranger whose name ended so."""
        for voices in reversed(self.history):
            name = words_of(voices[0].name)
            if (
                voices[0].actor_id is None
                and len(name) > 1
                and name[-1] == last_name
                and not name[-2].startswith(ARTICLE)
            ):
                return voices
        return ()

    def introduced_as(self, heads: frozenset[str]) -> Voices:
        """Who was introduced by all of those words, and is on no watchlist."""
        strangers = (voices for voices in reversed(self.history) if voices[0].actor_id is None)
        return next((voices for voices in strangers if heads <= voices[0].heads), ())

    def with_head(self, noun: str) -> Voices:
        """Who was introduced by a phrase with that noun, without its article."""
        bare = noun.removeprefix(ARTICLE)
        return next((voices for voices in reversed(self.history) if bare in voices[0].heads), ())

    def titled(self, title: Sequence[str]) -> Voices:
        """The stranger whose name began with that title: "عمدة المدينة فلان", then "العمدة"."""
        bare = [word.removeprefix(ARTICLE) for word in title]
        for voices in reversed(self.history):
            name = [word.removeprefix(ARTICLE) for word in words_of(voices[0].name)]
            if voices[0].actor_id is None and len(voices) == 1 and len(name) > len(bare) and name[: len(bare)] == bare:
                return voices
        return ()

    def without_name(self, titles: frozenset[str]) -> Voices:
        """The last who was introduced by one of those titles alone, as nobody of the watchlist is."""
        for voices in self._recent():
            kind = self.lexicon.kind_of(voices[0].actor_id or "")
            if not titles.isdisjoint(voices[0].heads) and kind is not ActorKind.PERSON:
                return voices
        return ()

    def with_title(self, title: str) -> Voices:
        """Who was introduced with that title or has it on the watchlist."""
        bare = title.removeprefix(ARTICLE)
        forms = {bare, title, *(bare + ending for ending in self.tables.plural_endings)}
        for voices in reversed(self.history):
            if not forms.isdisjoint(self._words_of(voices[0])):
                return voices
        return ()

    def continued_by(self, report: Report) -> Voices:
        """Whom a verb without a subject continues: the last speaker whom it agrees with."""
        shape = report.shape
        if shape is None or shape.feminine is None or not report.finite:
            return self.last()
        return next((voices for voices in self._recent() if self._agrees(voices, shape)), self.last())

    def _agrees(self, voices: Voices, shape: VerbForm) -> bool:
        """Whether those could be the subject of a verb of that form."""
        if shape.number == "plural":
            return True
        if shape.number == "dual":
            return len(voices) == _TWO
        if shape.feminine is False and not self.tables.both_sides.isdisjoint(voices[0].heads):
            return False  # "الجانبان"
        return voices[0].feminine in (None, shape.feminine)

    def _is_person(self, voice: Voice) -> bool:
        return voice.actor_id is None or self.lexicon.kind_of(voice.actor_id) in (ActorKind.PERSON, ActorKind.UNNAMED)

    def _words_of(self, voice: Voice) -> set[str]:
        actor = self.lexicon.actors.get(voice.actor_id) if voice.actor_id is not None else None
        phrases = (*actor.roles.get("ar", ()), *actor.names.get("ar", ())) if actor is not None else ()
        return {*voice.heads, *(word for phrase in phrases for word in words_of(phrase))}
