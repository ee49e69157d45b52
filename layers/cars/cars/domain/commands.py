"""Commands: what clients ask for, with nothing but the API's representation; the intent is still implicit."""

from dataclasses import dataclass
from typing import TypeAlias

from cars.domain.representation import Representation
from cars.domain.values import CarId


@dataclass(frozen=True)
class CreateCar:
    """POST: register this car under a new id."""

    car_id: CarId
    representation: Representation


@dataclass(frozen=True)
class UpdateCar:
    """PUT: the car is to be as represented."""

    car_id: CarId
    representation: Representation


@dataclass(frozen=True)
class PatchCar:
    """PATCH: the fields represented are to be so (JSON Merge Patch, RFC 7396); the others stay as they are."""

    car_id: CarId
    representation: Representation


@dataclass(frozen=True)
class DeleteCar:
    """DELETE: the car is to leave the registry."""

    car_id: CarId


CarCommand: TypeAlias = CreateCar | UpdateCar | PatchCar | DeleteCar
