"""Marks that cut a sentence or open a line."""

from __future__ import annotations

from typing import Final

COMMAS: Final = frozenset("،,؛;")
QUESTION: Final = frozenset("؟?")
STOPS: Final = QUESTION | frozenset(".!…")
DASHES: Final = frozenset("-–—")
COLONS: Final = frozenset(":：")
EMPHASIS: Final = frozenset("*_")  # about words that are set in bold
BULLETS: Final = DASHES | frozenset("•●▪■□▫◾◼◻◆◇♦❖○◎⚫⚪⭕🔴🔵🔹🔸🔶🔷🔺🔻🟢🟡🟠☑➖◽◾⬛⬜►▶◀◄⬅➤»›·*✔✅📌↩↪↳⤷→←⇐⇒️")
