"""Bodies that an article names by the first word of their name: "الحلف" behind "حلف شمال الأطلسي". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from agents.acts.role_words import load_role_words
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, Mention, places_of_bare, without_clitics, words_of
from agents.language.text import Token, as_text
from schemas import ActorKind

_BODIES: Final = frozenset([ActorKind.ORGANISATION, ActorKind.ARMED_GROUP, ActorKind.BLOC])
_SHORTEST: Final = 3  # letters without the article


def with_short_names(tokens: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions with those of bodies that were named in full before, in order."""
    named = {i for mention in mentions for i in range(mention.start, mention.end)}
    bodies = {mention.target for mention in mentions if mention.via == "name"}
    firsts = {body: tuple(_first_words(lexicon, body)) for body in bodies}
    known: dict[str, str] = {}  # first word → the body that was named last with it
    found: list[Mention] = []
    given = 0
    places = places_of_bare(as_text(tokens))
    heads = places.keys() & set(chain.from_iterable(firsts.values()))
    for position in sorted({at for head in heads for at in places[head]} - named):
        while given < len(mentions) and mentions[given].start <= position:
            found.append(mentions[given])
            if mentions[given].via == "name":
                known.update(dict.fromkeys(firsts[mentions[given].target], mentions[given].target))
            given += 1
        written = tokens[position].form
        for form in without_clitics(written):
            if form in known and not _goes_on(tokens, position, named):
                clitics = written.removesuffix(form) if written.endswith(form) else written[:2]
                found.append(Mention(position, position + 1, known[form], "name", clitics))
                break
    return [*found, *mentions[given:]]


def _first_words(lexicon: Lexicon, target: str) -> Iterator[str]:
    """The first word, with its article, of what a body is called; not what armies and countries have in common."""
    actor = lexicon.actors.get(target)
    if actor is None or actor.kind not in _BODIES:
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
