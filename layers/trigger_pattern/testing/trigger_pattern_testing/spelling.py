"""Other spellings of JSON values that clients may use."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from hypothesis import strategies as st

from trigger_pattern.definition.codecs import Json


def spellings(value: Json) -> st.SearchStrategy[Any]:
    """Draw spellings of a value: blanks around texts, other cases, a number with a point, null for nothing."""
    match value:
        case str():
            return st.sampled_from([value, f"\t{value} ", value.upper(), value.lower()])
        case bool() | None:
            return st.just(value)
        case int():
            return st.sampled_from([value, Decimal(f"{value}.0")])
        case list():
            return st.tuples(*map(spellings, cast("Sequence[Json]", value))).map(list)
        case _:
            members = cast("dict[str, Json]", value)
            return st.fixed_dictionaries({name: spellings(each) for name, each in members.items()})
