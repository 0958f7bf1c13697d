"""Faust's Kafka transport, with the one thing that it does not let us set: how long a fetch may wait for records.

Kafka answers a fetch as soon as there is something; Tansu looks once and then sleeps for the whole of that time.
"""

from __future__ import annotations

from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver


def use_fetch_wait(app: faust.App, seconds: float) -> None:
    """Give the app a transport whose consumer lets a fetch wait for at most so long. Before the app starts."""

    class ConsumerThread(driver.AIOKafkaConsumerThread):
        def _create_worker_consumer(self, transport: Any) -> Any:
            consumer = super()._create_worker_consumer(transport)
            consumer._fetch_max_wait_ms = int(seconds * 1000)
            return consumer

    class Consumer(driver.Consumer):
        def _new_consumer_thread(self) -> ConsumerThread:
            return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    class Transport(driver.Transport):
        pass

    Transport.Consumer = Consumer
    app.transport = Transport(app.conf.broker_consumer, app)
