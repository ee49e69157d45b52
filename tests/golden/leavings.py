"""What a step left in the tables and the queues, read from AWS in memory."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.aws import Aws
from tests.support.template import properties

ATTRIBUTES = {"MessageGroupId": "group", "MessageDeduplicationId": "deduplicationId"}


@dataclass
class Table:
    """A table, and its items as far as they are recorded, each under the text of its key."""

    aws: Aws
    name: str
    _known: dict[str, Any] = field(default_factory=dict[str, Any])

    def new_items(self, puts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return of the items that were put those that the table has now and did not have so before."""
        new: dict[str, Any] = {}
        for item in puts:
            key = self._key(item)
            stored = self.aws.dynamodb.get_item(TableName=self.name, Key=key).get("Item")
            if stored != self._known.get(str(key)):
                self._known[str(key)] = new[str(key)] = stored
        return [in_order(item) for item in new.values()]

    def is_recorded(self) -> bool:
        """Return whether every item of the table is known, as it is: whatever operation wrote it."""
        found: list[Any] = list(self.aws.dynamodb.scan(TableName=self.name)["Items"])
        return {str(self._key(item)): item for item in found} == self._known

    def _key(self, item: Mapping[str, Any]) -> dict[str, Any]:
        names = (part["AttributeName"] for part in properties(self.name)["KeySchema"])
        return {name: item[name] for name in names}


def in_order(value: Any) -> Any:
    """Return a value of JSON with the names of its members in order: DynamoDB and SNS keep none."""
    return json.loads(json.dumps(value, sort_keys=True))


def sent(messages: Iterable[Any]) -> list[dict[str, Any]]:
    """Return of messages what their sender wrote."""
    return [_sent(message) for message in messages]


def _sent(message: Any) -> dict[str, Any]:
    given = {name: message["Attributes"][key] for key, name in ATTRIBUTES.items() if key in message["Attributes"]}
    attributes = message.get("MessageAttributes")
    return {"body": message["Body"], **given, **({"attributes": in_order(attributes)} if attributes else {})}
