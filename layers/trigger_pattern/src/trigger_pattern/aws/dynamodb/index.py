"""The view's indexes: each question is one Query of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.listing import Listed, Page, Place, Question
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.view_keys import ViewKeys, joined, sort_key
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class _Range:
    """The range of an index that answers a question, in order: a partition, and a prefix of the sort key."""

    keys: ViewKeys
    partition: str
    prefix: str = ""


@dataclass(frozen=True)
class DynamoDbIndex:
    """Implements the port `Index`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        """Read one page, and one more item, which shows whether there are more pages."""
        found = self._query(self._range(question), limit + 1, after)
        listed = tuple(map(self._listed, found[:limit]))
        more = len(found) > limit
        return Page(listed, _place(listed[-1], question) if more else None)

    def _range(self, question: Question) -> _Range:
        written = {name: self._written(name, value) for name, value in question.values.items()}
        partition = joined(written[name] for name in question.by.fields)
        then = question.by.then
        prefix = sort_key(written[then]) if then and then in written else ""
        return _Range(ViewKeys.of(self.resource, question.by), partition, prefix)

    def _written(self, name: str, value: object) -> str:
        return str(self.resource.members[name].codec.write(value))

    def _query(self, within: _Range, limit: int, after: Place | None) -> list[dict[str, Any]]:
        condition, names, values = "#partition = :partition", {"#partition": within.keys.partition}, {}
        if within.prefix:
            condition += " AND begins_with(#sort, :prefix)"
            names, values = {**names, "#sort": within.keys.sort}, {":prefix": {"S": within.prefix}}
        start = {"ExclusiveStartKey": self._start_key(within, after)} if after else {}
        answer: Any = self.client.query(
            TableName=self.table,
            IndexName=within.keys.index,
            Limit=limit,
            KeyConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={":partition": {"S": within.partition}, **values},
            **start,
        )
        return [read_item(item) for item in answer["Items"]]

    def _start_key(self, within: _Range, after: Place) -> Any:  # noqa: ANN401 - as botocore wants it
        """Return the key to start after; only its own part of the sort key comes from the place."""
        prefix = sort_key(after.order) if after.order else within.prefix
        key = {
            within.keys.partition: within.partition,
            within.keys.sort: f"{prefix}{after.aggregate_id}",
            self.resource.id: after.aggregate_id,
        }
        return {name: {"S": value} for name, value in key.items()}

    def _listed(self, item: Mapping[str, Any]) -> Listed:
        """Read an item; one of older code may lack a field until the view is rebuilt."""
        representation = {name: item[name] for name in self.resource.members if name in item}
        return Listed(item[self.resource.id], item["version"], representation)


def _place(listed: Listed, question: Question) -> Place:
    return Place(listed.aggregate_id, str(listed.representation[question.order]) if question.order else None)
