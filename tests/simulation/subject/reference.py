"""The domain once more, in plain dictionaries and as plainly as can be: what the real one is held to.

Written from the article's rules and DESIGN section 3, and from nothing of `resources.cars`. A car is the eight fields
of its representation; None before it is registered, GONE after it was deleted.
"""

from tests.simulation.subject.subject import GONE, Event, Fields

FIRST_YEARS = {"Escape": 2000, "F150": 1975, "M3": 1986, "M5": 1985}
FIXED = ("year", "make", "model", "vin")
CHANGES = {
    "color": "ColorChanged",
    "mileage": "MileageChanged",
    "owner": "OwnerChanged",
    "condition": "ConditionChanged",
}
"""In the order in which they happen."""


def decide(car: Fields | None, kind: str, given: Fields, latest_year: int) -> list[Event] | set[str]:
    """Return the events that a command causes, or the codes of every reason to refuse it."""
    if kind == "CreateCar":
        return _create(car, given, latest_year)
    if car is None:
        return {"car-not-found"}
    if car is GONE:
        return {"car-deleted"}
    if kind == "DeleteCar":
        return [("Deleted", {})]
    return _change(car, given)


def fold(car: Fields | None, event: Event) -> Fields:
    """Return a car after an event."""
    kind, data = event
    if kind == "Created":
        assert car is None
        return data
    assert car is not None
    assert car is not GONE
    return GONE if kind == "Deleted" else {**car, **data}


def _create(car: Fields | None, given: Fields, latest_year: int) -> list[Event] | set[str]:
    if car is not None:
        return {"car-deleted" if car is GONE else "car-already-exists"}
    faults = {"invalid-year"} if not FIRST_YEARS[given["model"]] <= given["year"] <= latest_year else set[str]()
    faults |= {"negative-mileage"} if given["mileage"] < 0 else set()
    return faults or [("Created", dict(given))]


def _change(car: Fields, given: Fields) -> list[Event] | set[str]:
    if any(given.get(name, car[name]) != car[name] for name in FIXED):
        return {"immutable-field"}
    changed = [name for name in CHANGES if given.get(name, car[name]) != car[name]]
    if "mileage" in changed and given["mileage"] < car["mileage"]:
        return {"mileage-not-greater"}
    return [(CHANGES[name], {name: given[name]}) for name in changed]
