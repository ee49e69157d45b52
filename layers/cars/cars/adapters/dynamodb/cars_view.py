"""The cars view, in a DynamoDB table keyed by car id, with an index for each way of asking.

A deleted car keeps its item, with its version and no index's keys: so no index lists it, and nothing that is put late,
by a redelivery or a rebuild, can bring it back.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.dynamodb.attributes import write_item
from cars.application.projecting import CarAt
from cars.domain.car import Car
from cars.domain.representation import represent
from cars.domain.values import CarId, Make, Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

UNLESS_NEWER = "attribute_not_exists(carId) OR version <= :version"
"""An equal version is written again: it is the same car, but perhaps in the form that older code gave it."""


@dataclass(frozen=True)
class DynamoDbCarsView:
    """Implements the port `CarsView`. DynamoDB's faults are raised as botocore gives them."""

    client: "DynamoDBClient"
    table: str

    def put(self, car: CarAt) -> bool:
        """Write a car with one conditional PutItem."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=view_item(car),
                ConditionExpression=UNLESS_NEWER,
                ExpressionAttributeValues={":version": {"N": str(car.version)}},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def view_item(car: CarAt) -> dict[str, Any]:
    """Write a car as an item of the view."""
    listed = {"deleted": True} if car.car is None else _listed(car.car)
    return write_item({"carId": car.car_id, "version": car.version, **listed})


def _listed(car: Car) -> dict[str, str | int]:
    """Give a car's representation, and the keys of the indexes that are not in it."""
    return {
        **represent(car),
        "makeModel": make_model(car.car_type.make, car.car_type.model),
        "colorCarId": sort_key(car.color, car.car_id),
        "conditionCarId": sort_key(car.condition, car.car_id),
    }


def make_model(make: Make, model: Model) -> str:
    """Write the partition of a model's cars: `BMW#M3`."""
    return f"{make}#{model}"


def sort_key(value: str, car_id: CarId | None = None) -> str:
    """Write a car's place among its model's, by color or condition; without an id, what such keys begin with."""
    return f"{value}#{car_id or ''}"
