"""Cars, held to a model of their rules that was written apart from them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from resources.cars import CARS
from tests.simulation.run.chance import happens, one_of
from tests.simulation.subject import reference
from tests.simulation.subject.newer_cars import NEWER_CARS
from tests.simulation.subject.subject import Event, Faulty, Fields
from tests.simulation.subject.unreadable import unreadable_commits
from tests.simulation.world.dice import Dice
from tests.support.cars import ANOTHER_OWNER, OWNER, representation
from trigger_pattern.definition.resource import AnyResource

_LATEST_YEAR: Final = 2027
_TENTHS: Final = 10
_VALUES: Final[Mapping[str, tuple[Any, ...]]] = {
    "color": ("red", "white", "blue", "black"),
    "condition": ("excellent", "good", "average", "poor"),
    "owner": (str(OWNER), str(ANOTHER_OWNER)),
}
_FAULTY: Final = {
    "a field too many": Faulty("PatchCar", {"wheels": 4}, frozenset({"unknown-field"})),
    "a wrong type": Faulty("UpdateCar", representation(mileage="many"), frozenset({"invalid-value"})),
    "a fixed field in a patch": Faulty("PatchCar", {"vin": "1" * 17}, frozenset({"immutable-field"})),
    "yellow": Faulty("PatchCar", {"color": "yellow"}, frozenset({"invalid-value"}), newer_code_takes_it=True),
}


class Cars:
    """Newer code knows yellow cars, and its states hold the mileage in tenths of a mile."""

    def __init__(self) -> None:
        self.resource: AnyResource = CARS
        self.newer: AnyResource = NEWER_CARS
        self.faulty = _FAULTY
        self.unreadable = unreadable_commits("Created", {"make": {"S": "BMW"}}, number="mileage")

    def newer_state(self, state: Fields) -> Fields:
        """Count the mileage in tenths."""
        return {**state, "mileage": state["mileage"] * _TENTHS}

    def older_state(self, state: Fields) -> Fields:
        """Count the mileage in miles."""
        return {**state, "mileage": state["mileage"] // _TENTHS}

    def decide(self, state: Fields | None, kind: str, given: Fields, at: datetime) -> list[Event] | set[str]:
        """Ask the reference."""
        return reference.decide(state, kind, given, _LATEST_YEAR)

    def fold(self, state: Fields | None, event: Event) -> Fields:
        """Ask the reference."""
        return reference.fold(state, event)

    def new(self, dice: Dice, what: str) -> dict[str, Any]:
        """Draw a new car, which is seldom too old."""
        fault = {"year": 1950} if happens(dice, what, 0.05) else {}
        return representation(**fault, color=one_of(dice, what, _VALUES["color"]))

    def replacement(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw a whole car, seldom of another year."""
        fixed = {"year": 2010} if happens(dice, what, 0.04) else {}
        return representation(**fixed, **self.patch(dice, what, number, None))

    def patch(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw changes, possibly none; the mileage grows with the requests' numbers, though not always."""
        wanted = [name for name in reference.CHANGES if happens(dice, what, 0.4)]
        mileage = 14_320 + 10 * (number if happens(dice, what, 0.85) else number - 3)
        values = {name: one_of(dice, what, _VALUES[name]) for name in wanted if name != "mileage"}
        return values | ({"mileage": mileage} if "mileage" in wanted else {})
