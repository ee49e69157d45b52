"""What `ops … history --as-of` takes."""

from datetime import UTC, datetime, timedelta, timezone

import click
import pytest

from tools.ops.history.biography import AsOf
from tools.ops.history.command import AsOfType

NINE = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("7", 7),
        ("2026-11-01", NINE.replace(hour=0)),
        ("2026-11-01T09:00:00Z", NINE),
        ("2026-11-01T10:00:00.000+01:00", NINE.astimezone(timezone(timedelta(hours=1)))),
    ],
)
def test_a_version_or_a_time(text: str, as_of: AsOf) -> None:
    assert AsOfType().convert(text, None, None) == as_of


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "yesterday", "2026-13-01", "", "0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00"],
)
def test_and_nothing_else(text: str) -> None:
    with pytest.raises(click.BadParameter):
        AsOfType().convert(text, None, None)
