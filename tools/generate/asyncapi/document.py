"""The document: each resource's channel with its messages, its operation, its envelope and its attributes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.generate.asyncapi.messages import messages_of
from tools.generate.fold_corpus import Corpus, examples_of
from tools.generate.texts import alternatives, filled, yaml_of
from tools.project import STACK
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent

_FOLDER = Path(__file__).parent
_COMMENT = "# Written by `make generated`, from the resources and the texts in tools/generate/asyncapi.\n"


def asyncapi(corpora: Sequence[tuple[AnyResource, Corpus]]) -> str:
    """Return the document's text. The examples are from the resources' corpora."""
    document: dict[str, Any] = {"channels": {}, "operations": {}, "components": {"schemas": {}}}
    for resource, corpus in corpora:
        texts, examples = _texts(resource), examples_of(resource, corpus)
        channel, operation = f"{resource.id.removesuffix('Id')}Events", f"receive{resource.kind}Events"
        document["channels"][channel] = {**texts["channel"], "messages": messages_of(resource, examples, texts)}
        document["operations"][operation] = _operation(resource, texts["operation"], channel, examples)
        document["components"]["schemas"] |= _schemas(resource, texts)
    return _COMMENT + yaml_of({**_head([resource for resource, _ in corpora]), **document})


def _head(resources: Sequence[AnyResource]) -> dict[str, Any]:
    constants = [name for each in resources for name in (*each.filters, each.id)]
    return filled(
        _FOLDER / "document.yaml",
        title=STACK.title,
        version=STACK.version,
        things=alternatives([f"{each.article} {each.words_of_name}" for each in resources]),
        versions=alternatives([f"`{each.version}`" for each in resources]),
        histories=alternatives([f"`GET /{each.plural}/{{{each.id}}}/events?after=n`" for each in resources]),
        constants=alternatives([f"`{name}`" for name in dict.fromkeys(constants)]),
    )


def _texts(resource: AnyResource) -> dict[str, Any]:
    return filled(
        _FOLDER / "resource.yaml",
        key=resource.name,
        name=resource.words_of_name,
        one=f"{resource.article} {resource.words_of_name}",
        kind=resource.kind,
        id=resource.id,
        version=resource.version,
        source=resource.source,
        type=resource.event_type("<event>"),
        schema=resource.schema_uri("<event>", 1).removesuffix("1"),
    )


def _operation(
    resource: AnyResource, operation: dict[str, Any], channel: str, examples: Sequence[StoredEvent]
) -> dict[str, Any]:
    created, changed, *_ = examples
    policy = {"type": [changed["type"]], **{name: [created["data"][name]] for name in resource.filters}}
    operation["bindings"]["sns"]["consumers"][0]["filterPolicy"] = policy
    return {**operation, "channel": {"$ref": f"#/channels/{channel}"}}


def _schemas(resource: AnyResource, texts: Mapping[str, Any]) -> dict[str, Any]:
    attributes, envelope = texts["attributes"], texts["envelope"]
    properties: dict[str, Any] = attributes["properties"]
    properties["type"]["enum"] = list(resource.events)
    stored = {name: dict(resource.members[name].codec.stores) for name in resource.filters}
    filters = {name: {**schema, "description": texts["filter"]} for name, schema in stored.items()}
    required = [*(name for name in properties if name != "replay"), *filters]
    return {
        f"{resource.kind}Attributes": {**attributes, "properties": {**properties, **filters}, "required": required},
        f"{resource.kind}Envelope": {**envelope, "required": list(envelope["properties"])},
    }
