from datetime import datetime, timedelta
from typing import Any

import pytest

from resources.cars import Color, ColorChanged, MileageChanged
from tests.support.cars import CAR_ID, NOW, car_created
from tests.support.commits import another_car, command_id, commits_of
from tests.support.http import Answer
from tests.support.memory import MemoryOutcomes, log_of
from tests.support.system import System
from trigger_pattern.application.outcomes import MESSAGE_LIFETIME, RecordedOutcome, Status
from trigger_pattern.kernel import Refusal

CREATION, CHANGES = commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)])
COMMAND = command_id(99)
REASONS = (
    Refusal("mileage-not-greater", "The mileage must be greater than 15000.", "/mileage"),
    Refusal("superseded", "A command issued later was applied as version 3."),
)


def get(command: object, *recorded: RecordedOutcome, car_id: object = CAR_ID) -> Answer:
    outcomes = MemoryOutcomes({outcome.command_id: outcome for outcome in recorded})
    system = System(log=log_of([CREATION, CHANGES]), outcomes=outcomes)
    return system.request("GET", f"/cars/{car_id}/commands/{command}")


def recorded(status: Status, *reasons: Refusal, command: str = COMMAND, car_id: object = CAR_ID) -> RecordedOutcome:
    return RecordedOutcome(command, str(car_id), status, reasons, NOW)


def body(status: str, **more: Any) -> dict[str, Any]:
    return {"carId": CAR_ID, "commandId": COMMAND, "status": status, **more}


@pytest.mark.parametrize(("commit", "version"), [(CREATION, 1), (CHANGES, 3)])
def test_a_command_with_a_commit_succeeded_at_the_version_of_its_last_event(commit: Any, version: int) -> None:
    answer = get(commit.command_id)
    assert answer.status == 200
    assert answer.body == {**body("succeeded", version=version), "commandId": commit.command_id}


def test_what_became_of_a_command_is_asked_for_again_each_time() -> None:
    assert get(CREATION.command_id).headers["Cache-Control"] == "no-cache"
    assert get(COMMAND).headers["Cache-Control"] == "no-cache"


def test_a_command_that_changed_nothing_is_told_so() -> None:
    answer = get(COMMAND, recorded(Status.UNCHANGED))
    assert answer.status == 200
    assert answer.body == body("unchanged", decidedAt="2026-11-01T12:00:00.000Z")


def test_a_refused_command_is_told_with_every_reason() -> None:
    errors = [
        {"code": "mileage-not-greater", "detail": REASONS[0].detail, "pointer": "/mileage"},
        {"code": "superseded", "detail": REASONS[1].detail},
    ]
    answer = get(COMMAND, recorded(Status.REFUSED, *REASONS))
    assert answer.status == 200
    assert answer.body == body("refused", decidedAt="2026-11-01T12:00:00.000Z", errors=errors)


def test_a_command_that_was_set_aside_failed() -> None:
    reason = Refusal("failed", "The command could not be handled and was set aside.")
    answer = get(COMMAND, recorded(Status.FAILED, reason))
    assert answer.body["status"] == "failed"
    assert answer.body["errors"] == [{"code": "failed", "detail": reason.detail}]


def test_a_commit_beats_an_outcome() -> None:
    answer = get(CHANGES.command_id, recorded(Status.FAILED, command=CHANGES.command_id))
    assert answer.body["status"] == "succeeded"


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW - MESSAGE_LIFETIME, NOW + timedelta(minutes=29)])
def test_a_command_without_a_trace_is_pending_while_its_message_may_wait(at: datetime) -> None:
    answer = get(command_id(5, at))
    assert answer.status == 200
    assert answer.body["status"] == "pending"


@pytest.mark.parametrize(
    "at", [NOW - MESSAGE_LIFETIME - timedelta(minutes=2), NOW - timedelta(days=4_000), NOW + timedelta(minutes=31)]
)
def test_a_command_without_a_trace_from_another_time_never_was(at: datetime) -> None:
    answer = get(command_id(5, at))
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:command-not-found"


@pytest.mark.parametrize(
    "no_command_id",
    [
        "ad4181f8-c33f-4e81-9d9e-0896188d73f0",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "00000000-0000-7000-8000-000000000001",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
        "ffffffff-ffff-7fff-ffff-ffffffffffff",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ],
    ids=["version 4", "version 1", "of 1970", "of 10889", "another variant", "max"],
)
def test_an_id_that_no_command_can_have_is_not_found(no_command_id: str) -> None:
    answer = get(no_command_id)
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:command-not-found"


def test_another_cars_outcome_is_not_found() -> None:
    assert get(COMMAND, recorded(Status.REFUSED, *REASONS), car_id=another_car(1)).status == 404
