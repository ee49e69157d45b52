"""What operators and time do in the middle of a run."""

from collections.abc import Callable
from enum import StrEnum

from tests.simulation.run.chance import one_of
from tests.simulation.run.harness import Harness
from tests.simulation.run.instances import NEXT_QUEUE
from tests.simulation.run.past_the_api import send_past_the_api
from tests.simulation.run.unreadable import put_unreadable
from tests.simulation.world import settings
from tests.simulation.world.stream import RETENTION_SECONDS

LONGEST = 8 * 86_400.0
"""Seconds that a run may last before it ends: no message reaches its retention period."""
ALMOST_TOO_MANY = settings.MAX_RECEIVES - settings.SPARE_RECEIVES - 1
STREAM_KEEPS = RETENTION_SECONDS - 3000.0
"""Seconds for which a record of the stream is kept, also while a run ends."""


class Disruption(StrEnum):
    """What may happen between two steps. The values name the dice's draws, so they decide the runs."""

    MINUTES = "six minutes pass"
    HOURS = "hours pass"
    REDRIVE = "dead letters are redriven"
    NEW_QUEUE = "the commands queue is replaced"
    DEPLOYMENT = "a deployment goes on"
    STUCK = "a car is stuck from now on"
    TRIED_FOR_DAYS = "two days of tries are over"
    PAST_THE_API = "a message comes past the API"
    COPIED_ACROSS = "waiting messages are copied to the new commands queue"
    COPIED = "a message is put on the queue once more"
    UNREADABLE = "an unreadable commit is put into the events table"


class Disruptions:
    """Runs the disruptions of one run."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self._start = harness.world.clock.now
        self._sent = 0
        self._do: dict[Disruption, Callable[[], object]] = {
            Disruption.MINUTES: lambda: self._pass(360.0),
            Disruption.HOURS: lambda: self._pass(one_of(harness.world.dice, "hours", (1.0, 7.0, 22.5, 30.0)) * 3600.0),
            Disruption.REDRIVE: self._redrive,
            Disruption.NEW_QUEUE: self._replace_queue,
            Disruption.DEPLOYMENT: lambda: harness.instances.deploy(harness.world, 0.4),
            Disruption.STUCK: self._get_stuck,
            Disruption.TRIED_FOR_DAYS: self._try_for_days,
            Disruption.PAST_THE_API: self._send_past_the_api,
            Disruption.COPIED: self._copy,
            Disruption.COPIED_ACROSS: self._copy_across,
            Disruption.UNREADABLE: self._put_unreadable,
        }

    def apply(self, disruption: Disruption) -> None:
        """Make one disruption happen."""
        self._do[disruption]()

    def _pass(self, seconds: float) -> None:
        """Advance the clock, but not past the retention of a record that a reader has not received."""
        clock, readers = self.harness.world.clock, (self.harness.world.broadcaster, self.harness.world.projector)
        waiting = [since for reader in readers if (since := reader.waits_since()) is not None]
        latest = min([self._start + LONGEST, *(since + STREAM_KEEPS for since in waiting)])
        clock.advance_to(min(clock.now + seconds, latest))

    def _redrive(self) -> None:
        self.harness.world.commands_dlq.redrive_to(self.harness.world.commands)

    def _replace_queue(self) -> None:
        world = self.harness.world
        if len(self.harness.mappings) == 1:
            world.replace_commands_queue(NEXT_QUEUE)
            self.harness.mappings.append(world.commands_mapping)
        self.harness.instances.send_to_next_queue(entirely=False)

    def _copy_across(self) -> None:
        """Copy the old queue's waiting messages to the new queue; the old one still delivers its own."""
        for mapping in self.harness.mappings[:-1]:
            for message in mapping.queue.messages:
                self.harness.ledger.copied_across.add(message.deduplication_id)
                self.harness.world.commands.send(message.body, message.group, message.deduplication_id)

    def _get_stuck(self) -> None:
        if self.harness.aggregate_ids and not self.harness.faults.stuck:
            self.harness.faults.stuck.add(one_of(self.harness.world.dice, "stuck car", self.harness.aggregate_ids))

    def _try_for_days(self) -> None:
        """Raise the receive counts of stuck aggregates' messages, so that the handler dead-letters them next."""
        for queue in self.harness.world.queues.values():
            for message in queue.messages:
                if queue.max_receives and message.group in self.harness.faults.stuck:
                    message.receives = max(message.receives, ALMOST_TOO_MANY)

    def _send_past_the_api(self) -> None:
        if self.harness.aggregate_ids:
            self._sent += 1
            aggregate_id = one_of(self.harness.world.dice, "car past the API", self.harness.aggregate_ids)
            self.harness.note(f"past the API: {self._faulty_for(aggregate_id)}")

    def _faulty_for(self, aggregate_id: str) -> str:
        harness = self.harness
        return send_past_the_api(harness.world, harness.ledger, harness.subject.faulty, aggregate_id, self._sent)

    def _put_unreadable(self) -> None:
        aggregate_id, kind = put_unreadable(self.harness.world, self.harness.subject.unreadable)
        self.harness.histories.unreadable.add(aggregate_id)
        self.harness.note(f"unreadable: {kind}, {aggregate_id}")

    def _copy(self) -> None:
        """Send a delivered command again, with another deduplication id."""
        if commands := list(self.harness.ledger.commands.values()):
            command = one_of(self.harness.world.dice, "command to copy", commands)
            self._sent += 1
            self.harness.world.commands.send(command.body, command.aggregate_id, f"copy-{self._sent}")
