"""Deeds of good will, kept or promised, by whom and to whom. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.acts.finding import FORECASTING, OF_FEELING, Finding
from agents.acts.of_verbs import is_of_both, is_passive
from agents.acts.records import Act, Clause
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.language.names import ARTICLE, TO
from agents.language.triggers import nominal
from schemas import Modality as Mood

_SUBJECT_REACH: Final = 8  # tokens between a subject that opens its clause and what is told of it
_CAUSE: Final = 5  # tokens in which it is named what is backed
_SOUGHT: Final = 5  # tokens from what seeks to what is sought
_OPENING: Final = 3  # tokens of a clause in which its subject may open it


def cooperative(finding: Finding) -> Act | None:
    bench, clause, row, manner = finding.bench, finding.clause, finding.row, finding.manner
    speaks = bool(clause.speakers) and (finding.own or (finding.trigger.aspect == "noun" and not _of_subject(finding)))
    speaks = speaks and not (finding.subject and set(finding.subject) < set(clause.speakers))  # one of several speakers
    actors = clause.speakers if speaks else finding.actors
    start = finding.trigger.start
    both = is_of_both(bench.cast, finding.trigger)
    if row.spoken:
        actors = clause.speakers  # "سنواصل اتصالاتنا بالجانبين"
    elif both or (not finding.subject and bench.cast.group_at(clause.start, min(clause.end, finding.trigger.end + 2))):
        third = not both and _of_third(finding)
        actors, speaks = clause.speakers if third else bench.cast.both(start), False
    if not actors and row.mutual and not finding.said:
        actors = bench.cast.principals[:2]  # "دخلت الهدنة حيز التنفيذ"
    unnamed = row.mode == "release" or finding.trigger.passive or is_passive(bench.tokens[start].text)
    if not actors and row.type == "RETREAT" and unnamed:
        actors = tuple(bench.others(bench.cast.sides(clause.start, clause.end), clause.start))  # "أُخلي سبيل البحارة"
    if _helps_evil(finding):
        return finding.act("ACCUSE", mode="allege", actors=clause.speakers, recipients=finding.subject)
    if row.disclaims:
        return finding.act("CONCEDE", Mood.DENIED, actors=actors) if finding.said or finding.subject else None
    foretold = clause.verb in FORECASTING and not finding.own  # "تتوقع أثينا أن تتراجع أنقرة"
    foretold = foretold or _is_hoped_of_others(finding)
    nothing = (manner.negated and finding.trigger.aspect == "noun") or _is_topic(finding) or _is_awaited(finding)
    if not actors or foretold or nothing:
        return None
    if manner.negated:
        denies = row.type == "AID" and speaks and not finding.ahead  # "لم نرسل سلاحا إلى أحد"
        denies = denies or (row.type == "CONSULT" and _together(finding) and not finding.ahead)
        return None if denies else finding.act(bench.plover.negated[row.type], Mood.ASSERTED, actors=actors)
    return None if manner.obliged else _kept_or_promised(finding, actors, speaks)


def _helps_evil(finding: Finding) -> bool:
    """ "أنقرة تواصل دعم التنظيمات الإرهابية": what the adversary is told to back, in evil words."""
    bench, clause, trigger = finding.bench, finding.clause, finding.trigger
    if finding.row.type not in ("SUPPORT", "AID") or not finding.said or finding.own or finding.manner.negated:
        return False
    near = Clause(trigger.start, min(clause.end, trigger.start + _CAUSE))
    return bench.at_odds(clause, finding.subject) and bench.says(near, "evil_cause")


def _of_third(finding: Finding) -> bool:
    """ "أبدت برلين استعدادها لاستضافة الطرفين": told of himself by who is neither of them."""
    clause, cast = finding.clause, finding.bench.cast
    apart = bool(clause.speakers) and set(clause.speakers).isdisjoint(cast.both(finding.trigger.start))
    return apart and cast.own_at(clause.start, finding.trigger.end)


def _is_hoped_of_others(finding: Finding) -> bool:
    """ "أعرب عن أمله في أن يوقف الطرفان القتال": what is hoped of others they have not done."""
    clause, cast, tokens = finding.clause, finding.bench.cast, finding.bench.tokens
    led = tokens[clause.reach[0] : clause.start] if clause.reach else ()
    hoped = clause.verb in OF_FEELING and any(token.form in load_stance_words().hopes for token in led)
    mine = set(finding.subject) & set(clause.speakers) or cast.own_at(clause.start, clause.end)
    return hoped and not mine and finding.trigger.aspect == "present"


def _together(finding: Finding) -> bool:
    """ "لا يلتقي الوفدان وجها لوجه": what two do not do together neither of them refuses."""
    return finding.bench.cast.group_at(finding.clause.start, finding.clause.end)


def _of_subject(finding: Finding) -> bool:
    """ "قالت موسكو إن أنقرة مستعدة": a participle or noun whose subject opens the clause."""
    bench, clause = finding.bench, finding.clause
    first = next(iter(bench.cast.within(clause.start, min(clause.end, clause.start + _OPENING))), None)
    if first is None or first.end > finding.trigger.start or bench.cast.governed(first) or first.clitics:
        return False
    return bench.cast.side(first) in finding.subject and finding.trigger.start - first.end <= _SUBJECT_REACH


def _is_topic(finding: Finding) -> bool:
    """ "موعد انسحاب القوات", "خطة لتبادل الأسرى": named as what is spoken of, what it is for, or what is sought."""
    bench, trigger = finding.bench, finding.trigger
    if trigger.aspect == "present" or trigger.start <= finding.clause.start:
        return False
    words, purpose = load_role_words(), bench.tokens[trigger.start].form.startswith(TO)
    before = [bench.tokens[i].form for i in range(max(finding.clause.start, trigger.start - 3), trigger.start)]
    sought = (bench.tokens[i].form for i in range(max(finding.clause.start, trigger.start - _SOUGHT), trigger.start))
    if finding.row.type == "RETREAT" and not words.seeking.isdisjoint(sought):
        return True
    if purpose:
        return any(not words.proposals.isdisjoint(nominal(form)) for form in before)
    return not before[-1].startswith(ARTICLE) and not words.topics.isdisjoint(nominal(before[-1]))


def _is_awaited(finding: Finding) -> bool:
    """ "لن تسحب أسلحتها قبل توقف النار": what is to come first."""
    start = finding.trigger.start
    return start > 0 and finding.bench.tokens[start - 1].form in load_stance_words().before


def _kept_or_promised(finding: Finding, actors: Sequence[str], speaks: bool) -> Act:
    bench, row, manner = finding.bench, finding.row, finding.manner
    mood = Mood.CONDITIONAL if manner.possible or manner.conditional else None
    before = {token.form for token in bench.tokens[finding.clause.start : finding.trigger.start]}
    came_about = finding.trigger.aspect == "noun" and not before.isdisjoint(load_role_words().came_about)
    done = (finding.trigger.aspect == "past" or came_about) and not finding.ahead
    promised = finding.ahead or (row.type in ("RETREAT", "AID") and finding.said and not done)
    if not promised or row.stays:
        return finding.act(row.type, mood, mode=row.mode, actors=actors)
    at_a_price = row.type in ("RETREAT", "CONCEDE")  # a promise
    if speaks and row.type != "CONSULT" and not at_a_price and not set(actors) & set(bench.cast.principals):
        return finding.act("COOPERATE", mood, actors=actors)  # who stands by lends a hand
    truce = row.mutual and row.mode == "ceasefire"  # both have agreed when it begins
    new = "AGREE" if truce else bench.plover.future.get(row.type, row.type)
    return finding.act("AGREE" if finding.said and new not in ("SUPPORT", "CONCEDE") else new, mood, actors=actors)
