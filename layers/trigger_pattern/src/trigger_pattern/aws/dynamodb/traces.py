"""The traces that commands leave, read from both tables with one request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.waiting import Trace
from trigger_pattern.aws.dynamodb.commit_item import read_stored
from trigger_pattern.aws.dynamodb.outcomes import read_outcome
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class DynamoDbTraces:
    """Implements the port `Traces`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    events_table: str
    outcomes_table: str

    def find(self, aggregate_id: str, version: int, command_id: str) -> Trace:
        """Read with one BatchGetItem: two read units, also if nothing is found.

        DynamoDB may leave a key unprocessed. If that is the commit's, the outcome does not count: a commit beats it.
        """
        commit_key = {self.resource.id: {"S": aggregate_id}, "version": {"N": str(version)}}
        answer = self.client.batch_get_item(
            RequestItems={
                self.events_table: {"Keys": [commit_key], "ConsistentRead": True},
                self.outcomes_table: {"Keys": [{"commandId": {"S": command_id}}], "ConsistentRead": True},
            }
        )
        if self.events_table in answer["UnprocessedKeys"]:
            return Trace()
        commit, outcome = (_only(answer["Responses"].get(name)) for name in (self.events_table, self.outcomes_table))
        return Trace(commit and read_stored(self.resource, commit), outcome and read_outcome(self.resource, outcome))


def _only(items: list[Any] | None) -> Any:  # noqa: ANN401 - an item, or None
    return items[0] if items else None
