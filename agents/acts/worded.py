"""Acts that are done in words: threats, refusals, demands and accusations that the article tells of. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from agents.acts.finding import Finding
from agents.acts.fitting import is_of_others
from agents.acts.hostile import says_he_does_not
from agents.acts.of_verbs import is_of_both, is_passive
from agents.acts.records import HOSTILE, Act, Clause
from agents.acts.refusals import of_whoever
from agents.acts.requests import is_led, request
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.triggers import Trigger, nominal
from schemas import EventType
from schemas import Modality as Mood

_THREAT: Final = "threat"
_PATIENCE: Final = "patience"  # rows of `acts.yaml`
_CONSEQUENCE: Final = "consequence"
_OPENS: Final = 6  # tokens before a verb that opens what is told


def worded(finding: Finding) -> Act | None:
    row, manner = finding.row, finding.manner
    if manner.negated and row.type == "THREATEN" and says_he_does_not(finding):
        return finding.act(row.type, Mood.DENIED, mode=row.mode, actors=finding.clause.speakers)
    owed = row.type == "REJECT" and manner.obliged  # "ضرورة أن يمتنع الطرفان": wanted, and no refusal
    return None if manner.negated or owed else _VERBAL[row.type](finding)


def _threat(finding: Finding) -> Act | None:
    bench, clause, subject = finding.bench, finding.clause, finding.subject
    if finding.row.id == _CONSEQUENCE and finding.said and _is_foreseen(finding):
        return None
    if finding.row.id == _THREAT and (_is_whoevers(finding) or _is_danger(finding)):
        return None
    if finding.row.id == _PATIENCE and _looks_on(finding):
        return finding.act("REJECT", actors=clause.speakers)
    wished = bench.tokens[finding.trigger.start - 1].light in load_stance_words().wished
    present = finding.trigger.aspect == "present" and not finding.ahead and not wished
    befalls = finding.row.suffers or of_whoever(bench, range(clause.start, clause.end))  # "تندم أثينا"
    if finding.said and present and not befalls and not finding.own and bench.at_odds(clause, subject):
        return finding.act("ACCUSE", mode="allege", actors=clause.speakers, recipients=subject)  # "تعاقبنا بغداد"
    mood = Mood.ASSERTED if finding.row.mutual else Mood.CONDITIONAL
    mood = Mood.BACKGROUND if finding.manner.background else mood
    told = finding.row.id == _THREAT and finding.trigger.aspect == "past" and not finding.own
    actors = finding.subject if told else finding.clause.speakers or finding.subject  # "هدد ترامب": tells who did
    with_what = _threatened(finding)
    if with_what is not None and finding.row.mode is None:
        mode = bench.plover.threatened[with_what.row.type]
        return replace(
            finding.act("THREATEN", mood, mode=mode, actors=actors), surface_type=EventType(with_what.row.type)
        )
    return finding.act("THREATEN", mood, mode=finding.row.mode, actors=actors)


def _is_whoevers(finding: Finding) -> bool:
    """ "من يهدد جيرانه بالسلاح لا يملك حق طلب الضمانات": whoever does, and not who says so."""
    clause = finding.clause
    return finding.said and of_whoever(finding.bench, range(clause.start, clause.end))


def _is_danger(finding: Finding) -> bool:
    """ "القتال سيهدد الملاحة": what threatens is no side, but what goes on between them."""
    tokens, trigger = finding.bench.tokens, finding.trigger
    if finding.bench.cast.disputes(finding.clause.speakers):
        return False
    around = (tokens[max(0, trigger.start - 1)].form, tokens[min(trigger.start + 1, len(tokens) - 1)].form)
    return trigger.aspect != "noun" and any(not load_role_words().things.isdisjoint(nominal(form)) for form in around)


def _looks_on(finding: Finding) -> bool:
    """Whether who will not look on sits at no table, or hosts it: he wants a seat, and threatens nobody."""
    trigger, cast = finding.trigger, finding.bench.cast
    forms = (form for token in finding.bench.tokens[trigger.start : trigger.end] for form in nominal(token.form))
    outside = all(side in cast.hosts or side not in cast.sides_known.shared for side in finding.clause.speakers)
    outside = outside and bool(finding.clause.speakers) and not finding.manner.conditional
    return outside and any(form in load_role_words().onlooker for form in forms)


def _is_foreseen(finding: Finding) -> bool:
    """ "فشل المؤتمر سيعني التقسيم": what an institution says will come of it, by nobody's doing."""
    bench, clause = finding.bench, finding.clause
    opening = bench.cast.sides(clause.start, clause.start + 1)
    if opening and set(opening) <= set(clause.speakers) and finding.trigger.future:
        return True  # "تونس ستواجه مصيرا مجهولا": his own fate
    if not clause.speakers or bench.cast.has_stake(clause.speakers) or finding.subject or finding.trigger.first:
        return False
    own = bench.cast.own_at(clause.start, clause.end)
    return not (own or of_whoever(bench, range(clause.start, clause.end)))


def _threatened(finding: Finding) -> Trigger | None:
    """The deed that a threat names behind it: "يهدد بقطع العلاقات"."""
    behind = (t for t in finding.found if t.start > finding.trigger.start and t.row.type in HOSTILE)
    return next((t for t in behind if not finding.bench.manner(finding.clause, t).hypothetical), None)


def _rejection(finding: Finding) -> Act | None:
    speakers = finding.clause.speakers
    of_speaker = finding.row.said and bool(speakers)  # "ما وقع يخص جارتنا وحدها"
    verb = finding.trigger.aspect != "noun" or is_of_both(finding.bench.cast, finding.trigger)
    does = finding.subject if verb and not of_speaker else ()
    actors = does or speakers or finding.subject
    if finding.row.breaks and finding.ahead:
        return finding.act("THREATEN", Mood.CONDITIONAL, mode="relations", actors=actors)
    at_a_price = finding.said and finding.bench.at_a_price(finding.clause, finding.manner)  # "لن نحضر ما لم تنسحب"
    mood = Mood.CONDITIONAL if finding.row.demands or at_a_price else None
    if finding.row.victim and speakers:  # "قوبل طلبها بالرفض": who speaks of it has been refused
        named = [side for side in finding.blamed if side in finding.bench.cast.principals]
        refusing = named or finding.bench.others(speakers, finding.clause.start)
        return finding.act("REJECT", mode=finding.row.mode, actors=refusing, recipients=speakers)
    return finding.act("REJECT", mood, mode=finding.row.mode, actors=actors)


def _demand(finding: Finding) -> Act | None:
    clause = finding.clause
    if is_passive(finding.bench.tokens[finding.trigger.start].text):
        return None  # "حيث يُنتظر الوزير"
    if finding.said and is_of_others(finding):
        return None
    if finding.trigger.future and finding.row.promises:
        return finding.act("AGREE", actors=finding.actors)  # who will invite has promised to
    if finding.trigger.aspect != "noun" and _is_relative(finding):
        return None  # "المؤتمر الذي دعا إليه"
    reported = finding.said and not finding.own and finding.trigger.aspect != "noun"  # what another asks for
    start = finding.trigger.start
    if reported and (start - clause.start > _OPENS or is_led(finding.bench, clause, start)):
        return None
    asking = tuple(finding.subject) if reported else clause.speakers or tuple(finding.subject)
    return request(finding.bench, Clause(clause.start, clause.end, "call", asking))


def _is_relative(finding: Finding) -> bool:
    """Whether a verb stands right behind a relative pronoun."""
    tokens, start = finding.bench.tokens, finding.trigger.start
    return start > finding.clause.start and tokens[start - 1].form.startswith(tuple(load_stance_words().relative))


def _accusation(finding: Finding) -> Act | None:
    clause = finding.clause
    accused = [side for side in finding.subject if side not in clause.speakers] if finding.said else []
    accused = finding.blamed if finding.row.blames else accused
    if clause.judges:
        accused = [side for side in _whose(finding) if side not in clause.speakers] or accused
    actors = clause.speakers if finding.said else finding.actors
    return finding.act("ACCUSE", mode=finding.row.mode, actors=actors, recipients=accused or None)


_VERBAL: Final[dict[str, Callable[[Finding], Act | None]]] = {
    "THREATEN": _threat,
    "REJECT": _rejection,
    "REQUEST": _demand,
    "ACCUSE": _accusation,
}


def _whose(finding: Finding) -> list[str]:
    """Whose thing is judged, the first that is named before what it is called: "وصف كلام أنقرة عن جارتها بأنه"."""
    bench, clause = finding.bench, finding.clause
    marks = (i for i in range(clause.start, clause.end) if bench.tokens[i].form in load_stance_words().as_being)
    return bench.cast.sides(clause.start, next(marks, clause.start))[:1]
