"""Which methods each path has: for the answers to requests that fit no route. The template has the same routes."""

import re
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.problems import problem

ROUTES: dict[str, tuple[str, ...]] = {
    "/cars": ("POST",),
    "/cars/{carId}": ("DELETE", "GET", "PUT"),
    "/cars/{carId}/events": ("GET",),
    "/cars/{carId}/commands/{commandId}": ("GET",),
}


def no_such_route(path: str) -> Response[str]:
    """Answer 405 with `Allow` where the path is one of the API's, 404 where it is not."""
    for template, methods in ROUTES.items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            allowed = ", ".join(methods)
            detail = f"This path has {allowed}."
            return problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", detail, {"Allow": allowed})
    return problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing at this path.")
