"""Whatever is written: nothing fails, and everything that is found stands in the text where it is said to stand."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from agents.knowledge import Knowledge, build_knowledge
from agents.language.boilerplate import blocks
from agents.language.dates import find_dates, infer_published
from agents.language.folding import fold_body
from agents.language.sentences import split
from agents.language.text import fold, light, tokens
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from schemas import load_watchlist
from streams.feeds import read_feed, seeds
from tests.fuzz.texts import arabic, texts

days = st.dates() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@cache
def knowledge() -> Knowledge:
    return build_knowledge(load_watchlist(seeds() / "watchlist.yaml"))


@given(texts)
def test_tokens_stand_where_they_say_in_order_and_leave_out_nothing_but_space(body: str) -> None:
    found = list(tokens(body))
    assert all(body[token.start : token.end] == token.text for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(token.start < token.end for token in found)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert light(light(text)) == light(text)


@given(texts)
def test_a_folded_body_leads_back_to_the_body(body: str) -> None:
    folded = fold_body(body)
    places = [folded.at(position) for position in range(len(folded.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(body) for place in places)
    assert len(folded.spaced) == len(folded.text)


@given(texts, texts)
def test_blocks_cover_the_body_in_order(body: str, title: str) -> None:
    found = blocks(body, title)
    assert all(0 <= block.start <= block.end <= len(body) for block in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(texts)
def test_sentences_are_in_order_and_within_the_text(body: str) -> None:
    words = list(tokens(body))
    found = split(words, 0, len(words), 0)
    assert all(0 <= sentence.start < sentence.end <= len(words) for sentence in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(texts, days)
@example("1 جمادى الآخرة", date(1924, 1, 1))  # before the tables of the Hijri calendar begin
@example("1 جمادى الآخرة", date(2077, 12, 1))
@example("1 يناير من العام المقبل", date(9999, 12, 31))
def test_dates_are_days_within_the_text_and_do_not_end_before_they_begin(body: str, today: date) -> None:
    words = list(tokens(body))
    for mention in find_dates(words, today):
        assert 0 <= mention.start < mention.end <= max(len(words), len(body))
        if mention.starts is not None and mention.ends is not None:
            assert mention.starts <= mention.ends


@given(texts, texts, st.none() | st.datetimes(timezones=st.timezones()))
def test_a_day_of_publication_stands_in_the_text(title: str, body: str, fetched: object) -> None:
    found = infer_published(title, body, fetched)  # type: ignore[arg-type]
    if found is not None and found[1] is not None:
        assert body[found[1].start : found[1].end] == found[1].text


@given(texts, arabic)
def test_whatever_is_read_stands_in_the_body(body: str, title: str) -> None:
    reading = read_body(body, title, knowledge(), load_speaker_tables())
    size = len(reading.tokens)
    for utterance in reading.utterances:
        for start, end in (utterance.cue, utterance.content):
            assert 0 <= start <= end <= size
        assert utterance.speakers
        start, end = reading.characters(*utterance.content)
        assert 0 <= start < end <= len(body)
    for mention in (*reading.mentions, *reading.places):
        assert 0 <= mention.start < mention.end <= size


@cache
def bodies() -> tuple[str, ...]:
    return tuple(json.loads(entry.value)["body"] for entry in read_feed(seeds()))


@given(st.data())
def test_an_article_that_breaks_off_or_lost_a_piece_is_read(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(bodies()))
    places = sorted(data.draw(st.lists(st.integers(0, len(body)), min_size=3, max_size=3)))
    piece = body[places[0] : places[1]] + body[places[2] : places[2] + 200]
    reading = read_body(piece, "", knowledge(), load_speaker_tables())
    assert all(0 <= utterance.content[0] < utterance.content[1] for utterance in reading.utterances)
