"""The lexicon: which names a watchlist and the countries of the world give, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest

from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.text import tokens
from schemas import ActorKind, Watchlist
from tests.agents.speech_watchlist import WATCHLIST


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(WATCHLIST)


def named(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(mention.target, mention.via) for mention in lexicon.actor_names.find(list(tokens(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("رمطان لعمامرة", [("lamamra", "name")]),
        ("وزير الخارجية الجزائري", [("lamamra", "role")]),
        ("وزير الدفاع الجزائري", [("algeria", "adjective")]),
        ("السفيرة كريمة بنيعيش", [("benyaich", "name")]),
        ("قالت بنيعيش", [("benyaich", "name")]),
        ("قال غالي", [("ghali", "name")]),
        ("الرباط", [("morocco", "name")]),
        ("الوفد الفرنسي", [("france", "adjective")]),
        ("باريس وبرلين", [("france", "name"), ("germany", "name")]),
        ("نهر الفولغا", []),
        ("جمهورية الكونجو الديمقراطية", [("congo", "name")]),
        ("حكومة أنغولا", [("angola", "name")]),
        ("حكومة أنجولا", [("angola", "name")]),
    ],
)
def test_a_text_names(text: str, expected: list[tuple[str, str]], lexicon: Lexicon) -> None:
    assert named(text, lexicon) == expected


def test_the_watchlist_takes_over_the_adjectives_of_its_states(lexicon: Lexicon) -> None:
    assert named("الجزائريون والمغربية", lexicon) == [("algeria", "adjective"), ("morocco", "adjective")]
    assert "algeria" not in lexicon.countries
    assert "france" in lexicon.countries


def test_a_side_speaks_through_its_actors(lexicon: Lexicon) -> None:
    assert lexicon.party_of("lamamra") == lexicon.party_of("foreign_ministry") == "algeria"
    assert lexicon.party_of("france") == "france"
    assert lexicon.unnamed_of == {"algeria": "algerian_official"}
    assert lexicon.parties() == ("algeria", "morocco", "un", "union", "front", "agency")


def test_what_is_on_no_watchlist_is_a_state(lexicon: Lexicon) -> None:
    assert lexicon.kind_of("france") is ActorKind.STATE
    assert lexicon.kind_of("lamamra") is ActorKind.PERSON


def test_places_are_no_actors(lexicon: Lexicon) -> None:
    assert [mention.target for mention in lexicon.place_names.find(list(tokens("وصل إلى جنيف")))] == ["geneva"]
    assert named("وصل إلى جنيف", lexicon) == []


def lexicon_of(*actors: dict[str, Any], places: tuple[dict[str, Any], ...] = ()) -> Lexicon:
    return build_lexicon(
        Watchlist.model_validate(
            {"watchlist": "w", "title": {"en": "W"}, "actors": actors, "places": places, "talks": []}
        )
    )


def person(actor: str, *names: str) -> dict[str, Any]:
    return {"id": actor, "kind": "person", "names": {"ar": list(names)}}


def test_a_last_name_of_two_persons_names_nobody() -> None:
    two = lexicon_of(person("one", "سالم الحداد"), person("two", "نادر الحداد"))
    assert named("قال الحداد", two) == []
    assert named("قال الحداد", lexicon_of(person("one", "سالم الحداد"))) == [("one", "name")]


def test_a_last_name_of_two_persons_is_theirs_however_one_is_spelled() -> None:
    two = lexicon_of(person("one", "نادر مايغا"), person("two", "سالم مايغا", "سالم مايجا"))
    assert named("قال مايغا", two) == named("قال مايجا", two) == []


def test_a_last_name_that_is_a_given_name_names_nobody() -> None:
    assert named("قال محمد", lexicon_of(person("one", "سالم محمد"))) == []


def test_a_last_name_has_what_belongs_to_it_and_is_no_title() -> None:
    some = lexicon_of(
        person("maeen", "معين عبد الملك"), person("gheit", "أحمد أبو الغيط"), person("sheikh", "حسين الشيخ")
    )
    assert named("قال عبد الملك", some) == [("maeen", "name")]
    assert named("قال أبو الغيط", some) == [("gheit", "name")]
    assert named("قال الملك", some) == named("قال الشيخ تميم", some) == []


def test_of_two_that_are_written_alike_the_first_is_named() -> None:
    assert named("الحداد", lexicon_of(person("one", "الحداد"), person("two", "الحداد"))) == [("one", "name")]


def test_a_capital_that_is_a_place_of_the_watchlist_names_no_country() -> None:
    cairo = {"id": "cairo", "names": {"ar": ["القاهرة"]}}
    assert named("القاهرة", lexicon_of(person("one", "الحداد"))) == [("egypt", "name")]
    assert named("القاهرة", lexicon_of(person("one", "الحداد"), places=(cairo,))) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("قال علي", ["ali"]),
        ("لقاء مادورو وعلي", ["ali"]),
        ("وعلى الحدود", []),
        ("على الأرض", []),
        ("لولا", ["lula"]),
        ("حل سلمي", []),
        ("قالت سلمى", ["salma"]),
    ],
)
def test_a_name_is_no_preposition_that_is_folded_like_it(text: str, targets: list[str]) -> None:
    lexicon = lexicon_of(person("ali", "عرفان علي", "علي"), person("lula", "لولا"), person("salma", "سلمى"))
    assert [target for target, _ in named(text, lexicon)] == targets
