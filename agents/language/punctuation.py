"""Marks that cut a sentence."""

from __future__ import annotations

from typing import Final

COMMAS: Final = frozenset("،,؛;")
STOPS: Final = frozenset(".!؟?…")
DASHES: Final = frozenset("-–—")
COLONS: Final = frozenset(":：")
