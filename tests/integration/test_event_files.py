"""Each file in `events/` through the function it is for: what `sam local invoke` with it would do and answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws

from tests.support.aws import Aws
from tests.support.functions import ROOT_FOLDER, Functions, load_functions
from tests.support.http import Answer, read_answer

FOLDER = ROOT_FOLDER / "events"
FILES = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.*"))
CAR = "01a19671-c238-72b2-a586-90c6c8f2401f"
OTHER_CAR = "01a19b45-cd4a-7a11-a28c-cf8d73e8c23b"
UPDATE = "01a1969b-98b7-7293-9c04-fc860604181a"


def read(file: str) -> dict[str, Any]:
    """Read an event file."""
    return dict(json.loads((FOLDER / f"{file}.json").read_text()))


def create_resources(aws: Aws) -> dict[str, str]:
    """Create what the functions use; give the names that the template's `Ref` gives."""
    queues = ("CarCommandsQueue", "CarCommandsDlq", "CarBroadcastDlq", "CarProjectorDlq", "CarProjectorRetryQueue")
    tables = ("CarEventsTable", "CarViewTable", "CarOutcomesTable", "CarTicketsTable")
    created = {name: aws.create_queue(name) for name in queues} | {name: aws.create_table(name) for name in tables}
    return {**created, "CarEventsTopic": aws.create_topic("CarEventsTopic")}


@dataclass(frozen=True)
class Registry:
    """The system, empty, and the functions to send events through."""

    aws: Aws
    functions: Functions
    resources: Mapping[str, str]
    subscriber: str

    def invoke(self, file: str) -> Any:
        """Send an event file through its function."""
        return self.functions.invoke(file.partition("/")[0], read(file))

    def answer(self, file: str) -> Answer:
        """Send a request; give its answer."""
        return read_answer(self.invoke(file))

    def messages(self, queue: str) -> list[Any]:
        """Take the messages of a queue, whose bodies are JSON."""
        return self.aws.receive_bodies(self.resources[queue])

    def published(self) -> list[tuple[str, int, str]]:
        """Take what the subscriber received: cars, versions and types."""
        envelopes = self.aws.receive_bodies(self.subscriber)
        return [(envelope["subject"], envelope["carversion"], envelope["type"]) for envelope in envelopes]


@pytest.fixture(scope="module")
def functions(clients: Aws) -> Functions:
    with mock_aws():
        resources = create_resources(clients)
        return load_functions(
            resources, "CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector"
        )


@pytest.fixture
def registry(aws: Aws, functions: Functions) -> Registry:
    resources = create_resources(aws)
    return Registry(aws, functions, resources, aws.subscribe_queue(resources["CarEventsTopic"], "subscriber"))


Expectation = Callable[[Registry], None]
EXPECTATIONS: dict[str, Expectation] = {}


def expects(file: str) -> Callable[[Expectation], Expectation]:
    """Say what is expected of an event file."""

    def keep(expectation: Expectation) -> Expectation:
        EXPECTATIONS[file] = expectation
        return expectation

    return keep


@expects("CommandApi/post-car")
def the_articles_car_is_accepted(registry: Registry) -> None:
    answer = registry.answer("CommandApi/post-car")
    assert answer.status == 202
    (message,) = registry.messages("CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("CreateCar", answer.body["carId"])
    assert message["correlationId"] == "first-car"


@expects("CommandApi/put-car")
def a_new_color_mileage_and_owner_are_accepted(registry: Registry) -> None:
    assert registry.answer("CommandApi/put-car").status == 202
    (message,) = registry.messages("CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("UpdateCar", CAR)
    assert (message["representation"]["color"], message["representation"]["mileage"]) == ("red", 15_000)


@expects("CommandApi/delete-car")
def the_deletion_is_accepted(registry: Registry) -> None:
    assert registry.answer("CommandApi/delete-car").status == 202
    (message,) = registry.messages("CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("DeleteCar", CAR)
    assert message["actor"] == "arn:aws:sts::123456789012:assumed-role/RegistryClerk/jane.doe"


@expects("CommandApi/bad-body")
def every_bad_field_is_named(registry: Registry) -> None:
    answer = registry.answer("CommandApi/bad-body")
    assert answer.status == 422
    assert sorted(answer.fields()) == ["/color", "/doors", "/mileage", "/owner"]
    assert registry.messages("CarCommandsQueue") == []


@expects("QueryApi/get-car")
def the_car_is_given_as_it_was_created(registry: Registry) -> None:
    assert registry.answer("QueryApi/get-car").status == 404
    registry.invoke("CarCommandHandler/create-car")
    answer = registry.answer("QueryApi/get-car")
    assert (answer.status, answer.headers["ETag"]) == (200, '"1"')
    assert (answer.body["carId"], answer.body["color"]) == (CAR, "black")


@expects("QueryApi/get-events")
def the_second_and_third_event_are_given(registry: Registry) -> None:
    registry.invoke("CarCommandHandler/create-car")
    registry.invoke("CarCommandHandler/update-car")
    answer = registry.answer("QueryApi/get-events")
    assert answer.status == 200
    assert [(event["version"], event["type"]) for event in answer.body["events"]] == [
        (2, "ColorChanged"),
        (3, "MileageChanged"),
    ]
    assert answer.body["next"] == "?after=3&limit=2"


@expects("QueryApi/list-cars")
def the_black_m3_is_listed(registry: Registry) -> None:
    assert registry.answer("QueryApi/list-cars").body == {"cars": []}
    registry.invoke("CarProjector/one-insert")
    answer = registry.answer("QueryApi/list-cars")
    assert answer.status == 200
    (car,) = answer.body["cars"]
    assert (car["carId"], car["version"], car["color"]) == (CAR, 1, "black")


@expects("QueryApi/get-command")
def the_update_succeeded(registry: Registry) -> None:
    registry.invoke("CarCommandHandler/create-car")
    registry.invoke("CarCommandHandler/update-car")
    answer = registry.answer("QueryApi/get-command")
    assert answer.status == 200
    assert answer.body == {"carId": CAR, "commandId": UPDATE, "status": "succeeded", "version": 4}


@expects("QueryApi/unknown-route")
def a_method_that_the_path_does_not_have_is_not_allowed(registry: Registry) -> None:
    answer = registry.answer("QueryApi/unknown-route")
    assert (answer.status, answer.headers["Allow"]) == (405, "DELETE, GET, HEAD, PATCH, PUT")


ACKNOWLEDGED: dict[str, Any] = {"batchItemFailures": []}


def items(registry: Registry) -> list[tuple[int, list[str]]]:
    """List the commits: the version of each, and the types of its events."""
    found = registry.aws.dynamodb.scan(TableName=registry.resources["CarEventsTable"])["Items"]
    raw: list[Any] = list(found)
    commits = [(int(item["version"]["N"]), [event["M"]["type"]["S"] for event in item["events"]["L"]]) for item in raw]
    return sorted(commits)


@expects("CarCommandHandler/create-car")
def the_car_is_created(registry: Registry) -> None:
    assert registry.invoke("CarCommandHandler/create-car") == ACKNOWLEDGED
    assert items(registry) == [(1, ["Created"])]


@expects("CarCommandHandler/update-car")
def three_changes_are_one_commit(registry: Registry) -> None:
    registry.invoke("CarCommandHandler/create-car")
    assert registry.invoke("CarCommandHandler/update-car") == ACKNOWLEDGED
    assert items(registry) == [(1, ["Created"]), (2, ["ColorChanged", "MileageChanged", "OwnerChanged"])]


@expects("CarCommandHandler/redelivered-duplicate")
def a_second_delivery_changes_nothing(registry: Registry) -> None:
    registry.invoke("CarCommandHandler/create-car")
    registry.invoke("CarCommandHandler/update-car")
    before = items(registry)
    assert registry.invoke("CarCommandHandler/redelivered-duplicate") == ACKNOWLEDGED
    assert items(registry) == before


@expects("CarCommandHandler/poison-message")
def poison_is_set_aside_with_its_reason(registry: Registry) -> None:
    assert registry.invoke("CarCommandHandler/poison-message") == ACKNOWLEDGED
    (letter,) = registry.aws.receive(registry.resources["CarCommandsDlq"])
    assert letter["Body"] == read("CarCommandHandler/poison-message")["Records"][0]["body"]
    assert letter["MessageAttributes"]["Reason"]["StringValue"] == "json_invalid"


@expects("CarEventBroadcaster/one-insert")
def the_creation_is_published(registry: Registry) -> None:
    registry.invoke("CarEventBroadcaster/one-insert")
    assert registry.published() == [(CAR, 1, "Created")]


@expects("CarEventBroadcaster/several-cars")
def every_event_of_every_car_is_published(registry: Registry) -> None:
    registry.invoke("CarEventBroadcaster/several-cars")
    published = registry.published()
    assert [name for name in published if name[0] == CAR] == [
        (CAR, 1, "Created"),
        (CAR, 2, "ColorChanged"),
        (CAR, 3, "MileageChanged"),
        (CAR, 4, "OwnerChanged"),
    ]
    assert [name for name in published if name[0] == OTHER_CAR] == [(OTHER_CAR, 1, "Created")]


@expects("CarEventBroadcaster/modify-and-remove")
def nothing_but_an_insert_is_published(registry: Registry) -> None:
    registry.invoke("CarEventBroadcaster/modify-and-remove")
    assert registry.published() == []
    assert registry.messages("CarBroadcastDlq") == []


@expects("CarEventBroadcaster/corrupt-image")
def the_corrupt_image_is_set_aside_and_the_rest_is_published(registry: Registry) -> None:
    registry.invoke("CarEventBroadcaster/corrupt-image")
    assert registry.published() == [(CAR, 1, "Created"), (OTHER_CAR, 1, "Created")]
    (reject,) = registry.messages("CarBroadcastDlq")
    assert (reject["carId"], reject["version"]) == (CAR, 2)


def viewed(registry: Registry) -> dict[str, tuple[int, str | None]]:
    """Read the cars view: by car its version and color; None for a deleted one."""
    found = registry.aws.dynamodb.scan(TableName=registry.resources["CarViewTable"])["Items"]
    items: list[Any] = list(found)
    return {item["carId"]["S"]: (int(item["version"]["N"]), item.get("color", {}).get("S")) for item in items}


@expects("CarProjector/one-insert")
def the_created_car_is_viewed(registry: Registry) -> None:
    registry.invoke("CarProjector/one-insert")
    assert viewed(registry) == {CAR: (1, "black")}


@expects("CarProjector/several-cars")
def each_car_is_viewed_as_it_became(registry: Registry) -> None:
    registry.invoke("CarProjector/several-cars")
    assert viewed(registry) == {CAR: (4, "red"), OTHER_CAR: (1, "blue")}


@expects("CarProjector/deletion")
def nothing_brings_a_deleted_car_back(registry: Registry) -> None:
    registry.invoke("CarProjector/deletion")
    registry.invoke("CarProjector/one-insert")
    assert viewed(registry) == {CAR: (5, None)}
    assert registry.answer("QueryApi/list-cars").body == {"cars": []}


@expects("CarProjector/state-of-another-fold")
def the_state_is_folded_anew(registry: Registry) -> None:
    registry.invoke("CarCommandHandler/create-car")
    registry.invoke("CarCommandHandler/update-car")
    registry.invoke("CarProjector/state-of-another-fold")
    assert viewed(registry) == {CAR: (4, "red")}


@expects("CarProjector/modify-and-remove")
def nothing_but_an_insert_is_viewed(registry: Registry) -> None:
    registry.invoke("CarProjector/modify-and-remove")
    assert viewed(registry) == {}
    assert registry.messages("CarProjectorDlq") == []


@expects("CarProjector/corrupt-image")
def the_corrupt_image_is_set_aside_and_the_rest_is_viewed(registry: Registry) -> None:
    registry.invoke("CarProjector/corrupt-image")
    assert viewed(registry) == {CAR: (1, "black"), OTHER_CAR: (1, "blue")}
    (reject,) = registry.messages("CarProjectorDlq")
    assert (reject["carId"], reject["version"]) == (CAR, 2)


@pytest.mark.parametrize("file", FILES)
def test_an_event_file_does_what_it_is_for(file: str, registry: Registry) -> None:
    assert file in EXPECTATIONS, "nothing is expected of this file yet"
    EXPECTATIONS[file](registry)


def test_nothing_is_expected_of_a_file_that_is_not_there() -> None:
    assert EXPECTATIONS.keys() <= set(FILES)
