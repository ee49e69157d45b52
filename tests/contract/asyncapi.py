"""The AsyncAPI document: what its messages are, and whether they allow an envelope or an example."""

from importlib import import_module
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.contract.schemas import Json, load
from tools.contract.publishing import FOLDER
from tools.paths import ROOT

FILE = ROOT / "docs" / "asyncapi.yaml"

_yaml: Any = import_module("yaml")  # PyYAML has no types
DOCUMENT: Json = _yaml.safe_load(FILE.read_text())
MESSAGES: dict[str, Json] = DOCUMENT["components"]["messages"]
ATTRIBUTES: Json = DOCUMENT["components"]["schemas"]["Attributes"]

_files = {FILE.as_uri(): DOCUMENT, **{file.as_uri(): load(file) for file in FOLDER.glob("*.json")}}
_registry = Registry[Any]().with_contents(_files.items(), default_specification=DRAFT202012)


def checks_of(message: str, part: str) -> Draft202012Validator:
    """Check by a message's `payload` or `headers`, as the document and the schemas that it refers to say."""
    schema = {"$ref": f"{FILE.as_uri()}#/components/messages/{message}/{part}"}
    formats = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, registry=_registry, format_checker=formats)


def type_and_schema(message: str) -> tuple[str, str]:
    """Give the event type that a message is for, and the id of the schema of its data."""
    _, own = MESSAGES[message]["payload"]["allOf"]
    return own["properties"]["type"]["const"], own["properties"]["dataschema"]["const"]
