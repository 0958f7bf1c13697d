"""Bodies that an article names by the first word of their name: "الحلف" behind "حلف شمال الأطلسي". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agents.acts.role_words import load_role_words
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, Mention, without_clitics, words_of
from agents.language.text import Token
from schemas import ActorKind

_BODIES: Final = frozenset([ActorKind.ORGANISATION, ActorKind.ARMED_GROUP, ActorKind.BLOC])
_SHORTEST: Final = 3  # letters without the article


def with_short_names(tokens: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions with those of bodies that were named in full before, in order."""
    named = {i for mention in mentions for i in range(mention.start, mention.end)}
    known: dict[str, str] = {}  # first word → the body that was named last with it
    found = []
    full = iter([*mentions, None])
    following = next(full)
    for position, token in enumerate(tokens):
        while following is not None and following.start <= position:
            found.append(following)
            known.update((word, following.target) for word in _first_words(lexicon, following))
            following = next(full)
        if position in named or token.kind != "word" or not known:
            continue
        forms = without_clitics(token.form)
        if known.keys().isdisjoint(forms):
            continue  # as a rule
        for form in forms:
            if form in known and not _goes_on(tokens, position, named):
                clitics = token.form.removesuffix(form) if token.form.endswith(form) else token.form[:2]
                found.append(Mention(position, position + 1, known[form], "name", clitics))
                break
    return found


def _first_words(lexicon: Lexicon, mention: Mention) -> Iterator[str]:
    """The first word, with its article, of what a body is called; not what armies and countries have in common."""
    actor = lexicon.actors.get(mention.target)
    if actor is None or mention.via != "name" or actor.kind not in _BODIES:
        return
    for name in actor.names.get("ar", ()):
        words = words_of(name)
        bare = words[0].removeprefix(ARTICLE) if words else ""
        if len(words) > 1 and len(bare) >= _SHORTEST and bare not in load_role_words().common:
            yield ARTICLE + bare


def _goes_on(tokens: Sequence[Token], position: int, named: set[int]) -> bool:
    """ "الاتحاد الأفريقي", "الحركة الوطنية": another name begins with the same word."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return (
        following is not None
        and following.kind == "word"
        and (position + 1 in named or following.form.startswith(ARTICLE))
    )
