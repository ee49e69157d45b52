"""Published schemas: read, to check by, and to make values of."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

Json = dict[str, Any]


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
    if "enum" in schema:
        members: list[str] = schema["enum"]
        return st.sampled_from(members)
    match schema["type"]:
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "string":
            pattern: str = schema["pattern"]
            return st.from_regex(pattern, fullmatch=True)
        case "object":
            return _objects(schema)
        case _:
            raise NotImplementedError(schema)


def _objects(schema: Json) -> st.SearchStrategy[Json]:
    fields = {name: values(field) for name, field in schema["properties"].items()}
    required = {name: fields[name] for name in schema["required"]}
    return st.fixed_dictionaries(required, optional={name: fields[name] for name in fields if name not in required})
