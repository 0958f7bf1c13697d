"""Reports without a clause after their verb: "…، على ما أفاد فلان", "«…»، قال فلان", "بحسب فلان، …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.language.attribution.complements import LEAST_QUOTE
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.report import ACCORDING, ContentForm, Report
from agents.language.names import AND, ARTICLE, OWNERS, PREPOSITIONS, TO, without_clitics
from agents.language.punctuation import COLONS, COMMAS, STOPS
from agents.language.verbs import OTHERS

_LONGEST_SOURCE: Final = 25  # tokens after "بحسب"
_NEAR_NAME: Final = 3  # tokens after "بحسب" in which a name must stand
_LEAST_NAME: Final = 2  # words
_NEAR_TITLE: Final = 2
_AFTERTHOUGHT: Final = 6  # words after "…، على حد تعبير فلان،" that only say more of who that is
_LEAST_REST: Final = 2  # words of a clause that goes on behind a parenthesis
_OPENS_SENTENCE: Final = 2  # tokens before "على ما أفاد" where what is said comes after it
_WEAK, _WEAK_ALONE = "ا", "ي"  # how a weak verb ends before a pronoun, and alone
_PAUSES: Final = COMMAS | STOPS
_SHALL: Final = tuple("س" + person for person in OTHERS)
_SHORTEST_AHEAD: Final = 5  # letters of "سيعود"


def clause_before(line: Line, position: int, reading: Reading, first: int, *, taken: bool) -> Report | None:
    """ "…، على ما أفاد مسؤول": the clause before "as … said"; after it, where the sentence opens so.

    `taken`: what stands before is said by somebody already; `first`: where what nobody has said begins.
    """
    words = line.words
    if reading.shape.aspect == "participle" or _is_what_was_agreed(line, position, reading):
        return None  # "استولت على ناقلة" quotes nobody
    if line.form(position - 1) in words.as_said:
        begin = position - 1
    elif line.form(position - 1) in words.what and line.form(position - 2).removeprefix(AND) in words.as_said:
        begin = position - 2
    else:
        return None
    if line.is_any_that(position + 1) or (reading.shape.aspect == "masdar" and line.form(position).startswith(ARTICLE)):
        return None  # "على الإعلان", "احتجاجا على ما قال إنه اختراق"
    end = _pause(line, position + 1)
    if end < line.end - 1 and line.text(end) in COMMAS and begin - line.start <= _OPENS_SENTENCE:
        return _told(line, position, reading, end, (end + 1, line.end))
    if not taken and _goes_round(line, begin, end):
        return _told(line, position, reading, end, (_clause(line), line.end))
    while first < begin and (line.text(first) in _PAUSES or (first > line.start and line.form(first) in words.openers)):
        first += 1  # "قال فلان إن …، فيما وصل الوفد، على ما أفاد مسؤول"
    few = begin - first < LEAST_QUOTE
    return None if taken or few else _told(line, position, reading, end, (first, begin), before=True)


def _is_what_was_agreed(line: Line, position: int, reading: Reading) -> bool:
    """ "أطلع الوزير نظيره على ما اتفق عليه مع واشنطن": of that he is told, and nothing is said by those who agreed."""
    resumed = any(
        line.form(position + 1) == word + owner for word in reading.shape.verb.preposition for owner in OWNERS
    )
    return (
        resumed
        and line.form(position - 1) in line.words.what
        and line.form(position - 2) in reading.shape.verb.preposition
    )


def _goes_round(line: Line, begin: int, end: int) -> bool:
    """ "الجولة المقبلة، كما قال الوزير، مقررة في الخريف": between two commas, with the clause on either side."""
    apart = line.text(begin - 1) in COMMAS and line.text(end) in COMMAS and begin - 1 > _clause(line)
    form = line.form(end + 1)
    known = line.pack.texts | line.pack.unnamed | line.words.deeds | line.words.institutions  # "وثيقة", "وقف"
    joined = (form[:1] == AND and form not in known) or form in line.words.openers | line.words.before_verb
    rest = end + 1 < line.end and (end + 1 in line.quote_at or line.article[end + 1].kind in ("word", "number"))
    later = form in line.words.told_after and line.form(end + 2) in line.words.bare_that  # "قبل أن يغادر"
    if not apart or joined or later or not rest or line.is_any_that(end + 1) or line.readings(end + 1):
        return False
    return line.count_words(end, line.end) >= _LEAST_REST and not line.is_narrator(end + 1)


def _clause(line: Line) -> int:
    """Where the clause of a sentence begins, behind its openers."""
    begin = line.start
    while line.form(begin) in line.words.openers:
        begin += 1
    return begin


def told_before(line: Line, position: int, readings: Sequence[Reading]) -> Report | None:
    """ "لن ننسحب، يقول الوزير": the sentence before a verb that stands at its end with its subject."""
    if line.text(position - 1) not in COMMAS or not readings:
        return None
    end = line.subject_end(position + 1, line.end)
    if end == position + 1:
        return None
    closing = _past_circumstance(line, end)
    closed = all(line.text(at) in STOPS for at in range(closing, line.end)) or (
        line.text(closing) in COMMAS
        and (line.form(closing + 1) in line.words.objects or _tells_more(line, closing + 1))
    )
    if not closed:
        return None
    content = (line.start, position - 1)
    if line.count_words(*content) < LEAST_QUOTE:
        return None
    for reading in readings:
        shape = reading.shape
        tells = shape.aspect == "present" or (shape.aspect == "past" and shape.verb.id in line.words.plain)
        if shape.verb.kind == "say" and tells and not reading.joined:
            return _told(line, position, reading, end, content, before=True)
    return None


def _past_circumstance(line: Line, at: int) -> int:
    """ "…، يقول الوزير وهو يغادر القاعة": the pause behind what the speaker does meanwhile."""
    if line.form(at) not in line.words.which:
        return at
    end = _pause(line, at)
    told = any(line.is_any_that(i) or i in line.quote_at or line.text(i) in COLONS for i in range(at, end))
    return at if told else end


def _tells_more(line: Line, at: int) -> bool:
    """ "…، يقول الوزير، قبل أن يضيف أن", "…، قال الوزير، كما اتهم"."""
    if line.joined(at) or (line.form(at) in line.words.before_verb and line.readings(at + 1)):
        return True
    later = line.form(at) in line.words.told_after and line.form(at + 1) in line.words.bare_that
    return later and bool(line.readings(at + 2))


def told_between(line: Line, position: int, readings: Sequence[Reading]) -> Report | None:
    """ "الوفد، يضيف الوزير، لم يقدم أي ضمانة": the clause around a verb that stands between commas with its subject."""
    end = line.subject_end(position + 1, line.end)
    begin = line.start
    while line.form(begin) in line.words.openers or line.is_any_that(begin):
        begin += 1
    between = line.text(position - 1) in COMMAS and line.text(end) in COMMAS and end > position + 1
    if not between or not _goes_on(line, end + 1) or not _goes_on(line, begin) or begin >= position - 1:
        return None
    for reading in readings:
        if reading.shape.verb.kind == "say" and reading.shape.aspect == "present" and not reading.joined:
            return _told(line, position, reading, end, (begin, line.end))
    return None


def _goes_on(line: Line, at: int) -> bool:
    """Whether a clause begins or goes on there, and neither an adverbial nor what the verb reports."""
    form = line.form(at).removeprefix(AND)
    if form in line.words.negations or line.readings(at):
        return True
    led = form in line.pack.after_subject or form in line.words.before_noun or form in line.words.openers
    return line.is_word(at) and not (led or line.is_any_that(at))


def with_these_words(line: Line, position: int, reports: Sequence[Report]) -> Report | None:
    """ "«…»، بهذه العبارة فاجأ فلان الحاضرين", "«…»، هكذا اختصر فلان الجولة": the quotation, whatever the verb."""
    words = line.words
    wording = line.form(position) in words.with_this and line.form(position + 1) in words.wording
    if not wording and line.form(position) not in words.thus:
        return None
    verb = position + 2 if wording else position + 1
    opening = _quote_behind(line, position, reports)
    if opening is None or not line.is_word(verb) or verb in line.mention_at:
        return None
    if line.readings(verb) and not wording:
        return None
    before, source = (position, position), (verb + 1, _pause(line, verb + 1))
    content = (opening, line.quote_at[opening] + 1)
    return Report(line.number, (verb, verb + 1), ACCORDING, None, source, before, content, "before", quoted=True)


def just_that(line: Line, position: int, reports: Sequence[Report]) -> Report | None:
    """ "…، هذا ما أعلنته الوزارة", "…، هكذا لخص فلان الموقف": the clause before, where nobody else speaks."""
    words = line.words
    thus = line.form(position) in words.thus and bool(line.readings(position + 1))
    thus = thus and _quote_behind(line, position, reports) is None
    verb = position + 1 if thus else position + 2
    if not thus and (line.form(position) not in words.just_that or line.form(position + 1) not in words.what):
        return None
    told = line.text(position - 1) in COMMAS and line.count_words(line.start, position) >= LEAST_QUOTE
    if (
        reports
        or not told
        or not (thus or line.form(verb).endswith(OWNERS))
        or line.subject_end(verb + 1, line.end) == verb + 1
    ):
        return None
    source = (verb + 1, _pause(line, verb + 1))
    return Report(
        line.number, (verb, verb + 1), ACCORDING, None, source, (verb, verb), (line.start, position), "before"
    )


def _quote_behind(line: Line, position: int, reports: Sequence[Report]) -> int | None:
    """Where the quotation opens that ends before `position`, if nobody has said it yet."""
    at = position - 1
    while at > line.start and (line.text(at) in COMMAS | STOPS or line.form(at) in line.words.like_that):
        at -= 1
    opening = next((opening for opening, closing in line.quotes if closing == at), None)
    if opening is None or at - opening <= LEAST_QUOTE or line.names_only(opening):
        return None
    return None if any(report.content[0] <= opening < report.content[1] for report in reports) else opening


def quote_before(line: Line, position: int, reading: Reading, reports: Sequence[Report]) -> Report | None:
    """ "«…»، قال فلان": the quotation stands before its verb."""
    if reading.shape.verb.kind != "say" or not reading.shape.finite:
        return None
    opening = _quote_behind(line, position, reports)
    if opening is None:
        return None
    content = (opening, line.quote_at[opening] + 1)
    return _told(line, position, reading, _pause(line, position + 1), content, before=True, quoted=True)


def _pause(line: Line, at: int) -> int:
    while at < line.end and line.text(at) not in _PAUSES:
        at += 1
    return at


def _told(
    line: Line,
    position: int,
    reading: Reading,
    end: int,
    content: tuple[int, int],
    *,
    before: bool = False,
    quoted: bool = False,
) -> Report:
    return Report(
        sentence=line.number,
        cue=(position, position + 1),
        verb=reading.shape.verb,
        shape=reading.shape,
        after=(position + 1, end),
        before=(position, position),
        content=content,
        form="before" if before else "that",
        quoted=quoted,
        joined=quoted and reading.joined,
    )


def view(line: Line, position: int, reports: Sequence[Report]) -> Report | None:
    """What is told as the view of whoever spoke before: behind the words that say so, or before and around them."""
    end = _view_end(line, position)
    return (_own_view(line, position, end) or _view_behind(line, position, end, reports)) if end is not None else None


def _own_view(line: Line, position: int, end: int) -> Report | None:
    """ "وعنده أن الباب مفتوح", "وفي رأيها أن", "وبحسب روايته فإن": what whoever spoke before thinks."""
    begin = end + 1 if line.text(end) in COMMAS else end  # "وبحسبه، فإن"
    opens = position == line.start or (line.form(position).startswith(AND) and line.text(position - 1) in COMMAS)
    bare = begin > end and opens and line.is_word(begin)  # "وفي رأيها، لا معنى للحوار"
    if not (line.is_any_that(begin) or bare) or line.end - end < LEAST_QUOTE:
        return None
    return _attributed(line, (position, end), (end, end), (begin + line.is_any_that(begin), line.end))


def _view_behind(line: Line, position: int, end: int, reports: Sequence[Report]) -> Report | None:
    """ "الاجتماع قتل قبل أن يولد، في رأيه": the clause before, or on either side, in which nobody else speaks."""
    closed = line.text(end) in _PAUSES and line.text(position - 1) in COMMAS
    if not closed or reports:
        return None
    if _goes_round(line, position, end):
        return _attributed(line, (position, end), (end, end), (_clause(line), line.end))
    if line.count_words(line.start, position) < LEAST_QUOTE:
        return None
    return _attributed(line, (position, end), (end, end), (line.start, position - 1), before=True)


def _view_end(line: Line, position: int) -> int | None:
    """Where words end by which something is the view of whoever spoke: "في رأيه", "عنده", "على حد تعبيره"."""
    words, form = line.words, line.form(position)
    if form in words.own_views:
        return position + 1
    led = form.removeprefix(AND)
    if led in words.where and line.form(position + 1) in words.views:
        return position + 2
    at = position + 1 + (line.form(position + 1) in words.extent)
    owned = line.form(at) in words.own_words and line.is_word(at)
    return at + 1 if owned and (led in words.in_words or at > position + 1) else None


# -- attributions without a verb ----------------------------------------------------------------------------------
def attribution(line: Line, position: int, reports: Sequence[Report]) -> Report | None:
    """ "بحسب المتحدثة، …" before what is said, or "…، بحسب المتحدثة" after it."""
    at = _attribution_end(line, position)
    stop = _source_end(line, at) if at is not None else position
    if at is not None and position == line.start:
        stop = _verb_behind(line, at, stop)
    # "أتبع ذلك بتأكيد أن"
    led_on = at is None or line.is_any_that(at) or _speaks_for(line, position, at)
    if at is None or led_on or not _names_somebody(line, at, stop) or _is_estimate(line, at):
        return None
    begin = _content_begin(line, stop)
    toll = _toll(line, position, at)
    around = line.form(at - 1) not in line.words.tongue and _goes_round(line, position, stop)
    if not reports and (toll is not None or around):
        return _attributed(line, (position, at), (at, toll or stop), (toll or _clause(line), line.end))
    led = line.form(begin) in line.words.towards or (bool(line.readings(begin)) and not line.joined(begin))
    if line.form(at - 1) in line.words.tongue and led:
        return None  # "فسارعت، على لسان وزيرها، إلى التأكيد"
    told = position - line.start > LEAST_QUOTE and all(report.verb.kind == "agree" for report in reports)
    if line.form(at - 1) in line.words.tongue and line.text(stop) not in STOPS:
        told = False
    # "…، بحسب المتحدثة التي أبرزت أن": what comes after is another report
    clause = stop + (line.text(stop) in COMMAS)
    relative = line.form(clause) in line.words.who and _leads_to_that(line, clause)
    goes_on = any(reading.shape.aspect == "participle" for reading in line.readings(begin))  # "…، وفقا لفلان، مضيفا أن"
    if (relative and (not told or line.form(at - 1) in line.words.tongue)) or (goes_on and not told):
        return None
    few = line.count_words(begin, line.end) <= _AFTERTHOUGHT and not line.is_any_that(begin - 1)
    afterthought = told and (few or relative or goes_on or line.form(begin) in line.words.turns)
    if line.end - begin >= LEAST_QUOTE and not afterthought:
        return _attributed(line, (position, at), (at, stop), (begin, line.end))
    split = few and _is_quantity(line, begin)  # "بلغ عددهم بحسب الوزارة نحو ألف"
    content = (line.start, line.end if split else position)
    return _attributed(line, (position, at), (at, stop), content, before=True) if told else None


def _toll(line: Line, position: int, at: int) -> int | None:
    """Where what a deed led to begins, if that alone is known from somebody: "ما أسفر بحسب الوزارة عن قتيلين"."""
    verb = position - 1 - (line.text(position - 1) in COMMAS)
    led = line.form(verb) in line.words.results and line.form(verb - 1) in line.words.results_led
    if not led or line.text(verb - 2) not in COMMAS:
        return None
    behind = range(at + 1, min(line.end - 1, at + _LONGEST_SOURCE))
    return next((n for n in behind if line.form(n) in line.words.results_in), None)


def _speaks_for(line: Line, position: int, at: int) -> bool:
    """ "قناة «س»، الناطقة بلسان الحركة، ذكرت أن": whose voice somebody is."""
    tongue = line.form(at - 1).endswith(tuple(line.words.tongue))
    return tongue and line.form(position - 1).removeprefix(ARTICLE) in line.pack.unnamed


def _attributed(
    line: Line, cue: tuple[int, int], source: tuple[int, int], content: tuple[int, int], *, before: bool = False
) -> Report:
    form: ContentForm = "before" if before else "that"
    return Report(line.number, cue, ACCORDING, None, source, (cue[0], cue[0]), content, form)


def _attribution_end(line: Line, position: int) -> int | None:
    """Where the words that attribute end, a verb among them: "وفق ما نشره الوزير", "طبقا لما أوردته وكالة عن"."""
    at = _longest_attribution(line, position)
    if at is None or line.form(at).removeprefix(TO) not in line.words.what or not _tells(line, at + 1):
        return at
    at += 2
    if line.form(at) in line.words.back_to_it:
        at += 1
    source = next((i for i in range(at, _source_end(line, at)) if line.form(i) in line.words.on_authority), None)
    return at if source is None else source + 1


def _tells(line: Line, position: int) -> bool:
    """Whether a verb of telling stands there, with or without a pronoun."""
    form = line.form(position)
    bare = {form, *(form.removesuffix(owner) for owner in OWNERS)}
    stems = bare | {stem.removesuffix(_WEAK) + _WEAK_ALONE for stem in bare if stem.endswith(_WEAK)}  # رواه: روى
    return any(stem in line.pack.verb_forms or stem in line.words.publishes for stem in stems)


def _longest_attribution(line: Line, position: int) -> int | None:
    """Where the longest words that attribute end; a ل that ends them is glued on to the source."""
    if not line.is_word(position):
        return None
    form, attributions = line.form(position), line.pack.attributions
    for words in attributions.get(form) or attributions.get(form.removeprefix(AND), ()):
        free = words[:-1] if len(words) > 1 and words[-1] == TO else words
        if all(line.form(position + i) == word for i, word in enumerate(free[1:], 1)):
            return position + len(free)
    return None


def _source_end(line: Line, at: int) -> int:
    stop = at
    while stop < line.end and stop - at < _LONGEST_SOURCE and not _ends_source(line, at, stop):
        stop += 1
    return stop


def _ends_source(line: Line, at: int, stop: int) -> bool:
    if line.text(stop) in STOPS or line.form(stop) in line.words.ends_source:
        return True
    if line.text(stop) in COMMAS:
        title = line.form(stop + 1).removeprefix(ARTICLE)
        apposed = _LEAST_NAME <= stop - at <= _NEAR_NAME and title in line.pack.unnamed and at not in line.mention_at
        return stop + 1 not in line.mention_at and not apposed
    return stop > at and (
        line.is_that(stop, ACCORDING)
        or line.form(stop - 1) in line.pack.same  # "وبحسب المصدر نفسه دفع المسلحون بتعزيزات"
        or (stop in line.quote_at and not line.names_only(stop))
        or line.form(stop) in line.words.copulas
        or _is_quantity(line, stop)
        or _begins_clause(line, stop)
        or (line.form(stop) in line.words.who and _leads_to_that(line, stop))
    )


def _is_quantity(line: Line, at: int) -> bool:
    return line.form(at) in line.words.quantities and line.is_word(at)


def _verb_behind(line: Line, at: int, stop: int) -> int:
    """ "وبحسب الأمم المتحدة قتل 15 مدنيا": the end of a name, where what follows must be a verb."""
    end = line.subject_end(at, stop)
    form = line.form(end)
    definite = at in line.mention_at or line.form(at).startswith(ARTICLE) or line.form(at) not in line.pack.unnamed
    named = definite and end > at and end - 1 in line.mention_at
    led = form in line.pack.after_subject or form in line.words.openers or form in line.words.who
    verbal = line.is_word(end) and not (led or line.joined(end) or form.startswith((ARTICLE, *PREPOSITIONS)))
    pack, words = line.pack, line.words
    known = pack.unnamed | pack.continuing_titles | pack.texts | pack.same | words.institutions | words.relayed
    return end if named and verbal and form not in known and stop - end >= LEAST_QUOTE else stop


def _begins_clause(line: Line, at: int) -> bool:
    """ "وبحسب الوزير لم يتحقق", "بحسب فلان سيعود": a verb behind whoever is definite, not "بحسب مسؤول لم تسمه"."""
    form, named = line.form(at), line.mention_at.get(at - 1)
    definite = line.form(at - 1).startswith(ARTICLE) or (named is not None and named.via != "adjective")
    ahead = form.startswith(_SHALL) and len(form) >= _SHORTEST_AHEAD and at not in line.mention_at
    known = line.words.not_ahead | line.pack.given_names
    return definite and (form in line.words.negates_verb | line.words.befalls or (ahead and form not in known))


def _leads_to_that(line: Line, relative: int) -> bool:
    """ "بحسب المتحدثة التي أبرزت أن", and not "بحسب الرسالة التي وجهها فلان، فإن": no comma before what is said."""
    end = next((at for at in range(relative, line.end) if line.text(at) in _PAUSES or line.is_any_that(at)), line.end)
    return line.text(end) not in COMMAS and line.form(end) not in line.words.that_after_attribution


def _names_somebody(line: Line, at: int, stop: int) -> bool:
    pack = line.pack
    comma = next((i for i in range(at, stop) if line.text(i) in COMMAS), stop)
    title = line.form(comma + 1).removeprefix(ARTICLE)
    if _LEAST_NAME <= comma - at <= _NEAR_NAME and comma < stop and title in pack.unnamed:
        return True  # "بحسب فلان الفلاني، الأستاذ في الجامعة"
    if any(i in line.mention_at or line.form(i) in pack.unnamed for i in range(at, min(at + _NEAR_NAME, stop))):
        return True
    return any(
        form in pack.unnamed | pack.continuing_titles | pack.texts | line.words.institutions
        for i in range(at, min(at + _NEAR_TITLE, stop))
        for form in without_clitics(line.form(i))
    )


def _is_estimate(line: Line, at: int) -> bool:
    """ "بحسب تقديرات غربية": figures, and no name of whose they are."""
    described = line.mention_at.get(at + 1)
    bare = described is not None and described.via == "adjective" and not line.form(at + 1).startswith(ARTICLE)
    return line.form(at) in line.words.estimates and bare


def _content_begin(line: Line, at: int) -> int:
    while at < line.end and (
        line.text(at) in COMMAS
        or at in line.unnamed  # "، طلب عدم ذكر اسمه، سيدعو الجانبان"
        or line.is_that(at, ACCORDING)
        or line.form(at) in line.words.then
    ):
        at += 1
    return at
