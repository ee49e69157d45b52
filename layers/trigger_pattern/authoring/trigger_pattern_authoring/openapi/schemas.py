"""How schemas are written, and those that are the same for every resource."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]


def ref(kind: str, name: str) -> Json:
    """Refer to one of the document's components."""
    return {"$ref": f"#/components/{kind}/{name}"}


def record(properties: Mapping[str, Json], *optional: str, **more: Any) -> Json:  # noqa: ANN401 - any JSON
    """Return the schema of an object that has these properties, all of them but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **more}


UUID: Final[Json] = {"type": "string", "format": "uuid"}
VERSION: Final[Json] = {"type": "integer", "minimum": 1, "description": "Counts the events, from 1, without gaps"}
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
            "type": {"type": "string", "format": "uri", "description": "Names the kind of problem"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
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
