"""What an office announces on its own paper, where no verb of speech tells that it does: "وسيترأس السفير الوفد"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from agents.language.first_person import speaks_of_us
from agents.language.names import AND, SO
from agents.language.pack import LanguagePack
from agents.language.sentences import Sentence
from agents.language.text import Token
from agents.language.verbs import OTHERS
from agents.listed import without_stop

_SHALL: Final = tuple("س" + person for person in OTHERS)
_SHORTEST: Final = 5  # letters of "سيعقد"


def announcement(
    words: Sequence[Token], sentence: Sentence, named: Container[int], pack: LanguagePack
) -> Sentence | None:
    """The sentence without its full stop, where it tells what will be, or what "we" do. `named`: tokens of names."""
    start, end = sentence.start, sentence.end
    first = start + (words[start].form in pack.clause_words.openers)
    then = (at for at in range(first + 1, end) if words[at].form.startswith(SO))
    ahead = any(at < end and at not in named and _shall(words[at].form, pack) for at in (first, *then))
    return without_stop(words, sentence) if ahead or speaks_of_us(words, start, end, pack) else None


def _shall(form: str, pack: LanguagePack) -> bool:
    """ "وسيترأس", "فستتخذ", "ولن يشارك"."""
    bare, known = form.removeprefix(AND).removeprefix(SO), pack.clause_words
    if bare in known.will or form in known.will:
        return True
    return bare.startswith(_SHALL) and len(bare) >= _SHORTEST and bare not in known.not_ahead
