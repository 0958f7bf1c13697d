"""Light stemming of Arabic words: every reading that is worth comparing, and the bare consonants.

No reading is chosen: a word that begins with waw may or may not carry a conjunction, so two words are held to
be the same where any of their readings agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from agents.language.text import LONGEST_WORD

# Conjunction, preposition, article, future: longest first, with the number of letters that must be left.
_PREFIXES: Final = (
    ("وبال", 3), ("فبال", 3), ("وكال", 3), ("ولل", 3), ("فلل", 3), ("وال", 2), ("فال", 3), ("بال", 3), ("كال", 3),
    ("لل", 3), ("ال", 2), ("و", 3), ("ف", 3), ("ب", 3), ("ك", 3), ("ل", 3), ("س", 4),
)  # fmt: skip
# Pronouns, then number and gender, longest first (in folded letters: ta marbuta is ha).
_SUFFIXES: Final = (
    "تهما", "تهم", "تها", "تنا", "هما", "كما", "تان", "تين", "يات", "يين", "يون", "هم", "ها", "هن", "كم", "نا",
    "ات", "ون", "ين", "ان", "وا", "يه", "ته", "تا", "يا", "ه", "ت", "ي", "ا",
)  # fmt: skip
_KEPT: Final = 3
_SHORT: Final = {"ه": 2}
_VERB: Final = "يتنا"
_AUGMENTS: Final = ("است", "مست", "يست", "تست", "نست", "مت", "يت", "تت", "من", "ين", "ان", "م", "ت", "ي", "ن", "ا")
_INFIX: Final = re.compile(r"^(.)[تطد](..)$")


def _bare(form: str) -> str:
    for prefix, kept in _PREFIXES:
        if form.startswith(prefix) and len(form) - len(prefix) >= kept:
            return form[len(prefix) :]
    return form


def _trimmed(form: str) -> list[str]:
    """The word, then without each ending that it may have (ات may be a plural, or ت after a weak verb)."""
    found = [form]
    for suffix in _SUFFIXES:
        if form.endswith(suffix) and len(form) - len(suffix) >= _SHORT.get(suffix, _KEPT):
            found.append(form[: -len(suffix)])
        if suffix[0] == "ت" and len(suffix) > 1 and form.endswith(suffix) and len(form) - len(suffix) >= 2:
            found.append(form[: -len(suffix)] + "ه")  # نيتها: the feminine ending is a t before a pronoun
    if len(found) > 1:
        found += [stem for stem in _trimmed(found[1])[1:] if stem not in found]
    return found


@lru_cache(maxsize=16384)
def readings(form: str) -> tuple[str, ...]:
    """The stems that a folded word may have, the least stripped first; the word itself is the first.

    >>> "رفض" in readings("وسيرفضونها")
    True
    """
    if len(form) > LONGEST_WORD:
        return (form,)
    heads = [form]
    while (bare := _bare(heads[-1])) != heads[-1] and len(heads) < 4:
        heads.append(bare)
        if form.endswith("لل" + bare):  # للقاء: the article of a word that begins with lam is not written
            heads.insert(-1, "ل" + bare)
        if form.startswith("ال", len(form) - len(bare) - 2):
            if len(form) - len(bare) > 2:  # بالتزام: the two letters may be the word's own
                heads.insert(-1, form[len(form) - len(bare) - 2 :])
            break
    found: dict[str, None] = {}
    for head in heads:
        found.update(dict.fromkeys(_trimmed(head)))
    last = heads[-1]
    if last[0] in _VERB and len(last) > 3 and not form.startswith("ال"):
        for stem in _trimmed(last[1:]):
            found[stem] = None
            found["ا" + stem.removeprefix("ء")] = None  # يعترض → اعترض, يؤكد → أكد
    return tuple(found)


@lru_cache(maxsize=16384)
def shortest(form: str) -> str:
    """The reading of a folded word that is stripped most: one name for all its forms, where one is wanted.

    >>> shortest("والمحادثات")
    'محادث'
    """
    return min(readings(form), key=len)


def skeleton(form: str) -> str | None:
    """The consonants that are left of a folded word without its augments, or None where fewer than three are.

    >>> skeleton("اجتماعات") == skeleton("يجتمعون")
    True
    """
    bare = _bare(form)
    if len(bare) > 5 and not form.startswith(("ال", "وال", "بال", "لل")):
        bare = _bare(bare)
    stem = min(_trimmed(bare), key=len).replace("ء", "ا")
    if len(stem) > 3:
        for augment in _AUGMENTS:
            if stem.startswith(augment) and len(stem) - len(augment) >= 3:
                stem = stem[len(augment) :]
                break
    for weak in "يوا":
        while len(stem) > 3 and weak in stem[1:]:
            stem = stem[0] + stem[1:].replace(weak, "", 1)
    if len(stem) == 4:
        stem = _INFIX.sub(r"\1\2", stem)
    return stem if len(stem) >= 3 else None
