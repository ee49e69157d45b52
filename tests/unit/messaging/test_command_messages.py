"""A command's way through the queue: what is sent is what is read, and what was never sent is no command."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import ANOTHER_OWNER, CAR_ID, NOW, delete, patch, post, put, representation
from tests.support.commits import ACTOR, CORRELATION_ID, command_id
from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID
from trigger_pattern.aws.messaging.command_message import (
    NotACommand,
    UnknownCommand,
    read_command,
    write_command,
)
from trigger_pattern.definition.requests import CreateRequest, PatchRequest, Request
from trigger_pattern.kernel import Command

COMMAND: Command[Request] = Command(
    command_id=command_id(1),
    aggregate_id=CAR_ID,
    request=put(color="red"),
    issued_at=NOW,
    actor=ACTOR,
    correlation_id=CORRELATION_ID,
)
PATCH = patch(color="red", mileage=15_000, owner=str(ANOTHER_OWNER), condition="poor")
MESSAGE: dict[str, Any] = {
    "commandId": command_id(1),
    "type": "UpdateCar",
    "carId": CAR_ID,
    "representation": representation(color="red"),
    "issuedAt": "2026-11-01T12:00:00.000Z",
    "actor": ACTOR,
    "correlationId": CORRELATION_ID,
}


def message(**changes: Any) -> str:
    """Write a message with some fields different; None leaves a field out."""
    return json.dumps({name: value for name, value in {**MESSAGE, **changes}.items() if value is not None})


@pytest.mark.parametrize("request_", [post(), put(), PATCH, delete()], ids=lambda request: type(request).__name__)
@pytest.mark.parametrize("expected_version", [None, 0, 7, 2**40])
def test_a_command_comes_out_of_the_queue_as_it_went_in(request_: Request, expected_version: int | None) -> None:
    command = replace(COMMAND, request=request_, expected_version=expected_version)
    assert read_command(CARS, write_command(CARS, command)) == command


@pytest.mark.parametrize("text", ["", "ümlaut ⛟", "\x00\n\t", '"; DROP TABLE', "x" * MAX_ACTOR])
def test_any_text_survives(text: str) -> None:
    command = replace(COMMAND, actor=text, correlation_id=text[:MAX_CORRELATION_ID])
    assert read_command(CARS, write_command(CARS, command)) == command


def test_a_message_tells_that_its_request_has_a_key() -> None:
    command = replace(COMMAND, keyed=True)
    assert json.loads(write_command(CARS, command)) == {**MESSAGE, "keyed": True}
    assert read_command(CARS, write_command(CARS, command)) == command


def test_a_message_has_the_fields_that_the_design_names() -> None:
    assert json.loads(write_command(CARS, COMMAND)) == MESSAGE


@pytest.mark.parametrize("name", ["expectedVersion", "representation"])
def test_what_a_command_does_not_have_its_message_does_not_mention(name: str) -> None:
    assert name not in write_command(CARS, replace(COMMAND, request=delete()))


def test_times_are_read_in_utc_whatever_their_offset() -> None:
    assert read_command(CARS, message(issuedAt="2026-11-01T13:30:00+01:30")).issued_at == NOW


def test_fields_that_newer_code_added_are_passed_over() -> None:
    assert read_command(CARS, message(priority="high", tags=[1, {"a": None}])) == COMMAND


INVALID: list[dict[str, Any]] = [{}, {"color": 7}, {"year": None, "x": [[]]}, {"mileage": "1e400"}]


def test_a_message_with_two_members_of_one_name_is_no_command() -> None:
    twice = message().replace('"type"', '"type": "DeleteCar", "type"')
    with pytest.raises(NotACommand, match="two members of one name"):
        read_command(CARS, twice)


def test_a_number_is_read_as_it_was_written() -> None:
    patch = message(type="PatchCar", representation={"mileage": 0})
    read = read_command(CARS, patch.replace('{"mileage": 0}', '{"mileage": 1.5e4}'))
    assert read.request == PatchRequest(CAR_ID, {"mileage": Decimal(15_000)})


@pytest.mark.parametrize("fields", INVALID)
def test_whether_the_representation_is_valid_is_not_asked(fields: dict[str, Any]) -> None:
    read = read_command(CARS, message(type="CreateCar", representation=fields))
    assert read.request == CreateRequest(CAR_ID, fields)


@pytest.mark.parametrize(
    "body",
    ["", "hello", "{", "null", "[]", "7", '"UpdateCar"', "{}", "[" * 5_000, '{"a":' * 5_000, "\x00", "\ufeff{}",
     f"[{message()}]", message() + "x", message().replace("red", "\\ud800")],
)  # fmt: skip
def test_what_is_no_json_object_is_no_command(body: str) -> None:
    with pytest.raises(NotACommand):
        read_command(CARS, body)


@pytest.mark.parametrize("name", MESSAGE)
def test_a_command_lacks_nothing(name: str) -> None:
    with pytest.raises(NotACommand):
        read_command(CARS, message(**{name: None}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("commandId", 7), ("commandId", "x"), ("commandId", ""), ("carId", True), ("carId", "jane"), ("carId", [CAR_ID]),
     ("type", 1), ("type", ["UpdateCar"]), ("representation", "red"), ("representation", []), ("representation", 7),
     ("issuedAt", "yesterday"), ("issuedAt", "2026-11-01"), ("issuedAt", "2026-11-01T12:00:00"),
     ("issuedAt", "2026-13-01T12:00:00Z"), ("issuedAt", "0001-01-01T00:00:00+14:00"),
     ("issuedAt", "9999-12-31T23:59:59-14:00"), ("actor", 7), ("actor", "x" * (MAX_ACTOR + 1)), ("correlationId", {}),
     ("correlationId", "x" * (MAX_CORRELATION_ID + 1)), ("expectedVersion", "3"), ("expectedVersion", 3.5),
     ("expectedVersion", True), ("expectedVersion", -1)],
)  # fmt: skip
def test_a_field_of_the_wrong_type_makes_it_no_command(name: str, value: object) -> None:
    with pytest.raises(NotACommand):
        read_command(CARS, message(**{name: value}))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (message(carId="jane"), "/carId: Expected a UUID other than the nil UUID."),
        (message(actor=None, carId=None), "/carId: A value is required., /actor: A value is required."),
        (
            message(issuedAt="2026-11-01T12:00:00"),
            "/issuedAt: Expected a time with its offset, such as 2026-11-30T12:00:00Z.",
        ),
        (message(type=7), "/type: Expected a text."),
        (message(representation=None), "/representation: A value is required."),
        ("hello", "no JSON"),
        ("[]", "no JSON object"),
        (message().replace("red", "\\ud800"), "half of a surrogate pair"),
    ],
)
def test_the_reason_says_what_is_wrong(body: str, reason: str) -> None:
    with pytest.raises(NotACommand) as refused:
        read_command(CARS, body)
    assert str(refused.value) == reason


@pytest.mark.parametrize("name", ["PaintCar", "updatecar", ""])
def test_a_command_of_an_unknown_type_waits_for_newer_code(name: str) -> None:
    with pytest.raises(UnknownCommand):
        read_command(CARS, message(type=name))


SECRET = "4111-1111-1111-1111"  # noqa: S105 - of nobody


@pytest.mark.parametrize(
    "body",
    [
        SECRET,
        f'{{"{SECRET}": 1}}',
        *(message(**{name: SECRET}) for name in MESSAGE if name not in {"actor", "correlationId", "type"}),
        message(**{SECRET: 1}, actor=None),
        message(representation=None, actor=SECRET),
        message(actor=SECRET * 100),
        message(representation={SECRET: SECRET}, carId=None),
    ],
)
def test_the_reason_repeats_nothing_of_the_message(body: str) -> None:
    with pytest.raises(NotACommand) as refused:
        read_command(CARS, body)
    assert str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_command_keeps_its_time_to_the_millisecond() -> None:
    command = replace(COMMAND, issued_at=NOW + timedelta(milliseconds=1))
    assert read_command(CARS, write_command(CARS, command)).issued_at == command.issued_at
