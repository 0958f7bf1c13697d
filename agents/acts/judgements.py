"""What a side thinks of another: blame, bad names, regret and praise that no single word tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.bench import ANNOUNCING, Bench
from agents.acts.records import COOPERATIVE, Act, Clause
from agents.acts.stance_words import is_led_noun, load_stance_words
from agents.language.names import AND, ARTICLE, IN, Mention
from agents.language.text import Token
from agents.language.triggers import Trigger
from schemas import ActorKind
from schemas import Modality as Mood

_LEAST: Final = 2  # words that make a reproach
_SHORTFALL: Final = 8  # words after the name of a side within which it is told what it has left undone
_COLLECTIVE: Final = frozenset([ActorKind.STATE, ActorKind.BLOC, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION])
_ACTING: Final = 5  # words after the name of a side within which its verb stands
_OPENING: Final = 2  # words with which a clause names what it is about
_VERDICT: Final = 6  # words in which a clause calls a thing by its name
_REGRETTED: Final = 5  # words in which a clause names what is regretted
_ADMIT: Final = "admit"
_EXPRESS: Final = "express"
_SEE_IN: Final = "see_in"
_DESCRIBE: Final = "describe"


def aspersion(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What a side tells of its adversary, where nothing friendly, foreseen or merely reported is told: blame."""
    cast = bench.cast
    first = next(iter(cast.within(clause.start, min(clause.end, clause.start + 2))), None)
    if clause.kind != "say" or first is None or not cast.has_stake(clause.speakers) or _is_hoped(bench, clause, first):
        return None
    if bench.says(Clause(first.end, min(clause.end, first.end + _ACTING)), "harmless"):
        return None
    rivals = bench.blamed(Clause(first.start, first.end, clause.kind, clause.speakers))
    if not bench.at_odds(clause, rivals):
        return None
    subject = not first.clitics and not cast.governed(first) and cast.lexicon.kind_of(first.target) in _COLLECTIVE
    alone = first.via != "adjective" or first.start == clause.start
    subject = subject and (alone or bench.tokens[first.start].form.startswith(ARTICLE))  # "هو فرنسي" names nobody
    if (
        subject
        and alone
        and _falls_short(bench, clause, first.end)
        and set(rivals) & set(cast.adversaries(clause.speakers, first.end))
    ):
        return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=rivals)
    own = [m for m in cast.within(first.end, clause.end) if cast.side(m) in clause.speakers]
    joined = any(m.clitics.startswith(AND) for m in own) or len(own) > 1  # "تركيا واليونان جارتان"
    joined = joined or (bool(own) and clause.verb in ANNOUNCING)  # "أعلنت الشرطة اليونانية القبض على مهرب تركي"
    if not subject or not cast.has_stake(rivals) or joined:
        return None
    words = [token for token in bench.tokens[first.end : clause.end] if token.kind == "word"]
    harmless = (
        len(words) < _LEAST
        or any(
            _reports(bench, words[n : n + 2]) or token.form in load_stance_words().denying
            for n, token in enumerate(words[:2])
        )
        or any(bench.modality.is_future(token) for token in words)
        or any(trigger.row.type in COOPERATIVE for trigger in found)
        or bench.says(clause, "talks_subject")
        or bench.says(clause, "calm")
        or bench.says(clause, "praise")
    )
    return None if harmless else bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=rivals)


def _reports(bench: Bench, words: Sequence[Token]) -> bool:
    """Whether a word is a verb of saying: "عبر عن" is one, "عبر الخط" is none."""
    verbs = [form.verb for form in bench.cast.lexicon.pack.verb_forms.get(words[0].form, ())]
    after = words[1].form if len(words) > 1 else ""
    return any(not verb.needs or after in verb.needs for verb in verbs)


def _is_hoped(bench: Bench, clause: Clause, first: Mention) -> bool:
    """ "أعربت عن أملها في أن تضبط جارتها النفس": behind أن stands a verb, and what is felt is wished."""
    led_by_that = bench.tokens[max(0, clause.start - 1)].light in load_stance_words().wished
    return clause.verb == _EXPRESS and led_by_that and first.start > clause.start


def _falls_short(bench: Bench, clause: Clause, after: int) -> bool:
    """Whether it is told what a side has not done, or does nothing but: "لم يعرضوا سوى ممر ضيق"; "لم تجب بعد" is
    no reproach.
    """
    opening = Clause(after, min(clause.end, after + _SHORTFALL))
    return bench.says(opening, "falls_short") and not bench.says(clause, "not_yet")


def judgement(bench: Bench, clause: Clause) -> Act | None:
    """What a side calls by a bad name, in its own words: "وصف الطلب بأنه «فضيحة»"."""
    onlooker = bench.cast.on_topic and bool(clause.speakers) and bool(bench.blamed(clause))
    if not clause.judges or not (onlooker or bench.cast.has_stake(clause.speakers)):
        return None
    if bench.says(clause, "praise") or bench.says(clause, "no_reproach"):
        return None
    bad = bench.says(clause, "bad_name")
    return (
        bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=bench.targets(clause)) if bad else None
    )


def verdict(bench: Bench, clause: Clause) -> Act | None:
    """What a side of the dispute calls a thing that its adversary does: "العقوبات إرهاب", "هذا ليس شرطا بل ذريعة"."""
    if clause.kind != "say" or clause.judges or not bench.cast.disputes(clause.speakers):
        return None
    thing = Clause(clause.start, min(clause.end, clause.start + 1))
    opening = Clause(thing.end, min(clause.end, clause.start + _VERDICT))
    if not bench.says(thing, "thing") or not bench.says(opening, "verdict"):
        return None
    own = bench.cast.own_at(clause.start, clause.end) or set(bench.cast.sides(opening.start, opening.end)) & set(
        clause.speakers
    )
    if own or bench.says(opening, "no_verdict") or bench.says(clause, "praise"):
        return None
    return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="disapprove", recipients=bench.targets(clause))


def judged(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Sequence[Trigger]:
    """The words of what a thing is called, not of the thing: "وصف احتجاز الناقلة بأنه قرصنة", "وصف القصف بالهمجي".

    Behind "رأت في" the first word is the thing: "رأت في المناورات استفزازا".
    """
    if not clause.judges:
        return found
    marks = (i for i in range(clause.start, clause.end) if bench.tokens[i].form in load_stance_words().as_being)
    mark = next(marks, clause.start - 1)
    if clause.verb == _SEE_IN:
        mark = clause.start + (bench.tokens[clause.start].form in load_stance_words().inside)
    elif mark < clause.start and clause.verb == _DESCRIBE:
        called = (i for i in reversed(range(clause.start, clause.end)) if bench.tokens[i].form.startswith(IN + ARTICLE))
        mark = next(called, clause.start) - 1
    return [trigger for trigger in found if trigger.start > mark]


def recognition(bench: Bench, clause: Clause) -> Act | None:
    """ "اعترفت بسيادة جارتها على الجزر": who admits a right takes sides."""
    if clause.verb != _ADMIT:
        return None
    opening = Clause(clause.start, min(clause.end, clause.start + _OPENING))
    if not bench.says(opening, "recognised"):
        return None
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def regret(bench: Bench, clause: Clause) -> Act | None:
    """ "أعرب عن أسفه لمقتل مزارع": a side of the dispute that regrets what it may have done gives way."""
    words = {"regret": "regretted", "express": "sorrow", "admit": "fault"}.get(clause.verb or "")
    if words is None or not bench.cast.disputes(clause.speakers):
        return None
    opening = Clause(clause.start, min(clause.end, clause.start + _REGRETTED))
    if not bench.says(opening, words):
        return None
    return bench.act("CONCEDE", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def commendation(bench: Bench, clause: Clause) -> Act | None:
    """ "نوه بجهود جارته" praises; "نوه بأن" and "نوه إلى" only tell."""
    first = bench.tokens[clause.start].form
    if clause.verb != "note" or not is_led_noun(first) or not clause.speakers:
        return None
    good = bench.says(clause, "achieved") or bench.says(clause, "welcomed")
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=bench.targets(clause)) if good else None
