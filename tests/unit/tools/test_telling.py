"""Events in words."""

from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import EXAMPLE, car_created
from tests.support.notes import WALL_NOTES
from tools.ops.telling import counted, counted_of, in_words, known, printable, table
from trigger_pattern.definition.life import Gone, NotCreated
from trigger_pattern.definition.stored import write_event

BEFORE = known(CARS, EXAMPLE)


@pytest.mark.parametrize(
    ("event_type", "data", "before", "words"),
    [
        ("ColorChanged", {"color": "red"}, BEFORE, "color black → red"),
        ("MileageChanged", {"mileage": 15_000}, BEFORE, "mileage 14,320 → 15,000 (+680)"),
        ("MileageChanged", {"mileage": 1_500_000}, {"mileage": 0}, "mileage 0 → 1,500,000 (+1,500,000)"),
        ("MileageChanged", {"mileage": 14_000}, BEFORE, "mileage 14,320 → 14,000 (-320)"),
        ("ConditionChanged", {"condition": "poor"}, BEFORE, "condition good → poor"),
        ("ColorChanged", {"color": "red"}, {}, "color red"),
        ("Deleted", {}, BEFORE, "deleted for ever"),
        ("Repainted", {"color": "red", "year": 2026, "by": ["me"]}, {}, 'color red, year 2026, by ["me"]'),
        (
            "Moved",
            {"place": {"wall": "north"}, "note": None, "lit": True},
            {},
            'place {"wall": "north"}, note null, lit true',
        ),
    ],
)
def test_an_event_is_told_as_what_was_before_and_after(
    event_type: str, data: dict[str, Any], before: dict[str, Any], words: str
) -> None:
    assert in_words(CARS, event_type, data, before) == words


def test_a_new_car_is_told_whole() -> None:
    assert in_words(CARS, "Created", write_event(CARS, car_created())["data"], {}) == (
        "2009 BMW M3: vin 2G4GM5ER4E9225618, color black, mileage 14,320, "
        "owner ad4181f8-c33f-4e81-9d9e-0896188d73f0, condition good"
    )


def test_a_car_is_written_a_field_a_line() -> None:
    assert list(table(CARS, {"year": 2009, "mileage": 14_320})) == ["year     2009", "mileage  14,320"]
    assert list(table(CARS, {})) == []


def test_a_car_that_is_gone_is_known_as_it_last_was() -> None:
    assert known(CARS, Gone(EXAMPLE)) == known(CARS, EXAMPLE) != {}
    assert known(CARS, NotCreated()) == known(CARS, None) == {}


def test_nobody_plays_tricks_on_the_terminal() -> None:
    assert printable("jane\x1b[2J → ok") == "jane\N{REPLACEMENT CHARACTER}[2J → ok"
    assert in_words(CARS, "Repainted", {"color": "\x07"}, {}) == "color \N{REPLACEMENT CHARACTER}"


def test_a_number_has_its_noun() -> None:
    assert [counted(number, "commit") for number in (0, 1, 1_200)] == ["0 commits", "1 commit", "1,200 commits"]
    assert [counted_of(CARS, number) for number in (1, 2)] == ["1 car", "2 cars"]
    assert counted_of(WALL_NOTES, 1) == "1 wall note"
