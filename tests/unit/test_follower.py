"""The reader of events that other tests rely on."""

from typing import Any

import pytest

from tests.support.follower import Follower

EVENTS: list[dict[str, Any]] = [{"version": version} for version in range(1, 5)]


def log_after(_: str, version: int) -> list[dict[str, Any]]:
    return EVENTS[version:]


@pytest.mark.parametrize(
    ("versions", "taken", "gaps"),
    [
        ([1, 2, 3], 3, []),
        ([1, 2, 1, 2], 2, []),
        ([3], 3, ["a/3 after 0"]),
        ([1, 4, 2, 3], 4, ["a/4 after 1"]),
    ],
)
def test_a_follower_takes_the_next_drops_the_old_and_reads_a_gap(
    versions: list[int], taken: int, gaps: list[str]
) -> None:
    follower = Follower(log_after)
    for version in versions:
        follower.take("a", EVENTS[version - 1])
    assert (follower.taken["a"], follower.gaps) == (EVENTS[:taken], gaps)
