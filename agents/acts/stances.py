"""Stances that no single word tells: what a side will not do, what another must do, what follows if it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agents.acts.bench import ANNOUNCING, Bench
from agents.acts.nearby import referred_to
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.role_words import load_role_words
from agents.language.names import AND, CONJUNCTIONS, TO, Mention
from agents.language.tables import read_table, spelled, word_table
from agents.language.text import Token
from agents.language.triggers import Trigger
from schemas import ActorKind, Direction
from schemas import Modality as Mood

_LEAST: Final = 2  # words that make a reproach
_SHORTFALL: Final = 8  # words after the name of a side within which it is told what it has left undone
_COLLECTIVE: Final = frozenset([ActorKind.STATE, ActorKind.BLOC, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION])
_ABLE: Final = frozenset([ActorKind.STATE, ActorKind.ARMED_GROUP])  # who holds or occupies what another wants
_TERMS: Final = 8  # words in which a clause sets terms
_SUBJECT: Final = 4  # words around a verb within which its subject stands
_REFUSING: Final = 4  # words around لن within which its subject stands
_ACTING: Final = 5  # words after the name of a side within which its verb stands
_OPENING: Final = 2  # words with which a clause names what it is about
_ASKED: Final = 2  # words of what is asked in which a pronoun stands for whom it is asked of
_OWED: Final = 2  # words in which a duty begins its clause
_OWED_REACH: Final = 8  # words in which it names who owes
_VERDICT: Final = 6  # words in which a clause calls a thing by its name
_REGRETTED: Final = 5  # words in which a clause names what is regretted
_FORECASTING: Final = frozenset(["expect", "predict", "rule_likely"])
_INSIST: Final = "insist"  # rows of `reporting.yaml`
_WISHING: Final = frozenset(["insist", "stress", "adhere"])
_ADMIT: Final = "admit"
_HINT: Final = "hint"
_EXPRESS: Final = "express"
_SEE_IN: Final = "see_in"
_IN: Final = "في"
_DESCRIBE: Final = "describe"
_THEY: Final = "وا"  # ending of a verb of many in the past


@dataclass(frozen=True, slots=True)
class StanceWords:
    """`stances.yaml`, folded; each row says there what it is for."""

    negating: frozenset[str]
    that: frozenset[str]
    until: frozenset[str]
    owed_by: frozenset[str]
    needed: frozenset[str]
    ought: frozenset[str]
    denying: frozenset[str]
    every: frozenset[str]
    whichever: frozenset[str]
    who: frozenset[str]
    as_being: frozenset[str]
    everybody: frozenset[str]
    relative: frozenset[str]
    subordinating: frozenset[str]
    not_ruled_out: frozenset[str] = spelled()
    owed_to: frozenset[str] = spelled()
    wished: frozenset[str] = spelled()
    will_not: frozenset[str] = spelled()
    did_not: frozenset[str] = spelled()
    unless: frozenset[str] = spelled()


@lru_cache(maxsize=1)
def load_stance_words() -> StanceWords:
    """The table of the language pack. Raises KeyError or TypeError where a row is missing or unknown."""
    return word_table(StanceWords, read_table("stances"))


def is_led(bench: Bench, clause: Clause, position: int) -> bool:
    """Whether a verb does not open what is told: "اللقاء الذي دعت إليه", "بعد أن طلبت أسمرة"."""
    before = bench.tokens[position - 1].form.lstrip(CONJUNCTIONS)
    return position > clause.start and before in load_stance_words().subordinating


def request(bench: Bench, clause: Clause) -> Act | None:
    if bench.says(clause, "no_request"):
        return None
    sides = [s for s in (*clause.addressees, *bench.cast.sides(clause.start, clause.end)) if s not in clause.speakers]
    wanted = _wanted(bench, clause)
    group = bench.cast.group_at(wanted.start, wanted.end)
    calm, hostile = bench.says(wanted, "calm"), bench.says(clause, "punishing")
    speaks_for_side = bench.cast.has_stake(clause.speakers)
    of_both = len(set(sides) & set(bench.cast.principals)) > 1 and not bench.cast.disputes(clause.speakers)
    opening = Clause(clause.start, min(clause.end, clause.start + _TERMS))
    everybody = any(t.form in load_stance_words().everybody for t in bench.tokens[opening.start : opening.end])
    surrender = bench.says(clause, "surrender") and not bench.says(clause, "barracks")
    disputes = bench.cast.disputes(clause.speakers)
    concession = disputes and bool(sides) and not (group or everybody) and bench.says(opening, "conceding")
    terms = (disputes or _sits_with(bench, clause, sides)) and (surrender or bench.says(opening, "terms"))
    held = surrender or bench.says(opening, "freeing")
    claims = held and not (group or everybody or of_both) and _claims(bench, clause, sides)
    if hostile or terms or concession or claims:  # "أي اتفاق لا بد أن يتضمن انسحابا", "لتسحب جيشها": one side's terms
        peaceful = False
    elif calm or group or everybody or of_both or bench.cast.mediators.issuperset(clause.speakers):
        peaceful = True
    else:
        peaceful = not (speaks_for_side or not clause.speakers)
    sides = list(_by_pronoun(bench, clause)) or sides or bench.others(clause.speakers, clause.start)
    sides = [side for side in sides if side not in clause.speakers]
    if not (clause.speakers or bench.addresses_sides(clause)):
        return None
    direction = Direction.DEESCALATION if peaceful else Direction.ESCALATION
    mode = "yield" if peaceful else "change"
    return bench.act("REQUEST", Mood.DEMANDED, clause, mode=mode, recipients=sides, direction=direction)


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
    opening = Clause(first, min(clause.end, first + _OWED_REACH))
    led = bench.tokens[first].form in load_stance_words().owed_by and bench.says(opening, "owed")
    led = led and not bench.says(Clause(first, min(clause.end, first + _OWED)), "not_owed")  # "على لسان فلان أن"
    insists = clause.verb == _INSIST and bench.says(Clause(first, min(clause.end, first + _OWED)), "insisted")
    led_by_that = bench.tokens[max(0, first - 1)].light in load_stance_words().wished
    needed = led_by_that and bench.tokens[max(0, first - 2)].form in load_stance_words().needed
    shapes = bench.triggers.shapes(bench.tokens[first].form) if led_by_that else []
    named = bool(bench.cast.within(first, first + 1))
    wished = clause.verb in _WISHING and not named and any(s.aspect == "present" for s, _ in shapes)  # "على أن تسحب"
    owing = bool(bench.blamed(clause)) or (insists and bench.cast.disputes(clause.speakers))
    owing = owing or (needed and bench.cast.group_at(clause.start, clause.end))
    return led or ((insists or wished or needed) and owing)


def refusal(bench: Bench, clause: Clause) -> Act | None:
    """A side that says what it will not do: "السودان لن يكون رهينة"."""
    if clause.kind is None or not bench.cast.has_stake(clause.speakers):
        return None
    words = [i for i in range(clause.start, clause.end) if bench.tokens[i].kind == "word"]
    refused = (_refused(bench, clause, words, n) for n in range(len(words) - 1) if _will_not(bench, words[n]))
    return next((act for act in refused if act is not None), None)


def _will_not(bench: Bench, position: int) -> bool:
    return bench.tokens[position].light in load_stance_words().will_not


def _refused(bench: Bench, clause: Clause, words: Sequence[int], n: int) -> Act | None:
    """What لن at word `n` makes of its clause: of one's own side a refusal, of the adversary a threat."""
    position, verb = words[n], Clause(words[n + 1], words[n + 1] + 1)
    begin = words[max(0, n - _REFUSING)]
    named = bench.cast.sides(begin, position)
    own = (
        n == 0
        or bench.cast.own_at(begin, position)
        or not set(named).isdisjoint(clause.speakers)
        or bench.tokens[words[n + 1]].form.startswith("ن")
    )
    near = Clause(begin, min(clause.end, words[min(n + 3, len(words) - 1)] + 1))
    of_talks = bench.says(near, "talks_subject") and not own and not bench.cast.own_at(near.start, near.end)
    leads = bench.says(verb, "attends") and _is_person(
        bench, begin, position
    )  # who leads a delegation is a matter of the talks
    together = not own and bench.cast.group_at(begin, position)  # "الوفدان لن يجلسا في غرفة واحدة"
    harmless = together or bench.says(verb, "no_refusing_verb") or bench.says(clause, "in_public")
    manner = bench.modality.read(bench.tokens, clause.start, clause.end, (position, position + 1), year=bench.year)
    foreseen = bench.says(near, "foreseen") and not manner.conditional  # "لن يكون تجاوزها سهلا"
    if harmless or leads or of_talks or foreseen or manner.hypothetical:
        return None
    if not own and bench.says(clause, "only_if"):
        return None  # "أي تخفيف لن يأتي إلا بعد خطوات"
    free = [bench.cast.side(m) for m in bench.cast.within(begin, position) if not bench.cast.governed(m)]
    others = [side for side in named if side not in clause.speakers and side in free]  # "اتفاق مع أنقرة لن يمس"
    if not others and bench.says(verb, "restraint") and (own or manner.conditional):
        return bench.act("CONCEDE", Mood.DENIED, clause, recipients=bench.targets(clause))  # "لن نفرضها ما دمنا نتحدث"
    if not own and clause.verb in _FORECASTING:
        return None  # "يتوقع ألا تخرج القمة بجديد"
    if not own and (others or manner.conditional):
        return bench.act("THREATEN", Mood.CONDITIONAL, clause, recipients=others or bench.targets(clause, threat=True))
    return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def insinuation(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """ "ألمحت أنقرة إلى احتمال طرد البعثة": a side of the dispute that hints at what it may do threatens with it."""
    if clause.verb != _HINT or not bench.cast.disputes(clause.speakers):
        return None
    meant = [t for t in found if t.row.type in HOSTILE and t.aspect == "noun" and bench.manner(clause, t).hypothetical]
    named = set(bench.subject(meant[0], clause)) if meant else set()
    if not meant or not named <= set(clause.speakers):
        return None
    return bench.act(
        "THREATEN", Mood.CONDITIONAL, clause, surface=meant[0], recipients=bench.targets(clause, threat=True)
    )


def ultimatum(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What a side says it will do under a condition, where nothing friendly is named: a threat."""
    if clause.kind is None or not bench.cast.has_stake(clause.speakers):
        return None
    words = [i for i in range(clause.start, clause.end) if bench.tokens[i].kind == "word"]
    ahead = next((i for i in words if bench.modality.is_ahead(bench.tokens, i)), None)
    if ahead is None or _of_another(bench, clause, ahead) or _is_friendly(bench, clause, ahead, found):
        return None
    if bench.says(Clause(ahead, ahead + 1), "goodwill"):  # "ستحضر متى دعيت"
        return None
    manner = bench.modality.read(bench.tokens, clause.start, clause.end, (ahead, ahead + 1), year=bench.year)
    if not (manner.conditional or of_whoever(bench, words)):
        return None
    return bench.act("THREATEN", Mood.CONDITIONAL, clause, recipients=bench.targets(clause, threat=True))


def _is_friendly(bench: Bench, clause: Clause, ahead: int, found: Sequence[Trigger]) -> bool:
    """Whether a clause tells of talks or of good will: "أي تسوية ستعرض على استفتاء"; a condition may name talks."""
    opening = Clause(clause.start, min(clause.end, clause.start + _OPENING))
    conditions = (i for i in range(ahead, clause.end) if bench.modality.condition_at(bench.tokens, i, clause.end))
    main = Clause(clause.start, next(conditions, clause.end))
    if bench.says(main, "talks_subject") or bench.says(opening, "calm") or bench.says(opening, "routine"):
        return True
    return any(t.row.type in COOPERATIVE and not _left_undone(bench, clause, t) for t in found)


def _left_undone(bench: Bench, clause: Clause, trigger: Trigger) -> bool:
    """ "إن لم يبرم صفقة": what a condition supposes not to be done is nothing friendly."""
    return trigger.aspect != "noun" and bench.manner(clause, trigger).negated


def of_whoever(bench: Bench, words: Sequence[int]) -> bool:
    """Whether a clause begins with whoever does it: "من يراهن على عزلنا سيخسر", "أي رتل يقترب سيسحق"."""
    forms = [bench.tokens[position].form for position in words[:3]]
    known = load_stance_words()
    every = forms[0] in known.every if forms else False
    if every:
        forms = forms[1:]
    return len(forms) > 1 and (
        forms[0] in known.whichever
        or every
        or (forms[0] in known.who and (forms[1][0] in "يت" or forms[1].endswith(_THEY)))
    )


def _of_another(bench: Bench, clause: Clause, verb: int) -> bool:
    """Whether the subject that stands around a verb is another side: what it will do is foreseen, not threatened."""
    if bench.tokens[verb].form.startswith(bench.modality.apodosis):  # before it stands the condition
        around = bench.cast.within(verb, min(clause.end, verb + _SUBJECT))
    else:
        around = bench.cast.within(max(clause.start, verb - _SUBJECT), min(clause.end, verb + _SUBJECT))
    named = [bench.cast.side(m) for m in around if not bench.cast.governed(m)]
    return bool(named) and not set(named) & set(clause.speakers) and not bench.cast.own_at(clause.start, clause.end)


def aspersion(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What a side tells of its adversary, where nothing friendly, foreseen or merely reported is told: blame."""
    cast = bench.cast
    first = next(iter(cast.within(clause.start, min(clause.end, clause.start + 2))), None)
    if clause.kind != "say" or first is None or not cast.has_stake(clause.speakers) or _is_hoped(bench, clause, first):
        return None
    if bench.says(Clause(first.end, min(clause.end, first.end + _ACTING)), "harmless"):
        return None
    rivals = bench.blamed(Clause(first.start, first.end, clause.kind, clause.speakers))
    if not bench.at_odds(clause, rivals):
        return None
    subject = not first.clitics and not cast.governed(first) and cast.lexicon.kind_of(first.target) in _COLLECTIVE
    alone = first.via != "adjective" or first.start == clause.start
    subject = subject and (alone or bench.tokens[first.start].form.startswith("ال"))  # "هو فرنسي" names nobody
    if (
        subject
        and alone
        and _falls_short(bench, clause, first.end)
        and set(rivals) & set(cast.adversaries(clause.speakers, first.end))
    ):
        return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=rivals)
    own = [m for m in cast.within(first.end, clause.end) if cast.side(m) in clause.speakers]
    joined = any(m.clitics.startswith(AND) for m in own) or len(own) > 1  # "تركيا واليونان جارتان"
    joined = joined or (bool(own) and clause.verb in ANNOUNCING)  # "أعلنت الشرطة اليونانية القبض على مهرب تركي"
    if not subject or not cast.has_stake(rivals) or joined:
        return None
    words = [token for token in bench.tokens[first.end : clause.end] if token.kind == "word"]
    harmless = (
        len(words) < _LEAST
        or any(
            _reports(bench, words[n : n + 2]) or token.form in load_stance_words().denying
            for n, token in enumerate(words[:2])
        )
        or any(bench.modality.is_future(token) for token in words)
        or any(trigger.row.type in COOPERATIVE for trigger in found)
        or bench.says(clause, "talks_subject")
        or bench.says(clause, "calm")
        or bench.says(clause, "praise")
    )
    return None if harmless else bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=rivals)


def _reports(bench: Bench, words: Sequence[Token]) -> bool:
    """Whether a word is a verb of saying: "عبر عن" is one, "عبر الخط" is none."""
    verbs = [form.verb for form in bench.cast.lexicon.pack.verb_forms.get(words[0].form, ())]
    after = words[1].form if len(words) > 1 else ""
    return any(not verb.needs or after in verb.needs for verb in verbs)


def _is_hoped(bench: Bench, clause: Clause, first: Mention) -> bool:
    """ "أعربت عن أملها في أن تضبط جارتها النفس": behind أن stands a verb, and what is felt is wished."""
    led_by_that = bench.tokens[max(0, clause.start - 1)].light in load_stance_words().wished
    return clause.verb == _EXPRESS and led_by_that and first.start > clause.start


def _falls_short(bench: Bench, clause: Clause, after: int) -> bool:
    """Whether it is told what a side has not done, or does nothing but: "لم يعرضوا سوى ممر ضيق"; "لم تجب بعد" is
    no reproach.
    """
    opening = Clause(after, min(clause.end, after + _SHORTFALL))
    return bench.says(opening, "falls_short") and not bench.says(clause, "not_yet")


def judgement(bench: Bench, clause: Clause) -> Act | None:
    """What a side calls by a bad name, in its own words: "وصف الطلب بأنه «فضيحة»"."""
    onlooker = bench.cast.on_topic and bool(clause.speakers) and bool(bench.blamed(clause))
    if not clause.judges or not (onlooker or bench.cast.has_stake(clause.speakers)):
        return None
    if bench.says(clause, "praise") or bench.says(clause, "no_reproach"):
        return None
    bad = bench.says(clause, "bad_name")
    return (
        bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=bench.targets(clause)) if bad else None
    )


def verdict(bench: Bench, clause: Clause) -> Act | None:
    """What a side of the dispute calls a thing that its adversary does: "العقوبات إرهاب", "هذا ليس شرطا بل ذريعة"."""
    if clause.kind != "say" or clause.judges or not bench.cast.disputes(clause.speakers):
        return None
    thing = Clause(clause.start, min(clause.end, clause.start + 1))
    opening = Clause(thing.end, min(clause.end, clause.start + _VERDICT))
    if not bench.says(thing, "thing") or not bench.says(opening, "verdict"):
        return None
    own = bench.cast.own_at(clause.start, clause.end) or set(bench.cast.sides(opening.start, opening.end)) & set(
        clause.speakers
    )
    if own or bench.says(opening, "no_verdict") or bench.says(clause, "praise"):
        return None
    return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=bench.targets(clause))


def insistence(bench: Bench, clause: Clause) -> Act | None:
    """What a side holds on to against others: "تمسك بالخط كاملا"."""
    first = bench.tokens[clause.start].form
    if (
        clause.verb != "adhere"
        or not first.startswith("ب")
        or first.startswith("بان")
        or not bench.cast.disputes(clause.speakers)
        or bench.says(clause, "talks_subject")
    ):
        return None
    return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def judged(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Sequence[Trigger]:
    """The words of what a thing is called, not of the thing: "وصف احتجاز الناقلة بأنه قرصنة", "وصف القصف بالهمجي".

    Behind "رأت في" the first word is the thing: "رأت في المناورات استفزازا".
    """
    if not clause.judges:
        return found
    marks = (i for i in range(clause.start, clause.end) if bench.tokens[i].form in load_stance_words().as_being)
    mark = next(marks, clause.start - 1)
    if clause.verb == _SEE_IN:
        mark = clause.start + (bench.tokens[clause.start].form == _IN)
    elif mark < clause.start and clause.verb == _DESCRIBE:
        called = (i for i in reversed(range(clause.start, clause.end)) if bench.tokens[i].form.startswith("بال"))
        mark = next(called, clause.start) - 1
    return [trigger for trigger in found if trigger.start > mark]


def recognition(bench: Bench, clause: Clause) -> Act | None:
    """ "اعترفت بسيادة جارتها على الجزر": who admits a right takes sides."""
    opening = Clause(clause.start, min(clause.end, clause.start + _OPENING))
    if clause.verb != _ADMIT or not bench.says(opening, "recognised"):
        return None
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def regret(bench: Bench, clause: Clause) -> Act | None:
    """ "أعرب عن أسفه لمقتل مزارع": a side of the dispute that regrets what it may have done gives way."""
    opening = Clause(clause.start, min(clause.end, clause.start + _REGRETTED))
    words = {"regret": "regretted", "express": "sorrow", "admit": "fault"}.get(clause.verb or "")
    if words is None or not bench.cast.disputes(clause.speakers) or not bench.says(opening, words):
        return None
    return bench.act("CONCEDE", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def commendation(bench: Bench, clause: Clause) -> Act | None:
    """ "نوه بجهود جارته" praises; "نوه بأن" and "نوه إلى" only tell."""
    first = bench.tokens[clause.start].form
    if clause.verb != "note" or not first.startswith("ب") or first.startswith("بان") or not clause.speakers:
        return None
    good = bench.says(clause, "achieved") or bench.says(clause, "welcomed")
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=bench.targets(clause)) if good else None


def exception(bench: Bench, clause: Clause) -> Act | None:
    """What will be only at a price: "لا يعودون إلا بصفقة"."""
    if clause.kind != "say" or not bench.cast.disputes(clause.speakers) or not bench.says(clause, "only_if"):
        return None
    return bench.act("REJECT", Mood.CONDITIONAL, clause, recipients=bench.targets(clause))


def _is_person(bench: Bench, start: int, end: int) -> bool:
    named = bench.cast.within(start, end)
    return bool(named) and bench.cast.lexicon.kind_of(named[-1].target) == ActorKind.PERSON
