"""Each file of cars in `events/` through its function: what `sam local invoke` with it would do and answer."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from moto import mock_aws

from resources.cars import CARS
from tests.support.aws import Aws
from tests.support.deployed import Deployed, load
from tests.support.functions import Functions
from tests.support.http import Answer, read_answer
from tools.generate.events.files import event_files
from tools.generate.files import EVENTS
from tools.paths import ROOT
from trigger_pattern.aws.dynamodb.attributes import read_item

FOLDER = ROOT / EVENTS
FILES = [str(path.relative_to(FOLDER).with_suffix("")) for path in event_files(CARS, FOLDER)]
CAR = "01a19671-c238-72b2-a586-90c6c8f2401f"
OTHER_CAR = "01a19b45-cd4a-7a11-a28c-cf8d73e8c23b"
UPDATE = "01a1969b-98b7-7293-9c04-fc860604181a"
CHANGES = ["ColorChanged", "MileageChanged", "OwnerChanged", "ConditionChanged"]
ACKNOWLEDGED: dict[str, Any] = {"batchItemFailures": []}

Expectation = Callable[[Deployed], None]
EXPECTATIONS: dict[str, Expectation] = {}


def read(file: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{file}.json").read_text()))


def invoke(registry: Deployed, *files: str) -> Any:
    """Send event files through their functions; return what the last one returns."""
    *_, last = [registry.functions.invoke(file.partition("/")[0], read(file)) for file in files]
    return last


def answer(registry: Deployed, file: str) -> Answer:
    """Send a request; return its answer."""
    return read_answer(invoke(registry, file))


def messages(registry: Deployed, queue: str) -> list[Any]:
    """Take the messages of a queue, whose bodies are JSON."""
    return registry.aws.receive_bodies(registry.resources[queue])


def published(registry: Deployed) -> list[tuple[str, int, str]]:
    """Take what the subscriber received: cars, versions and types."""
    return [(each["subject"], each["carversion"], each["type"].rpartition(".")[2]) for each in registry.envelopes()]


def viewed(registry: Deployed) -> dict[str, tuple[int, str | None]]:
    """Return by car its version in the view and its color, None for a deleted one."""
    found: list[Any] = list(registry.aws.dynamodb.scan(TableName=registry.resources["CarViewTable"])["Items"])
    return {each["carId"]: (each["version"], each.get("color")) for each in map(read_item, found)}


def handled(registry: Deployed) -> None:
    """Have the car created and updated."""
    invoke(registry, "CarCommandHandler/create-car", "CarCommandHandler/update-car")


@pytest.fixture(scope="module")
def functions(clients: Aws) -> Functions:
    with mock_aws():
        return load(clients.create_stack())


@pytest.fixture
def registry(aws: Aws, functions: Functions) -> Deployed:
    return Deployed.on(aws, functions)


def expects(file: str) -> Callable[[Expectation], Expectation]:
    """Register what is expected of an event file."""

    def keep(expectation: Expectation) -> Expectation:
        EXPECTATIONS[file] = expectation
        return expectation

    return keep


@expects("CommandApi/post-car")
def the_articles_car_is_accepted(registry: Deployed) -> None:
    accepted = answer(registry, "CommandApi/post-car")
    assert accepted.status == 202
    (message,) = messages(registry, "CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("CreateCar", accepted.body["carId"])
    assert message["correlationId"] == "the-first"


@expects("CommandApi/put-car")
def all_changes_are_accepted(registry: Deployed) -> None:
    assert answer(registry, "CommandApi/put-car").status == 202
    (message,) = messages(registry, "CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("UpdateCar", CAR)
    assert (message["representation"]["color"], message["representation"]["mileage"]) == ("red", 15_000)


@expects("CommandApi/delete-car")
def the_deletion_is_accepted(registry: Deployed) -> None:
    assert answer(registry, "CommandApi/delete-car").status == 202
    (message,) = messages(registry, "CarCommandsQueue")
    assert (message["type"], message["carId"]) == ("DeleteCar", CAR)
    assert message["actor"] == "arn:aws:sts::123456789012:assumed-role/RegistryClerk/jane.doe"


@expects("CommandApi/post-bad-car")
def every_bad_field_is_named(registry: Deployed) -> None:
    rejected = answer(registry, "CommandApi/post-bad-car")
    assert rejected.status == 422
    assert sorted(rejected.fields()) == ["/condition", "/unknown", "/year"]
    assert messages(registry, "CarCommandsQueue") == []


@expects("QueryApi/get-car")
def the_car_is_returned_as_it_was_created(registry: Deployed) -> None:
    assert answer(registry, "QueryApi/get-car").status == 404
    invoke(registry, "CarCommandHandler/create-car")
    found = answer(registry, "QueryApi/get-car")
    assert (found.status, found.headers["ETag"]) == (200, '"1"')
    assert (found.body["carId"], found.body["color"]) == (CAR, "black")


@expects("QueryApi/get-events-of-car")
def the_second_and_third_event_are_returned(registry: Deployed) -> None:
    handled(registry)
    found = answer(registry, "QueryApi/get-events-of-car")
    assert found.status == 200
    assert [(event["version"], event["type"]) for event in found.body["events"]] == [
        (2, "ColorChanged"),
        (3, "MileageChanged"),
    ]
    assert found.body["next"] == "?after=3&limit=2"


@expects("QueryApi/list-cars")
def the_black_m3_is_listed(registry: Deployed) -> None:
    assert answer(registry, "QueryApi/list-cars").body == {"cars": []}
    invoke(registry, "CarProjector/one-insert")
    found = answer(registry, "QueryApi/list-cars")
    assert found.status == 200
    (car,) = found.body["cars"]
    assert (car["carId"], car["version"], car["color"]) == (CAR, 1, "black")


@expects("QueryApi/get-command-of-car")
def the_update_succeeded(registry: Deployed) -> None:
    handled(registry)
    found = answer(registry, "QueryApi/get-command-of-car")
    assert found.status == 200
    assert found.body == {"carId": CAR, "commandId": UPDATE, "status": "succeeded", "version": 5}


@expects("QueryApi/post-to-car")
def a_method_that_the_path_does_not_have_is_not_allowed(registry: Deployed) -> None:
    refused = answer(registry, "QueryApi/post-to-car")
    assert (refused.status, refused.headers["Allow"]) == (405, "DELETE, GET, HEAD, PATCH, PUT")


@expects("CarCommandHandler/create-car")
def the_car_is_created(registry: Deployed) -> None:
    assert invoke(registry, "CarCommandHandler/create-car") == ACKNOWLEDGED
    assert registry.event_types(CAR) == [("Created", 1)]


@expects("CarCommandHandler/update-car")
def all_changes_are_one_commit(registry: Deployed) -> None:
    handled(registry)
    _, update = registry.items(CAR)
    assert [event["type"] for event in read_item(update)["events"]] == CHANGES


@expects("CarCommandHandler/redelivered-duplicate")
def a_second_delivery_changes_nothing(registry: Deployed) -> None:
    handled(registry)
    before = registry.items(CAR)
    assert invoke(registry, "CarCommandHandler/redelivered-duplicate") == ACKNOWLEDGED
    assert registry.items(CAR) == before


@expects("CarCommandHandler/poison-message")
def poison_is_dead_lettered_with_its_reason(registry: Deployed) -> None:
    assert invoke(registry, "CarCommandHandler/poison-message") == ACKNOWLEDGED
    (letter,) = registry.aws.receive(registry.resources["CarCommandsDlq"])
    assert letter["Body"] == read("CarCommandHandler/poison-message")["Records"][0]["body"]
    assert letter["MessageAttributes"]["Reason"]["StringValue"] == "no JSON"


@expects("CarEventBroadcaster/one-insert")
def the_creation_is_published(registry: Deployed) -> None:
    invoke(registry, "CarEventBroadcaster/one-insert")
    assert published(registry) == [(CAR, 1, "Created")]


@expects("CarEventBroadcaster/several-cars")
def every_event_of_every_car_is_published(registry: Deployed) -> None:
    invoke(registry, "CarEventBroadcaster/several-cars")
    found = published(registry)
    events = enumerate(["Created", *CHANGES], start=1)
    assert [each for each in found if each[0] == CAR] == [(CAR, version, name) for version, name in events]
    assert [each for each in found if each[0] == OTHER_CAR] == [(OTHER_CAR, 1, "Created")]


@expects("CarEventBroadcaster/modify-and-remove")
def nothing_but_an_insert_is_published(registry: Deployed) -> None:
    invoke(registry, "CarEventBroadcaster/modify-and-remove")
    assert published(registry) == []
    assert messages(registry, "CarBroadcastDlq") == []


@expects("CarEventBroadcaster/corrupt-image")
def the_corrupt_image_is_dead_lettered_and_the_rest_is_published(registry: Deployed) -> None:
    invoke(registry, "CarEventBroadcaster/corrupt-image")
    assert published(registry) == [(CAR, 1, "Created"), (OTHER_CAR, 1, "Created")]
    (letter,) = messages(registry, "CarBroadcastDlq")
    assert (letter["carId"], letter["version"]) == (CAR, 2)


@expects("CarProjector/one-insert")
def the_created_car_is_viewed(registry: Deployed) -> None:
    invoke(registry, "CarProjector/one-insert")
    assert viewed(registry) == {CAR: (1, "black")}


@expects("CarProjector/several-cars")
def each_car_is_viewed_as_it_became(registry: Deployed) -> None:
    invoke(registry, "CarProjector/several-cars")
    assert viewed(registry) == {CAR: (5, "red"), OTHER_CAR: (1, "red")}


@expects("CarProjector/deletion")
def nothing_brings_a_deleted_car_back(registry: Deployed) -> None:
    invoke(registry, "CarProjector/deletion", "CarProjector/one-insert")
    assert viewed(registry) == {CAR: (6, None)}
    assert answer(registry, "QueryApi/list-cars").body == {"cars": []}


@expects("CarProjector/state-of-another-fold")
def the_state_is_folded_again(registry: Deployed) -> None:
    handled(registry)
    invoke(registry, "CarProjector/state-of-another-fold")
    assert viewed(registry) == {CAR: (5, "red")}


@expects("CarProjector/modify-and-remove")
def nothing_but_an_insert_is_viewed(registry: Deployed) -> None:
    invoke(registry, "CarProjector/modify-and-remove")
    assert viewed(registry) == {}
    assert messages(registry, "CarProjectorDlq") == []


@expects("CarProjector/corrupt-image")
def the_corrupt_image_is_dead_lettered_and_the_rest_is_viewed(registry: Deployed) -> None:
    invoke(registry, "CarProjector/corrupt-image")
    assert viewed(registry) == {CAR: (1, "black"), OTHER_CAR: (1, "red")}
    (letter,) = messages(registry, "CarProjectorDlq")
    assert (letter["carId"], letter["version"]) == (CAR, 2)


@pytest.mark.parametrize("file", FILES)
def test_an_event_file_does_what_it_is_for(file: str, registry: Deployed) -> None:
    assert file in EXPECTATIONS, "nothing is expected of this file yet"
    EXPECTATIONS[file](registry)


def test_nothing_is_expected_of_a_file_that_is_not_there() -> None:
    assert EXPECTATIONS.keys() <= set(FILES)
