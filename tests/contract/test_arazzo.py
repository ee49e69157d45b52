"""Each step of docs/arazzo.yaml is a request that the API's description allows. `make redocly` checks its form."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support.workflow import DOCUMENT, OPENAPI, OPERATIONS, steps
from tools.project import STACK

WITH_BODY = [pytest.param(step, id=step["stepId"]) for step in steps() if "requestBody" in step]
STEPS = [pytest.param(step, id=step["stepId"]) for step in steps()]
INPUTS = {"owner": "ad4181f8-c33f-4e81-9d9e-0896188d73f0"}
REFERENCE = re.compile(r"\$steps\.(\w+)\.outputs\.(\w+)")


def test_it_is_of_the_descriptions_version() -> None:
    assert DOCUMENT["info"]["version"] == STACK.version


def test_every_operation_but_one_is_in_it() -> None:
    """No write in it is answered before its outcome is known, so no outcome is asked for."""
    assert {step["operationId"] for step in steps()} == OPERATIONS.keys() - {"getCarCommand"}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_gives_its_operation_the_parameters_that_it_has_and_needs(step: dict[str, Any]) -> None:
    described = {(each["name"], each["in"]): each for each in _operation(step)["parameters"]}
    given = {(each["name"], each["in"]) for each in step["parameters"]}
    assert {place for place, each in described.items() if each.get("required")} <= given <= described.keys()


@pytest.mark.parametrize("step", WITH_BODY)
def test_a_body_is_one_that_its_operation_takes(step: dict[str, Any]) -> None:
    body = step["requestBody"]
    schema = _operation(step)["requestBody"]["content"][body["contentType"]]["schema"]
    text = json.dumps(body["payload"]).replace("$inputs.owner", INPUTS["owner"])
    Draft202012Validator({**OPENAPI, **schema}).validate(json.loads(text))


@pytest.mark.parametrize("step", STEPS)
def test_a_status_that_is_expected_is_described(step: dict[str, Any]) -> None:
    [status] = re.findall(r"\$statusCode == (\d+)", json.dumps(step["successCriteria"]))
    assert status in _operation(step)["responses"]


def test_a_step_refers_to_outputs_of_steps_before_it() -> None:
    known = set[tuple[str, str]]()
    for step in steps():
        assert {*REFERENCE.findall(json.dumps(step))} <= known
        known |= {(step["stepId"], output) for output in step.get("outputs", {})}


def _operation(step: dict[str, Any]) -> dict[str, Any]:
    return OPERATIONS[step["operationId"]][2]
