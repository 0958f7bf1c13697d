"""The gauges that tell what the ledger and the signals hold: when talks begin, how escalation stands between parties.

Signals are read from the journal that all workers share, so every worker tells the same, from its first minute on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from datetime import time as time_of_day

from agents.stage import Journal, Memory
from agents.trigger_alerts.surge import History, index_of, remember
from schemas import Signal, Talk, Watchlist
from streams.metrics import Metrics


class Gauges:
    """Call `update` now and then. Escalation is that at the latest event time, not at the clock's."""

    def __init__(
        self, metrics: Metrics, talk: Callable[[str], Talk | None], signals: Journal[Signal], watchlist: Watchlist
    ) -> None:
        """`talk`: the ledger's last record of talks, by their id."""
        self._metrics = metrics
        self._talk = talk
        self._signals: Memory[History, Signal] = Memory(
            signals, lambda: History(directed=True), lambda history, signal: remember(history, signal, watchlist)
        )

    def forget(self) -> None:
        """The store was rebuilt."""
        self._signals.forget()

    async def update(self) -> None:
        """Set the gauges. Raises the journal's errors."""
        for talk_id in self._metrics.talks:
            talk = self._talk(talk_id)
            if talk is not None and talk.starts is not None:
                midnight = datetime.combine(talk.starts, time_of_day.min, UTC)
                self._metrics.talk_starts.labels(talk_id).set(midnight.timestamp())
        history = await self._signals.catch_up()
        latest = max((weights[-1].time for weights in history.pairs.values() if weights), default=None)
        for pair in history.pairs:
            if latest is not None and self._metrics.parties.issuperset(pair):
                self._metrics.escalation.labels(*pair).set(index_of(history, pair, latest))
