"""The subject of an act: which of the names around a verb or noun is that of who does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agents.acts.records import Clause
from agents.acts.roles import Cast, load_role_words
from agents.language.names import Mention
from agents.language.triggers import Trigger, nominal

_FAR: Final = 14  # words between an act and the name of who does it
_OBJECT_NOUNS: Final = frozenset(["SANCTION", "COERCE"])  # "تجميد حسابات الجماعة": the genitive suffers them


@dataclass(frozen=True, slots=True)
class _Around:
    """The names before, within and after the words of an act."""

    before: Sequence[Mention]
    inside: Sequence[Mention]
    after: Sequence[Mention]


def subjects(cast: Cast, trigger: Trigger, clause: Clause) -> Iterator[str]:
    """The sides that do what a trigger tells, by where the clause names them."""
    if trigger.row.victim:
        return
    around = _Around(
        before=cast.within(max(clause.start, trigger.start - _FAR), trigger.start),
        inside=cast.within(trigger.start, trigger.end),
        after=[m for m in cast.within(trigger.end, min(clause.end, trigger.end + _FAR)) if not _of_name(cast, m)],
    )
    pick = _of_noun if trigger.aspect == "noun" else _of_verb
    for mention in pick(cast, trigger, clause, around):
        side = cast.side(mention)
        if side in cast.parties:
            yield side


def _of_noun(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """ "غارات روسية", "قصفا مدفعيا للجيش", "شن الجيش هجوما"; the genitive of استهداف suffers what it tells."""
    close = [m for m in around.after if m.start - trigger.end < 4]
    free = [m for m in around.before if not cast.governed(m)]
    if free and cast.tokens[trigger.start].form.startswith("ل") and trigger.row.stays:
        return free[-1:]  # "ستبذل واشنطن جهودا لتعزيز قوات الحلف": who does the one does the other
    adjectives = [m for m in (*around.inside, *close) if m.via == "adjective" and _qualifies(cast, trigger, m)]
    if adjectives:
        return adjectives[:2]
    suffers = trigger.row.type in _OBJECT_NOUNS or any(
        not load_role_words().of_object.isdisjoint(nominal(token.form))
        for token in cast.tokens[trigger.start : trigger.end]
        if token.kind == "word"
    )
    if not suffers and close and (not cast.governed(close[0]) or close[0].clitics.lstrip("وف")[:1] == "ل"):
        return close[:1]
    if free or around.before:
        return free[:1] or around.before[:1]
    return [m for m in around.after if m.via == "adjective" and not _aimed_at(cast, m)]


def _of_name(cast: Cast, mention: Mention) -> bool:
    """Whether an adjective belongs to the name behind it: "التحالف الأوروبي حلف شمال الأطلسي"."""
    following = next(iter(cast.within(mention.end, mention.end + 1)), None)
    return mention.via == "adjective" and following is not None and following.via == "name" and not following.clitics


def _qualifies(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """Whether an adjective tells who acts, and not "بقصف الجدار المغربي" on whom."""
    if _aimed_at(cast, mention) or _of_name(cast, mention):
        return False
    noun = cast.tokens[mention.start - 1]
    alone = trigger.end - trigger.start == 1 and mention.start - trigger.end > 1
    definite = noun.form.startswith("ال") or cast.tokens[mention.start].form.startswith("ال")
    led = cast.tokens[trigger.start].form.startswith("ب") and definite
    return not (alone and led) or noun.form.removeprefix("ال") in _FORCES


_FORCES: Final = frozenset(["جيش", "طيران", "طاءرات", "قوات", "مدفعيه", "بحريه", "مقاتلات", "مسيرات", "دبابات"])


def _aimed_at(cast: Cast, mention: Mention) -> bool:
    """ "أمام الطائرات التركية": two words before it a preposition begins another phrase."""
    two = mention.start - 2
    return two >= 0 and cast.tokens[two].form in load_role_words().facing


def _of_verb(cast: Cast, trigger: Trigger, clause: Clause, around: _Around) -> Sequence[Mention]:
    """The subject of a verb stands after it, or before it where the sentence begins with its subject."""
    within = [m for m in around.inside if not cast.governed(m)]
    if within:
        return _joined_after(within, within[0])
    first = next((m for m in around.after if not cast.governed(m)), None)
    near = [m for m in around.before if not cast.governed(m) and trigger.start - m.end < 8]
    if near and not (first and first.start - trigger.end < 2 and trigger.aspect == "past"):
        return _joined(near)
    if trigger.first or cast.own_at(clause.start, trigger.end):
        return ()
    if around.before and trigger.start - around.before[-1].end < 2:
        return around.before[-1:]
    if first is not None and first.start - trigger.end < 5:
        return _joined_after(around.after, first)
    return around.before[-1:]


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """The last name and those joined to it with و before it."""
    found = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if found[0].clitics == "و" and found[0].start - mention.end <= 3:
            found.insert(0, mention)
        else:
            break
    return found


def _joined_after(mentions: Sequence[Mention], first: Mention) -> list[Mention]:
    found = [first]
    for mention in mentions:
        if mention.start > found[-1].start and mention.clitics == "و" and mention.start - found[-1].end <= 1:
            found.append(mention)
    return found
