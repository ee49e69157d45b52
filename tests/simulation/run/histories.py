"""The histories that the events table holds: commits, and the states that they fold to."""

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

    aggregate_id: str
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
class History:
    """An aggregate's history; `states[n]` is the state after event n, None before the first."""

    commits: list[Commit] = field(default_factory=list[Commit])
    states: list[Fields | None] = field(default_factory=lambda: [None])

    @property
    def version(self) -> int:
        """The version of the newest event."""
        return len(self.states) - 1

    def versions(self, since: int = 0) -> list[int]:
        """Return the versions after each commit, beginning with 0 before any; the first `since` are left out."""
        return [0, *(commit.last_version for commit in self.commits)][since:]

    def events(self) -> list[tuple[int, Event]]:
        """Return every event with its version."""
        return [(commit.version + i, event) for commit in self.commits for i, event in enumerate(commit.events)]


@dataclass
class Histories:
    """All aggregates' histories, read from the table's stream: the model's stream misses and reorders nothing."""

    world: World
    subject: Subject
    by_id: defaultdict[str, History] = field(default_factory=lambda: defaultdict(History))
    rewritten: list[str] = field(default_factory=list[str])
    unreadable: set[str] = field(default_factory=set[str])
    """Ids of aggregates that cannot be read."""
    _read: dict[int, int] = field(default_factory=dict[int, int])

    def news(self) -> Iterator[tuple[History, Commit]]:
        """Yield each new commit with the history before it, and then add it to that history."""
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
                history = self.by_id[commit.aggregate_id]
                yield history, commit
                self._add(history, commit)

    def newest(self, aggregate_id: str) -> Fields | None:
        """Return the newest state that was read, for clients; None if there is none."""
        return self.by_id[aggregate_id].states[-1] if aggregate_id in self.by_id else None

    def heads(self) -> dict[str, int]:
        """Return the number of commits of each aggregate."""
        return {aggregate_id: len(history.commits) for aggregate_id, history in self.by_id.items()}

    def _add(self, history: History, commit: Commit) -> None:
        history.commits.append(commit)
        for event in commit.events:
            history.states.append(self.subject.fold(history.states[-1], event))


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
