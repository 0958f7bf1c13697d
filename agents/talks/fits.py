"""How well sides and days fit scheduled talks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from agents.language.dates import DateMention
from schemas import ScheduledTalk

Days = tuple[date | None, date | None]

NOW: Final = timedelta(days=4)  # so near to its day a talk is one of these days
_ITS_OWN: Final = 0.3  # of how well sides fit, what is told by whether all of them are parties


def meets(days: Days, mention: DateMention) -> bool:
    starts, ends = days
    return starts is not None and ends is not None and starts <= mention.ends and mention.starts <= ends


def fit(talk: ScheduledTalk, parties: frozenset[str]) -> float:
    """How well the sides fit a talk: 1 where exactly its parties are there.

    That all who are there are its parties tells more than that others, a host or a mediator, are not there.
    """
    if not parties:
        return 0.0
    both = len(parties & set(talk.parties))
    return _ITS_OWN * both / len(parties) + (1 - _ITS_OWN) * both / len(parties | set(talk.parties))
