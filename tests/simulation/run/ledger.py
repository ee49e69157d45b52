"""The record of requests, answers and deliveries that the invariants check."""

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
    """A client's request, with the answer to each attempt; None if an attempt got no answer."""

    number: int
    method: str
    collection: str
    aggregate_id: str
    body: dict[str, Any] | None
    headers: dict[str, str]
    first_at: float = 0.0
    answers: list[Answer | None] = field(default_factory=list[Answer | None])

    @property
    def path(self) -> str:
        """The path of the request."""
        return f"{self.collection}/{self.aggregate_id}" if self.aggregate_id else self.collection

    @property
    def has_key(self) -> bool:
        """Whether all attempts are one request."""
        return "Idempotency-Key" in self.headers

    @property
    def correlation_id(self) -> str:
        """The correlation id in the commands and commits of all attempts."""
        return f"request-{self.number}"

    def __str__(self) -> str:
        return f"request {self.number}: {self.method} {self.path} {self.body or ''} {self.headers or ''}"


@dataclass(frozen=True)
class Place:
    """A message's queue and place in it, and when it was sent (seconds since 1970)."""

    queue: str
    sequence: int
    sent_at: float


@dataclass
class Command:
    """A command as it was delivered; `heads` is how many commits its aggregate had when it first was."""

    body: str
    command_id: str
    aggregate_id: str
    kind: str
    representation: Mapping[str, Any]
    expected_version: int | None
    issued_at: datetime
    correlation_id: str
    heads: int
    places: list[Place] = field(default_factory=list[Place])


@dataclass
class Ledger:
    """Everything that was asked, answered and delivered, in its order."""

    resource: AnyResource
    requests: list[Request] = field(default_factory=list[Request])
    commands: dict[str, Command] = field(default_factory=dict[str, Command])
    accepted: dict[str, str] = field(default_factory=dict[str, str])
    """Aggregate ids by the ids of the commands that were accepted with a 202."""
    poison: list[str] = field(default_factory=list[str])
    faulty: dict[str, Faulty] = field(default_factory=dict[str, Faulty])
    """By command id, the fault of each malformed command."""
    statuses: dict[str, str] = field(default_factory=dict[str, str])
    """The last status that a client has read, by command id."""
    decided: dict[str, str] = field(default_factory=dict[str, str])
    """The last stored status of each command without a commit."""
    reached: set[str] = field(default_factory=set[str])
    """Types of events that were committed, codes of refusals that were recorded, and `unchanged`."""
    raced: set[str] = field(default_factory=set[str])
    """Commands of which two instances handled messages at the same time."""
    miscounted: set[str] = field(default_factory=set[str])
    """Commands of which SQS did not count a delivery."""
    copied_across: set[str] = field(default_factory=set[str])
    """Commands whose message an operator copied to another queue, and left where it was."""
    log: list[Any] = field(default_factory=list[Any])
    """All answers, for the run's fingerprint."""
    _in_hand: Counter[str] = field(default_factory=Counter[str])
    _counts: dict[str, int] = field(default_factory=dict[str, int])

    def answered(self, request: Request, answer: Answer | None) -> None:
        """Record an answer to a write."""
        request.answers.append(answer)
        self.log.append([request.correlation_id, answer and [answer.status, answer.headers, answer.body]])
        if answer and answer.status == 202:
            self.accepted[answer.body["commandId"]] = answer.body[self.resource.id]

    def could_not_know(self, command_id: str) -> bool:
        """Whether the handler could not know that this command was processed: see `docs/guarantees.md`."""
        return command_id in self.raced | self.miscounted | self.copied_across

    @contextmanager
    def delivered(self, delivery: Delivery, heads: Mapping[str, int]) -> Generator[None]:
        """Record a delivery while it is handled; `heads` has the number of commits of each aggregate."""
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
        """Record a delivery whose receive count is not higher than the one before."""
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
