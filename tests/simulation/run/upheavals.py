"""What operators and time do in the middle of a run."""

from collections.abc import Callable

from tests.simulation.run.chance import one_of
from tests.simulation.run.fleet import NEXT_QUEUE
from tests.simulation.run.past_the_api import send_past_the_api
from tests.simulation.run.stage import Stage
from tests.simulation.run.unreadable import put_unreadable
from tests.simulation.run.weather import Upheaval
from tests.simulation.world import settings
from tests.simulation.world.stream import RETENTION_SECONDS

LONGEST = 8 * 86_400.0
"""Seconds that a run may last before it comes to its end: no message gets old enough to be forgotten."""
ALMOST_TOO_MANY = settings.MAX_RECEIVES - settings.SPARE_RECEIVES - 1
STREAM_KEEPS = RETENTION_SECONDS - 3000.0
"""Seconds for which a record of the stream is sure to be there, also while a run comes to its end."""


class Upheavals:
    """Does what comes over a run."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._start = stage.world.clock.now
        self._sent = 0
        self._do: dict[Upheaval, Callable[[], object]] = {
            Upheaval.MINUTES: lambda: self._pass(360.0),
            Upheaval.HOURS: lambda: self._pass(one_of(stage.world.dice, "hours", (1.0, 7.0, 22.5, 30.0)) * 3600.0),
            Upheaval.REDRIVE: self._redrive,
            Upheaval.NEW_QUEUE: self._replace_queue,
            Upheaval.DEPLOYMENT: lambda: stage.fleet.deploy(stage.world, 0.4),
            Upheaval.STUCK: self._get_stuck,
            Upheaval.TRIED_FOR_DAYS: self._try_for_days,
            Upheaval.PAST_THE_API: self._send_past_the_api,
            Upheaval.COPIED: self._copy,
            Upheaval.COPIED_ACROSS: self._copy_across,
            Upheaval.UNREADABLE: self._put_unreadable,
        }

    def come(self, upheaval: Upheaval) -> None:
        """Let it come."""
        self._do[upheaval]()

    def _pass(self, seconds: float) -> None:
        """Let time pass, but not so much that the stream forgets what a reader was never given."""
        clock, readers = self.stage.world.clock, (self.stage.world.broadcaster, self.stage.world.projector)
        waiting = [since for reader in readers if (since := reader.waits_since()) is not None]
        latest = min([self._start + LONGEST, *(since + STREAM_KEEPS for since in waiting)])
        clock.advance_to(min(clock.now + seconds, latest))

    def _redrive(self) -> None:
        self.stage.world.commands_dlq.redrive_to(self.stage.world.commands)

    def _replace_queue(self) -> None:
        world = self.stage.world
        if len(self.stage.mappings) == 1:
            world.replace_commands_queue(NEXT_QUEUE)
            self.stage.mappings.append(world.commands_mapping)
        self.stage.fleet.send_to_next_queue(entirely=False)

    def _copy_across(self) -> None:
        """Have an operator copy to the new queue what waits in the old one, which still delivers its own."""
        for mapping in self.stage.mappings[:-1]:
            for message in mapping.queue.messages:
                self.stage.books.copied_across.add(message.deduplication_id)
                self.stage.world.commands.send(message.body, message.group, message.deduplication_id)

    def _get_stuck(self) -> None:
        if self.stage.car_ids and not self.stage.faults.stuck:
            self.stage.faults.stuck.add(one_of(self.stage.world.dice, "stuck car", self.stage.car_ids))

    def _try_for_days(self) -> None:
        """Have the messages of stuck cars been received so often that from now on the handler sets them aside."""
        for queue in self.stage.world.queues.values():
            for message in queue.messages:
                if queue.max_receives and message.group in self.stage.faults.stuck:
                    message.receives = max(message.receives, ALMOST_TOO_MANY)

    def _send_past_the_api(self) -> None:
        if self.stage.car_ids:
            self._sent += 1
            car_id = one_of(self.stage.world.dice, "car past the API", self.stage.car_ids)
            self.stage.note(f"past the API: {self._faulty_for(car_id)}")

    def _faulty_for(self, car_id: str) -> str:
        stage = self.stage
        return send_past_the_api(stage.world, stage.books, stage.subject.faulty, car_id, self._sent)

    def _put_unreadable(self) -> None:
        car_id, kind = put_unreadable(self.stage.world, self.stage.subject.unreadable)
        self.stage.truth.unreadable.add(car_id)
        self.stage.note(f"unreadable: {kind}, {car_id}")

    def _copy(self) -> None:
        """Put a command that was delivered on the queue once more, as nobody's retry: without its deduplication id."""
        if commands := list(self.stage.books.commands.values()):
            command = one_of(self.stage.world.dice, "command to copy", commands)
            self._sent += 1
            self.stage.world.commands.send(command.body, command.car_id, f"copy-{self._sent}")
