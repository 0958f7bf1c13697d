"""Each alert once: a ledger of what was sent to the topics of alerts, so that a second delivery sends nothing again.

An alert is reserved in the store before it is sent and marked as sent when the broker has confirmed it. Who finds it
reserved by somebody who has not marked it (who was killed or cut off in between, or is only slow) looks whether it
stands on its topic. After the store was lost, the ledger is filled from the topics.

What is left: a worker that is stopped between reserving and sending for longer than its session, and then goes on,
sends what another one has sent meanwhile. The id of the CloudEvent tells, and our own subscribers pass it over.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Final

from streams.history import history
from streams.process import Received, Sending
from streams.records import CORROBORATIONS, UnreadableError, decode, identify
from streams.settings import Settings
from streams.stores import Store

ONCE: Final = frozenset({"alerts", CORROBORATIONS})
LAST: Final = 5000  # records of each partition among which a doubtful one is looked for: who doubts, doubts soon
PAGE: Final = 500
_SENT: Final = "sent"

# What stood there before, for each key: nothing where it is reserved for us from now on.
_RESERVE: Final = """
if ARGV[1] ~= '' and redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('STALE epoch') end
local found = {}
for i = 2, #KEYS do
  found[i - 1] = redis.call('GET', KEYS[i]) or ''
  if found[i - 1] == '' then redis.call('SET', KEYS[i], ARGV[2], 'EX', ARGV[3]) end
end
return found
"""

Look = Callable[[Iterable[str]], Awaitable[frozenset[str]]]  # what stands on these topics, each as `topic:id`


class SentLedger:
    """The ledger in the store. `look` says what stands on the topics. Raises the errors of both."""

    def __init__(self, store: Store, settings: Settings, look: Look | None = None) -> None:
        self._store = store
        self._seconds = settings.answer_hours * 3600
        self._look = look or (lambda topics: ids_on(settings, topics))
        self._reserve = store.redis.register_script(_RESERVE)

    async def begin(self, sending: Sequence[Sending]) -> set[int]:
        """Reserve what is to be sent once; the `id()` of those that were sent before.

        Raises StoreLostError where the store was emptied since its epoch was read: it knows nothing of what was sent.
        """
        firsts: dict[str, Sending] = {}
        sent = set()
        for one in sending:
            if one.topic in ONCE and firsts.setdefault(_name(one), one) is not one:
                sent.add(id(one))  # the same again within the batch
        if not firsts:
            return set()
        once = list(firsts.values())
        keys = [self._store.epoch_key, *(self._key(one) for one in once)]
        arguments: list[str | int] = [self._store.epoch or "", secrets.token_hex(8), self._seconds]
        with self._store.telling_loss():
            states = await self._reserve(keys=keys, args=arguments)
        sent |= {id(one) for one, state in zip(once, states, strict=True) if state == _SENT.encode()}
        doubtful = [one for one, state in zip(once, states, strict=True) if state not in (b"", _SENT.encode())]
        if doubtful:
            there = await self._look({one.topic for one in doubtful})
            sent |= {id(one) for one in doubtful if _name(one) in there}
        return sent

    async def done(self, sending: Sequence[Sending]) -> None:
        """Mark as sent what the broker has confirmed."""
        await self._mark([self._key(one) for one in sending if one.topic in ONCE])

    async def fill(self, settings: Settings) -> int:
        """Mark what the topics hold from the time in which a record may be delivered again; how many."""
        fresh = time.time() - self._seconds
        names = await _names(received async for received in history(settings, *ONCE) if received.timestamp >= fresh)
        for start in range(0, len(names), PAGE):
            await self._mark([self._store.key("sent", name) for name in names[start : start + PAGE]])
        return len(names)

    async def _mark(self, keys: Sequence[str]) -> None:
        if keys:
            pipeline = self._store.redis.pipeline(transaction=False)
            for key in keys:
                pipeline.set(key, _SENT, ex=self._seconds)
            await pipeline.execute()

    def _key(self, one: Sending) -> str:
        return self._store.key("sent", _name(one))


async def ids_on(settings: Settings, topics: Iterable[str]) -> frozenset[str]:
    """The last records of the topics, each as `topic:id`. Raises KafkaError."""
    return frozenset(await _names(history(settings, *topics, last=LAST)))


async def _names(records: AsyncIterator[Received]) -> list[str]:
    names = []
    async for received in records:
        try:
            names.append(f"{received.topic}:{identify(decode(received.topic, received.value))}")
        except UnreadableError:
            continue  # somebody else's
    return names


def _name(one: Sending) -> str:
    return f"{one.topic}:{identify(one.record)}"
