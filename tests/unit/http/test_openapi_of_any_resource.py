"""The description of an API of two resources, which the tools do not know."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

import trigger_pattern_authoring
from resources.cars import CARS
from tests.support.notes import WALL_NOTES
from trigger_pattern_authoring.openapi.document import openapi_document
from trigger_pattern_authoring.openapi.stack import Stack

SHOP = Stack("Shop", "A shop", "1.0.0", "shop")
DOCUMENT = openapi_document((CARS, WALL_NOTES), SHOP)
SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [operation for item in DOCUMENT["paths"].values() for operation in item.values()]


def test_it_is_openapi() -> None:
    validate(DOCUMENT)


def test_its_references_resolve() -> None:
    text = json.dumps(DOCUMENT)
    for kind, name in re.findall(r'"\$ref": "#/components/(\w+)/([^"]+)"', text):
        assert name in DOCUMENT["components"][kind]
    assert text.count('"$ref": "') == text.count('"$ref": "#/components/')


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS]
    assert len({*names}) == len(names) == 16
    assert {"createWallNote", "listWallNotes", "listWallNoteEvents", "listCarEvents"} < {*names}


def test_links_lead_to_operations_with_the_parameters_that_those_have() -> None:
    parameters = {each["operationId"]: {given["name"] for given in each["parameters"]} for each in OPERATIONS}
    answers = (answer for operation in OPERATIONS for answer in operation["responses"].values())
    for link in (link for answer in answers for link in answer.get("links", {}).values()):
        assert link["parameters"].keys() <= parameters[link["operationId"]]


def test_nothing_about_one_resource_is_about_the_other() -> None:
    paths = {path: item for path, item in DOCUMENT["paths"].items() if path.startswith("/wall-notes")}
    schemas = {name: schema for name, schema in SCHEMAS.items() if name.startswith("WallNote")}
    assert len(paths) == 4
    assert len(schemas) == 17 + len(WALL_NOTES.events)
    others = [value for name, value in DOCUMENT["components"].items() if name != "schemas"]
    assert not re.search(r"\bcars?", json.dumps([paths, schemas, others, DOCUMENT["info"]]), re.IGNORECASE)


def test_one_resource_is_described_alike_alone_and_beside_another() -> None:
    alone = openapi_document((WALL_NOTES,), SHOP)
    assert alone["paths"].items() <= DOCUMENT["paths"].items()
    assert alone["components"]["schemas"].items() <= SCHEMAS.items()


def test_nothing_that_is_written_for_authors_is_about_cars() -> None:
    files = [file for file in Path(trigger_pattern_authoring.__path__[0]).rglob("*") if file.suffix in (".py", ".txt")]
    assert files
    assert [file for file in files if re.search(r"\bcars?\b|Car[A-Z_]|\bCARS?\b", file.read_text())] == []


def test_two_resources_cannot_share_a_name() -> None:
    other = replace(WALL_NOTES, name="car-page", plural="car-pages")
    with pytest.raises(ValueError, match="CarPage"):
        openapi_document((CARS, other), SHOP)
