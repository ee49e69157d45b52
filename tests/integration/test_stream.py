from dataclasses import replace
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Deleted
from tests.support.aws import stream_record
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import another_car, commits_of, stored
from tests.support.rejects import MemoryRejects
from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.stream import decoded, read_stream
from trigger_pattern.definition.stored import StoredEvent

COMMITS = commits_of([car_created()], [ColorChanged(Color.RED)], [Deleted()])
CREATION, PAINTING, DELETION = (write_commit(CARS, commit) for commit in COMMITS)


def corrupt(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "events": {"S": "none"}}


def read(*items: dict[str, Any], rejects: MemoryRejects | None = None) -> list[StoredCommit]:
    return list(read_stream(CARS, map(stream_record, items), rejects or MemoryRejects()))


def test_what_was_inserted_is_read_in_order() -> None:
    assert read(CREATION, PAINTING, DELETION) == [stored(commit) for commit in COMMITS]


@pytest.mark.parametrize("name", ["MODIFY", "REMOVE"])
def test_nothing_but_an_insert_is_an_event(name: str) -> None:
    records = [stream_record(CREATION, name), stream_record(corrupt(CREATION), name), stream_record(PAINTING)]
    rejects = MemoryRejects()
    assert list(read_stream(CARS, records, rejects)) == [stored(COMMITS[1])]
    assert rejects.kept == []


def test_a_corrupt_image_is_dead_lettered_by_its_key_with_the_reason() -> None:
    rejects = MemoryRejects()
    read(corrupt(PAINTING), rejects=rejects)
    assert rejects.kept == [(CAR_ID, 2, "/events: Expected one or more events.")]


def test_the_rest_goes_on_after_a_corrupt_image() -> None:
    assert [commit.version for commit in read(CREATION, corrupt(PAINTING), DELETION)] == [1, 3]


UNREADABLE_STATES: list[dict[str, Any]] = [
    {"S": "?"},
    {"NULL": True},
    {"M": {"photo": {"B": b"..."}}},
    {"M": {"mileage": {"N": "0.5"}}},
    {"M": {**CREATION["state"]["M"], "plate": {"S": "B-MW 3"}}},
    {"M": {**CREATION["state"]["M"], "color": {"S": "green"}}},
    {"M": {**CREATION["state"]["M"], "deleted": {"S": "no"}}},
]


@pytest.mark.parametrize("state", UNREADABLE_STATES)
def test_a_state_that_cannot_be_read_is_folded_anew_and_never_corrupt(state: dict[str, Any]) -> None:
    rejects = MemoryRejects()
    (commit,) = read({**CREATION, "state": state}, rejects=rejects)
    assert list(decoded(CARS, [commit], rejects, rejects)) == [replace(COMMITS[0], state=None)]
    assert rejects.kept == []


def test_a_commit_without_a_state_is_folded_anew() -> None:
    (commit,) = read({name: value for name, value in CREATION.items() if name != "state"})
    assert list(decoded(CARS, [commit], MemoryRejects(), MemoryRejects())) == [replace(COMMITS[0], state=None)]


def test_what_newer_code_wrote_is_left_for_later_and_what_is_corrupt_is_dead_lettered() -> None:
    other = another_car(1)
    created, newer, wrong = map(
        stored, commits_of([car_created()], [ColorChanged(Color.RED)], [Deleted()], car_id=other)
    )
    repainted: StoredEvent = {"type": "Repainted", "schemaVersion": 1, "data": {}}
    green: StoredEvent = {"type": "ColorChanged", "schemaVersion": 1, "data": {"color": "green"}}
    rejects, later = MemoryRejects(), MemoryRejects()
    commits = [replace(newer, events=(repainted,)), created, replace(wrong, events=(green,))]
    assert [commit.version for commit in decoded(CARS, commits, rejects, later)] == [1]
    assert later.kept == [(other, 2, "Repainted, schema version 1")]
    assert rejects.kept == [(other, 3, "ColorChanged: /color: Expected one of red, white, blue, black.")]
