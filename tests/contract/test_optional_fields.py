"""docs/schema-evolution.md: an optional field of the car needs no new schema version and no new fold."""

from dataclasses import dataclass
from dataclasses import replace as changed
from typing import Annotated, Any

import pytest

from resources.cars import CARS, Car
from tests.contract.test_stored_format import HISTORIES
from tests.support.cars import EXAMPLE
from tools.contract.comparing import incompatibilities
from trigger_pattern import Creation, Doc, Length
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import (
    CorruptEvent,
    UnknownEvent,
    read_event,
    read_state,
    write_event,
    write_state,
)


@dataclass(frozen=True)
class NamedCar(Car):
    nickname: Annotated[str | None, Length(1, 40), Doc("What its owner calls it")] = None


class Created(Creation[NamedCar]):
    """The car was registered."""


TODAY: AnyResource = CARS
NEWER = changed(TODAY, of=NamedCar, created=Created)
HERBIE = NamedCar(**vars(EXAMPLE), nickname="Herbie")


def test_it_breaks_no_published_schema() -> None:
    assert incompatibilities(event_schema(CARS, "Created"), event_schema(NEWER, "Created")) == []


@pytest.mark.parametrize("story", HISTORIES)
def test_what_is_stored_without_it_folds_to_the_same_state(story: str) -> None:
    events: list[Any] = HISTORIES[story]["events"]
    state = root_of(NEWER).fold(read_event(NEWER, stored) for stored in events)
    assert write_state(NEWER, state) == HISTORIES[story]["state"]


def test_a_car_without_it_is_written_as_before() -> None:
    assert write_event(NEWER, Created(NamedCar(**vars(EXAMPLE)))) == write_event(CARS, CARS.created(EXAMPLE))


def test_todays_code_waits_for_newer_code_where_it_is_given() -> None:
    with pytest.raises(UnknownEvent):
        read_event(CARS, write_event(NEWER, Created(HERBIE)))


def test_a_state_that_has_it_is_none_to_todays_code_which_then_folds() -> None:
    with pytest.raises(CorruptEvent):
        read_state(CARS, write_state(NEWER, HERBIE))
