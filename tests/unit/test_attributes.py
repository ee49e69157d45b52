"""Attribute values are those that boto3's own conversion writes and reads."""

from decimal import Decimal
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from trigger_pattern.aws.dynamodb.attributes import NotPlain, read_attribute, read_item, write_item

WHOLE = st.integers(-(10**38) + 1, 10**38 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_a_value_is_written_as_boto3_writes_it_and_reads_back(value: Any) -> None:
    written = write_item({"a": value})
    assert written == {"a": TypeSerializer().serialize(value)}
    assert read_item(written) == {"a": value}
    assert read_item(written) == {"a": TypeDeserializer().deserialize(written["a"])}


@pytest.mark.parametrize("number", ["7", "-0", "1.0", "7E+3", "1E+38", "9" * 38])
def test_a_whole_number_is_read_however_it_is_written(number: str) -> None:
    read = read_attribute("a", {"N": number})
    assert (read, type(read)) == (Decimal(number), int)


@pytest.mark.parametrize(
    "value",
    [{}, None, [], {"S": 7}, {"N": 7}, {"N": "0.5"}, {"N": "NaN"}, {"N": "Infinity"}, {"N": "one"}, {"N": ""},
     {"N": "9" * 39}, {"N": "1E+127"}, {"BOOL": "true"}, {"B": b"a"}, {"SS": ["a"]}, {"NS": ["1"]}, {"M": []},
     {"L": {}}, {"L": [{"B": b"a"}]}, {"X": "a"}],
)  # fmt: skip
def test_what_is_no_value_of_json_is_named_without_it(value: Any) -> None:
    with pytest.raises(NotPlain, match=r"^a: [A-Za-z]+$"):
        read_attribute("a", value)


@pytest.mark.parametrize("value", [10**38, -(10**38), 0.5, Decimal(7), b"a", {"a"}, object()])
def test_nothing_else_is_written(value: Any) -> None:
    with pytest.raises((TypeError, ArithmeticError)):
        write_item({"a": value})
