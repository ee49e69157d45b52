"""The schemas of a resource's value: as answers have it, as lists have it, and as requests may have it."""

from collections.abc import Mapping

from trigger_pattern.definition.codecs import Schema
from trigger_pattern.definition.records import Field, object_schema
from trigger_pattern.definition.schemas import body_schema
from trigger_pattern.http.parameters import MAX_PAGE
from trigger_pattern_authoring.openapi.examples import EXAMPLE_ID
from trigger_pattern_authoring.openapi.schemas import NEXT, SPELLING, UUID, VERSION, Json, examples, record, sized
from trigger_pattern_authoring.openapi.subject import Subject

LEFT_OUT_OF_POST = "not on creation"


def value_schemas(subject: Subject) -> dict[str, Json]:
    """Return the schemas by the names of their components."""
    return {
        subject.schema_name(): _shown(subject),
        subject.schema_name("ListItem"): _list_item(subject),
        subject.schema_name("Page"): _page(subject),
        subject.schema_name("Body"): _body(subject),
        subject.schema_name("Replacement"): _replacement(subject),
        subject.schema_name("Patch"): _patch(subject),
    }


def example_to_post(subject: Subject) -> Json | None:
    """Return the example as a POST may have it."""
    members = subject.resource.members
    if subject.whole is None:
        return None
    return {name: value for name, value in subject.whole.items() if LEFT_OUT_OF_POST not in members[name].marks}


def example_shown(subject: Subject) -> Json | None:
    """Return the example as an answer has it."""
    return None if subject.whole is None else {subject.id: EXAMPLE_ID, **subject.whole}


def example_of_page(subject: Subject) -> Json | None:
    """Return a page with the example, if there is one."""
    if subject.whole is None:
        return None
    item = {subject.id: EXAMPLE_ID, **subject.whole, "version": 1}
    return {subject.resource.plural_name: [item]}


def _stored(subject: Subject, before: Mapping[str, Json], after: Mapping[str, Json]) -> Json:
    """Describe a value as answers have it, in canonical spelling, between what they add to it."""
    schema = sized(object_schema(subject.resource.members, "stores"))
    properties = {**before, **schema["properties"], **after}
    return {**schema, "properties": properties, "required": [*before, *schema["required"], *after]}


def _shown(subject: Subject) -> Json:
    return {**_stored(subject, {subject.id: UUID}, {}), **examples(example_shown(subject))}


def _list_item(subject: Subject) -> Json:
    return _stored(subject, {subject.id: UUID}, {"version": VERSION})


def _page(subject: Subject) -> Json:
    items: Json = {"type": "array", "maxItems": MAX_PAGE, "items": subject.schema("ListItem")}
    return record({subject.resource.plural_name: items, "next": NEXT}, "next")


def _request(subject: Subject, method: str) -> Json:
    """Describe a body, and at each field for what the domain can refuse its value later."""
    schema = sized(body_schema(subject.resource, method))
    properties = {name: _refusable(subject, name, described) for name, described in schema["properties"].items()}
    return {**schema, "properties": properties}


def _refusable(subject: Subject, name: str, described: Json) -> Json:
    about = (each for each in subject.resource.refusals if each.pointer.split("/")[1:2] == [name])
    refused = " ".join(each.detail for each in about)
    parts = [described.get("description", "").removesuffix("."), refused and f"Can be refused later: {refused}"]
    text = ". ".join(filter(None, parts))
    return {**described, "description": text} if text else described


def _body(subject: Subject) -> Json:
    described = f"What a POST takes: {subject.one} without an id. {SPELLING}"
    return {**_request(subject, "POST"), "description": described, **examples(example_to_post(subject))}


def _replacement(subject: Subject) -> Json:
    schema = _request(subject, "PUT")
    echoed: dict[str, Json] = {
        subject.id: {**UUID, "description": "If given, the one in the path"},
        "version": {**VERSION, "description": "Ignored. The precondition is If-Match"},
    }
    return {
        **schema,
        "properties": {**schema["properties"], **echoed},
        "description": f"What a PUT takes: also what a GET or a list returned, with the id and the version. {SPELLING}",
        **examples(subject.whole),
    }


def _patch(subject: Subject) -> Json:
    return {
        **_merged(_request(subject, "PATCH"), subject.resource.members),
        "description": "What a PATCH takes (JSON Merge Patch, RFC 7396): any of the fields that can change. "
        f"{SPELLING}",
        **examples(subject.patch),
    }


def _merged(schema: Schema, members: Mapping[str, Field]) -> Json:
    """Describe a patch of an object: nothing is required, in nested objects neither, since those are merged."""
    properties: dict[str, Json] = {}
    for name, described in schema["properties"].items():
        nested = members[name].codec.members
        properties[name] = described if nested is None else _merged(described, nested)
    return {**schema, "properties": properties, "required": []}
