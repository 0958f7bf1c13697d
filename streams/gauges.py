"""The gauges that tell what the ledger and the signals hold: when talks begin, how escalation stands between parties.

Signals are read from the journal that all workers share, so every worker tells the same, from its first minute on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from agents.stage import Journal, Memory
from agents.trigger_alerts.surge import History, index_of, remember
from schemas import Signal, Watchlist
from streams.metrics import Metrics


class Gauges:
    """Call `update` now and then. Escalation is that at the latest event time, not at the clock's."""

    def __init__(
        self, metrics: Metrics, starts: Callable[[str], date | None], signals: Journal[Signal], watchlist: Watchlist
    ) -> None:
        """`starts`: the day on which talks begin, by their id, None where nobody can tell."""
        self._metrics = metrics
        self._starts = starts
        self._signals: Memory[History, Signal] = Memory(
            signals, lambda: History(directed=True), lambda history, signal: remember(history, signal, watchlist)
        )

    def forget(self) -> None:
        """The store was rebuilt."""
        self._signals.forget()

    async def update(self) -> None:
        """Set the gauges. Raises the journal's errors."""
        days = {talk_id: self._starts(talk_id) for talk_id in self._metrics.talks}
        self._metrics.set_talk_starts({talk_id: day for talk_id, day in days.items() if day is not None})
        history = await self._signals.catch_up()
        latest = max((weights[-1].time for weights in history.pairs.values() if weights), default=None)
        for pair in history.pairs:
            if latest is not None and self._metrics.parties.issuperset(pair):
                self._metrics.escalation.labels(*pair).set(index_of(history, pair, latest))
