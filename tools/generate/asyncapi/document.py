"""The document: each resource's channel and operation, with its messages and their schemas by their names."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.generate.asyncapi.messages import messages_of
from tools.generate.asyncapi.schemas import Schemas
from tools.generate.fold_corpus import Corpus, examples_of
from tools.generate.texts import alternatives, filled, yaml_of
from tools.project import STACK
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent
from trigger_pattern_authoring.openapi.schemas import ref

_FOLDER = Path(__file__).parent
_COMMENT = "# Written by `make generated`, from the resources and the texts in tools/generate/asyncapi.\n"


def asyncapi(corpora: Sequence[tuple[AnyResource, Corpus]]) -> str:
    """Return the document's text. The examples are from the resources' corpora."""
    head = _head([resource for resource, _ in corpora])
    components: dict[str, Any] = head.pop("components")
    document: dict[str, Any] = {"channels": {}, "operations": {}}
    for resource, corpus in corpora:
        texts, examples = _texts(resource), examples_of(resource, corpus)
        schemas = Schemas(resource, texts)
        channel, operation = f"{resource.id.removesuffix('Id')}Events", f"send{resource.kind}Events"
        messages = messages_of(resource, examples, texts, schemas)
        names = {name: f"{resource.kind}{name}" for name in messages}
        references = {name: ref("messages", component) for name, component in names.items()}
        document["channels"][channel] = {**texts["channel"], "messages": references}
        document["operations"][operation] = _operation(resource, texts["operation"], channel, examples)
        components["messages"] |= {component: messages[name] for name, component in names.items()}
        components["schemas"] |= schemas.named
    return _COMMENT + yaml_of({**head, **document, "components": components})


def _head(resources: Sequence[AnyResource]) -> dict[str, Any]:
    constants = [name for each in resources for name in (*each.filters, each.id)]
    return filled(
        _FOLDER / "document.yaml",
        title=STACK.title,
        version=STACK.version,
        things=alternatives([f"{each.article} {each.words_of_name}" for each in resources]),
        versions=alternatives([f"`{each.version}`" for each in resources]),
        histories=alternatives([f"`GET /{each.plural}/{{{each.id}}}/events?after=n`" for each in resources]),
        schemas=alternatives([f"`GET /schemas/{each.plural}/<event>/<version>`" for each in resources]),
        constants=alternatives([f"`{name}`" for name in dict.fromkeys(constants)]),
    )


def _texts(resource: AnyResource) -> dict[str, Any]:
    return filled(
        _FOLDER / "resource.yaml",
        key=resource.name,
        name=resource.words_of_name,
        one=f"{resource.article} {resource.words_of_name}",
        kind=resource.kind,
        service=STACK.service,
        tag=resource.plural.replace("-", " ").capitalize(),
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
    messages = [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in resource.events]
    return {**operation, "channel": {"$ref": f"#/channels/{channel}"}, "messages": messages}
