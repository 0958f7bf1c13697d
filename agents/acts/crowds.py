"""Whose a crowd is that protests, and against whom, where it stands before an embassy or burns a flag. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.around import Around, in_town
from agents.acts.cast import Cast
from agents.acts.nearby import sentence_start
from agents.acts.records import Clause
from agents.acts.role_words import load_role_words
from agents.language.names import Mention
from agents.language.triggers import Trigger, load_triggers, nominal

_EMBLEM: Final = 3  # words from a flag or a picture to whose it is


def crowd(cast: Cast, trigger: Trigger, clause: Clause) -> Sequence[Mention]:
    """Who protests, and not against whom: "اعتصم طلاب يونانيون أمام القنصلية التركية"; else whose town it is in."""
    named = cast.within(trigger.start if trigger.aspect != "noun" else clause.start, clause.end)
    before = cause(cast, trigger.start, clause.end)
    people = [
        m
        for m in named
        if m.via == "adjective" and m.start < before and not _is_object(cast, m) and not cast.governed(m)
    ]
    return people[:1] or _of_town(cast, clause.start, clause.end, before) or in_town(cast, named)


def _of_town(cast: Cast, start: int, end: int, before: int) -> Sequence[Mention]:
    """The people of a town of which a range tells before a position, or the town where they are."""
    folk = [m for m in cast.within(start, before) if m.via == "town" and (_some_of(cast, m) or not cast.governed(m))]
    return folk[:1] or [town for town in cast.towns_within(start, end) if cast.is_inside(town)][:1]


def _some_of(cast: Cast, mention: Mention) -> bool:
    """ "مئات من سكان البصرة"."""
    return mention.start > 0 and cast.tokens[mention.start - 1].form in load_role_words().out_of


def crowd_before(cast: Cast, clause: Clause) -> Sequence[Mention]:
    """ "في البصرة تظاهر الآلاف، وأحرق بعضهم علما": the town in which the sentence, or the one before, has a crowd."""
    first = sentence_start(cast.tokens, clause.start)
    for start, end in ((first, clause.start), (sentence_start(cast.tokens, max(0, first - 1)), first)):
        found = _of_town(cast, start, end, end) or in_town(cast, cast.within(start, end))
        if found and any(t.row.type == "PROTEST" for t in load_triggers().find(cast.tokens, start, end)):
            return found
    return ()


def cause(cast: Cast, start: int, end: int) -> int:
    """Where words come to what a crowd protests against, or where it stands; their end where they do not."""
    words = load_role_words().protested
    return next((i for i in range(start, end) if cast.tokens[i].form in words), end)


def without_cause(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Around:
    """The names around a protest but for those against which it is."""
    before = cause(cast, trigger.start, clause.end)
    inside, after = (
        [m for m in mentions if m.start < before and not _is_object(cast, m)]
        for mentions in (around.inside, around.after)
    )
    return Around(around.before, inside, after)


def _is_object(cast: Cast, mention: Mention) -> bool:
    """Whether a name is that of what a crowd gathers at or burns: "صورا لقادة الحرس"."""
    reach = 1 if mention.via == "adjective" else _EMBLEM
    nouns = [token.form for token in cast.tokens[max(0, mention.start - reach) : mention.start]]
    emblems = load_role_words().emblems
    return any("@envoy" in load_triggers().keys(noun) or not emblems.isdisjoint(nominal(noun)) for noun in nouns)
