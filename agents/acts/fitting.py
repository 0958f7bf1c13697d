"""Whether a word tells of an act in its clause at all: not of a bystander, not borrowed, not between nobody. Pure."""

from __future__ import annotations

from typing import Final

from agents.acts.around import WEAPONS
from agents.acts.finding import Finding
from agents.acts.records import COOPERATIVE, HOSTILE
from agents.acts.role_words import load_role_words
from agents.language.text import CLOSING, EITHER, OPENING
from agents.language.triggers import nominal

_OF_SOMEBODY: Final = frozenset(["ASSAULT", "REJECT"])  # what nobody who is named does is only spoken of
_DEEDS: Final = (HOSTILE | COOPERATIVE) - {"PROTEST"}
_ARMED: Final = WEAPONS | {"@weapons"}
_FEW: Final = 3  # words that stand in quotation marks because they are borrowed


def applies(finding: Finding) -> bool:
    """Whether what a row asks of who speaks, of whom and when is given."""
    row, speakers, subject = finding.row, finding.clause.speakers, finding.subject
    misses = (
        row.said and not (finding.said and speakers),
        row.own and not (set(subject) & set(speakers or subject) if subject else speakers),
        row.other and (not subject or bool(set(subject) & set(speakers))),
        row.blames and not (finding.judges or finding.bench.at_odds(finding.clause, finding.blamed)),
        row.stake and not finding.bench.cast.has_stake(speakers),
        row.needs_future and not finding.ahead,
        row.not_past and finding.trigger.aspect == "past",
        row.between and not _names_two_sides(finding),
        row.type in HOSTILE and _in_scare_quotes(finding),
        row.type in _OF_SOMEBODY and not row.mutual and _names_nobody(finding),
        row.type in _DEEDS and _of_bystander(finding),
    )
    return not any(misses)


def _names_two_sides(finding: Finding) -> bool:
    """ "أنقذ خفر السواحل التركي صيادين يونانيين": help at home is everyday news."""
    clause, cast = finding.clause, finding.bench.cast
    named = {*finding.actors, *clause.addressees, *cast.sides(clause.start, clause.end)}
    helper = bool(finding.actors) and not set(finding.actors) & set(cast.principals)
    abroad = helper and cast.on_topic and finding.said  # "أعلنت باريس إرسال سيارات إسعاف إلى سيونيك"
    return len(named) > 1 or clause.judges or abroad or cast.group_at(clause.start, clause.end)


def _of_bystander(finding: Finding) -> bool:
    """ "احتجزت السيول المصطافين": right behind the verb stands what or who does nothing between sides."""
    tokens, subject = finding.bench.tokens, finding.trigger.start + 1
    if finding.trigger.aspect == "noun" or subject >= finding.clause.end:
        return False
    return not load_role_words().bystanders.isdisjoint(nominal(tokens[subject].form))


def _names_nobody(finding: Finding) -> bool:
    """ "وسئل عن القصف": an article tells of no deed where it names nobody, nor whose weapons do it."""
    clause, cast = finding.clause, finding.bench.cast
    return not (finding.said or finding.actors or cast.sides(clause.start, clause.end) or _is_of_weapons(finding))


def _is_of_weapons(finding: Finding) -> bool:
    """ "ضربت مسيرات المصفاة": in a war someone's weapons do it, whoever has fired them."""
    bench, trigger = finding.bench, finding.trigger
    following = trigger.start + 1
    if finding.row.type != "ASSAULT" or trigger.aspect != "past" or following >= finding.clause.end:
        return False
    wielded = bench.triggers.keys(bench.tokens[following].form)
    return bool(bench.cast.at_war) and not wielded.isdisjoint(_ARMED)


def _in_scare_quotes(finding: Finding) -> bool:
    """A word or two in quotation marks are meant otherwise: «هجوما» من نوع مختلف, «قصف كلامي»."""
    tokens, trigger, clause = finding.bench.tokens, finding.trigger, finding.clause
    for start in range(max(clause.start + 1, trigger.start - 1), trigger.end):
        if tokens[start - 1].text in OPENING + EITHER:
            most = start + (1 if finding.said else _FEW)
            end = next(
                (i for i in range(start, min(most, clause.end - 1)) if tokens[i + 1].text in CLOSING + EITHER), 0
            )
            within = start > trigger.start and end < trigger.end - 1  # "حاملة الطائرات «شاندونغ» أبحرت"
            if end and end >= trigger.start and not within:
                return True
    return False


def is_of_others(finding: Finding) -> bool:
    """ "قال إنهم يطالبون بالحماية": a verb in the third person whose subject is on no watchlist."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    verb = trigger.aspect != "noun" and not trigger.first and not finding.subject
    return verb and not bench.cast.own_at(max(0, clause.start - 1), trigger.start)
