"""Names as their words are written: what stands glued to them, and adjectives that are written like a country. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agents.language.names import ACCUSATIVE, ARTICLE, CONJUNCTIONS, HER, TO, Mention
from agents.language.pack import LanguagePack
from agents.language.text import Token
from agents.language.triggers import load_triggers

_OF_COUNTRIES: Final = "يا"  # "روسيا" is Russia, and Russian behind an object


def as_written(tokens: Sequence[Token], mentions: Sequence[Mention], pack: LanguagePack) -> list[Mention]:
    """The mentions with the preposition of "للدعم السريع" taken off, and with the adjectives of "قصفا روسيا"."""
    return [_as_written(tokens, mention, pack) for mention in mentions]


def _as_written(tokens: Sequence[Token], mention: Mention, pack: LanguagePack) -> Mention:
    first = tokens[mention.start].form
    if mention.via == "name" and first.endswith(_OF_COUNTRIES) and _is_adjective(tokens, mention, pack):
        return replace(mention, via="adjective")
    glued = first[: len(first) - len(first.lstrip(CONJUNCTIONS))]
    if first[len(glued) :].startswith(TO + TO) and not mention.clitics.endswith(TO):
        return replace(mention, clitics=glued + TO)
    return mention


def _is_adjective(tokens: Sequence[Token], mention: Mention, pack: LanguagePack) -> bool:
    """Whether an indefinite object stands right before a country that is written like its adjective."""
    if not mention.start or mention.clitics or mention.end - mention.start > 1:
        return False
    noun = tokens[mention.start - 1].form
    owned = noun.endswith(HER)  # "جارتها تركيا"
    if not noun.endswith(ACCUSATIVE) or owned or noun.startswith(ARTICLE) or noun in pack.verb_forms:
        return False  # "دعا تركيا", "مطالبا تركيا"
    return "=" + noun.removesuffix(ACCUSATIVE) in load_triggers().keys(noun)
