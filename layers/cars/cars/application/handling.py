"""Handle a command from the queue, and keep the outcome of one that leaves no commit."""

from dataclasses import dataclass

from cars.application.outcomes import OutcomeRecorder
from cars.domain.commands import CarCommand
from cars.domain.root import CarEvent, CarState, CarTrigger
from trigger_pattern import Command, CommandHandler, Delivery, Outcome, Refused, Unchanged


@dataclass(frozen=True)
class CarCommandHandler:
    """The trigger pattern's command handler for cars."""

    handler: CommandHandler[CarState, CarEvent, CarTrigger, CarCommand]
    outcomes: OutcomeRecorder

    def handle(self, command: Command[CarCommand], delivery: Delivery) -> Outcome:
        """Return what became of a command, and record the outcome of one that leaves no commit.

        Raises the event store's and the outcomes' faults: then the command has to be delivered again.
        """
        outcome = self.handler.handle(command, delivery)
        if isinstance(outcome, Refused):
            self.outcomes.refused(command.aggregate_id, command.command_id, outcome.reasons)
        elif isinstance(outcome, Unchanged):
            self.outcomes.unchanged(command.aggregate_id, command.command_id, outcome.version)
        return outcome
