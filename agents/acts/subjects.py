"""The subject of an act: which of the names around a verb or noun is that of who does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from agents.acts.around import FEW, Around, in_town
from agents.acts.cast import Cast
from agents.acts.crowds import crowd, crowd_before, without_cause
from agents.acts.means import (
    from_whom,
    is_instrument,
    is_of_own_arms,
    is_of_weapon,
    of_own_troops,
    whose_means,
    whose_strike,
    wielding,
    with_whom,
)
from agents.acts.of_nouns import of_noun, where_held
from agents.acts.of_verbs import carried_over, is_led_by_subject, is_of_both, is_passive, of_verb
from agents.acts.records import COOPERATIVE, Clause
from agents.acts.role_words import load_role_words
from agents.acts.suffering import is_form_of, suffers
from agents.language.modality import load_modality
from agents.language.names import IN, Mention
from agents.language.triggers import Trigger, load_triggers, nominal

_BY: Final = 6  # words from "على يد" to the name
_DEAD: Final = 4  # tokens from a death to whose it is
_FAR: Final = 14  # words between an act and the name of who does it


def subjects(cast: Cast, trigger: Trigger, clause: Clause) -> Iterator[str]:
    """The sides that do what a trigger tells, by where the clause names them."""
    led = cast.within(max(_after_condition(cast, trigger, clause), trigger.start - _FAR), trigger.start)
    before = [m for m in led if not cast.aside(m) or cast.has_stake([cast.side(m)])]  # "بحسب الأمم المتحدة"
    after = cast.within(trigger.end, min(_before_condition(cast, trigger, clause), trigger.end + _FAR))
    around = Around(
        before=before if trigger.aspect == "noun" else [m for m in before if not cast.is_venue(m)],
        inside=cast.within(trigger.start, trigger.end),
        after=[m for m in after if not cast.aside(m)],
    )
    if trigger.row.type == "PROTEST":
        around = without_cause(cast, trigger, clause, around)
        nobody = not (around.before or around.inside or around.after)
        if protesters := crowd(cast, trigger, clause) or (crowd_before(cast, clause) if nobody else ()):
            yield from (side for mention in protesters if (side := cast.side(mention)) in cast.parties)
            return
    if (between := hosted_between(cast, trigger)) is not None:
        inside, after = ([m for m in names if m.start < between] for names in (around.inside, around.after))
        around = Around(around.before, inside, after)
    if clause.kind is not None and is_of_own_arms(cast, trigger, clause):
        return
    if is_of_both(cast, trigger):
        yield from cast.both(trigger.start)
        return
    strikes = trigger.row.type == "ASSAULT"
    found = (whose_strike(cast, around) if strikes and not trigger.row.victim else ()) or _who_does(
        cast, trigger, clause, around
    )
    if strikes and (not found or trigger.row.suffers or _is_hit(cast, trigger, found)):
        fought = with_whom(cast, around) if trigger.row.suffers else ()
        found = wielding(cast, around) or fought or found
    for mention in found:
        side = cast.side(mention)
        if side in cast.parties and not cast.of_private(mention):
            yield side


def hosted_between(cast: Cast, trigger: Trigger) -> int | None:
    """ "عرض استضافة حوار بين بغداد وأربيل": where those are named who do not offer it."""
    words, first = load_role_words(), max(0, trigger.start - 1)
    forms = [token.form for token in cast.tokens[first : trigger.end + FEW]]
    between = next((i for i, form in enumerate(forms) if form in words.between), 0)
    hosting = words.hosting | words.mediating
    hosts = any(not hosting.isdisjoint(nominal(form)) for form in forms[:between])
    return first + between if hosts and trigger.row.type in COOPERATIVE else None


def _who_does(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """The names of those who do it."""
    if trigger.row.victim or _is_given(cast, trigger):
        return _through_whom(cast, around) or _besides_victim(cast, around)
    if suffers(cast, trigger, clause):
        return _through_whom(cast, around) or in_town(cast, [*around.inside, *around.after])
    if (owners := whose_means(cast, trigger, clause, around)) or _of_own_dead(cast, trigger, clause):
        return owners or _through_whom(cast, around)
    if trigger.aspect == "noun":
        found = _by_whom(cast, around) or _whose_plan(cast, trigger, around) or of_noun(cast, trigger, clause, around)
        found = found or (where_held(cast, trigger, around) if clause.kind is None else ())
        if _sets_free(cast, trigger):
            return [m for m in found if m.start < trigger.start] or in_town(cast, around.after)
        return found
    return _who_of_verb(cast, trigger, clause, around)


def _who_of_verb(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """The same, of a verb whose subject does not suffer."""
    if trigger.row.mode == "expel":
        around = _without_envoys(cast, around)
    if _sets_free(cast, trigger):
        usual = of_verb(cast, trigger, clause, around)
        found = _by_whom(cast, around) or [m for m in usual if m.start < trigger.start] or in_town(cast, around.after)
    elif _is_of_speaker(cast, trigger, clause) or _is_of_own(cast, trigger, clause, around):
        found = ()
    elif trigger.row.type == "SANCTION" and is_instrument(cast, trigger):  # "العقوبات ستطال المصارف الروسية"
        found = [m for m in (*around.inside, *around.after) if m.start - trigger.start == 1]
    elif trigger.row.type == "ASSAULT" and is_of_weapon(cast, trigger, around):
        found = _by_whom(cast, around)
    elif _by_strangers(cast, trigger) or trigger.passive or is_passive(cast.tokens[trigger.start].text):
        massed = [m for m in around.after if m.start == trigger.start + 2 and trigger.row.type == "MOBILIZE"]
        shot = from_whom(cast, around) if trigger.row.type == "ASSAULT" else ()
        found = _by_whom(cast, around) or shot or massed or in_town(cast, [*around.inside, *around.after])
    elif is_led_by_subject(cast, trigger, clause):
        found = [m for m in around.before if m.end == trigger.start]
    else:
        found = _by_whom(cast, around) or _a_few(cast, trigger, around) or of_verb(cast, trigger, clause, around)
        found = found or carried_over(cast, trigger, clause) or of_own_troops(cast, trigger, clause)
    away = clause.kind is None and not trigger.first  # "استدعينا السفير من مدريد"
    return found or (where_held(cast, trigger, around) if away else ())


def _without_envoys(cast: Cast, around: Around) -> Around:
    """ "أمهل السفير الفرنسي يومين للمغادرة": an envoy is sent away, and sends nobody."""

    def is_envoys(mention: Mention) -> bool:
        return mention.via == "adjective" and "@envoy" in load_triggers().keys(cast.tokens[mention.start - 1].form)

    inside, after = ([m for m in names if not is_envoys(m)] for names in (around.inside, around.after))
    return Around(around.before, inside, after)


def _is_given(cast: Cast, trigger: Trigger) -> bool:
    """ "تسلم العراق من تركيا أدوية": help is told of by him who gets it."""
    return trigger.row.type == "AID" and is_form_of(cast.tokens[trigger.start].form, load_role_words().receiving)


def _of_own_dead(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "أكد الجيش مقتل ستة من عناصره": who tells of his own dead has not killed them."""
    end = min(clause.end, trigger.end + _DEAD)
    words, death = load_role_words(), nominal(cast.tokens[trigger.start].form)
    told = trigger.aspect == "noun" and trigger.row.suffers
    return told and not words.deaths.isdisjoint(death) and cast.own_at(trigger.end, end)


def _through_whom(cast: Cast, around: Around) -> Sequence[Mention]:
    """By whom, by whose weapon or from whom something befalls somebody."""
    return _by_whom(cast, around) or wielding(cast, around) or with_whom(cast, around) or from_whom(cast, around)


def _after_condition(cast: Cast, trigger: Trigger, clause: Clause) -> int:
    """Where the subject of what follows from a condition may stand: "إذا وسعت أنقرة حفرها فسترد" is no deed of hers."""
    modality = load_modality()
    if not cast.tokens[trigger.start].form.startswith(modality.apodosis):
        return clause.start
    conditions = (i for i in range(clause.start, trigger.start) if modality.condition_at(cast.tokens, i, trigger.start))
    return trigger.start if any(conditions) else clause.start


def _before_condition(cast: Cast, trigger: Trigger, clause: Clause) -> int:
    """Where a condition begins behind an act: who is named in it does nothing yet, "ستشدد العقوبات إن غزت أنقرة"."""
    modality = load_modality()
    behind = range(trigger.end, clause.end)
    return next((i for i in behind if modality.condition_at(cast.tokens, i, clause.end)), clause.end)


def _by_strangers(cast: Cast, trigger: Trigger) -> bool:
    """ "هاجم مجهولون القنصلية التركية": the subject right behind the verb is nobody who is named."""
    tokens, behind = cast.tokens, trigger.start + 1
    named = cast.within(behind + 1, behind + 3)  # "مسلحون أكراد", "مسلحون من الجبهة"
    unknown = behind < len(tokens) and tokens[behind].form in load_role_words().unknown
    of_side = any(m.via == "adjective" and m.start == behind + 1 for m in named)
    return unknown and not of_side and not any(tokens[m.start - 1].form in load_role_words().out_of for m in named)


def _sets_free(cast: Cast, trigger: Trigger) -> bool:
    """ "أفرج عن البحارة اليونانيين", "إطلاق سراح": nobody stands between verb and object, who behind it is free."""
    following = cast.tokens[trigger.start + 1].form if trigger.start + 1 < len(cast.tokens) else ""
    return trigger.row.mode == "release" and following in load_role_words().freed


def _is_of_speaker(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "قالت بكين إنها تدعم سيادة جارتها": the pronoun before the verb is who speaks."""
    opens = bool(clause.speakers) and trigger.start == clause.start > 0
    return opens and cast.own_at(clause.start - 1, clause.start)


def _is_of_own(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> bool:
    """ "أوضح لبوتين أن بلاده ستفرض عقوبات", "قال إن جنوده سيغادرون مالي": who speaks does it, whoever is named."""
    words = load_role_words()
    own = words.own_country | words.own_troops if clause.speakers else words.own_country
    last = around.before[-1].end if around.before and trigger.future else trigger.start - 1
    forms = [token.form for token in cast.tokens[max(0, last) : trigger.start]]
    if cast.tokens[trigger.start].form in words.own_troops:
        forms.append(cast.tokens[trigger.start].form)
    return any(form in own or form[1:] in own for form in forms)


def _a_few(cast: Cast, trigger: Trigger, around: Around) -> Sequence[Mention]:
    """ "اخترقت عناصر من الجبهة المنطقة": a few of a side right behind the verb."""
    names = [*around.inside, *around.after]
    if trigger.row.type == "REQUEST" or not all(cast.governed(mention) for mention in names):
        return ()  # "طلبت رسميا من دمشق"
    verb = trigger.start + (not load_triggers().shapes(cast.tokens[trigger.start].form))  # behind a negation
    return [
        mention
        for mention in names
        if verb + 1 < mention.start - 1
        and mention.start - verb <= FEW
        and cast.tokens[mention.start - 1].form in load_role_words().out_of
    ]


def _by_whom(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "قتل على يد القوات التركية", "احتجز من قبل طهران": a name behind the words for whoever does it."""
    by = load_role_words().by
    for mention in (*around.inside, *around.after):
        words = [token.form for token in cast.tokens[max(0, mention.start - _BY) : mention.start]]
        if not by.isdisjoint(words) or any(f"{word} {following}" in by for word, following in pairwise(words)):
            return [mention]
    return ()


def _whose_plan(cast: Cast, trigger: Trigger, around: Around) -> Sequence[Mention]:
    """ "خطة واشنطن للقضاء على الحكم": whoever has the plan."""
    plans = load_role_words().plans
    for mention in reversed(around.before):
        if trigger.start - mention.end >= FEW:
            break
        if mention.start and not plans.isdisjoint(nominal(cast.tokens[mention.start - 1].form)):
            return [mention]
    return ()


def _besides_victim(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "صدت القوات اليونانية هجوما تركيا": whoever is named besides the one who suffers it."""
    named = [m for m in (*around.before, *around.inside, *around.after) if cast.side(m) in cast.parties]
    return [m for m in named if cast.side(m) != cast.side(named[0])][:1]


def _is_hit(cast: Cast, trigger: Trigger, found: Sequence[Mention]) -> bool:
    """ "أسقطت مروحية يونانية بصاروخ تركي": what is named right behind the verb, with no object, may be what is hit."""
    thing = found[0].start - 1
    alone = found[0].via == "adjective" and thing == trigger.start + 1 and trigger.aspect == "past"
    behind = found[0].end
    return alone and behind < len(cast.tokens) and cast.tokens[behind].form.startswith(IN)
