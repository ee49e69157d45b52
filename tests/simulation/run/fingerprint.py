"""The fold of a run: everything that was stored, set aside, heard and answered, as one hash."""

import json
from hashlib import blake2b

from tests.simulation.run.stage import Stage


def fingerprint(stage: Stage) -> str:
    """Hash a run. The same seed gives the same on every machine and in every process."""
    world = stage.world
    everything = {
        "tables": {name: table.items() for name, table in world.tables.items()},
        "queues": {queue.name: [message.body for message in queue.messages] for queue in world.queues.values()},
        "heard": stage.follower.subscriber.heard,
        "answers": stage.books.log,
        "time": world.clock.milliseconds,
    }
    return blake2b(json.dumps(everything, sort_keys=True).encode(), digest_size=16).hexdigest()
