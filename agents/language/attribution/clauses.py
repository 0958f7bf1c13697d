"""Where a clause begins and ends, and which verb opens a report at the level of the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agents.language.attribution.line import Line, Reading
from agents.language.attribution.report import Report
from agents.language.names import ARTICLE
from agents.language.punctuation import COLONS, COMMAS, DASHES, STOPS
from agents.language.verbs import ReportingVerb

_LONGEST_SUBJECT: Final = 24  # tokens of a noun phrase before its verb
_LONGEST_TURN: Final = 16  # tokens between the words that turn to somebody else and the verb
_LONGEST_REMARK: Final = 8  # tokens of "، وهو الدبلوماسي المخضرم الذي كان قد" and one more
_PROMISE: Final = 7  # tokens in which a participle must come to what is said
_THAT_NEAR, _THAT_FAR, _THAT_PAST_PARENTHESIS = 4, 8, 16  # tokens between a preposition and أن
_LONGEST_ENDING: Final = 3  # letters of a pronoun or plural after a noun
_SAID_NEXT: Final = frozenset(["accuse", "call", "threaten", "warn"])  # kinds of verbs that tell a new turn
_PAUSES: Final = COMMAS | STOPS
_CUTS: Final = STOPS | COLONS | DASHES | frozenset(")»”")
_TURNING_MARKS: Final = COMMAS | DASHES


def begins_report(line: Line, position: int) -> bool:
    """Whether a new report at the level of the sentence begins at this verb."""
    known = line.begins_report.get(position)
    if known is None:
        readings = line.readings(position)
        known = bool(readings) and position not in line.inside and _begins_report(line, position, readings)
        line.begins_report[position] = known
    return known


def _begins_report(line: Line, position: int, readings: tuple[Reading, ...]) -> bool:
    shapes = [reading.shape for reading in readings]
    aspects = {shape.aspect for shape in shapes}
    if line.joined(position) and not aspects.isdisjoint(("past", "present")):
        return True
    if "participle" in aspects:
        return _promises(line, position, readings)
    if aspects == {"masdar"} or any(is_mood(line, position + 1, shape.verb) for shape in shapes):
        return False
    before = line.form(position - 1)
    if before in line.words.who or line.form(position + 1) in line.words.in_it:  # "مقابلة قال فيها فلان إن"
        return any(that_follows(line, position + 1, shape.verb, far=True) for shape in shapes)
    opens = before in line.words.before_verb or before in line.words.going_on
    return opens or line.text(position - 1) in COMMAS or is_told_next(line, position)


def is_told_next(line: Line, position: int) -> bool:
    """ "قال إن الموعد قائم، قبل أن يتهم خصومه بالمماطلة": the reporter tells what he said next."""
    led = line.form(position - 1) in line.words.bare_that and line.form(position - 2) in line.words.told_after
    turns = any(reading.shape.verb.kind in _SAID_NEXT for reading in line.readings(position))
    return led and turns and line.text(position - 3) in COMMAS


def _promises(line: Line, position: int, readings: Iterable[Reading]) -> bool:
    """Whether a participle leads to something said soon: "متحدثة لقناة" does not."""
    verbs = [reading.shape.verb for reading in readings]
    for at in range(position + 1, min(position + _PROMISE, line.end)):
        if line.text(at) in _PAUSES:
            return at > position + 1 and any(verb.direct for verb in verbs)
        if line.text(at) in COLONS or (at in line.quote_at and not line.names_only(at)):
            return True
        if any(_is_its_that(line, at, verb) or line.is_preposition(at, verb.preposition | verb.asks) for verb in verbs):
            return True
    return any(verb.direct for verb in verbs)


def _is_its_that(line: Line, at: int, verb: ReportingVerb) -> bool:
    """ "قاطعا بأن", and not "نفيا قاطعا أن"."""
    wanted = verb.needs & line.words.that
    return line.is_that(at, verb) and (not wanted or line.form(at) in wanted)


def is_mood(line: Line, position: int, verb: ReportingVerb) -> bool:
    """Whether what follows is a mood and nothing said: "أعرب عن ارتياحه", but not "عن قلق بلاده من كذا"."""
    if not line.pack.own_side.isdisjoint((line.form(position + 1), line.form(position + 2))):
        return False
    return any(
        form.startswith(noun) and len(form) - len(noun) <= _LONGEST_ENDING
        for form in (line.form(position).removeprefix(ARTICLE), line.form(position + 1).removeprefix(ARTICLE))
        for noun in verb.not_of
    )


def that_follows(line: Line, position: int, verb: ReportingVerb, *, far: bool = False) -> bool:
    """Whether أن comes soon after a preposition ("أشار إلى أن", "عن أمله في أن"); `far`: a noun may stand between."""
    if not verb.that:
        return False
    parenthesis = far and line.text(position - 1) in COMMAS
    reach = _THAT_PAST_PARENTHESIS if parenthesis else _THAT_FAR if far else _THAT_NEAR
    for at in range(position, min(position + reach, line.end)):
        if line.text(at) in STOPS or (at > position and begins_report(line, at)):
            return False
        if line.text(at) in COMMAS and not parenthesis:
            return False
        if line.is_that(at, verb):
            return True
    return False


def clause_start(line: Line, position: int) -> int:
    """Where the clause of a verb begins: after the last comma that is no apposition's, dash, أن or report."""
    at = position
    while at > line.start and position - at < _LONGEST_SUBJECT:
        before = at - 1
        quoted = next((opening for opening, closing in line.quotes if closing == before), None)
        named = quoted is not None and quoted + 1 in line.mention_at and line.names_only(quoted)
        if quoted is not None and (named or line.count_words(quoted, before) == 1):
            at = quoted  # "غير أن «قسد» تتحدث عن", "غير أن منصة «تبيّن» أوضحت"
            continue
        if line.text(before) in _CUTS and not _joins_sides(line, before):
            break
        if line.is_any_that(before) or line.form(before) in line.words.openers:
            break
        if line.readings(before) and (begins_report(line, before) or before == line.start):
            break
        if line.text(before) in COMMAS and at != position and not _joins_names(line, before):
            break
        at = before
    return at


def _joins_sides(line: Line, dash: int) -> bool:
    """ "عن الحوار المغربي - الجزائري أفاد مسؤول": a dash between the adjectives of two sides."""
    sides = line.mention_at.get(dash - 1), line.mention_at.get(dash + 1)
    return line.text(dash) in DASHES and all(side is not None and side.via == "adjective" for side in sides)


def _joins_names(line: Line, comma: int) -> bool:
    """A comma inside a noun phrase: "نائب البرلمان الأوكراني ، أوليغ فولوشين ، يرى"."""
    if comma + 1 >= line.end or comma <= line.start:
        return False
    before, here = line.mention_at.get(comma - 1), line.mention_at.get(comma + 1)
    if here is not None:
        return here.clitics == "" and (before is not None or line.is_word(comma - 1))
    following = line.form(comma + 1)
    if following in line.words.openers or following in line.pack.after_subject or line.readings(comma + 1):
        return False
    return before is not None or following in line.pack.unnamed


def opens_clause(line: Line, report: Report) -> bool:
    """ "، لكن حميدتي نفى …": the subject before the verb stands after a comma or conjunction."""
    before = report.before[0] - 1
    return line.text(before) in COMMAS or line.form(before) in line.words.openers


def is_broken(line: Line, begin: int, end: int) -> bool:
    """Whether a clause ends in between: at a comma that is no apposition's, a conjunction, another report."""
    return any(
        (line.text(at) in COMMAS and not _is_by_name(line, at)) or _turns(line, at) or begins_report(line, at)
        for at in range(begin, end)
    )


def _is_by_name(line: Line, comma: int) -> bool:
    """Whether an apposition may begin or end at a comma, and no "قبل أن" follows."""
    later = line.form(comma + 1) in line.words.told_after and line.form(comma + 2) in line.words.bare_that
    return not later and (comma - 1 in line.mention_at or comma + 1 in line.mention_at)


def border(line: Line, cue: int, least: int) -> int:
    """Where the content before a new report ends: at the comma or conjunction that opens the new clause."""
    if (remark := remark_before(line, least, cue)) is not None:
        return remark
    for at in range(cue - 1, max(least, cue - _LONGEST_TURN - 1), -1):
        if at in line.inside:
            continue
        if line.text(at) in _TURNING_MARKS or _turns(line, at) or line.form(at) in line.words.borders:
            return at
    return cue


def remark_before(line: Line, begin: int, cue: int) -> int | None:
    """ "قال إن الوفد سيقوده فلان، وهو الدبلوماسي الذي حذر من أن": the comma behind which the reporter tells of him."""
    near = range(cue - 1, max(begin, cue - _LONGEST_REMARK), -1)
    comma = next((at for at in near if line.text(at) in COMMAS), None)
    if comma is None or line.form(comma + 1) not in line.words.which:
        return None
    return comma if any(line.form(at) in line.words.who for at in range(comma + 2, cue)) else None


def follows_mark(line: Line, position: int) -> bool:
    """Whether a mark stands before the token."""
    return line.start < position and line.article[position - 1].kind == "punct"


def _turns(line: Line, position: int) -> bool:
    form = line.form(position)
    return form in line.words.turns or form in line.words.going_on
