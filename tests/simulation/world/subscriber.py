"""A subscriber: reads its queue, and may be too slow to delete what it read, so that it comes again."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.world.dice import Dice
from tests.simulation.world.queue import ExpiredReceipt, Queue


@dataclass
class Subscriber:
    """Takes events as they come, and keeps everything it heard in that order, repetitions too.

    `lapses` is how often the visibility of a batch lapses, and nothing of it is deleted any more from some message on;
    `lost_deletes` how often one message is not deleted, though those behind it are.
    """

    queue: Queue
    dice: Dice
    lapses: float = 0.0
    lost_deletes: float = 0.0
    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def take(self) -> int:
        """Read one batch; give how many messages it held."""
        messages, lapsed = self.queue.receive(), False
        for message in messages:
            self.heard.append(json.loads(message.body))
            lapsed = lapsed or self.dice.chance("visibility lapsed at a subscriber", self.lapses)
            if not lapsed and not self.dice.chance("lost delete of a subscriber", self.lost_deletes):
                with suppress(ExpiredReceipt):
                    self.queue.delete(message.receipt)
        return len(messages)

    def versions(self, car_id: str) -> list[int]:
        """Return the received versions of a car, in order of arrival."""
        return [event["carversion"] for event in self.heard if event["subject"] == car_id]
