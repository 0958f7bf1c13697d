"""Where a body ends that no watchlist has: "البنك المركزي الإيراني", "رابطة حقوق الإنسان", before what it announces."""

from __future__ import annotations

from typing import Final

from agents.language.attribution.line import Line
from agents.language.attribution.strangers import may_name
from agents.language.names import AND, ARTICLE, FEMININES, HIS, PREPOSITIONS, TO
from agents.language.pack import ClauseWords
from agents.language.punctuation import COMMAS

_ADJECTIVES: Final = ("ي", "ي" + HIS, "يين")
_LONGEST_NAME: Final = 3  # words of "شركة لوكهيد مارتن"
_LEAST_COMPLEMENT: Final = 5  # letters of "للشغل"


def body_end(line: Line, begin: int, limit: int, *, feminine: bool | None) -> int:
    """The end of the name of a body that begins there and agrees with its verb; `begin` where none does."""
    form = line.form(begin)
    if begin in line.mention_at or not may_be_body(form, line.words, feminine=feminine):
        return begin
    at = begin + 1
    if not form.startswith(ARTICLE):
        at = _past_genitive(line, at, limit)
        if at == begin + 1:
            return begin
    end = _past_adjectives(line, at, limit)
    if end == at == begin + 1 or goes_on(line, end):
        return end
    noun = end == begin + 2 and form.startswith(ARTICLE) and end - 1 not in line.mention_at
    return end - noun  # "رفضت الشركة الاتفاقية"


def may_be_body(form: str, words: ClauseWords, *, feminine: bool | None) -> bool:
    """Whether a body begins with that word that a verb of that gender may have as its subject."""
    bare = form.removeprefix(ARTICLE)
    hers = form.endswith((HIS, FEMININES)) or bare in words.bodies_of_her
    return not words.bodies.isdisjoint((form, bare)) and feminine in (None, hers)


def _past_genitive(line: Line, at: int, limit: int) -> int:
    """Behind "سوناطراك", "الدول", "العدالة والتنمية", "حقوق الإنسان"; `at` where no name goes on so."""
    mention = line.mention_at.get(at)
    if mention is not None:
        return mention.end if mention.via == "name" and not mention.clitics else at
    if at in line.quote_at and line.count_words(at, line.quote_at[at]) <= _LONGEST_NAME:
        return line.quote_at[at] + 1
    form = line.form(at)
    if form.startswith(ARTICLE):
        end = at + 1
        while end < limit and line.form(end).startswith(AND + ARTICLE) and end not in line.mention_at:
            end += 1
        return end
    if not line.is_word(at) or line.readings(at):
        return at
    following = line.mention_at.get(at + 1)
    owned = line.form(at + 1).startswith(ARTICLE) if following is None else not following.clitics
    if owned and at + 1 < limit and goes_on(line, at + 2):
        return at + 2
    end = at
    while end < min(limit, at + _LONGEST_NAME) and may_name(line, end, first=end == at):
        end += 1
    return end


def _past_adjectives(line: Line, at: int, limit: int) -> int:
    """Past "المركزي الإيراني", "العام للشغل", "لحقوق الإنسان"."""
    while at < limit:
        mention, form = line.mention_at.get(at), line.form(at)
        if mention is not None:
            if mention.via != "adjective" and mention.clitics != TO:
                return at
            at = mention.end
        elif form.startswith(TO + TO) and len(form) >= _LEAST_COMPLEMENT:
            at += 1
        elif form[:1] == TO and form[1:] in line.words.bodies_for and line.form(at + 1).startswith(ARTICLE):
            at += 2
        elif form.startswith(ARTICLE) and (form.endswith(_ADJECTIVES) or form in line.words.of_bodies):
            at += 1
        else:
            return at
    return at


def goes_on(line: Line, at: int) -> bool:
    """Whether something follows that the body may have said."""
    apart = line.pack.after_subject | line.words.before_noun
    if line.text(at) in COMMAS:
        return line.form(at + 1) in apart | line.words.remarks | line.words.times  # "، في سياق متصل، أن"
    told = line.form(at) in line.words.deeds | line.words.no_name  # "بدء التحقيق", and not "بشدة"
    word = line.is_word(at) and line.form(at) not in apart and (told or not line.form(at).startswith(PREPOSITIONS[0]))
    return word or at in line.quote_at
