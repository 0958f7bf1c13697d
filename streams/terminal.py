"""Alerts for people at a terminal, in English and Arabic."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from schemas import Alert, Evidence, Severity

COLOURS: Final = {Severity.INFO: "cyan", Severity.WARNING: "yellow", Severity.CRITICAL: "bold red"}
MARKS: Final = {"en": "\u200e", "ar": "\u200f"}  # a line's direction is its language's, whatever name it begins with
SHOWN: Final = 3  # pieces of evidence
LONGEST: Final = 300  # characters of one of them


def show_alert(alert: Alert) -> RenderableType:
    """One alert: what, when and how grave, why, and the words of the articles."""
    colour = COLOURS[alert.severity]
    head = Text()
    head.append(f" {alert.severity.upper()} ", style=f"reverse {colour}")
    head.append(f" {alert.kind.replace('_', ' ')}", style=colour)
    if alert.revision:
        head.append(f"  again, revision {alert.revision}", style="dim")
    if alert.event_time is not None:
        head.append(f"  {alert.event_time:%Y-%m-%d %H:%M %Z}", style="dim")
    lines = [head]
    lines += [
        Text(f"  {MARKS[language]}{_headline(alert, language)}") for language in MARKS if alert.summary.get(language)
    ]
    lines += [line for evidence in alert.evidence[:SHOWN] for line in _evidence(evidence)]
    origins = "1 independent source" if alert.origins == 1 else f"{alert.origins} independent sources"
    facts = [plain(alert.reason), origins, *(["about " + plain(", ".join(alert.talks))] if alert.talks else [])]
    lines.append(Text("  " + " · ".join([*facts, alert.alert_id]), style="dim"))
    return Group(*lines, Text())


def _headline(alert: Alert, language: str) -> str:
    """The sentence without the words that it quotes: they stand right below, once for both languages."""
    sentence = plain(alert.summary[language])
    return sentence.partition(": «")[0] if alert.evidence else sentence


def _evidence(evidence: Evidence) -> Iterator[Text]:
    words = plain(evidence.span.text)
    yield Text("  « " + (words if len(words) <= LONGEST else words[:LONGEST] + " …") + " »", style="italic")
    yield Text(
        "    " + plain(" · ".join(filter(None, [evidence.source, evidence.article_id, evidence.url]))), style="dim"
    )


def plain(text: str) -> str:
    """Text of a stranger on one line, without what a terminal would obey or what turns the writing direction."""
    words = " ".join(text.split())
    return "".join(character for character in words if unicodedata.category(character) not in ("Cc", "Cf", "Cs"))
