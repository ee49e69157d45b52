"""The paths of the API and their methods. The template has the same routes."""

import re
from collections.abc import Collection
from typing import Final

from trigger_pattern.http.exchange import Problem
from trigger_pattern.http.problems import NOT_FOUND, method_not_allowed

DESCRIPTION: Final = "/openapi.json"
DOCS: Final = "/docs"
ASYNCAPI: Final = "/asyncapi.yaml"
SCHEMA: Final = "/schemas/{resource}/{event}/{version}"
COLLECTION: Final = "/{resource}"
ITEM: Final = "/{resource}/{id}"
EVENTS: Final = "/{resource}/{id}/events"
COMMAND: Final = "/{resource}/{id}/commands/{commandId}"

ROUTES: Final[dict[str, tuple[str, ...]]] = {
    DESCRIPTION: ("GET", "HEAD"),
    DOCS: ("GET", "HEAD"),
    ASYNCAPI: ("GET", "HEAD"),
    SCHEMA: ("GET", "HEAD"),
    COLLECTION: ("GET", "HEAD", "POST"),
    ITEM: ("DELETE", "GET", "HEAD", "PATCH", "PUT"),
    EVENTS: ("GET", "HEAD"),
    COMMAND: ("GET", "HEAD"),
}
"""The first route that matches a path counts, because API Gateway takes the most specific one."""


def no_such_route(path: str, plurals: Collection[str]) -> Problem:
    """Answer 404, or 405 with `Allow` if the path has other methods."""
    for template, methods in ROUTES.items():
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template), path, re.DOTALL)
        if found and found.groupdict().get("resource") in (None, *plurals):
            return method_not_allowed(", ".join(methods))
    return NOT_FOUND
