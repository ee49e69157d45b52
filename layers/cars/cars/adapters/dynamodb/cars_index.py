"""The cars view's indexes: each question is one Query of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never
from uuid import UUID

from cars.adapters.dynamodb.attributes import read_item
from cars.adapters.dynamodb.cars_view import make_model, sort_key
from cars.application.listing import (
    CarsOfModel,
    CarsOfModelInColor,
    CarsOfModelInCondition,
    CarsOfOwner,
    CarsWithVin,
    ListedCar,
    Page,
    Place,
    Question,
)
from cars.domain.representation import READERS
from cars.domain.values import CarId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class _Range:
    """Where a question's cars lie, in order: in a partition of an index, where the sort key begins with `prefix`."""

    index: str
    partition: str
    value: str
    sort: str = "carId"
    prefix: str = ""


def _range(question: Question) -> _Range:
    match question:
        case CarsOfOwner(owner):
            return _Range("byOwner", "owner", str(owner))
        case CarsWithVin(vin):
            return _Range("byVin", "vin", vin)
        case CarsOfModel(make, model):
            return _Range("byModelColor", "makeModel", make_model(make, model), "colorCarId")
        case CarsOfModelInColor(make, model, color):
            return _Range("byModelColor", "makeModel", make_model(make, model), "colorCarId", sort_key(color))
        case CarsOfModelInCondition(make, model, condition):
            partition = make_model(make, model)
            return _Range("byModelCondition", "makeModel", partition, "conditionCarId", sort_key(condition))
        case _:
            assert_never(question)


@dataclass(frozen=True)
class DynamoDbCarsIndex:
    """Implements the port `CarsIndex`. DynamoDB's faults are raised as botocore gives them."""

    client: "DynamoDBClient"
    table: str

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        """Read one page, and one car more, to know whether there are more."""
        found = self._query(_range(question), limit + 1, after)
        cars = tuple(map(_listed_car, found[:limit]))
        more = len(found) > limit
        return Page(cars, _place(cars[-1], question) if more else None)

    def _query(self, within: _Range, limit: int, after: Place | None) -> list[dict[str, Any]]:
        condition, names, values = "#partition = :partition", {"#partition": within.partition}, {}
        if within.prefix:
            condition += " AND begins_with(#sort, :prefix)"
            names, values = {**names, "#sort": within.sort}, {":prefix": {"S": within.prefix}}
        start = {"ExclusiveStartKey": _start_key(within, after)} if after else {}
        answer: Any = self.client.query(
            TableName=self.table,
            IndexName=within.index,
            Limit=limit,
            KeyConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={":partition": {"S": within.value}, **values},
            **start,
        )
        return [read_item(item) for item in answer["Items"]]


def _start_key(within: _Range, after: Place) -> Any:  # noqa: ANN401 - as botocore wants it
    """Build the key to start after; of a place, nothing but its own part of the sort key is taken."""
    prefix = sort_key(after.color) if after.color else within.prefix
    key = {within.partition: within.value, within.sort: f"{prefix}{after.car_id}", "carId": str(after.car_id)}
    return {name: {"S": value} for name, value in key.items()}


def _listed_car(item: Mapping[str, Any]) -> ListedCar:
    """Read an item; one that older code wrote may lack a field, until the view is rebuilt."""
    return ListedCar(item["carId"], item["version"], {name: item[name] for name in READERS if name in item})


def _place(car: ListedCar, question: Question) -> Place:
    color = str(car.representation["color"]) if isinstance(question, CarsOfModel) else None
    return Place(CarId(UUID(car.car_id)), color)
