"""Each resource of RESOURCES has its places in the template, in the API's description, among schemas and examples.

If one is missing, the message has the command that makes it.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from resources import RESOURCES
from tests.support.template import properties, resources, template
from tools.contract.publishing import FOLDER, PINS, file_of, written
from tools.generate.files import EVENTS, generated
from tools.paths import ROOT, TEMPLATE
from tools.project import PROJECT, STACK
from trigger_pattern.aws.dynamodb.view_keys import ViewKeys
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern_authoring.openapi.document import openapi_document
from trigger_pattern_authoring.template.placing import names_of, with_resources

[LOOPED] = [kinds.split(", ") for kinds in re.findall(r"&Kinds \[(.*)\]", TEMPLATE.read_text())]
"""What the template's loops go through."""
VIEWS = "run `make views`"
OPENAPI = "run `make openapi`"
SCHEMAS = "run `make schemas`"
GENERATED = "run `make generated`"

each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.plural)


@each_resource
def test_the_template_has_its_names(resource: AnyResource) -> None:
    assert template()["Mappings"]["Kinds"].get(resource.kind) == names_of(resource), VIEWS


@each_resource
def test_the_template_has_its_kind_in_the_loops(resource: AnyResource) -> None:
    assert resource.kind in LOOPED, VIEWS


def test_the_template_has_no_other_resources() -> None:
    viewed = {name.removesuffix("ViewTable") for name in resources() if name.endswith("ViewTable")}
    others = {*template()["Mappings"]["Kinds"], *LOOPED, *viewed} - {resource.kind for resource in RESOURCES}
    assert not others, "remove these kinds from template.yaml by hand: nothing removes tables by itself"


@each_resource
def test_its_view_has_an_index_for_each_of_its_lists_and_no_other(resource: AnyResource) -> None:
    assert f"{resource.kind}ViewTable" in resources(), VIEWS
    table = properties(f"{resource.kind}ViewTable")
    wanted = [ViewKeys.of(resource, by) for by in resource.lists]
    assert _indexes(table) == {each.index: [(each.partition, "HASH"), (each.sort, "RANGE")] for each in wanted}, VIEWS
    whole = {index["IndexName"]: index["Projection"]["ProjectionType"] for index in table["GlobalSecondaryIndexes"]}
    assert whole == {each.index: "ALL" if each.whole else "KEYS_ONLY" for each in wanted}, VIEWS
    assert len(wanted) == len({each.index for each in wanted}), "two lists have one index: name one with By(index=...)"


@each_resource
def test_its_view_has_the_attributes_that_are_keys_and_no_other(resource: AnyResource) -> None:
    assert f"{resource.kind}ViewTable" in resources(), VIEWS
    table = properties(f"{resource.kind}ViewTable")
    assert _keys(table) == [(resource.id, "HASH")], VIEWS
    used = {resource.id, *(key for keys in _indexes(table).values() for key, _ in keys)}
    defined = [(each["AttributeName"], each["AttributeType"]) for each in table["AttributeDefinitions"]]
    assert sorted(defined) == [(key, "S") for key in sorted(used)], VIEWS


def test_the_template_is_as_the_command_writes_it() -> None:
    text = TEMPLATE.read_text()
    assert with_resources(text, RESOURCES) == text, VIEWS


@each_resource
def test_the_description_has_its_paths(resource: AnyResource) -> None:
    wanted = openapi_document(RESOURCES, STACK)["paths"]
    served = json.loads(PROJECT.description.read_text(encoding="utf-8"))["paths"]
    own = [path for path in wanted if path.split("/")[1] == resource.plural]
    assert own
    assert {path: served.get(path) for path in own} == {path: wanted[path] for path in own}, OPENAPI


def test_the_description_is_as_the_command_writes_it() -> None:
    assert PROJECT.description.read_text(encoding="utf-8") == PROJECT.described(TEMPLATE.read_text()), OPENAPI


@each_resource
@pytest.mark.parametrize("folder", [FOLDER, PINS], ids=["published", "pinned"])
def test_each_of_its_events_has_a_schema(resource: AnyResource, folder: Path) -> None:
    files = [file_of(event_schema(resource, name), folder) for name in resource.events]
    assert [file.name for file in files if not file.exists()] == [], SCHEMAS


@each_resource
def test_each_schema_is_as_the_command_writes_it(resource: AnyResource) -> None:
    schemas = [event_schema(resource, name) for name in resource.events]
    files = [(file_of(schema, FOLDER), written(schema)) for schema in schemas]
    assert [file.name for file, text in files if not file.exists() or file.read_text() != text] == [], SCHEMAS


def test_the_generated_files_are_as_the_command_writes_them() -> None:
    files = generated(RESOURCES, ROOT)
    assert [file.name for file, text in files.items() if not file.exists() or file.read_text() != text] == [], GENERATED


def test_there_are_no_other_event_files() -> None:
    others = {file for file in (ROOT / EVENTS).rglob("*") if file.is_file()} - generated(RESOURCES, ROOT).keys()
    assert not others, "remove these files by hand: no command writes them any more"


def _keys(table: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key["AttributeName"], key["KeyType"]) for key in table["KeySchema"]]


def _indexes(table: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the keys of a view's indexes."""
    indexes = table.get("GlobalSecondaryIndexes", [])
    return {index["IndexName"]: _keys(index) for index in indexes}
