"""The gauges that tell what the journals hold: when talks begin, and how escalation stands between two parties.

Read from the journals that all workers share, so every worker tells the same, from its first minute on.
"""

from __future__ import annotations

from datetime import UTC, datetime
from datetime import time as time_of_day

from agents.stage import Journal, Memory
from agents.trigger_alerts.surge import History, index_of, remember
from schemas import Signal, Talk, Watchlist
from streams.metrics import Metrics


class Gauges:
    """Call `update` now and then. Escalation is that at the latest event time, not at the clock's."""

    def __init__(self, metrics: Metrics, talks: Journal[Talk], signals: Journal[Signal], watchlist: Watchlist) -> None:
        self._metrics = metrics
        self._talks: Memory[dict[str, Talk], Talk] = Memory(talks, dict, _keep_last)
        self._signals: Memory[History, Signal] = Memory(
            signals, lambda: History(directed=True), lambda history, signal: remember(history, signal, watchlist)
        )

    def forget(self) -> None:
        """The store was rebuilt."""
        self._talks.forget()
        self._signals.forget()

    async def update(self) -> None:
        """Set the gauges. Raises the journals' errors."""
        for talk in (await self._talks.catch_up()).values():
            if talk.talk_id in self._metrics.talks and talk.starts is not None:
                midnight = datetime.combine(talk.starts, time_of_day.min, UTC)
                self._metrics.talk_starts.labels(talk.talk_id).set(midnight.timestamp())
        history = await self._signals.catch_up()
        latest = max((weights[-1].time for weights in history.pairs.values() if weights), default=None)
        for pair in history.pairs:
            if latest is not None and self._metrics.parties.issuperset(pair):
                self._metrics.escalation.labels(*pair).set(index_of(history, pair, latest))


def _keep_last(talks: dict[str, Talk], talk: Talk) -> None:
    talks[talk.talk_id] = talk
