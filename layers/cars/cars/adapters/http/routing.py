"""Requests by the route that API Gateway chose, whatever domain and base path they came by."""

import re
from collections.abc import Mapping
from typing import Any

from cars.adapters.http.routes import ROUTES


def as_routed(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an HTTP API event (payload 2.0) with the path of its route, and with GET for HEAD.

    Behind a custom domain with a base path, `rawPath` begins with that path, and nothing in the event says where it
    ends. So the path is the route's template with the path parameters. A request of `$default` keeps its path. HEAD
    is GET without a body (RFC 9110, section 9.3.2), which `without_body` takes away in the end.
    """
    context = event["requestContext"]
    http = {**context["http"], "method": "GET"} if is_head(event) else context["http"]
    template = event["routeKey"].partition(" ")[2]
    if template not in ROUTES:
        return {**event, "requestContext": {**context, "http": http}}
    path = _fill(template, event.get("pathParameters") or {})
    return {**event, "rawPath": path, "requestContext": {**context, "http": http, "stage": "$default"}}


def is_head(event: Mapping[str, Any]) -> bool:
    """Return whether a request's method is HEAD."""
    return bool(event["requestContext"]["http"]["method"] == "HEAD")


def without_body(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer to API Gateway without its body, and with the same status and headers."""
    return {**answer, "body": "", "isBase64Encoded": False}


def _fill(template: str, parameters: Mapping[str, str]) -> str:
    """Fill a path's template; a slash inside a parameter never becomes one of the path's own."""
    return re.sub(r"{(\w+)}", lambda found: parameters[found[1]].replace("/", "%2F"), template)
