"""Where a name ends that no watchlist has: "المتحدثة باسم الخارجية الروسية ماريا زاخاروفا" before what she demands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.language.names import ACCUSATIVE, ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO, VERBAL, is_owned, without_owners

if TYPE_CHECKING:
    from agents.language.attribution.line import Line

_LEAST, _LONGEST = 2, 4  # words
_SHORTEST: Final = 3  # letters of a word of a name
_NO_NAME: Final = ("ات", "ية")  # plurals and adjectives
GLUED: Final = (*(letter + ARTICLE for letter in CONJUNCTIONS + PREPOSITIONS), TO + TO)
_LED: Final = frozenset("بل")
_OWNED: Final = ("ه", "ها", "هم")
TANWEEN: Final = ("\u064b", "\u064bا")


def name_end(line: Line, begin: int, limit: int, *, comma: bool = False) -> int:
    """The end of a name that begins there, behind a definite title; `begin` where none does. `comma`: between."""
    title = begin - 1 - comma
    owned = line.article[title].light.endswith(_OWNED)  # "وزير خارجيتها هايكو ماس", "متحدثه فلان"
    if not (owned or line.form(title).startswith(ARTICLE) or _describes(line, title)):
        return begin
    surname = line.form(begin + 1).startswith(ARTICLE) and begin + 1 not in line.mention_at
    if may_name(line, begin, first=True) and surname and _is_deed(line, begin + 2):
        return begin + _LEAST  # "بشار الأسد السماح", "نايف الحجرف إيران إلى"
    end = begin
    while end < min(limit, begin + _LONGEST) and may_name(line, end, first=end == begin):
        if end - begin >= _LEAST and line.is_preposition(end, _LED) and len(line.form(end)) >= _SHORTEST:
            break  # "باولو غارسيس بإعلان"
        end += 1
    if end - begin > _LEAST and (line.form(end).startswith(ARTICLE) or line.form(end) in line.pack.own_side):
        end -= 1  # "رافاييل أوخيدا صمت الحكومة", "هايكو ماس عزوف بلاده"
    led = line.form(begin)[:1] in tuple(PREPOSITIONS) and line.form(begin) not in line.words.led_names
    return begin if led or end - begin < _LEAST else end


def _is_deed(line: Line, at: int) -> bool:
    """Whether something stands there that may be said or asked, and not whose the words before it are."""
    named = line.mention_at.get(at)
    side = named is not None and named.start == at and named.via == "name" and not named.clitics
    return side or line.form(at).removeprefix(ARTICLE) in line.words.deeds


def _describes(line: Line, position: int) -> bool:
    mention = line.mention_at.get(position)
    return mention is not None and mention.via == "role"


def may_name(line: Line, at: int, *, first: bool) -> bool:
    form, words, pack = line.form(at), line.words, line.pack
    if not line.is_word(at) or at in line.mention_at or (first and len(form) < _SHORTEST) or line.readings(at):
        return False
    if not first and line.is_given_name(at):
        return True
    light = line.article[at].light
    definite = light.startswith(ARTICLE) and (first or line.form(at - 1) not in pack.given_names | words.before_article)
    verbal = form.startswith(VERBAL) and form not in pack.given_names
    if light.endswith(_NO_NAME) or form.startswith(GLUED) or definite or verbal:
        return False
    if line.text(at).endswith(TANWEEN) or is_owned(light) or form.removesuffix(ACCUSATIVE) in pack.unnamed:
        return False
    known = (pack.after_subject, pack.unnamed, pack.own_side, pack.texts, words.before_noun, words.openers)
    if any(form in kept for kept in (*known, words.no_content, words.told_after, words.in_subject, words.that)):
        return False
    stems = {form, *without_owners(form), *(without_owners(form[1:]) if form[0] in PREPOSITIONS + CONJUNCTIONS else ())}
    return stems.isdisjoint(words.no_name | words.deeds) and not line.is_town(at)
