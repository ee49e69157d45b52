"""Handle a command from the queue, and keep the outcome of one that leaves no commit."""

from dataclasses import dataclass

from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.definition.life import State
from trigger_pattern.definition.requests import Request
from trigger_pattern.kernel import Command, CommandHandler, Delivery, Outcome, Refused, Unchanged


@dataclass(frozen=True)
class RecordingHandler:
    """The trigger pattern's command handler, which leaves a trace of every command."""

    handler: CommandHandler[State, object, object, Request]
    outcomes: OutcomeRecorder

    def handle(self, command: Command[Request], delivery: Delivery) -> Outcome:
        """Return what became of a command, and record the outcome of one that leaves no commit.

        Raises the event store's and the outcomes' faults: then the command has to be delivered again.
        """
        outcome = self.handler.handle(command, delivery)
        if isinstance(outcome, Refused):
            self.outcomes.refused(command.aggregate_id, command.command_id, outcome)
        elif isinstance(outcome, Unchanged):
            self.outcomes.unchanged(command.aggregate_id, command.command_id, outcome.version)
        return outcome
