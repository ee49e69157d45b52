"""The cars of newer code: they may be yellow.

So `Created` and `ColorChanged` have a newer schema, and the fold has another number.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias, cast

from resources import cars
from resources.cars import CARS, Car, ConditionChanged, MileageChanged, OwnerChanged, Trigger
from trigger_pattern import Context, Refused
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.resource import AnyResource


class NewerColor(StrEnum):
    """Today's colors, and yellow."""

    RED = "red"
    WHITE = "white"
    BLUE = "blue"
    BLACK = "black"
    YELLOW = "yellow"


@dataclass(frozen=True)
class NewerCar(Car):
    """A car that may be yellow."""

    color: NewerColor  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleVariableOverride]


@dataclass(frozen=True)
class ColorChanged:
    """The car has another color, maybe yellow."""

    color: NewerColor


Event: TypeAlias = ColorChanged | MileageChanged | OwnerChanged | ConditionChanged


def apply(car: NewerCar, event: Event) -> NewerCar:
    """Return the car after an event."""
    if isinstance(event, ColorChanged):
        return replace(car, color=event.color)
    return cast("NewerCar", cars.apply(car, event))


def fire(car: NewerCar, trigger: Trigger, context: Context) -> Event | Refused:
    """Return the event that a trigger causes, or why it causes none."""
    event = cars.fire(car, trigger, context)
    return ColorChanged(NewerColor(event.color)) if isinstance(event, cars.ColorChanged) else event


def keep(data: dict[str, Json]) -> dict[str, Json]:
    """Lift an event to its newer schema: each of today's colors still is one."""
    return data


_UPCASTERS: Final = {name: (*CARS.upcasters.get(name, ()), keep) for name in ("Created", "ColorChanged")}

NEWER_CARS: Final = replace(
    cast("AnyResource", CARS),
    of=NewerCar,
    fire=fire,
    apply=apply,
    fold_version=CARS.fold_version + 1,
    upcasters={**CARS.upcasters, **_UPCASTERS},
)
