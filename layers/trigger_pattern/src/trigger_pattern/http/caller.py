"""The caller, as API Gateway has verified it."""

import re
from collections.abc import Mapping
from typing import Any

from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID, Caller

_CORRELATION_ID = re.compile(rf"[!-~]{{1,{MAX_CORRELATION_ID}}}")


def caller_of(event: Mapping[str, Any]) -> Caller:
    """Return the caller of an API Gateway event (payload 2.0).

    The actor is the ARN that signed the request, or the JWT's subject (of a machine, its client id) and issuer, or
    `anonymous` if the API is open. The correlation id is the header `X-Correlation-Id` if it has 1 to 64
    visible ASCII characters, or else the request's id.
    """
    context = event["requestContext"]
    headers: Mapping[str, str] = event.get("headers") or {}
    given = headers.get("x-correlation-id", "")
    correlation_id = given if _CORRELATION_ID.fullmatch(given) else context["requestId"]
    identity = _identity(context.get("authorizer") or {})
    return Caller(identity, identity[:MAX_ACTOR], correlation_id[:MAX_CORRELATION_ID])


def _identity(authorizer: Mapping[str, Any]) -> str:
    if iam := authorizer.get("iam"):
        return str(iam["userArn"])
    if jwt := authorizer.get("jwt"):
        claims: Mapping[str, str] = jwt["claims"]
        subject = next((claims[name] for name in ("sub", "client_id", "azp") if name in claims), "unnamed")
        return f"{subject} {claims['iss']}"
    return "anonymous"
