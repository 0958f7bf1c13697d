"""Which of several rounds of talks is meant by a name that they share ("لجنة الحدود المشتركة"). Pure.

The round that its sentence tells of by its town or by a name of its own, or by a day near the one on which it is
expected; else the next one or, where the words after the name say so, the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from agents.language.dates import DateMention
from agents.language.names import Mention
from agents.language.sentences import Sentence
from agents.language.text import Token
from schemas import ScheduledTalk, Talk

_ADJECTIVES: Final = 2  # tokens after a name that may say which round
_MOVED: Final = timedelta(days=10)  # how far from the day that was expected a round may be told of
_AROUND: Final = timedelta(days=2)  # how long after its days a round is still the one that is spoken of
_NO_DAY: Final = timedelta(days=365)


@dataclass(frozen=True)
class Rounds:
    """Knows an article's days and towns; `own` are the names that only one of the talks has."""

    words: Sequence[Token]
    sentences: Sequence[Sentence]
    talks: Mapping[str, ScheduledTalk]
    own: Sequence[Mention]
    venues: Sequence[Mention]
    dates: Sequence[tuple[int, DateMention]]
    today: date
    small: Mapping[str, frozenset[str]]

    def meant(self, name: Mention, sharing: Sequence[str]) -> Mention:
        """The name, of the one of the talks that it means."""
        if len(sharing) < 2:
            return name
        sentence = next((s for s in self.sentences if name.start < s.end), None)
        inside = range(sentence.start, sentence.end) if sentence else range(name.start, name.end)
        rounds = [self.talks[talk] for talk in sharing]
        talk = self._told(name, rounds, inside) or self._dated(name, rounds, inside) or self._near(name, rounds)
        return replace(name, target=talk.id)

    def _told(self, name: Mention, rounds: Sequence[ScheduledTalk], inside: range) -> ScheduledTalk | None:
        """The round whose town or own name stands nearest in the sentence."""
        found = [
            (abs(other.start - name.start), number)
            for number, talk in enumerate(rounds)
            for other in (*self.own, *self.venues)
            if other.start in inside and other.target in (talk.id, talk.venue)
        ]
        return rounds[min(found)[1]] if found else None

    def _dated(self, name: Mention, rounds: Sequence[ScheduledTalk], inside: range) -> ScheduledTalk | None:
        """The round that is expected near the first day after the name, else near the last before it."""
        days = [(at - name.end, day) for at, day in self.dates if at in inside and day.precision == "day"]
        if not days:
            return None
        _, day = min(days, key=lambda one: (one[0] < 0, abs(one[0])))
        best = min(rounds, key=lambda talk: _far(talk, day.starts, day.ends))
        return best if _far(best, day.starts, day.ends) <= _MOVED else None

    def _near(self, name: Mention, rounds: Sequence[ScheduledTalk]) -> ScheduledTalk:
        after = {token.form for token in self.words[name.end : name.end + _ADJECTIVES]}
        if not self.small["next"].isdisjoint(after):
            rounds = [talk for talk in rounds if talk.starts and talk.starts > self.today] or rounds
        elif not self.small["last"].isdisjoint(after):
            rounds = [talk for talk in rounds if talk.starts and talk.starts <= self.today] or rounds
        return min(rounds, key=self._distance)

    def _distance(self, talk: ScheduledTalk) -> timedelta:
        """How far off a round is; what is past counts double."""
        far = _far(talk, self.today, self.today)
        ends = talk.ends or talk.starts
        return 2 * far if ends is not None and ends + _AROUND < self.today else far


def _far(talk: ScheduledTalk, starts: date, ends: date) -> timedelta:
    apart = gap(talk, starts, ends)
    return _NO_DAY if apart is None else apart


def gap(talk: Talk | ScheduledTalk, starts: date, ends: date) -> timedelta | None:
    """How far some days are from the known days of talks; nothing where they meet, None where no day is known."""
    if talk.starts is None:
        return None
    return max(talk.starts - ends, starts - (talk.ends or talk.starts), timedelta(0))
