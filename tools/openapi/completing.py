"""Complete what Powertools generates with what is described here."""

from tools.article import EXAMPLE_CAR
from tools.openapi.schemas import CAR_FIELDS, EXAMPLE_PATCH, MODEL_OF_MAKE, UUID, Json

_ECHOED: Json = {
    "carId": {**UUID, "description": "If given, the one in the path"},
    "version": {"type": "integer", "minimum": 1, "description": "Ignored: what a list shows of a car. See If-Match"},
}
"""What GET and lists show beside a car's own fields, and a PUT takes back."""


def complete_operation(generated: Json, described: Json) -> Json:
    """Take parameters and the body's schema as generated, and everything else as described."""
    parameters = [*map(_parameter, generated.get("parameters", [])), *described.get("parameters", [])]
    responses = {str(int(status)): answer for status, answer in sorted(described["responses"].items())}
    body = (
        {"requestBody": _body(generated["requestBody"], described["requestBody"])} if "requestBody" in generated else {}
    )
    return {**described, "parameters": parameters, **body, "responses": responses}


def _parameter(generated: Json) -> Json:
    """Say what a parameter holds where it is given; that it need not be is no null."""
    schema = generated["schema"]
    given = next((option for option in schema.get("anyOf", []) if option != {"type": "null"}), schema)
    return {**generated, "schema": CAR_FIELDS.get(generated["name"], given)}


def _body(generated: Json, described: Json) -> Json:
    [media_type] = generated["content"].values()
    content = {kind: {**media_type, **examples} for kind, examples in described["content"].items()}
    return {**generated, "content": content}


def complete_schema(generated: Json) -> Json:
    """Add to the schema of a request's body what the domain's readers want of its fields, and an example.

    The example's fields are sorted by name.
    """
    properties = generated.get("properties", {})
    if not properties.keys() & CAR_FIELDS.keys():
        return generated
    fields = {name: CAR_FIELDS.get(name) or _ECHOED[name] for name in properties}
    example, model = (EXAMPLE_CAR, MODEL_OF_MAKE) if "model" in properties else (EXAMPLE_PATCH, {})
    return {**generated, "properties": fields, "examples": [dict(sorted(example.items()))], **model}
