"""Hostile deeds, done, disavowed, foretold or reported, by whom and to whom. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final

from agents.acts.bench import ANNOUNCING
from agents.acts.dispute import FIGHTERS
from agents.acts.finding import Finding
from agents.acts.records import Act
from agents.acts.requests import request
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.acts.suffering import is_form_of
from agents.language.names import (
    AND,
    ARTICLE,
    CONJUNCTIONS,
    PREPOSITIONS,
    PRONOUNS,
    TA_MARBUTA,
    TO,
    Mention,
    without_clitics,
)
from agents.language.triggers import nominal
from schemas import ActorKind
from schemas import Modality as Mood

_ENVOY: Final = 4  # tokens from "استدعى" with its object to whose envoy he is
_TITLE: Final = 3  # tokens of "نائب المفوض السامي الهندي", "القائم بالأعمال الهندي" before whose he is
_OWED: Final = 14  # tokens between who owes and what he owes
_CLAIMED: Final = 3  # tokens between a claim and what is claimed
_DECIDED: Final = 3  # tokens between a decision and what is decided
_HELPED_REACH: Final = 4  # tokens between help and whom it is for
_SUBJECT: Final = 4  # tokens from the beginning of a clause to its subject
_GREAT: Final = 100  # lives that no single deed has cost, as a rule
_RECALL: Final = "recall_envoy"  # row of `acts.yaml`
_SIEGE: Final = "blockade"
_CLAIM: Final = "claim_attack"  # row of `reporting.yaml`
_FORCEFUL: Final = frozenset(["ASSAULT", "COERCE"])
_OF_COURTS: Final = ("legal",)
_SPOKEN_OF: Final = frozenset(["ASSAULT", "MOBILIZE", "COERCE"])  # what is named in passing, as a topic or a time


def hostile(finding: Finding) -> Act | None:
    if finding.manner.negated:
        return _disavowed(finding)
    otherwise = _judged(finding) or _claimed(finding) or _summons(finding) or _of_whoever(finding) or _owed(finding)
    if otherwise is not None:
        return otherwise
    if any(rule(finding) for rule in _UNTOLD):
        return None
    if finding.said and finding.ahead and not finding.row.stays and not (finding.own and finding.clause.speakers):
        return _foretold(finding)
    if finding.said and finding.clause.speakers and not finding.own and not finding.announced:
        reported = _reported(finding)
        if reported is not None:
            return reported
    return _done_or_threatened(finding)


def _judged(finding: Finding) -> Act | None:
    """ "وصفها بأنها تدريب على الغزو"."""
    if not (finding.judges and finding.trigger.aspect == "noun"):
        return None
    return finding.act("ACCUSE", mode="disapprove", actors=finding.clause.speakers)


def _claimed(finding: Finding) -> Act | None:
    """ "تبنت الجماعة الهجوم على الثكنة": who says that it is his has done it."""
    clause, row = finding.clause, finding.row
    if clause.verb != _CLAIM or not clause.speakers or row.type not in _FORCEFUL:
        return None
    others = [side for side in finding.bench.cast.sides(clause.start, clause.end) if side not in clause.speakers]
    return finding.act(row.type, mode=row.mode, actors=clause.speakers, recipients=others or None)


def _summons(finding: Finding) -> Act | None:
    """ "استدعت أنقرة السفير اليوناني", "استدعي السفير اليوناني إلى الخارجية التركية": another's envoy is told off."""
    bench, trigger = finding.bench, finding.trigger
    keys, tokens, cast = bench.triggers.keys, bench.tokens, bench.cast
    named = [m for m in cast.within(trigger.start, finding.clause.end) if m.start]
    near = [m for m in named if m.start < trigger.end + _ENVOY]
    envoys = [m for m in near if any("@envoy" in keys(form) for form in _title(finding, m))]
    if (
        finding.row.id != _RECALL
        or not envoys
        or not is_form_of(tokens[trigger.start].form, load_role_words().summoning)
    ):
        return None
    theirs = cast.side(envoys[0])
    words = load_role_words().ministry
    hosts = [
        cast.side(m)
        for m in named
        if m.via == "adjective" and not words.isdisjoint(without_clitics(tokens[m.start - 1].form))
    ]
    before = [cast.side(m) for m in cast.within(finding.clause.start, trigger.start) if m.via != "adjective"]
    actors = [side for side in (*hosts, *finding.actors, *before[-1:]) if side != theirs][:1]
    return finding.act("ACCUSE", mode="disapprove", actors=actors, recipients=[theirs]) if actors else None


def _title(finding: Finding, mention: Mention) -> Sequence[str]:
    """Whose envoy somebody is told by the words before: "القائم بالأعمال اليوناني"; not "سفيرها لدى اليونان"."""
    first = max(finding.trigger.start, mention.start - (_TITLE if mention.via == "adjective" else 1))
    title = finding.bench.tokens[first : mention.start]
    theirs = any(token.form.endswith(PRONOUNS) and not token.light.endswith(TA_MARBUTA) for token in title)
    return () if theirs or mention.clitics else [token.form for token in title]


def _disavowed(finding: Finding) -> Act | None:
    """Who says that he will not attack gives way, in PLOVER's terms."""
    bench, clause, start = finding.bench, finding.clause, finding.trigger.start
    before = bench.tokens[start - 1].light.lstrip(CONJUNCTIONS) if start else ""
    if (
        finding.said
        and clause.speakers
        and finding.own
        and (finding.manner.future or before in load_stance_words().will_not)
    ):
        return finding.act(bench.plover.negated[finding.row.type], Mood.DENIED, actors=clause.speakers)
    if says_he_does_not(finding):
        return finding.act(finding.row.type, Mood.DENIED, mode=finding.row.mode, actors=clause.speakers)
    return None


def says_he_does_not(finding: Finding) -> bool:
    """ "قالت أنقرة إنها لم تقصف القرية", "لا نهدد أحدا": a deed that who speaks disowns; "ما لم" is a condition."""
    tokens, trigger, words = finding.bench.tokens, finding.trigger, load_stance_words()
    before = [token.light.lstrip(CONJUNCTIONS) for token in tokens[max(0, trigger.start - 2) : trigger.start]] or [""]
    disowned = trigger.negated or before[-1] in words.did_not or (trigger.first and before[-1] in words.denying)
    if not disowned or before[0] in words.unless or trigger.aspect != "present":
        return False
    return finding.said and finding.own and finding.bench.cast.disputes(finding.clause.speakers)


def _of_whoever(finding: Finding) -> Act | None:
    """ "من يقصف القرى لا يريد السلام", "السلاح الذي يقتل به الجنود", "لسنا من قصف": told of the other, unnamed."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    if finding.subject or trigger.aspect == "noun" or trigger.first or finding.row.type not in _FORCEFUL:
        return None
    words = load_stance_words()
    before = bench.tokens[trigger.start - 1].form.lstrip(CONJUNCTIONS) if trigger.start > clause.start else ""
    relative = before in words.who or before.startswith(tuple(words.relative))
    ahead = any(bench.modality.is_ahead(bench.tokens, i) for i in range(clause.start, clause.end))
    if not relative or ahead or not (clause.speakers and bench.cast.disputes(clause.speakers)):
        return None
    return finding.act("ACCUSE", mode="allege", actors=clause.speakers)


def _owed(finding: Finding) -> Act | None:
    """What who speaks says that another has to do."""
    asks = finding.said and bool(finding.clause.speakers) and _is_owed(finding)
    return request(finding.bench, finding.clause) if asks else None


def _is_owed(finding: Finding) -> bool:
    """ "على أنقرة أن تحل الجماعة وأن تقطع صلتها بها": what a side has to do, in the first clause or a later one."""
    tokens, start, words = finding.bench.tokens, finding.trigger.start, load_stance_words()
    that = bool(start) and tokens[start - 1].form.lstrip(CONJUNCTIONS) in words.that
    if not that or finding.trigger.aspect != "present":
        return False
    before = range(start - 1, max(0, start - _OWED), -1)
    near = takewhile(lambda i: tokens[i].kind == "word", before)
    return any(tokens[i].form in words.owed_by and finding.bench.is_named(i + 1) for i in near)


def _is_claimed(finding: Finding) -> bool:
    """ "المزاعم القائلة بأن أنقرة تعد لعملية": what is called untrue as it is told."""
    start, claims = finding.clause.start, load_role_words().claims
    before = finding.bench.tokens[max(0, start - _CLAIMED) : start]
    return finding.said and any(not claims.isdisjoint(nominal(token.form)) for token in before)


def _of_nobody(finding: Finding) -> bool:
    """ "حماية البلاد من الهجمات": attacks that somebody speaks of, and nobody in particular commits."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    known = trigger.end == trigger.start + 1 and bench.tokens[trigger.start].form.startswith(ARTICLE)
    known = known and not finding.manner.conditional
    return (
        finding.said
        and bool(clause.speakers)
        and trigger.aspect == "noun"
        and not (finding.opens and not known)  # "أعلن الجيش قصف المواقع" tells of his own deed, "القصف جريمة" does not
        and not finding.unclaimed
        and finding.row.type in ("ASSAULT", "COERCE")
        and not (finding.subject or trigger.future or finding.manner.future)
        and not bench.cast.own_at(clause.start, clause.end)
        and not bench.cast.group_at(clause.start, clause.end)
    )


def _in_passing(finding: Finding) -> bool:
    """ "تحقيق في هجوم كشمير", "بعد الهجوم", "منفذ الهجوم": named as what something else is about or comes after."""
    bench, trigger = finding.bench, finding.trigger
    if finding.row.type not in _SPOKEN_OF or trigger.start <= finding.clause.start:
        return False
    words, before = load_role_words(), bench.tokens[trigger.start - 1].form
    if before.lstrip(AND) in bench.modality.since or _is_led_to(finding):
        return True  # "منذ إغلاق الحدود مع تركيا"
    if trigger.aspect != "noun":
        return False
    if before in words.of_deed or before.lstrip(CONJUNCTIONS + PREPOSITIONS) in words.of_deed:
        return True  # "منفذ الهجوم"
    if before not in words.about:
        return False
    opens = finding.said and trigger.start == finding.clause.start + 1  # "عقب ضم روسيا الجزيرة"
    return opens or not bench.cast.within(trigger.start, min(finding.clause.end, trigger.end + 3))


def _is_led_to(finding: Finding) -> bool:
    """ "منذ بدء الغزو", "تنسيق ردنا على العدوان": since when something is, and what it answers."""
    bench, start, words = finding.bench, finding.trigger.start, load_role_words()
    led_by, before = (token.form for token in bench.tokens[start - 2 : start]) if start > 1 else ("", "")
    begun = before in words.outbreaks and led_by.lstrip(AND) in bench.modality.since
    return begun or (before in words.against and led_by in words.response)


def _is_toll(finding: Finding) -> bool:
    """ "قتل أكثر من 280 مدنيا منذ بدء الهجوم", "أوقع النزاع آلاف القتلى": what a war has cost is no single deed."""
    bench, clause = finding.bench, finding.clause
    words, tokens = load_role_words(), bench.tokens
    begun = any(
        tokens[i].form in bench.modality.since and not words.outbreaks.isdisjoint(nominal(tokens[i + 1].form))
        for i in range(clause.start, clause.end - 1)
    )
    at_first = tokens[clause.start : min(clause.end, clause.start + _SUBJECT)]
    begun = begun or any(token.form in words.wars for token in at_first)
    suffered = any(trigger.row.suffers for trigger in finding.found)
    if not (suffered and begun) or bench.is_of_these_days(clause):
        return False
    inside = tokens[clause.start : clause.end]
    return any(token.form in words.great_numbers or _is_great(token.form) for token in inside)


def _is_great(form: str) -> bool:
    return form.isdecimal() and int(form) >= _GREAT


def _is_crime(finding: Finding) -> bool:
    """ "اعتقال شاب يشتبه في تخطيطه لهجوم": what a suspect is sought or held for is no deed of a side."""
    clause, trigger = finding.clause, finding.trigger
    before = {finding.bench.tokens[i].form.lstrip(CONJUNCTIONS) for i in range(clause.start, trigger.start)}
    return not before.isdisjoint(load_role_words().police) and finding.row.type in ("ASSAULT", "MOBILIZE")


def _is_undone(finding: Finding) -> bool:
    """ "أفرج عن الناقلة بعد أسابيع من احتجازها": the deed that is taken back is named beside."""
    trigger = finding.trigger
    before = (t for t in finding.found if t.row.type == "RETREAT" and t.aspect != "noun")
    return trigger.aspect == "noun" and any(t.end <= trigger.start for t in before)


def _is_purpose(finding: Finding) -> bool:
    """ "مصممة لتدمير القوات": what something is for has not been done."""
    trigger = finding.trigger
    alone = trigger.aspect == "noun" and trigger.end - trigger.start == 1 and not finding.row.stays
    return alone and finding.bench.tokens[trigger.start].form.startswith(TO)


# By these a deed is named, and not told.
_UNTOLD: Final[Sequence[Callable[[Finding], bool]]] = (
    _is_claimed,
    _is_owed,
    _of_nobody,
    _is_purpose,
    _in_passing,
    _is_toll,
    _is_crime,
    _is_undone,
)


def _foretold(finding: Finding) -> Act | None:
    """What a side says that its adversary will do: a threat reported, or an accusation; of strangers a forecast."""
    clause, subject = finding.clause, finding.subject
    if not clause.speakers or not finding.bench.at_odds(clause, subject):
        return None
    if finding.row.type == "SANCTION":
        return finding.act("THREATEN", Mood.CONDITIONAL, mode="restrict", actors=subject)
    return finding.act("ACCUSE", Mood.CONDITIONAL, mode="allege", actors=clause.speakers, recipients=subject)


def _reported(finding: Finding) -> Act | None:
    """A breach that one side reports of the other is an accusation; an attack that others report is one."""
    bench, clause, row, subject = finding.bench, finding.clause, finding.row, finding.subject
    if row.suffers and _fought(finding):
        return None
    if row.type in ("ASSAULT", "COERCE") and bench.at_odds(clause, subject):
        if _befalls_fighters(finding):
            named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
            return finding.act(row.type, mode=row.mode, actors=subject, recipients=named or clause.speakers)
        return finding.act("ACCUSE", mode="allege", actors=clause.speakers, recipients=subject)
    if row.type == "ASSAULT" and any(bench.cast.lexicon.kind_of(side) in FIGHTERS for side in clause.speakers):
        named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
        return finding.act(row.type, mode=row.mode, actors=subject, recipients=named or clause.speakers)
    return None


def _befalls_fighters(finding: Finding) -> bool:
    """ "مقتل جندي بنيران تركية", "يحاصرون ستة آلاف جندي": news of a war, and not what soldiers of the adversary do."""
    cast, clause, fighters = finding.bench.cast, finding.clause, load_role_words().fighters
    if not (finding.row.suffers or finding.row.id == _SIEGE):
        return False
    named = [m.start for m in cast.within(clause.start, clause.end) if cast.side(m) in finding.subject]
    theirs = {at - (2 if cast.tokens[at - 1].form in load_role_words().out_of else 1) for at in named}
    words = (i for i in range(clause.start, clause.end) if not fighters.isdisjoint(nominal(cast.tokens[i].form)))
    return any(i not in theirs and not cast.tokens[i].light.endswith(TA_MARBUTA) for i in words)  # "الجماعات المسلحة"


def _fought(finding: Finding) -> bool:
    """ "مقتل جنديين في اشتباك مع الجيش": who tells of a fight in which soldiers fell accuses nobody."""
    tokens, words = finding.bench.tokens, load_role_words().clashes
    behind = tokens[finding.trigger.end : finding.clause.end]
    return any(token.kind == "word" and not words.isdisjoint(nominal(token.form)) for token in behind)


def _done_or_threatened(finding: Finding) -> Act | None:
    bench, clause, row = finding.bench, finding.clause, finding.row
    actors, noun = finding.actors, finding.trigger.aspect == "noun"
    ends = row.ends_ties and finding.said and noun and not (actors and _is_decided(finding))
    ahead = finding.ahead or ends  # who speaks of an end of relations warns of it
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
        decided = row.type == "SANCTION" or _carries_on(finding)  # "العقوبات ستدخل حيز التنفيذ"
        mood = Mood.CONDITIONAL if ahead and not decided else None
        faced = _faced(finding, actors) or _who_tells(finding, actors) or _befallen(finding, actors)
        return finding.act(row.type, mood, mode=row.mode, actors=actors, recipients=faced)
    named = bench.cast.sides(clause.start, clause.end)
    actors = actors or tuple(bench.others(named, clause.start) if named else ())
    if not actors:
        return None
    mode = bench.plover.threatened[row.type]
    return finding.act(bench.plover.future[row.type], Mood.CONDITIONAL, mode=mode, actors=actors)


def _is_decided(finding: Finding) -> bool:
    """ "قررت بلاده قطع العلاقات", "قرار قطع العلاقات": who has decided it does not warn of it."""
    bench, start, decided = finding.bench, finding.trigger.start, load_role_words().decided
    before = [token.form for token in bench.tokens[max(0, start - _DECIDED) : start]]
    return finding.clause.verb in ANNOUNCING or any(
        is_form_of(form, decided) or not decided.isdisjoint(nominal(form)) for form in before
    )


def _carries_on(finding: Finding) -> bool:
    """ "المناورات ستستمر حتى الجمعة": what is there already, and will be."""
    clause, words = finding.clause, load_role_words().carrying_on
    return any(token.form in words for token in finding.bench.tokens[clause.start : clause.end])


def _who_tells(finding: Finding, actors: Sequence[str]) -> Sequence[str] | None:
    """On whom a deed is done that one side tells of the other, and names nobody: "قالت كييف إن روسيا حشدت جنودا"."""
    bench, clause, subject = finding.bench, finding.clause, finding.subject
    if set(actors) & set(clause.speakers) or not bench.at_odds(clause, subject):
        return None
    counts = finding.row.type == "MOBILIZE" and all(
        bench.cast.lexicon.kind_of(side) == ActorKind.STATE and side not in bench.cast.sides_known.shared
        for side in clause.speakers
    )  # who sits at no table, and counts what is massed before him
    if not (counts or bench.cast.disputes(clause.speakers)):
        return None
    named = [side for side in bench.cast.sides(clause.start, clause.end) if side not in subject]
    return None if named else clause.speakers


def _befallen(finding: Finding, actors: Sequence[str]) -> Sequence[str] | None:
    """Whom a deed befalls that is told by him: the sides that are named besides who does it, or who tells it; a court
    judges its own where it names nobody else's.
    """
    if finding.row.context == _OF_COURTS and not finding.said:
        return [s for s in finding.bench.cast.sides(finding.clause.start, finding.clause.end) if s not in actors]
    if not finding.befalls:
        return None
    clause = finding.clause
    named = [side for side in finding.bench.cast.sides(clause.start, clause.end) if side not in actors]
    return named or clause.speakers or (None if actors else ())


def _faced(finding: Finding, actors: Sequence[str]) -> Sequence[str] | None:
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
