"""From type hints to codecs, for every type that a field can have."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, cast, get_args, get_type_hints
from uuid import UUID

from trigger_pattern.definition import codecs, texts
from trigger_pattern.definition.checking import faults_of_part
from trigger_pattern.definition.codecs import Codec, Json
from trigger_pattern.definition.fields import Between, Doc, Length, Mark, Named, Parsed, Pattern, Places
from trigger_pattern.definition.hints import (
    FITS,
    all_said,
    is_union,
    kind_of,
    pick,
    refuse_marks,
    refuse_misfits,
    refuse_wrong_bounds,
    taken_apart,
)
from trigger_pattern.definition.lists import many, or_absent
from trigger_pattern.definition.reasons import Invalid, InvalidDefinition, expected
from trigger_pattern.definition.records import Field, made, object_schema, read_members, write_members


def members_of(cls: type) -> dict[str, Field]:
    """Return a frozen dataclass's fields, by their names in JSON. Raises InvalidDefinition."""
    if not getattr(getattr(cls, "__dataclass_params__", None), "frozen", False):
        raise InvalidDefinition(f"{cls.__name__} must be a dataclass, and frozen: write @dataclass(frozen=True)")
    hints = get_type_hints(cls, include_extras=True)
    members: dict[str, Field] = {}
    for field in fields(cls):
        member = _member(f"{cls.__name__}.{field.name}", field.name, hints[field.name], field.default)
        if field.default_factory is not MISSING:
            raise InvalidDefinition(f"{cls.__name__}.{field.name}: give the default itself; of a list, it is a tuple")
        if member.json in members:
            raise InvalidDefinition(f"{cls.__name__}.{field.name}: another field is called {member.json!r} in JSON too")
        members[member.json] = member
    return members


def _member(where: str, name: str, hint: Any, default: Any) -> Field:  # noqa: ANN401 - a hint, and any value
    base, extras = taken_apart(hint)[0], all_said(hint)
    first, *rest = name.split("_")
    named, doc = pick(Named, extras), pick(Doc, extras)
    return Field(
        name,
        named.name if named else first + "".join(part.title() for part in rest),
        codec_of(hint, where),
        optional=type(None) in get_args(base),
        default=default,
        marks=frozenset(extra.name for extra in extras if isinstance(extra, Mark)),
        doc=doc.text if doc else "",
    )


_PLAIN: Mapping[type, Callable[[], Codec]] = {
    bool: codecs.boolean, UUID: texts.uuid, datetime: texts.moment, date: texts.day,
    time: texts.time_of_day,
}  # fmt: skip
"""The codecs of types that `Annotated` cannot narrow."""


def codec_of(hint: Any, where: str) -> Codec:  # noqa: ANN401 - a hint
    """Return the codec of a type hint. Raises InvalidDefinition, which begins with `where` the hint stands."""
    base, extras = taken_apart(hint)
    if form := pick(Parsed, extras):
        return codecs.parsed(form)
    if is_union(base):
        return _nullable(base, extras, where)
    kind = kind_of(base)
    if kind is None and isinstance(base, type) and is_dataclass(base):
        refuse_misfits(base, (), extras, where)
        return record(base)
    if kind is None:
        raise InvalidDefinition(
            f"{where}: {hint!r} cannot be stored. Use str, int, bool, Decimal, UUID, date, time, datetime, a StrEnum, "
            "a frozen dataclass, tuple[X, ...], X | None, or Annotated[..., Parsed(...)] for a type of your own."
        )
    refuse_misfits(base, FITS[kind], extras, where)
    return _codec_of_kind(kind, base, extras, where)


def _codec_of_kind(kind: type, base: Any, extras: tuple[Any, ...], where: str) -> Codec:  # noqa: ANN401, PLR0911 - one line a type
    length, between = pick(Length, extras), pick(Between, extras)
    if kind is tuple:
        refuse_marks(get_args(base)[0], where)
        return many(codec_of(get_args(base)[0], where), _bound(length, where))
    if kind is str and (pattern := pick(Pattern, extras)):
        return texts.formed(pattern, length or Length(0, 100))
    if kind is str:
        return texts.text(_bound(length, where))
    if kind is Decimal:
        places = pick(Places, extras)
        if between is None or places is None:
            raise InvalidDefinition(
                f"{where}: how large, and how exact? Write Annotated[Decimal, Between(0, 1000), Places(2)]"
            )
        refuse_wrong_bounds(between, places, where)
        return codecs.decimal(between, places)
    if kind is int:
        whole = between or Between(-codecs.EXACT, codecs.EXACT)
        refuse_wrong_bounds(whole, None, where)
        return codecs.whole(whole)
    if kind is Enum:
        return _one_of(base, where)
    return _PLAIN[kind]()


def _one_of(enumeration: type[Enum], where: str) -> Codec:
    names = [str(member.value).lower() for member in enumeration]
    words = [codecs.word(name) for name in names]
    if not names or words != names or "" in names or len({*names}) < len(names):
        raise InvalidDefinition(
            f"{where}: {enumeration.__name__} needs members whose values differ, also without regard to case, and are "
            "in ASCII without blanks around them"
        )
    return codecs.one_of(enumeration)


def _bound(length: Length | None, where: str) -> Length:
    if length is None:
        raise InvalidDefinition(f"{where}: how long can it be? Write Annotated[..., Length(1, 40)]")
    return length


def _nullable(base: Any, extras: tuple[Any, ...], where: str) -> Codec:  # noqa: ANN401 - a hint
    [*given] = [each for each in get_args(base) if each is not type(None)]
    if len(given) != 1 or type(None) not in get_args(base):
        raise InvalidDefinition(f"{where}: of several types, only `X | None` can be told apart in JSON")
    kept = tuple(extra for extra in extras if not isinstance(extra, Doc | Mark | Named))
    return or_absent(codec_of(Annotated[given[0], *kept] if kept else given[0], where))


def record(cls: type) -> Codec:
    """Return the codec of a frozen dataclass as a nested value. A ValueError of its `__post_init__` is a fault."""
    members = members_of(cls)
    for fault in (fault for member in members.values() for fault in faults_of_part(member)):
        raise InvalidDefinition(f"{cls.__name__}: {fault}")
    return replace(_record(cls, members, defaults=True), whole=_record(cls, members, defaults=False))


def _record(cls: type, members: Mapping[str, Field], *, defaults: bool) -> Codec:
    def read(value: Json) -> Any:  # noqa: ANN401 - the dataclass
        if not isinstance(value, dict):
            raise expected("an object")
        values, faults = read_members(members, cast("dict[str, Json]", value), defaults=defaults)
        if faults:
            raise Invalid(*faults)
        return made(cls, values)

    return Codec(
        read,
        lambda value: write_members(members, value),
        object_schema(members, "accepts", whole=not defaults, additionalProperties=False),
        object_schema(members, "stores"),
        most=2 + sum(len(name) + 4 + member.codec.most for name, member in members.items()),
        members=members,
        items=max((member.codec.items for member in members.values()), default=1),
    )
