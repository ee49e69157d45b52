from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import pytest

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.cars import car_created
from tests.support.commits import always_a_bmw, another_car, commits_of, stored
from tests.support.rejects import MemoryRejects
from trigger_pattern.application.commits import DecodedCommit, PublishedEvent, StoredCommit
from trigger_pattern.application.publishing import (
    BATCH_SIZE,
    Broadcaster,
    Confirmed,
    Failed,
    NoFilters,
    PublishingFailed,
    Receipt,
    Rejected,
)
from trigger_pattern.definition.stored import StoredEvent

Name = tuple[int, int]
"""A car's number and an event's version."""


@dataclass
class ScriptedTopic:
    """A topic that answers as told, and confirms all else."""

    answers: dict[Name, Receipt] = field(default_factory=dict[Name, Receipt])
    batches: list[list[Name]] = field(default_factory=list[list[Name]])
    events: list[StoredEvent] = field(default_factory=list[StoredEvent])

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        names = [(number_of(published), published.version) for published in batch]
        self.batches.append(names)
        self.events += [published.event for published in batch]
        return [self.answers.get(name, Confirmed()) for name in names]

    def of_car(self, number: int) -> list[int]:
        return [version for car, version in chain(*self.batches) if car == number]


def number_of(published: PublishedEvent) -> int:
    return next(n for n in range(100) if another_car(n) == published.commit.aggregate_id)


def car(number: int) -> list[DecodedCommit]:
    """Return a story of four events in three commits."""
    car_id = another_car(number)
    return commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)], [Deleted()], car_id=car_id)


def broadcast(topic: ScriptedTopic, *cars: int) -> MemoryRejects:
    rejects = MemoryRejects()
    Broadcaster(CARS, topic, rejects, always_a_bmw).broadcast(map(stored, chain(*map(car, cars))))
    return rejects


@pytest.mark.parametrize("cars", [1, 2, 9, 10, 11, 25])
def test_every_event_goes_out_once_and_in_order(cars: int) -> None:
    topic = ScriptedTopic()
    broadcast(topic, *range(cars))
    assert {number: topic.of_car(number) for number in range(cars)} == {n: [1, 2, 3, 4] for n in range(cars)}


@pytest.mark.parametrize("cars", [1, 10, 25])
def test_a_batch_holds_at_most_ten_events_and_one_of_a_car(cars: int) -> None:
    topic = ScriptedTopic()
    broadcast(topic, *range(cars))
    assert max(map(len, topic.batches)) <= BATCH_SIZE == 10
    assert all(len({number for number, _ in batch}) == len(batch) for batch in topic.batches)


@pytest.mark.parametrize(("cars", "batches"), [(0, 0), (1, 4), (3, 4), (10, 4), (20, 8)])
def test_batches_fill_across_cars(cars: int, batches: int) -> None:
    topic = ScriptedTopic()
    broadcast(topic, *range(cars))
    assert len(topic.batches) == batches


def test_a_car_that_fails_goes_no_further() -> None:
    """The other cars go on, and nothing is dead-lettered."""
    topic, rejects = ScriptedTopic({(1, 2): Failed("throttled"), (3, 4): Failed("throttled")}), MemoryRejects()
    with pytest.raises(PublishingFailed):
        Broadcaster(CARS, topic, rejects, always_a_bmw).broadcast(map(stored, chain(car(1), car(2), car(3))))
    assert (topic.of_car(1), topic.of_car(2), rejects.kept) == ([1, 2], [1, 2, 3, 4], [])


def test_every_failure_is_told() -> None:
    topic = ScriptedTopic({(1, 1): Failed("throttled"), (2, 4): Failed("no answer")})
    with pytest.raises(PublishingFailed, match=f"{another_car(1)}: throttled; {another_car(2)}: no answer"):
        broadcast(topic, 1, 2)


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_what_can_never_be_published_is_set_aside_with_its_reason(version: int) -> None:
    rejects = broadcast(ScriptedTopic({(1, version): Rejected("too large")}), 1, 2)
    assert rejects.kept == [(another_car(1), version, "too large")]


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_the_rest_goes_on_after_one_was_set_aside(version: int) -> None:
    topic = ScriptedTopic({(1, version): Rejected("too large")})
    broadcast(topic, 1, 2)
    assert topic.of_car(1) == topic.of_car(2) == [1, 2, 3, 4]


def test_a_commit_of_whose_car_nobody_knows_the_make_is_dead_lettered_and_the_rest_goes_on() -> None:
    def filters_of(commit: StoredCommit) -> dict[str, str]:
        if commit.version == 2:
            raise NoFilters("no event names it")
        return {"make": "BMW"}

    rejects, topic = MemoryRejects(), ScriptedTopic()
    Broadcaster(CARS, topic, rejects, filters_of).broadcast(map(stored, car(1)))
    assert topic.of_car(1) == [1, 4]
    assert rejects.kept == [(another_car(1), 2, "no event names it")]


def test_a_commit_with_a_corrupt_event_is_dead_lettered_and_the_rest_goes_on() -> None:
    created, changed, deleted = map(stored, car(1))
    corrupt: StoredEvent = {"type": "ColorChanged", "schemaVersion": 1, "data": {"color": "green"}}
    rejects, topic = MemoryRejects(), ScriptedTopic()
    commits = [created, replace(changed, events=(changed.events[1], corrupt)), deleted]
    Broadcaster(CARS, topic, rejects, always_a_bmw).broadcast(commits)
    assert topic.of_car(1) == [1, 4]
    assert rejects.kept == [(another_car(1), 2, "ColorChanged: /color: Expected one of red, white, blue, black.")]


def test_an_event_of_newer_code_is_published_as_it_is_stored() -> None:
    newer: StoredEvent = {"type": "ColorChanged", "schemaVersion": 2, "data": {"color": "green", "layers": 3}}
    created, changed, _ = map(stored, car(1))
    topic = ScriptedTopic()
    Broadcaster(CARS, topic, MemoryRejects(), always_a_bmw).broadcast([created, replace(changed, events=(newer,))])
    assert topic.of_car(1) == [1, 2]
    assert topic.events[1] == newer
