"""The laws draw only values that can be stored: each reads back as it was."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigger_pattern import Money
from trigger_pattern.definition.compiling import codec_of
from trigger_pattern_testing.drawing import Drawing


@pytest.mark.parametrize("hint", [bool, int, UUID, date, time, datetime, Money])
@given(data=st.data())
def test_a_drawn_value_reads_back(hint: Any, data: st.DataObject) -> None:
    value, codec = data.draw(Drawing({}).hint(hint)), codec_of(hint, "Test.field")
    assert codec.read(codec.write(value)) == value
