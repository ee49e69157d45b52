"""Requests and messages as Lambda delivers them. Written here, so that the story needs no module of `layers/`."""

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from tests.support.aws import REGION
from tests.support.template import resources

QUEUE_ARN = "arn:aws:sqs:eu-central-1:123456789012:cars-prod-CommandsQueue-0f3Kq8ZtYw1B.fifo"
FIRST_SEQUENCE = 18_849_496_460_467_696_128


def http_event(line: str, body: Any, headers: Mapping[str, str], caller: Any) -> dict[str, Any]:
    """Return an HTTP API event (payload 2.0) of a request, given as `PUT /cars/7?x=1`.

    A text is sent as it is, bytes in base64, anything else as JSON. `caller` is what API Gateway verified, if anything.
    """
    method, _, target = line.partition(" ")
    path, _, query = target.partition("?")
    route, parameters = _route(method, path)
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": query,
        "headers": ({} if body is None else {"content-type": "application/json"})
        | {name.lower(): value for name, value in headers.items()},
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7"},
            "requestId": "aBcDeFgHiJkLmNo=",
            "stage": "$default",
            **({"authorizer": caller} if caller else {}),
        },
        **({"pathParameters": parameters} if parameters else {}),
        **({"queryStringParameters": _parameters(query)} if query else {}),
        **({} if body is None else {"body": _text(body)}),
        "isBase64Encoded": isinstance(body, bytes),
    }


def queue_record(
    body: str, group: str, deduplication_id: str, sent: datetime, number: int, receives: int = 1
) -> dict[str, Any]:
    """Return a record of a FIFO queue's message; `number` orders the messages of its group."""
    sent_at = str(int(sent.timestamp()) * 1000)
    return {
        "messageId": str(UUID(int=0x4000_8000_0000_0000_0000 + number)),
        "receiptHandle": f"AQEB-{number}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": str(receives),
            "SentTimestamp": sent_at,
            "SequenceNumber": str(FIRST_SEQUENCE + number * 256),
            "MessageGroupId": group,
            "MessageDeduplicationId": deduplication_id,
            "ApproximateFirstReceiveTimestamp": sent_at,
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN,
        "awsRegion": REGION,
    }


def _route(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Choose a request's route of the template as API Gateway does; return its key and the path parameters."""
    routes = [made for made in resources().values() if made["Type"] == "AWS::ApiGatewayV2::Route"]
    for key in (route["Properties"]["RouteKey"] for route in routes):
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", key), f"{method} {path}")
        if found and key != "$default":
            return key, found.groupdict()
    return "$default", {}


def _parameters(query: str) -> dict[str, str]:
    return {name: ",".join(values) for name, values in parse_qs(query, keep_blank_values=True).items()}


def _text(body: Any) -> str:
    if isinstance(body, bytes):
        return base64.b64encode(body).decode()
    return body if isinstance(body, str) else json.dumps(body)
