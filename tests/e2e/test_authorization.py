"""The default authorization: signed requests alone, and functions with no more rights than they need."""

import httpx
import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.pipeline import PATIENCE, Pipeline, eventually
from tests.support.template import resources
from tools.subscriber import Subscriber

_DECLARED = [route for route in resources().values() if route["Type"] == "AWS::ApiGatewayV2::Route"]
_KEYS = [route["Properties"]["RouteKey"] for route in _DECLARED if "Condition" not in route]
ROUTES = [*(key for key in _KEYS if key != "$default"), "GET /nothing", "DELETE /cars"]
"""Every route of the template, and two requests that only `$default` takes."""
WAIT = {"Prefer": "wait=20"}


def test_the_functions_own_roles_are_enough(guarded: Pipeline) -> None:
    with Subscriber(guarded.stack.aws, guarded.cars.events_topic_arn) as subscriber:
        car_id = guarded.create()
        assert guarded.put(car_id, color="red")["status"] == "succeeded"
        assert guarded.put(car_id, mileage=1)["status"] == "refused"
        assert guarded.car(car_id)["color"] == "red"
        assert guarded.event_types(car_id) == ["Created", "ColorChanged"]
        assert [received.name for received in subscriber.take(2, PATIENCE)] == ["Created", "ColorChanged"]
        eventually(lambda: _listed(guarded) == [(car_id, 2)])


def _listed(guarded: Pipeline) -> list[tuple[str, int]]:
    cars = guarded.client.request("GET", "/cars?make=BMW&model=M3").raise_for_status().json()["cars"]
    return [(car["carId"], car["version"]) for car in cars]


def test_who_signed_the_request_is_the_events_actor(guarded: Pipeline) -> None:
    commit = guarded.commits(guarded.create())[0]
    assert commit["actor"]["S"].startswith("arn:aws:iam::")


@pytest.mark.parametrize("route", ROUTES)
def test_an_unsigned_request_is_refused_on_every_route(guarded: Pipeline, route: str) -> None:
    method, _, path = route.partition(" ")
    path = path.replace("{resource}", "cars").replace("{id}", CAR_ID).replace("{commandId}", CAR_ID)
    answer = httpx.request(method, guarded.stack.api_url + path, json=representation())
    assert answer.status_code == 403


def test_who_waits_gets_the_car_and_not_only_an_acceptance(guarded: Pipeline) -> None:
    """A wait that may not read ends with a 202, so a missing right would show nowhere else."""
    created = guarded.client.request("POST", "/cars", representation(), WAIT)
    assert created.status_code == 201
    path = str(created.url.join(created.headers["location"]))
    assert guarded.client.request("PATCH", path, {"color": "red"}, WAIT).status_code == 200
    assert guarded.client.request("PATCH", path, {"color": "red"}, WAIT).status_code == 200
    assert guarded.client.request("PATCH", path, {"mileage": 1}, WAIT).status_code == 409


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/asyncapi.yaml", "/schemas/cars/Created/1"])
def test_the_docs_are_for_those_who_sign_unless_they_are_made_public(guarded: Pipeline, path: str) -> None:
    assert httpx.get(guarded.stack.api_url + path).status_code == 403
    assert guarded.client.request("GET", path).status_code == 200


def test_the_description_demands_signatures_and_no_token(guarded: Pipeline) -> None:
    description = guarded.client.request("GET", "/openapi.json").json()
    assert (description["security"], [*description["components"]["securitySchemes"]]) == ([{"sigv4": []}], ["sigv4"])


def test_a_function_without_a_right_really_fails(guarded: Pipeline) -> None:
    iam = guarded.stack.aws.iam()
    function = guarded.stack.functions["CommandApi"]
    role = guarded.stack.aws.functions().get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        iam.delete_role_policy(RoleName=role, PolicyName=policy)
    answer = guarded.client.request("POST", "/cars", representation())
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
