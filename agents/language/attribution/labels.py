"""Reports without a verb at the beginning of a sentence: "لافروف: لن ننسحب", "الوزير في مقابلة: «…»"."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Final

from agents.language.attribution.complements import LEAST_QUOTE
from agents.language.attribution.line import Line
from agents.language.attribution.report import ACCORDING, LABEL, Report
from agents.language.first_person import we_speak_below
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, OWNERS, TA_MARBUTA, TO, without_clitics, without_owners
from agents.language.punctuation import BULLETS, COLONS, COMMAS, DASHES, EMPHASIS, QUESTION, STOPS

_LONGEST: Final = 26  # tokens before the colon
_LONGEST_NAME: Final = 9  # words of titles and of a name on no watchlist
_LONGEST_PERSON: Final = 4  # words of the name of somebody on no watchlist, who he is behind it
_LONGEST_PLACE: Final = 5  # tokens from "من" or "أمام" to the colon
_LONGEST_TIME: Final = 12  # tokens from "بعد" to the colon
_LONGEST_ASIDE: Final = 9  # tokens from "وقد" to the colon
_LONGEST_BRACKETS: Final = 7  # tokens of "(المندوب الدائم لدى المنظمة)"
_LONGEST_GREETING: Final = 6  # words
_NEAR_THAT: Final = 5  # tokens from a verb of saying to أن
_LONGEST_POST: Final = 8  # tokens of "مراسل الأفق في لوزان"
_LONGEST_OUTLET: Final = 3  # words of the name of a medium
_HE_DOES, _SHE_DOES = ("ي", "سي"), ("ت", "ست")
_PRESENT: Final = (*_HE_DOES, *_SHE_DOES)
_SHORTEST_VERB: Final = 4  # letters
_OPENING: Final = BULLETS | {"|", "#"}
_HANDLE: Final = "@"  # of an account
_SLASHES: Final = frozenset("/\\")
_LONGEST_SCENE: Final = 5  # tokens before the slash
_NEAR_NEEDED: Final = 6  # tokens
_NEAR_TITLE: Final = 4  # tokens of "وزير الخارجية الفرنسي" before a name
_BODY_OF_STATE: Final = 2  # tokens of "الجيش الجزائري"
_LONGEST_TEXT: Final = 14  # tokens of a text and whose it is


def opening(line: Line) -> int:
    """Where a label may stand: at the first word behind bullets and openers."""
    start = line.start
    while line.text(start) in _OPENING or line.form(start) in line.words.openers | line.words.alerts:
        start += 1 + (line.form(start) in line.words.alerts and line.text(start + 1) in COLONS)  # "عاجل: الوزير: …"
    return start


def label(line: Line, start: int) -> Report | None:
    """Whoever a sentence names before a colon says what comes after it, where no verb stands between.

    `start` is its `opening`.
    """
    colon = _colon(line, start) if line.is_word(start) else None
    if colon is None:
        return None
    if line.form(start) in line.words.speaking_of or _is_another_text(line, start, colon):
        return _topic(line, start, colon)
    source = _past_medium(line, start, colon)
    if source > start:
        return _label(line, source, colon)
    return _label(line, start, colon) or _label(line, _past_scene(line, start, colon), colon)


def _topic(line: Line, start: int, colon: int) -> Report | None:
    """ "وعن وجود بلاده العسكري: «…»": of whoever spoke before, on something else."""
    begin = colon + 1
    if begin not in line.quote_at or line.count_words(begin, line.quote_at[begin]) < LEAST_QUOTE:
        return None
    if line.is_told_behind(begin):
        return None
    told = label_report(line, (start, start), colon, line.quote_at[begin] + 1, quoted=True)
    return replace(told, verb=ACCORDING)


def _is_another_text(line: Line, start: int, colon: int) -> bool:
    """ "وفي تغريدة ثانية: «…»", "وفي رده على سؤال آخر: «…»"."""
    led = line.form(start).removeprefix(AND) in line.words.told_in and _is_text(line, line.form(start + 1))
    owned = line.article[start + 1].light.endswith(OWNERS) and not any(
        at in line.mention_at for at in range(start, colon)
    )
    return led and (owned or (colon == start + 3 and line.form(start + 2) in line.words.another))


def _past_medium(line: Line, start: int, colon: int) -> int:
    """ "رويترز عن مسؤول أميركي: …": whom the medium quotes."""
    if line.form(start).removeprefix(ARTICLE) not in line.words.heard_by | line.words.agencies:
        return start
    source = next((at for at in range(start + 1, colon) if line.form(at) in line.words.on_authority), colon - 1)
    return source + 1 if source < colon - 1 else start


def _past_scene(line: Line, start: int, colon: int) -> int:
    """ "القاهرة / وزير الخارجية: …", "من نيويورك، الوزير: …": past where or by which medium something is told."""
    comma = next((at for at in range(start, min(colon, start + _LONGEST_SCENE)) if line.text(at) in COMMAS), start)
    if comma > start and line.form(start).removeprefix(AND) in line.words.told_from | line.words.where:
        return comma + 1
    slash = next((at for at in range(start, min(colon, start + _LONGEST_SCENE)) if line.text(at) in _SLASHES), start)
    spaced = slash > start and line.article[slash - 1].end < line.article[slash].start
    return slash + 1 if spaced else start


def _label(line: Line, start: int, colon: int) -> Report | None:
    begin = next((at for at in range(colon + 1, line.end) if line.text(at) not in EMPHASIS), line.end)
    quoted = begin in line.quote_at and line.count_words(begin, line.quote_at[begin]) >= LEAST_QUOTE
    end = line.quote_at[begin] + 1 if quoted else line.end
    if not quoted and not says_something(line, begin, end):
        return None
    if quoted and line.is_told_behind(begin):
        return None
    presented = max(_presented(line, start, colon), _posted(line, start, colon))
    if presented > start:
        return label_report(line, (start, presented), colon, end, quoted=quoted)
    text = _text(line, start, colon)
    if text is not None:
        return label_report(line, (text, colon), colon, end, quoted=quoted)
    colon_at, colon = colon, _before_aside(line, start, colon)
    name_end = end_of_name(line, start, colon)
    if line.form(name_end + 1) in line.words.tongue and name_end + 2 < colon:
        start, name_end = name_end + 2, end_of_name(line, name_end + 2, colon)  # "الخارجية على لسان فلان: …"
    told_to = name_end < colon and _is_addressed(line, name_end)  # "مصادر لـ«المدى»: …"
    if not names_speaker(line, start, name_end, quoted, told_to) or not (quoted or _tells_where(line, name_end, colon)):
        return None
    return label_report(line, (start, name_end), colon_at, end, quoted=quoted)


def _posted(line: Line, start: int, colon: int) -> int:
    """ "مراسل الأفق في لوزان: …": the end of whom the paper has there; `start` where it is nobody."""
    if line.form(start) not in line.words.correspondents or colon - start > _LONGEST_POST or line.is_finite(colon + 1):
        return start  # "مراسل الأفق: يقول الروس إن"
    told = (at for at in range(colon + 1, line.end) if line.readings(at))
    if any(line.is_any_that(that) for at in told for that in range(at + 1, min(at + _NEAR_THAT, line.end))):
        return start  # "مراسلنا: لم يكد فلان يصل حتى صرح بأن"
    return next((at for at in range(start + 1, colon) if line.form(at) in line.words.where), colon)


def _before_aside(line: Line, start: int, colon: int) -> int:
    """ "السيدة فلانة (المغرب): …": where brackets open before the colon, else the colon."""
    opened = range(max(start + 1, colon - _LONGEST_BRACKETS), colon)
    return next((at for at in opened if line.text(at) == "("), colon) if line.text(colon - 1) == ")" else colon


def label_report(line: Line, speaker: tuple[int, int], colon: int, end: int, *, quoted: bool) -> Report:
    return Report(
        sentence=line.number,
        cue=(colon, colon + 1),
        verb=LABEL,
        shape=None,
        after=speaker,
        before=(speaker[0], speaker[0]),
        content=(next((at for at in range(colon + 1, end) if line.text(at) not in EMPHASIS), end), end),
        form="quote" if quoted else "that",
        quoted=quoted,
    )


def signed(line: Line) -> Report | None:
    """ "«لن نوقع» – الوزير": a quotation, a dash, and who says it."""
    opening = next((at for at in range(line.start, line.end) if line.text(at) not in _OPENING), line.start)
    closing = line.quote_at.get(opening, opening)
    begin, end = closing + 2, line.end
    if closing == opening or line.text(closing + 1) not in DASHES or line.count_words(opening, closing) < LEAST_QUOTE:
        return None
    name_end = end_of_name(line, begin, end) if line.is_word(begin) else begin
    if name_end == begin or not names_speaker(line, begin, name_end, quoted=True, told_to=False):
        return None
    told = label_report(line, (begin, name_end), closing, closing + 1, quoted=True)
    return replace(told, cue=(closing + 1, begin), content=(opening, closing + 1), form="before")


def heading(line: Line) -> Report | None:
    """ "⭕ الناطق باسم الوزارة:", "الوزير أمام النواب:" above a list of what he says."""
    start, colon = opening(line), line.end - 1
    if line.text(colon) not in COLONS or any(_breaks(line, at) for at in range(start, colon)):
        return None
    if (text := _text_above(line, start, colon)) is not None:
        return replace(label_report(line, (text, colon), colon, colon + 1, quoted=False), form="quote")
    name_end = end_of_name(line, start, colon) if line.is_word(start) else start
    if not names_speaker(line, start, name_end, quoted=False, told_to=False):
        return None
    if name_end < colon and not _leads_below(line, name_end, colon):
        return None
    return replace(label_report(line, (start, name_end), colon, colon + 1, quoted=False), form="quote")


def _text_above(line: Line, start: int, colon: int) -> int | None:
    """ "تصريحات الوزير في جنيف:", "من كلمة الرئيس أمام القمة:": the text of somebody in which "we" speak below."""
    text = start + (line.form(start) in line.words.told_from)
    told = line.form(text) in line.words.sayings | line.words.written
    owner = line.mention_at.get(text + 1)
    owned = owner is not None and owner.start == text + 1 and owner.end <= colon and owner.via != "adjective"
    titled = line.form(text + 1) in line.pack.unnamed | line.pack.continuing_titles
    return text if told and (owned or titled) and we_speak_below(line.article, line.end, line.pack) else None


def _leads_below(line: Line, begin: int, colon: int) -> bool:
    """ "الوزير في بيان:", and "الوزير قبل السفر:" where "we" speak in the list: not "الوزير أمام الامتحان:"."""
    if not _tells_where(line, begin, colon):
        return False
    at = begin + (line.text(begin) in COMMAS)
    texts = line.words.told_texts
    in_text = line.form(at) in line.words.told_in and not without_owners(line.form(at + 1)).isdisjoint(texts)
    told_to = _is_addressed(line, at) or _is_outlet(line, at, colon)
    spoken = in_text or told_to or line.form(at) in line.words.told_how or _is_before_audience(line, at)
    return spoken or we_speak_below(line.article, line.end, line.pack)


def _presented(line: Line, start: int, colon: int) -> int:
    """ "فلان الفلاني، أستاذ القانون:", "سمير (34 عاما، سائق):": the end of a name, where only who he is follows."""
    words = line.words
    comma = next((at for at in range(start, colon) if not line.is_word(at)), colon)
    bracketed = line.text(comma) == "(" and line.text(colon - 1) == ")"
    opens_line = start == 0 or line.article[start - 1].kind == "break" or line.text(start - 1) in _OPENING
    if not opens_line or comma - start > _LONGEST_PERSON or not (bracketed or line.text(comma) in COMMAS):
        return start
    calling = (comma - start > 1 or bracketed) and line.form(comma + 1) in words.callings
    aged = bracketed and line.article[comma + 1].kind == "number" and line.form(comma + 2) in words.years
    return comma if (calling or aged) and all(_may_be_name(line, at) for at in range(start, comma)) else start


def _may_be_name(line: Line, at: int) -> bool:
    words, form = line.words, line.form(at)
    known = line.pack.after_subject | words.told_from | words.where | words.before_no_name
    named = at not in line.mention_at and not line.readings(at) and not _may_be_verb(line, at)
    return named and known.isdisjoint((form, form.removeprefix(AND)))


# -- texts --------------------------------------------------------------------------------------------------------
def _text(line: Line, start: int, colon: int) -> int | None:
    """ "بيان من الوزارة: …", "وفي رسالة لاحقة باسمه: …": where a text is named, with whose it is."""
    words, text = line.words, start + (line.form(start).removeprefix(AND) in line.words.told_in)
    of_speech = line.form(start) in words.told_from and line.form(start + 1) in words.told_texts  # "من كلمة الوزير"
    if of_speech:
        text = start + 1
    elif line.form(text) not in words.written:
        return None
    if colon - start > _LONGEST_TEXT:
        return None
    owned = any(at in line.mention_at or line.form(at) in words.by_name for at in range(text + 1, colon))
    return text if owned else None


def says_something(line: Line, begin: int, end: int) -> bool:
    """No figure of a list, and no headline that asks."""
    counts = line.article[begin].kind == "number"
    if line.form(begin) in line.words.greets and line.count_words(begin, end) <= _LONGEST_GREETING:
        return False  # "شكرا للجميع على الانضمام إلينا"
    return line.count_words(begin, end) >= LEAST_QUOTE and not counts and line.text(end - 1) not in QUESTION


def _colon(line: Line, start: int) -> int | None:
    """The colon that ends the label, unless a reporting verb or the end of a clause stands before it."""
    aside = _aside_before_colon(line, start)
    for at in range(start, min(start + _LONGEST, line.end - 1)):
        if at in aside:
            continue
        if line.text(at) in COLONS:
            clock = line.article[at - 1].kind == line.article[at + 1].kind == "number"
            return at if at > start and not clock else None
        if _breaks(line, at):
            return None
    return None


def _aside_before_colon(line: Line, start: int) -> range:
    """ "ليلى (طالبة): …": what stands in brackets, with no clause that could end there."""
    opened = next((at for at in range(start + 1, min(start + _LONGEST_PERSON, line.end)) if line.text(at) == "("), None)
    if opened is None:
        return range(0)
    behind = range(opened + 1, min(opened + _LONGEST_BRACKETS, line.end - 1))
    closed = next((at for at in behind if line.text(at) == ")"), None)
    return range(opened, closed) if closed is not None and line.text(closed + 1) in COLONS else range(0)


def _breaks(line: Line, at: int) -> bool:
    """Whether a clause ends or a verb stands there."""
    told = (reading.shape for reading in line.readings(at) if reading.shape.aspect != "masdar")
    verbal = any(not shape.verb.needs or _has(line, at, shape.verb.needs) for shape in told) and not _is_title(line, at)
    return line.text(at) in STOPS or line.is_any_that(at) or verbal


def _has(line: Line, at: int, needed: Container[str]) -> bool:
    """Whether a verb has what it needs to report: "وصل الرد من", and not "وصل إلى جنيف"."""
    return any(line.form(i) in needed for i in range(at + 1, at + _NEAR_NEEDED))


def _is_title(line: Line, at: int) -> bool:
    """ "متحدث", "ناطق": a title that is written as a participle."""
    return any(bare in line.pack.unnamed for bare in without_clitics(line.form(at)))


# -- who it names -------------------------------------------------------------------------------------------------
def end_of_name(line: Line, start: int, colon: int) -> int:
    """Where the name ends: before the first adverb, preposition or comma that joins no title."""
    title = start
    for at in range(start + 1, colon):
        mention = line.mention_at.get(at)
        if mention is not None and (mention.start < at or (mention.via == "name" and not mention.governed)):
            continue  # also "علي", which is written like "على"
        if line.text(at) in COMMAS:
            if not (at + 1 in line.mention_at or line.form(at + 1) in line.pack.unnamed):
                return at
            title = at + 1
        if _is_of_body(line, title, at):
            continue
        words = line.words
        adverbial = line.form(at) in line.pack.after_subject | words.told_after | words.told_how | words.who
        if adverbial or line.text(at) == _HANDLE or _is_addressed(line, at) or _is_outlet(line, at, colon):
            return at
    return colon


def _is_of_body(line: Line, title: int, at: int) -> bool:
    """ "مصدر في الوفد المغربي", "فلانة، سفيرة المغرب في مدريد": where somebody belongs whom a title presents."""
    following = line.form(at + 1)
    body = following.startswith(ARTICLE) or following in line.words.institutions or at + 1 in line.mention_at
    return (
        (line.form(title).removeprefix(ARTICLE) in line.pack.unnamed or _is_of_state(line, title))
        and body
        and line.form(at) in line.words.told_from | line.words.where
    )


def _is_addressed(line: Line, at: int) -> bool:
    """ "لوكالة رويترز", "للتلفزيون": to whom it is said."""
    form, heard = line.form(at), line.words.heard_by
    bare = ARTICLE + form[2:] if form.startswith(TO + TO) else form[1:] if form.startswith(TO) else ""
    return form == TO or bare in heard or bare.removeprefix(ARTICLE) in heard


def _is_outlet(line: Line, at: int, colon: int) -> bool:
    """ "مصدر مطلع للساعة 24: …": the last words before the colon, which say whose paper it is."""
    rest = range(at, colon)
    named = any(i in line.mention_at for i in rest) or ARTICLE + line.form(at)[2:] in line.words.in_subject
    return line.form(at).startswith(TO + TO) and len(rest) <= _LONGEST_OUTLET and not named


def names_speaker(line: Line, start: int, end: int, quoted: bool, told_to: bool) -> bool:
    pack, words = line.pack, line.words
    start += line.form(start) in words.honoured and start + 1 in line.mention_at
    opening, form = line.mention_at.get(start), line.form(start)
    alone_there = end - start == 1
    alone = alone_there and not told_to
    if form in words.no_label or (alone and form.removeprefix(ARTICLE) in words.no_label_alone):
        return False
    if opening is None and line.form(end - 1) in words.no_label_behind:
        return False
    titled = form in pack.unnamed or form in pack.continuing_titles or form.removeprefix(ARTICLE) in pack.unnamed
    named = opening is not None and opening.via != "adjective" and not opening.clitics
    titled = titled or (_is_of_state(line, start) and end - start == _BODY_OF_STATE)
    if not (titled or named):
        return alone_there and _was_introduced(line, start, with_title=not told_to)
    if opening is not None and line.text(opening.end) in COMMAS:
        end = min(end, opening.end)  # "فلانة، سفيرة المغرب في مدريد"
    unknown = [at for at in range(start, end) if at not in line.mention_at and not line.subject_end(at, at + 1) > at]
    if any(line.text(at) in COLONS or line.article[at].kind == "number" for at in unknown):
        return False
    words_unknown = [at for at in unknown if line.is_word(at)]
    if len(words_unknown) > (_LONGEST_NAME if titled else 0 if not quoted else _LONGEST_NAME):
        return False
    others = [m for at in range(start, end) if (m := line.mention_at.get(at)) is not None and m.start == at]
    joined = any(m.clitics[:1] in CONJUNCTIONS for m in others if m.clitics)
    feminine = line.article[start].light.endswith(TA_MARBUTA) if titled and opening is None else None
    return quoted or not (joined or any(_may_be_verb(line, at, feminine) for at in words_unknown))


def _is_of_state(line: Line, at: int) -> bool:
    """ "الجيش الجزائري", "الدفاع الروسية"."""
    named = line.mention_at.get(at + 1)
    return (
        line.form(at).removeprefix(ARTICLE) in line.words.of_states and named is not None and named.via == "adjective"
    )


def _was_introduced(line: Line, at: int, *, with_title: bool) -> bool:
    """ "شيبان لمراسلنا: …", "شيبان: …", with "العقيد محمد شيبان" elsewhere in the article."""
    article, form = line.article, line.article[at].form
    if not line.is_word(at) or (with_title and form.startswith(ARTICLE)):
        return False
    places = [
        i for i in range(1, len(article)) if article[i].form == form and i != at and article[i - 1].kind == "word"
    ]
    return any(not with_title or _has_title(line, i) for i in places)


def _has_title(line: Line, surname: int) -> bool:
    """Whether a name of two or three words with a title before it ends there: "الوزيرة الألمانية أنالينا بيربوك"."""
    article, titles = line.article, line.pack.unnamed | line.pack.continuing_titles
    for first in (surname - 1, surname - 2):
        before = [token.form for token in article[max(0, first - _NEAR_TITLE) : first]]
        if not before or article[first].kind != "word" or article[first].form.startswith(ARTICLE):
            return False
        described = before[-1].startswith(ARTICLE) and any(form in titles for form in before)
        if before[-1] in titles or described:
            return True
    return False


def _may_be_verb(line: Line, at: int, feminine: bool | None = None) -> bool:
    """A word that is no name or title for sure and looks like a verb in the present: "الوزير يتفقد القوات:".

    `feminine`: whether its subject is, where that is known; "المتحدث تشاو ليجيان" names somebody.
    """
    form = line.form(at)
    beginnings = _PRESENT if feminine is None else _SHE_DOES if feminine else _HE_DOES
    return len(form) >= _SHORTEST_VERB and form.startswith(beginnings) and form not in line.pack.given_names


# -- where and to whom it is said ---------------------------------------------------------------------------------
def _tells_where(line: Line, begin: int, colon: int) -> bool:
    """Whether only how it was said stands between: "لوكالة رويترز", "في بيان", "بعد لقائه"."""
    if begin == colon or _is_addressed(line, begin) or _is_outlet(line, begin, colon) or line.text(begin) == _HANDLE:
        return True
    words, at = line.words, begin + (line.text(begin) in COMMAS)
    if at in line.unnamed:  # "مسؤول، طلب حجب هويته، لـ«المدى»: …"
        return _tells_where(line, next((i for i in range(at, colon) if i not in line.unnamed), colon), colon)
    form, following = line.form(at), line.form(at + 1)
    if form in words.told_in and _is_text(line, following):
        return True
    later = form in words.told_after and line.article[at + 1].kind == "word"
    if ((later or _is_before_audience(line, at)) and colon - at <= _LONGEST_TIME) or (
        form in words.told_from and colon - at <= _LONGEST_PLACE
    ):
        return True
    if form in words.told_before and colon - at <= _LONGEST_PLACE:
        named = colon - 1 in line.mention_at or line.form(colon - 1).startswith(ARTICLE)  # not "أمام خيارين:"
        return named or following.removeprefix(ARTICLE) in line.words.heard_by
    at_side = not without_owners(following).isdisjoint(words.at_side)
    beside = form in words.towards and at_side  # "إلى جانب ضيفه", "إلى جانبه"
    known = beside or form in words.told_how or form in words.when or _is_addressed(line, at)
    return known or _is_aside(line, begin, colon) or _is_relative(line, begin, colon)


def _is_before_audience(line: Line, at: int) -> bool:
    """ "أمام نواب الحزب", "أمام الكتلة النيابية لحزبه"."""
    bare = without_owners(line.form(at + 1)) | {line.form(at + 1).removeprefix(ARTICLE)}
    return line.form(at) in line.words.told_before and not bare.isdisjoint(line.words.audiences)


def _is_relative(line: Line, begin: int, colon: int) -> bool:
    """ "فلان، الذي وصل إلى جنيف أمس: …"."""
    named, at = line.mention_at.get(begin - 1), begin + (line.text(begin) in COMMAS)
    return named is not None and line.form(at) in line.words.who and colon - at <= _LONGEST_ASIDE


def _is_aside(line: Line, begin: int, colon: int) -> bool:
    """ "الوزير، وقد وصل مع الوفد: …", "الوزير من جنيف، حيث يستقبل نظيره: …": what he does meanwhile."""
    placed = line.form(begin) in line.words.told_from
    comma = begin + 2 if placed else begin
    comma += placed and line.text(comma) not in COMMAS  # "من سان بطرسبورغ"
    near = colon - comma <= _LONGEST_ASIDE and line.text(comma) in COMMAS
    return near and line.form(comma + 1) in line.words.meanwhile


def _is_text(line: Line, form: str) -> bool:
    """ "بيان", "كلمته", "التلفزيون"."""
    return not without_owners(form).isdisjoint(line.words.told_texts | line.words.heard_by)
