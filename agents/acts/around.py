"""What stands around the words of an act, for all who look there for names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agents.acts.cast import Cast
from agents.acts.role_words import load_role_words
from agents.language.names import TO, Mention
from agents.language.triggers import load_triggers

THINGS: Final = frozenset(["@territory", "@forces", "@assets"])  # what suffers
WEAPONS: Final = frozenset(["@craft", "@fire"])
FEW: Final = 3  # words from a verb to the name of the side of which a few do it
OBJECT_NOUNS: Final = frozenset(["SANCTION", "COERCE"])  # "تجميد حسابات الجماعة": the genitive suffers them


@dataclass(frozen=True, slots=True)
class Around:
    """The names before, within and after the words of an act."""

    before: Sequence[Mention]
    inside: Sequence[Mention]
    after: Sequence[Mention]


def in_town(cast: Cast, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Whose town it is where something is done by nobody who is named: "اقتيد البحارة إلى سجن في طهران"."""
    inside = load_role_words().inside
    towns = (m for m in mentions if m.via != "adjective" and m.start and cast.tokens[m.start - 1].form in inside)
    return list(towns)[:1]


def is_thing(cast: Cast, position: int) -> bool:
    form = cast.tokens[position].form
    return not form.startswith(TO) and not load_triggers().keys(form).isdisjoint(THINGS)


def aimed_at(cast: Cast, mention: Mention) -> bool:
    """ "أمام الطائرات التركية": two words before it a preposition begins another phrase."""
    two = mention.start - 2
    return two >= 0 and cast.tokens[two].form in load_role_words().facing


def is_faced(cast: Cast, mention: Mention, end: int) -> bool:
    """ "قرب تايوان", "قرب الجزر اليونانية": before whom something is massed, behind the words of the act."""
    before = [token.form for token in cast.tokens[max(end, mention.start - 2) : mention.start]]
    return not mention.clitics and not load_role_words().facing.isdisjoint(before)
