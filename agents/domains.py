"""What else an article may be about: sport, the screen, the weather and markets borrow the words of war.

Pure; the words are data (`language/ar/domains.yaml`). An article is of another domain when the different words of
that domain outweigh those of politics and make up a good part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agents.language.names import without_clitics, words_of
from agents.language.pack import read_table
from agents.language.text import Token

_STRONG: Final = 2
_WEAK: Final = 1
_POLITICAL: Final = 2
_POLITICS: Final = "politics"
# The six borrowed articles among 41 of three crises score 30 to 38 with 18 to 26 % of their words; the highest score
# of a real one is 8, against 14 for politics.
_ENOUGH: Final = 7  # points: three strong words and a weak one, all different
_SHARE: Final = 0.05  # of the words of the text
_SHORT: Final = 5  # points that are enough for a headline or a paragraph of less than 30 words
_SHORT_TEXT: Final = 30
_BORROWED: Final = 2  # different words of war; plain news of markets has one of them at most
_ENDINGS: Final = ("هما", "ها", "هم", "ات", "ين", "ون", "ان", "ه", "ا", "ي")


@dataclass(frozen=True, slots=True)
class Domains:
    """Words and phrases in folded form: first word → phrases that begin with it, as (words, domain, points)."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], str, int], ...]]


@lru_cache(maxsize=1)
def load_domains() -> Domains:
    """The table of the language pack. Raises KeyError where a row lacks one of its lists."""
    table = read_table("domains")
    phrases: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}

    def add(texts: Sequence[str], domain: str, points: int) -> None:
        for text in texts:
            words = words_of(text)
            first = words[0][2:] if words[0].startswith("ال") and len(words[0]) > 4 else words[0]
            phrases.setdefault(first, []).append(((first, *words[1:]), domain, points))

    for row in table["domains"]:
        add(row["strong"], row["id"], _STRONG)
        add(row["weak"], row["id"], _WEAK)
    add(table["politics"], _POLITICS, _POLITICAL)
    add(table["war"], "war", 1)
    return Domains({first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()})


def _stems(form: str) -> tuple[str, ...]:
    """The forms under which a word may stand in the table, without clitics, article and ending."""
    found: dict[str, None] = {}
    for rest in without_clitics(form):
        bare = rest[2:] if rest.startswith("ال") and len(rest) > 4 else rest
        found[bare] = None
        for ending in _ENDINGS:
            if bare.endswith(ending) and len(bare) - len(ending) >= 3:
                found[bare[: -len(ending)]] = None
                if ending in ("ات", "ها", "هم"):
                    found[bare[: -len(ending)] + "ه"] = None
    return tuple(found)


def is_other_domain(article: Sequence[Token], named: Set[int] = frozenset()) -> str | None:
    """The domain that a text is about instead of politics: `sport`, `screen`, `weather`, `market`, `table`, or None.

    `article` is the tokens of a whole article (better, of its content), or of one paragraph of it. `named` are the
    code points where a word of a name begins, which speaks for politics at most: سيول is a capital as well as a flood.
    """
    said = [token for token in article if token.kind == "word"]
    words = [token.form for token in said]
    points: dict[str, dict[tuple[str, ...], int]] = {}
    covered: dict[str, int] = {}
    for position in [at for at, form in enumerate(words) if _beginning(form)]:
        for phrase, domain, weight in _at(words, position):
            if domain != _POLITICS and said[position].start in named:
                continue
            points.setdefault(domain, {})[phrase] = weight
            covered[domain] = covered.get(domain, 0) + len(phrase)
    politics = sum(points.pop(_POLITICS, {}).values())
    points.pop("war", None)
    need = _ENOUGH if len(words) >= _SHORT_TEXT else _SHORT
    best = max(points, key=lambda domain: sum(points[domain].values()), default=None)
    if best is None:
        return None
    score = sum(points[best].values())
    return best if score >= need and score > politics and covered[best] >= _SHARE * len(words) else None


def borrows_war(article: Sequence[Token]) -> bool:
    """Whether different words of war stand in a text as often as only what borrows them has them."""
    words = [token.form for token in article if token.kind == "word"]
    borrowed = {phrase for at in range(len(words)) for phrase, kind, _ in _at(words, at) if kind == "war"}
    return len(borrowed) >= _BORROWED


def _at(words: Sequence[str], position: int) -> Iterator[tuple[tuple[str, ...], str, int]]:
    for rows in _beginning(words[position]):
        found = False
        for phrase, domain, weight in rows:
            if phrase[1:] == tuple(words[position + 1 : position + len(phrase)]):
                yield phrase, domain, weight
                found = True
        if found:
            return


@lru_cache(maxsize=16384)
def _beginning(form: str) -> tuple[tuple[tuple[tuple[str, ...], str, int], ...], ...]:
    """The phrases that a word may begin, by its stems; most words begin none, and all of an article are asked."""
    table = load_domains().phrases
    return tuple(table[stem] for stem in _stems(form) if stem in table)
