"""Requests that carry an Idempotency-Key: a retry is the same command, whatever went wrong with the first try."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from cars.domain.commands import CarCommand, CreateCar, DeleteCar
from cars.domain.values import CarId

KEY_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Ticket:
    """A command's identity, which every retry of its request reuses."""

    car_id: CarId
    command_id: UUID
    issued_at: datetime


@dataclass(frozen=True)
class RequestKey:
    """`digest` tells whose key it is and for which resource, `fingerprint` what the request says; both SHA-256, hex."""

    digest: str
    fingerprint: str


@dataclass(frozen=True)
class KeyReused:
    """The key stands for another request of this caller, with other content."""


class Tickets(Protocol):
    """The tickets of requests with a key, each kept for KEY_LIFETIME."""

    def keep(self, key: RequestKey, ticket: Ticket) -> Ticket | KeyReused:
        """Keep a ticket under a key, and give it; or give the one that is already kept under it. Raises Unavailable."""
        ...


def request_key(caller: str, key: str, request: CarCommand, condition: int | str | None) -> RequestKey:
    """Derive the key of a request; keys of different callers, methods and cars never meet.

    `condition` is the version that the request expects, or the text of preconditions that a version cannot say.
    """
    kind = type(request).__name__
    resource = "" if isinstance(request, CreateCar) else str(request.car_id)
    representation = None if isinstance(request, DeleteCar) else request.representation
    return RequestKey(_sha256(caller, kind, resource, key), _sha256(representation, condition))


def _sha256(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
