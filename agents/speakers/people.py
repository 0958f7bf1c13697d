"""Whether a noun phrase is about a person of the watchlist, or about somebody on none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from agents.language.names import ARTICLE, HIS, OWNERS, TA_MARBUTA, TO, Mention, words_of
from agents.language.text import CLOSING, OPENING
from agents.speakers.noun_phrases import Phrase, is_name_word
from agents.speakers.page import PAUSES, Page
from schemas import ActorKind

_SPELLED_ALIKE: Final = 0.75  # سيرغي / سيرجي: ratio 0.8; different names of the seeds' watchlist stay below 0.6
_LONGEST_BODY: Final = 8  # tokens of a name in quotation marks
_LEAST_NAME: Final = 2  # words of a name of somebody on no watchlist
_TANWEEN: Final = re.compile("[\u064b\u064c]")


# -- of the watchlist ---------------------------------------------------------------------------------------------
def person_of(page: Page, phrase: Phrase) -> Mention | None:
    """The person of the watchlist that the phrase is about, if it is about one."""
    named = [mention for mention in phrase.mentions if page.is_person(mention)]
    if _is_one_of_several(page, phrase):
        named = [mention for mention in named if mention.start == phrase.mentions[0].end]
    for mention in named:
        if mention.via == "name" and not (_is_owner(page, phrase.begin, mention) or _is_led_to(page, phrase, mention)):
            return mention
    for mention in named:
        deputy = mention.start > phrase.begin and page.form(phrase.begin) in page.tables.titles
        # "نائب رئيس الوزراء وزير الخارجية" holds both offices
        also = mention.start > phrase.begin + 1 and page.form(mention.start - 1).startswith(ARTICLE)
        left = page.form(mention.end) in page.tables.retired  # "وزير الخارجية الروسي السابق"
        if mention.via == "role" and not left and (also or (mention.start <= phrase.begin + 1 and not deputy)):
            name = _name_after(page, mention.end, phrase.end)
            if not name or _is_alike(page, mention.target, name):
                return mention
    return None


def _is_one_of_several(page: Page, phrase: Phrase) -> bool:
    """ "مسؤول إسرائيلي رافق لابيد": an official of no name, with a clause that tells more of him."""
    first = phrase.mentions[0] if phrase.mentions else None
    if first is None or page.form(phrase.begin).startswith(ARTICLE):
        return False
    unnamed = first.start == phrase.begin and page.kind(first) is ActorKind.UNNAMED
    described = first.via == "adjective" and first.start == phrase.begin + 1 and phrase.head in page.tables.of_offices
    return (unnamed or described) and page.form(first.end) not in page.tables.epithets | page.tables.titles


def _is_led_to(page: Page, phrase: Phrase, mention: Mention) -> bool:
    """ "مصدر مقرب من بوتين", "مسؤول في إدارة الرئيس الأميركي جو بايدن", "أحد مساعدي بوتين": who speaks is another one,
    of whom there are several."""
    tables, begin = page.tables, phrase.begin
    if phrase.head not in tables.officials | tables.one_of or page.form(begin).startswith(ARTICLE):
        return False
    role = page.mention_at.get(mention.start - 1)
    if role is not None and role.via == "role" and role.target != mention.target:
        return False  # "عضو المكتب السياسي للبوليساريو إبراهيم غالي"
    start = mention.start if role is None else role.start
    while start - 1 > begin and _stands_before_name(page, start - 1):
        start -= 1
    before = page.form(start - 1)
    led = start - 1 > begin and (before in tables.of_both or before.startswith(TO + TO))
    several = start - 1 == begin and before in tables.one_of
    return led or several or (start > begin and mention.clitics.endswith(TO))


def _stands_before_name(page: Page, at: int) -> bool:
    """ "الرئيس", "الأميركي", "إدارة", "وفد", "مساعدي": a title of the person who is named behind it, or who is his."""
    form, named = page.form(at), page.mention_at.get(at)
    his = form in page.tables.seats | page.tables.delegations | page.tables.titles
    titled = form.startswith(ARTICLE) and form.removeprefix(ARTICLE) in page.titled
    return his or titled or (named is not None and named.via in ("role", "adjective"))


def _is_owner(page: Page, begin: int, mention: Mention) -> bool:
    """ "مدير مكتب بوتين": titles without the article stand directly before the name, and it is theirs."""
    before = mention.start - 1
    hers = before >= begin and page.light(before).endswith(TA_MARBUTA)  # "نائبة بلينكن", and not "نائبه بلينكن"
    title = page.form(before).removesuffix(HIS) if hers else page.form(before)
    if before < begin or title not in page.tables.titles:
        return False
    earlier = page.mention_at.get(before)
    other = earlier is not None and earlier.via == "role" and earlier.target != mention.target
    return not (earlier is not None and other and page.is_person(earlier))


def _name_after(page: Page, begin: int, end: int) -> tuple[str, ...]:
    """The name that follows a role, which may be another's than the watchlist's."""
    at = begin
    while at < end and (page.text(at) in PAUSES or page.form(at) in page.tables.epithets):
        at += 1
    first = at
    while at < end and page.is_word(at) and at not in page.mention_at:
        at += 1
    if at - first < _LEAST_NAME or not is_name_word(page, first) or page.form(first) in page.tables.utterances:
        return ()
    return tuple(page.form(position) for position in range(first, at))


def _is_alike(page: Page, actor_id: str, words: Sequence[str]) -> bool:
    actor = page.lexicon.actors[actor_id]
    known = {word for name in actor.names.get("ar", ()) for word in words_of(name)}
    return any(SequenceMatcher(None, word, other).ratio() >= _SPELLED_ALIKE for word in words for other in known)


# -- of none ------------------------------------------------------------------------------------------------------
def is_stranger(page: Page, phrase: Phrase, *, before_noun: bool) -> bool:
    """Whether a proper name that is on no watchlist stands in the phrase, after titles and adjectives.

    `before_noun`: what is said is a noun and follows at once, so that its first words are no name.
    """
    if phrase.head in page.pack.clause_words.institutions:
        return False
    first = phrase.begin if phrase.head in page.titled else phrase.begin + 1
    return any(_is_introduced_name(page, phrase, at, before_noun) for at in range(first, phrase.end))


def _is_introduced_name(page: Page, phrase: Phrase, at: int, before_noun: bool) -> bool:
    if at in page.mention_at or not is_name_word(page, at):
        return False
    end = at
    while (
        end < phrase.end
        and page.is_word(end)
        and end not in page.mention_at
        and page.form(end) not in page.tables.epithets
        and page.form(end) not in page.pack.clause_words.no_name
        and not page.form(end).startswith(TO + TO)  # "مصدر عسكري موال للرئيس"
    ):
        end += 1
    told = before_noun and not (end < phrase.end and page.form(end) in page.pack.clause_words.no_name)
    if end - at < _LEAST_NAME or (told and page.form(at + 1).startswith(ARTICLE)):
        return False
    return _is_introduced(page, phrase, at) and not any(_TANWEEN.search(page.text(i)) for i in range(at, end))


def _is_behind_body(page: Page, at: int) -> bool:
    """ "الأمين العام لـ«حركة أمل» فلان": behind a quoted name to which something leads."""
    if page.text(at - 1) not in CLOSING:
        return False
    opening = next((i for i in range(at - 2, max(-1, at - _LONGEST_BODY), -1) if page.text(i) in OPENING), 0)
    before = page.form(opening - 1)
    return before == TO or before in page.pack.clause_words.institutions | page.pack.unnamed


def _is_introduced(page: Page, phrase: Phrase, at: int) -> bool:
    """A name follows an adjective, a definite noun, a comma or an actor: "السفير السوداني محمد …"."""
    opening = page.mention_at.get(phrase.begin)
    if at == phrase.begin or (opening is not None and opening.via == "name"):
        return False
    before, tables = phrase.head if at == phrase.begin + 1 else page.form(at - 1), page.tables
    described = page.mention_at.get(at - 1)
    if described is not None and described.via == "adjective" and not before.startswith(ARTICLE):
        return False  # "مسؤول جزائري رافق الوفد": a clause, as no name follows somebody of whom there are several
    if before in tables.titles or before in tables.genitive or before in tables.tenants:
        return False
    of_theirs = page.light(at - 1).endswith(OWNERS) and page.form(at - 2) in tables.titles | tables.in_name_of
    return (
        page.text(at - 1) in PAUSES
        or _is_behind_body(page, at)
        or of_theirs  # "وزير خارجيتها عبد الرحمن مراد"
        or before.startswith((ARTICLE, TO + TO))
        or at - 1 in page.mention_at
        or before in tables.epithets
        or before in tables.independent
    )
