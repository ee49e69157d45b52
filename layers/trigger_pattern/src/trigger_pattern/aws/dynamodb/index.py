"""The view's indexes: each question is one Query of one of them, and one BatchGetItem of the resources on the page.

An index has keys alone, unless its list is `whole`. It follows its table within moments, so that a resource that no
longer fits the question may be in it still; such a one is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.listing import Listed, Page, Place, Question
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.view_keys import ViewKeys, joined, sort_key, value_of
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class _Range:
    """The range of an index that answers a question, in order: a partition, and a prefix of the sort key."""

    keys: ViewKeys
    partition: str
    prefix: str = ""

    def has(self, item: Mapping[str, Any]) -> bool:
        """Return whether an item of the view is in it."""
        partition, sort = item.get(self.keys.partition), item.get(self.keys.sort, "")
        return partition == self.partition and str(sort).startswith(self.prefix)


@dataclass(frozen=True)
class DynamoDbIndex:
    """Implements the port `Index`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        """Read one page, and one more key, which shows whether there are more pages."""
        within = self._range(question)
        found = self._query(within, limit + 1, after)
        on_page = found[:limit]
        listed = map(self._listed, on_page if within.keys.whole else self._fitting(within, on_page))
        return Page(tuple(listed), self._place(within, on_page[-1], question) if len(found) > limit else None)

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

    def _fitting(self, within: _Range, keys: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Yield the resources as they now are, in this order, without those that no longer fit."""
        ids = [key[self.resource.id] for key in keys]
        items = {item[self.resource.id]: item for item in self._items(ids)}
        yield from (items[each] for each in ids if each in items and within.has(items[each]))

    def _items(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        keys = [{self.resource.id: {"S": each}} for each in ids]
        left: Any = {self.table: {"Keys": keys}} if keys else {}
        while left:  # DynamoDB processes some keys at each time, or raises
            answer = self.client.batch_get_item(RequestItems=left)
            yield from map(read_item, answer["Responses"].get(self.table, ()))
            left = answer["UnprocessedKeys"]

    def _listed(self, item: Mapping[str, Any]) -> Listed:
        """Read an item; one of older code may lack a field until the view is rebuilt."""
        representation = {name: item[name] for name in self.resource.members if name in item}
        return Listed(item[self.resource.id], item["version"], representation)

    def _place(self, within: _Range, key: Mapping[str, Any], question: Question) -> Place:
        its_id = key[self.resource.id]
        return Place(its_id, value_of(key[within.keys.sort], its_id) if question.order else None)
