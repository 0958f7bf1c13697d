"""Who does what a verb tells, where no other word says so: its subject before or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from agents.acts.around import OBJECT_NOUNS, Around, aimed_at
from agents.acts.cast import Cast
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.names import AND, ARTICLE, PREPOSITIONS, SO, Mention
from agents.language.text import DAMMA
from agents.language.triggers import Trigger, load_triggers

_SUBJECT: Final = 4  # tokens of "أن" and a subject: "أن الحكومة التركية"
_OF_FORCES: Final = frozenset(["ASSAULT", "COERCE", "MOBILIZE"])
_DUAL: Final = "ا"  # how a verb of two ends


def is_passive(text: str) -> bool:
    """Whether a verb is written as passive: its first letter bears the vowel u, or what follows its alif: "أُخلي",
    "وقُتل", "ستُعزل", "احتُجز", "استُدعي".
    """
    bare = text.removeprefix(AND).removeprefix(SO)
    forms = (text, text.removeprefix(AND), bare, bare.removeprefix("س"))
    return any(form[1:2] == DAMMA or (form[:1] == "ا" and DAMMA in form[2:4]) for form in forms)


def carried_over(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
    """ "قال إن روسيا تحشد، وستدمر": a verb without subject at the head of a clause has that of the one before."""
    if (
        trigger.aspect == "noun"
        or trigger.first
        or trigger.start > clause.start
        or not (clause.speakers and clause.reach)
    ):
        return ()
    free = [m for m in cast.within(clause.reach[0], clause.start) if not cast.governed(m)]
    joined = cast.tokens[trigger.start].form.startswith(AND)
    if not joined or not free or cast.side(free[-1]) in clause.speakers or cast.own_at(free[-1].end, clause.end):
        return ()
    return free[-1:]


def is_of_both(cast: Cast, trigger: Trigger) -> bool:
    """ "الطرفان رفضا العرض الأوروبي", "إن الجانبين وقعا": right before a verb those are named together who quarrel."""
    group = trigger.start - 1
    verb = trigger.aspect != "noun" or cast.tokens[trigger.start].form.endswith(_DUAL)  # "قبلا" is an adverb as well
    if not verb or group < 1 or not cast.group_at(group, group + 1):
        return False
    led = cast.tokens[group].form.startswith((*PREPOSITIONS, AND))
    return not led and cast.tokens[group - 1].form.lstrip(AND) not in load_role_words().against


def of_verb(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """The subject of a verb stands after it, or before it where the sentence begins with its subject."""
    within = [m for m in around.inside if not cast.governed(m) or (m.via == "adjective" and not aimed_at(cast, m))]
    within = [m for m in within if not _of_what_suffers(cast, trigger, m) and not _is_oblique(cast, m)]
    if within:
        leads = [m for m in around.before if m.end == trigger.start and m.via != "adjective" and not cast.governed(m)]
        object_within = bool(leads) and trigger.aspect == "present"  # "روسيا تأخذ جارتها رهينة"
        return leads if object_within else _joined_after(within, within[0])
    objects = (_of_what_suffers, _of_object)
    after = [m for m in around.after if not (any(is_of(cast, trigger, m) for is_of in objects) or _is_oblique(cast, m))]
    first = next((m for m in after if not cast.governed(m)), None)
    near = [m for m in around.before if not cast.governed(m) and trigger.start - m.end < 8]
    near = [m for m in near if not (_is_oblique(cast, m) and cast.of_private(m))]  # "احتجز صيادين عراقيين وصادر"
    asked = first is not None and cast.tokens[first.start - 1].form in load_role_words().out_of  # "طلبت من دمشق"
    if near and (asked or not (first and first.start - trigger.end < 2 and trigger.aspect == "past")):
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


def is_led_by_subject(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "قالت إن الحكومة رفضت دعوة أنقرة", "أن الرئيس التركي دعا ديندياس": right behind "أن" stands the subject."""
    first, verb = clause.start, trigger.start
    words = [token.form for token in cast.tokens[max(0, first - 1) : verb]]
    if trigger.row.type in _OF_FORCES or not 1 < len(words) <= _SUBJECT or words[0] not in load_stance_words().that:
        return False  # "أن الطائرات قصفت اليونان"
    named = cast.within(first, verb)
    definite = words[1].startswith(ARTICLE) and all(form.startswith(ARTICLE) for form in words[2:])
    return definite and not cast.group_at(first, verb) and all(m.via == "adjective" and m.end == verb for m in named)


def _of_object(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "علق المجلس عضوية تركيا": right behind the object stands whose it is."""
    last = trigger.end - 1
    bare = mention.start == trigger.end and mention.via != "adjective" and not mention.clitics
    phrase = trigger.row.type in OBJECT_NOUNS and last - trigger.start > 1
    return phrase and bare and "@forces" not in load_triggers().keys(cast.tokens[last].form)


def _is_oblique(cast: Cast, mention: Mention) -> bool:
    """ "طرد دبلوماسيين تركيين": no subject ends so."""
    return mention.via == "adjective" and cast.tokens[mention.start].form.endswith("يين")


def _of_what_suffers(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "أسقط الحرس طائرة أميركية": an indefinite adjective behind a definite subject belongs to the object."""
    if mention.via != "adjective" or cast.tokens[mention.start].form.startswith((ARTICLE, AND + ARTICLE)):
        return False
    words = load_role_words()
    forms = [token.form for token in cast.tokens[trigger.start : mention.start - 1]]
    subjects = (  # and not where it is done: "تدفقت على الحدود اليونانية آليات تركية"
        before
        for before, form in pairwise(forms)
        if form.startswith(ARTICLE)
        and form not in words.several
        and form not in words.when
        and not before.startswith(ARTICLE)  # "آلاف" has none
    )
    return any(before not in words.facing and before not in words.inside for before in subjects)


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """The last name and those joined to it with و before it."""
    found = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if found[0].clitics == AND and found[0].start - mention.end <= 3:
            found.insert(0, mention)
        else:
            break
    return found


def _joined_after(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    found = [first]
    for mention in mentions:
        if mention.start > found[-1].start and mention.clitics == AND and mention.start - found[-1].end <= 1:
            found.append(mention)
    return found
