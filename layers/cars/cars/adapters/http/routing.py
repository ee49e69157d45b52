"""Requests by the route that API Gateway chose, whatever domain and base path they came by."""

import re
from collections.abc import Mapping
from typing import Any

from cars.adapters.http.routes import ROUTES

_ID = re.compile(r"[0-9a-fA-F-]{36}")


def as_routed(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an HTTP API event (payload 2.0) with the path of its route, and with GET for HEAD, also in the route.

    Behind a custom domain with a base path, `rawPath` begins with that path, and nothing in the event says where it
    ends. So the path is the route's template with the path parameters. A request of `$default` keeps its path. HEAD
    is GET without a body (RFC 9110, section 9.3.2), which `without_body` takes away in the end.
    """
    context = event["requestContext"]
    http = {**context["http"], "method": "GET"} if is_head(event) else context["http"]
    method, _, template = event["routeKey"].partition(" ")
    if template not in ROUTES:
        return {**event, "requestContext": {**context, "http": http}}
    path = _fill(template, event.get("pathParameters") or {})
    route = f"{'GET' if method == 'HEAD' else method} {template}"
    return {
        **event,
        "routeKey": route,
        "rawPath": path,
        "requestContext": {**context, "http": http, "stage": "$default"},
    }


def is_head(event: Mapping[str, Any]) -> bool:
    """Return whether a request's method is HEAD."""
    return bool(event["requestContext"]["http"]["method"] == "HEAD")


def without_body(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer to API Gateway without its body, and with the same status and headers."""
    return {**answer, "body": "", "isBase64Encoded": False}


def _fill(template: str, parameters: Mapping[str, str]) -> str:
    """Fill a path's template. `-` stands for what is no id: Powertools finds no route for, say, a quote in it."""

    def segment(found: re.Match[str]) -> str:
        value = parameters.get(found[1], "")
        return value if _ID.fullmatch(value) else "-"

    return re.sub(r"{(\w+)}", segment, template)
