"""What is true, whatever anybody was told: the commits as the table has them, and the cars that they fold to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.simulation.subject.subject import Event, Fields, Subject
from tests.simulation.world.aws import World


@dataclass(frozen=True)
class Commit:
    """A commit as it is stored."""

    car_id: str
    version: int
    events: tuple[Event, ...]
    state: Mapping[str, Any]
    fold: int
    command_id: str
    queue: str
    sequence: int
    issued_at: datetime
    occurred_at: datetime
    correlation_id: str

    @property
    def last_version(self) -> int:
        """The version of its last event."""
        return self.version + len(self.events) - 1


@dataclass
class Car:
    """A car's history; `cars[n]` is the car after event n, None before the first."""

    commits: list[Commit] = field(default_factory=list[Commit])
    cars: list[Fields | None] = field(default_factory=lambda: [None])

    @property
    def version(self) -> int:
        """The version of the newest event."""
        return len(self.cars) - 1

    def versions(self, since: int = 0) -> list[int]:
        """Give the versions that there were after commits, from the one on that had so many commits before it."""
        return [0, *(commit.last_version for commit in self.commits)][since:]

    def events(self) -> list[tuple[int, Event]]:
        """Give every event with its version."""
        return [(commit.version + i, event) for commit in self.commits for i, event in enumerate(commit.events)]


@dataclass
class Truth:
    """All cars, read from the table's stream of changes: the model's stream misses and reorders nothing."""

    world: World
    subject: Subject
    cars: defaultdict[str, Car] = field(default_factory=lambda: defaultdict(Car))
    rewritten: list[str] = field(default_factory=list[str])
    unreadable: set[str] = field(default_factory=set[str])
    """Cars of which nothing can be read."""
    _read: dict[int, int] = field(default_factory=dict[int, int])

    def news(self) -> Iterator[tuple[Car, Commit]]:
        """Give each commit that was not given yet, and the car's history before it, to which it is then added."""
        for shard, records in enumerate(self.world.stream.records):
            while (position := self._read.get(shard, 0)) < len(records):
                self._read[shard] = position + 1
                record = records[position].content
                if record["eventName"] != "INSERT":
                    self.rewritten.append(str(record["dynamodb"]["Keys"]))
                    continue
                if record["dynamodb"]["Keys"][self.subject.resource.id]["S"] in self.unreadable:
                    continue
                commit = read_commit(record["dynamodb"]["NewImage"], self.subject.resource.id)
                car = self.cars[commit.car_id]
                yield car, commit
                self._add(car, commit)

    def newest(self, car_id: str) -> Fields | None:
        """Return what a client can know of one: the newest that was read here; None if there is none."""
        return self.cars[car_id].cars[-1] if car_id in self.cars else None

    def heads(self) -> dict[str, int]:
        """Count the commits of each car."""
        return {car_id: len(car.commits) for car_id, car in self.cars.items()}

    def _add(self, car: Car, commit: Commit) -> None:
        car.commits.append(commit)
        for event in commit.events:
            car.cars.append(self.subject.fold(car.cars[-1], event))


def read_commit(item: Mapping[str, Any], id_name: str) -> Commit:
    """Read an item of the events table."""
    plain = {name: plain_value(value) for name, value in item.items()}
    return Commit(
        plain[id_name],
        plain["version"],
        tuple((event["type"], event["data"]) for event in plain["events"]),
        plain["state"],
        plain["foldVersion"],
        plain["commandId"],
        plain["queue"],
        int(plain["sequence"]),
        datetime.fromisoformat(plain["issuedAt"]),
        datetime.fromisoformat(plain["occurredAt"]),
        plain["correlationId"],
    )


def plain_value(value: Mapping[str, Any]) -> Any:
    """Read an attribute of DynamoDB's form."""
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return int(content)
        case "NULL":
            return None
        case "L":
            return [plain_value(element) for element in content]
        case "M":
            return {name: plain_value(element) for name, element in content.items()}
        case _:
            return content
