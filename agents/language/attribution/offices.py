"""Where somebody ends who is told by a bare title, what he is over, and a name: "محافظ شمال دارفور نمر عبد الرحمن"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agents.language.attribution.strangers import GLUED, TANWEEN, may_name, name_end
from agents.language.names import AND, ARTICLE, HIS, TO, is_owned
from agents.language.punctuation import COMMAS, STOPS

if TYPE_CHECKING:
    from agents.language.attribution.line import Line

_LONGEST_CHAIN: Final = 5  # words of "نائب رئيس مجلس إدارة شركة"
_LONGEST_RUN: Final = 6  # words of a place and a name
_LEAST_NAME: Final = 2  # words
_LEAST_BODY: Final = 5  # letters of "للغاز"
_LED: Final = tuple("بل")
_ADJECTIVES: Final = ("ي", "يه")
_OBJECT: Final = re.compile("م..+ين")  # "كسلا مسلحين": several who do something, and no subject


def office_end(line: Line, begin: int, limit: int) -> int:
    """The end of such a subject; `begin` where it is told otherwise, or where the words that are known tell its end."""
    owned = is_owned(line.text(begin))  # "أمينه العام"
    if owned or begin in line.mention_at or line.form(begin) not in line.words.offices:
        return begin
    place = _past_units(line, begin + 1, min(limit, begin + _LONGEST_CHAIN))
    mention = line.mention_at.get(place)
    if mention is not None:
        if mention.via not in ("name", "town") or mention.clitics or line.form(mention.end).startswith(ARTICLE):
            return begin
        known = mention.end
    elif line.form(place).startswith(ARTICLE) and line.form(place) not in line.pack.after_subject:
        known = _past_adjectives(line, place + 1, limit)
    elif place < limit and _is_place(line, place):
        known = place + 1
    else:
        return begin
    comma = line.text(known) in COMMAS
    end = _run_end(line, known + comma, limit)
    if comma and (end < known + comma + _LEAST_NAME or line.text(end) not in COMMAS):
        end = known
    if mention is not None or line.form(place).startswith(ARTICLE):
        end = end if end >= known + _LEAST_NAME else known
        if end == known and mention is not None:
            return begin
    if end == known and line.form(place).startswith(ARTICLE) and end in line.mention_at and not _is_side(line, end):
        return begin  # "وزير الدفاع صلاح النمروش"
    if end not in line.mention_at or _is_side(line, end):
        line.strangers.update(range(begin + 1, end))
        line.seats.update(range(begin + 1, known if end < known + _LEAST_NAME else end))
    return end


def definite_office_end(line: Line, begin: int, limit: int) -> int:
    """ "المدير العام لمنظمة الصحة العالمية فلان الفلاني": the end of the name behind what a definite title is over."""
    title = line.form(begin).removeprefix(ARTICLE)
    titles = (title, title.removesuffix(HIS))
    if begin in line.mention_at or (line.words.offices.isdisjoint(titles) and line.pack.unnamed.isdisjoint(titles)):
        return begin
    at = _past_adjectives(line, begin + 1, limit)
    if not _leads_to_body(line, at):
        return begin
    while at < limit and _leads_to_body(line, at):
        named = line.mention_at.get(at)
        whole = line.form(at).startswith(TO + TO) or named is not None
        at = named.end if named is not None else at + 1
        if not whole and line.form(at).startswith(ARTICLE) and at not in line.mention_at:
            at += 1
        at = _past_adjectives(line, at, limit)
    comma = line.text(at) in COMMAS
    at += comma
    end = name_end(line, at, limit, comma=comma)
    if end == at:
        return begin
    line.strangers.update(range(begin + 1, end))
    line.seats.update(range(begin + 1, end))
    return end


def _leads_to_body(line: Line, at: int) -> bool:
    """ "لمنظمة", "للطاقة", "لمجلس التعاون"."""
    form, named = line.form(at), line.mention_at.get(at)
    body = named is None or (named.start == at and named.via == "name" and named.clitics.endswith(TO))
    return form.startswith(TO) and len(form) >= _LEAST_BODY and line.is_word(at) and body


def _past_units(line: Line, at: int, limit: int) -> int:
    """Past "بلدية", "شرطة مدينة", "أمين سر حركة": what a title is over, where a name must follow."""
    words, pack = line.words, line.pack
    units = (words.offices, words.units, words.regions, words.bodies, words.of_something, pack.unnamed)
    while at < limit and at not in line.mention_at and any(line.form(at) in known for known in units):
        if line.form(at).startswith(ARTICLE):
            break
        at += 1
    return at


def _is_side(line: Line, at: int) -> bool:
    """Whether what is named there may only be somebody else, and not who has the office."""
    mention = line.mention_at[at]
    words = tuple(line.form(position) for position in range(mention.start, mention.end))
    bodies = line.words.bodies | line.words.units | line.words.institutions
    state = mention.via == "name" and (words in line.pack.states or words[0].removeprefix(mention.clitics) in bodies)
    return state or bool(mention.clitics)


def _is_place(line: Line, at: int) -> bool:
    form, words = line.form(at), line.words
    known = (line.pack.after_subject, words.before_noun, words.deeds, words.no_name, words.that)
    led = form.startswith(GLUED) or line.readings(at) or line.text(at).endswith(TANWEEN)
    return line.is_word(at) and at not in line.mention_at and not led and not any(form in kept for kept in known)


def _past_adjectives(line: Line, at: int, limit: int) -> int:
    """Past "المستشفى | العسكري", "الخارجية | والمغتربين"."""
    while at < limit:
        mention, form = line.mention_at.get(at), line.form(at)
        if mention is not None and (mention.via != "adjective" or mention.clitics):
            break
        described = form.startswith(ARTICLE) and (form.endswith(_ADJECTIVES) or form in line.words.of_bodies)
        if mention is None and not (described or form.startswith(AND + ARTICLE)):
            break
        at += 1
    return at


def _run_end(line: Line, begin: int, limit: int) -> int:
    """The end of the words that may go on with the name of the place, or be the name of who is over it."""
    end = begin
    while end < min(limit, begin + _LONGEST_RUN) and may_name(line, end, first=end == begin):
        if _OBJECT.fullmatch(line.form(end)) or (_is_led(line, end) and not _closes_name(line, end + 1)):
            return end
        end += 1
    if end == begin or _closes(line, end):
        return end
    if line.text(end) in STOPS:
        return begin  # something must have been said
    named = line.form(end).startswith(ARTICLE) or bool(line.readings(end))
    if line.is_word(end) and end not in line.mention_at and named and _closes_name(line, end + 1):
        return end + 1  # "نمر الحلو أن", "تيريزا روي أن"
    given = not line.pack.given_names.isdisjoint((line.form(end - 1), line.form(end - 2) if end > begin + 1 else ""))
    return end - (not given)  # "كسلا | حالة الطوارئ"


def _is_led(line: Line, at: int) -> bool:
    form = line.form(at)
    return form.startswith(_LED) and form not in line.words.led_names and form not in line.pack.given_names


def _closes(line: Line, at: int) -> bool:
    """Whether something stands there that no name goes on with."""
    form = line.form(at)
    known = (line.pack.after_subject, line.words.before_noun, line.words.no_name, line.words.deeds)
    apart = any(form in words for words in known) or form.startswith(GLUED) or line.text(at) in COMMAS
    return apart or line.is_any_that(at) or (at in line.mention_at and line.mention_at[at].via != "adjective")


def _closes_name(line: Line, at: int) -> bool:
    """Whether that follows behind "الحلو" which tells that it is a name, and not whose the word before it is."""
    done = line.form(at) in line.words.deeds or line.form(at) in line.words.no_name
    return done or at in line.mention_at or line.is_any_that(at)
