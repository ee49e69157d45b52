"""How schemas are written, and those that are the same for every resource."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from trigger_pattern.http.parameters import MAX_VERSION

Json: TypeAlias = dict[str, Any]


def ref(kind: str, name: str) -> Json:
    """Refer to one of the document's components."""
    return {"$ref": f"#/components/{kind}/{name}"}


def record(properties: Mapping[str, Json], *optional: str, **more: Any) -> Json:  # noqa: ANN401 - any JSON
    """Return the schema of an object that has these properties, all of them but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **more}


def alternatives(by: str, names: Mapping[str, str], description: str) -> Json:
    """Return the schema of what is one of several components, which have these names by the value of the property."""
    mapping = {value: f"#/components/schemas/{name}" for value, name in names.items()}
    discriminator = {"propertyName": by, "mapping": mapping}
    refs = [ref("schemas", name) for name in names.values()]
    return {"description": description, "oneOf": refs, "discriminator": discriminator}


def constant(value: str) -> Json:
    """Return the schema of one text."""
    return {"type": "string", "const": value}


def sized(schema: Mapping[str, Any]) -> Json:
    """Return a schema with a `format` at each of its integers, by which clients choose a type that is large enough."""
    described = dict(schema)
    if "integer" in (kind if isinstance(kind := schema.get("type"), list) else [kind]):
        described.setdefault("format", "int32" if _is_small(schema) else "int64")
    if "properties" in schema:
        described["properties"] = {name: sized(each) for name, each in schema["properties"].items()}
    if "items" in schema:
        described["items"] = sized(schema["items"])
    if "anyOf" in schema:
        described["anyOf"] = [sized(each) for each in schema["anyOf"]]
    return described


def _is_small(schema: Mapping[str, Any]) -> bool:
    bounds = (schema.get("minimum", -_INT32 - 1), schema.get("maximum", _INT32 + 1))
    return all(-_INT32 <= bound <= _INT32 for bound in bounds)


_INT32: Final = 2**31 - 1
SMALL: Final[Json] = {"type": "integer", "format": "int32", "minimum": 1, "maximum": _INT32}


def examples(example: Mapping[str, Any] | None) -> Json:
    """Return what a schema has of an example, which is nothing if there is none."""
    return {} if example is None else {"examples": [dict(example)]}


SPELLING: Final = (
    "Spelling need not be canonical: "
    "a text may have blanks around it, and a value of an enumeration may be in any case."
)
"""What requests may have beyond their schemas, which are of canonical values."""

UUID: Final[Json] = {"type": "string", "format": "uuid"}
VERSION: Final[Json] = {
    "type": "integer",
    "format": "int64",
    "minimum": 1,
    "maximum": MAX_VERSION,
    "description": "Counts the events, from 1, without gaps",
}
TIME: Final[Json] = {"type": "string", "format": "date-time"}
ERRORS: Final[Json] = {"type": "array", "minItems": 1, "items": ref("schemas", "Fault")}
NEXT: Final[Json] = {
    "type": "string",
    "format": "uri-reference",
    "description": "The next page's address, if any, relative to the request's (RFC 3986, section 5)",
}

SHARED_SCHEMAS: Final[dict[str, Json]] = {
    "Problem": record(
        {
            "type": {
                "type": "string",
                "format": "uri",
                "description": "Names the kind of problem; there may be new ones",
            },
            "title": {"type": "string"},
            "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "errors": ERRORS,
        },
        "errors",
        description="A problem document (RFC 9457).",
    ),
    "Fault": record(
        {
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "pointer": {"type": "string", "description": "Where in the body it is (RFC 6901)"},
            "parameter": {"type": "string", "description": "Which parameter or header it is"},
        },
        "pointer",
        "parameter",
    ),
    "GatewayError": {
        "type": "object",
        "properties": {"message": {"type": ["string", "null"]}},
        "description": "An error of API Gateway's own. An HTTP API cannot change its form.",
    },
}
