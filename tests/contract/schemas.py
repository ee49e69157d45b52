"""Published schemas: read, to check by, and to make values of."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

Json = dict[str, Any]
WRITABLE = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
"""What a text is made of: no control characters, and nothing that is taken off its ends."""


def load(file: Path) -> Json:
    """Read a schema."""
    return dict(json.loads(file.read_text()))


def validator(schema: Json) -> Draft202012Validator:
    """Check by a schema, formats included."""
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def values(schema: Json) -> st.SearchStrategy[Any]:
    """Make values of a schema of the kinds that events have; of an object, its own fields and no others."""
    checks = validator(schema)

    def is_allowed(value: Any) -> bool:
        return checks.is_valid(value)

    return _values(schema).filter(is_allowed)


def _values(schema: Json) -> st.SearchStrategy[Any]:
    if alternatives := _alternatives(schema):
        return st.one_of([values(each) for each in alternatives])
    if "enum" in schema:
        members: list[str] = schema["enum"]
        return st.sampled_from(members)
    match schema["type"]:
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "string":
            return _texts(schema)
        case "null":
            return st.none()
        case "object":
            return _objects(schema)
        case _:
            raise NotImplementedError(schema)


def _alternatives(schema: Json) -> list[Json]:
    if "anyOf" in schema:
        return list(schema["anyOf"])
    kinds = schema["type"]
    return [] if isinstance(kinds, str) else [{**schema, "type": kind} for kind in kinds]


def _texts(schema: Json) -> st.SearchStrategy[str]:
    if "x-minimum" in schema:
        least, most = Decimal(schema["x-minimum"]), Decimal(schema["x-maximum"])
        return st.decimals(least, most, places=-int(least.as_tuple().exponent)).map("{:f}".format)
    if "pattern" not in schema:
        return st.text(WRITABLE, min_size=schema["minLength"], max_size=schema["maxLength"])
    pattern: str = schema["pattern"]
    return st.from_regex(pattern, fullmatch=True)


def _objects(schema: Json) -> st.SearchStrategy[Json]:
    """Make objects as they are written: a field that may be absent is never null."""
    fields = {name: values(field) for name, field in schema["properties"].items()}
    required = {name: fields[name] for name in schema["required"]}
    optional = {name: fields[name].filter(_is_given) for name in fields if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _is_given(value: Any) -> bool:
    return value is not None
