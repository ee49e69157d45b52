"""The schemas that code does not say: what a car's fields may hold, and the bodies of answers."""

from collections.abc import Mapping
from typing import Any, TypeAlias, get_args

from cars.application.outcomes import Status
from cars.domain.car import CarChanged
from cars.domain.reading import MAX_MILEAGE, MAX_YEAR, MIN_YEAR
from cars.domain.representation import READERS
from cars.domain.values import CarType, Make
from tools.article import EXAMPLE_CAR

Json: TypeAlias = dict[str, Any]


def ref(kind: str, name: str) -> Json:
    """Refer to one of the document's components."""
    return {"$ref": f"#/components/{kind}/{name}"}


def record(properties: Mapping[str, Json], *optional: str, **more: Any) -> Json:  # noqa: ANN401 - any JSON
    """Make the schema of an object that has these properties and no others, all of them but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **more}


UUID: Json = {"type": "string", "format": "uuid"}
VERSION: Json = {"type": "integer", "minimum": 1, "description": "Counts a car's events, from 1, without gaps"}
TIME: Json = {"type": "string", "format": "date-time"}

CAR_FIELDS: dict[str, Json] = {
    "year": {
        "type": "integer",
        "minimum": MIN_YEAR,
        "maximum": MAX_YEAR,
        "description": "Refused later unless the model was built then: "
        + ", ".join(f"{car.model} from {car.first_year}" for car in CarType)
        + ", each to next year",
    },
    "make": ref("schemas", "Make"),
    "model": ref("schemas", "Model"),
    "vin": {"type": "string", "pattern": "^[A-HJ-NPR-Za-hj-npr-z0-9]{17}$", "description": "After ISO 3779"},
    "color": ref("schemas", "Color"),
    "mileage": {
        "type": "integer",
        "minimum": -MAX_MILEAGE,
        "maximum": MAX_MILEAGE,
        "description": "In miles. Refused later where it is below zero, or not greater than before",
    },
    "owner": {**UUID, "description": "Not the nil UUID"},
    "condition": ref("schemas", "Condition"),
}
"""What the domain's readers take, field by field, in canonical spelling."""

EXAMPLE_PATCH: Json = {"color": "red", "mileage": 15000}

MODEL_OF_MAKE: Json = {
    "oneOf": [
        {
            "properties": {
                "make": {"const": make.value},
                "model": {"enum": [car.model.value for car in CarType if car.make is make]},
            }
        }
        for make in Make
    ]
}


def _event(name: str, data: Json) -> Json:
    return {"properties": {"type": {"const": name}, "data": data}}


_EVENTS = [
    _event("Created", record({name: CAR_FIELDS[name] for name in READERS})),
    *(
        _event(c.__name__, record({name: CAR_FIELDS[name] for name in c.__dataclass_fields__}))
        for c in get_args(CarChanged)
    ),
    _event("Deleted", {"type": "object", "maxProperties": 0}),
]

_COMMAND: dict[str, Json] = {"carId": UUID, "commandId": UUID}
_ERRORS: Json = {"type": "array", "minItems": 1, "items": ref("schemas", "Fault")}
_NEXT_IS = "The next page's address, if any, relative to the request's (RFC 3986, section 5)"
_NEXT: Json = {"type": "string", "format": "uri-reference", "description": _NEXT_IS}
_DECIDED = {"decidedAt": TIME, "version": {**VERSION, "description": "The version that the car had, if known"}}


def _status(*values: str) -> dict[str, Json]:
    return {"status": {"type": "string", "enum": list(values)}}


SCHEMAS: dict[str, Json] = {
    "Car": record(
        {"carId": UUID, **CAR_FIELDS}, examples=[{"carId": "01a2071d-69c6-77e7-9550-63568fb9f91b", **EXAMPLE_CAR}]
    ),
    "CarPage": record(
        {
            "cars": {"type": "array", "items": record({"carId": UUID, **CAR_FIELDS, "version": VERSION})},
            "next": _NEXT,
        },
        "next",
    ),
    "Accepted": record(
        {
            **_COMMAND,
            "command": {
                "type": "string",
                "format": "uri-reference",
                "description": "Address of the command's outcome, relative to the request's (RFC 3986, section 5)",
            },
        },
        description="The command is on the queue; what it will do is not known yet.",
    ),
    "Event": record(
        {
            "version": VERSION,
            "type": {"type": "string"},
            "schemaVersion": {"type": "integer", "minimum": 1},
            "data": {"type": "object", "description": "What changed, and nothing else"},
            "occurredAt": TIME,
            "actor": {"type": "string", "description": "Who sent the command"},
            "commandId": UUID,
            "correlationId": {"type": "string"},
        },
        oneOf=_EVENTS,
    ),
    "EventPage": record(
        {
            "carId": UUID,
            "events": {"type": "array", "items": ref("schemas", "Event")},
            "next": _NEXT,
        },
        "next",
    ),
    "CommandOutcome": {
        "oneOf": [
            record({**_COMMAND, **_status("pending")}, description="Still waiting, as far as anybody can know"),
            record({**_COMMAND, **_status("succeeded"), "version": VERSION}, description="The car has this version"),
            record(
                {**_COMMAND, **_status(Status.UNCHANGED.value), **_DECIDED},
                "version",
                description="There was nothing to do",
            ),
            record(
                {**_COMMAND, **_status(Status.REFUSED.value, Status.FAILED.value), **_DECIDED, "errors": _ERRORS},
                "version",
                "errors",
                description="Refused by the domain, or set aside as something that can never be handled",
            ),
        ]
    },
    "Problem": record(
        {
            "type": {"type": "string", "format": "uri", "description": "Names the kind of problem"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": _ERRORS,
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
        "description": "What API Gateway itself answers; an HTTP API lets nobody shape it.",
    },
}
