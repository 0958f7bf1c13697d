"""What the words of a clause tell, where no speech act decides it: the strongest act, by its tense and polarity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.cooperative import cooperative
from agents.acts.finding import FORECASTING, OF_FEELING, Finding
from agents.acts.fitting import applies, is_of_others
from agents.acts.hostile import hostile
from agents.acts.inclusion import inclusion
from agents.acts.judgements import aspersion, commendation, judged, judgement, recognition, regret, verdict
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.refusals import exception, insinuation, insistence, refusal, ultimatum
from agents.acts.requests import duty, is_led
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.acts.worded import worded
from agents.language.names import ARTICLE, IN
from agents.language.triggers import Trigger, nominal
from agents.language.verbs import WE
from schemas import Direction, EventType
from schemas import Modality as Mood

_ASKED_FOR: Final = 1  # tokens between who is asked and what of him: "تطالب الحلف بتعزيز قواته"
_WEAK: Final = 3  # rank: words that a plain refusal in the same clause outweighs
_TEXT: Final = "state_text"  # row of `reporting.yaml`
_PROVIDED: Final = 5  # tokens in which a clause names what a text provides
_REFUSED: Final = frozenset(["REJECT", "THREATEN", "ACCUSE", "REQUEST"])


def told(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """The act of the highest rank; a plain refusal outweighs words of blame, a duty laid on somebody everything."""
    owed = inclusion(bench, clause) or duty(bench, clause)
    owed = owed or recognition(bench, clause) or regret(bench, clause) or commendation(bench, clause)
    owed = owed or _called(bench, clause, found)
    if owed is not None:
        return owed
    found = _governed(bench, clause, judged(bench, clause, found))
    ranked = sorted(found, key=lambda t: (t.row.rank, -t.start, _opens_as_verb(clause, t)), reverse=True)
    acts = ((t, act) for t in ranked if (act := _judge(Finding(bench, clause, t, found))) is not None)
    trigger, best = next(acts, (None, None))  # few are looked at
    if trigger and best and (trigger.row.rank > _WEAK or best.direction == Direction.DEESCALATION):
        refused = best.event_type == EventType.ACCUSE and _opens_with_refusal(bench, clause)
        return (refusal(bench, clause) if refused else None) or best
    act = refusal(bench, clause) or best or insinuation(bench, clause, found)
    act = act or _provision(bench, clause) or ultimatum(bench, clause, found) or judgement(bench, clause)
    if act is None and clause.verb in FORECASTING:
        return None
    act = act or exception(bench, clause) or insistence(bench, clause)
    return act or aspersion(bench, clause, found) or verdict(bench, clause)


def _governed(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Sequence[Trigger]:
    """What is asked for or backed is not done by who does that: "جددت طلبها إرسال جنود", "تأييدها للضربات"."""
    opening = clause.start + (bench.tokens[clause.start].form in load_stance_words().some)  # "بعض مطالبها"
    asked = [t for t in found if t.row.type == "REQUEST" and t.aspect == "noun" and t.start == opening]
    if clause.kind is not None and asked:
        known = bench.tokens[opening].form.startswith(ARTICLE)  # "المطالب مرفوضة", not "المطالبة بالامتناع"
        known = known or bench.is_named(opening + 1)  # "مطالب موسكو مرفوضة"
        refused = [t for t in found if t.row.type == "REJECT" and not bench.tokens[t.start].form.startswith(IN)]
        refused = refused if known else []
        return refused or [t for t in found if _turns_down(bench, t)] or asked
    felt = [t for t in found if t.row.type == "ACCUSE" and t.start <= clause.start + 1]
    if clause.verb in OF_FEELING and felt:  # "عن صدمتها من القصف"
        return felt
    wanted = next((t.end for t in found if _asks(bench, clause, t)), clause.end)
    spared: frozenset[str] = frozenset() if clause.kind is None else HOSTILE | _REFUSED
    backed = next((t.end for t in found if t.row.type == "SUPPORT"), clause.end)

    def is_told(t: Trigger) -> bool:
        itself = t.aspect == "noun" and 0 <= t.start - wanted <= _ASKED_FOR and t.row.type in HOSTILE
        unasked = t.start < wanted or t.aspect == "past" or (t.row.type in spared and not itself)
        return unasked and (t.start < backed or t.aspect != "noun")

    return [t for t in found if is_told(t)]


def _turns_down(bench: Bench, trigger: Trigger) -> bool:
    """ "مطالب أنقرة تتعارض مع القانون", "رفع العقوبات ليس موضوعا للنقاش": what is told of that which is asked."""
    first, words = trigger.start, load_stance_words()
    if trigger.row.type == "REJECT" and bench.tokens[first].light in words.negating:
        return True
    wished = not words.wished.isdisjoint(token.light for token in bench.tokens[max(0, first - 2) : first])
    return trigger.row.type in ("REJECT", "ACCUSE") and trigger.aspect == "present" and not wished


def _called(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """A deed that opens what is said, and its bad name: "حبس القمح عن الجياع جريمة"."""
    deed = next((t for t in found if t.start == clause.start and t.aspect == "noun" and t.row.type in HOSTILE), None)
    known = clause.kind == "say" and bool(clause.speakers) and bench.cast.on_topic
    if not known or deed is None or any(t.aspect != "noun" or t.row.type == "REQUEST" for t in found):
        return None
    after = (t for t in found if t.row.type == "ACCUSE" and t.start > deed.end)
    name = next((t for t in after if not bench.triggers.is_governed(bench.tokens, t.start)), None)
    if name is None or set(bench.subject(deed, clause)) & set(clause.speakers) or bench.manner(clause, name).negated:
        return None
    recipients = bench.targets(clause)
    return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", surface=name, recipients=recipients)


def _provision(bench: Bench, clause: Clause) -> Act | None:
    """ "تنص الوثيقة على سحب الأسلحة": what both have agreed to, whoever reads it out."""
    if clause.verb != _TEXT or not bench.cast.on_topic:
        return None
    if not bench.says(Clause(clause.start, min(clause.end, clause.start + _PROVIDED)), "provided"):
        return None
    actors = tuple(dict.fromkeys((*clause.speakers, *bench.cast.both(clause.start))))
    return bench.act("AGREE", Mood.ASSERTED, clause, actors=actors) if len(actors) > 1 else None


def _asks(bench: Bench, clause: Clause, trigger: Trigger) -> bool:
    """Whether it is told in a verb that somebody asks: "التمست من جارتها تسليمها الجثامين"."""
    if trigger.row.type != "REQUEST" or trigger.aspect == "noun":
        return False
    if clause.kind is None:
        return True
    if bench.manner(clause, trigger).negated:
        return False  # "حق لا يطلب فيه إذن من أحد"
    after = trigger.start > clause.start
    return not is_led(bench, clause, trigger.start) and (
        after or trigger.aspect == "present"
    )  # "طلب" that opens what is said is a noun


def _opens_with_refusal(bench: Bench, clause: Clause) -> bool:
    """ "لن نسحب جنودنا من مدن عجزت روسيا عن احتلالها": what we will not do outweighs what another has done."""
    first = bench.tokens[clause.start].light in load_stance_words().will_not
    return first and clause.start + 1 < clause.end and bench.tokens[clause.start + 1].form.startswith(WE)


def _opens_as_verb(clause: Clause, trigger: Trigger) -> bool:
    """A word that may be both opens a sentence of the article as a verb: "طرد المغرب أعضاء من البعثة"."""
    return clause.kind is None and trigger.start == clause.start and trigger.aspect == "past"


def _judge(finding: Finding) -> Act | None:
    if not applies(finding) or (finding.said and not finding.bench.cast.on_topic and is_of_others(finding)):
        return None
    kind = finding.row.type
    if finding.manner.denied:
        return finding.act(kind, Mood.DENIED, mode=finding.row.mode) if kind in HOSTILE | {"THREATEN"} else None
    if finding.manner.absent or (finding.manner.hypothetical and kind != "THREATEN" and not finding.row.demands):
        return None
    if kind in HOSTILE:
        ceased = finding.manner.ceased and not _is_there(finding)
        return None if finding.manner.obliged or ceased else hostile(finding)
    if kind in COOPERATIVE:
        return cooperative(finding)
    return worded(finding)


def _is_there(finding: Finding) -> bool:
    """ "لبحث الحشود التركية": forces of somebody that others speak of as they stand."""
    bench, start = finding.bench, finding.trigger.start
    known = finding.row.type == "MOBILIZE" and finding.row.stays and bool(finding.subject)
    words = load_role_words().discussing
    spoken_of = start > finding.clause.start and not words.isdisjoint(nominal(bench.tokens[start - 1].form))
    return known and spoken_of and bench.tokens[start].form.startswith(ARTICLE)
