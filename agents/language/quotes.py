"""Quotations: which tokens stand between quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from agents.language.text import CLOSING, EITHER, OPENING, Token


def quotations(article: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """Pairs of positions (opening mark, closing mark) among tokens `start` to `end`, outermost only, in order.

    A mark that is never closed opens nothing. “ and " close what they open where a text uses one mark for both.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for position in range(start, end):
        if article[position].kind != "punct":
            continue
        text = article[position].text
        if opened is None:
            if text in OPENING or text in EITHER:
                opened = position
        elif text in CLOSING or (text in EITHER and article[opened].text in EITHER):
            found.append((opened, position))
            opened = None
    return found
