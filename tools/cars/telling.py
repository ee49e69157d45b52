"""Events and cars in words, for a person at a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from cars.domain.car import Car
from cars.domain.representation import represent
from cars.domain.root import CarState, Created, Deleted, Gone

Fields = Mapping[str, Any]

_KIND = ("year", "make", "model")


def in_words(event_type: str, data: Fields, before: Fields) -> str:
    """Say what an event changed: `color black → red`, or only `color red` where nobody knows what was before."""
    if event_type == Deleted.__name__:
        return "left the registry"
    if event_type == Created.__name__:
        return ": ".join(part for part in (_kind(data), _listed(data)) if part)
    return ", ".join(_change(name, value, before.get(name)) for name, value in data.items())


def known(state: CarState | None) -> dict[str, str | int]:
    """Give what is known of a car in a state: nothing before it was registered, and what was last known of it after."""
    match state:
        case Car() as car:
            return represent(car)
        case Gone(car):
            return represent(car)
        case _:
            return {}


def table(car: Fields) -> Iterator[str]:
    """Write a car, a field a line."""
    width = max(map(len, car), default=0)
    for name, value in car.items():
        yield f"{name:{width}}  {_shown(name, value)}"


def printable(text: str) -> str:
    """Take from a text of somebody else what would play tricks on a terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _kind(car: Fields) -> str:
    return " ".join(_shown(name, car[name]) for name in _KIND if name in car)


def _listed(car: Fields) -> str:
    return ", ".join(f"{name} {_shown(name, value)}" for name, value in car.items() if name not in _KIND)


def _change(name: str, new: object, old: object) -> str:
    if old is None:
        return f"{name} {_shown(name, new)}"
    by = f" ({new - old:+,})" if isinstance(new, int) and isinstance(old, int) else ""
    return f"{name} {_shown(name, old)} → {_shown(name, new)}{by}"


def _shown(name: str, value: object) -> str:
    return f"{value:,}" if name == "mileage" and isinstance(value, int) else printable(str(value))
