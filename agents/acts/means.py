"""Whose the troops, weapons and sanctions are with which an act is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.around import FEW, WEAPONS, Around, is_thing
from agents.acts.cast import Cast
from agents.acts.nearby import sentence_start
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.names import AND, ARTICLE, IN, PREPOSITIONS, PRONOUNS, SO, TO, Mention
from agents.language.triggers import Trigger, load_triggers, nominal

_RELATION: Final = ("ي", "يه", "يا")  # how the adjective of "مدفعي", "جوية" ends
_SEEN: Final = frozenset(["@craft", "@forces"])  # what may be massed, and not the massing


def _whose_troops(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """ "تقدر كييف عدد الجنود الروس المحتشدين": the adjective of the forces right before what they are told to do.

    Behind a verb they stand last: "يحتشد على الحدود اليونانية نحو ألفي جندي تركي".
    """
    keys = load_triggers().keys
    if not _SEEN.isdisjoint(keys(cast.tokens[trigger.start].form)):
        return ()  # "رصد الجيش اليوناني غواصة تركية"
    adjectives = [m for m in around.before if m.via == "adjective" and not cast.governed(m)]
    near = [m for m in adjectives if trigger.start - m.end < FEW]
    if trigger.aspect != "noun" and trigger.start == clause.start and _names_place_first(cast, trigger):
        near = [m for m in around.after if not (m.clitics or cast.governed(m))]
    near = [m for m in near if "@forces" in keys(cast.tokens[m.start - 1].form)]
    return near[-1:] or [m for m in (*around.inside, *around.after) if _are_counted(cast, m)][:1]


def _are_counted(cast: Cast, mention: Mention) -> bool:
    """ "عشرات الآلاف من الجنود الروس"."""
    words, last = load_role_words(), mention.start - 1
    if last < 2 or cast.tokens[last - 1].form not in words.out_of:
        return False
    counts = cast.tokens[last - 2].form.removeprefix(ARTICLE) in words.several | words.counted
    counts = counts or cast.tokens[last - 2].form in words.several
    return counts and "@forces" in load_triggers().keys(cast.tokens[last].form)


def _names_place_first(cast: Cast, trigger: Trigger) -> bool:
    """Whether a place stands right behind a verb: "تجمع على حدود اليونان جنود أتراك"."""
    behind = trigger.start + 1
    words = load_role_words()
    return behind < len(cast.tokens) and cast.tokens[behind].form in words.against | words.leading


def is_of_weapon(cast: Cast, trigger: Trigger, around: Around) -> bool:
    """ "مسيرات تضرب مصفاة يونانية": a weapon does it, and nobody is told whose it is."""
    keys, start = load_triggers().keys, trigger.start
    places = (start, start - 1, start + 1) if trigger.aspect == "present" else (start + 1,)
    armed = (i for i in places if 0 <= i < len(cast.tokens) and not WEAPONS.isdisjoint(keys(cast.tokens[i].form)))
    weapon = next(armed, -1)
    if around.before or not 0 <= weapon < len(cast.tokens):
        return False
    form = cast.tokens[weapon].form
    bare = not form.startswith((ARTICLE, AND, *PREPOSITIONS)) and not form.endswith(PRONOUNS)
    owned = any(weapon < m.start <= weapon + 1 for m in (*around.inside, *around.after))
    definite = weapon + 1 < len(cast.tokens) and cast.tokens[weapon + 1].form.startswith(ARTICLE)
    return bare and not owned and not definite


def is_instrument(cast: Cast, trigger: Trigger) -> bool:
    """Whether sanctions are the subject of the verb, and not the object."""
    return not load_role_words().instruments.isdisjoint(nominal(cast.tokens[trigger.start].form))


def whose_means(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """Whose the troops that are massed are, or the sanctions that are imposed."""
    if trigger.row.type == "MOBILIZE":
        return _whose_troops(cast, trigger, clause, around)
    return _whose_sanctions(cast, around) if trigger.row.type == "SANCTION" else ()


def _whose_sanctions(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "تحت طائلة العقوبات التركية": the adjective of definite sanctions names who imposes them."""
    words = load_role_words().instruments
    named = [m for m in (*around.inside, *around.after) if m.via == "adjective" and m.start]
    forms = ((m, cast.tokens[m.start - 1].form) for m in named)
    theirs = [m for m, form in forms if ARTICLE in form[:3] and not words.isdisjoint(nominal(form))]
    return (theirs or [m for m in (*around.inside, *around.after) if _imposes(cast, m)])[:1]


def _imposes(cast: Cast, mention: Mention) -> bool:
    """ "عقوبات الاتحاد الأوروبي على المصارف": the genitive, where it is told on whom."""
    words, at, end = load_role_words(), mention.start - 1, mention.end
    if mention.via == "adjective" or mention.clitics or at < 0 or end >= len(cast.tokens):
        return False
    return cast.tokens[end].form in words.upon and not words.instruments.isdisjoint(nominal(cast.tokens[at].form))


def wielding(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "لقوا مصرعهم في غارة إسرائيلية": whoever the weapon belongs to."""
    words = load_role_words()
    for mention in (*around.inside, *around.after):
        glued = mention.clitics.lstrip(AND + SO)
        if mention.via != "adjective" and glued not in ("", TO):
            continue
        for noun in range(max(1, mention.start - 3), mention.start):
            form = cast.tokens[noun].form
            before = cast.tokens[noun - 1].form
            if mention.via == "adjective" and noun + 1 < mention.start and is_thing(cast, noun + 1):
                continue  # "ردت بقصف مواقع مغربية", and not "بنيران خفر السواحل التركي"
            led = form.startswith((IN, TO)) or before in words.through
            theirs = mention.via == "adjective" or glued or noun == mention.start - 1  # "بنيران الانفصاليين"
            if led and theirs and not words.means.isdisjoint(nominal(form)):
                return [mention]
            if before in words.out_of and not words.sources.isdisjoint(nominal(form)):  # "الرصاص من زورق دورية تركي"
                return [mention]
    return ()


def whose_strike(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "قصفا مدفعيا للجيش", "غارة للتحالف": whose a strike is, right behind it and its adjectives."""
    words = load_role_words().means
    for mention in (*around.inside, *around.after):
        if mention.clitics != TO or mention.start < 2:
            continue
        noun = mention.start - 1
        while noun > mention.start - FEW and cast.tokens[noun].form.endswith(_RELATION):
            noun -= 1
        form = cast.tokens[max(0, noun)].form
        weapon = not WEAPONS.isdisjoint(load_triggers().keys(form))  # "أسقط الجيش مسيرة للجماعة"
        if not weapon and not form.startswith(ARTICLE) and not words.isdisjoint(nominal(form)):
            return [mention]
    return ()


def with_whom(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "مقتل جندي في اشتباك عنيف مع القوات التركية": against whom those fought who were killed."""
    words = load_role_words()
    for mention in (*around.inside, *around.after):
        first = mention.start - (cast.tokens[mention.start - 1].form not in words.alongside)
        behind = range(max(0, first - 1 - FEW), first - 1)
        led = first > 1 and cast.tokens[first - 1].form in words.alongside
        if led and any(not words.clashes.isdisjoint(nominal(cast.tokens[i].form)) for i in behind):
            return [mention]
    return ()


def from_whom(cast: Cast, around: Around) -> Sequence[Mention]:
    """ "تسلمت أثينا جثامين جنودها من الجانب التركي": the last name right behind "من"."""
    named = [m for m in (*around.inside, *around.after) if m.start > 1]
    return [
        m for m in named if cast.tokens[m.start - (2 if m.via == "adjective" else 1)].form in load_role_words().out_of
    ][-1:]


def is_of_own_arms(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "قال الناطق العسكري اليوناني إن الدفاعات الجوية أسقطت طائرة تركية": arms that are named for nobody, right before
    or behind the verb, are those of who speaks.
    """
    fights = not cast.sides_known.armed.isdisjoint(clause.speakers) or cast.disputes(clause.speakers)
    if not fights or not cast.hosts.isdisjoint(clause.speakers):
        return False
    first, verb = clause.start, trigger.start
    before, behind = _arms_at(cast, first, verb), _arms_at(cast, verb + 1, clause.end)
    if trigger.aspect == "noun" or before:  # "الجيش حشد دبابات" may be read as a noun
        return before > 0 and not cast.within(first, verb) and (trigger.aspect != "noun" or first + before == verb)
    return behind > 0 and not cast.within(verb + 1, verb + 2 + behind)


def _arms_at(cast: Cast, start: int, end: int) -> int:
    """How many words at a position name a branch of an army."""
    arms, forms = load_role_words().own_arms, [token.form for token in cast.tokens[start : min(end, start + 2)]]
    return next((n for n in (2, 1) if len(forms) >= n and " ".join(forms[:n]) in arms), 0)


def of_own_troops(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
    """ "حشدت تركيا دباباتها. ونفذت قواتها مناورات": whose they are the subject of the sentence before tells."""
    behind = trigger.start + 1
    theirs = behind < clause.end and cast.tokens[behind].form in load_role_words().own_troops
    if clause.kind is not None or not theirs:
        return ()
    first = sentence_start(cast.tokens, clause.start)
    for start, end in ((first, clause.start), (sentence_start(cast.tokens, max(0, first - 1)), first)):
        free = [m for m in cast.within(start, end) if m.via != "adjective" and not cast.governed(m)]
        if free:
            return free[:1]
    return ()
