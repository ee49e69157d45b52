import json
import re
import tomllib
from typing import Any

import pytest
from openapi_spec_validator import validate

from resources import RESOURCES
from tests.support.cars import CAR_ID, representation
from tests.support.system import System
from tests.support.template import template
from tools.paths import ROOT
from tools.project import PROJECT, STACK
from trigger_pattern.http.routes import ROUTES
from trigger_pattern_authoring.openapi.document import openapi_document, written

DOCUMENT = openapi_document(RESOURCES, STACK)
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
]
OF_THE_DOCS = {"/docs", "/openapi.json", "/asyncapi.yaml", "/schemas/{resource}/{event}/{version}"}


def test_the_description_that_is_checked_in_is_what_the_code_makes() -> None:
    assert PROJECT.description.read_text(encoding="utf-8") == written(DOCUMENT), "make openapi writes it anew"


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    validate(DOCUMENT)


def test_every_route_is_described() -> None:
    described = {(path, method.upper()) for path, item in DOCUMENT["paths"].items() for method in item}
    routes = {
        (path.replace("{resource}", resource.plural).replace("{id}", f"{{{resource.id}}}"), method)
        for resource in RESOURCES
        for path in ROUTES.keys() - OF_THE_DOCS
        for method in ROUTES[path]
        if method != "HEAD"  # described with GET
    }
    assert described == routes


def test_it_is_about_the_project_in_the_projects_own_words() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    info = DOCUMENT["info"]
    assert (info["title"], info["summary"]) == ("Car registry", project["description"])
    assert (info["version"], info["contact"]) == (project["version"], project["authors"][0])
    assert info["license"] == {"name": "MIT", "identifier": project["license"]}


def test_the_types_of_its_problems_are_those_of_the_deployed_apis() -> None:
    shared = template()["Globals"]["Function"]["Environment"]["Variables"]
    assert STACK.service == shared["POWERTOOLS_SERVICE_NAME"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_does_and_what_its_answers_mean(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert {"401", "403", "405", "422", "429", "500", "503"} < operation["responses"].keys()
    assert all(_of(answer)["description"] for answer in operation["responses"].values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_error_of_the_apis_own_is_a_problem_document_with_its_types(operation: dict[str, Any]) -> None:
    errors = {status: _of(answer) for status, answer in operation["responses"].items() if status >= "400"}
    own = {status: error["content"] for status, error in errors.items() if status not in ("401", "403", "429")}
    for status, content in own.items():
        assert content["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
        examples = [each["value"] for each in content["application/problem+json"]["examples"].values()]
        assert {example["status"] for example in examples} == {int(status)}
        assert {each["type"].rpartition(":")[2] for each in examples} <= {*_quoted(_of(operation["responses"][status]))}


def test_every_component_is_used_and_every_one_used_is_there() -> None:
    used = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(DOCUMENT)))
    kinds = ("schemas", "headers", "responses")
    present = {f"#/components/{kind}/{name}" for kind in kinds for name in DOCUMENT["components"][kind]}
    assert used == present


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_write_that_is_not_accepted_may_be_sent_again_and_says_when(operation: dict[str, Any]) -> None:
    unavailable = _of(operation["responses"]["503"])
    examples = unavailable["content"]["application/problem+json"]["examples"]
    is_write = operation["operationId"].startswith(("create", "replace", "patch", "delete"))
    assert list(examples) == (["unavailable", "overloaded"] if is_write else ["unavailable"])
    assert "Retry-After" in unavailable["headers"]


def test_the_example_is_the_articles_and_the_api_takes_it() -> None:
    content = DOCUMENT["paths"]["/cars"]["post"]["requestBody"]["content"]["application/json"]
    example = content["examples"]["example"]["value"]
    assert example == representation()
    assert System().request("POST", "/cars", example).status == 202


def test_the_example_of_a_patch_is_one() -> None:
    contents = DOCUMENT["paths"]["/cars/{carId}"]["patch"]["requestBody"]["content"]
    assert list(contents) == ["application/merge-patch+json", "application/json"]
    for media_type, content in contents.items():
        body = content["examples"]["example"]["value"]
        assert System().request("PATCH", f"/cars/{CAR_ID}", body, content_type=media_type).status == 202


def _quoted(answer: dict[str, Any]) -> list[str]:
    """Return what stands in backquotes in an answer's description."""
    return re.findall("`([^`]+)`", answer["description"])


def _of(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer's description, also if it is referred to."""
    name = answer.get("$ref", "").rpartition("/")[2]
    return dict(DOCUMENT["components"]["responses"][name]) if name else answer
