"""Handle a command from the queue, and keep the outcome of one that leaves no commit."""

from dataclasses import dataclass

from cars.application.outcomes import OutcomeRecorder
from cars.domain.commands import CarCommand
from cars.domain.root import CarEvent, CarState, CarTrigger
from trigger_pattern import Command, CommandHandler, Delivery, Duplicate, Outcome, Refused, Unchanged


@dataclass(frozen=True)
class CarCommandHandler:
    """The trigger pattern's command handler for cars."""

    handler: CommandHandler[CarState, CarEvent, CarTrigger, CarCommand]
    outcomes: OutcomeRecorder

    def handle(self, command: Command[CarCommand], delivery: Delivery) -> Outcome:
        """Give a command its effect or keep the reasons why it has none; a success is told by its commit.

        What was decided stays, although the car, or the code, is another one when the message comes again: to see that
        costs a read, where the command may have been dealt with before.

        Raises whatever fault the event store or the outcomes raise: then the command has to be delivered again.
        """
        if self.handler.may_be_known(command, delivery) and self.outcomes.has_decided(command.command_id):
            return Duplicate()
        outcome = self.handler.handle(command, delivery)
        if isinstance(outcome, Refused):
            self.outcomes.refused(command.aggregate_id, command.command_id, outcome.reasons)
        elif isinstance(outcome, Unchanged):
            self.outcomes.unchanged(command.aggregate_id, command.command_id, outcome.version)
        return outcome
