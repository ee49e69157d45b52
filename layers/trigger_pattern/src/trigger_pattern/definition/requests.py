"""Requests with implicit intent, and the triggers that they mean: the article's trigger builder."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from trigger_pattern.definition.life import Create, Delete, Gone, NotCreated, State
from trigger_pattern.definition.reasons import refused
from trigger_pattern.definition.representation import Representation, patched, read_changes, read_new, read_whole
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refusal, Refused


@dataclass(frozen=True)
class CreateRequest:
    """POST: create the resource under a new id."""

    id: str
    representation: Representation


@dataclass(frozen=True)
class UpdateRequest:
    """PUT: replace the whole value."""

    id: str
    representation: Representation


@dataclass(frozen=True)
class PatchRequest:
    """PATCH: change the given fields, and keep the others (JSON Merge Patch, RFC 7396)."""

    id: str
    representation: Representation


@dataclass(frozen=True)
class DeleteRequest:
    """DELETE: end the resource's life."""

    id: str


Request: TypeAlias = CreateRequest | UpdateRequest | PatchRequest | DeleteRequest

VERBS: Final[dict[type[Request], str]] = {
    CreateRequest: "Create",
    UpdateRequest: "Update",
    PatchRequest: "Patch",
    DeleteRequest: "Delete",
}


def type_of(resource: AnyResource, request: Request) -> str:
    """Return the type of a request's command, as it is stored: `CreateAccount`."""
    return f"{VERBS[type(request)]}{resource.kind}"


NIL_ID: Final = "Expected a UUID other than the nil UUID."
Triggers: TypeAlias = tuple[object, ...]


def build_triggers(resource: AnyResource, request: Request, state: State) -> Triggers | Refused:
    """Return the triggers that a request means in this state, or a refusal if its representation is invalid."""
    match request:
        case CreateRequest(_, representation):
            value = _with_id(resource, request, read_new(resource, representation))
            return value if isinstance(value, Refused) else (Create(value),)
        case UpdateRequest(_, representation):
            proposed = _with_id(resource, request, read_whole(resource, representation))
            return proposed if isinstance(proposed, Refused) else _replace(resource, proposed, state)
        case PatchRequest(_, representation):
            changes = read_changes(resource, representation)
            return changes if isinstance(changes, Refused) else _patch(resource, changes, state)
        case DeleteRequest():
            return (Delete(),)


def _replace(resource: AnyResource, proposed: object, state: State) -> Triggers | Refused:
    current = _existing(resource, state)
    if isinstance(current, Refused):
        return current
    return _immutable_changes(resource, current, proposed) or tuple(resource.compare(current, proposed))


def _patch(resource: AnyResource, changes: Representation, state: State) -> Triggers | Refused:
    current = _existing(resource, state)
    if isinstance(current, Refused):
        return current
    proposed = patched(resource, current, changes)
    return proposed if isinstance(proposed, Refused) else tuple(resource.compare(current, proposed))


def _existing(resource: AnyResource, state: State) -> object | Refused:
    match state:
        case NotCreated():
            return Refused.because(resource.not_found)
        case Gone():
            return Refused.because(resource.was_deleted)
        case _:
            return state


def _with_id(resource: AnyResource, request: CreateRequest | UpdateRequest, read: object | Refused) -> object | Refused:
    """Add the fault of a nil id, which a message can have, though no path can."""
    if UUID(request.id).int:
        return read
    nil = Refusal("invalid-value", NIL_ID, f"/{resource.id}")
    return refused([*read.reasons, nil] if isinstance(read, Refused) else [nil])


def _immutable_changes(resource: AnyResource, current: object, proposed: object) -> Refused | None:
    reasons = [
        resource.immutable_field(name)
        for name, member in resource.members.items()
        if member.immutable and getattr(current, member.name) != getattr(proposed, member.name)
    ]
    return Refused(tuple(reasons)) if reasons else None
