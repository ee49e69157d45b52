"""Which methods each path has: for the answers to requests that fit no route. The template has the same routes."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.problems import problem

ROUTES: dict[str, tuple[str, ...]] = {
    "/cars": ("GET", "HEAD", "POST"),
    "/cars/{carId}": ("DELETE", "GET", "HEAD", "PATCH", "PUT"),
    "/cars/{carId}/events": ("GET", "HEAD"),
    "/cars/{carId}/commands/{commandId}": ("GET", "HEAD"),
    "/openapi.json": ("GET", "HEAD"),
    "/docs": ("GET", "HEAD"),
}


def no_such_route(event: Mapping[str, Any]) -> Response[str]:
    """Answer 404, or 405 with `Allow` if the path has other methods."""
    for template, methods in ROUTES.items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), event["rawPath"], re.DOTALL):
            allowed = ", ".join(methods)
            detail = f"This path has {allowed}."
            return problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", detail, {"Allow": allowed})
    return problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing at this path.")
