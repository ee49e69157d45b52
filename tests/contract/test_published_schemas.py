"""A published schema is a promise: to those who read events, and to the events that are stored already."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from resources import RESOURCES
from tests.contract.schemas import Json, load
from tools.contract.publishing import FOLDER, PINS, broken, file_of, pinned, written
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import schema_version

FILES = sorted(FOLDER.rglob("*.json"))
GENERATED = [event_schema(resource, name) for resource in RESOURCES for name in resource.events]
every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
every_event = pytest.mark.parametrize("schema", GENERATED, ids=lambda schema: schema["$id"])


@every_event
def test_what_the_code_writes_breaks_nothing_that_is_published(schema: Json) -> None:
    assert broken([schema], PINS) == []


@every_file
def test_no_file_breaks_what_it_was_when_it_was_published(file: Path) -> None:
    """Of old versions too, which no code makes any more. Who means it has to change the pin, for all to see."""
    assert broken([load(file)], PINS) == []


def test_every_file_is_pinned() -> None:
    assert {pin.relative_to(PINS) for pin in PINS.rglob("*.json")} == {file.relative_to(FOLDER) for file in FILES}


@every_file
def test_every_field_is_pinned(file: Path) -> None:
    schema = load(file)
    assert pinned(schema, PINS)["properties"].keys() == schema["properties"].keys(), "make schemas pins what is new"


@every_event
def test_what_is_published_is_what_the_code_makes(schema: Json) -> None:
    assert file_of(schema, FOLDER).read_text() == written(schema), "make schemas writes it anew"


@every_file
def test_a_file_is_a_json_schema_by_its_own_name(file: Path) -> None:
    schema = load(file)
    Draft202012Validator.check_schema(schema)
    assert file_of(schema, FOLDER) == file


@every_file
def test_every_field_is_described(file: Path) -> None:
    schema = load(file)
    undescribed = [name for name, field in schema["properties"].items() if not field.get("description")]
    assert schema["description"], f"{schema['title']} needs a docstring"
    assert not undescribed, f"{schema['title']}: add a Doc to {', '.join(undescribed)}, then make schemas"


@every_file
def test_what_a_reader_does_not_know_is_allowed(file: Path) -> None:
    assert not {"additionalProperties", "unevaluatedProperties", "maxProperties"} & load(file).keys()


def test_every_version_that_an_event_ever_had_is_published_and_no_other() -> None:
    versions = {
        FOLDER / resource.plural / f"{name}.{number}.json"
        for resource in RESOURCES
        for name in resource.events
        for number in range(1, schema_version(resource, name) + 1)
    }
    assert {*FILES} == versions
