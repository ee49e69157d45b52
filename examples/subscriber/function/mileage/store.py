"""The report in DynamoDB: an item for each car, with the last version seen, and one for each owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mileage.consumer import RaceLost
from mileage.events import CarId
from mileage.report import Car, Change, OwnerId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import PutTypeDef, TransactWriteItemTypeDef

_RACES = {"None", "ConditionalCheckFailed", "TransactionConflict"}
"""The reasons for a cancelled transaction that only mean another writer."""


@dataclass(frozen=True)
class DynamoDbStore:
    """Implements the port `Store`: a car moves on together with its owners' sums, in one transaction.

    The condition on the car's version makes each event count once. Sums are increments, so cars of one owner
    need not know each other. Raises what botocore raises.
    """

    client: "DynamoDBClient"
    cars_table: str
    owners_table: str

    def car(self, car_id: CarId) -> Car:
        """Read a car, strongly consistently; version 0 if it has no item."""
        answer = self.client.get_item(TableName=self.cars_table, Key={"carId": {"S": car_id}}, ConsistentRead=True)
        return _read(car_id, answer["Item"]) if "Item" in answer else Car(car_id)

    def move(self, before: Car, after: Car, changes: Sequence[Change]) -> None:
        """Write the car and at most 99 changes in one transaction. Raises RaceLost."""
        parts = [self._put(before, after), *(self._add(change) for change in changes)]
        try:
            self.client.transact_write_items(TransactItems=parts)
        except self.client.exceptions.TransactionCanceledException as error:
            reasons: Any = error.response.get("CancellationReasons", [])
            if {reason.get("Code") for reason in reasons} <= _RACES:
                raise RaceLost from error
            raise

    def _put(self, before: Car, after: Car) -> "TransactWriteItemTypeDef":
        put: PutTypeDef = {
            "TableName": self.cars_table,
            "Item": _write(after),
            "ConditionExpression": "attribute_not_exists(carId)",
        }
        if before.version:
            put["ConditionExpression"] = "version = :seen"
            put["ExpressionAttributeValues"] = {":seen": {"N": str(before.version)}}
        return {"Put": put}

    def _add(self, change: Change) -> "TransactWriteItemTypeDef":
        return {
            "Update": {
                "TableName": self.owners_table,
                "Key": {"owner": {"S": change.owner}},
                "UpdateExpression": "ADD cars :cars, miles :miles",
                "ExpressionAttributeValues": {":cars": {"N": str(change.cars)}, ":miles": {"N": str(change.miles)}},
            }
        }


def _write(car: Car) -> dict[str, Any]:
    owner = {"owner": {"S": car.owner}} if car.owner else {}
    return {"carId": {"S": car.car_id}, "version": {"N": str(car.version)}, "mileage": {"N": str(car.mileage)}, **owner}


def _read(car_id: CarId, item: Mapping[str, Any]) -> Car:
    owner = OwnerId(item["owner"]["S"]) if "owner" in item else None
    return Car(car_id, int(item["version"]["N"]), owner, int(item["mileage"]["N"]))
