"""A run as one hash: everything that was stored, dead-lettered, received and answered."""

import json
from hashlib import blake2b

from tests.simulation.run.harness import Harness


def fingerprint(harness: Harness) -> str:
    """Hash a run. The same seed gives the same on every machine and in every process."""
    world = harness.world
    everything = {
        "tables": {name: table.items() for name, table in world.tables.items()},
        "queues": {queue.name: [message.body for message in queue.messages] for queue in world.queues.values()},
        "heard": harness.follower.subscriber.heard,
        "answers": harness.ledger.log,
        "time": world.clock.milliseconds,
    }
    return blake2b(json.dumps(everything, sort_keys=True).encode(), digest_size=16).hexdigest()
