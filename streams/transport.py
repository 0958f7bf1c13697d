"""Faust's Kafka transport, with three things that it does not let us set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

import faust
from faust.transport.drivers import aiokafka as driver

QUIET: Final = 5  # looks, a hundredth of a second apart, after which nothing more is on its way to a stage


def use_transport(app: faust.App, fetch_wait: float, in_flight: Callable[[], bool], *, idempotent: bool) -> None:
    """Give the app our transport. Before it starts.

    `fetch_wait` (seconds) is how long a fetch may wait for records: Kafka answers as soon as there is something, Tansu
    looks once and then sleeps for the whole of that time.

    `in_flight` says whether a stage has records in hand that it has not acknowledged. Faust's own idea of that counts
    every message that somebody still refers to. Where several agents read one topic, one that was taken by the
    quicker agents and cleared from the slower one's buffer is such a message for ever, and the worker would neither
    stop nor let a rebalance happen.

    `idempotent`: the producer numbers what it sends, so that a broker whose answer was lost does not append it again.
    Tansu refuses that.
    """

    class ConsumerThread(driver.AIOKafkaConsumerThread):
        def _create_worker_consumer(self, transport: Any) -> Any:
            consumer = super()._create_worker_consumer(transport)
            consumer._fetch_max_wait_ms = int(fetch_wait * 1000)
            return consumer

    class Consumer(driver.Consumer):
        def _new_consumer_thread(self) -> ConsumerThread:
            return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

        async def wait_empty(self) -> None:
            quiet = 0
            while not self.should_stop and quiet < QUIET:
                if in_flight():
                    quiet = 0
                    await self.commit()
                    await self._wait_for_ack(timeout=1)
                else:  # the stream may have taken a record that the stage has not been given yet
                    quiet += 1
                    await asyncio.sleep(0.01)
            await self.commit_and_end_transactions()

    class Producer(driver.Producer):
        def _settings_extra(self) -> Mapping[str, Any]:
            return {"enable_idempotence": True} if idempotent else {}

    class Transport(driver.Transport):
        pass

    Transport.Consumer = Consumer
    Transport.Producer = Producer
    app.transport = Transport(app.conf.broker_consumer, app)
