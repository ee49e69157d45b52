import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from resources.cars import CARS, Color, Condition, Make, Model
from tests.support.cars import CAR_ID, EXAMPLE, OWNER, representation
from tests.support.commits import another_car
from tests.support.http import Answer
from tests.support.lists import cursor, of_model, of_owner, with_vin
from tests.support.system import System
from tests.support.view import MemoryIndex
from trigger_pattern.application.listing import Place, Question
from trigger_pattern.definition.reasons import MAX_REASONS
from trigger_pattern.http.bodies import most_of

VIN = EXAMPLE.vin
OF_OWNER = of_owner(OWNER)
OF_MODEL = of_model(Make.BMW, Model.M3)


def get(query: str, index: MemoryIndex | None = None) -> Answer:
    return System(index=index or MemoryIndex()).request_with("GET", "/cars", query=query)


@pytest.mark.parametrize(
    ("query", "question"),
    [
        (f"owner={OWNER}", of_owner(OWNER)),
        (f"vin={VIN}", with_vin(VIN)),
        ("make=BMW&model=M3", of_model(Make.BMW, Model.M3)),
        ("model=M3&make=BMW", of_model(Make.BMW, Model.M3)),
        ("make=BMW&model=M3&color=red", of_model(Make.BMW, Model.M3, color=Color.RED)),
        ("condition=good&make=BMW&model=M3", of_model(Make.BMW, Model.M3, condition=Condition.GOOD)),
    ],
)
def test_a_combination_that_an_index_serves_is_asked_of_it(query: str, question: Question) -> None:
    index = MemoryIndex()
    assert get(query, index).status == 200
    assert index.asked == [(question, 50, None)]


@pytest.mark.parametrize(
    "query",
    ["", "limit=5", "make=BMW", "color=red", "make=BMW&color=red", f"owner={OWNER}&color=red",
     f"owner={OWNER}&vin={VIN}", "make=BMW&model=M3&color=red&condition=good"],
)  # fmt: skip
def test_any_other_combination_is_told_which_are_served(query: str) -> None:
    index = MemoryIndex()
    answer = get(query, index)
    assert answer.status == 422
    assert answer.problem()["type"] == "urn:cars:problem:unserved-filters"
    served = "owner; vin; make and model; make, model and color; make, model and condition."
    assert answer.problem()["detail"].endswith(served)
    assert index.asked == []


@pytest.mark.parametrize("query", ["make=bmw&model=m3&color=%20RED%20", "make=BMW&model=M3&color=Red"])
def test_values_are_read_in_any_case_and_with_blanks(query: str) -> None:
    index = MemoryIndex()
    get(query, index)
    assert index.asked[0][0] == of_model(Make.BMW, Model.M3, color=Color.RED)


def test_a_vin_and_an_owner_are_too() -> None:
    index = MemoryIndex()
    get(f"vin={VIN.lower()}", index)
    get(f"owner={str(OWNER).upper()}", index)
    assert [question for question, *_ in index.asked] == [with_vin(VIN), of_owner(OWNER)]


def test_a_listed_car_has_its_id_its_representation_and_its_version() -> None:
    answer = get(f"owner={OWNER}", MemoryIndex(cars=1))
    assert answer.body == {"cars": [{"carId": CAR_ID, **representation(), "version": 3}]}
    assert answer.headers["Cache-Control"] == "no-cache"


def test_no_cars_are_an_empty_list() -> None:
    answer = get(f"owner={OWNER}")
    assert (answer.status, answer.body) == (200, {"cars": []})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("owner=jane", "owner"),
        ("owner=", "owner"),
        ("owner=00000000-0000-0000-0000-000000000000", "owner"),
        (f"owner={OWNER}&owner={OWNER}", "owner"),
        ("vin=2G4GM5ER4E922561O", "vin"),
        ("make=Audi&model=M3", "make"),
        ("make=BMW&model=M4", "model"),
        ("make=BMW&model=F150", "model"),
        ("make=BMW&model=M3&color=pink", "color"),
        ("make=BMW&model=M3&condition=mint", "condition"),
        (f"owner={OWNER}&limit=0", "limit"),
        (f"owner={OWNER}&limit=101", "limit"),
        (f"owner={OWNER}&limit=1&limit=2", "limit"),
        (f"owner={OWNER}&cursor=x", "cursor"),
        (f"owner={OWNER}&cursor=", "cursor"),
        (f"owner={OWNER}&cursor={'x' * 121}", "cursor"),
        (f"owner={OWNER}&cursor={cursor(OF_MODEL, 'red')}", "cursor"),
        (f"make=BMW&model=M3&cursor={cursor(OF_OWNER)}", "cursor"),
        (f"owner={OWNER}&sort=year", "sort"),
        (f"owner={OWNER}&Owner={OWNER}", "Owner"),
        ("mileage=5", "mileage"),
    ],
)
def test_a_parameter_that_is_not_valid_is_named_and_nothing_is_asked(query: str, field: str) -> None:
    index = MemoryIndex()
    answer = get(query, index)
    assert answer.status == 422
    assert answer.fields() == [field]
    assert index.asked == []


def test_a_model_of_another_make_is_told_which_there_are() -> None:
    detail = "Expected a model of Ford: Escape, F150."
    errors = get("make=Ford&model=M3").problem()["errors"]
    assert errors == [{"code": "invalid-value", "detail": detail, "parameter": "model"}]


def test_all_bad_parameters_are_named_at_once() -> None:
    assert get("owner=x&limit=0&vin=x").fields() == ["owner", "vin", "limit"]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("make=Ford&model=M3&limit=0&x=1", ["limit", "x", "model"]),
        (f"owner={OWNER}&cursor=x&limit=0", ["limit", "cursor"]),
        (f"owner={OWNER}&cursor=x&sort=year", ["sort", "cursor"]),
    ],
)
def test_what_only_several_together_show_is_named_with_the_rest(query: str, fields: list[str]) -> None:
    assert get(query).fields() == fields


def test_a_cursor_is_not_blamed_for_a_filter() -> None:
    """Without the color it would be another list's."""
    of_red_ones = cursor(of_model(Make.BMW, Model.M3, color=Color.RED))
    assert get(f"make=BMW&model=M3&color=pink&cursor={of_red_ones}").fields() == ["color"]


def test_an_unknown_parameter_is_not_repeated_at_length() -> None:
    (field,) = get(f"owner={OWNER}&{'x' * 500}=1").fields()
    assert len(field) == 40


def test_unknown_parameters_of_any_characters_have_a_short_answer() -> None:
    answer = get("&".join(f"{number:02}{'%F0%9F%98%80' * 38}=1" for number in range(30)))
    assert len(answer.body["errors"]) == MAX_REASONS
    assert len(json.dumps(answer.body)) < most_of(CARS)


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100])
def test_following_the_links_gives_every_car_once(limit: int) -> None:
    index, seen = MemoryIndex(cars=7), list[str]()
    query = f"owner={OWNER}&limit={limit}"
    while query and len(seen) < 20:
        page = get(query, index)
        seen += [car["carId"] for car in page.body["cars"]]
        path, _, query = page.body.get("next", "").partition("?")
        assert path == ""
    assert seen == [another_car(number) for number in range(7)]
    assert len(index.asked) == -(-7 // limit)


def test_a_link_says_what_was_asked_in_canonical_spelling() -> None:
    link: dict[str, Any] = parse_qs(get("limit=1&color=RED&model=m3&make=bmw", MemoryIndex(cars=2)).body["next"][1:])
    following = [cursor(of_model(Make.BMW, Model.M3, color=Color.RED))]
    assert link == {"make": ["BMW"], "model": ["M3"], "color": ["red"], "limit": ["1"], "cursor": following}


def test_a_cursor_tells_the_place_and_the_query_the_list() -> None:
    index = MemoryIndex(cars=2)
    get(f"owner={OWNER}&limit=7&cursor={cursor(OF_OWNER)}", index)
    assert index.asked == [(of_owner(OWNER), 7, Place(CAR_ID))]
