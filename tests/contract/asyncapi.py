"""The AsyncAPI document of cars and accounts: its messages, and whether they allow an envelope or attributes."""

from importlib import import_module
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tests.contract.schemas import Json
from tools.contract.publishing import file_of
from tools.generate.asyncapi.document import asyncapi
from tools.generate.fold_corpus import corpus_of
from trigger_pattern.definition.schemas import event_schema

RESOURCES = (CARS, ACCOUNTS)
SCHEMAS = [event_schema(resource, name) for resource in RESOURCES for name in resource.events]
TEXT = asyncapi([(each, corpus_of(each, {"foldVersion": 0, "histories": {}})) for each in RESOURCES])
_yaml: Any = import_module("yaml")  # PyYAML has no types
DOCUMENT: Json = _yaml.safe_load(TEXT)
MESSAGES: dict[str, dict[str, Json]] = {name: each["messages"] for name, each in DOCUMENT["channels"].items()}
"""By the names of their channels and events."""

_PLACE = "file:///api/asyncapi.yaml"
_FOLDER = Path("/api/schemas")
_files = {_PLACE: DOCUMENT, **{file_of(schema, _FOLDER).as_uri(): schema for schema in SCHEMAS}}
_registry = Registry[Any]().with_contents(_files.items(), default_specification=DRAFT202012)


def checks_of(channel: str, message: str, part: str) -> Draft202012Validator:
    """Check by a message's `payload` or `headers`, as the document and the schemas that it refers to say."""
    schema = {"$ref": f"{_PLACE}#/channels/{channel}/messages/{message}/{part}"}
    return Draft202012Validator(schema, registry=_registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def allowing(channel: str, envelope: Json) -> list[str]:
    """Return the messages of a channel that an envelope is valid as."""
    return [name for name in MESSAGES[channel] if checks_of(channel, name, "payload").is_valid(envelope)]
