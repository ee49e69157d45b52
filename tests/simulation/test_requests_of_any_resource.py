"""The requests of a run: well-formed whatever the resource, so that no answer may blame the client."""

import pytest

from tests.simulation.subject.any import AnySubject
from tests.simulation.world.dice import Dice
from tests.support.notes import WALL_NOTES
from trigger_pattern.definition.representation import read_changes, read_new, read_whole
from trigger_pattern.kernel import Refused

SUBJECT = AnySubject(WALL_NOTES)
FULL = {"author": "Ada", "text": "Buy milk", "priority": 3, "pinned": False, "tags": ["shop", "today", "milk"]}
"""It has as many tags as a note can have."""


@pytest.mark.parametrize("current", [FULL, {**FULL, "tags": [], "place": {"wall": "north", "height": 150}}, None])
def test_requests_can_be_read_as_they_are_drawn(current: dict[str, object] | None) -> None:
    dice = Dice(7)
    for number in range(300):
        replacement, patch = (draw(dice, "it", number, current) for draw in (SUBJECT.replacement, SUBJECT.patch))
        assert not isinstance(read_whole(WALL_NOTES, replacement), Refused), replacement
        assert not isinstance(read_changes(WALL_NOTES, patch), Refused), patch
        assert not isinstance(read_new(WALL_NOTES, SUBJECT.new(dice, "it")), Refused)


def test_edits_reach_every_field_and_leave_the_immutable_ones() -> None:
    dice = Dice(7)
    changed = {name for number in range(300) for name in SUBJECT.patch(dice, "it", number, FULL)}
    assert changed == WALL_NOTES.members.keys() - {"author"}
