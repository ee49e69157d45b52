"""The values that a car is made of."""

from enum import Enum, StrEnum
from typing import NewType
from uuid import UUID

CarId = NewType("CarId", UUID)
OwnerId = NewType("OwnerId", UUID)
Vin = NewType("Vin", str)


class Make(StrEnum):
    """Who built it."""

    FORD = "Ford"
    BMW = "BMW"


class Model(StrEnum):
    """What the maker calls it."""

    ESCAPE = "Escape"
    F150 = "F150"
    M3 = "M3"
    M5 = "M5"


class CarType(Enum):
    """A model of its make, with the first year in which it was built."""

    FORD_ESCAPE = (Make.FORD, Model.ESCAPE, 2000)
    FORD_F150 = (Make.FORD, Model.F150, 1975)
    BMW_M3 = (Make.BMW, Model.M3, 1986)
    BMW_M5 = (Make.BMW, Model.M5, 1985)

    def __init__(self, make: Make, model: Model, first_year: int) -> None:
        self.make = make
        self.model = model
        self.first_year = first_year


class Color(StrEnum):
    """Red, white and blue are the article's; black is in its example."""

    RED = "red"
    WHITE = "white"
    BLUE = "blue"
    BLACK = "black"


class Condition(StrEnum):
    """From best to worst."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"
