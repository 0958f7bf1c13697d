"""An alert at a terminal is readable in both languages, and its text is only text."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

from rich.console import Console

from schemas import Alert, AlertKind, Evidence, Severity, Span
from streams.delivery import Filter
from streams.terminal import plain, show_alert


def alert(**fields: Any) -> Alert:
    given = {
        "alert_id": "alert-1",
        "kind": "new_statement",
        "severity": "warning",
        "reason": "new",
        "summary": {"en": "Putin on the talks", "ar": "تصريح من بوتين"},
        "article_ids": ("a1",),
        "evidence": (Evidence(article_id="a1", source="alaraby", span=Span(start=0, end=5, text="نص آخر")),),
        "talks": ("talk-1",),
        "event_time": datetime(2022, 1, 1, 9, tzinfo=UTC),
    }
    return Alert(**{**given, **fields})


def shown(alert: Alert) -> str:
    output = StringIO()
    Console(file=output, width=200, force_terminal=False).print(show_alert(alert))
    return output.getvalue()


def test_everything_that_a_reader_needs_is_there() -> None:
    text = shown(alert())
    for part in ("WARNING", "new statement", "2022-01-01 09:00 UTC", "Putin on the talks", "تصريح من بوتين", "نص آخر"):
        assert part in text
    for part in ("alaraby", "a1", "1 independent source", "about talk-1", "alert-1"):
        assert part in text


def test_words_that_the_sentences_of_both_languages_quote_are_told_once() -> None:
    text = shown(alert(summary={"en": "Putin on the talks: «نص آخر»", "ar": "تصريح من بوتين: «نص آخر»"}))
    assert text.count("نص آخر") == 1
    assert "Putin on the talks\n" in text
    assert "تصريح من بوتين\n" in text


def test_a_long_quotation_that_its_sentence_cuts_short_is_told_once() -> None:
    words = " ".join(f"كلمة{number}" for number in range(30))
    evidence = (Evidence(article_id="a1", span=Span(start=0, end=len(words), text=words)),)
    text = shown(alert(summary={"en": f"Putin: «{words[:80]}…»", "ar": f"بوتين: «{words[:80]}…»"}, evidence=evidence))
    assert text.count("كلمة0 ") == text.count("كلمة29") == 1


def test_a_sentence_that_rests_on_no_evidence_keeps_its_words() -> None:
    assert shown(alert(summary={"ar": "قال: «نص آخر»"}, evidence=())).count("نص آخر") == 1


def test_a_line_runs_as_its_language_does_whatever_it_begins_with() -> None:
    text = shown(alert(summary={"en": "يوري أوشاكوف on the talks", "ar": "CNN عن المحادثات"}))
    assert "\n  \u200eيوري أوشاكوف on the talks" in text
    assert "\n  \u200fCNN عن المحادثات" in text


def test_text_of_strangers_cannot_command_the_terminal_nor_turn_its_direction() -> None:
    assert plain("a\x1b[31mb\u202ec\u2066d\ne\ud800") == "a[31mbcd e"
    assert "[bold]" in shown(alert(summary={"en": "[bold]x[/bold]"}))


def test_the_filters_choose() -> None:
    assert Filter().matches(alert())
    assert Filter(kinds=frozenset([AlertKind.NEW_STATEMENT])).matches(alert())
    assert not Filter(kinds=frozenset([AlertKind.SURGE])).matches(alert())
    assert Filter(talks=frozenset(["talk-2", "talk-1"])).matches(alert())
    assert not Filter(talks=frozenset(["talk-2"])).matches(alert())
    assert Filter(min_severity=Severity.WARNING).matches(alert())
    assert Filter(min_severity=Severity.INFO).matches(alert())
    assert not Filter(min_severity=Severity.CRITICAL).matches(alert())
