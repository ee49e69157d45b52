"""Every no of the domain. The codes are part of the API: clients decide by them."""

import json
from collections.abc import Iterable

from cars.domain.values import CarType, Make
from trigger_pattern import Refusal, Refused

CAR_ALREADY_EXISTS = Refused.because("car-already-exists", "A car with this id is already registered.")
CAR_NOT_FOUND = Refused.because("car-not-found", "No car with this id was ever registered.")
CAR_DELETED = Refused.because("car-deleted", "This car was deleted, and its id is never used again.")
NEGATIVE_MILEAGE = Refusal("negative-mileage", "The mileage cannot be below zero.", "/mileage")

MAX_NAME = 40
"""In characters of a name that a client made up, and twice as many bytes of JSON: some characters take twelve."""

NIL_CAR_ID = Refusal("invalid-value", "Expected a UUID other than the nil UUID.", "/carId")


def invalid_year(car_type: CarType, latest: int) -> Refusal:
    """A year in which this car was not built."""
    name = f"{car_type.make} {car_type.model}"
    return Refusal("invalid-year", f"A {name} has a year from {car_type.first_year} to {latest}.", "/year")


def mileage_not_greater(current: int) -> Refused:
    """Mileage never goes down."""
    return Refused.because("mileage-not-greater", f"The mileage must be greater than {current}.", "/mileage")


def immutable_field(name: str) -> Refusal:
    """A field that no one can change after the car was registered."""
    return Refusal("immutable-field", f"The {name} of a registered car cannot change.", f"/{name}")


def invalid_value(name: str, expected: str) -> Refusal:
    """A field of a representation that is not of its data type."""
    return Refusal("invalid-value", f"Expected {expected}.", f"/{name}")


def missing_value(name: str) -> Refusal:
    """A field that a whole representation must have."""
    return Refusal("missing-value", "A value is required.", f"/{name}")


def and_more(count: int) -> Refusal:
    """Reasons that are not listed."""
    return Refusal("and-more", f"{count} more values are not valid.")


def unknown_field(name: str) -> Refusal:
    """A field that no car has."""
    return Refusal("unknown-field", "A car has no such field.", pointer_to(name))


def pointer_to(name: str) -> str:
    """Return a JSON Pointer (RFC 6901) to a member; its name is cut to MAX_NAME, since a client may send any name."""
    shown = name[:MAX_NAME]
    while len(json.dumps(_escaped(shown))) > 2 * MAX_NAME + len('""'):
        shown = shown[:-1]
    return f"/{_escaped(shown)}"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def not_a_model(make: Make, models: Iterable[CarType]) -> Refusal:
    """A model of another make."""
    names = ", ".join(car_type.model for car_type in models)
    return invalid_value("model", f"a model of {make}: {names}")
