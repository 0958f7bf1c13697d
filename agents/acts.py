"""What a clause tells of: an act or threat in PLOVER's terms, who does it to whom, and how it is put.

Pure. The words are data (`language/ar/acts.yaml`), PLOVER's types and its table for future and negated events too
(`plover.yaml`). A clause gives at most one act: the one that its speech act and its strongest words make it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from agents.language.modality import Manner, Modality, load_modality
from agents.language.names import Mention
from agents.language.pack import read_table
from agents.language.text import CLOSING, EITHER, OPENING, Token
from agents.language.triggers import Trigger, Triggers, load_triggers, nominal
from agents.roles import Cast, load_role_words
from schemas import ActorKind, Direction, EventType
from schemas import Modality as Mood

HOSTILE: Final = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"])
_COOPERATIVE: Final = frozenset(["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"])
_WEAK: Final = 3  # rank: words that a plain refusal in the same clause outweighs
_FAR: Final = 14  # words between an act and the name of who does it
_REFUSING: Final = 4  # words around لن within which its subject or verb stands


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of an article that may tell of an act: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    kind: str | None = None  # the speech act that governs it (`reporting.yaml`); None where the article itself tells
    speakers: tuple[str, ...] = ()  # sides whose words these are
    addressees: tuple[str, ...] = ()  # sides that the words are told to be for
    reach: tuple[int, int] | None = None  # the whole report, with its verb


@dataclass(frozen=True, slots=True)
class Act:
    """An act; ranges are token positions, sides are ids of parties of the watchlist."""

    event_type: EventType
    mode: str | None
    direction: Direction
    modality: Mood
    auxiliary: tuple[str, ...]
    surface_type: EventType | None
    intensity: float
    context: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: int
    end: int
    row: str  # the row of `acts.yaml`, or the speech act, that told it


@dataclass(frozen=True, slots=True)
class Plover:
    """`plover.yaml` and the word lists of the speech acts."""

    types: Mapping[str, Mapping[str, Any]]
    future: Mapping[str, str]
    negated: Mapping[str, str]
    threatened: Mapping[str, str]

    def score(self, event_type: str, mode: str | None) -> float:
        row = self.types[event_type]
        return float(row["modes"].get(mode, row["score"]) if mode else row["score"])


@lru_cache(maxsize=1)
def load_plover() -> Plover:
    """The tables of the language pack. Raises KeyError where one is not well formed."""
    table = read_table("plover")
    return Plover(
        types=table["types"],
        future=table["future"],
        negated=table["negated"],
        threatened=table["threatened"],
    )


class ActReader:
    """Reads the acts of one article's clauses."""

    def __init__(self, cast: Cast, year: int | None = None) -> None:
        self.cast = cast
        self.tokens: Sequence[Token] = cast.tokens
        self.year = year
        self.triggers: Triggers = load_triggers()
        self.modality: Modality = load_modality()
        self.plover: Plover = load_plover()
        self._named = frozenset(
            position
            for mention in cast.mentions
            if mention.via != "adjective"
            for position in range(mention.start, mention.end)
        )

    def read(self, clause: Clause) -> Act | None:
        """The act that a clause tells of, or None."""
        found = self.triggers.find(self.tokens, clause.start, clause.end, self._named)
        by_speech = _BY_SPEECH.get(clause.kind or "")
        act = by_speech(self, clause, found) if by_speech is not None else self._told(clause, found)
        return act if act is not None and self.concerns(clause, act) else None

    # -- speech acts ----------------------------------------------------------------------------------------------
    def says(self, clause: Clause, name: str) -> bool:
        """Whether one of the patterns of a list of speech acts stands in the clause."""
        return any(
            self.triggers.matches(pattern, self.tokens, clause.start, clause.end)
            for pattern in self.triggers.speech[name]
        )

    def accuse(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        if not clause.speakers:
            return None
        named = (*clause.addressees, *self.cast.sides(clause.start, clause.end))
        accused = [side for side in named if side not in clause.speakers]
        if not accused:
            accused = list(self.cast.adversaries(clause.speakers, clause.start))
        hostile = bool(found) or bool(accused)
        if not hostile:
            return None
        return self._act("ACCUSE", "allege" if found else "disapprove", Mood.ASSERTED, clause, recipients=accused[:2])

    def call(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        if self.says(clause, "no_request"):
            return None
        sides = [
            s for s in (*clause.addressees, *self.cast.sides(clause.start, clause.end)) if s not in clause.speakers
        ]
        group = self.cast.group_at(clause.start, clause.end)
        calm, hostile = self.says(clause, "calm"), self.says(clause, "punishing")
        speaks_for_side = self.cast.has_stake(clause.speakers)
        if hostile:
            peaceful = False
        elif calm or group:
            peaceful = True
        else:
            peaceful = not speaks_for_side
        if not sides:
            sides = self._others(clause.speakers, clause.start)
        sides = [side for side in sides if side not in clause.speakers]
        if not clause.speakers:
            return None
        direction = Direction.DEESCALATION if peaceful else Direction.ESCALATION
        mode = "yield" if peaceful else "change"
        return self._act("REQUEST", mode, Mood.DEMANDED, clause, recipients=sides, direction=direction)

    def threaten(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        best = max(found, key=lambda t: t.row.rank, default=None)
        told = Clause(*clause.reach, clause.kind) if clause.reach else clause
        mood = Mood.BACKGROUND if self._manner(told, best).background else Mood.CONDITIONAL
        mode = self.plover.threatened.get(best.row.type) if best else None
        return self._act("THREATEN", mode, mood, clause, surface=best, recipients=self._targets(clause))

    def warn(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        """A side that warns of what it or its adversary will do threatens; who stands by and warns of war does not."""
        told = self._told(clause, found)
        if told is not None and told.event_type in (EventType.THREATEN, EventType.REJECT):
            return told
        if not self.cast.has_stake(clause.speakers):
            return None
        if not found and not self.says(clause, "harm"):
            return None
        return self._act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=self._targets(clause))

    def reject(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        if self.says(clause, "no_refusal") or not clause.speakers:
            return None
        return self._act("REJECT", None, Mood.ASSERTED, clause, recipients=self._targets(clause))

    def rule_out(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        """ "مستبعدا عقد أي لقاء" refuses it; "لم يستبعد نشر قوات" threatens with it."""
        first = clause.reach[0] if clause.reach else clause.start
        if first and self.tokens[first - 1].light.lstrip("و") in ("لم", "لا", "لن", "أن"):
            return self.threaten(clause, found) if any(t.row.type in HOSTILE for t in found) else None
        if self.says(clause, "talks_subject") or self.says(clause, "welcomed"):
            return self.reject(clause, found)
        return None

    def deny(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        """What is denied is a signal only as denied, and only where it would have been one of escalation."""
        best = self._best([t for t in found if t.row.type in HOSTILE | {"THREATEN"} or t.row.id in _BREAKING])
        if best is None:
            return None
        actors = self._subject(best, clause) or clause.speakers
        return self._act(best.row.type, best.row.mode, Mood.DENIED, clause, surface=best, actors=actors)

    def pledge(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        best = self._best([t for t in found if t.row.type in HOSTILE | {"THREATEN"}])
        if best is not None and not self._manner(clause, best).negated and not self.says(clause, "calm"):
            return self.threaten(clause, found)
        if not clause.speakers:
            return None
        return self._act("AGREE", None, Mood.ASSERTED, clause, recipients=self._targets(clause))

    def welcome(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        if not clause.speakers or not self.says(clause, "welcomed"):
            return None
        return self._act("SUPPORT", None, Mood.ASSERTED, clause, recipients=self._targets(clause))

    def offer(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        if not clause.speakers:
            return None
        told = self._told(clause, [t for t in found if t.row.type not in _COOPERATIVE])
        if told is not None:
            return told
        if not (
            self.says(clause, "calm") or self.says(clause, "welcomed") or any(t.row.type in _COOPERATIVE for t in found)
        ):
            return None
        return self._act("COOPERATE", None, Mood.ASSERTED, clause, recipients=self._targets(clause))

    def hope(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        return None

    # -- what is told ---------------------------------------------------------------------------------------------
    def concerns(self, clause: Clause, act: Act) -> bool:
        """Whether an act is one between the sides of the story.

        An article on the dispute may leave one side to be understood; any other has to name both of them.
        """
        named = {*clause.addressees, *self.cast.sides(clause.start, clause.end)}
        if not self.cast.on_topic or self.cast.foreign(clause.start, clause.end):
            others = [side for side in act.recipients if side in named and side not in act.actors]
            return bool(act.actors) and bool(others) and (clause.kind is not None or bool(named & set(act.actors)))
        if not named and not clause.speakers and self.cast.strangers * 4 > self.cast.named.total():
            return False
        return bool(act.actors or act.recipients)

    def _told(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        duty = self._duty(clause)
        if duty is not None:
            return duty
        judged = [(t.row.rank, -t.start, act) for t in found if (act := self._judge(clause, t)) is not None]
        best = max(judged, key=lambda row: row[:2], default=None)
        if best is not None and best[0] > _WEAK:
            return best[2]
        refusal = self._refusal(clause)
        if best is not None:
            return best[2] if refusal is None or best[2].direction == Direction.DEESCALATION else refusal
        return refusal or self._ultimatum(clause, found)

    def _judge(self, clause: Clause, trigger: Trigger) -> Act | None:
        row, manner = trigger.row, self._manner(clause, trigger)
        said = clause.kind is not None
        if row.said and not (said and clause.speakers):
            return None
        subject = self._subject(trigger, clause)
        if row.own and subject and not set(subject) & set(clause.speakers or subject):
            return None
        if row.own and not subject and not clause.speakers:
            return None
        if row.other and (not subject or set(subject) & set(clause.speakers)):
            return None
        if row.blames and not self._at_odds(clause, self._blamed(clause)):
            return None
        if row.type in HOSTILE and self._in_scare_quotes(trigger):
            return None
        own = not subject or bool(set(subject) & set(clause.speakers))
        if manner.denied:
            return self._denied(clause, trigger, subject)
        if manner.absent or manner.hypothetical and row.type != "THREATEN" and row.id != "must":
            return None
        if row.type in HOSTILE:
            return self._hostile(clause, trigger, manner, subject, own)
        if row.type in _COOPERATIVE:
            return self._cooperative(clause, trigger, manner, subject, own)
        ahead = manner.future or manner.possible or manner.conditional or trigger.future
        if row.needs_future and not ahead:
            return None
        if row.type == "THREATEN":
            if manner.negated or (trigger.aspect == "past" and row.id in _NOT_PAST):
                return None
            mood = Mood.BACKGROUND if manner.background else Mood.ASSERTED if row.mutual else Mood.CONDITIONAL
            actors = clause.speakers or subject
            return self._act(row.type, row.mode, mood, clause, trigger, manner, actors)
        if manner.negated:
            return None
        if row.type == "REJECT":
            actors = subject if subject and trigger.aspect != "noun" else clause.speakers or subject
            if row.id in _BREAKING and ahead:
                return self._act("THREATEN", "relations", Mood.CONDITIONAL, clause, trigger, manner, actors)
            return self._act(row.type, row.mode, self._mood(manner), clause, trigger, manner, actors)
        if row.type == "REQUEST":
            return self.call(Clause(clause.start, clause.end, "call", clause.speakers or tuple(subject)), ())
        accused = self._blamed(clause) if row.blames else [s for s in subject if s not in clause.speakers]
        actors = clause.speakers if said else self._actors(clause, subject)
        return self._act("ACCUSE", row.mode, self._mood(manner), clause, trigger, manner, actors, accused or None)

    def _hostile(
        self, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str], own: bool
    ) -> Act | None:
        row, said = trigger.row, clause.kind is not None
        ahead = manner.future or trigger.future or manner.conditional or manner.possible
        if manner.negated:
            before = self.tokens[trigger.start - 1].light.lstrip("وف") if trigger.start else ""
            if said and clause.speakers and own and (manner.future or before == "لن"):
                return self._act(
                    self.plover.negated[row.type], None, Mood.DENIED, clause, trigger, manner, clause.speakers
                )
            return None
        if manner.obliged or manner.ceased:
            return None
        told_of_itself = subject or trigger.future or self.cast.own_at(clause.start, clause.end)
        if said and trigger.aspect == "noun" and row.type in ("ASSAULT", "COERCE") and not told_of_itself:
            if not manner.future and not self.cast.group_at(clause.start, clause.end) and clause.speakers:
                return None  # "حماية البلاد من الهجمات": nobody's attack in particular
        if said and ahead and not row.stays and not (own and clause.speakers):
            return self._foretold(clause, trigger, manner, subject)
        if said and clause.speakers and not own:
            if (
                self.cast.has_stake(clause.speakers)
                and row.type in ("ASSAULT", "COERCE")
                and self._at_odds(clause, subject)
            ):
                return self._act(
                    "ACCUSE", "allege", self._mood(manner), clause, trigger, manner, clause.speakers, subject
                )
            if row.type == "ASSAULT" and self._fights(clause.speakers):
                named = [side for side in self.cast.sides(clause.start, clause.end) if side not in subject]
                victims = named or clause.speakers
                return self._act(row.type, row.mode, self._mood(manner), clause, trigger, manner, subject, victims)
        actors = self._actors(clause, subject)
        if row.id == "break_relations" and said and trigger.aspect == "noun":
            ahead = True  # who speaks of an end of relations warns of it
        if row.type == "SANCTION" and trigger.aspect == "noun" and clause.speakers and not manner.future:
            actors = clause.speakers  # who says that somebody is unwelcome or listed makes him so
        if ahead and not row.stays and not actors:
            named = self.cast.sides(clause.start, clause.end)
            actors = tuple(self._others(named, clause.start)) if named else ()
            if not actors:
                return None
        if ahead and not row.stays:
            new = self.plover.future[row.type]
            mode = self.plover.threatened[row.type]
            return self._act(new, mode, Mood.CONDITIONAL, clause, trigger, manner, actors)
        mood = Mood.CONDITIONAL if ahead else self._mood(manner)
        return self._act(row.type, row.mode, mood, clause, trigger, manner, actors)

    def _foretold(self, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str]) -> Act | None:
        """What a side says that its adversary will do: a threat reported, or an accusation; of strangers a forecast."""
        if not clause.speakers or not self._at_odds(clause, subject):
            return None
        if trigger.row.type == "SANCTION":
            return self._act("THREATEN", "restrict", Mood.CONDITIONAL, clause, trigger, manner, subject)
        return self._act("ACCUSE", "allege", Mood.CONDITIONAL, clause, trigger, manner, clause.speakers, subject)

    def _blamed(self, clause: Clause) -> list[str]:
        """The sides that a clause speaks of, besides its speaker and those that stand with him."""
        named = [s for s in self.cast.sides(clause.start, clause.end) if s not in clause.speakers]
        return [s for s in named if not any(frozenset((s, own)) in self.cast.allies for own in clause.speakers)]

    def _in_scare_quotes(self, trigger: Trigger) -> bool:
        """One word in quotation marks is meant otherwise: «هجوما» من نوع مختلف."""
        for position in range(max(1, trigger.start), min(trigger.end, len(self.tokens) - 1)):
            before, after = self.tokens[position - 1], self.tokens[position + 1]
            if before.text in OPENING + EITHER and after.text in CLOSING + EITHER:
                return True
        return False

    def _at_odds(self, clause: Clause, subject: Sequence[str]) -> bool:
        """Whether those that a clause tells of are sides of the dispute besides its speaker."""
        return bool(subject) and self.cast.has_stake(clause.speakers) and self.cast.has_stake(subject)

    def _fights(self, sides: Sequence[str]) -> bool:
        """Whether somebody who reports an attack may be the one attacked: a state or an armed side, no institution."""
        return any(self.cast.lexicon.kind_of(side) in (ActorKind.STATE, ActorKind.ARMED_GROUP) for side in sides)

    def _cooperative(
        self, clause: Clause, trigger: Trigger, manner: Manner, subject: Sequence[str], own: bool
    ) -> Act | None:
        row = trigger.row
        speaks = bool(clause.speakers) and (trigger.aspect == "noun" or own)
        actors = clause.speakers if speaks else self._actors(clause, subject)
        if not subject and self.cast.group_at(clause.start, min(clause.end, trigger.end + 2)):
            actors, speaks = self.cast.principals[:2], False
        if row.type == "CONCEDE" and row.id in ("no_intent", "no_option"):
            if clause.kind is None and not subject:
                return None
            return self._act("CONCEDE", None, Mood.DENIED, clause, trigger, manner, actors)
        if manner.negated:
            if trigger.aspect == "noun" or not actors:
                return None
            return self._act(self.plover.negated[row.type], None, Mood.ASSERTED, clause, trigger, manner, actors)
        if manner.obliged or not actors:
            return None
        mood = Mood.CONDITIONAL if manner.possible or manner.conditional else self._mood(manner)
        if (
            manner.future
            or trigger.future
            or manner.possible
            or manner.conditional
            or (row.type in ("RETREAT", "AID") and clause.kind)
        ):
            new = self.plover.future.get(row.type, row.type)
            if speaks and row.type != "CONSULT" and not set(actors) & set(self.cast.principals):
                return self._act("COOPERATE", None, mood, clause, trigger, manner, actors)  # who stands by lends a hand
            return self._act(
                "AGREE" if clause.kind and new != "SUPPORT" else new, None, mood, clause, trigger, manner, actors
            )
        return self._act(row.type, row.mode, mood, clause, trigger, manner, actors)

    def _denied(self, clause: Clause, trigger: Trigger, subject: Sequence[str]) -> Act | None:
        if trigger.row.type not in HOSTILE | {"THREATEN"}:
            return None
        return self._act(
            trigger.row.type,
            trigger.row.mode,
            Mood.DENIED,
            clause,
            trigger,
            Manner(denied=True),
            self._actors(clause, subject),
        )

    def _refusal(self, clause: Clause) -> Act | None:
        """A side that says what it will not do: "السودان لن يكون رهينة"."""
        if clause.kind is None or not self.cast.has_stake(clause.speakers):
            return None
        words = [i for i in range(clause.start, clause.end) if self.tokens[i].kind == "word"]
        for n, position in enumerate(words):
            if self.tokens[position].light not in ("لن", "ولن", "فلن"):
                continue
            verb = self.tokens[words[n + 1]] if n + 1 < len(words) else None
            if verb is None or any(
                not p[0] or not p[0].isdisjoint(self.triggers.keys(verb.form))
                for p in self.triggers.speech["no_refusing_verb"]
            ):
                continue
            before = words[max(0, n - _REFUSING)] if n else position
            near = (before, min(clause.end, words[min(n + 3, len(words) - 1)] + 1))
            if self._person(before, position) and "~حضر" in self.triggers.keys(verb.form):
                continue  # who leads a delegation is a matter of the talks
            if any(self.triggers.matches(p, self.tokens, *near) for p in self.triggers.speech["talks_subject"]):
                if (
                    n
                    and not self.cast.own_at(*near)
                    and not set(self.cast.sides(before, position)) & set(clause.speakers)
                ):
                    continue  # "الاجتماع لن يعقد" tells of the meeting
            manner = self.modality.read(self.tokens, clause.start, clause.end, (position, position + 1), self.year)
            if manner.hypothetical:
                continue
            others = [side for side in self.cast.sides(before, position) if side not in clause.speakers]
            if (
                manner.conditional
                and n
                and not others
                and not self.cast.own_at(before, position)
                and verb.form[:1] != "ن"
            ):
                if not set(self.cast.sides(before, position)) & set(clause.speakers):
                    return self._act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=self._targets(clause))
            if (
                others
                and not self.cast.own_at(before, position)
                and not set(self.cast.sides(before, position)) & set(clause.speakers)
            ):
                return self._act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=others)
            return self._act("REJECT", None, Mood.ASSERTED, clause, recipients=self._targets(clause))
        return None

    def _duty(self, clause: Clause) -> Act | None:
        """What a side says that another has to do: "على واشنطن أن ترفع العقوبات"."""
        if clause.kind is None or not clause.speakers:
            return None
        for mention in self.cast.within(clause.start, clause.end):
            side = self.cast.side(mention)
            on = self.tokens[mention.start - 1].form if mention.start > clause.start else ""
            to = self.tokens[mention.end].form if mention.end < clause.end else ""
            if on in ("علي", "وعلي") and to in ("ان", "الا") and side not in clause.speakers:
                return self.call(clause, ())
        return None

    def _ultimatum(self, clause: Clause, found: Sequence[Trigger]) -> Act | None:
        """What a side says it will do under a condition, where nothing friendly is named: a threat."""
        if clause.kind is None or not self.cast.has_stake(clause.speakers):
            return None
        if any(t.row.type in _COOPERATIVE for t in found) or self.says(clause, "talks_subject"):
            return None
        words = [i for i in range(clause.start, clause.end) if self.tokens[i].kind == "word"]
        ahead = next((i for i in words if self.modality.is_future(self.tokens[i])), None)
        if ahead is None:
            return None
        if not self.modality.read(self.tokens, clause.start, clause.end, (ahead, ahead + 1), self.year).conditional:
            return None
        return self._act("THREATEN", None, Mood.CONDITIONAL, clause, recipients=self._targets(clause))

    def _person(self, start: int, end: int) -> bool:
        named = self.cast.within(start, end)
        return bool(named) and self.cast.lexicon.kind_of(named[-1].target) == ActorKind.PERSON

    # -- parts ----------------------------------------------------------------------------------------------------
    def _best(self, found: Sequence[Trigger]) -> Trigger | None:
        return max(found, key=lambda t: (t.row.rank, t.end - t.start, -t.start), default=None)

    def _manner(self, clause: Clause, trigger: Trigger | None) -> Manner:
        act = (trigger.start, trigger.end) if trigger else (clause.start, clause.start + 1)
        return self.modality.read(
            self.tokens, clause.start, clause.end, act, self.year, trigger is not None and trigger.aspect != "noun"
        )

    def _mood(self, manner: Manner) -> Mood:
        if manner.background:
            return Mood.BACKGROUND
        return Mood.CONDITIONAL if manner.possible else Mood.ASSERTED

    def _targets(self, clause: Clause) -> list[str]:
        """Whom words are meant for: the other sides that they name, or the adversary."""
        named = [*clause.addressees, *self.cast.sides(clause.start, clause.end)]
        return self._with_principal(named, clause.speakers, clause.start)

    def _with_principal(self, named: Sequence[str], actors: Sequence[str], before: int) -> list[str]:
        """The sides that a clause names besides those who act; the adversary too where it names no party to the dispute."""
        others = [side for side in dict.fromkeys(named) if side not in actors]
        if set(others) & set(self.cast.principals):
            return others
        return [*others, *self._others(actors, before)]

    def _others(self, actors: Sequence[str], before: int) -> list[str]:
        if set(actors) & set(self.cast.principals):
            return list(self.cast.adversaries(actors, before))
        return [side for side in self.cast.principals if side not in actors]

    def _together(self, clause: Clause, trigger: Trigger, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Who acts on each other: those named within the words of the act, or a group, or all of the clause."""
        inner = self.cast.sides(trigger.start, trigger.end)
        if len(inner) > 1:
            return tuple(inner)
        if self.cast.group_at(clause.start, clause.end):
            return tuple(dict.fromkeys((*actors, *self.cast.principals[:2])))
        sides = [side for side in self.cast.sides(clause.start, clause.end) if side in self.cast.principals]
        return tuple(sides) if len(sides) > 1 and not set(sides) & set(clause.speakers) else actors

    def _subject(self, trigger: Trigger, clause: Clause) -> list[str]:
        """The sides that do what a trigger tells."""
        return list(_subjects(self.cast, trigger, clause))

    def _actors(self, clause: Clause, subject: Sequence[str]) -> tuple[str, ...]:
        return tuple(subject) or clause.speakers

    def _act(
        self,
        event_type: str,
        mode: str | None,
        mood: Mood,
        clause: Clause,
        surface: Trigger | None = None,
        manner: Manner | None = None,
        actors: Sequence[str] | None = None,
        recipients: Sequence[str] | None = None,
        direction: Direction | None = None,
    ) -> Act:
        row = self.plover.types[event_type]
        actors = tuple(dict.fromkeys(clause.speakers if actors is None else actors))
        if surface is not None and surface.row.mutual and not (actors and set(actors) <= set(clause.speakers)):
            actors = self._together(clause, surface, actors)
        if recipients is None:
            recipients = self._with_principal(self.cast.sides(clause.start, clause.end), actors, clause.start)
        if surface is not None and surface.row.mutual and len(actors) > 1:
            recipients = actors
        manner = manner or Manner()
        surface_type = surface.row.type if surface and surface.row.type != event_type else None
        return Act(
            event_type=EventType(event_type),
            mode=mode if mode in row["modes"] else None,
            direction=direction or Direction(row["direction"]),
            modality=mood,
            auxiliary=tuple(_auxiliary(manner, mood)),
            surface_type=EventType(surface_type) if surface_type else None,
            intensity=0.0
            if mood == Mood.DENIED and row["direction"] == "escalation"
            else self.plover.score(event_type, mode),
            context=surface.row.context if surface else (),
            actors=actors,
            recipients=tuple(dict.fromkeys(recipients)),
            start=surface.start if surface else clause.start,
            end=surface.end if surface else clause.end,
            row=surface.row.id if surface else clause.kind or "refusal",
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


def _subjects(cast: Cast, trigger: Trigger, clause: Clause) -> Iterator[str]:
    """The sides that do what a trigger tells, by where the clause names them."""
    if trigger.row.victim:
        return
    after = cast.within(trigger.end, min(clause.end, trigger.end + _FAR))
    inside = cast.within(trigger.start, trigger.end)
    before = cast.within(max(clause.start, trigger.start - _FAR), trigger.start)
    pick = _of_noun if trigger.aspect == "noun" else _of_verb
    for mention in pick(cast, trigger, clause, before, inside, after):
        side = cast.side(mention)
        if side in cast.parties:
            yield side


def _of_noun(
    cast: Cast,
    trigger: Trigger,
    clause: Clause,
    before: Sequence[Mention],
    inside: Sequence[Mention],
    after: Sequence[Mention],
) -> Sequence[Mention]:
    """ "غارات روسية", "قصفا مدفعيا للجيش", "شن الجيش هجوما"; the genitive of استهداف suffers what it tells."""
    close = [m for m in after if m.start - trigger.end < 4]
    adjectives = [m for m in (*inside, *close) if m.via == "adjective"]
    if adjectives:
        return adjectives[:2]
    suffers = trigger.row.type in _OBJECT_NOUNS or not load_role_words().of_object.isdisjoint(
        nominal(cast.tokens[trigger.start].form)
    )
    if not suffers and close and (not cast.governed(close[0]) or close[0].clitics.lstrip("وف")[:1] == "ل"):
        return close[:1]
    free = [m for m in before if not cast.governed(m)]
    if free or before:
        return free[:1] or before[:1]
    return [m for m in after if m.via == "adjective"]


def _of_verb(
    cast: Cast,
    trigger: Trigger,
    clause: Clause,
    before: Sequence[Mention],
    inside: Sequence[Mention],
    after: Sequence[Mention],
) -> Sequence[Mention]:
    """The subject of a verb stands after it, or before it where the sentence begins with its subject."""
    within = [m for m in inside if not cast.governed(m)]
    if within:
        return _joined_after(within, within[0])
    first = next((m for m in after if not cast.governed(m)), None)
    near = [m for m in before if not cast.governed(m) and trigger.start - m.end < 8]
    if near and not (first and first.start - trigger.end < 2 and trigger.aspect == "past"):
        return _joined(near)
    if trigger.first or cast.own_at(clause.start, trigger.end):
        return ()
    if before and trigger.start - before[-1].end < 2:
        return before[-1:]
    if first is not None and first.start - trigger.end < 5:
        return _joined_after(after, first)
    return before[-1:]


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """The last name and those joined to it with و before it."""
    found = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if found[0].clitics == "و" and found[0].start - mention.end <= 3:
            found.insert(0, mention)
        else:
            break
    return found


def _joined_after(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    found = [first]
    for mention in mentions:
        if mention.start > found[-1].start and mention.clitics == "و" and mention.start - found[-1].end <= 1:
            found.append(mention)
    return found


_BREAKING: Final = frozenset(["cancel_talks", "quit_treaty", "veto"])
_NOT_PAST: Final = frozenset(["will_respond", "accountability", "go_ahead", "recourse", "never_allow", "until_done"])
_OBJECT_NOUNS: Final = frozenset(["SANCTION", "COERCE"])
_BY_SPEECH: Final = {
    name: getattr(ActReader, name)
    for name in (
        "accuse",
        "call",
        "threaten",
        "warn",
        "reject",
        "rule_out",
        "deny",
        "pledge",
        "welcome",
        "offer",
        "hope",
    )
}
