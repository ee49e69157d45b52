import base64
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS, Color, Condition, Make, Model
from tests.support.cars import CAR_ID, EXAMPLE, OWNER
from tests.support.lists import cursor, of_model, of_owner, with_vin
from trigger_pattern.application.listing import Place, Question
from trigger_pattern.http.cursors import BadCursor, read_cursor, write_cursor

OF_MODEL = of_model(Make.BMW, Model.M3)
OTHERS: list[Question] = [
    of_owner(OWNER),
    with_vin(EXAMPLE.vin),
    of_model(Make.BMW, Model.M3, color=Color.RED),
    of_model(Make.BMW, Model.M3, condition=Condition.GOOD),
]
MAX_CURSOR = 120
"""In characters: what a cursor of cars never exceeds."""

CAR_IDS = st.uuids().filter(lambda uuid: uuid.int > 0).map(str)
PLACE, COLORED = cursor(OTHERS[0]), cursor(OF_MODEL, "red")


def encoded(content: bytes | str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@given(CAR_IDS, st.sampled_from(OTHERS))
def test_a_place_reads_back_as_it_was_written(car_id: str, question: Question) -> None:
    assert read_cursor(CARS, write_cursor(CARS, question, Place(car_id)), question) == Place(car_id)


@given(CAR_IDS, st.sampled_from(Color))
def test_so_does_one_among_the_cars_of_a_model(car_id: str, color: Color) -> None:
    assert read_cursor(CARS, write_cursor(CARS, OF_MODEL, Place(car_id, color)), OF_MODEL) == Place(car_id, color)


@given(CAR_IDS, st.none() | st.sampled_from(Color))
def test_a_cursor_is_short_and_needs_no_quoting_in_an_address(car_id: str, color: Color | None) -> None:
    written = write_cursor(CARS, OF_MODEL if color else OTHERS[0], Place(car_id, color))
    assert len(written) <= MAX_CURSOR
    assert written.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_holds_the_place_and_nothing_of_the_question() -> None:
    content = json.loads(base64.urlsafe_b64decode(COLORED + "=" * (-len(COLORED) % 4)))
    assert content == {"carId": CAR_ID, "color": "red"}


@pytest.mark.parametrize("question", OTHERS)
def test_a_cursor_of_a_models_cars_is_foreign_to_another_list(question: Question) -> None:
    with pytest.raises(BadCursor):
        read_cursor(CARS, COLORED, question)


def test_a_cursor_of_another_list_is_foreign_to_a_models_cars() -> None:
    with pytest.raises(BadCursor):
        read_cursor(CARS, PLACE, OF_MODEL)


@given(st.text(max_size=MAX_CURSOR) | st.binary(max_size=80).map(encoded))
def test_a_text_that_was_never_written_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(CARS, text, OTHERS[0])


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists, max_leaves=4)


@given(JSON | st.dictionaries(st.sampled_from(["carId", "color", "owner"]), JSON))
def test_so_is_json_that_is_no_place(content: object) -> None:
    with pytest.raises(BadCursor):
        read_cursor(CARS, encoded(json.dumps(content)), OTHERS[0])


@pytest.mark.parametrize(
    "text",
    [
        PLACE + "=",
        PLACE[:-1],
        " " + PLACE,
        PLACE + "\n",
        PLACE + "ü",
        encoded(f'{{"carId": "{CAR_ID}"}}'),
        encoded(f'{{"carId":"{CAR_ID.upper()}"}}'),
        encoded(f'{{"carId":"{UUID(int=0)}"}}'),
        encoded(f'{{"carId":"{CAR_ID}","color":null}}'),
        encoded(f'{{"carId":"{CAR_ID}","color":{{}}}}'),
        encoded(f'{{"carId":"{CAR_ID}","owner":"{OWNER}"}}'),
        encoded(f'{{"carId":"{CAR_ID}","carId":"{CAR_ID}"}}'),
        encoded(f'["{CAR_ID}"]'),
        encoded(b"\xff\xfe"),
    ],
)
def test_a_cursor_that_somebody_changed_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(CARS, text, OTHERS[0])


def test_a_color_that_only_newer_code_knows_is_a_place_too() -> None:
    assert read_cursor(CARS, cursor(OF_MODEL, "green"), OF_MODEL) == Place(CAR_ID, "green")


@pytest.mark.parametrize("color", ["", "RED", "red#", "x" * 21, 7, ["red"]])
def test_but_what_can_be_no_color_is_not(color: object) -> None:
    forged = json.dumps({"carId": CAR_ID, "color": color}, separators=(",", ":"))
    with pytest.raises(BadCursor):
        read_cursor(CARS, encoded(forged), OF_MODEL)
