"""The laws draw only values that can be stored: each reads back as it was."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigger_pattern import Between, Money, Places
from trigger_pattern.definition.compiling import codec_of
from trigger_pattern_testing.drawing import Drawing

CENTS = Annotated[Decimal, Between(Decimal("0.01"), Decimal("0.05"), accepts=(0, 1)), Places(2)]


@pytest.mark.parametrize("hint", [bool, int, UUID, date, time, datetime, Money, CENTS])
@given(data=st.data())
def test_a_drawn_value_reads_back(hint: Any, data: st.DataObject) -> None:
    value, codec = data.draw(Drawing({}).hint(hint)), codec_of(hint, "Test.field")
    assert codec.read(codec.write(value)) == value


@given(data=st.data())
def test_drawn_numbers_are_in_their_range_or_in_that_of_requests(data: st.DataObject) -> None:
    stored, proposed = (data.draw(Drawing({}, wide=wide).hint(CENTS)) for wide in (False, True))
    assert Decimal("0.01") <= stored <= Decimal("0.05")
    assert 0 <= proposed <= 1
