"""The bench at which acts are put together: how a clause is put, who acts on whom, and the finished act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from agents.acts.cast import Cast
from agents.acts.dispute import FIGHTERS
from agents.acts.feared import attacked, victims
from agents.acts.nearby import beside, just_before, led_by
from agents.acts.plover import Plover, load_plover
from agents.acts.recipients import foe, massed_before, neighbour, of_towns, protested
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.role_words import load_role_words
from agents.acts.subjects import hosted_between, subjects
from agents.language.date_forms import load_date_forms
from agents.language.dates import find_dates
from agents.language.modality import Manner, Modality, load_modality
from agents.language.names import AND, CONJUNCTIONS, IN
from agents.language.punctuation import COMMAS
from agents.language.text import Token
from agents.language.triggers import Line, Trigger, Triggers, load_triggers
from schemas import ActorKind, Direction, EventType
from schemas import Modality as Mood

_RECENT: Final = timedelta(days=14)
_FAR: Final = timedelta(days=60)
_SINCE: Final = 6  # words of a day since which something is so
_COMPARED: Final = 6  # words from "أعنف" to the day since which it is
_MEANT: Final = frozenset(["THREATEN", "REJECT", "ACCUSE", "MOBILIZE"])
_DONE: Final = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "SANCTION"])
ANNOUNCING: Final = frozenset(["announce", "declare", "reveal"])  # rows of `reporting.yaml`
_FEW: Final = 2  # sides that may be meant together where none is named
_QUARRELS: Final = frozenset(["THREATEN", "REJECT", "ACCUSE", "REQUEST", "PROTEST"])


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    rows = load_date_forms().phrases
    return frozenset(form for form, phrases in rows.items() if any(phrase.kind == "month" for phrase in phrases))


class Bench:
    """One article's names and the tables of the language. `today` is its day: what is long past is history."""

    def __init__(self, cast: Cast, today: date | None = None) -> None:
        self.cast = cast
        self.tokens: Sequence[Token] = cast.tokens
        self.today = today
        self.year = today.year if today else None
        self.triggers: Triggers = load_triggers()
        self.modality: Modality = load_modality()
        self.plover: Plover = load_plover()
        self._found: dict[Clause, list[Trigger]] = {}
        self._lines: dict[tuple[int, int], Line] = {}  # a clause is asked for many lists
        self._named = frozenset(position for mention in cast.mentions for position in range(mention.start, mention.end))

    def find(self, clause: Clause) -> list[Trigger]:
        """The words of acts in a clause."""
        known = self._found.get(clause)
        if known is None:
            found = self.triggers.find(self.tokens, clause.start, clause.end, self._named)
            found = [t for t in found if not self._is_dateline(t)]
            known = [replace(t, aspect="noun") if self._is_announced(clause, t) else t for t in found]
            self._found[clause] = known
        return list(known)

    def _is_announced(self, clause: Clause, trigger: Trigger) -> bool:
        """ "أعلنت أنقرة حظر دخول السفن": right behind what is announced stands no verb in the past."""
        if clause.verb not in ANNOUNCING or trigger.start != clause.start or trigger.aspect != "past":
            return False
        if self.cast.own_at(max(0, clause.start - 1), clause.start):  # "أعلنت أنها"
            return False
        before = self.tokens[clause.start - 1] if clause.start else None
        return before is not None and before.kind == "word" and before.form not in self.modality.that

    def _is_dateline(self, trigger: Trigger) -> bool:
        """Whether a word stands alone before a colon: "سيدكان: تبرع الهلال الأحمر بالخيام" opens with a place."""
        start, end = trigger.start, trigger.end
        opens = not start or self.tokens[start - 1].kind == "break"
        return opens and end - start == 1 and end < len(self.tokens) and self.tokens[end].text == ":"

    def is_named(self, at: int) -> bool:
        """Whether a word is part of a name."""
        return at in self._named

    def says(self, clause: Clause, name: str) -> bool:
        """Whether one of the patterns of a list of speech acts stands in the clause."""
        at = clause.start, clause.end
        line = self._lines.get(at)
        if line is None:
            line = self._lines[at] = self.triggers.line(self.tokens, *at)
        return line.has(self.triggers.speech[name], 0, len(line.words))

    def best(self, found: Sequence[Trigger]) -> Trigger | None:
        return max(found, key=lambda t: (t.row.rank, t.end - t.start, -t.start), default=None)

    def manner(self, clause: Clause, trigger: Trigger | None) -> Manner:
        act = (trigger.start, trigger.end) if trigger else (clause.start, clause.start + 1)
        manner = self.modality.read(
            self.tokens,
            clause.start,
            clause.end,
            act,
            year=self.year,
            verb=trigger is not None and trigger.aspect != "noun",
            past=trigger is not None and trigger.aspect == "past",
        )
        if trigger is not None and trigger.negated:
            manner = replace(manner, negated=True)
        if trigger is None or manner.background or manner.future:
            return manner
        long_past = trigger.aspect == "past" and self._long_past(clause)
        stands = clause.kind is None and trigger.row.type in HOSTILE and self._stands_long(clause)
        return replace(manner, background=True) if long_past or stands else manner

    def _long_past(self, clause: Clause) -> bool:
        """Whether a clause says a day of weeks ago: "شنت هجوما في 19 سبتمبر"; what has been is never ahead."""
        words = self.tokens[clause.start : clause.end]
        since = any(
            token.form in self.modality.since and following.form not in self.modality.that  # "منذ أن بسطت سيطرتها"
            for token, following in pairwise(words)
        )
        if self.today is None or since or not any(token.kind == "number" or token.form in _months() for token in words):
            return False
        dates = find_dates(words, self.today)
        recent, far = self.today - _RECENT, self.today + _FAR
        return bool(dates) and all(date.ends < recent or date.starts > far for date in dates)

    def is_of_these_days(self, clause: Clause) -> bool:
        """Whether a clause names a day of these weeks: "قتل مئات المدنيين منذ بدء الهجوم فجر السبت"."""
        if self.today is None:
            return False
        dates = find_dates(self.tokens[clause.start : clause.end], self.today)
        return any(date.starts <= self.today + _RECENT and date.ends >= self.today - _RECENT for date in dates)

    def _stands_long(self, clause: Clause) -> bool:
        """Whether what the article itself tells has been so since a day of weeks ago: "ومنذ الرابع من نيسان تشن قواته
        هجوما", "منذ مطلع تموز، تحاصر"; "أعنف قصف منذ نيسان" is of today.
        """
        if self.today is None:
            return False
        for at in range(self._led_from(clause), clause.end - 1):
            if self.tokens[at].form.removeprefix(AND) not in self.modality.since:
                continue
            before = (
                token.form.lstrip(CONJUNCTIONS + IN) for token in self.tokens[max(clause.start, at - _COMPARED) : at]
            )
            dates = find_dates(self.tokens[at + 1 : min(clause.end, at + 1 + _SINCE)], self.today)
            if not dates or not self.modality.superlative.isdisjoint(before):
                return False
            return dates[0].ends < self.today - _RECENT or dates[0].starts > self.today + _FAR
        return False

    def _led_from(self, clause: Clause) -> int:
        """Where the words begin that say when, before the comma before a clause: "ومنذ نيسان، تشن قواته هجوما"."""
        first = clause.start
        if not first or self.tokens[first - 1].text not in COMMAS:
            return first
        before = range(first - 2, max(-1, first - 2 - _SINCE), -1)
        lead = list(takewhile(lambda at: self.tokens[at].kind in ("word", "number"), before))
        return lead[-1] if lead and self.tokens[lead[-1]].form.removeprefix(AND) in self.modality.since else first

    def mood(self, manner: Manner) -> Mood:
        if manner.background:
            return Mood.BACKGROUND
        return Mood.CONDITIONAL if manner.possible else Mood.ASSERTED

    def targets(self, clause: Clause, *, threat: bool = False) -> list[str]:
        """Whom words are meant for: the other sides that they name, or the adversary; a quarrel at home stays there."""
        if self.stays_home(clause, clause.speakers):
            return list(clause.speakers)
        spared = self._defended(clause) if threat else frozenset()
        named = [*clause.addressees, *self.cast.faced(clause.start, clause.end)]
        named = [side for side in named if side not in spared]
        return self.with_principal(named, clause.speakers, clause, threat=threat)

    def stays_home(self, clause: Clause, actors: Sequence[str]) -> bool:
        """Whether a state's own politician speaks of its government, and of no other side."""
        sides = {*clause.addressees, *self.cast.sides(clause.start, clause.end)}
        state = all(self.cast.lexicon.kind_of(side) == ActorKind.STATE for side in actors)
        return bool(actors) and state and sides <= set(actors) and self.cast.at_home(clause.start, clause.end)

    def with_principal(
        self, named: Sequence[str], actors: Sequence[str], clause: Clause, *, threat: bool = False
    ) -> list[str]:
        """The sides that are named besides those who act; the adversary too where none of them is of the dispute."""
        shielded = self.cast.shielded(clause.start, clause.end)
        others = [side for side in dict.fromkeys(named) if side not in actors and side not in shielded]
        others = others or neighbour(self.cast, clause, actors)
        if set(others) & set(self.cast.principals):
            return others
        meant = self.threatened(clause, actors) if threat else self.others(actors, clause.start)
        if shielded:
            free = (side for side in (*meant, *self.cast.principals) if side not in shielded and side not in actors)
            meant = list(dict.fromkeys(free))[: len(meant)] or meant
        return [*others, *meant]

    def opponents(
        self, event_type: str, clause: Clause, actors: Sequence[str], *, ahead: bool = False, mutual: bool = False
    ) -> list[str]:
        """On whom a side acts: those that a report of a deed names, however few; a threat is not meant for friends."""
        if event_type == "MOBILIZE" and (before := massed_before(self.cast, clause, actors)):
            return before
        named = self.cast.sides(clause.start, clause.end)
        if event_type in _MEANT:
            named = self.cast.faced(clause.start, clause.end)
        others = [side for side in named if side not in actors] or of_towns(self.cast, event_type, clause, actors)
        if event_type == "PROTEST" and actors and not others and (home := protested(self.cast, clause)):
            return home
        own = not clause.speakers or (not ahead and bool(set(actors) & set(clause.speakers)))
        done = event_type in _DONE and own
        if done and any(self.cast.lexicon.kind_of(side) in FIGHTERS for side in others):
            return others
        if not others and event_type in _DONE and actors and not ahead:
            near = neighbour(self.cast, clause, actors) or self._near(event_type, clause, actors)
            if near:
                return near
        if event_type in _DONE and not (actors or others):
            few = mutual or len(self.cast.principals) <= _FEW
            return list(self.cast.principals) if few else []  # a deed of nobody is done to nobody
        friends: frozenset[str] = frozenset()
        if event_type == "THREATEN":
            friends = self.cast.friends(actors) | self._defended(clause)
        threat = event_type in _DONE or event_type == "THREATEN"
        return self.with_principal([s for s in others if s not in friends], actors, clause, threat=threat)

    def _accused(self, clause: Clause, actors: Sequence[str], recipients: Sequence[str]) -> Sequence[str]:
        """Of whom one speaks who names nobody: whom the sentence names before, rather than any adversary."""
        forms = [token.form for token in self.tokens[clause.start : clause.end]]
        opposite = (f"{form} {following}" in load_role_words().opposite for form, following in pairwise(forms))
        named = {*clause.addressees, *self.cast.sides(clause.start, clause.end)}
        if named & set(recipients) or any(opposite):
            return recipients
        return led_by(self.cast, actors, clause) or recipients

    def _near(self, event_type: str, clause: Clause, actors: Sequence[str]) -> list[str]:
        """On whom a deed is done that names nobody: those around it, unless the dispute tells."""
        if event_type == "MOBILIZE":  # forces are massed before whoever was spoken of
            return beside(self.cast, actors, clause) or just_before(self.cast, actors, clause)
        core, named = self.cast.core, self.cast.named
        fights = any(frozenset((own, side)) in core for own in actors for side in named)
        return [] if fights else beside(self.cast, actors, clause)

    def others(self, actors: Sequence[str], before: int) -> list[str]:
        if set(actors) & set(self.cast.principals):
            return list(self.cast.adversaries(actors, before))
        return [side for side in self.cast.principals if side not in actors]

    def threatened(self, clause: Clause, actors: Sequence[str]) -> list[str]:
        """Whom a threat or deed that names nobody is meant for: him without whom the actor sits at no table; of those
        between whom a third party stands, who was spoken of.
        """
        cast, guessed = self.cast, self.others(actors, clause.start)
        if named := foe(self.cast, clause, actors):
            return named
        if set(actors) & set(cast.principals) or len(guessed) <= _FEW:
            return list(cast.only_rival(actors)) or guessed
        if all(side in cast.mediators or cast.lexicon.kind_of(side) == ActorKind.ORGANISATION for side in actors):
            at_war = [side for side in guessed if side in cast.at_war]  # who stands between them means them all
            return at_war or [side for side in guessed if cast.lexicon.kind_of(side) != ActorKind.ORGANISATION]
        near = beside(cast, actors, clause) or just_before(cast, actors, clause)
        armed = any(cast.lexicon.kind_of(side) == ActorKind.ARMED_GROUP for side in actors)
        return near or (cast.last_fighter(actors, clause.start) if armed else [])

    def _defended(self, clause: Clause) -> frozenset[str]:
        """For whose sake a deed will be answered."""
        sides, feared = attacked(self.cast, clause), victims(self.cast, clause)
        ahead = (self.modality.is_ahead(self.tokens, at) for at in range(clause.start, clause.end))
        return sides | feared if sides and (clause.kind == "warn" or any(ahead)) else feared

    def at_a_price(self, clause: Clause, manner: Manner) -> bool:
        """Whether another can still change it: "إذا واصلت القصف", and not "ما دام الوفد قد ألغي", "قبل أن يبدأ"."""
        forms = [token.form for token in self.tokens[clause.start : clause.end]]
        pairs = (f"{form} {following}" for form, following in pairwise(forms))
        return manner.conditional and load_role_words().as_it_is.isdisjoint((*forms, *pairs))

    def together(self, clause: Clause, trigger: Trigger, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Who acts on each other: those named within the words of the act, or a group, or all of the clause."""
        inner = self.cast.sides(trigger.start, trigger.end)
        if len(inner) > 1:
            return tuple(inner)
        if self.cast.group_at(clause.start, clause.end):
            return tuple(dict.fromkeys((*actors, *self.cast.both(trigger.start))))
        sides = [side for side in self.cast.sides(clause.start, clause.end) if side in self.cast.principals]
        return tuple(sides) if len(sides) > 1 and not set(sides) & set(clause.speakers) else actors

    def _two(self) -> tuple[str, ...]:
        """Those who quarrel where they are but two: "تواصل القصف المتبادل"."""
        for several in (self.cast.at_war, set(self.cast.principals) - self.cast.mediators):
            if len(several) == _FEW:
                return tuple(side for side in self.cast.named if side in several)
        return ()

    def subject(self, trigger: Trigger, clause: Clause) -> list[str]:
        """The sides that do what a trigger tells; a verb that goes on with one before it has its subject."""
        if clause.carried and trigger.start == clause.start and trigger.aspect != "noun":
            return list(clause.carried)
        return list(subjects(self.cast, trigger, clause))

    def actors(self, clause: Clause, subject: Sequence[str]) -> tuple[str, ...]:
        return tuple(subject) or clause.speakers

    def blamed(self, clause: Clause) -> list[str]:
        """The sides that a clause speaks of, besides its speaker and those that stand with him."""
        named = [s for s in self.cast.sides(clause.start, clause.end) if s not in clause.speakers]
        return [s for s in named if not any(frozenset((s, own)) in self.cast.allies for own in clause.speakers)]

    def addresses_sides(self, clause: Clause) -> bool:
        """Whether somebody speaks to those who quarrel, in an article on the dispute: "حض المجلس الطرفين على"."""
        first = clause.reach[0] if clause.reach else clause.start
        both = self.cast.group_at(first, clause.start)
        return self.cast.on_topic and (both or not set(clause.addressees).isdisjoint(self.cast.principals))

    def looks_on(self, clause: Clause) -> bool:
        """Whether who speaks is none of those who quarrel, and tells of no side, nor to one: "سيجر المنطقة إلى حرب"."""
        own = self.cast.own_at(max(0, clause.start - 1), clause.end)
        named = clause.addressees or self.cast.sides(clause.start, clause.end)
        armed = any(self.cast.lexicon.kind_of(side) == ActorKind.ARMED_GROUP for side in clause.speakers)
        return bool(clause.speakers) and not (self.cast.disputes(clause.speakers) or armed or named or own)

    def between_others(self, clause: Clause) -> bool:
        """Whether a clause speaks of what is between two sides, of whom none speaks, and of nobody's own deed."""
        named = self.cast.sides(clause.start, clause.end)
        own = self.cast.own_at(clause.start, clause.end) or not set(named).isdisjoint(clause.speakers)
        return len(named) > 1 and not own

    def at_odds(self, clause: Clause, subject: Sequence[str]) -> bool:
        """Whether those that a clause tells of are sides of the dispute besides its speaker, or talk with him."""
        stake = bool(subject) and self.cast.has_stake(clause.speakers) and self.cast.has_stake(subject)
        return stake and (self.cast.on_topic or self.cast.talk_together(clause.speakers, subject))

    def act(
        self,
        event_type: str,
        mood: Mood,
        clause: Clause,
        *,
        mode: str | None = None,
        surface: Trigger | None = None,
        manner: Manner | None = None,
        actors: Sequence[str] | None = None,
        recipients: Sequence[str] | None = None,
        direction: Direction | None = None,
        row: str | None = None,
    ) -> Act:
        """The finished act. Without `actors` the speakers act; without `recipients` those named, or the adversary."""
        of_type = self.plover.types[event_type]
        actors = tuple(dict.fromkeys(clause.speakers if actors is None else actors))
        mutual = surface is not None and surface.row.mutual and hosted_between(self.cast, surface) is None
        if surface is not None and mutual and not (actors and set(actors) <= set(clause.speakers)):
            actors = self.together(clause, surface, actors) or self._two()
        if mutual and len(actors) > 1:
            recipients = actors
        elif recipients is None:
            recipients = (
                actors
                if event_type in _QUARRELS and self.stays_home(clause, actors)
                else self.opponents(event_type, clause, actors, ahead=mood == Mood.CONDITIONAL, mutual=mutual)
            )
        if event_type == "ACCUSE" and recipients and actors:
            recipients = self._accused(clause, actors, recipients)
        if event_type in COOPERATIVE and len(actors) > 1 and (not recipients or self.cast.face_each_other(actors)):
            faced = [side for side in recipients if side in self.cast.faced(clause.start, clause.end)]
            recipients = (*actors, *faced)  # "استأنف البلدان الرحلات": with each other
        denied = mood == Mood.DENIED and of_type["direction"] == "escalation"
        surface_type = surface.row.type if surface and surface.row.type != event_type else None
        return Act(
            event_type=EventType(event_type),
            mode=mode if mode in of_type["modes"] else None,
            direction=direction or Direction(of_type["direction"]),
            modality=mood,
            auxiliary=tuple(_auxiliary(manner or Manner(), mood)),
            surface_type=EventType(surface_type) if surface_type else None,
            intensity=0.0 if denied else self.plover.score(event_type, mode),
            context=surface.row.context if surface else (),
            actors=actors,
            recipients=tuple(dict.fromkeys(recipients)),
            start=surface.start if surface else clause.start,
            end=surface.end if surface else clause.end,
            row=row or (surface.row.id if surface else clause.kind or "refusal"),
        )


def _auxiliary(manner: Manner, mood: Mood) -> Iterator[str]:
    """PLOVER's auxiliary modes."""
    if manner.background or mood == Mood.BACKGROUND:
        yield "historical"
    if manner.future:
        yield "future"
    if manner.conditional or manner.possible or mood == Mood.CONDITIONAL:
        yield "hypothetical"
    if manner.negated or manner.denied or mood == Mood.DENIED:
        yield "negation"
