"""Reporting verbs that tell nothing of their own: of the narrator, supposed, asked, left unsaid, or negated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from agents.language.attribution.line import Line, Reading
from agents.language.names import AND
from agents.language.punctuation import COLONS, COMMAS

_THAT_IS: Final = 12  # tokens between "قال ما" and "أي إن"
_SUBJECT: Final = 2  # tokens of a verb with a subject of one word
_AS_BEFORE: Final = 5  # tokens of "كما سبق للوزير أن" and one more
_WHETHER: Final = 5  # tokens from "عما إذا" to a verb
_REFRAINED: Final = 6  # tokens between "امتنع" and "القول"


def tells_nothing(line: Line, position: int, readings: Sequence[Reading]) -> bool:
    """Whether what stands behind the verb is told by nobody, or is no more than words for something."""
    reading = readings[0]
    return (
        _says_what(line, position, reading)
        or _says_again(line, position, reading)
        or _is_worded(line, position, readings)
        or _is_supposed(line, position, reading)
        or _is_asked(line, position, reading)
        or _is_narrated(line, position, reading)
        or _is_as_before(line, position)
        or _is_left_unsaid(line, position, reading)
        or _is_governed(line, position, reading)
    )


def _is_narrated(line: Line, position: int, reading: Reading) -> bool:
    """ "يذكر أن", "تجدر الإشارة إلى أن"."""
    noun = reading.shape.aspect == "masdar"
    return line.is_narrator(position) or (noun and line.is_narrator(position - 1))


def _is_governed(line: Line, position: int, reading: Reading) -> bool:
    """ "استشارهم في مضمونها": what a text holds is spoken of, and not "رسالة مضمونها أن"."""
    return reading.shape.verb.id in line.words.gists and line.form(position - 1) in line.words.before_noun


def _is_worded(line: Line, position: int, readings: Sequence[Reading]) -> bool:
    """ "ما وصفه بـ«…»", "ما سماه": the reporter marks the words as another's within a report."""
    words = line.words
    if any(reading.shape.verb.that_after for reading in readings):
        return False  # "بما قاله فلان من أن"
    if line.form(position - 1) in words.for_what and any(reading.shape.verb.id in words.plain for reading in readings):
        return True  # "صورة لما قال إنه مصنع"
    verbs = [reading.shape.verb for reading in readings]
    if line.form(position - 2) in words.which and any(v.asks or v.id in words.of_two_objects for v in verbs):
        return False  # "وهو ما وصفه فلان بأنه", "وهو ما اعتبره فلان خطوة": the reporter's own
    return line.form(position - 1) in words.worded and line.form(position).endswith(tuple(words.object_pronouns))


def _says_what(line: Line, position: int, reading: Reading) -> bool:
    """ "قال ما يريد الآخر أن يسمعه": what is said is not told; but "قال ما معناه إن", "قال ما يلي:"."""
    words = line.words
    at = line.subject_end(position + 1, line.end) if reading.shape.verb.id in words.plain else position
    if line.form(at) not in words.what or line.form(at + 1) in words.following | words.wording_of:
        return False
    behind = range(at, min(line.end, at + _THAT_IS))  # "يقول ما قاله منذ مارس، أي إن"
    return not any(line.form(i) in words.that_is and line.is_any_that(i + 1) for i in behind)


def _says_again(line: Line, position: int, reading: Reading) -> bool:
    """ "يكرر الوزراء ما قالوه في كل مرة": what that was is not told; but "كرر ما قاله من أن"."""
    if reading.shape.verb.id not in line.words.saying_again:
        return False
    places = {position + 1, position + _SUBJECT, line.subject_end(position + 1, line.end)}
    what = next((at for at in places if line.form(at) in line.words.what and line.readings(at + 1)), None)
    behind = range(what, min(line.end, what + _THAT_IS)) if what is not None else range(0)
    told = any(line.is_any_that(at) or line.text(at) in COLONS for at in behind)  # "يردد ما قاله قائده: …"
    return what is not None and not told


def _is_supposed(line: Line, position: int, reading: Reading) -> bool:
    """ "إن ظن أنه قادر", "إذا قال إن": if he does, so he has not."""
    words = line.words
    before = position - 1
    spelled = before > line.start and line.article[before].light in words.spelled_if and not line.mention_at.get(before)
    return reading.shape.aspect == "past" and (line.form(before) in words.supposing or spelled)


def _is_asked(line: Line, position: int, reading: Reading) -> bool:
    """ "سئل عما إذا كانت بلاده تخشى", "سئل إن كان يتوقع": what is asked, and by the question."""
    words = line.words
    if reading.shape.aspect != "present" or line.joined(position):
        return False
    for at in range(max(line.start, position - _WHETHER), position - 1):
        whether = line.form(at) in words.whether and line.form(at + 1) in words.supposing
        if whether or line.article[at].light in words.spelled_if:
            return line.form(at + 1 + whether) in words.whether_was
    return False


def _is_left_unsaid(line: Line, position: int, reading: Reading) -> bool:
    """ "امتنع فلان عن القول إن", "لم يشأ فلان أن يؤكد أن"."""
    words = line.words
    if reading.shape.aspect != "masdar" and line.form(position - 1) not in words.bare_that:
        return False
    if reading.shape.aspect == "present" and line.form(position - 2).removeprefix(AND) in words.expected:
        return True  # "من المتوقع أن تعلن بكين موقفها"
    for at in range(position - 1, max(line.start, position - _REFRAINED) - 1, -1):
        if line.text(at) in COMMAS:
            return False
        if line.form(at).removeprefix(AND) in words.refrains or line.form(at) in words.refrains:
            return True
    return False


def _is_as_before(line: Line, position: int) -> bool:
    """ "في الأول من مارس كما سبق للوزير أن أعلن": what has just been told."""
    words = line.words
    before = [line.form(at) for at in range(position - _AS_BEFORE, position)]
    return before[-1] in words.bare_that and any(
        one in words.as_said and other in words.previously for one, other in pairwise(before)
    )


def is_negated(line: Line, position: int, reading: Reading) -> bool:
    """Whether nobody says so: "لم يقل إن", "من دون أن يوضح"; but "لم ينف" says something too."""
    verb = reading.shape.verb
    before, words = position - 1, line.words
    if before > line.start and line.article[before].light in words.spelled_not:
        return True
    if line.form(before) in words.bare_that and line.form(before - 1) in words.without:
        return True  # "ومن دون أن يوضح ملامحها"
    before -= line.form(before) in words.nobody  # "لا أحد يشترط أن"
    denies = line.form(before) in words.negations and line.form(before - 1) not in words.soon
    if line.form(before - 1) in words.which and line.form(position + 1) in words.back_to_it:
        denies = denies and bool(verb.preposition or verb.direct)  # "وهو ما ردت عليه الوزارة بأن"
    told = verb.asks or verb.id in words.of_two_objects
    if line.form(before - 1) in words.which and reading.shape.object and told:
        return False  # "وهو ما وصفه فلان بأنه", "وهو ما اعتبره فلان خطوة"
    return denies and verb.kind != "deny" and not verb.negated
