"""What the words of a clause tell, where no speech act decides it: the strongest act, by its tense and polarity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from agents.acts.bench import Bench
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.roles import FIGHTERS, load_role_words
from agents.acts.stances import (
    aspersion,
    commendation,
    duty,
    exception,
    insistence,
    judged,
    judgement,
    load_stance_words,
    recognition,
    refusal,
    regret,
    request,
    ultimatum,
)
from agents.acts.subjects import is_passive
from agents.language.modality import Manner
from agents.language.names import ARTICLE, TO, Mention
from agents.language.text import CLOSING, EITHER, OPENING
from agents.language.triggers import Row, Trigger, nominal
from schemas import Direction, EventType
from schemas import Modality as Mood

_FORECASTING: Final = frozenset(["expect", "predict", "rule_likely"])
_ANNOUNCING: Final = frozenset(["announce", "declare", "reveal"])  # rows of `reporting.yaml`
_OF_FEELING: Final = frozenset(["express", "show_readiness"])
_WEAK: Final = 3  # rank: words that a plain refusal in the same clause outweighs
_HELPED_REACH: Final = 4  # tokens between help and whom it is for
_OF_SOMEBODY: Final = frozenset(["ASSAULT", "REJECT"])  # what nobody who is named does is only spoken of
_SPOKEN_OF: Final = frozenset(["ASSAULT", "MOBILIZE", "COERCE"])  # what is named in passing, as a topic or a time
_REFUSED: Final = frozenset(["REJECT", "THREATEN", "ACCUSE", "REQUEST"])
_DEEDS: Final = (HOSTILE | COOPERATIVE) - {"PROTEST"}
_SUBJECT_REACH: Final = 8  # tokens between a subject that opens its clause and what is told of it
_RELATIVE: Final = ("الذي", "التي", "الذين", "اللذ")
_OPENS: Final = 6  # tokens before a verb that opens what is told
_FEW: Final = 3  # words that stand in quotation marks because they are borrowed


@dataclass(frozen=True)
class _Finding:
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
        return start == first or (led and self.clause.verb in _ANNOUNCING)

    @property
    def announced(self) -> bool:
        """Whether who speaks makes it known as his own deed: "أعلنت بروكسل تجميد أصول"."""
        clause, trigger = self.clause, self.trigger
        alone = trigger.aspect == "noun" and self.opens and bool(clause.speakers)
        return alone and clause.verb in _ANNOUNCING and self.row.type in ("SANCTION", "COERCE")

    @property
    def actors(self) -> tuple[str, ...]:
        return tuple(self.subject) or self.clause.speakers

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


def told(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """The act of the highest rank; a plain refusal outweighs words of blame, a duty laid on somebody everything."""
    owed = duty(bench, clause)
    owed = owed or recognition(bench, clause) or regret(bench, clause) or commendation(bench, clause)
    if owed is not None:
        return owed
    found = _governed(bench, clause, judged(bench, clause, found))
    ranked = sorted(found, key=lambda t: (t.row.rank, -t.start, _opens_as_verb(clause, t)), reverse=True)
    acts = ((t, act) for t in ranked if (act := _judge(_Finding(bench, clause, t, found))) is not None)
    trigger, best = next(acts, (None, None))  # few are looked at
    if trigger and best and (trigger.row.rank > _WEAK or best.direction == Direction.DEESCALATION):
        return best
    act = refusal(bench, clause) or best or ultimatum(bench, clause, found) or judgement(bench, clause)
    if act is None and clause.verb in _FORECASTING:
        return None
    return act or exception(bench, clause) or insistence(bench, clause) or aspersion(bench, clause, found)


def _governed(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Sequence[Trigger]:
    """What is asked for or backed is not done by who does that: "جددت طلبها إرسال جنود", "تأييدها للضربات"."""
    asked = [t for t in found if t.row.type == "REQUEST" and t.aspect == "noun" and t.start == clause.start]
    if clause.kind is not None and asked:
        known = bench.tokens[clause.start].form.startswith(ARTICLE)  # "المطالب مرفوضة", not "المطالبة بالامتناع"
        refused = [t for t in found if t.row.type == "REJECT" and not bench.tokens[t.start].form.startswith("ب")]
        return refused if known and refused else asked
    felt = [t for t in found if t.row.type == "ACCUSE" and t.start <= clause.start + 1]
    if clause.verb in _OF_FEELING and felt:  # "عن صدمتها من القصف"
        return felt
    wanted = next((t.end for t in found if _asks(bench, clause, t)), clause.end)
    spared = frozenset() if clause.kind is None else HOSTILE | _REFUSED
    backed = next((t.end for t in found if t.row.type == "SUPPORT"), clause.end)

    def is_told(t: Trigger) -> bool:
        unasked = t.start < wanted or t.aspect == "past" or t.row.type in spared
        return unasked and (t.start < backed or t.aspect != "noun")

    return [t for t in found if is_told(t)]


def _asks(bench: Bench, clause: Clause, trigger: Trigger) -> bool:
    """Whether it is told in a verb that somebody asks: "التمست من جارتها تسليمها الجثامين"."""
    if trigger.row.type != "REQUEST" or trigger.aspect == "noun":
        return False
    if clause.kind is None:
        return True
    after = trigger.start > clause.start
    led = after and bench.tokens[trigger.start - 1].form.lstrip("وف") in load_stance_words().subordinating
    return not led and (after or trigger.aspect == "present")  # "طلب" that opens what is said is a noun


def _opens_as_verb(clause: Clause, trigger: Trigger) -> bool:
    """A word that may be both opens a sentence of the article as a verb: "طرد المغرب أعضاء من البعثة"."""
    return clause.kind is None and trigger.start == clause.start and trigger.aspect == "past"


def _judge(finding: _Finding) -> Act | None:
    if not _applies(finding) or (finding.said and not finding.bench.cast.on_topic and _is_of_others(finding)):
        return None
    kind = finding.row.type
    if finding.manner.denied:
        return finding.act(kind, Mood.DENIED, mode=finding.row.mode) if kind in HOSTILE | {"THREATEN"} else None
    if finding.manner.absent or (finding.manner.hypothetical and kind != "THREATEN" and not finding.row.demands):
        return None
    if kind in HOSTILE:
        return None if finding.manner.obliged or finding.manner.ceased else _hostile(finding)
    if kind in COOPERATIVE:
        return _cooperative(finding)
    return _worded(finding)


def _worded(finding: _Finding) -> Act | None:
    row, manner = finding.row, finding.manner
    if manner.negated and row.type == "THREATEN" and _says_he_does_not(finding):
        return finding.act(row.type, Mood.DENIED, mode=row.mode, actors=finding.clause.speakers)
    owed = row.type == "REJECT" and manner.obliged  # "ضرورة أن يمتنع الطرفان": wanted, and no refusal
    return None if manner.negated or owed else _VERBAL[row.type](finding)


def _applies(finding: _Finding) -> bool:
    """Whether what a row asks of who speaks, of whom and when is given."""
    row, speakers, subject = finding.row, finding.clause.speakers, finding.subject
    misses = (
        row.said and not (finding.said and speakers),
        row.own and not (set(subject) & set(speakers or subject) if subject else speakers),
        row.other and (not subject or bool(set(subject) & set(speakers))),
        row.blames and not (finding.judges or finding.bench.at_odds(finding.clause, finding.blamed)),
        row.stake and not finding.bench.cast.has_stake(speakers),
        row.needs_future and not finding.ahead,
        row.not_past and finding.trigger.aspect == "past",
        row.between and not _names_two_sides(finding),
        row.type in HOSTILE and _in_scare_quotes(finding),
        row.type in _OF_SOMEBODY and not row.mutual and _names_nobody(finding),
        row.type in _DEEDS and _of_bystander(finding),
    )
    return not any(misses)


def _names_two_sides(finding: _Finding) -> bool:
    """ "أنقذ خفر السواحل التركي صيادين يونانيين": help at home is everyday news."""
    clause, cast = finding.clause, finding.bench.cast
    named = {*finding.actors, *clause.addressees, *cast.sides(clause.start, clause.end)}
    helper = bool(finding.actors) and not set(finding.actors) & set(cast.principals)
    abroad = helper and cast.on_topic and finding.said  # "أعلنت باريس إرسال سيارات إسعاف إلى سيونيك"
    return len(named) > 1 or clause.judges or abroad or cast.group_at(clause.start, clause.end)


def _of_bystander(finding: _Finding) -> bool:
    """ "احتجزت السيول المصطافين": right behind the verb stands what or who does nothing between sides."""
    tokens, subject = finding.bench.tokens, finding.trigger.start + 1
    if finding.trigger.aspect == "noun" or subject >= finding.clause.end:
        return False
    return not load_role_words().bystanders.isdisjoint(nominal(tokens[subject].form))


def _names_nobody(finding: _Finding) -> bool:
    """ "وسئل عن القصف": an article tells of no deed where it names nobody."""
    clause = finding.clause
    return not (finding.said or finding.actors or finding.bench.cast.sides(clause.start, clause.end))


# -- words ------------------------------------------------------------------------------------------------------------
def _threat(finding: _Finding) -> Act | None:
    bench, clause, subject = finding.bench, finding.clause, finding.subject
    wished = bench.tokens[finding.trigger.start - 1].light in load_stance_words().wished
    present = finding.trigger.aspect == "present" and not finding.ahead and not wished
    does = not finding.row.suffers  # "تندم أثينا" is what befalls her
    if finding.said and present and does and not finding.own and bench.at_odds(clause, subject):
        return finding.act("ACCUSE", mode="allege", actors=clause.speakers, recipients=subject)  # "تعاقبنا بغداد"
    mood = Mood.ASSERTED if finding.row.mutual else Mood.CONDITIONAL
    mood = Mood.BACKGROUND if finding.manner.background else mood
    actors = finding.clause.speakers or finding.subject
    with_what = _threatened(finding)
    if with_what is not None and finding.row.mode is None:
        mode = bench.plover.threatened[with_what.row.type]
        return replace(
            finding.act("THREATEN", mood, mode=mode, actors=actors), surface_type=EventType(with_what.row.type)
        )
    return finding.act("THREATEN", mood, mode=finding.row.mode, actors=actors)


def _threatened(finding: _Finding) -> Trigger | None:
    """The deed that a threat names behind it: "يهدد بقطع العلاقات"."""
    behind = (t for t in finding.found if t.start > finding.trigger.start and t.row.type in HOSTILE)
    return next((t for t in behind if not finding.bench.manner(finding.clause, t).hypothetical), None)


def _rejection(finding: _Finding) -> Act | None:
    speakers = finding.clause.speakers
    of_speaker = finding.row.said and bool(speakers)  # "ما وقع يخص جارتنا وحدها"
    does = finding.subject if finding.trigger.aspect != "noun" and not of_speaker else ()
    actors = does or speakers or finding.subject
    if finding.row.breaks and finding.ahead:
        return finding.act("THREATEN", Mood.CONDITIONAL, mode="relations", actors=actors)
    mood = Mood.CONDITIONAL if finding.row.demands else None
    if finding.row.victim and speakers:  # "قوبل طلبها بالرفض": who speaks of it has been refused
        named = [side for side in finding.blamed if side in finding.bench.cast.principals]
        refusing = named or finding.bench.others(speakers, finding.clause.start)
        return finding.act("REJECT", mode=finding.row.mode, actors=refusing, recipients=speakers)
    return finding.act("REJECT", mood, mode=finding.row.mode, actors=actors)


def _demand(finding: _Finding) -> Act | None:
    clause = finding.clause
    if is_passive(finding.bench.tokens[finding.trigger.start].text):
        return None  # "حيث يُنتظر الوزير"
    if finding.said and _is_of_others(finding):
        return None
    if finding.trigger.future and finding.row.promises:
        return finding.act("AGREE", actors=finding.actors)  # who will invite has promised to
    if finding.trigger.aspect != "noun" and _is_led(finding):
        return None  # "المؤتمر الذي دعا إليه"
    reported = finding.said and not finding.own and finding.trigger.aspect != "noun"  # what another asks for
    if reported and _is_subordinate(finding):
        return None
    asking = tuple(finding.subject) if reported else clause.speakers or tuple(finding.subject)
    return request(finding.bench, Clause(clause.start, clause.end, "call", asking))


def _is_led(finding: _Finding) -> bool:
    """Whether a verb stands right behind a relative pronoun."""
    tokens, start = finding.bench.tokens, finding.trigger.start
    return start > finding.clause.start and tokens[start - 1].form.startswith(_RELATIVE)


def _is_subordinate(finding: _Finding) -> bool:
    """ "بعد أن طلبت أسمرة", "اللقاء الذي دعت إليه": a verb that does not open what is told."""
    tokens, clause, start = finding.bench.tokens, finding.clause, finding.trigger.start
    led = start > clause.start and tokens[start - 1].form.lstrip("وف") in load_stance_words().subordinating
    return led or start - clause.start > _OPENS


def _is_of_others(finding: _Finding) -> bool:
    """ "قال إنهم يطالبون بالحماية": a verb in the third person whose subject is on no watchlist."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    verb = trigger.aspect != "noun" and not trigger.first and not finding.subject
    return verb and not bench.cast.own_at(max(0, clause.start - 1), trigger.start)


def _accusation(finding: _Finding) -> Act | None:
    clause = finding.clause
    accused = [side for side in finding.subject if side not in clause.speakers] if finding.said else []
    accused = finding.blamed if finding.row.blames else accused
    if clause.judges:
        accused = [side for side in _whose(finding) if side not in clause.speakers] or accused
    actors = clause.speakers if finding.said else finding.actors
    return finding.act("ACCUSE", mode=finding.row.mode, actors=actors, recipients=accused or None)


_VERBAL: Final[dict[str, Callable[[_Finding], Act | None]]] = {
    "THREATEN": _threat,
    "REJECT": _rejection,
    "REQUEST": _demand,
    "ACCUSE": _accusation,
}


def _whose(finding: _Finding) -> list[str]:
    """Whose thing is judged, the first that is named before what it is called: "وصف كلام أنقرة عن جارتها بأنه"."""
    bench, clause = finding.bench, finding.clause
    marks = (i for i in range(clause.start, clause.end) if bench.tokens[i].form in load_stance_words().as_being)
    return bench.cast.sides(clause.start, next(marks, clause.start))[:1]


# -- deeds ------------------------------------------------------------------------------------------------------------
def _hostile(finding: _Finding) -> Act | None:
    if finding.manner.negated:
        return _disavowed(finding)
    if finding.judges and finding.trigger.aspect == "noun":  # "وصفها بأنها تدريب على الغزو"
        return finding.act("ACCUSE", mode="disapprove", actors=finding.clause.speakers)
    if _of_nobody(finding) or _is_purpose(finding) or _in_passing(finding) or _is_crime(finding) or _is_undone(finding):
        return None
    if finding.said and finding.ahead and not finding.row.stays and not (finding.own and finding.clause.speakers):
        return _foretold(finding)
    if finding.said and finding.clause.speakers and not finding.own:
        reported = _reported(finding)
        if reported is not None:
            return reported
    return _done_or_threatened(finding)


def _disavowed(finding: _Finding) -> Act | None:
    """Who says that he will not attack gives way, in PLOVER's terms."""
    bench, clause, start = finding.bench, finding.clause, finding.trigger.start
    before = bench.tokens[start - 1].light.lstrip("وف") if start else ""
    if (
        finding.said
        and clause.speakers
        and finding.own
        and (finding.manner.future or before in load_stance_words().will_not)
    ):
        return finding.act(bench.plover.negated[finding.row.type], Mood.DENIED, actors=clause.speakers)
    if _says_he_does_not(finding):
        return finding.act(finding.row.type, Mood.DENIED, mode=finding.row.mode, actors=clause.speakers)
    return None


def _says_he_does_not(finding: _Finding) -> bool:
    """ "قالت أنقرة إنها لم تقصف القرية", "لا نهدد أحدا": a deed that who speaks disowns; "ما لم" is a condition."""
    tokens, trigger, words = finding.bench.tokens, finding.trigger, load_stance_words()
    before = [token.light.lstrip("وف") for token in tokens[max(0, trigger.start - 2) : trigger.start]] or [""]
    disowned = trigger.negated or before[-1] in words.did_not or (trigger.first and before[-1] in words.denying)
    if not disowned or before[0] in words.unless or trigger.aspect != "present":
        return False
    return finding.said and finding.own and finding.bench.cast.disputes(finding.clause.speakers)


def _of_nobody(finding: _Finding) -> bool:
    """ "حماية البلاد من الهجمات": attacks that somebody speaks of, and nobody in particular commits."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    return (
        finding.said
        and bool(clause.speakers)
        and trigger.aspect == "noun"
        and not finding.opens  # "أعلن الجيش قصف المواقع" tells of his own deed
        and finding.row.type in ("ASSAULT", "COERCE")
        and not (finding.subject or trigger.future or finding.manner.future)
        and not bench.cast.own_at(clause.start, clause.end)
        and not bench.cast.group_at(clause.start, clause.end)
    )


def _in_passing(finding: _Finding) -> bool:
    """ "تحقيق في هجوم كشمير", "بعد الهجوم", "منفذ الهجوم": named as what something else is about or comes after."""
    bench, trigger = finding.bench, finding.trigger
    if trigger.aspect != "noun" or finding.row.type not in _SPOKEN_OF or trigger.start <= finding.clause.start:
        return False
    words, before = load_role_words(), bench.tokens[trigger.start - 1].form
    if before in words.of_deed or before.lstrip("وفبلك") in words.of_deed:
        return True  # "منفذ الهجوم"
    return before in words.about and not bench.cast.within(trigger.start, min(finding.clause.end, trigger.end + 3))


def _is_crime(finding: _Finding) -> bool:
    """ "اعتقال شاب يشتبه في تخطيطه لهجوم": what a suspect is sought or held for is no deed of a side."""
    clause, trigger = finding.clause, finding.trigger
    before = {finding.bench.tokens[i].form.lstrip("وف") for i in range(clause.start, trigger.start)}
    return not before.isdisjoint(load_role_words().police) and finding.row.type in ("ASSAULT", "MOBILIZE")


def _is_undone(finding: _Finding) -> bool:
    """ "أفرج عن الناقلة بعد أسابيع من احتجازها": the deed that is taken back is named beside."""
    trigger = finding.trigger
    before = (t for t in finding.found if t.row.type == "RETREAT" and t.aspect != "noun")
    return trigger.aspect == "noun" and any(t.end <= trigger.start for t in before)


def _is_purpose(finding: _Finding) -> bool:
    """ "مصممة لتدمير القوات": what something is for has not been done."""
    trigger = finding.trigger
    alone = trigger.aspect == "noun" and trigger.end - trigger.start == 1 and not finding.row.stays
    return alone and finding.bench.tokens[trigger.start].form.startswith("ل")


def _foretold(finding: _Finding) -> Act | None:
    """What a side says that its adversary will do: a threat reported, or an accusation; of strangers a forecast."""
    clause, subject = finding.clause, finding.subject
    if not clause.speakers or not finding.bench.at_odds(clause, subject):
        return None
    if finding.row.type == "SANCTION":
        return finding.act("THREATEN", Mood.CONDITIONAL, mode="restrict", actors=subject)
    return finding.act("ACCUSE", Mood.CONDITIONAL, mode="allege", actors=clause.speakers, recipients=subject)


def _reported(finding: _Finding) -> Act | None:
    """A breach that one side reports of the other is an accusation; an attack that others report is one."""
    bench, clause, row, subject = finding.bench, finding.clause, finding.row, finding.subject
    if row.type in ("ASSAULT", "COERCE") and bench.at_odds(clause, subject):
        return finding.act("ACCUSE", mode="allege", actors=clause.speakers, recipients=subject)
    if row.type == "ASSAULT" and any(bench.cast.lexicon.kind_of(side) in FIGHTERS for side in clause.speakers):
        named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
        return finding.act(row.type, mode=row.mode, actors=subject, recipients=named or clause.speakers)
    return None


def _done_or_threatened(finding: _Finding) -> Act | None:
    bench, clause, row = finding.bench, finding.clause, finding.row
    actors, noun = finding.actors, finding.trigger.aspect == "noun"
    ahead = finding.ahead or (row.ends_ties and finding.said and noun)  # who speaks of an end of relations warns of it
    if finding.announced:
        return finding.act(row.type, mode=row.mode, actors=clause.speakers)
    if row.type == "SANCTION" and noun and finding.said and not finding.subject and finding.suffered:
        others = bench.others(clause.speakers, clause.start)
        return finding.act("THREATEN", Mood.CONDITIONAL, mode="restrict", actors=others, recipients=clause.speakers)
    if (
        row.type == "SANCTION"
        and noun
        and finding.said
        and finding.subject
        and not finding.own
        and row.context == ("economic",)
    ):
        ahead = True  # sanctions that somebody speaks of, of which another has spoken: they are not there yet
    elif row.type == "SANCTION" and noun and clause.speakers and not finding.manner.future:
        actors = clause.speakers  # who says that somebody is unwelcome or listed makes him so
    if not ahead or row.stays:
        mood = Mood.CONDITIONAL if ahead else None
        faced = _faced(finding, actors) or _who_tells(finding, actors)
        return finding.act(row.type, mood, mode=row.mode, actors=actors, recipients=faced)
    named = bench.cast.sides(clause.start, clause.end)
    actors = actors or tuple(bench.others(named, clause.start) if named else ())
    if not actors:
        return None
    mode = bench.plover.threatened[row.type]
    return finding.act(bench.plover.future[row.type], Mood.CONDITIONAL, mode=mode, actors=actors)


def _who_tells(finding: _Finding, actors: Sequence[str]) -> Sequence[str] | None:
    """On whom a deed is done that one side tells of the other, and names nobody: "قالت كييف إن روسيا حشدت جنودا"."""
    bench, clause, subject = finding.bench, finding.clause, finding.subject
    if set(actors) & set(clause.speakers) or not bench.at_odds(clause, subject):
        return None
    if not bench.cast.disputes(clause.speakers):
        return None
    named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
    return None if named else clause.speakers


def _faced(finding: _Finding, actors: Sequence[str]) -> Sequence[str] | None:
    """Whom forces are meant for where all who are named have them strengthened, or are helped beside: "ستعزز قوات
    الحلف وتقدم مساعدة لجارتها".
    """
    bench, clause = finding.bench, finding.clause
    named = [m for m in bench.cast.within(clause.start, clause.end) if bench.cast.side(m) not in actors]
    if finding.row.type != "MOBILIZE" or not named or not actors:
        return None

    def is_helped(mention: Mention) -> bool:
        before = bench.tokens[max(0, mention.start - _HELPED_REACH) : mention.start]
        return mention.clitics.endswith(TO) and any("@aid" in bench.triggers.keys(token.form) for token in before)

    own = all(
        ("@forces" in bench.triggers.keys(bench.tokens[m.start - 1].form) and m.via != "adjective") or is_helped(m)
        for m in named
    )
    return bench.others(actors, clause.start) if own else None


# -- good will --------------------------------------------------------------------------------------------------------
def _cooperative(finding: _Finding) -> Act | None:
    bench, clause, row, manner = finding.bench, finding.clause, finding.row, finding.manner
    speaks = bool(clause.speakers) and (finding.own or (finding.trigger.aspect == "noun" and not _of_subject(finding)))
    actors = clause.speakers if speaks else finding.actors
    start = finding.trigger.start
    both = finding.trigger.aspect != "noun" and bench.cast.group_at(max(clause.start, start - 1), start)
    if row.spoken:
        actors = clause.speakers  # "سنواصل اتصالاتنا بالجانبين"
    elif both or (not finding.subject and bench.cast.group_at(clause.start, min(clause.end, finding.trigger.end + 2))):
        actors, speaks = bench.cast.both(start), False
    if not actors and row.mutual and not finding.said:
        actors = bench.cast.principals[:2]  # "دخلت الهدنة حيز التنفيذ"
    unnamed = row.mode == "release" or finding.trigger.passive or is_passive(bench.tokens[start].text)
    if not actors and row.type == "RETREAT" and unnamed:
        actors = tuple(bench.others(bench.cast.sides(clause.start, clause.end), clause.start))  # "أُخلي سبيل البحارة"
    if row.disclaims:
        return finding.act("CONCEDE", Mood.DENIED, actors=actors) if finding.said or finding.subject else None
    foretold = clause.verb in _FORECASTING and not finding.own  # "تتوقع أثينا أن تتراجع أنقرة"
    if not actors or foretold or (manner.negated and finding.trigger.aspect == "noun") or _is_topic(finding):
        return None
    if manner.negated:
        denies = row.type == "AID" and speaks and not finding.ahead  # "لم نرسل سلاحا إلى أحد"
        return None if denies else finding.act(bench.plover.negated[row.type], Mood.ASSERTED, actors=actors)
    return None if manner.obliged else _kept_or_promised(finding, actors, speaks)


def _of_subject(finding: _Finding) -> bool:
    """ "قالت موسكو إن أنقرة مستعدة": a participle or noun whose subject opens the clause."""
    bench, clause = finding.bench, finding.clause
    first = next(iter(bench.cast.within(clause.start, min(clause.end, clause.start + _FEW))), None)
    if first is None or first.end > finding.trigger.start or bench.cast.governed(first) or first.clitics:
        return False
    return bench.cast.side(first) in finding.subject and finding.trigger.start - first.end <= _SUBJECT_REACH


def _is_topic(finding: _Finding) -> bool:
    """ "موعد انسحاب القوات", "خطة لتبادل الأسرى": named as what is spoken of, or what something is for."""
    bench, trigger = finding.bench, finding.trigger
    if trigger.aspect == "present" or trigger.start <= finding.clause.start:
        return False
    words, purpose = load_role_words(), bench.tokens[trigger.start].form.startswith("ل")
    before = [bench.tokens[i].form for i in range(max(finding.clause.start, trigger.start - 3), trigger.start)]
    if purpose:
        return any(not words.proposals.isdisjoint(nominal(form)) for form in before)
    return not before[-1].startswith("ال") and not words.topics.isdisjoint(nominal(before[-1]))


def _kept_or_promised(finding: _Finding, actors: Sequence[str], speaks: bool) -> Act:
    bench, row, manner = finding.bench, finding.row, finding.manner
    mood = Mood.CONDITIONAL if manner.possible or manner.conditional else None
    before = {token.form for token in bench.tokens[finding.clause.start : finding.trigger.start]}
    came_about = finding.trigger.aspect == "noun" and not before.isdisjoint(load_role_words().came_about)
    done = (finding.trigger.aspect == "past" or came_about) and not finding.ahead
    promised = finding.ahead or (row.type in ("RETREAT", "AID") and finding.said and not done)
    if not promised or row.stays:
        return finding.act(row.type, mood, mode=row.mode, actors=actors)
    at_a_price = row.type in ("RETREAT", "CONCEDE")  # a promise
    if speaks and row.type != "CONSULT" and not at_a_price and not set(actors) & set(bench.cast.principals):
        return finding.act("COOPERATE", mood, actors=actors)  # who stands by lends a hand
    new = bench.plover.future.get(row.type, row.type)
    return finding.act("AGREE" if finding.said and new not in ("SUPPORT", "CONCEDE") else new, mood, actors=actors)


def _in_scare_quotes(finding: _Finding) -> bool:
    """A word or two in quotation marks are meant otherwise: «هجوما» من نوع مختلف, «قصف كلامي»."""
    tokens, trigger, clause = finding.bench.tokens, finding.trigger, finding.clause
    for start in range(max(clause.start + 1, trigger.start - 1), trigger.end):
        if tokens[start - 1].text in OPENING + EITHER:
            most = start + (1 if finding.said else _FEW)
            end = next(
                (i for i in range(start, min(most, clause.end - 1)) if tokens[i + 1].text in CLOSING + EITHER), 0
            )
            within = start > trigger.start and end < trigger.end - 1  # "حاملة الطائرات «شاندونغ» أبحرت"
            if end and end >= trigger.start and not within:
                return True
    return False
