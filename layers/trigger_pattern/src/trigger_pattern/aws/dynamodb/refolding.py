"""The fold of a commit whose snapshot another fold made."""

from dataclasses import dataclass

from trigger_pattern.application.commits import CannotFold, DecodedCommit
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.definition.life import Root, State
from trigger_pattern.kernel import state_after


@dataclass(frozen=True)
class Refolder:
    """Folds the commits before and including one, back to the nearest snapshot of this fold."""

    root: Root
    store: DynamoDbEventStore

    def __call__(self, commit: DecodedCommit) -> State:
        """Return the state. Raises CannotFold, DynamoDB's faults, and UnknownEvent if newer code wrote an event."""
        older = self.store.up_to(commit.aggregate_id, commit.version - 1)
        try:
            return state_after(self.root, commit, older)
        except CorruptItem as corrupt:
            raise CannotFold(f"an earlier commit is corrupt: {corrupt}") from None
        except ValueError as impossible:
            raise CannotFold(str(impossible)) from None
