"""The AsyncAPI document is valid, has a channel for each resource, and allows what is really published."""

import json
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
    MileageChanged,
    OwnerChanged,
)
from tests.contract.asyncapi import DOCUMENT, MESSAGES, SCHEMAS, TEXT, allowing, checks_of
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import commits_of, published
from tools.contract.publishing import publish
from tools.paths import ROOT
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.aws.messaging.event_message import event_message

SOURCE = "tag:example.com,2026:cars/cars-prod"
SCRIPT = Path(__file__).with_name("validate_asyncapi.mjs")
CHANGES: list[object] = [
    ColorChanged(Color.RED),
    MileageChanged(15_000),
    OwnerChanged(ANOTHER_OWNER),
    ConditionChanged(Condition.POOR),
]
PUBLISHED = published(*commits_of([car_created()], CHANGES, [Deleted()]))
EXAMPLES = [
    pytest.param(channel, name, example, id=f"{channel}-{name}-{example['name']}")
    for channel, messages in MESSAGES.items()
    for name, message in messages.items()
    for example in message["examples"]
]
every_event = pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.event["type"])
every_example = pytest.mark.parametrize(("channel", "message", "example"), EXAMPLES)


def errors_in(file: Path) -> list[str]:
    """Return what the official parser finds wrong; notes about style, and the newer AsyncAPI version, are none."""
    command = ["node", str(SCRIPT), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [found["message"] for found in json.loads(done.stdout) if found["severity"] == 0]


def test_the_official_parser_finds_no_error_in_it_nor_in_its_schemas(tmp_path: Path) -> None:
    (tmp_path / "asyncapi.yaml").write_text(TEXT)
    publish(SCHEMAS, tmp_path / "schemas", tmp_path / "pins")
    assert errors_in(tmp_path / "asyncapi.yaml") == []
    for schema in (tmp_path / "schemas").rglob("*.json"):
        schema.write_text('{"type": "no such type"}')
    assert errors_in(tmp_path / "asyncapi.yaml") != []


def test_its_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert DOCUMENT["info"]["version"] == project["version"]


def test_each_resource_has_its_own_channel_with_a_message_for_each_event() -> None:
    assert {channel: [*messages] for channel, messages in MESSAGES.items()} == {
        "carEvents": ["Created", "ColorChanged", "MileageChanged", "OwnerChanged", "ConditionChanged", "Deleted"],
        "accountEvents": [
            *("Opened", "OwnerChanged", "LimitChanged", "NicknameChanged", "Frozen", "Unfrozen", "Closed")
        ],
    }


@every_event
def test_what_is_published_is_valid_as_the_message_of_its_type_and_no_other(published: PublishedEvent) -> None:
    envelope = cloud_event(CARS, published, SOURCE)
    assert allowing("carEvents", envelope) == [published.event["type"]]
    assert allowing("accountEvents", envelope) == []


@every_event
def test_every_part_of_the_envelope_is_described(published: PublishedEvent) -> None:
    described: dict[str, Any] = DOCUMENT["components"]["schemas"]["CarEnvelope"]
    assert cloud_event(CARS, published, SOURCE).keys() == described["properties"].keys()
    assert described["properties"].keys() == set(described["required"])


@every_event
@pytest.mark.parametrize("replay", ["", "01a2071d-69c6-77e7-9550-63568fb9f91c"])
def test_its_attributes_are_valid_and_described(published: PublishedEvent, replay: str) -> None:
    given = event_message(CARS, published, SOURCE, replay).attributes
    texts = {name: attribute.get("StringValue", "") for name, attribute in given.items()}
    values = {name: int(text) if given[name]["DataType"] == "Number" else text for name, text in texts.items()}
    checks_of("carEvents", published.event["type"], "headers").validate(values)
    attributes = DOCUMENT["components"]["schemas"]["CarAttributes"]
    assert values.keys() == set(attributes["required"]) | ({"replay"} if replay else set[str]())
    assert attributes["properties"].keys() == set(attributes["required"]) | {"replay"}


def test_a_filter_policy_can_name_every_type_and_make() -> None:
    properties = DOCUMENT["components"]["schemas"]["CarAttributes"]["properties"]
    assert properties["type"]["enum"] == list(CARS.events)
    assert properties["make"]["enum"] == ["Ford", "BMW"]


@every_example
def test_an_example_is_valid(channel: str, message: str, example: dict[str, Any]) -> None:
    assert allowing(channel, example["payload"]) == [message]
    checks_of(channel, message, "headers").validate(example["headers"])
