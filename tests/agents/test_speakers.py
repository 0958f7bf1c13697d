"""Who says what, by sentences: each row of speech.yaml is read as it says there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.tables import read_table
from agents.reading import Reading, read_body
from agents.speakers import SpeakerTables, Voices, load_speaker_tables
from tests.agents.speech_watchlist import WATCHLIST

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("speech.yaml").read_text(encoding="utf-8"))
CASES = [(kind, row["text"], row["said"]) for kind, rows in TABLE["cases"].items() for row in rows]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(WATCHLIST)


@pytest.fixture(scope="module")
def tables() -> SpeakerTables:
    return load_speaker_tables()


def names(voices: Voices) -> str:
    return " + ".join(voice.actor_id or voice.name for voice in voices)


def said(reading: Reading) -> list[str]:
    rows = []
    for utterance in reading.utterances:
        start, end = reading.characters(*utterance.content)
        tellers = f"{names(utterance.chain)} > " if utterance.chain else ""
        quoted = " quoted" if utterance.quoted else ""
        rows.append(f"{tellers}{names(utterance.speakers)} {utterance.kind}{quoted}: {reading.body[start:end]}")
    return rows


@pytest.mark.parametrize(("kind", "text", "expected"), CASES, ids=[f"{kind}-{text}" for kind, text, _ in CASES])
def test_a_text_says(kind: str, text: str, expected: list[str], lexicon: Lexicon, tables: SpeakerTables) -> None:
    assert said(read_body(f"{TABLE['scene']} {text}", "", lexicon, tables)) == expected


def test_no_text_stands_in_the_table_twice() -> None:
    texts = [text for _, text, _ in CASES]
    assert len(set(texts)) == len(texts) > 60


@pytest.mark.parametrize(
    ("text", "speaker", "party"),
    [
        ("قال مسؤول جزائري إن الوفد وصل.", "مسؤول جزائري", "algeria"),
        ("قال رمطان لعمامرة إن الوفد وصل.", "رمطان لعمامرة", "algeria"),
        ("قال السفير المغربي عمر هلال إن الوفد وصل.", "السفير المغربي عمر هلال", "morocco"),
        ("قال خبير مغربي إن الوفد وصل.", "خبير مغربي", None),
        ("قال ناطق باسم البوليساريو إن الوفد وصل.", "ناطق باسم البوليساريو", "front"),
        ("وفقا لوسائل إعلام جزائرية، فإن الوفد وصل أمس.", "وسائل إعلام جزائرية", None),
        ("وطبقا لخبير مغربي، فإن الوفد وصل أمس.", "خبير مغربي", None),
        ("وفقا للرئيس الجزائري، فإن الوفد وصل أمس.", "الرئيس الجزائري", "algeria"),
        ("وفقا للعمامرة، فإن الوفد وصل أمس.", "لعمامرة", "algeria"),
        ("وفقا للجنة دولية، فإن الوفد وصل أمس.", "لجنة دولية", None),
        ("وبحسب لعمامرة، فإن الوفد وصل أمس.", "لعمامرة", "algeria"),
        ("وصل الوفد أمس، بحسب لجنة المتابعة.", "لجنة المتابعة", None),
        ("وصل الوفد أمس، نقلا عن لواء جزائري متقاعد.", "لواء جزائري متقاعد", None),
    ],
)
def test_a_speaker_has_a_name_as_it_is_written_and_a_side(
    text: str, speaker: str, party: str | None, lexicon: Lexicon, tables: SpeakerTables
) -> None:
    (utterance,) = read_body(f"{TABLE['scene']} {text}", "", lexicon, tables).utterances
    assert [(voice.name, voice.party) for voice in utterance.speakers] == [(speaker, party)]


def test_every_row_of_the_table_has_words_and_no_word_twice() -> None:
    for name, words in read_table("speakers").items():
        assert words, name
        assert len(set(words)) == len(words), name
