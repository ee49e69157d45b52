"""The command handler over AWS in memory, with its faults, lost races and dead letters at a test's command."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial, reduce
from typing import Any

from aws_lambda_powertools import Logger

from resources.cars import CARS
from tests.support.aws import FIRST_SEQUENCE, Aws, requests_to, sqs_event
from tests.support.cars import CAR_ID, EXAMPLE, NOW, ROOT
from tests.support.commits import command_id
from tests.support.lambda_context import FakeContext
from tests.support.memory import MemoryStuck
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder, RecordedOutcome
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.messaging.command_batch import CommandBatch
from trigger_pattern.aws.messaging.deliveries import Deliveries
from trigger_pattern.aws.messaging.sqs import SqsDeadLetters
from trigger_pattern.definition.requests import build_triggers
from trigger_pattern.kernel import CommandHandler, Position

MAX_RECEIVES = 1000
SPARE = 2
QUIET = Logger(service="batches", level="CRITICAL")


class Outage(Exception):
    """A fault of the infrastructure."""


@dataclass(frozen=True)
class FaultyStore(DynamoDbEventStore):
    """An event store that fails for some cars, and lets another writer in before its own writes."""

    broken_cars: set[str] = field(default_factory=set[str])
    intruders: list[Callable[[DecodedCommit], DecodedCommit]] = field(
        default_factory=list[Callable[[DecodedCommit], DecodedCommit]]
    )

    def head(self, aggregate_id: str) -> DecodedCommit | None:
        if aggregate_id in self.broken_cars:
            raise Outage
        return super().head(aggregate_id)

    def try_append(self, commit: DecodedCommit) -> bool:
        if self.intruders:
            assert super().try_append(self.intruders.pop()(commit))
        return super().try_append(commit)


def intruder(*events: object) -> Callable[[DecodedCommit], DecodedCommit]:
    """Have another writer, not the queue, write these events on the example car at the version that a commit wants."""

    def instead_of(commit: DecodedCommit) -> DecodedCommit:
        state = reduce(ROOT.apply, events, EXAMPLE if commit.version > 1 else ROOT.zero)
        before = Position(commit.position.queue, FIRST_SEQUENCE)
        return replace(commit, events=events, state=state, command_id=command_id(77), position=before)

    return instead_of


@dataclass(frozen=True)
class Handling:
    """A queue's worth of messages, handled."""

    aws: Aws
    store: FaultyStore
    outcomes: DynamoDbOutcomes
    dead_letters: SqsDeadLetters
    stuck: MemoryStuck
    comes_again_in: dict[str, int] = field(default_factory=dict[str, int])
    pauses: list[int] = field(default_factory=list[int])

    @classmethod
    def on(cls, aws: Aws) -> "Handling":
        """Create what the command handler needs."""
        return cls(
            aws,
            FaultyStore(CARS, aws.dynamodb, aws.create_table("CarEventsTable")),
            DynamoDbOutcomes(CARS, aws.dynamodb, aws.create_table("CarOutcomesTable")),
            SqsDeadLetters(aws.sqs, aws.create_queue("CarCommandsDlq")),
            MemoryStuck(),
        )

    def handle(self, *records: dict[str, Any], milliseconds: int = 20_000, now: datetime = NOW) -> list[str]:
        """Handle one batch; return the ids of the messages that are to be delivered again."""
        recorder = OutcomeRecorder(self.outcomes, lambda: NOW)
        handler = CommandHandler(
            ROOT, partial(build_triggers, CARS), self.store, recorder, lambda: NOW, self.pauses.append
        )
        cars = RecordingHandler(handler, recorder)
        batch = CommandBatch(
            CARS,
            cars,
            recorder,
            self.dead_letters,
            self.stuck,
            self,
            Deliveries(MAX_RECEIVES, SPARE, lambda: now),
            QUIET,
        )
        answer = batch.process(sqs_event(*records), FakeContext(milliseconds))
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def come_again(self, seconds: Mapping[str, int]) -> None:
        """Be the queue of these messages."""
        self.comes_again_in.update(seconds)

    def events(self, car_id: str = CAR_ID) -> list[object]:
        """Return all of a car's events."""
        return [event for commit in self.store.history(car_id) for event in commit.events]

    def outcome(self, number: int) -> RecordedOutcome | None:
        """Return the recorded outcome of the numbered command."""
        return self.outcomes.find(command_id(number, NOW + timedelta(seconds=number)))

    def dead(self) -> list[tuple[str, str]]:
        """Take the dead letters, each with its reason."""
        letters = self.aws.receive(self.dead_letters.url)
        return [(letter["Body"], letter["MessageAttributes"]["Reason"]["StringValue"]) for letter in letters]

    @contextmanager
    def requests(self) -> Generator[list[str]]:
        """List the requests to DynamoDB."""
        with requests_to(self.aws.dynamodb) as names:
            yield names
