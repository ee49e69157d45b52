"""A car's life, told."""

from datetime import timedelta
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged
from tests.support.cars import CAR_ID, OWNER, car_created
from tests.support.commits import ACTOR, CORRELATION_ID, commits_of
from tools.ops.history.biography import AsOf, biography
from tools.ops.history.narrating import document, lines
from trigger_pattern.aws.dynamodb.commit_item import write_commit

COMMITS = commits_of(
    [car_created()],
    [ColorChanged(Color.RED), MileageChanged(15_000), ConditionChanged(Condition.POOR)],
    [Deleted()],
)
ITEMS = [write_commit(CARS, commit) for commit in COMMITS]
TIMES = [commit.occurred_at for commit in COMMITS]
REPAINTED: dict[str, Any] = {"M": {"type": {"S": "Repainted"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}}
UNKNOWN: dict[str, Any] = {"L": [REPAINTED] * 3}

WHOLE = f"""\
Version 1, 2026-11-01T11:00:00.045Z, by {ACTOR}
  command {COMMITS[0].command_id}, correlation id {CORRELATION_ID}
     1  Created           2009 BMW M3: vin 2G4GM5ER4E9225618, color black, mileage 14,320, owner {OWNER}, condition good

Versions 2 to 4, 2026-11-01T11:01:00.045Z, by {ACTOR}
  command {COMMITS[1].command_id}, correlation id {CORRELATION_ID}
     2  ColorChanged      color black → red
     3  MileageChanged    mileage 14,320 → 15,000 (+680)
     4  ConditionChanged  condition good → poor

Version 5, 2026-11-01T11:02:00.045Z, by {ACTOR}
  command {COMMITS[2].command_id}, correlation id {CORRELATION_ID}
     5  Deleted           deleted for ever

At version 5 the car is deleted. It last was:
  year       2009
  make       BMW
  model      M3
  vin        2G4GM5ER4E9225618
  color      red
  mileage    15,000
  owner      {OWNER}
  condition  poor"""


def told(*items: dict[str, Any], as_of: AsOf = None) -> str:
    return "\n".join(lines(biography(CARS, CAR_ID, items, as_of)))


def test_a_life_is_told_from_beginning_to_end() -> None:
    assert told(*ITEMS) == WHOLE


@pytest.mark.parametrize(
    ("as_of", "version", "color", "condition"),
    [
        (1, 1, "black", "good"),
        (2, 2, "red", "good"),
        (4, 4, "red", "poor"),
        (TIMES[0], 1, "black", "good"),
        (TIMES[1] - timedelta(milliseconds=1), 1, "black", "good"),
        (TIMES[1], 4, "red", "poor"),
    ],
)
def test_it_ends_at_a_version_or_a_time(as_of: AsOf, version: int, color: str, condition: str) -> None:
    life = document(biography(CARS, CAR_ID, ITEMS, as_of))
    assert (life["version"], life["deleted"]) == (version, False)
    assert (life["car"]["color"], life["car"]["condition"]) == (color, condition)


def test_a_life_that_ends_inside_a_commit_says_so() -> None:
    text = told(*ITEMS, as_of=3)
    assert "mileage 14,320 → 15,000 (+680)\n  and 1 more, after what was asked for\n\nAt version 3 the car is:" in text
    assert "poor" not in text


def test_there_is_nothing_to_tell_before_the_first_event() -> None:
    assert biography(CARS, CAR_ID, ITEMS, TIMES[0] - timedelta(milliseconds=1)).parts == ()


def test_a_program_reads_it_as_json() -> None:
    life = document(biography(CARS, CAR_ID, ITEMS, None))
    assert (life["carId"], life["version"], life["deleted"], life["car"]["color"]) == (CAR_ID, 5, True, "red")
    _, changed, _ = life["commits"]
    assert (changed["version"], changed["occurredAt"]) == (2, "2026-11-01T11:01:00.045Z")
    assert changed["events"][0] == {
        "version": 2,
        "type": "ColorChanged",
        "schemaVersion": 1,
        "data": {"color": "red"},
        "before": {"color": "black"},
    }


NO_EVENTS = "/events: Expected one or more events."


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        (UNKNOWN, "UnknownEvent: Repainted, schema version 1"),
        ({"S": "?"}, f"CorruptItem: {NO_EVENTS}"),
    ],
)
def test_a_commit_that_cannot_be_read_is_told_where_it_stands_and_the_rest_goes_on(
    events: dict[str, Any], fault: str
) -> None:
    text = told(ITEMS[0], {**ITEMS[1], "events": events}, ITEMS[2])
    assert f"\n  FAULT  {fault}\n" in text
    assert "Created" in text
    assert "deleted for ever" in text
    assert text.count("FAULT") == 1
    assert "At version 5 the car is deleted. It last was:\n  year       2009" in text


def test_after_it_nobody_knows_what_was_before_until_a_commit_tells() -> None:
    later = commits_of(
        [car_created()], [ColorChanged(Color.RED)], [ColorChanged(Color.BLUE)], [ColorChanged(Color.WHITE)]
    )
    items = [write_commit(CARS, commit) for commit in later]
    text = told(items[0], {**items[1], "events": {"L": [REPAINTED]}}, *items[2:])
    assert "     3  ColorChanged      color blue\n" in text
    assert "     4  ColorChanged      color blue → white\n" in text


def test_an_event_of_newer_code_is_told_as_it_is_stored() -> None:
    newer = [ITEMS[0], {**ITEMS[1], "events": UNKNOWN}]
    assert "\n     2  Repainted" in told(*newer)
    event, *_ = document(biography(CARS, CAR_ID, newer, None))["commits"][1]["events"]
    assert (event["type"], event["schemaVersion"], event["version"]) == ("Repainted", 1, 2)


def test_a_state_that_cannot_be_read_is_told_and_the_events_say_how_the_car_is() -> None:
    text = told({**ITEMS[0], "state": {"S": "?"}}, *ITEMS[1:])
    assert text.count("FAULT") == 1
    assert "\n  FAULT  its state cannot be read\n" in text
    assert text.replace("  FAULT  its state cannot be read\n", "") == WHOLE


def test_a_life_that_ends_with_what_cannot_be_read_says_so() -> None:
    unreadable = {**ITEMS[1], "events": UNKNOWN}
    assert told(ITEMS[0], unreadable).endswith("The car at version 4 cannot be read.")
    assert document(biography(CARS, CAR_ID, [ITEMS[0], unreadable], None))["car"] is None


def test_a_gap_is_told() -> None:
    text = told(ITEMS[0], ITEMS[2])
    assert "  FAULT  versions 2 to 4 are missing" in text


def test_states_of_another_fold_are_no_fault() -> None:
    another: dict[str, Any] = {"foldVersion": {"N": str(CARS.fold_version + 1)}, "state": {"M": {}}}
    assert told(*({**item, **another} for item in ITEMS)) == WHOLE


def test_what_others_named_themselves_cannot_play_tricks_on_the_terminal() -> None:
    assert "\x1b" not in told({**ITEMS[0], "actor": {"S": "\x1b[2J"}})
