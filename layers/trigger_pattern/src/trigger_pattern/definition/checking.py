"""The faults of a definition, in words that tell its author what to do."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from trigger_pattern.definition.codecs import Schema
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.records import Field
from trigger_pattern.definition.sizes import MAX_COMMIT, MAX_VALUE, largest_commit, largest_value

if TYPE_CHECKING:
    from trigger_pattern.definition.resource import AnyResource

RESERVED: Final = frozenset({"version", "deleted"})
"""Names that items of the tables have already, beside the id."""

PARAMETERS: Final = frozenset({"limit", "after", "cursor", "at"})
"""Names that a query string has already, so that no list can be requested by them. They are free as fields."""

PATHS: Final = frozenset({"docs", "schemas"})
"""First segments of paths that belong to no resource."""

MAX_KEY: Final = 250
"""In bytes. DynamoDB takes a partition key of 2,048 bytes and a sort key of 1,024, and here several values make one."""

_SHORT: Final = f"write at most Length(1, {(MAX_KEY - 2) // 4}), or Length(1, {MAX_KEY - 2}) beside a Pattern"
"""Free text has up to four bytes a character, a text of a form one. Each has two quotes."""

_CODE: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_MAX_NAME: Final = 30
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_AUTHORITY: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+,\d{{4}}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
"""A `taggingEntity` of RFC 4151, section 2.1, that is no e-mail address."""


def faults_of(resource: "AnyResource") -> Iterator[str]:
    """Yield every fault of a definition, after its types were compiled."""
    yield from _names(resource)
    for name, member in resource.members.items():
        yield from _field(resource, name, member)
    yield from _lists(resource)
    yield from _filters(resource)
    yield from _refusals(resource)
    for name in resource.upcasters.keys() - resource.events.keys():
        yield f"an upcaster is for {name}, which is no event"
    for name, downcasters in resource.downcasters.items():
        if len(downcasters) > len(resource.upcasters.get(name, ())):
            yield f"{name} has more downcasters than upcasters, so there is no schema version to lower it to"
    if largest_value(resource) > MAX_VALUE:
        yield f"a representation can have {largest_value(resource)} bytes, more than {MAX_VALUE}: give a smaller Length"
    most = largest_commit(resource)
    if most > MAX_COMMIT:
        yield f"a commit can have {most} bytes, more than {MAX_COMMIT}: give texts and lists a smaller Length"


def _names(resource: "AnyResource") -> Iterator[str]:
    for name in (resource.name, resource.plural):
        if not _NAME.fullmatch(name) or len(name) > _MAX_NAME:
            yield f"{name!r} must be words of lower-case letters with hyphens, such as shopping-cart"
    if resource.name == resource.plural:
        yield "name and plural must differ"
    if not _AUTHORITY.fullmatch(resource.authority):
        yield f"the authority {resource.authority!r} must be a domain and a date, such as example.com,2026"
    if resource.plural in PATHS:
        yield f"the plural cannot be {resource.plural!r}, which is a path of the API's own"


def _field(resource: "AnyResource", name: str, member: Field) -> Iterator[str]:
    if name in RESERVED or name == resource.id:
        yield f"no field can be called {name!r}: rename it, or give it another name with Annotated[..., Named('...')]"
    if "not on creation" in member.marks and member.required:
        yield f"{member.name} is NOT_ON_CREATION, so it needs a default"
    yield from faults_of_default(member)


def faults_of_part(member: Field) -> Iterator[str]:
    """Yield every fault of a field of a nested value."""
    if member.marks:
        yield f"{member.name} is of a nested value, so it cannot be {' or '.join(sorted(member.marks))} by itself"
    yield from faults_of_default(member)


def faults_of_default(member: Field) -> Iterator[str]:
    """Yield the faults of a field's default, or of its absence."""
    if member.optional and member.default is not None:
        yield f"{member.name} is `X | None`, so it needs `= None`: absent and null are the same"
    elif not member.optional and not member.required and not _is_stable(member):
        yield f"the default of {member.name} is no value of its type"


def _is_stable(member: Field) -> bool:
    try:
        return bool(member.codec.read(member.codec.write(member.default)) == member.default)
    except (ValueError, TypeError, AttributeError):
        return False


def _lists(resource: "AnyResource") -> Iterator[str]:
    for by in resource.lists:
        for name in (*by.fields, *([by.then] if by.then else [])):
            yield from _listable(resource, name)
        last = resource.members.get(by.then or "")
        if last and "x-minimum" in last.codec.stores:
            yield f"{by.then} is a Decimal, which sorts as text, 100.00 before 20.00, so it cannot be `then` of a list"
        if not by.fields:
            yield "a list needs fields to list by"
    names = [by.index or (by.fields, by.then) for by in resource.lists]
    if len({*names}) < len(names):
        yield "two lists are the same, or have the same index"


def _listable(resource: "AnyResource", name: str) -> Iterator[str]:
    member = resource.members.get(name)
    if member is None:
        yield f"there is no field {name!r} to list or filter by; there are {', '.join(resource.members)}"
    elif name in PARAMETERS:
        yield f"nothing can be listed by {name!r}, which is a parameter of every list"
    elif not _is_text(member.codec.stores):
        yield f"{name} is no text in JSON, so nothing can be listed or filtered by it"
    elif _can_be_empty(member):
        yield f"{name} can be empty, so nothing can be listed or filtered by it: {_SHORT}; `X | None` may be missing"
    elif member.codec.most > MAX_KEY:
        yield f"{name} can have more than {MAX_KEY} bytes, so nothing can be listed or filtered by it: {_SHORT}"


def _is_text(schema: Schema) -> bool:
    choices = schema.get("anyOf", [schema])
    return any(choice.get("type") == "string" or "string" in choice.get("type", ()) for choice in choices)


def _can_be_empty(member: Field) -> bool:
    try:
        return bool(member.codec.read("") == "")
    except Invalid:
        return False


def _filters(resource: "AnyResource") -> Iterator[str]:
    for name in resource.filters:
        yield from _listable(resource, name)
        member = resource.members.get(name)
        if member and (not member.immutable or member.optional):
            yield f"events are filtered by {name}, so it must be IMMUTABLE and not optional"


def _refusals(resource: "AnyResource") -> Iterator[str]:
    for refusal in resource.refusals:
        if not _CODE.fullmatch(refusal.code):
            yield f"the refusal's code {refusal.code!r} must be in kebab-case, such as limit-exceeded"
        if refusal.pointer and not _has(resource.members, refusal.pointer):
            yield f"{refusal.code} points to {refusal.pointer}, which is no field"


def _has(members: Mapping[str, Field] | None, pointer: str) -> bool:
    for part in pointer.removeprefix("/").split("/"):
        if members is None or part not in members:
            return False
        members = members[part].codec.members
    return True
