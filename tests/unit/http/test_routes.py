import pytest

from tests.support.cars import CAR_ID
from tests.support.http import request
from tests.support.system import System
from tests.support.template import resources
from trigger_pattern.http.problems import NOT_FOUND
from trigger_pattern.http.routes import ROUTES, no_such_route


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
    answer = System().request(method, path)
    assert answer.status == 405
    assert answer.headers["Allow"] == allowed
    assert answer.problem()["type"] == "urn:cars:problem:method-not-allowed"


@pytest.mark.parametrize(
    "path", ["/", "", "/car", "/cars/", "/cars//events", f"/cars/{CAR_ID}/x", "/cars/a/b/c/d", "/ü"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_path_that_is_none_of_the_apis_is_not_found(method: str, path: str) -> None:
    answer = System().request(method, path)
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:not-found"


@pytest.mark.parametrize("body", ["{", "x" * 10_000, b"\xff"])
def test_nobody_reads_the_body_of_a_request_that_fits_no_route(body: str | bytes) -> None:
    assert System().request("POST", "/nowhere", body).status == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/cars", "GET, HEAD, POST"), ("/cars/x", "DELETE, GET, HEAD, PATCH, PUT"),
     ("/cars/a\nb", "DELETE, GET, HEAD, PATCH, PUT"), ("/cars/x/events", "GET, HEAD"),
     ("/cars/x/commands/y", "GET, HEAD"), ("/boats/x/events", "GET, HEAD"), ("/docs", "GET, HEAD"),
     ("/openapi.json", "GET, HEAD")],
)  # fmt: skip
def test_a_path_of_any_of_the_resources_has_methods(path: str, allowed: str) -> None:
    problem = no_such_route(path, ("cars", "boats"))
    assert (problem.status, problem.code, problem.headers) == (405, "method-not-allowed", {"Allow": allowed})
    assert problem.detail == f"This path has {allowed}."


@pytest.mark.parametrize(
    "path",
    ["", "/", "cars", "/planes", "/planes/x", "/cars/", "/cars//events", "/cars/x/commands", "/docs/x", "/v1/cars/x/y"],
)
def test_a_path_of_no_resource_is_not_found(path: str) -> None:
    assert no_such_route(path, ("cars", "boats")) is NOT_FOUND


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/docs", 405), ("POST", "/openapi.json", 405), ("GET", "/boats", 404), ("HEAD", "/boats", 404),
     ("GET", "/docs/events", 404), ("PUT", f"/boats/{CAR_ID}", 404), ("GET", f"/boats/{CAR_ID}/events", 404),
     ("GET", f"/boats/{CAR_ID}/commands/{CAR_ID}", 404), ("GET", "/{id}/cars", 404), ("GET", "/{resource}/cars", 404)],
)  # fmt: skip
def test_a_route_of_all_resources_serves_none_that_there_is_not(method: str, path: str, status: int) -> None:
    """API Gateway sends `POST /docs` by `POST /{resource}`."""
    event = request(method, path)
    assert event["routeKey"].startswith(f"{method} /{{resource}}")
    assert System().resolve(event)["statusCode"] == status


def test_the_body_of_a_resource_that_there_is_not_is_not_read() -> None:
    assert System().request("POST", "/boats", b"\xff").status == 404
