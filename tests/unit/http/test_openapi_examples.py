"""Every parameter, header, body and answer of the description has an example, and each example is valid."""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tests.support.cars import representation
from tests.support.notes import WALL_NOTES
from tests.support.system import System
from tools.project import STACK
from trigger_pattern_authoring.openapi.document import openapi_document

Json: TypeAlias = Mapping[str, Any]

DOCUMENT = openapi_document((CARS, WALL_NOTES, ACCOUNTS), STACK)
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
]
SCHEMAS: Json = DOCUMENT["components"]["schemas"]


def resolved(part: Json) -> Json:
    """Return what a part refers to."""
    path = part.get("$ref", "#").split("/")[1:]
    return reduce(lambda found, name: found[name], path, DOCUMENT) if path else part


def examples(part: Json) -> list[Any]:
    """Return the examples that a parameter, header or content has, or the schema of one."""
    own = [part["example"]] if "example" in part else []
    several = [each["value"] for each in part.get("examples", {}).values()]
    return [*own, *several, *part.get("schema", {}).get("examples", [])]


def errors(schema: Json, example: Any) -> list[str]:
    validator = Draft202012Validator(
        {**schema, "components": DOCUMENT["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(example)]


def described(operation: Json) -> Iterator[tuple[str, Json]]:
    """Yield all that an operation sends and receives, by what it is."""
    yield from ((f"parameter {each['name']}", each) for each in operation["parameters"])
    yield from ((f"body {name}", each) for name, each in operation.get("requestBody", {}).get("content", {}).items())
    for status, reference in operation["responses"].items():
        answer = resolved(reference)
        yield from ((f"{status} {name}", resolved(each)) for name, each in answer["headers"].items())
        yield from ((f"{status} {name}", each) for name, each in answer.get("content", {}).items())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_all_of_an_operation_has_examples(operation: Json) -> None:
    assert [name for name, part in described(operation) if not examples(part)] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_example_is_valid(operation: Json) -> None:
    checked = {name: [errors(part["schema"], each) for each in examples(part)] for name, part in described(operation)}
    assert {name: found for name, found in checked.items() if any(found)} == {}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_examples_of_a_schema_are_valid(name: str) -> None:
    assert [errors(SCHEMAS[name], each) for each in SCHEMAS[name].get("examples", [])] in ([], [[]])


@pytest.mark.parametrize("name", [f"{kind}Event" for kind in ("CarCreated", "WallNoteRewritten", "AccountOpened")])
def test_an_event_has_an_example(name: str) -> None:
    [example] = SCHEMAS[name]["examples"]
    assert errors(SCHEMAS[name], example) == []


def test_every_problem_with_reasons_has_them_in_its_example() -> None:
    """As they are answered: a refusal and an invalid request name each fault."""
    answers = [resolved(each) for case in OPERATIONS for each in case.values[0]["responses"].values()]  # type: ignore[index]
    problems = [
        each for answer in answers for each in examples(answer.get("content", {}).get("application/problem+json", {}))
    ]
    assert [each for each in problems if each["status"] == 409 and not each["errors"]] == []
    assert [each for each in problems if each["type"].endswith(":invalid-request") and not each["errors"]] == []


@pytest.mark.parametrize(("method", "status"), [("post", 201), ("put", 200), ("patch", 200)])
def test_the_api_takes_the_example_of_a_body_with_those_of_all_headers(method: str, status: int) -> None:
    system = System()
    car = system.create()
    operation = DOCUMENT["paths"]["/cars" if method == "post" else "/cars/{carId}"][method]
    headers = {each["name"]: examples(each)[0] for each in operation["parameters"] if each["in"] == "header"}
    headers.pop("If-None-Match", None)  # one version cannot match both tags as they want it
    [body, *_] = examples(operation["requestBody"]["content"]["application/json"])
    path = "/cars" if method == "post" else car
    assert system.request_with(method.upper(), path, body, headers).status == status


def test_the_api_takes_the_example_of_every_filter() -> None:
    system, path = System(), "/cars"
    given = {each["name"]: examples(each)[0] for each in DOCUMENT["paths"][path]["get"]["parameters"]}
    for names in (["owner"], ["vin", "cursor"], ["make", "model", "color"], ["make", "model", "condition", "limit"]):
        query = "&".join(f"{name}={given[name]}" for name in names)
        assert system.request_with("GET", path, query=query).status == 200, query
    assert given.keys() - {"limit", "cursor"} <= representation().keys()
