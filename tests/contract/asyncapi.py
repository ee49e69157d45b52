"""The AsyncAPI document of several resources: its messages, and whether they allow an envelope or attributes."""

from importlib import import_module
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tests.contract.schemas import Json
from tests.laws.carts import CARTS
from tools.generate.asyncapi.document import asyncapi
from tools.generate.fold_corpus import Corpus, corpus_of

RESOURCES = (CARS, ACCOUNTS, CARTS)
EMPTY: Corpus = {"foldVersion": 0, "histories": {}}
TEXT = asyncapi([(each, corpus_of(each, EMPTY)) for each in RESOURCES])
_yaml: Any = import_module("yaml")  # PyYAML has no types


def read_yaml(text: str) -> Json:
    """Read a document."""
    return dict(_yaml.safe_load(text))


DOCUMENT = read_yaml(TEXT)
SCHEMAS: dict[str, Json] = DOCUMENT["components"]["schemas"]
_PLACE = "file:///asyncapi.yaml"
_registry = Registry[Any]().with_contents([(_PLACE, DOCUMENT)], default_specification=DRAFT202012)


def _component(reference: Json) -> str:
    return str(reference["$ref"]).removeprefix("#/components/messages/")


_NAMES = {
    channel: {name: _component(reference) for name, reference in each["messages"].items()}
    for channel, each in DOCUMENT["channels"].items()
}
MESSAGES: dict[str, dict[str, Json]] = {
    channel: {name: DOCUMENT["components"]["messages"][component] for name, component in names.items()}
    for channel, names in _NAMES.items()
}
"""By the names of their channels and events."""


def checks_of(channel: str, message: str, part: str) -> Draft202012Validator:
    """Check by a message's `payload` or `headers`, as the document says."""
    schema = {"$ref": f"{_PLACE}#/components/messages/{_NAMES[channel][message]}/{part}"}
    return Draft202012Validator(schema, registry=_registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def allowing(channel: str, envelope: Json) -> list[str]:
    """Return the messages of a channel that an envelope is valid as."""
    return [name for name in MESSAGES[channel] if checks_of(channel, name, "payload").is_valid(envelope)]
