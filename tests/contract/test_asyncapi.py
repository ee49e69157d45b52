"""The AsyncAPI document is valid, and says what is really published."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from resources.cars import (
    CARS,
    Color,
    ColorChanged,
    Condition,
    ConditionChanged,
    Deleted,
    Make,
    MileageChanged,
    OwnerChanged,
)
from tests.contract.asyncapi import ATTRIBUTES, DOCUMENT, FILE, MESSAGES, checks_of, type_and_schema
from tests.contract.schemas import load
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import commits_of, published
from tools.contract.publishing import FOLDER
from tools.paths import ROOT
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.aws.messaging.cloud_event import cloud_event, event_message

SOURCE = "urn:cars:cars-prod"
SCRIPT = Path(__file__).with_name("validate_asyncapi.mjs")
CHANGES: list[object] = [
    ColorChanged(Color.RED),
    MileageChanged(15_000),
    OwnerChanged(ANOTHER_OWNER),
    ConditionChanged(Condition.POOR),
]
PUBLISHED = published(*commits_of([car_created()], CHANGES, [Deleted()]))
EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{example['name']}")
    for name, message in MESSAGES.items()
    for example in message["examples"]
]
every_event = pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.event["type"])
every_example = pytest.mark.parametrize(("message", "example"), EXAMPLES)


def errors_in(file: Path) -> list[str]:
    """Have the official parser validate a document, and all that it refers to; give the errors that it finds."""
    command = ["node", str(SCRIPT), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [diagnostic["message"] for diagnostic in json.loads(done.stdout) if diagnostic["severity"] == 0]


def test_the_official_parser_finds_no_error() -> None:
    assert errors_in(FILE) == []


def test_the_official_parser_reads_the_schemas_too(tmp_path: Path) -> None:
    shutil.copy(FILE, tmp_path)
    shutil.copytree(FOLDER, tmp_path / "schemas")
    assert errors_in(tmp_path / FILE.name) == []
    for schema in (tmp_path / "schemas").glob("*.json"):
        schema.write_text('{"type": "no such type"}')
    assert errors_in(tmp_path / FILE.name) != []


def test_its_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert DOCUMENT["info"]["version"] == project["version"]


def test_the_messages_are_the_events_in_the_schema_versions_in_which_they_are_written() -> None:
    described = {message: type_and_schema(message) for message in MESSAGES}
    written = [cloud_event(CARS, published, SOURCE) for published in PUBLISHED]
    assert described == {envelope["type"]: (envelope["type"], envelope["dataschema"]) for envelope in written}
    assert described.keys() == CARS.events.keys()


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_refers_to_the_schema_that_it_names(message: str) -> None:
    _, own = MESSAGES[message]["payload"]["allOf"]
    assert load(FILE.parent / own["properties"]["data"]["$ref"])["$id"] == type_and_schema(message)[1]


def test_the_topic_has_every_message() -> None:
    references = {name: {"$ref": f"#/components/messages/{name}"} for name in MESSAGES}
    assert DOCUMENT["channels"]["carEvents"]["messages"] == references


@every_event
def test_what_is_published_is_valid_as_the_message_of_its_type_and_no_other(published: PublishedEvent) -> None:
    envelope = cloud_event(CARS, published, SOURCE)
    allowing = [message for message in MESSAGES if checks_of(message, "payload").is_valid(envelope)]
    assert allowing == [published.event["type"]]


@every_event
def test_every_part_of_the_envelope_is_described(published: PublishedEvent) -> None:
    described: dict[str, Any] = DOCUMENT["components"]["schemas"]["Envelope"]
    assert cloud_event(CARS, published, SOURCE).keys() == described["properties"].keys()
    assert described["properties"].keys() == set(described["required"])


@every_event
@pytest.mark.parametrize("replay", ["", "01a2071d-69c6-77e7-9550-63568fb9f91c"])
def test_its_attributes_are_valid_and_described(published: PublishedEvent, replay: str) -> None:
    given = event_message(CARS, published, SOURCE, replay).attributes
    texts = {name: attribute.get("StringValue", "") for name, attribute in given.items()}
    values = {name: int(text) if given[name]["DataType"] == "Number" else text for name, text in texts.items()}
    checks_of(published.event["type"], "headers").validate(values)
    assert values.keys() == set(ATTRIBUTES["required"]) | ({"replay"} if replay else set[str]())
    assert ATTRIBUTES["properties"].keys() == set(ATTRIBUTES["required"]) | {"replay"}


def test_a_filter_policy_can_name_every_type_and_make() -> None:
    properties = ATTRIBUTES["properties"]
    assert properties["type"]["enum"] == list(CARS.events)
    assert properties["make"]["enum"] == list(Make)


@every_example
def test_an_example_is_valid(message: str, example: dict[str, Any]) -> None:
    checks_of(message, "payload").validate(example["payload"])
    checks_of(message, "headers").validate(example["headers"])


@every_example
def test_an_examples_parts_tell_of_the_same_event(message: str, example: dict[str, Any]) -> None:
    payload, headers = example["payload"], example["headers"]
    assert headers["type"] == payload["type"] == message
    assert headers["carId"] == payload["subject"]
    assert headers["version"] == payload["carversion"] == int(payload["sequence"])
    assert payload["id"] == f"{payload['subject']}/{payload['carversion']}"
