"""What a side will not do, and what it will do if another does not give way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import Bench
from agents.acts.finding import FORECASTING
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.stance_words import is_led_noun, load_stance_words
from agents.language.triggers import Trigger
from agents.language.verbs import OTHERS, THEY, WE
from schemas import ActorKind
from schemas import Modality as Mood

_SUBJECT: Final = 4  # words around a verb within which its subject stands
_REFUSING: Final = 4  # words around لن within which its subject stands
_OPENING: Final = 2  # words with which a clause names what it is about
_HINT: Final = "hint"


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
        or bench.tokens[words[n + 1]].form.startswith(WE)
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
    if not own and clause.verb in FORECASTING:
        return None  # "يتوقع ألا تخرج القمة بجديد"
    if not own and manner.conditional:
        return bench.act("THREATEN", Mood.CONDITIONAL, clause, recipients=others or bench.targets(clause, threat=True))
    mood = Mood.CONDITIONAL if bench.at_a_price(clause, manner) else Mood.ASSERTED
    return bench.act("REJECT", mood, clause, recipients=bench.targets(clause))


def _is_person(bench: Bench, start: int, end: int) -> bool:
    named = bench.cast.within(start, end)
    return bool(named) and bench.cast.lexicon.kind_of(named[-1].target) == ActorKind.PERSON


def insistence(bench: Bench, clause: Clause) -> Act | None:
    """What a side holds on to against others: "تمسك بالخط كاملا"."""
    first = bench.tokens[clause.start].form
    if (
        clause.verb != "adhere"
        or not is_led_noun(first)
        or not bench.cast.disputes(clause.speakers)
        or bench.says(clause, "talks_subject")
    ):
        return None
    return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def exception(bench: Bench, clause: Clause) -> Act | None:
    """What will be only at a price: "لا يعودون إلا بصفقة"."""
    if clause.kind != "say" or not bench.cast.disputes(clause.speakers) or not bench.says(clause, "only_if"):
        return None
    if bench.says(clause, "no_refusal"):
        return None  # "أسماء الوفد لن تعلن إلا بتوجيه"
    return bench.act("REJECT", Mood.CONDITIONAL, clause, recipients=bench.targets(clause))


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
        or (forms[0] in known.who and (forms[1][0] in OTHERS or forms[1].endswith(THEY)))
    )


def _of_another(bench: Bench, clause: Clause, verb: int) -> bool:
    """Whether the subject that stands around a verb is another side: what it will do is foreseen, not threatened."""
    if bench.tokens[verb].form.startswith(bench.modality.apodosis):  # before it stands the condition
        around = bench.cast.within(verb, min(clause.end, verb + _SUBJECT))
    else:
        around = bench.cast.within(max(clause.start, verb - _SUBJECT), min(clause.end, verb + _SUBJECT))
    named = [bench.cast.side(m) for m in around if not bench.cast.governed(m)]
    return bool(named) and not set(named) & set(clause.speakers) and not bench.cast.own_at(clause.start, clause.end)
