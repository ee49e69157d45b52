"""The cars view in memory, as it is written and as it is read."""

from dataclasses import dataclass, field
from uuid import UUID

from cars.application.listing import ListedCar, Page, Place, Question
from cars.application.projecting import CarAt
from cars.domain.representation import represent
from cars.domain.values import CarId
from tests.support.cars import EXAMPLE
from tests.support.commits import another_car


@dataclass
class MemoryView:
    """Implements the port `CarsView`; `puts` has all that it was given."""

    kept: dict[str, CarAt] = field(default_factory=dict[str, CarAt])
    puts: list[CarAt] = field(default_factory=list[CarAt])

    def put(self, car: CarAt) -> bool:
        self.puts.append(car)
        known = self.kept.get(car.car_id)
        newer = known is not None and known.version > car.version
        if not newer:
            self.kept[car.car_id] = car
        return not newer


@dataclass
class MemoryIndex:
    """Implements the port `CarsIndex` with one list of cars for every question; `asked` has all that it was asked."""

    cars: int = 0
    asked: list[tuple[Question, int, Place | None]] = field(default_factory=list[tuple[Question, int, "Place | None"]])

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        self.asked.append((question, limit, after))
        ids = [str(another_car(number)) for number in range(self.cars)]
        following = [car_id for car_id in ids if after is None or car_id > str(after.car_id)]
        cars = tuple(ListedCar(car_id, 3, represent(EXAMPLE)) for car_id in following[:limit])
        return Page(cars, Place(CarId(UUID(cars[-1].car_id))) if len(following) > limit else None)
