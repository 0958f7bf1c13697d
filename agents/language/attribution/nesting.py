"""Whether a report stands within what another says, and whether it then tells anything more."""

from __future__ import annotations

from typing import Final

from agents.language.attribution.clauses import is_broken, is_told_next, remark_before
from agents.language.attribution.line import Line
from agents.language.attribution.report import ACCORDING, Report
from agents.language.names import AND
from agents.language.punctuation import COMMAS

_NESTED: Final = 12  # words between أن and a reporting verb that it governs
_NESTED_PARTICIPLE: Final = 2
_OF_WHAT: Final = 3  # tokens of "قال إن ما قاله فلان من أن"
_LONGEST_OWN_SIDE: Final = 3  # words: "قال إن حكومة بلاده تشترط"


def goes_on(line: Line, report: Report, outer: Report) -> bool:
    """ "زعم أن السلطات تحتجز أنصاره وترفض إطلاقهم": a present verb without subject within what was said before."""
    subject, before = report.after[0], report.cue[0] - 1
    meanwhile = line.form(before) in line.words.meanwhile_that and line.text(before - 1) not in COMMAS
    if meanwhile and outer.form == "that" and report.aspect == "present":
        return True  # "إن المجلس لن يقف مكتوف اليدين بينما يهدد الكرملين بالغزو"
    named = subject in line.mention_at or line.form(subject) in line.pack.unnamed
    tells = line.form(report.cue[0] - 1) in line.words.before_verb or is_told_next(line, report.cue[0])
    return outer.form == "that" and (outer.aspect, report.aspect) == ("past", "present") and not (named or tells)


def is_nested(line: Line, report: Report, outer: Report) -> bool:
    """Whether a report stands within what `outer` says, and does not end it."""
    begin, cue = outer.content[0], report.cue[0]
    if report.aspect == "masdar" and line.text(cue - 2) in COMMAS:
        return False  # "…، مجددا القول إن"
    if not report.verb.that_after.isdisjoint(line.words.of) and cue - begin > _OF_WHAT:
        return False  # "قال إن الموعد قائم ردا على ما ذهب إليه فلان من أن"
    between = line.count_words(begin, cue)
    return (
        outer.form == "that"
        and between <= (_NESTED_PARTICIPLE if report.aspect == "participle" else _NESTED)
        and not (report.joined and report.finite)
        and not _answers(line, report, begin)
        and remark_before(line, begin, cue) is None
        and (_describes_own_side(line, begin, cue) or not is_broken(line, begin, cue))
    )


def _describes_own_side(line: Line, begin: int, cue: int) -> bool:
    """ "قال إن بلاده، التي تعدّ العقوبات ظالمة، سترسل وفدا": a clause on the speaker's own side ends nothing."""
    relative = line.form(cue - 1) in line.words.who and line.text(cue - 2) in COMMAS
    return relative and _is_of_own_side(line, begin, cue)


def _answers(line: Line, report: Report, begin: int) -> bool:
    """ "بينما قال فلان إن …، رد فلان بأن": a verb with its subject behind the only comma."""
    cue = report.cue[0]
    commas = [at for at in range(begin, cue) if line.text(at) in COMMAS]
    if report.finite and commas == [cue - 1] and line.subject_end(cue + 1, line.end) > cue + 1:
        return True
    named = line.mention_at.get(report.before[0])  # "… «مجرم»، وماكرون أيد"
    joined = named is not None and named.clitics == AND and report.before[0] == named.start
    return joined and report.finite and line.text(report.before[0] - 1) in COMMAS


def tells_more(line: Line, report: Report, outer: Report) -> bool:
    """Whether a nested report is another's: not its own side's, no mood, noun, or name in quotation marks."""
    # "قال المصدر إن واشنطن تعتقد أن": he says so
    mood = report.verb.id in line.words.moods and outer.verb is not ACCORDING
    if mood or report.form == "noun" or _is_of_own_side(line, outer.content[0], report.cue[0]):
        return False
    return report.form != "quote" or line.text(report.after[1]) == ":"


def _is_of_own_side(line: Line, begin: int, end: int) -> bool:
    """Whether the clause is about the speaker's own side: "قال إن بلاده تشترط أن …", "إنها أبلغت …"."""
    words = [line.form(at) for at in range(begin, end) if line.is_word(at)]
    if not words and line.form(begin - 1) not in line.words.bare_that:
        return True
    return len(words) <= _LONGEST_OWN_SIDE and not line.pack.own_side.isdisjoint(words)
