"""Handle a command from the queue, and record its outcome if it leaves no commit."""

from dataclasses import dataclass

from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.definition.life import State
from trigger_pattern.definition.requests import Request
from trigger_pattern.kernel import Command, CommandHandler, Delivery, Outcome, Refused, Unchanged


@dataclass(frozen=True)
class RecordingHandler:
    """The trigger pattern's command handler, which also records outcomes."""

    handler: CommandHandler[State, object, object, Request]
    outcomes: OutcomeRecorder

    def handle(self, command: Command[Request], delivery: Delivery) -> Outcome:
        """Return the outcome of a command, and record it if the command leaves no commit.

        Raises the faults of the event store and of the outcomes: then the command must be delivered again.
        """
        outcome = self.handler.handle(command, delivery)
        if isinstance(outcome, Refused):
            self.outcomes.refused(command.aggregate_id, command.command_id, outcome)
        elif isinstance(outcome, Unchanged):
            self.outcomes.unchanged(command.aggregate_id, command.command_id, outcome.version)
        return outcome
