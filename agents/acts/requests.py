"""What a side wants of another: what it asks for, and what another has to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.nearby import referred_to
from agents.acts.records import Act, Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.names import CONJUNCTIONS, TO
from schemas import ActorKind, Direction
from schemas import Modality as Mood

_ABLE: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP])  # who holds or occupies what another wants
_TERMS: Final = 8  # words in which a clause sets terms
_ASKED: Final = 2  # words of what is asked in which a pronoun stands for whom it is asked of
_OWED: Final = 2  # words in which a duty begins its clause
_OWED_REACH: Final = 8  # words in which it names who owes
_STIPULATE: Final = "stipulate"  # rows of `reporting.yaml`
_INSIST: Final = "insist"
_WISHING: Final = frozenset(["insist", "stress", "adhere"])


def is_led(bench: Bench, clause: Clause, position: int) -> bool:
    """Whether a verb does not open what is told: "اللقاء الذي دعت إليه", "بعد أن طلبت أسمرة"."""
    before = bench.tokens[position - 1].form.lstrip(CONJUNCTIONS)
    return position > clause.start and before in load_stance_words().subordinating


def request(bench: Bench, clause: Clause) -> Act | None:
    """What is asked of another: peaceful, or one side's terms."""
    if bench.says(clause, "no_request"):
        return None
    sides = [s for s in (*clause.addressees, *bench.cast.sides(clause.start, clause.end)) if s not in clause.speakers]
    wanted = _wanted(bench, clause)
    group = bench.cast.group_at(wanted.start, wanted.end)
    calm, hostile = bench.says(wanted, "calm"), bench.says(clause, "punishing")
    speaks_for_side = bench.cast.has_stake(clause.speakers)
    disputes = bench.cast.disputes(clause.speakers)
    of_both = len(set(sides) & set(bench.cast.principals)) > 1 and not disputes
    opening = Clause(clause.start, min(clause.end, clause.start + _TERMS))
    everybody = any(t.form in load_stance_words().everybody for t in bench.tokens[opening.start : opening.end])
    surrender = bench.says(clause, "surrender") and not bench.says(clause, "barracks")
    concession = disputes and bool(sides) and not (group or everybody) and bench.says(opening, "conceding")
    conditions = clause.verb == _STIPULATE and disputes  # "اشترطت للعودة فتح الحوار على الحدود"
    terms = (disputes or _sits_with(bench, clause, sides)) and (surrender or bench.says(opening, "terms"))
    held = surrender or bench.says(opening, "freeing")
    claims = held and not (group or everybody or of_both) and _claims(bench, clause, sides)
    if hostile or terms or conditions or concession or claims:
        peaceful = False  # "أي اتفاق لا بد أن يتضمن انسحابا", "لتسحب جيشها": one side's terms
    elif calm or group or everybody or of_both or bench.cast.mediators.issuperset(clause.speakers):
        peaceful = True
    else:
        peaceful = not (speaks_for_side or not clause.speakers)
    sides = list(_by_pronoun(bench, clause)) or sides or bench.others(clause.speakers, clause.start)
    sides = [side for side in sides if side not in clause.speakers]
    if not (clause.speakers or bench.addresses_sides(clause) or _asks_all(bench, clause)):
        return None
    direction = Direction.DEESCALATION if peaceful else Direction.ESCALATION
    mode = "yield" if peaceful else "change"
    return bench.act("REQUEST", Mood.DEMANDED, clause, mode=mode, recipients=sides, direction=direction)


def _asks_all(bench: Bench, clause: Clause) -> bool:
    """ "دعا البابا الجميع إلى تجنب الحرب": somebody on no watchlist speaks to all who quarrel, named after him."""
    addressed = min(clause.end, clause.start + _ASKED)
    opening = bench.tokens[clause.start : addressed]
    everybody = any(token.form in load_stance_words().everybody for token in opening)
    return bench.cast.on_topic and (everybody or bench.cast.group_at(clause.start, addressed))


def _by_pronoun(bench: Bench, clause: Clause) -> Sequence[str]:
    """Of whom it is asked who was named before: "طلب منهما", "مطالبا إياها بالرحيل"."""
    if clause.addressees:
        return ()
    words = load_role_words()
    first = clause.reach[0] if clause.reach else clause.start
    asked = [bench.tokens[i].form for i in range(first, min(clause.end, clause.start + _ASKED))]
    if not words.dual_pronouns.isdisjoint(asked):
        return bench.cast.both(first)
    if words.pronouns.isdisjoint(asked):
        return ()
    return referred_to(bench.cast, clause.speakers, first)


def _claims(bench: Bench, clause: Clause, sides: Sequence[str]) -> bool:
    """Whether one side wants it of another that is named, or a side of the dispute of its adversary: "طالبت دمشق أنقرة
    بسحب جنودها", "طالبت بالإفراج عن الناقلة"; who stands between them only calms.
    """
    able = [side for side in sides if bench.cast.lexicon.kind_of(side) in _ABLE]
    of_one = len(able) == 1 if sides else bench.cast.disputes(clause.speakers)
    speaks = any(bench.cast.lexicon.kind_of(side) in _ABLE for side in clause.speakers)
    return of_one and speaks and bench.cast.mediators.isdisjoint(clause.speakers)


def _sits_with(bench: Bench, clause: Clause, sides: Sequence[str]) -> bool:
    """Whether a state that is no mediator asks it of one with whom it is to talk: a side, though not the first."""
    speakers = [side for side in clause.speakers if side not in bench.cast.mediators]
    states = [side for side in speakers if bench.cast.lexicon.kind_of(side) == ActorKind.STATE]
    return bench.cast.talk_together(states, sides)


def _wanted(bench: Bench, clause: Clause) -> Clause:
    """What is asked for, without what comes after it: "فك الحصار قبل أي كلام عن السلام" is no call for peace, and
    neither is "أن تكون الجزر في صلب أي حوار".
    """
    words = load_stance_words()
    for position in range(clause.start + 1, clause.end):
        form = bench.tokens[position].form
        of_any = form in words.whichever and position + 1 < clause.end
        talks = of_any and "@talks" in bench.triggers.keys(bench.tokens[position + 1].form)
        if form in words.until or talks:
            return Clause(clause.start, position)
    return clause


def duty(bench: Bench, clause: Clause) -> Act | None:
    """What a side says that another has to do: "على واشنطن أن ترفع العقوبات", "على جميع المرتزقة المغادرة"."""
    if clause.kind is None or not clause.speakers:
        return None
    opening = Clause(clause.start, min(clause.end, clause.start + _OWED))
    if bench.says(opening, "duty") and not bench.says(opening, "own_duty"):
        return request(bench, clause)
    if _is_demanded(bench, clause):
        return request(bench, clause)
    words = load_stance_words()
    for mention in bench.cast.within(clause.start, clause.end):
        side = bench.cast.side(mention)
        on = bench.tokens[mention.start - 1].form if mention.start > clause.start else ""
        to = bench.tokens[mention.end].light if mention.end < clause.end else ""
        opens = mention.start == clause.start + 1  # "على أنقرة سحب ضباطها"
        owed = on in words.owed_by and (opens or to in words.owed_to)
        owed = owed or (on in words.ought and mention.clitics.endswith(TO))  # "ينبغي لأنقرة سحب جنودها"
        if owed and side not in clause.speakers:
            return request(bench, clause)
    return None


def _is_demanded(bench: Bench, clause: Clause) -> bool:
    """ "على القمة أن تتناول", "تصر على انسحاب القوات": what somebody owes, and a deed that is insisted on."""
    first = clause.start + 1 if bench.tokens[clause.start].form in load_stance_words().that else clause.start
    if first >= clause.end:
        return False  # a body that was cut off: "أوضح أن أن"
    opening = Clause(first, min(clause.end, first + _OWED_REACH))
    led = bench.tokens[first].form in load_stance_words().owed_by and bench.says(opening, "owed")
    theirs = bench.cast.sides(first + 1, min(clause.end, first + 2))  # who says what he himself has to do asks nobody
    led = led and not (theirs and set(theirs) <= set(clause.speakers))
    led = led and not bench.says(Clause(first, min(clause.end, first + _OWED)), "not_owed")  # "على لسان فلان أن"
    insists = clause.verb == _INSIST and bench.says(Clause(first, min(clause.end, first + _OWED)), "insisted")
    led_by_that = bench.tokens[max(0, first - 1)].light in load_stance_words().wished
    needed = led_by_that and bench.tokens[max(0, first - 2)].form in load_stance_words().needed
    shapes = bench.triggers.shapes(bench.tokens[first].form) if led_by_that else []
    named = bool(bench.cast.within(first, first + 1))
    wished = clause.verb in _WISHING and not named and any(s.aspect == "present" for s, _ in shapes)  # "على أن تسحب"
    if led or not (insists or wished or needed):
        return led
    owing = bool(bench.blamed(clause)) or (insists and bench.cast.disputes(clause.speakers))
    return owing or (needed and bench.cast.group_at(clause.start, clause.end))
