"""Whose paper an article is printed on: "وزارة التجارة > بيانات", "وزارة الخارجية / الجمهورية التركية"; or whose text a
first line says it is: "صدر عن وزارة الدفاع التركية اليوم البيان الآتي:"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agents.language.names import ARTICLE
from agents.language.punctuation import COLONS
from agents.speakers.page import Page
from agents.speakers.sides import offices_called
from schemas import ActorKind

_REACH: Final = 40  # tokens from the beginning
_LONGEST: Final = 8  # tokens of a line
_LEAST: Final = 2  # words of an office
_FIRST_LINES: Final = 80  # tokens


def letterhead(page: Page) -> tuple[str, str] | None:
    """The office that one of the first lines names alone, its country there or in the lines below, and its noun.

    The country itself where the watchlist has no such office.
    """
    for begin, end in _lines(page):
        named = page.mention_at.get(begin)
        if named is not None and named.start == begin and page.kind(named) is ActorKind.OFFICE:
            return (named.target, page.form(begin).removeprefix(ARTICLE)) if named.end == end else None
        if page.form(begin) not in page.tables.ministries or end - begin < _LEAST or not page.is_word(begin + 1):
            continue
        offices = offices_called(page, _called(page, begin, end))
        noun = page.form(begin).removeprefix(ARTICLE)
        parties = [page.party(mention) for mention in page.mentions(begin, _REACH)]
        known = next(((offices[party], noun) for party in parties if party in offices), None)
        own = next((page.party(mention) for mention in page.mentions(begin, end)), None)
        return known or ((own, noun) if own is not None else None)
    return _issuer(page)


def _called(page: Page, begin: int, end: int) -> set[str]:
    """What an office is called, without its country: "وزارة خارجية | الاتحاد الروسي", "| جمهورية صربيا"."""
    words = (page.form(at).removeprefix(ARTICLE) for at in range(begin, end) if at not in page.mention_at)
    return {word for word in words if word not in page.tables.of_countries}


def _issuer(page: Page) -> tuple[str, str] | None:
    """The office of which a line that leads to a text says that it issued it."""
    for begin, end in _opening(page):
        forms = [page.form(at) for at in range(begin, end)]
        if not page.tables.issued.isdisjoint(forms) and any(map(page.is_text, forms)):
            offices = (one for one in page.mentions(begin, end) if page.kind(one) is ActorKind.OFFICE)
            office = next(offices, None)
            if office is None:
                return None
            noun = page.form(office.start).removeprefix(office.clitics).removeprefix(ARTICLE)
            return office.target, noun
    return None


def _opening(page: Page) -> Iterator[tuple[int, int]]:
    """What stands between the beginning of a line and a colon at its end, in the first lines."""
    begin = 0
    for at in range(min(_FIRST_LINES, len(page.article))):
        if page.article[at].kind == "break":
            if at > begin and page.text(at - 1) in COLONS:
                yield begin, at
            begin = at + 1


def _lines(page: Page) -> Iterator[tuple[int, int]]:
    """The short lines with which the article begins, each up to the first mark in it."""
    begin = 0
    for at in range(min(_REACH, len(page.article))):
        if page.article[at].kind == "break":
            if at - begin > _LONGEST:
                return
            yield begin, next((mark for mark in range(begin, at) if not page.is_word(mark)), at)
            begin = at + 1
