from tests.support.cars import representation
from tests.support.system import System
from trigger_pattern.definition.requests import CreateRequest


def test_a_valid_car_is_accepted_with_its_id_and_where_to_ask_about_the_command() -> None:
    answer = System().request("POST", "/cars", representation())
    car, command = answer.body["carId"], answer.body["commandId"]
    assert answer.status == 202
    assert answer.headers["Location"] == f"cars/{car}"
    assert answer.body == {"carId": car, "commandId": command, "command": f"cars/{car}/commands/{command}"}


def test_the_command_on_the_queue_is_the_one_answered() -> None:
    system = System()
    answer = system.request("POST", "/cars", representation())
    [(_, sent)] = system.sent
    assert (sent.aggregate_id, sent.command_id) == (answer.body["carId"], answer.body["commandId"])


def test_every_car_gets_an_id_of_its_own() -> None:
    system = System()
    assert len({system.request("POST", "/cars", representation()).body["carId"] for _ in range(3)}) == 3


def test_the_representation_is_queued_in_canonical_spelling() -> None:
    spelled = representation(make=" bmw", model="m3 ", color="BLACK", condition="Good", vin="2g4gm5er4e9225618")
    system = System()
    car_id = system.request("POST", "/cars", spelled).body["carId"]
    assert system.requested() == [CreateRequest(car_id, representation())]


def test_of_an_invalid_car_all_bad_fields_are_named_at_once_and_nothing_is_queued() -> None:
    system = System()
    answer = system.request("POST", "/cars", {**representation(year="x", color="pink", owner=None), "doors": 4})
    assert (answer.status, sorted(answer.fields())) == (422, ["/color", "/doors", "/owner", "/year"])
    assert system.sent == []


def test_whether_the_year_fits_the_model_is_left_to_the_domain() -> None:
    assert System().request("POST", "/cars", representation(year=1900)).status == 202
