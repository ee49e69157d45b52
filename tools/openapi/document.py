"""The whole OpenAPI document: of the routes of both APIs, as they are, with nothing behind them."""

import json
from typing import Any

from aws_lambda_powertools import Logger

from cars.adapters.http.cars_list import add_cars_list
from cars.adapters.http.command_api import add_command_routes
from cars.adapters.http.query_api import add_query_routes
from cars.adapters.http.resolver import make_resolver
from tools.openapi import commands, queries
from tools.openapi.completing import complete_operation, complete_schema
from tools.openapi.headers import ANSWER_HEADERS
from tools.openapi.responses import SHARED
from tools.openapi.schemas import SCHEMAS, Json

DESCRIPTIONS: dict[tuple[str, str], Json] = {
    ("/cars", "post"): commands.POST_CAR,
    ("/cars", "get"): queries.GET_CARS,
    ("/cars/{carId}", "get"): queries.GET_CAR,
    ("/cars/{carId}", "put"): commands.PUT_CAR,
    ("/cars/{carId}", "patch"): commands.PATCH_CAR,
    ("/cars/{carId}", "delete"): commands.DELETE_CAR,
    ("/cars/{carId}/events", "get"): queries.GET_EVENTS,
    ("/cars/{carId}/commands/{commandId}", "get"): queries.GET_COMMAND,
}
"""By path and method, what the code of a route does not say."""

INFO: Json = {
    "title": "Car registry",
    "version": "0.1.0",
    "summary": "A car registry that never forgets",
    "description": "Every change to a car is an event, kept for ever. Clients send representations; the system works "
    "out what they meant. A write is answered with `202` as soon as its command is on the queue; with "
    "`Prefer: wait=n` the answer waits for what becomes of it.\n\n"
    "Every error is a problem document (RFC 9457) with a `type` to decide by, but for what API Gateway answers "
    "itself. `HEAD` is answered like `GET`, without the body. "
    "A path that is not listed here is a `404` of the type `urn:cars:problem:not-found`, and a method that "
    "its path does not have a `405` with `Allow`.\n\n"
    "Which of the two authorizations it wants is a parameter of an installation; one on a single machine wants none.",
}

SECURITY: Json = {
    "sigv4": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "AWS Signature Version 4, for the service execute-api",
        "x-amazon-apigateway-authtype": "awsSigv4",
    },
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}


def openapi_document() -> Json:
    """Make the document; no call reaches out of this process."""
    generated = _generated()
    schemas = {
        name: complete_schema(schema)
        for name, schema in generated["components"]["schemas"].items()
        if not name.endswith("ValidationError")  # Powertools' own, which this API never answers with
    }
    return {
        "openapi": generated["openapi"],
        "info": INFO,
        "servers": [{"url": ".", "description": "Where this document comes from"}],
        "security": [{name: []} for name in SECURITY],
        "tags": [
            {"name": "Changes", "description": "Commands, and what became of them"},
            {"name": "Cars", "description": "Cars, and what happened to them"},
        ],
        "paths": _paths(generated["paths"]),
        "components": {
            "schemas": schemas | SCHEMAS,
            "headers": ANSWER_HEADERS,
            "responses": SHARED,
            "securitySchemes": SECURITY,
        },
    }


def _paths(generated: Json) -> Json:
    """Complete each route's description, in the order of DESCRIPTIONS. Raises ValueError for a route without one."""
    order = list(DESCRIPTIONS)
    routes = [(path, method) for path, item in generated.items() for method in item]
    paths: Json = {}
    for path, method in sorted(routes, key=order.index):
        completed = complete_operation(generated[path][method], DESCRIPTIONS[path, method])
        paths.setdefault(path, {})[method] = completed
    return paths


def _generated() -> Json:
    nothing: Any = None
    app = make_resolver(Logger(service="openapi"))
    add_command_routes(app, nothing)
    add_query_routes(app, nothing, nothing)
    add_cars_list(app, nothing)
    generated = app.get_openapi_schema().model_dump_json(by_alias=True, exclude_none=True)
    return dict(json.loads(generated, object_hook=_without_title, parse_float=_number))


def _without_title(fields: Json) -> Json:
    """Leave out the titles that pydantic makes of names."""
    return {name: value for name, value in fields.items() if name != "title"}


def _number(text: str) -> float:
    """Write a whole number as such."""
    number = float(text)
    return int(number) if number.is_integer() else number
