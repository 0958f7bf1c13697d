"""Whether who speaks in a line speaks of himself and his side: "لن نتراجع", "سألتقي", "رفضنا"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from agents.language.names import AND, HER, HIS, OUR, THEM
from agents.language.pack import LanguagePack
from agents.language.text import Token
from agents.language.turns import past_bullet
from agents.language.verbs import MYSELF, OTHERS, WE

_WE_DID_IT: Final = tuple(OUR + pronoun for pronoun in (HER, HIS, THEM))  # "ألغيناها"
_SHORTEST_DEED: Final = 2  # letters before it
_SHORTEST: Final = 5  # letters of "رفضنا", "سنعود"
_WE_SHALL: Final = "س" + WE
_I_SHALL: Final = "سأ"
_YOU_US: Final = "ون" + MYSELF  # "تابعونا"
_MOST_LINES: Final = 12  # of one list


def speaks_of_us(words: Sequence[Token], start: int, end: int, pack: LanguagePack) -> bool:
    """Whether tokens `start` to `end` speak of "us" or "me"."""
    known = pack.clause_words
    forms = [token.form for token in words[start:end]]
    denied = (b for a, b in pairwise(forms) if a.removeprefix(AND) in known.negates_verb)
    return any(form.startswith((WE, MYSELF)) for form in denied) or any(
        form.removeprefix(AND) in known.we | known.myself or form in known.we | known.myself or _is_our_deed(form)
        for form in forms
    )


def opens_with_us(token: Token, pack: LanguagePack) -> bool:
    """ "رفضنا", "سنعود", "سألتقي", "نعتزم": a first word that tells what "we" or "I" did or shall do."""
    form, words = token.form.removeprefix(AND), pack.clause_words
    if form in words.not_of_us:
        return False
    shall = form.startswith(_WE_SHALL) or token.light.removeprefix(AND).startswith(_I_SHALL)
    ours = form.endswith(OUR) and not form.endswith(_YOU_US)
    present = form.startswith(WE) and any(person + form[1:] in pack.verb_forms for person in OTHERS)
    return present or ((shall or ours) and len(form) >= _SHORTEST)


def lists_below(words: Sequence[Token], end: int) -> Iterator[tuple[int, int]]:
    """The lines with a bullet right below the one that ends at `end`, without their bullets."""
    at = end
    for _ in range(_MOST_LINES):
        while at < len(words) and words[at].kind == "break":
            at += 1
        stop = next((i for i in range(at, len(words)) if words[i].kind == "break"), len(words))
        begin = past_bullet(words, at, stop) if at < stop else at
        if begin == at or begin >= stop:
            return
        yield begin, stop
        at = stop


def we_speak_below(words: Sequence[Token], end: int, pack: LanguagePack) -> bool:
    """Whether an entry of the list below a line speaks of "us" or "me"."""
    return any(
        opens_with_us(words[begin], pack) or speaks_of_us(words, begin, stop, pack)
        for begin, stop in lists_below(words, end)
    )


def _is_our_deed(form: str) -> bool:
    return any(form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_DEED for ending in _WE_DID_IT)
