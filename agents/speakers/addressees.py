"""Whether the phrase after a verb is whom something is said to: "أوضح للرئيس أن", "اتهمت الجيش بشن هجوم"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.attribution.bodies import may_be_body
from agents.language.names import ACCUSATIVE, ARTICLE, FEMININES, HER, HIS, IN, OBLIQUE, TA_MARBUTA, TO, Mention
from agents.language.punctuation import COMMAS
from agents.speakers.noun_phrases import is_name_and_title, is_name_word, phrase_at
from agents.speakers.page import PAUSES, Page
from agents.speakers.people import is_stranger, person_of
from agents.speakers.voices import Voices
from schemas import ActorKind

_PREPOSITION_REACH: Final = 12  # tokens after the beginning of what is asked
_LEAST_PLURAL: Final = 6  # letters
_LONGEST_BODY: Final = 4  # tokens to whose it is
_OPENING: Final = frozenset('«“"')
_ENDS: Final = PAUSES | frozenset(".:")
_ASKING: Final = 2  # tokens of "إلى أن" between a name and what is asked
_OWN_REACH: Final = 4  # tokens from a deed to what it is done with
_SHE_DOES: Final = ("ت", "ي")  # how the verb of a state begins
_SINGLE: Final = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)
_WARNS: Final = ("warn", "threaten")
_MASCULINE: Final = (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP)
_NO_PLURALS: Final = (ActorKind.OFFICE, ActorKind.STATE)
_AS_OBJECT: Final = (ACCUSATIVE, OBLIQUE)  # endings of an indefinite noun that is no subject


def is_addressee(page: Page, begin: int, end: int, report: Report, *, spoken: bool, here: Voices) -> bool:
    """`spoken`: somebody has spoken before whom a verb without a subject may continue; `here`: in its sentence."""
    if report.shape is None or report.verb.text_speaks:
        return False
    informed = page.form(begin) in page.tables.counterparts or (spoken and _is_of_other_gender(page, begin, report))
    if report.verb.informs and (spoken or report.joined) and informed:
        return True  # "وأبلغ نظيره المغربي أن"
    if page.form(begin).startswith(ARTICLE) and page.is_text(page.form(begin)):
        return False  # "ويحض النص على"
    if is_told(page, begin) or _is_object(page, begin, report) or _is_asked_that(page, begin, end, report, here):
        return True
    others = _is_body_of_other_gender(page, begin, report) or (spoken and _is_asked_by_another(page, begin, report))
    if others or _goes_on(page, begin, report, here) or ((spoken or here) and _is_warned(page, begin, report)):
        return True
    told = report.form == "noun" or (report.form == "that" and report.verb.asks_always)
    told = told and not _speaks_for_somebody(page, begin)
    told = told and bool(report.verb.asks) and spoken and (bool(here) or not is_body_that_asks(page, begin, report))
    return told and _is_asked(page, begin, end, report)


def _speaks_for_somebody(page: Page, begin: int) -> bool:
    """ "اتهم المتحدث باسم الخارجية الروسية الجماعات بـ", "المتحدث الرسمي باسم الجيش": nobody asks a spokesman."""
    return any(page.form(at) in page.tables.in_name_of for at in (begin + 1, begin + 2))


def _is_of_other_gender(page: Page, begin: int, report: Report) -> bool:
    """ "وأبلغت الجانب الروسي أن", "وأبلغ الوزارة أن": an official or a body that is no subject of such a verb."""
    form, feminine = page.form(begin), report.shape.feminine if report.shape is not None else None
    bare = form.removeprefix(ARTICLE)
    known = bare in page.tables.officials and form.startswith(ARTICLE) and bare not in page.tables.feminine
    known = known or form in page.tables.independent  # "وأبلغ وكالة محلية أن"
    if not known or feminine is None:
        return False
    return feminine is not page.light(begin).endswith((TA_MARBUTA, FEMININES))


def _is_body_of_other_gender(page: Page, begin: int, report: Report) -> bool:
    """ "ودعا الحكومة إلى الحوار"."""
    body = page.form(begin).removeprefix(ARTICLE) in page.tables.ministries | page.pack.clause_words.institutions
    return bool(report.verb.asks) and body and _is_of_other_gender(page, begin, report)


def is_body_that_asks(page: Page, begin: int, report: Report) -> bool:
    """ "وطالبت رابطة حقوق الإنسان الحكومة بـ": a body on no watchlist, before whom it asks."""
    feminine = report.shape.feminine if report.shape is not None else None
    known = may_be_body(page.form(begin), page.pack.clause_words, feminine=feminine)
    return known and begin not in page.mention_at and begin < report.content[0]


def _is_asked_that(page: Page, begin: int, end: int, report: Report, here: Voices) -> bool:
    """ "شدد فلان على كذا، وطالب الحلفاء بأن": the subject goes on where the verb agrees with it."""
    feminine = report.shape.feminine if report.shape is not None else None
    goes_on = (
        report.form == "that"
        and report.joined
        and report.verb.kind == "call"
        and len(here) == 1
        and here[0].feminine is feminine
    )
    led = page.form(report.content[0] - 1).startswith(IN) and end >= report.content[0] - 1
    named = begin in page.mention_at or page.head(begin) in page.titled or not page.form(begin).startswith(ARTICLE)
    return bool(report.verb.asks) and goes_on and led and not named


def _is_asked_by_another(page: Page, begin: int, report: Report) -> bool:
    """ "وطالب مانيلا بأن تفي بما التزمت به": a state of another gender than the verb, before what it is to do."""
    mention = page.name_at(begin)
    asked = report.form == "that" and report.verb.kind == "call" and bool(report.verb.asks)
    if mention is None or not asked or page.kind(mention) is not ActorKind.STATE:
        return False
    return mention.end >= report.content[0] - _ASKING and _disagrees(page, mention, report)


def is_asked_of_its_own(page: Page, begin: int, report: Report, last: Voices) -> bool:
    """ "وأضافت شيرمان …. ودعت موسكو إلى إعادة قواتها": a state that is asked to do that by the woman who spoke last."""
    mention, feminine = page.name_at(begin), report.shape.feminine if report.shape is not None else None
    asks = report.joined and report.verb.kind == "call" and bool(report.verb.asks)
    if mention is None or not asks or page.kind(mention) is not ActorKind.STATE or feminine is None:
        return False
    goes_on = len(last) == 1 and last[0].feminine is feminine and last[0].party != page.party(mention)
    first = report.content[0] + (page.form(report.content[0]) in report.verb.asks)
    near = mention.end >= report.content[0] - _ASKING
    if not (goes_on and near and _is_single(page, last)):
        return False
    deed = page.form(first).removeprefix(IN)
    does = deed in page.tables.of_own_things or (report.form == "that" and deed.startswith(_SHE_DOES))
    owner = HIS if page.form(begin) in page.tables.masculine else HER
    return does and any(token.light.endswith(owner) for token in page.article[first + 1 : first + _OWN_REACH])


def _is_single(page: Page, last: Voices) -> bool:
    known = last[0].actor_id
    return known is None or page.lexicon.kind_of(known) is ActorKind.PERSON


def _goes_on(page: Page, begin: int, report: Report, here: Voices) -> bool:
    """ "اتهم فلان نظيره بكذا، وطالب الاتحاد بآلية": the subject goes on, and another side is whom it asks."""
    mention = page.mention_at.get(begin + (page.text(begin) in _OPENING)) or _of_body(page, begin)
    if not (report.joined or page.form(report.cue[0] - 1) in page.tables.and_then) or report.verb.kind != "call":
        return False
    if mention is None or len(here) != 1 or not report.verb.asks or page.kind(mention) in _SINGLE:
        return False
    feminine = report.shape.feminine if report.shape is not None else None
    if here[0].party == page.party(mention) or here[0].feminine not in (None, feminine):
        return False
    return _count_phrases(page, begin, report) <= 1


def _of_body(page: Page, begin: int) -> Mention | None:
    """ "السلطات السعودية", "قوات الأمن المغربية": whose body that is."""
    if page.form(begin) not in page.pack.clause_words.institutions:
        return None
    whose = (page.mention_at.get(at) for at in range(begin + 1, begin + _LONGEST_BODY))
    return next((mention for mention in whose if mention is not None), None)


def is_told(page: Page, begin: int) -> bool:
    """ "لبوتين", "للصحفيين", "لإذاعة محلية"."""
    mention = page.mention_at.get(begin)
    if mention is not None:
        return mention.governed
    form, heard = page.form(begin), page.pack.clause_words.heard_by
    if form == TO and page.text(begin + 1) in _OPENING:
        return True  # "قال لـ«هنا لندن» إن"
    bare = form.removeprefix(TO)
    known = bare in heard or bare in page.tables.officials | page.tables.independent
    return form.startswith(TO + TO) or (form != bare and known)


def _is_object(page: Page, begin: int, report: Report) -> bool:
    """ "طالب الحوثيين بـ…", "أبلغ السائلين أن", "طمأن مشاهدي التلفزيون": plurals that are no subject."""
    form, tables, mention = page.form(begin), page.tables, page.mention_at.get(begin)
    oblique = form.endswith(tuple(tables.object_endings))
    if mention is not None:
        return (
            bool(report.verb.asks or report.verb.informs)
            and oblique
            and len(form) >= _LEAST_PLURAL
            and not page.is_person(mention)
            and not _asks_itself(page, mention, report)
        )
    construct = form.endswith(tuple(tables.construct_endings))
    return report.verb.informs and ((oblique and form.startswith(ARTICLE)) or construct)


def _asks_itself(page: Page, mention: Mention, report: Report) -> bool:
    """ "طالب الكرملين واشنطن بـ", and not "طالبت الكرملين بـ": an office or state that only ends like a plural."""
    named = mention.via == "name" and page.kind(mention) in _NO_PLURALS
    feminine = report.shape.feminine if report.shape is not None else None
    return named and feminine is (gender(page, mention) or False)


def _is_asked(page: Page, begin: int, end: int, report: Report) -> bool:
    """Whether the only noun phrase between an asking verb and its preposition is whom it asks."""
    phrase = phrase_at(page, begin, end)
    person = person_of(page, phrase) if phrase is not None else None
    apart = person is not None and page.text(end) in COMMAS  # "واتهم فلان، في تغريدة، بكين بـ"
    if (
        apart
        or is_name_and_title(page, begin, end)
        or _has_object(page, begin, report)
        or _comes_first(page, begin, report)
        or _presents_stranger(page, begin, report)
    ):
        return False
    if _count_phrases(page, begin, report) > 1 or _is_other(page, begin, report) or asked_behind(page, end, report):
        return False
    named = phrase is not None and is_stranger(page, phrase, before_noun=False)
    if (person is not None or named) and report.verb.kind != "accuse":
        return False
    if report.verb.asks_always:
        return not _is_nominative(page, begin)
    mention, head = page.mention_at.get(begin), page.head(begin)
    if mention is None:
        return head not in page.tables.officials and head not in page.tables.independent
    return page.kind(mention) not in _SINGLE and _disagrees(page, mention, report)


def _is_warned(page: Page, begin: int, report: Report) -> bool:
    """ "وحذر بكين من عواقب": a state of another gender than the verb, and what it is warned of behind it."""
    mention = page.name_at(begin)
    if mention is None or report.verb.kind not in _WARNS or page.kind(mention) is not ActorKind.STATE:
        return False
    return mention.end == report.content[0] and report.finite and _disagrees(page, mention, report)


def _presents_stranger(page: Page, begin: int, report: Report) -> bool:
    """ "اتهم زعيم المعارضة فلان الفلاني الحكومة بـ": a title, a name on no watchlist, and whom he asks behind it."""
    if page.head(begin) not in page.titled or page.form(begin) in page.pack.clause_words.institutions:
        return False
    end = begin + 1
    while end < report.content[0] + _PREPOSITION_REACH and end not in page.mention_at and page.is_word(end):
        if _is_preposition(page.form(end), report.verb.asks) or page.form(end) in page.tables.adverbial:
            return False
        closed = page.form(end - 1).startswith(ARTICLE)
        if closed and is_name_word(page, end) and is_name_word(page, end + 1) and end + 1 not in page.mention_at:
            break
        end += 1
    else:
        return False
    end += 2
    return page.is_word(end) and not _is_preposition(page.form(end), report.verb.asks)


def _comes_first(page: Page, begin: int, report: Report) -> bool:
    """ "اتهمت الحركة واشنطن", "اتهمت الوزارة مقاتلتين": a definite noun, and another side or noun behind it."""
    definite = begin not in page.mention_at and page.form(begin).startswith(ARTICLE)
    described = page.mention_at.get(begin + 1)
    adjective = described is not None and described.via == "adjective" and page.form(begin + 1).startswith(ARTICLE)
    if not definite or page.name_at(described.end if adjective and described is not None else begin + 1) is not None:
        return definite  # "واتهم الجيش الأوكراني موسكو بـ"
    following = page.form(begin + 1)
    if following in page.pack.clause_words.institutions and _is_preposition(page.form(begin + 2), report.verb.asks):
        return following.startswith(ARTICLE)  # "اتهمت المعارضة الحكومة بـ"
    thing = following.startswith(ARTICLE) and following not in page.tables.epithets and begin + 1 not in page.mention_at
    if thing and report.verb.kind == "say" and _is_preposition(page.form(begin + 2), report.verb.asks):
        return True  # "عزت الهيئة القرار إلى"
    bare = begin + 1 not in page.mention_at and page.is_word(begin + 1) and not following.startswith(ARTICLE)
    ends = following in page.pack.after_subject | page.pack.same | page.tables.before_subject | page.tables.epithets
    titled = page.form(begin) in page.pack.continuing_titles
    return titled and bare and not ends and not _is_preposition(following, report.verb.asks)


def _has_object(page: Page, begin: int, report: Report) -> bool:
    """ "اتهم فلان نظيره بكذا", "اتهم فلان المعارضة": after a person's name a noun that is on no watchlist."""
    mention = page.mention_at.get(begin)
    if mention is None or not page.is_person(mention):
        return False
    at = mention.end
    if at >= report.content[0] + _PREPOSITION_REACH or at in page.mention_at or not page.is_word(at):
        return False
    form = page.form(at)
    owned = form.endswith(tuple(page.tables.no_name_endings)) and form in page.titled | page.pack.own_side
    named = form.startswith(ARTICLE) and len(form) >= _LEAST_PLURAL
    return owned or (named and _is_preposition(page.form(at + 1), report.verb.asks))


def _is_nominative(page: Page, begin: int) -> bool:
    """ "اتهم مسؤول كمبودي …": somebody of whom there are several, without the alif of an object."""
    form, described, named = page.form(begin), page.mention_at.get(begin + 1), page.mention_at.get(begin)
    if named is not None and page.kind(named) is ActorKind.UNNAMED:
        return not form.startswith(ARTICLE) and not form.endswith(_AS_OBJECT)
    adjective = described is not None and described.via == "adjective"
    several = adjective and not page.form(begin + 1).startswith(ARTICLE)
    return several and form in page.tables.officials | page.tables.independent and not form.endswith(_AS_OBJECT)


def _is_other(page: Page, begin: int, report: Report) -> bool:
    """ "حمل مسؤول إكوادوري الطرف الآخر المسؤولية": behind the first phrase another noun, and no word of its own."""
    at = report.content[0]
    if at == report.after[1] and not _is_preposition(page.form(at), report.verb.asks):
        return True  # behind a name on no watchlist whom it asks
    if not begin < at < report.after[1] or at in page.mention_at or page.form(at) in page.pack.after_subject:
        return False
    apart = page.form(at).startswith(ARTICLE) and not page.form(at - 1).startswith(ARTICLE)
    return apart and page.form(at) not in page.tables.epithets and page.form(at - 1) not in page.tables.titles


def asked_behind(page: Page, end: int, report: Report) -> bool:
    """ "أمرت محكمة العدل في لاهاي الجيش بـ": whether behind the place of the subject stands whom it asks."""
    if page.form(end) not in page.tables.of_place or _is_preposition(page.form(end), report.verb.asks):
        return False
    named = page.mention_at.get(end + 1)
    asked = named.end if named is not None else end + 2
    apart = page.form(asked).startswith(ARTICLE) and not page.form(asked - 1).startswith(ARTICLE)
    return page.name_at(asked) is not None or apart


def _count_phrases(page: Page, begin: int, report: Report) -> int:
    """How many noun phrases stand between an asking verb and its preposition."""
    count, last = 0, None
    for at in range(begin, min(report.content[0] + _PREPOSITION_REACH, len(page.article))):
        if page.text(at) in _ENDS:
            break
        mention = page.mention_at.get(at)
        if mention is None:
            if count and page.text(at) in _OPENING and not _is_preposition(page.form(at - 1), report.verb.asks):
                count += 1
            if _is_preposition(page.form(at), report.verb.asks) and page.form(at - 1) not in page.tables.text_in:
                break  # and not "في بيان"
        elif mention.start == at and not mention.clitics:
            if mention.via != "adjective" and not (last is not None and _is_one_phrase(last, mention)):
                count += 1
            last = mention
    return count


def _is_preposition(form: str, prepositions: frozenset[str]) -> bool:
    return form in prepositions or any(
        len(letter) == 1 and form.startswith(letter) and len(form) > 2 for letter in prepositions
    )


def _is_one_phrase(before: Mention, here: Mention) -> bool:
    """ "وزير الخارجية الروسي سيرغي لافروف": a role or adjective and the name beside it are one phrase."""
    return here.start == before.end and (before.target == here.target or before.via == "adjective")


def _disagrees(page: Page, mention: Mention, report: Report) -> bool:
    """Whether the verb's gender is another than the name's, so that it is not its subject."""
    feminine = gender(page, mention)
    asked = report.shape.feminine if report.shape is not None else None
    return feminine is not None and asked is not None and feminine != asked


def gender(page: Page, mention: Mention) -> bool | None:
    """True for feminine, False for masculine, None where the form does not tell."""
    form = page.form(mention.start)
    if (
        form in page.tables.feminine
        or form.endswith(tuple(page.tables.feminine_endings))
        or page.kind(mention) is ActorKind.STATE
    ):
        return form not in page.tables.masculine
    return False if page.kind(mention) in _MASCULINE and form.startswith(ARTICLE) else None
