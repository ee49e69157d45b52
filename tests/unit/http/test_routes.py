import pytest

from cars.adapters.http.routes import ROUTES
from tests.support.cars import CAR_ID
from tests.support.http import log_of, queries, request, send
from tests.support.template import resources


def test_the_template_has_the_routes_that_the_api_says_it_has() -> None:
    declared = (resource for resource in resources().values() if resource["Type"] == "AWS::ApiGatewayV2::Route")
    routes = [route["Properties"]["RouteKey"] for route in declared if "Condition" not in route]
    expected = [f"{method} {path}" for path, methods in ROUTES.items() for method in methods]
    assert sorted(routes) == sorted([*expected, "$default"])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/cars", "GET, HEAD, POST"),
        ("OPTIONS", "/cars", "GET, HEAD, POST"),
        ("POST", f"/cars/{CAR_ID}", "DELETE, GET, HEAD, PATCH, PUT"),
        ("POST", "/cars/x", "DELETE, GET, HEAD, PATCH, PUT"),
        ("POST", f"/cars/{CAR_ID}/events", "GET, HEAD"),
        ("DELETE", f"/cars/{CAR_ID}/commands/{CAR_ID}", "GET, HEAD"),
        ("BREW", "/cars", "GET, HEAD, POST"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_not_allowed(method: str, path: str, allowed: str) -> None:
    answer = send(queries(log_of([])), request(method, path))
    assert answer.status == 405
    assert answer.headers["Allow"] == allowed
    assert answer.problem()["type"] == "urn:cars:problem:method-not-allowed"


@pytest.mark.parametrize(
    "path", ["/", "", "/car", "/cars/", "/cars//events", f"/cars/{CAR_ID}/x", "/cars/a/b/c/d", "/ü"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_path_that_is_none_of_the_apis_is_not_found(method: str, path: str) -> None:
    answer = send(queries(log_of([])), request(method, path))
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:not-found"


@pytest.mark.parametrize("body", ["{", "x" * 10_000, b"\xff"])
def test_nobody_reads_the_body_of_a_request_that_fits_no_route(body: str | bytes) -> None:
    assert send(queries(log_of([])), request("POST", "/nowhere", body=body)).status == 404
