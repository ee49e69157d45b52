"""The traces that commands leave, read from both tables with one request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.dynamodb.commit_item import read_stored
from cars.adapters.dynamodb.outcomes import read_outcome
from cars.application.waiting import Trace

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class DynamoDbTraces:
    """Implements the port `Traces`. DynamoDB's faults are raised as botocore gives them."""

    client: "DynamoDBClient"
    events_table: str
    outcomes_table: str

    def find(self, car_id: str, version: int, command_id: str) -> Trace:
        """Read with one BatchGetItem: two read units, also if nothing is there.

        DynamoDB may leave a key unprocessed. A commit beats an outcome, so without the commit's there is no answer.
        """
        commit_key = {"carId": {"S": car_id}, "version": {"N": str(version)}}
        answer = self.client.batch_get_item(
            RequestItems={
                self.events_table: {"Keys": [commit_key], "ConsistentRead": True},
                self.outcomes_table: {"Keys": [{"commandId": {"S": command_id}}], "ConsistentRead": True},
            }
        )
        if self.events_table in answer["UnprocessedKeys"]:
            return Trace()
        commit, outcome = (_only(answer["Responses"].get(name)) for name in (self.events_table, self.outcomes_table))
        return Trace(commit and read_stored(commit), outcome and read_outcome(outcome))


def _only(items: list[Any] | None) -> Any:  # noqa: ANN401 - an item, or None
    return items[0] if items else None
