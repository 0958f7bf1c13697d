"""Which lines of a round-up begin with where they are told: "أنقرة: علقت الخطوط الجوية رحلاتها"; no place says that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agents.language.punctuation import COLONS
from agents.language.sentences import Sentence
from agents.speakers.page import Page
from schemas import ActorKind

_LONGEST: Final = 3  # tokens before the colon
_LEAST: Final = 4  # lines, where nothing else tells what they are
_DIFFERENT: Final = 3  # places among them


def datelines(page: Page, sentences: Sequence[Sentence]) -> dict[int, int]:
    """By the number of a sentence, where it begins behind the place and the colon.

    They are one where a verb of reporting with its own subject follows, and where all labels of an article are places.
    """
    labels = list(_labels(page, sentences))
    places = {number: colon for number, start, colon in labels if _is_place(page, start, colon)}
    names = {page.words(start, colon) for number, start, colon in labels if number in places}
    others = [(start, colon) for number, start, colon in labels if number not in places]
    all_of_them = (
        len(labels) >= _LEAST and len(names) >= _DIFFERENT and all(_may_be_place(page, *one) for one in others)
    )
    return {number: colon + 1 for number, colon in places.items() if all_of_them or _reports(page, colon + 1)}


def _labels(page: Page, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, int]]:
    """The sentences that begin a line with a few words and a colon, with where those begin and end."""
    for number, sentence in enumerate(sentences):
        start = sentence.start
        if start > 0 and page.article[start - 1].kind != "break":
            continue
        end = min(start + _LONGEST + 1, sentence.end - 1)
        colon = next((at for at in range(start, end) if page.text(at) in COLONS), start)
        if colon > start and all(map(page.is_word, range(start, colon))):
            yield number, start, colon


def _is_place(page: Page, start: int, colon: int) -> bool:
    named = page.mention_at.get(start)
    state = named is not None and named.via == "name" and not named.clitics and named.end == colon
    if named is not None and state:
        return page.kind(named) is ActorKind.STATE
    return colon == start + 1 and page.is_town(start)


def _may_be_place(page: Page, start: int, colon: int) -> bool:
    """A single word of which nothing is known."""
    known = page.titled | page.pack.unnamed | page.pack.continuing_titles | page.pack.clause_words.institutions
    return colon == start + 1 and start not in page.mention_at and page.form(start) not in known


def _reports(page: Page, at: int) -> bool:
    """ "السودان: قال والي الخرطوم إن"."""
    shapes = page.pack.verb_forms.get(page.form(at), ())
    named = at + 1 in page.mention_at or page.head(at + 1) in page.titled | page.pack.clause_words.institutions
    return named and any(shape.aspect == "past" and not shape.object for shape in shapes)
