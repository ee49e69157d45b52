"""A car as clients see it, in fields of primitive types: how they become a car, and a car becomes them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from cars.domain import refusals
from cars.domain.car import Car
from cars.domain.reading import InvalidValue, read_id, read_mileage, read_vin, read_year, reader_of
from cars.domain.values import CarId, CarType, Color, Condition, Make, Model
from trigger_pattern import Refusal, Refused

Representation: TypeAlias = Mapping[str, object]
"""The fields of READERS, as JSON gives them."""

IMMUTABLE = ("year", "make", "model", "vin")
"""What nobody can change after a car was registered."""

MAX_REASONS = 20
"""More would not help a client, and thousands could not be kept."""

READERS: Mapping[str, Callable[[object], Any]] = {
    "year": read_year,
    "make": reader_of(Make),
    "model": reader_of(Model),
    "vin": read_vin,
    "color": reader_of(Color),
    "mileage": read_mileage,
    "owner": read_id,
    "condition": reader_of(Condition),
}


def read_car(car_id: CarId, representation: Representation) -> Car | Refused:
    """Read a whole car; refused with a reason for every field that is missing, unknown or not of its type."""
    values, reasons = _read_fields(representation, READERS.keys())
    if not car_id.int:
        reasons.append(refusals.NIL_CAR_ID)
    if "make" in values and "model" in values:
        car_type = _car_type(values.pop("make"), values.pop("model"))
        if isinstance(car_type, CarType):
            values["car_type"] = car_type
        else:
            reasons.append(car_type)
    return _refused(reasons) if reasons else Car(car_id, **values)


def read_changes(representation: Representation) -> dict[str, Any] | Refused:
    """Read the fields to change, by the names that `Car` has for them; refused for any that cannot change."""
    given = {name: value for name, value in representation.items() if name not in IMMUTABLE}
    values, reasons = _read_fields(given, given.keys() & READERS.keys())
    reasons += [refusals.immutable_field(name) for name in IMMUTABLE if name in representation]
    return _refused(reasons) if reasons else values


def represent_changes(changes: Mapping[str, Any]) -> dict[str, str | int]:
    """Return fields to change, as `read_changes` reads them, in canonical spelling."""
    return {name: value if isinstance(value, int) else str(value) for name, value in changes.items()}


def represent(car: Car) -> dict[str, str | int]:
    """Give a car's representation, in canonical spelling."""
    return {
        "year": car.year,
        "make": car.car_type.make.value,
        "model": car.car_type.model.value,
        "vin": car.vin,
        "color": car.color.value,
        "mileage": car.mileage,
        "owner": str(car.owner),
        "condition": car.condition.value,
    }


def _read_fields(representation: Representation, names: Collection[str]) -> tuple[dict[str, Any], list[Refusal]]:
    values: dict[str, Any] = {}
    reasons = [refusals.unknown_field(name) for name in representation if name not in READERS]
    for name in (name for name in READERS if name in names):
        if name not in representation:
            reasons.append(refusals.missing_value(name))
            continue
        try:
            values[name] = READERS[name](representation[name])
        except InvalidValue as invalid:
            reasons.append(refusals.invalid_value(name, str(invalid)))
    return values, reasons


def _refused(reasons: list[Refusal]) -> Refused:
    """Refuse for as many reasons as help a client, and say how many more there are."""
    if len(reasons) <= MAX_REASONS:
        return Refused(tuple(reasons))
    shown = MAX_REASONS - 1
    return Refused((*reasons[:shown], refusals.and_more(len(reasons) - shown)))


def _car_type(make: Make, model: Model) -> CarType | Refusal:
    of_make = [car_type for car_type in CarType if car_type.make is make]
    found = (car_type for car_type in of_make if car_type.model is model)
    return next(found, None) or refusals.not_a_model(make, of_make)
