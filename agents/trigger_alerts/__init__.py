"""What is worth waking somebody for, once, with its reason; and a reason for every silence.

Reads signals, statements and talks; emits an `Alert`, or, where the thing was told before, the earlier alert with a
higher `revision`: corroboration, which wakes nobody. Two journals are remembered: the alerts, and the hostile
signals, from which the usual range of each pair of parties is read. All times are event times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard

from agents.stage import Draft, Journal, Memory, Outcome
from agents.trigger_alerts import surge
from agents.trigger_alerts.signals import on_signal
from agents.trigger_alerts.statements import on_statement
from agents.trigger_alerts.talks import on_talk
from agents.trigger_alerts.told import Told, fold, once
from schemas import Alert, Novelty, Passed, Record, Signal, Silence, Statement, Talk, Watchlist, content_id

__all__ = [
    "AlertMemory",
    "Knowledge",
    "State",
    "alert_memory",
    "decide",
    "record_id",
    "trigger_alerts",
    "trigger_alerts_together",
]


class Knowledge(Protocol):
    """What this stage has to know of the world."""

    @property
    def watchlist(self) -> Watchlist: ...


class AlertMemory(Memory[Told, Alert]):
    """What all workers remember: the alerts, and (in `signals`) the hostile signals."""

    def __init__(self, alerts: Journal[Alert], signals: Journal[Signal], watchlist: Watchlist) -> None:
        super().__init__(alerts, Told, fold)
        self.signals = Memory(
            signals, surge.History, lambda history, signal: surge.remember(history, signal, watchlist)
        )

    def forget(self) -> None:
        super().forget()
        self.signals.forget()


@dataclass(frozen=True, slots=True)
class State:
    """All that a decision looks at beside its record."""

    told: Told
    history: surge.History


def alert_memory(alerts: Journal[Alert], signals: Journal[Signal], lexicon: Knowledge) -> AlertMemory:
    """The memory of this stage over its two journals."""
    return AlertMemory(alerts, signals, lexicon.watchlist)


async def trigger_alerts(record: Signal | Statement | Talk, memory: AlertMemory, lexicon: Knowledge) -> Outcome:
    """Alert, corroborate or stay silent. A record that comes again gets the answer that it got before."""
    if _weighs(record, lexicon):
        await memory.signals.decide_once(*_signal(record), read_first=False)
    return await memory.decide_once(*_question(record, memory.signals.state, lexicon), _alert, read_first=False)


async def trigger_alerts_together(
    records: Sequence[Signal | Statement | Talk], memory: AlertMemory, lexicon: Knowledge
) -> list[Outcome]:
    """The same for several records in order, all of which is appended at once."""
    for _ in range(2):
        told, history = Draft(memory, Told.copy), Draft(memory.signals, surge.History.copy)
        outcomes = []
        for record in records:
            if _weighs(record, lexicon):
                history.decide(*_signal(record))
            outcomes.append(told.decide(*_question(record, history.state, lexicon), _alert))
        if await told.append(history):
            return outcomes
        await memory.catch_up()  # another worker has told something meanwhile, if none of it was answered before
        await memory.signals.catch_up()
    return [await trigger_alerts(record, memory, lexicon) for record in records]


def _question(
    record: Signal | Statement | Talk, history: surge.History, lexicon: Knowledge
) -> tuple[str, Callable[[Told], Outcome]]:
    before = history if _weighs(record, lexicon) else surge.History()
    return record_id(record), lambda told: decide(record, State(told, before), lexicon)


def _signal(
    signal: Signal,
) -> tuple[str, Callable[[surge.History], Outcome], Callable[[Record], Signal | None]]:
    return (
        signal.signal_id,
        lambda _: Outcome(records=(signal,)),
        lambda entry: entry if isinstance(entry, Signal) else None,
    )


def _weighs(record: Record, lexicon: Knowledge) -> TypeGuard[Signal]:
    """Whether the history of signals changes with a record, and what becomes of it rests on that history."""
    return (
        isinstance(record, Signal) and surge.weight_of(record) > 0 and bool(surge.pairs_of(record, lexicon.watchlist))
    )


def _alert(record: Record) -> Alert | None:
    return record if isinstance(record, Alert) else None


def record_id(record: Signal | Statement | Talk) -> str:
    """The id under which a record is decided on; that of a talk's record comes from its contents."""
    match record:
        case Signal():
            return record.signal_id
        case Statement():
            return record.statement_id
        case Talk():
            return content_id("talk", record.model_dump_json(exclude={"appended_at"}))


def decide(record: Signal | Statement | Talk, state: State, lexicon: Knowledge) -> Outcome:
    """What to send for one record: new alerts and corroborations of earlier ones, and the reasons."""
    records: list[Record] = []
    passed: list[Passed] = []
    for verdict in _verdicts(record, state, lexicon.watchlist):
        if isinstance(verdict, Passed):
            passed.append(verdict)
            continue
        alert = once(verdict, state.told)
        records.append(alert)
        reason = _attached(record) if alert.revision else alert.reason
        passed.append(Passed(taken=not alert.revision, reason=reason, record_id=alert.alert_id))
    return Outcome(records=tuple(records), passed=tuple(passed))


def _verdicts(record: Signal | Statement | Talk, state: State, watchlist: Watchlist) -> Iterator[Alert | Passed]:
    match record:
        case Signal():
            return on_signal(record, state.told, state.history, watchlist)
        case Statement():
            return on_statement(record, state.told, watchlist)
        case Talk():
            return on_talk(record, state.told, watchlist)


def _attached(record: Signal | Statement | Talk) -> Silence:
    is_repeat = isinstance(record, Statement) and record.novelty is Novelty.REPEAT
    return Silence.REPEAT if is_repeat else Silence.CORROBORATION
