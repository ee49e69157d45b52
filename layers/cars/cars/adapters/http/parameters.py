"""Query parameters that are at fault, as entries of a problem's `errors`."""

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from cars.adapters.http.problems import json_pointer

PARAMETERS: dict[str, frozenset[str]] = {
    "GET /cars": frozenset({"owner", "vin", "make", "model", "color", "condition", "limit", "cursor"}),
    "GET /cars/{carId}": frozenset({"version", "at"}),
    "GET /cars/{carId}/events": frozenset({"after", "limit"}),
}
"""The query parameters of each route that has any."""


def fault(parameter: str, detail: str, code: str = "invalid-value") -> dict[str, str]:
    """Write an entry."""
    return {"code": code, "detail": detail, "parameter": parameter}


def unknown_in(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    """Return an entry for each parameter that a route with parameters does not have: a misspelt one is not ignored."""
    known = PARAMETERS.get(event.raw_event["routeKey"])
    given: set[str] = set() if known is None else set(event.query_string_parameters) - known
    names = (json_pointer([name])[1:] for name in sorted(given))
    return [fault(name, "There is no such parameter here.", "unknown-parameter") for name in names]
