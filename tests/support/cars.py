"""Cars to tell stories about: the article's example, and given / when / then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from resources.cars import CARS, Car, Color, Condition, Created, Make, Model, OwnerId, Vin
from trigger_pattern.definition.life import State, root_of
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.requests import (
    CreateRequest,
    DeleteRequest,
    PatchRequest,
    Request,
    UpdateRequest,
    build_triggers,
)
from trigger_pattern.kernel import Context, Executed, Refused, execute

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CAR_ID = "01a206e7-d420-7708-b4e8-81bbfc74de67"
OWNER = OwnerId(UUID("ad4181f8-c33f-4e81-9d9e-0896188d73f0"))
ANOTHER_OWNER = OwnerId(UUID("5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11"))

EXAMPLE = Car(
    year=2009,
    make=Make.BMW,
    model=Model.M3,
    vin=Vin("2G4GM5ER4E9225618"),
    color=Color.BLACK,
    mileage=14_320,
    owner=OWNER,
    condition=Condition.GOOD,
)
"""The article's example car."""

ROOT = root_of(CARS)
CONTEXT = Context(CAR_ID, NOW, "somebody")


def car_created(**changes: Any) -> Created:
    """Say that the example car was created, with some fields different."""
    return Created(replace(EXAMPLE, **changes))


def representation(**changes: Any) -> dict[str, Any]:
    """Represent the example car, with some fields different; None leaves a field out."""
    fields = {**represent(CARS, EXAMPLE), **changes}
    return {name: value for name, value in fields.items() if value is not None}


def other_color(car: Mapping[str, Any]) -> str:
    """Name a color that a represented car does not have."""
    return next(color for color in ("red", "white") if color != car["color"])


def post(**changes: Any) -> CreateRequest:
    return CreateRequest(CAR_ID, representation(**changes))


def put(**changes: Any) -> UpdateRequest:
    return UpdateRequest(CAR_ID, representation(**changes))


def patch(**changes: Any) -> PatchRequest:
    return PatchRequest(CAR_ID, changes)


def delete() -> DeleteRequest:
    return DeleteRequest(CAR_ID)


@dataclass(frozen=True)
class Given:
    events: tuple[object, ...]

    def when(self, command: Request) -> "When":
        state = ROOT.fold(self.events)
        triggers = build_triggers(CARS, command, state)
        return When(triggers if isinstance(triggers, Refused) else execute(ROOT, state, triggers, CONTEXT))


@dataclass(frozen=True)
class When:
    result: Executed[State, object] | Refused

    def then(self, *events: object) -> None:
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


def given(*events: object) -> Given:
    return Given(events)
