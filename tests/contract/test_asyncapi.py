"""The AsyncAPI document is valid, has a channel for each resource, and allows what is really published."""

import json
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from resources.cars import (
    CARS,
    Car,
    Color,
    ColorChanged,
    Condition,
    ConditionChanged,
    Deleted,
    MileageChanged,
    OwnerChanged,
)
from tests.contract.asyncapi import DOCUMENT, EMPTY, MESSAGES, RESOURCES, SCHEMAS, TEXT, allowing, checks_of, read_yaml
from tests.contract.schemas import Json
from tests.laws.carts import CARTS
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import commits_of, published
from tools.generate.asyncapi.document import asyncapi
from tools.generate.drawing import NotGenerated
from tools.generate.fold_corpus import corpus_of
from tools.paths import ROOT
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.aws.messaging.event_message import event_message
from trigger_pattern.definition.resource import AnyResource

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
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [found["message"] for found in json.loads(done.stdout) if found["severity"] == 0]


def test_the_official_parser_finds_no_error_in_it_nor_in_its_schemas(tmp_path: Path) -> None:
    (tmp_path / "asyncapi.yaml").write_text(TEXT)
    assert errors_in(tmp_path / "asyncapi.yaml") == []
    (tmp_path / "asyncapi.yaml").write_text(TEXT.replace("type: integer", "type: no such type"))
    assert errors_in(tmp_path / "asyncapi.yaml") != []


def test_it_has_all_that_the_score_of_asyncapis_command_line_counts() -> None:
    assert DOCUMENT["info"]["description"]
    assert DOCUMENT["info"]["license"]["name"]
    assert DOCUMENT["servers"]
    assert DOCUMENT["channels"]


def test_it_is_written_by_the_sender() -> None:
    assert {each["action"] for each in DOCUMENT["operations"].values()} == {"send"}


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items(), ids=list(SCHEMAS))
def test_no_object_and_no_enumeration_lacks_a_name_in_generated_code(name: str, schema: Json) -> None:
    assert [*unnamed(schema.get("properties", {}))] == []


def unnamed(parts: Json) -> Iterator[str]:
    """Yield the parts of an object that are an object or an enumeration, and no reference to one."""
    for name, part in parts.items():
        inside = [part, part.get("items", {}), *part.get("anyOf", [])]
        if any({"properties", "enum"} & each.keys() for each in inside):
            yield name


def test_each_message_has_a_payload_and_data_of_its_own() -> None:
    messages: dict[str, Json] = DOCUMENT["components"]["messages"]
    payloads = [message["payload"]["$ref"].rpartition("/")[2] for message in messages.values()]
    assert len({*payloads}) == sum(len(resource.events) for resource in RESOURCES)
    data = [SCHEMAS[payload]["properties"]["data"]["$ref"].rpartition("/")[2] for payload in payloads]
    assert data == [payload.removesuffix("Event") + "Data" for payload in payloads]
    assert all(name in SCHEMAS for name in data)


def test_parts_of_nested_values_are_named_by_their_places() -> None:
    assert SCHEMAS["ShoppingCartLineAddedData"]["properties"]["line"] == refers_to("ShoppingCartLine")
    assert SCHEMAS["ShoppingCartStartedData"]["properties"]["lines"]["items"] == refers_to("ShoppingCartLinesItem")
    assert SCHEMAS["ShoppingCartLine"]["properties"]["price"] == refers_to("ShoppingCartLinePrice")
    assert SCHEMAS["ShoppingCartLinePrice"]["properties"]["currency"] == refers_to("ShoppingCartLinePriceCurrency")


class Dye(StrEnum):
    """Other values than a car's color has."""

    INDIGO = "indigo"


@dataclass(frozen=True)
class Dyed:
    """It was dyed."""

    color: Dye


def dyed(car: Car, _: Dyed) -> Car:
    return car


def test_a_part_that_differs_from_another_of_its_name_is_named_by_its_event_too() -> None:
    today: AnyResource = CARS
    cars = replace(today, apply=dyed)
    schemas = read_yaml(asyncapi([(cars, corpus_of(cars, EMPTY))]))["components"]["schemas"]
    assert schemas["CarColor"]["enum"] == [*Color]
    assert schemas["CarDyedData"]["properties"]["color"] == refers_to("CarDyedColor")
    assert schemas["CarDyedColor"]["enum"] == ["indigo"]


def refers_to(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


def test_an_older_version_that_is_still_written_has_its_published_schema(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    older = replace(CARS, upcasters={"ColorChanged": [dict]}, downcasters={"ColorChanged": [dict]})
    corpus = corpus_of(older, {"foldVersion": 0, "histories": {}})
    assert f"const: {CARS.schema_uri('ColorChanged', 1)}" in asyncapi([(older, corpus)])
    monkeypatch.setattr("tools.generate.asyncapi.schemas.FOLDER", tmp_path)
    with pytest.raises(NotGenerated, match="was never published"):
        asyncapi([(older, corpus)])


def test_its_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert DOCUMENT["info"]["version"] == project["version"]


def test_each_resource_has_its_own_channel_with_a_message_for_each_event() -> None:
    assert {channel: [*messages] for channel, messages in MESSAGES.items()} == {
        "carEvents": ["Created", "ColorChanged", "MileageChanged", "OwnerChanged", "ConditionChanged", "Deleted"],
        "accountEvents": [
            *("Opened", "OwnerChanged", "LimitChanged", "NicknameChanged", "Frozen", "Unfrozen", "Closed")
        ],
        "shoppingCartEvents": [*CARTS.events],
    }


@every_event
def test_what_is_published_is_valid_as_the_message_of_its_type_and_no_other(published: PublishedEvent) -> None:
    envelope = cloud_event(CARS, published, SOURCE)
    assert allowing("carEvents", envelope) == [published.event["type"]]
    assert allowing("accountEvents", envelope) == []


@every_event
def test_every_part_of_the_envelope_is_described(published: PublishedEvent) -> None:
    described = SCHEMAS[f"Car{published.event['type']}Event"]
    assert cloud_event(CARS, published, SOURCE).keys() == described["properties"].keys()
    assert described["properties"].keys() == set(described["required"])


@every_event
@pytest.mark.parametrize("replay", ["", "01a2071d-69c6-77e7-9550-63568fb9f91c"])
def test_its_attributes_are_valid_and_described(published: PublishedEvent, replay: str) -> None:
    given = event_message(CARS, published, SOURCE, replay).attributes
    texts = {name: attribute.get("StringValue", "") for name, attribute in given.items()}
    values = {name: int(text) if given[name]["DataType"] == "Number" else text for name, text in texts.items()}
    checks_of("carEvents", published.event["type"], "headers").validate(values)
    attributes = SCHEMAS["CarAttributes"]
    assert values.keys() == set(attributes["required"]) | ({"replay"} if replay else set[str]())
    assert attributes["properties"].keys() == set(attributes["required"]) | {"replay"}


def test_a_filter_policy_can_name_every_type_and_make() -> None:
    properties = SCHEMAS["CarAttributes"]["properties"]
    assert (properties["type"], properties["make"]) == (refers_to("CarEventName"), refers_to("CarMake"))
    assert SCHEMAS["CarEventName"]["enum"] == list(CARS.events)
    assert SCHEMAS["CarMake"]["enum"] == ["Ford", "BMW"]


@every_example
def test_an_example_is_valid(channel: str, message: str, example: dict[str, Any]) -> None:
    assert allowing(channel, example["payload"]) == [message]
    checks_of(channel, message, "headers").validate(example["headers"])
