"""Requests that carry an Idempotency-Key: a retry becomes the same command as the first request."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, Request, type_of
from trigger_pattern.definition.resource import AnyResource

KEY_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Ticket:
    """A command's identity, which every retry of its request reuses."""

    aggregate_id: str
    command_id: str
    issued_at: datetime


@dataclass(frozen=True)
class RequestKey:
    """`digest` identifies the caller, the key and the resource, `fingerprint` the content; both are SHA-256 in hex."""

    digest: str
    fingerprint: str


@dataclass(frozen=True)
class KeyReused:
    """The caller has used the key for another request, with other content."""


class Tickets(Protocol):
    """The tickets of requests with a key, each kept for KEY_LIFETIME."""

    def keep(self, key: RequestKey, ticket: Ticket) -> Ticket | KeyReused:
        """Return the ticket kept under a key, which is the given one if there was none. Raises Unavailable."""
        ...


def request_key(
    resource: AnyResource, caller: str, key: str, request: Request, condition: int | str | None
) -> RequestKey:
    """Return the key of a request; keys of different callers, methods and resources never collide.

    `condition` is the version that the request expects, or the text of preconditions that are no single version.
    """
    aggregate_id = "" if isinstance(request, CreateRequest) else request.id
    representation = None if isinstance(request, DeleteRequest) else request.representation
    whose = _sha256(caller, type_of(resource, request), aggregate_id, key)
    return RequestKey(whose, _sha256(representation, condition))


def _sha256(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
