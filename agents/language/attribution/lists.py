"""Sentences that lead to a list of what somebody said: "وقال الوزير:", "وهذه أبرز النقاط في كلمة فلان:"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.language.attribution.clauses import clause_start
from agents.language.attribution.labels import heading
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.report import DELIVERED, LISTED, Report
from agents.language.first_person import we_speak_below
from agents.language.names import AND, ARTICLE, OWNERS, without_clitics, without_owners
from agents.language.punctuation import COLONS, STOPS
from agents.language.verbs import ReportingVerb

_LONGEST: Final = 24  # tokens before the colon
_KINDS: Final = ("say", "warn", "call", "pledge", "reject")


def lead(line: Line) -> Report | None:
    """Who says what stands below a colon at the end of a sentence, with an empty content."""
    colon = line.end - 1
    if line.text(colon) not in COLONS:
        return None
    if (named := heading(line)) is not None:
        return named
    begin = max(line.start, colon - _LONGEST)
    begin = next((at + 1 for at in range(colon - 1, begin, -1) if line.text(at) in STOPS), begin)
    issuer = next((end for at in range(begin, colon - 1) if (end := _issuer(line, at)) is not None), None)
    if issuer is not None and issuer < colon and we_speak_below(line.article, line.end, line.pack):
        return _report(line, colon, (issuer - 1, issuer), None, DELIVERED)
    highlights = next((at for at in range(colon - 1, begin - 1, -1) if _is_highlight(line, at)), None)
    if highlights is not None:
        return _report(line, colon, (highlights, highlights), None) if _is_of_saying(line, colon) else None
    told = _led_by_verb(line, begin, colon)
    ours = next((at for at in range(begin, colon) if line.form(at) in line.words.we), None)
    if told is None and ours is not None and line.form(colon - 1) in line.words.following:
        return _report(line, colon, (ours, ours), None)  # "نحيط الرأي العام علما بما يلي:"
    return told


def _led_by_verb(line: Line, begin: int, colon: int) -> Report | None:
    follows = line.form(colon - 1) in line.words.following
    for at in range(colon - 1 - follows, begin - 1, -1):
        if follows and _delivers(line, at, colon):
            return _report(line, colon, (at, at + 1), None, DELIVERED)
        relative = line.form(at - 1) in line.words.what and at - 1 > begin  # "هذا ما رواه"
        negated = not relative and line.form(at - 1) in line.words.negations | line.words.worded
        for reading in () if negated else _of_text_first(line.readings(at)):
            of_text = line.form(at + 1) in line.words.interview  # "نص الحوار:"
            if reading.shape.verb.kind in _KINDS and not of_text and reading.shape.finite:
                return _report(line, colon, (at, at + 1), reading)
    return None


def _delivers(line: Line, position: int, colon: int) -> bool:
    """ "أدلت المتحدثة بما يلي:", "أصدر الديوان البيان التالي:": a verb that says nothing but with its text."""
    words = line.words
    told = words.what | words.worded | words.sayings | words.written
    texts = (bare.removeprefix(ARTICLE) for at in range(position + 1, colon) for bare in without_clitics(line.form(at)))
    return line.form(position).removeprefix(AND) in words.delivering and not told.isdisjoint(texts)


def _of_text_first(readings: Sequence[Reading]) -> list[Reading]:
    """ "جاء فيه ما يلي:": the verb of a text, before the one of an answer that comes."""
    return sorted(readings, key=lambda reading: not reading.shape.verb.text_speaks)


def _issuer(line: Line, position: int) -> int | None:
    """Where it is told who issued a text: "أبرز فقرات البيان الذي أصدره القادة", "ترجمة للبيان الصادر عن القادة"."""
    texts, words = {bare.removeprefix(ARTICLE) for bare in without_clitics(line.form(position))}, line.words
    if texts.isdisjoint(words.written):
        return None
    if line.form(position + 1) in words.who and line.form(position + 2) in words.issues:
        return position + 3
    issued = line.form(position + 1) in words.issued and line.form(position + 2) in words.of
    return position + 3 if issued else None


def _is_highlight(line: Line, position: int) -> bool:
    return line.form(position).removeprefix(AND) in line.words.highlights


def _is_of_saying(line: Line, colon: int) -> bool:
    """Whether the sentence names what somebody says, and by a pronoun or name whose it is: "أبرز ما قاله"."""
    said = [at for at in range(line.start, colon) if not without_owners(line.form(at)).isdisjoint(line.words.sayings)]
    owned = any(line.article[at].light.endswith(OWNERS) for at in said)
    named = any(line.start <= at < colon for at in line.mention_at)
    return (bool(said) and (owned or named)) or _is_in_what_is_before(line, colon)


def _is_in_what_is_before(line: Line, colon: int) -> bool:
    """ "عقد الناطق مؤتمرا صحفيا. وفيما يلي أبرز ما جاء فيه:"."""
    if line.form(colon - 1) not in line.words.in_it or line.form(colon - 2) not in line.words.came:
        return False
    tokens = line.article[max(0, line.start - _LONGEST) : line.start]
    begin = max((n + 1 for n, token in enumerate(tokens) if token.kind == "break"), default=0)
    told = (token.form for token in tokens[begin:])
    return any(not bare.isdisjoint(line.words.sayings) for bare in map(without_owners, told))


def _report(
    line: Line, colon: int, cue: tuple[int, int], reading: Reading | None, verb: ReportingVerb = LISTED
) -> Report:
    return Report(
        sentence=line.number,
        cue=cue,
        verb=reading.shape.verb if reading is not None else verb,
        shape=reading.shape if reading is not None else None,
        after=(cue[1], colon),
        before=(clause_start(line, cue[0]), cue[0]),
        content=(line.end, line.end),
        form="quote",
        joined=reading is not None and reading.joined,
    )
