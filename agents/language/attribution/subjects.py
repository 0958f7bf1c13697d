"""Where the noun phrase of a subject ends: its names, titles, what these are of, and appositions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.language.attribution.offices import definite_office_end, office_end
from agents.language.attribution.strangers import may_name, name_end
from agents.language.names import ARTICLE, IN, NOMINATIVE, OWNERS, TA_MARBUTA, TO, Mention, without_owners
from agents.language.punctuation import COMMAS
from agents.language.text import CLOSING

if TYPE_CHECKING:
    from agents.language.attribution.line import Line
    from agents.language.pack import ClauseWords

_LEAST_NAME, _LONGEST_NAME = 2, 4  # words of a name before a title
_LEAST_PEOPLE: Final = 7  # letters of "المارون"
_LONGEST_OFFICE: Final = 4  # tokens between a title and the name of who has it


def subject_end(line: Line, position: int, limit: int) -> int:
    """The end of the noun phrase that starts at `position`, as far as names and titles tell."""
    plain = _plain_name_end(line, position, limit)
    return plain if plain > position else _phrase_end(line, position, limit)


def _phrase_end(line: Line, position: int, limit: int) -> int:
    whole, position = position, position + counts_several(line, position)
    position = _past_presented(line, position, limit)
    at = end = position + (position > whole and line.is_word(position) and position not in line.mention_at)
    of_office = definite_office_end if line.form(position).startswith(ARTICLE) else office_end
    at = end = max(end, of_office(line, position, limit))
    while at < limit:
        mention = line.mention_at.get(at)
        if mention is not None and at - 1 in line.strangers:
            break  # behind a name on no watchlist somebody else
        if (mention is not None and not mention.governed) or (
            mention is not None and at == end > position and _is_whose(line, position, mention)
        ):
            at = end = mention.end
        elif (_in_subject(line, at) and not (at > position and _is_another_body(line, at))) or (
            at == position
            and (
                _is_title(line, at)
                or _is_host(line, at)
                or _is_owned_title(line, at)
                or are_people(line.form(at), line.words)
            )
        ):
            at = end = at + 1 + _has_genitive(line, at)
        elif line.text(at) in COMMAS and end > position and at + 1 < limit and _is_apposed(line, at + 1):
            at += 1
        elif at in line.quote_at and line.names_only(at):
            at = end = line.quote_at[at] + 1
        elif at == end > position and line.form(at) == TO and line.quote_at.get(at + 1) and line.names_only(at + 1):
            at = end = line.quote_at[at + 1] + 1  # "مدير المركز الإعلامي لـ«قسد» فلان"
        elif at == end > position and line.form(at) in line.words.issued and line.form(at + 1) in line.words.of:
            at += 2
        elif at == end > position and line.text(at) == "(" and _also_called(line, at):
            at = end = _also_called(line, at)
        elif at == end > position and (name := _name_end(line, position, at, limit)) > at:
            at = end = name
        elif end > position and line.text(at) in CLOSING and at == end:
            at += 1  # of a name within a role: "مفوض «إيكواس» فلان"
        else:
            break
    return end if end > position else whole


def _plain_name_end(line: Line, position: int, limit: int) -> int:
    """ "اتهم سمير جعجع إسرائيل": the end of a name on no watchlist, without any title, before whom it is said of."""
    if line.form(position) in line.words.surnames and position not in line.mention_at:
        line.strangers.add(position)
        return position + 1  # "ودعا غوتيريش الأطراف إلى"
    if line.form(position) not in line.pack.given_names or line.form(position).startswith(ARTICLE):
        return position
    end = position
    while end < min(limit, position + _LONGEST_NAME) and may_name(line, end, first=end == position):
        end += 1
    other = line.mention_at.get(end)
    side = other is not None and other.start == end and not other.clitics and other.via != "adjective"
    body = line.form(end).startswith(ARTICLE) and line.form(end).removeprefix(ARTICLE) in line.words.institutions
    if end - position < _LEAST_NAME or not (side or body):
        return position
    line.strangers.update(range(position, end))
    return end


def _past_presented(line: Line, position: int, limit: int) -> int:
    """ "اتهم إياد علاوي نائب الرئيس العراقي": where the title begins that follows a name on no watchlist."""
    end = position
    while end < min(limit, position + _LONGEST_NAME) and may_name(line, end, first=end == position):
        if end > position and line.form(end) in line.words.offices:
            break
        end += 1
    if end - position < _LEAST_NAME or line.form(end) not in line.words.offices or end in line.mention_at:
        return position
    line.strangers.update(range(position, end))
    return end


def counts_several(line: Line, position: int) -> int:
    """How many tokens "أكثر من" before "مسؤول" has."""
    several = line.form(position) in line.words.several and line.form(position + 1) in line.words.of
    return 2 if several else 0


def _is_whose(line: Line, position: int, mention: Mention) -> bool:
    """ "أعلنت الرئاسة البولندية للمنظمة تأجيل": a body, and the body that it is of, or to which it speaks; "نفى مصدر
    بوزارة الخارجية صحة ما": somebody, and where he works."""
    if mention.clitics == IN and line.form(position) in line.pack.unnamed:
        return line.form(mention.start).removeprefix(IN) in line.words.institutions
    return mention.clitics == TO and line.form(position) in line.words.institutions


def _is_another_body(line: Line, position: int) -> bool:
    """ "اتهمت تنسيقية حركات أزواد الحكومة": a definite body behind the name of one."""
    before = line.mention_at.get(position - 1)
    named = (before is not None and before.via == "name") or position - 1 in line.seats
    named = named and position not in line.mention_at
    return named and line.form(position).startswith(ARTICLE) and line.form(position) in line.words.institutions


def _is_title(line: Line, position: int) -> bool:
    """Whether a woman's title stands there: "وكيلة الوزارة", "الأمينة العامة"."""
    known = line.form(position).removeprefix(ARTICLE) in line.words.of_something
    return known and line.article[position].light.endswith(TA_MARBUTA)


def _is_host(line: Line, position: int) -> bool:
    """ "صاحب الدار"."""
    following = position + 1
    return (
        line.form(position) in line.words.hosts
        and following not in line.mention_at
        and line.form(following).startswith(ARTICLE)
    )


def are_people(form: str, words: ClauseWords) -> bool:
    """ "نفى المسلحون مسؤوليتهم", "هدد المحتجون بالإضراب": several people, and not "القانون"."""
    several = form.startswith(ARTICLE) and form.endswith(NOMINATIVE) and len(form) >= _LEAST_PEOPLE
    return several and form not in words.no_people


def _is_owned_title(line: Line, position: int) -> bool:
    """ "نفى قائدها عمر خان وجود أي دليل": before a name."""
    named = line.mention_at.get(position + 1)
    if named is None or named.start != position + 1 or named.clitics or named.via != "name":
        return False
    owned = line.article[position].light.endswith(OWNERS) and position not in line.mention_at
    return owned and not line.words.offices.isdisjoint(without_owners(line.form(position)))


def _is_apposed(line: Line, position: int) -> bool:
    """Behind a comma a name, or a title before one: "صاحب الدار، الوزير فلان"."""
    titled = line.form(position) in line.pack.continuing_titles and position + 1 in line.mention_at
    return titled or position in line.mention_at


def _name_end(line: Line, position: int, at: int, limit: int) -> int:
    """The end of a name on no watchlist, at once or behind "الحزب الاشتراكي الفرنسي" after a title."""
    first = at
    titled = _is_of_somebody(line, line.form(position)) or _is_title(line, position)
    if titled and line.mention_at.keys().isdisjoint((position, at - 1)):
        while first < min(limit, at + _LONGEST_OFFICE) and _describes(line, first):
            first += 1
            if first - 1 in line.mention_at:
                break
    name = name_end(line, first, limit) if _is_person(line, position) else first
    if name == first:
        whole = first - 1 in line.mention_at and not line.form(at - 1).startswith(ARTICLE)
        return first if first > at and whole else at  # "هيئة مكافحة الألغام المغربية"
    line.strangers.update(range(first, name))
    return name


def _is_person(line: Line, position: int) -> bool:
    """Whether a title of somebody opens a subject, and neither a name nor a body."""
    mention, form = line.mention_at.get(position), line.form(position)
    if form in line.words.institutions or (mention is not None and mention.via != "role"):
        return False
    known = mention is not None or _is_of_somebody(line, form)
    return known or _is_of_somebody(line, form.removeprefix(ARTICLE))


def _is_of_somebody(line: Line, form: str) -> bool:
    """Whether a word is a title."""
    return form in line.pack.unnamed or form in line.pack.continuing_titles or form in line.words.of_something


def _describes(line: Line, position: int) -> bool:
    mention = line.mention_at.get(position)
    definite = line.is_word(position) and line.article[position].light.startswith((ARTICLE, TO + TO))  # no ألكسندر
    return (
        definite
        and line.form(position) not in line.pack.after_subject
        and (mention is None or mention.via == "adjective")
    )


def _also_called(line: Line, opening: int) -> int:
    """Behind "(حميدتي)": a name in brackets; 0 where something else stands in them."""
    named = line.mention_at.get(opening + 1)
    return named.end + 1 if named is not None and line.text(named.end) == ")" else 0


def _has_genitive(line: Line, position: int) -> bool:
    """ "وزير خارجية …", "رئيس أركان …": a title that a noun must follow."""
    following = position + 1
    return (
        (line.form(position) in line.words.of_something or line.form(position) in line.words.hosts)
        and line.is_word(following)
        and following not in line.mention_at
        and line.form(following) not in line.pack.after_subject
        and not line.readings(following)
    )


def _in_subject(line: Line, position: int) -> bool:
    pack, form = line.pack, line.form(position)
    return line.is_word(position) and any(
        form in words
        for words in (
            pack.own_side,
            pack.unnamed,
            pack.continuing_titles,
            pack.same,
            pack.texts,
            line.words.in_subject,
        )
    )
