"""Values for examples: the stack's own, or drawn from the schemas of a resource, always the same ones."""

import re
from functools import cache
from typing import Any, Final

from hypothesis import find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from tools.project import STACK
from trigger_pattern.definition.codecs import Codec, Schema
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.representation import read_new, read_whole, represent_new
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refused
from trigger_pattern_authoring.openapi.examples import drawn

_VARIANTS: Final = 10
"""How many values of a schema are tried: a codec can ask for more than its schema says."""

_FEW: Final = settings(max_examples=100, database=None, derandomize=True, deadline=None)


class NotGenerated(Exception):
    """A file cannot be written. The text has the resource, the reason and what to do."""


def first_value(resource: AnyResource) -> object:
    """Return a value as a POST creates it. Raises NotGenerated."""
    example = STACK.examples.get(resource.name)
    value = read_whole(resource, example.whole if example else _whole(resource))
    if isinstance(value, Refused):
        raise NotGenerated(f"{resource.plural}: no value can be drawn. Add one to `EXAMPLES` in tools/project.py.")
    return read_new(resource, represent_new(resource, value))


def candidates(schema: Schema) -> list[Any]:
    """Return values of a schema, not all of them different."""
    return [drawn(_with_texts(schema), variant) for variant in range(_VARIANTS)]


def _whole(resource: AnyResource) -> dict[str, Any]:
    found = {name: _readable(member.codec) for name, member in resource.members.items()}
    return {name: value for name, value in found.items() if value is not None}


def _readable(codec: Codec) -> Any:  # noqa: ANN401 - any JSON
    for candidate in candidates(codec.stores):
        try:
            return codec.write(codec.read(candidate))
        except Invalid:
            continue
    return None


def _with_texts(schema: Schema) -> dict[str, Any]:
    """Return a schema in which every text of a pattern has examples."""
    whole = dict(schema)
    if "pattern" in schema and "examples" not in schema:
        whole["examples"] = _texts(schema["pattern"], schema.get("minLength", 0), schema.get("maxLength", 100))
    if "properties" in schema:
        whole["properties"] = {name: _with_texts(each) for name, each in schema["properties"].items()}
    if "items" in schema:
        whole["items"] = _with_texts(schema["items"])
    if "anyOf" in schema:
        whole["anyOf"] = [_with_texts(each) for each in schema["anyOf"]]
    return whole


@cache
def _texts(pattern: str, least: int, most: int) -> list[str]:
    """Return the two simplest texts of a pattern, if there are as many."""
    found = list[str]()
    texts = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    for _ in range(2):
        try:
            found.append(find(texts, lambda text: least <= len(text) <= most and text not in found, settings=_FEW))
        except NoSuchExample:
            break
    return found
