"""Requests as API Gateway sends them to a function, and the answers as a client sees them."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from tests.support.template import resources

REQUEST_ID = "aBcDeFgHiJkLmNo="
API_ID = "a1b2c3d4e5"
DOMAIN = f"{API_ID}.execute-api.eu-central-1.amazonaws.com"
"""The API's own, under which requests come unless a test says otherwise."""
JsonBody = Mapping[str, Any]
_MEMBERS = ("type", "title", "status", "detail")


@dataclass(frozen=True)
class Answer:
    """An answer as the client sees it."""

    status: int
    headers: dict[str, str]
    body: Any

    def fields(self) -> list[str]:
        """Return the bad fields and parameters of a problem document, in its order."""
        return [error.get("pointer", error.get("parameter")) for error in self.problem()["errors"]]

    def problem(self) -> dict[str, Any]:
        """Return a problem document, which has RFC 9457's members and no more than `errors` beside them."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        assert self.body["status"] == self.status
        assert {*_MEMBERS} <= self.body.keys() <= {*_MEMBERS, "errors"}
        return dict(self.body)


def request(
    method: str,
    path: str,
    *,
    body: JsonBody | str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    query: str = "",
    authorizer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return an HTTP API event (payload 2.0). A text is sent as it is, bytes in base64, anything else as JSON."""
    given = {name.lower(): value for name, value in (headers or {}).items()}
    route_key, parameters = _route(method, path)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": ({"content-type": "application/json"} if body is not None else {}) | given,
        "requestContext": {
            "apiId": API_ID,
            "domainName": DOMAIN,
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7"},
            "requestId": REQUEST_ID,
            "stage": "$default",
            **({"authorizer": authorizer} if authorizer else {}),
        },
        "isBase64Encoded": isinstance(body, bytes),
        **({"pathParameters": parameters} if parameters else {}),
    }
    if query:
        given_query = parse_qs(query, keep_blank_values=True)
        event["queryStringParameters"] = {name: ",".join(values) for name, values in given_query.items()}
    return event if body is None else {**event, "body": _text(body)}


def function_of(event: Mapping[str, Any]) -> str:
    """Return the function that a request's route leads to."""
    is_write = event["routeKey"].partition(" ")[0] in ("POST", "PUT", "PATCH", "DELETE")
    return "CommandApi" if is_write else "QueryApi"


def read_answer(response: Mapping[str, Any]) -> Answer:
    """Return what a function returns to API Gateway as the client sees it."""
    body = json.loads(response["body"]) if response.get("body") else None
    return Answer(response["statusCode"], dict(response["headers"]), body)


def _text(body: JsonBody | str | bytes) -> str:
    if isinstance(body, bytes):
        return base64.b64encode(body).decode()
    return body if isinstance(body, str) else json.dumps(body)


def _route(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Choose a request's route as API Gateway does; return its key and the path parameters."""
    for key, pattern in _routes().items():
        if found := pattern.fullmatch(f"{method} {path}"):
            return key, found.groupdict()
    return "$default", {}


@cache
def _routes() -> dict[str, re.Pattern[str]]:
    """Return the template's unconditional routes, the most specific first, with what matches them."""
    declared = [made for made in resources().values() if made["Type"] == "AWS::ApiGatewayV2::Route"]
    keys = [str(made["Properties"]["RouteKey"]) for made in declared if "Condition" not in made]
    by_parameters = sorted(keys, key=lambda key: key.count("{"))
    return {key: re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", key)) for key in by_parameters if key != "$default"}
