"""A word that tells of an act, in its clause, and the act that is made of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from agents.acts.around import WEAPONS
from agents.acts.bench import ANNOUNCING, Bench
from agents.acts.records import Act, Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.acts.suffering import suffers
from agents.language.modality import Manner
from agents.language.names import PRONOUNS, TA_MARBUTA
from agents.language.triggers import Row, Trigger, nominal
from schemas import Modality as Mood

_DEEDS: Final = frozenset(["ASSAULT", "COERCE"])
OF_FEELING: Final = frozenset(["express", "show_readiness"])  # rows of `reporting.yaml`,
FORECASTING: Final = frozenset(["expect", "predict", "rule_likely"])  # and more of them


@dataclass(frozen=True)
class Finding:
    """The words of an act in their clause: how they are put, and which side they say does it."""

    bench: Bench
    clause: Clause
    trigger: Trigger
    found: Sequence[Trigger]  # all that is found in the clause

    @property
    def row(self) -> Row:
        return self.trigger.row

    @property
    def said(self) -> bool:
        return self.clause.kind is not None

    @cached_property
    def manner(self) -> Manner:
        return self.bench.manner(self.clause, self.trigger)

    @cached_property
    def subject(self) -> list[str]:
        return [] if self.row.spoken else self.bench.subject(self.trigger, self.clause)

    @property
    def own(self) -> bool:
        """Whether it is told of who speaks, or of nobody else."""
        return not self.subject or bool(set(self.subject) & set(self.clause.speakers))

    @cached_property
    def blamed(self) -> list[str]:
        return self.bench.blamed(self.clause)

    @property
    def judges(self) -> bool:
        """Whether a side passes judgement: "وصف التغييرات بأنها مسرحية"."""
        return self.clause.judges and self.bench.cast.has_stake(self.clause.speakers)

    @property
    def ahead(self) -> bool:
        manner = self.manner
        return manner.future or manner.possible or manner.conditional or self.trigger.future

    @property
    def suffered(self) -> bool:
        """Whether who speaks says that it is done to himself: "من الخطأ فرض عقوبات عليها"."""
        end = self.trigger.end
        return end < self.clause.end and self.bench.tokens[end].form in load_role_words().on_own

    @property
    def opens(self) -> bool:
        """Whether the clause begins with it: "أعلن قصف المواقع", "أعلن عن قصف المواقع"."""
        first, start = self.clause.start, self.trigger.start
        led = start == first + 1 and self.bench.tokens[first].form in load_role_words().makes_known
        return start == first or (led and self.clause.verb in ANNOUNCING)

    @property
    def announced(self) -> bool:
        """Whether who speaks makes it known as his own deed: "أعلنت بروكسل تجميد أصول"."""
        clause, trigger = self.clause, self.trigger
        alone = trigger.aspect == "noun" and self.opens and bool(clause.speakers)
        return alone and clause.verb in ANNOUNCING and self.row.type in ("SANCTION", "COERCE")

    @cached_property
    def befalls(self) -> bool:
        """Whether it is told by whom it befalls."""
        return suffers(self.bench.cast, self.trigger, self.clause)

    @property
    def unclaimed(self) -> bool:
        """ "صواريخ أطلقت على القاعدة": weapons of which nobody is told that they are his."""
        tokens, start = self.bench.tokens, self.trigger.start
        armed = not WEAPONS.isdisjoint(self.bench.triggers.keys(tokens[start].form))
        theirs = tokens[start].form.endswith(PRONOUNS) and not tokens[start].light.endswith(TA_MARBUTA)
        return self.row.suffers and armed and not (theirs or self.subject)

    @property
    def actors(self) -> tuple[str, ...]:
        if not self.subject and (self.befalls or self.unclaimed or self._merely_told):
            return ()  # who tells that soldiers were killed has not killed them
        return tuple(self.subject) or self.clause.speakers

    @property
    def _merely_told(self) -> bool:
        """ "قالت المنظمة إن 1792 شخصا قتلوا": a deed of nobody that is told by who does no such deeds, or of victims
        of whom nobody says that they are the adversary's.
        """
        bench, clause = self.bench, self.clause
        own = bench.cast.own_at(max(0, clause.start - 1), clause.end)
        if not clause.speakers or not self.said or self.row.type not in _DEEDS:
            return False
        looks_on = not (self.opens or own or bench.cast.has_stake(clause.speakers))
        return looks_on or (self._of_victims and not bench.blamed(clause))

    @property
    def _of_victims(self) -> bool:
        """ "مقتل خمسة عسكريين", "خمسة عسكريين قتلوا", "الذين قتلوا"."""
        words, start, tokens = load_role_words(), self.trigger.start, self.bench.tokens
        if self.trigger.aspect == "noun":
            return self.row.suffers and not (self.opens and words.deaths.isdisjoint(nominal(tokens[start].form)))
        before = tokens[start - 1].form if start > self.clause.start else ""
        fallen = not words.victims.isdisjoint(nominal(before)) or before.startswith(tuple(load_stance_words().relative))
        return self.row.suffers and fallen

    def act(
        self,
        event_type: str,
        mood: Mood | None = None,
        *,
        mode: str | None = None,
        actors: Sequence[str] | None = None,
        recipients: Sequence[str] | None = None,
    ) -> Act:
        return self.bench.act(
            event_type,
            self.bench.mood(self.manner) if mood is None else mood,
            self.clause,
            mode=mode,
            surface=self.trigger,
            manner=self.manner,
            actors=self.actors if actors is None else actors,
            recipients=recipients,
        )
