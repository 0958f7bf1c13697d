"""What is remembered of an article can always be read again, by whoever meets it."""

from __future__ import annotations

from agents.deduplicate import Entry


def test_an_id_that_older_versions_cut_within_a_letter_can_be_read() -> None:
    entry = Entry("ا" * 40_000, 1, 2, 3, 4, 5, bytes([2]), b"\1\0\2\0")
    found = Entry.unpack(entry.pack())
    assert found.article_id[:1000] == entry.article_id[:1000]
    assert (found.exact, found.units) == (entry.exact, entry.units)
