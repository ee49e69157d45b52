"""Answer questions about many cars: the questions that the cars view is made for, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from cars.domain.values import CarId, Color, Condition, Make, Model, OwnerId, Vin


@dataclass(frozen=True)
class CarsOfOwner:
    """Which cars this owner has."""

    owner: OwnerId


@dataclass(frozen=True)
class CarsWithVin:
    """Which car has this VIN: more than one, where it was registered more than once."""

    vin: Vin


@dataclass(frozen=True)
class CarsOfModel:
    """Which cars are of this model, ordered by color."""

    make: Make
    model: Model


@dataclass(frozen=True)
class CarsOfModelInColor:
    """Which cars of this model have this color."""

    make: Make
    model: Model
    color: Color


@dataclass(frozen=True)
class CarsOfModelInCondition:
    """Which cars of this model are in this condition."""

    make: Make
    model: Model
    condition: Condition


Question: TypeAlias = CarsOfOwner | CarsWithVin | CarsOfModel | CarsOfModelInColor | CarsOfModelInCondition

_QUESTIONS: tuple[type[Question], ...] = (
    CarsOfOwner,
    CarsWithVin,
    CarsOfModel,
    CarsOfModelInColor,
    CarsOfModelInCondition,
)

SERVED: dict[tuple[str, ...], type[Question]] = {tuple(asked.__dataclass_fields__): asked for asked in _QUESTIONS}
"""The questions by the filters that ask them."""


def question_of(filters: Mapping[str, Any]) -> Question | None:
    """Make the question that filters ask, each of its field's type; None where no index serves their combination."""
    asked = next((question for names, question in SERVED.items() if set(names) == set(filters)), None)
    return asked(**filters) if asked else None


@dataclass(frozen=True)
class ListedCar:
    """A car in a list: its representation as of a version."""

    car_id: str
    version: int
    representation: Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """The place of a car in an answer's order; `color` is given for `CarsOfModel` alone, which is ordered by it.

    It is a text, since newer code may have listed a car of a color that this code does not know.
    """

    car_id: CarId
    color: str | None = None


@dataclass(frozen=True)
class Page:
    """Some cars of an answer, and the place of the last of them, where more follow it."""

    cars: tuple[ListedCar, ...]
    last: Place | None


class CarsIndex(Protocol):
    """The cars view, read. It follows the events within moments; deleted cars are in no answer."""

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        """Give at most `limit` cars that follow `after`, with one request."""
        ...
