"""The codecs of lists and of optional values, made from the codecs of their contents."""

from collections.abc import Sequence
from typing import Any, cast

from trigger_pattern.definition.codecs import Codec, Json, Schema
from trigger_pattern.definition.fields import Length
from trigger_pattern.definition.reasons import Invalid, expected, within
from trigger_pattern.kernel import Refusal


def or_absent(inner: Codec) -> Codec:
    """Return the codec of a value that may be None, which is null in JSON."""
    return Codec(
        lambda value: None if value is None else inner.read(value),
        lambda value: None if value is None else inner.write(value),
        _or_null(inner.accepts),
        _or_null(inner.stores),
        inner.most,
        inner.members,
        inner.items,
        or_absent(inner.whole) if inner.whole else None,
    )


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema or not isinstance(schema.get("type"), str):
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def many(item: Codec, length: Length) -> Codec:
    """Return the codec of a tuple, which is a list in JSON. It reports every fault of every item."""

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
        whole=many(item.whole, length) if item.whole else None,
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
