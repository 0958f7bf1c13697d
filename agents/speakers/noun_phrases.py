"""Noun phrases: where one ends, and what kind of words it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from agents.language.attribution.subjects import are_people
from agents.language.names import (
    ARTICLE,
    CONJUNCTIONS,
    FEMININES,
    HIS,
    NOMINATIVE,
    OBLIQUE,
    OWNERS,
    PREPOSITIONS,
    SO,
    TO,
    VERBAL,
    Mention,
    is_owned,
    nominatives,
    without_clitics,
    without_owners,
)
from agents.language.punctuation import COMMAS
from agents.language.text import CLOSING, OPENING
from agents.language.towns import folk_of
from agents.speakers.page import PAUSES, Page
from schemas import ActorKind

COMMON_BODIES: Final = (ActorKind.ORGANISATION, ActorKind.BLOC)  # that others preside over
_LEAST_NAME, _LONGEST_NAME = 2, 4  # words of a name of somebody on no watchlist
_LONGEST_TITLE: Final = 2  # words of "الوزير المكلف"
_LONGEST_BODY: Final = 8  # tokens from a title to the name of who has it
_LEAST_OWNED: Final = 6  # letters of a noun with whose it is: "استغرابه"
_NISBA: Final = ("ي", "يه", "يون", "يين")
_SHORTEST_NOUN: Final = 4  # letters, the article among them
_TITLE_REACH: Final = 4  # tokens between an official and the preposition that is his: "مصدر رفيع المستوى في …"
_MANNER: Final = re.compile("\u064b\u0627?$|\u0627\u064b$")  # an accusative, which no subject is
# "محاطا", "واقفا": a participle in the accusative that is written without its vowels
_CIRCUMSTANCE: Final = re.compile("م[^اي].{2,}ا|.ا..ا")
_IN: Final = PREPOSITIONS[0]
_FEMININE: Final = (HIS, "ي", "ا", "اء")  # endings of adjectives, as they are folded: "الكبرى", "العليا", "الخضراء"
# of a title that is no single man's; HIS is a folded ة
_ENDS_OF_OTHERS: Final = (HIS, FEMININES, NOMINATIVE, OBLIQUE, "ان")
_MARKS: Final = frozenset(':«»“”"')
_OTHERS: Final = (ActorKind.STATE, ActorKind.BLOC)
_QUOTES: Final = frozenset('«»“”"')
_OPENING: Final = frozenset('«“"(')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase. `head` is its first word without clitics, `heads` all its words in folded form."""

    begin: int
    end: int
    head: str
    mentions: tuple[Mention, ...]
    text: str
    heads: frozenset[str]


def phrase_at(page: Page, begin: int, end: int) -> Phrase | None:
    """The phrase of the tokens `begin` to `end`; None where they are no words."""
    while begin < end and page.text(begin) in _OPENING:
        begin += 1
    heads = frozenset(page.form(position) for position in range(begin, end) if page.is_word(position))
    if not heads:
        return None
    head, text = page.head(begin), page.words(begin, end)
    text = text[1:] if any(letter + head == page.form(begin) for letter in CONJUNCTIONS) else text  # "والوزير فلان"
    return Phrase(begin, end, head, tuple(page.mentions(begin, end)), text, heads)


# -- where it ends ------------------------------------------------------------------------------------------------
def noun_phrase(page: Page, begin: int, limit: int) -> tuple[int, int]:
    """The noun phrase from `begin` on: up to the first adverb, preposition or clause; appositions stay in."""
    while begin < limit and (_stands_between(page, begin) or _tells_when(page, begin)):
        begin += 1
    begin += 2 * is_of_several(page, begin + 2)  # "كل من فلان وفلان", "أكثر من مسؤول"
    begin += begin < limit and _is_counted(page, begin)
    at = begin
    while at < limit:
        mention = page.mention_at.get(at)
        if (at == begin + 1 and _begins_another(page, begin)) or _follows_name(page, begin, at):
            break
        if at > begin + 1 and page.form(at - 1) in page.pack.same and page.form(begin).startswith(ARTICLE):
            break  # "ونفى المسؤول ذاته بحث الملف"
        if mention is not None and mention.via == "name" and _is_of_town(page, begin, at):
            break
        if _is_behind_office(page, begin, at):
            break
        if _is_behind_adjective(page, at) or (at == begin + 1 and _is_behind_people(page, at)):
            break
        if mention is not None and mention.start == at and (at == begin or not mention.governed):
            at = mention.end
        elif _ends(page, begin, at, limit):
            break
        else:  # "القائد العام لقوات سوريا الديمقراطية فلان": a governed name as a whole
            at = mention.end if mention is not None and mention.start == at else at + 1
    return begin, _past_body(page, begin, at, limit)


def _is_behind_office(page: Page, begin: int, at: int) -> bool:
    """ "طالب الكرملين الرئيس بايدن بـ": behind the name of an office somebody else."""
    office, other = page.mention_at.get(begin), page.mention_at.get(at)
    if office is None or office.end != at or office.via != "name" or page.kind(office) is not ActorKind.OFFICE:
        return False
    person = other is not None and other.start == at and page.is_person(other) and not other.governed
    return person or (page.form(at).startswith(ARTICLE) and page.form(at) in page.titled)


def _is_behind_adjective(page: Page, at: int) -> bool:
    """ "حذرت القوى الأوروبية روسيا من": a side behind whose adjective stands before it is another one."""
    side, described = page.name_at(at), page.mention_at.get(at - 1)
    apart = described is not None and described.via == "adjective" and page.form(at - 1).startswith(ARTICLE)
    return apart and side is not None and page.kind(side) in _OTHERS


def _is_behind_people(page: Page, at: int) -> bool:
    """ "طالب المتظاهرون الحكومة", "نفى المسلحون مسؤوليتهم": what does not describe them."""
    form = page.form(at)
    if at in page.mention_at or not are_people(page.form(at - 1), page.pack.clause_words):
        return False
    return is_owned(page.light(at)) or (form.startswith(ARTICLE) and not form.endswith(NOMINATIVE))


def _is_of_town(page: Page, begin: int, end: int) -> bool:
    """ "اتهم محافظ البصرة إيران": behind who speaks for a town stands of whom he speaks."""
    words = page.article[begin:end]
    towns = page.lexicon.town_names.find(words) if end > begin + 1 else []
    return any(town.end == len(words) and folk_of(words, town) is not None for town in towns)


def _past_body(page: Page, begin: int, at: int, limit: int) -> int:
    """ "المدير التنفيذي لوكالة الطاقة فلان الفلاني", "مدير الأبحاث في مصرف «س» فلان": the end of a name on no watchlist
    that follows where somebody works, behind a definite title; `at` where none does."""
    led = page.form(at) in page.tables.of_official or page.form(at)[:1] == TO
    titled = page.head(begin) in page.titled or page.form(begin).removeprefix(ARTICLE) in page.titled
    if not led or at - begin < _LEAST_NAME or not titled:
        return at
    if not page.form(at - 1).startswith(ARTICLE):
        return at
    quoted = page.text(at + 1) in OPENING  # "الأمين العام لـ«حركة أمل» فلان"
    first = next((i for i in range(at + 1, min(at + _LONGEST_BODY, limit)) if quoted and page.text(i) in CLOSING), at)
    for name in range(first + 1, min(first + _LONGEST_BODY, limit - 1)):
        if page.text(name) in PAUSES or page.is_verb(page.form(name)):
            return at
        closed = page.form(name - 1).startswith(ARTICLE) or name - 1 in page.mention_at
        closed = closed or (name > at + 2 and page.text(name - 1) in CLOSING)  # behind the end of «…»
        closed = closed or page.form(name - 1) in page.tables.independent or _is_seat(page, name - 1, at)
        if closed and name not in page.mention_at and is_name_word(page, name):
            end = name + 1
            while end < limit and end - name < _LONGEST_NAME and _goes_on_name(page, end):
                end += 1
            end += end - name < _LEAST_NAME and _is_surname(page, end, limit)
            if end - name >= _LEAST_NAME:
                return end
    return at


def _is_seat(page: Page, at: int, title_end: int) -> bool:
    """ "المندوب لدى المنظمات في جنيف فلان", "الباحث في «معهد كذا» ببرلين فلان": the town where somebody works."""
    form = page.form(at)
    alone = at - 1 >= title_end and page.form(at - 1) in page.tables.of_place and page.is_town(at)
    towns = page.pack.capitals
    return alone or (form[:1] == _IN and (form[1:] in towns or (form[1:],) in page.lexicon.towns))


def _is_surname(page: Page, at: int, limit: int) -> bool:
    """ "مصطفى الفوعاني": behind the first word of a name one with its article, which ends the phrase."""
    form, bare = page.form(at), page.form(at).removeprefix(ARTICLE)
    known = page.titled | page.tables.epithets | page.tables.events
    return at + 1 == limit and form != bare and known.isdisjoint((form, bare)) and at not in page.mention_at


def _goes_on_name(page: Page, at: int) -> bool:
    """ "بن شقرون", "نصر الله": within a name."""
    if at in page.mention_at or _MANNER.search(page.text(at)):
        return False
    return is_name_word(page, at) or page.form(at) in page.pack.clause_words.led_names | page.tables.ends_name


def _follows_name(page: Page, begin: int, at: int) -> bool:
    """ "المتحدثة باسم الخارجية الروسية ماريا زاخاروفا أديس أبابا": a side or town behind a title and a name."""
    mention, first = page.mention_at.get(at), at - _LEAST_NAME
    side = mention is not None and mention.start == at and mention.via == "name" and not page.is_person(mention)
    if first <= begin or not (side or page.is_town(at)) or page.head(begin) not in page.titled:
        return False
    closed = first - 1 in page.mention_at or page.form(first - 1).startswith(ARTICLE)
    bare = first not in page.mention_at and at - 1 not in page.mention_at and not page.form(at - 1).startswith(ARTICLE)
    return closed and bare and is_name_word(page, first) and is_name_word(page, at - 1)


def _is_counted(page: Page, at: int) -> bool:
    """ "ثلاثة مسؤولين", "3 دبلوماسيين": so many of them."""
    several = page.form(at) in page.tables.counts or (at < len(page.article) and page.article[at].kind == "number")
    return several and page.head(at + 1) in page.tables.officials | page.tables.independent


def is_of_several(page: Page, at: int) -> bool:
    """Whether "كل من", "أكثر من", "عدد من" or "أربعة من" stands before, or "لكن عددا من"."""
    tables = page.tables
    if page.form(at - 1) not in tables.of_both:
        return False
    several = tables.each | page.pack.clause_words.several | tables.counts
    counted = page.form(at - 2) in several
    if page.unjoined(page.form(at - 3)) in tables.around_subject:
        counted = counted or not several.isdisjoint(nominatives(page.form(at - 2)))
    return counted


def is_among_officials(page: Page, phrase: Phrase) -> bool:
    """ "أحد المسؤولين الأميركيين", "اثنان من كبار المفاوضين": one or some of those who speak for a side."""
    tables, at = page.tables, phrase.begin
    if page.form(at) in tables.among:
        at += 1
        at += page.form(at) in tables.of_both
    elif not is_of_several(page, at):
        return False
    at += page.form(at) in tables.senior
    bare = page.form(at).removeprefix(ARTICLE)
    return not (tables.officials | tables.titles | tables.groups).isdisjoint((bare, *nominatives(bare)))


def _begins_another(page: Page, begin: int) -> bool:
    """ "هاجم المسؤول مستشار الأمن", "اتهمت الحركة واشنطن": what has no article does not describe what has one."""
    if page.form(begin) in page.pack.clause_words.surnames and begin not in page.mention_at:
        definite = page.form(begin + 1).startswith(ARTICLE) and page.form(begin + 1) not in page.titled
        return definite or page.name_at(begin + 1) is not None  # "ناشد غوتيريش الأطراف", "أبلغ ماكرون بوتين أن"
    if page.form(begin) not in page.pack.continuing_titles or is_of_several(page, begin):
        return False
    other, words = page.name_at(begin + 1), page.pack.clause_words
    bare = begin + 1 not in page.mention_at and not page.form(begin + 1).startswith(ARTICLE)
    if page.form(begin) in words.institutions and bare and page.is_word(begin + 1):
        return page.form(begin + 1) not in page.tables.epithets | page.pack.same  # "اتهمت الوزارة مقاتلتين"
    return page.form(begin + 1) in page.tables.titles or (other is not None and not page.is_person(other))


def _stands_between(page: Page, at: int) -> bool:
    """What stands before a subject: "أيضا", "نفسه", "السيد" and a title, any "مازحًا" written with its vowels."""
    form = page.form(at)
    if form in page.pack.same or form in page.tables.before_subject:
        return True
    if form in page.tables.mister:
        return page.form(at + 1) in page.pack.continuing_titles | page.tables.titles  # "السيد الوزير"
    return is_accusative(page, at) and at not in page.mention_at and form not in page.titled


def _tells_when(page: Page, at: int) -> bool:
    """ "أعلن الأسبوع الماضي أن", "أعلن العام الماضي الوزير أن": either word of a time before a subject."""
    words = page.pack.clause_words
    here, behind = page.form(at) in words.periods, page.form(at) in words.of_period
    told = (here and page.form(at + 1) in words.of_period) or (behind and page.form(at - 1) in words.periods)
    return told and at not in page.mention_at


def is_accusative(page: Page, at: int) -> bool:
    """ "عقدًا": written as no subject is."""
    return bool(_MANNER.search(page.text(at)))


def _ends(page: Page, begin: int, at: int, limit: int) -> bool:
    token, mention = page.article[at], page.mention_at.get(at)
    if token.kind == "number":  # "القناة 12 الإسرائيلية"
        return at != begin + 1 or page.form(at + 1).isdigit() or not _is_medium(page, begin)
    if token.kind == "word":
        addressed = at > begin and mention is not None and mention.clitics == TO and not _is_of_body(page, begin, at)
        described = _is_circumstance(page, at) or _is_deed(page, begin, at) or _is_object(page, at)
        if at > begin and (described or _is_denied(page, at) or _is_heard(page, begin, at)):
            return True
        if at > begin and (
            _disagrees(page, begin, at)
            or _is_event(page, begin, at)
            or _is_scene(page, begin, at)
            or _is_another(page, begin, at)
        ):
            return True
        ends = token.form in page.pack.after_subject and not (at == begin and token.form in page.pack.unnamed)
        ends = ends and not page.is_given_name(at)
        return (addressed or ends) and not _belongs(page, begin, at)
    if token.text in PAUSES:
        return not _is_apposition(page, at, limit) or (_has_comma(page, begin, at) and _is_of_side(page, at + 1))
    return token.text in _MARKS and token.text not in _QUOTES


def _is_medium(page: Page, at: int) -> bool:
    return page.head(at).removeprefix(ARTICLE) in page.pack.clause_words.before_name


def _is_of_body(page: Page, begin: int, at: int) -> bool:
    """ "عضو المكتب السياسي للحركة فلان", "الرئاسة البولندية للمنظمة": behind a title a body."""
    body = page.mention_at.get(at)
    if body is not None and page.head(begin) in page.tables.presidencies and not page.is_person(body):
        return page.kind(body) in COMMON_BODIES
    named = page.mention_at.get(body.end) if body is not None else None
    if body is None or named is None or page.is_person(body) or not page.is_person(named) or named.governed:
        return False
    return page.head(begin) in page.titled and page.form(at - 1).startswith(ARTICLE)


def _is_circumstance(page: Page, at: int) -> bool:
    """ "الرئيس الفنزويلي محاطا بقيادة أركانه", "الوزير رافعا يده": how somebody speaks, after a definite noun."""
    return (at - 1 in page.mention_at or page.form(at - 1).startswith(ARTICLE)) and _is_participle(page, at)


def _is_another(page: Page, begin: int, at: int) -> bool:
    """ "مسؤول إكوادوري رفيع الطرف الآخر", "هيئة الحدود البيروفية الاتهام": a definite noun that describes nothing."""
    before, described = page.form(at - 1), page.mention_at.get(at - 1)
    if (
        page.head(begin) in page.pack.clause_words.institutions
        and described is not None
        and described.via == "adjective"
    ):
        apart = page.form(at).startswith(ARTICLE) and at not in page.mention_at
        return apart and not page.form(at).endswith(_NISBA) and page.form(at) not in page.tables.epithets
    if (
        at <= begin + 1
        or page.form(begin).startswith(ARTICLE)
        or not page.form(at).startswith(ARTICLE)
        or before.startswith(ARTICLE)
    ):
        return False
    adjective = described is not None and described.via == "adjective"
    return (adjective or before in page.tables.epithets) and page.form(at) not in page.tables.ranks


def _disagrees(page: Page, begin: int, at: int) -> bool:
    """ "أدانت الوزارة الغارات", "رفض الوزير الخطوة": a definite noun that cannot describe a single one before it."""
    form, before = page.form(at), page.form(at - 1)
    if not (form.startswith(ARTICLE) and before.startswith(ARTICLE)) or at in page.mention_at:
        return False
    if form.endswith(FEMININES):
        return not before.endswith(FEMININES)
    body = at == begin + 1 and before.endswith(HIS)
    if body and before.removeprefix(ARTICLE) in page.pack.clause_words.institutions:
        return not form.endswith(_FEMININE)  # "نفت الحكومة المزاعم"
    man = at == begin + 1 and before.removeprefix(ARTICLE) in page.titled and not before.endswith(_ENDS_OF_OTHERS)
    return man and form.endswith(HIS)


def _is_event(page: Page, begin: int, at: int) -> bool:
    """ "ووصف نائب الوزير المحادثات بأنها": what a person speaks of, behind a definite title."""
    form = page.form(at)
    closed = page.form(at - 1).startswith(ARTICLE) and page.form(at - 1).removeprefix(ARTICLE) in page.titled
    event = form.startswith(ARTICLE) and form.removeprefix(ARTICLE) in page.tables.events
    return closed and event and at not in page.mention_at and page.head(begin) in page.titled


def _is_scene(page: Page, begin: int, at: int) -> bool:
    """ "ضابط في الجيش الصومالي بإقليم جدو": where somebody is, and no name; but "الأستاذ بجامعة وهران فلان"."""
    form = page.form(at)
    works = at == begin + 1 and form[1:].removeprefix(ARTICLE) in page.tables.specialised
    if works and not page.tables.independent.isdisjoint((page.form(begin), page.form(begin).removeprefix(ARTICLE))):
        return False
    return form[:1] == _IN and form[1:].removeprefix(ARTICLE) in page.tables.places


def _is_deed(page: Page, begin: int, at: int) -> bool:
    """ "أعلنت الخارجية إلغاء زيارة فلان", "قالت المتحدثة طالبة عدم كشف اسمها": after a definite noun what it tells."""
    closed = at - 1 in page.mention_at or page.form(at - 1).startswith(ARTICLE)
    words = page.pack.clause_words
    owned = page.light(at).endswith(OWNERS) and not (without_owners(page.form(at)).isdisjoint(words.deeds))
    # "رفض الرئيس السوري بشار الأسد السماح"
    owned = owned or (at > begin + _LONGEST_TITLE and page.form(at).removeprefix(ARTICLE) in words.deeds)
    return closed and at not in page.mention_at and (owned or page.form(at) in words.deeds | page.tables.asides)


def _is_object(page: Page, at: int) -> bool:
    """ "أبدى المصدر السوري استغرابه": what stands with its owner behind an adjective is no name."""
    if at in page.mention_at or not (page.form(at - 1).startswith(ARTICLE) or at - 1 in page.mention_at):
        return False
    light = page.light(at)
    if page.form(at) in page.tables.counterparts:
        return True  # "أطلع الوزير الروسي نظيره على"
    owned = is_owned(light) and not page.form(at).startswith((ARTICLE, _IN)) and len(light) >= _LEAST_OWNED
    adjective = page.form(at - 1).endswith(_NISBA)
    titled = page.form(at - 1) in page.pack.continuing_titles
    bare = not page.form(at).startswith(_IN)  # and not "الناطق باسم حكومتها"
    ours = titled and bare and page.form(at + 1) in page.pack.own_side  # "وكرر المسؤول لازمة بلاده"
    return ours or (owned and (adjective or titled) and page.form(at) not in page.tables.epithets)


def _is_heard(page: Page, begin: int, at: int) -> bool:
    """ "كاجمان لصحيفة كورييري", "الفلاني بلاده": behind a name to whom it is said, or what is his."""
    form, words = page.form(at), page.pack.clause_words
    if form in page.pack.own_side:
        return page.form(at - 1).startswith(ARTICLE) and page.form(at - 1) not in page.titled and at > begin + 1
    independent = page.tables.independent
    medium = form[1:] in words.agencies or (form[1:] in words.heard_by and form[1:] in independent)
    heard = form.startswith(TO) and medium and page.head(begin) not in independent
    named = not page.form(at - 1).startswith(ARTICLE) or at > begin + _LONGEST_TITLE + 1  # not "المدير العام لوكالة"
    return heard and named and not page.is_text(page.head(begin))


def _is_denied(page: Page, at: int) -> bool:
    """ "أما المتحدث باسم المنظمة فلم يشأ أن"."""
    return page.form(at)[:1] == SO and page.form(at)[1:] in page.pack.clause_words.negations


def _is_participle(page: Page, at: int) -> bool:
    following = page.form(at + 1)
    if at in page.mention_at or not _CIRCUMSTANCE.fullmatch(page.form(at)) or not page.is_word(at + 1):
        return False
    if page.form(at) in page.pack.given_names:
        return False  # "السيناتورة ماريا خوسيه"
    led = following in page.tables.adverbial or following[:1] in PREPOSITIONS
    return led or following.startswith(ARTICLE) or following.endswith(OWNERS)


def _is_of_side(page: Page, at: int) -> bool:
    """ "اتهم فلان، مستشار الزعيم، القوات الروسية": a side that is named after an apposition is another phrase."""
    mention = page.mention_at.get(at)
    return mention is not None and not page.is_person(mention)


def _has_comma(page: Page, begin: int, end: int) -> bool:
    """Whether a comma stands there, so that the next one closes what it has opened."""
    return any(page.text(at) in COMMAS for at in range(begin, end))


def _belongs(page: Page, begin: int, at: int) -> bool:
    """ "مصدر في وزارة …", "عضو في «الحركة»", "متحدث باسم": the preposition belongs to the head."""
    tables, head = page.tables, page.head(begin)
    noun = at + 2 if page.text(at + 1) in _QUOTES else at + 1
    following = page.form(noun)
    if head in tables.counterparts and page.form(at) in tables.of_official and noun + 1 in page.mention_at:
        return page.is_person(page.mention_at[noun + 1])  # "زميله في الدفاع فلان"
    if page.form(at) not in tables.of_official or not (head in tables.officials or head in tables.independent):
        return False
    if at - begin > _TITLE_REACH or not page.is_word(noun):
        return False
    if following in tables.not_of_official and noun not in page.mention_at:
        return False
    if head in tables.ministries and at - 1 in page.mention_at and page.form(at) in tables.of_place:
        return False  # "جددت وزارة الدفاع الهندية من موسكو نفي": where it speaks
    return (
        noun in page.mention_at
        or following.startswith(ARTICLE)
        or following in tables.one_of
        or following in tables.seats
        or following in page.pack.clause_words.institutions
        or (head in tables.independent and following in tables.specialised)
        or any(bare in page.pack.unnamed or bare in tables.officials for bare in without_clitics(following))
    )


def _is_apposition(page: Page, comma: int, limit: int) -> bool:
    """A comma inside a subject: a name or title follows at once, and no adverb."""
    at = comma + 1
    if at >= limit or not page.is_word(at) or page.form(at) in page.pack.after_subject or _is_participle(page, at):
        return False
    mention = page.mention_at.get(at)
    if mention is not None:
        return not mention.governed
    form, tables = page.form(at), page.tables
    if form in page.pack.clause_words.openers or page.unjoined(form) in tables.around_subject:
        return False  # "فالوزير، وقد حطت طائرته أمس، كرر", "أما الوزير، فما زال"
    if form in page.pack.clause_words.withholds:
        return False  # "مسؤولان فرنسي وألماني، طلبا عدم كشف هويتيهما، قالا"
    return form in tables.officials or form in tables.titles or looks_like_name(page, at, limit)


# -- what it is made of -------------------------------------------------------------------------------------------
def looks_like_name(page: Page, begin: int, limit: int) -> bool:
    """Whether some words that could be a name stand alone there."""
    end = begin
    while (
        end < limit and page.is_word(end) and (page.form(end) not in page.pack.after_subject or page.is_given_name(end))
    ):
        end += 1
    return _LEAST_NAME <= end - begin <= _LONGEST_NAME and is_name_word(page, begin)


def is_name_word(page: Page, position: int) -> bool:
    """Whether a name could begin with that word: neither a definite noun, nor a title, adverb or verb."""
    form, tables, pack = page.form(position), page.tables, page.pack
    if not page.is_word(position) or page.is_definite(position) or len(form) <= 2:
        return False
    if form.startswith(VERBAL) and form not in page.pack.given_names:
        return False
    verb = page.is_verb(form) or page.is_joined_verb(form) or form in tables.begins_like_article  # "ألقى كلمة"
    if verb or (form[0] in PREPOSITIONS and page.is_text(form)):
        return False
    if form in tables.met and page.form(position + 1).startswith(ARTICLE):
        return False  # "دبلوماسي من إحدى دول المجموعة حضر المشاورات"
    if form in tables.tenants and page.form(position + 1).startswith(ARTICLE):
        return False  # "صاحب الدار"
    known = (page.titled, tables.epithets, pack.clause_words.no_name, pack.after_subject, pack.unnamed)
    return page.is_given_name(position) or not any(form in words for words in known)


def is_noun(page: Page, position: int) -> bool:
    """A definite noun that nothing is known of: "أكد الحلفاء الثلاثون أن …"."""
    form = page.form(position)
    return (
        form.startswith(ARTICLE)
        and len(form) > _SHORTEST_NOUN
        and form not in page.tables.adverbial
        and not page.is_verb(form)
    )


def is_presented_name(page: Page, begin: int, limit: int) -> bool:
    """ "حيدر العبادي رئيس وزراء العراق": a name on no watchlist that a title follows at once."""
    end = begin
    while end < limit and end - begin < _LONGEST_NAME and _is_of_name(page, begin, end):
        end += 1
    apart = end in page.mention_at  # "طالب فلان الفلاني رئيس الحكومة بـ": whom he asks
    return end - begin >= _LEAST_NAME and end < limit and page.form(end) in page.titled and not apart


def _is_of_name(page: Page, begin: int, at: int) -> bool:
    """Whether a word may belong to a name: "العبادي" only behind another one."""
    if at in page.mention_at or not page.is_word(at) or page.head(at) in page.titled or page.is_verb(page.form(at)):
        return False
    if at > begin and page.form(at).startswith(ARTICLE):
        return True
    led = page.form(at)[1:] in page.tables.this or page.form(at)[1:] in page.pack.clause_words.what  # "بذلك", "بما"
    return is_name_word(page, at) and not (led or is_owned(page.light(at)))


def is_name_and_title(page: Page, begin: int, end: int) -> bool:
    """ "بيتر ستانو، الناطق باسم …": a name, a comma, a title."""
    at = begin
    while at < end and page.is_word(at) and at not in page.mention_at:
        at += 1
    return (
        _LEAST_NAME <= at - begin <= _LONGEST_NAME
        and at + 1 < end
        and page.text(at) in PAUSES
        and is_name_word(page, begin)
        and page.head(at + 1) in page.titled
    )
