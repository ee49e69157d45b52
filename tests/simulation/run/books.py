"""What clients asked for and were told, and what was delivered: what the system is held to afterwards."""

import json
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.simulation.subject.subject import Faulty
from tests.simulation.world.queue_mapping import Delivery
from tests.support.http import Answer
from trigger_pattern.definition.resource import AnyResource


@dataclass
class Request:
    """What a client wants, however often it asks: each attempt's answer, None where there was none."""

    number: int
    method: str
    collection: str
    car_id: str
    body: dict[str, Any] | None
    headers: dict[str, str]
    first_at: float = 0.0
    answers: list[Answer | None] = field(default_factory=list[Answer | None])

    @property
    def path(self) -> str:
        """Give the resource."""
        return f"{self.collection}/{self.car_id}" if self.car_id else self.collection

    @property
    def has_key(self) -> bool:
        """Say whether all attempts are one request."""
        return "Idempotency-Key" in self.headers

    @property
    def correlation_id(self) -> str:
        """What the commands and commits of all attempts carry."""
        return f"request-{self.number}"

    def __str__(self) -> str:
        return f"request {self.number}: {self.method} {self.path} {self.body or ''} {self.headers or ''}"


@dataclass(frozen=True)
class Place:
    """Where a message that carried a command was, and when it came there (seconds since 1970)."""

    queue: str
    sequence: int
    sent_at: float


@dataclass
class Command:
    """A command as it was delivered; `heads` is how many commits its car had when it first was."""

    body: str
    command_id: str
    car_id: str
    kind: str
    representation: Mapping[str, Any]
    expected_version: int | None
    issued_at: datetime
    correlation_id: str
    heads: int
    places: list[Place] = field(default_factory=list[Place])


@dataclass
class Books:
    """Everything that was asked, answered and delivered, in its order."""

    resource: AnyResource
    requests: list[Request] = field(default_factory=list[Request])
    commands: dict[str, Command] = field(default_factory=dict[str, Command])
    accepted: dict[str, str] = field(default_factory=dict[str, str])
    """Of each command whose id a client was told, its car's id."""
    poison: list[str] = field(default_factory=list[str])
    faulty: dict[str, Faulty] = field(default_factory=dict[str, Faulty])
    """What is wrong with each command that can be refused for its form."""
    statuses: dict[str, str] = field(default_factory=dict[str, str])
    """The last status that a client was told of each command."""
    decided: dict[str, str] = field(default_factory=dict[str, str])
    """The last status that was stored of each command without a commit."""
    reached: set[str] = field(default_factory=set[str])
    """Types of events that were committed, codes of refusals that were recorded, and `unchanged`."""
    raced: set[str] = field(default_factory=set[str])
    """Commands of which two instances had messages in hand at the same time."""
    miscounted: set[str] = field(default_factory=set[str])
    """Commands of which a delivery was not counted."""
    copied_across: set[str] = field(default_factory=set[str])
    """Commands whose message an operator copied to another queue, and left where it was."""
    log: list[Any] = field(default_factory=list[Any])
    """All answers, as a run's hash has them."""
    _in_hand: Counter[str] = field(default_factory=Counter[str])
    _counts: dict[str, int] = field(default_factory=dict[str, int])

    def answered(self, request: Request, answer: Answer | None) -> None:
        """Note an answer to a write."""
        request.answers.append(answer)
        self.log.append([request.correlation_id, answer and [answer.status, answer.headers, answer.body]])
        if answer and answer.status == 202:
            self.accepted[answer.body["commandId"]] = answer.body[self.resource.id]

    def could_not_know(self, command_id: str) -> bool:
        """Say whether the handler could not see that this command had been decided before: see `docs/guarantees.md`."""
        return command_id in self.raced | self.miscounted | self.copied_across

    @contextmanager
    def delivered(self, delivery: Delivery, heads: Mapping[str, int]) -> Generator[None]:
        """Note what the command handler is given now, and has in hand; `heads` counts the commits of each car."""
        records = [record for record in delivery.event["Records"] if record["body"] not in self.poison]
        for record in records:
            self._note(record, heads)
            self._note_count(record)
        commands = {json.loads(record["body"])["commandId"] for record in records}
        self.raced |= {command_id for command_id in commands if self._in_hand[command_id]}
        self._in_hand.update(commands)
        yield
        self._in_hand.subtract(commands)

    def _note_count(self, record: Mapping[str, Any]) -> None:
        """See that SQS counts: a message that was delivered again has a higher count."""
        count = int(record["attributes"]["ApproximateReceiveCount"])
        if count <= self._counts.get(record["messageId"], 0):
            self.miscounted.add(json.loads(record["body"])["commandId"])
        self._counts[record["messageId"]] = count

    def _note(self, record: Mapping[str, Any], heads: Mapping[str, int]) -> None:
        body, attributes = json.loads(record["body"]), record["attributes"]
        command = self.commands.setdefault(
            body["commandId"],
            Command(
                record["body"],
                body["commandId"],
                body[self.resource.id],
                body["type"],
                body.get("representation", {}),
                body.get("expectedVersion"),
                datetime.fromisoformat(body["issuedAt"]).astimezone(UTC),
                body["correlationId"],
                heads.get(body[self.resource.id], 0),
            ),
        )
        sent_at = int(attributes["SentTimestamp"]) / 1000
        command.places.append(Place(record["eventSourceARN"], int(attributes["SequenceNumber"]), sent_at))
