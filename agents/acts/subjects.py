"""The subject of an act: which of the names around a verb or noun is that of who does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agents.acts.nearby import sentence_start
from agents.acts.records import COOPERATIVE, HOSTILE, Clause
from agents.acts.roles import Cast, load_role_words
from agents.acts.suffering import suffers
from agents.language.modality import load_modality
from agents.language.names import AND, ARTICLE, IN, TO, Mention
from agents.language.triggers import Trigger, load_triggers, nominal

_SEEN: Final = frozenset(["@craft", "@forces"])  # what may be massed, and not the massing
_THINGS: Final = frozenset(["@territory", "@forces", "@assets"])  # what suffers
_WEAPONS: Final = frozenset(["@craft", "@fire"])
_FEW: Final = 3  # words from a verb to the name of the side of which a few do it
_BY: Final = 6  # words from "على يد" to the name
_FAR: Final = 14  # words between an act and the name of who does it
_EXPELLING: Final = frozenset(["expel", "deport"])
_OBJECT_NOUNS: Final = frozenset(["SANCTION", "COERCE"])  # "تجميد حسابات الجماعة": the genitive suffers them
_WORDS: Final = frozenset(["REJECT", "ACCUSE", "SUPPORT"])
_U: Final = "\N{ARABIC DAMMA}"
_COMES_FROM: Final = frozenset(["ASSAULT", "MOBILIZE", "AGREE", "CONCEDE", "THREATEN"])


@dataclass(frozen=True, slots=True)
class _Around:
    """The names before, within and after the words of an act."""

    before: Sequence[Mention]
    inside: Sequence[Mention]
    after: Sequence[Mention]


def subjects(cast: Cast, trigger: Trigger, clause: Clause) -> Iterator[str]:
    """The sides that do what a trigger tells, by where the clause names them."""
    before = cast.within(max(_after_condition(cast, trigger, clause), trigger.start - _FAR), trigger.start)
    after = cast.within(trigger.end, min(clause.end, trigger.end + _FAR))
    around = _Around(
        before=before if trigger.aspect == "noun" else [m for m in before if not cast.is_venue(m)],
        inside=cast.within(trigger.start, trigger.end),
        after=[m for m in after if not cast.denied(m)],
    )
    if trigger.row.type == "PROTEST" and (crowd := _crowd(cast, trigger, clause)):
        yield from (side for mention in crowd if (side := cast.side(mention)) in cast.parties)
        return
    found = _who_does(cast, trigger, clause, around)
    if trigger.row.type == "ASSAULT" and (not found or trigger.row.suffers or _is_hit(cast, trigger, found)):
        found = _wielding(cast, around) or found
    for mention in found:
        side = cast.side(mention)
        if side in cast.parties and not cast.of_private(mention):
            yield side


def _who_does(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """The names of those who do it."""
    if trigger.row.victim:
        return _through_whom(cast, around) or _besides_victim(cast, around)
    if suffers(cast, trigger, clause):
        return _through_whom(cast, around) or _in_town(cast, [*around.inside, *around.after])
    if owners := _whose_means(cast, trigger, clause, around):
        return owners
    if trigger.aspect == "noun":
        found = _by_whom(cast, around) or _whose_plan(cast, trigger, around) or _of_noun(cast, trigger, clause, around)
        found = found or (_where_held(cast, trigger, around) if clause.kind is None else ())
        if _sets_free(cast, trigger):
            return [m for m in found if m.start < trigger.start] or _in_town(cast, around.after)
        return found
    return _who_of_verb(cast, trigger, clause, around)


def _who_of_verb(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """The same, of a verb whose subject does not suffer."""
    if _sets_free(cast, trigger):
        usual = _of_verb(cast, trigger, clause, around)
        found = _by_whom(cast, around) or [m for m in usual if m.start < trigger.start] or _in_town(cast, around.after)
    elif _is_of_speaker(cast, trigger, clause) or _is_of_own_country(cast, trigger, around):
        found = ()
    elif trigger.row.type == "SANCTION" and _is_instrument(cast, trigger):  # "العقوبات ستطال المصارف الروسية"
        found = [m for m in (*around.inside, *around.after) if m.start - trigger.start == 1]
    elif trigger.row.type == "ASSAULT" and _is_of_weapon(cast, trigger, around):
        found = _by_whom(cast, around)
    elif _by_strangers(cast, trigger) or trigger.passive or is_passive(cast.tokens[trigger.start].text):
        massed = [m for m in around.after if m.start == trigger.start + 2 and trigger.row.type == "MOBILIZE"]
        shot = _from_whom(cast, around) if trigger.row.type == "ASSAULT" else ()
        found = _by_whom(cast, around) or shot or massed or _in_town(cast, [*around.inside, *around.after])
    else:
        found = _by_whom(cast, around) or _a_few(cast, trigger, around) or _of_verb(cast, trigger, clause, around)
        found = found or _carried_over(cast, trigger, clause) or _of_own_troops(cast, trigger, clause)
    return found or (_where_held(cast, trigger, around) if clause.kind is None else ())


def _through_whom(cast: Cast, around: _Around) -> Sequence[Mention]:
    """By whom, by whose weapon or from whom something befalls somebody."""
    return _by_whom(cast, around) or _wielding(cast, around) or _from_whom(cast, around)


def _crowd(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
    """Who protests, and not against whom: "اعتصم طلاب يونانيون أمام القنصلية التركية"; else whose town it is in."""
    words = load_role_words()
    named = cast.within(trigger.start if trigger.aspect != "noun" else clause.start, clause.end)
    against = (i for i in range(trigger.start, clause.end) if cast.tokens[i].form in words.protested)
    before = next(against, clause.end)
    people = [
        m
        for m in named
        if m.via == "adjective" and m.start < before and not _is_object(cast, m) and not cast.governed(m)
    ]
    return people[:1] or _in_town(cast, named)


def _in_town(cast: Cast, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Whose town it is where something is done by nobody who is named: "اقتيد البحارة إلى سجن في طهران"."""
    inside = load_role_words().inside
    towns = (m for m in mentions if m.via != "adjective" and m.start and cast.tokens[m.start - 1].form in inside)
    return list(towns)[:1]


def _whose_troops(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """ "تقدر كييف عدد الجنود الروس المحتشدين": the adjective of the forces right before what they are told to do.

    Behind a verb they stand last: "يحتشد على الحدود اليونانية نحو ألفي جندي تركي".
    """
    keys = load_triggers().keys
    if not _SEEN.isdisjoint(keys(cast.tokens[trigger.start].form)):
        return ()  # "رصد الجيش اليوناني غواصة تركية"
    adjectives = [m for m in around.before if m.via == "adjective" and not cast.governed(m)]
    near = [m for m in adjectives if trigger.start - m.end < _FEW]
    if trigger.aspect != "noun" and trigger.start == clause.start and _names_place_first(cast, trigger):
        near = [m for m in around.after if m.via == "adjective" and not cast.governed(m)]
    return [m for m in near if "@forces" in keys(cast.tokens[m.start - 1].form)][-1:]


def _names_place_first(cast: Cast, trigger: Trigger) -> bool:
    """Whether a place stands right behind a verb: "تجمع على حدود اليونان جنود أتراك"."""
    behind = trigger.start + 1
    return behind < len(cast.tokens) and cast.tokens[behind].form in load_role_words().against


def _is_object(cast: Cast, mention: Mention) -> bool:
    """Whether an adjective belongs to what a crowd gathers at or throws stones at."""
    noun = cast.tokens[mention.start - 1].form if mention.start else ""
    return "@envoy" in load_triggers().keys(noun) or not load_role_words().emblems.isdisjoint(nominal(noun))


def _after_condition(cast: Cast, trigger: Trigger, clause: Clause) -> int:
    """Where the subject of what follows from a condition may stand: "إذا وسعت أنقرة حفرها فسترد" is no deed of hers."""
    modality = load_modality()
    if not cast.tokens[trigger.start].form.startswith(modality.apodosis):
        return clause.start
    conditions = (i for i in range(clause.start, trigger.start) if modality.condition_at(cast.tokens, i, trigger.start))
    return trigger.start if any(conditions) else clause.start


def _is_of_weapon(cast: Cast, trigger: Trigger, around: _Around) -> bool:
    """ "مسيرات تضرب مصفاة يونانية": a weapon does it, and nobody is told whose it is."""
    keys, start = load_triggers().keys, trigger.start
    places = (start, start - 1, start + 1) if trigger.aspect == "present" else (start + 1,)
    armed = (i for i in places if 0 <= i < len(cast.tokens) and not _WEAPONS.isdisjoint(keys(cast.tokens[i].form)))
    weapon = next(armed, -1)
    if around.before or not 0 <= weapon < len(cast.tokens):
        return False
    form = cast.tokens[weapon].form
    bare = not form.startswith(("ال", "ب", "ل", "ك", "و")) and not form.endswith(("ه", "ها", "هم", "نا"))
    owned = any(weapon < m.start <= weapon + 1 for m in (*around.inside, *around.after))
    definite = weapon + 1 < len(cast.tokens) and cast.tokens[weapon + 1].form.startswith("ال")
    return bare and not owned and not definite


def _by_strangers(cast: Cast, trigger: Trigger) -> bool:
    """ "هاجم مجهولون القنصلية التركية": the subject right behind the verb is nobody who is named."""
    tokens, behind = cast.tokens, trigger.start + 1
    named = cast.within(behind + 1, behind + 3)  # "مسلحون أكراد", "مسلحون من الجبهة"
    unknown = behind < len(tokens) and tokens[behind].form in load_role_words().unknown
    of_side = any(m.via == "adjective" and m.start == behind + 1 for m in named)
    return unknown and not of_side and not any(tokens[m.start - 1].form == "من" for m in named)


def _is_instrument(cast: Cast, trigger: Trigger) -> bool:
    """Whether sanctions are the subject of the verb, and not the object."""
    return not load_role_words().instruments.isdisjoint(nominal(cast.tokens[trigger.start].form))


def is_passive(text: str) -> bool:
    """Whether a verb is written as passive: its first letter bears the vowel u, or what follows its alif: "أُخلي",
    "وقُتل", "ستُعزل", "احتُجز", "استُدعي".
    """
    bare = text.removeprefix("و").removeprefix("ف")
    forms = (text, text.removeprefix("و"), bare, bare.removeprefix("س"))
    return any(form[1:2] == _U or (form[:1] == "ا" and _U in form[2:4]) for form in forms)


def _whose_means(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """Whose the troops that are massed are, or the sanctions that are imposed."""
    if trigger.row.type == "MOBILIZE":
        return _whose_troops(cast, trigger, clause, around)
    return _whose_sanctions(cast, around) if trigger.row.type == "SANCTION" else ()


def _whose_sanctions(cast: Cast, around: _Around) -> Sequence[Mention]:
    """ "تحت طائلة العقوبات التركية": the adjective of definite sanctions names who imposes them."""
    words = load_role_words().instruments
    named = [m for m in (*around.inside, *around.after) if m.via == "adjective" and m.start]
    forms = ((m, cast.tokens[m.start - 1].form) for m in named)
    return [m for m, form in forms if ARTICLE in form[:3] and not words.isdisjoint(nominal(form))][:1]


def _sets_free(cast: Cast, trigger: Trigger) -> bool:
    """ "أفرج عن البحارة اليونانيين", "إطلاق سراح": nobody stands between verb and object, who behind it is free."""
    following = cast.tokens[trigger.start + 1].form if trigger.start + 1 < len(cast.tokens) else ""
    return trigger.row.mode == "release" and following in load_role_words().freed


def _is_of_speaker(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "قالت بكين إنها تدعم سيادة جارتها": the pronoun before the verb is who speaks."""
    opens = bool(clause.speakers) and trigger.start == clause.start > 0
    return opens and cast.own_at(clause.start - 1, clause.start)


def _is_of_own_country(cast: Cast, trigger: Trigger, around: _Around) -> bool:
    """ "أوضح لبوتين أن بلاده ستفرض عقوبات": who speaks does it, whoever is named farther off."""
    own = load_role_words().own_country
    last = around.before[-1].end if around.before and trigger.future else trigger.start - 1
    words = [token.form for token in cast.tokens[max(0, last) : trigger.start]]
    return any(form in own or form[1:] in own for form in words)


def _a_few(cast: Cast, trigger: Trigger, around: _Around) -> Sequence[Mention]:
    """ "اخترقت عناصر من الجبهة المنطقة": a few of a side right behind the verb."""
    names = [*around.inside, *around.after]
    if not all(cast.governed(mention) for mention in names):
        return ()
    verb = trigger.start + (not load_triggers().shapes(cast.tokens[trigger.start].form))  # behind a negation
    return [
        mention
        for mention in names
        if verb + 1 < mention.start - 1 and mention.start - verb <= _FEW and cast.tokens[mention.start - 1].form == "من"
    ]


def _by_whom(cast: Cast, around: _Around) -> Sequence[Mention]:
    """ "قتل على يد القوات التركية", "احتجز من قبل طهران": a name behind the words for whoever does it."""
    by = load_role_words().by
    for mention in (*around.inside, *around.after):
        words = [token.form for token in cast.tokens[max(0, mention.start - _BY) : mention.start]]
        if not by.isdisjoint(words) or any(f"{word} {following}" in by for word, following in pairwise(words)):
            return [mention]
    return ()


def _whose_plan(cast: Cast, trigger: Trigger, around: _Around) -> Sequence[Mention]:
    """ "خطة واشنطن للقضاء على الحكم": whoever has the plan."""
    plans = load_role_words().plans
    for mention in reversed(around.before):
        if trigger.start - mention.end >= _FEW:
            break
        if mention.start and not plans.isdisjoint(nominal(cast.tokens[mention.start - 1].form)):
            return [mention]
    return ()


def _wielding(cast: Cast, around: _Around) -> Sequence[Mention]:
    """ "لقوا مصرعهم في غارة إسرائيلية": whoever the weapon belongs to."""
    words = load_role_words()
    for mention in (*around.inside, *around.after):
        glued = mention.clitics.lstrip("وف")
        if mention.via != "adjective" and glued not in ("", TO):
            continue
        for noun in range(max(1, mention.start - 3), mention.start):
            form = cast.tokens[noun].form
            before = cast.tokens[noun - 1].form
            if mention.via == "adjective" and noun + 1 < mention.start and _is_thing(cast, noun + 1):
                continue  # "ردت بقصف مواقع مغربية", and not "بنيران خفر السواحل التركي"
            led = form.startswith(("ب", "ل")) or before in words.through
            theirs = mention.via == "adjective" or glued or noun == mention.start - 1  # "بنيران الانفصاليين"
            if led and theirs and not words.means.isdisjoint(nominal(form)):
                return [mention]
            if before == "من" and not words.sources.isdisjoint(nominal(form)):  # "الرصاص من زورق دورية تركي"
                return [mention]
    return ()


def _from_whom(cast: Cast, around: _Around) -> Sequence[Mention]:
    """ "تسلمت أثينا جثامين جنودها من الجانب التركي": the last name right behind "من"."""
    named = [m for m in (*around.inside, *around.after) if m.start > 1]
    return [m for m in named if cast.tokens[m.start - (2 if m.via == "adjective" else 1)].form == "من"][-1:]


def _besides_victim(cast: Cast, around: _Around) -> Sequence[Mention]:
    """ "صدت القوات اليونانية هجوما تركيا": whoever is named besides the one who suffers it."""
    named = [m for m in (*around.before, *around.inside, *around.after) if cast.side(m) in cast.parties]
    return [m for m in named if cast.side(m) != cast.side(named[0])][:1]


def _carried_over(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
    """ "قال إن روسيا تحشد، وستدمر": a verb without subject at the head of a clause has that of the one before."""
    if (
        trigger.aspect == "noun"
        or trigger.first
        or trigger.start > clause.start
        or not (clause.speakers and clause.reach)
    ):
        return ()
    free = [m for m in cast.within(clause.reach[0], clause.start) if not cast.governed(m)]
    joined = cast.tokens[trigger.start].form.startswith("و")
    if not joined or not free or cast.side(free[-1]) in clause.speakers or cast.own_at(free[-1].end, clause.end):
        return ()
    return free[-1:]


def _of_own_troops(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
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


def _of_noun(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """ "غارات روسية", "قصفا مدفعيا للجيش", "شن الجيش هجوما"; the genitive of استهداف suffers what it tells."""
    after = [m for m in around.after if not _is_reason(cast, trigger, m)]
    close = [m for m in after if m.start - trigger.end < 4]
    free = [m for m in around.before if not cast.governed(m)]
    # "ستبذل واشنطن جهودا لتعزيز قوات الحلف": who does the one does the other; so with "أكدت دعمها لسيادة جارتها"
    led = cast.tokens[trigger.start].form.startswith("ل") and trigger.row.stays
    theirs = led or (trigger.row.type not in HOSTILE and _is_theirs(cast, trigger))
    follows = bool(free) and _follows_subject(cast, trigger, clause, free[-1])
    if free and (theirs or follows or _is_led_to(cast, trigger, clause)):
        return free[-1:]  # "قررت أنقرة تأجيل"
    suffers = trigger.row.type in _OBJECT_NOUNS or any(
        not load_role_words().of_object.isdisjoint(nominal(token.form))
        for token in cast.tokens[trigger.start : trigger.end]
        if token.kind == "word"
    )
    holding = [m for m in (*around.inside, *close) if m.start == trigger.start + 1 and _has_object(cast, m)]
    adjectives = [m for m in (*around.inside, *close) if m.via == "adjective" and _qualifies(cast, trigger, m)]
    if suffers and not cast.tokens[trigger.start].form.startswith("ال"):  # "مقتل السفير الروسي"
        adjectives = [
            m
            for m in adjectives
            if m.start <= trigger.end and not (_hit(cast, trigger, m) or _of_held(cast, trigger, m))
        ]
    opening = [m for m in around.inside if m.start == trigger.start + 1 and m.via != "adjective" and not m.clitics]
    # "احتجاز تركيا عشرين جنديا يونانيا", "حشد الحوثيون مقاتليهم"
    named = (holding if suffers else opening) or _one_or_joined(adjectives)
    if close and _is_blamed(cast, trigger, close[0]):
        named, close = free[-1:], []
    if named:
        return named
    from_it = close and close[0].start - trigger.end == 1 and cast.tokens[trigger.end].form == "من"
    if from_it and trigger.row.type in _COMES_FROM:
        return close[:1]  # "رشقات صاروخية من الجماعة"
    after = [m for m in after if not _is_freed_of(cast, trigger, m)]
    close = [m for m in close if not _is_freed_of(cast, trigger, m)]
    if suffers:
        acts = bool(close) and close[0].start == trigger.end and _has_object(cast, close[0])  # "استهداف الجماعة خزانات"
    else:
        acts = bool(close) and (not cast.governed(close[0]) or close[0].clitics.lstrip("وف")[:1] == "ل")
    if acts:
        return close[:1]
    before = free[:1] or around.before[:1]
    if suffers and (trigger.row.type == "ASSAULT" or clause.kind is not None):  # "أعلنت حظر دخول السفن اليونانية"
        return before
    free_after = (m for m in after if m.via == "adjective" and not _aimed_at(cast, m))
    return before or [m for m in free_after if not (suffers and _of_held(cast, trigger, m))]


def _is_freed_of(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "رفع الحظر عن السفن اليونانية": whom it is lifted from."""
    before = [token.form for token in cast.tokens[max(trigger.start, mention.start - 2) : mention.start]]
    return trigger.row.type == "RETREAT" and "عن" in before


def _of_held(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "احتجاز ناقلة يونانية": an adjective of what is seized or struck; "قصف مدفعي تركي" tells who does it."""
    last = mention.start - 1
    return last > trigger.start and not cast.tokens[last].form.endswith(("ي", "يه", "ية"))


def _where_held(cast: Cast, trigger: Trigger, around: _Around) -> Sequence[Mention]:
    """ "توقيف ضابط تركي في أثينا", "طرد الملحق من أنقرة": whose town it is where nobody is told to do it."""
    if trigger.row.type not in _OBJECT_NOUNS:
        return ()
    named = [m for m in (*around.inside, *around.after) if m.via != "adjective"]
    expelled = [m for m in named if cast.tokens[m.start - 1].form == "من" and trigger.row.mode in _EXPELLING]
    return _in_town(cast, named) or expelled[:1]


def _is_hit(cast: Cast, trigger: Trigger, found: Sequence[Mention]) -> bool:
    """ "أسقطت مروحية يونانية بصاروخ تركي": what is named right behind the verb, with no object, may be what is hit."""
    thing = found[0].start - 1
    alone = found[0].via == "adjective" and thing == trigger.start + 1 and trigger.aspect == "past"
    behind = found[0].end
    return alone and behind < len(cast.tokens) and cast.tokens[behind].form.startswith(IN)


def _hit(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "قصف مواقع مغربية": an adjective of what is hit, and not of the act."""
    return mention.start - 1 > trigger.start and _is_thing(cast, mention.start - 1)


def _is_thing(cast: Cast, position: int) -> bool:
    form = cast.tokens[position].form
    return not form.startswith(TO) and not load_triggers().keys(form).isdisjoint(_THINGS)


def _is_reason(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "التعبئة العامة بسبب الهجوم التركي": behind the act stands why it is done."""
    two = mention.start - 2
    return two >= trigger.end and cast.tokens[two].form in load_role_words().because


def _follows_subject(cast: Cast, trigger: Trigger, clause: Clause, before: Mention) -> bool:
    """ "قررت أنقرة تأجيل التنقيب قرب الجزر اليونانية": good will right behind the subject of the verb before."""
    led = cast.tokens[trigger.start].form.startswith(("ب", "ل"))
    bare = before.end == trigger.start and before.via != "adjective" and clause.kind is None
    return bare and not led and trigger.row.type in COOPERATIVE


def _is_led_to(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "سارعت أنقرة إلى رفض البيان اليوناني": who does the one does the other."""
    alone = trigger.end - trigger.start == 1 and trigger.row.type in _WORDS
    return alone and trigger.start > clause.start and cast.tokens[trigger.start - 1].form in load_role_words().leading


def _one_or_joined(adjectives: Sequence[Mention]) -> Sequence[Mention]:
    """ "القصف الروسي السوري" is of both; in "الحشود التركية قرب الحدود اليونانية" each belongs to its own noun."""
    both = len(adjectives) > 1 and adjectives[1].start == adjectives[0].end
    return adjectives[: 2 if both else 1]


def _is_blamed(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "جدد اتهام باريس بانتهاك الأجواء": the genitive is who is accused."""
    end = mention.end
    followed = end < len(cast.tokens) and cast.tokens[end].form.startswith("ب")
    return trigger.row.type == "ACCUSE" and mention.start == trigger.end and followed


def _is_theirs(cast: Cast, trigger: Trigger) -> bool:
    """Whether a pronoun on the noun stands for who does it."""
    form = cast.tokens[trigger.start].form
    return form.endswith(("ها", "هم", "هما")) or (
        form.endswith("ه") and not cast.tokens[trigger.start].light.endswith("ة")
    )


def _has_object(cast: Cast, mention: Mention) -> bool:
    """Whether a bare noun follows a name in the genitive: it suffers the act, and the name does it."""
    if mention.clitics or mention.via == "adjective" or mention.end >= len(cast.tokens):
        return False
    following = cast.tokens[mention.end].form
    if cast.tokens[mention.end].kind == "number" or following in load_role_words().several:
        return True  # "احتجاز تركيا عشرين جنديا"
    return not following.startswith("ال") and not load_triggers().keys(following).isdisjoint(_THINGS)


def _qualifies(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """Whether an adjective tells who acts, and not "بقصف الجدار المغربي" on whom."""
    if _aimed_at(cast, mention) and mention.start > trigger.end:  # "إزاء القصف التركي" tells who acts
        return False
    noun = cast.tokens[mention.start - 1]
    alone = trigger.end - trigger.start == 1 and mention.start - trigger.end > 1
    definite = noun.form.startswith("ال") or cast.tokens[mention.start].form.startswith("ال")
    led = cast.tokens[trigger.start].form.startswith("ب") and definite
    return not (alone and led) or noun.form.removeprefix("ال") in load_role_words().troops


def _aimed_at(cast: Cast, mention: Mention) -> bool:
    """ "أمام الطائرات التركية": two words before it a preposition begins another phrase."""
    two = mention.start - 2
    return two >= 0 and cast.tokens[two].form in load_role_words().facing


def _of_verb(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """The subject of a verb stands after it, or before it where the sentence begins with its subject."""
    within = [m for m in around.inside if not cast.governed(m) or (m.via == "adjective" and not _aimed_at(cast, m))]
    within = [m for m in within if not _of_what_suffers(cast, trigger, m) and not _is_oblique(cast, m)]
    if within:
        leads = [m for m in around.before if m.end == trigger.start and m.via != "adjective" and not cast.governed(m)]
        object_within = bool(leads) and trigger.aspect == "present"  # "روسيا تأخذ جارتها رهينة"
        return leads if object_within else _joined_after(within, within[0])
    objects = (_of_what_suffers, _of_object)
    after = [m for m in around.after if not (any(is_of(cast, trigger, m) for is_of in objects) or _is_oblique(cast, m))]
    first = next((m for m in after if not cast.governed(m)), None)
    near = [m for m in around.before if not cast.governed(m) and trigger.start - m.end < 8]
    if near and not (first and first.start - trigger.end < 2 and trigger.aspect == "past"):
        verb = cast.tokens[trigger.start].form
        of_first = len(near) > 1 and verb.startswith(AND) and verb.endswith(tuple(load_role_words().with_object))
        return near[:1] if of_first else _joined(near)  # "استدعت أنقرة السفير اليوناني وأبلغته"
    if trigger.first or cast.own_at(clause.start, trigger.end):
        return ()
    told = (
        bool(around.before) and first is not None and first.start - trigger.end < 2 and cast.governed(around.before[-1])
    )
    if around.before and trigger.start - around.before[-1].end < 2 and not told:
        return around.before[-1:]
    if first is not None and first.start - trigger.end < 5:
        return _joined_after(after, first)
    return around.before[-1:]


def _of_object(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "علق المجلس عضوية تركيا": right behind the object stands whose it is."""
    last = trigger.end - 1
    bare = mention.start == trigger.end and mention.via != "adjective" and not mention.clitics
    phrase = trigger.row.type in _OBJECT_NOUNS and last - trigger.start > 1
    return phrase and bare and "@forces" not in load_triggers().keys(cast.tokens[last].form)


def _is_oblique(cast: Cast, mention: Mention) -> bool:
    """ "طرد دبلوماسيين تركيين": no subject ends so."""
    return mention.via == "adjective" and cast.tokens[mention.start].form.endswith("يين")


def _of_what_suffers(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "أسقط الحرس طائرة أميركية": an indefinite adjective behind a definite subject belongs to the object."""
    if mention.via != "adjective" or cast.tokens[mention.start].form.startswith(("ال", "وال")):
        return False
    words = load_role_words()
    forms = [token.form for token in cast.tokens[trigger.start : mention.start - 1]]
    subjects = (  # and not where it is done: "تدفقت على الحدود اليونانية آليات تركية"
        before for before, form in pairwise(forms) if form.startswith("ال") and not before.startswith("ال")
    )
    return any(before not in words.facing and before not in words.inside for before in subjects)


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """The last name and those joined to it with و before it."""
    found = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if found[0].clitics == "و" and found[0].start - mention.end <= 3:
            found.insert(0, mention)
        else:
            break
    return found


def _joined_after(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    found = [first]
    for mention in mentions:
        if mention.start > found[-1].start and mention.clitics == "و" and mention.start - found[-1].end <= 1:
            found.append(mention)
    return found
