"""Cars to tell stories about: the article's example, and given / when / then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cars.domain.car import Car
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.mapping import map_command
from cars.domain.representation import represent
from cars.domain.root import CarEvent, CarState, Created, car_root
from cars.domain.values import CarId, CarType, Color, Condition, OwnerId, Vin
from trigger_pattern import Executed, Refused, execute

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CAR_ID = CarId(UUID("01a206e7-d420-7708-b4e8-81bbfc74de67"))
OWNER = OwnerId(UUID("ad4181f8-c33f-4e81-9d9e-0896188d73f0"))
ANOTHER_OWNER = OwnerId(UUID("5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11"))

EXAMPLE = Car(
    car_id=CAR_ID,
    year=2009,
    car_type=CarType.BMW_M3,
    vin=Vin("2G4GM5ER4E9225618"),
    color=Color.BLACK,
    mileage=14_320,
    owner=OWNER,
    condition=Condition.GOOD,
)
"""The article's example car."""

ROOT = car_root(lambda: NOW)


def car_created(**changes: Any) -> Created:
    """Say that the example car was created, with some fields different."""
    return Created(replace(EXAMPLE, **changes))


def representation(**changes: Any) -> dict[str, Any]:
    """Represent the example car, with some fields different; None leaves a field out."""
    fields = {**represent(EXAMPLE), **changes}
    return {name: value for name, value in fields.items() if value is not None}


def other_color(car: Mapping[str, Any]) -> str:
    """Name a color that a represented car does not have."""
    return next(color for color in ("red", "white") if color != car["color"])


def post(**changes: Any) -> CreateCar:
    return CreateCar(CAR_ID, representation(**changes))


def put(**changes: Any) -> UpdateCar:
    return UpdateCar(CAR_ID, representation(**changes))


def patch(**changes: Any) -> PatchCar:
    return PatchCar(CAR_ID, changes)


def delete() -> DeleteCar:
    return DeleteCar(CAR_ID)


@dataclass(frozen=True)
class Given:
    events: tuple[CarEvent, ...]

    def when(self, command: CarCommand) -> "When":
        state = ROOT.fold(self.events)
        triggers = map_command(command, state)
        return When(triggers if isinstance(triggers, Refused) else execute(ROOT, state, triggers))


@dataclass(frozen=True)
class When:
    result: Executed[CarState, CarEvent] | Refused

    def then(self, *events: CarEvent) -> None:
        assert isinstance(self.result, Executed), self.result
        assert self.result.events == events

    def nothing_happens(self) -> None:
        self.then()

    def refuses(self, *codes: str) -> None:
        assert [reason.code for reason in self._reasons] == list(codes)

    def refuses_fields(self, *pointers: str) -> None:
        assert [reason.pointer for reason in self._reasons] == list(pointers)

    @property
    def _reasons(self) -> tuple[Any, ...]:
        assert isinstance(self.result, Refused), self.result
        return self.result.reasons


def given(*events: CarEvent) -> Given:
    return Given(events)
