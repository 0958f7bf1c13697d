"""The forms of a verb or noun of the table, and those under which a word of a text may stand there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from agents.language.names import ARTICLE, CONJUNCTIONS, NOMINATIVE, OBLIQUE, TA_MARBUTA, TIED, TO, without_clitics
from agents.language.text import fold
from agents.language.triggers.rows import Aspect
from agents.language.verbs import OTHERS, PERSONS, THEY, WE, past_forms, present_forms

_REMEMBERED: Final = 1 << 14  # words whose forms are kept
_PRONOUNS: Final = ("هما", "ها", "هم", "نا", "كم", "ه", "ك")
_FEMININE: Final = fold(TA_MARBUTA)
_PLURALS: Final = (OBLIQUE, NOMINATIVE, "ان")


@lru_cache(_REMEMBERED)
def verbal(form: str) -> tuple[tuple[str, bool], ...]:
    """The forms under which a word may stand in the table of verbs, and whether the future is glued on."""
    found: dict[tuple[str, bool], None] = {}
    rests = [form]
    if len(form) > 3 and form[0] in CONJUNCTIONS:
        rests.append(form[1:])
    for rest in tuple(rests):
        if len(rest) > 3 and rest[0] == TO and rest[1] in PERSONS:
            rests.append(rest[1:])
    for rest in rests:
        heads = [(rest, False)]
        if len(rest) > 3 and rest[0] == "س" and rest[1] in "يتنا":
            heads.append((rest[1:], True))
        for head, future in heads:
            found[head, future] = None
            for pronoun in _PRONOUNS:
                if head.endswith(pronoun) and len(head) - len(pronoun) >= 3:
                    found[head[: -len(pronoun)], future] = None
    return tuple(found)


@lru_cache(_REMEMBERED)
def nominal(form: str) -> tuple[str, ...]:
    """The forms under which a word may stand in the table of nouns: without clitics, article, pronoun, number, case."""
    found: dict[str, None] = {}
    for rest in without_clitics(form):
        bases = [rest, rest[2:]] if rest.startswith((ARTICLE, TO + TO)) and len(rest) > 3 else [rest]
        for base in bases:
            found[base] = None
            if base.endswith("ا") and len(base) > 3:
                found[base[:-1]] = None
            if base.endswith("ات") and len(base) > 4:
                found[base[:-2] + _FEMININE] = None
                found[base[:-2]] = None
            if base.endswith(("تي", "تا")) and len(base) > 4:  # before a genitive: حاملتي طائرات, قريتي
                found[base[:-2] + _FEMININE] = None
            if base.endswith(("تين", "تان")) and len(base) > 5:
                found[base[:-3] + _FEMININE] = None
            for plural in _PLURALS:
                if base.endswith(plural) and len(base) - len(plural) >= 3:
                    found[base[: -len(plural)]] = None
            for pronoun in _PRONOUNS:
                if base.endswith(pronoun) and len(base) - len(pronoun) >= 3:
                    stem = base[: -len(pronoun)]
                    found[stem] = None
                    if stem.endswith(TIED):
                        found[stem[:-1] + _FEMININE] = None
                        if stem.endswith("ات"):
                            found[stem[:-2] + _FEMININE] = None
    return tuple(found)


def inflections(past: str, present: str) -> Iterator[tuple[str, Aspect, bool]]:
    """The forms of a verb that papers use, and whether somebody speaks of himself."""
    if past.endswith("ي"):  # a ي that stays: لقيت, رضيت; that of أعطى goes
        for ending in ("ت", "تا"):
            yield fold(past) + ending, "past", False
    hamza = past.endswith("أ")  # its last letter is no weak one: أرجأت, أطفؤوا
    past, present = fold(past), fold(present)
    if hamza:
        for ending in ("ت", "تا", THEY, "ءوا"):
            yield past[: -1 if ending == "ءوا" else None] + ending, "past", False
    for form, _, _ in past_forms(past):
        yield form, "past", False
    if not past.endswith(("ي", "ا")):
        yield past + "نا", "past", True
    for form, _, _ in present_forms(present):
        yield form, "present", False
    yield WE + present[1:], "present", True
    if present.endswith(("ي", "و")) and len(present) > 3:  # the jussive of a weak verb: لم يخل, لم يأت
        for person in PERSONS:
            yield person + present[1:-1], "present", person == WE
    if len(present) > 3 and present[-2] in "ويا" and len(past) > 2 and past[-2] == "ا":  # hollow: لم يثر, لم تعد
        for person in OTHERS:  # with ن it is another word more often: نقل, نزل
            yield person + present[1:-2] + present[-1], "present", False


def of_oneself(present: str) -> str:
    """The form of who speaks for himself, in the present."""
    return "ا" + fold(present)[1:]


def passive(past: str) -> str | None:
    """The past of a verb in the passive, where its letters differ: حاصر → حوصر, أعاد → أعيد, ألقى → ألقيت."""
    if past[0] == "و":  # ووجه is "and directed" more often
        return None
    if past.endswith("ى"):
        return past[:-1] + "ي"
    if len(past) == 4 and past[1] == "ا":
        return past[0] + "و" + past[2:]
    if len(past) == 5 and past[0] == "ت" and past[2] == "ا":
        return past[:2] + "و" + past[3:]
    if past.startswith("استأ"):
        return "استؤ" + past[4:]
    hollow = (past[0] == "أ" and len(past) == 4) or (past[0] == "ا" and len(past) in (5, 6))
    return past[:-2] + "ي" + past[-1] if hollow and past[-2] == "ا" else None
