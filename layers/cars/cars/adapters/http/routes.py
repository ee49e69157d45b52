"""Which methods each path has: for the answers to requests that fit no route. The template has the same routes."""

import re
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.problems import invalid, problem

_ID = re.compile(r"[0-9a-fA-F-]{36}")

ROUTES: dict[str, tuple[str, ...]] = {
    "/cars": ("GET", "POST"),
    "/cars/{carId}": ("DELETE", "GET", "PATCH", "PUT"),
    "/cars/{carId}/events": ("GET",),
    "/cars/{carId}/commands/{commandId}": ("GET",),
    "/openapi.json": ("GET",),
    "/docs": ("GET",),
}


def no_such_route(method: str, path: str) -> Response[str]:
    """Answer 404, or 405 with `Allow` where the path has other methods.

    Where path and method do fit, the ids are to blame: Powertools matches no id with, say, a quote in it.
    """
    for template, methods in ROUTES.items():
        ids = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template), path, re.DOTALL)
        if ids and method in methods:
            return invalid(_entry(name) for name, value in ids.groupdict().items() if not _ID.fullmatch(value))
        if ids:
            allowed = ", ".join(methods)
            detail = f"This path has {allowed}."
            return problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", detail, {"Allow": allowed})
    return problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing at this path.")


def _entry(parameter: str) -> dict[str, str]:
    return {"code": "invalid-value", "detail": "Expected a UUID other than the nil UUID.", "parameter": parameter}
