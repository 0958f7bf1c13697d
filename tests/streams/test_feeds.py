"""A feed is passed on as it stands; what is wrong with its container is named with file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from streams import feeds
from streams.feeds import FeedError, count_feed, read_feed, seeds, watchlist_for

SEEDS = Path(__file__).parents[2] / "seeds"


def article(number: int, **fields: object) -> str:
    return json.dumps({"article_id": f"a{number}", "body": f"نص {number}", **fields}, ensure_ascii=False)


def test_the_seeds_come_in_the_order_of_their_index_with_their_text_untouched() -> None:
    entries = list(read_feed(SEEDS))
    assert [entry.article_id for entry in entries] == [
        "004_c036f8f3f708159b",
        "002_b832a05335498533",
        "000_362dcb5f82c75f1f",
        "003_6eac2d1a5053bf2c",
        "001_e06a691c9f8fb2f5",
    ]
    for entry in entries:
        fields = json.loads(entry.value)
        assert fields["body"].encode() == (SEEDS / f"{entry.article_id}.txt").read_bytes()
        assert "file" not in fields
        assert fields["published_at"] is None
        assert entry.time is not None
    assert count_feed(SEEDS) == 5


def test_line_ends_of_a_text_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("سطر\r\nسطر\r".encode())
    (tmp_path / "feed.yaml").write_text("articles: [{file: a.txt}]")
    [entry] = read_feed(tmp_path)
    assert json.loads(entry.value)["body"] == "سطر\r\nسطر\r"


@pytest.mark.parametrize("name", ["feed.jsonl", "feed.jsonl.gz"])
def test_lines_are_passed_on_byte_for_byte(tmp_path: Path, name: str) -> None:
    lines = [article(1), "this is no article", '{"article_id": "a2"}', article(3, extra=[1, 2])]
    data = "\n".join(lines).encode() + b"\n\n\xff\xfe\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    entries = list(read_feed(path))
    assert [entry.value for entry in entries] == [*(line.encode() for line in lines), b"\xff\xfe"]
    assert [entry.article_id for entry in entries] == ["a1", None, None, "a3", None]
    assert [entry.place for entry in entries] == [f"{path}:{number}" for number in (1, 2, 3, 4, 6)]
    assert count_feed(path) == 5


def test_a_byte_order_mark_and_windows_line_ends_belong_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + article(1).encode() + b"\r\n" + article(2).encode() + b"\r\n")
    assert [entry.article_id for entry in read_feed(path)] == ["a1", "a2"]


def test_an_article_without_an_id_has_the_one_that_its_content_gives(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"body": "نص", "source": "x"}\n' * 2)
    first, second = read_feed(path)
    assert first.article_id is not None
    assert first.article_id == second.article_id


FAULTS = {
    "a feed that is not there": ("missing.jsonl", None, r"missing\.jsonl: no such file"),
    "a folder of texts without an index": (".", None, r"needs a feed\.yaml"),
    "an index that is no YAML": ("feed.yaml", b"articles: [", r"feed\.yaml: line 1"),
    "an index that is not UTF-8": ("feed.yaml", b"articles: \xff", r"feed\.yaml: "),
    "an index without articles": ("feed.yaml", b"feeds: []", r"needs a list of articles"),
    "an index of aliases": (
        "feed.yaml",
        b"a: &a [1]\nb: *a\narticles: []",
        r"feed\.yaml: line 2: aliases are not read",
    ),
    "an index that names a field by a list": (
        "feed.yaml",
        b"articles: [{file: feed.yaml, ? [a] : b}]",
        r"feed\.yaml: (line 1|article 1)",
    ),
    "an index with a number that has no end": (
        "feed.yaml",
        b"articles: [{file: feed.yaml, n: 0x" + b"f" * 5000 + b"}]",
        r"feed\.yaml: article 1: ",
    ),
    "an article without a file": (
        "feed.yaml",
        b"articles: [{article_id: a}]",
        r"feed\.yaml: article 1: needs the name",
    ),
    "an article whose file is not there": (
        "feed.yaml",
        b"articles: [{file: b.txt}]",
        r"article 1: .*b\.txt: no such file",
    ),
    "an article outside the folder": (
        "feed.yaml",
        b"articles: [{file: ../b.txt}]",
        r"article 1: .* is not in the folder",
    ),
    "a compressed feed that is not": ("feed.jsonl.gz", b"{}\n", r"feed\.jsonl\.gz:1: cannot be unpacked"),
    "a compressed feed that is cut off": (
        "feed.jsonl.gz",
        gzip.compress(b"".join(article(number).encode() + b"\n" for number in range(2000)))[:-20],
        r"feed\.jsonl\.gz:\d+: cannot be unpacked",
    ),
}


@pytest.mark.parametrize(("name", "data", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_broken_container_is_named(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    path = tmp_path if name == "feed.yaml" else tmp_path / name
    with pytest.raises(FeedError, match=message):
        count_feed(path)
    with pytest.raises(FeedError, match=message):
        list(read_feed(path))


def test_a_text_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc\xff")
    (tmp_path / "feed.yaml").write_text("articles: [{file: a.txt}]")
    with pytest.raises(FeedError, match=r"a\.txt: byte 3 is not UTF-8"):
        list(read_feed(tmp_path))


def test_a_line_that_no_topic_takes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST_LINE", 1000)
    path = tmp_path / "feed.jsonl"
    path.write_text(article(1) + "\n" + article(2, title="x" * 1000) + "\n")
    with pytest.raises(FeedError, match=r"feed\.jsonl:2: a line of more than"):
        count_feed(path)


def test_a_bomb_is_not_unpacked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "RATIO_COUNTS_FROM", 1_000_000)
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress((b" " * 99_999 + b"\n") * 200))
    with pytest.raises(FeedError, match="unpacks to more than"):
        count_feed(path)


def test_the_watchlist_is_the_one_asked_for_else_the_feeds_else_the_settings_else_the_seeds(tmp_path: Path) -> None:
    feed, given, default = tmp_path / "feed.jsonl", tmp_path / "given.yaml", tmp_path / "default.yaml"
    assert watchlist_for(None, feed, None) == seeds() / "watchlist.yaml"
    assert watchlist_for(None, feed, default) == default
    (tmp_path / "watchlist.yaml").touch()
    assert watchlist_for(None, feed, default) == tmp_path / "watchlist.yaml"
    assert watchlist_for(None, tmp_path, default) == tmp_path / "watchlist.yaml"
    assert watchlist_for(given, feed, default) == given
