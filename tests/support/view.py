"""The view of cars in memory, as it is written and as it is read."""

from dataclasses import dataclass, field

from resources.cars import CARS
from tests.support.cars import EXAMPLE
from tests.support.commits import another_car
from trigger_pattern.application.listing import Listed, Page, Place, Question
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.definition.representation import represent


@dataclass
class MemoryView:
    """Implements the port `View`; `puts` has all that it was given."""

    kept: dict[str, Viewed] = field(default_factory=dict[str, Viewed])
    puts: list[Viewed] = field(default_factory=list[Viewed])

    def put(self, viewed: Viewed) -> bool:
        self.puts.append(viewed)
        known = self.kept.get(viewed.aggregate_id)
        newer = known is not None and known.version > viewed.version
        if not newer:
            self.kept[viewed.aggregate_id] = viewed
        return not newer


@dataclass
class MemoryIndex:
    """Implements the port `Index` with one list of cars for every question; `asked` has all that it was asked."""

    cars: int = 0
    asked: list[tuple[Question, int, Place | None]] = field(default_factory=list[tuple[Question, int, "Place | None"]])

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        self.asked.append((question, limit, after))
        ids = [another_car(number) for number in range(self.cars)]
        following = [each for each in ids if after is None or each > after.aggregate_id]
        listed = tuple(Listed(each, 3, represent(CARS, EXAMPLE)) for each in following[:limit])
        last = Place(listed[-1].aggregate_id, "black" if question.order else None) if len(following) > limit else None
        return Page(listed, last)
