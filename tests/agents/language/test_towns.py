"""Towns: whose they are, what a doubtful name needs, and that a watchlist's own names come first."""

from __future__ import annotations

from collections import Counter

import pytest

from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.names import words_of
from agents.language.pack import load_language_pack, read_table
from agents.language.text import tokens_of
from agents.language.towns import folk_of
from schemas import Watchlist


def watchlist(**names: list[str]) -> Watchlist:
    return Watchlist.model_validate(
        {
            "watchlist": "coast",
            "title": {"en": "Coast"},
            "actors": [{"id": side, "kind": "state", "names": {"ar": texts}} for side, texts in names.items()],
            "places": [{"id": "port", "names": {"ar": ["صيدا"]}}],
        }
    )


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(watchlist(beirut=["لبنان"], damascus=["سوريا", "طرطوس"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقطت صواريخ على بعلبك", ["beirut"]),
        ("غارات على ريفي اللاذقية وحمص", ["damascus", "damascus"]),
        ("نشر صور الأقمار الاصطناعية", []),  # pictures
        ("أغار على مدينة صور", ["beirut"]),
        ("وحضر أهالي صور الجلسة", ["beirut"]),
        ("قصف صيدا", []),  # a place of the watchlist
        ("قصف طرطوس", []),  # a name of one of its sides
        ("قصف خاركيف", []),  # of a country that is no side
        ("احتج البعلبكيون", ["beirut"]),
        ("قال البعلبكي", []),  # a surname
        ("كانت القذائف تدمر القرى", []),
    ],
)
def test_a_town_is_its_country_s_where_that_is_a_side(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert [town.target for town in lexicon.town_names.find(tokens_of(text))] == expected


@pytest.mark.parametrize(
    ("text", "folk"),
    [
        ("قال محافظ بعلبك", "محافظ بعلبك"),
        ("ناشد أهالي بعلبك", "أهالي بعلبك"),
        ("لأهالي صور", "لأهالي صور"),
        ("تجمع البعلبكيون", "البعلبكيون"),
        ("قصف بعلبك", None),
        ("في محافظة بعلبك", None),
    ],
)
def test_the_people_of_a_town_stand_before_it(text: str, folk: str | None, lexicon: Lexicon) -> None:
    tokens = tokens_of(text)
    found = [folk_of(tokens, town) for town in lexicon.town_names.find(tokens)]
    assert [" ".join(t.text for t in tokens[m.start : m.end]) for m in found if m] == ([folk] if folk else [])


def test_each_name_is_one_country_s_and_plain_or_doubtful() -> None:
    table = read_table("towns")
    countries = {country.id for country in load_language_pack().countries}
    names = [words_of(name) for part in ("towns", "doubtful") for row in table[part].values() for name in row]
    assert table["towns"].keys() | table["doubtful"].keys() | table["met_in"].keys() <= countries
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_borders_are_between_countries_of_the_table(lexicon: Lexicon) -> None:
    pack = load_language_pack()
    assert {country for pair in pack.borders for country in pair} <= {country.id for country in pack.countries}
    assert lexicon.borders == {frozenset(["beirut", "damascus"])}
