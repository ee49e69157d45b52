"""Requests to a resource's addresses, as API Gateway sends them to a function (payload 2.0)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from tools.generate.commits import ACCOUNT, ACTOR, REGION
from tools.generate.events.life import Life
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.definition.representation import represent, represent_new
from trigger_pattern.definition.resource import AnyResource

Event = dict[str, Any]

_COLLECTION: Final = "/{resource}"
_ITEM: Final = "/{resource}/{id}"
_BEGIN: Final = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
_API: Final = "a1b2c3d4e5"
_HOST: Final = f"{_API}.execute-api.{REGION}.amazonaws.com"
_CLIENT: Final = "curl/8.5.0"
_ADDRESS: Final = "192.0.2.7"
_IAM: Final = {
    "accessKey": "ASIAEXAMPLE",
    "accountId": ACCOUNT,
    "callerId": "AROAEXAMPLE:jane.doe",
    "cognitoIdentity": None,
    "principalOrgId": None,
    "userArn": ACTOR,
    "userId": "AROAEXAMPLE:jane.doe",
}


def writes_of(life: Life) -> dict[str, Event]:
    """Return requests to CommandApi, by the names of their files."""
    resource, name = life.resource, life.resource.name
    post, put = represent_new(resource, life.created.state), represent(resource, life.updated.state)
    path = _path(life)
    first = _request(1, "POST", _COLLECTION, path, body=post)
    first["headers"]["x-correlation-id"] = life.created.correlation_id
    return {
        f"post-{name}": first,
        f"put-{name}": _request(2, "PUT", _ITEM, path, body=put),
        f"delete-{name}": _request(3, "DELETE", _ITEM, path),
        f"post-bad-{name}": _request(4, "POST", _COLLECTION, path, body=_bad(resource, post)),
    }


def reads_of(life: Life) -> dict[str, Event]:
    """Return requests to QueryApi, by the names of their files."""
    name, path = life.resource.name, _path(life)
    command = {**path, "commandId": life.updated.command_id}
    listed = _list_of(life.resource, life.created)
    return {
        f"get-{name}": _request(5, "GET", _ITEM, path),
        f"get-events-of-{name}": _request(6, "GET", f"{_ITEM}/events", path, {"after": "1", "limit": "2"}),
        f"get-command-of-{name}": _request(7, "GET", f"{_ITEM}/commands/{{commandId}}", command),
        **({f"list-{life.resource.plural}": _request(8, "GET", _COLLECTION, path, listed)} if listed else {}),
        f"post-to-{name}": _request(9, "POST", _ITEM, path, body={}, route="$default"),
    }


def _path(life: Life) -> dict[str, str]:
    return {"resource": life.resource.plural, "id": life.created.aggregate_id}


def _bad(resource: AnyResource, post: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body without its first required field, with an invalid value, and with an unknown field."""
    missing = next((name for name in post if resource.members[name].required), "")
    *_, last = post
    return {**{name: value for name, value in post.items() if name != missing}, last: [[]], "unknown": 4}


def _list_of(resource: AnyResource, created: DecodedCommit) -> dict[str, str]:
    """Return the parameters of the first of the resource's longest lists that the creation is in; none without one."""
    value = represent(resource, created.state)
    lists = [(*by.fields, *([by.then] if by.then else [])) for by in resource.lists]
    longest = max((names for names in lists if value.keys() >= {*names}), key=len, default=())
    texts = {name: value[name] if isinstance(value[name], str) else json.dumps(value[name]) for name in longest}
    return {**texts, "limit": "10"} if texts else {}


def _request(
    number: int,
    method: str,
    template: str,
    path: Mapping[str, str],
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    route: str = "",
) -> Event:
    at, raw_path, text = _BEGIN + timedelta(minutes=number), template.format(**path), json.dumps(body)
    route_key = route or f"{method} {template}"
    parameters = {name: value for name, value in path.items() if f"{{{name}}}" in template}
    content = {"content-length": str(len(text)), "content-type": "application/json"} if body is not None else {}
    return {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": raw_path,
        "rawQueryString": urlencode(query or {}),
        "headers": {
            "accept": "*/*",
            "host": _HOST,
            "user-agent": _CLIENT,
            "x-amzn-trace-id": f"Root=1-6a05680{number}-3f1c2d4e5a6b7c8d9e0f1a2b",
            "x-forwarded-for": _ADDRESS,
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            **content,
        },
        **({"queryStringParameters": dict(query)} if query else {}),
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": _API,
            "authorizer": {"iam": _IAM},
            "domainName": _HOST,
            "domainPrefix": _API,
            "http": {
                "method": method,
                "path": raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": _ADDRESS,
                "userAgent": _CLIENT,
            },
            "requestId": f"Tq3k7jM0{number}vHcEPJQ=",
            "routeKey": route_key,
            "stage": "$default",
            "time": at.strftime("%d/%b/%Y:%H:%M:%S %z"),
            "timeEpoch": int(at.timestamp() * 1000),
        },
        **({} if route else {"pathParameters": parameters}),
        **({"body": text} if body is not None else {}),
        "isBase64Encoded": False,
    }
