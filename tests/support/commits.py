"""Commits as the command handler makes them, with ids and names as long as real ones."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from uuid import UUID

from resources.cars import CARS
from tests.support.aws import FIRST_SEQUENCE, QUEUE_ARN
from tests.support.cars import CAR_ID, NOW
from trigger_pattern.application.commits import DecodedCommit, PublishedEvent, StoredCommit, events_of
from trigger_pattern.application.ids import new_id
from trigger_pattern.aws.dynamodb.commit_item import read_stored, write_commit
from trigger_pattern.definition.life import State, root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Commit, Position

ACTOR = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_RegistryClerk_4f5d1c0a9b7e3d21/jane.doe@example.com"
CORRELATION_ID = "7c1f6f0e-6a0b-4c43-9f57-4f0b8d1f6c55"
FIRST_COMMIT_AT = NOW - timedelta(hours=1)


def another_car(number: int) -> str:
    """Return the id of another car."""
    return str(UUID(int=UUID(CAR_ID).int + number))


def command_id(number: int, at: datetime = NOW) -> str:
    """Return the id that a command accepted at that time would have."""
    return str(new_id(at, lambda _: number))


def commits_of(*histories: Iterable[object], car_id: str = CAR_ID, resource: AnyResource = CARS) -> list[DecodedCommit]:
    """Return a car's commits from the events of each, a minute apart, with the states that they lead to."""
    commits: list[DecodedCommit] = []
    root = root_of(resource)
    state: State = root.zero
    for number, events in enumerate(map(tuple, histories)):
        state = reduce(root.apply, events, state)
        version = commits[-1].last_version + 1 if commits else 1
        commits.append(_commit(car_id, number, version, events, state))
    return commits


def stored(commit: DecodedCommit) -> StoredCommit:
    """Return a commit as it is stored: its envelope is read, its events are not."""
    return read_stored(CARS, write_commit(CARS, commit))


def published(*commits: DecodedCommit) -> list[PublishedEvent]:
    """Return the events of BMWs' commits as they are published."""
    return [event for commit in commits for event in events_of(CARS, stored(commit), {"make": "BMW"})]


def always_a_bmw(_: StoredCommit) -> dict[str, str]:
    """Stand for the port `FiltersOf`."""
    return {"make": "BMW"}


def never_refolds(_: DecodedCommit) -> State:
    """Stand for the refolder where every commit is of this fold."""
    raise AssertionError("a commit has no state")


def _commit(car_id: str, number: int, version: int, events: tuple[object, ...], state: State) -> DecodedCommit:
    at = FIRST_COMMIT_AT + timedelta(minutes=number)
    return Commit(
        aggregate_id=car_id,
        version=version,
        events=events,
        state=state,
        command_id=command_id(number, at),
        position=Position(QUEUE_ARN, FIRST_SEQUENCE + number * 256),
        issued_at=at,
        occurred_at=at + timedelta(milliseconds=45),
        actor=ACTOR,
        correlation_id=CORRELATION_ID,
    )
