"""A DynamoDB table, as the adapters use one.

Conditional writes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
Query, its order, limit and pages: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
Reads that may be stale: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import gt, lt
from typing import Any, TypeAlias

from botocore.exceptions import ClientError

from tests.simulation.world.clock import Clock
from tests.simulation.world.dice import Dice
from tests.simulation.world.expressions import Comparable, Condition, Item, NotModelled, comparable, conditions
from tests.simulation.world.faults import error_response

Key: TypeAlias = tuple[Comparable, ...]
Changed: TypeAlias = Callable[[str, Item], None]
"""Told of each change: `INSERT` or `MODIFY`, and the item as it is now."""

PAGE_BYTES = 1_000_000
"""A Query's page ends where its items reach 1 MB."""
TTL_LATENESS = 48 * 3600.0
"""Expired items are deleted within some two days:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html"""
STALE_RATE = 0.2
STALE_SECONDS = 1.0
"""Consistency across all copies is usually reached within a second or less."""


class ConditionalCheckFailedException(ClientError):
    """What botocore's DynamoDB client has under this name in `client.exceptions`."""


@dataclass(frozen=True)
class KeySchema:
    """A table's key, or an index's: the partition key and, where there is one, the sort key."""

    partition: str
    sort: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes' names, the partition key first."""
        return (self.partition, self.sort) if self.sort else (self.partition,)

    def of(self, item: Item) -> Key:
        """Return the sort key of an item's key."""
        return tuple(comparable(item[name]) for name in self.names)


@dataclass(frozen=True)
class _Version:
    """An item as it was from a moment on; `gone_at` is when TTL takes it."""

    since: float
    item: Item
    size: int
    gone_at: float


@dataclass
class Table:
    """One table. Every version of every item is kept, so that a read can be stale."""

    name: str
    key: KeySchema
    clock: Clock
    dice: Dice
    indexes: Mapping[str, KeySchema] = field(default_factory=dict[str, KeySchema])
    ttl: str = ""
    changed: Changed = lambda _name, _item: None
    page_bytes: int = PAGE_BYTES
    _partitions: dict[Comparable, dict[Key, list[_Version]]] = field(
        default_factory=dict[Comparable, dict[Key, list[_Version]]]
    )

    def put_item(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Write an item where its condition holds; else raise, and tell the item it met where that was asked for."""
        text = json.dumps(parameters["Item"])
        item: Item = json.loads(text)
        key = self.key.of(item)
        there = self._at(key, self.clock.now)
        expression = parameters.get("ConditionExpression", "")
        if expression and not any(term.holds(there or {}) for term in conditions(expression, " OR ", parameters)):
            wanted = parameters.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
            raise _condition_failed({"Item": there} if wanted and there else {})
        version = _Version(self.clock.now, item, len(text), self._gone_at(item))
        self._partitions.setdefault(key[0], {}).setdefault(key, []).append(version)
        if item != there:
            self.changed("MODIFY" if there else "INSERT", item)
        return {}

    def get_item(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Read an item."""
        as_of = self._as_of(consistent=parameters.get("ConsistentRead", False))
        item = self._at(self.key.of(parameters["Key"]), as_of)
        return {"Item": dict(item)} if item else {}

    def get_items(self, parameters: Mapping[str, Any]) -> list[Item]:
        """Read items; those that are not there are left out."""
        if unknown := parameters.keys() - {"Keys", "ConsistentRead"}:
            raise NotModelled(f"BatchGetItem with {unknown}")
        found = (self.get_item({**parameters, "Key": key}) for key in parameters["Keys"])
        return [answer["Item"] for answer in found if answer]

    def query(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Read a page of a partition, of the table or of an index, in the order of the sort key.

        Where the page ends by its limit, it has a LastEvaluatedKey, whether or not anything follows.
        """
        schema, found = self._partition(parameters)
        descending = not parameters.get("ScanIndexForward", True)
        found.sort(key=lambda item: self._place(schema, item), reverse=descending)
        if start := parameters.get("ExclusiveStartKey"):
            after = self._place(schema, start)
            beyond = lt if descending else gt
            found = [item for item in found if beyond(self._place(schema, item), after)]
        page = found[: self._page_length(found, parameters.get("Limit", len(found) + 1))]
        keys = [self._keys(schema, item) for item in page]
        items = keys if "IndexName" in parameters else list(page)
        answer: dict[str, Any] = {"Items": items, "Count": len(page), "ScannedCount": len(page)}
        if page and (len(page) == parameters.get("Limit") or len(page) < len(found)):
            answer["LastEvaluatedKey"] = keys[-1]
        return answer

    def _keys(self, schema: KeySchema, item: Item) -> Item:
        """Return what an index has of an item, and the place in the table or in the index."""
        names = {*schema.names, *self.key.names}
        return {name: value for name, value in item.items() if name in names}

    def items(self) -> list[Item]:
        """Return every item as it is stored, for checks from outside the world."""
        return self._all(self.clock.now)

    def _partition(self, parameters: Mapping[str, Any]) -> tuple[KeySchema, list[Item]]:
        index = parameters.get("IndexName")
        schema = self.indexes[index] if index else self.key
        consistent = parameters.get("ConsistentRead", False)
        if consistent and index:
            raise _invalid("Consistent reads are not supported on global secondary indexes")
        terms = conditions(parameters["KeyConditionExpression"], " AND ", parameters)
        _check(terms, schema)
        as_of = self._as_of(consistent=consistent)
        candidates = self._all(as_of) if index else self._in(comparable(_partition_value(terms, schema)), as_of)
        listed = (item for item in candidates if all(name in item for name in schema.names))
        return schema, [item for item in listed if all(term.holds(item) for term in terms)]

    def _page_length(self, found: Iterable[Item], limit: int) -> int:
        """Count the items up to the limit, or to the one that reaches the page's size."""
        length = size = 0
        for item in found:
            if length == limit or size >= self.page_bytes:
                break
            length, size = length + 1, size + self._history(self.key.of(item))[-1].size
        return length

    def _place(self, schema: KeySchema, item: Item) -> Key:
        return schema.of(item) + self.key.of(item)

    def _as_of(self, *, consistent: bool) -> float:
        """Return the moment whose state a read shows."""
        if consistent or not self.dice.chance(f"stale read of {self.name}", STALE_RATE):
            return self.clock.now
        return self.clock.now - self.dice.between("staleness", 0, STALE_SECONDS)

    def _all(self, as_of: float) -> list[Item]:
        return [item for partition in self._partitions for item in self._in(partition, as_of)]

    def _in(self, partition: Comparable, as_of: float) -> list[Item]:
        return [item for key in self._partitions.get(partition, {}) if (item := self._at(key, as_of))]

    def _history(self, key: Key) -> list[_Version]:
        return self._partitions.get(key[0], {}).get(key, [])

    def _at(self, key: Key, as_of: float) -> Item | None:
        for version in reversed(self._history(key)):
            if version.since <= as_of:
                return version.item if version.gone_at > self.clock.now else None
        return None

    def _gone_at(self, item: Item) -> float:
        if not self.ttl or self.ttl not in item:
            return float("inf")
        return float(item[self.ttl]["N"]) + self.dice.between("lateness of TTL", 0, TTL_LATENESS)


def _check(terms: Iterable[Condition], schema: KeySchema) -> None:
    """Hold a key condition to what DynamoDB takes: the partition key by `=`, and at most one of the sort key."""
    by_name = {term.name: term.comparison for term in terms}
    if by_name.pop(schema.partition, None) != "=" or not by_name.keys() <= {schema.sort}:
        raise _invalid("Query condition missed key schema element")
    if "attribute_not_exists" in by_name.values():
        raise NotModelled("such a key condition")


def _partition_value(terms: Iterable[Condition], schema: KeySchema) -> Any:
    return next(term.value for term in terms if term.name == schema.partition)


def _invalid(message: str) -> ClientError:
    return ClientError(error_response("ValidationException", 400, message), "Query")


def _condition_failed(more: Mapping[str, Any]) -> ConditionalCheckFailedException:
    response = error_response("ConditionalCheckFailedException", 400, "The conditional request failed", **more)
    return ConditionalCheckFailedException(response, "PutItem")
