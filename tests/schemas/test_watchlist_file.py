"""A watchlist is read whole, or every error in it is named by file, line, row and field."""

# ruff: noqa: E501

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from schemas import WatchlistError, load_watchlist, parse_watchlist

SEEDS = Path(__file__).parents[2] / "seeds" / "watchlist.yaml"

GOOD = """\
watchlist: test
title: {en: Test}
actors:
  - {id: russia, kind: state, names: {ar: [روسيا, موسكو]}, adjective: {ar: روسي}}
  - {id: usa, kind: state, names: {ar: [الولايات المتحدة]}}
  - {id: putin, kind: person, party: russia, names: {ar: [بوتين]}}
places:
  - {id: geneva, names: {ar: [جنيف]}}
talks:
  - {id: talk-1, title: {en: Talks}, parties: [russia, usa], starts: 2022-01-10, ends: 2022-01-11, venue: geneva, names: {ar: [محادثات]}}
"""


def test_the_watchlist_of_the_seeds_is_read_whole() -> None:
    watchlist = load_watchlist(SEEDS)
    assert watchlist.watchlist == "russia-west-2022"
    assert [place.id for place in watchlist.places] == ["geneva", "brussels", "vienna"]
    assert len(watchlist.talks) == 4
    assert watchlist.party_of("putin") == "russia"


def test_a_word_alone_is_a_list_of_one_and_a_date_is_a_date() -> None:
    watchlist = parse_watchlist(GOOD.encode(), "test.yaml")
    assert watchlist.actors[0].adjective == {"ar": ("روسي",)}
    assert watchlist.talks[0].starts == date(2022, 1, 10)


FAULTS = {
    "an unknown party": ("party: russia", "party: rusia", "test.yaml:6: actors row 3 (putin): party: 'rusia' is the id of no actor; 'russia' is"),
    "an unknown party of talks": ("parties: [russia, usa]", "parties: [russia, us]", "test.yaml:10: talks row 1 (talk-1): parties[2]: 'us' is the id of no actor; 'usa' is"),
    "an unknown venue": ("venue: geneva", "venue: paris", "test.yaml:10: talks row 1 (talk-1): venue: 'paris' is the id of no place"),
    "an id given twice": ("id: usa", "id: russia", "test.yaml:5: actors row 2 (russia): id: 'russia' is the id of row 1 too"),
    "an id that is none": ("id: usa", "id: u s a", "test.yaml:5: actors row 2 (u s a): id: 'u s a' is no id"),
    "a kind that is none": ("kind: person", "kind: human", "test.yaml:6: actors row 3 (putin): kind: Input should be 'state'"),
    "a field that is none": ("party: russia", "side: russia", "test.yaml:6: actors row 3 (putin): side: Extra inputs are not permitted"),
    "a missing field": ("parties: [russia, usa], ", "", "test.yaml:10: talks row 1 (talk-1): parties: Field required"),
    "a name that is a number": ("[روسيا, موسكو]", "[روسيا, 7]", "test.yaml:4: actors row 1 (russia): names.ar[2]: Input should be a valid string"),
    "a name that is empty": ("[روسيا, موسكو]", "[روسيا, ' ']", "test.yaml:4: actors row 1 (russia): names.ar[2]: is empty"),
    "a day that no calendar has": ("starts: 2022-01-10", "starts: 2022-13-40", "test.yaml:10: talks row 1 (talk-1): starts: Input should be a valid date"),
    "an end before the start": ("ends: 2022-01-11", "ends: 2022-01-09", "test.yaml:10: talks row 1 (talk-1): ends: 2022-01-09 is before the start, 2022-01-10"),
    "a key given twice": ("party: russia", "party: usa, party: russia", "test.yaml:6: 'party' is given 2 times"),
    "YAML that is cut off": ("names: {ar: [محادثات]}}\n", "names: {ar: [محا", "test.yaml:10: expected ',' or ']'"),
    "a row that is a word": ("  - {id: geneva, names: {ar: [جنيف]}}", "  - geneva", "test.yaml:8: places row 1: Input should be"),
    "no title": ("title: {en: Test}\n", "", "test.yaml: title: Field required"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_an_error_is_named_by_file_line_row_and_field(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(WatchlistError) as caught:
        parse_watchlist(GOOD.replace(old, new).encode(), "test.yaml")
    assert str(caught.value).startswith(message)


def test_every_error_is_told_not_only_the_first() -> None:
    text = GOOD.replace("party: russia", "party: nobody").replace("venue: geneva", "venue: nowhere")
    with pytest.raises(WatchlistError) as caught:
        parse_watchlist(text.encode(), "test.yaml")
    assert [(problem.row, problem.field) for problem in caught.value.problems] == [
        ("actors row 3 (putin)", "party"),
        ("talks row 1 (talk-1)", "venue"),
    ]


def test_an_error_of_another_process_tells_the_same() -> None:
    with pytest.raises(WatchlistError) as caught:
        parse_watchlist(GOOD.replace("party: russia", "party: nobody").encode(), "test.yaml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.problems) == (str(caught.value), caught.value.problems)


@pytest.mark.parametrize(
    "data", [b"", b"- 1", b"\xff\xfe\x00", b"a: &a [*a]", b"[" * 5000, b"\x00", b"!!python/object:os.x {}"]
)
def test_what_is_no_watchlist_at_all_is_an_error_too(data: bytes) -> None:
    with pytest.raises(WatchlistError, match=r"test\.yaml"):
        parse_watchlist(data, "test.yaml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match=r"missing\.yaml: no such file"):
        load_watchlist(tmp_path / "missing.yaml")
