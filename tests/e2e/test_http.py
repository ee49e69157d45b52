"""The HTTP contract, through the real gateway."""

from typing import Any

import httpx
import pytest

from tests.support.cars import representation
from tests.support.pipeline import Pipeline
from tools.local.client import accepted_by

CAR = "/cars/01a206e7-d420-7708-b4e8-81bbfc74de67"
JSON = {"content-type": "application/json"}


def problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    return dict(body)


def test_an_accepted_request_tells_where_to_look(pipeline: Pipeline) -> None:
    answer = pipeline.client.request("POST", "/cars", representation())
    body = answer.json()
    assert answer.status_code == 202
    car = answer.url.join(answer.headers["location"])
    assert str(car) == f"{pipeline.stack.api_url}/cars/{body['carId']}"
    assert pipeline.client.outcome(accepted_by(answer)) == {**body_of(body), "status": "succeeded", "version": 1}


def body_of(accepted: dict[str, str]) -> dict[str, str]:
    return {name: accepted[name] for name in ("carId", "commandId")}


def test_a_car_is_read_with_its_version_and_only_when_it_changed(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    first = pipeline.client.request("GET", f"/cars/{car_id}")
    assert first.json() == {"carId": car_id, **representation()}
    assert first.headers["etag"] == '"1"'
    again = pipeline.client.request("GET", f"/cars/{car_id}", headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.content) == (304, b"")
    pipeline.put(car_id, color="red")
    changed = pipeline.client.request("GET", f"/cars/{car_id}", headers={"If-None-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')


def test_what_was_read_can_be_put_back(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    accepted = pipeline.client.accepted("PUT", f"/cars/{car_id}", pipeline.car(car_id))
    assert pipeline.client.outcome(accepted)["status"] == "unchanged"


def test_the_log_is_read_page_by_page(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    pipeline.put(car_id, color="red", mileage=20_000, condition="poor")
    path, versions = f"/cars/{car_id}/events?limit=2", list[int]()
    while path:
        answer = pipeline.client.request("GET", path).raise_for_status()
        page = answer.json()
        versions += [event["version"] for event in page["events"]]
        path = str(answer.url.join(page["next"])) if "next" in page else ""
    assert versions == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status"),
    [
        ("POST", "/cars", b"{", JSON, 400),
        ("POST", "/cars", b"", JSON, 400),
        ("POST", "/cars", b"{}", JSON, 422),
        ("POST", "/cars", b"[]", JSON, 422),
        ("POST", "/cars", b'{"year":' + b" " * 5000 + b"1}", JSON, 413),
        ("POST", "/cars", b"year=2009", {"content-type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "/cars", b"\xff\xfe", {"content-type": "application/octet-stream"}, 415),
        ("PUT", "/cars/1", b"{}", JSON, 422),
        ("GET", "/cars/1", b"", {}, 422),
        ("GET", CAR, b"", {}, 404),
        ("GET", f"{CAR}/events", b"", {}, 404),
        ("GET", f"{CAR}/events?limit=0", b"", {}, 422),
        ("GET", f"{CAR}/commands/ad4181f8-c33f-4e81-9d9e-0896188d73f0", b"", {}, 404),
        ("GET", "/trucks", b"", {}, 404),
        ("DELETE", "/cars", b"", {}, 405),
        ("POST", CAR, b"{}", {}, 405),
    ],
)
def test_every_bad_request_gets_its_problem_document(
    pipeline: Pipeline, method: str, path: str, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = httpx.request(method, pipeline.stack.api_url + path, content=content, headers=headers)
    assert answer.status_code == status
    assert problem(answer)["type"]


@pytest.mark.parametrize(
    "path",
    [
        "/cars?make=BMW&model=M3",
        "/docs",
        "/openapi.json",
        "/asyncapi.yaml",
        "/schemas/cars/Created/1",
        "/schemas/cars/Created/7",
        CAR,
        f"{CAR}/events",
        "/trucks",
    ],
)
def test_head_is_answered_as_get_without_the_body(pipeline: Pipeline, path: str) -> None:
    got, head = pipeline.client.request("GET", path), pipeline.client.request("HEAD", path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "cache-control", "etag", "vary"):
        assert head.headers.get(name) == got.headers.get(name)


def test_the_lines_of_a_header_are_one_list(pipeline: Pipeline) -> None:
    url = f"{pipeline.stack.api_url}/cars/{pipeline.create()}"
    lines = [("If-Match", '"7"'), ("If-Match", '"1"'), ("Prefer", "wait=20")]
    assert httpx.patch(url, json={"color": "red"}, headers=lines, timeout=30).status_code == 200


def test_every_wrong_field_is_named(pipeline: Pipeline) -> None:
    answer = pipeline.client.request("POST", "/cars", representation(color="pink", year="2009", plate="M3"))
    errors = problem(answer)["errors"]
    assert {error["pointer"] for error in errors} == {"/color", "/year", "/plate"}
