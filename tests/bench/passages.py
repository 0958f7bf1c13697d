"""Passages that two different articles share: puts some of one into another, and measures how many are told.

    python -m tests.bench.passages FEED [--pairs 250] [--seed 1] [--show 5]

FEED is a feed of real articles (JSON Lines, optionally .gz). Of each pair of articles some words in a row of the one
are put into the other, 15 to 20 or 40 to 45 of them: as a sentence of its own, into the middle of a sentence, or over
the border of two. Told is a passage of which four fifths are named; what is named of other words is counted beside.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agents.deduplicate import deduplicate
from agents.language.boilerplate import content_ranges
from schemas import Article, RawArticle
from streams.feeds import read_feed
from streams.seen import MemorySeenArticles

LONG = 25  # words of a sentence that something is put into
TOLD = 0.8


@dataclass(frozen=True)
class Pair:
    """An article, and another with `body[start:end]` from it."""

    one: RawArticle
    other: RawArticle
    start: int
    end: int


def sentences(article: RawArticle) -> list[str]:
    """The sentences of the article itself."""
    parts = (article.body[block.start : block.end] for block in content_ranges(article.body))
    return [sentence.strip() for part in parts for sentence in part.split(". ") if len(sentence.split()) > 5]


def passage(chance: random.Random, article: RawArticle, words: int, whole: bool) -> str | None:
    """Words in a row of an article: of a sentence, or whole ones."""
    found = sentences(article)
    chance.shuffle(found)
    for sentence in found:
        cut = sentence.split()
        if whole and words <= len(cut) <= words + 10:
            return sentence
        if not whole and len(cut) >= words:
            at = chance.randrange(len(cut) - words + 1)
            return " ".join(cut[at : at + words])
    return None


def put_into(chance: random.Random, article: RawArticle, text: str, place: str) -> tuple[str, int]:
    """The body with the text in it, and where it begins."""
    own = sentences(article)
    long = [number for number, sentence in enumerate(own) if len(sentence.split()) >= LONG]
    at = chance.choice(long) if long else chance.randrange(len(own))
    words = own[at].split()
    middle = chance.randrange(8, max(9, len(words) - 8))
    if place == "a sentence of its own":
        before, after = ". ".join(own[:at]) + ". ", ". " + ". ".join(own[at:])
    elif place == "in a sentence":
        before = ". ".join([*own[:at], " ".join(words[:middle])]) + " "
        after = " " + ". ".join([" ".join(words[middle:]), *own[at + 1 :]])
    else:  # over a border: its first half ends a sentence
        before = ". ".join([*own[:at], " ".join(words[:middle])]) + " "
        halves = text.split()
        text = " ".join(halves[: len(halves) // 2]) + ". " + " ".join(halves[len(halves) // 2 :])
        after = " " + ". ".join([" ".join(words[middle:]), *own[at + 1 :]])
    return before + text + after, len(before)


def pairs(articles: list[RawArticle], count: int, seed: int, place: str, words: int) -> Iterator[Pair]:
    chance = random.Random(seed)
    made = 0
    while made < count:
        one, other = chance.sample(articles, 2)
        text = passage(chance, one, words + chance.randrange(6), place == "a sentence of its own")
        if text is None or len(sentences(other)) < 3:
            continue
        body, start = put_into(chance, other, text, place)
        length = len(text) + (place == "over a border")
        yield Pair(one, other.model_copy(update={"body": body}), start, start + length)
        made += 1


async def shared(one: RawArticle, other: RawArticle) -> Article:
    index = MemorySeenArticles()
    await deduplicate(one, index)
    outcome = await deduplicate(other, index)
    (article,) = outcome.records
    assert isinstance(article, Article)
    return article


async def measure(articles: list[RawArticle], count: int, seed: int, show: int) -> None:
    print("| where | words | told | of | characters beside them |\n|---|---|---|---|---|")
    missed: list[str] = []
    for place in ("a sentence of its own", "in a sentence", "over a border"):
        for words in (15, 40):
            told = beside = 0
            for pair in pairs(articles, count, seed, place, words):
                article = await shared(pair.one, pair.other)
                covered = sum(max(0, min(part.end, pair.end) - max(part.start, pair.start)) for part in article.shared)
                beside += sum(part.end - part.start for part in article.shared) - covered
                if covered >= TOLD * (pair.end - pair.start):
                    told += 1
                elif len(missed) < show:
                    missed.append(f"{place}: {pair.other.body[pair.start : pair.end]}")
            print(f"| {place} | {words} to {words + 5} | {told} | {count} | {beside} |", flush=True)
    print("\n".join(missed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feed", type=Path)
    parser.add_argument("--pairs", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    read = [RawArticle.model_validate_json(entry.value) for entry in read_feed(asked.feed)]
    articles = [article for article in read if len(article.body.split()) >= 150]
    asyncio.run(measure(articles, asked.pairs, asked.seed, asked.show))


if __name__ == "__main__":
    main()
