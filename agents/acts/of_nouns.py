"""Who does what a noun tells: "غارات روسية", "قصفا مدفعيا للجيش", "استهداف الجماعة خزانات"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.around import OBJECT_NOUNS, THINGS, Around, aimed_at, in_town, is_faced, is_thing
from agents.acts.cast import Cast
from agents.acts.records import COOPERATIVE, HOSTILE, Clause
from agents.acts.role_words import load_role_words
from agents.language.names import AND, ARTICLE, IN, OWNERS, SO, TO, Mention
from agents.language.triggers import Trigger, load_triggers, nominal

_EXPELLING: Final = frozenset(["expel", "deport"])
_WORDS: Final = frozenset(["REJECT", "ACCUSE", "SUPPORT"])
_COMES_FROM: Final = frozenset(["ASSAULT", "MOBILIZE", "AGREE", "CONCEDE", "THREATEN"])


def of_noun(cast: Cast, trigger: Trigger, clause: Clause, around: Around) -> Sequence[Mention]:
    """ "غارات روسية", "قصفا مدفعيا للجيش", "شن الجيش هجوما"; the genitive of استهداف suffers what it tells."""
    after = [m for m in around.after if not _is_reason(cast, trigger, m)]
    close = [m for m in after if m.start - trigger.end < 4]
    free = [m for m in around.before if not cast.governed(m)]
    # "ستبذل واشنطن جهودا لتعزيز قوات الحلف": who does the one does the other; so with "أكدت دعمها لسيادة جارتها"
    led = cast.tokens[trigger.start].form.startswith(TO) and trigger.row.stays
    theirs = led or (trigger.row.type not in HOSTILE and _is_theirs(cast, trigger))
    follows = bool(free) and _follows_subject(cast, trigger, clause, free[-1])
    if free and (theirs or follows or _is_led_to(cast, trigger, clause)):
        return free[-1:]  # "قررت أنقرة تأجيل"
    suffers = trigger.row.type in OBJECT_NOUNS or any(
        not load_role_words().of_object.isdisjoint(nominal(token.form))
        for token in cast.tokens[trigger.start : trigger.end]
        if token.kind == "word"
    )
    holding = [m for m in (*around.inside, *close) if m.start == trigger.start + 1 and _has_object(cast, m)]
    adjectives = [m for m in (*around.inside, *close) if m.via == "adjective" and _qualifies(cast, trigger, m)]
    if suffers and not cast.tokens[trigger.start].form.startswith(ARTICLE):  # "مقتل السفير الروسي"
        adjectives = [
            m
            for m in adjectives
            if m.start <= trigger.end and not (_hit(cast, trigger, m) or _of_held(cast, trigger, m))
        ]
    opening = [m for m in around.inside if m.start == trigger.start + 1 and m.via != "adjective" and not m.clitics]
    # "احتجاز تركيا عشرين جنديا يونانيا", "حشد الحوثيون مقاتليهم"
    named = (holding if suffers else opening) or _one_or_joined(adjectives)
    if close and _is_blamed(cast, trigger, close[0]):
        named, close = free[-1:], []
    if named:
        return named
    from_it = close and close[0].start - trigger.end == 1 and cast.tokens[trigger.end].form in load_role_words().out_of
    if from_it and trigger.row.type in _COMES_FROM:
        return () if _ends_with_fighters(cast, trigger) else close[:1]  # "رشقات صاروخية من الجماعة"
    after = [m for m in after if not _is_freed_of(cast, trigger, m)]
    close = [m for m in close if not _is_freed_of(cast, trigger, m)]
    if suffers:
        acts = bool(close) and close[0].start == trigger.end and _has_object(cast, close[0])  # "استهداف الجماعة خزانات"
    else:
        close = [m for m in close if not (trigger.row.type == "MOBILIZE" and is_faced(cast, m, trigger.end))]
        acts = bool(close) and (not cast.governed(close[0]) or close[0].clitics.lstrip(AND + SO)[:1] == TO)
    if acts:
        return close[:1]
    before = free[:1] or around.before[:1]
    if suffers and (trigger.row.type == "ASSAULT" or clause.kind is not None):  # "أعلنت حظر دخول السفن اليونانية"
        return before
    free_after = (m for m in after if m.via == "adjective" and not aimed_at(cast, m))
    return before or [m for m in free_after if not (suffers and _of_held(cast, trigger, m))]


def _ends_with_fighters(cast: Cast, trigger: Trigger) -> bool:
    """ "تحييد أربعة مسلحين من الحزب": whose those are whom it befalls."""
    return not load_role_words().fighters.isdisjoint(nominal(cast.tokens[trigger.end - 1].form))


def _is_freed_of(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "رفع الحظر عن السفن اليونانية": whom it is lifted from."""
    before = [token.form for token in cast.tokens[max(trigger.start, mention.start - 2) : mention.start]]
    return trigger.row.type == "RETREAT" and not load_role_words().away_from.isdisjoint(before)


def _of_held(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "احتجاز ناقلة يونانية": an adjective of what is seized or struck; "قصف مدفعي تركي" tells who does it."""
    last = mention.start - 1
    return last > trigger.start and not cast.tokens[last].form.endswith(("ي", "يه", "ية"))


def where_held(cast: Cast, trigger: Trigger, around: Around) -> Sequence[Mention]:
    """ "توقيف ضابط تركي في أثينا", "طرد الملحق من أنقرة": whose town it is where nobody is told to do it."""
    if trigger.row.type not in OBJECT_NOUNS:
        return ()
    named = [m for m in (*around.inside, *around.after) if m.via != "adjective"]
    expelled = [
        m for m in named if cast.tokens[m.start - 1].form in load_role_words().out_of and trigger.row.mode in _EXPELLING
    ]
    return in_town(cast, named) or expelled[:1]


def _hit(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "قصف مواقع مغربية": an adjective of what is hit, and not of the act."""
    return mention.start - 1 > trigger.start and is_thing(cast, mention.start - 1)


def _is_reason(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "التعبئة العامة بسبب الهجوم التركي": behind the act stands why it is done."""
    two = mention.start - 2
    return two >= trigger.end and cast.tokens[two].form in load_role_words().because


def _follows_subject(cast: Cast, trigger: Trigger, clause: Clause, before: Mention) -> bool:
    """ "قررت أنقرة تأجيل التنقيب قرب الجزر اليونانية": good will right behind the subject of the verb before."""
    led = cast.tokens[trigger.start].form.startswith((IN, TO))
    bare = before.end == trigger.start and before.via != "adjective" and clause.kind is None
    return bare and not led and trigger.row.type in COOPERATIVE


def _is_led_to(cast: Cast, trigger: Trigger, clause: Clause) -> bool:
    """ "سارعت أنقرة إلى رفض البيان اليوناني": who does the one does the other."""
    alone = trigger.end - trigger.start == 1 and trigger.row.type in _WORDS
    return alone and trigger.start > clause.start and cast.tokens[trigger.start - 1].form in load_role_words().leading


def _one_or_joined(adjectives: Sequence[Mention]) -> Sequence[Mention]:
    """ "القصف الروسي السوري" is of both; in "الحشود التركية قرب الحدود اليونانية" each belongs to its own noun."""
    both = len(adjectives) > 1 and adjectives[1].start == adjectives[0].end
    return adjectives[: 2 if both else 1]


def _is_blamed(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """ "جدد اتهام باريس بانتهاك الأجواء": the genitive is who is accused."""
    end = mention.end
    followed = end < len(cast.tokens) and cast.tokens[end].form.startswith(IN)
    return trigger.row.type == "ACCUSE" and mention.start == trigger.end and followed


def _is_theirs(cast: Cast, trigger: Trigger) -> bool:
    """Whether a pronoun on the noun stands for who does it."""
    return cast.tokens[trigger.start].light.endswith(OWNERS)


def _has_object(cast: Cast, mention: Mention) -> bool:
    """Whether a bare noun follows a name in the genitive: it suffers the act, and the name does it."""
    if mention.clitics or mention.via == "adjective" or mention.end >= len(cast.tokens):
        return False
    following = cast.tokens[mention.end].form
    if cast.tokens[mention.end].kind == "number" or following in load_role_words().several:
        return True  # "احتجاز تركيا عشرين جنديا"
    behind = next(iter(cast.within(mention.end, mention.end + 1)), None)
    named = behind is not None and behind.via != "adjective" and behind.clitics in ("", TO)
    if named or following.startswith(TO + TO):
        return True  # "غزو روسيا لأوكرانيا", "استهداف الجماعة للسفن"
    return not following.startswith(ARTICLE) and not load_triggers().keys(following).isdisjoint(THINGS)


def _qualifies(cast: Cast, trigger: Trigger, mention: Mention) -> bool:
    """Whether an adjective tells who acts, and not "بقصف الجدار المغربي" on whom."""
    if aimed_at(cast, mention) and mention.start > trigger.end:  # "إزاء القصف التركي" tells who acts
        return False
    noun = cast.tokens[mention.start - 1]
    alone = trigger.end - trigger.start == 1 and mention.start - trigger.end > 1
    definite = noun.form.startswith(ARTICLE) or cast.tokens[mention.start].form.startswith(ARTICLE)
    led = cast.tokens[trigger.start].form.startswith(IN) and definite
    return not (alone and led) or noun.form.removeprefix(ARTICLE) in load_role_words().troops
