"""From type hints to codecs: how each type that there can be is read and written."""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from trigger_pattern.definition import codecs, texts
from trigger_pattern.definition.checking import faults_of_part
from trigger_pattern.definition.codecs import Codec, Json, Schema
from trigger_pattern.definition.fields import Between, Doc, Length, Mark, Named, Parsed, Pattern, Places
from trigger_pattern.definition.reasons import Invalid, InvalidDefinition, expected, within
from trigger_pattern.definition.records import Field, made, object_schema, read_members, write_members
from trigger_pattern.kernel import Refusal

Extra = TypeVar("Extra")

_FITS: Mapping[type, tuple[type, ...]] = {
    bool: (), Enum: (), UUID: (), datetime: (), date: (),
    int: (Between,), Decimal: (Between, Places), str: (Length, Pattern), tuple: (Length,),
}  # fmt: skip
"""By type, what `Annotated` may say of it beside what every field may have."""


def members_of(cls: type) -> dict[str, Field]:
    """Compile a frozen dataclass's fields, by their names in JSON. Raises InvalidDefinition."""
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
    base, extras = taken_apart(hint)
    if _is_union(base):
        extras += tuple(extra for each in get_args(base) for extra in taken_apart(each)[1])
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
}  # fmt: skip
"""The codecs of types of which `Annotated` has nothing to say."""


def codec_of(hint: Any, where: str) -> Codec:  # noqa: ANN401 - a hint
    """Compile a type hint. Raises InvalidDefinition, which names `where` it stands."""
    base, extras = taken_apart(hint)
    if form := pick(Parsed, extras):
        return codecs.parsed(form)
    if _is_union(base):
        return _nullable(base, extras, where)
    kind = _kind(base)
    if kind is None and isinstance(base, type) and is_dataclass(base):
        _refuse_misfits(base, (), extras, where)
        return record(base)
    if kind is None:
        raise InvalidDefinition(
            f"{where}: {hint!r} cannot be stored. Use str, int, bool, Decimal, UUID, date, datetime, a StrEnum, a "
            "frozen dataclass, tuple[X, ...], X | None, or Annotated[..., Parsed(...)] for a type of your own."
        )
    _refuse_misfits(base, _FITS[kind], extras, where)
    return _codec_of_kind(kind, base, extras, where)


def _codec_of_kind(kind: type, base: Any, extras: tuple[Any, ...], where: str) -> Codec:  # noqa: ANN401, PLR0911 - one line a type
    length, between = pick(Length, extras), pick(Between, extras)
    if kind is tuple:
        return _many(codec_of(get_args(base)[0], where), _bound(length, where))
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
        return codecs.decimal(between, places)
    if kind is int:
        return codecs.whole(between or Between(-codecs.EXACT, codecs.EXACT))
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


def taken_apart(hint: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - a hint
    """Return a hint's type, behind its Annotated and NewType, and all that they say."""
    extras: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            extras = (*more, *extras)
        elif hasattr(hint, "__supertype__"):
            hint = hint.__supertype__
        else:
            return hint, extras


def _is_union(base: Any) -> bool:  # noqa: ANN401 - a type
    return get_origin(base) in (Union, types.UnionType)


def _kind(base: Any) -> type | None:  # noqa: ANN401 - a type
    if get_origin(base) is tuple:
        return tuple if get_args(base)[1:] == (...,) else None
    return next((kind for kind in _FITS if isinstance(base, type) and issubclass(base, kind)), None)


def pick(kind: type[Extra], extras: tuple[Any, ...]) -> Extra | None:
    """Return what a hint's extras say of one kind, None if nothing."""
    return next((extra for extra in extras if isinstance(extra, kind)), None)


def _refuse_misfits(base: Any, fits: tuple[type, ...], extras: tuple[Any, ...], where: str) -> None:  # noqa: ANN401
    for extra in extras:
        if not isinstance(extra, (Doc, Mark, Named, *fits)):
            raise InvalidDefinition(f"{where}: {extra!r} says nothing about {getattr(base, '__name__', base)}")


def _nullable(base: Any, extras: tuple[Any, ...], where: str) -> Codec:  # noqa: ANN401 - a hint
    [*given] = [each for each in get_args(base) if each is not type(None)]
    if len(given) != 1 or type(None) not in get_args(base):
        raise InvalidDefinition(f"{where}: of several types, only `X | None` can be told apart in JSON")
    kept = tuple(extra for extra in extras if not isinstance(extra, Doc | Mark | Named))
    return _or_absent(codec_of(Annotated[given[0], *kept] if kept else given[0], where))


def _or_absent(inner: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else inner.read(value),
        lambda value: None if value is None else inner.write(value),
        _or_null(inner.accepts),
        _or_null(inner.stores),
        inner.most,
        inner.members,
        inner.items,
        _or_absent(inner.whole) if inner.whole else None,
    )


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema or not isinstance(schema.get("type"), str):
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _many(item: Codec, length: Length) -> Codec:
    def read(value: Json) -> tuple[Any, ...]:
        given = cast("Sequence[Json]", value) if isinstance(value, list) else ()
        if not isinstance(value, list) or not length.least <= len(given) <= length.most:
            raise expected(f"a list of {length.least} to {length.most} items")
        return _read_items(item, given)

    def schema(items: Schema) -> Schema:
        return {"type": "array", "items": items, "minItems": length.least, "maxItems": length.most}

    return Codec(
        read,
        lambda values: list(map(item.write, values)),
        schema(item.accepts),
        schema(item.stores),
        most=2 + length.most * (item.most + 1),
        items=max(length.most, item.items),
        whole=_many(item.whole, length) if item.whole else None,
    )


def _read_items(item: Codec, given: Sequence[Json]) -> tuple[Any, ...]:
    items, faults = list[Any](), list[Refusal]()
    for index, each in enumerate(given):
        try:
            items.append(item.read(each))
        except Invalid as invalid:
            faults += within(index, invalid.faults)
    if faults:
        raise Invalid(*faults)
    return tuple(items)


def record(cls: type) -> Codec:
    """Compile a frozen dataclass as a nested value. Its `__post_init__` may raise ValueError, which is a fault."""
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
